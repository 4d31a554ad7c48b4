"""Calibration: fitting the link model to annotated pairs, for the bundled embedders or another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from readout_diff.account import Account, read_accounts
from readout_diff.alignment.fitting import Example, fit
from readout_diff.alignment.parameters import Parameters
from readout_diff.comparison import evidence_of
from readout_diff.embedders import Embedder, resolve_embedders
from readout_diff.embedders.reader import resolve_reader
from readout_diff.errors import LoadError
from readout_diff.evaluation.gold import GoldPair, GoldSide, cover, read_pairs
from readout_diff.loaders import load
from readout_diff.passages import split_lines
from readout_diff.readout import Readout
from readout_diff.topics.scheme import load_scheme

# Two sentences are merged only where the result could still be one sentence.
_LONGEST, _LONGEST_HAN = 420, 150


def calibrate(
    gold_dirs: Sequence[str | Path],
    *,
    embedder: str | Path | Embedder = "bundled",
    examples: Sequence[Example] = (),
    provenance: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Parameters:
    """Fit the link model to annotated pairs.

    What decides about a link is read by the same code as in `compare`: topics, issues and names are those
    found in the texts, not those of the annotation. Each pair is used twice: as it is, and with neighbouring
    sentences of its longer side merged, because governments differ in how much they put into one sentence.

    Args:
        gold_dirs: Folders with gold pairs anywhere below them.
        embedder: As for `compare`; the parameters hold for this one.
        examples: Annotated pairs of which only the vectors are at hand, of the same embedder; see
            `readout_diff.alignment.examples`. Each is used once.
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
    annotated = list(examples)
    for number, pair in enumerate(pairs):
        annotated += [example_of(pair, embedder), merged_example(pair, embedder)]
        if progress:
            progress(number + 1, len(pairs))
    names = ", ".join(Path(folder).name for folder in gold_dirs)
    others = f"; {len(examples)} pairs by their vectors" if examples else ""
    return fit(annotated, provenance or f"{names}: {len(pairs)} pairs{others}")


def example_of(pair: GoldPair, embedder: str | Path | Embedder = "bundled") -> Example:
    """Return a gold pair as the fitting needs it: evidence by passage, links by passage."""
    readouts = load(pair.a.path), load(pair.b.path)
    embedders = resolve_embedders(embedder, [r.lang for r in readouts if r.lang])
    a, b = read_accounts(readouts, load_scheme(), embedders)
    return _example(pair, a, b, embedders, _owners(a, pair.a.sentences), _owners(b, pair.b.sentences))


def merged_example(pair: GoldPair, embedder: str | Path | Embedder = "bundled") -> Example:
    """Return a gold pair with neighbouring sentences of its longer side merged two by two."""
    embedders = resolve_embedders(embedder, [pair.a.lang, pair.b.lang])
    sides = {"a": pair.a, "b": pair.b}
    longer = "b" if len(pair.b.sentences) > len(pair.a.sentences) else "a"
    readouts, owners = [], []
    for name, side in sides.items():
        groups = _neighbours(side) if name == longer else [[i] for i in range(len(side.sentences))]
        texts = [_as_one(side, group) for group in groups]
        readouts.append(Readout(f"{pair.id}-{name}", "\n".join(texts), lang=side.lang))
        owners.append({sentence: [index] for index, group in enumerate(groups) for sentence in group})
    a, b = read_accounts(readouts, load_scheme(), embedders, segmenter=split_lines)
    return _example(pair, a, b, embedders, owners[0], owners[1])


def _example(
    pair: GoldPair,
    a: Account,
    b: Account,
    embedders: Sequence[Embedder],
    left: Mapping[int, Sequence[int]],
    right: Mapping[int, Sequence[int]],
) -> Example:
    strength: dict[tuple[int, int], int] = {}
    for (i, j), value in pair.links.items():
        for key in ((m, n) for m in left.get(i, ()) for n in right.get(j, ())):
            strength[key] = max(value, strength.get(key, 0))
    ignored = {(m, n) for i, j in pair.formulaic for m in left.get(i, ()) for n in right.get(j, ())}
    evidence = evidence_of(a, b, embedders, resolve_reader("bundled"))
    return Example(evidence, strength, frozenset(ignored), pair.id)


def _owners(account: Account, sentences: Sequence[str]) -> dict[int, list[int]]:
    """Return for each gold sentence the passages that stand for it."""
    owners: dict[int, list[int]] = {}
    for index, covered in enumerate(cover([p.text for p in account.passages], sentences)):
        for sentence in covered:
            owners.setdefault(sentence, []).append(index)
    return owners


def _neighbours(side: GoldSide) -> list[list[int]]:
    """Group the sentences after the opening two by two, where both fit into one."""
    longest = _LONGEST_HAN if side.lang == "zh" else _LONGEST
    groups, index = [[0]], 1
    while index < len(side.sentences):
        fits = index + 1 < len(side.sentences) and len("".join(side.sentences[index : index + 2])) < longest
        groups.append([index, index + 1] if fits else [index])
        index += len(groups[-1])
    return groups


def _as_one(side: GoldSide, group: Sequence[int]) -> str:
    *firsts, last = (side.sentences[index] for index in group)
    return ("；" if side.lang == "zh" else "; ").join([*(first.rstrip(".。") for first in firsts), last])
