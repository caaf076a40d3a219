"""Committed versions of many files, found in one walk through the history."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from support.newsrooms import git
from transflow.project.git import versions
from transflow.project.git_history import CommittedVersions

WHO = ("-c", "user.name=mina", "-c", "user.email=mina@example.org")
TEXT = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder in a repository, with a merge of two texts, a renamed, and a deleted file."""
    room = tmp_path / "room"
    room.mkdir()
    git(tmp_path, "init", "-q", "-b", "main")

    def commit(**texts: str) -> None:
        for name, text in texts.items():
            (room / name).write_text(text, encoding="utf-8")
        git(room, "add", "-A")
        git(room, *WHO, "commit", "-q", "-m", "work")

    commit(bridge=TEXT, flood=TEXT + "flood\n", letter="first\n")
    git(room, "checkout", "-q", "-b", "other")
    commit(bridge=f"theirs\n{TEXT}", letter="second\n")
    git(room, "checkout", "-q", "main")
    commit(bridge=f"{TEXT}ours\n")
    git(room, *WHO, "merge", "-q", "other", "-m", "merge")
    git(room, "mv", "flood", "river")
    commit(letter="third\n")
    (room / "letter").unlink()
    commit(river=TEXT + "river\n")
    commit(letter="fourth\n")
    return room


@pytest.mark.parametrize(("name", "texts"), [("bridge", 4), ("flood", 1), ("river", 2), ("letter", 4), ("nothing", 0)])
def test_are_those_of_a_log_of_each_file(room: Path, name: str, texts: int) -> None:
    """The log also has merges that took the file of one side."""
    with closing(CommittedVersions(room)) as committed:
        found = dict.fromkeys(committed.texts(name))
    assert list(found) == list(dict.fromkeys(versions(room, name, renamed=True, whole=True)))
    assert len(found) == texts


def test_are_none_outside_git(tmp_path: Path) -> None:
    with closing(CommittedVersions(tmp_path)) as committed:
        assert list(committed.texts("bridge")) == []
