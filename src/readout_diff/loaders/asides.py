"""Offices a sentence names in passing: addressed, answered, or spoken of in a clause of its own."""

from __future__ import annotations

import re

from readout_diff.loaders.layout import LONGEST_PARAGRAPH

_BEFORE = 150  # characters before an office that tell
_THE = r"(?: (?:the|den|das|die|der|dem|des|la|le|les|l['’]))?"
# "rejects the communiqué issued by the Costa Rican ministry": that of the one who is answered
_ANSWERING = (
    r"answer|respond|repl[iy]|react|reject|rebut|den[iy]|condemn|antwort|reagier|erwider|weist|wies|verurteil"
    r"|répond|réagi|rejet|dément|dénonc|отве[тч]|реагир|отреагир|отверг|опроверг|осуд"
)
_ANSWERED = (
    r"communiqué|statement|declaration|readout|version|account|claim|accusation|note|erklärung|mitteilung"
    r"|darstellung|stellungnahme|vorw[uü]rf|déclaration|заявлени|сообщени|обвинени|верси"
)
# "answered with a statement of the Polish ministry": whose it is
_BY = r"(?:in|dans|в|by|par|mit|with|avec|с|через|durch)\b"
_REJECTED = re.compile(
    rf"\b(?:{_ANSWERING})\w*+(?: (?!{_BY})[\w’'-]++){{0,5}}? (?:{_ANSWERED})\w*+"
    r"(?: (?:issued|published|released|made|publiée?|diffusée?|опубликованн\w++))?"
    rf"(?: (?:by|of|from|des|der|von|aus|du|de|par|в))?{_THE} ?$",
    re.I,
)
# "a letter to the Commission", "outside the Kremlin": an addressee, a place
_ADDRESSED = re.compile(
    r"\b(?:(?:letter|note|appeal|message|request|brief|schreiben|appell|lettre|demande|письм\w+|нот\w+"
    r"|обращени\w+) (?:to|an|ans|à|aux?|в|к)"
    r"|(?:sent|handed|addressed|delivered) to|(?:remise?|adressée?|envoyée?|transmise?) (?:à|aux?)"
    r"|(?:outside|in front of|devant|vor)"
    r"|(?:building|headquarters|offices|gebäudes?|hauptquartier|räumen?|locaux|siège|bâtiments?|здани\w+"
    rf"|штаб-квартир\w+)(?: of| von| de| du)?){_THE} ?$",
    re.I,
)
# "the Serbian government's Office for Kosovo": what it is in charge of
_IN_CHARGE = re.compile(
    r"\b(?:kanzlei|büro|amt|beauftragte\w*+|sondergesandte\w*+|office|envoy|representative|commissioner|coordinator"
    r"|mission|bureau|envoyée?|représentante?|coordonna\w++|канцеляри\w++|офис\w*+|\w*представител\w++)"
    rf"(?: \w{{1,20}})? (?:für|for|pour|по(?: делам)?){_THE} ?$",
    re.I,
)
# ", noch bevor die serbische Delegation ...", "While Warsaw is silent, ..."
_MEANWHILE = (
    r"(?:bevor|ehe|nachdem|während|obwohl|weil|before|after|while|whereas|although|though|because|avant que"
    r"|après que|tandis que|alors que|bien que|parce que|до того,? как|прежде чем|после того,? как"
    r"|в то время как|тогда как|пока|хотя|потому что)\b[^,;:.!?…]*"
)
# "After the call the ministry wrote:" opens with no clause: one that does is closed by a comma
_CLAUSE = re.compile(
    rf"(?:^|[.!?:;»”“\"] ){_MEANWHILE}(?=,)"
    rf"|[,–—] ?(?:noch |kurz |even |just |shortly |long |still |bien |peu |ещё |еще )?{_MEANWHILE}",
    re.I,
)


def clauses_aside(text: str) -> list[tuple[int, int]]:
    """Return where a text says something in passing, such as what another side did meanwhile.

    Example:
        >>> clauses_aside("While Warsaw was silent, Kyiv wrote:")
        [(0, 23)]
    """
    return [match.span() for match in _CLAUSE.finditer(text[:LONGEST_PARAGRAPH])]


def is_addressed(text: str, start: int) -> bool:
    """Tell whether an office is addressed, or where something took place.

    Example:
        >>> is_addressed("In a letter to the Commission, Warsaw wrote:", 19)
        True
    """
    return _ADDRESSED.search(text[max(0, start - _BEFORE) : start]) is not None


def is_object(text: str, start: int) -> bool:
    """Tell whether an office is addressed or answered, where something took place, or what is dealt with.

    Example:
        >>> text = "In a letter to the Commission, Warsaw rejects the statement of the Kremlin."
        >>> [is_object(text, text.index(name)) for name in ("Commission", "Warsaw", "Kremlin")]
        [True, False, True]
    """
    before = text[max(0, start - _BEFORE) : start]
    return any(form.search(before) is not None for form in (_ADDRESSED, _REJECTED, _IN_CHARGE))
