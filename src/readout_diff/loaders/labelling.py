"""Which units of an article are a statement's, learnt from articles in which the statements are marked.

Rules say where statements begin and end by what introduces, follows or sets them apart (`cutting`). Authors
have more habits than there are rules: so what the rules say is one of the signs a labeller weighs, beside how
a unit is worded and what stands around it. Refit with ``python tools/fit_articles.py``.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from readout_diff.loaders.apart import ends_in_colon
from readout_diff.loaders.cues import cues, is_absent, is_update
from readout_diff.loaders.cutting import Cut
from readout_diff.loaders.dates import is_date_line
from readout_diff.loaders.endings import is_signature
from readout_diff.loaders.furniture import is_cue, is_related
from readout_diff.loaders.headings import is_bare
from readout_diff.loaders.layout import ends_sentence, is_prose, word_count
from readout_diff.loaders.quotes import OPENING
from readout_diff.loaders.remarks import goes_on
from readout_diff.loaders.trees import Trees
from readout_diff.loaders.units import Article
from readout_diff.loaders.voice import (
    bare_names,
    comment_score,
    names_office_holder,
    narration_score,
    opens_report,
    report_score,
    surnames,
)
from readout_diff.loaders.wording import Places, Wording, hashed

LANGUAGES = ("de", "en", "fr", "ru")
"""The languages of the articles it was learnt from; articles in others are cut by the rules alone."""

TREES = ("alone", "inside", "anew", "party")
"""The trees of a labeller, by name."""

Floats = NDArray[np.float64]
_SHIPPED = "data/article_labels.npz"
# From which probability on something is so that the rules do not say, or that they say: a rule that finds a
# statement is hardly ever wrong, one that finds none often is. Of a cut of which nothing is likely by all
# signs together, the rules' word counts for less.
_UNSAID, _SAID, _SAID_ALONE = 0.6, 0.05, 0.1
_FEWEST_WORDS = 200  # of an article it was learnt from
_SUREST = 9.0  # a logit; what is surer than that says no more
_NEIGHBOURS, _REACH = 4, 6  # units before and after of which the logit, and the largest of all, is looked at
_WINDOW = 3  # units before and after that are looked at
_AROUND, _AS_FAR = 3, 12  # units of running text before and after, at most so many units away
_RUNNING = 6  # words from which the wording of a unit says something
_GAP = 12  # units that may interrupt a statement
_QUESTION = 12  # words of a question an author asks after a statement
_AS_OFFICES_WRITE = 1.0  # a logit of the wording
_SHORTEST = 8  # words of a statement
_ABOVE = 5  # units above a statement among which the one that introduces it is looked for
_LOOKED_AT = 2000  # characters of a unit that are searched for wording
_CLOSING = "„“”«\"»’'"
# Where the labeller is less sure than this of a unit at an end, a warning names it.
_SURE = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Labeller:
    """What was learnt.

    `wording` tells whether a unit is worded as offices write, `opening` whether as a statement begins;
    `alone` gives the probability that a unit is a statement's by its signs, `inside` by these and by what
    `alone` says of the units around it, `anew` that a new statement begins with it, `party` that a statement
    is a party's.

    Source: Tu 2008, "Auto-context and its application to high-level vision tasks".
    """

    wording: Wording
    opening: Wording
    alone: Trees
    inside: Trees
    anew: Trees
    party: Trees


@cache
def shipped_labeller() -> Labeller:
    """Return the labeller that comes with the package."""
    content = io.BytesIO(files("readout_diff").joinpath(_SHIPPED).read_bytes())
    with np.load(content, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    return Labeller(
        Wording.unpack(arrays, "wording"),
        Wording.unpack(arrays, "opening"),
        *(Trees.unpack(arrays, name) for name in TREES),
    )


def labelled(article: Article, cuts: Sequence[Cut], labeller: Labeller) -> list[Cut]:
    """Return the statements of an article by all signs together.

    Args:
        article: The article, one that the labeller `knows`.
        cuts: What the rules found.
        labeller: What to label with.

    Returns:
        Cuts in order.
    """
    signs = Signs.of(article, cuts)
    worded = signs.worded(labeller.wording, labeller.opening)
    table = signs.table(worded)
    inside = labeller.inside.probability(signs.among(table, labeller.alone.logit(table)))
    kept = inside > _line_of(signs, inside)
    for cut in cuts:  # right below a colon a statement begins, if anything of it is one
        own = [i for i in range(cut.start, cut.end) if i not in cut.skip]
        if cut.lead == cut.start - 1 and ends_in_colon(article.text(cut.lead)) and kept[own].any():
            kept[next((i for i in own if signs.running[i]), own[0])] = True
    leads = {cut.lead for cut in cuts}
    for index in np.flatnonzero(kept).tolist():  # what leads to a list is of the statement, as the list is
        if (
            index > 1
            and not kept[index - 1]
            and article.in_list(index)
            and ends_in_colon(article.text(index - 1))
        ):
            above = (
                worded[index - 2, 0] > _AS_OFFICES_WRITE
                and worded[index - 1, 0] >= 0
                and index - 1 not in leads
                and not _introduces(article, index - 1)
            )
            kept[index - 2] |= above
            kept[index - 1] |= above or _introduced(article, index - 1)
    joined = [goes_on(one, other) for one, other in pairwise(article.units)]
    for half in np.flatnonzero(joined).tolist():  # of one paragraph
        kept[half + 1] |= kept[half]
    chosen = np.flatnonzero(kept).tolist()
    pairs = list(pairwise(chosen))
    anew = labeller.anew.probability(signs.between(pairs, worded)) if pairs else np.zeros(0)
    anew[[one + 1 == other and joined[one] for one, other in pairs]] = 0
    groups: list[list[int]] = []
    for place, index in enumerate(chosen):
        above = chosen[place - 1] if place else None
        apart = above is not None and index - above > _GAP and signs.rule[above] != signs.rule[index]
        if above is None or apart or anew[place - 1] > signs.line_between(above, index):
            groups.append([])
        groups[-1].append(index)
    groups = [_without_questions(article, group) for group in _long_enough(article, signs, groups)]
    taken = frozenset(chosen)
    found = (cut_of(article, signs.rule_of(cuts, group), group, taken, inside) for group in groups)
    return [cut for cut in found if cut is not None]


def _without_questions(article: Article, group: list[int]) -> list[int]:
    """Leave out short questions at the end: "And what does the other side say?" is the author's."""
    end = len(group)
    while end > 1 and _is_question(article, group[end - 1]):
        end -= 1
    return group[:end]


def _is_question(article: Article, index: int) -> bool:
    text = article.text(index)
    marked = article.in_list(index) or article.is_set_apart(index) or article.is_set_apart(index - 1)
    return text.endswith(("?", "？")) and word_count(text) <= _QUESTION and not marked


def _introduces(article: Article, index: int) -> bool:
    """Tell whether a line with a colon is the author's: it names a state, or the text that follows."""
    text = article.text(index)
    about = article.table.best(text) or cues().nouns.search(text)
    return article.is_lead_in(index) or bool(about)


def _introduced(article: Article, index: int) -> bool:
    """Tell whether the unit above introduces a statement: another colon below leads to a list in it."""
    return article.is_lead_in(index - 1) and ends_in_colon(article.text(index - 1))


def _long_enough(article: Article, signs: Signs, groups: Sequence[list[int]]) -> list[list[int]]:
    """Put a group too short for a statement to the one above, if the rules have both in one."""
    found: list[list[int]] = []
    for group in groups:
        short = sum(word_count(article.text(i)) for i in group) < _SHORTEST
        if short and found and signs.rule[found[-1][-1]] == signs.rule[group[0]] >= 0:
            found[-1] += group
        else:
            found.append(group)
    return found


def knows(article: Article) -> bool:
    """Tell whether an article is like those that were learnt from: in one of their languages, long enough."""
    return article.lang in LANGUAGES and sum(word_count(unit.text) for unit in article.units) >= _FEWEST_WORDS


def cut_of(
    article: Article, rule: Cut | None, group: Sequence[int], taken: frozenset[int], inside: Floats
) -> Cut | None:
    """Return the statement of some units, with what a cut of the rules knows of it; None: too short for one.

    Args:
        article: The article.
        rule: The cut of the rules that holds most of them, if one does.
        group: The units of the statement, in order.
        taken: The units of all statements.
        inside: How likely each unit of the article is a statement's.
    """
    if sum(word_count(article.text(i)) for i in group) < _SHORTEST:
        return None
    start, end = group[0], group[-1] + 1
    lead = None
    if rule is not None and rule.start <= start + 1 and not any(i in taken for i in range(rule.start, start)):
        lead = rule.lead if rule.lead is None or rule.lead < start else None
        if not any(is_prose(article.text(i)) for i in range(rule.start, start)):
            start = min(rule.start, start)  # its title and date
    named = rule is not None and rule.lead is None and rule.start == start
    if lead is None and not named:
        lead = _introduced_by(article, start, taken)
    skip = tuple(i for i in range(start, end) if i not in group and i >= group[0])
    same = rule is not None and (rule.start, rule.end, set(rule.skip)) == (start, end, set(skip))
    if rule is not None and same:
        return rule
    doubt = _doubt(article, end, taken, inside)
    if doubt is None and rule is not None and rule.end == end:
        doubt = rule.doubt
    early = bool(inside[group[0]] < _SURE)
    confidence = 0.6 if doubt is not None or early else 0.8 if lead is not None else 0.7
    thin, whole = (rule.thin, rule.whole) if rule is not None else (False, False)
    return Cut(start, end, lead, confidence, doubt, skip, thin=thin, whole=whole, early=early)


def _line_of(signs: Signs, inside: Floats) -> Floats:
    """Return for each unit from which probability on it is a statement's."""
    line = _line(signs.rule >= 0)
    for number in np.unique(signs.rule[signs.rule >= 0]):
        own = signs.rule == number
        if inside[own].max() < _UNSAID:
            line[own] = _SAID_ALONE
    return line


def _line(said: NDArray[np.bool_]) -> Floats:
    """Return from which probability on something is so that the rules say, or do not say."""
    return np.where(said, _SAID, _UNSAID)


def _doubt(article: Article, end: int, taken: frozenset[int], inside: Floats) -> str | None:
    """Return the unit at the end of a statement that may belong to the other side of it."""
    if inside[end - 1] < _SURE:
        return article.text(end - 1)
    open_end = end < len(inside) and end not in taken and inside[end] > 1 - _SURE
    return article.text(end) if open_end else None


def _introduced_by(article: Article, start: int, taken: frozenset[int]) -> int | None:
    """Return the unit above a statement that says whose it is."""
    for index in range(start - 1, max(start - 1 - _ABOVE, -1), -1):
        if index in taken or article.closes(index) or article.is_tail(index):
            return None  # a line that tells whose the statement above is
        hit = article.table.best(article.text(index))
        named = hit is not None and hit.weight >= 1
        if named or is_prose(article.text(index)):
            return index if named or article.is_lead_in(index) else None
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """What is known of each unit of an article.

    `places` hold its words, `running` says whether it is running text, `own` everything else of the unit
    itself, `rules` what the rules say of it, `rule` the number of the cut they have it in, -1 where in none.
    """

    article: Article
    places: tuple[Places, ...]
    running: NDArray[np.bool_]
    own: Floats
    rules: Floats
    rule: NDArray[np.int64]
    _gaps: dict[tuple[int, int], list[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Article, cuts: Sequence[Cut]) -> Signs:
        """Gather the signs of an article.

        Args:
            article: The article.
            cuts: What the rules found.
        """
        texts = [unit.text for unit in article.units]
        running = np.array([word_count(text) >= _RUNNING or is_prose(text) for text in texts], bool)
        rule = np.full(len(texts), -1)
        for number, cut in enumerate(cuts):
            rule[[i for i in range(cut.start, cut.end) if i not in cut.skip]] = number
        sure = [cuts[number].confidence if number >= 0 else 0.0 for number in rule]
        marks = [
            [float(index in places) for index in range(len(texts))]
            for places in ({c.start for c in cuts}, {c.end for c in cuts}, {c.lead for c in cuts})
        ]
        return cls(
            article=article,
            places=tuple(map(hashed, texts)),
            running=running,
            own=np.array([_own(article, index) for index in range(len(texts))], np.float64),
            rules=np.column_stack([rule >= 0, sure, *marks]),
            rule=rule,
        )

    def rule_of(self, cuts: Sequence[Cut], group: Sequence[int]) -> Cut | None:
        """Return the cut of the rules that holds most of some units, None where none holds any."""
        held = Counter(number for number in self.rule[list(group)].tolist() if number >= 0)
        return cuts[held.most_common(1)[0][0]] if held else None

    def worded(self, *wordings: Wording) -> Floats:
        """Return how likely each unit is worded as each of these was learnt: logits, 0 for a few words.

        *Shape:* ``(units, wordings)``.
        """
        logits = [[wording.logit(places) for wording in wordings] for places in self.places]
        return np.where(self.running[:, None], np.array(logits).reshape(-1, len(wordings)), 0.0)

    def table(self, worded: Floats) -> Floats:
        """Return a row a unit: its signs, those of the units around it, and where it stands.

        Args:
            worded: What `worded` gives, of the wording of offices and that of beginnings.
        """
        count = len(worded)
        each = np.column_stack([worded, self.running, self.own, self.rules])
        place = np.arange(count)
        around = [self._running_text(worded[:, 0], step) for step in (-1, 1)]
        windows = [_shifted(each, distance) for distance in range(-_WINDOW, _WINDOW + 1) if distance]
        return np.column_stack([each, *around, place / count, np.minimum(place, 10), *windows])

    def among(self, table: Floats, logits: Floats) -> Floats:
        """Return a row a unit: its signs, and how likely the units around it are a statement's.

        Args:
            table: What `table` gives.
            logits: How likely each unit is, by these signs.
        """
        likely = np.clip(logits, -_SUREST, _SUREST)[:, None]
        near = [_shifted(likely, d) for d in range(-_NEIGHBOURS, _NEIGHBOURS + 1) if d]
        around = [self._running_text(likely[:, 0], step) for step in (-1, 1)]
        cut = np.zeros((len(table), 1))
        for number in np.unique(self.rule):
            cut[self.rule == number] = likely[self.rule == number].mean()
        reach = [
            np.max([_shifted(likely + _SUREST, side * d)[:, :1] for d in range(1, _REACH + 1)], axis=0)
            for side in (-1, 1)
        ]
        return np.column_stack([table, likely, *near, *around, cut, *reach])

    def _running_text(self, worded: Floats, step: int) -> Floats:
        """Return how the next units of running text before or after each unit are worded, and how near."""
        found = np.zeros((len(worded), 2 * _AROUND))
        for index in range(len(worded)):
            reach = range(index + step, index + step * _AS_FAR, step)
            near = [i for i in reach if 0 <= i < len(worded) and self.running[i]][:_AROUND]
            for column, other in enumerate(near):
                found[index, 2 * column : 2 * column + 2] = worded[other], 1 / abs(other - index)
        return found

    def between(self, pairs: Sequence[tuple[int, int]], worded: Floats) -> Floats:
        """Return a row for each two units of statements that follow each other: what stands between them.

        Args:
            pairs: The two units, the one above first.
            worded: What `worded` gives.
        """
        rows = []
        for one, other in pairs:
            if (one, other) not in self._gaps:
                self._gaps[one, other] = [float(sign) for sign in self._between(one, other)]
            own = min((worded[i, 0] for i in range(one + 1, other) if self.running[i]), default=9.0)
            rows.append([own, *worded[one], *worded[other], *self._gaps[one, other]])
        return np.array(rows)

    def line_between(self, one: int, other: int) -> float:
        """Return from which probability on a new statement begins with the second of two units."""
        rules = self.rule[[one, other]]
        known = bool((rules >= 0).all())
        return float(_line(rules[:1] != rules[1:])[0]) if known else 0.5

    def _between(self, one: int, other: int) -> list[float]:
        article = self.article
        gap = range(one + 1, other)
        texts = [article.text(i)[:_LOOKED_AT] for i in gap]
        offices = [_office(article, i) for i in gap]
        langs = article.langs[one], article.langs[other]
        same = self.rule[one] == self.rule[other]
        both = self.rule[one] >= 0 and self.rule[other] >= 0
        text = article.text(other)
        return [
            other - one,
            sum(bool(self.running[i]) for i in gap),
            sum(map(word_count, texts)),
            any(article.is_lead_in(i) for i in gap),
            any(_is_bare(article, i) for i in gap),
            max(offices, default=0),
            any(office >= 1 and not is_prose(line) for office, line in zip(offices, texts, strict=True)),
            any(map(is_cue, texts)),
            any(map(is_related, texts)),
            any(article.is_tail(i) for i in gap),
            None not in langs and langs[0] != langs[1],
            both and not same,
            both and same,
            self.rules[other, 2],
            any(cues().nouns.search(line) or cues().verbs.search(line) for line in texts),
            any(map(ends_in_colon, texts)),
            any(map(is_update, texts)),
            article.text(one)[-1:] in _CLOSING,
            text[:1] in OPENING,
            self.rules[one + 1, 3] if one + 1 < len(self.rules) else 0.0,
            opens_report(text),
            report_score(text),
            any(line.isupper() for line in texts),
            any(article.is_section(i) for i in gap),
            any(article.credit(i) is not None for i in gap),
            any(is_signature(article, i) for i in gap),
            article.is_quoted(one) != article.is_quoted(other),
            article.is_foreign(one) != article.is_foreign(other),
        ]


def _own(article: Article, index: int) -> list[float]:
    """Return what is known of a unit by itself."""
    unit, whole = article.units[index], article.text(index)
    text = whole[:_LOOKED_AT]
    hit = article.table.best(whole)
    head = text[:250]
    return [
        is_prose(text),
        is_cue(text),
        is_related(text),
        article.is_lead_in(index),
        article.is_foreign(index),
        article.is_quoted(index),
        article.is_set_apart(index),
        article.is_tail(index),
        article.part(index),
        unit.bullet,
        unit.gap,
        article.is_stop(index),
        ends_in_colon(whole),
        ends_sentence(whole),
        cues().nouns.search(text) is not None,
        cues().verbs.search(text) is not None,
        cues().announces.search(text) is not None,
        cues().first_person.search(text) is not None,
        is_update(text),
        is_absent(text),
        article.is_section(index),
        text[:1] in OPENING,
        whole[-1:] in _CLOSING,
        text.isupper(),
        is_date_line(text),
        article.credit(index) is not None,
        is_signature(article, index),
        _is_bare(article, index),
        text[:1] in "([",
        bool(surnames(text)),
        "?" in text,
        article.langs[index] in (None, *LANGUAGES),
        opens_report(text),
        names_office_holder(text),
        cues().today.search(head) is not None,
        narration_score(text),
        comment_score(text),
        report_score(text),
        _office(article, index),
        len(bare_names(text, article.surnames)),
        sum(character.isdigit() for character in text) / max(len(text), 1),
        -1 if hit is None else min(hit.start, 200),
        sum(text.count(mark) for mark in "“«„"),
        min(word_count(text), 80),
    ]


def _office(article: Article, index: int) -> float:
    hit = article.table.best(article.text(index))
    return 0.0 if hit is None else hit.weight


def _is_bare(article: Article, index: int) -> bool:
    hit = article.table.best(article.text(index))
    return hit is not None and is_bare(article.text(index), hit)


def _shifted(table: Floats, distance: int) -> Floats:
    """Return for each unit the row of the one so far away, and whether there is none."""
    count, width = table.shape
    places = np.arange(count) + distance
    there = (places >= 0) & (places < count)
    rows = np.zeros((count, width + 1))
    rows[there, :width] = table[places[there]]
    rows[~there, width] = 1
    return rows
