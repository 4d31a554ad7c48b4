from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace

import catalogue
import pytest

from readout_diff import Readout, compare, pipelines, split_passages
from readout_diff.errors import LoadError, UnsupportedLanguageError
from readout_diff.pipelines import (
    OFFICIAL,
    _installed,
    install_pipelines,
    load_pipeline,
    pipeline_info,
)
from readout_diff.testing import HashEmbedder

SENTENCES = [
    "Am 7. Dezember telefonierten die Präsidenten.",
    "Sie sprachen über die Nato-Erweiterung.",
    "Dr. Weiß widersprach.",
]
GERMAN = " ".join(SENTENCES)


@pytest.fixture
def fresh() -> Iterator[None]:
    """Forget loaded pipelines before and after, so that what is installed is looked at again."""
    load_pipeline.cache_clear()
    _installed.cache_clear()
    yield
    load_pipeline.cache_clear()
    _installed.cache_clear()


def package(folder: Path, name: str, version: str = "3.8.0") -> None:
    """Put a small trained pipeline into `folder` as pip would install it: a package and its metadata.

    Its lemmas are upper case, so that they can be told from any word list's, and its parser would cut
    sentences after every token.
    """
    import spacy
    from spacy.lookups import Lookups

    nlp = spacy.blank(name[:2])
    lookups = Lookups()
    words = ("Dezember", "Präsidenten", "Nato", "Erweiterung", "widersprach", "presidents")
    lookups.add_table("lemma_lookup", {word: word.upper() for word in words})
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(nlp=nlp, lookups=lookups)  # type: ignore[attr-defined]
    nlp.add_pipe("sentencizer", name="parser", config={"punct_chars": ["D", "N"]})
    nlp.meta.update(lang=name[:2], name=name[3:], version=version)
    inner = f"{name}-{version}"
    (folder / name).mkdir()
    nlp.to_disk(folder / name / inner)
    meta = json.loads((folder / name / inner / "meta.json").read_text("utf-8"))
    (folder / name / "meta.json").write_text(json.dumps(meta), "utf-8")
    (folder / name / "__init__.py").write_text(
        "from pathlib import Path\n"
        "from spacy.util import load_model_from_init_py\n"
        "def load(**overrides):\n"
        "    return load_model_from_init_py(Path(__file__), **overrides)\n",
        "utf-8",
    )
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[spacy_models]\n{name} = {name}\n", "utf-8")
    (info / "RECORD").write_text("", "utf-8")


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process find the packages in `folder`: spaCy's registry reads entry points once, at import."""
    monkeypatch.syspath_prepend(folder)
    monkeypatch.setattr(catalogue, "AVAILABLE_ENTRY_POINTS", entry_points())


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: None) -> Iterator[str]:
    """Install a trained German pipeline under the official name."""
    package(tmp_path, "de_core_news_sm")
    install(tmp_path, monkeypatch)
    yield "de_core_news_sm"
    for name in [m for m in sys.modules if m.startswith("de_core_news_sm")]:
        del sys.modules[name]


def test_without_a_trained_pipeline_lemmas_are_simplemmas(fresh: None) -> None:
    info = pipeline_info("de")
    assert info.package is None
    assert str(info).startswith("blank_de@3.")
    assert "+simplemma@" in str(info)
    doc = load_pipeline("de")("Die Verhandlungen über Sanktionen gingen weiter.")
    assert [t.lemma_ for t in doc][1:4] == ["Verhandlung", "über", "Sanktion"]


def test_an_installed_german_pipeline_is_used(german: str) -> None:
    assert str(pipeline_info("de")) == "de_core_news_sm@3.8.0"
    nlp = load_pipeline("de")
    assert nlp.pipe_names == ["readout_sentences", "lemmatizer"]
    assert {"DEZEMBER", "PRÄSIDENTEN"} <= {t.lemma_ for t in nlp(GERMAN)}


def test_boundaries_are_those_of_the_splitter_whatever_is_installed(german: str) -> None:
    trained = [s.text for s in load_pipeline("de")(GERMAN).sents]
    assert trained == SENTENCES
    assert [p.text for p in split_passages(Readout.from_text(GERMAN, lang="de"))] == SENTENCES


def test_boundaries_without_a_trained_pipeline(fresh: None) -> None:
    assert [s.text for s in load_pipeline("de")(GERMAN).sents] == SENTENCES


def test_the_signature_names_the_pipeline(german: str) -> None:
    c = compare(
        Readout.from_text(GERMAN, lang="de"),
        Readout.from_text("Sie sprachen über Sanktionen.", lang="de"),
        embedder=HashEmbedder(),
    )
    assert c.signature.pipelines == ("de_core_news_sm@3.8.0",)
    assert "pipeline:de_core_news_sm@3.8.0" in str(c.signature)


def test_a_new_process_finds_it_too(tmp_path: Path) -> None:
    package(tmp_path, "de_core_news_sm")
    code = (
        "from readout_diff.pipelines import load_pipeline, pipeline_info\n"
        "print(pipeline_info('de'), *{t.lemma_ for t in load_pipeline('de')('Im Dezember.')})"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("de_core_news_sm@3.8.0 ")
    assert "DEZEMBER" in done.stdout


def test_the_small_pipeline_is_preferred(
    german: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(tmp_path, "de_core_news_lg")
    install(tmp_path, monkeypatch)
    assert _installed("de") == "de_core_news_sm"


def test_a_larger_one_is_used_where_it_is_the_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: None
) -> None:
    package(tmp_path, "de_core_news_lg", "3.8.1")
    install(tmp_path, monkeypatch)
    assert str(pipeline_info("de")) == "de_core_news_lg@3.8.1"


def test_a_broken_pipeline_is_named(german: str, tmp_path: Path) -> None:
    (tmp_path / german / f"{german}-3.8.0" / "config.cfg").write_text("[nlp]\nlang = 'de'\n", "utf-8")
    with pytest.raises(LoadError, match="installed pipeline de_core_news_sm does not load") as caught:
        load_pipeline("de")
    assert "\n" not in str(caught.value)


@pytest.mark.models
def test_english_for_real(fresh: None) -> None:
    assert str(pipeline_info("en")) == "en_core_web_sm@3.8.0"
    nlp = load_pipeline("en")
    assert nlp.pipe_names[0] == "readout_sentences"
    assert not {"parser", "ner", "senter"} & set(nlp.pipe_names)
    doc = nlp("President Joseph R. Biden, Jr. held calls. The leaders tasked their teams to follow up.")
    assert [s.text for s in doc.sents] == [
        "President Joseph R. Biden, Jr. held calls.",
        "The leaders tasked their teams to follow up.",
    ]
    assert {"hold", "call", "leader", "team"} <= {t.lemma_ for t in doc}


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "de"])
def test_passages_are_the_sentences_of_the_pipeline_on_real_texts(lang: str, fresh: None) -> None:
    gold = Path(__file__).parent / "data" / "gold"
    for meta in sorted(gold.glob("*/*/meta.json")):
        for side in "ab":
            readout = Readout.from_text((meta.parent / f"{side}.txt").read_text("utf-8"))
            if readout.lang == lang:
                doc = load_pipeline(lang)(readout.text)
                found = [s.text.strip() for s in doc.sents]
                assert found == [p.text for p in split_passages(readout)], f"{meta.parent.name} {side}"


def english_texts() -> list[str]:
    """Return the English gold texts, and texts in which rules about runs of words apply."""
    gold = Path(__file__).parent / "data" / "gold"
    files = [meta.parent / f"{side}.txt" for meta in sorted(gold.glob("*/*/meta.json")) for side in "ab"]
    readouts = [Readout.from_text(file.read_text("utf-8")) for file in files]
    runs = ["Let's talk. We're gonna hold talks.", "C'mon, y'all; he's got ta leave.", "They got to Kyiv."]
    odd = ["", " \n ", "a\tb  c\n\n\nD", "I'll, ’em, somethin' doin'", "\u00a0 x \u2003 y"]
    return [r.text for r in readouts if r.lang == "en"] + runs + odd


@pytest.mark.models
def test_lemmas_that_are_kept_are_those_of_the_trained_pipeline(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import spacy

    trained = spacy.load(str(pipeline_info("en").package), exclude=["parser", "ner", "senter"])
    monkeypatch.setattr(pipelines, "_MOST_KNOWN", 300)  # so that what is kept is forgotten on the way
    kept = load_pipeline("en")
    assert kept.pipe_names == ["readout_sentences", "tok2vec", "tagger", "readout_kept_lemmas"]
    texts = english_texts()
    assert len(texts) > 20
    for text in [*texts, *texts[:3]]:
        assert [t.lemma_ for t in kept(text)] == [t.lemma_ for t in trained(text)], text


@pytest.mark.models
@pytest.mark.parametrize(
    "rule", [{"TAG": "VB", "OP": "?"}, {"SENT_START": 1}], ids=["left out", "place in the text"]
)
def test_lemmas_are_not_kept_where_a_rule_asks_for_more_than_the_word(fresh: None, rule: dict) -> None:
    import spacy

    nlp = spacy.load(str(pipeline_info("en").package), exclude=["parser", "ner", "senter"])
    assert pipelines._go_by_word(nlp)
    nlp.get_pipe("attribute_ruler").add([[rule]], {"LEMMA": "x"})  # type: ignore[attr-defined]
    assert not pipelines._go_by_word(nlp)


@pytest.mark.parametrize("lang", ["fr", "tr", "zh", "ja", "ka"])
def test_every_language_has_a_pipeline(lang: str) -> None:
    doc = load_pipeline(lang)("Iran. NATO 北约 ОБСЕ.")
    assert doc.has_annotation("SENT_START")
    assert doc.lang_ == lang
    assert doc.text == "Iran. NATO 北约 ОБСЕ."


@pytest.mark.parametrize("lang", ["", "EN", "english", "e", "x-y", "../x", "дe", "en_US"])
def test_what_is_no_code_is_refused(lang: str) -> None:
    with pytest.raises(UnsupportedLanguageError, match="is no language code; right is"):
        load_pipeline(lang)


def test_a_pipeline_is_loaded_once() -> None:
    assert load_pipeline("fr") is load_pipeline("fr")


def test_installing_runs_spacys_own_download(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        calls.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    install_pipelines(["en", "de"])
    assert [c[1:] for c in calls] == [
        ["-m", "spacy", "download", "en_core_web_sm"],
        ["-m", "spacy", "download", "de_core_news_sm"],
    ]


def test_a_refused_download_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = SimpleNamespace(returncode=1, stdout="", stderr="Traceback\n  ...\nConnectionError: refused\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: refused)
    with pytest.raises(
        LoadError, match=r"de_core_news_sm could not be downloaded .ConnectionError: refused."
    ):
        install_pipelines(["de"])


def test_only_languages_with_an_official_pipeline_can_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("nothing may be downloaded"))
    with pytest.raises(
        UnsupportedLanguageError, match="no official pipeline for 'tr'; it has them for de, en"
    ):
        install_pipelines(["en", "tr"])


def test_official_names_are_spacys() -> None:
    for lang, name in OFFICIAL.items():
        assert name.startswith(f"{lang}_core_")
        assert name.endswith("_sm")


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "de", "fr"])
def test_a_long_text_is_read_in_pieces_as_it_is_in_one(monkeypatch, lang):
    text = "\n".join(
        f"The presidents met {k} times. They discussed the war; talks went on.\n" for k in range(60)
    )
    whole = pipelines.read_text(text, lang)
    monkeypatch.setattr(pipelines, "_PIECE", 700)
    pieces = pipelines.read_text(text, lang)
    assert len(list(pipelines._pieces(text))) > 5
    assert pieces.text == whole.text == text
    assert [(t.text, t.idx, t.lemma_) for t in pieces] == [(t.text, t.idx, t.lemma_) for t in whole]
    assert [s.start_char for s in pieces.sents] == [s.start_char for s in whole.sents]


@pytest.mark.parametrize("text", ["", "a", "ab\ncdefgh\n\nij", "abcdefgh", "\n\n\n\n\n"])
def test_pieces_make_up_the_text_and_end_with_lines(monkeypatch, text):
    monkeypatch.setattr(pipelines, "_PIECE", 3)
    pieces = list(pipelines._pieces(text))
    assert "".join(pieces) == text
    assert all(piece.endswith("\n") for piece in pieces[:-1])
