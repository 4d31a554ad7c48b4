"""Gold annotation: reading it, and matching passages with its sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readout_diff.errors import LoadError

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GoldSide:
    """The annotated sentences of one account.

    `topics` and `inferred` hold a set of topic ids a sentence; `furniture` are the lines that are no content.
    """

    path: Path
    sentences: tuple[str, ...]
    topics: tuple[frozenset[str], ...]
    inferred: tuple[frozenset[str], ...]
    denied: frozenset[str]
    furniture: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two annotated accounts with the links between their sentences."""

    id: str
    a: GoldSide
    b: GoldSide
    links: Mapping[Pair, int]
    formulaic: frozenset[Pair]
    conflicts: frozenset[Pair]
    only: Mapping[str, frozenset[str]]
    both: frozenset[str]
    missing: frozenset[str] = field(default_factory=frozenset)

    @property
    def langs(self) -> str:
        """The language pair, such as "en-de"."""
        return f"{self.a.lang}-{self.b.lang}"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement in a composite article, by offsets into the article's text."""

    start: int
    end: int
    segments: tuple[Pair, ...]
    publisher: str | None
    party: str | None
    lang: str | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A composite article with its statements."""

    id: str
    path: Path
    statements: tuple[GoldStatement, ...]


def read_pairs(folder: Path) -> tuple[GoldPair, ...]:
    """Read every gold pair below `folder`, sorted by path.

    Raises:
        LoadError: If `folder` does not exist, or an annotation is malformed.
    """
    if not folder.is_dir():
        raise LoadError(
            f"no folder {str(folder)!r}; right is a folder of gold pairs (a.txt, b.txt, gold.json)"
        )
    return tuple(
        _read_pair(path.parent)
        for path in sorted(folder.rglob("gold.json"))
        if (path.parent / "a.txt").is_file() and (path.parent / "b.txt").is_file()
    )


def read_articles(folder: Path) -> tuple[GoldArticle, ...]:
    """Read every annotated composite article below `folder`, sorted by path."""
    return tuple(_read_article(path) for path in sorted(folder.rglob("*.gold.json")))


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LoadError(
            f"{path} is no readable gold annotation ({error}); right is the JSON of RULES.md"
        ) from error
    if not isinstance(data, dict):
        raise LoadError(f"{path} holds no object; right is the JSON of RULES.md")
    return data


def _read_pair(folder: Path) -> GoldPair:
    gold = _read_json(folder / "gold.json")
    try:
        langs = gold.get("langs") or [None, None]
        sides = [_read_side(folder, gold, side, lang) for side, lang in zip("ab", langs, strict=True)]
        return GoldPair(
            id=str(gold.get("id", folder.name)),
            a=sides[0],
            b=sides[1],
            links={(int(i), int(j)): int(strength) for i, j, strength in gold["alignment"]},
            formulaic=frozenset((int(link[0]), int(link[1])) for link in gold.get("alignment_formulaic", ())),
            conflicts=frozenset(
                (int(link[0]), int(link[1]))
                for key in ("opposed", "number_mismatch")
                for link in gold.get(key, ())
            ),
            only={side: frozenset(gold[f"topics_only_{side}"]) for side in "ab"},
            both=frozenset(gold["topics_both"]),
            missing=_topics_in(gold.get("known_missing_topics")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LoadError(
            f"{folder / 'gold.json'} is malformed ({error!r}); right is the JSON of RULES.md"
        ) from error


def _read_side(folder: Path, gold: Mapping[str, Any], side: str, lang: str | None) -> GoldSide:
    sentences = tuple(gold[f"{side}_sents"])
    empty: list[list[str]] = [[] for _ in sentences]
    return GoldSide(
        path=folder / f"{side}.txt",
        sentences=sentences,
        topics=tuple(frozenset(topics) for topics in gold[f"{side}_topics"]),
        inferred=tuple(frozenset(topics) for topics in gold.get(f"{side}_topics_inferred", empty)),
        denied=frozenset((gold.get("topics_denied") or {}).get(side, ())),
        furniture=tuple(gold.get(f"{side}_header_lines", ())),
        lang=lang or "und",
    )


def _topics_in(value: Any) -> frozenset[str]:
    """Collect topic ids from a list, or from a mapping of sides to lists."""
    if not value:
        return frozenset()
    rows = value.values() if isinstance(value, Mapping) else [value]
    return frozenset(topic for row in rows for topic in ([row] if isinstance(row, str) else row))


def _read_article(path: Path) -> GoldArticle:
    gold = _read_json(path)
    try:
        return GoldArticle(
            id=str(gold["id"]),
            path=path.with_name(path.name.replace(".gold.json", ".txt")),
            statements=tuple(
                GoldStatement(
                    start=row["start"],
                    end=row["end"],
                    segments=tuple((start, end) for start, end in row["segments"]),
                    publisher=row.get("publisher"),
                    party=row.get("party"),
                    lang=row.get("language"),
                )
                for row in gold["statements"]
            ),
        )
    except (KeyError, TypeError) as error:
        raise LoadError(f"{path} is malformed ({error!r}); right is the JSON of the gold articles") from error


def cover(passages: Sequence[str], sentences: Sequence[str]) -> tuple[frozenset[int], ...]:
    """Tell which gold sentences each passage stands for.

    Both are compared by their letters and digits alone, so that neither quotation marks, spaces nor joined
    lines matter. A passage stands for every sentence of which it covers more than half.

    Args:
        passages: The passages in text order.
        sentences: The gold sentences in text order.

    Returns:
        The indices of the sentences, a set a passage.

    Example:
        >>> cover(["One. Two two.", "Three."], ["One.", "Two two.", "Three."])
        (frozenset({0, 1}), frozenset({2}))
    """
    text = "".join(_letters(passage) for passage in passages)
    owner = [index for index, passage in enumerate(passages) for _ in _letters(passage)]
    covered: list[set[int]] = [set() for _ in passages]
    position = 0
    for number, sentence in enumerate(sentences):
        wanted = _letters(sentence)
        start = text.find(wanted, position) if wanted else -1
        if start < 0:
            start = text.find(wanted) if wanted else -1
        if start < 0:
            found = list(_pieces(text, wanted))
        else:
            found = [(start, start + len(wanted))]
            position = start + len(wanted)
        counts: dict[int, int] = {}
        for begin, end in found:
            for index in range(begin, end):
                counts[owner[index]] = counts.get(owner[index], 0) + 1
        for passage, count in counts.items():
            if 2 * count > len(wanted):
                covered[passage].add(number)
    return tuple(frozenset(found) for found in covered)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _pieces(text: str, wanted: str) -> Iterator[Pair]:
    """Yield the runs of `text` that belong to a sentence which does not stand there as a whole."""
    from difflib import SequenceMatcher

    if not wanted:
        return
    for block in SequenceMatcher(None, text, wanted, autojunk=False).get_matching_blocks():
        if block.size >= min(12, len(wanted)):
            yield block.a, block.a + block.size
