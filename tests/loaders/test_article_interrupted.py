"""Statements whose quotation is interrupted: by who said it, by the author, by other quotation marks."""

from __future__ import annotations

import pytest

from readout_diff.loaders.article import split_article
from readout_diff.loaders.publishers import publisher_table

NEWS = "Both states have argued about the ports for months, and about the harvest that waits there."
FIRST = "It is plain that those who closed the ports in the south wish to gain from the dispute about grain"
SECOND = (
    "The dispute about the harvest and the ports has been settled by the court in May, as is known to all"
)


def found(*paragraphs: str) -> list[tuple[str | None, str]]:
    return [(r.party, r.text) for r in split_article("\n\n".join(paragraphs)).statements]


def test_two_sentences_in_one_paragraph_each_with_its_source() -> None:
    article = f'"{FIRST}," the Greek Foreign Ministry said in a statement. "{SECOND}," the ministry said.'
    assert found(NEWS, article, "The court did not wish to comment.") == [
        ("Greece", f"{FIRST},\n\n{SECOND},"),
    ]


def test_a_sentence_of_a_minister_before_it_is_not_whose_the_statement_is() -> None:
    minister = 'Earlier, Turkish Foreign Minister Emre Kaya said that "nobody needs a court to open a port."'
    article = f'"{FIRST}," the Greek Foreign Ministry said in a statement. "{SECOND}," the ministry said.'
    assert [party for party, _ in found(NEWS, minister, article)] == ["Greece"]


def test_a_quotation_goes_on_with_other_marks_and_ends_in_a_comma() -> None:
    article = (
        f'"{FIRST}," the Greek Foreign Ministry said in an announcement on Sunday.',
        f"“{SECOND}. The ports stay open to everybody.",
        "We recall that the agreement of last May is in force and that both states have signed it,” the ministry added.",
    )
    texts = found(NEWS, *article)
    assert [party for party, _ in texts] == ["Greece"]
    assert texts[0][1].startswith(FIRST)
    assert texts[0][1].endswith("both states have signed it,")


@pytest.mark.parametrize(
    ("above", "told", "below", "party"),
    [
        (
            "«Wir sind enttäuscht, dass die Häfen im Süden auch in diesem Monat nicht geöffnet worden sind»"
            ", so das griechische Außenministerium in einer Erklärung.",
            "Das Ministerium forderte alle Seiten auf, das Urteil «ohne Wenn und Aber» umzusetzen.",
            "«Beide Staaten haben den Vertrag im Mai unterzeichnet. Wir fordern die Nachbarn auf, ihn endlich"
            " einzuhalten», so die Erklärung des Außenministeriums.",
            "Greece",
        ),
        (
            "«Мы осуждаем закрытие портов на юге и сочувствуем всем, кто ждёт зерна. Призываем немедленно открыть"
            " порты для судов», — говорится в заявлении МИД Турции.",
            "Турция продолжит искать решение спора вместе с соседями, говорится в документе.",
            "«Наш министр поговорил с коллегами и выразил им поддержку в споре о портах», — отмечается в заявлении"
            " МИД Турции.",
            "Türkiye",
        ),
    ],
)
def test_the_author_tells_in_between_what_else_the_source_says(
    above: str, told: str, below: str, party: str
) -> None:
    statements = found(above, told, below)
    assert [one for one, _ in statements] == [party]
    first, last = statements[0][1].split("\n\n")
    assert above.startswith(f"«{first}»")
    assert below.startswith(f"«{last}»")


def test_what_another_state_does_in_between_ends_the_statement() -> None:
    quote = f"{FIRST}. {SECOND}. The ports stay open"
    article = (
        f'"{quote}," the Greek Foreign Ministry said in a statement.',
        "Türkiye has closed three ports since May and opened none of them again.",
        f'"{SECOND}," the statement said.',
    )
    assert found(NEWS, *article) == [("Greece", f"{quote},")]


def test_a_sentence_that_is_quoted_introduces_no_statement() -> None:
    article = (
        f'"{FIRST}," the Greek Foreign Ministry said in a statement.',
        "The Greek government asked the neighbours to open the ports and discussed the harvest with them.",
        "Ships have been waiting for a week, port workers told this newspaper.",
    )
    assert found(NEWS, *article) == []


def test_who_is_named_behind_a_quotation_goes_before_the_sentence_above() -> None:
    above = "Le Rwanda note la décision du Gouvernement du Burundi de fermer les ports du lac."
    quotes = (
        "« Nos ports restent ouverts, et nous suivons la situation des bateaux qui attendent. Les accords signés en"
        " mai restent en vigueur », ont affirmé les autorités rwandaises dans un communiqué dimanche.",
        "« Nous appelons nos voisins à rouvrir leurs ports sans attendre la récolte ».",
    )
    statements = found(above, *quotes, "Les bateaux attendent depuis une semaine sur le lac.")
    assert [party for party, _ in statements] == ["Rwanda"]
    assert statements[0][1].startswith("Nos ports")
    assert statements[0][1].endswith("sans attendre la récolte")


def test_the_press_office_of_a_named_head_of_government() -> None:
    above = (
        "The post was much read. The Press Office of the Kazakh Prime Minister published a statement on it."
    )
    quote = "There were no talks on the ports. Both heads of government discussed the harvest, and nothing else was agreed."
    assert found(NEWS, above, f"“{quote}”") == [("Kazakhstan", quote)]


def test_an_official_with_no_name_is_quoted_from_the_same_text() -> None:
    article = (
        '"Dem Gesandten wurde der starke Protest der Regierung gegen die Schließung der Häfen im Süden übermittelt",'
        " so der Bericht des griechischen Außenministeriums.",
        '"Wir erwarten, dass die Häfen geöffnet werden und sich so etwas nicht wiederholt", sagte der griechische'
        " Offizielle.",
        '"Der Gesandte sagte, er werde den Protest an seine Regierung weiterleiten", so das Ministerium.',
    )
    statements = found(*article)
    assert [party for party, _ in statements] == ["Greece"]
    assert statements[0][1].count("\n\n") == 2


@pytest.mark.parametrize(
    ("above", "party"),
    [
        (
            "Polish Prime Minister Adam Lis posted on Facebook about the ports of Norway and of Greece.",
            "Poland",
        ),
        (
            "Adam Lis, the Polish prime minister, has commented on the ports of Norway and of Greece.",
            "Poland",
        ),
        (
            "The prime minister of Poland, Adam Lis, was asked about the ports of Norway and of Greece.",
            "Poland",
        ),
        ("Polish ports are closed, say those of Norway and of Greece. Nobody knows an Adam there.", None),
    ],
)
def test_a_name_alone_stands_for_the_state_the_article_gives_with_it(above: str, party: str | None) -> None:
    quote = "All ports have been opened again today. After the talks an order was given to settle the matter of the harvest."
    lead = "After the meeting, Adam Lis published a photograph and wrote the following:"
    assert found(above, lead, f"“{quote}”") == [(party, quote)]


FRENCH = (
    "« Sa Majesté le Roi a eu, ce jour, un entretien téléphonique avec le Président de la République »"
    ", peut-on lire dans un communiqué du Cabinet royal marocain.",
    "Au cours de cet entretien, Sa Majesté le Roi a rappelé les liens entre les deux ports, ajoute le communiqué.",
    "Le Président a assuré Sa Majesté de sa volonté de rouvrir les ports avant la récolte.",
)


def test_a_quotation_that_goes_on_unmarked_and_is_closed_at_the_end() -> None:
    last = "Les deux chefs d’État sont convenus de se revoir au mois de mai »."
    statements = found(
        "Les deux chefs d’État ont parlé des ports lundi.", *FRENCH, last, "Il n’y aura pas de visite."
    )
    assert [party for party, _ in statements] == ["Morocco"]
    assert statements[0][1].split("\n\n") == [
        "Sa Majesté le Roi a eu, ce jour, un entretien téléphonique avec le Président de la République",
        "Au cours de cet entretien, Sa Majesté le Roi a rappelé les liens entre les deux ports",
        "Le Président a assuré Sa Majesté de sa volonté de rouvrir les ports avant la récolte.",
        "Les deux chefs d’État sont convenus de se revoir au mois de mai.",
    ]


def test_where_it_is_not_closed_again_it_ends_where_it_was_closed() -> None:
    statements = found(
        "Les deux chefs d’État ont parlé des ports lundi.", *FRENCH, "Il n’y aura pas de visite."
    )
    assert all("Au cours de" not in text for _, text in statements)


def test_what_goes_on_with_a_quotation_of_a_person_is_no_statement() -> None:
    article = (
        "“In addition I will tell my neighbours what I think of the closure of the ports in the south.",
        "“Our stand is clear. Friendly relations do not mean that we give up our ports, and we remain steadfast in"
        " defending them,” Lis said in a statement here today.",
    )
    assert found("The Polish minister, Adam Lis, talked about the ports on Monday.", *article) == []


def test_a_quotation_below_an_introduction_that_nothing_closes() -> None:
    quote = (
        "Greece attaches great importance to friendly relations with its neighbours. They have been on an upward"
        " path for years, which is evident from the number of ports and roads that were opened."
    )
    assert found(NEWS, "Read the Greek Foreign Ministry statement here:", f'"{quote}') == [("Greece", quote)]


def test_one_mark_closes_a_quotation_and_the_one_inside_it() -> None:
    first = (
        "Le Gouvernement espagnol réaffirme son attachement au contenu du traité et aux principes sur lesquels il"
        " repose, en particulier le « strict respect des ports et des récoltes de tous les voisins"
    )
    second = (
        "Le Gouvernement espagnol considère son voisin comme un ami et souhaite rouvrir les ports au plus tôt"
    )
    article = (
        "L’Algérie a suspendu lundi le traité sur les ports, après des mois de disputes.",
        f"« {first} », affirme une source diplomatique espagnole.",
        f"« {second} », poursuit la même source.",
        "Les bateaux attendent depuis une semaine.",
    )
    statements = found(*article)
    assert [party for party, _ in statements] == ["Spain"]
    assert statements[0][1].startswith(first)
    assert statements[0][1].endswith(second)


POST = (
    "Провел телефонный разговор с премьер-министром Норвегии. Выразил благодарность за поддержку рыбаков. Также"
    " обсудили урожай и порты двух стран"
)


@pytest.mark.parametrize(
    ("quote", "said", "counts"),
    [
        (POST, "написал он в своем Твиттере", True),
        (POST, "написал Лис в социальной сети", True),
        (POST, "сказал он", False),
        (POST, "написал Берг", False),
        (
            "Порты открыты, и это хорошо для всех. Урожай не может ждать, как не могут ждать и люди в городах",
            "написал он",
            False,
        ),
    ],
)
def test_what_an_office_holder_writes_is_a_statement_if_it_reads_like_one(
    quote: str, said: str, counts: bool
) -> None:
    above = "Президент Польши Адам Лис сообщил, что обсудил порты по телефону с коллегой, передает агентство."
    expected = [("Poland", quote)] if counts else []
    assert found(above, f'"{quote}", - {said}.', "Рыбаки ждут уже неделю.") == expected


def test_two_sentences_in_the_middle_of_a_paragraph_each_with_its_source() -> None:
    first = "Le ministère des Affaires étrangères dénonce la fermeture du port du sud et la détention de dix marins"
    second = (
        "Tous les services de l’État suivent les développements de l’affaire avec beaucoup de préoccupation"
    )
    paragraph = (
        "Le port est fermé depuis lundi, a annoncé le ministère tunisien des Affaires étrangères."
        f" « {first} », a indiqué le service de presse de la diplomatie tunisienne. « {second} », a souligné le"
        " ministère. Il a, par ailleurs, dénoncé « une violation du traité ». Les marins attendent."
    )
    assert found(paragraph) == [("Tunisia", f"{first}\n\n{second}")]


@pytest.mark.parametrize("name", ["le ministère", "в министерстве", "в ведомстве"])
def test_a_ministry_with_no_name_is_an_office(name: str) -> None:
    hit = publisher_table().best(f", сказали {name}.")
    assert hit is not None
    assert (hit.weight, hit.office.party) == (0, None)


@pytest.mark.parametrize(
    ("tail", "party"),
    [
        ("the ministry said in a statement", "Poland"),
        ("the ministry wrote on Twitter", "Poland"),
        ("the minister told reporters", None),
    ],
)
def test_the_ministry_is_the_one_named_last(tail: str, party: str | None) -> None:
    above = "The Norwegian minister and the Norwegian minister of fish have called the ports closed."
    named = "Their ambassador was summoned on Monday to the Polish Foreign Ministry because of the ports."
    quote = f"{FIRST}. {SECOND}. We expect an answer to this from the other side"
    expected = [(party, f"{quote},")] if party else []
    assert found(above, named, f'"{quote}," {tail}.', "Ships have been waiting for a week.") == expected
