"""Offices that publish statements, recognised by what articles call them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from readout_diff.errors import LoadError
from readout_diff.limits import PUBLISHERS_BYTES
from readout_diff.loaders.asides import clauses_aside, is_addressed, is_object
from readout_diff.loaders.layout import LONGEST_PARAGRAPH
from readout_diff.loaders.sites import find_sites
from readout_diff.loaders.tongues import names_language, names_version

_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KEPT = 512  # texts of which the offices are kept
_ROLES = 16  # roles in an article of which the holders are
_NEAR = 45  # characters between a kind of office and the country it belongs to
# "a call with the White House": the office named is not the one that publishes
_OTHER_SIDE = re.compile(
    r"\b(with|mit|avec|с|со|between|zwischen|entre|между|call to|gegenüber|vis-à-vis|against"
    r"|gegen|about|über)( (the|dem|der|den|das|die|le|la|les|l['’]))? ?$",
    re.I,
)
# "call with President Santosa of Indonesia", "der Brüsseler Gipfel": nor is a country or capital there
_COUNTERPART = re.compile(
    r"\b(with|mit|avec|с|со) (the |dem |der |den |die |das |le |la |l['’])?"
    r"((?-i:[A-ZÀ-ÞА-ЯЁ])[\w.’'-]* |of |the |von |der |de |du )*+$",  # possessive: "The " could be read twice
    re.I,
)
_EVENT = re.compile(
    r"\b(meeting|summit|talks|treffen|gipfel|gespräche?|réunion|rencontre|sommet|entretien|встреч\w+|саммит\w*|переговор\w+)"
    r" (in|at|of|von|de|d['’]|à|en|в|на) ?$",
    re.I,
)
# "after the ASEAN summit", "which chairs ECOWAS": an organisation as the occasion
_OCCASION_BEFORE = re.compile(
    r"\b(chairs?|chaired|members? of|member states of|vorsitz\w* (?:in |bei )?|mitglied\w*|préside"
    r"|membres? de|саммит\w*|встреч\w+|заседани\w+|summit|meeting|gipfel|tagung|sommet|réunion)"
    r"(?: of| der| des| de| d['’])?( (the|der|des|la|l['’]))? ?$",
    re.I,
)
_OCCASION_AFTER = re.compile(
    r"[ -]?(?:\w+ )?(?:summit|meeting|ministerial|conference|gipfel|tagung|treffen|konferenz|sommet|réunion"
    r"|саммит|峰会|外长会|会议)",
    re.I,
)
# "an hour after the Croatian side"
_EARLIER = re.compile(
    r"\b(hours?|minutes?|days?|shortly|stunden?|minuten?|tage?|kurz|heures?|jours?|peu|час\w*|минут\w*|дн\w+|вскоре)"
    r" (after|before|nach|vor|après|avant|после|до)( (the|dem|der|den|das|die|le|la|les|l['’]))? ?$",
    re.I,
)
_BESIDE = re.compile(r"['’]?[ -]+(\w+ )?")  # "French President", "the Maldives' president"
_BEHIND = re.compile(r"[ \xa0](?P<letters>[A-ZА-ЯЁ][A-ZА-ЯЁа-яё]{1,4})(?!\w)")
_LETTERS = re.compile(r"^\s*\([^\W\d_]{2,10}\)")  # "the Department of Foreign Affairs (DFA) of"
_AND = re.compile(r"\b(and|und|et|и)( (the|dem|der|den|das|die|le|la|les|l['’]))? ?$", re.I)


# "after remarks by the Spanish government": nor is it where another answers it
_ANSWERED = re.compile(
    r"\b(response|reply|reaction|remarks|words|réponse|réaction|propos|déclarations|antwort|reaktion|äußerung\w*"
    r"|kritik|ответ\w*|реакци\w*|слова\w*|высказывани\w*|критик\w*)"
    r" (by|of|from|to|du|de|des|de la|à|aux|au|von|des|der|auf|an|на|президент\w*)\b[^.:]{0,25}$",
    re.I,
)
# "The reply of the Spanish government", at the beginning: it is the one that answers
_REPLY = re.compile(
    r"\W*(the |die |la |l['’])?(official )?"
    r"(response|reply|reaction|réponse|réaction|antwort|reaktion|ответ|реакция)"
    r" (by|of|from|du|des?|de la|der|von|(?!на )\w+)\b(?! an\b| auf\b| to\b)",
    re.I,
)


# "in the Turkish press", "den deutschen Agenturen": whose readers know it, not whose text it is
_PRESS = re.compile(
    r" (?:(?:news )?(?:media|papers|newspapers|agencies|journalists|reporters|readers)"
    r"|press(?= (?:has|had|was|did|read)\b|[.,;:!?])"
    r"|(?:nachrichten)?(?:agenturen|medien|zeitungen|leser(?:n|innen)?|öffentlichkeit)|presse(?=[ .,;:!?])"
    r"|(?:сми|читател\w+|журналист\w+|газет\w*)(?!\w))\b",
    re.I,
)
_PRESSE = re.compile(r"\b(?:médias|journaux|journalistes|lecteurs|presse) $", re.I)


@dataclass(frozen=True, slots=True)
class Office:
    """An office with the party it speaks for; the party is `None` where the name alone does not tell.

    `news` says that it writes as news agencies do.
    """

    name: str
    party: str | None
    news: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OfficeHit:
    """An office found in a text. `weight` is 3 for a known office, 2 for a kind of office with its country,
    1 for a country or capital alone, 0.5 for a person, 0 for a kind of office with no country; `role` then
    says what its holder is called."""

    start: int
    end: int
    office: Office
    weight: float
    role: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class PublisherTable:
    """Patterns of offices, kinds of office and countries."""

    offices: tuple[tuple[Office, re.Pattern[str]], ...]
    generics: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]
    countries: tuple[tuple[str, re.Pattern[str]], ...]
    people: tuple[tuple[str, re.Pattern[str]], ...]
    abbreviated: tuple[tuple[str, str, re.Pattern[str]], ...] = ()
    domains: Mapping[str, str] = field(default_factory=dict)
    namesakes: tuple[tuple[str, Office], ...] = ()
    languages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _known: dict[str, list[OfficeHit]] = field(default_factory=dict, compare=False, repr=False)
    _holders: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False, repr=False)

    def find(self, text: str) -> list[OfficeHit]:
        """Find every office a text names, in order; where several readings overlap the most specific wins."""
        text = text[:LONGEST_PARAGRAPH]
        hits = self._known.get(text)
        if hits is None:  # a paragraph is asked about again and again while cuts are tried
            if len(self._known) >= _KEPT:
                self._known.clear()
            hits = self._known[text] = self._find(text)
        return hits

    def _find(self, text: str) -> list[OfficeHit]:
        hits = [
            OfficeHit(match.start(), match.end(), office, 3)
            for office, pattern in self.offices
            for match in pattern.finditer(text)
        ]
        places = [
            (match.start(), match.end(), country)
            for country, pattern in self.countries
            for match in pattern.finditer(text)
        ]
        places = [
            (start, end, country)
            for start, end, country in places
            if not names_language(text, start, end) and not _is_of_press(text, start, end)
        ]
        for name, pattern, role in self.generics:
            for match in pattern.finditer(text):
                short = self._abbreviated(text, name, match)
                hits.append(_with_country(text, name, match, short or places, role))
        hits += [OfficeHit(start, end, Office(text[start:end], country), 1) for start, end, country in places]
        hits += self._sites(text, hits)
        hits += [
            OfficeHit(match.start(), match.end(), Office(match[0], party), 0.5)
            for party, pattern in self.people
            for match in pattern.finditer(text)
        ]
        kept: list[OfficeHit] = []
        taken = bytearray(len(text))
        # an office with its country goes before a known office whose name is only part of it
        for hit in sorted(hits, key=lambda h: (-min(h.weight, 2), h.start - h.end, -h.weight, h.start)):
            if not any(taken[hit.start : hit.end]):
                kept.append(hit)
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
        return sorted(kept, key=lambda h: h.start)

    def _abbreviated(self, text: str, name: str, office: re.Match[str]) -> list[tuple[int, int, str]]:
        """Find the state whose letters stand behind an office: "МИД КР"."""
        behind = _BEHIND.match(text, office.end())
        if behind is None:
            return []
        return [
            (*behind.span("letters"), country)
            for only, country, pattern in self.abbreviated
            if (not only or name.startswith(only)) and pattern.fullmatch(behind["letters"])
        ]

    def _sites(self, text: str, known: list[OfficeHit]) -> Iterator[OfficeHit]:
        """Find the web sites of offices: "mfa.gov.xx", but for those of offices that are known."""
        for site in find_sites(text):
            party = self.domains.get(site.domain)
            inside = any(site.start <= hit.start and hit.end <= site.end for hit in known if hit.weight == 3)
            if party is not None and not inside:
                yield OfficeHit(site.start, site.end, Office(site.name.replace("{party}", party), party), 3)

    def side(self, text: str) -> OfficeHit | None:
        """Find the state of "In the Russian version:", where the adjective need not mean the language."""
        places = (
            OfficeHit(match.start(), match.end(), Office(f"Government of {country}", country), 1)
            for country, pattern in self.countries
            for match in pattern.finditer(text)
            if names_version(text, *match.span())
        )
        return min(places, key=lambda hit: hit.start, default=None)

    def best(self, text: str) -> OfficeHit | None:
        """Choose the office that publishes, as an introduction or attribution words it."""
        best: tuple[float, OfficeHit] | None = None
        aside = clauses_aside(text)
        for number, hit in enumerate(self.find(text)):
            score = hit.weight - 0.05 * number
            before = text[max(0, hit.start - 60) : hit.start]
            own = text[hit.start : hit.end].endswith(" стороны")  # "с китайской стороны": by it, not with it
            if (
                (not own and _OTHER_SIDE.search(before))
                or (_ANSWERED.search(before) and not _REPLY.match(text))
                or _EARLIER.search(before)
                or (number and _AND.search(before))
                or (hit.weight <= 1 and not own and (_COUNTERPART.search(before) or _EVENT.search(before)))
                or is_object(text, hit.start)
            ):
                score -= 2.6
            if hit.weight == 3 and self._is_occasion(text, hit):
                score -= 2.6
            if is_addressed(text, hit.start):
                score -= 1  # it publishes nothing, even where no other office is named
            if any(start < hit.start < end for start, end in aside):
                score -= 3.1
            if best is None or score > best[0]:
                best = (score, hit)
        return best[1] if best is not None and best[0] > -0.5 else None

    def _is_occasion(self, text: str, hit: OfficeHit) -> bool:
        """Tell whether an organisation is named for what it holds, or who chairs it."""
        before = text[max(0, hit.start - 60) : hit.start]
        if not (_OCCASION_AFTER.match(text, hit.end) or _OCCASION_BEFORE.search(before)):
            return False
        return all(name != hit.office.party for name, _ in self.countries)

    def meant(self, office: Office, *texts: str) -> Office:
        """Return an office, or its namesake in another state: the first text that names one of them decides.

        Args:
            office: As the table has it.
            texts: Where it may be said: the sentence that names it, the article.
        """
        others = [other for of, other in self.namesakes if of == office.name]
        for text in texts if others else ():
            if self._names(office.party, text):
                break
            named = [other for other in others if self._names(other.party, text)]
            if len(named) == 1:
                return named[0]
        return office

    def _names(self, party: str | None, text: str) -> bool:
        beginning = text[:LONGEST_PARAGRAPH]
        known = (*self.countries, *self.people)
        found = (match for state, pattern in known if state == party for match in pattern.finditer(beginning))
        return any(not names_language(beginning, *match.span()) for match in found)

    def holder(self, role: re.Pattern[str], text: str) -> str | None:
        """Return the country whose holder of a role a text names most, if one stands out."""
        key = role.pattern, text  # the whole of an article is asked about for each of its statements
        if key not in self._holders:
            if len(self._holders) >= _ROLES:
                self._holders.clear()
            self._holders[key] = self._holder(role, text)
        return self._holders[key]

    def _holder(self, role: re.Pattern[str], text: str) -> str | None:
        counts: Counter[str] = Counter()
        for match in role.finditer(text):
            before, after = (
                text[max(0, match.start() - 25) : match.start()],
                text[match.end() : match.end() + 45],
            )
            for country, pattern in self.countries:
                beside = (m for m in pattern.finditer(before) if _BESIDE.fullmatch(before, m.end()))
                left = next(beside, None)
                named = (m for m in pattern.finditer(after) if _names_between(after[: m.start()]))
                # "assured President Ames of India's support"
                right = next((m for m in named if not re.match("['’]s", after[m.end() :])), None)
                counts[country] += bool(left or right)
        first, second = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] > second[1] else None

    def party_of(self, name: str) -> str | None:
        """Return the country a name or adjective stands for."""
        return next((country for country, pattern in self.countries if pattern.fullmatch(name)), None)


def publisher_table(extra: str | Path | None = None) -> PublisherTable:
    """Return the shipped table, with a user's own before it.

    Args:
        extra: A TOML file of the same form as the shipped ``publishers.toml``.

    Raises:
        LoadError: The file cannot be read, is malformed or larger than the limit ``publishers_bytes``.
    """
    if extra is None:
        return _shipped()
    try:
        with Path(extra).open("rb") as file:
            data = file.read(PUBLISHERS_BYTES.most + 1)
        PUBLISHERS_BYTES.check(max(len(data), Path(extra).stat().st_size), f"publishers file {str(extra)!r}")
        own = _build(tomllib.loads(data.decode("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise LoadError(
            f"publishers file {str(extra)!r}: {error};"
            " give a TOML file with [[office]] tables of name, party and forms"
        ) from None
    base = _shipped()
    return PublisherTable(
        own.offices + base.offices,
        own.generics + base.generics,
        own.countries + base.countries,
        own.people + base.people,
        own.abbreviated + base.abbreviated,
        {**base.domains, **own.domains},
        own.namesakes + base.namesakes,
        {**base.languages, **own.languages},
    )


def find_office(text: str, *, whole: bool = False) -> Office | None:
    """Find a known office in a text.

    Args:
        text: A line of a page, or a sentence.
        whole: The office must be all there is, as in the header of a page.

    Example:
        >>> find_office("In der Mitteilung des Weißen Hauses heißt es:")
        Office(name='White House', party='United States')
    """
    table = _shipped()
    if not whole:
        hit = table.best(text)
        return hit.office if hit and hit.weight >= 2 else None
    bare = text.strip().removesuffix(":").strip()
    hits = [hit for hit in table.find(bare) if hit.weight >= 2 and hit.end - hit.start >= len(bare) - 6]
    return hits[0].office if hits else None


def _is_of_press(text: str, start: int, end: int) -> bool:
    return bool(_PRESS.match(text, end) or _PRESSE.search(text[max(0, start - _NEAR) : start]))


def _with_country(
    text: str, name: str, match: re.Match[str], places: list[tuple[int, int, str]], role: re.Pattern[str]
) -> OfficeHit:
    near = [
        (max(0, start - match.end(), match.start() - end), start, end, country)
        for start, end, country in places
        if (match.start() <= start and end <= match.end())  # "le ministère malien des Affaires étrangères"
        or (
            end <= match.start()
            and match.start() - end <= 25
            and _links_left(text, start, end, match.start())
        )
        or (
            start >= match.end()
            and start - match.end() <= _NEAR
            and not is_object(text, start)
            and (_links_right(text[match.end() : start]) or _is_seat(text, match.end(), start, end))
        )
    ]
    if not near:
        return OfficeHit(match.start(), match.end(), Office(match[0], None), 0, role)
    _, start, end, country = min(near)
    return OfficeHit(
        min(start, match.start()), max(end, match.end()), Office(name.replace("{party}", country), country), 2
    )


def _names_between(between: str) -> bool:
    """Tell whether only names and small words stand between a title and its country."""
    return all(
        word[0].isupper()
        or word in {"of", "the", "von", "der", "des", "de", "du", "la", "le", "republic", "kingdom", "d", "l"}
        for word in re.findall(r"\w+", between)
    ) and not re.search(r"[.;:!?]\s", between)


def _links_left(text: str, start: int, end: int, office: int) -> bool:
    # "турецкий МИД"; but "на юге Узбекистана МИД КР"
    if re.match("[А-ЯЁа-яё]", text[start]) and not re.search("[сц]к[а-яё]{1,3}$", text[start:end]):
        return False
    return re.fullmatch(r"(['’]s?)?[ -]*[(]?(\w+[ -]+){0,1}", text[end:office]) is not None


def _is_seat(text: str, office: int, start: int, end: int) -> bool:
    """Tell whether a state stands behind an office and a comma: "the ministry (MFA), Beijing, said"."""
    between = _LETTERS.sub("", text[office:start])
    return (
        re.fullmatch(r"\s*,\s*", between) is not None
        and text[start].isupper()
        and re.match(r"\s*(?:$|[,.;:)\]–—])", text[end : end + 5]) is not None
    )


def _links_right(between: str) -> bool:
    between = _LETTERS.sub("", between)
    return re.fullmatch(
        r"(,(?= (the )?(republi|kingdom|federa|königreich|royaume|state of|республик|королевств)))?"
        r"(\s+(of|in|der|des|von|aus|the|de|du|d['’]|la|l['’]|le|en|à|republic|republik|république|республики)\b)*\s*[(]?\s*"
        r"(\w+\s+)?(of\s+|der\s+|de\s+)?",
        between,
        re.I,
    ) is not None  # fmt: skip


@cache
def _shipped() -> PublisherTable:
    return _build(tomllib.loads((files("readout_diff") / "data" / "publishers.toml").read_text("utf-8")))


def _build(table: dict[str, Any]) -> PublisherTable:
    return PublisherTable(
        offices=tuple(
            (Office(row["name"], row["party"], row.get("news") is True), _pattern(row["forms"]))
            for row in table.get("office", ())
        ),
        generics=tuple(
            (row["name"], _pattern(row["forms"]), _pattern([row["role"]])) for row in table.get("generic", ())
        ),
        countries=tuple((name, _pattern(forms, "s?")) for name, forms in table.get("countries", {}).items()),
        people=tuple((name, _pattern(forms)) for name, forms in table.get("people", {}).items()),
        abbreviated=tuple(
            (row.get("after", ""), name, re.compile("|".join(forms)))
            for row in table.get("abbreviated", ())
            for name, forms in row["countries"].items()
        ),
        domains={domain: name for name, domain in table.get("domains", {}).items()},
        namesakes=tuple((row["of"], Office(row["name"], row["party"])) for row in table.get("namesake", ())),
        languages={party: frozenset(codes) for party, codes in table.get("languages", {}).items()},
    )


def _pattern(forms: list[str], ending: str = "") -> re.Pattern[str]:
    spaced = "|".join(f"(?:{form})" for form in forms if not _HAN.search(form))
    unspaced = "|".join(f"(?:{form})" for form in forms if _HAN.search(form))
    parts = ([rf"(?<!\w)(?:{spaced}){ending}(?!\w)"] if spaced else []) + ([unspaced] if unspaced else [])
    return re.compile("|".join(parts).replace("’", "['’]"), re.I)
