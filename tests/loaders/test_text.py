"""What is kept of a page, what is left out: over the gold pages, and for one page layout after the other."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from readout_diff.loaders.dates import find_date
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.layout import read_lines
from readout_diff.loaders.traced import Traced
from readout_diff.readout import Readout, Span

GOLD = Path(__file__).parents[1] / "data" / "gold"
PAIRS = sorted(
    path.parent
    for kind in ("dev", "style", "holdout", "holdout2")
    for path in (GOLD / kind).glob("*/gold.json")
)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name[:7])
@pytest.mark.parametrize("side", ["a", "b"])
def test_gold_pages_keep_every_sentence_and_no_furniture(folder: Path, side: str) -> None:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    raw = (folder / f"{side}.txt").read_text("utf-8")
    readout = Readout.from_text(raw)
    rest = flat(readout.text)
    for sentence in gold[f"{side}_sents"]:
        assert flat(sentence) in rest, f"lost or damaged: {sentence}"
        rest = rest.replace(flat(sentence), "", 1)
    assert rest.strip() == "", f"furniture leaked: {rest.strip()}"
    for sentence, (start, end) in zip(gold[f"{side}_sents"], gold[f"{side}_spans"], strict=True):
        at = flat(readout.text).find(flat(sentence))
        assert at >= 0
        # where the text was only joined at blanks, offsets are the same in the flat text
        if "\n\n" not in readout.text and "\n" not in readout.text:
            assert readout.to_source(Span(at, at + len(sentence))) == Span(start, end)


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name[:7])
@pytest.mark.parametrize("side", ["a", "b"])
def test_gold_pages_give_their_language_and_title(folder: Path, side: str) -> None:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    readout = Readout.from_text((folder / f"{side}.txt").read_text("utf-8"))
    assert readout.lang == gold["langs"]["ab".index(side)]
    assert readout.title is None or readout.title in gold[f"{side}_header_lines"]
    assert readout.complete


def test_titles_of_gold_pages_are_the_titles() -> None:
    found = {
        path.name[:5] + side: Readout.from_text((path / f"{side}.txt").read_text("utf-8")).title
        for path in PAIRS
        if path.parent.name == "dev"
        for side in "ab"
    }
    assert (
        found["dev01a"]
        == "Readout of President Elliot Kessler's Call with Chancellor Mathilde Brandauer of Valdria"
    )
    assert found["dev04b"] == "Telefongespräch mit der Staatskanzlerin Valdriens Mathilde Brandauer"
    assert found["dev08b"] == "Переговоры с Президентом Меридии Эллиотом Кесслером"
    assert found["dev12a"] == "Entretien téléphonique avec le président Arkadi Belozorov"
    assert found["dev02b"] is None
    assert sum(title is None for title in found.values()) == 1


BODY = "The President of Meridia spoke with the Chancellor today. They agreed to stay in touch."


@pytest.mark.parametrize(
    "before",
    [
        "Skip to main content\nMenu\nHome | News | Contact",
        "PRESS RELEASE No. 12/2023\nFor immediate release",
        "Readout of the President’s Call with the Chancellor\nMARCH 18, 2022\n•\nSTATEMENTS AND RELEASES",
        "READOUT\nOFFICE OF THE SPOKESPERSON\nJANUARY 18, 2022\n\nThe below is attributable to Spokesperson Dana Whitlock:",
        "Der Sprecher der Regierung, Jan Kolb, teilt mit:\n- Pressemitteilung 447\n- Dienstag, 21. Dezember 2021",
        "3 mars 2022 - Communiqué\nEntretien téléphonique avec M. Vaugirard, Président de la République d’Aurenne.\nSous-navigation",
        "Телефонный разговор с Президентом Оренна\n3 марта 2022 года 16:10",
        "首页 > 外交动态 > 重要新闻\n外长举行电话会谈\n2022-03-08 20:45\n来源:外交部\n【字体:大 中 小】 打印",
        "This website uses cookies to improve your experience.\nAccept all cookies",
        "An official website of the United States government\nHere’s how you know",
    ],
)
def test_what_stands_above_a_statement_is_left_out(before: str) -> None:
    assert Readout.from_text(f"{before}\n\n{BODY}").text == BODY


@pytest.mark.parametrize(
    "after",
    [
        "###",
        "Share this page\nFacebook | Twitter",
        "Tags: Meridia, Valdria",
        "Contact: press@residency.example",
        "Foto: Presseamt/Oellers\nDienstag, 21. September 2021\nSeite drucken | Seite teilen",
        "Contact presse : presse@tilleuls.example\nPhoto : L. Garnier",
        "Темы\nВнешняя политика\nДата публикации: 3 марта 2022 года, 16:10\nТекстовая версия",
        "相关新闻:\n两国外长通电话\n打印本页",
        "Related news\nThe Minister opens a museum\nThe President visits a school. She planted a tree.",
        "© 2022 Government of Meridia. All rights reserved.",
        "Was this page helpful? Yes | No",
    ],
)
def test_what_stands_below_a_statement_is_left_out(after: str) -> None:
    text = f"{BODY} She thanked him for his hospitality during the winter."
    assert Readout.from_text(f"{text}\n\n{after}\n").text == text


@pytest.mark.parametrize(
    ("dateline", "issued"),
    [
        ("Harnau, 21. September 2021 – ", "2021-09-21"),
        ("Niederbrück, 6. Juni 2023 (pir). ", "2023-06-06"),
        ("BANDAR NOUR, February 9 (QPA) – ", None),
        ("KOSTRAVA, 3 March 2022 (Reuters) - ", "2022-03-03"),
        ("Montclar, le 26 août 2022 – ", "2022-08-26"),
        ("ВЕЛЕГОРСК, 3 марта. /ТОА/. ", None),
        ("March 3, 2022 — ", "2022-03-03"),
    ],
)
def test_a_dateline_stuck_to_the_first_sentence_goes(dateline: str, issued: str | None) -> None:
    readout = Readout.from_text(dateline + BODY)
    assert readout.text == BODY
    assert readout.issued == issued


def test_a_list_of_clauses_is_kept() -> None:
    text = "The call took place at the request of the other side;\nThey discussed the war at length;\nThey will meet again."
    assert Readout.from_text(f"The call in brief\n\n{text}").text == text


def test_a_cut_sentence_above_a_footer_is_kept() -> None:
    readout = Readout.from_text(
        "They spoke today at length.\nThe President also raised the\n\nShare this page\n"
    )
    assert readout.text == "They spoke today at length.\nThe President also raised the"
    assert not readout.complete


@pytest.mark.parametrize(
    "text",
    [
        "On 3 March 2022 – a Thursday – the President spoke with the Chancellor. They agreed to meet.",
        "President Kessler – on his first trip – met the Chancellor. They discussed trade.",
        "Am 21. September 2021 telefonierte die Kanzlerin mit dem Präsidenten.",
        "3月8日，两国外长通电话。双方就地区局势交换了意见。",
        "The leaders agreed to:\n- extend the treaty;\n- meet again in June.",
        "They discussed Ukraine.\nThey discussed Iran.",
        "The minister said: “We will share this burden.” The other side agreed.",
        "Tags were found on the equipment, the Minister said.",
        "Photo evidence was presented. The sides took note.",
    ],
)
def test_content_that_looks_like_furniture_stays(text: str) -> None:
    assert (
        Readout.from_text(text).text == text.replace("- ", "")
        if "\n-" in text
        else Readout.from_text(text).text == text
    )


def test_hard_wraps_are_joined_and_paragraphs_kept() -> None:
    wrapped = (
        "The President of Meridia spoke with the Chancellor of Valdria today\n"
        "about the pipeline under the sea, and about what the two countries\n"
        "could do together for those who live beside it. They agreed on little.\n"
        "He invited her to Port Caldwell.\n\n"
        "She thanked him, and said that she would come as soon as the elections\n"
        "in her country are over."
    )
    assert Readout.from_text(wrapped).text.count("\n") == 2
    assert "Valdria today about the pipeline" in Readout.from_text(wrapped).text


def test_one_sentence_a_line_stays_one_sentence_a_line() -> None:
    lines = "\n".join(
        [
            "The leaders met today.",
            "They discussed energy and trade at length.",
            "Both sides agreed to go on.",
        ]
    )
    assert Readout.from_text(lines).text == lines


def test_a_list_without_marks_of_sentences_is_kept() -> None:
    thai = "ประธานาธิบดีทั้งสองหารือเกี่ยวกับความสัมพันธ์ทวิภาคี\nทั้งสองฝ่ายเห็นพ้องที่จะรักษาการติดต่อ"
    assert Readout.from_text(thai).text == thai


def test_spaces_hyphens_and_accents_are_normalised_once() -> None:
    readout = Readout.from_text(
        "The Pre\u0301sident\u2009spoke\u00a0with\u200b the Chan\u00adcellor  today.\x00"
    )
    assert readout.text == "The Président spoke with the Chancellor today."


def test_ligatures_of_printed_pages_are_letters() -> None:
    assert (
        Readout.from_text("The o\ufb03ce con\ufb01rmed the call today.").text
        == "The office confirmed the call today."
    )


def test_wrapped_lines_are_joined_as_their_script_and_their_hyphens_ask() -> None:
    chinese = (
        "两国元首就双边关系和共同关心的国际地区问题深入交换了意见达成广泛\n"
        "共识，并同意继续保持密切沟通，推动两国关系不断向前发展，更好造福\n"
        "两国人民，双方还就能源、贸易等问题交换了看法，一致认为应当加强合\n"
        "作。"
    )
    assert Readout.from_text(chinese, lang="zh").text == chinese.replace("\n", "")
    hyphen = (
        "The two ministers reviewed the state of their cooperation and agreed on a Franco-\n"
        "German working group that will prepare the next meeting of both governments in the\n"
        "autumn of the year and thanked all who had taken part in the preparation of the day\n"
        "with their advice."
    )
    assert "Franco-German working group that will" in Readout.from_text(hyphen).text


_BLOG = """\
Whoever reads the two notes side by side learns most from what the one says and the other leaves out, as usual.

The ministry in Oslo has published this:

{margin}Minister Dahl met his colleague Berg at the margins of the
{margin}summit today. The talks were held in an open and friendly
{margin}atmosphere, as befits the relations of both countries.

{margin}They also spoke of the ferry line and agreed that it will
{margin}go on.

That is a long text for Oslo, and what it says of the atmosphere is what others say by the slamming of a door, or of two.

{menu}"""


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Ad-hoc-Treffen der Außenminister in Wien", True),
        ("Pub-Gespräch mit dem Minister in Wien", True),
        ("PUB -- Orange Money : sans frais vers Rosso !", False),
        ("Werbung: Möbel für das ganze Haus", False),
        ("Реклама – новые квартиры у моря", False),
    ],
)
def test_a_line_that_says_it_is_an_advertisement_is_furniture(line: str, kept: bool) -> None:
    assert is_cue(line) is not kept


@pytest.mark.parametrize("margin", ["    ", "> ", "| "])
@pytest.mark.parametrize("menu", ["About me", "  A short list\n  of links\nMore"])
def test_only_what_is_set_apart_may_be_wrapped(margin: str, menu: str) -> None:
    text = _BLOG.format(margin=margin, menu=menu)
    block = [line.text for line in read_lines(Traced.of(text)) if line.quoted][:2]
    assert block == [
        "Minister Dahl met his colleague Berg at the margins of the summit today. The talks were held in an open"
        " and friendly atmosphere, as befits the relations of both countries.",
        "They also spoke of the ferry line and agreed that it will go on.",
    ]


_AGENDA = (
    "10:00 Arrival of the delegation at Tegel airport",
    "10:45 Talks with the Minister of Foreign Affairs",
    "12:30 Lunch given by the Mayor in the town hall",
    "14:00 Talks with the committees of the chamber",
    "16:15 Departure from Tegel airport, military part.",
)
_VERSE = (
    "The ministers have met again by day and by the night",
    "And what they said is printed here in black and in white",
    "But what they meant is nowhere said, and nobody can tell",
    "For those who know are silent, and they do it very well.",
)
_BOOKS = tuple(f"Ames {k}: letters on the ferry lines of the north, {1990 + k}" for k in range(5))


@pytest.mark.parametrize("block", [_AGENDA, _VERSE, _BOOKS])
def test_lines_that_each_begin_anew_are_not_wrapped(block: Sequence[str]) -> None:
    rows = "\n".join(f"    {row}" for row in block)
    own = "Nobody says so, and everybody knows it. " * 20  # so that most of the text is not wrapped
    lines = read_lines(Traced.of(_BLOG.format(margin="    ", menu=f"{own}\n\n{rows}\n\nAbout me")))
    assert {line.text for line in lines} >= set(block)


def test_the_first_rows_of_chinese_paragraphs_that_are_wrapped_set_nothing_apart() -> None:
    rows = [
        "    外交部长王毅今天会见了来访的代表团，双",
        "方就两国关系和共同关心的问题深入交换了",
        "意见，同意继续保持沟通。",
    ]
    text = "\n\n".join(
        ["记者写道：这是今天发布的消息全文。", *["\n".join(rows)] * 3, "这就是全部内容，没有别的。"]
    )
    assert not any(line.quoted for line in read_lines(Traced.of(text)))


def test_lines_set_apart_that_are_not_wrapped_stay_apart() -> None:
    links = "\n".join(f"    Item {k}: another page of this journal, on ferries" for k in "abcdef")
    assert len(read_lines(Traced.of(_BLOG.format(margin="    ", menu=links)))) == 4 + 1 + 6


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3/18/2022", "2022-03-18"),
        ("18/3/2022", "2022-03-18"),
        ("31.02.2022, then 2 March 2023", "2023-03-02"),
    ],
)
def test_dates_of_other_orders_and_dates_that_are_none(text: str, iso: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.iso == iso


def test_a_bar_down_the_margin_sets_lines_apart_and_rows_of_a_table_do_not() -> None:
    lines = read_lines(Traced.of("They wrote:\n\n| The ministers met.\n|\n| They spoke.\n\n| a | b |"))
    assert [(line.text, line.quoted) for line in lines] == [
        ("They wrote:", False),
        ("The ministers met.", True),
        ("They spoke.", True),
        ("| a | b |", False),
    ]


def test_a_bar_before_much_space_is_read_in_time() -> None:
    row = "|" + " " * 40_000 + "a | b"
    start = time.process_time()
    assert not read_lines(Traced.of(row))[0].quoted
    assert time.process_time() - start < 1
