"""The scheme "issues": the same subject is found in five languages, different subjects are told apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import supported_topics, tag_topics

LANGS = ("en", "de", "ru", "fr", "zh")
MOST_ISSUES = 200

# One row an issue; in each the same sentence in the languages above.
ROWS = {
    "ceasefire": "They called for a ceasefire.|Sie forderten eine Waffenruhe.|Они призвали к прекращению огня."
    "|Ils ont appelé à un cessez-le-feu.|双方呼吁停火。",
    "visas_travel": "They discussed visa-free travel.|Es ging um Visafreiheit.|Обсуждён безвизовый режим."
    "|Ils ont évoqué l'exemption de visas.|中方将实行免签政策。",
    "students_schools": "More students should study abroad.|Mehr Studierende sollen kommen.|Обмены студентами."
    "|Les échanges d'étudiants augmenteront.|鼓励更多学生来华留学。",
    "culture_years": "They opened a Year of Culture.|Sie eröffneten das Themenjahr.|Открыт Год культуры."
    "|Ils ont ouvert l'année croisée.|两国将互办文化年。",
    "olympics_sport": "She wished the Olympic Games success.|Auch die Olympischen Spiele waren Thema."
    "|Затронута тема Олимпийских игр.|Ils ont parlé des Jeux olympiques.|双方谈及冬奥会。",
    "abducted_children": "He urged the return of abducted children.|Er forderte die Rückkehr der Kinder."
    "|Речь шла о возвращении детей.|Il a évoqué le retour des enfants.|他谈到被绑架儿童。",
    "small_boats": "They will fight people smuggling.|Sie gehen gegen Schleuser vor.|Борьба с нелегальной миграцией."
    "|Ils lutteront contre les passeurs.|合作打击偷渡和非法移民。",
    "ai_governance": "They spoke about artificial intelligence.|Thema war künstliche Intelligenz."
    "|Обсуждён искусственный интеллект.|Ils ont parlé d'intelligence artificielle.|就人工智能交换意见。",
    "chips_tech_limits": "She raised semiconductor controls.|Es ging um Halbleiter.|Речь шла о полупроводниках."
    "|Il a été question des semi-conducteurs.|反对限制芯片出口。",
    "undersea_cables": "Undersea cables need protection.|Seekabel müssen geschützt werden.|Повреждены подводные кабели."
    "|Les câbles sous-marins sont menacés.|海底电缆遭到破坏。",
    "airspace_violation": "He condemned the airspace violation.|Der Luftraum wurde verletzt."
    "|Нарушено воздушное пространство.|L'espace aérien a été violé.|领空遭到侵犯。",
    "drones_strikes": "Drones struck the city.|Drohnen trafen die Stadt.|Беспилотники атаковали город."
    "|Des drones ont frappé la ville.|无人机袭击了该市。",
    "long_range_weapons": "He warned of howitzer deliveries.|Er warnte vor der Lieferung von Haubitzen."
    "|Он предостерёг от поставок гаубиц.|Il a mis en garde contre les obusiers.|他警告不要提供榴弹炮。",
    "frozen_assets": "They discussed the frozen assets.|Es ging um eingefrorene Vermögen."
    "|Обсуждены замороженные активы.|Ils ont parlé des avoirs gelés.|讨论了被冻结的资产。",
    "price_cap": "They agreed on a price cap.|Sie einigten sich auf den Preisdeckel.|Введён потолок цен."
    "|Ils ont convenu d'un plafonnement.|就石油限价达成一致。",
    "crimea": "Crimea is Ukraine.|Die Krim gehört zur Ukraine.|Затронут вопрос Крыма."
    "|La Crimée est ukrainienne.|谈到克里米亚问题。",
    "annexation_referendums": "He rejected the annexation.|Er wies die Annexion zurück.|Осуждена аннексия."
    "|Il a condamné l'annexion.|反对吞并。",
    "black_sea_shipping": "Ships must cross the Black Sea.|Schiffe im Schwarzen Meer.|Судоходство в Чёрном море."
    "|La navigation en mer Noire.|黑海航运安全。",
    "coalition_willing": "They spoke of peacekeepers: a peacekeeping force.|Eine Friedenstruppe wurde erörtert."
    "|Обсуждены миротворцы.|Une force de paix a été évoquée.|讨论了维和部队。",
    "influence_russia": "She asked him to use his influence.|Sie bat ihn, Einfluss auf Moskau zu nehmen."
    "|Призвал использовать своё влияние.|Il lui a demandé d'user de son influence.|请中方施加影响。",
    "zelenskyy_direct_talks": "They want direct talks.|Sie wollen direkte Gespräche.|Нужны прямые переговоры."
    "|Ils veulent des négociations directes.|主张直接对话。",
    "eu_enlargement": "They backed EU accession.|Sie unterstützen den EU-Beitritt.|Вступление в ЕС."
    "|Ils soutiennent l'adhésion à l'UE.|支持加入欧盟。",
    "brexit_fisheries": "Fishing licences were raised.|Es ging um Fischereirechte.|Обсуждалось рыболовство."
    "|Les licences de pêche ont été évoquées.|讨论了渔业问题。",
    "northern_ireland": "They discussed Northern Ireland.|Auch Nordirland war Thema.|О Северной Ирландии."
    "|Ils ont parlé de l'Irlande du Nord.|谈到北爱尔兰。",
    "aircraft_orders": "An Airbus order was signed.|Eine Airbus-Bestellung.|Контракт с Airbus."
    "|Une commande d'Airbus.|签署空客订单。",
    "steel_metals": "They discussed steel.|Es ging um Stahl.|Обсуждён импорт алюминия: сталь."
    "|Il a été question de l'acier.|讨论了钢铁关税。",
    "critical_minerals": "They spoke of rare earths.|Thema: seltene Erden.|Тема редкоземельных металлов."
    "|Les terres rares ont été évoquées.|讨论稀土问题。",
    "transport_flights": "They will resume direct flights.|Direktflüge werden aufgenommen."
    "|Возобновится авиасообщение.|Les vols directs reprendront.|恢复直航。",
    "military_channels": "A hotline between the militaries.|Ein heißer Draht.|Горячая линия."
    "|Une ligne directe entre états-majors.|设立两军热线。",
    "un_security_council": "The Security Council must act.|Der Sicherheitsrat muss handeln.|Совет Безопасности."
    "|Le Conseil de sécurité doit agir.|安理会应采取行动。",
    "haiti": "They discussed Haiti.|Sie sprachen über Haiti.|Обсудили Гаити.|Ils ont parlé d'Haïti.|谈到海地局势。",
    "mali_coups": "The coup in Mali and the Sahel.|Die Lage in Mali und im Sahel.|Ситуация в Мали и Сахеле."
    "|La situation au Mali et au Sahel.|马里和萨赫勒局势。",
    "sudan_ethiopia": "They discussed Sudan.|Es ging um den Sudan.|Речь шла о Судане."
    "|Ils ont évoqué le Soudan.|就苏丹局势交换看法。",
    "venezuela": "The crisis in Venezuela.|Die Krise in Venezuela.|Кризис в Венесуэле."
    "|La crise au Venezuela.|委内瑞拉危机。",
    "transnistria": "Moldova and Transnistria.|Moldau und Transnistrien.|Приднестровье.|La Transnistrie.|摩尔多瓦。",
    "drugs_crime": "Stop fentanyl.|Fentanyl stoppen.|Борьба с фентанилом.|Contre le fentanyl.|合作打击芬太尼。",
    "freedom_navigation": "Freedom of navigation matters.|Die Freiheit der Schifffahrt.|Свобода судоходства."
    "|La liberté de navigation.|尊重航行自由。",
    "arctic": "Cooperation in the Arctic.|Zusammenarbeit in der Arktis.|Сотрудничество в Арктике."
    "|Coopération en Arctique.|北极合作。",
    "detained_citizens": "He raised wrongfully detained citizens.|Er sprach Inhaftierte an: ihre Freilassung."
    "|Поднят вопрос о задержанных гражданах.|La libération des détenus.|要求释放被拘押公民。",
    "civilians_protection": "Civilians must be protected.|Zivilisten müssen geschützt werden."
    "|Защита мирных жителей.|Les civils doivent être protégés.|必须保护平民。",
    "stay_in_contact": "They agreed to stay in contact.|Sie wollen in Kontakt bleiben."
    "|Условлено продолжить контакты.|Ils resteront en contact.|双方同意保持沟通。",
    "market_access": "A level playing field for firms.|Fairer Wettbewerb.|Равные условия."
    "|Des conditions de concurrence équitables.|营造公平竞争环境。",
}  # fmt: skip


def issues_of(text: str, lang: str) -> set[str]:
    passage = Passage("a", 0, Span(0, len(text)), text, lang)
    return {hit.topic_id for hit in tag_topics([passage], load_scheme("issues"))}


@pytest.mark.parametrize("issue", ROWS)
def test_the_same_sentence_carries_the_issue_in_five_languages(issue: str) -> None:
    texts = ROWS[issue].split("|")
    assert len(texts) == len(LANGS)
    missing = [
        (lang, text) for lang, text in zip(LANGS, texts, strict=True) if issue not in issues_of(text, lang)
    ]
    assert not missing


def test_few_rows_share_an_issue_by_accident() -> None:
    found = {issue: issues_of(row.split("|")[0], "en") for issue, row in ROWS.items()}
    pairs = list(combinations(ROWS, 2))
    shared = [(a, b) for a, b in pairs if found[a] & found[b]]
    assert len(shared) < 0.02 * len(pairs), shared


def test_every_issue_has_cues_in_the_languages_it_is_asked_in() -> None:
    scheme = load_scheme("issues")
    assert len(scheme.topics) <= MOST_ISSUES
    assert set(scheme.languages) == set(LANGS)
    for lang in LANGS:
        # A reproach that one side alone makes has no Chinese wording.
        assert set(scheme.ids) - set(supported_topics(scheme, lang)) <= {"kyiv_blamed"}


def test_words_that_begin_alike_do_not_count() -> None:
    assert "purchases_imports" not in issues_of("They stressed an important point.", "en")
    assert "embassies_visas" not in issues_of("Konsultationen und diplomatische Bemühungen.", "de")
    assert "gaza_aid" not in issues_of("Обсуждены поставки газа.", "ru")
    assert "people_culture" not in issues_of("Le Président a remercié son homologue.", "fr")
    assert "relations_poor" not in issues_of("这关系到和平。", "zh")
