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
from readout_diff.topics.cues import Token, fold, tokenize

_DATA = files("readout_diff") / "data" / "mentions"
_SHORTEST = 4  # letters of a sound key that may identify a lone word in a language that capitalises all nouns
_FULL_NAME = 3  # letters of a sound key that tell one person from others
_SYLLABLES = 3  # of a full name of East Asia: the family's and two of the person's own
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
    common_parts: tuple[str, ...]

    def is_title(self, word: str) -> bool:
        """Return whether a folded word is a title that stands before names."""
        return _fits_any(word, self.titles)

    def is_common(self, word: str) -> bool:
        """Return whether a folded word is no name."""
        return word in self.common or _fits_any(word, self.common_parts)


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
    parts = tuple(word for word in common if "*" in word)
    return _Words(tuple(fold(t) for t in table["titles"].split()), frozenset(common), parts)


@dataclass(frozen=True, slots=True)
class _OfficeHolders:
    """The persons of the table, each by its key, as the languages write them."""

    by_han: dict[str, str]
    in_chinese: re.Pattern[str]
    by_words: dict[tuple[str, ...], str]
    by_sounds: dict[tuple[str, ...], str]
    by_family: dict[str, tuple[str, ...]]

    def key_of(self, words: Sequence[str], lang: str) -> str | None:
        """Return the key of the person these words name: by a full name within them, or by the last word."""
        folded = tuple(fold(word) for word in words)
        sounds = tuple(sound_key(word, lang) for word in words)
        for length in range(len(words), 1, -1):
            for start in range(len(words) - length + 1):
                part = slice(start, start + length)
                key = self.by_words.get(folded[part]) or self.by_sounds.get(sounds[part])
                if key:
                    return key
        return self.by_words.get(folded[-1:])

    def of_family(self, word: str, names: frozenset[str], *, titled: bool) -> str | None:
        """Return the key of the person a family name means: one named elsewhere, or the first listed."""
        keys = self.by_family.get(fold(word), ())
        named = [key for key in keys if key in names]
        if len(named) == 1:
            return named[0]
        return keys[0] if keys and titled else None


@cache
def _office_holders() -> _OfficeHolders:
    """Return the persons of the table."""
    table = tomllib.loads((_DATA / "people.toml").read_text(encoding="utf-8"))
    by_han: dict[str, str] = {}
    by_words: dict[tuple[str, ...], str] = {}
    by_sounds: dict[tuple[str, ...], str] = {}
    by_family: dict[str, tuple[str, ...]] = {}
    # A syllable after a hyphen may have no capital ("Moon Jae-in"), and a run of capitals ends before it.
    cut_short: dict[tuple[str, ...], set[str]] = {}
    for order in ("family_first", "family_last"):
        for han, written in table[order].items():
            forms = [tuple(t.text for t in tokenize(form)) for form in written.split("|")]
            key = _family_first_key(forms[0]) if order == "family_first" else _name_key(forms[0], "en")
            by_han[han] = key
            if order == "family_first":
                family = fold(forms[0][0])
                by_family[family] = (*by_family.get(family, ()), key)
                for form in forms:
                    if len(form) == _SYLLABLES:
                        cut_short.setdefault(tuple(fold(word) for word in form[:2]), set()).add(key)
            else:
                forms += [form[::-1] for form in forms if len(form) == 2]
            for form in forms:
                by_words.setdefault(tuple(fold(word) for word in form), key)
                sounds = tuple(sound_key(word) for word in form)
                if len(form) > 1 and len("".join(sounds)) >= _FULL_NAME:
                    by_sounds.setdefault(sounds, key)
    for words, keys in cut_short.items():
        if len(keys) == 1:
            by_words.setdefault(words, min(keys))
    longest_first = sorted(by_han, key=len, reverse=True)
    return _OfficeHolders(by_han, re.compile("|".join(longest_first)), by_words, by_sounds, by_family)


def _name_key(words: Sequence[str], lang: str) -> str:
    """Return the key of a full name: that of its last word, or of all where that one is very short."""
    last = sound_key(words[-1], lang)
    return last if len(last) > 1 else "".join(sound_key(word, lang) for word in words)


def _family_first_key(words: Sequence[str]) -> str:
    """Return the key of a name whose family name stands first, short ones in full ("Li Qiang")."""
    key = _name_key(words, "en")
    return key if len(key) >= _FULL_NAME else ".".join(sound_key(word) for word in words)


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
    if raw[-1][-1].isdigit() or all(len(word) < 2 for word in raw):
        return
    person = _office_holders().key_of(raw, lang)
    if len(parts) == 1:
        person = _office_holders().of_family(raw[0], names, titled=titled) or person
    key = person or _name_key(_surname(raw), lang)
    if len(key) < 2:
        return
    known = key in names and (len(key) >= _SHORTEST or lang != "de")
    if lang == "de":
        sure = titled or (
            len(parts) > 1 and not _GERMAN_ADJECTIVE.search(raw[0]) and not _GERMAN_NOUN.search(raw[-1])
        )
    else:
        # A lone word in capitals is an abbreviation, unless it is a known person's name.
        abbreviation = not person and raw[0].isupper()
        sure = titled or len(parts) > 1 or not (at_start or abbreviation)
    if sure or known:
        yield Mention("name", key, Span(parts[0].start, parts[-1].end))


def _surname(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a name that give its key: a first word alone in CAPITALS is the family name."""
    capitals = [word.isupper() and len(word) >= _SHORTEST for word in words]
    return words[:1] if capitals[0] and not any(capitals[1:]) else words


def _in_chinese(text: str) -> Iterator[Mention]:
    """Yield the office holders a Chinese text names."""
    holders = _office_holders()
    for match in holders.in_chinese.finditer(text):
        yield Mention("name", holders.by_han[match.group()], Span(*match.span()))
