from __future__ import annotations

import json
import math
import shutil
from pathlib import Path

import pytest

from readout_diff.errors import LoadError
from readout_diff.evaluation import Evaluation, evaluate
from readout_diff.evaluation.articles import article_figures
from readout_diff.evaluation.gold import cover, read_articles, read_pairs
from readout_diff.testing import HashEmbedder

GOLD = Path(__file__).parent / "data" / "gold"
FIGURES = {
    "topic_f1", "topic_macro_f1", "one_sided_f1", "one_sided_robust", "both_f1", "denied_f1", "align_f1", "align_lenient_f1", "align_map",
    "conflict_f1", "calibration", "furniture", "false_links",
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy two pairs and an article, so that the run is short."""
    folder = tmp_path_factory.mktemp("gold")
    for name in ("dev/dev01-en-de-2021-09-21", "dev/dev06-en-en-2021-11-30"):
        shutil.copytree(GOLD / name, folder / name)
    for path in (GOLD / "articles").glob("seed-article.*"):
        (folder / "articles").mkdir(exist_ok=True)
        shutil.copy(path, folder / "articles")
    return folder


@pytest.fixture(scope="module")
def result(small: Path) -> Evaluation:
    return evaluate(small, embedder=HashEmbedder())


def test_every_gold_pair_can_be_read() -> None:
    pairs = read_pairs(GOLD)
    assert len(pairs) > 25
    for pair in pairs:
        for side in (pair.a, pair.b):
            assert len(side.topics) == len(side.sentences) == len(side.inferred)
        assert all(i < len(pair.a.sentences) and j < len(pair.b.sentences) for i, j in pair.links)
        assert set(pair.links.values()) <= {1, 2}


def test_every_gold_article_can_be_read() -> None:
    for article in read_articles(GOLD):
        text = article.path.read_text("utf-8")
        for statement in article.statements:
            assert 0 <= statement.start < statement.end <= len(text)
            assert all(statement.start <= start < end <= statement.end for start, end in statement.segments)


def test_all_figures_are_there(result: Evaluation) -> None:
    assert {figure.name for figure in result.figures} >= FIGURES | {"article_exact", "article_publisher"}
    assert result.pairs == 2
    assert set(result.by_languages) == {"en-de", "en-en"}
    assert all("hash@1" in signature for signature in result.signatures)


def test_figures_lie_in_their_range(result: Evaluation) -> None:
    for figure in result.figures:
        if figure.name.endswith("_f1") or figure.name == "align_map":
            assert math.isnan(figure.value) or 0 <= figure.value <= 1, figure
            assert math.isnan(figure.low) or figure.low <= figure.value + 1e-9 <= figure.high + 2e-9, figure


def test_topics_do_not_depend_on_the_encoder(result: Evaluation) -> None:
    assert result["topic_f1"].value > 0.8


def test_mistakes_quote_the_passage(result: Evaluation, small: Path) -> None:
    texts = "".join(
        (path / f"{side}.sents.txt").read_text("utf-8") for path in (small / "dev").iterdir() for side in "ab"
    )
    quoted = [m for m in result.mistakes if m.quote]
    assert quoted
    for mistake in quoted:
        assert all(part in texts for part in mistake.quote.split(" || ")), mistake


def test_the_result_is_plain_json(result: Evaluation) -> None:
    data = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert data["schema"] == "readout-diff/evaluation/1"
    assert data["figures"]["topic_f1"]["n"] > 0


def test_progress_is_told(small: Path) -> None:
    told: list[tuple[int, int]] = []
    evaluate(small / "dev", embedder=HashEmbedder(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


@pytest.mark.parametrize("break_it", ["gold.json", "a.txt"])
def test_a_broken_annotation_is_named(break_it: str, small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pair"
    shutil.copytree(small / "dev" / "dev06-en-en-2021-11-30", folder)
    (folder / break_it).write_text("{", "utf-8") if break_it.endswith("json") else (
        folder / break_it
    ).unlink()
    with pytest.raises(LoadError) as caught:
        evaluate(tmp_path, embedder=HashEmbedder())
    assert "\n" not in str(caught.value)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no gold annotation below"):
        evaluate(tmp_path)
    with pytest.raises(LoadError):
        evaluate(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "message"),
    [("[]", "holds no object"), ('{"alignment": []}', "is malformed"), ('{"a_sents": 3}', "is malformed")],
)
def test_an_annotation_of_another_form_is_named(
    content: str, message: str, small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pair"
    shutil.copytree(small / "dev" / "dev06-en-en-2021-11-30", folder)
    (folder / "gold.json").write_text(content, "utf-8")
    with pytest.raises(LoadError, match=message):
        read_pairs(tmp_path)


@pytest.mark.parametrize("missing", [["iran", "nato"], {"a": "iran", "b": ["nato"]}])
def test_topics_the_scheme_lacks_may_be_a_list_or_go_by_side(
    missing: object, small: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pair"
    shutil.copytree(small / "dev" / "dev06-en-en-2021-11-30", folder)
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    (folder / "gold.json").write_text(json.dumps(gold | {"known_missing_topics": missing}), "utf-8")
    assert read_pairs(tmp_path)[0].missing == {"iran", "nato"}


def test_an_article_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.gold.json").write_text('{"id": "x", "statements": [{"start": 1}]}', "utf-8")
    with pytest.raises(LoadError, match=r"x\.gold\.json is malformed"):
        read_articles(tmp_path)


def test_offices_of_ones_own_are_known_where_a_table_has_them() -> None:
    data = Path(__file__).parent / "data"
    articles = read_articles(data / "gold" / "articles")
    alone, told = (
        {figure.name: figure.value for figure in article_figures(articles, table)}["article_publisher"]
        for table in (None, data / "articles" / "publishers.toml")
    )
    assert alone < told == 1.0


def test_an_article_in_which_nothing_is_found_counts_as_missed(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Just a line about the weather.", "utf-8")
    row = {"start": 0, "end": 30, "segments": [[0, 30]], "publisher": None, "party": None, "language": "en"}
    (tmp_path / "x.gold.json").write_text(json.dumps({"id": "x", "statements": [row]}), "utf-8")
    figures = {figure.name: figure for figure in article_figures(read_articles(tmp_path))}
    assert figures["article_exact"].value == 0.0
    assert figures["article_invented"].value == 0.0


def test_a_sentence_that_stands_in_pieces_is_found() -> None:
    passages = [
        "Something else altogether.",
        "The very first sentence, with a long aside, of the whole text.",
    ]
    sentences = ["The very first sentence, of the whole text.", "", "Nowhere to be seen, not a word of it."]
    assert cover(passages, sentences) == (frozenset(), frozenset({0}))


def test_a_sentence_that_stands_before_the_last_one_is_found() -> None:
    passages, sentences = ["B comes here.", "A was there."], ["A was there.", "B comes here."]
    assert cover(passages, sentences) == (frozenset({1}), frozenset({0}))
