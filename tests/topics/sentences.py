"""How a test has sentences tagged: as passages of one readout, where they would stand in it."""

from __future__ import annotations

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics


def tagged(
    lang: str, *sentences: str, opening: str | None = None, first: int = 3
) -> list[tuple[set[str], set[str]]]:
    """Return for each sentence the topics it mentions and those it denies.

    They follow an `opening` line where there is one; else they are the passages from number `first` on:
    what stands before is not of interest.
    """
    texts = sentences if opening is None else (opening, *sentences)
    start, passages = 0, []
    for index, text in enumerate(texts, first if opening is None else 0):
        passages.append(Passage("r", index, Span(start, start + len(text)), text, lang))
        start += len(text) + 1
    hits = tag_topics(passages, load_scheme())
    return [
        (
            {h.topic_id for h in hits if h.passage_index == passage.index and not h.denied},
            {h.topic_id for h in hits if h.passage_index == passage.index and h.denied},
        )
        for passage in passages[len(texts) - len(sentences) :]
    ]
