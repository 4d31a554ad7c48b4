"""The signature of a comparison: one line from which the run can be repeated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Signature:
    """What a comparison was made with.

    `embedders` are "model@revision" (the line says "none" where there is none), `pipelines` one spaCy pipeline
    a language and the names of a segmenter and a tagger of the caller's, `scheme` is "id@version+checksum",
    `topics` says by what passages were tagged ("cues", "cues+checksum of the topic model" or "own"),
    `alignment` names the link model and the checksum of its parameters; a model that starts with "any" was
    not calibrated for the embedders in use.

    Source: sacreBLEU (Post 2018, "A Call for Clarity in Reporting BLEU Scores"), which prints such a line
    with every score.

    Example:
        >>> str(Signature("0.1.0", ("en", "de"), ("e5@0.3.0",), ("en_core_web_sm@3.8.0",), "diplomacy@1", "x", "free"))
        'readout_diff:0.1.0|lang:en-de|embedder:e5@0.3.0|pipeline:en_core_web_sm@3.8.0|scheme:diplomacy@1|topics:cues|alignment:x|order:free'
    """  # noqa: E501

    version: str
    languages: tuple[str, ...]
    embedders: tuple[str, ...]
    pipelines: tuple[str, ...]
    scheme: str
    alignment: str
    order: str
    topics: str = "cues"

    def __str__(self) -> str:
        parts = (
            ("readout_diff", self.version),
            ("lang", "-".join(self.languages)),
            ("embedder", "+".join(self.embedders) or "none"),
            ("pipeline", "+".join(self.pipelines)),
            ("scheme", self.scheme),
            ("topics", self.topics),
            ("alignment", self.alignment.replace("|", "+")),  # the line has bars of its own
            ("order", self.order),
        )
        return "|".join(f"{name}:{value}" for name, value in parts)


@cache  # reading the metadata of a package takes some milliseconds
def version_of(package: str) -> str:
    """Return the version of an installed package.

    Example:
        >>> version_of("readout-diff")
        '0.1.0'
    """
    from importlib.metadata import version  # half as long to import as all of this package

    return version(package)
