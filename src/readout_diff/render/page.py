"""The values the HTML templates show, free of markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from readout_diff.findings.finding import Evidence
from readout_diff.render.rows import TopicRow, hits_of, in_groups, topic_rows
from readout_diff.render.safe_text import for_html
from readout_diff.render.sides import Side, count_words, sides_of

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison

_TONES = 8  # hues of subjects both sides mention; a subject of one side wears its colour
_MAX_SEGMENTS = 120
_MAX_RIBBONS = 400
_MAX_PASSAGE = 5000  # code points; a longer passage is cut, with the rest counted


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a passage: plain, or marked as "cue" or "differs" with the reason in `title`."""

    text: str
    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic with the number, colour and short name it has throughout the page."""

    number: int
    row: TopicRow
    tone: str

    @property
    def label(self) -> str:
        """The label, safe to show."""
        return for_html(self.row.label)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a passage to be marked, in offsets into the passage, and why."""

    start: int
    end: int
    kind: str
    title: str
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the page shows it."""

    ref: str
    anchor: str
    side: str
    lang: str
    pieces: tuple[Piece, ...]
    subjects: tuple[Subject, ...]
    partners: tuple[str, ...]
    cut: int

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def numbers(self) -> str:
        """The numbers of the subjects, for the filter."""
        return " ".join(str(subject.number) for subject in self.subjects)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an account on its strip, with its start and width in percent."""

    start: float
    width: float
    subjects: tuple[Subject, ...]
    first: str
    last: str

    @property
    def title(self) -> str:
        """What the stretch is about, and where it stands."""
        where = self.first if self.first == self.last else f"{self.first} to {self.last}"
        return f"{where}: {', '.join(s.label for s in self.subjects) or 'no subject of the scheme'}"


class Page:
    """A comparison prepared for the templates: every text safe, every passage named once."""

    def __init__(self, comparison: Comparison, *, lang: str = "en") -> None:
        self.comparison = comparison
        self.left, self.right = self.sides = sides_of(comparison)
        self.rows = topic_rows(comparison, lang)
        self.subjects = _subjects(in_groups(self.rows))
        self.by_id = {subject.row.topic.id: subject for subject in self.subjects}
        self.largest = max((max(row.a.share, row.b.share) for row in self.rows), default=0.0) or 1.0
        self._topics: dict[tuple[str, int], list[Subject]] = {}
        self._marks: dict[tuple[str, int], list[Mark]] = {}
        self._partners: dict[tuple[str, int], set[str]] = {}
        self._collect()

    def shown(self, side: Side, index: int, subject: Subject | None = None) -> Shown:
        """Return one passage as the page shows it, with the cues of every or of one subject marked."""
        passage = side.passages[index]
        text = passage.text[:_MAX_PASSAGE]
        return Shown(
            ref=side.ref(index),
            anchor=f"{side.key}{index + 1}",
            side=side.key,
            lang=passage.lang or "und",
            pieces=_pieces(
                text,
                [m for m in self._marks.get((side.key, index), ()) if subject in (None, m.subject)],
            ),
            subjects=self.topics_at(side, index),
            partners=tuple(sorted(self._partners.get((side.key, index), ()), key=_natural)),
            cut=len(passage.text) - len(text),
        )

    def topics_at(self, side: Side, index: int) -> tuple[Subject, ...]:
        """Return the subjects of a passage, in the order of the page."""
        return tuple(sorted(self._topics.get((side.key, index), ()), key=lambda s: s.number))

    def segments(self, side: Side) -> tuple[Segment, ...]:
        """Return the strip of an account: neighbours with the same subjects are one segment."""
        lengths = [max(1, count_words(passage.text)) for passage in side.passages]
        total = sum(lengths) or 1
        step = -(-len(lengths) // _MAX_SEGMENTS) if len(lengths) > _MAX_SEGMENTS else 1
        found: list[tuple[int, int, tuple[Subject, ...]]] = []
        for start in range(0, len(lengths), step):
            end = min(start + step, len(lengths))
            subjects = self._commonest(side, range(start, end))
            if found and found[-1][2] == subjects:
                found[-1] = (found[-1][0], end, subjects)
            else:
                found.append((start, end, subjects))
        return tuple(
            Segment(
                100 * sum(lengths[:start]) / total, 100 * sum(lengths[start:end]) / total,
                subjects, side.ref(start), side.ref(end - 1),
            )
            for start, end, subjects in found
        )  # fmt: skip

    def ribbons(self) -> tuple[tuple[str, str], ...]:
        """Return the links as shapes between the strips: points in a 1000 by 100 box, and a relation."""
        places = []
        for side in self.sides:
            lengths = [max(1, count_words(passage.text)) for passage in side.passages]
            total, at, place = sum(lengths) or 1, 0, []
            for length in lengths:
                place.append((1000 * at / total, 1000 * (at + length) / total))
                at += length
            places.append(place)
        links = [link for link in self.comparison.alignment.links if link.left and link.right]
        links.sort(key=lambda link: -link.confidence)
        shapes = []
        for link in links[:_MAX_RIBBONS]:
            for i in link.left:
                for j in link.right:
                    (a0, a1), (b0, b1) = places[0][i], places[1][j]
                    path = (
                        f"M{a0:.1f} 0C{a0:.1f} 50 {b0:.1f} 50 {b0:.1f} 100"
                        f"H{b1:.1f}C{b1:.1f} 50 {a1:.1f} 50 {a1:.1f} 0Z"
                    )
                    shapes.append((path, link.relation))
        return tuple(shapes)

    def spoken_order(self, side: Side) -> str:
        """Return the strip of an account in words."""
        stops = [f"{s.title}" for s in self.segments(side) if s.subjects]
        return f"{for_html(side.name)}, in order: {'; '.join(stops) or 'no subject of the scheme'}."

    def notes(self, subject: Subject) -> tuple[str, ...]:
        """Return what else there is to say about a subject of both sides: weight and order."""
        row, found = subject.row, []
        for finding in self.comparison.differences:
            if finding.topic_id != row.topic.id or finding.side == "both":
                continue
            letter = finding.side.upper()
            if finding.kind == "emphasis":
                found.append(f"more room in {letter}")
            # Findings go by the position in the text, the table by rank: silent where these disagree.
            elif finding.kind == "order" and ((row.a.first or 0) < (row.b.first or 0)) == (letter == "A"):
                found.append(f"earlier in {letter}")
        return tuple(found)

    def subjects_of(self, side: Side, indices: Sequence[int]) -> tuple[Subject, ...]:
        """Return the subjects of some passages, in the order of the page."""
        found = {subject.number: subject for i in indices for subject in self.topics_at(side, i)}
        return tuple(subject for _, subject in sorted(found.items()))

    def _commonest(self, side: Side, indices: range) -> tuple[Subject, ...]:
        if len(indices) == 1:
            return self.topics_at(side, indices[0])
        counts: dict[int, int] = {}
        for index in indices:
            for subject in self.topics_at(side, index):
                counts[subject.number] = counts.get(subject.number, 0) + 1
        if not counts:
            return ()
        best = max(counts, key=lambda number: (counts[number], -number))
        return (self.subjects[best - 1],)

    def _collect(self) -> None:
        for side in self.sides:
            for hit in hits_of(self.comparison, side):
                subject = self.by_id.get(hit.topic_id)
                if subject is None:
                    continue
                key = (side.key, hit.passage_index)
                said = "said not to have been discussed" if hit.denied else "named here"
                if hit.method == "cue":
                    start = side.passages[hit.passage_index].span.start
                    self._marks.setdefault(key, []).append(
                        Mark(
                            hit.span.start - start,
                            hit.span.end - start,
                            "cue",
                            f"{subject.label}: {said}",
                            subject,
                        )
                    )
                topics = self._topics.setdefault(key, [])
                if not hit.denied and subject not in topics:
                    topics.append(subject)
        for finding in self.comparison.differences:
            if finding.kind == "conflict":
                for evidence in finding.evidence:
                    self._mark_difference(evidence)
        for link in self.comparison.alignment.links:
            for i in link.left:
                for j in link.right:
                    self._partners.setdefault(("a", i), set()).add(f"b{j + 1}")
                    self._partners.setdefault(("b", j), set()).add(f"a{i + 1}")

    def _mark_difference(self, evidence: Evidence) -> None:
        if evidence.span is None or evidence.passage_index is None:
            return
        side = self.left if evidence.side == "a" else self.right
        start = side.passages[evidence.passage_index].span.start
        self._marks.setdefault((side.key, evidence.passage_index), []).append(
            Mark(evidence.span.start - start, evidence.span.end - start, "differs", for_html(evidence.note))
        )


def _subjects(rows: Iterable[TopicRow]) -> tuple[Subject, ...]:
    shared = 0
    subjects = []
    for number, row in enumerate(rows, start=1):
        tone = f"only-{row.side}" if row.side in ("a", "b") else f"tone-{shared % _TONES}"
        shared += row.side == "both"
        subjects.append(Subject(number, row, tone))
    return tuple(subjects)


def _pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    # Marks may overlap: cut at every border, then look what covers each run.
    inside = [mark for mark in marks if mark.start < len(text)]
    ends = {min(mark.end, len(text)) for mark in inside}
    borders = sorted({0, len(text), *(mark.start for mark in inside), *ends})
    pieces: list[Piece] = []
    for start, end in pairwise(borders):
        over = [mark for mark in inside if mark.start <= start and end <= mark.end]
        kind = "differs" if any(mark.kind == "differs" for mark in over) else "cue" if over else ""
        title = "; ".join(dict.fromkeys(mark.title for mark in over))
        pieces.append(Piece(for_html(text[start:end]), kind, title))
    return tuple(pieces)


def _natural(anchor: str) -> tuple[str, int]:
    return anchor[0], int(anchor[1:])
