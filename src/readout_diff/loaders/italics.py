"""Which paragraphs of a page are set apart by italics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from readout_diff.loaders.layout import is_prose, word_count
from readout_diff.loaders.traced import Traced, concat

_MOST = 0.7  # share of the running text above which italics set nothing apart
_LONG = 20  # words a single paragraph below an introduction has
# A paragraph from its beginning to its end
_MARKED = re.compile(r"(?P<mark>[*_])(?![*_\s])(?P<keep>[^*_]*[^*_\s])(?P=mark)")


def mark_italics(traced: Traced) -> Traced:
    """Put ``>`` in place of the asterisks or underscores around paragraphs that these set apart.

    Example:
        >>> page = "One. It is long enough, by far.\\n" * 3
        >>> mark_italics(Traced.of(page + "*They met in Rome.*\\n*They talked of Oslo.*")).text[96:]
        '> They met in Rome.\\n> They talked of Oslo.'
    """
    rows = [row for row in re.finditer(r"[^\n]+", traced.text) if row[0].strip()]
    slanted = [_MARKED.fullmatch(row[0].strip()) for row in rows]
    texts = [found["keep"] if found else row[0] for row, found in zip(rows, slanted, strict=True)]
    pieces, last = [], 0
    for number in sorted(italic_quotations(texts, [found is not None for found in slanted])):
        row, found = rows[number], slanted[number]
        pieces += [traced.cut(last, row.start()), Traced("> ", (-1, -1))]
        last = row.start()
        if found is not None:
            start = row.start() + len(row[0]) - len(row[0].lstrip())
            pieces.append(traced.cut(start + found.start("keep"), start + found.end("keep")))
            last = row.end()
    return concat([*pieces, traced.cut(last, len(traced.text))])


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
