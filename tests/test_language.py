from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.errors import UnsupportedLanguageError
from readout_diff.language import identify, identify_parts, normalise_code

DEV = Path(__file__).parent / "data" / "gold" / "dev"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", "de"),
        ("DE-de", "de"),
        ("zh_Hant", "zh"),
        ("deu", "de"),
        ("ger", "de"),
        (" ru ", "ru"),
        ("uk-UA", "uk"),
    ],
)
def test_codes_are_brought_to_two_letters(code: str, expected: str) -> None:
    assert normalise_code(code) == expected


@pytest.mark.parametrize("code", ["", "english", "xx", "q", "deutsch", "12"])
def test_what_names_no_language_is_refused_in_one_line(code: str) -> None:
    with pytest.raises(UnsupportedLanguageError, match="ISO 639-1") as caught:
        normalise_code(code)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The two leaders agreed that their teams will stay in close touch."),
        ("de", "Die beiden Präsidenten vereinbarten, in engem Austausch zu bleiben."),
        ("fr", "Les deux présidents sont convenus de rester en contact étroit."),
        ("ru", "Президенты условились поддерживать контакты на различных уровнях."),
        ("uk", "Глава держави поінформував про перебіг бойових дій та обговорив санкції."),
        ("be", "Прэзідэнты дамовіліся працягваць кантакты паміж дзвюма краінамі, ўлічваючы ўсё."),
        ("zh", "两国元首就双边关系和共同关心的国际问题交换了意见。"),
        ("ja", "両首脳は二国間関係について意見を交換し、緊密に連携していくことで一致した。"),
        ("ko", "양국 정상은 긴밀히 협력하기로 합의했다."),
        ("es", "Los dos presidentes acordaron mantener una estrecha comunicación en los próximos días."),
        ("it", "I due presidenti hanno concordato di restare in stretto contatto nei prossimi giorni."),
        ("pl", "Obaj prezydenci uzgodnili, że pozostaną w stałym kontakcie w najbliższych dniach."),
        ("tr", "İki lider, önümüzdeki günlerde yakın temas halinde kalma konusunda mutabık kaldı."),
        ("ar", "اتفق الرئيسان على مواصلة الاتصالات بين البلدين في الأيام المقبلة."),
        ("fa", "دو رئیس‌جمهور توافق کردند که گفت‌وگوهای خود را در روزهای آینده ادامه دهند."),
        ("he", "שני המנהיגים הסכימו להמשיך לשמור על קשר הדוק."),
        ("el", "Οι δύο πρόεδροι συμφώνησαν να παραμείνουν σε στενή επαφή."),
        ("ka", "პრეზიდენტები შეთანხმდნენ კონტაქტების გაგრძელებაზე."),
    ],
)
def test_a_sentence_is_identified(lang: str, text: str) -> None:
    found, confidence = identify(text)
    assert found == lang
    assert confidence > 0.5


@pytest.mark.parametrize("text", ["", "   ", "1 234,5 %", "OK", "???", "Xq"])
def test_too_little_is_said_to_be_too_little(text: str) -> None:
    lang, confidence = identify(text)
    assert lang is None
    assert confidence < 0.25


def test_every_gold_sentence_of_some_length_is_identified() -> None:
    wrong, total = [], 0
    for folder in sorted(DEV.iterdir()):
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        for side, lang in zip("ab", gold["langs"], strict=True):
            for sentence in gold[f"{side}_sents"]:
                if len(sentence) >= 60:
                    total += 1
                    if identify(sentence)[0] != lang:
                        wrong.append(sentence)
    assert total > 250
    assert len(wrong) <= 0.005 * total, wrong


def test_parts_of_a_mixed_text_keep_their_own_language() -> None:
    parts = [
        "Die Mitteilung lautet:",
        "The presidents agreed that their teams will stay in close touch.",
        "Ja.",
    ]
    assert identify_parts(parts, "de") == ("de", "en", "de")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_a_confidence_between_0_and_1(text: str) -> None:
    lang, confidence = identify(text)
    assert 0.0 <= confidence <= 1.0
    if lang is not None:
        assert normalise_code(lang) == lang
