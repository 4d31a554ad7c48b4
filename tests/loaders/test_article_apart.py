"""Statements that the layout of a page, a heading or a signature tells from the article's own words."""

from __future__ import annotations

import time

import pytest

from readout_diff.loaders.article import ArticleSplit, split_article, split_document
from readout_diff.loaders.html import read_html
from readout_diff.loaders.markdown import read_markdown

OSLO = (
    "Prime Minister Lars Dahl spoke today with Prime Minister Ann Berg. The two discussed the ferry line.",
    "The Prime Minister underlined that the fees remain in force. They agreed to meet in May.",
)
RIGA = (
    "Minister President Ann Berg received a telephone call from the Norwegian Prime Minister today.",
    "She made clear that the fees must be lowered. Both sides will continue the talks.",
)
OPENING = "The ferries have not sailed for nine days, and on Monday the two capitals talked about it."
CLOSING = "Not a word about money in the one, nothing else in the other. Readers will draw their conclusions."


def found(split: ArticleSplit) -> list[tuple[str | None, str]]:
    return [(readout.party, " ".join(readout.text.split())) for readout in split.statements]


BOTH = [("Norway", " ".join(OSLO)), ("Latvia", " ".join(RIGA))]


def page(*blocks: str) -> ArticleSplit:
    body = "".join(blocks)
    html = f"<html lang='en'><head><title>Ferries</title></head><body><article>{body}</article></body></html>"
    return split_document(read_html(html.encode(), "page.html"))


def paragraphs(texts: tuple[str, ...], form: str = "<p>{}</p>") -> str:
    return "".join(form.format(text) for text in texts)


@pytest.mark.parametrize(
    "box",
    [
        "<p>{lead}:</p>{italic}",
        "<details><summary>The statement of {office}</summary>{text}</details>",
        "<aside class='box'><h4>{office}</h4>{text}</aside>",
        "<div class='tgme_widget_message'><div class='tgme_widget_message_author'>{office}</div>"
        "<div class='tgme_widget_message_text'>{broken}</div></div>",
        "<p><b>{place}</b></p><p><em>Source: press office</em></p>{text}",
    ],
)
def test_pages_set_statements_apart_in_more_ways_than_quotation_marks(box: str) -> None:
    def block(place: str, office: str, texts: tuple[str, ...]) -> str:
        return box.format(
            lead=f"{office} wrote",
            office=office,
            place=place,
            text=paragraphs(texts),
            italic=paragraphs(texts, "<p><em>{}</em></p>"),
            broken="<br/><br/>".join(texts),
        )

    split = page(
        f"<p>{OPENING}</p>",
        block("Norway", "The Norwegian Ministry of Transport", OSLO),
        "<p>The answer came at night, and it is worth reading twice, they say.</p>",
        block("Latvia", "The Latvian Ministry of Transport", RIGA),
        f"<p>{CLOSING}</p>",
    )
    assert found(split) == BOTH


def test_a_menu_beside_the_text_stays_left_out() -> None:
    linked = (
        "<aside>"
        + "<p><a href='/a'>The ministers of transport met in Oslo on Monday to talk of it</a></p>" * 3
    )
    split = page(f"<p>{OPENING}</p>", linked + "</aside>", f"<p>{CLOSING}</p>")
    assert found(split) == []


@pytest.mark.parametrize(
    ("first", "second", "form"),
    [
        ("1. NORWEGIAN PRIME MINISTER'S OFFICE ON THE CALL\nhttps://gov.example/call", "2. LATVIAN CHANCELLERY ON THE SAME", "> {}"),
        ("Norwegian Ministry of Transport, Press release No. 7", "Ministry of Transport, Republic of Latvia", "{}"),
        ("The Norwegian government put this on its website:\n\n[quote]", "And the Latvian government sent this:\n\n[quote]", "{}"),
        ("What did the Norwegian side say?\n\nThe ministry sent this in the evening:", "And what did the Latvian side say?\n\nThe ministry sent this in the morning:", "{}"),
    ],
)  # fmt: skip
def test_headings_over_plain_text_tell_whose_it_is(first: str, second: str, form: str) -> None:
    closed = "\n\n[/quote]" if first.endswith("[quote]") else ""
    body = ("\n>\n" if form.startswith(">") else "\n\n").join
    text = "\n\n".join(
        (
            "Ferries: what was said",
            OPENING,
            first,
            body(form.format(text) for text in OSLO) + closed,
            second,
            body(form.format(text) for text in RIGA) + closed,
            CLOSING,
        )
    )
    assert found(split_article(text)) == BOTH


def test_headings_that_run_into_their_paragraph_open_sections() -> None:
    text = "\n\n".join(
        (
            OPENING,
            f"Norway. {OSLO[0]}",
            OSLO[1],
            f"Latvia. {RIGA[0]}",
            RIGA[1],
            "The upshot. The ferries stay where they are, and the minister said so on the radio.",
        )
    )
    assert found(split_article(text)) == BOTH


@pytest.mark.parametrize(
    "signature",
    [
        "Press Office of the Government",
        "Oslo, 4 May 2024",
        "Fait à Oslo, le 4 mai 2024",
        "Пресс-служба правительства",
    ],
)
def test_a_signature_ends_a_statement(signature: str) -> None:
    after = "The Prime Minister also met fishermen, who discussed the quota with him at length."
    text = "\n\n".join((OPENING, "The Norwegian government said in a statement:", *OSLO, signature, after))
    assert found(split_article(text)) == BOTH[:1]


def test_a_sentence_may_lead_into_a_quotation_of_several_paragraphs() -> None:
    text = "\n\n".join(
        (OPENING, f"As the Norwegian government put it in a release, “{OSLO[0]}", f"{OSLO[1]}”", CLOSING)
    )
    assert found(split_article(text)) == BOTH[:1]


def test_a_translation_below_the_original_is_of_the_same_office() -> None:
    original = "Statsminister Lars Dahl snakket i dag med statsminister Ann Berg. De drøftet fergelinjen og avgiftene."
    text = (
        f"# Ferries\n\n{OPENING}\n\nThe Norwegian government, in the original:\n\n> {original}\n\nIn our translation:\n\n"
        + ("\n>\n".join(f"> {text}" for text in OSLO) + f"\n\n{CLOSING}\n")
    )
    split = split_document(read_markdown(text))
    assert [readout.party for readout in split.statements] == ["Norway", "Norway"]
    assert found(split)[1] == BOTH[0]


def test_italics_in_markdown_set_a_statement_apart_and_its_attribution_may_follow() -> None:
    text = "\n\n".join(
        (
            f"# Ferries\n\n{OPENING}",
            *(f"*{text}*" for text in OSLO),
            f"So much for the Norwegian government. {CLOSING}",
        )
    )
    assert found(split_document(read_markdown(text))) == BOTH[:1]


def test_a_party_nothing_names_is_the_one_the_other_does_not_talk_to() -> None:
    article = "Norwegian and Latvian ministers quarrel over ferries, and Norway and Latvia both lose by it."
    text = "\n\n".join(
        (
            article,
            "Ministry of Transport, press release 7",
            "Minister Lars Dahl met the Latvian minister today. They discussed fees.",
        )
    )
    assert [readout.party for readout in split_article(text).statements] == ["Norway"]


@pytest.mark.parametrize(
    "text",
    [
        'The minister told reporters at the airport that the talks had been good. "We talked for an hour. We agreed on most '
        'things, and on the rest we agreed to talk again," he said.',
        'In a statement, the Norwegian ministry said the minister had "raised the fees" and "received assurances".',
        "«Мы готовы помочь. Газ будет поставлен, как только подпишут договор», — сказал министр журналистам в Осло.",
        'Laut der Mitteilung des norwegischen Ministeriums ging es um "alle offenen Fragen". Man habe vereinbart, weiterzureden.',
        "Norwegian fishermen\n\n> He who is silent agrees, they say in Oslo. He who is silent thinks, they say in Riga, and stays.",
    ],
)  # fmt: skip
def test_partial_quotations_are_no_statements(text: str) -> None:
    assert found(split_article(f"{OPENING}\n\n{text}\n\n{CLOSING}")) == []


def test_lines_that_begin_quotations_and_never_close_them_take_no_cube_of_time() -> None:
    line = "As the ministry of Norway said in a statement, “The President spoke with the Chancellor of Latvia at length"
    start = time.perf_counter()
    split_article("\n\n".join([line] * 400))
    assert time.perf_counter() - start < 6  # it took 13 s, and eight times that for twice the lines
