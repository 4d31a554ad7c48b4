"""Bounds on input: what is larger is refused at once, before it costs time or memory."""

from __future__ import annotations

from dataclasses import dataclass

from readout_diff.errors import LoadError, ReadoutDiffError, SchemeError


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on one thing in the input.

    `most` counts `unit`; `advice` says what would be right; `error` is the class of what is raised.
    """

    name: str
    most: int
    unit: str
    advice: str
    error: type[ReadoutDiffError] = LoadError

    def check(self, found: int, where: str = "the text") -> None:
        """Refuse what is larger.

        Args:
            found: How much there is, in `unit`.
            where: What to call the input in the message.

        Raises:
            LoadError: It is more than the limit (a `SchemeError` for the limits on schemes).

        Example:
            >>> JSON_DEPTH.check(500, "a.json")
            Traceback (most recent call last):
            readout_diff.errors.LoadError: a.json has 500 levels, the limit json_depth is 100; ...
        """
        if found > self.most:
            raise self.error(
                f"{where} has {found:,} {self.unit}, the limit {self.name} is {self.most:,}; {self.advice}"
            )


def _scheme(name: str, most: int, unit: str, advice: str) -> Limit:
    return Limit(name, most, unit, advice, SchemeError)


_ALONE = "give the statement alone"

FILE_BYTES = Limit("file_bytes", 50_000_000, "bytes", _ALONE)
URL_BYTES = Limit("url_bytes", 10_000_000, "bytes", "save the page and give the file")
TEXT_CHARACTERS = Limit("text_characters", 2_000_000, "characters", _ALONE)
TEXT_LINES = Limit("text_lines", 50_000, "lines", _ALONE)
ARTICLE_CHARACTERS = Limit("article_characters", 200_000, "characters", "give the article alone")
ARTICLE_LINES = Limit("article_lines", 5_000, "lines", "give the article alone")
READOUT_PASSAGES = Limit("readout_passages", 200_000, "passages", _ALONE)
HTML_CHARACTERS = Limit("html_characters", 10_000_000, "characters", "save the page without its pictures")
HTML_ELEMENTS = Limit("html_elements", 50_000, "elements", "save the part of the page with the statement")
HTML_ATTRIBUTES = Limit("html_attributes", 250_000, "attributes", "save the part of the page that matters")
HTML_TAG_ATTRIBUTES = Limit("html_tag_attributes", 300, "attributes in one tag", "save the page anew")
HTML_DEPTH = Limit("html_depth", 250, "levels", "save the part of the page with the statement")
PDF_PAGES = Limit("pdf_pages", 1_000, "pages", "save the pages that matter")
PDF_BYTES = Limit("pdf_bytes", 10_000_000, "unpacked bytes of content", "save the pages that matter")
PDF_OPERATIONS = Limit("pdf_operations", 200_000, "drawing operations", "save the pages that matter")
DOCX_PARTS = Limit("docx_parts", 2_000, "parts", "save it anew in a word processor")
DOCX_BYTES = Limit("docx_bytes", 100_000_000, "unpacked bytes", "save it without its pictures")
DOCX_XML_BYTES = Limit("docx_xml_bytes", 20_000_000, "unpacked bytes in one part", "save the statement alone")
DOCX_ELEMENTS = Limit("docx_elements", 200_000, "elements", "save the statement alone")
JSON_BYTES = Limit("json_bytes", 10_000_000, "bytes", "give fewer records a file")
JSON_DEPTH = Limit("json_depth", 100, "levels", 'give objects with a string "text"')
JSON_RECORDS = Limit("json_records", 100_000, "records", "give fewer records a file")
PUBLISHERS_BYTES = Limit("publishers_bytes", 1_000_000, "bytes", "give fewer offices")
SCHEME_BYTES = _scheme("scheme_bytes", 2_000_000, "bytes", "keep fewer cues in a file")
SCHEME_DEPTH = _scheme("scheme_depth", 50, "or more parts in one key", "write tables as [topics.id]")
SCHEME_TOPICS = _scheme("scheme_topics", 500, "topics", "join some of them")
SCHEME_CUES = _scheme("scheme_cues", 4_000, "cues in one list", "use wildcards, such as sanction*")
SCHEME_STRING = _scheme("scheme_string", 2_000, "characters", "write shorter texts")
SCHEME_NAME = _scheme("scheme_name", 200, "characters", "write a shorter name")
CUE_CHARACTERS = _scheme("cue_characters", 1_000, "characters", "write several cues")
CUE_DEPTH = _scheme("cue_depth", 4, "levels of brackets", "write several cues")
CUE_ALTERNATIVES = _scheme("cue_alternatives", 600, "alternatives in one place", "write several cues")
CUE_PLACES = _scheme("cue_places", 16, "places", "write a shorter cue")
CUE_WORDINGS = _scheme("cue_wordings", 100_000, "wordings", "write several cues")
SCHEME_ALTERNATIVES = _scheme("scheme_alternatives", 200_000, "alternatives in all cues", "write fewer cues")
SCHEME_WORDINGS = _scheme("scheme_wordings", 1_000_000, "wordings of all cues", "write fewer cues")

LIMITS = tuple(value for value in list(globals().values()) if isinstance(value, Limit))
"""Every limit, in the order of the reference page."""
