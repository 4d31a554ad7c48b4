"""Statements as news agencies quote them: within their own sentences, with the attribution below or in between."""

from __future__ import annotations

import pytest

from readout_diff.loaders.article import split_article
from readout_diff.loaders.voice import bare_names

NEWS = "The leaders of both states spoke on Monday about the harvest and the ports, for the first time since May."


def found(*paragraphs: str) -> list[tuple[str | None, str]]:
    return [(r.party, r.text) for r in split_article("\n\n".join(paragraphs)).statements]


def test_a_quotation_within_the_sentence_that_introduces_it() -> None:
    quote = (
        "The Minister underlined that the closure will have a serious impact. The need of the hour was to reopen the"
        " ports. Both sides should respect the agreement of last May."
    )
    lead = f'The MEA also issued a statement in which it said, "{quote}"'
    assert found(
        NEWS, lead, "Some ships have been waiting for a week, port workers told this newspaper."
    ) == [("India", quote)]


def test_a_quotation_that_goes_on_after_it_further_added() -> None:
    first = (
        "The two sides agreed to strengthen communication through the joint commission, hold regular meetings on the"
        " harvest and improve the exchange of data,"
    )
    second = (
        "The two sides welcome the progress made in the recent meeting and agree to continue the dialogue, and"
        " emphasise that the ports should be reopened as soon as possible."
    )
    article = (NEWS, f'"{first}" the Chinese statement read.', f'It further added, "{second}"')
    assert found(*article) == [("China", f"{first}\n\n{second}")]


def test_quotations_of_two_offices_are_not_joined() -> None:
    kremlin = (
        "Состоялся телефонный разговор Владимира Путина с Президентом Турции. Обсуждались урожай и порты"
    )
    ankara = (
        "Президент Эрдоган провел телефонный разговор с Президентом России. Он подчеркнул важность портов"
    )
    assert found(
        "Владимир Путин и Реджеп Тайип Эрдоган поговорили по телефону.",
        f"«{kremlin}», — говорится в сообщении Кремля.",
        f"«{ankara}», — говорится в сообщении администрации президента Турции.",
    ) == [("Russia", kremlin), ("Türkiye", ankara)]


def test_a_paragraph_attributed_by_a_dash_below_it() -> None:
    quote = (
        "Es wurde ein Meinungsaustausch über die Ernte geführt. Wladimir Putin stellte fest, dass die Vorschläge eine"
        " Grundlage bilden können. Das Interesse an offenen Häfen wurde erneut bekräftigt,"
    )
    article = "\n".join(
        (
            "Der russische Präsident habe mit dem türkischen Präsidenten telefoniert, teilte der Kreml mit.",
            quote,
            "- es wurde im Kreml bemerkt.",
            "Auch der türkische Präsident hat von seiner Reise berichtet und Fotos davon gezeigt.",
        )
    )
    assert found(article) == [("Russia", quote)]


@pytest.mark.parametrize(
    ("above", "party"),
    [
        ("Об этом сообщила в воскресенье пресс-служба президента Казахстана.", "Kazakhstan"),
        ("Об этом сообщает пресс-служба Кремля.", "Russia"),
    ],
)
def test_who_publishes_stands_in_the_sentence_above(above: str, party: str) -> None:
    quote = "Состоялся телефонный разговор президентов двух стран. Обсуждены вопросы торговли, урожай и порты двух стран"
    intro = f"Президент Казахстана поговорил с президентом России об урожае. {above}"
    assert found(intro, f"«{quote}», — отмечается в сообщении.") == [(party, quote)]


def test_the_text_after_a_headlines_colon_goes_on_in_small_letters() -> None:
    headline = (
        "A Chinese perspective on the ministers' meeting: hours after the two ministers met in Vientiane on Thursday,"
        " India's External Affairs Ministry came out with a statement."
    )
    points = (
        "–Early reopening of the ports",
        "–Stabilise and rebuild relations",
        "–Abide by all agreements of the past",
    )
    assert found(headline, "Both ministers, the release said, agreed on the following:", *points, NEWS) == []


@pytest.mark.parametrize(
    "sentence",
    ["Wang Yi hoped that both sides keep in touch.", "Foreign Minister Wang Yi met Mr. Berg."],
)
def test_a_given_name_of_two_letters_follows_the_family_name(sentence: str) -> None:
    assert bare_names(sentence, frozenset({"Wang"})) == frozenset()


def test_headings_with_no_apostrophe() -> None:
    india = (
        "The Prime Minister held a telephone conversation today with the Premier. They discussed the harvest."
    )
    china = "Premier Li Qiang held a telephone conversation today with the Prime Minister. The two discussed ports."
    assert found(
        "Statements were issued by both countries.",
        "Indias Official Statement",
        india,
        "Chinas Statement",
        china,
    ) == [("India", india), ("China", china)]


def test_a_party_told_by_elimination_is_named_in_a_warning() -> None:
    split = split_article(
        "Serbia and Albania spoke about the harvest. Serbia wrote first, Albania did not answer.\n\n"
        "The call took an hour, and both sides had asked for it.\n\n"
        "The Office of the Head of State put it as follows:\n\n"
        "“Minister Ames met the Albanian minister today. They discussed the harvest and the ports, and agreed to stay in touch.”"
    )
    assert [(s.party, s.confidence < 0.7) for s in split.statements] == [("Serbia", True)]
    assert any("party, Serbia, is only the one" in warning for warning in split.warnings)


def test_a_spokesperson_named_above_speaks_for_an_office() -> None:
    quote = (
        "Präsident Erdogan gratulierte der Bundeskanzlerin zu ihrem Amtsantritt. Beide waren sich einig, die enge"
        " Abstimmung fortzusetzen. Im Mittelpunkt des Gesprächs standen die Ernte und die Häfen"
    )
    above = "Beide sprachen am Dienstag miteinander. Der Sprecher des deutschen Kabinetts, Jens Orlow, erklärte dies."
    assert found(NEWS.replace("both", "the"), above, f"«{quote}», so Orlow.") == [("Germany", quote)]


def test_a_place_before_the_articles_own_report_introduces_nothing() -> None:
    own = "New Delhi: Prime Minister Narendra Modi on Wednesday spoke to President Putin and told him to keep talking."
    quote = "Prime Minister Modi had a telephone conversation today with President Putin. They agreed to stay in touch."
    assert found(
        "PM Modi urges dialogue in call with Putin", own, f"On the call, New Delhi said: “{quote}”"
    ) == [("India", quote)]


def test_a_person_quoted_before_a_dash_is_no_office() -> None:
    quote = "Russia has started an energy war against Poland and the whole of Europe. All states have to end this."
    assert (
        found(NEWS, f'"{quote[:-1]}," – Zelenskyy emphasized.', "The leaders paid attention to trade.") == []
    )


def test_a_quotation_goes_on_after_its_attribution() -> None:
    first = (
        "Le président de la République, M. Tebboune, a reçu aujourd’hui un appel téléphonique de son homologue, le président"
        " de la République de Turquie. Le président turc a présenté ses vœux au peuple algérien"
    )
    second = "De son côté, le président Tebboune a adressé ses félicitations à son homologue turc et au peuple turc"
    assert found(
        "Les deux présidents ont échangé leurs vœux.",
        f"« {first} », lit-on dans le communiqué de la Présidence de la République.",
        f"« {second} », ajoute le communiqué.",
    ) == [("Algeria", f"{first}\n\n{second}")]


def test_a_quotation_closed_further_below_is_doubtful() -> None:
    split = split_article(
        "Le roi et le premier ministre se sont parlé.\n\n"
        "« Sa Majesté le Roi a eu, ce jour, un entretien téléphonique avec le Premier ministre. Les ports et les récoltes ont"
        " été évoqués », peut-on lire dans un communiqué du ministère marocain des Affaires étrangères.\n\n"
        "Au cours de cet entretien, Sa Majesté a rappelé les liens entre les deux pays.\n\n"
        "La déclaration signée en décembre constitue le cadre de ces relations »."
    )
    assert any("may go on until 'La déclaration" in warning for warning in split.warnings)


def test_a_sentence_that_begins_with_a_quotation_is_the_authors() -> None:
    lead = "Azerbaijan’s Foreign Ministry has commented on reports of a possible meeting of both ministers."
    quote = "The Azerbaijani side has always declared its readiness to hold a meeting with the other ministers today,"
    assert (
        found(lead, f"“{quote}” the ministry said in a statement.", "It gave no details of the agenda.") == []
    )


def test_an_office_that_notes_something_is_quoted_with_a_text() -> None:
    quote = (
        "Both leaders expressed shared concerns about the harvest in the north. They emphasised the need to reopen the"
        " ports of the country and to ensure the safety of ships, especially small ones."
    )
    above = "The President spoke with Prime Minister Modi of India in New Delhi, as the Prime Minister's Office confirmed."
    (statement,) = found(
        above, f"The PMO noted, “{quote}”", "It did not say when the ports would open again."
    )
    assert statement[1] == quote


def test_a_report_that_goes_on_below_an_advertisement_is_no_statement() -> None:
    own = (
        "In a call with Prime Minister Narendra Modi, President Joe Biden spoke of the harvest. The White House disclosed"
        " this information on Wednesday."
    )
    more = (
        "Kirby explained that Biden and Modi shared their concerns about recent developments during the call."
    )
    assert found(own, "COMMERCIAL BREAK", "SCROLL TO CONTINUE READING", more) == []
