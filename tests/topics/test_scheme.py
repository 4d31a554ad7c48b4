"""Loading topic schemes."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_diff.errors import SchemeError, UnknownComponentError
from readout_diff.topics import scheme as scheme_module
from readout_diff.topics.scheme import TopicScheme, load_scheme, scheme_names
from readout_diff.topics.schemefile import read_scheme
from readout_diff.topics.tagging import supported_topics

OWN = """
id = "sport"
[topics.football.labels]
en = "Football"
[topics.football.cues]
en = ["football*", "world cup"]
de = ["fußball*"]
[topics.football.weak]
en = ["goal", "match"]
[topics.football.not]
en = ["football diplomacy"]
[masks]
en = ["fantasy football"]
"""


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_built_in_scheme_has_its_topics_and_languages() -> None:
    scheme = load_scheme()
    assert scheme.ids == (
        "ukraine", "nato", "cyber", "iran", "diplomats", "arms_control", "sanctions_economy",
        "european_security", "energy", "middle_east", "afghanistan", "korea", "china_taiwan", "climate",
        "health_covid", "human_rights_prisoners", "trade", "bilateral_relations", "history_ww2",
        "summit_follow_up",
    )  # fmt: skip
    assert set(scheme.languages) == {"de", "en", "es", "fr", "it", "pl", "ru", "tr", "uk", "zh"}
    for lang in scheme.languages:
        assert supported_topics(scheme, lang) == scheme.ids
    for topic in scheme.topics:
        assert set(topic.labels) >= {"en", "de", "ru", "fr", "uk", "zh", "es", "tr", "pl", "it"}
        assert all(len(topic.descriptions[lang]) >= 3 for lang in ("en", "de", "ru", "fr", "zh"))


def test_no_topic_names_a_cue_twice_in_a_language() -> None:
    scheme = load_scheme()
    for topic in scheme.topics:
        for lang, cues in topic.cues.items():
            both = set(cues) & set(topic.weak.get(lang, ()))
            assert not both, (topic.id, lang, both)


@pytest.mark.parametrize("name", scheme_names())
def test_every_cue_of_the_built_in_schemes_follows_the_grammar(name: str) -> None:
    path = Path(scheme_module.__file__).parents[1] / "data" / "schemes" / f"{name}.toml"
    assert read_scheme(path) == load_scheme(name)


def test_labels_fall_back_on_english() -> None:
    topic = load_scheme().topic("ukraine")
    assert (topic.label("zh"), topic.label("sw")) == ("乌克兰", "Ukraine")
    with pytest.raises(UnknownComponentError, match="unknown topic 'x'; known: afghanistan, arms_control"):
        load_scheme().topic("x")


def test_a_scheme_of_ones_own_in_one_file(tmp_path: Path) -> None:
    scheme = load_scheme(write(tmp_path, OWN))
    assert (scheme.id, scheme.version, scheme.languages) == ("sport", "1", ("de", "en"))
    topic = scheme.topic("football")
    assert topic.excluded["en"] == ("football diplomacy",)
    assert scheme.masks["en"] == ("fantasy football",)
    assert supported_topics(scheme, "fr") == ()


def test_cue_files_beside_a_scheme_add_to_it(tmp_path: Path) -> None:
    path = write(tmp_path, OWN)
    alone = load_scheme(path)
    write(tmp_path, 'lang = "fr"\n[football]\ncues = ["foot"]\n[masks]\nall = ["à pied"]\n', "own.fr.toml")
    both = load_scheme(path)
    assert both.topic("football").cues["fr"] == ("foot",)
    assert both.masks["fr"] == ("à pied",)
    assert both.checksum != alone.checksum
    assert both != alone


def test_equal_content_is_an_equal_scheme(tmp_path: Path) -> None:
    path = write(tmp_path, OWN)
    assert load_scheme(path) == load_scheme(str(path))
    assert hash(load_scheme(path)) == hash(load_scheme(path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = [", "own.toml: is not valid TOML"),
        ("id = 'a'", r"own.toml: a scheme holds at least one table \[topics.<id>\]"),
        ("colour = 1", "own.toml: unknown key 'colour'; known: elsewhere, id, masks, topics, version"),
        ("[topics.Big]", "own.toml: topic 'Big': an id is a lower-case letter"),
        ("[topics.a]\ncue = {}", "own.toml: topic 'a': unknown key 'cue'; known: cues, descriptions, labels"),
        ("[topics.a.cues]\nenglish = []", "own.toml: topic 'a': cues: 'english' is no language code"),
        ("[topics.a.cues]\nen = 'x'", "own.toml: topic 'a': cues.en: is a list of strings"),
        ("[topics.a.cues]\nen = ['']", "own.toml: topic 'a': cues.en: is a text that is not empty"),
        ("[topics.a.cues]\nen = ['(x']", r"own.toml: topic 'a': cues.en: cue '\(x': an opening bracket"),
        ("[topics.a.labels]\nen = 3", "own.toml: topic 'a': labels.en: is a text that is not empty"),
        ("topics = 3", r"own.toml: a scheme holds at least one table"),
        ("[topics]\na = 3", "own.toml: topic 'a': a topic is a table"),
    ],
)
def test_a_malformed_scheme_is_named_by_file_topic_and_cue(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SchemeError, match=message) as caught:
        load_scheme(write(tmp_path, text))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[football]\ncues = ['x']", "own.fr.toml: lang is None, the file name says 'fr'"),
        (
            "lang = 'fr'\n[hockey]\ncues = ['x']",
            "own.fr.toml: topic 'hockey' is not in the scheme; known: foot",
        ),
        ("lang = 'fr'\n[football]\nwords = ['x']", "unknown key 'words'; known: cues, not, party, weak"),
        (
            "lang = 'fr'\n[football]\ncues = ['a|b']",
            r"own.fr.toml: \[football\] cues: cue 'a\|b': alternatives",
        ),
        ("lang = 'fr'\nfootball = 3", r"own.fr.toml: \[football\] is a table of cue lists"),
    ],
)
def test_a_malformed_cue_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, OWN)
    write(tmp_path, text, "own.fr.toml")
    with pytest.raises(SchemeError, match=message):
        load_scheme(path)


def test_hostile_sizes_are_refused(tmp_path: Path) -> None:
    many = "\n".join(f"[topics.t{i}.labels]\nen = 'x'" for i in range(501))
    with pytest.raises(SchemeError, match="501 topics, the limit scheme_topics is 500"):
        load_scheme(write(tmp_path, many))
    with pytest.raises(SchemeError, match="4,001 cues in one list, the limit scheme_cues is 4,000"):
        load_scheme(write(tmp_path, f"[topics.a.cues]\nen = {['x'] * 4001}"))
    with pytest.raises(SchemeError, match="the limit scheme_bytes is 2,000,000"):
        load_scheme(write(tmp_path, "#" * 2_000_001))
    (tmp_path / "bin.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SchemeError, match=r"bin.toml: is not UTF-8 text \(byte 0\)"):
        load_scheme(tmp_path / "bin.toml")


def test_unknown_names_list_what_exists(tmp_path: Path) -> None:
    assert "diplomacy" in scheme_names()
    with pytest.raises(UnknownComponentError, match=r"unknown topic scheme 'sports'; known: .*diplomacy"):
        load_scheme("sports")
    with pytest.raises(SchemeError, match=r"no topic scheme at '.*none.toml'; give a .toml file or one of: "):
        load_scheme(tmp_path / "none.toml")
    assert isinstance(load_scheme("diplomacy"), TopicScheme)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[topics.x]\ncues = 'a'\n", "cues: is a table by language"),
        (f"[topics.x.labels]\nen = '{'a' * 201}'\n", "201 characters, the limit scheme_name is 200"),
        ("[topics.x.cues]\nenglish = ['a']\n", "no language code"),
    ],
)
def test_what_a_table_may_hold(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SchemeError, match=message):
        read_scheme(write(tmp_path, text))


def test_a_scheme_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match=r"none\.toml: cannot be read \(No such file"):
        read_scheme(tmp_path / "none.toml")


def test_a_file_beside_a_scheme_that_is_of_no_language_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, OWN)
    write(tmp_path, "this is = no cue file", "own.backup.toml")
    assert read_scheme(path).languages == ("de", "en")
