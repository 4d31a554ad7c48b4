"""Statements cut from articles: gold and invented articles, and every way of introducing a statement."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.errors import LoadError, ReadoutWarning
from readout_diff.loaders import load_readouts, read_article
from readout_diff.loaders.article import split_article, split_document
from readout_diff.loaders.publishers import Office, find_office
from readout_diff.readout import Readout, Span

DATA = Path(__file__).parents[1] / "data"
INVENTED = DATA / "articles" / "publishers.toml"
GOLD = sorted((DATA / "gold" / "articles").glob("*.gold.json"))
OWN = sorted((DATA / "articles").glob("*.gold.json"))
SEED = DATA / "gold" / "articles" / "seed-article.txt"


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\n- ", "\n", text)).strip()


def source_of(gold: Path) -> Path:
    return gold.with_name(gold.name.replace(".gold.json", ".txt"))


@pytest.mark.parametrize("path", [*GOLD, *OWN], ids=lambda path: path.name.split(".")[0])
def test_every_statement_is_cut_exactly_and_none_invented(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    article = source_of(path).read_text("utf-8")
    split = split_article(article, publishers=INVENTED)
    assert [whole(readout) for readout in split.statements] == [
        (s["start"], s["end"]) for s in gold["statements"]
    ]
    for readout, expected in zip(split.statements, gold["statements"], strict=True):
        assert flat(readout.text) == flat(
            "\n\n".join(article[start:end] for start, end in expected["segments"])
        )
        assert readout.lang == expected["language"]
        assert readout.translated_from == expected["translated_from"]
        assert readout.complete


def whole(readout: Readout) -> tuple[int, int]:
    span = readout.to_source(Span(0, len(readout.text)))
    return span.start, span.end


@pytest.mark.parametrize("path", [*GOLD, *OWN], ids=lambda path: path.name.split(".")[0])
def test_publisher_and_party_are_right_where_a_table_knows_the_offices(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    split = split_article(source_of(path).read_text("utf-8"), publishers=INVENTED)
    assert [(r.publisher, r.party) for r in split.statements] == [
        (s["publisher"], s["party"]) for s in gold["statements"]
    ]


def test_unknown_offices_keep_the_name_the_article_gives() -> None:
    found = [
        (readout.publisher, readout.party)
        for path in GOLD
        for readout in split_article(source_of(path).read_text("utf-8")).statements
    ]
    assert ("Presseamt der Staatskanzlei", "Valdrien") in found  # the state as the article names it
    assert ("Office of the President", "Dravenia") in found
    assert ("chancellery", "Valdria") in found
    assert ("Carrick Row", None) in found
    assert ("présidence de la République", None) in found


@pytest.mark.parametrize(
    ("title", "party"),
    [
        ("Minister of Energy", None),
        ("Minister of Foreign Affairs", None),
        ("Foreign Minister of Valdria", "Valdria"),
        ("Minister of Defence of Valdria", "Valdria"),
        ("Minister of Foreign Affairs of the Islamic Republic", None),
        ("Minister of Foreign Affairs and Trade of Valdria", "Valdria"),
    ],
)
def test_what_a_minister_is_in_charge_of_is_no_state(title: str, party: str | None) -> None:
    text = f"""The {title}, Ames Brandt, spoke by telephone on Sunday about the ferries that do not sail.

A statement issued by the ministry's spokesperson, Kingsley Obaze, reads in full:

“The {title} held a telephone conversation about the ferry line, which was frank and cordial in all its parts.

“The Minister conveyed concern over the closure. Traders are asked to be patient until the line is open again.”

Nobody in the harbour has seen a ferry since, and the sailors play cards."""
    (one,) = split_article(text).statements
    assert one.party == party


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.split(".")[0])
def test_statements_that_are_not_there_are_reported(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    found = [
        (absent.span.start, absent.span.end)
        for absent in split_article(source_of(path).read_text("utf-8")).absent
    ]
    for expected in gold["absent"]:
        assert (expected["start"], expected["end"]) in found


def test_the_seed_article() -> None:
    us, kremlin, allies = load_readouts(SEED)
    assert (us.party, us.publisher, us.lang) == ("United States", "White House", "en")
    assert (kremlin.party, kremlin.publisher, kremlin.lang) == ("Russia", "Kremlin", "de")
    assert (kremlin.title, kremlin.translation_credit) == ("Treffen mit US-Präsident Joseph Biden", "DeepL")
    assert (allies.party, allies.publisher, allies.lang) == ("United States", "White House", "en")
    assert [(a.publisher, a.party) for a in split_article(SEED.read_text("utf-8")).absent] == [
        ("Bundesregierung", "Germany")
    ]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("In der Mitteilung des Weißen Hauses heißt es:", Office("White House", "United States")),
        ("Here is the White House readout:", Office("White House", "United States")),
        ("Voici le communiqué de la Maison-Blanche :", Office("White House", "United States")),
        ("В сообщении Белого дома говорится:", Office("White House", "United States")),
        ("Aus der Zusammenfassung des US-Außenministeriums:", Office("State Department", "United States")),
        ("Der Kreml teilte zu dem Gespräch mit dem Weißen Haus mit:", Office("Kremlin", "Russia")),
        ("According to the Kremlin’s press service:", Office("Kremlin", "Russia")),
        ("Как сообщает пресс-служба Кремля:", Office("Kremlin", "Russia")),
        ("МИД РФ опубликовал следующий текст:", Office("Russian Ministry of Foreign Affairs", "Russia")),
        ("Das Bundespresseamt schreibt:", Office("Bundesregierung", "Germany")),
        ("The German government said:", Office("Bundesregierung", "Germany")),
        ("Das Auswärtige Amt erklärte:", Office("Auswärtiges Amt", "Germany")),
        ("Der Élysée-Palast veröffentlichte diese Erklärung:", Office("Élysée", "France")),
        ("L’Élysée a publié ce communiqué :", Office("Élysée", "France")),
        ("Елисейский дворец распространил коммюнике:", Office("Élysée", "France")),
        ("A Downing Street spokesperson said:", Office("Downing Street", "United Kingdom")),
        (
            "China’s foreign ministry published this summary:",
            Office("Chinese Ministry of Foreign Affairs", "China"),
        ),
        ("Das chinesische Außenministerium meldet:", Office("Chinese Ministry of Foreign Affairs", "China")),
        ("Офис президента Украины сообщил:", Office("Office of the President of Ukraine", "Ukraine")),
        ("Das ukrainische Präsidialamt teilte mit:", Office("Office of the President of Ukraine", "Ukraine")),
        (
            "Das türkische Außenministerium teilte mit:",
            Office("Ministry of Foreign Affairs of Türkiye", "Türkiye"),
        ),
        (
            "Le ministère des Affaires étrangères polonais écrit :",
            Office("Ministry of Foreign Affairs of Poland", "Poland"),
        ),
        ("МИД Казахстана сообщил:", Office("Ministry of Foreign Affairs of Kazakhstan", "Kazakhstan")),
        ("The NATO press office said:", Office("NATO", "NATO")),
        ("Die EU-Kommission teilte mit:", Office("European Commission", "European Union")),
        ("新华社报道全文如下：", Office("Xinhua", "China")),
    ],
)
def test_offices_are_recognised_in_several_languages(words: str, office: Office) -> None:
    assert find_office(words) == office


STATEMENT = (
    "The President spoke with the Chancellor this morning about the grain terminals. The two leaders agreed that the"
    " inspections should resume before the harvest. The President thanked the Chancellor for her hospitality."
)
QUOTED = f"“{STATEMENT}”"


@pytest.mark.parametrize(
    "article",
    [
        f"Two calls\n\nIt was a long day.\n\nThe White House said in a statement:\n\n{QUOTED}\n\nWhat that means is unclear.",
        f"Two calls\n\nIt was a long day.\n\nThe White House said in a statement: {QUOTED}\n\nWhat that means is unclear.",
        f"Two calls\n\nIt was a long day.\n\n{QUOTED}\n\nThat was the White House statement, word for word.",
        f"Two calls\n\nIt was a long day.\n\n{QUOTED} the White House said in a statement.\n\nNobody was surprised, I think.",
        f"Two calls\n\nIt was a long day.\n\nWhite House readout\n\n{STATEMENT}\n\nWhat that means is unclear, I think.",
        f"Two calls\n\nIt was a long day.\n\nThe White House published the following text.\n\n> {STATEMENT}\n\nThat is all.",
        f"Zwei Gespräche\n\nEs war ein langer Tag in der Hauptstadt.\n\nDas Weiße Haus teilte mit:\n\n{STATEMENT}\n\nDas war alles.",
        f"Zwei Gespräche\n\nEs war ein langer Tag in der Hauptstadt.\n\nDas Weiße Haus teilte mit:\n{STATEMENT}\nDas war alles.",
        f"Deux appels\n\nLa journée a été longue.\n\nLa Maison-Blanche écrit :\n\n« {STATEMENT} »\n\nC’est tout, note-t-on.",
        f"Два звонка\n\nДень был долгим.\n\nВ сообщении Белого дома говорится:\n\n{STATEMENT}\n\nВот и всё, что известно.",
    ],
)
def test_every_way_of_introducing_a_statement(article: str) -> None:
    split = split_article(article)
    assert [readout.text for readout in split.statements] == [STATEMENT]
    assert (split.statements[0].publisher, split.statements[0].party) == ("White House", "United States")


@pytest.mark.parametrize(
    "article",
    [
        "A call\n\nThe two presidents spoke on Monday, officials said. “It went well,” one of them added.\n\nMore will follow.",
        "Ein Anruf\n\nDrei Punkte sind wichtig:\n\nDie Präsidenten haben gesprochen. Mehr weiß man nicht.\n\nDas ist alles.",
        "The Kremlin said the call was useful. The White House called it “frank”. Neither published a text.",
    ],
)
def test_no_statement_is_invented(article: str, tmp_path: Path) -> None:
    assert split_article(article).statements == ()
    path = tmp_path / "article.txt"
    path.write_text(article, "utf-8")
    with pytest.raises(LoadError, match=r"load\(\)"):
        load_readouts(path)


@pytest.mark.parametrize(
    "article",
    [
        # a caption between introduction and statement
        f"Ein Anruf\n\nDas Weiße Haus teilte mit:\n\nDer Präsident am Telefon\n\n{STATEMENT}\n\nSo weit die Mitteilung.",
        # a heading that only says that the text follows
        f"A call\n\nThe White House was first.\n\nThe statement in full\n\n{STATEMENT}\n\nThe statement is short, I think.",
        # the office named in the sentence before the one with the colon
        f"A call\n\nThe White House was first. Here is the text:\n\n{STATEMENT}\n\nThe statement is short, I think.",
        # several paragraphs of narration that name the office before
        f"A call\n\nThe White House was first.\n\nIt said in a statement:\n\n{QUOTED}\n\nThat is all there is.",
        # a list inside the statement, ended by its own rule
        f"A call\n\nThe White House said:\n\n{STATEMENT}\n\n###\n\nThe President is due back on Friday.",
    ],
)
def test_less_usual_ways_of_introducing_a_statement(article: str) -> None:
    split = split_article(article)
    assert [(readout.text, readout.party) for readout in split.statements] == [(STATEMENT, "United States")]


def test_headings_with_a_remark_open_statements_and_are_no_credits() -> None:
    article = (
        "Both texts\n\nBoth offices have published something, and here it is, without comment.\n\n"
        f"THE WHITE HOUSE\n\n{STATEMENT}\n\nTHE KREMLIN (English translation)\n\nThe leaders continued their exchange of"
        " views on grain. It was agreed to stay in touch.\n\nWhat happens next\n\nNobody knows, I suspect."
    )
    first, second = split_article(article).statements
    assert (first.text, first.translation_credit) == (STATEMENT, None)
    assert (second.publisher, second.translation_credit) == ("Kremlin", "English translation")


@pytest.mark.parametrize(
    "article",
    [
        "A call\n\nThree things stand out in the White House statement:\n\nIt is short. It names no date. It says nothing of grain.",
        "Ein Anruf\n\nDie Unterschiede zwischen Kreml und Weißem Haus:\n\nDer eine sprach von Getreide, der andere nicht.",
        "A call\n\nKremlin spokesman Dmitry Peskov told reporters:\n\n“It was a good talk. They spoke about many things,"
        " and they will speak again soon, as they have often done before. I can add nothing to that at all.”",
        "A call\n\nHe wrote on Twitter:\n\nThe President spoke with the Chancellor today about grain and peace and the sea.\n\n"
        "— Jane Doe (@janedoe) 3 May 2022",
    ],
)
def test_what_is_said_about_or_beside_a_statement_is_none(article: str) -> None:
    assert split_article(article).statements == ()


def test_an_article_with_one_statement_gives_one(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"A call\n\nThe White House said:\n\n{QUOTED}\n\nThat is all.", "utf-8")
    assert [readout.publisher for readout in load_readouts(path)] == ["White House"]


def test_where_no_statement_is_found_the_quotations_are_named_as_hints_take_them(tmp_path: Path) -> None:
    said = "Both sides spoke at length about the harbour, the fishing grounds and the border commission"
    text = (
        f"A call\n\nJane Doe, who lives there, said “{said},” and that it was “fine”. Nobody asked her why.\n"
    )
    path = tmp_path / "article.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(LoadError, match=r"no quoted statement found.*load\(\).*quotation marks") as caught:
        load_readouts(path)
    place = re.search(r"(\d+)-(\d+) \('Both sides spoke", str(caught.value))
    assert place is not None
    assert "fine" not in str(caught.value)
    (readout,) = load_readouts(path, hints=[(int(place[1]), int(place[2]))])
    assert readout.text == said + ","


def test_what_a_warning_would_have_said_is_not_lost_where_no_statement_is_found(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(
        "A call\n\nIt was late.\n\nThe Kremlin said:\n\nPresident Kessler spoke today with Chancellor Brandauer, which"
        " is striking after all that was written.\n\nNothing more, I think.",
        "utf-8",
    )
    warnings = split_article(path.read_text("utf-8")).warnings
    with pytest.raises(LoadError) as caught:
        load_readouts(path)
    assert warnings
    assert all(warning in str(caught.value) for warning in warnings)
    assert "\n" not in str(caught.value)
    assert "quotation marks" not in str(caught.value)


def test_a_doubtful_cut_is_named(tmp_path: Path) -> None:
    article = (
        "Ein Anruf\n\nDas Weiße Haus teilte mit:\n\nPräsident Kessler sprach heute mit der Kanzlerin. Beide erörterten die Lage."
        "\n\nDas Getreide bleibt in den Häfen.\n\nDas Brot wird teurer.\n"
    )
    path = tmp_path / "article.txt"
    path.write_text(article, "utf-8")
    with pytest.warns(ReadoutWarning, match="doubtful before 'Das Getreide"):
        (readout,) = load_readouts(path)
    assert readout.confidence < 0.7


def test_an_article_can_be_read_and_split_apart() -> None:
    document = read_article(SEED)
    assert document.source == SEED.read_text("utf-8")
    assert split_document(document).statements == split_article(document.source).statements


def test_hints_overrule_the_cut() -> None:
    text = SEED.read_text("utf-8")
    first, second = load_readouts(
        SEED, hints=[(548, 1422), {"start": 1588, "end": 5621, "party": "Russia", "lang": "de"}]
    )
    assert first.text == text[548:1422]
    assert (second.party, whole(second)) == ("Russia", (1588, 5621))


@pytest.mark.parametrize(
    "hint",
    [(5, 2), (0, 10**9), {"start": 1}, {"start": 0, "end": 5, "colour": "red"}, {"start": "0", "end": 5}],
)
def test_a_hint_that_is_no_cut_is_refused(hint: object) -> None:
    with pytest.raises(LoadError, match="give start and end"):
        load_readouts(SEED, hints=[hint])  # type: ignore[list-item]


def test_a_publishers_file_that_is_none_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "p.toml"
    bad.write_text("[[office]]\nname = 'X'\n", "utf-8")
    with pytest.raises(LoadError, match="name, party and forms"):
        split_article("The White House said:", publishers=bad)


LINES = st.sampled_from(
    ["The White House said:", "Der Kreml teilte mit:", STATEMENT, QUOTED, "“", "Update: more", "(Übersetzt mit DeepL)", "Photo: x",
     "Le communiqué :", "", "> quoted line of text.", "Состоялся телефонный разговор президентов.", "Share this", "###", "12 comments"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_article_is_split_in_order_without_overlap(lines: list[str], gap: str) -> None:
    text = gap.join(lines)
    end = 0
    for readout in split_article(text).statements:
        start, stop = whole(readout)
        assert end <= start < stop <= len(text)
        end = stop
        for segment in readout.segments:
            stands = text[segment.source_start : segment.source_start + segment.length]
            assert readout.text[segment.start : segment.start + segment.length] == stands
