"""Fit the link parameters that ship with the package on the gold pairs and the link examples in tests/data.

Run from the root of the repository after changing the background sentences, the signals or the cues:

    python tools/fit_alignment.py
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import pack_background
from readout_diff.alignment.examples import read_examples
from readout_diff.calibration import calibrate
from readout_diff.embedders import Embedder, resolve_embedders
from readout_diff.embedders.base import encode, model_name, model_revision

ROOT = Path(__file__).parents[1]
DATA = ROOT / "src" / "readout_diff" / "data"
EXAMPLES = ROOT / "tests" / "data" / "link_examples.npz"
GOLD = [ROOT / "tests" / "data" / "gold" / name for name in ("dev", "holdout", "seed", "style")]


def _encoder(embedder: Embedder) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    return lambda texts: encode(texts, embedder)


def _alike(one: NDArray[np.int8], other: NDArray[np.int8]) -> bool:
    """Tell whether vectors differ by no more than processors round differently."""
    return one.shape == other.shape and np.allclose(one, other, rtol=0, atol=1)


def main() -> None:
    """Write both data files."""
    models = {(model_name(e), model_revision(e)): _encoder(e) for e in resolve_embedders("bundled", ["en"])}
    # The vectors come first: the fit reads them. Where they are there already, they stay byte for byte.
    packed = pack_background(models)
    path = DATA / "background.npz"
    with np.load(path, allow_pickle=False) as shipped:
        same = {name: shipped[name] for name in shipped.files}
    if not (same.keys() == packed.keys() and all(_alike(same[k], packed[k]) for k in packed)):
        np.savez_compressed(path, **packed)
    (DATA / "alignment.json").write_text(
        calibrate(GOLD, examples=read_examples(EXAMPLES)).to_json(), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
