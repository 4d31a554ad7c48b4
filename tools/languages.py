"""Write the table of languages in docs/reference/languages.md from what the code does and reports.

python tools/languages.py
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from readout_diff.embedders.use import USEEmbedder
from readout_diff.glossary import glossary_languages
from readout_diff.language import identify
from readout_diff.passages import sentence_spans
from readout_diff.pipelines import OFFICIAL
from readout_diff.topics.discourse import discourse_languages
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import supported_topics

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "languages.md"
HEAD = (
    "| language | identified | sentences | subjects | finer subjects | formulas, denials"
    " | names, dates, numbers | content words | conflicts | lemmas | trained pipeline | encoders |"
)
SAMPLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def table() -> str:
    """Return the table in Markdown, a row a language: those with cues, then others."""
    with_cues = load_scheme().languages
    order = (*sorted(with_cues), *(lang for lang in SAMPLES if lang not in with_cues))
    return "\n".join((HEAD, "|---" * (HEAD.count("|") - 1) + "|", *map(_row, order)))


def _row(lang: str) -> str:
    scheme = load_scheme()
    data = files("readout_diff") / "data"
    known = len(supported_topics(scheme, lang))
    name, sample = SAMPLES[lang].values()
    cells = (
        f"{name} (`{lang}`)",
        _yes(identify(sample)[0] == lang),
        "split" if len(sentence_spans(sample, lang)) == 2 else "by paragraph",
        f"{known} of {len(scheme.ids)}" if known else "unknown",
        _yes(lang in load_scheme("issues").languages),
        _yes(lang in discourse_languages()),
        "yes" if (data / "mentions" / f"names.{lang}.toml").is_file() else "names and figures",
        _yes(lang in glossary_languages()),
        _yes((data / "stance" / f"{lang}.toml").is_file()),
        "simplemma" if lang in SUPPORTED_LANGUAGES else "none",
        f"`{OFFICIAL[lang]}`" if lang in OFFICIAL else "none",
        "E5, USE" if lang in USEEmbedder.languages else "E5",
    )
    return "| " + " | ".join(cells) + " |"


def _yes(does: bool) -> str:
    return "yes" if does else "no"


def main() -> None:
    """Put the table in the place of the one that is there."""
    page = PAGE.read_text("utf-8")
    there = re.compile(r"^\| language .*?(?=\n\n)", re.S | re.M)
    PAGE.write_text(there.sub(lambda _: table(), page, count=1), "utf-8")


if __name__ == "__main__":
    main()
