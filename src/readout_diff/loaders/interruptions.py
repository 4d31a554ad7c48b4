"""What stands between two quotations of one text: an attribution that says whose it is.

It joins them only if it is made of nothing but words of saying, a text or an office with no name, and the
name of one office: any other word may be somebody else who speaks.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from readout_diff.loaders.cues import cues
from readout_diff.loaders.publishers import OfficeHit, PublisherTable

ATTRIBUTION = 260  # characters
SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÞА-ЯЁ])")
WORD = re.compile(r"[^\W\d_]+")
_PERSON = re.compile(
    r"\b(?:minister(?:s|in|n)?|ministres?|secretary|presidents?|präsident(?:in|en)?|présidente?"
    r"|(?:bundes)?kanzler(?:s|in)?|chancellor|chancelière?|king|emir|chefs?|spokes\w+|\w*sprecher\w*|porte-parole|министр\w*|президент\w*|глав[аыуе]\w*"
    r"|канцлер\w*|пресс-секретар\w*|\w+minister(?:s|in|n)?)\b",
    re.I,
)
_BUREAU = re.compile(
    r"\b(?:office|press (?:office|service|department)|\w*büro|\w*amt(?:e?s)?|kanzlei|cabinet|bureau|services?"
    r"|secretariat|пресс-служб\w+|администраци\w+|аппарат\w*|офис\w*|канцеляри\w+)\b",
    re.I,
)
_NO_OFFICE = re.compile(
    r"\b(?:side|seite|partie|сторон\w+|delegation|embassy|botschaft|ambassade|посольств\w+|media|medien|\w*kreise\w*"
    r"|regional\w*|local|provincial|municipal|shadow|former|exile|opposition|rebel|landes\w*|exil\w*|schatten\w*"
    r"|régional\w*|locale?|ancien\w*|региональн\w+|местн\w+|областн\w+|бывш\w+)\b",
    re.I,
)
# before a name: what is spoken of, where it is published, whose the text is
_ABOUT = re.compile(
    r"\b(?:on|to|about|an|auf|über|sur|à|aux?|об?|на|к|mit|with|avec|со?)(?: (?:the|die|das|den|l[ae]))? ?$",
    re.I,
)
_PLACE = re.compile(r"\b(?:in|en|à|в|at) ?$", re.I)
_OF = re.compile(r"\b(?:of|from|by|des|der|von|aus|de|du|d['’])(?: the| la| l['’])? ?$", re.I)
# "des Affaires étrangères, de l’Union européenne et de la Coopération": what else a ministry is for
_AND_OF = re.compile(
    r"(?:, (?:de l['’]|de la |du |des )[^\W\d_]+(?: [^\W\d_]+)?)?,? et (?:de l['’]|de la |du |des )[^\W\d_]+"
)
_FOR = re.compile(r"(?<= )(?:für|for|pour|по делам) [A-ZÀ-ÞА-ЯЁ]\w+(?: (?:und|and|et|и) [A-ZÀ-ÞА-ЯЁ]\w+)?")
_NOT = re.compile(
    r"\b(?:nicht|kein\w*|not|no|never|pas|aucun\w*|не|нет|\w*frage?n?|asked|questions?|вопрос\w*|n['’]t)\b",
    re.I,
)
_OWN = re.compile(r"\b(?:in|dans|в) (?:einer|seiner|ihrer|an?|its|une?|son|sa|сво[её]м) (?:\w+ )?$", re.I)
# what an office reacts to is no place where it speaks
_ANSWERED = re.compile(
    r"\b(?:auf|to|à|sur|на) (?:das |ein |the |an |l['’]|une )?(?:interview|интервью)\b", re.I
)
_NEW = re.compile(r"\b(?:an?|eine[rms]?|une?)(?: \w+)? $", re.I)
_MINISTRY = re.compile(r"minist|министерств|ведомств", re.I)
_CITES = re.compile(r"\b(?:cite[sd]?|quot(?:es|ed|ing)|zitiert(?:e)?|цитиру\w+)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Words:
    """What attributions are made of, by ``data/attributions.toml``."""

    texts: re.Pattern[str]
    offices: re.Pattern[str]
    said: re.Pattern[str]
    small: re.Pattern[str]
    spokespersons: re.Pattern[str]
    resumes: re.Pattern[str]
    resuming: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((files("readout_diff") / "data" / "attributions.toml").read_text("utf-8"))
    return _Words(**{key: re.compile("|".join(forms), re.I) for key, forms in table.items()})


@dataclass(frozen=True, slots=True)
class Said:
    """What an attribution tells: an office by name, or not by name, a text, a place; or nothing good."""

    good: bool = True
    office: OfficeHit | None = None
    kind: OfficeHit | None = None  # "the foreign ministry", of no state
    of_text: bool = False
    of_office: bool = False
    place: str | None = None
    new: bool = False  # "in a statement": where one was named before, it may be another


BAD = Said(good=False)  # somebody else may speak


def read_attribution(text: str, table: PublisherTable) -> Said:
    """Read an attribution; `BAD` if it holds anything but words of saying and one office or text."""
    text = text.strip(" ,.;:–—-")
    if len(text) > ATTRIBUTION or "?" in text or cues().spoken.search(text) or cues().joint.search(text):
        return BAD
    named: list[OfficeHit] = []
    kind: OfficeHit | None = None
    places: set[str | None] = set()
    bare, at = "", 0
    for hit in table.find(text):
        if hit.start < at:
            continue
        read = _read_hit(text, hit)
        if read is None:
            return BAD
        bare += text[at : hit.start] + " "
        at = hit.end
        if read == "place":
            places.add(hit.office.party)
        elif read == "kind":
            kind = hit
        else:
            named.append(hit)
            more = _AND_OF.match(text, hit.end) if text[hit.start :].lower().startswith("minist") else None
            at = more.end() if more is not None else at
    bare += text[at:]
    office = max(named, key=lambda hit: hit.weight, default=None)
    best = table.best(text)
    if office is not None and (best is None or best.office.party != office.office.party):
        return BAD
    if len({hit.office.name for hit in named if hit.weight >= 2}) > 1:
        return BAD
    if len({hit.office.party for hit in named} | places) > 1:
        return BAD
    return _read_words(bare, office, kind, next(iter(places), None))


def _read_hit(text: str, hit: OfficeHit) -> str | None:
    """Tell what a name in an attribution is: "named", a "kind" of office, a "place"; or nothing good."""
    name, before = text[hit.start : hit.end], text[: hit.start]
    if hit.weight == 0.5 or hit.office.news or _NO_OFFICE.search(name):
        return None
    if (_PERSON.search(name) and not _BUREAU.search(name)) or _ABOUT.search(before):
        return None
    if hit.weight == 0:
        return "kind"
    if hit.weight >= 2:
        return "named" if hit.office.party is not None else None
    if _PLACE.search(before):
        return "place"
    after = WORD.search(text, hit.end)
    beside = [*WORD.findall(before)[-1:], *([after[0]] if after is not None else [])]
    of_text = any(_words().texts.fullmatch(word) for word in beside)
    return "named" if of_text or (_OF.search(before) and names_text(text)) else None


def names_text(text: str) -> bool:
    """Tell whether a text is spoken of: a statement, a document."""
    return any(_words().texts.fullmatch(word) for word in WORD.findall(text))


def _read_words(bare: str, office: OfficeHit | None, kind: OfficeHit | None, place: str | None) -> Said:
    words = _words()
    said = of_text = of_office = False
    for word in WORD.findall(bare):
        if words.texts.fullmatch(word):
            of_text = True
        elif words.offices.fullmatch(word):
            of_office = True
        elif words.said.fullmatch(word):
            said = True
        elif not words.small.fullmatch(word) and not (of_text and words.spokespersons.fullmatch(word)):
            return BAD
    if not said or (office is not None and office.weight < 2 and not of_text):
        return BAD
    first = next((match for match in WORD.finditer(bare) if words.texts.fullmatch(match[0])), None)
    return Said(
        office=office,
        kind=kind,
        of_text=of_text,
        of_office=of_office or kind is not None,
        place=place,
        new=first is not None and _NEW.search(bare[: first.start()]) is not None,
    )


def of_kind(kind: OfficeHit | None, owner: OfficeHit) -> bool:
    """Tell whether "the foreign ministry" may be the office that is named."""
    if kind is None or owner.weight < 2:
        return True
    plain = all(
        _words().offices.fullmatch(word) or _words().small.fullmatch(word)
        for word in WORD.findall(kind.office.name)
    )
    return plain or kind.role == owner.role


def is_again(kind: OfficeHit, owner: OfficeHit) -> bool:
    """Tell whether "the ministry" is the office a sentence names."""
    ministries = all(_MINISTRY.search(hit.office.name) for hit in (kind, owner))
    return kind.role == owner.role or (ministries and of_kind(kind, owner))


def _blank(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def acting_office(sentence: str, table: PublisherTable) -> tuple[OfficeHit, bool] | None:
    """Return the office a sentence begins with, and whether it says that it gave out a text."""
    words = _words()
    bare = _ANSWERED.sub(_blank, _FOR.sub(_blank, sentence))
    if _NOT.search(bare) or _CITES.search(bare) or cues().spoken.search(bare) or cues().joint.search(bare):
        return None
    hits = table.find(bare)
    owner = next((hit for hit in hits if hit.weight >= 2), None)
    if owner is None or owner.office.party is None or owner.office.news:
        return None
    name = bare[owner.start : owner.end]
    if _NO_OFFICE.search(name) or (_PERSON.search(name) and not _BUREAU.search(name)):
        return None
    start = WORD.findall(bare[: owner.start].replace("_", " "))
    if not all(words.small.fullmatch(word) or words.offices.fullmatch(word) for word in start):
        return None
    if any(hit.weight >= 2 and hit is not owner for hit in hits) or any(hit.weight == 0.5 for hit in hits):
        return None
    best = table.best(sentence)
    if best is None or best.office.party != owner.office.party:
        return None
    texts = [word for word in WORD.finditer(bare, owner.end) if words.texts.fullmatch(word[0])]
    if not all(_OWN.search(bare[: word.start()]) for word in texts):
        return None
    parties = {hit.office.party for hit in hits if hit.office.party is not None}
    if texts and any(hit.start > texts[0].start() for hit in hits):
        return None
    return owner, bool(texts) and len(parties) == 1


def resumes(lead: str, owner: OfficeHit, table: PublisherTable) -> bool:
    """Tell whether an introduction leads on to more of a text given in part above."""
    if not lead.rstrip().endswith(":") or len(lead) > ATTRIBUTION:
        return False
    if cues().spoken.search(lead) or _CITES.search(lead):
        return False
    if len(SENTENCES.split(lead)) > 1:
        lead = SENTENCES.split(lead)[-1]
    words = _words()
    hits = table.find(lead)
    if any(hit.office.party not in (None, owner.office.party) or hit.weight == 0.5 for hit in hits):
        return False
    if not all(of_kind(hit, owner) for hit in hits if hit.weight == 0):
        return False
    bare, at = "", 0
    for hit in hits:
        bare, at = bare + lead[at : hit.start] + " ", hit.end
    tokens = WORD.findall(bare + lead[at:])
    noun = next((i for i, token in enumerate(tokens[:4]) if words.texts.fullmatch(token)), None)
    if noun is None or not all(words.small.fullmatch(token) for token in tokens[:noun]):
        return False
    for token, following in zip(tokens[noun + 1 :], [*tokens[noun + 2 :], ""], strict=True):
        if (
            words.resumes.fullmatch(token)
            or words.resuming.fullmatch(token)
            or words.resuming.fullmatch(following)
        ):
            return True
        if not (words.small.fullmatch(token) or words.offices.fullmatch(token)):
            return False
    return False
