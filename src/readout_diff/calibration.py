"""Calibration: fitting the link model to annotated pairs, for the bundled embedders or another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from readout_diff.account import Account, read_account
from readout_diff.alignment.fitting import Example, fit
from readout_diff.alignment.parameters import Parameters
from readout_diff.comparison import evidence_of
from readout_diff.embedders import Embedder, resolve_embedders
from readout_diff.errors import LoadError
from readout_diff.evaluation.gold import GoldPair, cover, read_pairs
from readout_diff.loaders import load
from readout_diff.topics.scheme import load_scheme


def calibrate(
    gold_dirs: Sequence[str | Path],
    *,
    embedder: str | Path | Embedder = "bundled",
    provenance: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Parameters:
    """Fit the link model to annotated pairs.

    What decides about a link is read by the same code as in `compare`: topics, issues and names are those
    found in the texts, not those of the annotation.

    Args:
        gold_dirs: Folders with gold pairs anywhere below them.
        embedder: As for `compare`; the parameters hold for this one.
        provenance: What the pairs are, for the record; the names of the folders if left out.
        progress: Called with the number of pairs read and their total.

    Returns:
        The parameters.

    Raises:
        LoadError: If there are no gold pairs in a folder.
        ReadoutDiffError: If there are fewer than two pairs, or no link of strength 2 in them.
    """
    pairs = [pair for folder in gold_dirs for pair in read_pairs(Path(folder))]
    if not pairs:
        raise LoadError(
            f"no gold pairs below {', '.join(map(str, gold_dirs))}; right is a.txt, b.txt, gold.json"
        )
    examples = []
    for number, pair in enumerate(pairs):
        examples.append(example_of(pair, embedder))
        if progress:
            progress(number + 1, len(pairs))
    names = ", ".join(Path(folder).name for folder in gold_dirs)
    return fit(examples, provenance or f"{names}: {len(pairs)} pairs")


def example_of(pair: GoldPair, embedder: str | Path | Embedder = "bundled") -> Example:
    """Return a gold pair as the fitting needs it: evidence by passage, links by passage."""
    scheme = load_scheme()
    readouts = load(pair.a.path), load(pair.b.path)
    embedders = resolve_embedders(embedder, [r.lang for r in readouts if r.lang])
    a, b = (read_account(readout, scheme, embedders) for readout in readouts)
    left, right = _owners(a, pair.a.sentences), _owners(b, pair.b.sentences)
    strength: dict[tuple[int, int], int] = {}
    for (i, j), value in pair.links.items():
        for key in ((m, n) for m in left.get(i, ()) for n in right.get(j, ())):
            strength[key] = max(value, strength.get(key, 0))
    ignored = {(m, n) for i, j in pair.formulaic for m in left.get(i, ()) for n in right.get(j, ())}
    return Example(evidence_of(a, b, embedders), strength, frozenset(ignored), pair.id)


def _owners(account: Account, sentences: Sequence[str]) -> dict[int, list[int]]:
    """Return for each gold sentence the passages that stand for it."""
    owners: dict[int, list[int]] = {}
    for index, covered in enumerate(cover([p.text for p in account.passages], sentences)):
        for sentence in covered:
            owners.setdefault(sentence, []).append(index)
    return owners
