"""Numbers in figures or words, normalised with what they count."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from readout_diff.mentions.mention import Mention
from readout_diff.readout import Span
from readout_diff.topics.cues import Token, fold

_FIGURE = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f’]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f’]\d{3})+")
_HYPHENED = re.compile(r"[^\W\d_]-\Z")
_CURRENCY = {"£": "GBP", "€": "EUR", "$": "USD", "₽": "RUB", "¥": "CNY"}
_NEAR = 30  # characters before a number in which what bounds it may stand, and a currency sign on either side
_LONGEST_WORD = 80  # letters; 777,777 has 65 in German
_LOOK_AHEAD = 3  # tokens after a number among which its unit may stand
# German and Russian words that hold both number and unit ("achtzigminütig", "полуторачасовой").
_COMPOUND_UNITS = {
    "de": (
        ("minütig", "minute"), ("stündig", "hour"), ("tägig", "day"), ("wöchig", "week"),
        ("monatig", "month"), ("jährig", "year"),
    ),
    "ru": (
        ("минутн", "minute"), ("часов", "hour"), ("дневн", "day"), ("недельн", "week"),
        ("месячн", "month"), ("летн", "year"),
    ),
}  # fmt: skip
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_STEPS = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = re.compile(
    r"(?P<percent>百分之)?(?P<figure>\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)[多余]?(?P<scale>万亿|亿|万|千|百)?[多余]?"
    r"(?P<unit>美元|欧元|英镑|卢布|元|%|％|个百分点|人|名|分钟|个?小时|天|周|个?月|年|剂|吨|公里)?"
)
_HAN_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_HAN_UNITS = {
    "美元": "USD", "欧元": "EUR", "英镑": "GBP", "卢布": "RUB", "元": "CNY", "%": "%",
    "％": "%", "个百分点": "%", "人": "people", "名": "people", "分钟": "minute", "小时": "hour",
    "个小时": "hour", "天": "day", "周": "week", "月": "month", "个月": "month", "年": "year",
    "剂": "dose", "吨": "tonne", "公里": "kilometre",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Table:
    """The number words of a language: folded word to value."""

    decimal: str
    one: frozenset[str]
    half: frozenset[str]
    skip: frozenset[str]
    numbers: dict[str, float]
    scales: dict[str, float]
    scale_stems: tuple[tuple[str, float], ...]
    parts: dict[str, float]
    part_stems: tuple[tuple[str, float], ...]
    ordinals: dict[str, float]
    units: dict[str, str]
    unit_stems: tuple[tuple[str, str], ...]
    more: re.Pattern[str]
    less: re.Pattern[str]
    negated: re.Pattern[str]

    def scale(self, word: str) -> float | None:
        """Return what a scale word multiplies by, None for another word."""
        return self.scales.get(word) or next((v for s, v in self.scale_stems if word.startswith(s)), None)

    def part(self, word: str) -> float | None:
        """Return 2 for "half", 3 for "third", and None for another word."""
        return self.parts.get(word) or next((v for s, v in self.part_stems if word.startswith(s)), None)

    def unit(self, word: str) -> str:
        """Return the unit a word names, or ""."""
        return self.units.get(word) or next((u for s, u in self.unit_stems if word.startswith(s)), "")


@cache
def number_data() -> dict[str, Any]:
    """Return the table of number, unit and date words of every language."""
    source = files("readout_diff") / "data" / "mentions" / "numbers.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _table(lang: str) -> _Table:
    """Return the number words of a language; a language without a table has figures only."""
    data = number_data().get(lang, {})

    def split(section: str) -> tuple[dict[str, Any], tuple[tuple[str, Any], ...]]:
        pairs = [(fold(w), key) for key, words in data.get(section, {}).items() for w in words.split()]
        stems = tuple((word[:-1], key) for word, key in pairs if word.endswith("*"))
        return {word: key for word, key in pairs if not word.endswith("*")}, stems

    def valued(section: str) -> tuple[dict[str, float], tuple[tuple[str, float], ...]]:
        words, stems = split(section)
        return {w: float(k) for w, k in words.items()}, tuple((s, float(k)) for s, k in stems)

    numbers, _ = valued("numbers")
    ordinals, _ = valued("ordinals")
    scales, scale_stems = valued("scales")
    parts, part_stems = valued("parts")
    units, unit_stems = split("units")
    more, less, negated = (_before(data.get(key, "")) for key in ("more", "less", "negated"))
    one, half, skip = (frozenset(fold(w) for w in data.get(k, "").split()) for k in ("one", "half", "skip"))
    return _Table(
        data.get("decimal", "."), one, half, skip, numbers, scales, scale_stems, parts, part_stems, ordinals,
        units, unit_stems, more, less, negated,
    )  # fmt: skip


def _before(words: str) -> re.Pattern[str]:
    """Return what matches a text that ends with one of the wordings, and perhaps a currency sign."""
    written = "|".join(re.escape(w.strip()).replace(r"\*", r"\w*") for w in words.split("|") if w.strip())
    return re.compile(rf"\b(?:{written or '(?!)'})\s*+[£€$]?\s*+$", re.IGNORECASE)


def _bound(text: str, start: int, table: _Table) -> str:
    """Return whether the number at `start` is a lower (">") or an upper bound ("<"), or denied ("!")."""
    before = text[max(0, start - _NEAR) : start]
    patterns = ((">", table.more), ("<", table.less), ("!", table.negated))
    return next((sign for sign, pattern in patterns if pattern.search(before)), "")


def parse_figure(figure: str, decimal: str) -> float:
    """Return the value of a number in figures.

    Args:
        figure: digits with separators.
        decimal: the decimal sign of the language, "." or ",".

    Example:
        >>> parse_figure("2.300", ","), parse_figure("2.3", ","), parse_figure("180 000", ",")
        (2300.0, 2.3, 180000.0)
    """
    grouping = "." if decimal == "," else ","
    match = _GROUPED.match(figure)
    if (
        match
        and decimal not in match.group()
        and (match.end() == len(figure) or figure[match.end()] == decimal)
    ):
        head, tail = match.group(), figure[match.end() + 1 :]
        return float(re.sub(r"\D", "", head) + ("." + tail if tail else ""))
    plain = re.sub(r"[ '\u00a0\u202f’]", "", figure)
    if plain.count(grouping) > 1 or (grouping in plain and decimal in plain):
        plain = plain.replace(grouping, "")
    return float(re.sub(r"[.,]", ".", plain, count=1).replace(",", ""))


def find_numbers(text: str, tokens: Sequence[Token], taken: Sequence[Span], lang: str) -> Iterator[Mention]:
    """Yield the numbers in `text` that are no part of a date or name.

    Args:
        text: the text the tokens were cut from.
        tokens: its tokens, in order.
        taken: spans of dates and names; nothing in them is a number.
        lang: ISO 639-1 code.

    Example:
        >>> from readout_diff.topics.cues import tokenize
        >>> text = "rund 1,2 Millionen Menschen"
        >>> [(m.value, m.unit) for m in find_numbers(text, tokenize(text), (), "de")]
        [(1200000.0, 'people')]
    """
    if lang == "zh":
        yield from _in_chinese(text, taken)
        return
    table = _table(lang)
    items = _items(text, tokens, taken, table, lang)
    position = 0
    while position < len(items):
        found, end = _read(items, position, table)
        if found is None:
            position += 1
            continue
        value, unit = found
        start_offset, end_offset = items[position].start, items[end - 1].end
        unit = unit or _unit(text, items, position, end, table)
        bound = _bound(text, start_offset, table)
        yield Mention("number", number_key(value, unit), Span(start_offset, end_offset), value, unit, bound)
        position = end


def cover(text: str, taken: Sequence[Span]) -> bytearray:
    """Return a byte a character of `text`: 1 where one of the spans covers it."""
    covered = bytearray(len(text))
    for span in taken:
        covered[span.start : span.end] = b"\1" * len(span)
    return covered


@dataclass(frozen=True, slots=True)
class _Item:
    """A figure or word: its place, folded text, and value where it is a figure or a compound."""

    start: int
    end: int
    word: str
    value: float | None = None
    unit: str = ""


def number_key(value: float, unit: str) -> str:
    """Return the key of a number: its value, and its unit where that tells what is counted.

    Example:
        >>> number_key(500_000_000.0, "dose"), number_key(0.5, "share")
        ('500000000', '0.5 share')
    """
    figure = f"{value:.10g}" if value < 1e9 or value % 1 else f"{value:.0f}"
    return f"{figure} {unit}" if unit in ("%", "share", "ordinal") else figure


def _items(
    text: str, tokens: Sequence[Token], taken: Sequence[Span], table: _Table, lang: str
) -> list[_Item]:
    """Cut `text` into figures and words, leaving out what is taken."""

    covered = cover(text, taken)

    def free(start: int, end: int) -> bool:
        return covered.find(1, start, end) < 0

    figures = [m for m in _FIGURE.finditer(text) if free(m.start(), m.end())]
    # "G20", "COVID-19" and "5G" are names, no numbers.
    figures = [
        m
        for m in figures
        if not (
            m.start()
            and (text[m.start() - 1].isalpha() or _HYPHENED.search(text[max(0, m.start() - 2) : m.start()]))
        )
        and not text[m.end() : m.end() + 1].isalpha()
    ]
    items = [_Item(m.start(), m.end(), "", parse_figure(m.group(), table.decimal)) for m in figures]
    for token in tokens:
        if token.text[0].isdigit() or not free(token.start, token.end):
            continue
        word = fold(token.text)
        value, unit = _compound(word, table, lang)
        items.append(_Item(token.start, token.end, word, value, unit))
    return sorted(items, key=lambda item: item.start)


def _compound(word: str, table: _Table, lang: str) -> tuple[float | None, str]:
    """Return value and unit of a compound such as "vierundzwanzig" or "achtzigminütiges"."""
    for suffix, unit in _COMPOUND_UNITS.get(lang, ()):
        head, found, _ = word.partition(suffix)
        if found and head:
            if head in table.half or head in ("halb", "полу"):
                return 0.5, unit
            value = table.numbers.get(
                head, _german(head, table) if lang == "de" and len(head) <= _LONGEST_WORD else None
            )
            return (value, unit) if value else (None, "")
    if lang == "de" and 6 < len(word) <= _LONGEST_WORD and word not in table.numbers:
        return _german(word, table), ""
    return None, ""


def _german(word: str, table: _Table) -> float | None:
    """Return the value of a German number written as one word, None if it is none."""
    if word in table.numbers:
        return table.numbers[word]
    units, joined, tens = word.partition("und")
    if joined and tens in table.numbers:
        low = 1.0 if units == "ein" else table.numbers.get(units)
        return table.numbers[tens] + low if low else None
    for step in ("tausend", "hundert"):
        head, found, tail = word.partition(step)
        if found:
            high = 1.0 if head in ("", "ein") else _german(head, table)
            low = 0.0 if not tail else _german(tail, table)
            return high * table.scales[step] + low if high is not None and low is not None else None
    return None


def _read(items: Sequence[_Item], start: int, table: _Table) -> tuple[tuple[float, str] | None, int]:
    """Read a number that begins at `start`: its value and unit, and the index after it."""
    head = items[start]
    if head.unit and head.value is not None:
        return (head.value, head.unit), start + 1
    if head.value is None:
        if head.word in table.half:
            follows = start + 1
            follows += follows < len(items) and items[follows].word in table.one | table.skip
            scale = table.scale(items[follows].word) if follows < len(items) else None
            if scale:
                return (scale / 2, ""), follows + 1
        if table.part(head.word) == 2:
            # "The second half of May" is no share.
            ordinal = start > 0 and items[start - 1].word in table.ordinals
            return (None if ordinal else (0.5, "share")), start + 1
        if head.word in table.ordinals:
            return (table.ordinals[head.word], "ordinal"), start + 1
    number, end = _sum(items, start, table)
    if number is None:
        return None, start
    part = table.part(items[end].word) if end < len(items) else None
    if part and head.value is None and number < part:
        return (number / part, "share"), end + 1
    return (number, ""), end


def _sum(items: Sequence[_Item], start: int, table: _Table) -> tuple[float | None, int]:
    """Add up the figures and number words from `start`: their value, and the index after them."""
    total, current, end = 0.0, None, start
    while end < len(items):
        item = items[end]
        value = item.value if item.value is not None else table.numbers.get(item.word)
        scale = table.scale(item.word) if value is None else None
        if value is not None and not item.unit and _joins(current, value):
            current = (current or 0.0) + value
        elif scale == 100:
            current = (current or 1.0) * scale
        elif scale is not None:
            total, current = total + (current or 1.0) * scale, 0.0
        elif end == start and item.word in table.one and _scaled(items, end + 1, table):
            current = 1.0
        else:
            break
        end += 1
    return (total + (current or 0.0) if end > start else None), end


def _joins(current: float | None, value: float) -> bool:
    """Return whether a number goes on with `value`: "twenty" with "four", "two hundred" with "six"."""
    return (
        not current
        or (current % 100 == 0 and value < 100)
        or (current % 10 == 0 and current >= 20 and value < 10)
    )


def _scaled(items: Sequence[_Item], position: int, table: _Table) -> bool:
    """Return whether a scale word stands at `position`."""
    return position < len(items) and table.scale(items[position].word) is not None


def _unit(text: str, items: Sequence[_Item], start: int, end: int, table: _Table) -> str:
    """Return what the number ``items[start:end]`` counts, or ""."""
    first, last = items[start].start, items[end - 1].end
    before = text[max(0, first - _NEAR) : first].rstrip()[-1:]
    after = text[last : last + _NEAR].lstrip()[:1]
    if after in ("%", "％"):
        return "%"
    if before in _CURRENCY or after in _CURRENCY:
        return _CURRENCY.get(before) or _CURRENCY[after]
    for item in items[end : end + _LOOK_AHEAD]:
        if item.value is not None or re.search(r"[.,;:]", text[items[end - 1].end : item.start]):
            break
        unit = table.unit(item.word)
        if unit:
            return unit
    return ""


def _in_chinese(text: str, taken: Sequence[Span]) -> Iterator[Mention]:
    """Yield the numbers of a Chinese text."""
    covered = cover(text, taken)
    for match in _HAN_NUMBER.finditer(text):
        if covered.find(1, *match.span()) >= 0:
            continue
        figure, scale, unit = match["figure"], match["scale"], match["unit"]
        if figure[0].isdigit():
            value = float(figure.replace(",", ""))
        elif (scale or unit or match["percent"]) and figure != "一":
            value = _han_value(figure)
        else:
            continue
        value *= _HAN_SCALES.get(scale, 1.0)
        name = "%" if match["percent"] else _HAN_UNITS.get(unit, "")
        yield Mention("number", number_key(value, name), Span(match.start(), match.end()), value, name)


def _han_value(figure: str) -> float:
    """Return the value of a number in Chinese numerals."""
    total = 0.0
    current: float | None = None
    for char in figure:
        if char in _HAN_STEPS:
            total += (1 if current is None else current) * _HAN_STEPS[char]
            current = None
        else:
            current = _HAN_DIGITS[char] if current is None else current * 10.0 + _HAN_DIGITS[char]
    return total + (current or 0)
