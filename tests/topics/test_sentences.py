"""The sentences of every language carry the topics that its table says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from sentences import tagged

TABLES = {
    path.stem.removeprefix("test_cues_"): import_module(path.stem)
    for path in sorted(Path(__file__).parent.glob("test_cues_*.py"))
}


def rows(table: str) -> list[tuple[str, str, set[str]]]:
    """Return the rows of one table of every language: language, sentence, topics."""
    return [
        (lang, sentence, set(topics.split()))
        for lang, module in TABLES.items()
        for sentence, topics in getattr(module, table, ())
    ]


def of(lang: str, sentence: str) -> tuple[set[str], set[str]]:
    """Return what is mentioned and what is denied in a sentence, behind the opening line of its language."""
    (found,) = tagged(lang, sentence, opening=getattr(TABLES[lang], "OPENING", None))
    return found


@pytest.mark.parametrize(("lang", "sentence", "topics"), rows("MENTIONS"))
def test_mention(lang: str, sentence: str, topics: set[str]) -> None:
    assert of(lang, sentence) == (topics, set())


@pytest.mark.parametrize(("lang", "sentence", "topics"), rows("TRAPS"))
def test_words_in_another_sense_carry_no_topic(lang: str, sentence: str, topics: set[str]) -> None:
    assert of(lang, sentence)[0] == topics


@pytest.mark.parametrize(("lang", "sentence", "topics"), rows("DENIALS"))
def test_denied_subject_is_no_mention(lang: str, sentence: str, topics: set[str]) -> None:
    assert of(lang, sentence) == (set(), topics)
