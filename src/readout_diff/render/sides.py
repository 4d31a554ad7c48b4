"""What the two sides are called in a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from readout_diff.passages import Passage
from readout_diff.readout import Readout

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison

_LONG_NAME = 28

SideKey = Literal["a", "b"]

# English names made of a common noun take "the"; names of countries and people do not.
_TAKES_THE = re.compile(
    r"\b(House|Kremlin|Ministry|Office|Government|Department|Council|Chancellery|Presidency|Palace"
    r"|Secretariat|Secretary|Commission|Union|States|Kingdom|Nations|Administration|Delegation|Agency"
    r"|Service|Mission|Embassy|Republic|Federation|Netherlands|Emirates|Philippines|Cabinet|Parliament"
    r"|President|Chancellor|Chancellery|Pentagon|Élysée|Alliance|Spokesperson)\b"
)

# One counting unit for every script: a word, or a Han character or kana of its own.
_UNIT = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’\-][^\W_]+)*"
)


def count_words(text: str) -> int:
    """Return the number of words of `text`; every Han character or kana counts as a word.

    Example:
        >>> count_words("The U.S.-Russia agenda"), count_words("中美元首会晤")
        (5, 6)
    """
    return sum(1 for _ in _UNIT.finditer(text))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison under the name a reader knows it by."""

    key: SideKey
    name: str
    readout: Readout
    passages: tuple[Passage, ...]

    @property
    def letter(self) -> str:
        """The capital letter that goes with every passage number."""
        return self.key.upper()

    @property
    def the_name(self) -> str:
        """The name as a sentence needs it ("the Kremlin", "Valdria", "account A")."""
        if self.name.startswith("Account "):
            return self.name[0].lower() + self.name[1:]
        if self.name.lower().startswith("the "):
            return self.name
        return f"the {self.name}" if _TAKES_THE.search(self.name) else self.name

    @property
    def account(self) -> str:
        """The account of the side as a sentence needs it ("the Kremlin's account")."""
        if self.name.startswith("Account "):
            return self.the_name
        return f"{self.the_name}{'’' if self.name.endswith('s') else '’s'} account"

    def ref(self, index: int) -> str:
        """The number a reader finds a passage by, counted from 1 ("B7")."""
        return f"{self.letter}{index + 1}"


def sides_of(comparison: Comparison) -> tuple[Side, Side]:
    """Return both sides, under two different names.

    The publisher is the name where there is one, then the party; where these do not tell the two
    sides apart, the letters A and B do.
    """
    left, right = comparison.left, comparison.right
    names = _names(left, right)
    return (
        Side("a", names[0], left, comparison.left_passages),
        Side("b", names[1], right, comparison.right_passages),
    )


def _names(left: Readout, right: Readout) -> tuple[str, str]:
    first = (_short(left), _short(right))
    second = (_clean(left.party), _clean(right.party))
    for a, b in (first, second):
        if a and b and a != b:
            return a, b
    if first[0] and first[0] == first[1]:
        return f"{first[0]} (A)", f"{first[0]} (B)"
    return first[0] or "Account A", first[1] or "Account B"


def _short(readout: Readout) -> str:
    publisher, party = _clean(readout.publisher), _clean(readout.party)
    # "Ministry of Foreign Affairs of the ..., English version" is no name to fit in a column.
    return party if party and len(publisher) > _LONG_NAME else publisher or party


def _clean(name: str | None) -> str:
    return " ".join((name or "").split())[:80]
