"""Ukrainian cues: sentences as Ukrainian readouts word them, with the topics they carry."""

from __future__ import annotations

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    ("Глави держав обговорили ситуацію на фронті та потреби у боєприпасах.", "ukraine"),
    ("Президент подякував за новий пакет оборонної підтримки.", "ukraine"),
    ("Йшлося про посилення української протиповітряної оборони.", "ukraine"),
    ("Сторони засудили спробу анексії окупованих територій.", "ukraine"),
    ("Особливу увагу приділили ситуації на Запорізькій АЕС.", "ukraine"),
    ("Обговорено роботу Тристоронньої контактної групи та нормандського формату.", "ukraine"),
    ("Україна розраховує на чіткі гарантії безпеки.", "ukraine european_security"),
    ("Президент наголосив на важливості євроатлантичної інтеграції.", "nato"),
    ("Співрозмовники обговорили підготовку до саміту НАТО у Вільнюсі.", "nato"),
    ("Головування в ОБСЄ стало предметом окремої розмови.", "european_security"),
    ("Президент закликав посилити санкції проти держави-агресора.", "sanctions_economy ukraine"),
    ("Заморожені російські активи мають бути використані.", "sanctions_economy"),
    ("Порушено питання поставок скрапленого газу.", "energy"),
    ("Запуск «Північного потоку – 2» становить загрозу.", "energy"),
    ("Транзит газу через територію України має тривати.", "energy"),
    ("Домовилися про звільнення полонених.", "human_rights_prisoners"),
    ("Президент закликав сприяти поверненню викрадених дітей.", "human_rights_prisoners"),
    ("Обговорили торговельно-економічну співпрацю та інвестиції.", "trade"),
    ("Товарообіг між країнами зріс на 15 відсотків.", "trade"),
    ("Розглянуто стан двосторонніх відносин.", "bilateral_relations"),
    ("Сторони відзначили розвиток українсько-польського стратегічного партнерства.", "bilateral_relations"),
    ("Президент запросив колегу відвідати столицю з візитом.", "summit_follow_up"),
    ("Доручили командам опрацювати деталі наступної зустрічі.", "summit_follow_up"),
    ("Обмінялися думками щодо ситуації на Близькому Сході.", "middle_east"),
    ("Президент висловив занепокоєння ситуацією в Афганістані.", "afghanistan"),
    ("Йшлося про боротьбу з пандемією та постачання вакцин.", "health_covid"),
    ("Сторони домовилися співпрацювати у сфері кібербезпеки.", "cyber"),
    ("Учасники розмови вшанували пам'ять жертв Голокосту.", "history_ww2"),
    ("Посольство відновило роботу в столиці.", "diplomats"),
    ("Обговорено скорочення викидів вуглецю.", "climate"),
    ("Сторони засвідчили прихильність політиці одного Китаю.", "china_taiwan"),
    ("Співрозмовники обговорили концентрацію російських військ біля кордонів.", "ukraine"),
    ("Президент подякував за передачу ще двох систем протиповітряної оборони.", "ukraine"),
    ("Йшлося про підготовку наступного Саміту миру.", "ukraine"),
    ("Наголошено на неприпустимості розміщення нових ракет середньої дальності.", "arms_control"),
    ("Порушено питання іранської ядерної програми.", "iran"),
    ("Сторони обговорили нічні удари по містах і енергетичній інфраструктурі.", "ukraine"),
    ("Поінформовано про кібератаки на державні реєстри.", "cyber"),
    (
        "Президент закликав якнайшвидше відкрити переговори про вступ до Європейського Союзу.",
        "bilateral_relations",
    ),
    ("Обговорено експорт зерна та роботу морського коридору.", "trade"),
    ("Наша держава розраховує на подальше розширення санкційного тиску.", "sanctions_economy"),
    ("Обговорено відновлення роботи консульських установ.", "diplomats"),
    ("Лідери домовилися провести зустріч на рівні радників.", "summit_follow_up"),
    ("Відзначено важливість солідарності з Ізраїлем після нападу ХАМАС.", "middle_east"),
    ("Засуджено залучення північнокорейських військових.", "korea"),
    ("Порушено тему відповідальності за воєнні злочини.", "ukraine human_rights_prisoners"),
    ("Президент передав список цивільних, яких незаконно утримують.", "human_rights_prisoners"),
    ("Спільно вшановано жертв Другої світової війни.", "history_ww2"),
    ("Обговорено участь компаній у відбудові.", "ukraine"),
    ("Сторони планують збільшити інвестиції в оборонно-промисловий комплекс.", "trade"),
    ("Розглянуто постачання електроенергії та газу на зиму.", "energy"),
    ("Наголошено на важливості стабільності в Тайванській протоці.", "china_taiwan"),
    ("Країна готова допомагати в подоланні наслідків руйнування греблі для довкілля.", "climate"),
    ("Президент висловив вдячність за вакцини проти COVID-19.", "health_covid"),
    ("Сторони привітали прогрес на шляху до членства в Альянсі.", "nato"),
    ("Йшлося про архітектуру безпеки в Європі.", "european_security"),
    ("Обговорено евакуацію громадян з Кабула.", "afghanistan"),
    ("Розглянуто пріоритетні напрями співпраці.", "bilateral_relations"),
    ("Країни залишаються надійними стратегічними партнерами.", "bilateral_relations"),
    ("Президент подякував за підтримку на шляху до Європейського Союзу.", "bilateral_relations"),
    ("Президент із нетерпінням чекає на візит канцлера.", "summit_follow_up"),
    ("Домовилися зустрітися на полях саміту.", "summit_follow_up"),
    ("Наступного тижня радники лідерів проведуть зустріч.", "summit_follow_up"),
    ("Візит перенесено на осінь.", "summit_follow_up"),
    ("Обговорено збереження льодовиків та цілі сталого розвитку.", "climate"),
    ("Йшлося про розвиток залізничного сполучення та логістики.", "trade"),
    ("Обговорили ремонт енергоблоків та імпорт газу.", "energy"),
    ("Партнери підтвердили, що двері Альянсу відчинені.", "nato"),
    ("Засуджено удари по території Ірану.", "middle_east"),
    ("Сторони обговорили нерозповсюдження зброї масового знищення.", "arms_control"),
    ("Обговорено зміни візової політики.", "diplomats"),
    ("Захисники повернулися з полону.", "human_rights_prisoners"),
    ("Важливо забезпечити доступ Червоного Хреста до ув'язнених.", "human_rights_prisoners"),
    ("Підтримали ідею репараційного кредиту.", "sanctions_economy"),
    ("Скоординували кроки перед переговорами у Стамбулі.", "ukraine"),
    ("Потрібне розміщення миротворчої місії на сході країни.", "ukraine"),
    ("Партнери готові передати бойові літаки.", "ukraine"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("Президент порушив тему відповідальності за збитий літак.", ""),
    ("Інвестиційний клімат покращується.", "trade"),
    ("Переговори пройшли енергійно.", ""),
    ("Сенатор і Анатолій взяли участь у зустрічі.", ""),
    ("Попри пандемію, експорт зріс.", "trade"),
    ("Домовилися залишатися в контакті.", ""),
    ("Йшлося про співпрацю у боротьбі з тероризмом.", ""),
    ("Обговорено припинення вогню в секторі Гази.", "middle_east"),
    ("Розглянуто співпрацю у сфері енергетики.", "energy"),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("Питання санкцій не обговорювалося.", "sanctions_economy"),
    ("Тему Ірану сторони не порушували.", "iran"),
    ("Про Афганістан мова не йшла.", "afghanistan"),
    ("Про санкції не прозвучало ані слова.", "sanctions_economy"),
)


def tagged(*sentences: str, first: int = 3) -> list[tuple[set[str], set[str]]]:
    """Return the topics mentioned and the topics denied in each of the sentences from number `first` on."""
    passages, start = [], 0
    for index, text in enumerate(sentences, first):
        passages.append(Passage("r", index, Span(start, start + len(text)), text, "uk"))
        start += len(text) + 1
    hits = tag_topics(passages, load_scheme())
    return [
        (
            {h.topic_id for h in hits if h.passage_index == i and not h.denied},
            {h.topic_id for h in hits if h.passage_index == i and h.denied},
        )
        for i in range(first, first + len(passages))
    ]


@pytest.mark.parametrize(("sentence", "topics"), MENTIONS)
def test_mention(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0] == (set(topics.split()), set())


@pytest.mark.parametrize(("sentence", "topics"), TRAPS)
def test_words_in_another_sense_carry_no_topic(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0][0] == set(topics.split())


@pytest.mark.parametrize(("sentence", "topics"), DENIALS)
def test_denied_subject_is_no_mention(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0] == (set(), set(topics.split()))


def test_negated_demand_is_a_mention() -> None:
    assert tagged("Росія не повинна отримувати доходи від газу.")[0] == ({"energy"}, set())


def test_weak_cue_needs_the_sentence_before() -> None:
    before, after = tagged("Обговорено ситуацію в Сирії.", "Потрібна гуманітарна допомога.")
    assert before[0] == after[0] == {"middle_east"}
    assert tagged("Потрібна гуманітарна допомога.")[0][0] == set()


def test_a_country_that_takes_part_is_no_subject() -> None:
    opening = "Президент України провів телефонну розмову з канцлером."
    assert tagged(opening, "Україна вдячна за вакцини.", first=0)[1][0] == {"health_covid"}
