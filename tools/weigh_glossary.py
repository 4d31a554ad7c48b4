"""Count how rare the keys of the glossary are in official statements.

    python tools/weigh_glossary.py FILE...

A file holds one document a line: ``{"lang": "de", "sents": [...]}``, as for tools/pack_topic_examples.py.
Writes src/readout_diff/data/rarity.tsv: the logarithm of how many sentences there are to one that holds a key
of the glossary. Only these numbers are kept of the texts.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from math import log
from pathlib import Path

from readout_diff.glossary import glossary_languages, load_glossary, terms_of

TARGET = Path(__file__).parents[1] / "src" / "readout_diff" / "data" / "rarity.tsv"


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    counts: Counter[str] = Counter()
    sentences = 0
    for path in parser.parse_args().paths:
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            entry = json.loads(line)
            for text in entry["sents"]:
                counts.update(terms_of(text, entry["lang"]))
                sentences += 1
    keys = sorted(
        {key for lang in glossary_languages() for found in load_glossary(lang).values() for key in found}
    )
    rows = [f"{key}\t{log((sentences + 1) / (counts[key] + 1)):.1f}\n" for key in keys]
    TARGET.write_text("".join(rows), encoding="utf-8")
    print(f"{len(keys)} keys in {sentences} sentences")


if __name__ == "__main__":
    main()
