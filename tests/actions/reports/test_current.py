"""Catalogs that are up to date with their reports, also those that an earlier run knows."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from support.commands import REPORT
from transflow.actions.reports import current
from transflow.actions.reports.current import CurrentCatalogs
from transflow.project import CatalogRef, Project, cache

FLOOD = CatalogRef("en", "reports", "flood")
SOURCE = "sources/flood.md"


@pytest.fixture
def desk(room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with files of last week, whose results are kept though they are few."""
    monkeypatch.setattr(current, "MANY", 1)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv(cache.OFF, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(room.parent / "caches"))
    age(room)
    return room


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the reports that are examined, not known."""
    found: list[str] = []
    judge = current.is_current

    def noted(project: Project, slug: str, locale: str) -> bool:
        found.append(slug)
        return judge(project, slug, locale)

    monkeypatch.setattr(current, "is_current", noted)
    return found


def age(folder: Path, seconds: float = 7 * 86400) -> None:
    """Take the times of all files back by so much from now."""
    then = time.time() - seconds
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def answer(folder: Path) -> bool:
    catalogs = CurrentCatalogs(Project(folder), 1)
    found = catalogs.has("flood", "en")
    catalogs.save()
    return found


def test_what_is_current_is_examined_once(desk: Path, examined: list[str]) -> None:
    assert [answer(desk), answer(desk)] == [True, True]
    assert examined == ["flood"]


def test_a_changed_report_and_a_changed_catalog_are_examined(desk: Path, examined: list[str]) -> None:
    assert answer(desk)
    (desk / SOURCE).write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    assert not answer(desk)
    (desk / SOURCE).write_text(REPORT, encoding="utf-8")
    age(desk)
    assert answer(desk)
    data = (desk / FLOOD.path).read_bytes()
    (desk / FLOOD.path).write_bytes(data[: len(data) // 2])
    assert not answer(desk)
    (desk / FLOOD.path).unlink()
    assert not answer(desk)
    assert len(examined) == 5


def test_what_is_not_current_is_examined_again(desk: Path, examined: list[str]) -> None:
    (desk / SOURCE).write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    age(desk)
    assert [answer(desk), answer(desk)] == [False, False]
    assert len(examined) == 2


def test_a_change_in_the_same_moment_and_of_the_same_size_is_seen(desk: Path) -> None:
    age(desk, seconds=0)
    assert answer(desk)
    before = (desk / SOURCE).stat()
    (desk / SOURCE).write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    os.utime(desk / SOURCE, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not answer(desk)


def test_few_catalogs_and_ci_keep_nothing(desk: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "MANY", 2)
    assert [answer(desk), answer(desk)] == [True, True]
    monkeypatch.setattr(current, "MANY", 1)
    monkeypatch.setenv("CI", "true")
    assert [answer(desk), answer(desk)] == [True, True]
    assert len(examined) == 4
