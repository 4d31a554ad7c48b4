"""Comparisons built by hand or from gold annotation, so that renderers are tested without models."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from readout_diff.alignment.links import Alignment, Link
from readout_diff.passages import Passage
from readout_diff.readout import Readout, Span
from readout_diff.topics.scheme import Topic, TopicHit, TopicScheme

GOLD = Path(__file__).parent.parent / "data" / "gold"

LABELS = {
    "ukraine": "Ukraine", "nato": "NATO", "cyber": "Cyber security", "iran": "Iran",
    "diplomats": "Diplomats and embassies", "arms_control": "Arms control",
    "sanctions_economy": "Sanctions", "european_security": "European security", "energy": "Energy",
    "middle_east": "Middle East", "afghanistan": "Afghanistan", "korea": "Korea",
    "china_taiwan": "China and Taiwan", "climate": "Climate", "health_covid": "Health and Covid",
    "human_rights_prisoners": "Human rights and prisoners", "trade": "Trade",
    "bilateral_relations": "Bilateral relations", "history_ww2": "History of the war",
    "summit_follow_up": "Follow-up",
}  # fmt: skip

CUES = {
    "ukraine": r"ukrain\w*|donbas\w*|minsk\w*|украин\w*", "nato": r"nato|нато", "iran": r"iran\w*|иран\w*",
    "cyber": r"ransomware|cyber\w*|informationssicherheit", "diplomats": r"diplomat\w*|missionen",
    "arms_control": r"strategic stability", "sanctions_economy": r"economic[\w ]*measures|sanktion\w*",
    "summit_follow_up": r"tasked their teams|gipfel\w*|konsultationen",
    "bilateral_relations": r"bilateral\w*", "history_ww2": r"zweiten weltkriegs",
}  # fmt: skip


@dataclass(frozen=True)
class FakeEvidence:
    side: str
    passage_index: int
    note: str


@dataclass(frozen=True)
class FakeFinding:
    kind: str
    topic_id: str | None
    side: str
    strength: float
    evidence: tuple[FakeEvidence, ...]


@dataclass(frozen=True, eq=False)
class FakeComparison:
    """What a renderer reads of a comparison."""

    left: Readout
    right: Readout
    left_passages: tuple[Passage, ...]
    right_passages: tuple[Passage, ...]
    hits: tuple[TopicHit, ...]
    alignment: Alignment
    differences: tuple[FakeFinding, ...]
    scheme: TopicScheme
    signature: str = "readout-diff 0.1.0 | diplomacy 1 (abc123) | e5 | a=en b=de | threshold=0.50"


def scheme(langs: Sequence[str] = ("en", "de", "ru", "fr")) -> TopicScheme:
    topics = tuple(
        Topic(id, {"en": label}, {}, {lang: ("cue one", "cue two") for lang in langs})
        for id, label in LABELS.items()
    )
    return TopicScheme("diplomacy", "1", topics, "abc123")


def passages(readout: Readout, sentences: Sequence[str]) -> tuple[Passage, ...]:
    found, start = [], 0
    for index, sentence in enumerate(sentences):
        start = readout.text.index(sentence, start)
        span = Span(start, start + len(sentence))
        found.append(Passage(readout.id, index, span, sentence, readout.lang or ""))
        start = span.end
    return tuple(found)


def hits(found: Sequence[Passage], topics: Sequence[Sequence[str]], denied: Mapping[int, set[str]]) -> list[TopicHit]:
    result = []
    for passage, ids in zip(found, topics, strict=True):
        for topic_id in ids:
            match = re.search(CUES.get(topic_id, r"(?!)"), passage.text, re.IGNORECASE)
            start = passage.span.start
            span = Span(start + match.start(), start + match.end()) if match else passage.span
            cue, method = (match.group().lower(), "cue") if match else ("", "embedding")
            result.append(
                TopicHit(
                    topic_id, passage.readout_id, passage.index, 0.9 if match else 0.6, span, cue, method,
                    topic_id in denied.get(passage.index, set()),
                )
            )  # fmt: skip
    return result


def from_gold(folder: Path) -> FakeComparison:
    """The comparison the annotators would have got."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    sides = []
    for key in ("a", "b"):
        about = meta[key]
        sentences = gold[f"{key}_sents"]
        readout = Readout(
            f"readout-{key}", "\n".join(sentences), about.get("party"), about.get("publisher"),
            about["language"], issued=meta["date"],
            translation_credit="www.DeepL.com" if about.get("translated_with") else None,
        )  # fmt: skip
        sides.append((readout, passages(readout, sentences)))
    (left, left_passages), (right, right_passages) = sides
    denied = {
        key: {int(i): set(ids) for i, ids in gold.get("topics_denied_sents", {}).get(key, {}).items()}
        for key in ("a", "b")
    }
    topics = {
        key: [
            [*labels, *sorted(denied[key].get(i, set()) - set(labels))]
            for i, labels in enumerate(gold[f"{key}_topics"])
        ]
        for key in ("a", "b")
    }
    links, differences = [], []
    probabilities = np.random.default_rng(7).uniform(0.01, 0.3, (len(left_passages), len(right_passages)))
    mismatches = {(i, j): what for i, j, what in gold["number_mismatch"]}
    for i, j, strength in [*gold["alignment"], *([i, j, 2] for i, j in gold["alignment_formulaic"])]:
        formulaic = [i, j] in gold["alignment_formulaic"]
        opposed = [i, j] in gold["opposed"] or (i, j) in mismatches
        relation = "formulaic" if formulaic else "conflict" if opposed else "same" if strength == 2 else "partial"
        probabilities[i, j] = 0.55 + 0.2 * strength + 0.01 * (i % 3)
        why = (mismatches.get((i, j), "roles swapped"),) if opposed else ("same subject", "similar wording")
        links.append(Link((i,), (j,), float(probabilities[i, j]) * 2, float(probabilities[i, j]), relation, why))
        if opposed:
            note = FakeEvidence("b", j, why[0])
            differences.append(FakeFinding("conflict", None, "both", 0.7, (note,)))
    for i in set(range(len(left_passages))) - {i for link in links for i in link.left}:
        links.append(Link((i,), (), 0.0, 0.8, "none"))
    for j in set(range(len(right_passages))) - {j for link in links for j in link.right}:
        links.append(Link((), (j,), 0.0, 0.8, "none"))
    for key in ("a", "b"):
        for topic_id in gold[f"topics_only_{key}"]:
            at = next(i for i, labels in enumerate(gold[f"{key}_topics"]) if topic_id in labels)
            note = FakeEvidence(key, at, "mentioned here, nowhere on the other side")
            differences.append(FakeFinding("one_sided", topic_id, key, 0.8, (note,)))
    return FakeComparison(
        left, right, left_passages, right_passages,
        tuple([
            *hits(left_passages, topics["a"], denied["a"]), *hits(right_passages, topics["b"], denied["b"])
        ]),
        Alignment(tuple(links), probabilities * 2, probabilities, 0.5), tuple(differences), scheme(),
    )  # fmt: skip


def seed() -> FakeComparison:
    return from_gold(GOLD / "seed" / "seed-en-de-2021-12-07")


def dev(name: str) -> FakeComparison:
    return from_gold(next((GOLD / "dev").glob(f"{name}-*")))


def made(
    a: Sequence[str],
    b: Sequence[str],
    *,
    topics_a: Sequence[Sequence[str]] | None = None,
    topics_b: Sequence[Sequence[str]] | None = None,
    links: Sequence[Link] = (),
    left: Mapping[str, str] | None = None,
    right: Mapping[str, str] | None = None,
    cues: Sequence[str] = ("en", "de", "ru", "fr"),
    denied_b: Mapping[int, set[str]] | None = None,
    differences: Sequence[FakeFinding] = (),
) -> FakeComparison:
    """A comparison written out in a test."""
    readouts = [
        Readout(f"r{key}", "\n".join(sentences), **{"lang": "en", **(about or {})})
        for key, sentences, about in (("a", a, left), ("b", b, right))
    ]
    found = [passages(readout, sentences) for readout, sentences in zip(readouts, (a, b), strict=True)]
    probabilities = np.full((len(a), len(b)), 0.12)
    for link in links:
        for i in link.left:
            for j in link.right:
                probabilities[i, j] = link.confidence
    alone = [Link((i,), (), 0.0, 0.9, "none") for i in range(len(a)) if not any(i in k.left for k in links)]
    alone += [Link((), (j,), 0.0, 0.9, "none") for j in range(len(b)) if not any(j in k.right for k in links)]
    return FakeComparison(
        readouts[0], readouts[1], found[0], found[1],
        tuple([
            *hits(found[0], topics_a or [()] * len(a), {}),
            *hits(found[1], topics_b or [()] * len(b), denied_b or {}),
        ]),
        Alignment((*links, *alone), probabilities * 2, probabilities, 0.5), tuple(differences), scheme(cues),
    )  # fmt: skip
