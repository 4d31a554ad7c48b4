"""One statement in every format, and what each format gets wrong."""

from __future__ import annotations

import io
import json
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.errors import LoadError, MissingExtraError, ReadoutWarning, UnknownComponentError
from readout_diff.loaders import load, load_readouts, read_article
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.formats import find_format
from readout_diff.loaders.markdown import read_markdown
from readout_diff.readout import Span

DATA = Path(__file__).parents[1] / "data"
FORMATS = DATA / "formats"
TEXT = "The President spoke with the Chancellor today. They agreed to meet in June."
FIRST = "President Elliot Kessler held a secure video call today with President Arkady Belozorov."


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


# encodings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_without_a_word(encoding: str, tmp_path: Path) -> None:
    text = "Президенты условились поддерживать контакты. Разговор был деловым."
    assert load(write(tmp_path / "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Präsident dankte der Kanzlerin für das „offene“ Gespräch – und für Größe."),
        ("cp1252", "Trade worth some £11 billion a year was named, and both were pleased."),
        ("cp1251", "Президенты условились поддерживать контакты. Разговор был деловым."),
        ("koi8_r", "Президенты условились поддерживать контакты. Разговор был деловым."),
        ("cp1250", "Prezydent spotkał się z kanclerzem. Omówiono źródła energii i świadczenia."),
        ("gb18030", "国家主席同法国总统通电话。双方就地区局势交换了意见。"),
    ],
)
def test_a_legacy_encoding_is_named(encoding: str, text: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", text.encode(encoding))
    with pytest.warns(ReadoutWarning, match=f"read as {encoding}"):
        assert load(path).text == text
    assert load(path, encoding=encoding).text == text


def test_an_encoding_that_is_wrong_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Größe".encode("cp1252"))
    with pytest.raises(LoadError, match="not valid utf-8"):
        load(path, encoding="utf-8")
    with pytest.raises(LoadError, match="unknown encoding"):
        load(path, encoding="utf-99")


# Markdown ---------------------------------------------------------------------------------------------------


def test_markdown_is_taken_off_and_offsets_refer_to_the_file(tmp_path: Path) -> None:
    source = (
        "---\ntitle: The call\nlang: en\ndate: 2022-03-04\n---\n# Readout\n\n![photo](x.png)\n\nThe **President** spoke"
        " with the [Chancellor](https://x.example) *today*.\n\n- They agreed to meet.\n"
    )
    readout = load(write(tmp_path / "a.md", source))
    assert readout.text == "The President spoke with the Chancellor today.\n\nThey agreed to meet."
    assert (readout.title, readout.lang, readout.issued) == ("The call", "en", "2022-03-04")
    at = readout.text.index("Chancellor")
    assert readout.to_source(Span(at, at + 10)).of(source) == "Chancellor"


def test_a_block_quote_is_a_statement(tmp_path: Path) -> None:
    source = f"# Anruf\n\nEs wurde geredet.\n\n**Das Weiße Haus** teilte mit:\n\n> {TEXT}\n>\n> They thanked us.\n\nDas war es.\n"
    (readout,) = load_readouts(write(tmp_path / "a.md", source))
    assert (readout.text, readout.publisher) == (f"{TEXT}\n\nThey thanked us.", "White House")


@settings(deadline=None)
@given(st.text(alphabet="ab *_#>[]()`-\n!<\\", max_size=80))
def test_any_markdown_keeps_its_offsets(source: str) -> None:
    traced = read_markdown(source).traced
    assert all(
        source[origin] == char
        for char, origin in zip(traced.text, traced.origins, strict=True)
        if origin >= 0
    )


# HTML -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page.html", "saved.html"])
def test_a_page_gives_its_statement_only(name: str) -> None:
    readout = load(FORMATS / name)
    assert readout.text.split("\n\n") == [
        f"{FIRST} The President voiced the alarm of Meridia.",
        "The presidents also took stock of the separate channel on criminal hackers.",
        "They compared notes on Iran.",
        "an expert group on missiles;",
        "a hotline between the armies.",
    ]
    assert (readout.title, readout.issued, readout.lang) == (
        "Readout of the President's Call",
        "2022-01-11",
        "en",
    )


def test_an_article_page_is_split_at_its_block_quotes(tmp_path: Path) -> None:
    page = f"""<html lang="de"><body><nav><a>Start</a></nav><div><h1>Zwei Mitteilungen</h1>
    <p>Am Dienstag haben sie telefoniert, und beide haben danach etwas veröffentlicht.</p><p>Das Weiße Haus teilte mit:</p>
    <blockquote lang="en"><p>{TEXT}</p><p>They thanked each other for the visit.</p></blockquote>
    <p>In Berlin liest sich das anders, die Bundesregierung schreibt:</p>
    <blockquote>Der Bundeskanzler hat heute mit dem Präsidenten telefoniert. Beide sprachen über Getreide.</blockquote>
    <p>Von einem Treffen ist dort keine Rede.</p></div><div class="comments"><p>Danke für die Texte!</p></div></body></html>"""
    first, second = load_readouts(write(tmp_path / "a.html", page))
    assert (first.publisher, first.lang) == ("White House", "en")
    assert first.text == f"{TEXT}\n\nThey thanked each other for the visit."
    assert (second.publisher, second.lang) == ("Bundesregierung", "de")


@pytest.mark.parametrize("tag", ["cite", "footer"])
def test_a_block_quote_says_whom_it_quotes(tag: str, tmp_path: Path) -> None:
    page = f"""<html lang="en"><body><article><h1>The call</h1><p>It was a long day in the capital, and then this came.</p>
    <blockquote><p>{TEXT} They thanked each other for the visit, and they promised to write.</p>
    <{tag}>— The Kremlin</{tag}></blockquote><p>Nobody expected more, and nobody got it.</p></article></body></html>"""
    (readout,) = load_readouts(write(tmp_path / "a.html", page))
    assert readout.text.endswith("promised to write.")
    assert (readout.publisher, readout.party) == ("Kremlin", "Russia")


def test_a_page_declares_its_encoding(tmp_path: Path) -> None:
    page = f"<html><head><meta charset='windows-1251'></head><body><p>{'Президенты условились поддерживать контакты. ' * 3}</p></body></html>"
    assert load(write(tmp_path / "a.html", page.encode("cp1251"))).text.startswith("Президенты условились")


@pytest.mark.parametrize(
    "body",
    [
        "<div id='root'></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "<div><h2>Wir verwenden Cookies</h2><p>Bitte stimmen Sie zu.</p><button>Alle akzeptieren</button> Einwilligung</div>",
        "<h1>Checking your browser before accessing</h1><p>Please complete the captcha.</p>",
    ],
)
def test_a_consent_wall_is_named(body: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="consent wall"):
        load(write(tmp_path / "a.html", f"<!doctype html><html><body>{body}</body></html>"))


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><script>1</script></body></html>", "<!doctype html>"]
)
def test_an_empty_page_is_refused(page: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError):
        load(write(tmp_path / "a.html", page))


# PDF --------------------------------------------------------------------------------------------------------


def test_a_printed_page_gives_its_statement() -> None:
    readout = load(FORMATS / "printed.pdf")
    assert readout.text.startswith(FIRST)
    assert "President voiced the alarm of Meridia." in readout.text
    assert "Page two begins here, and the President thanked" in readout.text
    for furniture in ("Skip to", "Photo", "Facebook", "museum", "reserved", "file:", "1/2", "###"):
        assert furniture not in readout.text
    assert (readout.title, readout.issued) == ("Readout of the President's Call", "2022-01-11")


def test_a_scan_is_named() -> None:
    with pytest.raises(LoadError, match=r"only images.*OCR"):
        load(FORMATS / "scanned.pdf")


def test_a_pdf_with_a_password_is_named(tmp_path: Path) -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=FORMATS / "scanned.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(LoadError, match="password"):
        load(write(tmp_path / "a.pdf", buffer.getvalue()))


@pytest.mark.parametrize("length", [20, 500, 5000])
def test_a_damaged_pdf_is_named(length: int, tmp_path: Path) -> None:
    data = (FORMATS / "printed.pdf").read_bytes()[:length]
    with pytest.raises(LoadError, match=r"damaged|holds no text"):
        load(write(tmp_path / "a.pdf", data))


# DOCX -------------------------------------------------------------------------------------------------------


def word(tmp_path: Path, *paragraphs: tuple[str, str]) -> Path:
    import docx

    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def test_a_word_document_gives_its_statement(tmp_path: Path) -> None:
    path = word(
        tmp_path, ("Title", "Readout of the Call"), ("Normal", "2 March 2023"), ("Normal", TEXT), ("List Bullet", "a hotline;"),
        ("Caption", "Figure 1: The two in the hall."), ("Normal", "They thanked each other for the visit."),
    )  # fmt: skip
    readout = load(path)
    assert readout.text == f"{TEXT}\n\na hotline;\n\nThey thanked each other for the visit."
    assert (readout.title, readout.issued) == ("Readout of the Call", "2023-03-02")


def test_a_quotation_in_a_word_document_is_a_statement(tmp_path: Path) -> None:
    path = word(
        tmp_path,
        ("Title", "Ein Anruf"),
        ("Normal", "Das Weiße Haus teilte mit:"),
        ("Quote", TEXT),
        ("Normal", "So weit."),
    )
    (readout,) = load_readouts(path)
    assert readout.text == TEXT


def test_a_word_document_with_a_password_is_named(tmp_path: Path) -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 600
    )
    with pytest.raises(LoadError, match="password"):
        load(write(tmp_path / "a.docx", data))
    with pytest.raises(LoadError, match="old Word format"):
        load(write(tmp_path / "b.doc", data[:500]))


def test_an_archive_that_is_no_document_is_named(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(LoadError, match="another kind"):
        load(write(tmp_path / "a.docx", buffer.getvalue()))
    with pytest.raises(LoadError, match="damaged"):
        load(write(tmp_path / "b.docx", buffer.getvalue()[:40]))


# JSON -------------------------------------------------------------------------------------------------------


def test_records_keep_what_they_say(tmp_path: Path) -> None:
    record = {
        "text": TEXT,
        "party": "Meridia",
        "lang": "en",
        "id": "x1",
        "issued": "2022-03-04",
        "translated_from": "ru",
    }
    readout = load(write(tmp_path / "a.json", json.dumps(record)))
    assert (readout.text, readout.party, readout.id, readout.translated_from) == (TEXT, "Meridia", "x1", "ru")
    assert load(tmp_path / "a.json", party="Other").party == "Other"


@pytest.mark.parametrize("form", ["array", "object", "lines"])
def test_several_records_are_read_in_every_form(form: str, tmp_path: Path) -> None:
    records = [{"text": TEXT, "party": "A"}, {"text": "Sie sprachen über Getreide.", "party": "B"}]
    forms = {
        "array": json.dumps(records),
        "object": json.dumps({"readouts": records}),
        "lines": "\n".join(map(json.dumps, records)),
    }
    path = write(tmp_path / "a.jsonl", forms[form])
    assert [readout.party for readout in load_readouts(path)] == ["A", "B"]
    with pytest.raises(LoadError, match="load_readouts"):
        load(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not valid JSON"),
        ("[]", "holds no record"),
        ("[1]", "no object"),
        ('{"txt": "x"}', "unknown fields txt"),
        ('{"party": "x"}', "has no text"),
        ('{"text": 5}', "has no text"),
        ('{"text": "x", "party": 5}', "party must be a string"),
        ('{"text": "They spoke."}\n{"text": ', "line 2"),
    ],
)
def test_records_that_are_none_are_named(content: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=message) as caught:
        load_readouts(write(tmp_path / "a.json", content))
    assert "\n" not in str(caught.value)


# files that lie, and files that are not there ---------------------------------------------------------------


def test_the_content_tells_the_format_when_the_name_lies(tmp_path: Path) -> None:
    page = (FORMATS / "page.html").read_bytes()
    with pytest.warns(ReadoutWarning, match="is html, not text"):
        assert load(write(tmp_path / "a.txt", page)).text.startswith(FIRST)
    with pytest.warns(ReadoutWarning, match="is text, not pdf"):
        assert load(write(tmp_path / "a.pdf", TEXT)).text == TEXT
    with pytest.warns(ReadoutWarning, match="is pdf, not text"):
        assert load(write(tmp_path / "b.txt", (FORMATS / "printed.pdf").read_bytes())).text.startswith(FIRST)


def test_a_format_can_be_given(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dat", f"# The call\n\n{TEXT}")
    assert load(path, format="markdown").title == "The call"
    with pytest.raises(UnknownComponentError, match="markdown"):
        load(path, format="rtf")


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert load("-").text == TEXT


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x00" * 50, "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "PNG image"),
        (b"\x7fELF" + bytes(range(256)) * 4, "a program"),
        (bytes(range(256)) * 8, "binary"),
        (b"###\n***\n", "no running text"),
    ],
)
def test_a_file_that_holds_no_text_is_named(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=message) as caught:
        load(write(tmp_path / "a.txt", content))
    assert "\n" not in str(caught.value)


def test_a_path_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no file"):
        load(tmp_path / "none.txt")
    with pytest.raises(LoadError, match="is a folder"):
        load(tmp_path)
    with pytest.raises(LoadError, match="cannot read"):
        load("a\x00b.txt")


@pytest.mark.parametrize(("name", "package"), [("a.html", "lxml"), ("a.pdf", "pypdf"), ("a.docx", "docx")])
def test_a_missing_package_is_named(
    name: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib

    for module in ("html", "pdf", "docx"):
        reader = importlib.import_module(f"readout_diff.loaders.{module}")
        monkeypatch.setattr(reader, "find_spec", lambda wanted: None if wanted == package else True)
    source = {"a.html": FORMATS / "page.html", "a.pdf": FORMATS / "printed.pdf"}.get(name) or word(
        tmp_path, ("Normal", TEXT)
    )
    with pytest.raises(MissingExtraError, match=r"pip install .*readout-diff\[formats\]"):
        load(source)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused_in_one_line(data: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadoutWarning)
        try:
            text = decode(data, "a")
        except LoadError as refused:
            text = str(refused)
            assert text.count("\n") == 0
    assert isinstance(text, str)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"text": "They spoke."}', "json"),
        ("[1, 2", "text"),
        ('{"text"', "text"),
        ("[Draft] They spoke.", "text"),
    ],
)
def test_without_an_ending_json_is_known_by_its_content(content: str, kind: str) -> None:
    assert find_format(content.encode(), "standard input") == kind


def test_an_article_cannot_be_read_from_records(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps({"text": TEXT}))
    with pytest.raises(LoadError, match="holds records, no article; use load_readouts"):
        read_article(path)


@pytest.mark.skipif(
    not hasattr(sys, "get_int_max_str_digits"), reason="this Python reads numbers of any length"
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_number_of_thousands_of_digits_is_refused(name: str, tmp_path: Path) -> None:
    number = "9" * 5000
    rows = [json.dumps({"text": TEXT}), f'{{"text": {number}}}']
    path = write(tmp_path / name, rows[1] if name == "a.json" else "\n".join(rows))
    with pytest.raises(LoadError, match="holds a number with thousands of digits"):
        load_readouts(path)


def test_a_word_document_without_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="holds no text"):
        load(word(tmp_path, ("Normal", ""), ("Caption", "Figure 1")))


def test_breaks_inside_a_paragraph_separate_words(tmp_path: Path) -> None:
    path = word(tmp_path, ("Normal", "The President\tspoke\nwith the Chancellor today."))
    assert load(path).text == "The President spoke with the Chancellor today."
