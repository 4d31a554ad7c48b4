"""What the labeller that weighs the rules against all other signs does to articles."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from readout_diff.errors import LoadError
from readout_diff.evaluation.marked import Marked, parse_marked, read_marked, wrongs
from readout_diff.loaders.article import find_statements, split_article
from readout_diff.loaders.cutting import Cut, find_cuts
from readout_diff.loaders.document import Document
from readout_diff.loaders.labelling import TREES, Signs, cut_of, knows, labelled, shipped_labeller
from readout_diff.loaders.parties import Claim, office_near, party_of, signs_of
from readout_diff.loaders.publishers import publisher_table
from readout_diff.loaders.trees import Trees
from readout_diff.loaders.units import Article
from readout_diff.loaders.wording import PLACES, Wording, hashed

TESTS = Path(__file__).parents[1]
MARKED = TESTS / "data" / "marked_articles"
FLOOR = 0.6  # of these to be right
EVERY = 9  # of the marked articles, one of so many: all of them take minutes


def fitting() -> dict[str, Any]:
    return runpy.run_path(str(TESTS.parent / "tools" / "fit_articles.py"))


def article_of(text: str) -> Article:
    return Article(Document.of(text).traced, None, publisher_table(None))


@pytest.fixture(scope="module")
def some() -> list[Marked]:
    return [m for path in sorted(MARKED.glob("*.jsonl")) for m in read_marked(path)][::EVERY]


def test_marked_articles_are_cut_rightly_and_more_of_them_than_by_the_rules_alone(some: list[Marked]) -> None:
    right = [0, 0]
    for marked in some:
        for place, labeller in enumerate((None, shipped_labeller())):
            article = article_of(marked.text)
            known = labeller if knows(article) else None
            right[place] += not wrongs(marked, find_statements(article, None, known).statements)
    rules, all_signs = (count / len(some) for count in right)
    # they are among those that it was learnt from: docs/how-to/cut-an-article.md has what new ones come to
    assert all_signs >= FLOOR
    assert all_signs > rules + 0.1


def test_an_article_is_cut_alike_each_time_and_by_the_shipped_labeller(some: list[Marked]) -> None:
    marked = next(m for m in some if knows(article_of(m.text)))
    first, again = (split_article(marked.text) for _ in range(2))
    article = article_of(marked.text)
    assert first == again == find_statements(article, None, shipped_labeller())


def test_units_are_in_one_statement_at_most_and_in_order(some: list[Marked]) -> None:
    for marked in some[:12]:
        article = article_of(marked.text)
        cuts = labelled(article, find_cuts(article), shipped_labeller())
        taken = [i for cut in cuts for i in range(cut.start, cut.end) if i not in cut.skip]
        assert len(taken) == len(set(taken))
        assert [cut.start for cut in cuts] == sorted(cut.start for cut in cuts)


SHORT = (
    "Two calls\n\nThe White House said in a readout:\n\n“The President spoke with the Chancellor today. They agreed to"
    " stay in touch on Ukraine and on trade.”\n\nThat was all."
)


def test_short_texts_and_other_languages_are_cut_by_the_rules_alone() -> None:
    assert not knows(article_of(SHORT))
    long = "La reunión de los ministros de ambos países se celebró en la capital y duró varias horas. " * 20
    assert not knows(article_of(long))
    assert knows(article_of("We will never know what the two ministers really told each other. " * 25))
    assert not knows(article_of(""))
    article = article_of(SHORT)
    assert split_article(SHORT).statements == find_statements(article, None, None).statements


def test_signs_are_numbers_and_do_not_depend_on_what_stands_far_away(some: list[Marked]) -> None:
    labeller = shipped_labeller()
    article = article_of(some[0].text)
    signs = Signs.of(article, find_cuts(article))
    worded = signs.worded(labeller.wording, labeller.opening)
    table = signs.table(worded)
    assert np.isfinite(table).all()
    assert table.shape[0] == len(article)
    logits = labeller.alone.logit(table)
    chances = labeller.inside.probability(signs.among(table, logits))
    assert ((chances > 0) & (chances < 1)).all()
    assert np.allclose(labeller.alone.probability(table), 1 / (1 + np.exp(-logits)))
    # what is surer than sure says no more, and nothing farther away than twelve units counts
    far = np.where(np.arange(len(logits)) > 12, 90.0, logits)
    assert np.array_equal(signs.among(table, far), signs.among(table, np.clip(far, -9, 9)))
    if signs.rule[0] < 0:
        far[signs.rule < 0] = logits[signs.rule < 0]
    assert np.array_equal(signs.among(table, far)[0], signs.among(table, logits)[0])
    assert signs.rule_of((), [0]) is None
    pairs = [(0, 1), (0, 3)]
    assert np.array_equal(signs.between(pairs, worded), signs.between(pairs, worded))


def test_wording_tells_an_office_from_an_author() -> None:
    wording = shipped_labeller().wording
    office = "The Foreign Minister underlined the importance of the agreement. The two sides agreed to stay in touch."
    author = (
        "I have read both texts twice, and I still wonder why nobody asked him what on earth he meant by it."
    )
    assert wording.logit(hashed(office)) > 0 > wording.logit(hashed(author))
    assert wording.logit(np.zeros(0, np.int64)) == wording.intercept


def test_wording_tells_how_a_statement_begins_and_how_it_goes_on() -> None:
    opening = shipped_labeller().opening
    first = "Der Außenminister hat heute mit seinem türkischen Amtskollegen telefoniert."
    later = "Er unterstrich dabei erneut die Bedeutung des Abkommens. Beide Seiten vereinbarten, in Kontakt zu bleiben."
    assert opening.logit(hashed(first)) > opening.logit(hashed(later))


def test_what_is_shipped_is_read_as_it_was_packed() -> None:
    order = np.random.default_rng(0)
    wording = Wording.unpack(Wording(order.normal(size=PLACES).astype(np.float32), 0.5).pack("x"), "x")
    again = Wording.unpack(wording.pack("x"), "x")
    assert np.allclose(wording.weights, again.weights, atol=1e-6)
    assert again.intercept == 0.5
    trees = shipped_labeller().anew
    other = Trees.unpack(trees.pack("x"), "x")
    rows = order.normal(size=(5, int(trees.feature.max()) + 1))
    assert np.array_equal(trees.probability(rows), other.probability(rows))


def test_boosted_trees_are_those_of_the_library_that_learns_them() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    boost = fitting()["boost"]
    order = np.random.default_rng(1)
    rows = order.normal(size=(300, 4))
    target = rows[:, 0] * rows[:, 1] > 0
    trees = boost(rows, target, trees=20, rate=0.1, leaves=8, share=0.5)
    model = HistGradientBoostingClassifier(
        max_iter=20,
        learning_rate=0.1,
        max_leaf_nodes=8,
        max_features=0.5,
        l2_regularization=1.0,
        random_state=0,
    ).fit(rows, target)
    assert np.allclose(trees.probability(rows), model.predict_proba(rows)[:, 1], atol=1e-5)


def test_learning_from_a_few_articles_gives_a_labeller_and_the_same_one_again(tmp_path: Path) -> None:
    fit = fitting()
    for name in ("m6", "n7"):
        lines = (MARKED / f"{name}.jsonl").read_text("utf-8").splitlines(keepends=True)
        (tmp_path / f"{name}.jsonl").write_text("".join(lines[:6]), "utf-8")
    examples = fit["read_examples"](tmp_path)
    first, again = fit["learn"](examples), fit["learn"](examples)
    for name in TREES:
        one, other = (getattr(labeller, name).pack(name) for labeller in (first, again))
        assert all(np.array_equal(one[key], other[key]) for key in one)
    assert np.array_equal(first.wording.weights, again.wording.weights)
    assert np.array_equal(first.opening.weights, again.opening.weights)
    right = [not wrongs(e.marked, find_statements(e.article, None, first).statements) for e in examples]
    assert sum(right) >= 6


BRIDGE = """\
Two texts about one bridge

By Arta Vell, who was there and waited for four hours beside a very old dog

I have followed these talks for years, and I can tell you how they end: nobody says a word, and then the web pages speak.

The government of Kosovo was first, and I have left its numbering as it was:

{introduction}

1. The main bridge is public infrastructure of the Republic of Kosovo. Its opening is an obligation under international law.

2. The Republic of Kosovo has provided the European Union with all the technical and security assessments.

The Government remains committed to the dialogue and to the full implementation of the agreement.

(That was Pristina. I think the second point was not on the agenda, but who am I to say so.)

And what did the other side say?

The Serbian government published this in the evening:

The Belgrade delegation took part in the trilateral meeting today. It was underlined that the bridge must not be opened.

The opening of the bridge by force, without agreement, would be a threat to peace and stability in the region.

So who is right?

I don't know, and I wonder whether anybody does. My dog does not care. He likes the river, and so do I, whoever owns it."""
LEADS = (  # below an introduction with a colon, or below what offices write
    "In today's trilateral meeting, the Republic of Kosovo was represented by the Chief Negotiator, Besnik Bislimi."
    " The position of the Republic of Kosovo was as follows:",
    "The Chief Negotiator of Kosovo met today in Brussels with the Special Representative of the European Union."
    " The two sides underlined the importance of the agreement and agreed to stay in touch.\n\nThe following was agreed:",
)


class Said:
    """Trees that say of each unit what the test says."""

    def __init__(self, likely: Sequence[float]) -> None:
        self._likely = np.array(likely)

    def probability(self, rows: object) -> Any:
        return self._likely


def cut_as_said(text: str, likely: Callable[[str], bool]) -> list[str]:
    article = article_of(text)
    said = Said([0.9 if likely(unit.text) else 0.1 for unit in article.units])
    cuts = labelled(article, [], replace(shipped_labeller(), inside=cast(Trees, said)))
    return [" ".join(article.text(i) for i in range(c.start, c.end) if i not in c.skip) for c in cuts]


@pytest.mark.parametrize("lead", LEADS)
def test_what_leads_to_a_list_in_a_statement_is_of_it(lead: str) -> None:
    points = ("1. The main", "2. The Republic", "The Government")
    first, *_ = cut_as_said(BRIDGE.format(introduction=lead), lambda text: text.startswith(points))
    assert first.startswith(" ".join(lead.split()))


def test_what_introduces_a_list_that_is_all_of_a_statement_is_not_of_it() -> None:
    text = BRIDGE.replace("{introduction}\n\n", "")
    points = ("1. The main", "2. The Republic", "The Government")
    first, *_ = cut_as_said(text, lambda text: text.startswith(points))
    assert first.startswith("1. The main")


def test_a_short_question_behind_a_statement_is_the_authors() -> None:
    own = ("The Belgrade", "The opening", "So who")
    (found,) = cut_as_said(BRIDGE, lambda text: text.startswith(own))
    assert found.endswith("in the region.")
    for mark in ("> ", "- "):  # but one that is marked as theirs is not
        text = BRIDGE.replace("So who", f"{mark}So who")
        assert cut_as_said(text, lambda text: text.startswith(own))[0].endswith("is right?")


@pytest.mark.parametrize(
    "words", ["And this is what stands on its page, word by word, as I found it:", "Oslo's three points:"]
)
def test_an_authors_own_line_with_a_colon_does_not_lead_to_a_list(words: str) -> None:
    text = BRIDGE.format(introduction=LEADS[1]).replace("The following was agreed:", words)
    points = ("1. The main", "2. The Republic", "The Government")
    assert cut_as_said(text, lambda text: text.startswith(points))[0].startswith("1. The main")


CALL = (
    "The Turkish presidency was first. Its statement:\n\n"
    "President Ames spoke by telephone with the President of Serbia. They agreed to meet in May.\n\n"
    "Serbia said nothing."
)


def claim(said: str | None, publisher: str | None = None) -> Claim:
    article = article_of(CALL)
    (cut,) = find_cuts(article)
    return Claim(article, cut, article.text(cut.start), (), publisher, said, ())


def test_a_party_is_one_that_is_named_and_the_rules_have_the_last_word_on_states_nobody_knows() -> None:
    labeller = shipped_labeller()
    assert set(signs_of(claim("Türkiye"))) == {"Serbia", "Türkiye"}
    assert party_of(claim("Türkiye"), labeller) == "Türkiye"
    assert party_of(claim("Serbia"), None) == "Serbia"
    assert party_of(claim("Meridia"), labeller) == "Meridia"
    assert office_near(claim("Serbia"), "Türkiye") == "Presidency of Türkiye"
    assert office_near(claim("Serbia", "The Residency"), "Norway") == "The Residency"
    assert office_near(claim("Serbia", "Kremlin"), "Norway") is None


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("{{S party=A|publisher=B}}x{{/S}}", "right is party"),
        ("{{S party=A|publisher=B|lang=en}}x", "not closed"),
        ("x{{/S}}", "cannot"),
        ("x{{X}}y{{/X}}", "cannot"),
        ("{{S party=A|publisher=B|lang=en}}x{{S party=A|publisher=B|lang=en}}y{{/S}}", "cannot"),
        ("{{S party=A|publisher=B|lang=en}}x{{X}}y{{/S}}", "cannot"),
    ],
)
def test_marks_that_do_not_match_are_refused(marked: str, why: str) -> None:
    with pytest.raises(LoadError, match=why):
        parse_marked("a", marked)


def test_what_is_out_is_no_part_of_a_statement() -> None:
    marked = parse_marked(
        "a", "Said:\n{{S party=-|publisher=-|lang=en}}One two.\n{{X}}AD{{/X}} \nThree.{{/S}}\nEnd."
    )
    (statement,) = marked.statements
    assert [marked.text[a:b] for a, b in statement.segments] == ["One two.", "Three."]
    assert statement.party is None
    assert "{{" not in marked.text


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no marked articles"):
        read_marked(tmp_path / "none.jsonl")


def test_every_kind_of_mistake_is_named() -> None:
    text = SHORT.replace("“The", "“{{S party=United States|publisher=White House|lang=en}}The").replace(
        "trade.”", "trade.{{/S}}”"
    )
    marked = parse_marked("a", text)
    said = split_article(marked.text).statements
    assert wrongs(marked, said) == []
    assert wrongs(marked, ()) == ["missed: United States"]
    nothing = parse_marked("a", marked.text)
    assert wrongs(nothing, said)[0].startswith("invented: United States")
    other = parse_marked("a", text.replace("United States", "France").replace("lang=en", "lang=fr"))
    assert wrongs(other, said) == ["party United States for France", "language en for fr"]
    longer = parse_marked("a", text.replace("{{/S}}”\n\nThat was all.", "”\n\nThat was all.{{/S}}"))
    assert wrongs(longer, said) == ["missing of United States: '”Thatwasall.'"]
    shorter = parse_marked(
        "a", text.replace("today. They", "today.{{/S}} They").replace("trade.{{/S}}", "trade.")
    )
    assert wrongs(shorter, said)[0].startswith("too much of United States: 'TheyagreedtostayintouchonUkraine")


INTRODUCED = (
    "Two accounts\n\nThe White House said in a readout:\n\n"
    "President Ames spoke today with Chancellor Berg. They agreed to meet in May.\n\n"
    "The Kremlin gave it so, hours later, under the same date.\n\n"
    "The President of Russia had a telephone conversation with the Chancellor. They discussed trade.\n\n"
    "I leave it at that."
)


def test_the_second_of_two_statements_does_not_share_the_introduction_of_the_first() -> None:
    article = article_of(INTRODUCED)
    rule = Cut(2, 5, 1, 0.9)
    inside = np.array([0, 0, 0.99, 0, 0.99, 0])
    taken = frozenset({2, 4})
    cuts = [cut_of(article, rule, group, taken, inside) for group in ([2], [4])]
    assert [cut and cut.lead for cut in cuts] == [1, 3]
    assert [cut and cut.doubt for cut in cuts] == [None, None]


def test_an_end_is_doubtful_only_where_what_follows_may_be_the_statements() -> None:
    article, taken = article_of(INTRODUCED), frozenset({2, 3})
    open_end = cut_of(article, None, [2], frozenset({2}), np.array([0, 0, 0.99, 0.4, 0, 0]))
    closed = cut_of(article, None, [2], taken, np.array([0, 0, 0.99, 0.99, 0, 0]))
    late = cut_of(article, None, [2, 3], taken, np.array([0, 0, 0.7, 0.99, 0, 0]))
    assert open_end is not None
    assert closed is not None
    assert late is not None
    assert (open_end.doubt, open_end.confidence) == (article.text(3), 0.6)
    assert (closed.doubt, closed.early) == (None, False)
    assert (late.doubt, late.early, late.confidence) == (None, True, 0.6)
    assert cut_of(article, None, [0], frozenset({0}), np.ones(6)) is None  # a few words


def test_where_a_file_of_marked_articles_is_broken_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a", "marked": "One\u2028two."}\n', "utf-8")
    assert read_marked(path)[0].text == "One\u2028two."
    for broken in ("{", '{"id": "a"}', "[]"):
        path.write_text(broken, "utf-8")
        with pytest.raises(LoadError, match=r"x\.jsonl"):
            read_marked(path)
    with pytest.raises(LoadError, match="is no mark"):
        parse_marked("a", "It said: {{s}}x{{/s}}")
