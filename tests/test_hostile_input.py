"""Broken and hostile input: an answer or an error of ours, in seconds, whatever the bytes."""

from __future__ import annotations

import io
import json
import sys
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout_diff.errors import LoadError, ReadoutDiffError, SchemeError
from readout_diff.language import identify
from readout_diff.loaders.article import split_article
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.formats import find_format, read_document
from readout_diff.loaders.loading import load
from readout_diff.loaders.records import read_records
from readout_diff.loaders.text import read_statement, read_text
from readout_diff.passages import Passage, sentence_spans
from readout_diff.readout import Readout, Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

sys.path.insert(0, str(Path(__file__).parents[1]))
from fuzz.mutating import mutated
from fuzz.targets import TARGETS, assembled_pdf

SENTENCE = "The President spoke with the Chancellor about Ukraine and agreed to stay in touch. "
# Of processor time; where coverage watches every line, the same takes some three times as long.
SECONDS = 15 if "coverage" in sys.modules else 5


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of guessed encodings: not what is tested here
        start = time.process_time()
        yield
        assert time.process_time() - start < SECONDS


def read(data: bytes, kind: str) -> object:
    find_format(data, f"a.{kind}")
    return read_statement(read_document(data, "a", kind))


def page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("number", range(0, 50, 2))
def test_a_mutated_seed_is_read_or_refused(name: str, number: int) -> None:
    target = TARGETS[name]
    try:
        target.read(mutated(target.seeds(), target.pieces, 0, number))
    except ReadoutDiffError as error:
        assert "\n" not in str(error)  # noqa: PT017


FAST = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", TARGETS)
def test_what_hypothesis_makes_is_read_or_refused(name: str) -> None:
    @FAST
    @given(TARGETS[name].strategy)
    def check(data: bytes) -> None:
        try:
            TARGETS[name].read(data)
        except ReadoutDiffError as error:
            assert "\n" not in str(error)  # noqa: PT017

    check()


LIMITED: dict[str, tuple[str, Callable[[], object]]] = {
    "50 MB of text": ("text_characters", lambda: read(SENTENCE.encode() * 600_000, "text")),
    "one sentence of 5 MB": ("text_characters", lambda: read_text("word " * 1_000_000)),
    "200,000 lines": ("text_lines", lambda: read_text("word\n" * 200_000)),
    "a long article": ("article_characters", lambda: split_article(SENTENCE * 3_000)),
    "an article of lines": ("article_lines", lambda: split_article("word\n" * 6_000)),
    "40,000 levels": ("html_depth", lambda: read(page("<div>" * 40_000 + SENTENCE), "html")),
    "100,000 elements": ("html_elements", lambda: read(page("<p>a" * 100_000), "html")),
    "100,000 attributes": ("html_tag_attributes", lambda: read(page(f"<p {' '.join(f'a{i}=1' for i in range(100_000))}>"), "html")),
    "11 MB page": ("html_characters", lambda: read(page("a" * 11_000_000), "html")),
    "deep JSON": ("json_depth", lambda: read_records("[" * 100_000, "a")),
    "deep JSON Lines": ("json_depth", lambda: read_records('{"text": "a"}\n{"text": ' + "[" * 100_000, "a")),
    "11 MB of JSON": ("json_bytes", lambda: read_records("[" + "1," * 5_500_000, "a")),
    "PDF bomb": ("pdf_bytes", lambda: read(pdf(b"BT (a) Tj ET\n" * 2_000_000), "pdf")),
    "PDF of drawings": ("pdf_operations", lambda: read(pdf(b"q Q " * 150_000), "pdf")),
    "PDF of 2,000 pages": ("pdf_pages", lambda: read(pdf(b"BT (a) Tj ET", pages=2_000), "pdf")),
    "DOCX bomb": ("docx_bytes", lambda: read(docx(b" " * 130_000_000), "docx")),
    "DOCX of one huge part": ("docx_xml_bytes", lambda: read(docx(b" " * 30_000_000), "docx")),
    "DOCX of parts": ("docx_parts", lambda: read(docx(b"", parts=3_000), "docx")),
    "DOCX of elements": ("docx_elements", lambda: read(docx(b"<w:p/>" * 250_000), "docx")),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITED)
def test_too_much_is_refused_by_the_name_of_the_limit(name: str) -> None:
    limit, act = LIMITED[name]
    with pytest.raises(LoadError, match=limit):
        act()


def test_a_file_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(10**11)
    with pytest.raises(LoadError, match="file_bytes"):
        load(path)


def pdf(content: bytes, pages: int = 1) -> bytes:
    packed = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + b"3 0 R " * pages + b"]/Count %d>>" % pages,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    return assembled_pdf(objects)


def docx(body: bytes, *, parts: int = 0, prolog: bytes = b"") -> bytes:
    import docx as library

    buffer, out = io.BytesIO(), io.BytesIO()
    library.Document().save(buffer)
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = prolog + b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (
                    space,
                    body,
                )
            new.writestr(name, content)
        for number in range(parts):
            new.writestr(f"../../evil{number}", b"")
    return out.getvalue()


def test_an_archive_of_a_version_nobody_reads_is_refused() -> None:
    data = docx(b"<w:p><w:r><w:t>They spoke at length.</w:t></w:r></w:p>")
    entry = data.index(b"PK\x01\x02")
    with pytest.raises(LoadError, match="damaged archive"):
        read(data[: entry + 6] + b"\xff" + data[entry + 7 :], "docx")


LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'haha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12)
) + b"<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"  # fmt: skip


def test_entities_of_a_word_document_are_not_resolved() -> None:
    body = b"<w:p><w:r><w:t>They spoke at length.%s</w:t></w:r></w:p>"
    try:
        text = read_document(docx(body % b"&a11;&x;", prolog=LAUGHS), "a", "docx").source
    except LoadError:
        text = ""
    assert "haha" not in text
    assert len(text) < 1_000


def test_nothing_of_an_archive_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = docx(b"<w:p><w:r><w:t>They spoke at length.</w:t></w:r></w:p>", parts=3)
    assert read_document(data, "a", "docx").source == "They spoke at length."
    assert list(tmp_path.iterdir()) == []


SLOW_TEXTS = {
    "brackets": "[" * 100_000, "links": "[a](" * 40_000, "images": "![" * 60_000, "comments": "<!--" * 20_000,
    "tags": "<a " * 100_000, "stars": "*a " * 40_000, "ticks": "`a" * 100_000, "quoted": "> " * 200_000,
    "accents": "a" + "\u0301" * 200_000, "soft hyphens": "a\u00ad" * 60_000, "overrides": "a\u202e" * 60_000,
    "gaps": "a." + (" \t" * 30_000 + "b") * 3, "no words": "." * 500_000, "one word": "a" * 500_000, "spaces": "a" + " " * 500_000 + "b.",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["text", "markdown"])
@pytest.mark.parametrize("name", SLOW_TEXTS)
def test_no_text_takes_the_square_of_its_length(name: str, kind: str) -> None:
    try:
        read(SLOW_TEXTS[name].encode(), kind)
    except LoadError as error:
        assert "\n" not in str(error)  # noqa: PT017


@pytest.mark.parametrize("unit", ["“a ", "(", "word\n", "The White House said: “", "The White House said in a statement:\n\n",
                                  "“One two three four five six seven eight nine ten eleven twelve thirteen.\n", "President A. "])  # fmt: skip
def test_no_article_takes_the_square_of_its_length(unit: str) -> None:
    split_article((unit * (20_000 // len(unit)))[:20_000])


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a b " * 60_000, "两" * 300_000, "\u0301" * 500_000])
def test_language_sentences_and_topics_of_a_huge_text(text: str) -> None:
    identify(text)
    sentence_spans(text, "en")
    tag_topics([Passage("a", 0, Span(0, len(text)), text, "en")], load_scheme())


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800 They spoke.", "\x1b[31mThey spoke.", "\u202eThey spoke.", "\ufeffThey spoke."]
)
def test_odd_characters_are_left_out_of_the_text(text: str) -> None:
    assert not set(Readout.from_text(text + " They agreed.").text) & set("\x00\ud800\x1b\u202e\ufeff")


@pytest.mark.parametrize(
    "encoding", ["idna", "punycode", "undefined", "unicode_escape", "rot13", "zlib", "a\0b", "", "x" * 999]
)
def test_a_codec_that_is_no_encoding_is_named(encoding: str) -> None:
    with pytest.raises(LoadError, match="unknown encoding"):
        decode(b"They spoke.", "a", encoding)


def test_an_encoding_is_guessed_in_time() -> None:
    assert decode("Президент сообщил. ".encode("cp1251") * 400_000, "a").startswith("Президент")


@pytest.mark.parametrize(
    "text", ["1" * 10_000, '{"text": ' + "1" * 10_000 + "}", '{"text": "a"}\n' + "1" * 10_000]
)
def test_a_number_of_thousands_of_digits(text: str) -> None:
    with pytest.raises(LoadError):
        read_records(text, "a")


SCHEMES = {
    "deep brackets": "'" + "(" * 900 + "a" + ")" * 900 + "'",
    "alternatives": "'" + "(a|b)" * 150 + "'",
    "two large places": "'" + f"({'|'.join('abcdefghij' * 5)})" * 2 + "'",
    "wordings": f"'{' '.join(['(a|b|c)'] * 16)}'",
    "many wordings": ",".join(f"'{' '.join(['(a|b|c)'] * 10)} {i}'" for i in range(200)),
    "many alternatives": ",".join(f"'{'(a|b)' * 9}{i}'" for i in range(1_000)),
    "cues": ",".join(["'a'"] * 5_000),
    "a long cue": "'" + "a" * 1_500 + "'",
}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_that_explodes_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"[topics.x]\nlabels.en = 'X'\ncues.en = [{SCHEMES[name]}]\n", "utf-8")
    with pytest.raises(SchemeError, match=r"the limit \w+ is"):
        load_scheme(path)


@pytest.mark.parametrize(
    "toml", ["a." * 100_000 + "b = 1", "a = " + "[" * 100_000, "a = " + "9" * 100_000, "\x00", "a" * 500_000]
)
def test_a_scheme_that_is_no_scheme(toml: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(toml, "utf-8")
    with pytest.raises(SchemeError):
        load_scheme(path)


def test_gaps_in_a_dense_text_are_matched_in_time(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f"[topics.x]\nlabels.en = 'X'\ncues.en = ['{' .. '.join(['the'] * 8)}']\n", "utf-8")
    text = "the " * 1_500
    assert tag_topics([Passage("a", 0, Span(0, len(text)), text, "en")], load_scheme(path))


# What fuzzing found, each as it was
FINDS = {
    "two roots": b"<!DOCTYPE html><html>x<head><title>R</title></head><body>\n<a class='skip'>a</a><div class=menu>b</div></body>",
    "a comment alone": b"<!-- <p> -->",
    "a comment behind the page": b"<html><body><p>They spoke.</p></body></html><!-- x -->",
    "a codec of no text": b"<html><meta charset=undefined><body>\xffThey spoke.",
}


@pytest.mark.parametrize("name", FINDS)
def test_what_fuzzing_found(name: str) -> None:
    try:
        read(FINDS[name], "html")
    except LoadError as error:
        assert "\n" not in str(error)  # noqa: PT017


def test_records_pass_brackets_in_strings() -> None:
    text = json.dumps([{"text": '[[{"' * 200}])
    assert read_records(text, "a") == json.loads(text)


def test_any_text_splits_without_loss() -> None:
    @FAST
    @given(st.text())
    def check(text: str) -> None:
        spans = sentence_spans(text, "en")
        covered = {i for span in spans for i in range(span.start, span.end)}
        assert all(char.isspace() or i in covered for i, char in enumerate(text))

    check()
