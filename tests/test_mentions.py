"""Mentions: golden tables per language, and what must hold for any text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.mentions import find_mentions, keys, mentions_of, sound_key
from readout_diff.mentions.gazetteer import gazetteer
from readout_diff.mentions.numbers import parse_figure
from readout_diff.mentions.people import _office_holders
from readout_diff.passages import Passage
from readout_diff.readout import Span


def keys_in(text: str, lang: str) -> set[str]:
    return {str(m) for m in find_mentions(text, lang)}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Kyiv and the North Koreans met NATO in Geneva",
            "country:UA place:kyiv country:KP org:nato place:geneva",
        ),
        ("en", "the Joint Comprehensive Plan of Action (JCPOA)", "accord:jcpoa"),
        ("en", "The US told us so; they must march on", "country:US"),
        ("en", "a senator from Natorp", "name:NTRP"),
        ("en", "across the Taiwan Strait", "place:taiwan_strait"),
        ("de", "die Spitzen der OSZE in Wien", "org:osce place:vienna"),
        ("de", "die Politik Kiews im Donbass", "country:UA place:kyiv place:donbas"),
        ("de", "die Minsker Vereinbarungen", "accord:minsk_agreements place:minsk"),
        ("de", "zur russisch-ukrainischen Grenze", "country:RU country:UA"),
        ("de", "nach den Genfer Konventionen", "accord:geneva_conventions"),
        ("de", "die Sicherheit Israels und die Haltung Chinas", "country:IL country:CN"),
        ("de", "die kirgisische und die montenegrinische Seite", "country:KG country:ME"),
        ("de", "im Süd- und Südchinesischen Meer", "place:south_china_sea"),
        ("ru", "в Киеве и на Украине", "country:UA place:kyiv"),
        ("ru", "глава МАГАТЭ о Запорожской АЭС", "org:iaea place:zaporizhzhia"),
        ("ru", "Соединённых Штатов и Саудовской Аравии", "country:US country:SA"),
        ("ru", "переговоры с талибами", "org:taliban"),
        ("ru", "того же мнения", ""),
        ("fr", "les États-Unis, l'Ukraine et l'OTAN", "country:US country:UA org:nato"),
        ("fr", "réunion à Pékin", "country:CN place:beijing"),
        ("zh", "中美元首就乌克兰危机交换意见", "country:CN country:US country:UA"),
        ("zh", "习近平同拜登谈台湾问题", "name:SNPN name:BDN country:TW"),
        ("zh", "7月24日，中共中央政治局委员", "date:07-24"),
        ("zh", "于24日，中方", "number:24 country:CN"),
        ("zh", "会谈中美方指出", "country:US"),
        ("zh", "对华盛顿", "country:US place:washington"),
        ("zh", "工作中加强合作、执法方面", ""),
        ("zh", "中加关系", "country:CN country:CA"),
        ("zh", "俄印两国", "country:RU country:IN"),
        ("zh", "哈马斯和克里米亚", "org:hamas place:crimea"),
        ("en", "talks between the U.S. and Russia", "country:US country:RU"),
        ("uk", "візит до Німеччини", "country:DE"),
        ("es", "la Unión Europea y Rusia", "country:RU org:eu"),
        ("it", "la NATO e l'Ucraina", "country:UA org:nato"),
        ("pl", "rozmowy w Ukrainie", "country:UA"),
        ("tr", "Ukrayna'nın toprak bütünlüğü", "country:UA"),
    ],
)
def test_names(lang: str, text: str, expected: str) -> None:
    assert keys_in(text, lang) == set(expected.split())


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit", "bound"),
    [
        ("en", "more than 2,300 people", 2300, "people", ">"),
        ("en", "half a billion doses", 500_000_000, "dose", ""),
        ("en", "£4.1 billion", 4_100_000_000, "GBP", ""),
        ("en", "two thirds of the cost", 2 / 3, "share", ""),
        ("en", "twenty-four hours", 24, "hour", ""),
        ("en", "3.5% of it", 3.5, "%", ""),
        ("en", "the tenth package", 10, "ordinal", ""),
        ("de", "rund 2.100 Schutzbedürftige", 2100, "people", ""),
        ("de", "1,2 Millionen Menschen", 1_200_000, "people", ""),
        ("de", "eine halbe Milliarde Impfdosen", 500_000_000, "dose", ""),
        ("de", "ein achtzigminütiges Gespräch", 80, "minute", ""),
        ("de", "zweihundertvierundzwanzig Schiffe", 224, "ship", ""),
        ("de", "je zur Hälfte", 0.5, "share", ""),
        ("de", "180 000 Kronen", 180_000, "money", ""),
        ("ru", "превысила 13 миллиардов фунтов", 13_000_000_000, "GBP", ">"),
        ("ru", "полтора миллиона человек", 1_500_000, "people", ""),
        ("ru", "двухчасовой разговор", 2, "hour", ""),
        ("ru", "на 24 процента", 24, "%", ""),
        ("fr", "un demi-million de doses", 500_000, "dose", ""),
        ("fr", "120 millions de doses", 120_000_000, "dose", ""),
        ("zh", "1.2亿美元", 120_000_000, "USD", ""),
        ("zh", "百分之十五", 15, "%", ""),
        ("zh", "三十万人", 300_000, "people", ""),
    ],
)
def test_numbers(lang: str, text: str, value: float, unit: str, bound: str) -> None:
    found = [m for m in find_mentions(text, lang) if m.kind == "number"]
    assert [(m.value, m.unit, m.bound) for m in found] == [(pytest.approx(value), unit, bound)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "talks with State Councillor Wang Yi", "VNA"),
        ("en", "Premier Li Keqiang of the State Council and H.E. Fumio Kishida", "L.KN KSD"),
        ("en", "the Political Bureau of the Communist Party of China Central Committee", ""),
        ("en", "a Mutually Beneficial Relationship based on Common Strategic Interests", ""),
        ("en", "met KISHIDA Fumio at COP26 and in the WMD group", "KSD"),
        ("en", "President Moon Jae-in", "MN.S.AN"),
        ("de", "mit Xi Jinping über die Zusammenarbeit", "SNPN"),
        ("ru", "встреча с Премьером Государственного совета Ли Цян", "L.SN"),
        ("fr", "entretien avec Mme COLONNA sur la Charte", "KLN"),
        ("zh", "印度外长苏杰生、国防部长拉吉纳特·辛格", "SNKR SNH"),
        ("zh", "他信任哈马斯", ""),
        ("zh", "总理拉克森和总理李强", "LSN L.SN"),
    ],
)
def test_persons(lang: str, text: str, expected: str) -> None:
    assert [m.key for m in find_mentions(text, lang) if m.kind == "name"] == expected.split()


@pytest.mark.parametrize(
    ("han", "lang", "text"),
    [
        ("温家宝", "ru", "встреча с Вэнь Цзябао"),
        ("文在寅", "ru", "беседа с Мун Чжэ Ином"),
        ("桑切斯", "de", "mit Pedro Sánchez"),
        ("塞西总统", "en", "with President El-Sisi"),
        ("武契奇", "en", "with Aleksandar Vucic"),
        ("范明政", "fr", "avec M. Phạm Minh Chính"),
    ],
)
def test_a_person_has_one_key_in_every_script(han: str, lang: str, text: str) -> None:
    keys_of = [
        {m.key for m in find_mentions(t, ln) if m.kind == "name"} for t, ln in ((han, "zh"), (text, lang))
    ]
    assert keys_of[0] == keys_of[1] != set()


def test_every_person_of_the_table_has_a_key_names_are_found_by() -> None:
    holders = _office_holders()
    assert min(map(len, holders.by_han.values())) > 1
    assert not [han for han in holders.by_han if len(han) < 2]


def test_a_family_name_means_who_is_named_elsewhere() -> None:
    [named] = [m.key for m in find_mentions("Premier Li Keqiang arrived", "en") if m.kind == "name"]
    later = find_mentions("Later Premier Li spoke", "en", names=frozenset({named}))
    assert [m.key for m in later if m.kind == "name"] == [named]


def test_a_denied_number_is_marked() -> None:
    found = find_mentions("аккредитованы не 120, а 135 сотрудников", "ru")
    assert [(m.value, m.bound) for m in found] == [(120.0, "!"), (135.0, "")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "G20 and COVID-19"),
        ("en", "5G"),
        ("de", "im Jahr 2021"),
        ("ru", "одного мнения"),
        ("fr", "une fois"),
        ("zh", "一致同意"),
    ],
)
def test_no_number(lang: str, text: str) -> None:
    assert not [m for m in find_mentions(text, lang) if m.kind == "number"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "On December 7, 2021", "2021-12-07"),
        ("en", "by 30 September", "09-30"),
        ("en", "they may march in May", "--05"),
        ("en", "before the year is out", "year_end"),
        ("de", "am 24. Dezember", "12-24"),
        ("de", "bis Jahresende", "year_end"),
        ("de", "ab Dezember 2025", "2025-12"),
        ("de", "die Flüchtlinge von 1943/44", "1943"),
        ("ru", "7 декабря 2021 года", "2021-12-07"),
        ("ru", "до конца октября", "--10"),
        ("fr", "le 13 septembre", "09-13"),
        ("fr", "le dossier a été évoqué", ""),
        ("zh", "2021年12月7日", "2021-12-07"),
        ("zh", "年底前", "year_end"),
        ("sv", "2022-02-24", "2022-02-24"),
        ("sv", "den 24.02.2022", "2022-02-24"),
        ("de", "Version 31.14.2021", "31.14.2021"),  # no date, but no number either
        ("en", "the agreements of 2015", "2015"),
        ("en", "some 2015 people", ""),
        ("zh", "在2022年举行", "2022"),
    ],
)
def test_dates(lang: str, text: str, expected: str) -> None:
    assert [m.key for m in find_mentions(text, lang) if m.kind == "date"] == expected.split()


@pytest.mark.parametrize(
    "spellings",
    [
        "Belosorow:de Belozorov:en Белозоровым:ru",
        "Selenskyj:de Zelenskyy:en Зеленского:ru Zelensky:fr",
        "Putin:en Poutine:fr Путина:ru",
        "Scholz:de Шольцем:ru",
        "Lawrow:de Lavrov:en Лавров:ru",
        "Johnson:en Джонсоном:ru",
        "Lukaschenko:de Lukashenko:en Лукашенко:ru",
        "Jermak:de Yermak:en Єрмак:uk",
        "Erdoğan:tr Erdogan:en Эрдоганом:ru",
        "Brandauers:de Брандауэр:ru",
    ],
)
def test_one_name_one_sound(spellings: str) -> None:
    pairs = [spelling.split(":") for spelling in spellings.split()]
    assert len({sound_key(name, lang) for name, lang in pairs}) == 1


def test_other_names_sound_different() -> None:
    names = ["Biden", "Putin", "Scholz", "Macron", "Lavrov", "Blinken", "Zelensky", "Merkel", "Johnson", "Xi"]
    assert len({sound_key(name) for name in names}) == len(names)


def _passage(text: str, lang: str, readout: str = "a") -> Passage:
    return Passage(readout, 0, Span(0, len(text)), text, lang)


def test_a_surname_known_from_the_other_side_is_found_alone() -> None:
    left = _passage("Biden warned Putin.", "en")
    right = _passage("Putin warned Biden.", "en", "b")
    ours, theirs = mentions_of([left], [right])
    assert keys(ours[0]) == keys(theirs[0]) == {"name:BDN", "name:PTN"}


def test_keys_leave_out_what_every_passage_has() -> None:
    assert keys(find_mentions("The two sides agreed on three points", "en")) == frozenset()


def test_territories_are_known_in_ten_languages() -> None:
    for lang in ("en", "de", "fr", "ru", "uk", "zh", "es", "tr", "pl", "it"):
        known = {key for names in gazetteer(lang).stems.values() for name in names for _, key in name.keys}
        known |= {key for names in gazetteer(lang).exact.values() for name in names for _, key in name.keys}
        assert {"UA", "RU", "US", "CN", "DE", "FR", "IR", "KP", "SY", "AF"} <= known, lang


@pytest.mark.parametrize(
    ("figure", "decimal", "value"),
    [
        ("1.200", ",", 1200.0), ("1,200", ".", 1200.0), ("1.2", ",", 1.2), ("1.234.567,8", ",", 1234567.8),
        ("12 000", ",", 12000.0), ("1,2", ".", 1.2), ("2'500", ".", 2500.0),
    ],
)  # fmt: skip
def test_figures(figure: str, decimal: str, value: float) -> None:
    assert parse_figure(figure, decimal) == value


LANGS = st.sampled_from(["en", "de", "ru", "fr", "zh", "uk", "es", "it", "pl", "tr", "sv", "und"])
WORDS = st.sampled_from(
    [
        "Putin",
        "Kiew",
        "基辅",
        "США",
        "2,300",
        "1.5",
        "half",
        "billion",
        "zwei",
        "Drittel",
        "не",
        "120",
        ",",
        "7",
        "December",
        ".",
        "Präsident",
        "M.",
        "Ende",
        "von",
        "§",
        "三十",
        "万",
        "l'ONU",
        "20%",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=15).map(" ".join)), LANGS)
@settings(deadline=None, max_examples=200)
def test_spans_lie_within_the_text_and_searching_again_finds_the_same(text: str, lang: str) -> None:
    found = find_mentions(text, lang)
    assert found == find_mentions(text, lang)
    for mention in found:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.key


def test_a_readout_is_searched_fast() -> None:
    text = "Präsident Belosorow sprach am 7. Dezember mit Kanzlerin Brandauer über 1,2 Millionen Menschen."
    find_mentions(text, "de")
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.1


def _seconds(text: str) -> float:
    begin = time.perf_counter()
    for _ in range(40):
        find_mentions(text, "de")
    return time.perf_counter() - begin


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("de", "1.234.567 Menschen", 1_234_567.0),
        ("en", "two hundred people", 200.0),
        ("en", "hundred people", 100.0),
    ],
)
def test_groups_of_digits_and_hundreds(lang: str, text: str, value: float) -> None:
    assert [m.value for m in find_mentions(text, lang) if m.kind == "number"] == [value]


def test_a_figure_with_uneven_groups_is_still_read() -> None:
    assert parse_figure("1.23.456", ",") == 123456.0
