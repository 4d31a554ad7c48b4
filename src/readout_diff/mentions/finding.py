"""All mentions of a passage, and the keys two sides share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from readout_diff.mentions.dates import find_dates
from readout_diff.mentions.gazetteer import gazetteer
from readout_diff.mentions.mention import Mention
from readout_diff.mentions.numbers import cover, find_numbers
from readout_diff.mentions.people import find_people
from readout_diff.passages import Passage
from readout_diff.topics.cues import tokenize

_SMALL = 3
_DAY_OF_MONTH = re.compile("(?<=[0-9一二三四五六七八九十])日")
_UNTELLING = ("", "ordinal", "party")


@lru_cache(maxsize=4096)  # alignment and findings ask for the same passages
def find_mentions(text: str, lang: str, *, names: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
    """Return what `text` names, in the order of the text.

    Args:
        text: a passage's text; offsets of the mentions refer to it.
        lang: ISO 639-1 code; a language without tables yields names, figures and dates in figures.
        names: keys of proper names known from other passages (see `find_names`), so that a surname that
            stands alone is recognised.

    Example:
        >>> [str(m) for m in find_mentions("Präsident Belosorow reist am 5. Juni nach Kiew.", "de")]
        ['name:BLSRV', 'date:06-05', 'country:UA', 'place:kyiv']
    """
    named = [*_in_tables(text, lang), *_people(text, lang, names)]
    found = [*named, *find_numbers(text, tokenize(text), [m.span for m in named], lang)]
    return tuple(sorted(found, key=lambda m: (m.span.start, m.span.end, m.kind, m.key)))


@lru_cache(maxsize=1024)  # names are looked for first, and what tables tell is the same then
def _in_tables(text: str, lang: str) -> tuple[Mention, ...]:
    """Return the countries, places, organisations, ... and dates in `text`.

    A date holds no name: the day in "7月24日方才" is not Japan (日方).
    """
    dates = tuple(find_dates(text, lang))
    covered = cover(text, [date.span for date in dates])
    tokens = [
        token
        for token in tokenize(text)
        if not covered[token.start] and not _DAY_OF_MONTH.match(text, token.start)
    ]
    return (*gazetteer(lang).find(text, tokens), *dates)


def _people(text: str, lang: str, names: frozenset[str] = frozenset()) -> Iterator[Mention]:
    return find_people(text, tokenize(text), [m.span for m in _in_tables(text, lang)], lang, names)


def find_names(passages: Iterable[Passage]) -> frozenset[str]:
    """Return the keys of the proper names in passages, to be given to `find_mentions` for all of them."""
    return frozenset(key for p in passages for key in _names_in(p.text, p.lang))


@lru_cache(maxsize=1024)
def _names_in(text: str, lang: str) -> frozenset[str]:
    return frozenset(mention.key for mention in _people(text, lang))


def mentions_of(
    left: Sequence[Passage], right: Sequence[Passage]
) -> tuple[tuple[tuple[Mention, ...], ...], tuple[tuple[Mention, ...], ...]]:
    """Return the mentions of each passage of two sides; a name found on one side is known on both.

    Args:
        left: passages of one side.
        right: passages of the other side.

    Returns:
        For each side, one tuple of mentions per passage; offsets refer to ``Passage.text``.
    """
    names = find_names((*left, *right))
    return (
        tuple(find_mentions(p.text, p.lang, names=names) for p in left),
        tuple(find_mentions(p.text, p.lang, names=names) for p in right),
    )


def keys(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the keys by which mentions of two passages are compared, "kind:key".

    A full date is also compared by its month and day and by its year. Small numbers of unnamed things
    ("the two sides") and ordinals are left out: nearly every passage has them.

    Example:
        >>> sorted(keys(find_mentions("On December 7, 2021 in Geneva", "en")))
        ['date:12-07', 'date:2021', 'date:2021-12-07', 'place:geneva']
    """
    found: set[str] = set()
    for mention in mentions:
        small = mention.value is not None and mention.value <= _SMALL and mention.unit in _UNTELLING
        if not small:
            found.add(str(mention))
        if mention.kind == "date" and mention.unit == "day" and len(mention.key) == 10:
            found |= {f"date:{mention.key[5:]}", f"date:{mention.key[:4]}"}
        if mention.kind == "date" and mention.unit == "month" and mention.key[0] != "-":
            found |= {f"date:--{mention.key[5:]}", f"date:{mention.key[:4]}"}
    return frozenset(found)
