"""Positions that oppose each other in the wording of statements, and what only looks like it."""

from __future__ import annotations

import numpy as np
import pytest

from readout_diff.alignment.links import Alignment, Link
from readout_diff.findings.claims import Claim, read_claims
from readout_diff.findings.conflicts import Relation, relate
from readout_diff.findings.marking import relations
from readout_diff.mentions import mentions_of
from readout_diff.passages import Passage
from readout_diff.readout import Span

OPENING = "opening"
TRADE = ((frozenset({"trade"}),), (frozenset({"trade"}),))
OTHER = ((frozenset({"trade"}),), (frozenset({"energy"}),))


def claims(a: tuple[str, str], b: tuple[str, str], formula: str | None = None) -> tuple[Claim, Claim]:
    """Read two passages, each a language and a text."""
    left, right = (
        [Passage(name, 0, Span(0, len(text)), text, lang)] for name, (lang, text) in (("a", a), ("b", b))
    )
    ours, theirs = mentions_of(left, right)
    return read_claims(left, ours, [formula])[0], read_claims(right, theirs, [formula])[0]


def related(a: tuple[str, str], b: tuple[str, str], formula: str | None = None) -> Relation:
    return relate(*claims(a, b, formula), 0.9)


def _alignment(probability: float, links: tuple[Link, ...]) -> Alignment:
    matrix = np.array([[probability]], dtype=np.float32)
    return Alignment(links, matrix, matrix, 0.4)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # One takes a step, the other calls it a mistake.
        (
            ("en", "Joining the alliance strengthens the security of Norrland."),
            (
                "ru",
                "Подчёркнуто, что отказ от нейтралитета был бы ошибочным: угроз безопасности не существует.",
            ),
        ),
        (
            ("en", "She informed him of the sanctions adopted by the Union."),
            (
                "ru",
                "Отмечена контрпродуктивность санкционного давления, как и вмешательства во внутренние дела.",
            ),
        ),
        (
            ("de", "Er kündigte weitere Maßnahmen an."),
            ("fr", "Cette décision serait une grave erreur, ne menant à rien."),
        ),
        # One is concerned, the other says where the cause lies.
        (
            ("de", "Er zeigte sich besorgt über den Zustrom."),
            ("ru", "Кризис порождён просчётами западных правительств."),
        ),
        (
            ("en", "She voiced concern about the migrants at the border."),
            ("de", "Die eigentliche Ursache liege in der Politik der Union."),
        ),
        # One asks for what the other calls a matter of its own.
        (
            ("fr", "Il a demandé le retrait des troupes étrangères."),
            ("ru", "Сроки вывода войск являются вопросом двусторонних отношений."),
        ),
        (
            ("en", "He demanded that the inspectors be let in again."),
            ("en", "He called the suspension a natural response to the conduct of the agency."),
        ),
        (
            ("fr", "Il a invité le pays à revenir à la table des négociations."),
            ("en", "His country has not left the negotiating table."),
        ),
        # One is for pressure, the other for talks only.
        (
            ("en", "He called for the utmost pressure on the regime."),
            ("ru", "Урегулирования можно добиться исключительно политико-дипломатическими средствами."),
        ),
        # One is concerned about the other, who asks for restraint in turn.
        (
            ("en", "Europe's concerns regarding overcapacity are well known."),
            ("zh", "希望欧方坚持公平竞争，避免将经贸问题泛政治化。"),
        ),
        # One asks or accuses, the other will not hear of it.
        (("en", "She urged a ceasefire."), ("ru", "О прекращении огня не может быть и речи.")),
        (("de", "Er forderte eine Untersuchung."), ("fr", "Une enquête serait prématurée.")),
        (("fr", "Il a dénoncé les subventions."), ("zh", "这些指责纯属双重标准。")),
        (("zh", "要求停止部署导弹。"), ("de", "Ein Abzug kommt nicht in Frage.")),
        (
            ("en", "He condemned the strikes."),
            ("en", "The strikes were self-defence; there was no alternative."),
        ),
        (("fr", "Il a condamné les frappes."), ("ru", "Удары стали ответом на диверсию.")),
        (("de", "Er verurteilte die Zölle."), ("en", "The duties were a response to unfair subsidies.")),
        # One names whose duty it is, the other calls it a conflict inside the country.
        (
            ("en", "She stressed Torvania's share of responsibility for the agreements."),
            ("ru", "Обсуждён внутриукраинский кризис; необходимо прямое взаимодействие Киева с Донецком."),
        ),
    ],
)
def test_positions_that_oppose_each_other(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert related(a, b).kind == "conflict"
    assert related(b, a).kind == "conflict"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # What is only mentioned cannot be rejected.
        (
            ("de", "Gesprochen wurde über Belarus und die Ukraine."),
            ("ru", "Подчёркнута неприемлемость вмешательства извне во внутренние дела Белоруссии."),
        ),
        # To explain what was asked for, or to grant it, is no refusal.
        (("de", "Er forderte Zugang für das Rote Kreuz."), ("ru", "По этому вопросу даны разъяснения.")),
        (
            ("fr", "En réponse à une demande du pays, il enverra des vaccins."),
            ("fr", "Il fournira des vaccins."),
        ),
        (
            ("en", "She thanked him for clarifying his view."),
            ("ru", "Он попросил передать пожелания здоровья."),
        ),
        # Words that only look like blame, refusal or rejection.
        (("de", "Er forderte Hilfe."), ("de", "Den Verletzten werde geholfen.")),
        (
            ("zh", "推动全球治理朝着更加公正合理的方向发展。"),
            ("ru", "Стороны добиваются справедливой системы."),
        ),
        (("fr", "Il devrait conduire le pays à refuser la guerre."), ("en", "They should avoid war.")),
        (
            ("en", "He called for respect of the ceasefire."),
            ("en", "His country will not violate the ceasefire."),
        ),
        (
            ("fr", "Les ressortissants ne doivent faire l'objet d'aucune menace."),
            ("en", "He expressed concern over the two nationals."),
        ),
    ],
)
def test_positions_that_do_not(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert related(a, b).kind == "same"
    assert related(b, a).kind == "same"


def test_a_bare_number_of_an_opening_is_no_conflict() -> None:
    a, b = ("en", "They spoke for 25 minutes from 7:15 p.m."), ("zh", "总理13日应约通电话。")
    assert related(a, b, OPENING).kind == "same"


def test_a_denial_that_repeats_the_name_needs_no_likeness() -> None:
    a = (
        "en",
        "He also expressed concern about citizens detained under the Emergency Powers Decree in Qasira.",
    )
    b = ("en", "There was no discussion of the Emergency Powers Decree.")
    left, right = claims(a, b)
    assert relations([left], [right], _alignment(0.0, ()), OTHER)[0, 0].kind == "conflict"
    assert relations([right], [left], _alignment(0.0, ()), OTHER)[0, 0].kind == "conflict"
    other = claims(a, ("en", "There was no discussion of the Fisheries Protocol."))
    assert relations([other[0]], [other[1]], _alignment(0.0, ()), OTHER) == {}


def test_dates_of_passages_that_are_not_linked_are_those_of_two_events() -> None:
    left, right = claims(("en", "The summit will be held in July."), ("fr", "Ils se retrouveront en juin."))
    assert relations([left], [right], _alignment(0.2, ()), TRADE) == {}
    link = Link((0,), (0,), 0.9, 0.9, "same")
    assert relations([left], [right], _alignment(0.9, (link,)), TRADE)[0, 0].kind == "conflict"
