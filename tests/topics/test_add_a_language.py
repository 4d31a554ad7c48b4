"""The worked example of docs/how-to/add-a-language.md does what the page says."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import TopicScheme, load_scheme
from readout_diff.topics.tagging import supported_topics, tag_topics

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-language.md"


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> TopicScheme:
    """The built-in scheme with the Dutch cues of the page."""
    block = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    folder = tmp_path_factory.mktemp("scheme") / "my-scheme"
    shutil.copytree(Path(str(files("readout_diff"))) / "data" / "schemes", folder)
    (folder / "diplomacy.nl.toml").write_text(block[1], encoding="utf-8")
    return load_scheme(folder / "diplomacy.toml")


def test_only_the_subjects_of_the_page_are_known_in_dutch(scheme: TopicScheme) -> None:
    expected = ("ukraine", "nato", "iran", "energy", "china_taiwan", "climate")
    assert supported_topics(scheme, "nl") == expected
    assert supported_topics(load_scheme(), "nl") == ()


@pytest.mark.parametrize(
    ("sentence", "topics"),
    [
        ("Zij spraken over de steun aan Oekraïne en over de oostflank.", {"ukraine", "nato"}),
        ("Het gesprek verliep in een klimaat van vertrouwen.", set()),
        ("De doorvoer van gas door Oekraïne gaat door.", {"energy"}),
        ("De territoriale integriteit en een staakt-het-vuren gaan voor.", {"ukraine"}),
    ],
)
def test_sentences(scheme: TopicScheme, sentence: str, topics: set[str]) -> None:
    opening = "De minister-president sprak met president Kessler."
    start = len(opening) + 1
    passages = [
        Passage("r", 0, Span(0, len(opening)), opening, "nl"),
        Passage("r", 1, Span(start, start + len(sentence)), sentence, "nl"),
    ]
    assert {h.topic_id for h in tag_topics(passages, scheme)} == topics
