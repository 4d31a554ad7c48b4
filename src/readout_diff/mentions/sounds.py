"""Sound keys: one spelling for a name in Latin and Cyrillic letters, whoever wrote it down.

A key keeps the consonants, in classes that transliterations mix up (w, v, f; s, z, sh, ts, ch), drops
vowels, and marks an initial vowel. "Belosorow", "Belozorov" and "Белозоров" are all ``BLSRV``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What Cyrillic letters sound like; й, ь, ъ and the vowels are left out.
_CYRILLIC = {
    "б": "B", "в": "V", "г": "G", "ґ": "G", "д": "D", "ж": "S", "з": "S", "к": "K", "л": "L", "м": "M",
    "н": "N", "п": "P", "р": "R", "с": "S", "т": "T", "ф": "V",
    "х": "H", "ц": "S", "ч": "S", "ш": "S", "щ": "S",
}  # fmt: skip
_CYRILLIC_VOWELS = "аеёиоуыэюяіїєй"
_LATIN = {
    "b": "B", "d": "D", "f": "V", "g": "G", "h": "H", "k": "K", "l": "L", "m": "M", "n": "N", "p": "P",
    "q": "K", "r": "R", "s": "S", "t": "T", "v": "V", "w": "V", "x": "S", "z": "S", "c": "K",
}  # fmt: skip
# Letter groups, the longest first; a language's own groups go before these.
_GROUPS = (
    ("schtsch", "S"), ("shch", "S"), ("tsch", "S"), ("tch", "S"), ("dsch", "S"), ("dzh", "S"), ("sch", "S"),
    ("kh", "H"), ("ph", "V"), ("sh", "S"), ("zh", "S"), ("ts", "S"), ("tz", "S"), ("th", "T"), ("ck", "K"),
    ("gh", "G"), ("ng", "N"), ("dj", "S"), ("cz", "S"), ("sz", "S"), ("gn", "N"),
)  # fmt: skip
_BY_LANG = {
    "de": (("ch", "H"), ("j", "")),
    "pl": (("ch", "H"), ("rz", "S"), ("j", "")),
    "tr": (("c", "S"), ("j", "S")),
    "it": (("sci", "S"), ("gli", "L"), ("j", "")),
    "es": (("ch", "S"), ("j", "H")),
}
_COMMON = (("ch", "S"), ("j", "S"))
_SOFT_C = re.compile("c(?=[eiy])")
_SILENT_H = re.compile("(?<=[aeiou])h(?=[lmnr])")
# Case endings of Slavic surnames and given names, and the genitive s of German.
_CYRILLIC_ENDING = re.compile(
    r"(?<=[а-яёіїєґ]{3})(ого|ому|ему|ами|ями|ыми|ими|ой|ою|ей|ею|ым|им|ом|ем|ам|ям|ый|ий|ая|ую|ові|еві|[аяуюыиеоій])$"
)


@lru_cache(maxsize=4096)
def sound_key(name: str, lang: str = "en") -> str:
    """Return the sound key of one word of a name.

    Args:
        name: a word in Latin or Cyrillic letters, in any case of the language.
        lang: the language it is written in, for letters that languages read differently.

    Returns:
        Capital letters, A for an initial vowel; "" for another script.

    Example:
        >>> sound_key("Belosorow", "de"), sound_key("Белозоровым", "ru"), sound_key("Belozorov", "en")
        ('BLSRV', 'BLSRV', 'BLSRV')
    """
    word = name.lower()
    if re.search("[а-яёіїєґ]", word):
        return _cyrillic(_CYRILLIC_ENDING.sub("", word))
    if not re.search("[a-z]", word):
        return ""
    word = word.replace("ç", "ch" if lang == "tr" else "s").replace("ş", "sh").replace("š", "sh")
    word = word.replace("č", "ch").replace("ć", "ch").replace("ž", "zh").replace("ł", "l").replace("ß", "ss")
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if lang == "de" and len(word) > 4 and re.search(r"[^sxz]s$", word):
        word = word[:-1]
    return _latin(word, lang)


def _cyrillic(word: str) -> str:
    """Return the key of a word in Cyrillic letters."""
    word = re.sub("^у(?=[иэ])", "в", word).replace("дж", "ж").replace("нг", "н")
    key = "".join(_CYRILLIC.get(letter, "") for letter in word)
    return _finish(key, starts_with_vowel=word[:1] in _CYRILLIC_VOWELS)


def _latin(word: str, lang: str) -> str:
    """Return the key of a word in Latin letters."""
    starts_with_vowel = word[:1] in "aeiouy" or (word[:1] == "j" and lang in ("de", "pl"))
    word = _SILENT_H.sub("", _SOFT_C.sub("s", word))
    groups = (*_GROUPS, *_BY_LANG.get(lang, _COMMON))
    key = ""
    position = 0
    while position < len(word):
        for letters, sound in groups:
            if word.startswith(letters, position):
                key += sound
                position += len(letters)
                break
        else:
            key += _LATIN.get(word[position], "")
            position += 1
    return _finish(key, starts_with_vowel=starts_with_vowel)


def _finish(key: str, *, starts_with_vowel: bool) -> str:
    """Write doubled consonants once and mark a name that begins with a vowel."""
    return ("A" if starts_with_vowel else "") + re.sub(r"(.)\1+", r"\1", key)
