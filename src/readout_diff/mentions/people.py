"""Proper names that stand in no table, above all of persons, under keys that are the same in every script."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from readout_diff.mentions.mention import Mention
from readout_diff.mentions.numbers import cover
from readout_diff.mentions.sounds import sound_key
from readout_diff.readout import Span
from readout_diff.topics.cues import Token, fold

_DATA = files("readout_diff") / "data" / "mentions"
_SHORTEST = 4  # letters of a sound key that may identify a lone word in a language that capitalises all nouns
_PARTICLES = frozenset({"al", "el", "bin", "ibn"})
# A German adjective that begins the name of an institution ("Vereinigten Provinzen").
_GERMAN_ADJECTIVE = re.compile(r"(lich|isch|ig|igt|end|sam|eu|oß|est|ord|aupt)e[nmrs]?$")
# German nouns that adjectives or other nouns may precede, but that are no names.
_GERMAN_NOUN = re.compile(
    r"(ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|nis|nisse|tum|ismus|tiger|hilfe|daten|dosen)$"
)
_INITIAL = re.compile(r"\.\s?")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language that tell names from other capitalised words."""

    titles: tuple[str, ...]
    common: frozenset[str]
    common_stems: tuple[str, ...]

    def is_title(self, word: str) -> bool:
        """Return whether a folded word is a title that stands before names."""
        return _fits_any(word, self.titles)

    def is_common(self, word: str) -> bool:
        """Return whether a folded word is no name."""
        return word in self.common or word.startswith(self.common_stems)


@lru_cache(maxsize=4096)
def _fits_any(word: str, patterns: tuple[str, ...]) -> bool:
    """Return whether a word is one of the patterns."""
    return any(_fits(word, pattern) for pattern in patterns)


def _fits(word: str, pattern: str) -> bool:
    """Return whether a word is a pattern with ``*`` before or after it."""
    if pattern.startswith("*"):
        return word.endswith(pattern[1:])
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@cache
def _words(lang: str) -> _Words:
    """Return the word lists of a language; a language without a table has none."""
    source = _DATA / f"names.{lang}.toml"
    if not source.is_file():
        return _Words((), frozenset(), ())
    table = tomllib.loads(source.read_text(encoding="utf-8"))["words"]
    common = [fold(word) for word in table["common"].split()]
    stems = tuple(word[:-1] for word in common if word.endswith("*"))
    return _Words(tuple(fold(t) for t in table["titles"].split()), frozenset(common), stems)


@cache
def _office_holders() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names Chinese writes by table, and the family names that stand first, each with its key."""
    table = tomllib.loads((_DATA / "people.toml").read_text(encoding="utf-8"))["zh"]
    by_han = {han: _name_key(latin.split(), "en") for han, latin in table.items()}
    family_first: dict[str, str] = {}
    for han, latin in table.items():
        if len(latin.split()) == 2 and len(han) <= 3:
            family_first.setdefault(fold(latin.split()[0]), by_han[han])
    return by_han, family_first


def _name_key(words: Sequence[str], lang: str) -> str:
    """Return the key of a full name: that of its last word, or of all where that one is very short."""
    last = sound_key(words[-1], lang)
    return last if len(last) > 1 else "".join(sound_key(word, lang) for word in words)


def find_people(
    text: str, tokens: Sequence[Token], taken: Sequence[Span], lang: str, names: frozenset[str] = frozenset()
) -> Iterator[Mention]:
    """Yield the proper names in `text` that no table holds.

    Args:
        text: the text the tokens were cut from.
        tokens: its tokens, in order.
        taken: spans of mentions found in tables; a name does not reach into them.
        lang: ISO 639-1 code.
        names: keys of names known from other passages: a lone word with such a key is a name.
    """
    if lang == "zh":
        yield from _in_chinese(text)
        return
    words = _words(lang)
    covered = cover(text, taken)
    blocked = {i for i, token in enumerate(tokens) if covered[token.start]}
    position = 0
    while position < len(tokens):
        if position in blocked or not _capital(tokens[position]):
            position += 1
            continue
        end = _run_end(text, tokens, position, blocked)
        yield from _in_run(text, tokens, position, end, words, lang, names)
        position = end


def _capital(token: Token) -> bool:
    """Return whether a token begins with a capital letter."""
    return token.text[0].isupper()


def _run_end(text: str, tokens: Sequence[Token], start: int, blocked: set[int]) -> int:
    """Return the index after the capitalised tokens that stand side by side from `start`."""
    end = start + 1
    while end < len(tokens) and end not in blocked:
        gap = text[tokens[end - 1].end : tokens[end].start]
        initial = len(tokens[end - 1].text) == 1 and _INITIAL.fullmatch(gap)
        if not (initial or gap in (" ", "-", "\u00a0", "’", "'")):
            break
        following = end + 1 < len(tokens) and end + 1 not in blocked and _capital(tokens[end + 1])
        if not _capital(tokens[end]) and not (tokens[end].text in _PARTICLES and following):
            break
        end += 1
    return end


def _in_run(
    text: str, tokens: Sequence[Token], start: int, end: int, words: _Words, lang: str, names: frozenset[str]
) -> Iterator[Mention]:
    """Yield the names in a run of capitalised tokens, which common words and titles divide."""
    first = start
    titled = False
    for index in range(start, end + 1):
        folded = fold(tokens[index].text) if index < end else ""
        title = bool(folded) and words.is_title(folded)
        if index < end and not title and not words.is_common(folded):
            continue
        if index > first:
            yield from _name(text, tokens[first:index], titled, lang, names, at_start=first == 0)
        titled = title or (titled and index == first)
        first = index + 1


def _name(
    text: str, parts: Sequence[Token], titled: bool, lang: str, names: frozenset[str], *, at_start: bool
) -> Iterator[Mention]:
    """Yield the name these tokens are, if they are one."""
    raw = [part.text for part in parts]
    if raw[-1].isdigit() or (len(raw[-1]) < 2 and len(raw) < 2):
        return
    key = _name_key(raw, lang)
    if len(parts) == 1:
        key = _office_holders()[1].get(fold(raw[0]), key) if titled else key
    if len(key) < 2:
        return
    known = key in names and (len(key) >= _SHORTEST or lang != "de")
    if lang == "de":
        sure = titled or (
            len(parts) > 1 and not _GERMAN_ADJECTIVE.search(raw[0]) and not _GERMAN_NOUN.search(raw[-1])
        )
    else:
        sure = titled or len(parts) > 1 or not at_start
    if sure or known:
        yield Mention("name", key, Span(parts[0].start, parts[-1].end))


def _in_chinese(text: str) -> Iterator[Mention]:
    """Yield the office holders a Chinese text names."""
    for han, key in _office_holders()[0].items():
        for match in re.finditer(han, text):
            yield Mention("name", key, Span(match.start(), match.end()))
