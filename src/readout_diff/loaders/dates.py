"""Dates as pages of governments write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from readout_diff.readout import Span

_MONTHS = {
    1: "january jan januar jänner janvier января январь enero gennaio stycznia ocak січня janeiro",
    2: "february feb februar février février февраля февраль febrero febbraio lutego şubat лютого fevereiro",
    3: "march mar märz mars марта март marzo marca mart березня março",
    4: "april apr avril апреля апрель abril aprile kwietnia nisan квітня",
    5: "may mai мая май mayo maggio maja mayıs травня maio",
    6: "june jun juni juin июня июнь junio giugno czerwca haziran червня junho",
    7: "july jul juli juillet июля июль julio luglio lipca temmuz липня julho",
    8: "august aug août aout августа август agosto sierpnia ağustos серпня",
    9: "september sep sept septembre сентября сентябрь septiembre settembre września eylül вересня setembro",
    10: "october oct oktober okt octobre октября октябрь octubre ottobre października ekim жовтня outubro",
    11: "november nov novembre ноября ноябрь noviembre listopada kasım листопада novembro",
    12: "december dec dezember dez décembre декабря декабрь diciembre dicembre grudnia aralık грудня",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAME = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?<!\d)(?P<y>{_YEAR})\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日",
        rf"(?<!\d)(?P<y>{_YEAR})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+|of\s+)?(?P<name>{_NAME})\b\.?,?\s+(?:de\s+|del\s+)?(?P<y>{_YEAR})(?!\d)",
        rf"\b(?P<name>{_NAME})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y>{_YEAR})(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})-(?P<m>\d{{1,2}})-(?P<y>{_YEAR})(?!\d)",
        rf"\b(?P<name>{_NAME})\.?\s+(?P<d>\d{{1,2}})(?!\d)(?!\s*(?:percent|%|million))",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:\.|\s+de)?\s+(?P<name>{_NAME})\b",
        r"(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
    )
)


_WEEKDAYS = (
    "(mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|понедельник|вторник|среда|четверг|пятница|суббота"
    "|воскресенье|lunes|martes|miércoles|jueves|viernes|sábado|domingo|星期[一二三四五六日天]"
)
_BESIDE_DATES = re.compile(
    rf"\b({_WEEKDAYS}|uhr|den|der|le|the|of|года?|г|р|року|в|um|at|à|am|on|du|um|a\.?m|p\.?m|h|msk|edt|est|cet|gmt|utc)\b"
    r"|\d{1,2}[:.h]\d{2}(:\d{2})?|[^\w]+|\d+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text; `iso` is `None` where the year is not given."""

    span: Span
    iso: str | None


def find_date(text: str) -> Dated | None:
    """Find the first date of the most complete form in a text.

    Example:
        >>> find_date("Harnau, 21. September 2021").iso, find_date("On March 3 they met").iso
        ('2021-09-21', None)
    """
    for form in _FORMS:
        for match in form.finditer(text):
            groups = match.groupdict()
            month = int(groups["m"]) if groups.get("m") else _MONTH[groups["name"].lower()]
            day, year = int(groups["d"]), groups.get("y")
            if year and 12 < month <= 31 and day <= 12:  # 3/18/2022
                month, day = day, month
            try:
                date = datetime.date(int(year) if year else 2000, month, day)
            except ValueError:
                continue
            return Dated(Span(*match.span()), date.isoformat() if year else None)
    return None


def is_date_line(text: str) -> bool:
    """Tell whether a line holds a date and little else.

    Example:
        >>> is_date_line("Kostrava, 2 March 2023"), is_date_line("They met on 2 March 2023.")
        (True, False)
    """
    dated = find_date(text)
    if dated is None or len(text) > 90:
        return False
    rest = _BESIDE_DATES.sub(" ", text[: dated.span.start] + " " + text[dated.span.end :]).split()
    return len(rest) <= (1 if text.endswith((".", "!", "?", "。")) else 3)
