"""Articles built around every gold statement: each way of setting a statement off, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_diff.loaders.article import split_article
from readout_diff.readout import Readout

GOLD = Path(__file__).parents[1] / "data" / "gold"


def statements(kind: str) -> list[tuple[str, Readout]]:
    paths = sorted((GOLD / kind).glob("*/[ab].txt"))
    return [(p.parent.name[:7] + p.stem, Readout.from_text(p.read_text("utf-8"))) for p in paths]


STATEMENTS = statements("dev")
ORDINARY = statements("style")

# Per language: an opening, an introduction that ends in a colon, and what the author says afterwards.
WORDS = {
    "de": (
        "Lange war auf dieses Gespräch gewartet worden, nun hat es stattgefunden.",
        "In der Mitteilung des Weißen Hauses heißt es:",
        "Auffällig ist, was darin nicht vorkommt. Zwischen den Zeilen steht freilich einiges mehr.",
    ),
    "en": (
        "The call had been expected for days, and it came later than planned.",
        "The White House published this readout:",
        "What is missing from the text is as telling as what is in it, and few expect more to follow.",
    ),
    "fr": (
        "L’appel était attendu depuis lundi, il est venu plus tard que prévu.",
        "Voici le communiqué de la Maison-Blanche :",
        "On remarquera surtout ce que le texte ne dit pas. Reste que rien n’est réglé sur le fond.",
    ),
    "ru": (
        "Разговора ждали с понедельника, но состоялся он позже, чем планировалось.",
        "В сообщении Белого дома говорится:",
        "Примечательно, чего в этом тексте нет. Чем закончится эта история, пока неясно.",
    ),
}
QUOTES = {"de": "„“", "en": "“”", "fr": "«»", "ru": "«»"}


def flat(text: str) -> str:
    return " ".join(text.split())


def check(article: str, statement: Readout, publisher: str | None = "White House") -> None:
    split = split_article(article)
    assert [flat(found.text) for found in split.statements] == [flat(statement.text)]
    assert split.statements[0].lang == statement.lang
    assert split.statements[0].publisher == publisher


@pytest.mark.parametrize(("name", "statement"), STATEMENTS, ids=[name for name, _ in STATEMENTS])
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["spaced", "tight"])
def test_a_statement_in_the_articles_own_words(name: str, statement: Readout, gap: str) -> None:
    opening, lead, comment = WORDS[str(statement.lang)]
    body = statement.text if gap == "\n\n" else statement.text.replace("\n\n", "\n")
    check(gap.join(("Title", opening, lead, body, comment)), statement)


@pytest.mark.parametrize(
    ("name", "statement"),
    [row for row in ORDINARY if row[1].lang in WORDS],
    ids=[row[0] for row in ORDINARY if row[1].lang in WORDS],
)
def test_an_ordinary_statement_in_the_articles_own_words(name: str, statement: Readout) -> None:
    opening, lead, comment = WORDS[str(statement.lang)]
    check("\n\n".join(("Title", opening, lead, statement.text, comment)), statement)


@pytest.mark.parametrize(
    ("name", "statement"), STATEMENTS + ORDINARY, ids=[name for name, _ in STATEMENTS + ORDINARY]
)
def test_a_statement_in_another_language(name: str, statement: Readout) -> None:
    opening, lead, comment = WORDS["fr" if statement.lang == "de" else "de"]
    check("\n\n".join(("Title", opening, lead, statement.text, comment)), statement)


@pytest.mark.parametrize(("name", "statement"), STATEMENTS, ids=[name for name, _ in STATEMENTS])
@pytest.mark.parametrize("way", ["once", "opened at each", "around each", "block quote"])
def test_a_statement_in_marks(name: str, statement: Readout, way: str) -> None:
    opening, lead, comment = WORDS[str(statement.lang)]
    left, right = QUOTES[str(statement.lang)]
    paragraphs = statement.text.split("\n\n")
    body = {
        "once": left + statement.text + right,
        "opened at each": left + f"\n\n{left}".join(paragraphs) + right,
        "around each": "\n\n".join(left + paragraph + right for paragraph in paragraphs),
        "block quote": "> " + statement.text.replace("\n", "\n> "),
    }[way]
    check("\n\n".join(("Title", opening, lead, body, comment)), statement)


@pytest.mark.parametrize(("name", "statement"), STATEMENTS[::3], ids=[name for name, _ in STATEMENTS[::3]])
def test_two_statements_with_narration_between(name: str, statement: Readout) -> None:
    opening, lead, comment = WORDS[str(statement.lang)]
    other = next(found for _, found in STATEMENTS if found.lang == "ru" and found.text != statement.text)
    second = {"de": "Der Kreml schreibt:", "en": "The Kremlin said:", "fr": "Le Kremlin a publié ce texte :"}
    article = "\n\n".join(
        ("Title", opening, lead, statement.text, comment, second.get(str(statement.lang), "Кремль сообщил:"),
         other.text, comment)
    )  # fmt: skip
    split = split_article(article)
    assert [flat(found.text) for found in split.statements] == [flat(statement.text), flat(other.text)]
    assert [found.party for found in split.statements] == ["United States", "Russia"]
