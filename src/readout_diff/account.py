"""An account: a readout as it was read, with all that alignment and findings need of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from readout_diff.alignment.clauses import Clauses, embed_clauses
from readout_diff.embedders import Embedder, PassageVectors, embed
from readout_diff.embedders.base import encode
from readout_diff.errors import LoadError, UnsupportedLanguageError
from readout_diff.findings import AccountView
from readout_diff.glossary import glossary_languages, terms_of
from readout_diff.passages import Passage, split_passages
from readout_diff.pipelines import pipeline_info, read_text
from readout_diff.readout import Readout
from readout_diff.threads import beside
from readout_diff.topics.discourse import formulaic_kinds
from readout_diff.topics.evidence import description_vectors, topic_evidence
from readout_diff.topics.likelihood import shipped_topic_model
from readout_diff.topics.scheme import TopicHit, TopicScheme, load_scheme
from readout_diff.topics.tagging import supported_topics, tag_topics

if TYPE_CHECKING:
    from spacy.tokens import Doc

Source: TypeAlias = "Readout | str | Path | Doc"
Segmenter: TypeAlias = Callable[[Readout], Sequence[Passage]]
Tagger: TypeAlias = Callable[[Sequence[Passage], TopicScheme], Sequence[TopicHit]]


@dataclass(frozen=True, slots=True, eq=False)
class Account:
    """A readout with its passages, and what was found in each.

    `vectors` hold one matrix an embedder, `clauses` the vectors of the parts of passages; `formulaic` says
    for each passage whether it is an opening, a closing or a remark on the atmosphere; `issues` are finer
    subjects than the topics, `terms` the keys of the content words, each None where it is not known in the
    language; `judged` are the topics of which absence can be judged; `likeliest` maps a topic to the passage
    most likely to carry it by its vectors, with the likelihood; `tagged_by` is "own", "cues" or
    "cues+checksum of the topic model".
    """

    readout: Readout
    passages: tuple[Passage, ...]
    hits: tuple[TopicHit, ...]
    vectors: tuple[PassageVectors, ...]
    clauses: tuple[Clauses, ...]
    formulaic: tuple[str | None, ...]
    issues: tuple[dict[str, float], ...] | None
    terms: tuple[frozenset[str], ...] | None
    judged: frozenset[str]
    likeliest: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    tagged_by: str = "cues"

    @property
    def lang(self) -> str:
        """The language of the readout, "und" where it is not known."""
        return self.readout.lang or "und"

    @property
    def view(self) -> AccountView:
        """The account as findings see it, without vectors."""
        return AccountView(self.passages, self.hits, self.judged, self.readout.complete, self.likeliest)

    def topics(self) -> tuple[dict[str, float], ...]:
        """Return for each passage the topics it mentions, with the score of the best hit."""
        return _by_passage((hit for hit in self.hits if not hit.denied), len(self.passages))


def as_readout(source: Source) -> Readout:
    """Return the readout `source` stands for.

    Args:
        source: A readout, a text, the path of a file, or a spaCy Doc.

    Raises:
        LoadError: If there is no text in it, or a string is the name of a file.
    """
    if isinstance(source, Readout):
        return source
    if isinstance(source, Path):
        from readout_diff.loaders import load

        return load(source)
    if isinstance(source, str):
        if _names_file(source):
            raise LoadError(
                f"{source!r} is the name of a file; right is pathlib.Path({source!r}), or its text"
            )
        return Readout.from_text(source)
    if hasattr(source, "text") and hasattr(source, "lang_"):
        known = source.lang_ not in ("", "xx")
        return Readout.from_text(source.text, lang=source.lang_ if known else None, clean=False)
    raise LoadError(
        f"a {type(source).__name__} cannot be compared; right is a Readout, a text, a Path or a spaCy Doc"
    )


def read_accounts(
    readouts: Sequence[Readout],
    scheme: TopicScheme,
    embedders: Sequence[Embedder],
    *,
    segmenter: Segmenter | None = None,
    tagger: Tagger | None = None,
) -> tuple[Account, ...]:
    """Read readouts: split them, tag their passages, embed them, find what they name.

    Args:
        readouts: What to read.
        scheme: The topics to look for.
        embedders: The models that give the vectors, in order; without any, content words, names and
            subjects are all that is read.
        segmenter: Splits a readout into passages; into sentences if left out.
        tagger: Tags passages with topics; by the cues of the scheme if left out.

    Returns:
        An account a readout, in order.

    Raises:
        LoadError: If a segmenter of the caller's breaks the offsets.
    """
    split = [_passages(readout, segmenter or split_passages) for readout in readouts]

    def encoded(lock_free: bool) -> list[dict[int, PassageVectors]]:
        return [
            {
                place: embed(readout.id, [p.text for p in passages], embedder)
                for place, embedder in enumerate(embedders)
                if (getattr(embedder, "lock_free", False) is True) is lock_free
            }
            for readout, passages in zip(readouts, split, strict=True)
        ]

    # An encoder that holds no interpreter lock works beside the pipelines: importing spaCy takes as long.
    with beside(lambda: encoded(lock_free=True), sparing="spacy" not in sys.modules) as apart:
        docs = [_read(readout) for readout in readouts]
        found = encoded(lock_free=False)
    return tuple(
        _account(
            readout,
            passages,
            tuple((here | there)[place] for place in range(len(embedders))),
            doc,
            scheme,
            embedders,
            tagger,
        )
        for readout, passages, here, there, doc in zip(
            readouts, split, found, apart.result(), docs, strict=True
        )
    )


def _passages(readout: Readout, segmenter: Segmenter) -> tuple[Passage, ...]:
    passages = tuple(segmenter(readout))
    for index, passage in enumerate(passages):
        if passage.index != index or passage.span.of(readout.text) != passage.text:
            raise LoadError(
                f"passage {index} of the segmenter has index {passage.index} and span {passage.span}; "
                f"right are indices from 0 and spans with text[start:end] == passage.text"
            )
    return passages


def _account(
    readout: Readout,
    passages: tuple[Passage, ...],
    vectors: tuple[PassageVectors, ...],
    doc: Doc | None,
    scheme: TopicScheme,
    embedders: Sequence[Embedder],
    tagger: Tagger | None,
) -> Account:
    """Find in passages, with their vectors, what an account says of them."""
    languages = {passage.lang for passage in passages}
    issues = load_scheme("issues")
    by_encoder = {v.encoder: v.matrix for v in vectors}
    model = shipped_topic_model(scheme, tuple(by_encoder))
    likeliest: dict[str, tuple[int, float]] = {}
    tagged_by = "cues"
    if tagger is not None:
        tagged_by = "own"
        hits = tuple(tagger(passages, scheme))
    elif model is not None:
        tagged_by = f"cues+{model.checksum}"
        likelihoods = model.likelihoods(by_encoder, scheme.ids)
        hits = tag_topics(passages, scheme, doc=doc, likelihoods=likelihoods)
        if passages:
            rows = likelihoods.argmax(axis=0)
            likeliest = {
                topic: (int(row), float(likelihoods[row, column]))
                for column, (topic, row) in enumerate(zip(scheme.ids, rows, strict=True))
                if topic in model.topics
            }
    elif languages <= set(scheme.languages) or not embedders:
        hits = tag_topics(passages, scheme, doc=doc)
    else:  # without cues, the likeness to the topics' descriptions is all there is
        examples = [
            description_vectors(scheme, v.encoder, partial(encode, embedder=embedder))
            for v, embedder in zip(vectors, embedders, strict=True)
        ]
        evidence = topic_evidence([v.matrix for v in vectors], examples, scheme)
        hits = tag_topics(passages, scheme, doc=doc, evidence=evidence)
    return Account(
        readout=readout,
        passages=passages,
        hits=hits,
        vectors=vectors,
        clauses=tuple(
            embed_clauses(passages, partial(encode, embedder=embedder), fast=getattr(embedder, "fast", False))
            for embedder in embedders
        ),
        formulaic=formulaic_kinds(passages, hits),
        # A denied issue counts: "X was not discussed" is about the same as "X was discussed".
        issues=_by_passage(tag_topics(passages, issues, doc=doc), len(passages))
        if languages <= set(issues.languages)
        else None,
        terms=tuple(terms_of(passage.text, passage.lang) for passage in passages)
        if languages <= glossary_languages()
        else None,
        judged=frozenset(
            topic
            for topic in scheme.ids
            if all(topic in supported_topics(scheme, lang) for lang in languages)
        ),
        likeliest=likeliest,
        tagged_by=tagged_by,
    )


def pipeline_names(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Return the pipelines that read the accounts, one a language, for the signature."""
    return tuple(
        str(pipeline_info(lang)) for lang in dict.fromkeys(a.lang for a in accounts) if lang != "und"
    )


def _by_passage(hits: Iterable[TopicHit], count: int) -> tuple[dict[str, float], ...]:
    """Return for each of `count` passages its topics, with the score of the best hit."""
    found: tuple[dict[str, float], ...] = tuple({} for _ in range(count))
    for hit in hits:
        row = found[hit.passage_index]
        row[hit.topic_id] = max(hit.score, row.get(hit.topic_id, 0.0))
    return found


def _read(readout: Readout) -> Doc | None:
    """Run the pipeline of the readout's language over its text; None where the language is not known."""
    if not readout.lang:
        return None
    try:
        return read_text(readout.text, readout.lang)
    except UnsupportedLanguageError:
        return None


def _names_file(text: str) -> bool:
    """Whether a string that should be a text is the name of an existing file."""
    if len(text) > 255 or "\n" in text or "\0" in text:
        return False
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False
