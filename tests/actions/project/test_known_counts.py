"""Counts that are known from an earlier run: those that counting would give now."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

import pytest

from support.commands import NOW, TEXTS, done
from transflow.actions.project import counting, status
from transflow.actions.project.status import StatusRow, rows
from transflow.project import CatalogRef, Project, cache

DUE = "2024-03-26T05:00:00Z"
FLOOD = CatalogRef("en", "reports", "flood")


@pytest.fixture
def desk(room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with files of last week, whose counts are kept though they are few."""
    monkeypatch.setattr(status, "MANY", 1)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv(cache.OFF, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(room.parent / "caches"))
    age(room)
    return room


def age(folder: Path, seconds: float = 7 * 86400) -> None:
    """Take the times of all files back by so much from now."""
    then = time.time() - seconds
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of catalogs as they are counted."""
    found: list[str] = []

    def noted(text: str, path: str, now: str, data: bytes = b"") -> counting.Counts:
        found.append(path)
        return counting.count(text, path, now, data)

    monkeypatch.setattr(status, "count", noted)
    monkeypatch.setattr(status, "mapped", lambda work, items, *_: map(work, items))
    return found


def report_rows(folder: Path, now: str = NOW) -> list[StatusRow]:
    return [row for row in rows(Project(folder), now) if row.place.folder == "reports"]


def test_an_unchanged_catalog_is_counted_once(desk: Path, counted: list[str]) -> None:
    first = report_rows(desk)
    assert counted == [FLOOD.path]
    assert report_rows(desk) == first
    assert counted == [FLOOD.path]


def test_a_changed_catalog_is_counted_anew(desk: Path, counted: list[str]) -> None:
    report_rows(desk)
    done(desk, "unit", "set", "flood#1", TEXTS[0], user="claire")
    [row] = report_rows(desk)
    assert row.counts.units["untranslated"] == row.counts.total - 1
    assert len(counted) == 2


def test_a_changed_report_is_seen(desk: Path) -> None:
    assert [row.behind for row in report_rows(desk)] == [False]
    path = desk / "sources/flood.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n더 온다.\n", encoding="utf-8")
    assert [row.behind for row in report_rows(desk)] == [True]


def test_a_change_in_the_same_moment_and_of_the_same_size_is_seen(desk: Path, counted: list[str]) -> None:
    path = desk / FLOOD.path
    age(desk, seconds=0)
    report_rows(desk)
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("#. headline\n", "#, fuzzy\n#.\n"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    report_rows(desk)
    assert len(counted) == 2


def test_a_deadline_that_passes_makes_a_unit_overdue(desk: Path, counted: list[str]) -> None:
    path = desk / FLOOD.path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#. headline", f"# @assigned claire due={DUE}\n#. headline"), encoding="utf-8")
    age(desk)
    assert [report_rows(desk, now)[0].counts.overdue for now in ("2024-03-26T04:00:00Z", DUE)] == [0, 0]
    assert len(counted) == 1
    assert [report_rows(desk, now)[0].counts.overdue for now in ("2024-03-26T05:00:01Z", "2098-01-01T00:00:00Z")] == [
        1,
        1,
    ]
    assert len(counted) == 2


def test_a_cache_that_is_broken_counts_as_empty(desk: Path, counted: list[str]) -> None:
    first = report_rows(desk)
    folder = Project(desk).cache
    assert folder
    with sqlite3.connect(folder / "verdicts.db") as database:
        database.execute("UPDATE verdict SET value = '[1]'")
    assert report_rows(desk) == first
    (folder / "verdicts.db").write_bytes(b"junk" * 1000)
    assert report_rows(desk) == first
    assert len(counted) == 3


def test_ci_keeps_none(desk: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert report_rows(desk) == report_rows(desk)
    assert len(counted) == 2
