"""Examples: annotated pairs as vectors, with what was found in their texts, without the texts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import load_background, unit
from readout_diff.alignment.clauses import Clauses
from readout_diff.alignment.fitting import Example
from readout_diff.alignment.matching import Evidence
from readout_diff.alignment.pairs import Pairs, Values
from readout_diff.alignment.parts import Encoded
from readout_diff.errors import LoadError
from readout_diff.passages import Passage
from readout_diff.readout import Span

Matrix = NDArray[np.float32]
_SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder that gave the vectors of examples."""

    model: str
    revision: str


def pack_examples(examples: Sequence[Example], encoders: Sequence[Encoder]) -> bytes:
    """Return annotated pairs as a compressed file from which no text can be read.

    It holds the vectors of passages and clauses (a byte a dimension), the ids of topics and issues, the keys
    of what is named, what a reader makes of each pair, and the annotated links: all that `fit` looks at.

    Args:
        examples: Annotated pairs, each with vectors of all the encoders.
        encoders: The encoders, in the order in which the examples hold them.

    Returns:
        The file: what `read_examples` reads.
    """
    arrays: dict[str, NDArray[Any]] = {}
    notes = []
    for number, example in enumerate(examples):
        evidence = example.evidence
        named = evidence.mentions and [
            [sorted(map(str, keys)) for keys in side] for side in evidence.mentions
        ]
        for encoded in evidence.encoded:
            for side, vectors, clauses in zip(
                _SIDES, encoded.sides, encoded.clauses or (None, None), strict=True
            ):
                name = f"{number} {encoded.model} {side}"
                arrays[name] = _whole(vectors)
                if clauses is not None and len(clauses.owner):
                    arrays[f"{name} clauses"] = _whole(clauses.vectors)
                    arrays[f"{name} owner"] = clauses.owner.astype(np.int32)
        if evidence.read:
            shape = (len(evidence.passages[0]), len(evidence.passages[1]))
            arrays[f"{number} read"] = evidence.read(Pairs.all_of(shape)).reshape(shape).astype(np.float16)
        notes.append(
            {
                "group": example.group,
                "langs": evidence.langs,
                "strength": [[*pair, value] for pair, value in sorted(example.strength.items())],
                "ignored": sorted(example.ignored),
                "topics": evidence.topics,
                "issues": evidence.issues,
                "formulaic": evidence.formulaic,
                "mentions": named,
                "terms": evidence.terms and [[sorted(keys) for keys in side] for side in evidence.terms],
            }
        )
    told = {"encoders": [[e.model, e.revision] for e in encoders], "examples": notes}
    arrays["notes"] = np.frombuffer(json.dumps(told, ensure_ascii=False).encode(), np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **cast("dict[str, Any]", arrays))
    return file.getvalue()


def read_examples(path: str | Path) -> tuple[Example, ...]:
    """Read the annotated pairs that `pack_examples` gives.

    Raises:
        LoadError: If there is no such file.
    """
    if not Path(path).is_file():
        raise LoadError(f"no link examples at {str(path)!r}; right is a file of tools/pack_link_examples.py")
    with np.load(path, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    told = json.loads(arrays["notes"].tobytes())
    encoders = [Encoder(*names) for names in told["encoders"]]
    return tuple(_example(number, note, encoders, arrays) for number, note in enumerate(told["examples"]))


def _example(
    number: int, note: dict[str, Any], encoders: Sequence[Encoder], arrays: dict[str, NDArray[Any]]
) -> Example:
    encoded = []
    for encoder in encoders:
        names = [f"{number} {encoder.model} {side}" for side in _SIDES]
        left, right = (_vectors(arrays[name]) for name in names)
        background = load_background(encoder.model, encoder.revision, _no_texts(encoder))
        clauses = tuple(
            Clauses(arrays[f"{name} owner"].astype(np.intp), _vectors(arrays[f"{name} clauses"]))
            if f"{name} owner" in arrays
            else Clauses(np.zeros(0, np.intp), np.zeros((0, left.shape[1]), np.float32))
            for name in names
        )
        encoded.append(Encoded(encoder.model, left, right, background, (clauses[0], clauses[1])))
    passages = [
        [Passage("", index, Span(0, 0), "", lang) for index in range(len(vectors))]
        for lang, vectors in zip(note["langs"], encoded[0].sides, strict=True)
    ]
    named = [[frozenset(keys) for keys in side] for side in note["mentions"] or ()]
    words = [[frozenset(keys) for keys in side] for side in note["terms"] or ()]
    evidence = Evidence(
        passages=(passages[0], passages[1]),
        encoded=encoded,
        topics=note["topics"] and tuple(note["topics"]),
        formulaic=note["formulaic"] and tuple(note["formulaic"]),
        mentions=(named[0], named[1]) if named else None,
        issues=note["issues"] and tuple(note["issues"]),
        terms=(words[0], words[1]) if words else None,
        read=partial(_as_packed, arrays[f"{number} read"]) if f"{number} read" in arrays else None,
    )
    strength = {(i, j): value for i, j, value in note["strength"]}
    return Example(evidence, strength, frozenset((i, j) for i, j in note["ignored"]), note["group"])


def _as_packed(read: NDArray[np.float16], pairs: Pairs) -> Values:
    return np.asarray(read[pairs.left, pairs.right], np.float32)


def _no_texts(encoder: Encoder) -> Callable[[Sequence[str]], Matrix]:
    def refuse(texts: Sequence[str]) -> Matrix:
        raise LoadError(
            f"the link examples are of {encoder.model}@{encoder.revision}, whose background is not shipped; "
            "pack them again with the encoders of this version"
        )

    return refuse


def _whole(vectors: Matrix) -> NDArray[np.int8]:
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.rint(vectors / largest * 127), np.int8)


def _vectors(whole: NDArray[np.int8]) -> Matrix:
    return unit(whole.astype(np.float32))
