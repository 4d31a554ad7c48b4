"""Fit the topic models that ship with the package on the labelled sentences in tests/data/topic_examples.npz.

Run from the root of the repository after changing the examples (tools/pack_topic_examples.py), then
tools/fit_alignment.py, because links go by topics:

    python tools/fit_topics.py
"""

from __future__ import annotations

from pathlib import Path

from readout_diff.topics.fitting import fit_topic_model, read_topic_examples
from readout_diff.topics.likelihood import pack_topic_models
from readout_diff.topics.scheme import load_scheme

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the models of all bundled encoders, alone and joined."""
    examples = read_topic_examples(ROOT / "tests" / "data" / "topic_examples.npz")
    names = tuple(examples.vectors)
    models = [fit_topic_model(examples, encoders) for encoders in ((names[0],), (names[1],), names)]
    scheme = load_scheme()
    packed = pack_topic_models({f"{scheme.id}@{scheme.version}": models})
    (ROOT / "src" / "readout_diff" / "data" / "topic_models.npz").write_bytes(packed)


if __name__ == "__main__":
    main()
