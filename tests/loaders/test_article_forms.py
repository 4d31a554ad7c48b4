"""Forms in which real articles set statements off, each in an invented article."""

from __future__ import annotations

import pytest

from readout_diff.loaders.article import split_article
from readout_diff.loaders.publishers import find_office, publisher_table

EN = (
    "The President spoke today with the Chancellor about the harvest and the ports. They agreed that inspections should"
    " resume before the autumn."
)
EN2 = "The leaders also discussed the exchange of prisoners. The President thanked the Chancellor for her hospitality."
DE = (
    "Der Präsident hat heute mit der Kanzlerin telefoniert. Gegenstand waren die Ernte und die Häfen; beide vereinbarten,"
    " in Kontakt zu bleiben."
)
FR = (
    "Le Président s’est entretenu ce jour avec la Chancelière. Les deux dirigeants ont évoqué la récolte et les ports, et"
    " sont convenus de se revoir."
)
RU = "Состоялся телефонный разговор Президента с Канцлером. Обсуждены вопросы урожая и работы портов. Условлено о контактах."


def found(*paragraphs: str) -> list[tuple[str | None, str]]:
    return [(readout.party, readout.text) for readout in split_article("\n\n".join(paragraphs)).statements]


# Introductions in the article's own language, with no mark around the statement -------------------------------


@pytest.mark.parametrize(
    ("lead", "party", "statement"),
    [
        ("Here is how Ankara put it (official translation):", "Türkiye", EN),
        ("And now Number 10:", "United Kingdom", EN),
        ("President.ir:", "Iran", EN),
        ("10 Downing Street, 28 December:", "United Kingdom", EN),
        ("Official English Readout - Xi Jinping Has a Phone Call with the President - MFA", "China", EN),
        ("Ukraine (von mir aus dem Polnischen übersetzt):", "Ukraine", DE),
        ("Und so sieht die Meldung der türkischen Seite aus:", "Türkiye", DE),
        ("Ihre Mitteilung, aus dem Russischen, hat die Akorda am Abend verbreitet:", "Kazakhstan", DE),
        ("L’agence Chine nouvelle en a fait un long récit. En voici l’essentiel :", "China", FR),
        ("Voici ce qu’en dit le ministère nigérien :", "Niger", FR),
        ("1 — Compte rendu japonais", "Japan", FR),
        ("Пресс-служба Кремля:", "Russia", RU),
        ("Через час появилось и турецкое сообщение:", "Türkiye", RU),
        ("Источник: канцелярия премьер-министра Израиля", "Israel", RU),
    ],
)
def test_an_introduction_is_known_by_the_readout_below_it(lead: str, party: str, statement: str) -> None:
    first = {EN: "A long day.", DE: "Ein langer Tag.", FR: "Une longue journée.", RU: "Долгий день."}[
        statement
    ]
    last = {
        EN: "What is missing from it is as telling as what is in it.",
        DE: "Auffällig ist, was darin nicht vorkommt.",
        FR: "On remarquera surtout ce que le texte ne dit pas.",
        RU: "Примечательно, чего в этом тексте нет.",
    }[statement]
    assert found(first, lead, statement, last) == [(party, statement)]


def test_lines_say_where_a_translation_begins_and_ends() -> None:
    assert found(
        "Zwei Meldungen",
        "Die Medien haben nur die Hälfte berichtet. Daher habe ich die Erklärung des Kreml übersetzt.",
        "Beginn der Übersetzung:", DE, "Ende der Übersetzung", "Und so weiter, wie man sieht.",
    ) == [("Russia", DE)]  # fmt: skip


def test_a_numbered_section_ends_a_statement() -> None:
    assert found(
        "A day of calls", "1. White House", EN, "2. Kremlin", EN2, "3. Figures", "The figures are out, and are poor."
    ) == [("United States", EN), ("Russia", EN2)]  # fmt: skip


def test_source_lines_above_and_below() -> None:
    above = found(
        "Два звонка",
        "Источник: whitehouse.gov",
        RU,
        "Источник: пресс-служба Кремля",
        RU.replace("урожая", "газа"),
    )
    assert [party for party, _ in above] == ["United States", "Russia"]


def test_a_sentence_about_the_last_statement_may_introduce_the_next() -> None:
    assert found(
        "Ein Anruf, zwei Texte, und beide kamen erst am späten Abend", f"{EN} {EN2}", "So das Weiße Haus am Abend. Der Kreml machte es kürzer und ließ mitteilen:", DE,
        "Auffällig ist, was darin nicht vorkommt.",
    ) == [("United States", f"{EN} {EN2}"), ("Russia", DE)]  # fmt: skip


# Quotations ---------------------------------------------------------------------------------------------------


def test_an_attribution_that_interrupts_a_statement_is_no_part_of_it() -> None:
    first, second = EN.split(". ", 1)
    ((party, text),) = found(
        "A call",
        "In a readout of the call provided by the Élysée, he regretted the delay.",
        f"“{first} and about much else besides,” the statement said.",
        f"“{second}",
        f"“{EN2}”",
        "Nobody was surprised, I think.",
    )
    assert party == "France"
    assert "the statement said" not in text
    assert text.endswith(EN2)
    assert len(text.split("\n\n")) == 3


@pytest.mark.parametrize(
    "paragraph",
    [
        f"According to his office, they talked. “{EN} {EN2}” a statement from the Kremlin says.",
        f"“{EN} {EN2}”, the Kremlin said in a statement.",
        f'A readout issued by the Kremlin had said: "{EN} {EN2}”',
    ],
)
def test_a_quotation_within_a_paragraph_is_a_statement(paragraph: str) -> None:
    assert found("A call", paragraph, "That is all there is, I think.") == [("Russia", f"{EN} {EN2}")]


def test_a_quotation_may_end_in_the_middle_of_a_paragraph() -> None:
    assert found(
        "Как сообщает Кремль, лидеры поговорили по телефону, и разговор вышел долгим.",
        "«Продолжено обсуждение вопросов урожая, работы портов и обмена пленными, включая подготовку новой встречи глав государств в столице до конца года."
        " Стороны подтвердили готовность к ней.\nУсловлено о продолжении контактов», — отметили в Кремле.",
        "В Киеве разговор пока не комментировали.",
    ) == [
        (
            "Russia",
            "Продолжено обсуждение вопросов урожая, работы портов и обмена пленными, включая подготовку новой встречи глав государств в столице до конца года."
            " Стороны подтвердили готовность к ней.\n\nУсловлено о продолжении контактов",
        )
    ]


@pytest.mark.parametrize(
    "quotation",
    [
        "“It was a good talk, and I told him that my country will go its own way. I have nothing to add to that today,”"
        " the State Department spokesperson added.",
        "“They had a long talk about many things and will speak again soon. There was no mention of the ports at all,”"
        " the spokesman tweeted.",
        "“The President encouraged the Chancellor to improve relations with the neighbours and to fulfil the promise to"
        " better the lives of their people,” the reference in the White House’s readout said.",
    ],
)
def test_what_a_person_says_is_no_statement(quotation: str) -> None:
    article = (
        "A call",
        "The Foreign Office rejected the statement by the State Department.",
        quotation,
        "More later.",
    )
    assert found(*article) == []


def test_a_credit_at_the_end_of_a_paragraph_is_no_part_of_it() -> None:
    split = split_article(
        f"Zwei Stimmen\n\nWeißes Haus\n\n{DE} (Übersetzung: Redaktion)\n\nAuffällig ist vieles nicht."
    )
    (readout,) = split.statements
    assert (readout.text, readout.translation_credit) == (DE, "Übersetzung: Redaktion")


# Whose it is --------------------------------------------------------------------------------------------------


def test_the_one_who_is_answered_does_not_publish() -> None:
    ((party, _),) = found(
        "Quelques heures après la réponse du président du gouvernement espagnol, la diplomatie marocaine monte au créneau.",
        "Dans un communiqué, le ministère répond aux propos de Madrid. En voici le contenu :",
        FR,
    )
    assert party == "Morocco"


def test_an_office_with_its_country_goes_before_a_shorter_name() -> None:
    office = find_office("Пресс-служба президента Азербайджана сообщила:")
    assert office is not None
    assert office.party == "Azerbaijan"


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("das ruandische Außenministerium", "Rwanda"), ("the Irish government", "Ireland"), ("la présidence algérienne", "Algeria"),
        ("le ministère canadien", "Canada"), ("МИД Узбекистана", "Uzbekistan"), ("the Malaysian foreign ministry", "Malaysia"),
    ],
)  # fmt: skip
def test_states_are_known_by_name_and_adjective(words: str, party: str) -> None:
    hit = publisher_table().best(words)
    assert hit is not None
    assert hit.office.party == party


def test_an_agency_names_without_titles() -> None:
    ((party, text),) = found(
        "Zwei Anrufe, one story",
        "China’s Xinhua news agency carried this account:",
        "Chinese President Wu Shan on Tuesday held a phone conversation with President Luiz Abreu.",
        "Abreu said that his country attaches great importance to its relations with China. Wu agreed.",
        "It is conspicuous what is not in it, I think.",
    )
    assert party == "China"
    assert text.endswith("Wu agreed.")
