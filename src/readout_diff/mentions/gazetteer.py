"""Countries, organisations, agreements and places by the names each language gives them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from readout_diff.mentions.mention import Mention
from readout_diff.readout import Span
from readout_diff.topics.cues import Token, fold, tokenize

KINDS = ("country", "org", "place", "accord")
_DATA = files("readout_diff") / "data" / "mentions"
_KEYED = 4  # letters of a first token by which stems are looked up


@dataclass(frozen=True, slots=True)
class _Part:
    """One token of a name: `raw` as written, `text` folded, `ending` "" (exact), "~" or "*".

    A `joined` part is a character of a script without spaces that stands beside the part before it.
    """

    raw: str
    text: str
    ending: str
    capitals: bool
    capital: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """A wording and the ``(kind, key)`` pairs it stands for; a word that only looks like a name has none."""

    parts: tuple[_Part, ...]
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one language, looked up by their first token."""

    endings: frozenset[str]
    exact: dict[str, tuple[_Name, ...]]
    stems: dict[str, tuple[_Name, ...]]

    def find(self, text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
        """Yield the mentions in `text`, the longest name first where several begin at one token.

        Of two names that overlap in a script without spaces the longer one counts, the later one where
        they are equally long ("会谈中美方": 美方, not 中美).

        Args:
            text: the text the tokens were cut from.
            tokens: its tokens, in order.
        """
        folded = [fold(token.text) for token in tokens]
        position = 0
        while position < len(tokens):
            names = self._at(tokens, folded, position)
            if not names:
                position += 1
                continue
            length = _length(names)
            if any(_length(self._at(tokens, folded, later)) >= length for later in _within(names, position)):
                position += 1
                continue
            span = Span(tokens[position].start, tokens[position + length - 1].end)
            found = {pair for name in names if len(name.parts) == length for pair in name.keys}
            for kind, key in sorted(found):
                yield Mention(kind, key, span)
            position += length

    def _at(self, tokens: Sequence[Token], folded: Sequence[str], position: int) -> list[_Name]:
        """Return the names that begin at token `position`."""
        head = folded[position]
        candidates = list(self.exact.get(head, ()))
        for length in range(1, min(len(head), _KEYED) + 1):
            candidates += self.stems.get(head[:length], ())
        return [
            name
            for name in candidates
            if position + len(name.parts) <= len(tokens)
            and all(
                self._fits(part, tokens[position + i].text, folded[position + i])
                and (not part.joined or tokens[position + i].start == tokens[position + i - 1].end)
                for i, part in enumerate(name.parts)
            )
        ]

    def _fits(self, part: _Part, raw: str, folded: str) -> bool:
        """Return whether a token of the text is this part of a name."""
        if part.capitals:
            if not raw.startswith(part.raw):
                return False
            rest = raw[len(part.raw) :]
        else:
            if not folded.startswith(part.text) or (part.capital and not raw[0].isupper()):
                return False
            rest = folded[len(part.text) :]
        if not rest or part.ending == "*":
            return True
        return part.ending == "~" and fold(rest) in self.endings


def _length(names: Sequence[_Name]) -> int:
    """Return the number of tokens of the longest name, 0 for none."""
    return max((len(name.parts) for name in names), default=0)


def _within(names: Sequence[_Name], position: int) -> range:
    """Return the tokens after `position` that the longest name covers, in a script without spaces."""
    longest = max(names, key=lambda name: len(name.parts))
    joined = all(part.joined for part in longest.parts[1:])
    return range(position + 1, position + len(longest.parts)) if joined else range(0)


@cache
def gazetteer(lang: str) -> Gazetteer:
    """Return the names known in a language; a language without a table has none.

    Args:
        lang: ISO 639-1 code.

    Example:
        >>> text = "Глава МАГАТЭ прибыл в Киев"
        >>> [str(m) for m in gazetteer("ru").find(text, tokenize(text))]
        ['org:iaea', 'country:UA', 'place:kyiv']
    """
    wordings: dict[str, set[tuple[str, str]]] = {}
    for code, names in _territories(lang):
        for name in names:
            wordings.setdefault(name, set()).add(("country", code))
    source = _DATA / f"names.{lang}.toml"
    endings: frozenset[str] = frozenset()
    if source.is_file():
        table = tomllib.loads(source.read_text(encoding="utf-8"))
        endings = frozenset(fold(ending) for ending in table["endings"].split())
        for word in table["words"].get("masks", "").split():
            wordings.setdefault(word, set())
        for kind in KINDS:
            for key, names in table[kind].items():
                for name in names.split("|"):
                    wordings.setdefault(name.strip(), set()).add((kind, key))
    return _compile(wordings, endings)


def _territories(lang: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the code and the names of each territory in a language."""
    lines = (_DATA / "territories.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    if lang in rows[0]:
        column = rows[0].index(lang)
        for row in rows[1:]:
            if row[column]:
                yield row[0], row[column].split("/")


def _compile(wordings: dict[str, set[tuple[str, str]]], endings: frozenset[str]) -> Gazetteer:
    """Index wordings by the beginning of their first token."""
    exact: dict[str, list[_Name]] = {}
    stems: dict[str, list[_Name]] = {}
    for wording, keys in wordings.items():
        name = _Name(_parts(wording), tuple(sorted(keys)))
        head = name.parts[0]
        if head.ending:
            stems.setdefault(head.text[:_KEYED], []).append(name)
        else:
            exact.setdefault(head.text, []).append(name)
    return Gazetteer(
        endings,
        {head: tuple(names) for head, names in exact.items()},
        {head: tuple(names) for head, names in stems.items()},
    )


def _parts(wording: str) -> tuple[_Part, ...]:
    """Cut a wording into the tokens it consists of; an ending belongs to the last token of its word."""
    parts: list[_Part] = []
    for word in wording.split():
        ending = word[-1] if word[-1] in "~*" else ""
        tokens = tokenize(word)
        for index, token in enumerate(tokens):
            last = ending if index == len(tokens) - 1 else ""
            capitals = token.text.isupper() and len(token.text) > 1
            joined = index > 0 and token.start == tokens[index - 1].end
            parts.append(_Part(token.text, fold(token.text), last, capitals, token.text[0].isupper(), joined))
    return tuple(parts)
