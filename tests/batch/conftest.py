from __future__ import annotations

from pathlib import Path

import pytest

SUBJECTS = (
    "Iran",
    "Ukraine",
    "NATO",
    "climate",
    "trade",
    "energy",
    "Syria",
    "Korea",
    "sanctions",
    "visas",
    "gas",
)


def texts(number: int) -> tuple[str, str]:
    """Return two short accounts of a call; each number has its own."""
    one, two = SUBJECTS[number % len(SUBJECTS)], SUBJECTS[(number + 4) % len(SUBJECTS)]
    return (
        f"The presidents spoke about {one}. They agreed on point {number}. They will meet again.",
        f"They discussed {one} at length. The ministers also spoke about {two}.",
    )


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """Return a table of seven pairs, the fourth of which cannot be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = ["id,a,b,lang_a,lang_b"]
    for number in range(7):
        rows.append(f"call {number},{number}a.txt,{number}b.txt,en,en")
        if number != 3:
            for side, text in zip("ab", texts(number), strict=True):
                (folder / f"{number}{side}.txt").write_text(text, "utf-8")
    path = folder / "pairs.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path
