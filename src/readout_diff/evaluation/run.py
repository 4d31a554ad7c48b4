"""Evaluation over a folder of gold pairs: from comparisons to figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from readout_diff.account import Account, read_accounts
from readout_diff.comparison import Comparison, Order, compare_accounts
from readout_diff.embedders import Embedder, resolve_embedders
from readout_diff.embedders.reader import resolve_reader
from readout_diff.errors import LoadError
from readout_diff.evaluation.articles import article_figures
from readout_diff.evaluation.gold import GoldPair, GoldSide, Pair, cover, read_articles, read_pairs
from readout_diff.evaluation.metrics import (
    Counts,
    Figure,
    average_precision,
    calibration,
    calibration_by_chance,
    count,
    f1_figure,
    mean_figure,
    ratio_figure,
)
from readout_diff.findings.differences import topic_side
from readout_diff.loaders import load
from readout_diff.topics.scheme import TopicScheme, load_scheme


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was said wrongly, or not said: what was expected, what was said, and the passage."""

    pair: str
    figure: str
    expected: str
    said: str
    quote: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of an evaluation, by pair of languages and by topic, with every mistake."""

    figures: tuple[Figure, ...]
    by_languages: Mapping[str, tuple[Figure, ...]]
    by_topic: Mapping[str, Counts]
    mistakes: tuple[Mistake, ...]
    signatures: tuple[str, ...]
    pairs: int

    def __getitem__(self, name: str) -> Figure:
        """Return a figure by name."""
        return next(figure for figure in self.figures if figure.name == name)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain values, ready for JSON; NaN becomes None."""
        return {
            "schema": "readout-diff/evaluation/1",
            "pairs": self.pairs,
            "figures": {figure.name: _plain(figure) for figure in self.figures},
            "by_languages": {
                langs: {figure.name: _plain(figure) for figure in figures}
                for langs, figures in self.by_languages.items()
            },
            "by_topic": {
                topic: {
                    "precision": _finite(counts.precision),
                    "recall": _finite(counts.recall),
                    "f1": _finite(counts.f1),
                    **asdict(counts),
                }
                for topic, counts in self.by_topic.items()
            },
            "signatures": list(self.signatures),
        }


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one pair contributes to each figure."""

    gold: GoldPair
    topics: Mapping[str, Counts]
    one_sided: Counts
    robust: tuple[int, int]  # right one-sided findings that are robust, and all that are
    both: Counts
    denied: Counts
    links: Counts
    links_lenient: Counts
    conflicts: Counts
    precision_average: float
    link_confidences: tuple[tuple[float, bool], ...]
    pair_confidences: tuple[tuple[float, bool], ...]
    furniture: tuple[int, int]
    mistakes: tuple[Mistake, ...]


def evaluate(
    gold_dir: str | Path,
    *,
    scheme: str | Path | TopicScheme = "diplomacy",
    embedder: str | Path | Embedder = "bundled",
    reader: str | Embedder = "bundled",
    order: Order = "auto",
    publishers: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Measure the results against gold annotation.

    Args:
        gold_dir: A folder with gold pairs (``a.txt``, ``b.txt``, ``gold.json``) and annotated articles
            (``X.txt``, ``X.gold.json``) anywhere below it.
        scheme: As for `compare`.
        embedder: As for `compare`.
        reader: As for `compare`.
        order: As for `compare`.
        publishers: Offices of your own that articles name, as for `load_readouts`.
        progress: Called with the number of pairs done and their total.

    Returns:
        All figures, each with its 95 % bootstrap interval over pairs.

    Raises:
        LoadError: If there is no gold annotation in the folder, or it is malformed.
    """
    folder = Path(gold_dir)
    pairs, articles = read_pairs(folder), read_articles(folder)
    if not pairs and not articles:
        raise LoadError(
            f"no gold annotation below {str(folder)!r}; right is a folder of a.txt, b.txt, gold.json"
        )
    topics = scheme if isinstance(scheme, TopicScheme) else load_scheme(scheme)
    reading = resolve_reader(reader)
    judged: list[_Judged] = []
    read: list[tuple[GoldPair, Account, Account, tuple[Embedder, ...]]] = []
    signatures: dict[str, None] = {}
    for number, pair in enumerate(pairs):
        left, right = load(pair.a.path), load(pair.b.path)
        embedders = resolve_embedders(embedder, [r.lang for r in (left, right) if r.lang])
        a, b = read_accounts((left, right), topics, embedders)
        comparison = compare_accounts(a, b, topics, embedders, reader=reading, order=order)
        signatures[str(comparison.signature)] = None
        judged.append(_judge(pair, comparison, a, b))
        read.append((pair, a, b, embedders))
        if progress:
            progress(number + 1, len(pairs))
    figures = (
        *(_figures(judged) if judged else ()),
        *((_false_links(read, topics, reading, order),) if len(read) > 1 else ()),
        *(article_figures(articles, None if publishers is None else Path(publishers)) if articles else ()),
    )
    groups = defaultdict(list)
    for row in judged:
        groups[row.gold.langs].append(row)
    by_topic: dict[str, Counts] = defaultdict(Counts)
    for row in judged:
        for topic, counts in row.topics.items():
            by_topic[topic] += counts
    return Evaluation(
        figures=figures,
        by_languages={langs: _figures(rows) for langs, rows in sorted(groups.items())},
        by_topic={topic: by_topic[topic] for topic in topics.ids if topic in by_topic},
        mistakes=tuple(mistake for row in judged for mistake in row.mistakes),
        signatures=tuple(signatures),
        pairs=len(pairs),
    )


def _figures(rows: Sequence[_Judged]) -> tuple[Figure, ...]:
    topic_rows = [sum(row.topics.values(), Counts()) for row in rows]
    by_topic: dict[str, Counts] = defaultdict(Counts)
    for row in rows:
        for topic, counts in row.topics.items():
            by_topic[topic] += counts
    macro = [counts.f1 for counts in by_topic.values() if counts.tp + counts.fn]
    links = [item for row in rows for item in row.link_confidences]
    ece, brier = calibration([c for c, _ in links], [r for _, r in links])
    chance = calibration_by_chance([c for c, _ in links])
    pairs = [item for row in rows for item in row.pair_confidences]
    ece_pairs, brier_pairs = calibration([c for c, _ in pairs], [r for _, r in pairs])
    nan = float("nan")
    gold_links = sum(row.links.tp + row.links.fn for row in rows)
    furniture = [(float(leaked), float(lines)) for leaked, lines in (row.furniture for row in rows)]
    return (
        f1_figure("topic_f1", topic_rows),
        mean_figure("topic_macro_f1", macro, len(macro)),
        f1_figure("one_sided_f1", [row.one_sided for row in rows]),
        ratio_figure("one_sided_robust", [row.robust for row in rows], sum(row.robust[1] for row in rows)),
        f1_figure("both_f1", [row.both for row in rows]),
        f1_figure("denied_f1", [row.denied for row in rows]),
        f1_figure("align_f1", [row.links for row in rows]),
        f1_figure("align_lenient_f1", [row.links_lenient for row in rows]),
        mean_figure("align_map", [row.precision_average for row in rows], gold_links),
        f1_figure("conflict_f1", [row.conflicts for row in rows]),
        Figure("calibration", ece, nan, nan, len(links), (("by_chance", chance), ("brier", brier))),
        Figure("calibration_all_pairs", ece_pairs, nan, nan, len(pairs), (("brier", brier_pairs),)),
        ratio_figure("furniture", furniture, int(sum(lines for _, lines in furniture))),
    )


def _judge(pair: GoldPair, comparison: Comparison, a: Account, b: Account) -> _Judged:
    covers = (
        cover([p.text for p in a.passages], pair.a.sentences),
        cover([p.text for p in b.passages], pair.b.sentences),
    )
    mistakes: list[Mistake] = []
    topics: dict[str, Counts] = defaultdict(Counts)
    for key, side, account, covered in (("a", pair.a, a, covers[0]), ("b", pair.b, b, covers[1])):
        _judge_topics(pair, key, side, account, covered, topics, mistakes)
    said_sides = {t: topic_side(a.view, b.view, t) for t in comparison.scheme.ids if t not in pair.missing}
    gold_only = {(t, key) for key in "ab" for t in pair.only[key] if t not in pair.missing}
    said_only = {(t, side) for t, side in said_sides.items() if side in ("a", "b")}
    robust = {(f.topic_id, f.side) for f in comparison.differences if f.kind == "one_sided" and f.robust}
    robust &= said_only  # not what is left out of account
    for topic, _ in sorted(gold_only ^ said_only):
        expected = next((k for t, k in gold_only if t == topic), "both" if topic in pair.both else "neither")
        mistakes.append(Mistake(pair.id, "one_sided_f1", f"{topic}: {expected}", said_sides[topic], ""))
    denied = {
        (topic, key)
        for key, account in (("a", a), ("b", b))
        for topic in comparison.scheme.ids
        if account.view.denials(topic) and not account.view.mentions(topic)
    }
    said_links = _link_pairs(comparison, covers, lambda relation: True)
    said_conflicts = _link_pairs(comparison, covers, lambda relation: relation == "conflict")
    strong = {link for link, strength in pair.links.items() if strength == 2}
    weak = set(pair.links) - strong
    _link_mistakes(pair, said_links, strong, weak, mistakes)
    scores = _sentence_matrix(comparison, covers, pair)
    ranked = [(value, link in strong) for link, (value, _) in scores.items() if link not in weak]
    return _Judged(
        gold=pair,
        topics=topics,
        one_sided=count(said_only, gold_only),
        robust=(len(robust & gold_only), len(robust)),
        both=count({t for t, side in said_sides.items() if side == "both"}, pair.both - pair.missing),
        denied=count(denied, {(t, k) for k, side in (("a", pair.a), ("b", pair.b)) for t in side.denied}),
        links=count(said_links, strong, neutral=weak | pair.formulaic),
        links_lenient=count(said_links, strong | weak, neutral=pair.formulaic),
        conflicts=count(said_conflicts, pair.conflicts),
        precision_average=average_precision([v for v, _ in ranked], [r for _, r in ranked]),
        link_confidences=tuple(
            (confidence, link in strong)
            for link, confidence in said_links.items()
            if link not in pair.formulaic
        ),
        pair_confidences=tuple((p, link in strong) for link, (_, p) in scores.items()),
        furniture=_leaks(pair, a, b),
        mistakes=tuple(mistakes),
    )


def _judge_topics(
    pair: GoldPair,
    key: str,
    side: GoldSide,
    account: Account,
    covered: Sequence[frozenset[int]],
    topics: dict[str, Counts],
    mistakes: list[Mistake],
) -> None:
    """Add the counts of one side's (sentence, topic) labels, and note what is wrong."""
    said: dict[int, set[str]] = defaultdict(set)
    cues: dict[tuple[int, str], str] = {}
    for hit in account.hits:
        if not hit.denied:
            for sentence in covered[hit.passage_index]:
                said[sentence].add(hit.topic_id)
                cues[sentence, hit.topic_id] = f"{hit.method}: {hit.cue}"
    for index, (gold, inferred) in enumerate(zip(side.topics, side.inferred, strict=True)):
        for topic in (gold | said[index]) - inferred:
            topics[topic] += count(said[index] & {topic}, gold & {topic})
            if (topic in gold) != (topic in said[index]):
                expected, got = (topic, "nothing") if topic in gold else ("nothing", topic)
                cue = cues.get((index, topic))
                said_as = f"{got} ({cue})" if cue else got
                mistakes.append(
                    Mistake(pair.id, "topic_f1", f"{key}{index}: {expected}", said_as, side.sentences[index])
                )


def _link_pairs(
    comparison: Comparison,
    covers: tuple[Sequence[frozenset[int]], Sequence[frozenset[int]]],
    wanted: Callable[[str], bool],
) -> dict[Pair, float]:
    """Return the sentence pairs the links stand for, each with its best confidence."""
    found: dict[Pair, float] = {}
    for link in comparison.alignment.links:
        if not wanted(link.relation):
            continue
        for i in link.left:
            for j in link.right:
                for sentences in ((s, t) for s in covers[0][i] for t in covers[1][j]):
                    found[sentences] = max(link.confidence, found.get(sentences, 0.0))
    return found


def _sentence_matrix(
    comparison: Comparison,
    covers: tuple[Sequence[frozenset[int]], Sequence[frozenset[int]]],
    pair: GoldPair,
) -> dict[Pair, tuple[float, float]]:
    """Return score and probability of every sentence pair; what no passage covers comes last."""
    scores, probabilities = (
        np.asarray(values) for values in (comparison.alignment.scores, comparison.alignment.probabilities)
    )
    low = float(scores.min(initial=0.0)) - 1.0
    found = {(s, t): (low, 0.0) for s in range(len(pair.a.sentences)) for t in range(len(pair.b.sentences))}
    for i, left in enumerate(covers[0]):
        for j, right in enumerate(covers[1]):
            value = float(scores[i, j]), float(probabilities[i, j])
            for sentences in ((s, t) for s in left for t in right):
                found[sentences] = max(found[sentences], value)
    return found


def _link_mistakes(
    pair: GoldPair, said: Mapping[Pair, float], strong: set[Pair], weak: set[Pair], mistakes: list[Mistake]
) -> None:
    for i, j in sorted(strong ^ (set(said) - weak - pair.formulaic)):
        quote = f"{pair.a.sentences[i]} || {pair.b.sentences[j]}"
        expected, got = ("a link", "none") if (i, j) in strong else ("none", f"a link ({said[i, j]:.2f})")
        mistakes.append(Mistake(pair.id, "align_f1", f"a{i}-b{j}: {expected}", got, quote))


def _leaks(pair: GoldPair, a: Account, b: Account) -> tuple[int, int]:
    """Count the lines of page furniture that stand in passages, and all such lines."""
    leaked = total = 0
    for side, account in ((pair.a, a), (pair.b, b)):
        content = _squeezed(" ".join(side.sentences))
        kept = _squeezed(" ".join(p.text for p in account.passages))
        for line in side.furniture:
            wanted = _squeezed(line)
            if len(wanted) > 3 and wanted not in content:
                total += 1
                leaked += wanted in kept
    return leaked, total


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _false_links(
    read: Sequence[tuple[GoldPair, Account, Account, tuple[Embedder, ...]]],
    scheme: TopicScheme,
    reader: Embedder | None,
    order: Order,
) -> Figure:
    """Link statements of different events that share no topic: every link is false."""
    rows = []
    for pair, a, _, _ in read:
        links, passages = 0, 0
        for other, _, b, embedders in read:
            if pair is other or _all_topics(pair.a) & _all_topics(other.b):
                continue
            comparison = compare_accounts(a, b, scheme, embedders, reader=reader, order=order)
            links += sum(1 for link in comparison.alignment.links if link.left and link.right)
            passages += len(a.passages) + len(b.passages)
        rows.append((float(links), float(passages)))
    return ratio_figure("false_links", rows, int(sum(p for _, p in rows)), scale=100.0)


def _all_topics(side: GoldSide) -> set[str]:
    return {topic for topics in side.topics for topic in topics}


def _plain(figure: Figure) -> dict[str, Any]:
    return {
        "value": _finite(figure.value),
        "low": _finite(figure.low),
        "high": _finite(figure.high),
        "n": figure.n,
        **{name: _finite(value) for name, value in figure.detail},
    }


def _finite(value: float) -> float | None:
    return round(value, 6) if value == value else None
