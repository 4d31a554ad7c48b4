"""Tagging: which topics a passage carries, each with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from readout_diff.readout import Span
from readout_diff.topics.discourse import OPENING_PASSAGES, discourse_cues
from readout_diff.topics.lexicon import Cue, Lexicon, Match, doc_lemmas
from readout_diff.topics.scheme import TopicHit, TopicScheme

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from readout_diff.passages import Passage

STRONG_SCORE = 1.0
WEAK_SCORE = 0.8
CONTEXT_SCORE = 0.5
EMBEDDING_SCORE = 0.4
# A cue does not count in a passage whose vectors speak against its topic, and none is needed where they speak
# plainly for it; chosen by leaving documents out, see docs/accuracy.md.
UNLIKELY, LIKELY = 0.04, 0.85
# Standard deviations; fitted on invented pairs, each language with the descriptions of the others only.
EVIDENCE_LINE = 1.75

_MASK = "mask"
_ELSEWHERE = "elsewhere"
_FORMULAIC = "discourse:formulaic"
# A country named in this many passages, and in this share of them, is a party and no subject.
_PARTY_PASSAGES = 3
_PARTY_SHARE = 0.4
# After a list of many subjects "this question" may mean any of them.
_MOST_TAKEN_UP = 2


def supported_topics(scheme: TopicScheme, lang: str) -> tuple[str, ...]:
    """Return the topics that have cues in `lang`: only of these can absence be judged.

    Example:
        >>> from readout_diff.topics.scheme import load_scheme
        >>> "iran" in supported_topics(load_scheme(), "en"), supported_topics(load_scheme(), "xx")
        (True, ())
    """
    return tuple(topic.id for topic in scheme.topics if topic.cues.get(lang))


@lru_cache(maxsize=64)
def lexicon_of(scheme: TopicScheme, lang: str) -> Lexicon:
    """Return the compiled cues of a scheme in a language, with those about the talks themselves."""
    cues = list(discourse_cues(lang))
    cues += [Cue(_MASK, _MASK, text) for text in scheme.masks.get(lang, ())]
    cues += [Cue(_ELSEWHERE, _ELSEWHERE, text) for text in scheme.elsewhere.get(lang, ())]
    for topic in scheme.topics:
        parts = {"strong": topic.cues, "weak": topic.weak, "not": topic.excluded, "party": topic.party}
        cues += [Cue(topic.id, role, text) for role, part in parts.items() for text in part.get(lang, ())]
    return Lexicon(cues, lang)


def tag_topics(
    passages: Sequence[Passage],
    scheme: TopicScheme,
    *,
    doc: Doc | None = None,
    likelihoods: NDArray[np.float32] | None = None,
    evidence: NDArray[np.float32] | None = None,
) -> tuple[TopicHit, ...]:
    """Tell which topics each passage carries.

    Args:
        passages: passages of one readout, in order.
        scheme: the topics and their cues.
        doc: the readout's text as processed by a pipeline; its lemmas are used. Without it lemmas come
            from simplemma.
        likelihoods: from a `TopicModel` of the scheme. A cue of an unlikely topic does not count; a topic
            that is likely without a cue is a hit of the method "likelihood". *Shape:* as `evidence`.
        evidence: from `topic_evidence`; used only without `likelihoods`, for passages in a language without
            cues, where it is all there is (about 0.7 of such hits are right, and it finds about 0.4 of the
            mentions).
            *Shape:* ``(len(passages), len(scheme.topics))``.

    Returns:
        One hit for each passage and topic, in the order of passages and of the scheme. A hit with
        ``denied=True`` says that the passage reports the topic as not discussed: no mention.

    Example:
        >>> from readout_diff.passages import Passage
        >>> from readout_diff.topics.scheme import load_scheme
        >>> text = "They also spoke about the OSCE."
        >>> passage = Passage("a", 0, Span(0, len(text)), text, "en")
        >>> [(hit.topic_id, hit.cue) for hit in tag_topics([passage], load_scheme())]
        [('european_security', 'OSCE')]
    """
    readings = [_Reading(p, m) for p, m in zip(passages, _match(passages, scheme, doc), strict=True)]
    parties = _parties(readings)
    established = frozenset(
        t for r in readings for t in r.named().intersection(scheme.ids) if r.cues_of(t, parties)[0]
    )
    hits: list[TopicHit] = []
    before: frozenset[str] = frozenset()
    pause = 0
    away = False
    for row, reading in enumerate(readings):
        if (
            likelihoods is None
            and evidence is not None
            and not supported_topics(scheme, reading.passage.lang)
        ):
            hits += _resembling(reading.passage, scheme, evidence[row])
            continue
        away = away or reading.elsewhere()
        here = reading.hits(scheme, parties, before, established, weak_counts=not away)
        if likelihoods is not None:
            here = _judged(reading.passage, here, scheme, likelihoods[row])
        hits += here.values()
        mentioned = reading.announced() | {t for t, h in here.items() if not h.denied}
        # One passage without any subject does not end what the passage before it spoke of.
        before, pause = (mentioned, 0) if mentioned or pause or away else (before, 1)
        away = away and not mentioned
    return tuple(hits)


def _judged(
    passage: Passage, hits: Mapping[str, TopicHit], scheme: TopicScheme, likelihoods: NDArray[np.float32]
) -> dict[str, TopicHit]:
    """Drop the hits of unlikely topics, and add those of likely ones; what is denied stays denied."""
    judged = {}
    for topic_id, likelihood in zip(scheme.ids, likelihoods.round(4).tolist(), strict=True):
        hit = hits.get(topic_id)
        if hit is not None and (hit.denied or likelihood > UNLIKELY):
            judged[topic_id] = hit
        elif hit is None and likelihood > LIKELY:
            judged[topic_id] = TopicHit(
                topic_id, passage.readout_id, passage.index, likelihood, passage.span, "", "likelihood"
            )
    return judged


def _resembling(passage: Passage, scheme: TopicScheme, evidence: NDArray[np.float32]) -> list[TopicHit]:
    """Return the topics whose descriptions the passage resembles."""
    return [
        TopicHit(topic.id, passage.readout_id, passage.index, EMBEDDING_SCORE, passage.span, "", "embedding")
        for topic, strength in zip(scheme.topics, evidence, strict=True)
        if strength >= EVIDENCE_LINE
    ]


def _parties(readings: Sequence[_Reading]) -> frozenset[str]:
    """Return the topics whose country is a party to the talks.

    Its name, or that of its leader, stands in the opening lines, or all over the text.
    """
    named = [{m.cue.group for m in reading.matches if m.cue.role == "party"} for reading in readings]
    counts = Counter(topic for topics in named for topic in topics)
    frequent = {t for t, n in counts.items() if n >= _PARTY_PASSAGES and n >= _PARTY_SHARE * len(readings)}
    opening = {
        m.cue.group
        for reading in readings
        if reading.passage.index < OPENING_PASSAGES
        for m in reading.matches
        if m.cue.role == "party" and m.end <= reading.subjects_start()
    }
    return frozenset(frequent | opening)


def _match(passages: Sequence[Passage], scheme: TopicScheme, doc: Doc | None) -> list[list[Match]]:
    """Match the passages of each language with the cues of that language."""
    found: list[list[Match]] = [[] for _ in passages]
    for lang in dict.fromkeys(p.lang for p in passages):
        chosen = [i for i, p in enumerate(passages) if p.lang == lang]
        # the pipeline knows one language; elsewhere simplemma has the lemmas
        known = doc is not None and (len(chosen) == len(passages) or doc.lang_ == lang)
        lemmas = (
            [doc_lemmas(doc, passages[i].span.start, passages[i].span.end) for i in chosen]
            if doc is not None and known
            else None
        )
        rows = lexicon_of(scheme, lang).match([passages[i].text for i in chosen], lemmas)
        for i, row in zip(chosen, rows, strict=True):
            found[i] = row
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A passage with the cues found in it."""

    passage: Passage
    matches: Sequence[Match]

    def content_start(self) -> int:
        """Return where the report of subjects begins: in an opening line behind "to discuss" or the like."""
        roles = {m.cue.role for m in self.matches if m.cue.group == _FORMULAIC}
        opens = "opening" in roles and "report" not in roles
        return self.subjects_start() if opens and self.passage.index < OPENING_PASSAGES else 0

    def subjects_start(self) -> int:
        """Return where "to discuss" or the like stands; in the first passage its end where there is none."""
        formulas = [m for m in self.matches if m.cue.group == _FORMULAIC]
        openings = [m for m in formulas if m.cue.role == "opening"]
        subjects = _unmasked((m for m in formulas if m.cue.role == "subject"), openings)
        last = len(self.passage.text) if openings or not self.passage.index else 0
        return min((m.start for m in subjects), default=last)

    def elsewhere(self) -> bool:
        """Whether the passage names a subject outside the scheme."""
        return any(m.cue.role == _ELSEWHERE for m in self.matches)

    def announced(self) -> frozenset[str]:
        """Return what an opening line names without reporting it, such as the country of a guest."""
        content = self.content_start()
        return frozenset(m.cue.group for m in self.matches if m.start < content and m.cue.role == "strong")

    def named(self) -> frozenset[str]:
        """Return the groups of all cues in the passage, whether they count or not."""
        return frozenset(m.cue.group for m in self.matches)

    def cues_of(self, topic_id: str, parties: frozenset[str]) -> tuple[list[Match], list[Match]]:
        """Return the strong and the weak cues of a topic that count here."""
        content = self.content_start()
        own = [m for m in self.matches if m.cue.group == topic_id and m.start >= content]
        barred = [m for m in self.matches if m.cue.role == _MASK] + [m for m in own if m.cue.role == "not"]
        roles = {"strong"} if topic_id in parties else {"strong", "party"}
        strong = _unmasked((m for m in own if m.cue.role in roles), barred)
        return strong, _unmasked((m for m in own if m.cue.role == "weak"), barred)

    def hits(
        self,
        scheme: TopicScheme,
        parties: frozenset[str],
        before: frozenset[str],
        established: frozenset[str],
        *,
        weak_counts: bool,
    ) -> dict[str, TopicHit]:
        """Return the hits of the passage by topic.

        Args:
            scheme: the topics.
            parties: topics whose country is a party to the talks.
            before: topics of the passage before.
            established: topics that a strong cue names somewhere in the readout.
            weak_counts: False where the talk is of a subject outside the scheme.
        """
        denied = self._denied_ranges()
        hits: dict[str, TopicHit] = {}
        pairs: dict[str, list[Match]] = {}
        continued: dict[str, Match] = {}
        named = self.named()
        for topic in scheme.topics:
            if topic.id not in named:  # most are not: a scheme may have hundreds of topics
                continue
            strong, weak = self.cues_of(topic.id, parties)
            affirmed = [m for m in strong if not _within(m, denied)]
            weakly = [m for m in weak if not _within(m, denied)]
            if affirmed:
                hits[topic.id] = self._hit(topic.id, STRONG_SCORE, max(affirmed, key=_length), "cue")
            elif strong:
                match = max(strong, key=_length)
                hits[topic.id] = self._hit(topic.id, STRONG_SCORE, match, "cue", denied=True)
            elif _two_different(weakly):
                pairs[topic.id] = weakly
            elif weakly and topic.id in before:
                continued[topic.id] = max(weakly, key=_length)
        # Where a strong cue names the subject, weak ones belong to it ("war" beside "Gaza").
        if weak_counts and all(hit.denied for hit in hits.values()):
            if not (hits or pairs or continued or self.content_start()):
                continued = self._taken_up(before)
            for topic_id in _likeliest(pairs, before, established):
                match = max(pairs[topic_id], key=_length)
                hits[topic_id] = self._hit(topic_id, WEAK_SCORE, match, "cue")
            hits |= {t: self._hit(t, CONTEXT_SCORE, match, "context") for t, match in continued.items()}
        return {t.id: hits[t.id] for t in scheme.topics if t.id in hits}

    def _taken_up(self, before: frozenset[str]) -> dict[str, Match]:
        """Return the topics of the passage before that an anaphor ("these talks") takes up."""
        anaphors = [m for m in self.matches if m.cue.group == "discourse:anaphora"]
        if not anaphors or len(before) > _MOST_TAKEN_UP:
            return {}
        return dict.fromkeys(sorted(before), min(anaphors, key=lambda m: m.start))

    def _hit(
        self, topic_id: str, score: float, match: Match, method: str, *, denied: bool = False
    ) -> TopicHit:
        start = self.passage.span.start
        return TopicHit(
            topic_id=topic_id,
            readout_id=self.passage.readout_id,
            passage_index=self.passage.index,
            score=score,
            span=Span(start + match.start, start + match.end),
            cue=match.cue.text,
            method=method,
            denied=denied,
        )

    def _denied_ranges(self) -> list[tuple[int, int]]:
        """Return the parts of the passage that report what was not discussed."""
        denials = [m for m in self.matches if m.cue.group == "discourse:denials"]
        if not denials:
            return []
        breaks = [m for m in self.matches if m.cue.group == "discourse:breaks"]
        cuts = sorted({0, len(self.passage.text), *(m.start for m in breaks), *_stops(self.passage.text)})
        return [(a, b) for a, b in pairwise(cuts) if any(a < m.end and m.start < b for m in denials)]


def _stops(text: str) -> list[int]:
    """Return where a clause ends that stands for itself."""
    return [i + 1 for i, char in enumerate(text) if char in ";；"]


def _unmasked(matches: Iterable[Match], masks: Sequence[Match]) -> list[Match]:
    """Leave out the matches that overlap a mask."""
    return [m for m in matches if not any(m.overlaps(mask) for mask in masks)]


def _within(match: Match, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= match.start and match.end <= end for start, end in ranges)


def _length(match: Match) -> tuple[int, int]:
    """Order matches: the longest is reported; among equals the first."""
    return len(match), -match.start


def _two_different(weak: Sequence[Match]) -> bool:
    """Whether two different weak cues stand at different places."""
    return any(
        a.cue.text != b.cue.text and not a.overlaps(b) for i, a in enumerate(weak) for b in weak[i + 1 :]
    )


def _likeliest(
    pairs: Mapping[str, Sequence[Match]], before: frozenset[str], established: frozenset[str]
) -> list[str]:
    """Choose among topics that share weak cues ("ceasefire"): what was just named, else named at all."""
    if len(pairs) < 2:
        return list(pairs)
    for known in (before, established):
        named = [topic_id for topic_id in pairs if topic_id in known]
        if named:
            return named
    counts = {topic_id: len({(m.start, m.end) for m in weak}) for topic_id, weak in pairs.items()}
    return [topic_id for topic_id, count in counts.items() if count == max(counts.values())]
