"""What the project depends on: versions held, contents held, licences known."""

from __future__ import annotations

import json
import re
import runpy
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import jsonschema
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("test", "dev")}
LOCK = "\n".join(LOCKS.values())
CONSTRAINTS = (ROOT / "constraints.txt").read_text("utf-8")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
LICENCES = (ROOT / "docs" / "reference" / "licences.md").read_text("utf-8")
COPYLEFT = re.compile(r"\b(A?L?GPL|EUPL|OSL|CC-BY-SA|SSPL|CeCILL|GNU)", re.IGNORECASE)


def pins(text: str) -> dict[str, str]:
    """Return the versions by package; a build of a version ("+cpu") is that version."""
    return {canonicalize_name(name): version.partition("+")[0] for name, version in PIN.findall(text)}


def dependencies() -> list[Requirement]:
    """Return what pyproject.toml asks for, the extra of direct references left out."""
    extras = PROJECT["optional-dependencies"]
    lines = PROJECT["dependencies"] + [line for name in extras if name != "models" for line in extras[name]]
    found = [Requirement(line) for line in lines]
    return [r for r in found if r.name != PROJECT["name"]]


@pytest.mark.parametrize("requirement", dependencies(), ids=str)
def test_every_dependency_is_held_at_a_version_that_fits(requirement: Requirement) -> None:
    version = pins(CONSTRAINTS).get(canonicalize_name(requirement.name))
    assert version, f"{requirement.name} is not locked; run `python tools/lock.py`"
    assert requirement.specifier.contains(version)


def test_the_lock_and_the_constraints_are_one_set() -> None:
    held = pins(CONSTRAINTS)
    del held["torch"]  # its build depends on where a machine's pip looks
    assert pins(LOCK) == held, "they differ; run `python tools/lock.py`"


def test_no_package_is_locked_twice_and_the_tests_have_a_lock_of_their_own() -> None:
    assert not pins(LOCKS["test"]).keys() & pins(LOCKS["dev"]).keys()
    assert "-r test.txt" in LOCKS["dev"].splitlines()
    assert {"pytest", "numpy"} <= pins(LOCKS["test"]).keys()
    assert {"ruff", "hatchling"} <= pins(LOCKS["dev"]).keys()


def test_every_locked_package_has_hashes() -> None:
    blocks = [block for block in re.split(r"\n(?=[A-Za-z0-9-])", LOCK) if "==" in block]
    assert len(blocks) == len(pins(LOCK))
    for block in blocks:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", block), block.splitlines()[0]


@pytest.mark.parametrize(
    "name",
    [
        "requirements/test.txt",
        "requirements/dev.txt",
        "constraints.txt",
        ".pre-commit-config.yaml",
        ".ci/run",
    ],
)
def test_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?://|file://|--(extra-)?index-url|--find-links|--trusted-host", text)


def rows() -> dict[str, dict[str, str]]:
    """Return the page of licences: section, package, licence."""
    return {
        section.partition("\n")[0]: dict(
            re.findall(r"^\| ([a-z0-9-]+) \| (.+) \|$", section, re.MULTILINE)[1:]
        )
        for section in LICENCES.split("\n## ")[1:]
    }


def test_nothing_in_the_core_is_copyleft() -> None:
    core = rows()["Core"]
    assert len(core) > len(PROJECT["dependencies"])
    assert {name: said for name, said in core.items() if COPYLEFT.search(said)} == {}
    assert "not declared" not in core.values()
    # File-level, not beyond; the page says so.
    assert {name for name, said in core.items() if "MPL" in said} == {"certifi", "tqdm"}


def test_the_licences_are_those_of_the_dependencies_and_as_declared() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "licences.py"))
    listed = rows()
    everywhere = {name: said for section in listed.values() for name, said in section.items()}
    missing = {canonicalize_name(r.name) for r in dependencies()} - everywhere.keys()
    assert not missing, "run `python tools/licences.py`"
    needed = tool["needed"]([tool["OWN"]])
    assert listed["Core"].keys() <= needed <= everywhere.keys()  # other systems need one or two more
    for name, said in everywhere.items():
        try:
            distribution(name)
        except PackageNotFoundError:
            continue  # of another extra than those installed here
        assert tool["licence"](name) == said, f"{name}: run `python tools/licences.py`"


def test_the_citation_follows_its_schema() -> None:
    citation = yaml.load((ROOT / "CITATION.cff").read_text("utf-8"), yaml.BaseLoader)  # dates stay text
    schema = json.loads((ROOT / "tests" / "data" / "cff-1.2.0.schema.json").read_text("utf-8"))
    jsonschema.validate(citation, schema)
    assert citation["license"] == PROJECT["license"]


def test_the_hooks_need_no_network_and_are_steps_of_the_ci() -> None:
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    steps = (ROOT / ".ci" / "run").read_text("utf-8")
    for hook in repositories[0]["hooks"]:
        assert hook["language"] == "system"
        assert f'step "{hook["name"]}"' in steps
