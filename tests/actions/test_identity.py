"""The user of a command, and whose clone it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import contents, new_project, transflow
from support.newsrooms import git
from transflow.actions.identity import identify
from transflow.errors import RefusedError
from transflow.project import Project


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A project in a clone of claire, the only one whose address it has."""
    folder = new_project(tmp_path / "room")
    git(folder, "init", "-q")
    git(folder, "config", "user.email", "Claire@example.org")
    return folder


def test_claire_is_known_by_her_address_and_may_say_who_she_is(clone: Path) -> None:
    assert identify(Project(clone), "").id == identify(Project(clone), "claire").id == "claire"


def test_nothing_is_recorded_in_the_name_of_another_person(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="belongs to claire, so nothing is recorded in the name of mina"):
        identify(Project(clone), "mina")
    monkeypatch.setenv("TRANSFLOW_USER", "mina")
    with pytest.raises(RefusedError, match="act_as = true"):
        identify(Project(clone), "")


def test_looking_in_the_name_of_another_person_is_allowed(clone: Path) -> None:
    assert identify(Project(clone), "mina", records=False).id == "mina"
    assert transflow(clone, "--as", "mina", "queue").code == 0
    assert transflow(clone, "--as", "mina", "assign", "flood", "--to", "claire").code == 1


def test_the_settings_can_allow_it_for_a_shared_computer(clone: Path) -> None:
    text = (clone / "transflow.toml").read_text(encoding="utf-8")
    (clone / "transflow.toml").write_text(text.replace("act_as = false", "act_as = true"), encoding="utf-8")
    assert identify(Project(clone), "mina").id == "mina"


def test_an_address_of_nobody_in_the_project_stands_in_no_ones_way(clone: Path) -> None:
    git(clone, "config", "user.email", "office@example.org")
    assert identify(Project(clone), "mina").id == "mina"
    git(clone, "config", "--unset", "user.email")
    assert identify(Project(clone), "mina").id == "mina"


def test_outside_git_there_is_no_clone_of_anybody(tmp_path: Path) -> None:
    assert identify(Project(new_project(tmp_path / "room")), "mina").id == "mina"


@pytest.mark.parametrize(
    "arguments",
    [
        ("mv", "flood", "deluge", "--dry-run"),
        ("update", "flood", "--dry-run"),
        ("redact", "bridges", "--dry-run"),
        ("person", "protect", "leejin", "--dry-run"),
        ("repair", "--dry-run"),
    ],
    ids=" ".join,
)
def test_a_dry_run_in_the_name_of_another_person_records_nothing_and_is_allowed(
    clone: Path, arguments: tuple[str, ...]
) -> None:
    before = contents(clone)
    assert transflow(clone, "--as", "mina", *arguments).code == 0
    assert contents(clone) == before
