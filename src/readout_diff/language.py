"""The language of a text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from threading import Thread

from readout_diff.errors import UnsupportedLanguageError
from readout_diff.threads import threads_allowed

# ISO 639-1, and the few three-letter codes in use for languages that have no two-letter one.
_CODES = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig
    ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh
    mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru
    rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug
    uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905 (a hundred and eighty string literals would say no more)
)
_THREE_LETTER = {
    "ara": "ar", "ces": "cs", "chi": "zh", "cze": "cs", "cmn": "zh", "deu": "de", "dut": "nl", "ell": "el",
    "eng": "en", "fas": "fa", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hin": "hi",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "per": "fa", "pol": "pl", "por": "pt", "ron": "ro",
    "rum": "ro", "rus": "ru", "spa": "es", "tur": "tr", "ukr": "uk", "vie": "vi", "yue": "zh", "zho": "zh",
}  # fmt: skip
# Languages a script leaves to choose from: the identifier knows nothing of scripts and errs on short texts.
_BY_SCRIPT = {
    "CYRILLIC": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "ba"),
    "ARABIC": ("ar", "fa", "ur", "ps", "ug", "ku"),
    "HEBREW": ("he",),
    "GREEK": ("el",),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh",),
    "THAI": ("th",),
    "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"),
    "BENGALI": ("bn", "as"),
}
_OTHER_SCRIPTS = frozenset(code for codes in _BY_SCRIPT.values() for code in codes) - {"sr", "ku", "tg", "uz"}
# Letters one Cyrillic alphabet has, and its neighbours have not.
_CYRILLIC_LETTERS = {
    "uk": "їєґ", "be": "ў", "ru": "ыэё", "sr": "ђћџљњј", "mk": "ѓќѕ", "kk": "әғқңұһ", "mn": "өү",
}  # fmt: skip
_BELOW_THIS_UNKNOWN = 0.25
_ENOUGH_LETTERS = 40
_unpacking: Thread | None = None


def normalise_code(code: str) -> str:
    """Bring a language code to its ISO 639-1 form.

    Args:
        code: Any of ``de``, ``DE-de``, ``de_AT``, ``deu``, ``zh-Hant``.

    Returns:
        The two-letter code in lower case.

    Raises:
        UnsupportedLanguageError: The code names no language.

    Example:
        >>> normalise_code("DE-de"), normalise_code("zho")
        ('de', 'zh')
    """
    main = re.split(r"[-_]", code.strip().lower(), maxsplit=1)[0]
    main = _THREE_LETTER.get(main, main)
    if main not in _CODES:
        raise UnsupportedLanguageError(
            f"unknown language {code!r}; give an ISO 639-1 code such as en, de, fr, ru or zh"
        )
    return main


def identify(text: str) -> tuple[str | None, float]:
    """Identify the language of a text.

    Args:
        text: Running text; some forty letters are enough, fewer lower the confidence.

    Returns:
        The ISO 639-1 code and a confidence between 0 and 1; the code is `None` where the text holds too
        little to tell.

    Example:
        >>> identify("Die beiden Präsidenten sprachen über die Lage im Osten.")[0]
        'de'
        >>> identify("1 234")
        (None, 0.0)
    """
    script, letters, share = _main_script(text)
    if not letters:
        return None, 0.0
    # a Han or Hangul character says about as much as two letters
    weight = letters * (2 if script in {"CJK", "HANGUL", "HIRAGANA", "KATAKANA"} else 1)
    sure = share * min(1.0, weight / _ENOUGH_LETTERS)
    candidates = _BY_SCRIPT.get(script)
    if candidates is not None and len(candidates) == 1:
        return candidates[0], round(share * min(1.0, weight / 8), 3)
    if script == "CYRILLIC" and (lang := _by_letters(text)) is not None:
        return lang, round(max(sure, 0.5 * share), 3)
    lang, probability = _most_likely(text, candidates)
    confidence = round(probability * sure, 3)
    return (lang if confidence >= _BELOW_THIS_UNKNOWN else None), confidence


def identify_parts(parts: Sequence[str], lang: str | None) -> tuple[str | None, ...]:
    """Identify the language of every part of a text.

    A part takes the language of the whole unless it is long and clear enough to be known to differ, so that
    one mixed text is handled part by part and short sentences do not flicker between languages.

    Args:
        parts: Passages of one text.
        lang: Language of the text as a whole.

    Returns:
        A code for each part.

    Example:
        >>> identify_parts(["Ja.", "The presidents agreed that their teams will stay in close touch."], "de")
        ('de', 'en')
    """
    found = (identify(part) for part in parts)
    return tuple(code if code is not None and confidence >= 0.9 else lang for code, confidence in found)


def main_script(text: str) -> str:
    """Return the script most letters of a text are written in, as Unicode names it; empty without letters.

    Example:
        >>> main_script("Вена, Wien"), main_script("12")
        ('CYRILLIC', '')
    """
    return _main_script(text)[0]


def _main_script(text: str) -> tuple[str, int, float]:
    scripts: Counter[str] = Counter()
    for char, count in Counter(text).items():
        if char.isalpha():
            scripts[unicodedata.name(char, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]] += count
    total = scripts.total()
    if not total:
        return "", 0, 0.0
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > 0.1 * total:  # Japanese writes its words in Han and its grammar in kana
        return "HIRAGANA", total, round((kana + scripts["CJK"]) / total, 3)
    script, count = scripts.most_common(1)[0]
    return script, count, count / total


def _by_letters(text: str) -> str | None:
    lower = text.lower()
    counts = {lang: sum(lower.count(letter) for letter in own) for lang, own in _CYRILLIC_LETTERS.items()}
    lang, count = max(counts.items(), key=lambda item: item[1])
    rest = sum(counts.values()) - count
    return lang if count >= 2 and rest <= count / 4 else None


def prepare_identifier() -> None:
    """Begin to unpack the identifier's model, half a second's work that holds no interpreter lock."""
    global _unpacking
    if _unpacking is None and threads_allowed() > 1:
        _unpacking = Thread(target=_unpack, name="readout-diff-language")
        _unpacking.start()


def _unpack() -> None:
    import py3langid

    py3langid.rank("")


def _most_likely(text: str, candidates: tuple[str, ...] | None) -> tuple[str, float]:
    if _unpacking is not None:
        _unpacking.join()  # asked in between, the identifier would unpack its model a second time
    import py3langid

    scores = {
        lang: float(score)
        for lang, score in py3langid.rank(text[:20_000])
        if (lang in candidates if candidates else lang in _CODES and lang not in _OTHER_SCRIPTS)
    }
    best = max(scores, key=lambda lang: scores[lang])
    if scores[best] < -1e30:  # what the identifier says when it knows nothing in the text
        return best, 0.0
    return best, 1.0 / sum(math.exp(score - scores[best]) for score in scores.values())
