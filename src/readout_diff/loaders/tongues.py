"""Adjectives and nouns that name a language, not a state."""

from __future__ import annotations

import re

_BEFORE = 60  # characters that tell, before a word and after it
# "in der deutschen Fassung", "on the English version of its site"
_IN_A = re.compile(
    r"\b(in( (der|einer|ihrer|seiner|its|an?|the))?|ins?|im|auf( (der|ihrer|seiner|dem|ihrem|seinem))?"
    r"|on( (its|the))?|dans (la|une|sa|le)|sur (la|sa|le)|en|в|на) $",
    re.I,
)
_A_VERSION = re.compile(
    r"\w*[- ]*(fassung|übersetzung|sprache|version|translation|original|traduction|langue|перевод|верси)",
    re.I,
)
# "Turkish-language site", "die spanische Übersetzung", "немецкий перевод"
_A_LANGUAGE = re.compile(
    r"\w*[- ]+(übersetzung|sprachig|sprache|originaltext|translation|language|speaking|transcript"
    r"|перевод|язы[кч]|язычн)|-?sprachig",
    re.I,
)
_VERSION_OF_A_PAGE = re.compile(
    r"\w* (?:(?:sprach)?fassung|version|верси\w+) (?:(?:of|der|des|ihrer|seiner|von) (?:the |its |their )?)?"
    r"(?:\w+ )?(?:(?:web ?)?site|(?:home)?page|(?:web|internet)?seite|portals?|сайта|страницы|портала)\b",
    re.I,
)
_FRENCH = re.compile(r"\b(langue|traduction|original(e|es)?|texte original) $", re.I)
_FRENCH_VERSION = re.compile(r"\bversion $", re.I)
_OF_A_PAGE = re.compile(r"\w* (du|de (la|son|sa|leur)) (site|page|portail)\b", re.I)
_TRADUIT = re.compile(
    r"\b(?:(?:traduit|traduction)\w*(?: [\w’']+){0,4} (?:du|de l['’])|(?<!\w)en(?: \w+ (?:et|ou))?) ?$", re.I
)
# "aus dem Russischen", "auf Türkisch"; small before a noun, it is a state: "aus dem russischen Amt"
_GERMAN = re.compile(r"\b(aus de[mr]|vom|im|ins?|auf)( (original|\w{4,}isch(en)?( und| oder|-)))? $", re.I)
_GERMAN_NOUN = re.compile(r"[A-ZÄÖÜ]\w+isch(e[n]?)?$|[Dd]eutsche?n?$")
_GERMAN_OLD = re.compile(r"\b(auf|in) $", re.I)  # "auf russisch"
_ENGLISH = re.compile(r"\b(?:in|into|from(?: the)?(?: original)?) (?:\w+(?:,| and| or) ){0,2}$", re.I)
_ENGLISH_TONGUE = re.compile(
    r"(?:ish|ese|ian|ean|ench|utch|eek|erman|hai|zech|ovak|zbek|azakh|ajik|yrgyz|icelandic)$", re.I
)
_ENDS = re.compile(
    r"\s*(?:$|[^\w\s-]|(?:and|or|but|only|as|at|on|by|too|original|text|below|here|with|first|und|oder|nur|von|durch"
    r"|mit|übersetz\w+|heißt|hieß|et|ou|par|seulement|и|или|на|в|для|только|языка?|языке)\b)",
    re.I,
)
# "readers of Spanish", "who do not read German", "qui lisent le russe", "wer kein Türkisch spricht"
_READS = re.compile(
    r"\b(?:reads?|speaks?|understands?|(?:readers?|speakers?) of|li(?:t|sent|re)|parlent?|parle(?:z|r)?"
    r"|compren\w+"
    r"|(?:readers?|those|anyone|people|lecteurs?|ceux|leser(?:innen)?)(?: \w+)? (?:without|sans|ohne))"
    r"(?: (?:no|any|some|pas|le|du|de))? ?(?:l['’]|d['’])?$",
    re.I,
)
# "wer Deutsch spricht", "spricht Deutsch", "кто учил немецкий"
_SPRICHT = re.compile(
    r"\b(?:lesen|liest|sprechen|spricht|versteh\w+|lern(?:t|te|en)|beherrsch\w+) (?:gut |kein )?$", re.I
)
_LEARNT = re.compile(r"\b(?:учи\w{1,3}|зна(?:ет|ют|ющ\w+)|владе\w+|поним\w+|чита\w+) (?:не )?$", re.I)
_LIEST = re.compile(r" (?:lesen|liest|sprechen|spricht|können|kann|versteh\w+)\b")
# "pas de version française", "no English version"
_NONE = re.compile(
    r"\b(?:pas de|aucune|sans|no|not an?|without an?|keine?[rn]?|ohne|нет|без)(?: version)? $", re.I
)
_ADVERB = re.compile(r"\bпо-$", re.I)
_RUSSIAN = re.compile(r"\b(?:с|со|на) (?:\w+[сц]ко(?:го|м)(?:,| и| или) )?$", re.I)
_RUSSIAN_TONGUE = re.compile(r"\w+[сц]ко(?:го|м)$", re.I)


def names_version(text: str, start: int, end: int) -> bool:
    """Tell whether an adjective says in which language a version is, as in "in the German version"."""
    return bool(
        _IN_A.search(text[max(0, start - _BEFORE) : start]) and _A_VERSION.match(text[end : end + _BEFORE])
    )


def names_language(text: str, start: int, end: int) -> bool:
    """Tell whether the name or adjective of a state stands for a language.

    Example:
        >>> text = "Translated from Turkish, the Polish readout reads:"
        >>> names_language(text, 16, 23), names_language(text, 29, 35)
        (True, False)
        >>> names_language("For those who do not read German:", 26, 32)
        True
    """
    word, before, after = (
        text[start:end],
        text[max(0, start - _BEFORE) : start],
        text[end : end + _BEFORE],
    )
    if names_version(text, start, end) or _A_LANGUAGE.match(after) or _VERSION_OF_A_PAGE.match(after):
        return True
    if _ADVERB.search(before) or _READS.search(before):
        return True
    if _NONE.search(before) and ("version" in before[-9:] or _A_VERSION.match(after)):
        return True
    if _GERMAN_NOUN.match(word) and (_LIEST.match(after) or _SPRICHT.search(before)):
        return True
    if _LEARNT.search(before) and re.search(r"[сц]к(?:ий|им|ого)$", word):
        return True
    if word[:1].islower() and (
        _FRENCH.search(before)
        or _TRADUIT.search(before)
        or (_FRENCH_VERSION.search(before) and _OF_A_PAGE.match(after))
    ):
        return True
    if _GERMAN.search(before) and _GERMAN_NOUN.match(word) and not re.match(" [A-ZÄÖÜ]", after):
        return True
    if not _ENDS.match(after):
        return False
    return bool(
        (_ENGLISH.search(before) and _ENGLISH_TONGUE.search(word))
        or (_GERMAN_OLD.search(before) and word.lower().endswith("isch"))
        or (_RUSSIAN.search(before) and _RUSSIAN_TONGUE.match(word))
    )
