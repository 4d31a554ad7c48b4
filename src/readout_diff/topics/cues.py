"""The cue grammar: how a cue is written, and how cue and text are cut into tokens."""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import Literal, NamedTuple

from readout_diff.errors import SchemeError
from readout_diff.limits import CUE_ALTERNATIVES, CUE_CHARACTERS, CUE_DEPTH, CUE_PLACES, CUE_WORDINGS

GAP = ".."

# Scripts that write no spaces: each character is a token of its own.
_HAN = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Combining marks stay with their letter, so that "й" or "é" is one token in either normal form.
_WORD = rf"(?:(?![{_HAN}])[^\W_][\u0300-\u036f]*)+"
_TEXT_TOKEN = re.compile(rf"[{_HAN}]|{_WORD}")
_CUE_TOKEN = re.compile(rf"[{_HAN}]|(?P<before>\*?){_WORD}(?P<after>\*?)|(?P<stray>\*)")
_INNER_WILDCARD = re.compile(r"\w\*\w")
_HAS_HAN = re.compile(rf"[{_HAN}]")
_FOLD = str.maketrans({"ё": "е", "ı": "i"})

Kind = Literal["word", "prefix", "suffix", "infix", "gap"]


# Tokens are made and looked up by tens of thousands, several times as fast as tuples than as dataclasses.
class Token(NamedTuple):
    """A token of a text: code points ``[start, end)`` and what stands there."""

    start: int
    end: int
    text: str


class CueToken(NamedTuple):
    """A token of a cue: `text` as it is compared (folded, unless `capitals`), and how."""

    kind: Kind
    text: str = ""
    capitals: bool = False


# What makes a cue more than words: alternatives and gaps.
_MARKS = re.compile(r"[()|]|\.\.")
# What is no bracket and no bar.
_PLAIN = re.compile(r"[^()|]+")

CuePattern = tuple[tuple[tuple[CueToken, ...], ...], ...]
_GAP = (CueToken("gap"),)


def fold(text: str) -> str:
    """Return `text` as it is compared: without case, ё as е, dotless ı as i.

    Example:
        >>> fold("Straße"), fold("Ещё"), fold("İRAN")
        ('strasse', 'еще', 'iran')
    """
    return text.replace("İ", "I").casefold().translate(_FOLD)


@lru_cache(maxsize=1024)  # topics, issues, stance and mentions ask for the same passages
def tokenize(text: str) -> tuple[Token, ...]:
    """Cut `text` into runs of letters and digits; a Han or Kana character is a token of its own.

    Example:
        >>> [t.text for t in tokenize("l'ONU, U.S.-Russia; 北约")]
        ['l', 'ONU', 'U', 'S', 'Russia', '北', '约']
    """
    return tuple(Token(m.start(), m.end(), m.group()) for m in _TEXT_TOKEN.finditer(text))


@lru_cache(maxsize=65_536)
def parse_cue(cue: str) -> CuePattern:
    """Return the pattern a cue stands for.

    Args:
        cue: tokens separated by spaces; ``*`` before or after a token is a wildcard, ``(a|b c|)``
            are alternatives, ``..`` is a gap of up to three tokens, a token in CAPITALS matches
            capitals only.

    Returns:
        The places of the cue in order; for each the token sequences that may stand there, an empty
        one where the place may be skipped.

    Raises:
        SchemeError: the cue does not follow the grammar.

    Example:
        >>> [[" ".join(t.text for t in s) for s in place] for place in parse_cue("minsk (deal|peace plan|)")]
        [['minsk'], ['deal', 'peace plan', '']]
    """
    CUE_CHARACTERS.check(len(cue), "a cue")
    if not _MARKS.search(cue):  # most are words one behind the other
        plain = tuple((_sequence(chunk),) for chunk in cue.split())
        if plain and all(sequence for (sequence,) in plain):
            CUE_PLACES.check(len(plain), "a cue")
            return plain
    places = []
    for chunk in _chunks(cue):
        variants, position = _alternatives(chunk, 0, depth=0)
        assert position == len(chunk)
        places.append(tuple(dict.fromkeys(_sequence(variant) for variant in variants)))
    pattern = tuple(places)
    if not any(all(any(t.kind != "gap" for t in sequence) for sequence in place) for place in pattern):
        raise SchemeError("a cue holds at least one word that cannot be left out")
    at_an_edge = [sequence[:1] for sequence in pattern[0]] + [sequence[-1:] for sequence in pattern[-1]]
    # What is looked for first is a word no gap stands before.
    begins = any(all(sequence and sequence[0].kind != "gap" for sequence in place) for place in pattern)
    if _GAP in at_an_edge or not begins:
        raise SchemeError("a gap .. stands between words, and not after one that can be left out")
    CUE_PLACES.check(len(pattern), "a cue")
    CUE_WORDINGS.check(prod(map(len, pattern)), "a cue")
    return pattern


def _chunks(cue: str) -> list[str]:
    """Cut a cue at the spaces outside brackets."""
    if "(" not in cue and ")" not in cue:
        return cue.split()
    chunks: list[str] = []
    depth = 0
    for word in cue.split():
        if depth:
            chunks[-1] += f" {word}"
        else:
            chunks.append(word)
        depth += word.count("(") - word.count(")")
    return chunks


def _alternatives(cue: str, position: int, *, depth: int) -> tuple[list[str], int]:
    """Expand from `position` to the bracket that closes this level, or to the end of the cue."""
    CUE_DEPTH.check(depth, "a cue")
    done: list[str] = []
    current = [""]
    while position < len(cue):
        if run := _PLAIN.match(cue, position):
            current = [head + run.group() for head in current]
            position = run.end()
            continue
        char = cue[position]
        position += 1
        if char == "(":
            inner, position = _alternatives(cue, position, depth=depth + 1)
            CUE_ALTERNATIVES.check(len(current) * len(inner), "a cue")  # before they are multiplied out
            current = [head + tail for head in current for tail in inner]
        elif char == ")":
            if not depth:
                raise SchemeError("a closing bracket has no opening one")
            return done + current, position
        else:
            if not depth:
                raise SchemeError("alternatives stand in brackets: (a|b)")
            done += current
            current = [""]
        CUE_ALTERNATIVES.check(len(done) + len(current), "a cue")
    if depth:
        raise SchemeError("an opening bracket is not closed")
    return current, position


@lru_cache(maxsize=65_536)  # the same words stand in many cues
def _sequence(variant: str) -> tuple[CueToken, ...]:
    """Cut one alternative into tokens."""
    tokens: list[CueToken] = []
    for chunk in variant.split():
        if chunk == GAP:
            tokens.append(CueToken("gap"))
            continue
        if _INNER_WILDCARD.search(chunk):
            raise SchemeError("a wildcard * stands at the end or start of a token")
        for match in _CUE_TOKEN.finditer(chunk):
            if match["stray"]:
                raise SchemeError("a wildcard * stands directly before or after letters")
            tokens.append(_cue_token(match.group()))
    return tuple(tokens)


def _cue_token(raw: str) -> CueToken:
    text = raw.strip("*")
    if _HAS_HAN.search(text):
        return CueToken("word", text)
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) > 1 and text.upper() == text and text.lower() != text
    kind: Kind = "word"
    if raw.startswith("*"):
        kind = "infix" if raw.endswith("*") else "suffix"
    elif raw.endswith("*"):
        kind = "prefix"
    return CueToken(kind, text if capitals else fold(text), capitals)
