"""The matching engine: which cues of a language occur where in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from readout_diff.topics.cues import CueToken, Token, fold, parse_cue, tokenize

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A gap is written as the token id -1, and spans up to three tokens.
_GAP = -1
_GAP_LENGTH = 3
_LONGEST_WORD = 200  # letters; the longest names of places have 85
_MOST_KNOWN = 50_000  # forms; what a language's accounts use again and again, some 10 MB

_Places = tuple[tuple[tuple[int, ...], ...], ...]


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
        if size > _LONGEST_WORD:  # no word: all its parts would take the square of its length
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
    looked up first; only cues all of whose tokens occur become phrases, over the forms that occur.

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
        self._cues: list[tuple[Cue, tuple[int, ...], _Places]] = []
        for cue in dict.fromkeys(cues):
            pattern = parse_cue(cue.text)
            places = tuple(tuple(tuple(self._register(t) for t in s) for s in place) for place in pattern)
            for first in {sequence[0] for sequence in _rarest(places)}:
                self._buckets[first].append(len(self._cues))
            needed = tuple(t for place in places if len(place) == 1 for t in place[0] if t != _GAP)
            self._cues.append((cue, needed, places))

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
        forms: dict[int, list[str]] = defaultdict(list)
        for key in dict.fromkeys(key for row in keys for key in row):
            for number in self._numbers(key):
                forms[number].append(key)
        grams = _Grams(keys)
        segments: dict[tuple[int, ...], list[tuple[str, ...]]] = {}
        active: list[tuple[Cue, list[_Chain]]] = []
        for i in sorted({i for number in forms for i in self._buckets.get(number, ())}):
            cue, needed, places = self._cues[i]
            if not all(map(forms.__contains__, needed)):
                continue
            present = [
                place if len(place) == 1 else [s for s in place if all(t == _GAP or t in forms for t in s)]
                for place in places
            ]
            if not all(present):
                continue
            chains = []
            for chain in map(_chain, product(*present)):
                for segment in chain.segments:
                    if segment not in segments:
                        segments[segment] = grams.of([forms[t] for t in segment])
                if all(segments[segment] for segment in chain.segments):
                    chains.append(chain)
            if chains:
                active.append((cue, chains))
        if not active:
            return [[] for _ in texts]
        used = {segment: segments[segment] for _, chains in active for c in chains for segment in c.segments}
        found = _find_phrases(used, keys)
        return [_matches(active, phrases, row) for phrases, row in zip(found, tokens, strict=True)]

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


@dataclass(frozen=True, slots=True)
class _Chain:
    """One wording of a cue: runs of token ids, and how many tokens may stand between them."""

    segments: tuple[tuple[int, ...], ...]
    gaps: tuple[int, ...]


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


class _Grams:
    """The runs of forms that occur in the texts, by length."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self._by_length: dict[int, set[tuple[str, ...]]] = {}

    def of(self, options: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """Return the runs that occur and hold one of the options at each place."""
        length = len(options)
        if length == 1:
            return [(form,) for form in options[0]]
        if length not in self._by_length:
            self._by_length[length] = {
                tuple(row[i : i + length]) for row in self._rows for i in range(len(row) - length + 1)
            }
        grams = self._by_length[length]
        if prod(map(len, options)) <= len(grams):
            return [words for words in product(*options) if words in grams]
        sets = [set(option) for option in options]
        return sorted(g for g in grams if all(word in s for word, s in zip(g, sets, strict=True)))


_Phrases = Mapping[tuple[int, ...], Sequence[tuple[int, int]]]


def _find_phrases(
    segments: Mapping[tuple[int, ...], Sequence[tuple[str, ...]]], rows: Sequence[Sequence[str]]
) -> list[_Phrases]:
    """Find runs of forms: for each text and segment the token ranges where it stands."""
    names: dict[tuple[str, ...], list[tuple[int, ...]]] = defaultdict(list)
    lengths: dict[str, set[int]] = defaultdict(set)
    for segment, runs in segments.items():
        for run in runs:
            names[run].append(segment)
            lengths[run[0]].add(len(run))
    found: list[_Phrases] = []
    for row in rows:
        phrases: dict[tuple[int, ...], list[tuple[int, int]]] = defaultdict(list)
        for start, form in enumerate(row):
            for end in (start + length for length in lengths.get(form, ()) if start + length <= len(row)):
                for segment in names.get(tuple(row[start:end]), ()):
                    phrases[segment].append((start, end))
        found.append(phrases)
    return found


def _matches(
    active: Sequence[tuple[Cue, Sequence[_Chain]]], phrases: _Phrases, tokens: Sequence[Token]
) -> list[Match]:
    """Join the runs of each cue over its gaps."""
    matches = set()
    for cue, chains in active:
        for chain in chains:
            if chain.segments[0] not in phrases:
                continue
            ranges = set(phrases[chain.segments[0]])
            for segment, gap in zip(chain.segments[1:], chain.gaps, strict=True):
                ranges = _followed(ranges, phrases.get(segment, ()), gap)
            matches |= {
                Match(cue, tokens[start].start, tokens[end - 1].end, end - start) for start, end in ranges
            }
    return sorted(matches, key=lambda m: (m.start, -m.end, m.cue.group, m.cue.role, m.cue.text))


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


@lru_cache(maxsize=16_384)
def lemma_of(form: str, lang: str) -> str:
    """Return the lemma of a form by simplemma; the form itself where simplemma has no data.

    Example:
        >>> lemma_of("talks", "en")
        'talk'
    """
    import simplemma

    if len(form) > _LONGEST_WORD:
        return form
    try:
        return simplemma.lemmatize(form, lang=lang)
    except ValueError:
        return form


def doc_lemmas(doc: Doc, start: int, end: int) -> dict[tuple[int, int], str]:
    """Return the lemmas a pipeline gave to the tokens within ``[start, end)``, by offsets from `start`."""
    tokens = doc.char_span(start, end, alignment_mode="contract") or ()
    return {
        (token.idx - start, token.idx - start + len(token)): token.lemma_ for token in tokens if token.lemma_
    }
