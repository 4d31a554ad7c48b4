"""The command that splits an article: what it shows, and how its cuts are overruled."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_diff import load_readouts
from readout_diff.cli import main
from readout_diff.cli.dialogue import Dialogue, QuitError
from readout_diff.cli.hinting import as_options, hint_of, read_hint, write_hint
from readout_diff.errors import LoadError
from readout_diff.loaders import load_article, read_article
from readout_diff.loaders.article import source_range
from readout_diff.seed import seed_article

Run = Callable[..., tuple[int, str, str]]
SEED = seed_article()

DOUBTFUL = (
    "Ein Anruf\n\nDas Weiße Haus teilte mit:\n\nPräsident Kessler sprach heute mit der Kanzlerin. Beide erörterten"
    " die Lage.\n\nDas Getreide bleibt in den Häfen.\n\nDas Brot wird teurer.\n"
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the program in an empty folder, with answers on standard input."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        with pytest.raises(SystemExit) as caught:
            main(["extract", *(str(a) for a in arguments)])
        out, err = capsys.readouterr()
        code = caught.value.code
        return code if isinstance(code, int) else 0, out, err

    return call


def texts(out: str) -> list[str]:
    return [record["text"] for record in json.loads(out)]


# ---------------------------------------------------------------- what is shown


def test_the_table_shows_where_each_statement_stands_and_how_sure_that_is(run: Run) -> None:
    _, out, err = run(SEED)
    first = out.splitlines()[1].split()
    assert "548-1422" in first
    assert "0.95" in first
    assert err == ""


def test_statements_announced_and_not_quoted_are_shown(run: Run) -> None:
    _, out, _ = run(SEED)
    missing = out.split("announced, not quoted")[1]
    assert "Bundesregierung" in missing
    assert "6494-6552" in missing


@pytest.mark.filterwarnings("always::readout_diff.errors.ReadoutWarning")
def test_a_doubtful_cut_is_named_on_stderr(run: Run) -> None:
    Path("article.txt").write_text(DOUBTFUL, "utf-8")
    code, out, err = run("article.txt", "--json")
    assert code == 0
    assert len(texts(out)) == 1
    assert err.startswith(
        "readout-diff: warning: article.txt: statement 1 (White House): its end is doubtful"
    )
    assert "Das Getreide" in err


# ---------------------------------------------------------------- hints


def test_hints_overrule_the_cut(run: Run) -> None:
    text = SEED.read_text("utf-8")
    _, out, _ = run(SEED, "--json", "--hint", "548-800,party=Meridia", "--hint", "1588-5621,title=A, B and C")
    first, second = json.loads(out)
    assert (first["text"], first["party"]) == (text[548:800], "Meridia")
    assert second["title"] == "A, B and C"


def test_a_hint_that_repeats_a_cut_keeps_what_was_found() -> None:
    (readout,) = load_readouts(SEED, hints=[{"start": 1588, "end": 5621, "party": "R"}])
    found = load_readouts(SEED)[1]
    assert (readout.text, readout.publisher, readout.translation_credit) == (
        found.text,
        found.publisher,
        found.translation_credit,
    )
    assert readout.party == "R"
    assert readout.id != found.id


def test_hints_do_not_lose_the_absent_ones_they_do_not_cover() -> None:
    assert len(load_article(SEED, hints=[(548, 1422)]).absent) == 1
    assert load_article(SEED, hints=[(5968, 6552)]).absent == ()


@pytest.mark.parametrize(
    "hint", ["", "548", "a-b", "548-1422;lang=en", "5-2", "0-99999999", "548-1422,colour=red"]
)
def test_a_hint_that_is_no_cut_is_refused_in_one_line(hint: str, run: Run) -> None:
    code, out, err = run(SEED, "--hint", hint)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "hint" in err


@pytest.mark.parametrize(
    "hint",
    [
        {"start": 1, "end": 2},
        {"start": 1, "end": 20, "party": "A, the B", "title": "x = y, z"},
        {"start": 1, "end": 20, "publisher": "L’Élysée", "lang": "fr"},
    ],
)
def test_hints_are_written_as_they_are_read(hint: dict[str, object]) -> None:
    assert read_hint(write_hint(hint)) == hint


# ---------------------------------------------------------------- the dialogue


def answered(*answers: str) -> list[dict[str, object]]:
    waiting = iter(answers)

    def ask(_: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    split = load_article(SEED)
    return Dialogue(read_article(SEED), split.statements).run(ask, lambda text: None)


def cuts(hints: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(hint["start"], hint["end"]) for hint in hints]


FOUND = [(548, 1422), (1588, 5621), (5968, 6492)]


def test_without_an_answer_the_cuts_stay() -> None:
    hints = answered()
    assert cuts(hints) == FOUND
    assert load_article(SEED, hints=hints).statements[1].text == load_readouts(SEED)[1].text


def test_a_statement_is_moved_dropped_added_merged_and_named() -> None:
    assert cuts(answered("move 2 7-8", "done")) == [FOUND[0], (1588, 2056), FOUND[2]]
    assert cuts(answered("move 1 @500-600")) == [(500, 600), *FOUND[1:]]
    assert cuts(answered("drop 2")) == [FOUND[0], FOUND[2]]
    assert cuts(answered("drop 1", "drop 1", "add 4")) == [FOUND[0], FOUND[2]]
    assert cuts(answered("merge 1 2")) == [(548, 5621), FOUND[2]]
    named = answered("name 2 party='The Other Side' lang=")[1]
    assert (named["party"], named["lang"]) == ("The Other Side", None)


@pytest.mark.parametrize(
    "answer",
    ["", "frobnicate", "move", "move 9 1-2", "move 1 0-2", "move 1 5-4", "move 1 1-999", "move 1 @7-7", "merge 2 1",
     "drop x", "name 1", "name 1 colour=red", "name 1 'party", "done now"],
)  # fmt: skip
def test_an_answer_that_makes_no_sense_changes_nothing(answer: str) -> None:
    assert cuts(answered(answer)) == FOUND


def test_the_dialogue_can_be_left_without_a_result() -> None:
    with pytest.raises(QuitError):
        answered("drop 1", "quit")


def test_the_dialogue_shows_the_cut_with_what_is_around_it(run: Run) -> None:
    code, out, err = run(SEED, "--interactive", "--json", answers="all\ntext 1\ndone\n")
    assert (code, len(texts(out))) == (0, 3)
    lines = err.splitlines()
    shown = [line.split("|")[0].strip() for line in lines if line[:4].strip().isdigit()]
    assert "4 1" in shown  # the first line of the first statement
    assert any(line.startswith("   3   In der Mitteilung des") for line in lines)  # the one before it
    assert any("joint work on regional issues such as Iran." in line for line in lines)


def test_the_dialogue_gives_what_the_hints_it_prints_give(run: Run) -> None:
    answers = "drop 3\nname 1 publisher='The White House'\nmove 2 7-17\n"
    code, out, err = run(SEED, "--interactive", "--json", answers=answers)
    assert code == 0
    hints = [hint_of(r) for r in load_article(SEED).statements[:2]]
    options = err.splitlines()[-1]
    assert "--hint '548-1422,party=United States,publisher=The White House,lang=en'" in options
    given = [read_hint(part.strip("' ")) for part in options.split("--hint ")[1:]]
    assert given[0] == hints[0] | {"publisher": "The White House"}
    again = load_article(SEED, hints=given).statements
    assert [r.text for r in again] == texts(out)
    assert as_options(given) in options


def test_the_dialogue_does_not_take_the_article_from_standard_input(run: Run) -> None:
    code, _, err = run("-", "--interactive")
    assert (code, err.count("\n")) == (2, 1)


def test_dropping_every_statement_is_refused(run: Run) -> None:
    code, out, err = run(SEED, "--interactive", answers="drop 1\ndrop 1\ndrop 1\n")
    assert (code, out) == (2, "")
    assert "every statement was dropped" in err


def test_leaving_the_dialogue_writes_nothing(run: Run) -> None:
    code, out, _ = run(SEED, "--interactive", "-o", "out", answers="quit\n")
    assert (code, out) == (130, "")
    assert not Path("out").exists()


def test_statements_can_be_added_where_none_was_found(run: Run) -> None:
    Path("article.txt").write_text("A call\n\nThey spoke about the harbour.\n\nThat was all.\n", "utf-8")
    code, out, _ = run("article.txt", "--interactive", "--json", answers="add 2\nname 1 party=Meridia\n")
    assert code == 0
    assert [(r["text"], r["party"]) for r in json.loads(out)] == [
        ("They spoke about the harbour.", "Meridia")
    ]


def test_records_have_no_place_in_an_article(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text('[{"text": "They spoke about the harbour."}]', "utf-8")
    split = load_article(path)
    assert len(source_range(split.statements[0])) == 29
    with pytest.raises(LoadError, match="no article"):
        read_article(path)
