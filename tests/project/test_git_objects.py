"""Objects of git, read by one process."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.newsrooms import git
from transflow.project.git_objects import object_reader, objects


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with 300 files of different sizes, the last one larger than a pipe."""
    git(tmp_path, "init", "-q")
    for number in range(300):
        (tmp_path / f"{number}").write_bytes(b"\n\0line\n" * (number if number < 299 else 50_000))
    git(tmp_path, "add", "-A")
    git(tmp_path, "-c", "user.name=mina", "-c", "user.email=mina@example.org", "commit", "-q", "-m", "work")
    return tmp_path


def test_come_in_order_with_every_byte(repository: Path) -> None:
    names = [f"HEAD:./{number}" for number in range(300)]
    found = list(objects(repository, names))
    assert found == [(name, (repository / name.removeprefix("HEAD:./")).read_bytes()) for name in names]


def test_missing_ones_are_empty(repository: Path) -> None:
    assert [data for _, data in objects(repository, ["0" * 40, "HEAD:./1", "HEAD:./nothing", "HEAD:./2"])] == [
        b"",
        b"\n\0line\n",
        b"",
        b"\n\0line\n" * 2,
    ]


def test_can_be_asked_for_again(repository: Path) -> None:
    with object_reader(repository) as reader:
        for number in (3, 299, 4):
            assert dict(reader.read([f"HEAD:./{number}"])) == {
                f"HEAD:./{number}": (repository / f"{number}").read_bytes()
            }


def test_those_that_nobody_takes_keep_no_process_waiting(repository: Path) -> None:
    with object_reader(repository) as reader:
        (name, _) = next(reader.read(f"HEAD:./{number}" for number in range(299, 0, -1)))
    assert name == "HEAD:./299"


def test_outside_git_all_are_missing(tmp_path: Path) -> None:
    assert list(objects(tmp_path, ["HEAD", "HEAD:./1"])) == [("HEAD", b""), ("HEAD:./1", b"")]
