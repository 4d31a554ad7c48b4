"""Which paragraphs of a page are set apart by italics."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from readout_diff.loaders.layout import is_prose, word_count

_MOST = 0.7  # share of the running text above which italics set nothing apart
_LONG = 20  # words a single paragraph below an introduction has


def italic_quotations(texts: Sequence[str], italic: Sequence[bool]) -> frozenset[int]:
    """Find the paragraphs that an author sets in italics because they are somebody else's.

    Several in a row are, and a longer one below a colon; a single one elsewhere is a note or a lead.

    Args:
        texts: The paragraphs of a page.
        italic: Whether each is in italics from its beginning to its end.

    Returns:
        Their positions.

    Example:
        >>> sorted(italic_quotations(["He wrote:", "They met in Rome.", "They talked of Oslo."],
        ...     [False, True, True]))
        []
        >>> page = [*["One. It is long enough, by far."] * 3, "They met in Rome.", "They talked of Oslo."]
        >>> sorted(italic_quotations(page, [False] * 3 + [True] * 2))
        [3, 4]
    """
    found: set[int] = set()
    for slanted, group in groupby(range(len(texts)), key=lambda index: italic[index]):
        run = [index for index in group if slanted and is_prose(texts[index])]
        if not run:
            continue
        introduced = run[0] > 0 and texts[run[0] - 1].rstrip().endswith((":", "："))
        if len(run) > 1 or (introduced and word_count(texts[run[0]]) >= _LONG):
            found.update(range(run[0], run[-1] + 1))
    prose = [index for index, text in enumerate(texts) if is_prose(text)]
    total = sum(len(texts[index]) for index in prose)
    if sum(len(texts[index]) for index in prose if index in found) > _MOST * total:
        return frozenset()
    return frozenset(found)
