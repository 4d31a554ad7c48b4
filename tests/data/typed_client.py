"""What a caller writes, checked by the tests with `mypy --strict`: every value has the type that is written here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_type

from readout_diff import (
    Alignment,
    Comparison,
    Embedder,
    Evidence,
    Finding,
    Link,
    PairResult,
    Passage,
    Readout,
    Signature,
    Span,
    TopicHit,
    TopicScheme,
    compare,
    compare_many,
    load,
    load_readouts,
    load_scheme,
    split_passages,
    tag_topics,
)


class Own:
    model = "own"

    def encode(self, texts: list[str], /) -> list[list[float]]:
        return [[float(len(text))] for text in texts]


def paragraphs(readout: Readout) -> list[Passage]:
    return [Passage(readout.id, 0, Span(0, len(readout.text)), readout.text, readout.lang or "und")]


def nothing(passages: Sequence[Passage], scheme: TopicScheme) -> list[TopicHit]:
    return []


embedder: Embedder = Own()
left = load(Path("a.txt"), party="Meridia")
assert_type(left, Readout)
assert_type(load_readouts("article.txt", hints=[(0, 10)]), list[Readout])
comparison = compare(left, "A text.", embedder=embedder, segmenter=paragraphs, tagger=nothing, order="free")
assert_type(comparison, Comparison)
assert_type(comparison.alignment, Alignment)
assert_type(comparison.alignment.links, tuple[Link, ...])
assert_type(comparison.differences, tuple[Finding, ...])
assert_type(comparison.differences[0].evidence, tuple[Evidence, ...])
assert_type(comparison.signature, Signature)
assert_type(comparison.to_dict(), dict[str, Any])
assert_type(comparison.to_html(Path("report.html")), str)
assert_type(split_passages(left), tuple[Passage, ...])
assert_type(tag_topics(split_passages(left), load_scheme()), tuple[TopicHit, ...])
for result in compare_many([("first", left, left)]):
    assert_type(result, PairResult)
    assert_type(result.comparison, Comparison | None)

# What is wrong is refused: mypy says so if one of these comments is not needed.
compare(left, left, order="backwards")  # type: ignore[arg-type]
compare(left, left, embedder=object())  # type: ignore[arg-type]
compare(left, left, "diplomacy")  # type: ignore[call-arg]
compare(left)  # type: ignore[call-arg]
comparison.only("c")  # type: ignore[arg-type]
comparison.alignment = None  # type: ignore[misc,assignment]
