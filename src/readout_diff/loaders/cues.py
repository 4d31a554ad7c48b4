"""Wording by which articles introduce, interrupt, follow and discuss the statements they quote."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from readout_diff.loaders.layout import ends_sentence, word_count


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled patterns of ``data/articles.toml``."""

    title: re.Pattern[str]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    signed: re.Pattern[str]
    place_and_date: re.Pattern[str]
    sources: re.Pattern[str]
    nouns: re.Pattern[str]
    verbs: re.Pattern[str]
    tail: re.Pattern[str]
    after: re.Pattern[str]
    absent: re.Pattern[str]
    update: re.Pattern[str]
    narration: re.Pattern[str]
    narration_weak: tuple[re.Pattern[str], ...]
    story: re.Pattern[str]
    comment: tuple[re.Pattern[str], ...]
    capitals: re.Pattern[str]
    principals: re.Pattern[str]
    pronouns: re.Pattern[str]
    acts: re.Pattern[str]
    agentless: re.Pattern[str]
    opening: re.Pattern[str]
    today: re.Pattern[str]
    two_texts: re.Pattern[str]
    announces: re.Pattern[str]
    presents: re.Pattern[str]
    again: re.Pattern[str]
    translates: re.Pattern[str]
    resumes: re.Pattern[str]
    continues: re.Pattern[str]
    spokespersons: re.Pattern[str]
    document: re.Pattern[str]
    documents: re.Pattern[str]
    sides: re.Pattern[str]
    spoken: re.Pattern[str]
    posts: re.Pattern[str]
    boxes: re.Pattern[str]
    first_person: re.Pattern[str]
    office_speaks: re.Pattern[str]
    summary: re.Pattern[str]
    joint: re.Pattern[str]
    credit: re.Pattern[str]
    credit_elsewhere: re.Pattern[str]
    machines: re.Pattern[str]
    from_language: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def cues() -> Cues:
    """Return the shipped cues."""
    table = tomllib.loads((files("readout_diff") / "data" / "articles.toml").read_text("utf-8"))

    def any_of(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
        # the apostrophe is typographic as often as not; Han words have no boundaries
        spaced = [form for form in table[key] if not re.search("[\u4e00-\u9fff]", form)]
        unspaced = [form for form in table[key] if re.search("[\u4e00-\u9fff]", form)]
        parts = [f"{before}(?:{'|'.join(f'(?:{form})' for form in spaced)}){after}"] if spaced else []
        parts += unspaced
        return re.compile("|".join(parts), re.I)

    return Cues(
        title=any_of("title", "^", r"(?!\w)"),
        begins=any_of("begins", r"^\W*", r"\W*$"),
        ends=any_of("ends", r"^\W*", r"\W*$"),
        signed=any_of("signed", r"^\W{0,2}"),
        place_and_date=any_of("place_and_date", r"^\W{0,2}", r"\W{0,2}$"),
        sources=any_of("sources", r"^\W{0,2}"),
        nouns=any_of("nouns", r"\b", r"\b"),
        verbs=any_of("verbs", r"\b", r"\b"),
        tail=any_of("tail", r"\b", r"\b"),
        after=any_of("after", "^"),
        absent=any_of("absent"),
        update=any_of("update", r"^\W{0,3}", r"(?=\s*[:,(\d–—-]|\s+(vom|du|of|from|am|um|le|at)\b)"),
        narration=any_of("narration"),
        narration_weak=tuple(re.compile(form, re.I) for form in table["narration_weak"]),
        story=any_of("story", "^"),
        comment=tuple(re.compile(form, re.I) for form in table["comment"]),
        capitals=any_of("capitals"),
        principals=any_of("principals", r"\b", r"\b"),
        pronouns=any_of("pronouns"),
        acts=any_of("acts", r"\b", r"\b"),
        agentless=any_of("agentless", r"\b", r"\b"),
        opening=any_of("opening", r"\b", r"\b"),
        today=any_of("today", r"\b", r"\b"),
        two_texts=any_of("two_texts", r"\b", r"\b"),
        announces=any_of("announces", r"\b", r"\b"),
        presents=any_of("presents", r"\b", r"\b"),
        again=any_of("again", r"^\W*", r"\W*$"),
        translates=any_of("translates", r"\b"),
        resumes=any_of("resumes", r"\b", r"\b"),
        continues=any_of("continues", r"^\W{0,2}", r"[^.!?“”„«»\"]{0,30}?[:,]?\s+(?=[“„«\"])"),
        spokespersons=any_of("spokespersons", r"\b", r"\b"),
        document=any_of("document", r"^\W*(?:\w+(?: \w+)?(?: \d{1,2})?\W{1,3})?"),
        documents=any_of(
            "documents", r"^\W*", r"(?:\W{1,3}(?:n[°º]|nr\.?|no\.?|№)?\s?[\w/.-]{0,20}\d[\w/.-]{0,20})?\W*$"
        ),
        sides=any_of("sides", r"\b", r"\b"),
        spoken=any_of("spoken"),
        posts=any_of("posts", r"\b", r"\b"),
        boxes=any_of("boxes", r"\b"),
        first_person=any_of("first_person"),
        office_speaks=any_of("office_speaks"),
        summary=any_of("summary", r"\b", r"\b"),
        joint=any_of("joint", r"\b", r"\b"),
        credit=any_of("credit"),
        credit_elsewhere=any_of("credit_elsewhere"),
        machines=re.compile("|".join(map(re.escape, table["machines"])), re.I),
        from_language=tuple((lang, re.compile(form, re.I)) for lang, form in table["from_language"].items()),
    )


@dataclass(frozen=True, slots=True)
class Credit:
    """A translator's credit: by whom, and from which language if it says so."""

    by: str
    from_language: str | None


def find_credit(text: str, *, anywhere: bool = False) -> Credit | None:
    """Read a translator's credit.

    Args:
        text: A line of its own, or any text if `anywhere`.
        anywhere: Look for a credit in brackets inside the text.

    Example:
        >>> find_credit("(Übersetzt mit www.DeepL.com)")
        Credit(by='DeepL', from_language=None)
    """
    if anywhere:
        inside = next(
            (part for part in re.findall(r"[(\[]([^()\[\]]{5,80})[)\]]", text) if cues().credit.search(part)),
            None,
        )
        return find_credit(f"({inside})") if inside else None
    bare = text.strip().strip("()[]*_ ").strip()
    marked = (
        text.strip()[:1] in "([*_"
        or re.match(r"\w+\s*[:：]|(our|own|eigene|unsere|notre|наш)\b", bare, re.I)
        or not ends_sentence(bare)
    )
    starts = cues().credit.search(bare[:45])
    if not (marked and starts) or word_count(bare) > 16 or cues().credit_elsewhere.search(bare):
        return None
    machine = cues().machines.search(bare)
    lang = next((lang for lang, form in cues().from_language if form.search(bare)), None)
    return Credit(machine[0] if machine else bare, lang)


def is_update(text: str) -> bool:
    """Tell whether a paragraph announces itself as added later."""
    return bool(cues().update.match(text))


def is_absent(text: str) -> bool:
    """Tell whether a paragraph says that a statement was expected and is not there."""
    return word_count(text) <= 45 and not text.rstrip().endswith(":") and bool(cues().absent.search(text))
