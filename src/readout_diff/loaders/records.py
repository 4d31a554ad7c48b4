"""Statements kept as JSON or JSON Lines."""

from __future__ import annotations

import json
import re
from typing import Any

from readout_diff.errors import LoadError
from readout_diff.limits import JSON_BYTES, JSON_DEPTH, JSON_RECORDS

FIELDS = (
    "text",
    "id",
    "party",
    "publisher",
    "lang",
    "title",
    "issued",
    "source",
    "translated_from",
    "translation_credit",
)
# Strings are passed over whole: brackets in them count for nothing.
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|$)|[\[\]{}]', re.S)


def read_records(text: str, name: str) -> list[dict[str, Any]]:
    """Read records of statements.

    A record is an object with ``text`` (a string, required: the statement and nothing else) and any of
    ``id``, ``party``, ``publisher``, ``lang``, ``title``, ``issued`` (``YYYY-MM-DD``), ``source``,
    ``translated_from`` and ``translation_credit`` (strings or null). A file holds one record, an array of
    them, an object ``{"readouts": [...]}``, or one record a line.

    Args:
        text: The file.
        name: What to call it in messages.

    Returns:
        The records, checked.

    Raises:
        LoadError: Not JSON, not of this form, or beyond the limits on JSON.

    Example:
        >>> read_records('{"text": "They spoke.", "party": "Meridia"}', "a.json")
        [{'text': 'They spoke.', 'party': 'Meridia'}]
    """
    JSON_BYTES.check(len(text), name)
    JSON_DEPTH.check(_depth(text), name)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as whole:
        value = _lines(text, name, whole)
    except ValueError:
        raise _too_many_digits(name) from None
    if isinstance(value, dict) and set(value) == {"readouts"}:
        value = value["readouts"]
    records = value if isinstance(value, list) else [value]
    JSON_RECORDS.check(len(records), name)
    for number, record in enumerate(records, 1):
        _check(record, f"{name}, record {number}")
    if not records:
        raise LoadError(f"{name} holds no record; {_form()}")
    return records


def _lines(text: str, name: str, whole: json.JSONDecodeError) -> list[Any]:
    rows = [(number, row) for number, row in enumerate(text.splitlines(), 1) if row.strip()]
    out = []
    for number, row in rows:
        JSON_DEPTH.check(_depth(row), f"{name}, line {number},")
        try:
            out.append(json.loads(row))
        except json.JSONDecodeError as error:
            at = f"line {whole.lineno}" if number == rows[0][0] else f"line {number}"
            problem = whole.msg if number == rows[0][0] else error.msg
            raise LoadError(f"{name} is not valid JSON ({problem}, {at}); {_form()}") from None
        except ValueError:
            raise _too_many_digits(name) from None
    return out


def _depth(text: str) -> int:
    """Return how deep brackets are nested, so that the parser need not recurse to find out."""
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        bracket = match[0][0]
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket != '"':
            depth -= 1
    return deepest


def _too_many_digits(name: str) -> LoadError:
    return LoadError(f"{name} holds a number with thousands of digits; {_form()}")


def _check(record: object, where: str) -> None:
    if not isinstance(record, dict):
        raise LoadError(f"{where} is no object; {_form()}")
    unknown = sorted(set(record) - set(FIELDS))
    if unknown:
        raise LoadError(f"{where} has unknown fields {', '.join(unknown)}; known: {', '.join(FIELDS)}")
    if not isinstance(record.get("text"), str):
        raise LoadError(f"{where} has no text; {_form()}")
    wrong = [key for key, value in record.items() if value is not None and not isinstance(value, str)]
    if wrong:
        raise LoadError(f"{where}: {', '.join(wrong)} must be a string")


def _form() -> str:
    return 'give objects with a string "text", one, an array of them, or one a line'
