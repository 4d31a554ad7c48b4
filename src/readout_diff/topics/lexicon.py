"""The matching engine: which cues of a language occur where in a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, product
from typing import TYPE_CHECKING, NamedTuple

from readout_diff.lemmas import LONGEST_WORD, lemma_of
from readout_diff.topics.cues import CueToken, Token, fold, parse_cue, tokenize

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A gap is written as the token id -1, and spans up to three tokens.
_GAP = -1
_GAP_LENGTH = 3
_MOST_KNOWN = 50_000  # forms; what a language's accounts use again and again, some 10 MB
_NO_WORDS: frozenset[int] = frozenset()
_BLOCK = 2_000  # tokens that are looked at together, far more than most accounts have

_Places = tuple[tuple[tuple[int, ...], ...], ...]
_Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue with its part: `group` is a topic id or the name of a list, `role` says what a match means."""

    group: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found at the code points ``[start, end)`` of a passage; `tokens` counts its tokens."""

    cue: Cue
    start: int
    end: int
    tokens: int

    def overlaps(self, other: Match) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(slots=True)
class _Table:
    """Cue tokens by the way they are compared: a form finds those it satisfies without a scan."""

    words: dict[str, int] = field(default_factory=dict)
    prefixes: dict[str, int] = field(default_factory=dict)
    suffixes: dict[str, int] = field(default_factory=dict)
    infixes: dict[str, int] = field(default_factory=dict)

    def ids(self, form: str) -> set[int]:
        found: set[int] = set()
        if form in self.words:
            found.add(self.words[form])
        size = len(form)
        if size > LONGEST_WORD:  # no word: all its parts would take the square of its length
            return found
        for end in range(1, size + 1):
            if (number := self.prefixes.get(form[:end])) is not None:
                found.add(number)
            if (number := self.suffixes.get(form[size - end :])) is not None:
                found.add(number)
        if self.infixes:
            for start in range(size):
                for end in range(start + 2, size + 1):
                    if (number := self.infixes.get(form[start:end])) is not None:
                        found.add(number)
        return found


class Lexicon:
    """The cues of one language, compiled once.

    Thousands of cues with wildcards would be slow as patterns. So the distinct forms of a text are
    looked up first; of the cues all of whose tokens occur, it is seen whether these stand together.

    Args:
        cues: the cues.
        lang: language code, for lemmas.

    Example:
        >>> lexicon = Lexicon([Cue("nato", "strong", "NATO"), Cue("cyber", "strong", "cyber*")], "en")
        >>> [(m.cue.group, m.start, m.end) for m in lexicon.match(["Cyberattacks, a senator, NATO"])[0]]
        [('cyber', 0, 12), ('nato', 25, 29)]
    """

    def __init__(self, cues: Iterable[Cue], lang: str) -> None:
        self.lang = lang
        self._folded = _Table()
        self._capitals = _Table()
        self._token_ids: dict[CueToken, int] = {}
        self._known: dict[str, frozenset[int]] = {}
        # Each cue stands in the bucket of every token that can open one of its places, the rarest place.
        self._buckets: dict[int, list[int]] = defaultdict(list)
        self._cues: list[tuple[Cue, frozenset[int], tuple[_Place, ...]]] = []
        for cue in dict.fromkeys(cues):
            pattern = parse_cue(cue.text)
            places = tuple(tuple(tuple(self._register(t) for t in s) for s in place) for place in pattern)
            for first in {sequence[0] for sequence in _rarest(places)}:
                self._buckets[first].append(len(self._cues))
            needed = frozenset(t for place in places if len(place) == 1 for t in place[0] if t != _GAP)
            self._cues.append((cue, needed, tuple(map(_Place.of, places))))

    def _register(self, token: CueToken) -> int:
        if token.kind == "gap":
            return _GAP
        number = self._token_ids.setdefault(token, len(self._token_ids))
        table = self._capitals if token.capitals else self._folded
        kinds = {"word": table.words, "prefix": table.prefixes, "suffix": table.suffixes}
        kinds.get(token.kind, table.infixes)[token.text] = number
        return number

    def match(
        self, texts: Sequence[str], lemmas: Sequence[Mapping[tuple[int, int], str]] | None = None
    ) -> list[list[Match]]:
        """Find the cues in each text.

        Args:
            texts: passages.
            lemmas: for each text the lemma of the token at ``(start, end)``, from a trained pipeline;
                a token without one gets its lemma from simplemma.

        Returns:
            For each text its matches, in the order of their positions; overlaps are kept.
        """
        tokens = [tokenize(text) for text in texts]
        keys = [
            [self._key(token, lemmas[i] if lemmas else {}) for token in row] for i, row in enumerate(tokens)
        ]
        found: list[list[Match]] = []
        start = 0
        for end in _block_ends(keys):
            found += self._found(tokens[start:end], keys[start:end])
            start = end
        return found

    def _found(self, tokens: Sequence[Sequence[Token]], keys: Sequence[Sequence[str]]) -> list[list[Match]]:
        """Find the cues in texts that are looked at together."""
        rows = _Rows(keys)
        where = rows.where(self._numbers)
        there = frozenset(where)
        ranges: dict[tuple[int, ...], _Ranges] = {}
        found: list[set[Match]] = [set() for _ in tokens]
        for i in sorted({i for number in where for i in self._buckets.get(number, ())}):
            cue, needed, places = self._cues[i]
            if not needed <= there:
                continue
            present = []
            for place in places:
                wordings = place.among(there)
                if not wordings:
                    break
                present.append(wordings)
            else:
                for chain in map(_chain, product(*present)):
                    for segment in chain.segments:
                        if segment not in ranges:
                            ranges[segment] = _stretches(segment, where)
                    if all(ranges[segment] for segment in chain.segments):
                        for start, end in chain.joined(ranges):
                            row, first, last = rows.at(start, end - 1)
                            if row is not None:
                                own = tokens[row]
                                found[row].add(Match(cue, own[first].start, own[last].end, end - start))
        return [
            sorted(row, key=lambda m: (m.start, -m.end, m.cue.group, m.cue.role, m.cue.text)) for row in found
        ]

    def _key(self, token: Token, lemmas: Mapping[tuple[int, int], str]) -> str:
        lemma = lemmas.get((token.start, token.end))
        return f"{token.text}\t{lemma if lemma is not None else lemma_of(token.text, self.lang)}"

    def _numbers(self, key: str) -> frozenset[int]:
        """Return the cue tokens that a key satisfies; looked up once where it comes again."""
        numbers = self._known.get(key)
        if numbers is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            numbers = self._known[key] = frozenset(self._satisfied(*key.split("\t")))
        return numbers

    def _satisfied(self, surface: str, lemma: str) -> set[int]:
        """Return the cue tokens that a surface form or its lemma satisfies."""
        found = self._folded.ids(fold(surface))
        if lemma and fold(lemma) != fold(surface):
            found |= self._folded.ids(fold(lemma))
        if surface[:2].isupper() or surface.isupper():
            found |= self._capitals.ids(surface)
        return found


def _rarest(places: _Places) -> tuple[tuple[int, ...], ...]:
    """Return the place with the fewest alternatives among those that cannot be skipped."""
    return min((p for p in places if all(s and s[0] != _GAP for s in p)), key=len)


class _Place(NamedTuple):  # made by tens of thousands
    """What may stand at a place of a cue: `only` where there is no choice, else words and `longer` ones."""

    only: tuple[tuple[int, ...], ...]
    words: frozenset[int]
    longer: tuple[tuple[tuple[int, ...], frozenset[int]], ...]

    @classmethod
    def of(cls, sequences: tuple[tuple[int, ...], ...]) -> _Place:
        if len(sequences) == 1:
            return cls(sequences, _NO_WORDS, ())
        words = frozenset(s[0] for s in sequences if len(s) == 1 and s[0] != _GAP)
        longer = tuple((s, frozenset(s) - {_GAP}) for s in sequences if not (len(s) == 1 and s[0] in words))
        return cls((), words, longer)

    def among(self, there: frozenset[int]) -> Sequence[tuple[int, ...]]:
        """Return the wordings all of whose tokens are there; whether those of `only` are, the cue says."""
        if self.only:
            return self.only
        return [(t,) for t in self.words & there] + [s for s, needed in self.longer if needed <= there]


@dataclass(frozen=True, slots=True)
class _Chain:
    """One wording of a cue: runs of token ids, and how many tokens may stand between them."""

    segments: tuple[tuple[int, ...], ...]
    gaps: tuple[int, ...]

    def joined(self, ranges: Mapping[tuple[int, ...], _Ranges]) -> Iterable[tuple[int, int]]:
        """Return where the runs stand one behind the other, over their gaps."""
        found: Iterable[tuple[int, int]] = ranges[self.segments[0]]
        for segment, gap in zip(self.segments[1:], self.gaps, strict=True):
            found = _followed(found, ranges[segment], gap)
        return found


@lru_cache(maxsize=65_536)
def _chain(choice: tuple[tuple[int, ...], ...]) -> _Chain:
    """Cut one choice of alternatives into runs without gaps."""
    segments: list[list[int]] = []
    gaps: list[int] = []
    gap = 0
    for number in (n for sequence in choice for n in sequence):
        if number == _GAP:
            gap += _GAP_LENGTH
        elif gap and segments:
            segments.append([number])
            gaps.append(gap)
            gap = 0
        elif segments:
            segments[-1].append(number)
        else:
            segments.append([number])
            gap = 0
    return _Chain(tuple(map(tuple, segments)), tuple(gaps))


class _Rows:
    """The keys of several texts one behind the other, with a place between texts where nothing stands."""

    def __init__(self, keys: Sequence[Sequence[str]]) -> None:
        self._keys = keys
        self._starts = list(accumulate((len(row) + 1 for row in keys), initial=0))

    def where(self, numbers: Callable[[str], Iterable[int]]) -> dict[int, int]:
        """Return for each cue token that occurs its positions, as the bits of a number."""
        places: dict[str, int] = defaultdict(int)
        for start, row in zip(self._starts, self._keys, strict=False):
            for position, key in enumerate(row, start):
                places[key] |= 1 << position
        found: dict[int, int] = defaultdict(int)
        for key, bits in places.items():
            for number in numbers(key):
                found[number] |= bits
        return found

    def at(self, first: int, last: int) -> tuple[int | None, int, int]:
        """Return in which text two positions are, None where not in one, and their places in it."""
        row = bisect_right(self._starts, first) - 1
        start = self._starts[row]
        return (row if last < self._starts[row + 1] else None), first - start, last - start


def _block_ends(keys: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield where to cut many texts: positions are bits of numbers, which should stay short."""
    size = 0
    for end, row in enumerate(keys, start=1):
        size += len(row)
        if size >= _BLOCK or end == len(keys):
            yield end
            size = 0


def _stretches(segment: tuple[int, ...], where: Mapping[int, int]) -> _Ranges:
    """Return where the tokens of a run stand one right behind the other."""
    bits = where[segment[0]]
    for offset, number in enumerate(segment[1:], start=1):
        bits &= where[number] >> offset
        if not bits:
            return ()
    starts = []
    while bits:
        low = bits & -bits
        starts.append(low.bit_length() - 1)
        bits ^= low
    return [(start, start + len(segment)) for start in starts]


def _followed(
    ranges: Iterable[tuple[int, int]], following: Sequence[tuple[int, int]], gap: int
) -> set[tuple[int, int]]:
    """Extend token ranges to those that begin at most `gap` tokens behind them."""
    ordered = sorted(following)
    found = set()
    for start, end in ranges:
        first = bisect_left(ordered, (end, 0))
        last = bisect_left(ordered, (end + gap + 1, 0), first)
        found |= {(start, ordered[at][1]) for at in range(first, last)}
    return found


def doc_lemmas(doc: Doc, start: int, end: int) -> dict[tuple[int, int], str]:
    """Return the lemmas a pipeline gave to the tokens within ``[start, end)``, by offsets from `start`."""
    tokens = doc.char_span(start, end, alignment_mode="contract") or ()
    return {
        (token.idx - start, token.idx - start + len(token)): token.lemma_ for token in tokens if token.lemma_
    }
