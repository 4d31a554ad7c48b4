"""Dates, months, years and the ends of periods, as far as a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from readout_diff.mentions.mention import Mention
from readout_diff.mentions.numbers import number_data
from readout_diff.readout import Span

_YEAR = r"(?:1[789]|20)\d\d"
_PERIODS = ("q1", "q2", "q3", "q4", "year_end", "month_end", "spring", "summer", "autumn", "winter")
_ISO = re.compile(rf"\b({_YEAR})-(\d\d)-(\d\d)\b")
_NUMERIC = re.compile(rf"\b(\d{{1,2}})\.(\d{{1,2}})\.({_YEAR})\b")
_HAN = re.compile(
    rf"(?:({_YEAR})年)?(?:(\d{{1,2}})月(?:(\d{{1,2}})[日号])?)|({_YEAR})年|(年底|年内|月底|第?[一二三四]季度)"
)
_HAN_PERIODS = {"月底": "month_end", "一季度": "q1", "二季度": "q2", "三季度": "q3", "四季度": "q4"}
_BARE_YEAR = re.compile(rf"(?<![\d.,\w£$€])({_YEAR})(?!\d)(?![.,]\d)(?P<pair>/\d\d)?(?P<after>\s*\S*)")
_COUNTED = re.compile(
    r"^\s*(%|people|troops|soldiers|tonnes|tons|Menschen|Personen|Soldaten|Tonnen|человек|тонн|personnes)"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """The date patterns of a language."""

    months: re.Pattern[str]
    numbers: tuple[tuple[re.Pattern[str], int], ...]
    periods: re.Pattern[str]


@cache
def _words(lang: str) -> _Words | None:
    """Return the date patterns of a language, None for a language without a table."""
    data = number_data().get(lang, {}).get("dates")
    if data is None:
        return None
    months = [_alternation(w) for w in data["months"].split()]
    short = data["short"].split()
    names = [m if s == "-" else rf"{m}|{s}\." for m, s in zip(months, short, strict=True)]
    # The months May and March are also verbs: English writes the month with a capital.
    flags = re.NOFLAG if lang == "en" else re.IGNORECASE
    if lang == "en":
        names = [name.capitalize() for name in names]
    any_month = "|".join(f"(?:{name})" for name in names)
    full = re.compile(
        rf"(?:(?<!\d)(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|ª)?\s+(?:de\s+|of\s+)?)?\b(?P<month>{any_month})(?!\w)"
        rf"(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\s*(?:Uhr|:)))?(?:,?\s+(?:de\s+)?(?P<year>{_YEAR}))?",
        flags,
    )
    numbers = tuple((re.compile(name, flags), i) for i, name in enumerate(names, 1))
    wordings = {
        key: "|".join(re.escape(w.strip()) for w in data[key].split("|")) for key in _PERIODS if key in data
    }
    groups = "|".join(rf"(?P<{key}>{words})" for key, words in wordings.items())
    periods = re.compile(rf"\b(?:{groups})(?!\w)", re.IGNORECASE)
    return _Words(full, numbers, periods)


def _alternation(word: str) -> str:
    """Return a month name as a regular expression; ``*`` stands for a case ending."""
    return "|".join(re.escape(w).replace(r"\*", r"\w{0,3}") for w in word.split("|"))


def find_dates(text: str, lang: str) -> Iterator[Mention]:
    """Yield the dates in `text`.

    Keys are "2021-12-07", "12-07" (no year), "2021-12", "--12" (a month), "2021", "year_end", "spring".

    Args:
        text: any text.
        lang: ISO 639-1 code; without a table only dates in figures and years are found.

    Example:
        >>> [m.key for m in find_dates("am 24. Dezember, bis Jahresende und 2015", "de")]
        ['12-24', 'year_end', '2015']
    """
    found = sorted(_all(text, lang), key=lambda m: (m.span.start, -m.span.end))
    reached = 0
    for mention in found:
        if mention.span.start >= reached:
            yield mention
            reached = mention.span.end


def _all(text: str, lang: str) -> Iterator[Mention]:
    """Yield dates that may overlap."""
    for match in _ISO.finditer(text):
        yield _date(match, *map(int, match.groups()))
    for match in _NUMERIC.finditer(text):
        day, month, year = map(int, match.groups())
        yield _date(match, year, month, day)
    if lang == "zh":
        for match in _HAN.finditer(text):
            long_year, in_year, of_year, lone_year, period = match.groups()
            if period:
                key = _HAN_PERIODS.get(period.removeprefix("第"), "year_end")
                yield Mention("date", key, Span(*match.span()), unit="period")
            else:
                yield _date(match, *(int(x) if x else 0 for x in (long_year or lone_year, in_year, of_year)))
        return
    words = _words(lang)
    if words:
        for match in words.months.finditer(text):
            month = next(i for pattern, i in words.numbers if pattern.fullmatch(match["month"]))
            yield _date(match, int(match["year"] or 0), month, int(match["day"] or match["day2"] or 0))
        for match in words.periods.finditer(text):
            yield Mention("date", str(match.lastgroup), Span(*match.span()), unit="period")
    for match in _BARE_YEAR.finditer(text):
        if not _COUNTED.match(match["after"]):
            yield Mention(
                "date",
                match[1],
                Span(match.start(1), match.end("pair") if match["pair"] else match.end(1)),
                unit="year",
            )


def _date(match: re.Match[str], year: int = 0, month: int = 0, day: int = 0) -> Mention:
    """Return the mention of a date; 0 stands for what is not said."""
    span = Span(*match.span())
    if not 0 <= month <= 12 or not 0 <= day <= 31:
        return Mention("date", match.group(), span, unit="period")
    if month and day:
        return Mention(
            "date",
            f"{year:04d}-{month:02d}-{day:02d}" if year else f"{month:02d}-{day:02d}",
            span,
            unit="day",
        )
    if month:
        return Mention("date", f"{year:04d}-{month:02d}" if year else f"--{month:02d}", span, unit="month")
    return Mention("date", f"{year:04d}", span, unit="year")
