"""Compare official statements: what both report, what only one mentions, and on what evidence.

Example:
    >>> from readout_diff import compare
    >>> c = compare("They discussed Ukraine. They discussed Iran.", "Thema war die Ukraine.")
    >>> c.only("a").topic.tolist()
    ['iran']
"""

from __future__ import annotations

import lazy_loader

# What is public, and where it is defined, stands in __init__.pyi; a name is imported when it is first used.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
