"""The matching engine: which cues of a language occur where in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from readout_diff.topics.cues import CueToken, Token, fold, parse_cue, tokenize

if TYPE_CHECKING:
    from spacy.tokens import Doc

# A gap is written as the token id -1, and matches up to three tokens.
_GAP = -1
_SKIP: list[dict[str, Any]] = [{"OP": "?"}] * 3
# Plain forms match much faster than sets of forms, as long as their combinations are few.
_MAX_WRITTEN_OUT = 64

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
    """The cues of one language, compiled once, matched through spaCy's Matcher.

    Thousands of cues with wildcards would be slow as patterns. So the distinct forms of a text are
    looked up first; only cues all of whose tokens occur become patterns, over the forms that occur.

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
        # Each cue stands in the bucket of every token that can open one of its places, the rarest place.
        self._buckets: dict[int, list[int]] = defaultdict(list)
        self._cues: list[tuple[Cue, _Places]] = []
        for cue in cues:
            pattern = parse_cue(cue.text)
            places = tuple(tuple(tuple(self._register(t) for t in s) for s in place) for place in pattern)
            for first in {sequence[0] for sequence in _rarest(places)}:
                self._buckets[first].append(len(self._cues))
            self._cues.append((cue, places))

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
            for number in self._satisfied(*key.split("\t")):
                forms[number].append(key)
        candidates = sorted({i for number in forms for i in self._buckets.get(number, ())})
        active = []
        for i in candidates:
            cue, places = self._cues[i]
            present = [[s for s in place if all(t == _GAP or t in forms for t in s)] for place in places]
            if all(present):
                active.append((cue, present))
        if not active:
            return [[] for _ in texts]
        return self._run(active, forms, tokens, keys)

    def _key(self, token: Token, lemmas: Mapping[tuple[int, int], str]) -> str:
        lemma = lemmas.get((token.start, token.end))
        return f"{token.text}\t{lemma if lemma is not None else lemma_of(token.text, self.lang)}"

    def _satisfied(self, surface: str, lemma: str) -> set[int]:
        """Return the cue tokens that a surface form or its lemma satisfies."""
        found = self._folded.ids(fold(surface))
        if lemma and fold(lemma) != fold(surface):
            found |= self._folded.ids(fold(lemma))
        if surface[:2].isupper() or surface.isupper():
            found |= self._capitals.ids(surface)
        return found

    def _run(
        self,
        active: Sequence[tuple[Cue, Sequence[Sequence[tuple[int, ...]]]]],
        forms: Mapping[int, Sequence[str]],
        tokens: Sequence[Sequence[Token]],
        keys: Sequence[Sequence[str]],
    ) -> list[list[Match]]:
        """Match the active cues with spaCy."""
        from spacy.matcher import Matcher
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        vocab = Vocab()
        matcher = Matcher(vocab, validate=False)
        cues: dict[str, Cue] = {}
        patterns: dict[str, list[list[dict[str, Any]]]] = defaultdict(list)
        for cue, present in active:
            name = f"{cue.group}\t{cue.role}\t{cue.text}"
            cues[name] = cue
            patterns[name] += _patterns(present, forms)
        for name, rows in patterns.items():
            matcher.add(name, rows)
        names = {vocab.strings[name]: cue for name, cue in cues.items()}
        results = []
        for row, words in zip(tokens, keys, strict=True):
            found = matcher(Doc(vocab, words=list(words))) if words else []
            matches = {
                Match(names[key], row[start].start, row[end - 1].end, end - start) for key, start, end in found
            }
            results.append(
                sorted(matches, key=lambda m: (m.start, -m.end, m.cue.group, m.cue.role, m.cue.text))
            )
        return results


def _rarest(places: _Places) -> tuple[tuple[int, ...], ...]:
    """Return the place with the fewest alternatives among those that cannot be skipped."""
    return min((p for p in places if all(s and s[0] != _GAP for s in p)), key=len)


def _patterns(
    present: Sequence[Sequence[tuple[int, ...]]], forms: Mapping[int, Sequence[str]]
) -> list[list[dict[str, Any]]]:
    """Write out a cue over the forms that occur in the text."""
    patterns = []
    for choice in product(*present):
        ids = [number for sequence in choice for number in sequence]
        while ids[0] == _GAP:
            del ids[0]
        while ids[-1] == _GAP:
            del ids[-1]
        options = [[None] if i == _GAP else forms[i] for i in ids]
        if prod(map(len, options)) > _MAX_WRITTEN_OUT:
            sets = [_SKIP if i == _GAP else [{"ORTH": {"IN": list(forms[i])}}] for i in ids]
            patterns.append([part for parts in sets for part in parts])
            continue
        for words in product(*options):
            patterns.append(
                [part for word in words for part in (_SKIP if word is None else [{"ORTH": word}])]
            )
    return patterns


def lemma_of(form: str, lang: str) -> str:
    """Return the lemma of a form by simplemma; the form itself where simplemma has no data.

    Example:
        >>> lemma_of("talks", "en")
        'talk'
    """
    import simplemma

    try:
        return simplemma.lemmatize(form, lang=lang)
    except ValueError:
        return form


def doc_lemmas(doc: Doc, start: int, end: int) -> dict[tuple[int, int], str]:
    """Return the lemmas a pipeline gave to the tokens within ``[start, end)``, by offsets from `start`."""
    return {
        (token.idx - start, token.idx - start + len(token)): token.lemma_
        for token in doc
        if token.lemma_ and start <= token.idx and token.idx + len(token) <= end
    }
