"""Turn labelled sentences into the examples the topic models are fitted on: vectors and labels, no text.

    python tools/pack_topic_examples.py FOLDER_OR_FILE... -o tests/data/topic_examples.npz

A folder holds gold pairs (see tests/data/gold); a file holds one document a line:
``{"doc": "id", "lang": "de", "sents": [...], "topics": [[...], ...], "inferred": [[...], ...]}``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from readout_diff.embedders import resolve_embedders
from readout_diff.embedders.base import encode, model_name, model_revision
from readout_diff.evaluation.gold import read_pairs
from readout_diff.topics.fitting import TopicExamples
from readout_diff.topics.scheme import load_scheme

Document = tuple[str, list[str], list[set[str]], list[set[str]]]


def documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a folder of gold pairs or a file: source, sentences, labels, inferred labels."""
    if path.is_dir():
        for pair in read_pairs(path):
            for side in (pair.a, pair.b):
                yield path.name, list(side.sentences), _sets(side.topics), _sets(side.inferred)
        return
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        inferred = entry.get("inferred") or [[] for _ in entry["sents"]]
        yield f"published-{entry['lang']}", entry["sents"], _sets(entry["topics"]), _sets(inferred)


def _sets(rows: Iterable[Iterable[str]]) -> list[set[str]]:
    return [set(row) for row in rows]


def main() -> None:
    """Read, encode, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    scheme = load_scheme()
    found = [document for path in given.paths for document in documents(path)]
    texts = [text for _, sentences, _, _ in found for text in sentences]
    labels = [topics for _, _, rows, _ in found for topics in rows]
    inferred = [topics for _, _, _, rows in found for topics in rows]
    vectors = {
        f"{model_name(e)}@{model_revision(e)}": encode(texts, e) for e in resolve_embedders("bundled", ["en"])
    }
    examples = TopicExamples(
        scheme.ids,
        vectors,
        np.array([[topic in row for topic in scheme.ids] for row in labels]),
        np.array([[topic in row for topic in scheme.ids] for row in inferred]),
        np.repeat(np.arange(len(found)), [len(d[1]) for d in found]).astype(np.int32),
        np.repeat([d[0] for d in found], [len(d[1]) for d in found]),
    )
    given.output.write_bytes(examples.packed())
    print(f"{len(texts)} sentences of {len(found)} documents, {int(examples.labels.sum())} labels")


if __name__ == "__main__":
    main()
