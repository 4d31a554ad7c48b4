import re
from pathlib import Path

import pytest

from readout_diff import limits
from readout_diff.errors import LoadError, ReadoutDiffError, SchemeError
from readout_diff.limits import LIMITS, READOUT_PASSAGES, Limit
from readout_diff.loaders.publishers import publisher_table
from readout_diff.passages import split_passages
from readout_diff.readout import Readout

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


def test_a_readout_of_too_many_passages_is_refused_by_the_limit() -> None:
    text = "a.\n" * (READOUT_PASSAGES.most + 1)
    with pytest.raises(LoadError, match="readout_passages") as caught:
        split_passages(Readout("a\nb", text, lang="en"))
    assert "\n" not in str(caught.value)
    assert len(split_passages(Readout("a", text[:300_000], lang="en"))) == 100_000


def test_an_own_table_of_offices_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "offices.toml"
    with path.open("wb") as file:
        file.truncate(10**11)
    with pytest.raises(LoadError, match="publishers_bytes") as caught:
        publisher_table(path)
    assert "\n" not in str(caught.value)


def test_every_limit_is_used_beyond_its_import() -> None:
    source = Path(limits.__file__)
    text = " ".join(p.read_text("utf-8") for p in source.parent.rglob("*.py") if p != source)
    uses = {limit.name: len(re.findall(rf"\b{limit.name.upper()}\b", text)) for limit in LIMITS}
    assert [name for name, times in uses.items() if times < 2] == []
