"""Learn from marked articles which units are a statement's: src/readout_diff/data/article_labels.npz.

Run from the root of the repository after changing the rules of the loaders or the articles in
tests/data/marked_articles (tools/pack_articles.py); some five minutes on one core:

    python tools/fit_articles.py           # learn and write
    python tools/fit_articles.py --check   # how many are cut rightly, lots left out; writes nothing

A statement's units, the beginnings of statements and whose they are: boosted trees over the signs of
`labelling` and `parties`. How a unit is worded: a logistic regression, whose word on a unit comes from lots
it was not learnt on.

Source:
    Wolpert 1992, "Stacked generalization".
"""

from __future__ import annotations

import argparse
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from readout_diff.evaluation.marked import Marked, read_marked, wrongs
from readout_diff.loaders.article import find_statements, read_cut
from readout_diff.loaders.cutting import Cut, find_cuts
from readout_diff.loaders.document import Document
from readout_diff.loaders.labelling import TREES, Labeller, Signs, cut_of, knows
from readout_diff.loaders.parties import Claim, signs_of
from readout_diff.loaders.publishers import publisher_table
from readout_diff.loaders.trees import Trees
from readout_diff.loaders.units import Article
from readout_diff.loaders.wording import PLACES, Wording

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "data" / "marked_articles"
LABELS = ROOT / "src" / "readout_diff" / "data" / "article_labels.npz"
_FOLDS = 6
_AROUND_FOLDS = 3
_SLACK = 30.0  # of the logistic regression: the inverse of its penalty


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """An article, what the rules cut, and the number of the statement each unit is of (-1: none).

    `claims` hold for each statement the signs of each party, and which of these it is of.
    """

    lot: str
    marked: Marked
    article: Article
    cuts: list[Cut]
    owner: NDArray[np.int64]
    signs: Signs
    claims: list[tuple[list[list[float]], list[bool]]]


def read_examples(folder: Path) -> list[Example]:
    """Read all marked articles, in the order of their names."""
    table = publisher_table(None)
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for marked in read_marked(path):
            article = Article(Document.of(marked.text).traced, None, table)
            cuts = find_cuts(article)
            owners, signs = _owners(article, marked), Signs.of(article, cuts)
            claims = _claims(signs, cuts, owners, marked)
            found.append(Example(path.stem, marked, article, cuts, owners, signs, claims))
    return found


def _owners(article: Article, marked: Marked) -> NDArray[np.int64]:
    owned = np.full(len(marked.text), -1)
    for number, statement in enumerate(marked.statements):
        for start, end in statement.segments:
            owned[start:end] = number
    owners = np.full(len(article), -1)
    for index, unit in enumerate(article.units):
        places = [
            origin
            for origin, character in zip(unit.traced.origins, unit.text, strict=True)
            if origin >= 0 and not character.isspace()
        ]
        of = Counter(int(owned[place]) for place in places if owned[place] >= 0)
        if of.total() > len(places) / 2:
            owners[index] = of.most_common(1)[0][0]
    return owners


def _claims(
    signs: Signs, cuts: list[Cut], owners: NDArray[np.int64], marked: Marked
) -> list[tuple[list[list[float]], list[bool]]]:
    """Return for each statement the signs of each party, and whose it is.

    Statements are cut where they are marked, and again as the rules cut them: so imperfectly will they be
    cut elsewhere.
    """
    own = np.flatnonzero(owners >= 0).tolist()
    marked_cuts, ruled_cuts = [], []
    for number in range(len(marked.statements)):
        group = [i for i in own if owners[i] == number]
        rule = signs.rule_of(cuts, group)
        if group:
            cut = cut_of(signs.article, rule, group, frozenset(own), (owners >= 0) * 1.0)
            marked_cuts.append((number, cut))
    for cut in cuts:
        held = Counter(owners[[i for i in range(cut.start, cut.end) if i not in cut.skip]].tolist())
        number = held.most_common(1)[0][0]
        if number >= 0:
            ruled_cuts.append((number, cut))
    return [*_asked(signs, marked_cuts, marked), *_asked(signs, ruled_cuts, marked)]


def _asked(
    signs: Signs, cuts: Sequence[tuple[int, Cut | None]], marked: Marked
) -> Iterator[tuple[list[list[float]], list[bool]]]:
    """Yield the signs of each party for cuts, each with the number of the statement it is of."""
    parties = [statement.party for statement in marked.statements]
    previous: Cut | None = None
    for number, cut in cuts:
        if cut is None:
            continue
        claims: list[Claim] = []

        def noted(claim: Claim, claims: list[Claim] = claims) -> str | None:
            claims.append(claim)
            return claim.said

        read_cut(signs.article, cut, previous, parties[:number], noted, None)
        previous = cut
        for claim in claims:
            found = signs_of(claim)
            yield list(found.values()), [party == parties[number] for party in found]


def learn(examples: Sequence[Example]) -> Labeller:
    """Learn from articles; those of a lot are by one author, so lots are left out as wholes."""
    lots = sorted({example.lot for example in examples})
    fold = np.array([lots.index(example.lot) % _FOLDS for example in examples])
    rows: dict[int, NDArray[np.float64]] = {}
    between, anew = [], []
    for number in sorted(set(fold.tolist())):
        others = [e for e, own in zip(examples, fold, strict=True) if own != number]
        wordings = learn_wording(others), learn_opening(others)
        for place in np.flatnonzero(fold == number).tolist():
            example = examples[place]
            worded = example.signs.worded(*wordings)
            rows[place] = example.signs.table(worded)
            inside = np.flatnonzero(example.owner >= 0).tolist()
            pairs = list(pairwise(inside))
            if pairs:
                between.append(example.signs.between(pairs, worded))
                anew.append(np.array([example.owner[a] != example.owner[b] for a, b in pairs]))
    alone, inside = _learn_inside(examples, [rows[place] for place in range(len(examples))], fold)
    return Labeller(
        learn_wording(examples),
        learn_opening(examples),
        alone,
        inside,
        boost(np.concatenate(between), np.concatenate(anew), trees=100, rate=0.08, leaves=8, share=0.3),
        learn_party(examples),
    )


def _learn_inside(
    examples: Sequence[Example], rows: Sequence[NDArray[np.float64]], fold: NDArray[np.int64]
) -> tuple[Trees, Trees]:
    """Learn whether a unit is a statement's: by its signs alone, and by what that says of those around it."""
    target = [example.owner >= 0 for example in examples]

    def alone(chosen: NDArray[np.int64]) -> Trees:
        found, own = (np.concatenate([part[k] for k in chosen.tolist()]) for part in (rows, target))
        return boost(found, own, trees=400, rate=0.06, leaves=15, share=0.05)

    among: dict[int, NDArray[np.float64]] = {}
    for number in sorted(set((fold % _AROUND_FOLDS).tolist())):  # said of the units around by other lots
        held = fold % _AROUND_FOLDS == number
        apart = alone(np.flatnonzero(~held))
        for place in np.flatnonzero(held).tolist():
            among[place] = examples[place].signs.among(rows[place], apart.logit(rows[place]))
    table = np.concatenate([among[place] for place in range(len(examples))])
    inside = boost(table, np.concatenate(target), trees=300, rate=0.06, leaves=15, share=0.1)
    return alone(np.arange(len(examples))), inside


def learn_wording(examples: Sequence[Example]) -> Wording:
    """Learn how offices word a paragraph, and how authors do."""
    places, target = [], []
    for example in examples:
        for index in np.flatnonzero(example.signs.running):
            places.append(example.signs.places[index])
            target.append(example.owner[index] >= 0)
    return _regression(places, target)


def learn_opening(examples: Sequence[Example]) -> Wording:
    """Learn how the first paragraph of a statement is worded, and how the others are."""
    places, target = [], []
    for example in examples:
        begun: set[int] = set()
        for index in np.flatnonzero(example.signs.running & (example.owner >= 0)):
            owner = int(example.owner[index])
            places.append(example.signs.places[index])
            target.append(owner not in begun)
            begun.add(owner)
    return _regression(places, target)


def _regression(places: Sequence[NDArray[np.int64]], target: Sequence[bool]) -> Wording:
    lengths = [len(found) for found in places]
    weights = np.repeat([1 / max(length, 1) ** 0.5 for length in lengths], lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    rows = csr_array((weights, np.concatenate(places), starts), shape=(len(places), PLACES))
    model = LogisticRegression(C=_SLACK, max_iter=300).fit(rows, target)
    learnt = Wording(model.coef_[0].astype(np.float32), float(model.intercept_[0]))
    return Wording.unpack(learnt.pack(""), "")


def learn_party(examples: Sequence[Example]) -> Trees:
    """Learn whose a statement is."""
    claims = [claim for example in examples for claim in example.claims if any(claim[1])]
    rows = np.array([row for signs, _ in claims for row in signs])
    target = np.array([own for _, owned in claims for own in owned], bool)
    return boost(rows, target, trees=200, rate=0.06, leaves=15, share=0.3)


def boost(
    rows: NDArray[np.float64],
    target: NDArray[np.bool_],
    *,
    trees: int,
    rate: float,
    leaves: int,
    share: float,
) -> Trees:
    """Learn boosted trees; each split is chosen among a share of the signs, as many say nearly the same.

    Source:
        Breiman 2001, "Random Forests".
    """
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        max_features=share,
        l2_regularization=1.0,
        random_state=0,
        early_stopping=False,
    ).fit(rows, target)
    nodes = [stage[0].nodes for stage in model._predictors]
    roots = np.cumsum([0, *map(len, nodes)])[:-1]
    leaf = np.concatenate([tree["is_leaf"] for tree in nodes]).astype(bool)
    own = np.arange(len(leaf))
    left, right = (
        np.concatenate([tree[side] + root for tree, root in zip(nodes, roots, strict=True)])
        for side in ("left", "right")
    )
    return Trees(
        roots=roots.astype(np.int32),
        feature=np.where(leaf, 0, np.concatenate([tree["feature_idx"] for tree in nodes])).astype(np.int16),
        threshold=np.where(leaf, 0.0, np.concatenate([tree["num_threshold"] for tree in nodes])),
        left=np.where(leaf, own, left).astype(np.int32),
        right=np.where(leaf, own, right).astype(np.int32),
        value=np.where(leaf, np.concatenate([tree["value"] for tree in nodes]), 0).astype(np.float32),
        base=float(model._baseline_prediction[0, 0]),
    )


def checked(examples: Sequence[Example]) -> Iterator[tuple[Example, list[str], list[str]]]:
    """Yield each article with what the rules get wrong in it, and a labeller that never saw its lot."""
    lots = sorted({example.lot for example in examples})
    for number in range(_FOLDS):
        own = [example for example in examples if lots.index(example.lot) % _FOLDS == number]
        labeller = learn([example for example in examples if lots.index(example.lot) % _FOLDS != number])
        for example in own:
            apt = labeller if knows(example.article) else None
            before, after = (
                wrongs(example.marked, find_statements(example.article, None, some).statements)
                for some in (None, apt)
            )
            yield example, before, after


def main() -> None:
    """Learn and write, or check."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="leave each lot out in turn, write nothing")
    parser.add_argument("--show", action="store_true", help="with --check, say what is wrong")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    examples = read_examples(EXAMPLES)
    if not options.check:
        labeller = learn(examples)
        arrays = labeller.wording.pack("wording") | labeller.opening.pack("opening")
        for name in TREES:
            arrays |= getattr(labeller, name).pack(name)
        np.savez_compressed(LABELS, **arrays)
        return
    right: dict[str, list[int]] = {}
    for example, before, after in checked(examples):
        counts = right.setdefault(example.lot, [0, 0, 0])
        for place, good in enumerate((not before, not after, True)):
            counts[place] += good
        if options.show and after:
            print(example.marked.id, "" if before else "(right by the rules alone)", *after, sep="\n    ")
    for lot, (before_, after_, count) in sorted(right.items()):
        print(f"{lot}: {count} articles, right by the rules {before_}, labelled {after_}")
    print("all:", *np.sum(list(right.values()), axis=0).tolist())


if __name__ == "__main__":
    main()
