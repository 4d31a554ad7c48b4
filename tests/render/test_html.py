import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from readout_diff.alignment.links import Link
from readout_diff.findings import Evidence, Finding
from readout_diff.readout import Span
from readout_diff.render.absence import absences
from readout_diff.render.page import Page as Report
from readout_diff.render.sides import sides_of
from readout_diff.render.wording import caution_phrase
from render.fake import dev, made, seed, small

HOSTILE = (
    "</script><script>alert(1)</script>"
    "<img src=x onerror=alert(2)>\"'><svg onload=alert(3)> {{ 7 * 7 }} <!-- \x00 \u202e \u2028 ]]> &lt;b&gt;"
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "path"}


class Page(HTMLParser):
    """Elements, attributes and text of a page; fails where tags do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.script = ""
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("script", "style"):
            if self.elements[-1] == ("script", {"type": "application/json", "id": "data"}):
                self.script += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if attrs.get(name)]


PAIRS = {
    "seed": seed,
    "small": small,
    "dev03": lambda: dev("dev03"),
    "dev08": lambda: dev("dev08"),
    "dev12": lambda: dev("dev12"),
    "nothing": lambda: made(["One."], ["Two."]),
    "unknown": lambda: made(["One."], ["Two."], topics_a=[["nato"]], right={"lang": "xx"}, cues=("en",)),
    "hostile": lambda: hostile(),
}


def hostile():
    about = {"party": HOSTILE, "publisher": HOSTILE, "title": HOSTILE, "source": "javascript:alert(4)"}
    about |= {"issued": HOSTILE, "translation_credit": HOSTILE, "translated_from": HOSTILE}
    comparison = made(
        [HOSTILE + " NATO", "x" * 100_000],
        [HOSTILE],
        topics_a=[["nato"], []],
        links=[Link((1,), (0,), 1.0, 0.9, "conflict", (HOSTILE,))],
        left=about,
        right=about,
    )
    for topic in comparison.scheme.topics:
        object.__setattr__(topic, "labels", {"en": HOSTILE})
    return comparison


@pytest.fixture(scope="module", params=PAIRS)
def html(request) -> str:
    return PAIRS[request.param]().to_html()


def test_tags_nest_and_ids_are_unique(html):
    ids = Page(html).all("id")
    assert len(ids) == len(set(ids))


def test_links_lead_somewhere(html):
    page = Page(html)
    ids = set(page.all("id"))
    assert [h for h in page.all("href") if h.startswith("#") and h[1:] not in ids] == []
    assert [i for names in page.all("aria-labelledby") for i in names.split() if i not in ids] == []


def test_nothing_is_loaded(html):
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"link", "img", "iframe", "object", "embed", "video", "audio", "base", "form"}
    assert not page.all("src")
    assert not page.all("srcset")
    assert not re.search(r"url\(|@import|@font-face", html.split("</style>")[0])
    assert [h for h in page.all("href") if not h.startswith(("#", "https://", "http://"))] == []


def test_there_is_one_script_and_the_policy_names_it(html):
    policy = next(a["content"] for t, a in Page(html).elements if a.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]+'", policy)
    assert len(re.findall(r"<script", html)) == 2


def test_no_element_handles_events(html):
    assert [n for _, a in Page(html).elements for n in a if n.startswith("on")] == []


def test_the_embedded_data_is_the_result():
    comparison = seed()
    assert json.loads(Page(comparison.to_html()).script) == comparison.to_dict()


def test_hostile_text_is_shown_as_text():
    text = Page(hostile().to_html()).text
    assert "</script><script>alert(1)</script><img src=x onerror=alert(2)>" in text
    assert "{{ 7 * 7 }}" in text
    assert "<U+202E>" in text
    assert "95,000 characters left out" in text


@pytest.mark.parametrize("name", ["seed", "dev03", "dev08"])
def test_every_passage_has_its_place_and_language(name):
    comparison = PAIRS[name]()
    html = comparison.to_html()
    page = Page(html)
    wanted = {f"a{p.index + 1}" for p in comparison.left_passages}
    wanted |= {f"b{p.index + 1}" for p in comparison.right_passages}
    assert {i for i in page.all("id") if re.fullmatch(r"[ab]\d+", i)} == wanted
    for passage in (*comparison.left_passages, *comparison.right_passages):
        assert " ".join(passage.text.split()) in page.text
    assert {comparison.left.lang, comparison.right.lang} <= set(page.all("lang"))


def test_the_parts_of_the_report():
    text = Page(seed().to_html()).text
    for part in (
        "5 subjects in both accounts; only in the White House’s account: Arms control",
        "“Only in” and “not mentioned” hold for the two texts given here",
        "Who mentions what",
        "Looked for and found in neither account: Energy, Middle East",
        "None of the 5 passages of the White House’s account names this subject",
        "In what order, at what length",
        "The two texts side by side",
        "Linked passages report on the same matter. That does not mean that they agree",
        "No counterpart in the White House’s account for these 6 passages",
        "accounts differ: roles swapped",
    ):
        assert part in text


def test_a_denied_and_an_unknown_subject_are_called_so():
    assert "says it was not discussed" in Page(small().to_html()).text
    text = Page(PAIRS["unknown"]().to_html()).text
    assert "unknown: no word list in xx" in text
    assert "Unknown, because a word list is missing in one of the languages: Ukraine" in text
    assert "is not mentioned" not in text


def test_cue_words_are_marked_with_the_reason():
    assert '<mark class="cue" title="NATO: named here">NATO</mark>' in seed().to_html()


def test_words_that_differ_are_marked_apart_from_cues():
    comparison = small()
    start = comparison.left_passages[1].span.start
    evidence = Evidence("linked", "a", "roles swapped", 1, Span(start, start + 12), 3)
    finding = Finding("conflict", "cyber", "both", 0.7, (evidence,))
    page = replace(comparison, differences=(finding,)).to_html()
    assert '<mark class="differs" title="roles swapped">The Minister</mark> warned' in page


def test_only_a_web_address_is_a_link():
    address = made(["a"], ["b"], left={"source": "https://example.org/x?a=1&b=2"})
    assert 'href="https://example.org/x?a=1&amp;b=2" rel="noreferrer"' in address.to_html()
    assert "javascript:alert(4)" not in Page(hostile().to_html()).all("href")


def test_sixty_sentences_a_side_stay_under_400_kilobytes():
    sentence = (
        "The two presidents discussed at length the situation in and around Ukraine and agreed on nothing. "
    )
    words = [[f"{sentence * 2}{side}{i}." for i in range(60)] for side in "ab"]
    topics = [["ukraine", "nato"]] * 60
    links = [Link((i,), (i,), 1.0, 0.8, "same") for i in range(0, 60, 2)]
    page = made(*words, topics_a=topics, topics_b=topics, links=links).to_html()
    assert len(page.encode()) < 400_000


def test_styles_and_script_stay_small():
    page = small().to_html()
    parts = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", page, re.DOTALL)
    assert 0 < sum(len(part) for pair in parts for part in pair) < 60_000


def test_a_long_pair_says_what_is_left_out():
    page = Page(made([f"A{i}." for i in range(1000)], [f"B{i}." for i in range(1000)]).to_html())
    assert "500 of 2,000 passages are left out" in page.text


def test_data_too_large_to_embed_is_cut_with_a_count():
    text = "They discussed the matter at considerable length and without any result whatsoever. " * 20
    page = Page(made([f"{text}{i}" for i in range(600)], [f"{text}{i}" for i in range(600)]).to_html())
    assert "The JSON in it leaves out 1,200 passages, 0 pairs and 0 findings" in page.text
    assert json.loads(page.script)["left_out"]["passages"] == 1200


def test_the_notebook_view_is_scoped_and_compact():
    part = seed()._repr_html_()
    Page(part)
    assert len(part) < 10_000
    selectors = re.findall(r"([^{}]+)\{", part.split("<style>")[1].split("</style>")[0])
    assert all(one.strip().startswith(".readout-diff") for rule in selectors for one in rule.split(","))
    assert " id=" not in part
    assert "<script" not in part


def test_the_repr_is_one_plain_line():
    text = repr(seed())
    assert text.startswith("<Comparison White House / Kremlin: 5 subjects in both accounts")
    assert "\n" not in text


def test_the_strip_of_a_long_account_shows_what_most_of_each_stretch_is_about():
    sentences = [f"Sentence number {i} on Iran." for i in range(360)]
    topics = [["nato"] if i % 3 == 0 else ["iran"] for i in range(240)] + [[]] * 120
    page = Report(made(sentences, ["Nothing."], topics_a=topics))
    mostly_iran, nothing = page.segments(page.sides[0])
    assert [s.label for s in mostly_iran.subjects] == ["Iran"]
    assert (mostly_iran.first, mostly_iran.last, round(mostly_iran.width)) == ("A1", "A240", 67)
    assert (nothing.first, nothing.last, nothing.subjects) == ("A241", "A360", ())


def test_what_has_no_counterpart_stands_with_what_only_one_side_mentions():
    comparison = made(
        ["They met.", "They discussed NATO."],
        ["They met.", "He raised the fishing dispute."],
        topics_a=[[], ["nato"]],
        links=[Link((0,), (0,), 1.0, 0.95, "same")],
        left={"party": "Meridia"},
        right={"party": "Valdria"},
    )
    only = Page(comparison.to_html()).text.split("What only one side mentions")[1].split("In what order")[0]
    assert "Without a counterpart in Meridia’s account" in only
    assert "He raised the fishing dispute." in only
    # The subject of one side stands there already.
    assert "counterpart in Valdria’s account" not in only


def test_evidence_of_absence_is_all_on_the_page():
    text = Page(small().to_html()).text
    assert "B1 is nearest to A4, 24% of the way to a link." in text
    assert "The mention itself is uncertain: read it." in text
    assert "Read B1" in text


@pytest.mark.parametrize(
    ("likelihood", "passages", "caution"),
    [(0.1, 1, "Only A2 names it, perhaps in passing: read it."), (0.6, 1, ""), (0.1, 2, "")],
)
def test_a_subject_named_in_passing_is_told_from_one_reported(likelihood, passages, caution):
    comparison = made(
        ["They met.", *["NATO came up."] * passages], ["b"], topics_a=[[], *[["nato"]] * passages]
    )
    (finding,) = comparison.differences
    mentions = [replace(e, value=1.0) for e in finding.evidence if e.role == "mention"]
    worded = Evidence("likeliest", "a", "worded like it", 1, value=likelihood, threshold=0.8)
    finding = replace(finding, evidence=(*mentions, worded))
    (absence,) = absences(replace(comparison, differences=(finding,)), "a")
    speaks, _ = sides_of(comparison)
    assert caution_phrase(absence, speaks) == caution
