"""English cues: sentences as English readouts word them, with the topics they carry."""

from __future__ import annotations

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    # Ukraine
    ("Both leaders deplored the bombardment of Odesa and promised further air defence.", "ukraine"),
    (
        "The President said that those who started this war of choice must be held to account for Mariupol.",
        "ukraine",
    ),
    (
        "The way to a settlement is known: the Minsk Package of Measures must be carried out without cherry-picking.",
        "ukraine",
    ),
    (
        "It was stressed that the Kiev authorities continue to evade a direct dialogue with Donetsk and Lugansk.",
        "ukraine",
    ),
    ("Attention was drawn to the pumping of the Kiev regime full of Western weapons.", "ukraine"),
    ("Progress on the grain corridor across the Black Sea was reviewed.", "ukraine"),
    ("The Prime Minister condemned Putin's brutal campaign against civilians.", "ukraine"),
    ("She reiterated that borders must not be changed by force.", "ukraine"),
    ("The Chancellor promised support for as long as it takes.", "ukraine"),
    ("They agreed that the Coalition of the Willing stands ready once a ceasefire is in place.", "ukraine"),
    ("The leaders underlined that no decision on Ukraine may be taken without Ukraine.", "ukraine"),
    (
        "The idea of a mutual halt to strikes on energy infrastructure for thirty days was discussed.",
        "ukraine",
    ),
    # NATO
    ("The Prime Minister called on every ally to reach the 2 percent of GDP agreed in Wales.", "nato"),
    ("The President confirmed the stationing of a brigade in Lithuania.", "nato"),
    ("Serious concern was expressed at the drawing of Georgia into the North Atlantic alliance.", "nato"),
    ("They welcomed progress on Sweden's membership of the Alliance.", "nato"),
    ("The two agreed that burden sharing has to be fairer.", "nato"),
    # Cyber
    ("He asked that hackers who blackmail hospitals find no shelter.", "cyber"),
    (
        "The sides agreed to resume consultations on international information security.",
        "cyber summit_follow_up",
    ),
    ("The Secretary warned against interference in the electoral process.", "cyber"),
    ("The ministers affirmed an open, free and secure internet.", "cyber"),
    ("Intrusions into telecom networks attributed to Salt Typhoon were raised.", "cyber"),
    # Iran
    ("They want Tehran to come back into compliance with the agreement of 2015.", "iran"),
    ("A quick resumption of the Vienna talks was called for.", "iran"),
    ("The three European ministers announced that snapback remains on the table.", "iran"),
    ("Iran's nuclear ambitions can be ended only by diplomacy, the Prime Minister said.", "iran"),
    # Diplomats
    ("The ambassador was summoned and handed a note of protest.", "diplomats"),
    ("Conditions for the normal work of both embassies have to be restored.", "diplomats"),
    ("It was agreed to lift the restrictions on the movement of diplomatic personnel.", "diplomats"),
    ("The return of seized diplomatic property was raised once more.", "diplomats"),
    # Arms control
    ("The leaders agreed that a nuclear war cannot be won and must never be fought.", "arms_control"),
    ("He proposed a moratorium on the deployment of intermediate-range missiles.", "arms_control"),
    ("They reaffirmed the NPT as the cornerstone of the nonproliferation regime.", "arms_control"),
    ("The removal of the regime's stockpile of chemical weapons was verified.", "arms_control"),
    # Sanctions
    ("The two decided to impose further costs on Moscow if it does not change course.", "sanctions_economy"),
    ("They reviewed how the oil price cap is enforced and the shadow fleet is stopped.", "sanctions_economy"),
    ("The proceeds of the immobilised assets should serve the victims.", "sanctions_economy"),
    ("China opposes long-arm jurisdiction and illegal unilateral sanctions.", "sanctions_economy"),
    # European security
    ("The President spoke of a new architecture of security and trust in Europe.", "european_security"),
    (
        "Written and legally binding guarantees were demanded in answer to the drafts handed over in December.",
        "european_security",
    ),
    ("No state may strengthen its security at the expense of others.", "european_security"),
    ("The two discussed Europe's longer-term security.", "european_security"),
    ("They thanked the OSCE chair for reviving the dialogue.", "european_security"),
    # Energy
    ("Reliable deliveries of natural gas through the pipeline were confirmed.", "energy"),
    ("The construction of the second unit of the nuclear power plant is on schedule.", "energy"),
    ("They noted the importance of OPEC+ for the balance of supply and demand.", "energy"),
    ("The ministers want to reduce dependence on fossil fuels from one supplier.", "energy climate"),
    # Middle East
    ("Both called for restraint in Lebanon and for the Blue Line to be respected.", "middle_east"),
    ("The Prime Minister reaffirmed Israel's right to defend itself against rockets.", "middle_east"),
    ("The work of the Syrian Constitutional Committee in Geneva was supported.", "middle_east"),
    (
        "They urged that aid should reach Gaza and all hostages should be freed.",
        "middle_east human_rights_prisoners",
    ),
    ("Attacks on shipping in the Red Sea were condemned.", "middle_east"),
    ("The situation in Iraq and the threat posed by ISIL were examined.", "middle_east"),
    # Afghanistan
    ("They coordinated flights for those still waiting at the airport in Kabul.", "afghanistan"),
    ("The Taliban will be judged by whether girls return to school.", "afghanistan human_rights_prisoners"),
    # Korea
    ("They condemned the intercontinental launch by the DPRK.", "korea"),
    ("Both welcomed the contacts between the two Koreas.", "korea"),
    # China and Taiwan
    ("The ministers opposed unilateral attempts to change the status quo in the Strait.", "china_taiwan"),
    ("They voiced concern over dangerous manoeuvres near Second Thomas Shoal.", "china_taiwan"),
    ("The leaders compared notes on a rising China.", "china_taiwan"),
    ("Taiwan independence and peace in the Strait are as irreconcilable as fire and water.", "china_taiwan"),
    # Climate
    ("They want the Paris Agreement carried out and emissions cut.", "climate"),
    ("The wildfires of the summer show how urgent it is to cut emissions.", "climate"),
    # Health
    ("The supply of vaccines to poorer countries through COVAX was discussed.", "health_covid"),
    ("The two agreed to build back better after the pandemic.", "health_covid"),
    # Human rights
    ("He pressed for the release of two citizens who are wrongfully detained.", "human_rights_prisoners"),
    ("She voiced alarm at the violent suppression of peaceful protests.", "human_rights_prisoners"),
    ("The Prime Minister raised the continued confinement of dual nationals.", "human_rights_prisoners"),
    ("An exchange of prisoners of war is being prepared.", "human_rights_prisoners"),
    ("He opposed the use of the death penalty.", "human_rights_prisoners"),
    # Trade
    ("The leaders want tariffs on steel and aluminium to go.", "trade"),
    ("Trade turnover grew by a third despite unfavourable external conditions.", "trade"),
    ("The intergovernmental commission dealt with large joint projects.", "trade"),
    ("He asked that European companies be given fair access to the market.", "trade"),
    ("They agreed to speed up the free trade agreement.", "trade"),
    ("Decoupling and the breaking of supply chains help nobody.", "trade"),
    # Bilateral relations
    ("Topical issues of bilateral relations were considered.", "bilateral_relations"),
    ("The two sides should view each other correctly and manage their differences.", "bilateral_relations"),
    ("Relations have reached their lowest point since the end of the Cold War.", "bilateral_relations"),
    ("The two countries firmly support each other's core interests.", "bilateral_relations"),
    ("They reaffirmed the strength of the US-German alliance and friendship.", "bilateral_relations"),
    ("The President said that the partnership is ironclad and will only get closer.", "bilateral_relations"),
    (
        "China and France should bring their comprehensive strategic partnership to a new level.",
        "bilateral_relations",
    ),
    ("It is important to keep channels of communication open.", "bilateral_relations"),
    ("He called the two countries natural partners and old friends.", "bilateral_relations"),
    ("Competition must not veer into conflict.", "bilateral_relations"),
    # History
    ("The leaders exchanged greetings on Victory Day and paid tribute to the Red Army.", "history_ww2"),
    ("Attempts to revise the outcome of the Second World War were rejected.", "history_ww2"),
    # Follow-up
    ("The presidents instructed their ministers to carry on the work.", "summit_follow_up"),
    ("It was agreed that the advisers would hold consultations in the coming days.", "summit_follow_up"),
    ("The Prime Minister looked forward to welcoming the President to Cornwall in June.", "summit_follow_up"),
    ("He was invited to make a state visit next spring.", "summit_follow_up"),
    ("The next round will take place in Geneva.", "summit_follow_up"),
    (
        "They look forward to the early implementation of the agreements reached at the summit in Geneva.",
        "summit_follow_up",
    ),
    ("A schedule of upcoming contacts at the top level was agreed.", "summit_follow_up"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("The Scottish court decided to send him back to Libya.", ""),
    ("The transport minister attended the opening of the European Political Community.", ""),
    ("They welcomed economic resilience and stressed the importance of education.", ""),
    ("They met at the home of the President of the European Council.", ""),
    ("The Prime Minister wished her friend good health.", ""),
    ("They took a walk through the alliance of gardens.", ""),
    ("She handed over a photograph of the summit of the mountain.", ""),
    ("He thanked the Secretary-General for the energy and dedication of his staff.", ""),
    ("They agreed on the importance of transport by rail and of the arts.", ""),
    ("The victims of Flight 752 and their families deserve justice from Iran.", ""),
    ("The armed groups in Haiti have to be disarmed.", ""),
    ("Mediation between Armenia and Azerbaijan continues.", ""),
    ("They called for an end to the war on the Strip.", "middle_east"),
    ("Their talks dealt with energy, infrastructure and tourism.", "energy"),
    ("Energy security, climate policy and transport were on the agenda.", "energy climate"),
    ("Syria, the war in Ukraine and grain were discussed.", "middle_east ukraine trade"),
    ("Two Canadians were detained in China.", "human_rights_prisoners"),
    ("They agreed to stay in close touch.", ""),
    ("He looked forward to speaking again soon.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("Sanctions were not discussed.", "sanctions_economy"),
    ("The question of Taiwan did not come up.", "china_taiwan"),
    ("Reports that the leaders talked about tariffs are wrong.", "trade"),
)

OPENING = "The President spoke today with his counterpart."


def tagged(*sentences: str) -> list[tuple[set[str], set[str]]]:
    """Return for each passage of a readout the topics it mentions, and those it denies."""
    start = 0
    passages = []
    for index, text in enumerate(sentences):
        passages.append(Passage("r", index, Span(start, start + len(text)), text, "en"))
        start += len(text) + 1
    hits = tag_topics(passages, load_scheme())
    return [
        (
            {h.topic_id for h in hits if h.passage_index == passage.index and not h.denied},
            {h.topic_id for h in hits if h.passage_index == passage.index and h.denied},
        )
        for passage in passages
    ]


@pytest.mark.parametrize(("sentence", "topics"), MENTIONS)
def test_mention(sentence: str, topics: str) -> None:
    assert tagged(OPENING, sentence)[1] == (set(topics.split()), set())


@pytest.mark.parametrize(("sentence", "topics"), TRAPS)
def test_words_in_another_sense_carry_no_topic(sentence: str, topics: str) -> None:
    assert tagged(OPENING, sentence)[1][0] == set(topics.split())


@pytest.mark.parametrize(("sentence", "topics"), DENIALS)
def test_denied_subject_is_no_mention(sentence: str, topics: str) -> None:
    assert tagged(OPENING, sentence)[1] == (set(), set(topics.split()))


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        (
            "The leaders held a call covering trade, the war in Ukraine and the climate.",
            "trade ukraine climate",
        ),
        (
            "The Secretary spoke with the minister and reaffirmed the special relationship.",
            "bilateral_relations",
        ),
        ("The Prime Minister called President Sorvath to thank her for the help in Kabul.", "afghanistan"),
        ("President Obi of Iraq was received by the Prime Minister.", ""),
        ("The Prime Minister met NATO Secretary General Mark Rutte this morning.", ""),
    ],
)
def test_opening_reports_what_stands_behind_its_verb(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0][0] == set(topics.split())


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        ("President Obi of Egypt spoke today with his counterpart.", "He thanked Egypt for its welcome."),
        ("The Iraqi Prime Minister called the President.", "He thanked the President of Iraq for his words."),
    ],
)
def test_a_party_is_no_subject(opening: str, sentence: str) -> None:
    assert tagged(opening, sentence)[1][0] == set()
