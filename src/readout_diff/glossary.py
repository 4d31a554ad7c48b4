"""The glossary: English keys by which content words of several languages are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from readout_diff.errors import SchemeError
from readout_diff.lemmas import lemma_of

_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_NOTHING = "-"
# German parts of compounds; shorter ones are endings more often than words.
_SHORTEST_PART = 4
_LINKS = ("", "s", "es", "n", "en")


@cache
def glossary_languages() -> frozenset[str]:
    """Return the codes of the languages with a glossary."""
    return frozenset(
        entry.name.removesuffix(".tsv")
        for entry in (files("readout_diff") / "data" / "glossary").iterdir()
        if entry.name.endswith(".tsv")
    )


@cache
def load_glossary(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Return the English keys of the words of a language; a word that tells nothing has none.

    Args:
        lang: One of `glossary_languages()`.

    Returns:
        Keys by base form in lower case (Chinese: by word).

    Raises:
        SchemeError: If the language has no glossary.

    Example:
        >>> load_glossary("de")["waffenstillstand"]
        ('ceasefire',)
    """
    if lang not in glossary_languages():
        known = ", ".join(sorted(glossary_languages()))
        raise SchemeError(f"no glossary of language {lang!r}; there is one of {known}")
    text = (files("readout_diff") / "data" / "glossary" / f"{lang}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {word: () if keys == _NOTHING else tuple(keys.split()) for word, keys in rows}


class Rarity(dict[str, float]):
    """How much each key tells, in nats; one that is left out tells as much as the rarest."""

    def __missing__(self, key: str) -> float:
        return self._most

    @cached_property
    def _most(self) -> float:
        return max(self.values(), default=1.0)


@cache
def telling_keys() -> Rarity:
    """Return how much each key tells: the logarithm of its rarity in sentences of official statements.

    Source:
        Spärck Jones 1972, "A statistical interpretation of term specificity" (inverse document frequency).
    """
    text = (files("readout_diff") / "data" / "rarity.tsv").read_text(encoding="utf-8")
    return Rarity((key, float(value)) for key, value in (line.split("\t") for line in text.splitlines()))


@lru_cache(maxsize=4096)  # alignment and reports ask for the same passages
def terms_of(text: str, lang: str) -> frozenset[str]:
    """Return the English keys of the content words of a text.

    A word the glossary does not know stands for itself, in its base form.

    Args:
        text: The text.
        lang: One of `glossary_languages()`.

    Raises:
        SchemeError: If the language has no glossary.

    Example:
        >>> sorted(terms_of("Der Waffenstillstand wurde verlängert.", "de"))
        ['ceasefire', 'extend']
    """
    load_glossary(lang)  # refuses a language without one, whatever the text
    found = _cut(text, lang) if lang == "zh" else (_keys(word, lang) for word in _WORD.findall(text))
    return frozenset(key for keys in found for key in keys)


@lru_cache(maxsize=65_536)
def _keys(word: str, lang: str) -> tuple[str, ...]:
    glossary = load_glossary(lang)
    # Russian is printed with and without the dots of ё; the tables have none.
    as_written, lemma = (form.lower().replace("ё", "е") for form in (word, lemma_of(word, lang)))
    for form in (as_written, lemma):
        if form in glossary:
            return glossary[form]
    if lang == "de":
        first_cut = max(_SHORTEST_PART, len(lemma) - _longest(lang))
        for cut in range(len(lemma) - _SHORTEST_PART, first_cut - 1, -1):
            for link in _LINKS:
                first, last = lemma[:cut].removesuffix(link), lemma[cut:]
                if first not in glossary:
                    continue
                # A compound the lemmatizer does not know keeps the ending of its last part.
                for part in (last, lemma_of(last, lang).lower()):
                    if part in glossary:
                        return (*glossary[first], *glossary[part])
    return (lemma,) if len(lemma) > 2 else ()


@cache
def _longest(lang: str) -> int:
    """Return the length of the longest word of a glossary."""
    return max(map(len, load_glossary(lang)), default=1)


def _cut(text: str, lang: str) -> Iterator[tuple[str, ...]]:
    """Cut Chinese at the longest words the glossary knows."""
    glossary, longest = load_glossary(lang), _longest(lang)
    for run in _HAN.findall(text):
        start = 0
        while start < len(run):
            for end in range(min(len(run), start + longest), start, -1):
                if run[start:end] in glossary:
                    yield glossary[run[start:end]]
                    break
            else:
                end = start + 1
            start = end
