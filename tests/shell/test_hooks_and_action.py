"""The pre-commit hooks and the action for GitHub, run as those programs run them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import paths
from support.commands import done
from support.newsrooms import git, quiet_git
from transflow.cli.commands.check import check
from transflow.findings import formats

ROOT = paths.ROOT
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STORY = "un-china-refugees"
WITH_TRANSFLOW = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def committed(folder: Path) -> Path:
    git(folder, "init", "-q")
    git(folder, "config", "user.email", "office@example.org")
    git(folder, "config", "user.name", "mina")
    (folder / ".gitignore").write_text(".transflow/\nbuild/\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "begin")
    return folder


# Hooks


def hook(name: str) -> dict[str, Any]:
    return next(each for each in HOOKS if each["id"] == name)


def test_hooks_have_what_pre_commit_asks_for() -> None:
    for each in HOOKS:
        assert {"id", "name", "entry", "language"} <= each.keys()
        assert each["language"] == "python", "pre-commit installs the repository, which has a pyproject.toml"
        assert re.search(each["files"], "locales/en/reports/2024/un-letter.po")
        assert not re.search(each["files"], "README.md")
    config = yaml.safe_load(
        re.sub(r"(?m)^# ?", "", "\n".join((ROOT / ".pre-commit-hooks.yaml").read_text().split("\n")[2:8]))
    )
    used = [each["id"] for repo in config["repos"] for each in repo["hooks"]]
    assert used == [each["id"] for each in HOOKS]


def install(folder: Path, name: str) -> None:
    """Install the hook's entry, which pre-commit would run, as a git hook."""
    path = folder / ".git/hooks/pre-commit"
    path.write_text(
        f"#!/bin/sh\nPATH={shlex.quote(WITH_TRANSFLOW['PATH'])}\nexec {hook(name)['entry']}\n", encoding="utf-8"
    )
    path.chmod(0o755)


def commit(folder: Path) -> subprocess.CompletedProcess[str]:
    git(folder, "add", "-A")
    return subprocess.run(
        ["git", "commit", "-m", "work"], cwd=folder, env=quiet_git(), capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", [each["id"] for each in HOOKS])
def test_a_repository_gets_its_first_commit(sample: Path, name: str) -> None:
    git(sample, "init", "-q")
    git(sample, "config", "user.email", "office@example.org")
    git(sample, "config", "user.name", "mina")
    install(sample, name)
    ran = commit(sample)
    assert ran.returncode == 0, ran.stderr


def test_the_gate_s_hook_refuses_a_record_that_is_not_in_order(sample: Path) -> None:
    committed(sample)
    install(sample, "transflow-gate")
    done(sample, "unit", "comment", f"{STORY}#2", "Read.", user="mina")
    assert commit(sample).returncode == 0
    path = sample / "locales/en/reports/un-letter.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("seven refugees", "eight refugees"), encoding="utf-8")
    refused = commit(sample)
    assert refused.returncode == 1
    assert "record.void-approval" in refused.stdout + refused.stderr


def test_the_checks_hook_looks_at_what_changed_only(sample: Path) -> None:
    path = sample / "locales/en/reports/un-letter.po"
    committed(sample)
    done(sample, "unit", "set", "un-letter#4", "The 단체 say so.", user="claire")
    git(sample, "commit", "-qam", "a fault that is there already")
    install(sample, "transflow-check")
    before = path.read_bytes()
    done(sample, "unit", "comment", "un-letter#4", "Read.", user="mina")
    refused = commit(sample).stderr
    assert "untranslated" not in refused
    path.write_bytes(before)
    done(sample, "unit", "set", "un-letter#6", "It came on 3월 11.", user="claire")
    refused_now = commit(sample)
    assert refused_now.returncode == 1
    assert "un-letter#6: error" in refused_now.stdout + refused_now.stderr
    assert "un-letter#4: error: “단체”" not in refused_now.stdout + refused_now.stderr


# The action


def step() -> dict[str, Any]:
    return next(each for each in ACTION["runs"]["steps"] if each.get("id") == "check")


def run_action(folder: Path, output: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's check step as the runner does: inputs in the environment, bash -e."""
    given = {name: each["default"] for name, each in ACTION["inputs"].items()} | inputs
    env = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step()["env"].items()
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step()["run"]],
        cwd=folder,
        env={**quiet_git(), **WITH_TRANSFLOW, **env, "GITHUB_OUTPUT": str(output)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_is_one_that_github_reads() -> None:
    assert {"name", "description", "runs"} <= ACTION.keys()
    assert ACTION["runs"]["using"] == "composite"
    for each in ACTION["runs"]["steps"]:
        assert "uses" in each or {"shell", "run"} <= each.keys()
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert all("${{" not in each.get("run", "") for each in ACTION["runs"]["steps"]), "inputs are no code"
    options = {option for parameter in check.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z][\w-]+", step()["run"])) <= options
    assert set(re.findall(r"--format (\w+)", step()["run"])) <= set(formats.names())


def test_the_action_passes_and_says_so(sample: Path, tmp_path: Path) -> None:
    output, sarif = tmp_path / "output", tmp_path / "found.sarif"
    ran = run_action(sample, output, sarif=str(sarif))
    assert ran.returncode == 0, ran.stderr
    assert output.read_text() == "passed=true\n"
    assert '"version": "2.1.0"' in sarif.read_text(encoding="utf-8")


@pytest.mark.parametrize("since", ["", "HEAD"])
def test_the_action_annotates_and_fails(sample: Path, tmp_path: Path, since: str) -> None:
    committed(sample)
    done(sample, "unit", "set", "un-letter#4", "The 단체, say; so.", user="claire")
    ran = run_action(sample, tmp_path / "output", **{"changed-since": since, "arguments": "--all\n--max-fuzzy 9\n"})
    assert ran.returncode == 1
    assert re.search(
        r"^::error file=locales/en/reports/un-letter\.po,line=\d+,title=en%3Aun-letter#4 ", ran.stdout, re.MULTILINE
    )
    assert (tmp_path / "output").read_text() == "passed=false\n"


def test_options_of_the_action_may_go_over_several_lines(sample: Path, tmp_path: Path) -> None:
    ran = run_action(sample, tmp_path / "output", arguments="--all\n--min 100\n--nonsense\n")
    assert ran.returncode == 2
    assert "--nonsense" in ran.stderr


def test_the_action_fetches_the_history_that_proofs_need(sample: Path, tmp_path: Path) -> None:
    committed(sample)
    for number in (1, 2):
        git(sample, "commit", "-q", "--allow-empty", "-m", str(number))
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{sample}", "shallow")
    fetching = next(each for each in ACTION["runs"]["steps"] if each.get("if") == "inputs.proof-since != ''")
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    for _ in range(2):  # the second time there is nothing to fetch
        environment = {**quiet_git(), "PROJECT": "shallow"}
        subprocess.run([*shell, fetching["run"]], cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert git(tmp_path / "shallow", "rev-list", "--count", "HEAD").strip() == "3"
    ran = run_action(tmp_path / "shallow", tmp_path / "output", **{"proof-since": "HEAD~2"})
    assert ran.returncode == 0, ran.stderr


RECIPES = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "docs" / "trust.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
)


def test_the_recipes_for_hosts_fetch_all_of_history_and_name_what_exists(sample: Path) -> None:
    github, gitlab = map(yaml.safe_load, RECIPES)
    checkout, action = github["jobs"]["proof"]["steps"]
    assert checkout["with"]["fetch-depth"] == 0
    assert set(action["with"]) <= set(ACTION["inputs"])
    assert gitlab["proof"]["variables"]["GIT_DEPTH"] == "0"
    committed(sample)
    command = gitlab["proof"]["script"][-1].replace("origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "HEAD")
    environment = {**quiet_git(), **WITH_TRANSFLOW}
    ran = subprocess.run(["bash", "-c", command], cwd=sample, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_action_fails_on_what_it_cannot_run_on(tmp_path: Path) -> None:
    ran = run_action(tmp_path, tmp_path / "output", project="nowhere", sarif="x.sarif")
    assert ran.returncode == 2
