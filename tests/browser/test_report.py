import time
from importlib import resources

import pytest

from browser.conftest import ARTEFACTS
from readout_diff.alignment.links import Link
from render.fake import dev, made, seed, small
from render.test_html import hostile
from render.test_injection import CORPUS
from render.test_injection import hostile as injected

pytestmark = pytest.mark.browser

PAIRS = {
    "seed": seed,
    "small": small,
    "dev08": lambda: dev("dev08"),
    "hostile": hostile,
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

FOCUSED = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const shown = e.closest("label") || e;
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    key: [e.tagName, e.id, e.getAttribute("href"), e.name, e.value, e.textContent.slice(0, 30)].join("|"),
    tag: e.tagName,
    ring: getComputedStyle(shown).outlineStyle !== "none",
    inside: box.bottom > 0 && box.top < innerHeight,
    covered: !(shown.contains(over) || (over && over.contains(shown))),
  };
}"""


def axe(page) -> list[str]:
    page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    result = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    return [
        f"{v['id']}: {n['html'][:120]} {n['failureSummary'][:300]}"
        for v in result["violations"]
        for n in v["nodes"]
    ]


@pytest.mark.parametrize("name", PAIRS)
def test_no_accessibility_violation(open_page, name):
    page = open_page(PAIRS[name]().to_html()).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page) == [], scheme


@pytest.mark.parametrize("state", ["filtered", "source", "narrow"])
def test_no_accessibility_violation_in_use(open_page, state):
    width = 390 if state == "narrow" else 1280
    page = open_page(seed().to_html(), viewport={"width": width, "height": 900}).page
    if state == "filtered":
        page.locator("input[name=subject]").first.check(force=True)
    else:
        page.locator("input[value=source]").check(force=True)
    assert axe(page) == []


@pytest.mark.parametrize("name", PAIRS)
def test_nothing_is_requested_and_nothing_complains(open_page, name):
    opened = open_page(PAIRS[name]().to_html())
    page = opened.page
    page.mouse.wheel(0, 2000)
    for choice in page.locator(".tools input").all():
        choice.check(force=True)
    page.locator("#clear").click()
    assert opened.requests == [opened.address]
    assert opened.complaints == []


def test_every_control_can_be_reached_and_seen_by_keyboard(open_page):
    page = open_page(small().to_html(), reduced_motion="reduce").page
    # A radio group is one stop.
    stops = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, summary")].filter(e =>
             e.checkVisibility() && !(e.type === "radio" && !e.checked)).length"""
    )
    seen = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert seen[0]["key"].startswith("A||#reading")
    assert len({one["key"] for one in seen}) >= stops - 12  # the same passage may be linked twice
    assert [one["key"] for one in seen if not one["ring"]] == []
    assert [one["key"] for one in seen if not one["inside"]] == []
    assert [one["key"] for one in seen if one["covered"]] == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_keyboard_works_the_filters(open_page):
    page = open_page(seed().to_html()).page
    page.locator("input[name=show][value=all]").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".status").inner_text() == "Showing 11 of 28 passages."
    page.locator("input[name=subject][value='4']").focus()
    page.keyboard.press("Space")
    assert page.locator(".p:visible").count() == 4
    page.locator("#clear").focus()
    page.keyboard.press("Enter")
    assert page.locator("input[name=subject]:checked").count() == 0


def test_a_link_shows_its_passage_even_where_it_is_hidden(open_page):
    page = open_page(seed().to_html()).page
    page.locator("input[name=show][value=linked]").check(force=True)
    page.locator(".matrix a[href='#b23'], .matrix a[href='#b22']").first.click()
    assert page.locator("#b22").is_visible()
    assert page.locator("#b22").evaluate("e => e.getBoundingClientRect().top >= 0")


def test_partners_light_up_under_pointer_and_focus(open_page):
    page = open_page(seed().to_html()).page
    page.locator("#a5").hover()
    assert page.locator(".hot").evaluate_all("all => all.map(e => e.id)") == ["a5", "b12", "b13", "b14"]
    page.locator("#b8 a").focus()
    assert page.locator(".hot").evaluate_all("all => all.map(e => e.id)") == ["a2", "b8"]


def test_a_stretch_of_a_strip_leads_to_its_passage(open_page):
    page = open_page(seed().to_html(), reduced_motion="reduce").page
    page.locator(".strip.b .seg[data-to='b12']").click()
    assert page.evaluate("location.hash") == "#b12"
    assert page.locator("#b12").evaluate("e => e.getBoundingClientRect().top") > 0


def test_source_order_draws_a_line_per_link(open_page):
    page = open_page(seed().to_html()).page
    page.locator("input[value=source]").check(force=True)
    assert page.locator(".source .p.b").count() == 23
    assert page.locator(".source path").count() == 7
    page.locator("input[value=aligned]").check(force=True)
    assert page.locator(".source").count() == 0
    assert page.locator(".row:visible").count() > 5


@pytest.mark.parametrize("name", ["seed", "dev08"])
def test_without_scripts_the_page_is_complete(open_page, name):
    comparison = PAIRS[name]()
    page = open_page(comparison.to_html(), java_script_enabled=False).page
    assert not page.locator(".tools").is_visible()
    assert not page.locator("#save").is_visible()
    for summary in page.locator("details.run > summary").all():
        summary.click()
    for key, passages in (("a", comparison.left_passages), ("b", comparison.right_passages)):
        for passage in passages:
            shown = page.locator(f"#{key}{passage.index + 1} > p")
            assert shown.is_visible()
            assert " ".join(shown.inner_text().split()) == " ".join(passage.text.split())


def test_hostile_text_does_nothing(open_page):
    opened = open_page(hostile().to_html())
    assert opened.complaints == []
    assert opened.page.locator("body img, body svg[onload]").count() == 0
    assert (
        opened.page.evaluate("JSON.parse(document.getElementById('data').textContent).schema")
        == "readout-diff/1"
    )


@pytest.mark.parametrize("name", PAIRS)
def test_nothing_is_wider_than_the_window(open_page, name):
    page = open_page(PAIRS[name]().to_html()).page
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(open_page):
    page = open_page(seed().to_html(), viewport={"width": 390, "height": 900}).page
    small_ones = page.evaluate(
        """() => [...document.querySelectorAll("a.ref, button, .tools label, summary")].filter(e => {
             const b = e.getBoundingClientRect();
             return e.checkVisibility() && (b.width < 24 || b.height < 24);
           }).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small_ones == []


def test_print_fits_a4_and_opens_what_is_folded(open_page):
    opened = open_page(seed().to_html(), viewport={"width": 703, "height": 1000})
    page = opened.page
    pdf = page.pdf(prefer_css_page_size=True)
    ARTEFACTS.mkdir(exist_ok=True)
    (ARTEFACTS / "report-a4.pdf").write_bytes(pdf)
    boxes = {tuple(float(n) for n in box.split()) for box in _media_boxes(pdf)}
    assert {(round(w), round(h)) for _, _, w, h in boxes} == {(595, 842)}
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    assert not page.locator(".tools").is_visible()
    assert page.locator("details.run .p").last.bounding_box()["height"] > 10


def _media_boxes(pdf: bytes) -> list[str]:
    import re

    return re.findall(r"/MediaBox\s*\[([^\]]+)\]", pdf.decode("latin-1"))


def test_five_thousand_sentences_a_side_open_and_scroll(open_page):
    words = [
        [f"The sides discussed matter {i} of the {s} list at length." for i in range(5000)] for s in "ab"
    ]
    topics = [["ukraine"] if i % 3 else ["nato"] for i in range(5000)]
    links = [Link((i,), (i,), 1.0, 0.8, "same") for i in range(0, 5000, 5)]
    html = made(*words, topics_a=topics, topics_b=topics, links=links).to_html()
    assert len(html) < 6_000_000
    start = time.monotonic()
    page = open_page(html).page
    page.evaluate("document.querySelector('.omitted').scrollIntoView()")
    assert "8,500 of 10,000 passages are left out" in page.locator(".omitted").inner_text()
    page.locator("input[name=subject]").first.check(force=True)
    assert time.monotonic() - start < 30


@pytest.mark.parametrize("name", ["seed", "dev08"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screenshots_for_a_person_to_look_at(open_page, name, width, scheme):
    page = open_page(
        PAIRS[name]().to_html(), viewport={"width": width, "height": 900}, color_scheme=scheme
    ).page
    ARTEFACTS.mkdir(exist_ok=True)
    path = ARTEFACTS / f"report-{name}-{width}-{scheme}.png"
    page.screenshot(path=path, full_page=True)
    assert path.stat().st_size > 50_000


@pytest.mark.parametrize("theme", ["#ffffff", "#111111"])
def test_the_notebook_view_leaves_the_notebook_alone(open_page, theme):
    ink = "#000000" if theme == "#ffffff" else "#eeeeee"
    around = "<table id=t><tr><td>x</td></tr></table><p id=p class=rd-head>y</p>"
    style = "e => ['padding', 'margin', 'font', 'color'].map(name => getComputedStyle(e)[name]).join()"
    shell = (
        "<!doctype html><html lang=en><title>n</title><body style='background:{};color:{}'><main>{}{}</main>"
    )
    plain = open_page(shell.format(theme, ink, around, "")).page
    opened = open_page(shell.format(theme, ink, around, seed()._repr_html_()))
    for selector in ("#t td", "#p"):
        assert plain.locator(selector).evaluate(style) == opened.page.locator(selector).evaluate(style)
    assert opened.complaints == []
    assert [line for line in axe(opened.page) if not line.startswith("page-has-heading-one")] == []


def test_no_script_runs_in_a_browser(open_page) -> None:
    for text in CORPUS[:24]:
        page = open_page(injected(text).to_html())
        assert page.complaints == [], text
        assert page.requests == [page.address], text
        assert (
            page.page.evaluate("document.querySelectorAll('body img, iframe, [onload], [onerror]').length")
            == 0
        )
