"""Web sites of governments, known by their domains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HOST = re.compile(
    r"(?<![\w.@-])(?P<labels>(?:[a-z0-9-]{1,40}\.){1,4})(?P<domain>(?-i:[a-z]{2,4}))(?![\w-])", re.I
)
# Second-level domains under which a state has its own sites, and those that only some states use so.
_OFFICIAL = frozenset(
    ["gov", "gob", "gouv", "gub", "govt", "government", "governo", "gobierno", "gouvernement"]
)
_OFFICIAL_IN = {
    **dict.fromkeys(("jp", "kr", "ke", "id", "th", "tz", "ug"), "go"),
    **{"at": "gv", "ca": "gc", "ch": "admin"},
}
# What the sites of offices are called; the first that fits a label says whose it is.
_OFFICES = tuple(
    (name, frozenset(labels.split()))
    for name, labels in (
        (
            "Ministry of Foreign Affairs of {party}",
            "mfa mid mofa mofaic mfaic minrel cancilleria mre mae maec exteriores esteri diplomatie fmprc"
            " mzv mzz mea foreign mirex minrex itamaraty bmeia msz mvep dfa eda mfat",
        ),
        (
            "Office of the President of {party}",
            "president presidency prezident presidencia presidenza presidence presidente presidentti"
            " prezydent predsednik predsjednik tccb akorda kremlin elysee quirinale",
        ),
        (
            "Prime Minister's Office of {party}",
            "pm pmo pmindia primeminister premier primature kantei opm premierminister",
        ),
        ("Ministry of Defence of {party}", "mod mindef defence defense mil"),
    )
)


@dataclass(frozen=True, slots=True)
class Site:
    """A government's web site in a text: the domain of its state, and what its office is called."""

    start: int
    end: int
    domain: str
    name: str


def find_sites(text: str) -> Iterator[Site]:
    """Find the web sites of governments and their offices.

    Example:
        >>> [(site.domain, site.name) for site in find_sites("Source : www.mfa.gov.sg/news; example.org")]
        [('sg', 'Ministry of Foreign Affairs of {party}')]
    """
    for match in _HOST.finditer(text):
        domain = match["domain"].lower()
        labels = [label for label in match["labels"].lower().split(".") if label not in {"", "www", "en"}]
        name = next((name for name, known in _OFFICES if known.intersection(labels)), None)
        official = domain == "gov" or not _OFFICIAL.isdisjoint(labels) or _OFFICIAL_IN.get(domain) in labels
        # "mfa.xx" is an office's own site; "news.mfa-fans.xx" is not
        if official or (name is not None and len(labels) == 1):
            yield Site(match.start(), match.end(), domain, name or "Government of {party}")
