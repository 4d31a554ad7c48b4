"""What authors, editors and translators put inside a statement they quote is left out of it, exactly."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from readout_diff.loaders.article import split_article
from readout_diff.loaders.layout import Line, read_lines
from readout_diff.loaders.remarks import without_remarks
from readout_diff.loaders.traced import Traced
from readout_diff.readout import Readout

FIRST = "President Ames spoke with Chancellor Berg today. They discussed the harvest and the ports."


def bare(text: str) -> str:
    """Return a paragraph of a statement without the remarks in it."""
    lines = [Line(Traced.of(part), gap=True) for part in (FIRST, text)]
    first, *rest = [line.text for line in without_remarks(lines)]
    assert first == FIRST
    return "\n".join(rest)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # German
        ("Er sagte, Forderungen (Anm. d. Übers.: gemeint ist die Verfassung) seien unzulässig.",
         "Er sagte, Forderungen seien unzulässig."),
        ("Der Entwurf liegt vor. [Gemeint ist die Kommission nach Artikel 9; Anm. d. Red.]", "Der Entwurf liegt vor."),
        ("Wege für Schiffe [im Original: „Marineflugzeuge“, A. V.-T.] beider Seiten.", "Wege für Schiffe beider Seiten."),
        ("Die Grenze [Anmerkung der Redaktion: von 1991], hieß es.", "Die Grenze, hieß es."),
        ("Die Häfen (gemeint sind die am Meer – Red.) bleiben offen.", "Die Häfen bleiben offen."),
        ("Die Häfen (Hervorhebung durch die Redaktion) bleiben offen.", "Die Häfen bleiben offen."),
        ("[Anm.: So im Text.] Die Häfen bleiben offen.", "Die Häfen bleiben offen."),
        # English
        ("Talks on delimitation [the commissions have not met since May — N.H.C.] and on roads.",
         "Talks on delimitation and on roads."),
        ("The ninth such case. [On my count. — D.O.]", "The ninth such case."),
        ("They met in Bern [Ed.: in Basel] today.", "They met in Bern today."),
        ("They met in Bern [it was Basel — Ed.].", "They met in Bern."),
        ("They met in Bern [— Ed.] today.", "They met in Bern today."),
        ("They adress [sic] the issue, and the isue [sic!].", "They adress the issue, and the isue."),
        ("Nobody may enter [emphasis added] the zone (emphasis in the original).", "Nobody may enter the zone."),
        ("Nobody (translator's note: literally, no foot) may enter.", "Nobody may enter."),
        ("The line of 1967 [a line that he himself never recognised] stays.", "The line of 1967 stays."),
        ("“The line stays [Editor’s note: it moved].”", "“The line stays.”"),
        ("It was said (note by the translator: [sic] in the text) again.", "It was said again."),
        # French
        ("Le gazoduc [NdT : KTK en russe] et les ports.", "Le gazoduc et les ports."),
        ("Le gazoduc [CPC en anglais – NdT] et les ports.", "Le gazoduc et les ports."),
        ("Le président (Kessler, NDLR) a parlé [ndlr] des ports.", "Le président a parlé des ports."),
        ("Le président [N.D.L.R. : Kessler] a parlé ; le texte [note de la rédaction] reste.",
         "Le président a parlé ; le texte reste."),
        ("Le texte [N. D. T. : sans titre] ; il reste (c’est nous qui soulignons).", "Le texte ; il reste."),
        # Russian
        ("Стороны согласовали сроки (20 марта 2027 г. — прим. пер.); далее о портах.",
         "Стороны согласовали сроки; далее о портах."),
        ("Стороны [Прим. ред.] обсудили порты (имеется в виду Одесса — Ред.).", "Стороны обсудили порты."),
        ("Стороны [прим. пер.: обе] обсудили порты (Примечание редакции: три).", "Стороны обсудили порты."),
        ("Стороны обсудили порты (выделено нами).", "Стороны обсудили порты."),
        # others
        ("Las partes (N. de la R.: ambas) hablaron de los puertos.", "Las partes hablaron de los puertos."),
        ("Strony [przyp. red.: obie] rozmawiały o portach.", "Strony rozmawiały o portach."),
        ("Сторони (прим. ред.) обговорили порти.", "Сторони обговорили порти."),
        ("双方（编者注：两国）讨论了港口问题。", "双方讨论了港口问题。"),
        # what is left
        ("They met. [It was the third such meeting in May]. They parted.", "They met. They parted."),
        ("They met [sic] [— Ed.] in Bern.", "They met in Bern."),
        ("They met [three times in the same week – Ed.][2] in Bern.", "They met in Bern."),
        ("They met [as the text [sic] has it since Monday] in Bern.", "They met in Bern."),
        ("[Ed.: All of it.] [— Ed.] They met in Bern.", "They met in Bern."),
        ("They met in [Bern, the [sic] capital.", "They met in [Bern, the capital."),
        ("[Anm. d. Red.: Hier fehlt ein Absatz.]", ""),
        ("“[Ed.: sic] They met in “[— Ed.] Bern”.", "“They met in “ Bern”."),
        ("„Sie trafen sich“ [Red: gestern] (so d. Red.) in Bern ([sic] gestern).",
         "„Sie trafen sich“ in Bern (gestern)."),
        ("They met [so it is] in Bern [!] again.", "They met [so it is] in Bern again."),
    ],
)  # fmt: skip
def test_remarks_are_left_out(text: str, kept: str) -> None:
    assert bare(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "The [Russian] minister met [the] envoy of [North] Macedonia; “[T]he ports […] stay open [...] for all.”",
        "Der [russische] Minister sprach (am Rande der Tagung in Genf, wie schon im Mai) mit seinem Kollegen.",
        "Le ministre [russe] a parlé (en marge de la réunion des ministres à Genève) avec son homologue.",
        "Министр [России] переговорил (на полях встречи министров в Женеве) с коллегой (Ереван).",
        "The ministers (note 3) spoke in [Washington, D.C.] of the [U.S.] zone (red) and (Ed) and (NDA).",
        "The zone (Note: the minister travels alone) stays (Unofficial translation).",
        "Le texte (note verbale du ministère) reste.",
        "Стороны (далее — редакция договора) обсудили порты.",
        "They met in Bern [the capital of the country, which they like very much",
        "They met in Bern] as the third and last of all the meetings [ they had had.",
        "See [the full text of the joint declaration](https://example.org/a) for it.",
        "See [the full text of the joint declaration][text] for it.",
        "The envoy (sic transit gloria) left for the isles.",
        "Die Seiten (Hervorhebung der gemeinsamen Ziele) trafen sich [in Washington, D. C.] (red: zu; rot).",
        "Die Seiten (Anmerkungen der Verfassungsorgane) trafen sich [Seoul, R.O.K.] wieder.",
    ],
)  # fmt: skip
def test_what_belongs_to_the_text_stays(text: str) -> None:
    assert bare(text) == text


def test_a_remark_that_would_swallow_much_stays() -> None:
    long = "[Ed.: " + "The ministers spoke. " * 20 + "]"
    assert bare(f"They met. {long} They parted.") == f"They met. {long} They parted."
    inner = long.replace("spoke. ]", "spoke [sic]. ]")
    assert bare(f"They met. {inner} They parted.") == f"They met. {long} They parted."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("They met[1] in Bern,[12] again.[^2] He asked.[3][4]", "They met in Bern, again. He asked."),
        ("They met [1], and talked [2]. They parted. [3]", "They met, and talked. They parted."),
        ("They met¹ in Bern,² again.³ «Oui»⁴ (so)⁵ since 2024¹² and¹,² then.", "They met in Bern, again. «Oui» (so) since 2024 and then."),
        ("Стороны встретились¹. Далее².", "Стороны встретились. Далее."),
        ("Er sprach davon (im Original „Typhoon“, H.A.-B.) und dankte.", "Er sprach davon und dankte."),
        ("Ils ont évoqué les « mines de Sado » [1] et la pêche.", "Ils ont évoqué les « mines de Sado » et la pêche."),
        ("双方会谈¹讨论了港口[1]问题。", "双方会谈讨论了港口问题。"),
    ],
)  # fmt: skip
def test_footnote_marks_are_left_out(text: str, kept: str) -> None:
    assert bare(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "An area of 5 km², 3 m³ and 10² cells, CO² and x², 20 м² and 5 м²/с.",
        "They agreed on: [1] a ceasefire; and [2] an exchange under resolution 2231 [2015].",
        "[1] They agreed on a ceasefire.",
        "“[1] They agreed on a ceasefire.",
        "¹ They agreed on a ceasefire and ²³⁵U.",
        "They met[1](https://example.org) in Bern.",
    ],
)
def test_what_is_no_footnote_stays(text: str) -> None:
    assert bare(text) == text


@pytest.mark.parametrize(
    "caption",
    [
        "![A screenshot of the page, at 7 p.m.](/img/2026/04/page.png)",
        '![A [new] port](https://example.org/a_(b).png "The port")',
        "[![A port](/port.png)](https://example.org)",
        "[Bild] Die Akorda in Astana: knapp im Ton. Getty",
        "[Foto: dpa]",
        "[Photo] The two presidents in Bern on Monday.",
        "[Photo AFP]",
        "[Фото: ТАСС] Президент и канцлер.",
        "[Image d’archives] Les deux ministres.",
        "[Symbolbild: Hafen]",
    ],
)
def test_captions_are_left_out_whole(caption: str) -> None:
    assert bare(caption) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[Foto: dpa] " + FIRST * 3, FIRST * 3),  # a paragraph behind the label
        ("The page ![shown](a.png) says so.", "The page ![shown](a.png) says so."),
        ("[Bildung] bleibt ein Thema.", "[Bildung] bleibt ein Thema."),
        ("READER: They agreed to meet.", "They agreed to meet."),
        ("ДИКТОР: Стороны обсудили порты.", "Стороны обсудили порты."),
        ("VOIX OFF : Les deux parties se reverront.", "Les deux parties se reverront."),
        ("Reader: They agreed to meet.", "Reader: They agreed to meet."),
        ("PRESIDENT AMES: They agreed to meet.", "PRESIDENT AMES: They agreed to meet."),
        ("READER:", "READER:"),
    ],
)
def test_labels_at_the_beginning_of_a_paragraph(text: str, kept: str) -> None:
    assert bare(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "[The President spoke with the Chancellor about the ports and the harvest today.]",
        "[Ed.: The President spoke with the Chancellor about the ports.] So it was.",
        "[Foto: dpa]",
        "",
    ],
)
def test_a_statement_with_next_to_nothing_else_is_left_as_it_is(text: str) -> None:
    lines = read_lines(Traced.of(text))
    assert without_remarks(lines) == list(lines)


ARTICLES = {
    "en": (
        "One call, and two versions of it, neither of them long. Here is the first.\n\n"
        "The White House said in a readout:\n\n"
        "“President Ames spoke today with Chancellor Berg of Valdria.¹ They discussed the ports [the commission"
        " has not met since May — D. O.] and the harvest.\n\n"
        "[Photo: AP] The two in Bern.\n\n"
        "“The President stressed that the ports [sic] must stay open.[2] They agreed to stay in touch.”\n\n"
        "That was all we were told.",
        "President Ames spoke today with Chancellor Berg of Valdria. They discussed the ports and the harvest.\n\n"
        "The President stressed that the ports must stay open. They agreed to stay in touch.",
    ),
    "de": (
        "Ein Telefonat, und zwei Fassungen davon, beide kurz. Hier ist die erste.\n\n"
        "Das Weiße Haus teilte mit:\n\n"
        "> Präsident Ames hat heute mit Kanzlerin Berg telefoniert. Themen waren die Ernte [Anm. d. Red.: die des"
        " Vorjahres] und die Häfen.\n>\n"
        "> [Bild] Der Hafen von Varn. Getty\n>\n"
        "> Der Präsident betonte die Bedeutung offener Häfen (Anm. d. Übers.: im Original „Tore“). Beide vereinbarten,"
        " in Kontakt zu bleiben. [3]\n\n"
        "Mehr war nicht zu erfahren.",
        "Präsident Ames hat heute mit Kanzlerin Berg telefoniert. Themen waren die Ernte und die Häfen.\n\n"
        "Der Präsident betonte die Bedeutung offener Häfen. Beide vereinbarten, in Kontakt zu bleiben.",
    ),
    "fr": (
        "Un appel, et deux versions, toutes deux brèves. Voici la première.\n\n"
        "La Maison Blanche a publié le communiqué suivant :\n\n"
        "« Le président Ames s’est entretenu aujourd’hui avec la chancelière Berg [NdT : de Valdrie]. Ils ont évoqué"
        " les ports (NDLR) et la récolte.\n\n"
        "« Le président a souligné que les ports [qui sont fermés depuis le mois de mai] doivent rester ouverts. Ils"
        " sont convenus de rester en contact. »\n\n"
        "On n’en saura pas plus.",
        "Le président Ames s’est entretenu aujourd’hui avec la chancelière Berg. Ils ont évoqué les ports et la"
        " récolte.\n\n"
        "Le président a souligné que les ports doivent rester ouverts. Ils sont convenus de rester en contact.",
    ),
    "ru": (
        "Один разговор и две версии, обе короткие. Вот первая.\n\n"
        "В Белом доме сообщили следующее:\n\n"
        "«Президент Эймс сегодня провёл телефонный разговор с канцлером Бергом [прим. ред.: Валдрия]. Обсуждены порты"
        " (Одесса — прим. пер.) и урожай.\n\n"
        "Президент подчеркнул, что порты¹ должны оставаться открытыми. Стороны договорились поддерживать контакты»."
        "\n\nБольше ничего не известно.",
        "Президент Эймс сегодня провёл телефонный разговор с канцлером Бергом. Обсуждены порты и урожай.\n\n"
        "Президент подчеркнул, что порты должны оставаться открытыми. Стороны договорились поддерживать контакты.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", ARTICLES)
def test_statements_of_an_article_are_cut_without_them(lang: str) -> None:
    source, expected = ARTICLES[lang]
    (readout,) = split_article(source).statements
    assert (readout.text, readout.party, readout.lang) == (expected, "United States", lang)
    for segment in readout.segments:
        end = segment.source_start + segment.length
        assert (
            source[segment.source_start : end] == readout.text[segment.start : segment.start + segment.length]
        )
    from_source = "".join(
        source[segment.source_start : segment.source_start + segment.length] for segment in readout.segments
    )
    assert from_source == readout.text.replace("\n", "")


def test_a_statement_given_as_such_keeps_its_brackets() -> None:
    text = "They met [Anm. d. Red.: in Bern] and talked.[1] They agreed to stay in touch (emphasis added)."
    assert Readout.from_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "[" + "word " * 40_000,
        "(" * 200_000,
        "[" * 100_000 + "]" * 100_000,
        "[a" * 60_000 + " — Ed.]",
        "[word word" + "]" * 200_000,
        "([" * 50_000 + ")]" * 50_000,
        "word[1]" * 30_000,
        "word" + "[1]" * 60_000 + "(",
        "word¹" + ",²" * 100_000,
        "word [— Ed.] " * 15_000,
        "¹" * 200_000,
        "![" * 100_000,
        "![a](" + "(" * 200_000,
        "![a](b \"" + "\\\"" * 100_000,
        "[Foto" + ": " * 100_000,
        "[1," + " 2," * 60_000,
        "[" + " " * 200_000 + "— D." + " O." * 3,
        "([sic" + " sic" * 90 + "]) " * 500,
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_long_texts_take_no_square_of_their_length(text: str) -> None:
    taken = []
    for part in (text[: len(text) // 2], text):
        lines = [Line(Traced.of(part), gap=True)]
        start = time.process_time()
        without_remarks(lines)
        taken.append(time.process_time() - start)
    assert taken[1] < 3 * taken[0] + 0.5


def quoted(*texts: str) -> list[str]:
    return [line.text for line in without_remarks([Line(Traced.of(text), gap=True) for text in texts])]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("“The Minister stressed the right to trade,” the ministry said. “He called for talks on water.”",
         "“The Minister stressed the right to trade. He called for talks on water.”"),
        ("„Sie sprachen über den Handel und die Grenze“, teilte das Ministerium mit. „Sie vereinbarten ein Treffen.“",
         "„Sie sprachen über den Handel und die Grenze. Sie vereinbarten ein Treffen.“"),
        ("« Le ministre a réaffirmé son attachement au dialogue avec tous », a indiqué la présidence.",
         "« Le ministre a réaffirmé son attachement au dialogue avec tous »"),
        ("«Стороны обсудили переговоры о границе и воде», — отмечается в документе. — «Новая встреча пройдёт в мае.»",
         "«Стороны обсудили переговоры о границе и воде. Новая встреча пройдёт в мае.»"),
    ],
)  # fmt: skip
def test_words_that_say_whose_a_quotation_is_are_no_part_of_it(text: str, kept: str) -> None:
    assert quoted(text) == [kept]


@pytest.mark.parametrize(
    "text",
    [
        "“Peace plan” was discussed by the two ministers, the statement said, at length and in detail.",
        "“We agreed on a good deal today in the capital,” the minister said,“and we shall meet again in May.”",
        "“The two ministers met today in the capital and spoke about trade, water and the ports.”",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert quoted(text) == [text]


def test_an_office_may_quote_somebody_itself() -> None:
    said = (
        "“We agreed on a good deal today,” said President Ames. “We shall meet again in May in the capital.”"
    )
    assert quoted(FIRST, said) == [FIRST, said]
    block = [Line(Traced.of(said), gap=True, quoted=True)]
    assert [line.text for line in without_remarks(block)] == [said]


# Paragraphs that were cut where an attribution interrupts them -------------------------------------------------

INTERRUPTED = "“The two ministers met in the capital,” the press service of the ministry wrote. “They discussed the ports."
NEXT = "“They agreed to meet again in May and to speak of water.”"


def pieces(text: str, *at: str) -> list[Line]:
    """Return the lines of a text cut before each of some words."""
    whole = Traced.of(text)
    starts = [0, *(text.index(words) for words in at)]
    ends = [*starts[1:], len(text)]
    return [Line(whole.cut(*span).strip(), gap=True) for span in zip(starts, ends, strict=True)]


def test_an_attribution_goes_where_the_paragraph_was_cut_at_it() -> None:
    lines = pieces(f"{INTERRUPTED}\n\n{NEXT}", "the press", "“They agreed")
    left = without_remarks(lines)
    assert [line.text for line in left] == [
        "“The two ministers met in the capital. They discussed the ports.",
        NEXT,
    ]
    for line in left:
        for character, origin in zip(line.text, line.traced.origins, strict=True):
            assert origin < 0 or f"{INTERRUPTED}\n\n{NEXT}"[origin] == character


def test_paragraphs_are_not_joined_over_a_break_nor_over_other_words() -> None:
    apart = pieces(INTERRUPTED.replace(" the press", "\n\nthe press"), "the press")
    assert [line.text for line in without_remarks(apart)] == [line.text for line in apart]
    told = pieces(
        "“The two ministers met in the capital.” It rained. “They discussed the ports.”", "It rained"
    )
    assert [line.text for line in without_remarks(told)] == [line.text for line in told]


def test_lines_of_one_block_are_not_joined() -> None:
    text = INTERRUPTED.replace(" the press", "\nthe press")
    first, second = pieces(text, "the press")
    lines = [first, replace(second, gap=False)]
    assert [line.text for line in without_remarks(lines)] == [line.text for line in lines]


def test_what_the_office_quotes_within_a_long_quotation_stays() -> None:
    own = [
        "“The two ministers met in the capital and spoke about trade.",
        "“We need peace,” the President said.",
        "They agreed to meet again in May.”",
    ]
    assert quoted(*own) == own
    single = [
        "‘The ministers met in the capital and spoke about trade.",
        "The two ministers’ joint statement said that peace matters most to both.",
        "Both sides agreed on the plan.’",
    ]
    assert quoted(*single) == single


def test_an_attribution_in_the_first_paragraph_leaves_the_quotation_open() -> None:
    assert quoted(
        "„Die Ministerin hat über die Grenze gesprochen“, heißt es in der Erklärung. „Sie nannte die Bedingung.",
        "Die andere Seite war einverstanden.“",
    ) == [
        "„Die Ministerin hat über die Grenze gesprochen. Sie nannte die Bedingung.",
        "Die andere Seite war einverstanden.“",
    ]
    silk = (
        "“The ministers spoke of the “Silk Road” and of grain.",
        "They agreed,” the ministry said. “They will meet.”",
    )
    assert quoted(*silk)[1] == "They agreed. They will meet.”"


def test_of_what_stands_behind_a_quotation_only_one_sentence_is_an_attribution() -> None:
    text = "“We discussed the initiative at length today,” the ministry said. They will meet again in May."
    assert quoted(text) == [text]


def test_a_quotation_that_goes_on_without_a_mark_is_still_one() -> None:
    assert quoted(
        "«Стороны обсудили торговлю зерном и вопросы транзита.",
        "Министр отметил рост поставок», — говорится в сообщении пресс-службы. — «Стороны создадут группу.",
        "Подписан план работ на год.»",
    ) == [
        "«Стороны обсудили торговлю зерном и вопросы транзита.",
        "Министр отметил рост поставок. Стороны создадут группу.",
        "Подписан план работ на год.»",
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (", - рассказали в пресс-службе правительства. -", "."),
        (", – сообщили в МИД. –", "."),
        ("! – говорится в тексте заявления. –", "!"),
        (", - сказал министр. -", ", - сказал министр. -"),
        (", — заявил глава администрации Президента. —", ", — заявил глава администрации Президента. —"),
        (", — подчеркнул он в своём заявлении. —", ", — подчеркнул он в своём заявлении. —"),
        (", - важнейшую отрасль в министерствах. -", ", - важнейшую отрасль в министерствах. -"),
    ],
)
def test_between_two_dashes_only_an_office_is_no_part_of_a_quotation(said: str, kept: str) -> None:
    text = '"Стороны подробно обсудили торговлю и транзит{} Отмечен рост поставок зерна за последний год."'
    assert quoted(text.format(said)) == [text.format(kept)]
    assert quoted(text.format(said).strip('"')) == [text.format(said).strip('"')]  # the office's own words


def test_numbers_an_editor_put_before_each_paragraph_are_no_part_of_it() -> None:
    own = ["The two ministers met in the capital today.", "They discussed the ports and the grain trade."]
    assert quoted(*(f"[{number}] {text}" for number, text in enumerate(own, 1))) == own
    assert quoted(own[0], f"[2] {own[1]}") == [own[0], f"[2] {own[1]}"]
    assert quoted(f"[3] {own[0]}", f"[1] {own[1]}") == [f"[3] {own[0]}", f"[1] {own[1]}"]
    notes = [own[0], "[1] Ministry of Defence", "[2] Reuters, 3 May"]
    assert quoted(*notes) == notes


def test_a_phrase_in_quotation_marks_is_no_quotation_that_goes_on() -> None:
    between = "A spokesman later said that the tone had been “firm but friendly”."
    told = pieces(f"“The two ministers met in the capital.” {between}", between)
    assert [line.text for line in without_remarks(told)] == [line.text for line in told]
