"""Turn annotated pairs into the examples the link model is fitted on beside the gold pairs: vectors, no text.

    python tools/pack_link_examples.py FOLDER... -o tests/data/link_examples.npz

A folder holds gold pairs (see tests/data/gold), whose texts may not be ours to publish.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from readout_diff.alignment.examples import Encoder, pack_examples
from readout_diff.calibration import example_of
from readout_diff.embedders import resolve_embedders
from readout_diff.embedders.base import model_name, model_revision
from readout_diff.evaluation.gold import read_pairs


def main() -> None:
    """Read, encode, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    pairs = [pair for folder in given.folders for pair in read_pairs(folder)]
    encoders = [Encoder(model_name(e), model_revision(e)) for e in resolve_embedders("bundled", ["en"])]
    # Pairs in languages that one encoder does not know would lack its vectors.
    examples = [e for e in map(example_of, pairs) if len(e.evidence.encoded) == len(encoders)]
    given.output.write_bytes(pack_examples(examples, encoders))
    links = sum(value == 2 for example in examples for value in example.strength.values())
    print(f"{len(examples)} of {len(pairs)} pairs, {links} links of strength 2")


if __name__ == "__main__":
    main()
