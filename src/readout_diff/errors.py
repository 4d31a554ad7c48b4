"""Errors a caller can act on.

::

    ReadoutDiffError
    ├── LoadError                 a text could not be read, or is not what it claims to be
    ├── UnsupportedLanguageError  a language that is needed is not supported
    ├── UnknownComponentError     a name (scheme, topic, embedder, format) is not known
    ├── MissingExtraError         an optional dependency is needed and not installed
    └── SchemeError               a topic scheme is malformed

Every message is one line that names what is wrong and what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable


class ReadoutDiffError(Exception):
    """Base class of every error raised on purpose by this package."""


class LoadError(ReadoutDiffError):
    """A text could not be read, or is not what it claims to be."""


class UnsupportedLanguageError(ReadoutDiffError):
    """A language that is needed is not supported."""


class UnknownComponentError(ReadoutDiffError):
    """A name (scheme, topic, embedder, format) is not known."""

    @classmethod
    def of(cls, kind: str, name: str, known: Iterable[str]) -> UnknownComponentError:
        """Build the message "unknown KIND 'NAME'; known: a, b, c"."""
        return cls(f"unknown {kind} {name!r}; known: {', '.join(sorted(known)) or 'none'}")


class MissingExtraError(ReadoutDiffError):
    """An optional dependency is needed and not installed."""


class SchemeError(ReadoutDiffError):
    """A topic scheme is malformed."""


class ReadoutWarning(UserWarning):
    """Something was decided on thin evidence: a doubtful cut, a guessed encoding."""
