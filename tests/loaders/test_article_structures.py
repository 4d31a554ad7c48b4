"""Structures of real pages: documents under headings, texts side by side, in turns, after a sentence; what is doubtful."""

from __future__ import annotations

import pytest

from readout_diff.loaders.article import split_article, split_document
from readout_diff.loaders.attribution import subject_party
from readout_diff.loaders.furniture import sort_lines
from readout_diff.loaders.html import read_html
from readout_diff.loaders.layout import Line
from readout_diff.loaders.publishers import publisher_table
from readout_diff.loaders.traced import Traced
from readout_diff.loaders.voice import comment_score

EN = (
    "President Kessler spoke today with Chancellor Brandauer of Valdria. They discussed the harvest and the ports.",
    "The President stressed that the ports must stay open. They agreed to stay in touch.",
)
DE = (
    "Kanzlerin Brandauer hat heute mit Präsident Kessler telefoniert. Themen waren die Ernte und die Häfen.",
    "Die Kanzlerin betonte die Bedeutung offener Häfen. Beide vereinbarten, in Kontakt zu bleiben.",
)
INTRO = {
    "en": ("Two texts", "Two offices wrote about one call, and not in the same words."),
    "de": ("Zwei Texte", "Zwei Häuser schrieben über ein Telefonat, und nicht dasselbe."),
}


def found(*paragraphs: str) -> list[tuple[str | None, str]]:
    return [(r.party, r.text) for r in split_article("\n\n".join(paragraphs)).statements]


@pytest.mark.parametrize(
    ("lead", "party", "statement"),
    [
        ("Press release of the Presidential Secretariat of Indonesia", "Indonesia", EN),
        ("Here is what the Turkish presidency put out. We print all of it.", "Türkiye", EN),
        ("What the White House said", "United States", EN),
        ("And this is from the Amiri Diwan in Doha:", "Qatar", EN),
        ("Dokument 1: Mitteilung der Kanzlei des Präsidenten der Republik Polen, 3. Februar", "Poland", DE),
        ("Was der Kreml mitteilte", "Russia", DE),
        ("Eine Stunde nach der kroatischen Seite hat sich das ungarische Ministerpräsidentenamt geäußert."
         " Die Erklärung in deutscher Übersetzung:", "Hungary", DE),
        ("Pressemitteilung 112 des Presse- und Informationsamtes der Bundesregierung vom 3. Mai", "Germany", DE),
    ],
)  # fmt: skip
def test_introductions_of_real_pages(lead: str, party: str, statement: tuple[str, ...]) -> None:
    lang = "en" if statement is EN else "de"
    assert found(*INTRO[lang], lead, *statement) == [(party, "\n\n".join(statement))]


def test_a_line_naming_the_source_ends_a_statement() -> None:
    after = "Der Text ist nur auf Polnisch verfügbar und kann dort abgerufen werden."
    article = (*INTRO["de"], "Mitteilung des Kreml", *DE, "Quelle: kremlin.example, 3. Mai", after)
    assert found(*article) == [("Russia", "\n\n".join(DE))]


@pytest.mark.parametrize(
    "comment",
    [
        "It was the third call between the two presidents this year. In the second they agreed to meet.",
        "The background is a dispute over the strait. Both states agreed to use it jointly.",
        "If both presidents agree on a ceasefire, much is gained. But the two sides discussed none.",
        "The leader of the opposition criticised the government. He demanded that sanctions be tightened.",
        "The Kremlin chief has taken note. The President expressed nothing new.",
    ],
)
def test_comment_worded_like_readouts_is_no_part_of_one(comment: str) -> None:
    article = (*INTRO["en"], "The White House said:", *EN, comment, "The Kremlin wrote:", *EN, comment)
    assert found(*article) == [("United States", "\n\n".join(EN)), ("Russia", "\n\n".join(EN))]


@pytest.mark.parametrize("sentence", ["It was agreed to meet in May.", "They agreed that Tehran must act."])
def test_readouts_hold_hardly_a_sign_of_comment(sentence: str) -> None:
    assert comment_score(sentence) == 0


def test_a_marked_end_is_the_end() -> None:
    named = "Brandauer dankte Kessler für das Gespräch."
    article = (*INTRO["de"], "Beginnen wir mit der Mitteilung des Kreml.", "Beginn der Übersetzung:", *DE, named,
               "Ende der Übersetzung", "Interessant ist, was fehlt.")  # fmt: skip
    assert found(*article) == [("Russia", "\n\n".join((*DE, named)))]


def test_statements_given_in_turns_are_put_together() -> None:
    ottawa = ("> Today, Prime Minister Marchand spoke with the Prime Minister of India about the state of relations.",
              "> Prime Minister Marchand raised the importance of respecting the rule of law in both countries.")  # fmt: skip
    delhi = ("> Prime Minister received a call today from the Prime Minister of Canada. He recalled the ties of both.",
             "> He underlined that progress in the relationship depended on mutual respect, and on nothing else.")  # fmt: skip
    split = split_article("\n\n".join((*INTRO["en"], "Ottawa:", ottawa[0], "New Delhi:", delhi[0], "So much for that.",
                                       "Ottawa:", ottawa[1], "New Delhi:", delhi[1])))  # fmt: skip
    assert [(r.party, r.text) for r in split.statements] == [
        ("Canada", "\n\n".join(text[2:] for text in ottawa)),
        ("India", "\n\n".join(text[2:] for text in delhi)),
    ]
    assert all(r.confidence <= 0.75 for r in split.statements)


def test_a_table_of_two_texts_is_read_down_its_columns() -> None:
    cells = (" ".join(DE), "Präsident Kessler hat heute mit Kanzlerin Brandauer telefoniert. Der Präsident forderte"
             " offene Häfen und lud die Kanzlerin ein. Beide Seiten würdigten die lange Zusammenarbeit der Behörden.")  # fmt: skip
    page = (f"<html lang=de><body><article><p>{INTRO['de'][1]}</p><table><tr><th>Österreichisches Außenministerium</th>"
            f"<th>Außenministerium der Republik Serbien</th></tr><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr>"
            "</table></article></body></html>")  # fmt: skip
    split = split_document(read_html(page.encode(), "page.html"))
    assert [(r.party, r.text) for r in split.statements] == [("Austria", cells[0]), ("Serbia", cells[1])]


def test_who_is_named_first_may_tell_the_party() -> None:
    table = publisher_table()
    assert subject_party(table, "The Serbian delegation met today with that of Albania.") == "Serbia"
    assert subject_party(table, "The President spoke today with the President of Serbia.") is None


@pytest.mark.parametrize(
    ("paragraphs", "warning"),
    [
        (("The Kremlin said:", *EN, "President Kessler met today with Chancellor Brandauer. They agreed to meet."),
         "another may begin"),
        (("The German government said:", "The President spoke today with the German Chancellor. They agreed to meet."),
         "another party"),
        (("Nobody knows.", "Nobody asks.", "Here it comes.", EN[0]), "taken for none"),
        (("Two statements were published.", "The Kremlin said:", *EN), "fewer were found"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_named(paragraphs: tuple[str, ...], warning: str) -> None:
    split = split_article("\n\n".join(("One call", "They talked, and nobody told us much.", *paragraphs)))
    assert any(warning in told for told in split.warnings), split.warnings


def test_what_is_plain_is_not_doubted() -> None:
    article = (*INTRO["en"], "The White House said:", *EN, "The Kremlin wrote:", *EN)
    assert split_article("\n\n".join(article)).warnings == ()


def test_a_line_of_nothing_inside_a_page_is_left_alone() -> None:
    lines = [Line(Traced.of(text), gap=True) for text in (EN[0], "", EN[1])]
    assert [line.text for line in sort_lines(lines).body if line.text] == list(EN)
