from pathlib import Path

import pytest

from readout_diff.errors import LoadError, ReadoutDiffError, SchemeError
from readout_diff.limits import LIMITS, Limit

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "limits.md"


def test_the_page_names_every_limit_as_it_is() -> None:
    rows = [
        line.strip("| ").split(" | ")
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert rows == [[f"`{x.name}`", f"{x.most:,}", x.unit, f"`{x.error.__name__}`"] for x in LIMITS]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_a_limit_holds_what_it_allows_and_names_itself_beyond(limit: Limit) -> None:
    limit.check(limit.most, "a.txt")
    with pytest.raises(limit.error) as caught:
        limit.check(limit.most + 1, "a.txt")
    message = str(caught.value)
    assert "\n" not in message
    assert limit.name in message
    assert f"{limit.most:,}" in message
    assert isinstance(caught.value, ReadoutDiffError)
    assert limit.error in (LoadError, SchemeError)


def test_names_are_unique() -> None:
    assert len({limit.name for limit in LIMITS}) == len(LIMITS) >= 25
