"""English cues: sentences as English readouts word them, with the topics they carry."""

from __future__ import annotations

from functools import partial

import pytest
import sentences

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
    # Several subjects, and wording of many kinds
    (
        "In light of the aggravated internal crisis, the Russian side emphasised the need for Kiev to fulfil the Minsk agreements in full.",
        "ukraine",
    ),
    (
        "The President reiterated his call for an immediate ceasefire and the withdrawal of all troops.",
        "ukraine",
    ),
    (
        "A detailed exchange took place on the possibilities of a peaceful settlement of the conflict, taking its root causes into account.",
        "ukraine",
    ),
    ("The President condemned the so-called referendums held in the occupied regions.", "ukraine"),
    (
        "Special attention was given to provocations by the Ukrainian side along the line of contact.",
        "ukraine",
    ),
    ("He underscored that weapons or other lethal aid for Moscow would have consequences.", "ukraine"),
    ("They exchanged views on strengthening the eastern flank in light of Moscow's conduct.", "nato"),
    (
        "The President supported discussions on arms control, transparency and risk reduction in Europe.",
        "european_security arms_control",
    ),
    (
        "They expressed satisfaction at the exchange of notes on the extension of the New START Treaty for five years.",
        "arms_control",
    ),
    (
        "The two leaders agreed on the need to maintain human control over the decision to use nuclear weapons.",
        "arms_control",
    ),
    (
        "The President underscored the need to act against criminal groups carrying out ransomware attacks from Russian territory.",
        "cyber",
    ),
    ("They spoke about the cyberattack on the Bundestag and the disinformation that followed.", "cyber"),
    ("An exchange of persons held in custody in both countries was agreed.", "human_rights_prisoners"),
    (
        "They noted with satisfaction that the ombudspersons have reunited more families.",
        "human_rights_prisoners",
    ),
    (
        "The sides considered steps to remove irritants, above all those affecting embassies and consulates general.",
        "diplomats",
    ),
    (
        "The Presidents spoke in favour of normalising relations after years of stagnation.",
        "bilateral_relations",
    ),
    ("The world is big enough for the two countries to develop and prosper together.", "bilateral_relations"),
    (
        "The President underscored that the two nations must manage competition responsibly and keep lines of communication open.",
        "bilateral_relations",
    ),
    ("France and China are both independent great powers with a long friendship.", "bilateral_relations"),
    (
        "The President congratulated him on his election and expressed readiness to build constructive relations.",
        "bilateral_relations",
    ),
    (
        "Exchanges of students, tourists and artists between the two countries should grow.",
        "bilateral_relations",
    ),
    (
        "The President asked for a level playing field, an end to overcapacity and access for French cognac and pork.",
        "trade",
    ),
    ("The issue of natural gas supplies and transit to Europe was raised.", "energy"),
    ("They discussed payment for Russian gas in roubles.", "energy"),
    (
        "They agreed to work towards ending reliance on Russian oil and gas revenues that fund the war.",
        "sanctions_economy",
    ),
    (
        "The President reaffirmed the one-China policy and opposed unilateral changes from either side.",
        "china_taiwan",
    ),
    ("Concern was voiced over the deepening military ties between Pyongyang and Moscow.", "korea"),
    ("They agreed to continue efforts to preserve the Joint Comprehensive Plan of Action.", "iran"),
    (
        "The presidents discussed the exchange of strikes between Israel and Iran and the fate of the Iranian nuclear programme.",
        "iran middle_east",
    ),
    (
        "The Presidents spoke about the settlement in Syria, the work of the Astana process and the return of refugees.",
        "middle_east",
    ),
    ("Both condemned the chemical attack in Idlib and called for an investigation.", "middle_east"),
    (
        "The leaders agreed to coordinate closely on Afghanistan, so that it never again shelters terrorists.",
        "afghanistan",
    ),
    (
        "The President hoped China would raise its ambition before the climate conference in Glasgow.",
        "climate",
    ),
    (
        "The leaders discussed the prospects for the registration of Sputnik V in the European Union.",
        "health_covid",
    ),
    (
        "The leaders exchanged congratulations on the 75th anniversary of the Victory over Nazism.",
        "history_ww2",
    ),
    (
        "The 80th anniversary of the victory over fascism and of the founding of the United Nations should be marked together.",
        "history_ww2",
    ),
    ("The possibility of a personal meeting between the two presidents was discussed.", "summit_follow_up"),
    (
        "The two leaders exchanged views on countering the pandemic, on climate change and on deepening economic ties.",
        "health_covid climate trade",
    ),
    (
        "Both Presidents noted the need to expand practical cooperation in trade, investment and culture between Russia and France.",
        "bilateral_relations trade",
    ),
    (
        "The Chancellor and the President discussed how the Alliance can support Ukraine after the Vilnius summit.",
        "nato ukraine",
    ),
    (
        "The Prime Minister and the Chancellor agreed that the bond between Britain and Germany has never been stronger.",
        "bilateral_relations",
    ),
    (
        "They discussed the challenges posed by the People's Republic of China, including unfair trade practices.",
        "trade china_taiwan",
    ),
    (
        "They talked about tensions in the Gulf and the importance of preventing Iran from acquiring nuclear weapons.",
        "middle_east iran",
    ),
    (
        "The President called for a new arms control framework that preserves stability on the European continent.",
        "arms_control european_security",
    ),
    (
        "They agreed that advisers in the Normandy format would meet in Berlin within two weeks.",
        "ukraine summit_follow_up",
    ),
    ("The Russian President noted that Kiev was trying to revise the agreements of 2015.", "ukraine"),
    (
        "The leaders spoke about the ceasefire in Donbas and the supply of vaccines there.",
        "ukraine health_covid",
    ),
    (
        "The settlement in Libya was discussed, with emphasis on holding elections at the end of the year as scheduled.",
        "middle_east",
    ),
    ("They called on all sides to exercise restraint and to avoid a regional conflagration.", "middle_east"),
    (
        "The two Presidents spoke about the fate of Syrian refugees and the restoration of infrastructure destroyed in the fighting there.",
        "middle_east",
    ),
    (
        "Interest was confirmed in restoring normal relations between Russia and the European Union.",
        "bilateral_relations",
    ),
    ("The two leaders agreed to set up a hotline to avoid misunderstandings.", "bilateral_relations"),
    (
        "The President stressed that the American and Chinese people are linked by many ties of friendship.",
        "bilateral_relations",
    ),
    ("He expressed the hope that relations will get back on the right track.", "bilateral_relations"),
    (
        "It was agreed to promote youth exchanges and the teaching of each other's language.",
        "bilateral_relations",
    ),
    ("Companies of both countries should be treated equally in public procurement.", "trade"),
    ("The two leaders agreed to work towards an agreement on TikTok.", "trade"),
    ("The Chinese side hopes that Germany will oppose protectionism and keep its market open.", "trade"),
    (
        "Cooperation in the automotive industry, machine building and artificial intelligence should be expanded.",
        "trade",
    ),
    ("The parties noted that the gas contracts are being fulfilled in full.", "energy"),
    ("Joint work on hydrogen and renewables will be expanded.", "energy"),
    (
        "They discussed the fate of the blogger on hunger strike and his access to his doctors.",
        "human_rights_prisoners",
    ),
    (
        "The President mentioned the situation of the French teacher held since last year.",
        "human_rights_prisoners",
    ),
    (
        "Respect for the rule of law, free media and an independent judiciary was recalled.",
        "human_rights_prisoners",
    ),
    ("They agreed that the ambassadors would go back to their posts.", "diplomats"),
    ("The number of staff at the embassy was reduced as a countermeasure.", "diplomats"),
    (
        "The Chancellor recalled the suffering that the German attack on the Soviet Union brought upon millions.",
        "history_ww2",
    ),
    ("The two sides agreed to take good care of the soldiers' cemeteries.", "history_ww2"),
    (
        "The Presidents agreed to hold intergovernmental consultations in the second half of the year.",
        "summit_follow_up",
    ),
    (
        "The two presidents agreed to hold their meeting in Budapest after a meeting of their advisers.",
        "summit_follow_up",
    ),
    ("The timing of the visit will be settled through diplomatic channels.", "summit_follow_up"),
    (
        "The two heads of state agreed to remain in contact and instructed the teams to follow up on what was agreed in San Francisco.",
        "summit_follow_up",
    ),
    (
        "It was agreed that the foreign ministers will continue the discussion in Geneva next week.",
        "summit_follow_up",
    ),
    (
        "The issue of non-expansion of NATO and of the non-deployment of strike weapons near the Russian border was raised again.",
        "european_security nato",
    ),
    (
        "The President reaffirmed that there can be no lasting security in Europe without a dialogue with Russia.",
        "european_security",
    ),
    (
        "The Chancellor stressed that European borders are inviolable and that every state may choose its alliances.",
        "european_security",
    ),
    ("They agreed on the need to strengthen Europe's own defence.", "european_security"),
    (
        "They agreed on the need to prevent a humanitarian collapse in the country after the flight of President Ghani.",
        "afghanistan",
    ),
    ("The President asked China to use its influence so that Pyongyang returns to talks.", "korea"),
    ("They agreed on the need for a coordinated approach towards Beijing.", "china_taiwan"),
    ("They launched a partnership to protect the rainforest and the oceans.", "climate"),
    ("The two ministers discussed mutual recognition of vaccination certificates.", "health_covid"),
    ("He explained why the accession of Finland makes the north safer.", "nato"),
    ("The Secretary General thanked him for raising defence expenditure.", "nato"),
    ("The sides compared views on the future of the treaty that limits strategic warheads.", "arms_control"),
    # Follow-up and relations of any two countries, names of organisations
    (
        "The Minister hopes that the two capitals will begin consultations soon on how to go on.",
        "summit_follow_up",
    ),
    ("An early session of the joint commission would give the talks new life.", "summit_follow_up"),
    ("Their economy minister would visit Harnau in the first week of May.", "summit_follow_up"),
    ("The Prime Minister is in the country on a state visit.", ""),
    ("The outcome of the Joint Commission of the Joint Comprehensive Plan of Action was assessed.", "iran"),
    ("They confirmed that all contacts planned for the summer were suspended over the affair.", ""),
    ("The head of state set out the prospects of Japanese-Kazakh relations.", "bilateral_relations"),
    ("She reaffirmed that the country is committed to Kuwait's security.", "bilateral_relations"),
    ("The fraternal ties of the two peoples were highlighted.", "bilateral_relations"),
    ("Both value close cooperation with the G7 and the United Nations.", ""),
    ("The delegation took part in the meeting of the Asia-Pacific Economic Cooperation.", ""),
    ("Missiles fell into the exclusive economic zone of Japan after their launch by North Korea.", "korea"),
    ("They agreed that the High North must be made safer.", "european_security"),
    (
        "The Prime Minister demanded that those behind the murder of the journalist be brought to account.",
        "human_rights_prisoners",
    ),
    ("The world must never forget the atrocities of Auschwitz, the leaders said.", "history_ww2"),
    ("They spoke about economic and transit issues.", "trade"),
    ("Cooperation on nuclear and wind was welcomed.", "energy"),
    ("Both spoke of a world without nuclear weapons.", "arms_control"),
    ("There will be no talks about Ukraine without Ukraine.", "ukraine"),
    ("The two will see each other in Geneva.", "summit_follow_up"),
    ("They condemned Iranian interference in Yemen.", "middle_east"),
    ("A just and lasting settlement of the Cyprus issue was called for.", ""),
    ("The Chancellor hoped that the ministers could visit Harnau at the earliest.", "summit_follow_up"),
    (
        "They stressed the implementation of all decisions taken by the two sides during the last session.",
        "summit_follow_up",
    ),
    ("There are no winners in a confrontation between two major countries.", "bilateral_relations"),
    ("Contacts between parliaments and universities should be revived.", "bilateral_relations"),
    ("He again asked to resume the import of seafood.", "trade"),
    ("The theft of trade secrets by hackers was raised.", "cyber"),
    ("The repaired turbine of the compressor station was mentioned.", "energy"),
    ("They were briefed on the frontline developments.", "ukraine"),
    ("The root causes of the crisis must be removed, the Russian side said.", "ukraine"),
    ("He demanded that no strike weapons stand near the border of his country.", "european_security"),
    ("The President proposed denuclearisation talks among the three powers.", "arms_control"),
    ("The Presidents will lay a wreath at the Menin Gate.", "history_ww2"),
    # Hostages beside a ceasefire, relations put in other words, wording that means no topic
    (
        "The two called for an immediate ceasefire and the speedy release of every hostage in the enclave.",
        "middle_east human_rights_prisoners",
    ),
    ("They condemned the Israeli attack on the port.", "middle_east"),
    ("Security measures along the Suez Canal were reviewed.", "middle_east"),
    ("The Minister condemned the violation of the country's airspace and of international law.", ""),
    ("Both ministers spoke at the peace memorial museum.", "history_ww2"),
    ("They adopted a plan for zero-emission vehicles.", ""),
    ("He warned against those who add fuel to the flames.", ""),
    ("They praised the work to protect undersea infrastructure.", ""),
    ("The Prime Minister would continue to meet the agreed target next year.", ""),
    ("She thanked him for hosting the summit of the coast guards.", ""),
    ("The foreign ministers' meeting was held last week.", ""),
    ("The two foreign ministers will meet in Harnau.", "summit_follow_up"),
    ("They announced a planned trade mission to Kostrava in October.", "trade summit_follow_up"),
    ("She would be pleased to welcome an envoy to the capital.", "summit_follow_up"),
    ("The two leaders agreed to deepen defence cooperation.", "bilateral_relations"),
    ("They attach importance to their partnership with the United Kingdom.", "bilateral_relations"),
    ("The whole gamut of ties was reviewed.", "bilateral_relations"),
    ("Cooperation across various areas received a positive assessment.", "bilateral_relations"),
    ("Russian-Hungarian cooperation was assessed.", "bilateral_relations"),
    ("He pointed to the friendly nature of the relations.", "bilateral_relations"),
    ("Collaboration between the two police forces and the ambulance service was praised.", ""),
    ("They called on China to stop supplying the factory.", ""),
    ("The ambassador of the northern neighbour was summoned yesterday.", "diplomats"),
    ("Troops of KFOR were attacked.", "nato"),
    ("They spoke of economic and financial challenges.", ""),
    ("European security mechanisms must be rebuilt, he said.", "european_security"),
    ("The new national security law for Hong Kong was raised.", "china_taiwan human_rights_prisoners"),
    ("They look to a return to democracy after the coup.", "human_rights_prisoners"),
    ("Japan's defence falls under Article 5 of the security treaty.", ""),
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
    ("They discussed the fight against international terrorism and drug trafficking.", ""),
    ("The President asked for further steps to stop the flow of fentanyl precursors.", ""),
    ("They exchanged views on the situation in Nagorno-Karabakh and the mission of the peacekeepers.", ""),
    ("Both leaders condemned the coup in Niger and discussed the situation in the Sahel.", ""),
    ("The migration crisis on the border of Belarus with the European Union was discussed.", ""),
    ("The Prime Minister offered his condolences on the death of Her Majesty the Queen.", ""),
    ("They discussed the risks of artificial intelligence and the safe use of new technology.", ""),
    ("The leaders spoke about cooperation in space on board the International Space Station.", ""),
    ("The situation in Venezuela and the need for free elections were discussed.", ""),
    ("They discussed football, including the final of the World Cup.", ""),
    ("The President expressed sympathy over the victims of the earthquake.", ""),
    ("The two discussed reform of the United Nations and the Security Council.", ""),
    ("The conversation was businesslike, frank and substantive.", ""),
    ("It was agreed to continue contacts at various levels.", ""),
    ("The leaders discussed the situation in Kosovo and the dialogue between Belgrade and Pristina.", ""),
    ("The Prime Minister thanked him for his support at a difficult time.", ""),
    ("They discussed illegal migration across the Channel and the gangs behind it.", ""),
    ("The two leaders talked about preparations for the G20 summit in Osaka.", ""),
    ("He wished the people of the country peace and prosperity in the new year.", ""),
    ("They talked about the evacuation of citizens from Sudan.", ""),
    (
        "A thorough exchange of views took place on the implementation of the trilateral statement of 9 November on Karabakh.",
        "",
    ),
    (
        "The situation on the border between Belarus and the European Union was touched upon, including the humanitarian side of the crisis.",
        "",
    ),
    ("The leaders remembered their meeting in Osaka and spoke of their families.", ""),
    ("They congratulated one another on the launch of the lunar probe.", ""),
    ("He thanked the rescue teams sent after the earthquake.", ""),
    ("They agreed to fight organised crime and people smuggling together.", ""),
    ("The leaders discussed food security in Africa.", ""),
    ("They spoke about the Olympic Games and wished the athletes success.", ""),
    ("Developments in Myanmar were a cause of concern to both.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("Sanctions were not discussed.", "sanctions_economy"),
    ("The question of Taiwan did not come up.", "china_taiwan"),
    ("Reports that the leaders talked about tariffs are wrong.", "trade"),
)

OPENING = "The President spoke today with his counterpart."

tagged = partial(sentences.tagged, "en", first=0)


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
