"""Scheme files: reading them from TOML with every value checked."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from readout_diff.errors import SchemeError
from readout_diff.topics.cues import parse_cue
from readout_diff.topics.scheme import Topic, TopicScheme

# A scheme may come from anyone: these bounds keep a hostile file from exhausting time or memory.
MAX_FILE_BYTES = 2_000_000
MAX_TOPICS = 500
MAX_CUES = 4_000
MAX_TEXT = 2_000

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
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
    if len(tables) > MAX_TOPICS:
        raise SchemeError(f"{where}: a scheme has at most {MAX_TOPICS} topics, not {len(tables)}")
    shared = {key: _cues_by_lang(content.get(key, {}), f"{where}: {key}") for key in _SHARED}
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
            lang: _strings(texts, f"{here}: descriptions.{lang}", MAX_TEXT)
            for lang, texts in _by_lang(table.get("descriptions", {}), f"{here}: descriptions").items()
        }
        parts[topic_id] = {key: _cues_by_lang(table.get(key, {}), f"{here}: {key}") for key in _CUE_KEYS}
    for sibling in sorted(path.parent.glob(f"{path.stem}.*.toml")):
        lang = sibling.name[len(path.stem) + 1 : -len(".toml")]
        if _LANG.fullmatch(lang):
            _read_cue_file(sibling, lang, parts, shared, check)
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
    return _cue_lists(_read(path), path)


def _cue_lists(
    content: Mapping[str, Any], path: Path, *, check: bool = True
) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        name: {
            key: _cues(value, f"{path.name}: [{name}] {key}", check=check)
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
    check: bool,
) -> None:
    """Add the cues of one language from its file."""
    content = _read(path)
    declared = content.get("lang")
    if declared != lang:
        raise SchemeError(f"{path.name}: lang is {declared!r}, the file name says {lang!r}")
    for name, lists in _cue_lists(content, path, check=check).items():
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
        if path.stat().st_size > MAX_FILE_BYTES:
            raise SchemeError(f"{path.name}: a scheme file has at most {MAX_FILE_BYTES} bytes")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SchemeError(f"{path.name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SchemeError(f"{path.name}: is not UTF-8 text (byte {error.start})") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
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


def _cues_by_lang(table: object, where: str) -> dict[str, tuple[str, ...]]:
    return {lang: _cues(value, f"{where}.{lang}") for lang, value in _by_lang(table, where).items()}


def _cues(value: object, where: str, *, check: bool = True) -> tuple[str, ...]:
    """Check a list of cues, each by the grammar."""
    cues = _strings(value, where, MAX_TEXT)
    if len(cues) > MAX_CUES:
        raise SchemeError(f"{where}: at most {MAX_CUES} cues, not {len(cues)}")
    for cue in cues if check else ():
        try:
            parse_cue(cue)
        except SchemeError as error:
            raise SchemeError(f"{where}: cue {cue!r}: {error}") from error
    return cues


def _strings(value: object, where: str, longest: int) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SchemeError(f"{where}: is a list of strings")
    return tuple(_string(item, where, longest) for item in value)


def _string(value: object, where: str, longest: int = 200) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SchemeError(f"{where}: is a text that is not empty")
    if len(value) > longest:
        raise SchemeError(f"{where}: has at most {longest} characters, not {len(value)}")
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
