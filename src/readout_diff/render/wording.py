"""The wording that every renderer shares, so that each says the same with the same care."""

from __future__ import annotations

import re

from readout_diff.alignment.links import Link
from readout_diff.render.absence import Absence
from readout_diff.render.rows import TopicCell
from readout_diff.render.sides import Side, count_words

ABOUT_ABSENCE = (
    "“Only in” and “not mentioned” hold for the two texts given here, as far as their wording shows: "
    "not for what was said in the conversation, nor for what was published elsewhere."
)
ABOUT_LINKS = (
    "Linked passages report on the same matter. That does not mean that they agree: read both. "
    "The percentage is the estimated likelihood that the two report the same. Below 50% it says “perhaps”: "
    "such pairs are shown all the same, so that nothing counts as left out too soon."
)

# ISO 639-1 codes of the languages of the built-in scheme, and of some that are likely to turn up.
_LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "he": "Hebrew", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

_RELATIONS = {
    "same": "same report",
    "partial": "the same in part",
    "conflict": "accounts differ",
    "formulaic": "opening or closing formula",
}


def source_name(source: str) -> str:
    """Return where a text comes from without the folders of somebody's computer.

    Example:
        >>> source_name("/home/me/secret/call.txt"), source_name("https://example.org/a/b")
        ('call.txt', 'https://example.org/a/b')
    """
    return source if source.startswith(("https://", "http://")) else re.split(r"[\\/]", source)[-1]


def language_name(code: str | None) -> str:
    """Return the English name of a language, or its code where we have no name."""
    return _LANGUAGES.get(code or "", code or "language unknown")


def percent(value: float) -> str:
    """Return a share in [0, 1] as a whole percentage.

    Example:
        >>> percent(0.117), percent(0.002), percent(0.0)
        ('12%', '<1%', '0%')
    """
    return "<1%" if 0 < value < 0.005 else f"{100 * value:.0f}%"


def likelihood(value: float) -> str:
    """Return an estimated probability as a percentage that never claims certainty.

    Example:
        >>> likelihood(0.9996), likelihood(0.43), likelihood(0.0001)
        ('>99%', '43%', '<1%')
    """
    return ">99%" if value > 0.99 else "<1%" if value < 0.01 else percent(value)


def link_phrase(link: Link) -> str:
    """Return what a link says about its passages and how likely that is."""
    if link.relation == "formulaic":
        return relation_phrase(link)
    likely = f"{likelihood(link.confidence)} likely"
    if link.relation == "conflict":
        return f"the same matter ({likely}), but they differ: {reason(link)}"
    return f"{relation_phrase(link)} ({likely})"


def plural(number: int, noun: str) -> str:
    """Return a count with its noun.

    Example:
        >>> plural(1, "passage"), plural(1200, "passage")
        ('1 passage', '1,200 passages')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def ordinal(number: int) -> str:
    """Return a rank as English writes it.

    Example:
        >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 22)]
        ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def describe(side: Side) -> tuple[str, ...]:
    """Return what there is to know about the account of a side, a phrase an item."""
    readout = side.readout
    party = readout.party if readout.party and readout.party != side.name else None
    publisher = readout.publisher if readout.publisher and readout.publisher != side.name else None
    words = sum(count_words(passage.text) for passage in side.passages)
    translation = None
    if readout.translated_from or readout.translation_credit:
        origin = f" from {language_name(readout.translated_from)}" if readout.translated_from else ""
        credit = f" ({readout.translation_credit})" if readout.translation_credit else ""
        translation = f"translated{origin}{credit}"
    return tuple(
        phrase
        for phrase in (
            publisher,
            party,
            readout.issued,
            language_name(readout.lang),
            translation,
            f"{plural(len(side.passages), 'passage')}, {plural(words, 'word')}",
            None if readout.complete else "incomplete text: what is missing here may stand in the full one",
        )
        if phrase
    )


def cell_phrase(cell: TopicCell, side: Side) -> str:
    """Return what a topic amounts to in one account, in a few words."""
    if cell.passages:
        return f"{plural(len(cell.passages), 'passage')}, {percent(cell.share)}"
    if cell.denied:
        return f"says not discussed ({refs(side, cell.denied)})"
    return "not mentioned" if cell.known else "unknown"


def refs(side: Side, indices: tuple[int, ...]) -> str:
    """Return the numbers of some passages ("B3, B7")."""
    return ", ".join(side.ref(index) for index in indices)


def relation_phrase(link: Link) -> str:
    """Return what a link says about its passages, with the reason where they conflict."""
    phrase = _RELATIONS.get(link.relation, link.relation)
    if link.relation == "conflict":
        return f"{phrase}: {reason(link)}"
    doubtful = link.relation != "formulaic" and link.confidence < 0.5
    return f"perhaps {'the ' if link.relation == 'same' else ''}{phrase}" if doubtful else phrase


def reason(link: Link) -> str:
    """Return why a link counts as a conflict.

    Example:
        >>> evidence = ("another number: “45” against “52”", "similarity 0.8")
        >>> reason(Link((0,), (0,), 1.0, 0.8, "conflict", evidence))
        'another number: “45” against “52”'
    """
    # The similarity says why they are linked, not why they differ.
    phrases = [item for item in link.evidence if not item.startswith("similarity")]
    return "; ".join(phrases) or "the two contradict each other"


def absence_phrases(absence: Absence, speaks: Side, silent: Side) -> tuple[str, ...]:
    """Return what speaks for a topic being absent from the silent side's account, a sentence an item."""
    phrases = (
        searched_phrase(absence, silent),
        likeliest_phrase(absence, silent),
        nearest_phrase(absence, speaks, silent),
        caution_phrase(absence, speaks),
    )
    return tuple(phrase for phrase in phrases if phrase)


def searched_phrase(absence: Absence, silent: Side) -> str:
    """Return how many passages were searched for the topic, or where it is said not to have come up."""
    denied = absence.row.cell(silent.key).denied
    if denied:
        return f"{_capital(silent.account)} says that this was not discussed ({refs(silent, denied)})."
    looked = f"{plural(absence.cues, 'wording')} looked for"
    if absence.searched == 1:
        return f"The one passage of {silent.account} does not name this subject ({looked})."
    passages = plural(absence.searched, "passage")
    return f"None of the {passages} of {silent.account} names this subject ({looked})."


def likeliest_phrase(absence: Absence, silent: Side) -> str:
    """Return which passage of the silent side is worded most like the topic, or ""."""
    worded = absence.likeliest
    if worded is None or absence.row.cell(silent.key).denied:
        return ""
    way = _way(worded.likelihood, worded.threshold)
    return f"Worded most like it is {silent.ref(worded.index)}, {way} of the way to a mention."


def nearest_phrase(absence: Absence, speaks: Side, silent: Side) -> str:
    """Return which passage of the silent side comes nearest to a counterpart, or ""."""
    near = absence.nearest
    if near is None or near.index in absence.row.cell(silent.key).denied:
        return ""
    pair = f"{silent.ref(near.index)} is nearest to {speaks.ref(near.source)}"
    if absence.linked:
        return f"{pair} and linked with it, but does not name this subject."
    return f"{pair}, {_way(near.probability, absence.threshold)} of the way to a link."


def caution_phrase(absence: Absence, speaks: Side) -> str:
    """Return what makes the finding less than sure, or ""."""
    if not absence.complete:
        return "The text looks cut: the subject may stand in what is missing."
    if absence.close and not absence.linked:
        return "A close call: read both."
    if absence.mention == "in passing":
        only = speaks.ref(absence.row.cell(speaks.key).passages[0])
        return f"Only {only} names it, perhaps in passing: read it."
    return "" if absence.mention == "sure" else "The mention itself is uncertain: read it."


def _way(value: float, threshold: float) -> str:
    # The bare value next to the likelihood of a link would be read as one; only its distance tells.
    return likelihood(value / threshold if threshold else 1.0)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
