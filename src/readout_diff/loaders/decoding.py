"""Bytes of a file turned to text."""

from __future__ import annotations

import codecs
import re
import warnings

from readout_diff.errors import LoadError, ReadoutWarning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings still met on government pages, in the order in which a tie is decided.
_LEGACY = (
    "cp1252",
    "cp1251",
    "koi8_r",
    "gb18030",
    "cp1250",
    "cp1254",
    "cp1253",
    "iso8859_5",
    "big5",
    "shift_jis",
    "euc_kr",
)
# Codecs of Python that no file is in; some take time that grows with the square of the length.
_NO_ENCODINGS = frozenset(["idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"])
_SAMPLE = 200_000  # characters an encoding is judged by
_KINDS = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF",
    b"RIFF": "a media file",
    b"OggS": "a media file",
    b"ID3": "a media file",
    b"PK\x03\x04": "a zip archive or office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Turn the bytes of a text file into text.

    UTF-8 and whatever declares itself by a byte order mark is read as such. Anything else is read in the
    legacy encoding in which it makes most sense, with a `ReadoutWarning` that names it.

    Args:
        data: Content of the file.
        name: What to call it in messages.
        encoding: Encoding to use, when it is known.

    Returns:
        The text, without byte order mark.

    Raises:
        LoadError: Empty, no text at all, or not in the encoding given.

    Example:
        >>> decode("Вена".encode(), "a.txt")
        'Вена'
    """
    if not data.strip(b" \t\r\n\x00"):
        raise LoadError(f"{name} is empty; give a file that holds a statement")
    if encoding is not None:
        return _decode_as(data, name, encoding)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, name, codec)
    kind = next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), None)
    if kind is not None and b"\x00" in data[:4096]:
        raise LoadError(f"{name} is {kind}, not text; give a text, Markdown, HTML, PDF, DOCX or JSON file")
    if b"\x00" in data and (codec16 := _utf16_without_mark(data)):
        return _decode_as(data, name, codec16)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not text:
        _refuse_binary(data, name)
        text, codec = _legacy(data, name)
        warnings.warn(f"{name} is not UTF-8; read as {codec}", ReadoutWarning, stacklevel=2)
        return text
    _refuse_binary(data, name)
    return text


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding).name
        if codec in _NO_ENCODINGS:
            raise LookupError(encoding)
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise LoadError(f"{name} is not valid {encoding} (byte {error.start}); save it as UTF-8") from None
    except (LookupError, ValueError):  # a name with a NUL in it is no value to Python
        raise LoadError(
            f"unknown encoding {encoding[:40]!r}; give one such as utf-8, cp1252 or cp1251"
        ) from None


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:2000]
    for codec in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) // 2 * 2].decode(codec, errors="ignore")
        usual = sum(
            1 for char in text if char.isspace() or "!" <= char <= "\u052f" or "\u2010" <= char <= "\u203a"
        )
        if text and usual > 0.95 * len(text):
            return codec
    return None


def _refuse_binary(data: bytes, name: str) -> None:
    head = data[:8192]
    control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b")
    if control > 0.02 * len(head) + 1:
        raise LoadError(
            f"{name} is a binary file, not text; give a text, Markdown, HTML, PDF, DOCX or JSON file"
        )


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    best: tuple[float, str, str] | None = None
    for codec in _LEGACY:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = _plausible(_sample(text))
        if best is None or score > best[0] + 0.02:
            best = (score, text, codec)
    if best is None or best[0] < 0.5:
        raise LoadError(f"{name} is in no encoding this program knows; save it as UTF-8")
    return best[1], best[2]


def _sample(text: str) -> str:
    """Return as much of a text as it takes to judge it, from about where it stops being ASCII."""
    foreign = re.search(r"[^\x00-\x7f]", text)
    start = max(0, foreign.start() - 1000) if foreign else 0
    return text[start : start + _SAMPLE]


def _plausible(text: str) -> float:
    """Judge how much a decoded text looks like one: words in one script, capitals only at their beginning."""
    words = re.findall(r"[^\W\d_]+", text)
    foreign = [word for word in words if not word.isascii()]
    if not foreign:
        return 1.0 - 5 * len(re.findall(_ODD, text)) / len(text)
    good = sum(
        len(word)
        for word in foreign
        if re.fullmatch(r".[^A-ZÀ-ÞА-ЯЁ]*|[A-ZÀ-ÞА-ЯЁ]+", word) and _one_script(word)
    )
    odd = len(re.findall(_ODD, text))
    common = sum(1 for char in "".join(foreign) if char in _COMMON)
    letters = sum(map(len, foreign))
    return good / letters * 0.5 + common / letters * 0.5 - odd / letters


def _one_script(word: str) -> bool:
    return bool(
        re.fullmatch(r"[A-Za-zÀ-ɏ]+|[Ѐ-ӿ]+|[Ͱ-Ͽ]+|[\u3040-\u30ff\u3400-\u9fff]+|[\uac00-\ud7af]+", word)
    )


_ODD = "[\x80-\x9f\ue000-\uf8ff\ufffd¤¦¬±¶¸¨¹¼¾×÷\u2500-\u259f\uff61-\uff9f]"
_COMMON = frozenset(
    "abcdefghijklmnopqrstuvwxyzäöüßéèêàçôîûùâëïœñáíóúãõåæøąćęłńśźżşğıčšžřěů"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉÀŁŚŻ"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИКЛМНОПРСТУФХЧШЭЮЯαάεέηήιίοόυωςστνρλκπμ"
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十"
    "三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样"
    "与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入"
)
