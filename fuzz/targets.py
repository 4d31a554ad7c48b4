"""What is fuzzed: for each reader a function of bytes, its seeds and what Hypothesis makes for it."""

# ruff: noqa: D1, E501, C409
from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

DATA = Path(__file__).parents[1] / "tests" / "data"
SEEDS = Path(__file__).parents[1] / "seeds"

PIECES = (
    "The President spoke with the Chancellor about Ukraine. ", "White House", "Kremlin", ":", "\n", "\n\n", "“", "”",
    "„", "«", "»", "‘", "’", '"', "(", ")", "[", "]", "> ", "- ", "* ", "#", "|", "...", "…", "1. ", "21. September 2021",
    "Das Weiße Haus erklärte:", "Президент России", "Кремль сообщил:", "两国元首通话。", "Readout of a call", "said in a statement",
    "read more", "© 2021", "(Übersetzt mit DeepL)", "\r\n", "\t", "\u00a0", "\u00ad", "\u200d", "\u202e", "\u2028",
    "\x00", "\x1b[31m", "e\u0301", "\u0301", "ﬁ", "a@b.c", "https://x.example/", "MOSCOW, July 5. /TASS/.", "---\n", "```\n",
    "![a](b)", "[a](b)", "<b>", "</p>", "<!--", "-->", "&amp;", "&#0;", "\\", "`", "_", "~", "=", "2 000 000", "$3.5bn", "\ud800",
)  # fmt: skip
HTML = tuple(
    ["<html>", "<head>", "<body>", "<p>", "</p>", "<div>", "</div>", "<div\tclass=menu>", "<article>", "</article>", "<blockquote>", "</blockquote>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<br>", "<script>", "</script>", "<style>", "</style>", "<title>", "<h1>", "<form>", "<cite>", "<meta\tname=date\tcontent=2021-01-01>", "<time\tdatetime=2021-01-01>", "<html\tlang=xx>", "<!doctype\thtml>", "<?xml\tversion='1.0'?>", "<![CDATA[", "]]>", "<svg>", "<math>", "<a\thref=x>", "style='display:none'", "<template>", "<frameset>", "<plaintext>", "</body>", "</html>", "<main>", "<span>", "</span>"]
)  # fmt: skip
CUES = (
    "ukrain*", "(", ")", "|", "*", "..", " ", "NATO", "北约", "(a|b c|)", "*sanktion*", "minsk", "\t", "\n", "((((", "'",
    '"', "ß", "İ", "ё", "-", "*a*", "a*b", "( )", "()", "(|)",
)  # fmt: skip
PDF = (
    b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"]", b"(", b")", b"/Length", b"/Filter", b"/FlateDecode",
    b"/Kids", b"/Count", b"/Type/Page", b" 0 R", b"BT", b"ET", b"Tj", b"TJ", b"Do", b"xref", b"trailer", b"startxref", b"%%EOF",
    b"-1", b"99999999999", b"/Encrypt", b"/ToUnicode", b"beginbfrange", b"/ObjStm", b"null", b"\x00",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A reader, seeds to mutate, pieces to put in, and a strategy that makes whole inputs."""

    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    pieces: tuple[bytes, ...]
    strategy: st.SearchStrategy[bytes]


def _bytes(pieces: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(piece.encode("utf-8", "surrogatepass") for piece in pieces)


def _texts() -> list[bytes]:
    files = [*DATA.glob("articles/*.txt"), *SEEDS.rglob("*.txt"), *DATA.glob("gold/dev/*/*.txt")]
    found = [path.read_bytes() for path in sorted(files) if "holdout" not in str(path)]
    return [*found[:40], *(text.encode(code) for text, code in _ENCODED)]


_ENCODED = (
    ("Президент России провёл разговор с Канцлером.", "cp1251"),
    ("Президент России провёл разговор с Канцлером.", "koi8_r"),
    ("Die Präsidentin sprach über die Lage im Osten.", "utf-16"),
    ("两国元首通话，就双边关系交换意见。", "gb18030"),
    ("Cumhurbaşkanı görüştü.", "cp1254"),
)


def _pages() -> list[bytes]:
    body = "".join(f"<p>{piece}</p><div class=share>{piece}</div>" for piece in PIECES[:40])
    made = f"<html lang=en><head><title>Readout</title></head><body><main>{body}</main></body></html>"
    return [
        *(path.read_bytes()[:6000] for path in sorted(DATA.glob("formats/*.html"))),
        made.encode(errors="ignore"),
    ]


def assembled_pdf(objects: Sequence[bytes]) -> bytes:
    """Return a PDF of numbered objects, of which the first is the catalogue, with its table of references."""
    out, offsets = b"%PDF-1.7\n", []
    for number, value in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(out))
    )


@cache
def _simple_pdf() -> bytes:
    content = b"BT /F1 12 Tf 50 700 Td (The President spoke with the Chancellor.) Tj 0 -14 Td [(They) -250 (agreed.)] TJ ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length 60>>stream\nbegincmap 1 beginbfrange <20> <7e> <0020> endbfrange endcmap\nendstream",
    ]
    return assembled_pdf(objects)


def _pdfs() -> list[bytes]:
    return [*[_simple_pdf()] * 6, *(path.read_bytes() for path in sorted(DATA.glob("formats/*.pdf")))]


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = (
    f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr><w:r><w:t>We agreed today.</w:t></w:r>'
    "</w:p><w:p><w:r><w:t>The President</w:t><w:tab/><w:t>spoke.</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>Box here.</w:t>"
    '</w:r></w:p></w:txbxContent></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t xml:space="preserve"> Item one.</w:t></w:r>'
    "</w:p></w:body></w:document>"
).encode()


def _docx(change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a Word document with its parts changed, so that mutations reach what is inside the archive."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in _docx_parts().items():
            archive.writestr(name, change(name, content))
    return out.getvalue()


@cache
def _docx_parts() -> Mapping[str, bytes]:
    import zipfile

    import docx

    document = docx.Document()
    document.add_heading("Readout of a call")
    document.add_paragraph("The President spoke with the Chancellor about Ukraine.")
    document.add_paragraph("They agreed to stay in touch.", style="List Bullet")
    document.add_paragraph("We agreed.", style="Quote")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _read_document(kind: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        from readout_diff.loaders.formats import find_format, read_document
        from readout_diff.loaders.text import read_statement

        find_format(data, f"a.{kind}")
        return read_statement(read_document(data, "a", kind))

    return read


def _read_docx_part(data: bytes) -> object:
    """Read a document whose body is the input, or the input as it is where it is an archive."""
    reader = _read_document("docx")
    if data.startswith(b"PK"):
        return reader(data)
    return reader(_docx(lambda name, content: data if name == "word/document.xml" else content))


def _read_any(data: bytes) -> object:
    from readout_diff.loaders.formats import find_format, read_document

    kind = find_format(data, "a")
    return kind == "json" or read_document(data, "a", kind)


def _read_article(data: bytes) -> object:
    from readout_diff.loaders.article import split_article

    return split_article(data.decode("utf-8", "surrogateescape"))


def _read_json(data: bytes) -> object:
    from readout_diff.loaders.decoding import decode
    from readout_diff.loaders.records import read_records
    from readout_diff.loaders.text import read_text

    return [read_text(r["text"], clean=False) for r in read_records(decode(data, "a"), "a")]


def _read_scheme(data: bytes) -> object:
    from readout_diff.topics.lexicon import Cue, Lexicon
    from readout_diff.topics.schemefile import read_scheme

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.toml")
        path.write_bytes(data)
        scheme = read_scheme(path)
    cues = [Cue(t.id, "strong", cue) for t in scheme.topics for part in t.cues.values() for cue in part]
    return Lexicon(cues, "en").match(["The President spoke about Ukraine, a NATO minsk 北约 b c.", "a" * 200])


def _read_passages(data: bytes) -> object:
    from readout_diff.passages import sentence_spans
    from readout_diff.readout import Readout

    text = Readout.from_text(data.decode("utf-8", "replace"), clean=False).text
    for lang in ("en", "de", "ru", "zh", "und"):
        assert _covers(sentence_spans(text, lang), text), f"{lang}: a sentence leaves something out"
    return text


def _read_report(data: bytes) -> object:
    """Render a comparison in which every text is the input; nothing in it may become markup."""
    from readout_diff.readout import Readout

    report = _report(Readout.from_text(data.decode("utf-8", "replace"), clean=False).text)
    assert _tags(report.to_html()) <= _own_tags(), "the markup of a text is markup of the report"
    return report.to_markdown(), report.to_json()


def _report(text: str) -> Any:
    from readout_diff.alignment.links import Link

    if str(DATA.parent) not in sys.path:
        sys.path.append(str(DATA.parent))
    from render.fake import made

    about = dict.fromkeys(["party", "publisher", "title", "issued", "translation_credit", "source"], text)
    link = Link((1,), (0,), 1.0, 0.9, "conflict", (text,))
    passages = [text, text + " NATO"], [text]
    return made(*passages, topics_a=[[], ["nato"]], links=[link], left=about, right=about)


@cache
def _own_tags() -> frozenset[tuple[str, str]]:
    texts = ("a", "NATO " * 1_000, "https://example.org/")  # one is shortened, one a source to be linked
    return frozenset().union(*(_tags(_report(text).to_html()) for text in texts))


def _tags(html: str) -> frozenset[tuple[str, str]]:
    """Return the elements of a page with the names of their attributes."""
    from lxml.html import document_fromstring

    elements = document_fromstring(html).iter("*")
    return frozenset((element.tag, name) for element in elements for name in ("", *element.attrib))


def _injections() -> list[bytes]:
    return [
        text.encode("utf-8", "replace") for text in json.loads((DATA / "injections.json").read_text("utf-8"))
    ]


def _covers(spans: tuple[Any, ...], text: str) -> bool:
    covered = {i for span in spans for i in range(span.start, span.end)}
    return all(char.isspace() or i in covered for i, char in enumerate(text))


_ANY = st.binary(max_size=400)
_TEXT = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(max_size=300),
    st.text(st.characters(), max_size=80),
)


def _utf8(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    return strategy.map(lambda text: text.encode("utf-8", "surrogatepass"))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "lang", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)
_CUE = st.lists(st.sampled_from(CUES), min_size=1, max_size=12).map("".join)
_SCHEMES = st.lists(_CUE, max_size=6).map(
    lambda cues: f"[topics.a]\nlabels.en = 'A'\ncues.en = {json.dumps(cues, ensure_ascii=False)}\n".encode(
        errors="ignore"
    )
)
_PAGE = st.lists(st.sampled_from([*HTML, *PIECES]), max_size=50).map(" ".join)

_WORDML = (
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:tab/>",
    "<w:br/>",
    "<w:p><w:r><w:t>a b.</w:t></w:r></w:p>",
)
_RECORDS = st.lists(
    st.fixed_dictionaries(
        {"text": _TEXT},
        optional={key: st.none() | _TEXT for key in ("party", "lang", "title", "id", "issued")},
    ),
    max_size=3,
)

TARGETS: dict[str, Target] = {
    "text": Target(_read_document("text"), _texts, _bytes(PIECES), _ANY | _utf8(_TEXT)),
    "markdown": Target(_read_document("markdown"), _texts, _bytes(PIECES), _utf8(_TEXT)),
    "html": Target(_read_document("html"), _pages, _bytes((*HTML, *PIECES)), _utf8(_PAGE)),
    "pdf": Target(_read_document("pdf"), _pdfs, PDF, st.lists(st.sampled_from(PDF), max_size=40).map(b" ".join)),
    "docx": Target(
        _read_docx_part,
        lambda: [_docx(lambda _, content: content), *[_BODY] * 6],
        (b"<w:p>", b"</w:p>", b"<w:r>", b"<w:t>", b"PK\x03\x04", b"PK\x01\x02", b"\x00", b"&lt;", b"<!DOCTYPE a>", *_bytes(PIECES)),
        _utf8(st.lists(st.sampled_from([*_WORDML, *PIECES[:20]]), max_size=40).map("".join)).map(
            lambda body: _BODY[: _BODY.index(b"<w:p>")] + body + b"</w:body></w:document>"
        ),
    ),
    "json": Target(
        _read_json,
        lambda: [b'[{"text": "They spoke.", "party": "Meridia", "lang": null}]', b'{"readouts": [{"text": "a b."}]}',
                 b'{"text": "One."}\n{"text": "Two.", "issued": "2021-01-01"}\n'],
        (b"[", b"]", b"{", b"}", b'"', b"\\u", b"\\ud800", b"1e999", b"NaN", b"9" * 5000, b":", b",", b'"text"', *_bytes(PIECES)),
        (_VALUES | _RECORDS).map(lambda value: json.dumps(value).encode()),
    ),
    "any": Target(_read_any, lambda: [*_texts()[:10], *_pages(), *_pdfs()[:1]], _bytes(PIECES), _ANY),
    "article": Target(_read_article, _texts, _bytes(PIECES), _utf8(_TEXT)),
    "scheme": Target(
        _read_scheme,
        lambda: [b"[topics.a]\nlabels.en = 'A'\ncues.en = ['ukrain*', '(a|b c|) minsk']\nweak.en = ['x']\nnot.en = ['y .. z']\n"],
        (*_bytes(CUES), b"[", b"]", b"=", b"cues", b"[topics.b]\n", b"\n", b"masks.en = ['a']\n"),
        _SCHEMES | _ANY,
    ),
    "passages": Target(_read_passages, _texts, _bytes(PIECES), _utf8(_TEXT)),
    "report": Target(_read_report, _injections, _bytes((*HTML, *PIECES)), _utf8(_TEXT | _PAGE)),
}  # fmt: skip
