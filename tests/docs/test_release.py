"""The version, the changelog, and what is said of supported systems."""

from __future__ import annotations

import re
import tomllib

from support.paths import ROOT
from transflow import __version__

CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
RELEASING = (ROOT / "RELEASING.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_changelog_begins_with_what_is_unreleased_and_the_present_version_with_its_date() -> None:
    heads = re.findall(r"^## (.*)$", CHANGES, re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(__version__)} — \d{{4}}-\d\d-\d\d", heads[1])


def test_every_version_of_python_that_is_promised_is_tested() -> None:
    promised = re.search(r"^- Python ([\d., and]+):", RELEASING, re.MULTILINE)
    assert promised is not None
    versions = re.findall(r"3\.\d+", promised[1])
    matrix = re.search(r'python: \["3[^\]]*\]', WORKFLOW)
    assert matrix is not None
    assert re.findall(r"3\.\d+", matrix[0]) == versions
    assert [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", each)] == versions
    assert PROJECT["requires-python"] == f">={versions[0]}"


def test_the_hooks_of_the_example_are_those_of_the_present_version() -> None:
    assert f"rev: v{__version__}\n" in (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
