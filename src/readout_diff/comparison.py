"""The comparison of two accounts: the one place where the stages are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from readout_diff.account import (
    Account,
    Segmenter,
    Source,
    Tagger,
    as_readout,
    pipeline_names,
    read_accounts,
)
from readout_diff.alignment import (
    Alignment,
    Encoded,
    Evidence,
    align_passages,
    choose_model,
    load_background,
)
from readout_diff.alignment.matching import MONOTONE_NEEDS_VECTORS
from readout_diff.alignment.pairs import Pairs
from readout_diff.alignment.parameters import Parameters, read_parameters, shipped_parameters
from readout_diff.embedders import Embedder, resolve_embedders
from readout_diff.embedders.base import encode, model_name, model_revision
from readout_diff.embedders.reader import joined, resolve_reader
from readout_diff.errors import ReadoutDiffError, UnknownComponentError, UnsupportedLanguageError
from readout_diff.findings import Finding, find_differences
from readout_diff.findings.marking import mark_conflicts
from readout_diff.glossary import glossary_languages
from readout_diff.mentions import keys, mentions_of
from readout_diff.passages import Passage
from readout_diff.readout import Readout
from readout_diff.signature import Signature, version_of
from readout_diff.topics.scheme import TopicHit, TopicScheme, load_scheme

if TYPE_CHECKING:
    import pandas as pd

Order: TypeAlias = Literal["auto", "free", "monotone"]
Aligner: TypeAlias = Callable[[Account, Account], Alignment]
ORDERS: tuple[Order, ...] = ("auto", "free", "monotone")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two accounts side by side: what both report, what only one reports, and on what evidence.

    The data frames are made when they are asked for; the values they show are in the fields.
    """

    left: Readout
    right: Readout
    left_passages: tuple[Passage, ...]
    right_passages: tuple[Passage, ...]
    left_hits: tuple[TopicHit, ...]
    right_hits: tuple[TopicHit, ...]
    alignment: Alignment
    differences: tuple[Finding, ...]
    scheme: TopicScheme
    signature: Signature

    @property
    def hits(self) -> tuple[TopicHit, ...]:
        """The topic hits of both sides; `readout_id` tells them apart."""
        return self.left_hits + self.right_hits

    @property
    def topics(self) -> pd.DataFrame:
        """A row per topic: topic, label, passages_a, passages_b, share_a, share_b, side, ..."""
        from readout_diff.render.frames import topics_frame

        return topics_frame(self)

    @property
    def pairs(self) -> pd.DataFrame:
        """A row per link: a_index, b_index, offsets, texts, score, confidence, relation, topics, ..."""
        from readout_diff.render.frames import pairs_frame

        return pairs_frame(self)

    @property
    def passages(self) -> pd.DataFrame:
        """A row per passage: side, index, start, end, text, topics, ..."""
        from readout_diff.render.frames import passages_frame

        return passages_frame(self)

    @property
    def findings(self) -> pd.DataFrame:
        """A row per finding: kind, topic, side, strength, evidence, ..."""
        from readout_diff.render.frames import findings_frame

        return findings_frame(self)

    def only(self, side: Literal["a", "b"]) -> pd.DataFrame:
        """Return the topics only one side mentions, with the evidence that the other does not.

        Args:
            side: "a" (the left account) or "b" (the right one).

        Raises:
            UnknownComponentError: If `side` is neither.
        """
        from readout_diff.render.frames import only_frame

        if side not in ("a", "b"):
            raise UnknownComponentError.of("side", str(side), ("a", "b"))
        return only_frame(self, side)

    def to_dict(self) -> dict[str, Any]:
        """Return the whole result as plain values, ready for JSON."""
        from readout_diff.render.json import to_dict

        return to_dict(self)

    def to_json(self, path: str | Path | None = None) -> str:
        """Return the whole result as JSON, and write it to `path` if given."""
        from readout_diff.render.json import to_json

        return _written(to_json(self), path)

    def to_markdown(self, path: str | Path | None = None) -> str:
        """Return the result as Markdown that reads well in a mail, and write it to `path` if given."""
        from readout_diff.render.markdown import to_markdown

        return _written(to_markdown(self), path)

    def to_excel(self, path: str | Path) -> None:
        """Write the tables as a workbook, a sheet a table; needs the extra ``excel``.

        Raises:
            MissingExtraError: If openpyxl is not installed.
        """
        from readout_diff.render.tables import to_excel
        from readout_diff.writing import write_bytes

        write_bytes(Path(path), to_excel(self))

    def to_html(self, path: str | Path | None = None) -> str:
        """Return the report as one self-contained HTML page, and write it to `path` if given."""
        from readout_diff.render.html import to_html

        return _written(to_html(self), path)

    def _repr_html_(self) -> str:
        from readout_diff.render.html import to_fragment

        return to_fragment(self)

    def __repr__(self) -> str:
        from readout_diff.render.headline import headline

        sides = " / ".join(r.publisher or r.party or r.id for r in (self.left, self.right))
        return f"<Comparison {sides}: {headline(self)}>"


def compare(
    doc_a: Source,
    doc_b: Source,
    *,
    scheme: str | Path | TopicScheme = "diplomacy",
    embedder: str | Path | Embedder = "bundled",
    reader: str | Embedder = "bundled",
    order: Order = "auto",
    segmenter: Segmenter | None = None,
    tagger: Tagger | None = None,
    aligner: Aligner | Parameters | str | Path | None = None,
) -> Comparison:
    """Compare two accounts of one event.

    Args:
        doc_a: The left account: a `Readout`, a text, a `pathlib.Path` or a spaCy `Doc`.
        doc_b: The right account, likewise.
        scheme: A topic scheme: the name of a built-in one, the path of a file, or a `TopicScheme`.
        embedder: "bundled" (the encoders that come with the package, joined), "e5", "use", a
            sentence-transformers name or folder, any object with ``encode(list[str]) -> array``, or "none":
            content words, topics, issues and names alone link passages. That takes next to no time, is less
            accurate, and needs a glossary of each language.
        reader: Who reads both passages of a pair that is in doubt: "bundled", "none" (faster and less
            accurate), or an object with ``encode(list[str]) -> array`` of a logit a pair.
        order: "free" lets links cross; "monotone" is for near-translations, which keep their order; "auto"
            takes "monotone" only where the passages show it.
        segmenter: Splits a readout into passages; the default takes sentences.
        tagger: Tags passages with topics; the default goes by the cues of the scheme.
        aligner: Aligns two `Account` values; the default joins embeddings, topics and names. Fitted
            parameters (of ``readout-diff calibrate``), or the path of their file, take the place of the
            default's.

    Returns:
        The comparison. Swapping the accounts mirrors it.

    Raises:
        LoadError: If a text is empty or cannot be read.
        UnknownComponentError: If a name (scheme, embedder, order) is not known, or the order is "monotone"
            without an embedder.
        UnsupportedLanguageError: If there is no embedder, and no glossary of a language either.
        SchemeError: If a scheme is malformed.

    Example:
        >>> c = compare("They discussed Ukraine. They discussed Iran.", "Thema war die Ukraine.")
        >>> c.only("a").topic.tolist()
        ['iran']
    """
    if order not in ORDERS:
        raise UnknownComponentError.of("order", str(order), ORDERS)
    topics = scheme if isinstance(scheme, TopicScheme) else load_scheme(scheme)
    left, right = told_apart(as_readout(doc_a), as_readout(doc_b))
    embedders = resolve_embedders(embedder, [r.lang for r in (left, right) if r.lang])
    if order == "monotone" and not embedders and not callable(aligner):
        raise UnknownComponentError(MONOTONE_NEEDS_VECTORS)
    a, b = read_accounts((left, right), topics, embedders, segmenter=segmenter, tagger=tagger)
    comparison = compare_accounts(
        a, b, topics, embedders, reader=resolve_reader(reader), order=order, aligner=aligner
    )
    own = tuple(_name(part) for part in (segmenter, tagger) if part is not None)
    signature = comparison.signature
    return replace(comparison, signature=replace(signature, pipelines=signature.pipelines + own))


def _name(part: object) -> str:
    """Return the name of a function, or of the class of an object that is used as one."""
    return getattr(part, "__name__", type(part).__name__)


def told_apart(left: Readout, right: Readout) -> tuple[Readout, Readout]:
    """Return both readouts with ids that differ: a text can be compared with itself."""
    if left.id == right.id:
        return replace(left, id=f"{left.id}-a"), replace(right, id=f"{right.id}-b")
    return left, right


def compare_accounts(
    a: Account,
    b: Account,
    scheme: TopicScheme,
    embedders: Sequence[Embedder],
    *,
    reader: Embedder | None = None,
    order: Order = "auto",
    aligner: Aligner | Parameters | str | Path | None = None,
) -> Comparison:
    """Compare two accounts that are already read; what `compare` does after reading.

    Args:
        a: The left account.
        b: The right account, read with the same scheme and embedders.
        scheme: The topics they were tagged with.
        embedders: The models that gave their vectors; an encoder only one account was read with is left out.
        reader: Who reads both passages of a pair at once, None for nobody; see `resolve_reader`.
        order: As for `compare`.
        aligner: As for `compare`.

    Returns:
        The comparison.
    """
    if callable(aligner):
        alignment, model = aligner(a, b), _name(aligner)
    else:
        parameters = _parameters(aligner)
        evidence = evidence_of(a, b, embedders, reader)
        alignment = align_passages(evidence, order=order, parameters=parameters)
        key, fitted = choose_model(evidence.encoded, evidence.kinds, parameters)
        model = f"{key}+{parameters.checksum}"
        if reader is not None and fitted.reading is not None:
            model += f"+{model_name(reader)}@{model_revision(reader)}"
    alignment = mark_conflicts(
        alignment, (a.passages, b.passages), (a.formulaic, b.formulaic), (a.hits, b.hits)
    )
    return Comparison(
        left=a.readout,
        right=b.readout,
        left_passages=a.passages,
        right_passages=b.passages,
        left_hits=a.hits,
        right_hits=b.hits,
        alignment=alignment,
        differences=find_differences(a.view, b.view, alignment, scheme.ids),
        scheme=scheme,
        signature=Signature(
            version=version_of("readout-diff"),
            languages=(a.lang, b.lang),
            embedders=tuple(v.encoder for v in a.vectors),
            pipelines=pipeline_names([a, b]),
            scheme=f"{scheme.id}@{scheme.version}+{scheme.checksum[:8]}",
            alignment=model,
            order=order,
            topics="+".join(dict.fromkeys((a.tagged_by, b.tagged_by))),
        ),
    )


def _parameters(given: Parameters | str | Path | None) -> Parameters:
    """Return the parameters of the default aligner: those given, else those shipped."""
    if isinstance(given, Parameters):
        return given
    return shipped_parameters() if given is None else read_parameters(Path(given))


def evidence_of(
    a: Account, b: Account, embedders: Sequence[Embedder], reader: Embedder | None = None
) -> Evidence:
    """Gather what two accounts offer for linking their passages.

    Args:
        a: The left account.
        b: The right account.
        embedders: The models that gave their vectors; an encoder only one account was read with is left out.
        reader: Who reads both passages of a pair at once, None for nobody.

    Returns:
        The evidence, as the aligner and the fitting of its parameters need it.

    Raises:
        ReadoutDiffError: If the accounts have vectors, but of no encoder in common.
        UnsupportedLanguageError: If there are no vectors, and no glossary of a language either.
    """
    models = {model_name(embedder): embedder for embedder in embedders}
    right_vectors = {vectors.model: k for k, vectors in enumerate(b.vectors)}
    encoded = tuple(
        Encoded(
            vectors.model,
            vectors.matrix,
            b.vectors[right_vectors[vectors.model]].matrix,
            load_background(vectors.model, vectors.revision, partial(encode, embedder=models[vectors.model])),
            (a.clauses[k], b.clauses[right_vectors[vectors.model]]),
        )
        for k, vectors in enumerate(a.vectors)
        if vectors.model in right_vectors and vectors.model in models
    )
    if not encoded:
        if a.vectors or b.vectors:
            read_with = (
                "+".join(vectors.model for vectors in account.vectors) or "none" for account in (a, b)
            )
            raise ReadoutDiffError(
                f"the accounts were read with different embedders ({' and '.join(read_with)}); "
                f"right is one that both were read with"
            )
        for account in (a, b):
            _require_glossary(account)
    named = mentions_of(a.passages, b.passages)
    return Evidence(
        passages=(a.passages, b.passages),
        encoded=encoded,
        topics=(a.topics(), b.topics()),
        formulaic=(a.formulaic, b.formulaic),
        mentions=([keys(m) for m in named[0]], [keys(m) for m in named[1]]),
        issues=None if a.issues is None or b.issues is None else (a.issues, b.issues),
        terms=None if a.terms is None or b.terms is None else (a.terms, b.terms),
        read=None if reader is None else partial(_read, reader, a.passages, b.passages),
    )


def _require_glossary(account: Account) -> None:
    """Refuse an account with a passage in a language without a glossary."""
    known = glossary_languages()
    for passage in account.passages:
        if passage.lang not in known:
            what = "a text of unknown language" if passage.lang == "und" else repr(passage.lang)
            raise UnsupportedLanguageError(
                f"without an embedder passages are linked by a glossary, and there is none of {what} "
                f"(readout {account.readout.id!r:.60}, passage {passage.index}); right is an embedder, "
                f"or to give the language: one of {', '.join(sorted(known))}"
            )


def _read(
    reader: Embedder, left: Sequence[Passage], right: Sequence[Passage], pairs: Pairs
) -> NDArray[np.float32]:
    """Return what a reader makes of pairs of passages. *Shape:* ``(len(pairs),)``."""
    texts = [joined(left[i].text, right[j].text) for i, j in pairs]
    read = np.asarray(reader.encode(texts), np.float32)
    if read.shape != (len(texts), 1) or not np.isfinite(read).all():
        raise ReadoutDiffError(
            f"reader {model_name(reader)!r} returned shape {read.shape}, or values that are not finite; "
            f"right is ({len(texts)}, 1), a finite logit a pair"
        )
    return read[:, 0]


def _written(text: str, path: str | Path | None) -> str:
    """Write `text` to `path`, if there is one: either the whole file or none."""
    if path is not None:
        from readout_diff.writing import write_text

        write_text(Path(path), text)
    return text
