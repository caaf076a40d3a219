"""Workflows for GitHub: pinned actions, minimal permissions, supported Python versions."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from support.paths import ROOT

PATHS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def workflow(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_actions_are_pinned_by_digest_with_their_version_beside(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used
    for action, comment in used:
        own = action == "./"
        assert own or re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action), action
        assert own or re.fullmatch(r" # v\d+\.\d+\.\d+", comment), (action, comment)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_jobs_may_only_read_unless_they_say_more(path: Any) -> None:
    assert workflow(path.name)["permissions"] == {"contents": "read"}


def test_the_matrix_has_the_pythons_and_systems_that_the_package_names() -> None:
    matrix = workflow("ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    named = [
        each.rpartition(" ")[2] for each in PROJECT["project"]["classifiers"] if re.search(r"Python :: 3\.\d", each)
    ]
    assert matrix["python"] == named
    assert [each.partition("-")[0] for each in matrix["os"]] == ["ubuntu", "macos"]


def test_every_make_target_in_a_workflow_exists() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for path in PATHS:
        for target in re.findall(r"run: make (\w+)", path.read_text(encoding="utf-8")):
            assert target in targets


def test_only_the_job_that_publishes_may_ask_for_an_identity() -> None:
    jobs = {(path.name, name): job for path in PATHS for name, job in workflow(path.name)["jobs"].items()}
    assert [key for key, job in jobs.items() if "id-token" in job.get("permissions", {})] == [
        ("release.yml", "publish")
    ]


def test_the_projects_own_hooks_run_the_tools_of_its_environment() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"] for repo in config["repos"] for hook in repo["hooks"]]
    assert entries
    assert all(entry.startswith(".venv/bin/") for entry in entries)
