"""Comparisons built by hand or from gold annotation, so that renderers are tested without models."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from readout_diff.alignment.links import Alignment, Link
from readout_diff.comparison import Comparison
from readout_diff.findings import AccountView, find_differences
from readout_diff.passages import Passage
from readout_diff.readout import Readout, Span
from readout_diff.signature import Signature
from readout_diff.topics.scheme import Topic, TopicHit, TopicScheme
from readout_diff.topics.tagging import supported_topics

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


SIGNATURE = Signature("0.1.0", ("en", "de"), ("made",), ("blank",), "diplomacy@1+abc123", "made", "free")


def scheme(langs: Sequence[str] = ("en", "de", "ru", "fr")) -> TopicScheme:
    topics = tuple(
        Topic(topic_id, {"en": label}, {}, dict.fromkeys(langs, ("cue one", "cue two")))
        for topic_id, label in LABELS.items()
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


def hits(
    found: Sequence[Passage], topics: Sequence[Sequence[str]], denied: Mapping[int, set[str]]
) -> list[TopicHit]:
    result = []
    for passage, ids in zip(found, topics, strict=True):
        for topic_id in ids:
            match = re.search(CUES.get(topic_id, r"(?!)"), passage.text, re.IGNORECASE)
            start = passage.span.start
            span = Span(start + match.start(), start + match.end()) if match else passage.span
            cue, method = (match.group().lower(), "cue") if match else ("", "context")
            result.append(
                TopicHit(
                    topic_id, passage.readout_id, passage.index, 0.9 if match else 0.6, span, cue, method,
                    topic_id in denied.get(passage.index, set()),
                )
            )  # fmt: skip
    return result


def from_gold(folder: Path) -> Comparison:
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
    links = []
    probabilities = np.random.default_rng(7).uniform(0.01, 0.3, (len(left_passages), len(right_passages)))
    mismatches = {(i, j): what for i, j, what in gold["number_mismatch"]}
    for i, j, strength in [*gold["alignment"], *([i, j, 2] for i, j in gold["alignment_formulaic"])]:
        formulaic = [i, j] in gold["alignment_formulaic"]
        opposed = [i, j] in gold["opposed"] or (i, j) in mismatches
        relation = (
            "formulaic" if formulaic else "conflict" if opposed else "same" if strength == 2 else "partial"
        )
        probabilities[i, j] = 0.55 + 0.2 * strength + 0.01 * (i % 3)
        why = (mismatches.get((i, j), "roles swapped"),) if opposed else ("same subject", "similar wording")
        links.append(
            Link((i,), (j,), float(probabilities[i, j]) * 2, float(probabilities[i, j]), relation, why)
        )
    for i in set(range(len(left_passages))) - {i for link in links for i in link.left}:
        links.append(Link((i,), (), 0.0, 0.8, "none"))
    for j in set(range(len(right_passages))) - {j for link in links for j in link.right}:
        links.append(Link((), (j,), 0.0, 0.8, "none"))
    found = [
        tuple(hits(passages, topics[key], denied[key]))
        for key, passages in (("a", left_passages), ("b", right_passages))
    ]
    return assembled((left, right), (left_passages, right_passages), found, links, probabilities, scheme())


def assembled(readouts, passages, found, links, probabilities, topics) -> Comparison:
    alignment = Alignment(tuple(links), probabilities * 2, probabilities, 0.5)
    views = [
        AccountView(
            p,
            h,
            frozenset(t for t in topics.ids if all(t in supported_topics(topics, x.lang) for x in p)),
            r.complete,
        )
        for r, p, h in zip(readouts, passages, found, strict=True)
    ]
    return Comparison(
        *readouts,
        *passages,
        *found,
        alignment,
        find_differences(*views, alignment, topics.ids),
        topics,
        SIGNATURE,
    )


def seed() -> Comparison:
    return from_gold(GOLD / "seed" / "seed-en-de-2021-12-07")


def dev(name: str) -> Comparison:
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
) -> Comparison:
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
    topics = [
        tuple(hits(found[0], topics_a or [()] * len(a), {})),
        tuple(hits(found[1], topics_b or [()] * len(b), denied_b or {})),
    ]
    return assembled(readouts, found, topics, [*links, *alone], probabilities, scheme(cues))


def small() -> Comparison:
    """Four passages against four: linked, in conflict, one-sided on both sides, denied, no subject."""
    return made(
        [
            "The ministers met in Bandar Nour.",
            "The Minister warned of cyber attacks.",
            "Both sides discussed Iran.",
            "They also spoke of strategic stability.",
        ],
        [
            "Die Minister trafen sich.",
            "NATO: *Gefahr* <b>heute</b> | morgen.",
            "Über Iran sprach man nicht einmal am Rande.",
            "Der Minister wies Vorwürfe zu Cyberangriffen zurück.",
        ],
        topics_a=[[], ["cyber"], ["iran"], ["arms_control"]],
        topics_b=[[], ["nato"], ["iran"], ["cyber"]],
        denied_b={2: {"iran"}},
        links=[
            Link((0,), (0,), 1.0, 0.95, "formulaic"),
            Link((1,), (3,), 1.2, 0.71, "conflict", ("roles swapped",)),
        ],
        left={"party": "Meridia", "publisher": "State Department", "issued": "2021-11-30"},
        right={
            "party": "Valdria",
            "lang": "de",
            "translated_from": "ru",
            "translation_credit": "www.DeepL.com",
        },
    )
