from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readout_diff.render.markdown import escape, to_markdown
from readout_diff.render.safe_text import for_terminal
from render.fake import made, small

EXPECTED = (Path(__file__).parent / "small.md").read_text(encoding="utf-8")


def test_the_whole_text():
    assert to_markdown(small()) == EXPECTED


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="&"), max_size=40))
def test_escaped_text_is_shown_as_it_is(text):
    expected = for_terminal(text)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(escape(text))
    inline = [token for token in tokens if token.type == "inline"]
    shown = "".join(child.content for token in inline for child in token.children or ())
    assert shown == expected
    assert all(child.type in ("text", "text_special") for token in inline for child in token.children or ())


def test_hostile_text_opens_nothing():
    hostile = (
        "# <script>alert(1)</script> [x](javascript:1) ![i](http://e.org/a.png) | cell | `code` https://e.org"
    )
    text = to_markdown(made([hostile], ["b"], left={"party": hostile}))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "<a " not in html
