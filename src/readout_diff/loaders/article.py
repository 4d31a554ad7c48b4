"""The statements an article quotes, told apart from its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from readout_diff.errors import LoadError
from readout_diff.language import identify, normalise_code
from readout_diff.loaders.attribution import name_source
from readout_diff.loaders.cues import (
    Credit,
    cues,
    find_credit,
    is_absent,
    is_report,
    is_update,
    narration_score,
    report_score,
)
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.layout import Line, ends_sentence, is_prose, read_lines, word_count
from readout_diff.loaders.publishers import PublisherTable, publisher_table
from readout_diff.loaders.quotes import OPENING, closed_at, enclosed
from readout_diff.loaders.text import read_text, statement_from_lines
from readout_diff.loaders.traced import Traced
from readout_diff.readout import Readout, Span, content_id

Hint = Mapping[str, Any] | tuple[int, int]

_LONG = 25  # words from which a quotation may be a statement rather than a phrase
_COMMENTS = re.compile(
    r"^\W*\d*\s*(kommentare?|comments?|commentaires?|комментари\w+|gedanken? zu\b.*|responses?|leave a (reply|comment))\W*$",
    re.I,
)


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


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a statement stands: its units, what introduces and follows it, and how sure that is."""

    start: int
    end: int
    lead: int | None
    confidence: float
    doubt: str | None = None
    lines: tuple[Line, ...] = ()


class _Article:
    """The units of an article with what is known of each."""

    def __init__(self, text: str, lang: str | None, table: PublisherTable) -> None:
        self.table = table
        self.source = text
        lines = _apart(read_lines(Traced.of(text)))
        stop = next(
            (i for i, line in enumerate(lines) if i > len(lines) / 3 and _COMMENTS.match(line.text)),
            len(lines),
        )
        self.units = lines[:stop]
        self.langs = [_clear_language(line.text) for line in self.units]
        self.lang = normalise_code(lang) if lang else self._own_language()
        self.surnames = frozenset(name for name in surnames(text) if table.party_of(name) is None)
        self.publishing = {
            hit.office.name
            for line in self.units
            if ends_in_colon(line.text) and (hit := table.best(last_sentence(line.text))) and hit.weight >= 2
        }

    def _own_language(self) -> str | None:
        """Find the language the author writes: that of introductions first, as statements may be longer."""
        spoken: Counter[str] = Counter()
        for index, line in enumerate(self.units):
            if (code := self.langs[index]) is not None:
                own = 20 if ends_in_colon(line.text) else 4 if narration_score(line.text) else 1
                spoken[code] += own * min(word_count(line.text), 60)
        return spoken.most_common(1)[0][0] if spoken else None

    def text(self, index: int) -> str:
        return self.units[index].text if 0 <= index < len(self.units) else ""

    def is_lead_in(self, index: int) -> bool:
        text = self.text(index)
        if not text or (self.units[index].bullet and not ends_in_colon(text)):
            return False
        if self.langs[index] is not None and self.langs[index] != self.lang:
            return False
        last = last_sentence(text)
        if ends_in_colon(text):
            office = self.table.best(last)
            return (
                office is not None
                or bool(cues().nouns.search(last))
                or (self._quotes_next(index) and bool(cues().verbs.search(last)))
            )
        return self._announces(index) or self._is_office_heading(index)

    def _quotes_next(self, index: int) -> bool:
        return opens_statement(self.text(index + 1)) or self.is_foreign(index + 1)

    def _announces(self, index: int) -> bool:
        """Tell whether a sentence with no colon says that a statement comes next."""
        text = self.text(index)
        last = last_sentence(text)
        office = self.table.best(last)
        if office is None or office.weight < 2 or not cues().nouns.search(last):
            return False
        set_apart = self._quotes_next(index) or self.is_quoted(index + 1)
        return set_apart or (bool(cues().announces.search(last)) and not self.is_narration(index + 1))

    def _is_office_heading(self, index: int) -> bool:
        """Tell whether a line is a heading that names an office, over what reads like its statement."""
        text = self.text(index)
        if index == 0 or ends_sentence(text) or word_count(text) > 9 or is_cue(text):
            return False
        office = self.table.best(text)
        if office is None or office.weight < 2:
            return False
        rest = re.sub(r"\W+", "", text[: office.start] + text[office.end :])
        named = len(rest) <= 4 or bool(cues().nouns.search(text))
        return (
            named
            and is_prose(self.text(index + 1))
            and is_report(self.text(index + 1))
            and not self.is_narration(index + 1)
        )

    def is_foreign(self, index: int) -> bool:
        return (
            0 <= index < len(self.units) and self.langs[index] is not None and self.langs[index] != self.lang
        )

    def is_quoted(self, index: int) -> bool:
        return 0 <= index < len(self.units) and self.units[index].quoted

    def is_narration(self, index: int) -> bool:
        return narration_score(self.text(index)) > 0 or self.is_meta(index)

    def is_meta(self, index: int) -> bool:
        """Tell whether a paragraph talks about an office publishing something."""
        text = self.text(index)
        for hit in self.table.find(text):
            near = text[max(0, hit.start - 40) : hit.end + 40]
            if hit.weight >= 3 and cues().nouns.search(near):
                return True
            if hit.office.name in self.publishing and cues().verbs.search(text[hit.end : hit.end + 30]):
                return True
        return False

    def is_stop(self, index: int) -> bool:
        text = self.text(index)
        return self.is_lead_in(index) or is_absent(text) or is_update(text)

    # extents ---------------------------------------------------------------------------------------------

    def extent(self, first: int, lead: int | None) -> _Cut | None:
        """Find how far the statement that begins at a unit goes."""
        text = self.text(first)
        if self.units[first].quoted:
            end = first
            while self.is_quoted(end):
                end += 1
            return _Cut(first, end, lead, 1.0)
        if text[0] in OPENING:
            cut = self._quoted_extent(first, lead)
            if cut is not None:
                return cut
        if self.is_foreign(first):
            return self._foreign_extent(first, lead)
        return self._plain_extent(first, lead) if lead is not None else None

    def _quoted_extent(self, first: int, lead: int | None) -> _Cut | None:
        opener = self.text(first)[0]
        closers = OPENING[opener]
        if closed_at(self.text(first), opener, closers) is not None:
            if not enclosed(self.text(first)):
                return None
            end = first + 1  # each paragraph in marks of its own
            while (
                end < len(self.units)
                and self.text(end)[0] == opener
                and enclosed(self.text(end))
                and not self.is_stop(end)
            ):
                end += 1
            return _Cut(first, end, lead, 1.0)
        for index in range(first + 1, len(self.units)):
            text = self.text(index)
            if self.is_lead_in(index) and text[0] != opener:
                return None  # never closed
            whole = text if text[0] == opener else opener + text
            closed = closed_at(whole, opener, closers)
            if closed is not None and not whole[closed + 1 :].strip(" .。"):
                return _Cut(first, index + 1, lead, 1.0)
        return None

    def _foreign_extent(self, first: int, lead: int | None) -> _Cut:
        lang = self.langs[first]
        end, last = first, first
        while (
            end < len(self.units)
            and (self.langs[end] in (None, lang))
            and not (end > first and self.is_stop(end))
        ):
            if find_credit(self.text(end)) is not None:
                break
            if self.langs[end] == lang:
                last = end
            end += 1
        return _Cut(first, last + 1, lead, 0.95)

    def _plain_extent(self, first: int, lead: int | None) -> _Cut:
        """Find the end of a statement in the article's own language, with no mark around it."""
        count = len(self.units)
        stop = next((i for i in range(first + 1, count) if self.is_stop(i) or self.is_foreign(i)), count)
        credit = next((i for i in range(first + 1, stop) if find_credit(self.text(i)) is not None), None)
        if credit is not None and not any(
            narration_score(self.text(i)) > 1 for i in range(first + 1, credit)
        ):
            return _Cut(first, credit, lead, 0.95)
        block = first + 1
        while block < stop and not self.units[block].gap:
            block += 1
        if block - first >= 3 and block < count:  # one sentence a line, then a blank line
            return _Cut(first, block, lead, 0.9)
        end, doubt = first + 1, None
        if not is_prose(self.text(first)) and end < stop:
            end += 1  # a title
        named = bare_names(self.text(first), self.surnames)
        while end < stop:
            text = self.text(end)
            if is_cue(text) or self.units[end].bullet or not is_prose(text):
                end += 1
                continue
            if self.is_narration(end) or (not named and bare_names(text, self.surnames)):
                break
            if report_score(text) < 2:
                doubt = text
                if report_score(text) == 0 and not any(
                    report_score(self.text(i)) == 2 for i in range(end + 1, stop)
                ):
                    break
            end += 1
        while end - 1 > first and not is_prose(self.text(end - 1)) and not self.units[end - 1].bullet:
            end -= 1
        closed = all(is_cue(self.text(i)) for i in range(end, count))
        sure = doubt is None and (
            closed or self.is_stop(end) or self.is_narration(end) or self.is_foreign(end)
        )
        if doubt is not None and closed:
            doubt = None
            sure = True
        return _Cut(first, end, lead, 0.85 if sure else 0.6, None if sure else doubt or self.text(end))

    # search ----------------------------------------------------------------------------------------------

    def cuts(self) -> list[_Cut]:
        """Find every statement, in order."""
        found: list[_Cut] = []
        index = 0
        while index < len(self.units):
            cut = self._cut_at(index)
            if cut is not None and word_count(" ".join(self.text(i) for i in range(cut.start, cut.end))) >= 8:
                found.append(cut)
                index = cut.end
            else:
                index += 1
        return found

    def _cut_at(self, index: int) -> _Cut | None:
        if self.is_lead_in(index):
            first = index + 1
            while first < len(self.units) and is_cue(self.text(first)):
                first += 1
            if first >= len(self.units) or self.is_stop(first):
                return None
            return self.extent(first, index)
        set_apart = self.is_foreign(index) or self.is_quoted(index) or self.text(index)[0] in OPENING
        if not set_apart or is_cue(self.text(index)):
            return None
        cut = self.extent(index, None)
        if cut is None or word_count(" ".join(self.text(i) for i in range(cut.start, cut.end))) < _LONG:
            return None
        # with no introduction there must be an attribution beside it
        beside = (self.text(cut.end), self.text(cut.start - 1))
        if any(self._attributes(text) for text in beside):
            return replace(cut, confidence=min(cut.confidence, 0.8))
        return None

    def _attributes(self, text: str) -> bool:
        office = self.table.best(text)
        worded = (
            bool(cues().after.match(text))
            or bool(cues().nouns.search(text))
            or bool(cues().verbs.search(text))
        )
        return worded and (office is not None or bool(cues().after.match(text)))


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

    Example:
        >>> split = split_article('The White House said in a readout:\\n\\n'
        ...     '“The President spoke with the Chancellor today. They agreed to stay in touch.”\\n\\n'
        ...     'The German government has not published a readout.')
        >>> [(s.publisher, s.party) for s in split.statements], split.absent[0].party
        ([('White House', 'United States')], 'Germany')
    """
    article = _Article(text, lang, publisher_table(publishers))
    if hints is not None:
        return ArticleSplit(tuple(_hinted(text, hint, source) for hint in hints), (), (), article.lang)
    statements, warnings = [], []
    cuts = article.cuts()
    for number, cut in enumerate(cuts):
        readout = _read(article, cut, source)
        if readout is None:
            continue
        statements.append(readout)
        if readout.confidence < 0.7 and cut.doubt:
            warnings.append(
                f"statement {number + 1} ({readout.publisher or 'publisher unknown'}): its end is doubtful before"
                f" {_brief(cut.doubt)!r}; check it, or give the cut with hints="
            )
        if readout.publisher is None:
            warnings.append(
                f"statement {number + 1} ({_brief(readout.text)!r}): no publisher found; give it with hints="
            )
    inside = {i for cut in cuts for i in range(cut.start, cut.end)}
    absent = tuple(
        found
        for index in range(len(article.units))
        if index not in inside
        for found in _absences(article, index)
    )
    return ArticleSplit(tuple(statements), absent, tuple(warnings), article.lang)


def _hinted(text: str, hint: Hint, source: str | None) -> Readout:
    given: Mapping[str, Any] = hint if isinstance(hint, Mapping) else {"start": hint[0], "end": hint[1]}
    unknown = set(given) - {"start", "end", "party", "publisher", "lang", "title"}
    start, end = given.get("start"), given.get("end")
    if unknown or not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise LoadError(
            f"hint {dict(given)!r} is no cut; give start and end within 0..{len(text)}, and at most party, publisher, lang, title"
        )
    extra = {key: given[key] for key in ("party", "publisher", "lang", "title") if key in given}
    readout = read_text(text[start:end], source=source, **extra)
    moved = tuple(replace(segment, source_start=segment.source_start + start) for segment in readout.segments)
    return replace(readout, segments=moved)


_CAPITAL = r"[A-ZÀ-ÞА-ЯЁ][\w’'-]{2,}"
_TITLE = (
    r"(?i:presidents?|chancellor|minister|secretary|präsident(?:en|in)?|kanzler(?:s|in)?|minister(?:s|in)?|présidente?s?"
    r"|chancelière?|ministre|президент\w*|канцлер\w*|министр\w*|премьер\w*|герр|herrn?|frau|monsieur|madame)"
)
_TITLED = re.compile(rf"{_TITLE} (?:{_CAPITAL} ){{0,2}}({_CAPITAL})")


def surnames(text: str) -> frozenset[str]:
    """Return the names of persons that a text gives with a title."""
    return frozenset(_TITLED.findall(text))


def bare_names(text: str, names: frozenset[str]) -> frozenset[str]:
    """Return names a paragraph uses with neither title nor first name, as authors do and offices rarely.

    Example:
        >>> sorted(bare_names("President Ames spoke, and Berg told Carl Dorn.", frozenset({"Ames", "Berg", "Dorn"})))
        ['Berg']
    """
    found = set()
    for match in re.finditer(_CAPITAL, text):
        before = text[: match.start()].rstrip(" ")
        word = before.split(" ")[-1] if before else ""
        titled = (word[:1].isupper() and word[-1:] not in ",;:!?") or re.search(rf"{_TITLE}$", word)
        if match[0] in names and not titled:
            found.add(match[0])
    return frozenset(found)


def ends_in_colon(text: str) -> bool:
    """Tell whether a line ends in a colon and is no label of a menu."""
    return text.rstrip("*_ ").endswith((":", "：")) and not is_cue(text)


def last_sentence(text: str) -> str:
    """Return the last sentence of a paragraph, roughly."""
    return re.split(r"(?<=[.!?…»”“])\s+(?=[A-ZÀ-ÞА-ЯЁ„“«])", text.strip())[-1]


def _read(article: _Article, cut: _Cut, source: str | None) -> Readout | None:
    lines = list(article.units[cut.start : cut.end])
    found = statement_from_lines(lines)
    if not found.traced.text:
        return None
    lead = article.text(cut.lead) if cut.lead is not None else None
    after = article.text(cut.end)
    credit: Credit | None = find_credit(after)
    if credit is not None:
        after = article.text(cut.end + 1)
    lead_credit = find_credit(lead, anywhere=True) if lead else None
    credit = credit or lead_credit
    who = name_source(
        article.table, lead=lead, after=after, before=article.text((cut.lead if cut.lead is not None else cut.start) - 1),
        header=found.header, article=article.source,
    )  # fmt: skip
    lang = identify(found.traced.text)[0] or article.lang
    return Readout(
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
        complete=found.complete,
        confidence=round(cut.confidence * (1.0 if who.publisher else 0.8), 2),
        segments=found.traced.segments(),
    )


def _absences(article: _Article, index: int) -> Iterator[Absent]:
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


def _names_office(article: _Article, text: str) -> bool:
    hit = article.table.best(text)
    return hit is not None and hit.weight >= 1


def source_span(traced: Traced) -> Span:
    """Return where in the source a text stands, from its first to its last character."""
    known = [origin for origin in traced.origins if origin >= 0]
    return Span(known[0], known[-1] + 1) if known else Span(0, 0)


def _clear_language(text: str) -> str | None:
    lang, confidence = identify(text)
    return lang if confidence >= 0.8 else None


def _brief(text: str) -> str:
    return text if len(text) <= 50 else text[:47].rstrip() + "..."


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Cut a paragraph that introduces a statement and holds it too into the two."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        out.extend(_apart_one(line, following))
    return out


def _apart_one(line: Line, following: str) -> list[Line]:
    text = line.text
    if text[:1] in OPENING and not enclosed(text):
        closed = closed_at(text, text[0], OPENING[text[0]])
        if closed is not None and _is_whole(text[: closed + 1]):
            return [_piece(line, 0, closed + 1), *_apart_one(_piece(line, closed + 1, len(text)), following)]
    for match in re.finditer(r"[:：]\s*(?=[“„«»‘\"「『])", text):
        opener = text[match.end()]
        rest = text[match.end() :]
        closed = closed_at(rest, opener, OPENING[opener])
        if closed is None:
            if word_count(rest) >= 8 and following[:1] in OPENING:
                return [
                    replace(line, traced=line.traced.cut(0, match.end()).strip()),
                    _piece(line, match.end(), len(text)),
                ]
            continue
        quote = rest[: closed + 1]
        if _is_whole(quote):
            end = match.end() + closed + 1
            parts = [
                replace(line, traced=line.traced.cut(0, match.end()).strip()),
                _piece(line, match.end(), end),
            ]
            if text[end:].strip(" .,"):
                parts += _apart_one(_piece(line, end, len(text)), following)
            return parts
    return [line]


def _is_whole(quote: str) -> bool:
    """Tell whether a quotation within a paragraph is long enough for a statement: sentences, not a phrase."""
    return word_count(quote) >= _LONG and len(re.findall(r"[.!?,](?=\s|\W?$)", quote)) >= 2


def opens_statement(text: str) -> bool:
    """Tell whether a paragraph begins with a quotation long enough for a statement."""
    if text[:1] not in OPENING:
        return False
    closed = closed_at(text, text[0], OPENING[text[0]])
    return word_count(text if closed is None else text[: closed + 1]) >= _LONG // 2


def _piece(line: Line, start: int, end: int) -> Line:
    return Line(line.traced.cut(start, end).strip(), gap=True, quoted=line.quoted)
