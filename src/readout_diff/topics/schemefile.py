"""Scheme files: reading them from TOML with every value checked."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

from readout_diff.errors import SchemeError
from readout_diff.limits import (
    SCHEME_ALTERNATIVES,
    SCHEME_BYTES,
    SCHEME_CUES,
    SCHEME_DEPTH,
    SCHEME_NAME,
    SCHEME_STRING,
    SCHEME_TOPICS,
    SCHEME_WORDINGS,
    Limit,
)
from readout_diff.topics.cues import parse_cue
from readout_diff.topics.scheme import Topic, TopicScheme

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
# "a.b.c": the time to read such a key grows with more than the square of its parts
_KEY_PART = r"""(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)[ \t]*+\.[ \t]*+"""
_DEEP_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*+(?:{_KEY_PART}){{{SCHEME_DEPTH.most}}}", re.M)
_LANG = re.compile(r"[a-z]{2,3}")
_SCHEME_KEYS = frozenset({"id", "version", "topics", "masks", "elsewhere"})
_SHARED = ("masks", "elsewhere")
_TOPIC_KEYS = frozenset({"labels", "descriptions", "cues", "weak", "not", "party"})
_CUE_KEYS = ("cues", "weak", "not", "party")


def read_scheme(path: Path, *, check: bool = True) -> TopicScheme:
    """Read a scheme file with the cue files beside it.

    Args:
        path: a TOML file; ``<stem>.<lang>.toml`` in the same folder are its cue files.
        check: whether to parse every cue at once. The package's own are parsed by its tests, and
            otherwise only those of the languages in use.

    Raises:
        SchemeError: what is wrong, and in which file, topic and cue.
    """
    content = _read(path)
    where = path.name
    _known_keys(content, _SCHEME_KEYS, where)
    scheme_id = _string(content.get("id", path.stem), f"{where}: id")
    version = _string(content.get("version", "1"), f"{where}: version")
    tables = content.get("topics")
    if not isinstance(tables, dict) or not tables:
        raise SchemeError(f"{where}: a scheme holds at least one table [topics.<id>]")
    SCHEME_TOPICS.check(len(tables), where)
    size = _Size() if check else None
    shared = {key: _cues_by_lang(content.get(key, {}), f"{where}: {key}", size) for key in _SHARED}
    parts: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    labels: dict[str, dict[str, str]] = {}
    descriptions: dict[str, dict[str, tuple[str, ...]]] = {}
    for topic_id, table in tables.items():
        here = f"{where}: topic {topic_id!r}"
        if not _ID.fullmatch(topic_id):
            raise SchemeError(f"{here}: an id is a lower-case letter, then letters, digits or _")
        if not isinstance(table, dict):
            raise SchemeError(f"{here}: a topic is a table")
        _known_keys(table, _TOPIC_KEYS, here)
        labels[topic_id] = {
            lang: _string(text, f"{here}: labels.{lang}")
            for lang, text in _by_lang(table.get("labels", {}), f"{here}: labels").items()
        }
        descriptions[topic_id] = {
            lang: _strings(texts, f"{here}: descriptions.{lang}")
            for lang, texts in _by_lang(table.get("descriptions", {}), f"{here}: descriptions").items()
        }
        parts[topic_id] = {
            key: _cues_by_lang(table.get(key, {}), f"{here}: {key}", size) for key in _CUE_KEYS
        }
    for sibling in sorted(path.parent.glob(f"{path.stem}.*.toml")):
        lang = sibling.name[len(path.stem) + 1 : -len(".toml")]
        if _LANG.fullmatch(lang):
            _read_cue_file(sibling, lang, parts, shared, size)
    topics = tuple(
        Topic(
            id=topic_id,
            labels=labels[topic_id],
            descriptions=descriptions[topic_id],
            cues=part["cues"],
            weak=part["weak"],
            excluded=part["not"],
            party=part["party"],
        )
        for topic_id, part in parts.items()
    )
    checksum = _checksum(scheme_id, version, topics, shared)
    return TopicScheme(scheme_id, version, topics, checksum, shared["masks"], shared["elsewhere"])


def read_cue_lists(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Read a file of tables of cue lists, each list checked; the key `lang` is left out.

    Raises:
        SchemeError: what is wrong, and in which table and cue.
    """
    return _cue_lists(_read(path), path, _Size())


class _Size:
    """What the cues of a scheme stand for so far: many small ones may be too much as well."""

    def __init__(self) -> None:
        self.alternatives = 0
        self.wordings = 0

    def add(self, cue: str, where: str) -> None:
        """Parse a cue and count it."""
        try:
            places = parse_cue(cue)
        except SchemeError as error:
            raise SchemeError(f"{where}: cue {cue[:100]!r}: {error}") from error
        self.alternatives += sum(map(len, places))
        self.wordings += prod(map(len, places))
        SCHEME_ALTERNATIVES.check(self.alternatives, f"{where}: the scheme")
        SCHEME_WORDINGS.check(self.wordings, f"{where}: the scheme")


def _cue_lists(
    content: Mapping[str, Any], path: Path, size: _Size | None
) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        name: {
            key: _cues(value, f"{path.name}: [{name}] {key}", size)
            for key, value in _table(table, path, name)
        }
        for name, table in content.items()
        if name != "lang"
    }


def _table(table: object, path: Path, name: str) -> list[tuple[str, object]]:
    if not isinstance(table, dict):
        raise SchemeError(f"{path.name}: [{name}] is a table of cue lists")
    return list(table.items())


def _read_cue_file(
    path: Path,
    lang: str,
    parts: dict[str, dict[str, dict[str, tuple[str, ...]]]],
    shared: dict[str, dict[str, tuple[str, ...]]],
    size: _Size | None,
) -> None:
    """Add the cues of one language from its file."""
    content = _read(path)
    declared = content.get("lang")
    if declared != lang:
        raise SchemeError(f"{path.name}: lang is {declared!r}, the file name says {lang!r}")
    for name, lists in _cue_lists(content, path, size).items():
        if name in shared:
            _known_keys(lists, frozenset({"all"}), f"{path.name}: [{name}]")
            shared[name][lang] = shared[name].get(lang, ()) + lists.get("all", ())
            continue
        if name not in parts:
            raise SchemeError(f"{path.name}: topic {name!r} is not in the scheme; known: {', '.join(parts)}")
        _known_keys(lists, frozenset(_CUE_KEYS), f"{path.name}: [{name}]")
        for key, cues in lists.items():
            parts[name][key][lang] = parts[name][key].get(lang, ()) + cues


def _read(path: Path) -> dict[str, Any]:
    """Read a TOML file of bounded size."""
    try:
        with path.open("rb") as file:
            data = file.read(SCHEME_BYTES.most + 1)
        SCHEME_BYTES.check(max(len(data), path.stat().st_size), path.name)
        text = data.decode("utf-8")
        if _DEEP_KEY.search(text):
            SCHEME_DEPTH.check(SCHEME_DEPTH.most + 1, path.name)
        return tomllib.loads(text)
    except OSError as error:
        raise SchemeError(f"{path.name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SchemeError(f"{path.name}: is not UTF-8 text (byte {error.start})") from error
    except (ValueError, RecursionError) as error:  # an integer of thousands of digits is a ValueError
        raise SchemeError(f"{path.name}: is not valid TOML ({error})") from error


def _known_keys(table: Mapping[str, object], known: frozenset[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise SchemeError(f"{where}: unknown key {key!r}; known: {', '.join(sorted(known))}")


def _by_lang(table: object, where: str) -> dict[str, object]:
    if not isinstance(table, dict):
        raise SchemeError(f"{where}: is a table by language, such as en = ...")
    for lang in table:
        if not _LANG.fullmatch(lang):
            raise SchemeError(f"{where}: {lang!r} is no language code of two or three letters")
    return table


def _cues_by_lang(table: object, where: str, size: _Size | None) -> dict[str, tuple[str, ...]]:
    return {lang: _cues(value, f"{where}.{lang}", size) for lang, value in _by_lang(table, where).items()}


def _cues(value: object, where: str, size: _Size | None) -> tuple[str, ...]:
    """Check a list of cues, each by the grammar where a size is kept."""
    cues = _strings(value, where)
    SCHEME_CUES.check(len(cues), where)
    if size is not None:
        for cue in cues:
            size.add(cue, where)
    return cues


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SchemeError(f"{where}: is a list of strings")
    return tuple(_string(item, where, SCHEME_STRING) for item in value)


def _string(value: object, where: str, longest: Limit = SCHEME_NAME) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SchemeError(f"{where}: is a text that is not empty")
    longest.check(len(value), where)
    return value


def _checksum(
    scheme_id: str,
    version: str,
    topics: tuple[Topic, ...],
    shared: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> str:
    """Return twelve hex digits over everything that can change a result."""
    digest = hashlib.sha256()
    for part in (
        scheme_id,
        version,
        repr([(key, sorted(cues.items())) for key, cues in sorted(shared.items())]),
    ):
        digest.update(part.encode())
    for topic in topics:
        fields = (topic.labels, topic.descriptions, topic.cues, topic.weak, topic.excluded, topic.party)
        digest.update(repr((topic.id, *(sorted(part.items()) for part in fields))).encode())
    return digest.hexdigest()[:12]
