"""spaCy factories: the tagging of topics as a pipeline component.

spaCy finds this module through its entry points and loads it when the component is asked for; nothing
else in the package imports it, so spaCy may be imported here.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from readout_diff.passages import Passage, sentence_spans
from readout_diff.readout import Span as Offsets
from readout_diff.topics.scheme import TopicHit, TopicScheme, load_scheme
from readout_diff.topics.tagging import tag_topics

SPANS_KEY = "topics"
DENIED_KEY = "topics_denied"


class TopicsComponent:
    """Fills ``doc.spans["topics"]`` with the words that speak for a topic, labelled with its id.

    A topic that the text reports as not discussed goes to ``doc.spans["topics_denied"]``. Sentences
    are those of the document where it has any, else they are split here.

    Args:
        lang: language code of the documents.
        scheme: the topics.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> _ = nlp.add_pipe("readout_topics")
        >>> doc = nlp("They discussed Ukraine. NATO was not on the agenda.")
        >>> [(span.text, span.label_) for span in doc.spans["topics"]]
        [('Ukraine', 'ukraine')]
        >>> [(span.text, span.label_) for span in doc.spans["topics_denied"]]
        [('NATO', 'nato')]
    """

    def __init__(self, lang: str, scheme: TopicScheme) -> None:
        self.lang = lang
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        """Tag the document in place."""
        hits = tag_topics(self._passages(doc), self.scheme, doc=doc)
        doc.spans[SPANS_KEY] = [_span(doc, hit) for hit in hits if not hit.denied]
        doc.spans[DENIED_KEY] = [_span(doc, hit) for hit in hits if hit.denied]
        return doc

    def _passages(self, doc: Doc) -> list[Passage]:
        if doc.has_annotation("SENT_START"):
            spans = [Offsets(sent.start_char, sent.end_char) for sent in doc.sents]
        else:
            spans = list(sentence_spans(doc.text, self.lang))
        return [Passage("", i, span, span.of(doc.text), self.lang) for i, span in enumerate(spans)]


@Language.factory(
    "readout_topics",
    default_config={"scheme": "diplomacy"},
    assigns=["doc.spans"],
)
def create_topics(nlp: Language, name: str, scheme: str) -> TopicsComponent:
    """Build the component ``readout_topics``.

    Args:
        nlp: the pipeline; its language decides which cues are used.
        name: the name of the component in the pipeline.
        scheme: the name of a built-in scheme or the path of a scheme file.

    Raises:
        UnknownComponentError: no built-in scheme has this name.
        SchemeError: the scheme file is missing or malformed.
    """
    return TopicsComponent(nlp.lang or "und", load_scheme(scheme))


def _span(doc: Doc, hit: TopicHit) -> Span:
    """Return the tokens that a hit touches."""
    span = doc.char_span(hit.span.start, hit.span.end, label=hit.topic_id, alignment_mode="expand")
    assert span is not None  # "expand" always finds tokens for offsets inside the text
    return span
