"""What docs/corrections.md and docs/git.md show is typed from top to bottom, and works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from commands import transflow
from newsrooms import git
from test_docs import ROOT, shown_commands
from transflow.model import Conflict
from transflow.po.notes import KEYS
from transflow.project import Project

OTHER = Conflict("leejin", "2022-03-25T12:00:00Z", "Both signed it.")


@pytest.fixture
def newsroom(sample: Path) -> Path:
    """The sample in git, its story under the name that the documents use."""
    assert transflow(sample, "mv", "un-china-refugees", "un-story", user="mina").code == 0
    git(sample, "init", "--quiet")
    git(sample, "config", "user.email", "mina@example.org")
    git(sample, "config", "user.name", "Mina")
    git(sample, "add", "--all")
    git(sample, "commit", "--quiet", "-m", "begin")
    return sample


def lines_of(document: str) -> list[str]:
    found = [line for name, line in shown_commands() if name == document]
    assert len(found) > 5
    return found


def give_two_texts(folder: Path) -> None:
    """un-letter#4 gets the second text of which docs/git.md tells."""
    project = Project(folder)
    place = project.place("un-letter")
    unit_id = project.load(place).units[3].id
    project.change(
        place,
        lambda catalog: catalog.changing(
            unit_id, lambda unit: unit.having(conflicts=(OTHER,), fuzzy=True, approved=None)
        ),
    )


def test_corrections(newsroom: Path) -> None:
    opaque = "p-0000"
    for line in lines_of("corrections.md"):
        words = [re.sub(r"p-7k2m", opaque, word) for word in shlex.split(line)[1:]]
        ran = transflow(newsroom, *words, user="mina", stdin="Su Bo Bae")
        assert ran.code == 0, f"{line}: {ran.err}"
        if found := re.search(r"The person is (p-\w+) now", ran.out):
            opaque = found[1]
    assert transflow(newsroom, "check", "--all").code in (0, 1)
    assert "Su Bo Bae" not in "".join(path.read_text(encoding="utf-8") for path in (newsroom / "locales").rglob("*.po"))


def test_git(newsroom: Path) -> None:
    for line in lines_of("git.md"):
        if "unit resolve" in line:
            give_two_texts(newsroom)
        ran = transflow(newsroom, *shlex.split(line)[1:], user="claire")
        assert ran.code == 0, f"{line}: {ran.err}"
    assert Project(newsroom).load(Project(newsroom).place("un-letter")).units[3].conflicts == ()


def test_every_note_of_a_unit_has_its_row() -> None:
    text = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if not re.search(rf"`# @{key}[ `]", text)] == []


def test_everything_that_repair_mends_is_told() -> None:
    text = (ROOT / "docs/git.md").read_text(encoding="utf-8")
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/transflow/mend").glob("*.py"))
    found = set(re.findall(r"record\.[a-z-]+", sources))
    assert len(found) > 8
    assert sorted(name for name in found if name not in text) == []
