"""One text quoted in pieces: what may stand between them, and what shows that somebody else speaks."""

from __future__ import annotations

import warnings

import pytest

from readout_diff.loaders.article import split_article

ONE = "The government regards the closing of the southern ports as a breach of the treaty that was signed in May"
TWO = "It expects the neighbours to open them without delay"
THREE = "The treaty names a court for such disputes, and the government will turn to it"
EINS = "Die Regierung hält die Sperrung der Häfen im Süden für einen Bruch des Vertrags, der im Mai unterzeichnet wurde"
ZWEI = "Sie erwartet, dass die Nachbarn die Häfen unverzüglich öffnen"
DREI = "Der Vertrag sieht für solche Fälle ein Gericht vor, das nun angerufen wird"
UN = "Le gouvernement considère la fermeture des ports du sud comme une violation du traité signé au mois de mai"
DEUX = "Il attend de ses voisins qu’ils les rouvrent sans délai"
TROIS = "Le traité prévoit un tribunal pour ces différends, et le gouvernement le saisira"
ODIN = (
    "Правительство считает закрытие портов на юге нарушением договора, который был подписан в мае этого года"
)
DVA = "Оно ожидает, что соседи откроют порты без промедления и пропустят суда с зерном"
TRI = "Договор предусматривает для таких споров суд, и правительство обратится в этот суд"
NEWS = "Both states have argued about the ports for months, and the harvest waits there."
END = "Ships have been waiting for a week, and nobody knows what will become of their grain."


def found(*paragraphs: str) -> list[tuple[str | None, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [(r.party, r.text) for r in split_article("\n\n".join(paragraphs)).statements]


def text(*pieces: str) -> str:
    return "\n\n".join(pieces)


@pytest.mark.parametrize(
    ("paragraphs", "party", "pieces"),
    [
        (
            [f'The Greek Foreign Ministry said in a statement: "{ONE}."', f'The statement added: "{TWO}. {THREE}."'],
            "Greece",
            [f"{ONE}.", f"{TWO}. {THREE}."],
        ),
        (
            [f'"{ONE}," the Greek Foreign Ministry said in a statement on Monday. "{TWO}."'],
            "Greece",
            [f"{ONE},", f"{TWO}."],
        ),
        (
            [f'"{ONE}," the Greek Foreign Ministry said. "{TWO}," the ministry added.', f'"{THREE}," the statement concluded.'],
            "Greece",
            [f"{ONE},", f"{TWO},", f"{THREE},"],
        ),
        (
            [f"„{EINS}“, hieß es in der in Wien verbreiteten Erklärung des österreichischen Außenministeriums. „{ZWEI}.", f"„{DREI}.“"],
            "Austria",
            [EINS, f"{ZWEI}.", f"{DREI}."],
        ),
        (
            [f"Im griechischen Außenamt sah man es anders. „{EINS}“, hieß es in der in Athen verbreiteten Erklärung des Sprechers. „{ZWEI}.", f"„{DREI}.“"],
            "Greece",
            [EINS, f"{ZWEI}.", f"{DREI}."],
        ),
        (
            [f"« {UN}. {DEUX} », se félicite le ministère grec des Affaires étrangères. « {TROIS}. »"],
            "Greece",
            [f"{UN}. {DEUX}", f"{TROIS}."],
        ),
        (
            [f"« {UN}. {DEUX} », regrette le ministère grec des Affaires étrangères, de l’Union européenne et du Commerce dans son compte rendu, avant de conclure : « {TROIS}. »"],
            "Greece",
            [f"{UN}. {DEUX}", f"{TROIS}."],
        ),
        (
            [f'"{ODIN}", - говорится в сообщении МИД Греции. "{DVA}. {TRI}".'],
            "Greece",
            [ODIN, f"{DVA}. {TRI}"],
        ),
        (
            [f"«{ODIN}», — говорится в заявлении МИД Греции.", f"«{DVA}», — добавили в ведомстве."],
            "Greece",
            [ODIN, DVA],
        ),
        (
            [f"Das griechische Außenministerium wies den Vorwurf in einer Aussendung zurück. „{EINS}“, so das Ministerium weiter. „{ZWEI}.“"],
            "Greece",
            [EINS, f"{ZWEI}."],
        ),
    ],
)  # fmt: skip
def test_pieces_of_one_text_are_one_statement(paragraphs: list[str], party: str, pieces: list[str]) -> None:
    ((who, wording),) = found(NEWS, *paragraphs, END)
    assert (who, wording.split("\n\n")) == (party, pieces)


def test_the_text_goes_on_further_below() -> None:
    above = f"Selon un communiqué du bureau de presse du ministère grec de la Marine, « {UN[0].lower()}{UN[1:]}. {DEUX}. »"
    own = "Dans le port, le calme était revenu mardi à l’aube, et les pêcheurs réparaient leurs filets."
    below = f"Le texte du ministère évoque ensuite la procédure : « {TROIS}. »"
    ((party, wording),) = found(
        "Les deux États se disputent depuis des mois au sujet des ports du sud.", above, own, below
    )
    assert party == "Greece"
    assert wording.split("\n\n") == [f"{UN[0].lower()}{UN[1:]}. {DEUX}.", f"{TROIS}."]


NOT_JOINED = [
    # a person speaks: a verb before a title, a title with a suffix, a deputy, a name alone
    f'"{ONE}," said Greek Foreign Minister Adam Lis. "{TWO}."',
    f'"{ONE}," said the Greek minister of foreign affairs. "{TWO}."',
    f'"{ONE}," said the Greek Deputy Prime Minister in a statement. "{TWO}."',
    f'"{ONE}," Lis said in a statement. "{TWO}."',
    f'"{ONE}," the Greek president said in a statement. "{TWO}."',
    f'"{ONE}," he said. "{TWO}."',
    f"„{EINS}“, sagte der griechische Außenminister Lis. „{ZWEI}.“",
    f"„{EINS}“, erklärte Außenminister Lis in einer Mitteilung. „{ZWEI}.“",
    f"« {UN} », a déclaré le ministre grec des Affaires étrangères dans un communiqué. « {DEUX}. »",
    f"« {UN} », affirme le chef de la diplomatie grecque. « {DEUX}. »",
    f"«{ODIN}», — заявил министр иностранных дел Греции. «{DVA}».",
    f"«{ODIN}», — заявил глава МИД Греции. «{DVA}».",
    # a spokesperson answers, somebody talks to journalists
    f'"{ONE}," a spokesperson for the Greek Foreign Ministry said when asked. "{TWO}."',
    f'"{ONE}," the Greek Foreign Ministry said on Twitter. "{TWO}."',
    f'"{ONE}," the Greek Foreign Ministry told reporters. "{TWO}."',
    f"„{EINS}“, sagte der Sprecher des griechischen Außenministeriums auf Anfrage. „{ZWEI}.“",
    f"„{EINS}“, so die Sprecherin in einer Erklärung des griechischen Außenministeriums. „{ZWEI}.“",
    f"«{ODIN}», — ответили в МИД Греции на вопрос журналистов. «{DVA}».",
    # no office: a party, an agency, nobody
    f'"{ONE}," the Greek opposition said in a statement. "{TWO}."',
    f'"{ONE}," Athens residents say. "{TWO}."',
    f'"{ONE}," the Greek side said. "{TWO}."',
    f"„{EINS}“, hieß es in Athen. „{ZWEI}.“",
    f"„{EINS}“, heißt es weiter. „{ZWEI}.“",
    f"«{ODIN}», — сообщает ТАСС со ссылкой на МИД Греции. «{DVA}».",
    # two offices in one sentence
    f'"{ONE}," the Greek Foreign Ministry said in reply to the Turkish Foreign Ministry. "{TWO}."',
    f'"{ONE}," the Greek Foreign Ministry and the Turkish Foreign Ministry said. "{TWO}."',
    f"„{EINS}“, schrieb das griechische Außenministerium an das türkische Außenministerium. „{ZWEI}.“",
    # of whom, not by whom
    f'"{ONE}," a statement on Greece said. "{TWO}."',
    # whose the answer is remains open
    f"Das griechische Außenministerium verwies auf eine Erklärung der Opposition. „{EINS}“, heißt es darin. „{ZWEI}.“",
    f"Der Chef der Opposition wies die Darstellung der griechischen Regierung zurück. „{EINS}“, heißt es in der Erklärung. „{ZWEI}.“",
    f"Das griechische Außenministerium wollte sich nicht äußern. „{EINS}“, heißt es in einer Erklärung. „{ZWEI}.“",
    f'The Greek Foreign Ministry answered the statement of the Turkish Foreign Ministry. "{ONE}," it said. "{TWO}."',
    f"The Greek Foreign Minister issued a statement. \"{ONE},\" the statement said. \"{TWO}.\"",
    f"Das griechische Außenministerium bestellte den Botschafter ein. „{EINS}“, hieß es in der Erklärung. „{ZWEI}.“",
    f"Das griechische Außenministerium zitierte in einer Erklärung den Verband. „{EINS}“, heißt es darin. „{ZWEI}.“",
    f"Der Sprecher des griechischen Außenministeriums trat vor die Presse. „{EINS}“, hieß es in der Erklärung. „{ZWEI}.“",
    f"Die griechische Regierung schweigt. „{EINS}“, heißt es in der Erklärung der Opposition. „{ZWEI}.“",
    f'The Greek government faced criticism from the union. "{ONE}," the statement said. "{TWO}."',
    f'The Greek Foreign Ministry received a statement from the union. "{ONE}," the statement said. "{TWO}."',
    f'The Greek Foreign Ministry signed the treaty. "{ONE}," the text reads. "{TWO}."',
    f'"{ONE}," the Greek regional government said in a statement. "{TWO}."',
    f'"{ONE}," a White House official said. "{TWO}."',
    f'"{ONE}," the Kremlin critic said in a statement. "{TWO}."',
    f'"{ONE}," the foreign ministries of Greece and Türkiye said. "{TWO}."',
    f'"{ONE}," the Greek Foreign Ministry wrote. "{TWO}." With these words the Turkish minister ended the evening.',
    f'"{ONE}," the Greek deputy foreign ministry spokesman said in a statement. "{TWO}."',
    f'"{ONE}," the text of the treaty with Greece reads. "{TWO}."',
    f'"{ONE}," the Greek press agency said in a report. "{TWO}."',
    f'"{ONE}," a draft of the Greek Foreign Ministry reads. "{TWO}."',
    f'"{ONE}," the Greek Foreign Ministry said in a joint statement. "{TWO}."',
    f'"{ONE}," reads the reply of the Turkish opposition to the Greek Foreign Ministry. "{TWO}."',
    f"«{ODIN}», — говорится в сообщении президента Греции. «{DVA}. {TRI}».",
    f"«{ODIN}», — говорится в сообщении посольства Греции. «{DVA}. {TRI}».",
    f"МИД Греции получил письмо профсоюза. «{ODIN}», — говорится в документе. «{DVA}. {TRI}».",
    f"« {UN} », indique l’ambassade de Grèce dans un communiqué. « {DEUX}. »",
    f"Le gouvernement grec est critiqué par les pêcheurs. « {UN} », indique le communiqué. « {DEUX}. »",
]  # fmt: skip


@pytest.mark.parametrize("paragraph", NOT_JOINED)
def test_somebody_else_may_speak_and_nothing_is_put_together(paragraph: str) -> None:
    assert found(NEWS, paragraph, END) == []


GREEK = f'"{ONE}. {TWO}. {THREE}," the Greek Foreign Ministry said in a statement.'
GRIECHISCH = f"„{EINS}. {ZWEI}. {DREI}“, so das griechische Außenministerium in einer Erklärung."
GREC = f"« {UN}. {DEUX}. {TROIS} », selon un communiqué du ministère grec des Affaires étrangères."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (GREEK, '"We have been waiting here for a week. Nobody pays for it," said a farmer from the north.'),
        (GREEK, '"The ports were closed by them, not by us," the Turkish Foreign Ministry said in a statement.'),
        (GREEK, '"The army is ready and will open the ports," the Greek Defence Ministry added in a statement.'),
        (GREEK, 'The Turkish Foreign Ministry added: "The ports were closed by them, not by us."'),
        (GREEK, 'Prime Minister Lis added: "The ports were closed by them, not by us."'),
        (GREEK, '"The ports were closed by them," Prime Minister Lis said. "It was not us," the statement added.'),
        (GRIECHISCH, "„Die Häfen haben die anderen gesperrt, nicht wir“, so der türkische Außenminister weiter."),
        (GRIECHISCH, "„Die Häfen haben die anderen gesperrt, nicht wir“, heißt es dagegen in Ankara."),
        (GRIECHISCH, "„Die Häfen haben die anderen gesperrt, nicht wir.“ So der Chef der Opposition."),
        (GREC, "« Les ports ont été fermés par les autres, pas par nous », ajoute le ministre grec de la Marine."),
        (GREC, "« Les ports ont été fermés par les autres, pas par nous », poursuit un pêcheur de la côte."),
        (GREEK, '"The ports were closed by them, not by us." With these words a farmer from the north left the meeting.'),
        (GRIECHISCH, "„Die Häfen haben die anderen gesperrt.“ Mit diesen Worten verließ der türkische Minister am Abend den Saal."),
        (GREEK, 'The minister added: "The ports were closed by them, not by us."'),
    ],
)  # fmt: skip
def test_what_another_says_is_no_piece_of_the_statement(first: str, second: str) -> None:
    pieces = found(NEWS, first, second, END)
    assert [party for party, _ in pieces] == ["Greece"]
    assert len(pieces[0][1]) < len(first)


@pytest.mark.parametrize(
    "below",
    [
        f'The Turkish statement added: "{TWO}. {THREE}."',
        f'The union’s statement added: "{TWO}. {THREE}."',
        f'A statement said: "{TWO}. {THREE}."',
        f'The ministry in Ankara added: "{TWO}. {THREE}."',
        f'"{TWO}," the Greek Foreign Ministry said in a statement on Tuesday.',
        f'"{TWO}," the Greek Foreign Ministry said in another statement.',
    ],
)
def test_another_text_does_not_go_on_with_the_first(below: str) -> None:
    above = f'The Greek Foreign Ministry said in a statement on Monday: "{ONE}."'
    assert not any(ONE in wording and TWO in wording for _, wording in found(NEWS, above, below, END))


def test_two_offices_in_turns_keep_what_is_theirs() -> None:
    greek = f'"{ONE}," the Greek Foreign Ministry said in a statement. "{TWO}," the ministry added.'
    turkish = f'"{THREE}," the Turkish Foreign Ministry said in a statement. "The ports stay closed until then, and nobody will be let in without a paper," it added.'
    statements = found(NEWS, greek, turkish, END)
    assert [party for party, _ in statements] == ["Greece", "Türkiye"]
    assert statements[0][1].split("\n\n") == [f"{ONE},", f"{TWO},"]
    assert statements[1][1].split("\n\n") == [
        f"{THREE},",
        "The ports stay closed until then, and nobody will be let in without a paper,",
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [f'"{TWO}," the Greek Foreign Ministry said in a statement.', NEWS],
        ['The Greek Foreign Ministry called it "a breach of the treaty" in a statement. It added: "We will go to court."'],
        [f'"{TWO}," the Greek Foreign Ministry said, calling the closure "a breach of the treaty".'],
        [f'"I will not give in. {ONE}," the Greek Foreign Ministry said in a statement. "{TWO}."'],
    ],
)  # fmt: skip
def test_a_sentence_phrases_and_a_persons_words_are_none(paragraphs: list[str]) -> None:
    assert found(NEWS, *paragraphs, END) == []


def test_a_stray_mark_takes_nothing_of_what_follows() -> None:
    stray = f'"{ONE}," the Greek Foreign Ministry said in a statement. "{TWO}.'
    assert not any("Ships" in wording or "waiting" in wording for _, wording in found(NEWS, stray, END))
    farmer = '"We have been waiting here for a week," said a farmer from the north.'
    assert not any("waiting" in wording for _, wording in found(NEWS, stray, farmer, END))


def test_an_inner_guillemet_that_closes_two_quotations_joins_nothing() -> None:
    inner = f"« {UN}, dans le « strict respect des ports », indique le ministère grec des Affaires étrangères. « {DEUX}. »"
    for _, wording in found(NEWS, inner, END):
        assert "indique le ministère" not in wording


def test_an_office_told_by_the_sentence_before_alone_is_named_in_a_warning() -> None:
    above = "Das griechische Außenministerium reagierte auf das Interview des türkischen Ministers."
    split = split_article(
        f"{NEWS}\n\n{above}\n\n„{EINS}“, heißt es in der Erklärung. „{ZWEI}.“\n\n{END}", lang="de"
    )
    assert [(s.party, s.confidence < 0.7) for s in split.statements] == [("Greece", True)]
    assert any("only the sentence before" in warning for warning in split.warnings)


def test_what_goes_on_below_another_text_is_no_piece_of_the_first() -> None:
    above = f"„{EINS}“, so das griechische Außenministerium in einer Erklärung. „{ZWEI}.“"
    other = "Auch die Opposition gab am Dienstag eine lange Erklärung heraus, die viel gelesen wurde."
    below = "Die Erklärung schließt mit den Worten: „Die Häfen haben die anderen gesperrt, das wissen alle.“"
    statements = found("Beide Staaten streiten seit Monaten über die Häfen.", above, other, below)
    assert statements[0] == ("Greece", text(EINS, f"{ZWEI}."))


@pytest.mark.parametrize(
    "below",
    [
        "Die Erklärung des Verteidigungsministeriums schließt mit den Worten: „Die Häfen haben die anderen gesperrt.“",
        "Die Erklärung zitiert dann den Fischer Lis: „Die Häfen haben die anderen gesperrt.“",
        "Die Mitteilung der türkischen Regierung schließt mit den Worten: „Die Häfen haben die anderen gesperrt.“",
        "Die Erklärung der Opposition schließt mit den Worten: „Die Häfen haben die anderen gesperrt.“",
    ],
)
def test_more_of_another_text_further_below_is_no_piece(below: str) -> None:
    above = f"„{EINS}“, so das griechische Außenministerium in einer Erklärung. „{ZWEI}.“"
    own = "Im Hafen war es am Dienstag ruhig, und die Fischer flickten ihre Netze in der Sonne."
    statements = found("Die beiden Staaten streiten seit Monaten über die Häfen im Süden.", above, own, below)
    assert statements[0] == ("Greece", text(EINS, f"{ZWEI}."))
