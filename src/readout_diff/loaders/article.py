"""The statements an article quotes, told apart from its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from readout_diff.errors import LoadError, UnsupportedLanguageError
from readout_diff.language import identify, normalise_code
from readout_diff.limits import ARTICLE_CHARACTERS, ARTICLE_LINES
from readout_diff.loaders.attribution import name_source, other_party, parties_of_opening, subject_party
from readout_diff.loaders.cues import cues, find_credit, is_absent
from readout_diff.loaders.cutting import Cut, find_cuts, set_aside, unused
from readout_diff.loaders.document import Document
from readout_diff.loaders.doubts import brief, doubts, fewer_than_announced, unclaimed
from readout_diff.loaders.interleaved import join_pieces
from readout_diff.loaders.labelling import Labeller, knows, labelled, shipped_labeller
from readout_diff.loaders.layout import is_prose, word_count
from readout_diff.loaders.parties import Claim, office_near, party_of
from readout_diff.loaders.publishers import Office, publisher_table
from readout_diff.loaders.quotes import OPENING, closed_at, without_quotes
from readout_diff.loaders.remarks import without_remarks
from readout_diff.loaders.text import read_text, statement_from_lines, statement_from_pieces
from readout_diff.loaders.traced import Traced
from readout_diff.loaders.units import Article
from readout_diff.loaders.voice import narration_score
from readout_diff.readout import Readout, Span, content_id

Hint = Mapping[str, Any] | tuple[int, int]
HINT_FIELDS = ("party", "publisher", "lang", "title")


@dataclass(frozen=True, slots=True)
class Absent:
    """A statement the article says is not there; `span` is where it says so, in the source."""

    publisher: str | None
    party: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class ArticleSplit:
    """The statements of an article in source order, those it reports missing, and what is doubtful."""

    statements: tuple[Readout, ...]
    absent: tuple[Absent, ...]
    warnings: tuple[str, ...]
    lang: str | None


def split_article(
    text: str,
    *,
    lang: str | None = None,
    hints: Sequence[Hint] | None = None,
    publishers: str | Path | None = None,
    source: str | None = None,
) -> ArticleSplit:
    """Split an article into the statements it quotes.

    Statements are found by what introduces them (who publishes, a colon), follows them (an attribution, a
    translator's credit) or sets them apart (quotation marks, another language, a block quote), never by
    what a particular article says. Where the evidence is thin the statement has a low confidence and a
    warning names the cut.

    Args:
        text: The article.
        lang: Language the author writes in; identified if left out.
        hints: Cuts to use in place of those found; see `load_readouts`.
        publishers: A TOML file of offices that the shipped table does not know.
        source: Where the article is from, e.g. a path.

    Returns:
        Statements in source order, the ones reported missing, warnings, and the article's language.

    Raises:
        LoadError: The article is larger than the limits ``article_characters`` and ``article_lines``, or a
            hint is no cut.

    Example:
        >>> split = split_article('The White House said in a readout:\\n\\n'
        ...     '“The President spoke with the Chancellor today. They agreed to stay in touch.”\\n\\n'
        ...     'The German government has not published a readout.')
        >>> [(s.publisher, s.party) for s in split.statements], split.absent[0].party
        ([('White House', 'United States')], 'Germany')
    """
    return split_document(Document.of(text), lang=lang, hints=hints, publishers=publishers, source=source)


def split_document(
    document: Document,
    *,
    lang: str | None = None,
    hints: Sequence[Hint] | None = None,
    publishers: str | Path | None = None,
    source: str | None = None,
) -> ArticleSplit:
    """Split an article already read from its format; `split_article` documents the arguments."""
    where = source or "the article"
    ARTICLE_CHARACTERS.check(len(document.traced.text), where)
    ARTICLE_LINES.check(document.traced.text.count("\n") + 1, where)
    article = Article(document.traced, lang or _known(document.lang), publisher_table(publishers))
    split = find_statements(article, source, shipped_labeller() if knows(article) else None)
    if hints is None:
        return split
    found = {source_range(readout): readout for readout in split.statements}
    statements = tuple(_hinted(document, hint, found, source) for hint in hints)
    cuts = [source_range(readout) for readout in statements]
    absent = (
        one
        for one in split.absent
        if not any(cut.start < one.span.end and one.span.start < cut.end for cut in cuts)
    )
    return ArticleSplit(statements, tuple(absent), (), article.lang)


def find_statements(article: Article, source: str | None, labeller: Labeller | None) -> ArticleSplit:
    """Find the statements of an article, those it reports missing, and what is doubtful.

    Args:
        article: The article.
        source: Where it is from.
        labeller: What weighs the rules against all other signs; by the rules alone if None.
    """
    statements: list[Readout] = []
    warnings: list[str] = []
    cuts = find_cuts(article)
    if labeller is not None:
        cuts = labelled(article, cuts, labeller)
    whose = partial(party_of, labeller=labeller)
    for number, cut in enumerate(cuts):
        earlier = [statement.party for statement in statements]
        read = read_cut(article, cut, cuts[number - 1] if number else None, earlier, whose, source)
        if read is None:
            continue
        readout, left_over = read
        doubtful = list(doubts(article, cut, readout))
        if left_over:
            doubtful.append(f"its party, {readout.party}, is only the one of the two that is left")
        if doubtful:
            readout = replace(readout, confidence=min(readout.confidence, 0.6))
        statements.append(readout)
        name = readout.publisher or repr(brief(readout.text))
        warnings.extend(
            f"statement {number + 1} ({name}): {doubt}; check it, or give it with hints="
            for doubt in doubtful
        )
    warnings.extend(
        f"{brief(text)!r} is set apart and reads like a statement, but nothing says whose it is;"
        " if it is one, give it with hints="
        for text in set_aside(article, cuts)
    )
    warnings.extend(
        f"{brief(text)!r} introduces something, but what follows reads like the author's own words;"
        " if it is a statement, give it with hints="
        for text in unused(article, cuts)
    )
    warnings.extend(
        f"{brief(text)!r} reads like the beginning of a statement and was taken for none;"
        " if it is one, give it with hints="
        for text in unclaimed(article, cuts)
    )
    inside = {i for cut in cuts for i in range(cut.start, cut.end) if i not in cut.skip}
    absent = tuple(
        found
        for index in range(len(article.units))
        if index not in inside
        for found in _absences(article, index)
    )
    two = fewer_than_announced(article, cuts, len(absent))
    if two is not None:
        warnings.append(f"the article speaks of {two!r}, and fewer were found; give the others with hints=")
    return ArticleSplit(tuple(join_pieces(statements)), absent, tuple(warnings), article.lang)


def _known(lang: str | None) -> str | None:
    """Return the language a page states, if it is one."""
    try:
        return normalise_code(lang) if lang else None
    except UnsupportedLanguageError:
        return None


def _hinted(document: Document, hint: Hint, found: Mapping[Span, Readout], source: str | None) -> Readout:
    """Read the statement a hint gives; a cut that was found keeps what the hint does not say."""
    text = document.source
    given: Mapping[str, Any] = hint if isinstance(hint, Mapping) else {"start": hint[0], "end": hint[1]}
    unknown = set(given) - {"start", "end", *HINT_FIELDS}
    start, end = given.get("start"), given.get("end")
    if unknown or not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise LoadError(
            f"hint {dict(given)!r} is no cut; give start and end within 0..{len(text)},"
            f" and at most {', '.join(HINT_FIELDS)}"
        )
    extra = {key: given[key] for key in HINT_FIELDS if key in given}
    same = found.get(Span(start, end))
    if same is not None:
        if extra.get("lang") is not None:
            extra |= {"lang": normalise_code(extra["lang"]), "lang_identified": False}
        named = replace(same, confidence=1.0, **extra)
        return replace(named, id=content_id(named.text, named.party, named.publisher))
    readout = read_text(text[start:end], source=source, **extra)
    moved = tuple(replace(segment, source_start=segment.source_start + start) for segment in readout.segments)
    return replace(readout, segments=moved)


def source_range(readout: Readout) -> Span:
    """Return where in its source a statement begins and ends; an empty span if that is not known."""
    if not readout.segments:
        return Span(0, 0)
    first, last = readout.segments[0], readout.segments[-1]
    return Span(first.source_start, last.source_start + last.length)


def read_cut(
    article: Article,
    cut: Cut,
    previous: Cut | None,
    earlier: Sequence[str | None],
    whose: Callable[[Claim], str | None],
    source: str | None,
) -> tuple[Readout, bool] | None:
    """Read the statement of a cut; with whether its party was only told by elimination.

    Args:
        article: The article.
        cut: Where the statement stands in it.
        previous: The cut above.
        earlier: The parties of the statements above.
        whose: Says which party a statement is of.
        source: Where the article is from.
    """
    units = without_remarks([article.units[i] for i in range(cut.start, cut.end) if i not in cut.skip])
    opener = units[0].text[:1] if units else ""
    if (
        opener in OPENING
        and not is_prose(units[0].text)
        and closed_at(units[0].text, opener, OPENING[opener]) is None
    ):
        bare = without_quotes([unit.traced for unit in units])  # the title is quoted, too
        units = [replace(unit, traced=traced) for unit, traced in zip(units, bare, strict=True)]
    pieces = article.part(cut.start) > 0
    found = statement_from_pieces(units) if pieces else statement_from_lines(units, bounded=True)
    if not found.traced.text:
        return None
    lead = article.text(cut.lead) if cut.lead is not None else None
    credit = article.credit(cut.end)
    after = "" if article.is_lead_in(cut.end) else article.text(cut.end)
    if article.signs(cut.end):
        after = f"— {after}"  # the dash may have been taken for the mark of a list
    if cut.skip and not article.is_tail(cut.end):
        after = next((article.text(i) for i in cut.skip if article.is_tail(i)), after)
    elif credit is not None:
        after = article.text(cut.end + 1)
    elif lead:
        credit = find_credit(lead, anywhere=True)
    above = article.above(cut.start if cut.lead is None else cut.lead)
    others = (previous is not None and above < previous.end) or article.signs(above)
    translated = previous is not None and previous.end == cut.lead and _is_translation(article, lead or "")
    if previous is not None and translated and previous.lead is not None:  # the one above, translated
        lead = article.text(previous.lead)
    who = name_source(
        article.table,
        lead=lead,
        after=after,
        before=article.text(above) if not others else "",
        header=found.header,
        article=article.source,
        title=found.title,
        statement=found.traced.text,
    )
    if who.publisher is not None:
        named = [
            text
            for text in (lead or "", after)
            if (hit := article.table.best(text)) is not None and hit.office.name == who.publisher
        ]
        office = article.table.meant(Office(who.publisher, who.party), *named[:1], article.source)
        who = replace(who, publisher=office.name, party=office.party)
    left_over = False
    if who.publisher is not None or who.party is None:
        beside = (lead or "", after, who.publisher or "")
        party, left_over = _party(article, who.party, beside, found.traced.text)
        who = replace(who, party=party)
    claim = Claim(article, cut, found.traced.text, found.header, who.publisher, who.party, earlier)
    party = whose(claim)
    if party is not None and party != who.party:
        who, left_over = replace(who, publisher=office_near(claim, party), party=party), False
    lang = identify(found.traced.text)[0] or article.lang
    readout = Readout(
        id=content_id(found.traced.text, who.party, who.publisher),
        text=found.traced.text,
        party=who.party,
        publisher=who.publisher,
        lang=lang,
        title=found.title,
        issued=found.issued,
        source=source,
        translated_from=credit.from_language if credit else None,
        translation_credit=credit.by if credit else None,
        complete=found.complete or _ends_with_quote(article, cut),
        confidence=round(cut.confidence * (1.0 if who.publisher else 0.8), 2),
        segments=found.traced.segments(),
        lang_identified=True,
    )
    return readout, left_over


def _is_translation(article: Article, lead: str) -> bool:
    """Tell whether an introduction says that the same comes in another language, and nothing else."""
    if cues().again.match(lead) is not None:
        return True
    credited = cues().credit.search(lead) and word_count(lead) <= 8
    return bool(credited or cues().translates.search(lead)) and article.table.best(lead) is None


def _party(article: Article, party: str | None, beside: Sequence[str], text: str) -> tuple[str | None, bool]:
    """Return the party of a statement, with whether it is only the one of the two that is left.

    It is as found, unless only a guess made it the one the statement talks to.
    """
    subject = subject_party(article.table, text)
    if party is None and subject is not None:
        return subject, False
    if party is not None and (
        subject == party
        or any(hit.office.party == party for place in beside for hit in article.table.find(place))
    ):
        return party, False
    if subject is not None:
        return subject, False  # what the statement begins with is better than a guess
    other = other_party(article.table, text, article.source)
    if other is None or (party is not None and party not in parties_of_opening(article.table, text)):
        return party, False
    return other, True


def _ends_with_quote(article: Article, cut: Cut) -> bool:
    """Tell whether closing marks end the statement, so that a missing full stop means nothing."""
    return re.search(r"[^\W_]\s?[”“»\"」]\W{0,2}$", article.text(cut.end - 1)) is not None


def _absences(article: Article, index: int) -> Iterator[Absent]:
    """Yield the statements a paragraph says are not there."""
    text = article.text(index)
    for match in re.finditer(r"\S.*?(?:[.!?…](?=\s|$)|$)", text):
        sentence = match[0]
        if is_absent(sentence) and (_names_office(article, sentence) or not narration_score(sentence)):
            who = name_source(
                article.table, lead=sentence, after="", before="", header=(), article=article.source
            )
            yield Absent(
                who.publisher, who.party, source_span(article.units[index].traced.cut(*match.span()))
            )


def _names_office(article: Article, text: str) -> bool:
    hit = article.table.best(text)
    return hit is not None and hit.weight >= 1


def source_span(traced: Traced) -> Span:
    """Return where in the source a text stands, from its first to its last character."""
    known = [origin for origin in traced.origins if origin >= 0]
    return Span(known[0], known[-1] + 1) if known else Span(0, 0)
