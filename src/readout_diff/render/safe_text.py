"""Text of others made safe to show: it may be hostile and must stay text."""

from __future__ import annotations

import re

# Overrides and embeddings reorder what the reader sees; isolates and marks stay where the medium
# can contain them (HTML), because right-to-left texts need them.
_BIDI_OVERRIDES = "\u202a-\u202e"
_BIDI_ALL = _BIDI_OVERRIDES + "\u2066-\u2069\u200e\u200f\u061c"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_UNSAFE_IN_HTML = re.compile(f"[{_CONTROLS}{_BIDI_OVERRIDES}]")
_UNSAFE_IN_TERMINAL = re.compile(f"[{_CONTROLS}{_BIDI_ALL}]")
_SPACE = re.compile(r"\s+")


def _visible(match: re.Match[str]) -> str:
    return f"<U+{ord(match.group()):04X}>"


def for_html(text: str) -> str:
    r"""Return `text` with control characters and bidi overrides written out, so that they do nothing.

    It is not yet HTML: the template escapes it.

    Example:
        >>> for_html("a\u202eb\x00")
        'a<U+202E>b<U+0000>'
    """
    return _UNSAFE_IN_HTML.sub(_visible, text)


def for_terminal(text: str) -> str:
    r"""Return `text` on one line, without anything a terminal would act on.

    Escape sequences would move the cursor or write to the clipboard; bidi controls would reorder the
    neighbouring column.

    Example:
        >>> for_terminal("red \x1b[31malert\n\u202eend")
        'red <U+001B>[31malert <U+202E>end'
    """
    return _UNSAFE_IN_TERMINAL.sub(_visible, _SPACE.sub(" ", text).strip())
