"""Who a statement is from, by what an article says around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from readout_diff.loaders.apart import ends_in_colon, last_sentence
from readout_diff.loaders.cues import cues
from readout_diff.loaders.layout import ends_sentence, word_count
from readout_diff.loaders.publishers import OfficeHit, PublisherTable

_CAP = r"[A-ZÀ-ÞА-ЯЁ][\w’'-]*+"  # possessive: an apostrophe within is no separator
_LINK = r"(?:of|the|der|des|am|im|in|von|für|zu|de|du|la|le|les|et|d|l)"
_NAME = rf"{_CAP}(?:[ ’'](?:{_LINK}[ ’']){{0,2}}{_CAP})*"
# "in der Nacht": who does something stands in no such phrase
_PREPOSITIONS = ("in", "an", "auf", "vor", "bei", "mit", "für", "seit", "gegen", "über")
_NOT_IN = "".join(f"(?<!{word} )" for word in _PREPOSITIONS)
_UNKNOWN = tuple(
    re.compile(form)
    for form in (
        r"(?:[Mm]itteilung|[Ee]rklärung|[Ss]tellungnahme|[Ff]assung|[Vv]ersion|[Ww]ortlaut|[Tt]ext)\w*"
        rf" (?:des|der|vom|von|aus dem|aus der|aus) (?P<name>{_NAME})",
        r"(?:readout|statement|account|release|summary|version|communiqué)s? (?:from|by|of) (?:the )?"
        rf"(?P<name>{_NAME})",
        r"(?:communiqué|texte|déclaration|version|compte rendu)\w*(?: \w+){0,4}?"
        r" (?:de la |de l[’']|du |des |par le |par la |de )(?P<name>[\w’' -]{3,60}?)(?: *[:,(]|$)",
        rf"[Ss]o weit (?:das|der|die) (?P<name>{_NAME})",
        rf"{_NOT_IN}(?:[Dd]as|[Dd]er|[Dd]ie) (?P<name>{_NAME})",
        rf"(?:^|[.!?]\s|[Tt]he )(?P<name>{_NAME})"
        r"(?=,| \w+ (?:in|has)\b| (?:said|says|wrote|writes|published|released|put))",
        r"(?:^|[.!?,]\s)(?:[Ll][ae] |[Ll][’']|[Ll]es )(?P<name>\w[\w’' -]{3,60}?)"
        r" (?:a |ont |écri|publi|indiqu|déclar)",
        r"(?:сообщени\w+|текст\w*|пресс-релиз\w*|верси\w+|заявлени\w+)"
        r" (?P<name>[А-ЯЁа-яё][\w «»-]{3,60}?)(?: *[:,(]| говорится|$)",
        r"(?:^|[.!?]\s)(?P<name>(?!Об?\b|Это|Так|Ранее)[А-ЯЁ][\w «»-]{2,50}?)"
        r" (?:сообщ|заяв|опублик|пиш|перед|размест)",
    )
)
# "Minister of Energy": what it is in charge of, and no state
_REMITS = (
    "Foreign|External|Internal|Exterior|Interior|Home|State|Defen[cs]e|Energy|Petroleum|Oil|Power|Water|Mines|Trade|Commerce"
    "|Industry|Finance|Economy|Economic|Health|Justice|Agriculture|Infrastructure|Transport|Environment|Climate|Labou?r"
    "|Culture|Education|Science|Information|Communication|Digital|Tourism|Migration|Immigration|Security|Public|National"
    "|European|International|Regional|Affaires|Relations|Défense|Intérieur|Commerce|Énergie|Finances|Santé|Transports"
    "|Auswärtigen|Äußeren|Inneren|Verteidigung|Finanzen"
)
_STYLES = (
    "Islamic|Arab|United|Federal|Democratic|Hashemite|People|Socialist|Plurinational|Bolivarian"  # Republic
)
_STATE = re.compile(
    rf"(?: {_CAP}){{0,3}}"
    rf"(?: (?:of|for|für|de|des|du)(?: the| la)? (?:{_REMITS})\b(?:,? (?:(?:and|und|et) )?{_CAP}){{0,4}})?"
    r",? (?:of|von|der|de|du)(?: the| la)?"
    r"(?: (?:Republic|Kingdom|State|Federation|Republik|République|Royaume)(?: of| von| de| d[’'])?)?"
    rf" (?P<state>(?!(?:{_REMITS}|{_STYLES})\b){_CAP})"
)
_WITH = re.compile(r"\b(with|mit|avec|со?|同|与)\b")
# where somebody has been named who acts
_VERB = re.compile(
    r"\b(has|had|have|spoke|met|held|received|hosted|welcomed|hat|haben|traf|sprach|führte|empfing|begrüßte|telefonierte"
    r"|a|ont|s[’']est|пров[её]л[аи]?|принял[аи]?|встретил(ся|ась)|поговорил[аи]?)\b"
)
_ASKED = re.compile(
    r"\b(initiative|request|invitation|wunsch|bitte|einladung|demande|инициатив\w+|просьб\w+)\b", re.I
)
# "—Department of Foreign Affairs, Manila": an attribution of what stands above it
_DASHED = re.compile(r"[—–-]\s?[^\W\d_]")
# a name that begins so is a piece of a sentence: "What Akorda", "Voici"
_NO_NAME = re.compile(
    r"(?:what|how|here|where|when|this|that|these|those|so|now|and|but|as|in|both|also|it|they|was|wie|hier|und|aber|auch|so|dies\w*"
    r"|beide|voici|voilà|comment|ce|cet|cette|ceci|et|mais|où|selon|как|что|вот|это|так|и|но|где|тоже|также)\b(?=\W|$)",
    re.I,
)
_ON_PAGE = re.compile(
    r"(?:(?:internet|web)?seite|website|homepage|site|page|kanal|channel|сайт\w*|страниц\w+)"
    r"(?: (?:des|der|von|of|the|du|de|la))+ ",
    re.I,
)
# how a state is named beside its noun, or its people: no name of an office
_OF_STATE = re.compile(
    r"(?:isch(?:e[mnrs]?)?|ish|[^l]ese|ian|ean|ican|ench|utch|udi|eli|aqi|jani|tani|yemeni|waiti|irati|atari|omani|raini|deshi|aises?|oises?|en(?:ne)?s|ois|ains?|ск\w{1,3}|цк\w{1,3})$"
    r"|^(?:russes?|turcs?|turque|grecs?|grecque|türken|russen|polen|briten|franzosen|warschauer|moskauer|berliner|kiewer|kyjiwer"
    r"|pariser|londoner|wiener|römer|pekinger|belgrader|athener|brüsseler|ankaraer)$",
    re.I,
)
MUCH = 20_000  # characters of an article that tell its parties
_NOUN_ONLY = re.compile(
    r"(mitteilung|erklärung|stellungnahme|statement|readout|text|zusammenfassung|fassung|version|nachtrag|update)(en|s)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who a statement is from; `None` where the article does not tell."""

    publisher: str | None
    party: str | None


def name_source(
    table: PublisherTable,
    *,
    lead: str | None,
    after: str,
    before: str,
    header: Sequence[str],
    article: str,
    title: str | None = None,
    statement: str = "",
) -> Source:
    """Name the publisher and the party of a statement.

    Args:
        table: Known offices.
        lead: The paragraph that introduces the statement.
        after: The paragraph that follows it.
        before: The paragraph before the introduction.
        header: Lines above the text of the statement itself.
        article: The whole article, to see whose president a "president's office" is.
        title: Title of the statement.
        statement: Its text, for a statement with nothing but its title to introduce it.

    Returns:
        A known office where one is named; else the name the article gives, with the party if a country,
        a capital or a person beside it tells.
    """
    if lead is None and title and cues().title.match(title):
        party = _party_by_title(table, title, statement)
        if party is not None:
            return Source(None, party)
    if lead and _is_dashed(lead):
        lead, before = None, ""
    if _is_dashed(before):
        before = ""
    places = _places(lead, after, before)
    if lead and before and table.best(lead) is None and before not in places:
        places.append(last_sentence(before))
    if lead and ends_in_colon(lead) and all(table.best(text) is None for text in _places(lead, after, "")):
        side = table.side(last_sentence(lead))
        # "in the German version, which the palace published": a translation, and whose it is
        if side is not None and _unknown_name(last_sentence(lead)) is None:
            return Source(side.office.name, side.office.party)
    found = [(text, hit) for text in places if (hit := table.best(text)) is not None]
    # a country in a header is mostly that of the other side
    headed = [(text, hit) for text in header if (hit := table.best(text)) is not None and hit.weight >= 2]
    for ranked in ([pair for pair in found if pair[1].weight >= 1], headed, found):
        text, hit = next(((text, hit) for text, hit in ranked if hit.weight >= 0.5), ("", None))
        if hit is None:
            continue
        offices = (other.office for _, other in (*found, *headed) if other.weight >= 2)
        same = next((office for office in offices if office.party == hit.office.party), None)
        if same is not None and (hit.weight >= 1 or _unknown_name(text) is None):
            return Source(same.name, same.party)
        return Source(_unknown_name(text) or _name_of(hit), hit.office.party)
    signed = table.best(after) if cues().place_and_date.match(after) else None
    if signed is not None and signed.weight == 1 and signed.office.party:  # "Managua, April 13, 2024."
        name = next((name for text in places if (name := _unknown_name(text))), None)
        return Source(name or signed.office.name, signed.office.party)
    for text in places:
        hit = table.best(text)
        unknown = _unknown_name(text) or (_nominative(hit.office.name, "") if hit is not None else None)
        if unknown:
            role = hit.role if hit is not None else None
            party = (table.holder(role, article) or _named_with(role, article)) if role is not None else None
            return Source(unknown, party or (_party_nearby(table, before) if lead else None))
    return Source(None, None)


def _named_with(role: re.Pattern[str], article: str) -> str | None:
    """Return a state no table knows, by the holder of a role: "Chancellor Mathilde Brandauer of Valdria"."""
    counts: Counter[str] = Counter()
    for match in role.finditer(article):
        state = _STATE.match(article, match.end())
        if state is not None:
            counts[state["state"]] += 1
    ranked = counts.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _party_by_title(table: PublisherTable, title: str, statement: str) -> str | None:
    """Tell the party from the title of a statement: the one who calls, or the one it does not name.

    "Readout of President A's Call with President B" is A's; "Telephone conversation with President B" is
    that of the other party the statement names most.
    """
    link = _WITH.search(title)
    own, counterpart = (title[: link.start()], title[link.end() :]) if link else (title, "")
    caller = next((hit.office.party for hit in table.find(own) if hit.office.party), None)
    if caller:
        return caller
    others = {hit.office.party for hit in table.find(counterpart)}
    named = Counter(hit.office.party for hit in table.find(statement) if hit.office.party not in others)
    del named[None]
    ranked = named.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def subject_party(table: PublisherTable, statement: str) -> str | None:
    """Return the party a statement begins with, as offices mostly begin with their own.

    Example:
        >>> from readout_diff.loaders.publishers import publisher_table
        >>> subject_party(publisher_table(), "The Serbian delegation met today with that of Albania.")
        'Serbia'
    """
    opening = statement[:90]
    link = _VERB.search(opening) or _WITH.search(opening)
    before = opening[: link.start()] if link else opening
    if _ASKED.search(before):
        return None  # "At the request of the French side": of the other one
    hits = [hit for hit in table.find(before) if hit.office.party]
    named = next((hit for hit in hits if hit.weight >= 1), None)
    holder = hits[0] if hits and link is not None else None  # "President Ames spoke"
    found = named or holder
    return found.office.party if found is not None else None


def parties_of_opening(table: PublisherTable, statement: str) -> frozenset[str]:
    """Return the parties the first sentence of a statement names."""
    first = re.split(r"(?<=[.!?])\s", statement, maxsplit=1)[0][:250]
    return frozenset(hit.office.party for hit in table.find(first) if hit.office.party)


def other_party(table: PublisherTable, statement: str, article: str) -> str | None:
    """Return the one of an article's two parties that a statement does not begin by naming.

    Example:
        >>> from readout_diff.loaders.publishers import publisher_table
        >>> article = "Serbia and Albania talked. Serbia is silent, Albania is not."
        >>> other_party(publisher_table(), "Minister Ames met the Albanian minister today.", article)
        'Serbia'
    """
    named = parties_of_opening(table, statement)
    counts = Counter(hit.office.party for hit in table.find(article[:MUCH]) if hit.office.party)
    ranked = [party for party, _ in counts.most_common(2)]
    clear = len(ranked) == 2 and (len(counts) == 2 or counts.most_common(3)[2][1] < counts[ranked[1]])
    others = [party for party in ranked if party not in named]
    return others[0] if clear and len(named) == 1 and len(others) == 1 else None


def _places(lead: str | None, after: str, before: str) -> list[str]:
    follows = cues().after.match(after) or cues().sources.match(after)
    attributed = bool(after) and (bool(follows) or lead is None)
    # the sentence nearest to the statement first
    places = (
        [last_sentence(lead), *reversed(re.split(r"(?<=[.!?])\s+(?=[^\W\d_])", lead)), lead] if lead else []
    )
    if attributed:
        places.append(re.split(r"(?<=[.!?])\s", after)[0])
    asked = before.endswith("?") and word_count(before) <= 12
    if before and lead is None and follows and ends_sentence(before):
        places.append(last_sentence(before))  # "This was reported by the press service of the Kremlin."
    # a heading above the introduction; where the words below a statement tell whose it is, it need not
    if before and not (lead is None and follows) and (lead is None or asked or not ends_sentence(before)):
        places.append(before)
    return places


def _is_dashed(text: str) -> bool:
    return _DASHED.match(text) is not None and not ends_in_colon(text)


def _name_of(hit: OfficeHit) -> str:
    """Return what an office is called; an adjective of its state is no name: "the Turkish readout"."""
    name = hit.office.name
    shouted = name.isupper() and len(name) > 4
    bare = hit.weight == 1 and (_OF_STATE.search(name) or name[:1].islower() or shouted)
    return f"Government of {hit.office.party}" if bare and hit.office.party else name


def _nominative(name: str, before: str) -> str:
    """Return a name as a heading would have it: no article, no German genitive, no town."""
    first, space, rest = name.partition(" ")
    if before.endswith("des "):
        first = re.sub(r"(?<=\w{3})e?s$", "", first)
    name = re.sub(r"^(The|the|Das|Der|Die|La|Le)(\s|$)", "", first + space + rest)
    return re.sub(rf"(?<=\w) (?:zu Wort|in {_CAP}(?: {_CAP})*)$", "", name)


def _unknown_name(text: str) -> str | None:
    for form in _UNKNOWN:
        for match in form.finditer(text):
            name = _nominative(match["name"].strip(" ,’'"), text[: match.start("name")])
            page = _ON_PAGE.match(name)
            if page is not None:
                name = _nominative(name[page.end() :], page[0].lower())
            scrap = _NOUN_ONLY.search(name) or _NO_NAME.match(name)
            if len(name) > 2 and not scrap and (" " in name or not _OF_STATE.search(name)):
                return name
    return None


def _party_nearby(table: PublisherTable, before: str) -> str | None:
    hit = table.best(before) if before else None
    return hit.office.party if hit is not None and hit.weight >= 1 else None
