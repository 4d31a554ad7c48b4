"""How one government answers what the other accuses it of or asks from it, by families of wording."""

from __future__ import annotations

import pytest

from readout_diff.findings.marking import relations

from .test_opposition import OTHER, TRADE, _alignment, claims, related

Said = tuple[str, str]

ANSWERS: dict[str, list[tuple[Said, Said]]] = {
    "complied": [
        (
            ("en", "She condemned the breach of the fisheries accord by foreign trawlers."),
            ("fr", "Le pays respecte scrupuleusement l'accord de pêche."),
        ),
        (
            ("de", "Er forderte, den Beobachtern Zutritt zu gewähren."),
            ("ru", "Республика строго соблюдает договор о наблюдателях."),
        ),
        (
            ("fr", "Elle a exigé le respect du traité sur le fleuve."),
            ("zh", "中方一贯遵守河流条约。"),
        ),
        (
            ("en", "The minister demanded an end to the meddling in local elections."),
            ("en", "The ambassador said that his country never interferes in elections abroad."),
        ),
        (
            ("en", "He urged the country to meet the terms of the safeguards accord."),
            ("de", "Sein Land halte sich stets genau an das Abkommen über Sicherungsmaßnahmen."),
        ),
    ],
    "rejected": [
        (
            ("de", "Österreich wird Spionage durch ausländische Beamte niemals dulden."),
            ("zh", "所谓间谍活动纯属捏造。"),
        ),
        (("en", "He raised the poisoning of the lake."), ("ru", "Назвал сообщения об озере измышлениями.")),
        (("fr", "Les essais ont repris."), ("de", "Die Meldung sei frei erfunden.")),
        (
            ("fr", "Elle plaide pour la reconnaissance de la région."),
            ("en", "He voiced vehement opposition to recognising the region."),
        ),
        (
            ("en", "The President raised the hacking of the ministry."),
            ("fr", "Cette affaire de piratage a été montée de toutes pièces."),
        ),
    ],
    "blamed": [
        (
            ("en", "He demanded that the boats turn back."),
            ("zh", "海上对峙的责任全部在对方。"),
        ),
        (
            ("fr", "Elle s'est dite préoccupée par la fermeture du pont."),
            ("de", "Die Verantwortung liege allein bei der anderen Seite."),
        ),
        (
            ("en", "He urged China to lift the ban on seafood."),
            ("zh", "日方应立即改正错误。"),
        ),
        (
            ("en", "The minister called on Armenia to open the road."),
            ("en", "The minister called on Azerbaijan to free the road."),
        ),
    ],
    "refused": [
        (
            ("de", "Er appellierte an den Präsidenten, einzulenken."),
            ("en", "The country will never bow to threats."),
        ),
        (("fr", "Il a exhorté le pays à coopérer."), ("ru", "Страна не поддастся давлению.")),
        (("en", "She urged restraint."), ("zh", "我们永不屈服。")),
        (("en", "He called for talks at once."), ("fr", "Nous ne cèderons jamais aux pressions.")),
        (("en", "She asked him to reconsider."), ("de", "Man werde sich niemals einem Diktat beugen.")),
    ],
    "opposite": [
        # What is essential for relations, and what is not all there is to them.
        (
            ("en", "Calm at sea is a precondition for normal relations."),
            ("zh", "海洋争端不代表两国关系，应放在恰当位置。"),
        ),
        (
            ("de", "Die Freilassung sei Voraussetzung für gute Beziehungen."),
            ("fr", "Nos relations ne se résument pas à cette affaire."),
        ),
        (
            ("ru", "Возврат имущества — условие нормальных отношений."),
            ("en", "The claim should not define the overall relationship."),
        ),
        # Who is ready to talk.
        (
            ("en", "He saw no willingness on the other side."),
            ("ru", "Подчеркнул, что страна готова к переговорам."),
        ),
        (("fr", "Il n'y a aucune volonté de leur part."), ("de", "Man sei bereit zu Gesprächen.")),
        (("ru", "Политической воли там нет: они не готовы к диалогу."), ("zh", "各方愿意谈判。")),
        # What brings peace.
        (
            ("fr", "Les frappes ne peuvent garantir la sécurité."),
            ("en", "The strikes strengthen security in the whole region."),
        ),
        (
            ("zh", "制裁换不来和平。"),
            ("de", "Die Sanktionen dienen dem Frieden."),
        ),
    ],
    "term": [
        (
            ("en", "They spoke about Russia's ongoing war."),
            ("ru", "Рассказал о ходе специальной военной операции."),
        ),
    ],
}


@pytest.mark.parametrize(
    ("kind", "a", "b"), [(kind, a, b) for kind, rows in ANSWERS.items() for a, b in rows]
)
def test_an_answer_is_a_conflict(kind: str, a: Said, b: Said) -> None:
    there, back = related(a, b), related(b, a)
    assert there.kind == back.kind == "conflict"
    assert kind in {reason.kind for reason in there.reasons}
    assert there.strength == back.strength


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # Both ask for the same good conduct.
        (
            ("en", "He called on the country to cooperate with the agency."),
            ("de", "Er forderte, die Zusammenarbeit mit der IAEA fortzusetzen."),
        ),
        (
            ("en", "Both sides should fully observe the agreement."),
            ("zh", "双方应恪守协议。"),
        ),
        (("fr", "L'accord doit être pleinement respecté."), ("en", "She called for respect of the accord.")),
        (
            ("en", "He urged the opening of humanitarian corridors."),
            ("fr", "Il a demandé l'ouverture de couloirs humanitaires."),
        ),
        # A pledge to a principle answers no accusation.
        (("en", "She asked for closer contacts."), ("zh", "该国恪守一个中国政策。")),
        # Two that ask the same of one country, or of both sides.
        (
            ("en", "He urged Iran to return to talks."),
            ("fr", "Elle a demandé à l'Iran de reprendre les discussions."),
        ),
        (("en", "The two sides should keep calm."), ("en", "Both sides should show restraint.")),
        # Relations described, without an answer.
        (
            ("en", "Trust is the foundation of our relations."),
            ("de", "Vertrauen ist die Grundlage unserer Beziehungen."),
        ),
        # Both will not tolerate one thing.
        (
            ("en", "We will never tolerate interference from abroad."),
            ("fr", "Nous ne tolérerons jamais aucune ingérence."),
        ),
        (("zh", "韩方无意针对特定国家。"), ("en", "They spoke about supply chains.")),
    ],
)
def test_what_only_sounds_like_an_answer(a: Said, b: Said) -> None:
    assert related(a, b).kind == "same"
    assert related(b, a).kind == "same"


@pytest.mark.parametrize(
    ("text", "other", "conflict"),
    [
        # A dam on a river and a tariff on nothing of the kind.
        ("Rejected the claim about the Kalvara hydroelectric dam as baseless, not fact.", True, True),
        ("Rejected the claim about tariffs as baseless, not fact.", True, False),
        ("Rejected the claim about tariffs as baseless, not fact.", False, True),
    ],
)
def test_rare_words_in_common_do_for_a_topic(text: str, other: bool, conflict: bool) -> None:
    left, right = claims(("en", "She raised the Kalvara hydroelectric dam."), ("en", text))
    found = relations([left], [right], _alignment(0.3, ()), OTHER if other else TRADE)
    assert bool(found) is conflict
