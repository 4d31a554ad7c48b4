"""Translations: links between texts of which one translates a part of the other, in any order.

    python benchmarks/translations.py synth_eng-deu.json --langs en-de

The file holds a list of texts, ``{"A": [passage, ...], "B": [...], "edges": [[a, b], ...]}``, such as can be made of the
parallel news of NTREX (Federmann et al. 2022) by leaving out passages, merging and shuffling them. Prints the F1 of the links,
and of the passages without one.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from readout_diff import Readout
from readout_diff.account import read_accounts
from readout_diff.alignment import align_passages
from readout_diff.comparison import evidence_of
from readout_diff.embedders import resolve_embedders
from readout_diff.evaluation.metrics import Counts, count
from readout_diff.passages import split_lines
from readout_diff.topics.scheme import load_scheme


def main() -> None:
    """Link every text of the file and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--langs", required=True, help="languages of both sides, such as en-de")
    parser.add_argument("--embedder", default="bundled")
    given = parser.parse_args()
    left_lang, right_lang = given.langs.split("-")
    embedders = resolve_embedders(given.embedder, [left_lang, right_lang])
    links, alone = Counts(), Counts()
    texts = json.loads(given.file.read_text(encoding="utf-8"))
    for entry in texts:
        readouts = [
            Readout(name, "\n".join(" ".join(text.split()) for text in entry[side]), lang=lang)
            for name, side, lang in (("a", "A", left_lang), ("b", "B", right_lang))
        ]
        a, b = read_accounts(readouts, load_scheme(), embedders, segmenter=split_lines)
        found = align_passages(evidence_of(a, b, embedders))
        said = {(link.left[0], link.right[0]) for link in found.links if link.left and link.right}
        true = {(i, j) for i, j in entry["edges"]}
        links += count(said, true)
        for side, size in ((0, len(entry["A"])), (1, len(entry["B"]))):
            every = set(range(size))
            alone += count(every - {pair[side] for pair in said}, every - {pair[side] for pair in true})
    for name, counts in (("links", links), ("without a link", alone)):
        print(
            f"{name:15} P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}  ({len(texts)} texts)"
        )


if __name__ == "__main__":
    main()
