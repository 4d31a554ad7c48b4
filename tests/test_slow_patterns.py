"""Regular expressions and what is built on them take time that grows with the text, whatever the text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from readout_diff import findings, glossary, mentions
from readout_diff.loaders.apart import cut_apart
from readout_diff.loaders.article import split_article
from readout_diff.loaders.layout import read_lines
from readout_diff.loaders.publishers import publisher_table
from readout_diff.loaders.traced import Traced
from readout_diff.loaders.voice import bare_names
from readout_diff.mentions import dates, find_mentions, numbers
from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics import cues, discourse, lexicon
from readout_diff.topics.discourse import formulaic_kinds

LENGTH = 200_000
SECONDS = 2  # of processor time
FEW = 10  # times up to which a repeat cannot take long
IN_A_CLASS = {
    codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_NOT_SPACE: "a", codes.CATEGORY_NOT_WORD: ".",
}  # fmt: skip


def compiled() -> dict[str, re.Pattern[str]]:
    """Every pattern of the modules, with those made from the tables of each language."""
    modules = [cues, discourse, glossary, lexicon]
    for package in (mentions, findings):
        names = (f"{package.__name__}.{info.name}" for info in pkgutil.iter_modules(package.__path__))
        modules += [importlib.import_module(name) for name in names]
    found = {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }
    for lang in numbers.number_data():
        table, words = numbers._table(lang), dates._words(lang)
        found |= {f"{lang} {name}": getattr(table, name) for name in ("more", "less", "negated")}
        if words:
            found |= {f"{lang} months": words.months, f"{lang} periods": words.periods}
    return found


PATTERNS = compiled()


def shortest(parsed: Any) -> str:
    """Return a text the parsed expression matches, repeats taken once."""
    text = ""
    for code, value in parsed:
        if code is codes.LITERAL:
            text += chr(value)
        elif code is codes.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif code is codes.ANY:
            text += "a"
        elif code is codes.IN:
            text += in_class(value)
        elif code is codes.BRANCH:
            text += shortest(value[1][0])
        elif code is codes.SUBPATTERN:
            text += shortest(value[3])
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += shortest(value[2]) * max(1, value[0])
        elif code is codes.ATOMIC_GROUP:
            text += shortest(value)
    return text


def in_class(items: Any) -> str:
    """Return a character of a class."""
    negated = items[0][0] is codes.NEGATE
    if negated:
        return next(c for c in "a1 .\n" if not any(holds(i, c) for i in items[1:]))
    code, value = items[0]
    if code is codes.LITERAL:
        return chr(value)
    return chr(value[0]) if code is codes.RANGE else IN_A_CLASS[value]


def holds(item: Any, char: str) -> bool:
    code, value = item
    if code is codes.LITERAL:
        return char == chr(value)
    if code is codes.RANGE:
        return value[0] <= ord(char) <= value[1]
    kinds = {
        codes.CATEGORY_DIGIT: char.isdigit(), codes.CATEGORY_SPACE: char.isspace(),
        codes.CATEGORY_WORD: char.isalnum() or char == "_",
        codes.CATEGORY_NOT_DIGIT: not char.isdigit(), codes.CATEGORY_NOT_SPACE: not char.isspace(),
        codes.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }  # fmt: skip
    return bool(kinds[value])


def repeated(parsed: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield what stands before each long repeat of the expression, with what it repeats."""
    for code, value in parsed:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            if value[1] > FEW:
                yield before, shortest(value[2])
            yield from repeated(value[2], before)
        elif code is codes.SUBPATTERN:
            yield from repeated(value[3], before)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from repeated(branch, before)
        elif code is codes.ATOMIC_GROUP:
            yield from repeated(value, before)
        before += shortest([(code, value)])


def filled(unit: str) -> str:
    """Return the unit again and again, some `LENGTH` characters."""
    return unit * (LENGTH // len(unit) + 1)


def attacks(pattern: re.Pattern[str]) -> set[str]:
    """Return long runs of what a pattern repeats: alone, after what leads to it, and led to again and again."""
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE | re.UNICODE)
    units = {("", shortest(parsed))}
    for run in {run for _, run in repeated(parsed)} - {""}:
        befores = sorted({before for before, other in repeated(parsed) if other == run}, key=len)
        units |= {(befores[0], run), (befores[-1], run)}
    texts = set()
    for before, run in units:
        for text in (before + filled(run), filled(before + run), filled(before + run * 400)):
            texts.add(text[:LENGTH] + "\x01")  # what no pattern ends with
    return texts


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_takes_the_square_of_the_length(name: str) -> None:
    pattern = PATTERNS[name]
    for text in attacks(pattern):
        start = time.process_time()
        for _ in pattern.finditer(text):
            pass
        assert time.process_time() - start < SECONDS, repr(text[:40])


def test_patterns_of_every_module_are_looked_at() -> None:
    assert {"readout_diff.mentions.dates._HAN", "readout_diff.mentions.numbers._FIGURE"} <= set(PATTERNS)
    assert {"readout_diff.glossary._HAN", "readout_diff.glossary._WORD"} <= set(PATTERNS)
    assert {"de months", "ru periods", "en more", "fr negated"} <= set(PATTERNS)


def test_attacks_find_a_pattern_that_is_slow() -> None:
    slow = re.compile(r"\bnot\s*x?\s*$")
    text = max((text[:20_000] + "!" for text in attacks(slow)), key=lambda text: text.count(" "))
    start = time.process_time()
    assert not slow.search(text)
    assert time.process_time() - start > 100 * timed(re.compile(r"\bnot\s*+x?\s*+$"), text)


def timed(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    pattern.search(text)
    return time.process_time() - start


# Runs of what the code around the patterns counts, joins or takes apart
RUNS = {
    "en": ["1", "1 ", "A-", "A. ", "$1 ", "more than 1 "],
    "de": ["tausend", "hundert ", "1.1.2020 5 "],
    "ru": ["1 мая "],
    "zh": ["九", "5人"],
}


@pytest.mark.parametrize(("lang", "run"), [(lang, run) for lang, runs in RUNS.items() for run in runs])
def test_mentions_and_formulas_take_no_square_of_the_length(lang: str, run: str) -> None:
    text = filled(run)[:LENGTH]
    start = time.process_time()
    find_mentions.__wrapped__(text, lang)
    middle = time.process_time()
    formulaic_kinds([Passage("a", 0, Span(0, len(text)), text, lang)])
    # A hundred thousand mentions are made here; with a scan of the text for each it would be minutes. The room
    # is for a run that coverage measures line by line.
    assert middle - start < 8 * SECONDS
    assert time.process_time() - middle < 4 * SECONDS


def test_names_without_a_title_take_no_square_of_the_length() -> None:
    text = "Berg met Ames; President Holm and Berg. " * (LENGTH // 40)
    start = time.process_time()
    assert bare_names(text, frozenset({"Berg", "Ames", "Holm"})) == {"Berg", "Ames"}
    assert time.process_time() - start < SECONDS


def test_lines_that_are_joined_take_no_square_of_the_length() -> None:
    traced = Traced.of("They spoke at length of the war in the east, and of\n" * (LENGTH // 52))
    start = time.process_time()
    assert len(read_lines(traced)) == 1
    assert time.process_time() - start < SECONDS


WHOLE = "“" + "a " * 25 + "b. They met.” "


@pytest.mark.parametrize(
    "run", [":“", ":‘", "„:", ". “a ", WHOLE, "He said: " + WHOLE], ids=lambda run: run[:12]
)
def test_quotations_in_a_paragraph_take_no_square_of_its_length(run: str) -> None:
    text = filled(run)[:LENGTH]
    lines = read_lines(Traced.of(f"{text}\n“They met.”"))
    start = time.process_time()
    found = cut_apart(lines, publisher_table())
    assert time.process_time() - start < 3 * SECONDS
    assert len(found) > 2_000 if WHOLE in run else found == list(lines)


LED = "The White House said:\n\nThe President spoke with the Chancellor.\n\n"
SPOKE = "The President spoke with the Chancellor about Ukraine. \n\n"


@pytest.mark.parametrize(
    "text",
    [SPOKE * 1_700, LED + "两国元首通话。«\n" * 3_000, LED + "...\n\n" + "..." * 10_000 + "\n\nThey met.", LED + "1. 2. " * 10_000, WHOLE * 1_500,
     "The leaders spoke. " + "White House\t" * 13_000, LED + "The leaders spoke." + "[1]" * 20_000 + " They met.",
     (SPOKE + "Source: Kremlin, 3 May\n\n") * 300, SPOKE + " " * 150_000 + "\n" + SPOKE],
    ids=["paragraphs", "nobody", "dots", "figures", "quotations", "names", "footnotes", "sources", "spaces"],
)  # fmt: skip
def test_articles_take_no_square_of_their_length(text: str) -> None:
    taken = []
    for part in (text[: len(text) // 2], text):
        start = time.process_time()
        split_article(part)
        taken.append(time.process_time() - start)
    assert taken[0] < 4 * SECONDS
    # twice as long for twice the length; four times would be a square
    assert taken[1] < 3 * taken[0] + SECONDS / 2


@pytest.mark.parametrize(
    "text",
    ["According to the " + "A’" * 2_000 + "A; press service:", ("with " + "The " * 14 + "Poland, ") * 1_500],
    ids=["apostrophes", "articles"],
)
def test_whose_statement_it_is_is_told_in_time(text: str) -> None:
    start = time.process_time()
    split_article(
        f"{text}\n\n“The ministers met in the capital on Monday. They spoke about grain and trade.”"
    )
    assert time.process_time() - start < SECONDS
