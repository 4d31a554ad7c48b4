"""Whose a statement is, by all that names states around and in it: learnt, as `labelling` is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from readout_diff.language import identify
from readout_diff.loaders.apart import last_sentence
from readout_diff.loaders.attribution import MUCH, parties_of_opening, subject_party
from readout_diff.loaders.cues import cues
from readout_diff.loaders.cutting import Cut
from readout_diff.loaders.labelling import Labeller
from readout_diff.loaders.layout import is_prose
from readout_diff.loaders.publishers import Office, OfficeHit
from readout_diff.loaders.units import Article

_ABOVE = 5  # units above a statement that may say whose it is
_NOWHERE = 9.0  # the place of a state that is not named
_SURER = 0.05  # by so much a party must be likelier than the one the rules say
_SURE = 0.9  # where the article names an office that nobody knows, its state may be unknown, too
_HEAD = 250
_WITH = re.compile(r"\b(?:with|to|mit|an|avec|à|со?|к)\b", re.I)
_OURS = re.compile(r"\b(?:our|unser(?:e[mnrs]?)?|notre|nos|наш(?:а|е|и|его|ей|ему|им|их|у)?)\b.{0,40}", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked: whose the statement of a cut is.

    `said` is the party the rules name, `publisher` the office, `text` the statement, `header` the lines above
    its text, `earlier` the parties of the statements above it.
    """

    article: Article
    cut: Cut
    text: str
    header: Sequence[str]
    publisher: str | None
    said: str | None
    earlier: Sequence[str | None]


def party_of(claim: Claim, labeller: Labeller | None) -> str | None:
    """Return whose a statement is; what the rules say where nothing else is plainly likelier.

    Args:
        claim: The statement, and what the rules say.
        labeller: What weighs all signs; by the rules alone if None.
    """
    if labeller is None:
        return claim.said
    signs = signs_of(claim)
    if not signs or (claim.said is not None and claim.said not in signs):
        return claim.said  # a state no table knows, as the article names it
    likely = labeller.party.probability(np.array(list(signs.values())))
    found = dict(zip(signs, likely.tolist(), strict=True))
    best = max(found, key=lambda party: (found[party], party))
    unknown = claim.said is None and claim.publisher is not None
    line = _SURE if unknown else found.get(claim.said or "", 0.0) + _SURER
    return best if found[best] > line else claim.said


def office_near(claim: Claim, party: str) -> str | None:
    """Return the office of a party that is named around a statement, the nearest first.

    Where none is, it is the publisher the rules name, if that is of no other party.
    """
    article, cut, table = claim.article, claim.cut, _Namesakes(claim.article)
    lead = [] if cut.lead is None else [article.text(cut.lead)]
    above = (article.text(index) for index in range(cut.start - 1, max(cut.start - 1 - _ABOVE, -1), -1))
    for text in (*lead, article.text(cut.end), *claim.header, *above):
        offices = [hit for hit in table.find(text) if hit.office.party == party and hit.weight >= 2]
        if offices:
            return max(offices, key=lambda hit: (hit.weight, hit.start)).office.name
    known = article.table.best(claim.publisher or "")
    return claim.publisher if known is None or known.office.party in (None, party) else None


def signs_of(claim: Claim) -> Mapping[str, list[float]]:
    """Return what speaks for each party that is named around or in a statement."""
    article, cut, table = claim.article, claim.cut, _Namesakes(claim.article)
    lead = "" if cut.lead is None else article.text(cut.lead)
    above = [article.text(i) for i in range(cut.start - 1, max(cut.start - 1 - _ABOVE, -1), -1)]
    after = ["" if article.is_lead_in(cut.end) else article.text(cut.end), article.text(cut.end + 1)]
    first = re.split(r"(?<=[.!?])\s", claim.text, maxsplit=1)[0][:_HEAD]
    subject = subject_party(article.table, claim.text)
    opening = parties_of_opening(article.table, claim.text)
    named = {
        "lead": table.find(lead),
        "last": table.find(last_sentence(lead)) if lead else [],
        "near": table.find(above[0]) if above else [],
        "after": table.find(after[0]),
        "below": table.find(after[1]),
        "header": [hit for line in claim.header for hit in table.find(line)],
        "first": table.find(first),
        "text": table.find(claim.text[:MUCH]),
    }
    link = _WITH.search(first)
    order = [hit.office.party for hit in sorted(named["first"], key=lambda hit: hit.start)]
    ranges = [match.span() for match in _OURS.finditer(claim.text[:MUCH])]
    ours = {
        hit.office.party for hit in named["text"] if any(begin <= hit.start < stop for begin, stop in ranges)
    }
    counts = {name: Counter(_parties(hits)) for name, hits in named.items()}
    within = Counter(_parties(table.find(article.source[:MUCH])))
    lead_order = [party for hit in named["lead"] if (party := hit.office.party)]
    candidates = {party for name in named for party in _parties(named[name])}
    above_hits = [table.find(text) for text in above]
    headings = [[] if is_prose(text) else hits for text, hits in zip(above, above_hits, strict=True)]
    candidates |= {party for hits in above_hits for party in _parties(hits)}
    lang = identify(claim.text)[0] or article.lang
    brought = lead or (above[0] if above else "")
    again = cues().again.match(brought) or cues().translates.search(brought) or cues().credit.search(brought)
    earlier = list(claim.earlier)
    lead_link = _WITH.search(last_sentence(lead)) if lead else None
    below = article.is_tail(cut.end) or article.sources(cut.end)
    tailed = float(below or article.credit(cut.end) is not None)
    own = {
        party: [
            float(party == claim.said),
            _heaviest(named["lead"], party),
            _heaviest(named["last"], party),
            _heaviest(named["near"], party),
            _heaviest([hit for hits in headings for hit in hits], party),
            -_place(above_hits, party),
            -_place(headings, party),
            _heaviest(named["after"], party),
            _heaviest(named["after"], party) * tailed,
            _heaviest(named["below"], party),
            _heaviest(named["header"], party),
            float(party == subject),
            float(party in opening),
            -float(order.index(party)) if party in order else -_NOWHERE,
            _heaviest(named["first"], party),
            counts["text"][party] / max(counts["text"].total(), 1),
            float(party in ours),
            within[party] / max(within.total(), 1),
            float(lang in article.table.languages.get(party, ""))
            if party in article.table.languages
            else 0.5,
        ]
        for party in sorted(candidates)
    }
    # of each sign the two largest values: that of the best rival is one of them
    largest = [
        [*sorted(column, reverse=True)[:2], -_NOWHERE][:2] for column in zip(*own.values(), strict=True)
    ]
    return {
        party: [
            *signs,
            *(
                second if value == first else first
                for value, (first, second) in zip(signs, largest, strict=True)
            ),
            float(claim.said is None),
            float(lead_order[:1] == [party]),
            float(lead_order[-1:] == [party]),
            float(len(set(lead_order))),
            float(_is_behind(link, named["first"], party)),
            float(_is_behind(lead_link, named["last"], party)),
            float(counts["text"][party]),
            float(subject is None),
            float(bool(ours)),
            float(party in earlier),
            float(earlier[-1:] == [party]),
            float(len(earlier)),
            float(sum(count > within[party] for count in within.values())),
            float(article.is_foreign(cut.start)),
            float(cut.lead is None),
            float(bool(again)),
        ]
        for party, signs in own.items()
    }


class _Namesakes:
    """A publisher table as an article means it: "Bundeskanzleramt" may be Vienna's."""

    def __init__(self, article: Article) -> None:
        self._table, self._source = article.table, article.source
        self._meant: dict[tuple[Office, str], Office] = {}

    def find(self, text: str) -> list[OfficeHit]:
        """Find the offices a text names."""
        return [replace(hit, office=self._office(hit.office, text)) for hit in self._table.find(text)]

    def _office(self, office: Office, text: str) -> Office:
        if (office, text) not in self._meant:
            self._meant[office, text] = self._table.meant(office, text, self._source)
        return self._meant[office, text]


def _parties(hits: Iterable[OfficeHit]) -> list[str]:
    return [hit.office.party for hit in hits if hit.office.party]


def _heaviest(hits: Iterable[OfficeHit], party: str) -> float:
    return max((hit.weight for hit in hits if hit.office.party == party), default=-1.0)


def _place(lines: Iterable[Iterable[OfficeHit]], party: str) -> float:
    """Return the number of the first line that names a party."""
    return next((float(k) for k, hits in enumerate(lines) if party in _parties(hits)), _NOWHERE)


def _is_behind(link: re.Match[str] | None, hits: Iterable[OfficeHit], party: str) -> bool:
    return link is not None and any(hit.start > link.start() for hit in hits if hit.office.party == party)
