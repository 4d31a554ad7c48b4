"""The paragraphs of an article, with what is known of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from readout_diff.language import identify, normalise_code
from readout_diff.loaders.apart import (
    LONG,
    cut_apart,
    ends_in_colon,
    last_sentence,
    opens_statement,
)
from readout_diff.loaders.cues import Credit, cues, find_credit, is_absent, is_update
from readout_diff.loaders.dates import is_date_line
from readout_diff.loaders.furniture import is_cue, is_related
from readout_diff.loaders.headings import (
    BYLINE,
    is_bare,
    without_brackets,
)
from readout_diff.loaders.introductions import leads_in
from readout_diff.loaders.italics import mark_italics
from readout_diff.loaders.layout import ends_sentence, is_prose, read_lines, word_count
from readout_diff.loaders.publishers import PublisherTable
from readout_diff.loaders.quotes import OPENING, closed_at
from readout_diff.loaders.traced import Traced
from readout_diff.loaders.voice import (
    bare_names,
    is_report,
    narration_score,
    opens_report,
    report_score,
    surnames,
)

_COMMENTS = re.compile(
    r"^\W*\d*\s*(kommentare?|comments?|commentaires?|комментари\w+|gedanken? zu\b.*|responses?"
    r"|leave a (reply|comment))\W*$",
    re.I,
)
_TWEET = re.compile(r"\(@\w{2,20}\)|pic\.twitter\.com|\bt\.co/\w|^@\w{2,20}\b")

# "Ames wrote:", at the head of what a forum quotes
_POST = re.compile(
    r"[\w .'’-]{2,30}? (?:wrote|schrieb|hat geschrieben|a écrit|писал\(?а?\)?|написал\(?а?\)?) ?[:：]", re.I
)
_MARKUP = 15  # words at most of a line that says whose post stands above it
_ADDRESS = re.compile(r"\W{0,2}https?://")
# "No. 31/2024", an address on the web, a rule
_FILED = re.compile(
    r"https?://\S+$|[-=_*~#–—]{5,}$|\W{0,3}(?:n[°º]|nr\b|no\b|№)\W{0,2}\d[\w/.-]{0,40}$", re.I
)
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|[IVX]{1,4}[.)]|\(?[a-zа-я]\))\s")
_SIGNED = 16  # words at most of a line that says whose text stands above it
_BOX = 6  # lines of an advertisement or of links at most
_ABOVE = 4  # lines at most between a heading and the statement below it


class Article:
    """The units of an article: paragraphs, with introductions set apart from what they introduce."""

    def __init__(self, traced: Traced, lang: str | None, table: PublisherTable) -> None:
        self.table = table
        self.source = text = traced.text
        units = cut_apart(read_lines(mark_italics(traced)), table)
        above = len(units) / 3
        ends = (index for index, unit in enumerate(units) if index > above and _COMMENTS.match(unit.text))
        self.units = units[: next(ends, len(units))]
        self.naming = {abs(unit.names): index for index, unit in enumerate(self.units) if unit.names}
        self._lead_ins: dict[int, bool] = {}
        self._stops: dict[int, bool] = {}
        self._source_leads: bool | None = None
        self._first_of: dict[int, int] | None = None
        self._reports: dict[tuple[int, bool], int | None] = {}
        self.langs = _clear_languages([unit.text for unit in self.units])
        self.lang = normalise_code(lang) if lang else self._own_language()
        self.surnames = frozenset(name for name in surnames(text) if table.party_of(name) is None)
        self._listed: set[int] = set()
        for index, unit in enumerate(self.units):
            follows = index - 1 in self._listed or self.text(index - 1).endswith((":", "："))
            if unit.bullet or (follows and _NUMBERED.match(unit.text)):
                self._listed.add(index)
        spaced = [unit.gap for unit in self.units if is_prose(unit.text) and not unit.bullet]
        self.in_spaced = sum(spaced) > 3 and sum(spaced) > 2 / 3 * len(spaced)
        self.headed = {
            hit.office.party
            for unit in self.units
            if word_count(without_brackets(unit.text)) <= 4
            and not ends_sentence(unit.text)
            and (hit := table.best(unit.text))
            and hit.weight >= 1
            and is_bare(unit.text, hit)
        }
        self.publishing = {
            hit.office.name
            for unit in self.units
            if (ends_in_colon(unit.text) or (word_count(unit.text) <= 9 and not is_prose(unit.text)))
            and (hit := table.best(last_sentence(unit.text)))
            and hit.weight >= 2
        }

    def __len__(self) -> int:
        return len(self.units)

    def _own_language(self) -> str | None:
        """Find the language the author writes: that of introductions first, as statements may be longer."""
        spoken: Counter[str] = Counter()
        clear = [
            code for unit, code in zip(self.units, self.langs, strict=True) if code and is_prose(unit.text)
        ]
        spoken.update(dict.fromkeys((*clear[:1], *clear[-1:]), 100))  # he has the first and the last word
        for unit, code in zip(self.units, self.langs, strict=True):
            hit = self.table.best(unit.text) if word_count(unit.text) <= 12 else None
            if ends_in_colon(unit.text) or (hit is not None and hit.weight >= 1):
                lang = code or identify(unit.text)[0]
                if lang is not None and lang in self.langs:
                    spoken[lang] += 250  # four paragraphs
            elif code is not None:
                spoken[code] += (4 if narration_score(unit.text) else 1) * min(word_count(unit.text), 60)
        return spoken.most_common(1)[0][0] if spoken else None

    def text(self, index: int) -> str:
        """Return the wording of a unit, nothing beyond the ends."""
        return self.units[index].text if 0 <= index < len(self.units) else ""

    def is_foreign(self, index: int) -> bool:
        """Tell whether a unit is clearly not in the language of the article."""
        return 0 <= index < len(self) and self.langs[index] not in (None, self.lang)

    def is_quoted(self, index: int) -> bool:
        """Tell whether a unit is marked as a quotation by its layout."""
        return 0 <= index < len(self) and self.units[index].quoted

    def in_list(self, index: int) -> bool:
        """Tell whether a unit is an item of a list, or a numbered point below a colon."""
        return index in self._listed

    def past_list(self, index: int) -> int:
        """Return the unit after the list that goes on with a quotation; `index` where none does."""
        after = index
        while after < len(self) and self.units[after].bullet and not self.units[after].quoted:
            after += 1
        announced = self.text(index - 1).endswith((":", "："))
        return after if self.is_quoted(after) or announced else index

    def past_box(self, index: int) -> int:
        """Return the unit after an advertisement, links or a caption; `index` where none stands there."""
        after, boxed = index, False
        while after < min(index + _BOX, len(self)) and not self.is_lead_in(after):
            text = self.text(after)
            opens = is_related(text) or bool(cues().boxes.search(text))
            hit = self.table.best(text)
            heading = hit is not None and hit.weight >= 1 and (self.units[after].gap or not boxed)
            if (is_prose(text) or heading) and not (opens or is_cue(text)):
                break
            boxed = boxed or opens or is_cue(text)
            after += 1
        return after if boxed else index

    def is_tail(self, index: int) -> bool:
        """Tell whether a unit is the attribution that followed a quotation in its own paragraph."""
        return 0 <= index < len(self) and self.units[index].tail

    def part(self, index: int) -> int:
        """Return the number of the text whose quotation a unit is a piece of; 0: none."""
        return self.units[index].part if 0 <= index < len(self.units) else 0

    def is_set_apart(self, index: int) -> bool:
        """Tell whether marks, layout or language set a unit apart from the article's own words."""
        text = self.text(index)
        # a quotation may open with its title, or a short paragraph
        if text[:1] in OPENING and closed_at(text, text[0], OPENING[text[0]]) is None:
            text = f"{text}\n{self.text(index + 1)}"
        return self.is_quoted(index) or self.is_foreign(index) or opens_statement(text)

    def introduction(self, index: int) -> str:
        """Return what a unit says last, with the sentence before if that alone says whose text comes."""
        last = last_sentence(self.text(index))
        announced = ends_in_colon(last) and cues().announces.search(last) and not cues().nouns.search(last)
        if announced and self.table.best(last) is None:
            return last_sentence(self.text(index).removesuffix(last).strip()) + " " + last
        return last

    def above(self, index: int) -> int:
        """Return the unit above another, past rules, links and the like that name no office."""
        higher = index - 1
        while higher >= index - 4 and higher > 0 and is_cue(self.text(higher)):
            hit = self.table.best(self.text(higher))
            if hit is not None and hit.weight >= 2:
                break
            higher -= 1
        return higher

    def heading_above(self, index: int) -> int | None:
        """Return the heading above a passage, if it names a state or an office; a note may come between."""
        higher = self.above(index)
        if (
            is_prose(self.text(higher))
            and word_count(self.text(higher)) <= LONG
            and not self.units[higher].quoted
        ):
            noted = self.table.best(self.text(higher))
            higher = self.above(higher) if noted is None or noted.weight < 1 else higher
        text = self.text(higher)
        hit = self.table.best(text)
        if higher < 1 or ends_sentence(text) or word_count(text) > 14 or hit is None or hit.weight < 1:
            return None
        if not without_brackets(text) or BYLINE.match(text.lstrip("([")):
            return None  # a caption
        if self.signs(higher):
            return None
        return None if is_absent(text) or self.units[higher].quoted else higher

    def below(self, index: int) -> int:
        """Return the unit that follows a heading, past dates and the like."""
        following = index + 1
        while following <= index + 2 and is_cue(self.text(following)):
            following += 1
        begun = next((i for i in range(following, index + 2 + _ABOVE) if is_prose(self.text(i))), following)
        formal = opens_report(self.text(begun)) or is_report(self.text(begun))
        if formal and all(map(self._is_titling, range(following, begun))):
            return begun
        text = self.text(following)  # the title, or the number of a press release
        titled = text and not is_prose(text) and not ends_in_colon(text) and self.table.best(text) is None
        return following + 1 if titled and opens_report(self.text(following + 1)) else following

    def _is_titling(self, index: int) -> bool:
        """Tell whether a line is a title, a date or a remark in brackets above a statement."""
        text = self.text(index)
        bracketed = text[:1] == "(" and text[-1:] == ")"
        titled = cues().title.match(text) is not None and not ends_in_colon(text)
        titled = titled or (opens_report(text) and not ends_sentence(text))
        filed = _FILED.match(text) is not None
        return bracketed or titled or filed or is_date_line(text) or is_cue(text)

    def is_tweet(self, index: int) -> bool:
        """Tell whether a unit is, or is followed by, the markup of a post on social media or in a forum."""
        after = self.text(index + 1)
        marked = _TWEET.search(after) is not None and word_count(after) <= _MARKUP
        post = _POST.match(self.text(index))
        posted = post is not None and self.table.best(post[0]) is None
        return marked or posted or _TWEET.search(self.text(index)) is not None

    def is_narration(self, index: int) -> bool:
        """Tell whether the author speaks in a unit."""
        return narration_score(self.text(index)) > 0 or self._is_meta(index)

    def _is_meta(self, index: int) -> bool:
        """Tell whether a unit talks about an office publishing something."""
        text = self.text(index)
        for hit in self.table.find(text):
            if hit.office.name not in self.publishing:
                continue
            beside = text[max(0, hit.start - 40) : hit.end + 40]
            said = re.split(r"[.!?]\s", text[hit.end : hit.end + 30])[0]
            if cues().nouns.search(beside) or cues().verbs.search(said):
                return True
        return False

    def is_stop(self, index: int) -> bool:
        """Tell whether a unit cannot be part of a statement begun before it."""
        if index not in self._stops:
            text = self.text(index)
            told = is_absent(text) or is_update(text)
            piece = self.part(index) > 0
            self._stops[index] = told or piece or self.is_lead_in(index) or self.is_title(index)
        return self._stops[index]

    def reported_until(self, index: int, *, loosely: bool = False) -> int | None:
        """Find where paragraphs that report something, from a unit on, end; none where the author speaks.

        Args:
            index: The first of them.
            loosely: A paragraph need not report an act.
        """
        end = index
        while (end, loosely) not in self._reports:
            text = self.text(end)
            if not (text and is_prose(text)) or self.is_stop(end):
                self._reports[end, loosely] = end
            elif (
                self.is_narration(end)
                or bare_names(text, self.surnames)
                or (report_score(text) == 0 and not loosely)
            ):
                self._reports[end, loosely] = None
            else:
                end += 1
        found = self._reports[end, loosely]
        self._reports.update(dict.fromkeys(((i, loosely) for i in range(index, end)), found))
        return found

    def is_section(self, index: int) -> bool:
        """Tell whether a unit is the heading of a numbered section of the article, not the first."""
        number = self._section(index)
        if self._first_of is None:  # where a section of each number begins
            numbers = [self._section(i) for i in range(len(self))]
            self._first_of = {number: i for i, number in reversed(list(enumerate(numbers)))}
        return number > 1 and self._first_of.get(number - 1, len(self)) < index

    def is_country(self, index: int) -> bool:
        """Tell whether a unit is a heading that holds a state, a capital or an office, one of several."""
        text = self.text(index)
        hit = self.table.best(text) if 0 <= index < len(self) and not ends_sentence(text) else None
        return hit is not None and hit.weight >= 1 and len(self.headed) > 1 and is_bare(text, hit)

    def is_level(self, lead: int, index: int) -> bool:
        """Tell whether a heading is on a level with the one that introduces a statement above it.

        Both are in capitals, or the one above is one of several that hold a state or office each.
        """
        above, text = without_brackets(self.text(lead)), self.text(index)
        if is_prose(above) or ends_in_colon(above):
            return False
        hit = self.table.best(above)
        sections = len(self.headed) > 1 and self.is_heading(lead) and hit is not None and is_bare(above, hit)
        return sections or (above.isupper() and without_brackets(text).isupper())

    def is_heading(self, index: int) -> bool:
        """Tell whether a unit is a few words with no full stop, over running text."""
        text = self.text(index)
        short = word_count(text) <= 6 and not ends_sentence(text) and not ends_in_colon(text)
        return short and not self.units[index].bullet and not is_cue(text) and is_prose(self.text(index + 1))

    def _section(self, index: int) -> int:
        match = re.match(r"(\d{1,2}) ?[.)–—-] ?(?=[^\W\d_])", self.text(index))
        heading = match is not None and not is_prose(self.text(index)) and word_count(self.text(index)) <= 12
        return int(match[1]) if match is not None and heading else 0

    def is_title(self, index: int) -> bool:
        """Tell whether a unit is the title of a statement, above what reads like one.

        An article may give no other introduction; its own title, above the rest, does not count.
        """
        text, below = self.text(index), self.text(index + 1)
        if index == 0 or not cues().title.match(text) or not cues().principals.search(text):
            return False
        if is_prose(text) or text.endswith(":") or word_count(text) > 25 or is_cue(text):
            return False
        formal = not bare_names(below, self.surnames) and not self.is_narration(index + 1)
        return is_prose(below) and (is_report(below) or opens_report(below)) and formal

    def credit(self, index: int) -> Credit | None:
        """Read a unit that is a translator's credit, and nothing else."""
        return None if self.is_lead_in(index) else find_credit(self.text(index))

    def is_lead_in(self, index: int) -> bool:
        """Tell whether a unit names an office or a publication before a statement, mostly with a colon."""
        if index not in self._lead_ins:
            self._lead_ins[index] = leads_in(self, index)
        return self._lead_ins[index]

    def closes(self, index: int) -> bool:
        """Tell whether a unit is a line such as "Source: gov.example, 3 May" below what it names."""
        named = self._names_source(index) and word_count(self.text(index)) <= 25
        return (named and not self.sources_lead()) or self.signs(index)

    def _names_source(self, index: int) -> bool:
        """Tell whether a unit names a source; an address in the middle of what is reported is a link."""
        text, below = self.text(index), index + 1
        if not cues().sources.match(text):
            return False
        if _ADDRESS.match(text) is None:
            return True
        return not is_report(self.text(below)) or self.is_narration(below) or self.is_lead_in(below)

    def signs(self, index: int) -> bool:
        """Tell whether a unit is a line such as "— Ministry of Foreign Affairs, 3 May" below a statement."""
        text = self.text(index)
        if (
            not text
            or is_prose(text)
            or word_count(text) > _SIGNED
            or not (self.units[index].bullet or text[0] in "–—")
        ):
            return False
        beside = (self.units[i].bullet for i in (index - 1, index + 1) if 0 <= i < len(self))
        office = self.table.best(text)
        dated = re.search(r"\d", text) is not None
        known = cues().spokespersons.search(text) or (office is not None and office.weight >= 1)
        named = (office is not None and office.weight >= 2) or (dated and bool(known))
        return named and not any(beside) and not cues().spoken.search(text)

    def sources_lead(self) -> bool:
        """Tell whether lines that name a source stand above what they name.

        Nothing is reported before the first of them, or each stands below a rule or a heading.
        """
        if self._source_leads is None:
            self._source_leads = self._find_source_leads()
        return self._source_leads

    def _find_source_leads(self) -> bool:
        places = [index for index, unit in enumerate(self.units) if cues().sources.match(unit.text)]
        before = (unit.text for unit in self.units[: places[0] if places else len(self)])
        return not any(is_prose(text) and is_report(text) for text in before) or (
            len(places) > 1 and all(map(self._begins_with_source, places))
        )

    def _begins_with_source(self, index: int) -> bool:
        """Tell whether what a source is named of stands below, not above."""
        above = self.text(index - 1)
        apart = (
            not is_prose(above) or self.is_narration(index - 1) or self.langs[index - 1] != self.langs[index]
        )
        return apart and self.reads_on(self.below(index))

    def sources(self, index: int) -> bool:
        """Tell whether a unit names the source of the statement above it."""
        office = self.table.best(self.text(index)) if self._names_source(index) else None
        return (office is not None and office.weight >= 1 and not self.sources_lead()) or self.signs(index)

    def reads_on(self, index: int) -> bool:
        """Tell whether a unit may be the beginning of a statement."""
        text = self.text(index)
        return self.is_set_apart(index) or (
            is_prose(text) and (is_report(text) or opens_report(text)) and not self.is_narration(index)
        )


def _clear_languages(texts: Sequence[str]) -> list[str | None]:
    """Identify the language of each unit where it is clear; a short one has a language longer ones have."""
    found = [identify(text) for text in texts]
    langs = [lang if confidence >= 0.8 else None for lang, confidence in found]
    known = {lang for lang, text in zip(langs, texts, strict=True) if len(text) >= 80}
    return [
        lang if len(text) >= 80 or lang in known else None for lang, text in zip(langs, texts, strict=True)
    ]
