"""Where a statement begins and ends in pages as people write and copy them."""

from __future__ import annotations

import pytest

from readout_diff.loaders.article import ArticleSplit, split_article

OSLO = (
    "Prime Minister Lars Dahl spoke today with Prime Minister Ann Berg. The two discussed the ferry line.",
    "The Prime Minister underlined that the fees remain in force. They agreed to meet in May.",
)
RIGA = (
    "Minister President Ann Berg received a telephone call from the Norwegian Prime Minister today.",
    "She made clear that the fees must be lowered. Both sides will continue the talks.",
)
RIGA_DE = (
    "Ministerpräsidentin Ann Berg hat heute mit dem norwegischen Ministerpräsidenten telefoniert.",
    "Sie machte deutlich, dass die Gebühren sinken müssen. Beide Seiten setzen die Gespräche fort.",
)
OPENING = "The ferries have not sailed for nine days, and on Monday the two capitals talked about it."
CLOSING = "Not a word about money in the one, nothing else in the other. Readers will draw their conclusions."
FIRST = "The Norwegian Ministry of Transport published this statement:"
SECOND = "The Latvian Ministry of Transport published this statement:"
BOTH = [("Norway", " ".join(OSLO)), ("Latvia", " ".join(RIGA))]


def found(split: ArticleSplit) -> list[tuple[str | None, str]]:
    return [(readout.party, " ".join(readout.text.split())) for readout in split.statements]


def article(*blocks: str) -> str:
    return "\n\n".join(("Ferries: what was said", OPENING, *blocks, CLOSING))


def text(paragraphs: tuple[str, ...], form: str = "{}") -> str:
    return "\n\n".join(form.format(paragraph) for paragraph in paragraphs)


@pytest.mark.parametrize("rule", ["* * *", "***", "– – –", "⁂ ⁂ ⁂"])
def test_a_rule_ends_a_statement(rule: str) -> None:
    mine = "The Ministry discussed the same in March, and the two sides agreed on nothing, as some recall."
    split = split_article(article(FIRST, rule, text(OSLO), rule, mine, SECOND, rule, text(RIGA), rule, mine))
    assert found(split) == BOTH


@pytest.mark.parametrize("mark", ["{}. ", "({}) ", "- "])
def test_points_below_a_colon_belong_to_the_statement_and_what_follows_them_too(mark: str) -> None:
    points = ("Ferries sail from 3 May on.", "Fees: as before.", "The joint commission meets in Riga.")
    body = (
        "Prime Minister Lars Dahl spoke today with Prime Minister Ann Berg. They agreed on the following:\n"
        + "\n".join(mark.format(number) + point for number, point in enumerate(points, 1))
        + "\nThe ferries are to be checked once a week."
    )
    (one,) = split_article(article(FIRST, body)).statements
    assert one.text.endswith("once a week.")
    assert all(point in one.text for point in points)


def test_lines_wrapped_within_an_indented_block_are_put_together() -> None:
    wrapped = """\
The ferries have not sailed for nine days now, and on Monday the
two capitals talked about it at last. The texts differ, as ever,
and nobody in the harbour is surprised. The Norwegian Ministry of
Transport published this statement:

    Prime Minister Lars Dahl spoke at 4:10 p.m. today with Prime
    Minister Ann Berg about the ferry line and the fees that are
    charged.

    The Prime Minister underlined that the fees remain in force.

So much for the text. It does not say a word about the money that
was lost, and readers will draw their own conclusions from that."""
    (one,) = split_article(wrapped).statements
    assert one.text == (
        "Prime Minister Lars Dahl spoke at 4:10 p.m. today with Prime Minister Ann Berg about the ferry line"
        " and the fees that are charged.\n\nThe Prime Minister underlined that the fees remain in force."
    )


@pytest.mark.parametrize("form", ["*{}*", "_{}_"])
def test_asterisks_and_underscores_around_paragraphs_set_a_statement_apart(form: str) -> None:
    mine = "The ministry sent journalists a few lines, and *nothing else* came all day, they say."
    split = split_article(
        article("The Norwegian ministry circulated two paragraphs.", text(OSLO, form), mine, SECOND, text(RIGA, form))
    )  # fmt: skip
    assert found(split) == BOTH
    assert not any(mark in one.text for one in split.statements for mark in "*_")


@pytest.mark.parametrize(
    "box",
    [
        "RELATED\nHow the ferry line began\nPodcast: a night in Riga",
        "ADVERTISEMENT",
        "Sign up for our newsletter",
        "Mehr zum Thema\nWie die Fähre begann",
    ],
)
@pytest.mark.parametrize("form", ["> {}", "“{}", "{}"])
def test_a_box_inside_a_statement_does_not_end_it(form: str, box: str) -> None:
    body = "\n\n".join((form.format(OSLO[0]), box, form.format(OSLO[1]) + ("”" if form[0] == "“" else "")))
    split = split_article(article(FIRST, body, SECOND, text(RIGA)))
    assert found(split) == BOTH


@pytest.mark.parametrize("dash", ["— ", "—", "– "])
def test_a_dashed_line_below_says_whose_the_statement_above_is(dash: str) -> None:
    first, second = "Ministry of Transport of Norway, Oslo, 3 May", "Government of Latvia, Riga, 3 May"
    split = split_article(article(text(OSLO), dash + first, text(RIGA), dash + second))
    assert found(split) == BOTH
    quoted = split_article(article(text(OSLO, "“{}”"), dash + first, text(RIGA, "“{}”"), dash + second))
    assert found(quoted) == BOTH


@pytest.mark.parametrize("arrow", ["👇", "⬇️"])
def test_an_arrow_down_is_a_colon(arrow: str) -> None:
    lead = "The answer is there: the Latvian Ministry of Transport published its statement, in full"
    split = split_article(article(FIRST, text(OSLO), f"{lead} {arrow}", text(RIGA)))
    assert found(split) == BOTH


@pytest.mark.parametrize(
    "other",
    [
        "Opposition leader Ole Lund wrote on X: “Good that they talked. Bad that they agreed on nothing at all.”",
        "Quote:\n> Hydra_52 wrote: The two sides discussed the fees once more. They agreed on nothing.",
        "Le ministre letton, devant les caméras : « Nous avons discuté des tarifs. Nous sommes d’accord. »",
    ],
)
def test_what_persons_post_or_say_is_no_statement(other: str) -> None:
    assert found(split_article(article(FIRST, text(OSLO, "> {}"), other))) == BOTH[:1]


@pytest.mark.parametrize(
    "lead",
    [
        "In English, as literally as I can manage (emphasis added):",
        "And for those who do not read German, my own translation:",
    ],
)
@pytest.mark.parametrize("form", ["    {}", "> {}", "{}"])
def test_the_translation_of_the_text_above_has_its_party(lead: str, form: str) -> None:
    original = "The Latvian ministry published its text in German only:"
    split = split_article(article(original, text(RIGA_DE, form), lead, text(RIGA, form)))
    assert [(one.party, one.lang) for one in split.statements] == [("Latvia", "de"), ("Latvia", "en")]
    assert [" ".join(one.text.split()) for one in split.statements] == [" ".join(RIGA_DE), " ".join(RIGA)]


@pytest.mark.parametrize(
    "heading",
    [
        "What the Norwegian government published\n\nTelephone conversation with Prime Minister Berg\n3 May 2024\n(official English)",
        "PRESS RELEASE\nNo. 31/2024",
        "Ministry of Transport of Norway, statement of 3 May 2024, excerpt. Working translation.",
    ],
)  # fmt: skip
def test_headings_and_captions_of_documents_introduce_them(heading: str) -> None:
    (one,) = split_article(article(heading, text(OSLO))).statements
    assert " ".join(one.text.split()) == " ".join(OSLO)


def test_a_headline_that_quotes_is_no_introduction() -> None:
    mine = "But Riga tells it otherwise: a diplomat who took part in the talks said the two had agreed on nothing."
    split = split_article(article(FIRST, text(OSLO, "> {}"), "“No date”, says Riga", mine))
    assert found(split) == BOTH[:1]


@pytest.mark.parametrize("end", ["Source: Government of Norway, 3 May 2024.", "Click to expand..."])
def test_a_source_or_the_end_of_a_quotation_ends_a_statement(end: str) -> None:
    odd = "As for the fees, the amount is used for the upkeep of the quays."
    split = split_article(article(FIRST, text((*OSLO, odd)), end, SECOND, text((*RIGA, odd)), end))
    assert [one.text.endswith(odd) for one in split.statements] == [True, True]


def test_source_lines_above_the_texts_introduce_them() -> None:
    split = split_article(
        article("* * *", "Source: Government of Norway, 3 May", text(OSLO), "* * *",
                "Source: Government of Latvia, 3 May", text(RIGA), "* * *")
    )  # fmt: skip
    assert found(split) == BOTH


def test_an_office_that_gives_no_details_is_the_authors_own_word() -> None:
    mine = (
        "The Prime Minister's Office gave no details about the length of the call, nor did it say who called."
    )
    assert found(split_article(article(FIRST, text(OSLO), mine))) == BOTH[:1]


def test_an_address_in_the_middle_of_a_statement_does_not_end_it() -> None:
    body = "\n\n".join((OSLO[0], "https://gov.example/joint-declaration", OSLO[1]))
    assert found(split_article(article(FIRST, body, SECOND, text(RIGA)))) == BOTH


def test_a_heading_of_another_state_is_no_part_of_a_box() -> None:
    split = split_article(
        article(FIRST, text(OSLO, "> {}"), "Sign up for our newsletter", "Riga disagrees", text(RIGA, "> {}"))
    )
    assert [(one.party, " ".join(one.text.split())) for one in split.statements][:1] == BOTH[:1]


def test_an_office_posts_a_statement_where_a_person_does_not() -> None:
    lead = "On Telegram the Latvian Ministry of Transport wrote:"
    assert found(split_article(article(FIRST, text(OSLO, "> {}"), lead, text(RIGA, "> {}")))) == BOTH
