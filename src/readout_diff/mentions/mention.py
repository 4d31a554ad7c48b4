"""A mention: something a passage names in a way that holds across languages."""

from __future__ import annotations

from dataclasses import dataclass

from readout_diff.readout import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a passage names: who, where, how many, when.

    `kind` is "country" (`key`: ISO 3166 code), "org", "place", "accord" (`key`: an English identifier),
    "name" (of a person mostly; `key`: a sound key that is the same in every script), "number" or "date"
    (`key`: the normalised value). `span` are offsets into the text that was searched. `value` is the
    number itself; `unit` is what is counted: "%", "people", "minute", a currency code such as "EUR"; ""
    if not known. `bound` is ">" ("more than 2,000"), "<" ("up to 2,000"), "!" where the number is denied
    ("not 120, but 135"), "" for a plain value.
    """

    kind: str
    key: str
    span: Span
    value: float | None = None
    unit: str = ""
    bound: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
