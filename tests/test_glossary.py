"""Glossary: its tables are well-formed, and texts of five languages meet in the same keys."""

from __future__ import annotations

import re
import time
from importlib.resources import files
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff.errors import SchemeError
from readout_diff.glossary import glossary_languages, load_glossary, telling_keys, terms_of

LANGUAGES = sorted(glossary_languages())
FOLDER = files("readout_diff") / "data" / "glossary"
SECONDS = 4  # of processor time, with room for a run that coverage measures


def rows(lang: str) -> list[list[str]]:
    return [line.split("\t") for line in FOLDER.joinpath(f"{lang}.tsv").read_text("utf-8").splitlines()]


def test_the_languages_are_those_of_the_tables() -> None:
    assert {"de", "en", "fr", "ru", "zh"} <= glossary_languages()
    assert {f"{lang}.tsv" for lang in LANGUAGES} <= {entry.name for entry in FOLDER.iterdir()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_row_is_a_word_with_its_keys(lang: str) -> None:
    word = r"[\u3400-\u4dbf\u4e00-\u9fff]+" if lang == "zh" else r"[^\W\d_]+"
    for row in rows(lang):
        assert len(row) == 2, row
        assert re.fullmatch(word, row[0]), row
        assert row[0] == row[0].lower(), row
        assert re.fullmatch(r"-|[a-z]+(?: [a-z]+)*", row[1]), row
        assert len(set(row[1].split())) == len(row[1].split()), row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_table_are_sorted_and_stand_once(lang: str) -> None:
    words = [row[0] for row in rows(lang)]
    assert words == sorted(set(words))


@pytest.mark.parametrize("lang", sorted({*LANGUAGES} - {"en"}))
def test_keys_of_other_languages_are_keys_of_english(lang: str) -> None:
    """A key no English word has would never be shared with an English text."""
    english = {key for keys in load_glossary("en").values() for key in keys}
    assert {key for keys in load_glossary(lang).values() for key in keys} <= english


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_word_of_a_table_has_its_keys_in_a_text(lang: str) -> None:
    """No shorter word, part of a compound or lemma stands before the word itself."""
    for word, keys in load_glossary(lang).items():
        assert terms_of.__wrapped__(word, lang) == frozenset(keys), word


def test_every_key_is_weighed() -> None:
    known = {key for lang in LANGUAGES for keys in load_glossary(lang).values() for key in keys}
    assert telling_keys().keys() == known, "run tools/weigh_glossary.py"
    assert all(0 < value < 20 for value in telling_keys().values())
    assert telling_keys()["cooperate"] < telling_keys()["prisoner"]


ACROSS = (
    (
        "exchange grain prisoner trade",
        {
            "en": "The ministers discussed grain trade and a prisoner exchange.",
            "de": "Die Minister sprachen über den Handel mit Getreide und den Austausch von Gefangenen.",
            "fr": "Les ministres ont évoqué le commerce des céréales et l'échange de prisonniers.",
            "ru": "Министры обсудили торговлю зерном и обмен пленными.",
            "zh": "两国部长讨论了粮食贸易和交换囚犯。",
        },
    ),
    (
        "energy security",
        {
            "en": "Energy security was on the agenda.",
            "de": "Es ging um die Energiesicherheit.",
            "fr": "La sécurité énergétique était à l'ordre du jour.",
            "ru": "Речь шла об энергетической безопасности.",
            "zh": "会谈涉及能源安全。",
        },
    ),
)


@pytest.mark.parametrize(
    ("keys", "lang", "text"), [(keys, lang, text) for keys, texts in ACROSS for lang, text in texts.items()]
)
def test_one_sentence_in_five_languages_has_the_same_keys(keys: str, lang: str, text: str) -> None:
    assert set(keys.split()) <= terms_of(text, lang)


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("Gefangenenaustausch", "prisoner exchange"),  # both parts as they are
        ("Friedensverhandlungen", "peace negotiate"),  # a linking s, an inflected last part
        ("Wirtschaftssanktionen", "economy sanction"),
        ("Waffenlieferungen", "weapon supply"),  # a linking n
        ("Getreideexporte", "grain export"),
        ("Klimaschutz", "climate protect"),
        (
            "Abrüstungsgespräche",
            "disarm talk",
        ),  # an ending the lemmatizer leaves, as it does not know the word
        ("Handelsabkommens", "trade agreement"),
    ],
)
def test_german_compounds_have_the_keys_of_their_parts(word: str, keys: str) -> None:
    assert terms_of(f"Thema: {word}", "de") >= set(keys.split())


def test_half_a_compound_is_none() -> None:
    assert terms_of("Zorblaxverhandlung", "de") == {"zorblaxverhandlung"}


def test_chinese_is_cut_at_the_longest_word() -> None:
    # "one China" tells nothing, "one-China principle" names a principle
    assert terms_of("一个中国", "zh") == frozenset()
    assert terms_of("重申一个中国原则。", "zh") >= {"principle"}
    # a mark between two words keeps them apart
    assert terms_of("世界银行", "zh") == {"global", "bank"}
    assert terms_of("世界，银行", "zh") == terms_of("世界", "zh") | terms_of("银行", "zh")


@pytest.mark.parametrize(
    ("lang", "text", "word"),
    [
        ("en", "The Zorblax corridor", "zorblax"),
        ("de", "Der Zorblax-Korridor", "zorblax"),
        ("fr", "Le corridor du Zorblax", "zorblax"),
        ("ru", "Коридор Зорблакс", "зорблакс"),
    ],
)
def test_an_unknown_word_stands_for_itself(lang: str, text: str, word: str) -> None:
    assert terms_of(text, lang) >= {word, "corridor"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["", " \n", "…!?", "12 345", "\x00", "\ud800", "a"])
def test_a_text_without_words_has_no_keys(lang: str, text: str) -> None:
    assert terms_of(text, lang) == frozenset()


def test_what_stands_between_words_does_not_matter() -> None:
    assert terms_of("grain\x00trade\ud800prisoner", "en") == {"grain", "trade", "prisoner"}


def test_case_does_not_matter() -> None:
    assert terms_of("CEASEFIRE", "en") == terms_of("ceasefire", "en") == {"ceasefire"}


@pytest.mark.parametrize("lang", ["und", "xx", "", "../en", "EN"])
@pytest.mark.parametrize("text", ["", "vapenvila"])
def test_a_language_without_glossary_is_named(lang: str, text: str) -> None:
    known = ", ".join(LANGUAGES)
    with pytest.raises(SchemeError, match=f"no glossary of language '{re.escape(lang)}'.*{known}"):
        terms_of(text, lang)


@pytest.mark.parametrize(
    ("lang", "letter"), [("en", "a"), ("de", "s"), ("fr", "é"), ("ru", "ы"), ("zh", "停"), ("zh", "a")]
)
def test_a_huge_word_takes_no_square_of_its_length(lang: str, letter: str) -> None:
    terms_of("warm up the tables", lang)
    start = time.process_time()
    terms_of.__wrapped__(letter * 200_000, lang)
    assert time.process_time() - start < SECONDS


def test_many_different_words_are_read_quickly() -> None:
    words = ["".join(letters) for letters in islice(product("abdeilmnor", repeat=6), 20_000)]
    start = time.process_time()
    assert len(terms_of.__wrapped__(" ".join(words), "de")) > 19_000
    assert time.process_time() - start < SECONDS


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_has_keys_that_can_be_told_apart(text: str, lang: str) -> None:
    found = terms_of(text, lang)
    assert found == terms_of.__wrapped__(text, lang)
    assert all(key and key == key.lower() for key in found)


@given(st.lists(st.sampled_from(["ceasefire", "grain", "prisoners", "Zorblax", "and", "12"]), max_size=8))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert terms_of(" ".join(words), "en") == terms_of(" ".join(reversed(words)), "en")
    assert terms_of(" ".join(words), "en") == frozenset().union(*(terms_of(w, "en") for w in words))


def test_a_word_that_no_statement_holds_tells_as_much_as_the_rarest() -> None:
    telling = telling_keys()
    assert telling["zorblax"] == max(telling.values())
    assert "zorblax" not in telling
