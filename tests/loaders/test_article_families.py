"""Families of composite articles: leads that name no office, comments that follow, and ways of setting apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_diff.loaders import load_readouts
from readout_diff.loaders.article import ArticleSplit, split_article
from readout_diff.loaders.layout import read_lines
from readout_diff.loaders.quotes import without_quotes
from readout_diff.loaders.traced import Traced

# Two readouts a language, with what an article says above them.
STATEMENTS = {
    "de": (
        "Präsident Kessler hat heute mit Kanzlerin Brandauer telefoniert.\n\nThemen waren die Ernte und die Häfen. Beide"
        " vereinbarten, in Kontakt zu bleiben.",
        "Kanzlerin Brandauer hat heute ein Gespräch mit Präsident Kessler geführt.\n\nDie Kanzlerin würdigte die Hilfe für"
        " die Hafenstädte und sprach eine Einladung aus.",
    ),
    "en": (
        "President Elliot Kessler spoke today with Chancellor Mathilde Brandauer.\n\nThe leaders discussed the harvest and"
        " the ports. They agreed to stay in touch.",
        "Chancellor Mathilde Brandauer held a telephone conversation with President Elliot Kessler.\n\nThe Chancellor"
        " thanked the President for the help given to the ports.",
    ),
    "fr": (
        "Le Président Kessler s’est entretenu ce jour avec la Chancelière Brandauer.\n\nLes deux dirigeants ont évoqué la"
        " récolte et les ports. Ils sont convenus de se revoir.",
        "La Chancelière Brandauer a eu un entretien téléphonique avec le Président Kessler.\n\nLa Chancelière a remercié le"
        " Président de l’aide apportée aux ports.",
    ),
    "ru": (
        "Состоялся телефонный разговор Президента Кесслера с Канцлером Брандауэр.\n\nОбсуждены вопросы урожая и работы"
        " портов. Условлено о продолжении контактов.",
        "Канцлер Брандауэр провела телефонный разговор с Президентом Кесслером.\n\nКанцлер поблагодарила Президента за"
        " помощь портам и пригласила посетить страну.",
    ),
}
OPENINGS = {
    "de": "Ein Anruf, zwei Erzählungen\n\nAm Dienstag wurde lange telefoniert. Was dabei herauskam, hängt davon ab, wen man"
    " fragt.",
    "en": "One call, two stories\n\nThere was a long phone call on Tuesday. What came of it depends on whom you ask.",
    "fr": "Un appel, deux récits\n\nMardi, on s’est longuement parlé au téléphone. Le résultat dépend de celui qu’on"
    " interroge.",
    "ru": "Один звонок, два рассказа\n\nВо вторник состоялся долгий телефонный разговор. Что из него вышло, зависит от того,"
    " кого спросить.",
}
LEADS = {
    "de": (
        ("Die russische Seite stellt das so dar:", "Russia"), ("So sieht es der Kreml:", "Russia"),
        ("Zunächst die Amerikaner:", "United States"), ("Peking", "China"), ("Was London mitteilt", "United Kingdom"),
        ("Der Sprecher der Bundesregierung teilt mit:", "Germany"), ("Moskauer Lesart:", "Russia"),
        ("Und nun die Fassung aus Kiew:", "Ukraine"), ("In Warschau klang das am Nachmittag so:", "Poland"),
        ("Aus dem Bendlerblock kam dazu doch noch etwas:", "Germany"),
    ),
    "en": (
        ("In the Russian version:", "Russia"), ("Here's Moscow's take:", "Russia"), ("What Beijing said", "China"),
        ("Directorate of Communications, 14 May", "Türkiye"), ("The French were more forthcoming:", "France"),
        ("Tokyo's version is below.", "Japan"), ("Now the German one:", "Germany"),
        ("Statement by the Press Service of the President of Azerbaijan", "Azerbaijan"), ("Yerevan", "Armenia"),
        ("Press Information Bureau, New Delhi:", "India"),
    ),
    "fr": (
        ("La version de Moscou :", "Russia"), ("Athènes :", "Greece"), ("Version du Caire", "Egypt"),
        ("Ce que dit Londres", "United Kingdom"), ("Le compte rendu élyséen :", "France"), ("Vu de Moscou :", "Russia"),
        ("Côté américain, on en dit ceci :", "United States"), ("Service de presse du président azerbaïdjanais :", "Azerbaijan"),
        ("La Turquie a publié le compte rendu suivant.", "Türkiye"), ("Communiqué du Premier ministre israélien", "Israel"),
    ),
    "ru": (
        ("Служба коммуникаций Администрации президента Турции:", "Türkiye"), ("Американская версия:", "United States"),
        ("Вот что пишут в Киеве:", "Ukraine"), ("Израильтяне были немногословны:", "Israel"), ("Из Москвы:", "Russia"),
        ("Японский МИД выпустил такое сообщение.", "Japan"), ("Версия Лондона:", "United Kingdom"),
        ("В Баку рассказали следующее:", "Azerbaijan"), ("Ереван:", "Armenia"), ("Вариант Пекина", "China"),
    ),
}  # fmt: skip
COMMENTS = {
    "de": (
        "Von Gefangenen also kein Wort, dafür umso mehr Höflichkeiten.", "In Brüssel nahm man es mit Erleichterung auf.",
        "Das ist schon eine andere Tonlage als noch im März.", "Man beachte das Wort „konstruktiv“.",
        "Beide Politiker hatten sich zuletzt im Mai am Rande eines Gipfels getroffen.", "Klingt harmlos? Ist es nicht.",
    ),
    "en": (
        "So no prisoners, but plenty of courtesies.", "Markets took it calmly and the rouble slipped a little.",
        "The two men last met in May on the margins of a summit.", "Lay the two side by side and they do not match.",
        "It seems there is only one thing the two can agree on: that they spoke.", "Vintage diplomatese.",
    ),
    "fr": (
        "Pas de prisonniers, donc, mais beaucoup d’amabilités.", "Retenez le mot « constructif ».",
        "Les deux hommes s’étaient vus pour la dernière fois en mai, en marge d’un sommet.", "Voilà pour les faits.",
        "Un porte-parole, sollicité, a répondu qu’il n’y avait rien à ajouter.", "Superposez les deux : cela ne colle pas.",
    ),
    "ru": (
        "Итак, о пленных ни слова, зато любезностей хватает.", "В пятницу это обсудят в парламенте.",
        "Последний раз они виделись в мае на полях саммита.", "Слабое утешение для родных задержанных.",
        "Контраст налицо. Сколько длился разговор, не уточняет ни одна из сторон.", "Вернёмся к внутренней политике.",
    ),
}  # fmt: skip
QUOTES = {"de": "„“", "en": "“”", "fr": "«»", "ru": "«»"}


def found(*paragraphs: str) -> list[tuple[str | None, str]]:
    return told(split_article("\n\n".join(paragraphs)))


def told(split: ArticleSplit) -> list[tuple[str | None, str]]:
    return [(readout.party, readout.text) for readout in split.statements]


def set_apart(text: str, way: str, lang: str) -> str:
    left, right = QUOTES[lang]
    return {
        "plain": text,
        "quoted": left + text + right,
        "opened at each": left + text.replace("\n\n", "\n\n" + left) + right,
        "block": "> " + text.replace("\n", "\n> "),
        "indented": "    " + text.replace("\n\n", "\n\n    "),
    }[way]


@pytest.mark.parametrize("way", ["plain", "quoted", "opened at each", "block", "indented"])
@pytest.mark.parametrize(
    ("lang", "number"), [(lang, number) for lang in LEADS for number in range(len(LEADS[lang]))]
)
def test_leads_and_comments(lang: str, number: int, way: str) -> None:
    (lead, party), (second, other) = LEADS[lang][number], LEADS[lang][(number + 3) % 10]
    if other == party:
        second, other = LEADS[lang][(number + 4) % 10]
    texts = STATEMENTS[lang]
    comments = COMMENTS[lang][number % 6], COMMENTS[lang][(number + 2) % 6]
    article = (
        OPENINGS[lang],
        lead,
        set_apart(texts[0], way, lang),
        comments[0],
        second,
        set_apart(texts[1], way, lang),
        comments[1],
    )
    assert found(*article) == [(party, texts[0]), (other, texts[1])]


@pytest.mark.parametrize("lang", LEADS)
def test_a_statement_in_the_paragraph_of_its_introduction(lang: str) -> None:
    text = STATEMENTS[lang][0]
    for lead, party in LEADS[lang]:
        if lead.endswith(":") and "Bendlerblock" not in lead:
            assert found(OPENINGS[lang], f"{lead} {text}", COMMENTS[lang][0]) == [(party, text)]


@pytest.mark.parametrize(("lang", "other"), [("de", "fr"), ("en", "de"), ("fr", "ru"), ("ru", "en")])
def test_the_author_has_the_first_and_the_last_word(lang: str, other: str) -> None:
    """A long statement in another language is not taken for the language of the article."""
    (lead, party), (text, _) = LEADS[lang][1], STATEMENTS[other]
    longer = "\n\n".join([text] + [part for part in text.split("\n\n") for _ in range(3)])
    split = split_article("\n\n".join((OPENINGS[lang], lead, longer, COMMENTS[lang][0])))
    assert split.lang == lang
    assert [(r.party, r.lang, r.text) for r in split.statements] == [(party, other, longer)]


def test_towns_in_capitals_introduce_statements_below_the_report_they_head() -> None:
    first, second = (text.replace("\n\n", " ") for text in STATEMENTS["de"])
    article = ("Ein Anruf", "MOSKAU/BERLIN (xyz) – Es wurde telefoniert. Die Darstellung beider Seiten:",
               f"BERLIN: {first}", f"MOSKAU: {second}", "Zuletzt hatten beide im März gesprochen.")  # fmt: skip
    assert found(*article) == [("Germany", first), ("Russia", second)]
    assert found("A call", f"NEW DELHI: {STATEMENTS['en'][0]}") == []


def test_a_headline_is_no_introduction() -> None:
    assert (
        found("Mali: President Kessler spoke with the Chancellor", "There is no more to it, I think.") == []
    )


def test_a_date_may_stand_below_a_heading() -> None:
    first, second = STATEMENTS["fr"]
    article = ("Deux textes", "Je partage ci-dessous les deux communiqués de presse.", "Le communiqué de presse du Kremlin",
               "Publié le 3 mai 2021", first, "Le communiqué de presse de l’Élysée", "Publié le 3 mai 2021", second)  # fmt: skip
    assert found(*article) == [("Russia", first), ("France", second)]


def test_a_quotation_may_open_with_its_title() -> None:
    first, second = STATEMENTS["ru"]
    second += "\n\nСтороны условились сверить графики и продолжить обмен мнениями о ценах на хлеб."
    article = (
        OPENINGS["ru"],
        "Администрация президента Турции опубликовала свой релиз в 14:49. Он имеет такое содержание.",
        f'"Президент Кесслер поговорил с Канцлером\n\n{first}"',
        "В Кремле отчитались на полчаса раньше, в 14:20.",
        f'"{second}"',
        COMMENTS["ru"][0],
    )
    assert found(*article) == [("Türkiye", first), ("Russia", second)]


def test_a_declaration_announced_in_full_says_what_its_office_thinks() -> None:
    own = (
        "Le Gouvernement du Niger informe l’opinion qu’il a décidé de fermer ses ports.\n\nCette décision fait suite au refus"
        " de l’ambassadeur de répondre à une invitation.\n\nElle prend effet ce jour."
    )
    reply = "La France a pris connaissance de la demande.\n\nNous évaluons en permanence les conditions de sécurité."
    split = split_article(
        "\n\n".join(
            ("La rupture", "Mardi, les autorités nigériennes ont publié un communiqué. Le voici dans son intégralité :", own,
             "Réponse du Quai d’Orsay, une heure plus tard :", reply,
             "Quelques centaines de personnes se sont rassemblées, estime un diplomate en poste.")
        )
    )  # fmt: skip
    assert told(split) == [("Niger", own), ("France", reply)]
    assert all(readout.confidence < 0.7 for readout in split.statements)
    assert len(split.warnings) == 2


def test_what_may_be_either_s_is_named_in_a_warning() -> None:
    split = split_article(
        "\n\n".join((OPENINGS["en"], "Here's Moscow's take:", STATEMENTS["en"][0], COMMENTS["en"][0]))
    )
    assert split.statements[0].confidence < 0.7
    assert "So no prisoners" in split.warnings[0]


def test_a_line_below_may_say_whose_a_statement_is() -> None:
    first, second = STATEMENTS["de"]
    article = ("Zwei Mitteilungen", "Wir dokumentieren beide im Wortlaut.", first, "Quelle: Auswärtiges Amt", second,
               "Quelle: Botschaft der Russischen Föderation in Berlin")  # fmt: skip
    assert found(*article) == [("Germany", first), ("Russia", second)]
    assert found("Zwei Mitteilungen", first, second, "Quelle: dpa") == []


def test_a_short_sentence_may_leave_out_who_published_what() -> None:
    second = STATEMENTS["ru"][1]
    article = (OPENINGS["ru"], "Вот как об этом рассказали в Вашингтоне.", STATEMENTS["en"][0], "А вот как — в Москве.",
               second, COMMENTS["ru"][0])  # fmt: skip
    assert found(*article) == [("United States", STATEMENTS["en"][0]), ("Russia", second)]


def test_what_is_set_apart_and_left_out_is_named_in_a_warning() -> None:
    longer = STATEMENTS["en"][0].replace("\n\n", " ") + " They will meet before the harvest is in."
    split = split_article(f"A call\n\nIt was late.\n\n> {longer}\n\nSomebody must have written this.")
    assert split.statements == ()
    assert "is set apart and reads like a statement" in split.warnings[0]


def test_an_introduction_that_comes_to_nothing_is_named_in_a_warning() -> None:
    longer = "President Kessler spoke today with Chancellor Brandauer, which is striking after all that was written."
    split = split_article(
        f"A call\n\nIt was late.\n\nThe Kremlin said:\n\n{longer}\n\nNothing more, I think."
    )
    assert split.statements == ()
    assert "introduces something" in split.warnings[0]


# How it is read ------------------------------------------------------------------------------------------------


def quoted(text: str) -> list[bool]:
    return [line.quoted for line in read_lines(Traced.of(text))]


def test_indented_paragraphs_are_set_apart() -> None:
    assert quoted("It went on. They say:\n\n    They spoke.\n\n    They agreed.\n\nThat was it.") == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "  They spoke at length.\n\n  They agreed on it.\n\n  That was all.",  # all of it
        "  They spoke at length and in\nearnest.\n\n  They agreed on it and on\nmore.",  # first lines
        "They spoke.\n\n    They agreed.",  # too little to tell
    ],
)
def test_an_indentation_that_sets_nothing_apart(text: str) -> None:
    assert not any(quoted(text))


def test_quotations_of_one_and_of_several_paragraphs() -> None:
    texts = ["“One.”", "“Two.", "Three.", "“Four.”", "“Five.", "Six.”"]
    assert [piece.text for piece in without_quotes([Traced.of(text) for text in texts])] == [
        "One.", "Two.", "Three.", "Four.", "Five.", "Six.",
    ]  # fmt: skip


def test_the_language_of_a_version_is_no_side_where_somebody_is_said_to_have_published_it() -> None:
    article = Path(__file__).parents[1] / "data" / "gold" / "articles" / "art1-de-beide-deutsch.txt"
    second = load_readouts(article)[1]
    assert (second.publisher, second.party) == ("Palast am Steinkai", None)
