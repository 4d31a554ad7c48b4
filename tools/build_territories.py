"""Write src/readout_diff/data/mentions/territories.tsv from the territory names of CLDR (through Babel).

Run with ``python tools/build_territories.py`` where Babel is installed; it is not needed at run time.
"""

from __future__ import annotations

import re
from pathlib import Path

import babel
from babel import Locale

LANGS = ("en", "de", "fr", "ru", "uk", "zh", "es", "tr", "pl", "it")
TARGET = Path(__file__).parents[1] / "src/readout_diff/data/mentions/territories.tsv"
SLAVIC = ("ru", "uk", "pl")
# Codes of groupings, tests and unpopulated islands: they are no states, or have no name of their own.
SKIP = {
    "EU",
    "EZ",
    "UN",
    "QO",
    "ZZ",
    "XA",
    "XB",
    "AC",
    "CP",
    "CQ",
    "DG",
    "EA",
    "IC",
    "TA",
    "AQ",
    "BV",
    "HM",
    "UM",
    "TF",
}
# Names that are everyday words or given names in that language.
AMBIGUOUS = {
    "fr:RE", "es:RE", "it:RE", "fr:MU", "it:MU", "fr:DM", "ru:TG", "uk:TG", "de:JE", "en:JE", "tr:ML",
    "en:NU",
    "pl:NU", "ru:NU", "es:SV",
}  # fmt: skip


def stem(word: str, lang: str) -> str:
    """Return `word`, in a Slavic language with its case ending cut off and marked."""
    if lang not in SLAVIC or len(word) < 4 or word.isupper():
        return word
    for adjective in (r"([сц]к)(ий|ая|ое|ие)$", r"(ськ)(ий|а|е|і)$", r"([нв])(ый|ая|ое|ые)$"):
        if re.search(adjective, word):
            return re.sub(adjective, r"\1~", word)
    return re.sub(r"[аяыиійьеєуюaeyęą]$", "", word) + ("~" if not word.endswith(("о", "o", "у")) else "")


def names(raw: str, lang: str) -> list[str]:
    """Return the ways CLDR's display name `raw` is written in running text."""
    raw = raw.replace("’", "'").replace("中国香港特别行政区", "香港").replace("中国澳门特别行政区", "澳门")
    parts = [p.strip() for p in re.split(r"[()（）]|\s[-–—]\s|,\s", raw) if p.strip()]
    words = (
        parts[:1]
        if re.search(r"Kongo|Congo|Конго|刚果", raw)
        else [p for p in parts if len(p) > 2 or lang == "zh"]
    )
    return [" ".join(stem(w, lang) for w in re.split(r"[\s-]+", p)) for p in words]


def main() -> None:
    """Write the table."""
    tables = {lang: Locale(lang).territories for lang in LANGS}
    codes = [c for c in sorted(tables["en"]) if re.fullmatch("[A-Z]{2}", c) and c not in SKIP]
    lines = [
        f"# Territory names of CLDR (Babel {babel.__version__}): ISO 3166 code, then a column per language.",
        "# Source: Unicode CLDR, https://cldr.unicode.org; licence: Unicode License v3, SPDX Unicode-3.0,",
        "# Copyright 2004-2025 Unicode, Inc.; the notice stands in LICENSE.unicode.",
        "# Made by tools/build_territories.py; ~ stands for an inflected ending, / separates variants.",
        "\t".join(("code", *LANGS)),
    ]
    for code in codes:
        row = []
        for lang in LANGS:
            found = [] if f"{lang}:{code}" in AMBIGUOUS else names(tables[lang].get(code, ""), lang)
            row.append("/".join(dict.fromkeys(found)))
        lines.append("\t".join((code, *row)))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
