from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from readout_diff import (
    Alignment,
    Comparison,
    Link,
    LoadError,
    Passage,
    Readout,
    SchemeError,
    Span,
    TopicHit,
    UnknownComponentError,
    UnsupportedLanguageError,
    compare,
)
from readout_diff.account import Account, as_readout, read_accounts
from readout_diff.alignment.candidates import ALL_PAIRS
from readout_diff.alignment.parameters import Parameters, shipped_parameters
from readout_diff.comparison import compare_accounts
from readout_diff.embedders import registry
from readout_diff.errors import ReadoutDiffError
from readout_diff.testing import HashEmbedder
from readout_diff.topics.scheme import load_scheme

HASH = HashEmbedder()

# Sentences a readout could hold, in several languages: with topics, without, formulaic, denying.
SENTENCES = [
    "The presidents discussed the situation in Ukraine.",
    "They spoke about the Iranian nuclear programme and cyber security.",
    "NATO was not discussed.",
    "The President warned of strong economic measures and sanctions in the event of an escalation.",
    "The leaders agreed to meet again.",
    "The conversation was frank and businesslike.",
    "Die Präsidenten sprachen über die Lage in der Ukraine.",
    "Thema war auch die Erweiterung der Nato nach Osten.",
    "Das Gespräch war offen und sachlich.",
    "Обсуждалась ситуация на Украине.",
    "Les deux présidents ont évoqué le programme nucléaire iranien.",
    "Trade grew by 12 percent to 3 billion dollars in 2021.",
]
LANGS = ["en"] * 6 + ["de"] * 3 + ["ru", "fr", "en"]

pieces = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)
words = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60)
anything = st.lists(st.one_of(st.sampled_from(SENTENCES), words), min_size=1, max_size=5)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


def readout(sentences: list[str], **values: Any) -> Readout:
    lang = LANGS[SENTENCES.index(sentences[0])] if sentences[0] in SENTENCES else "en"
    return Readout.from_text(" ".join(sentences), lang=lang, clean=False, **values)


def pair_set(c: Comparison, *, swapped: bool = False) -> set[tuple[Any, ...]]:
    columns = ["b_index", "a_index"] if swapped else ["a_index", "b_index"]
    return set(c.pairs[[*columns, "score", "confidence", "relation"]].itertuples(index=False, name=None))


@quick
@given(pieces, pieces, st.sampled_from([HASH, "none"]))
@example(SENTENCES[:4], SENTENCES[6:9], HASH)
@example(SENTENCES[:4], SENTENCES[6:9], "none")
@example(SENTENCES[:1], SENTENCES[:1], "none")
def test_swapping_mirrors_everything(left: list[str], right: list[str], embedder: str | HashEmbedder) -> None:
    a, b = readout(left, party="A"), readout(right, party="B")
    c, d = (compare(*sides, embedder=embedder, reader="none") for sides in ((a, b), (b, a)))
    mirror = {"a": "b", "b": "a"}
    sides = dict(zip(c.topics.topic, c.topics.side, strict=True))
    assert {t: mirror.get(s, s) for t, s in sides.items()} == dict(
        zip(d.topics.topic, d.topics.side, strict=True)
    )
    for x, y in (("a", "b"), ("b", "a")):
        for column in ("passages_", "share_", "first_", "denied_"):
            assert c.topics[column + x].equals(d.topics[column + y].rename(column + x))
    assert pair_set(c) == pair_set(d, swapped=True)
    np.testing.assert_array_equal(c.alignment.probabilities, d.alignment.probabilities.T)
    mirrored = {(f.kind, f.topic_id, mirror.get(f.side, f.side), f.strength, f.robust) for f in d.differences}
    assert {(f.kind, f.topic_id, f.side, f.strength, f.robust) for f in c.differences} == mirrored
    assert list(c.only("a").topic) == list(d.only("b").topic)


@quick
@given(pieces, st.sampled_from([HASH, "none"]))
def test_a_text_against_itself_has_no_one_sided_topic(
    sentences: list[str], embedder: str | HashEmbedder
) -> None:
    a = readout(sentences)
    c = compare(a, a, embedder=embedder)
    assert set(c.topics.side) <= {"both", "neither", "unknown"}
    assert c.only("a").empty
    assert c.only("b").empty
    assert not {f.kind for f in c.differences} & {"one_sided", "conflict", "emphasis", "order"}


@quick
@given(anything, anything)
def test_every_passage_is_linked_or_listed_exactly_once(left: list[str], right: list[str]) -> None:
    try:
        a, b = readout(left), readout(right)
    except LoadError:
        return  # white space or punctuation only
    c = compare(a, b, embedder=HASH)
    linked = [
        {i for x in c.alignment.links if x.left and x.right for i in getattr(x, s)} for s in ("left", "right")
    ]
    alone = [
        [i for x in c.alignment.links if not (x.left and x.right) for i in getattr(x, s)]
        for s in ("left", "right")
    ]
    for side, passages in enumerate((c.left_passages, c.right_passages)):
        everything = set(range(len(passages)))
        assert linked[side] | set(alone[side]) == everything
        assert not linked[side] & set(alone[side])
        assert len(alone[side]) == len(set(alone[side]))
    pairs = [(i, j) for link in c.alignment.links for i in link.left for j in link.right]
    assert len(pairs) == len(set(pairs))
    assert all(0 <= link.confidence <= 1 for link in c.alignment.links)


@quick
@given(anything, anything)
def test_offsets_point_at_the_text(left: list[str], right: list[str]) -> None:
    try:
        a, b = readout(left), readout(right)
    except LoadError:
        return
    c = compare(a, b, embedder=HASH)
    texts = {"a": a.text, "b": b.text}
    for row in c.passages.itertuples():
        assert texts[row.side][row.start : row.end] == row.text
    for row in c.pairs.itertuples():
        assert a.text[row.a_start : row.a_end] == row.a_text
        assert b.text[row.b_start : row.b_end] == row.b_text
    for hits, passages in ((c.left_hits, c.left_passages), (c.right_hits, c.right_passages)):
        for hit in hits:
            outer = passages[hit.passage_index].span
            assert outer.start <= hit.span.start <= hit.span.end <= outer.end
            assert 0 < hit.score <= 1


@quick
@given(anything, anything)
def test_every_output_can_be_made_of_any_text(left: list[str], right: list[str]) -> None:
    try:
        a, b = readout(left), readout(right)
    except LoadError:
        return
    c = compare(a, b, embedder=HASH)
    assert json.loads(c.to_json())["a"]["text"] == c.left.text
    assert c.to_markdown()
    assert "<html" in c.to_html()
    assert repr(c)


WORDS_ALONE: dict[str, Any] = {"embedder": "none", "reader": "none"}


def test_without_an_embedder_words_link_across_languages_and_nothing_is_encoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_load", lambda name: pytest.fail(f"{name} was loaded"))
    ours = "The leaders met in Geneva. They welcomed the ceasefire. They spoke about ransomware and hackers."
    theirs = "Die Präsidenten trafen sich in Genf. Über Hacker sprachen sie auch. Sie begrüßten den Waffenstillstand."
    c = compare(ours, theirs, **WORDS_ALONE)
    assert {(1, 2), (2, 1)} <= set(c.pairs[["a_index", "b_index"]].itertuples(index=False, name=None))
    assert c.signature.embedders == ()
    assert "|embedder:none|" in str(c.signature)
    assert c.signature.alignment.startswith("none|issues|mentions|terms|topics+")
    assert "similarity by words in common" in c.to_json()
    again = compare(ours, theirs, **WORDS_ALONE)
    assert (again.to_json(), again.to_html()) == (c.to_json(), c.to_html())


def test_without_an_embedder_no_view_speaks_of_vectors() -> None:
    c = compare(readout(SENTENCES[:6]), readout(SENTENCES[6:9]), **WORDS_ALONE)
    page = re.sub(r"<(style|script)\b.*?</\1>", "", c.to_html(), flags=re.DOTALL)
    for view in (page, c.to_markdown()):
        assert "embedder:none" in view.replace("\\", "")
        assert not re.search(r"encoder|cosine|similarity 0|\bvectors?\b", view)


def test_without_an_embedder_one_passage_or_none_a_side_will_do() -> None:
    one = Readout.from_text("They discussed Ukraine.", lang="en")
    (link,) = compare(one, one, **WORDS_ALONE).alignment.links
    assert (link.left, link.right) == ((0,), (0,))
    nothing = compare(one, readout(SENTENCES[6:9]), segmenter=lambda _: (), **WORDS_ALONE)
    assert nothing.alignment.links == ()
    with pytest.raises(LoadError, match="empty"):
        compare(one, "", **WORDS_ALONE)


@pytest.mark.parametrize(
    ("lang", "text", "what"),
    [("ja", "大統領は会談した。", "of 'ja'"), (None, "Xq zzv.", "of a text of unknown language")],
)
def test_without_an_embedder_a_language_without_a_glossary_is_one_clear_line(
    lang: str | None, text: str, what: str
) -> None:
    with pytest.raises(
        UnsupportedLanguageError, match=f"there is none {what} .* right is an embedder"
    ) as caught:
        compare("They discussed Ukraine.", Readout("x", text, lang=lang), **WORDS_ALONE)
    assert "\n" not in str(caught.value)
    assert "de, en, fr" in str(caught.value)


def test_an_aligner_of_the_callers_needs_no_glossary() -> None:
    def nothing(a: Account, b: Account) -> Alignment:
        return Alignment((), np.zeros((0, 0)), np.zeros((0, 0)), 0.5)

    c = compare(
        "They discussed Ukraine.",
        Readout("x", "大統領は会談した。", lang="ja"),
        aligner=nothing,
        **WORDS_ALONE,
    )
    assert c.signature.alignment == "nothing"


def test_accounts_without_an_encoder_in_common_are_refused() -> None:
    scheme = load_scheme("diplomacy")
    a, b = (read_accounts([readout(SENTENCES[:2])], scheme, models)[0] for models in ([HASH], []))
    for one, other in ((a, b), (b, a)):
        with pytest.raises(ReadoutDiffError, match=r"read with different embedders .*; right is one"):
            compare_accounts(one, other, scheme, [HASH])


def test_without_an_embedder_a_long_text_has_no_differences_from_itself() -> None:
    own = [
        *(f"They discussed the {k}th subject of the talks." for k in range(519)),
        "So it was.",
        "It was so.",
    ]
    text = Readout.from_text("\n".join(own), lang="en", clean=False)
    c = compare(text, text, **WORDS_ALONE)
    assert len(c.left_passages) * len(c.right_passages) > ALL_PAIRS
    linked = {x.left[0] for x in c.alignment.links if x.left and x.right}
    assert {519, 520} <= linked


def test_parameters_without_models_for_no_embedder_are_one_clear_line(tmp_path: Path) -> None:
    models = {key: model for key, model in shipped_parameters().models.items() if key.startswith("any")}
    (tmp_path / "old.json").write_text(Parameters(models, "an older version").to_json(), "utf-8")
    a, b = readout(SENTENCES[:2]), readout(SENTENCES[6:8])
    with pytest.raises(LoadError, match="embedder 'none', only for any; right is") as caught:
        compare(a, b, aligner=tmp_path / "old.json", **WORDS_ALONE)
    assert "\n" not in str(caught.value)


def test_without_an_embedder_long_texts_are_linked() -> None:
    count = 520
    words = [
        "".join("bcdfghklmn"[int(digit)] + "aeiou"[int(digit) // 2] for digit in f"{k:03}")
        for k in range(count)
    ]
    a, b = (
        Readout.from_text("\n".join(f"{said} {words[k]} and grain." for k in order), lang="en", clean=False)
        for said, order in (("They discussed", range(count)), ("A subject was", range(count - 1, -1, -1)))
    )
    c = compare(a, b, **WORDS_ALONE)
    assert len(c.left_passages) * len(c.right_passages) > ALL_PAIRS
    assert len(c.alignment.probabilities.pairs) < 60 * count
    linked = {(x.left, x.right) for x in c.alignment.links if x.left and x.right}
    assert sum(((k,), (count - 1 - k,)) in linked for k in range(count)) > 0.95 * count


def test_the_same_input_gives_the_same_bytes() -> None:
    a, b = readout(SENTENCES[:6]), readout(SENTENCES[6:9])
    first, second = compare(a, b, embedder=HASH), compare(a, b, embedder=HASH)
    assert first.to_json() == second.to_json()
    assert first.to_html() == second.to_html()


@pytest.mark.parametrize(
    "make",
    [
        lambda text, folder: text,
        lambda text, folder: Readout.from_text(text),
        lambda text, folder: _file(folder, text),
        lambda text, folder: _doc(text),
    ],
    ids=["str", "Readout", "Path", "Doc"],
)
def test_every_kind_of_source(make: Callable[[str, Path], Any], tmp_path: Path) -> None:
    text = "The presidents discussed Ukraine. They discussed Iran."
    c = compare(make(text, tmp_path), "Die Präsidenten sprachen über die Ukraine.", embedder=HASH)
    assert c.left.text == text
    assert c.left.lang == "en"
    assert list(c.only("a").topic) == ["iran"]


def _file(folder: Path, text: str) -> Path:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _doc(text: str) -> Any:
    import spacy

    return spacy.blank("en")(text)


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        ("", LoadError, "the text is empty; give"),
        ("  \n ", LoadError, "the text is empty; give"),
        ("...", LoadError, "no running text found; give"),
        (5, LoadError, "a int cannot be compared; right is"),
        (None, LoadError, "cannot be compared"),
        (Path("no/such/file.txt"), LoadError, "no/such/file.txt"),
    ],
)
def test_what_is_no_source_is_refused(source: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        compare(source, "They met.", embedder=HASH)
    assert "\n" not in str(caught.value)


def test_the_name_of_a_file_is_no_text(tmp_path: Path) -> None:
    path = _file(tmp_path, "They met.")
    with pytest.raises(LoadError, match=r"is the name of a file; right is pathlib\.Path"):
        compare(str(path), "They met.", embedder=HASH)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"scheme": "diplomatic"},
            UnknownComponentError,
            "unknown topic scheme 'diplomatic'; known: diplomacy",
        ),
        ({"scheme": Path("no.toml")}, SchemeError, "no.toml"),
        ({"embedder": "e6"}, UnknownComponentError, "unknown embedder 'e6'; known: .*none"),
        (
            {"embedder": "none", "order": "monotone"},
            UnknownComponentError,
            "'monotone' needs vectors; right is",
        ),
        ({"order": "both"}, UnknownComponentError, "unknown order 'both'; known: auto, free, monotone"),
    ],
)
def test_unknown_names_are_refused_and_the_known_ones_listed(
    options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        compare("They met.", "They spoke.", **{"embedder": HASH, **options})


def test_only_knows_two_sides() -> None:
    c = compare("They met.", "They spoke.", embedder=HASH)
    with pytest.raises(UnknownComponentError, match="unknown side 'c'; known: a, b"):
        c.only("c")  # type: ignore[arg-type]


def test_options_can_only_be_given_by_name() -> None:
    with pytest.raises(TypeError):
        compare("They met.", "They spoke.", "diplomacy")  # type: ignore[misc]


def test_a_language_without_cues_is_unknown_never_absent() -> None:
    swahili = Readout.from_text("Marais walizungumza kuhusu Ukraine na Iran.", lang="sw")
    c = compare(swahili, "They discussed NATO and Iran.", embedder=HASH)
    assert set(c.topics.side) <= {"unknown", "both"}
    assert c.only("a").empty
    assert c.only("b").empty


def test_a_segmenter_of_ones_own() -> None:
    def whole(readout: Readout) -> list[Passage]:
        return [Passage(readout.id, 0, Span(0, len(readout.text)), readout.text, readout.lang or "und")]

    c = compare("They met. They ate.", "They met.", embedder=HASH, segmenter=whole)
    assert [p.text for p in c.left_passages] == ["They met. They ate."]


def test_a_segmenter_that_breaks_offsets_is_refused() -> None:
    def broken(readout: Readout) -> list[Passage]:
        return [Passage(readout.id, 0, Span(0, 4), readout.text, "en")]

    with pytest.raises(LoadError, match=r"passage 0 of the segmenter .* right are"):
        compare("They met. They ate.", "They met.", embedder=HASH, segmenter=broken)


def test_a_tagger_of_ones_own() -> None:
    def tagger(passages: Any, scheme: Any) -> list[TopicHit]:
        return [TopicHit("iran", p.readout_id, p.index, 1.0, p.span, "mine", "cue") for p in passages[:1]]

    c = compare("They met.", "They spoke.", embedder=HASH, tagger=tagger)
    assert dict(zip(c.topics.topic, c.topics.side, strict=True))["iran"] == "both"


def test_an_aligner_of_ones_own() -> None:
    def nothing(a: Account, b: Account) -> Alignment:
        shape = (len(a.passages), len(b.passages))
        links = [Link((p.index,), (), 0.0, 1.0, "none") for p in a.passages]
        links += [Link((), (p.index,), 0.0, 1.0, "none") for p in b.passages]
        return Alignment(tuple(links), np.zeros(shape, np.float32), np.zeros(shape, np.float32), 0.5)

    c = compare("They met.", "They met.", embedder=HASH, aligner=nothing)
    assert c.pairs.empty
    assert c.signature.alignment == "nothing"


def test_the_signature_is_one_line_that_names_everything() -> None:
    line = str(compare(SENTENCES[0], SENTENCES[6], embedder=HASH).signature)
    assert "\n" not in line
    keys = [part.split(":")[0] for part in line.split("|")]
    assert keys == ["readout_diff", "lang", "embedder", "pipeline", "scheme", "topics", "alignment", "order"]
    assert "embedder:hash@1" in line
    assert "lang:en-de" in line


def test_files_are_written_whole(tmp_path: Path) -> None:
    c = compare("They met.", "They spoke.", embedder=HASH)
    for name, method in (("c.json", c.to_json), ("c.md", c.to_markdown), ("c.html", c.to_html)):
        text = method(tmp_path / name)
        assert (tmp_path / name).read_text("utf-8") == text
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.html", "c.json", "c.md"]
    with pytest.raises(LoadError, match="cannot write"):
        c.to_json(tmp_path / "none" / "c.json")


def test_the_columns_of_the_contract_are_there() -> None:
    c = compare(" ".join(SENTENCES[:5]), " ".join(SENTENCES[6:9]), embedder=HASH)
    contract = {
        "topics": "topic label passages_a passages_b share_a share_b side",
        "pairs": "a_index b_index a_start a_end b_start b_end a_text b_text score confidence relation topics",
        "passages": "side index start end text topics",
        "findings": "kind topic side strength evidence",
    }
    for frame, columns in contract.items():
        assert set(columns.split()) <= set(getattr(c, frame).columns), frame
    assert all(isinstance(topics, tuple) for topics in c.passages.topics)


def test_the_hits_of_both_sides_in_one() -> None:
    c = compare("They discussed Iran.", "Thema war die Ukraine.", embedder=HASH)
    assert [hit.topic_id for hit in c.hits] == ["iran", "ukraine"]
    assert {hit.readout_id for hit in c.hits} == {c.left.id, c.right.id}


def test_a_workbook_is_written(tmp_path: Path) -> None:
    c = compare("They discussed Iran.", "Thema war die Ukraine.", embedder=HASH)
    c.to_excel(tmp_path / "c.xlsx")
    assert (tmp_path / "c.xlsx").read_bytes()[:2] == b"PK"


def test_parameters_of_ones_own_are_named_in_the_signature(tmp_path: Path) -> None:
    shipped = shipped_parameters()
    own = Parameters({"any": shipped.models["any"]}, "fitted by hand")
    (tmp_path / "own.json").write_text(own.to_json(), "utf-8")
    given, read = (
        compare("They discussed Iran.", "Thema war der Iran.", embedder=HASH, aligner=aligner)
        for aligner in (own, tmp_path / "own.json")
    )
    assert given.signature == read.signature
    assert given.signature.alignment.startswith(f"any+{own.checksum}+e5-reader@")


def test_a_text_in_a_language_without_a_pipeline_is_compared_all_the_same() -> None:
    nothing = Readout(id="x", text="Aa bb cc.", lang="qq")
    c = compare(nothing, "They discussed Iran.", embedder=HASH)
    assert set(c.topics.side) == {"unknown"}
    assert c.signature.languages == ("qq", "en")


def test_a_text_too_strange_for_a_file_name_is_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise OSError(36, "File name too long")

    monkeypatch.setattr(Path, "is_file", refuse)
    assert as_readout("They discussed Iran.").text == "They discussed Iran."
