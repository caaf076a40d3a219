"""Entries of the index that follow a saved catalog, and what never enters it."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import TEXTS, new_project
from support.stories import actor
from transflow.actions.units import steps
from transflow.memory.index import Index
from transflow.model.unit import Act
from transflow.project import CatalogRef, Project, index_sync
from transflow.project.stamps import file_stamp
from transflow.report.front import NEVER

FLOOD = CatalogRef("en", "reports", "flood")
NOW, END, LATER = "2024-03-26T00:00:00Z", "2024-03-27T00:00:00Z", "2024-03-28T00:00:00Z"
EMBARGO = "embargo: 2024-03-27T09:00:00+09:00"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    made = new_project(tmp_path / "room")
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(made, "claire"), f"flood#{number}", text)
    return made


@pytest.fixture
def project(room: Path) -> Project:
    return Project(room)


def front(room: Path, line: str) -> None:
    """Add a line to the front matter of the report."""
    path = room / "sources" / "flood.md"
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{line}\n", 1), "utf-8")


def test_a_report_says_from_when_its_texts_may_leave(project: Project, room: Path) -> None:
    assert (index_sync.free_from(project, "flood"), index_sync.may_leave(project, "flood", NOW)) == ("", True)
    front(room, EMBARGO)
    assert index_sync.free_from(project, "flood") == END
    assert [index_sync.may_leave(project, "flood", now) for now in (NOW, END, LATER)] == [False, True, True]
    front(room, "confidential: true")
    assert (index_sync.free_from(project, "flood"), index_sync.may_leave(project, "flood", LATER)) == (NEVER, False)


def test_a_report_that_is_missing_or_unreadable_may_leave_if_the_index_says_so(project: Project, room: Path) -> None:
    path = room / "sources" / "flood.md"
    for data in (b"\xff\xff\x00", None):
        path.write_bytes(data) if data else path.unlink()
        assert index_sync.free_from(project, "flood") == NEVER
        assert index_sync.free_from(project, "flood", "1 2") == ""
        assert index_sync.free_from(project, "flood", f"1 2 until {END}") == END
        assert index_sync.free_from(project, "flood", "1 2 confidential") == NEVER
        assert not index_sync.may_leave(project, "flood", LATER)


def test_a_stamp_is_of_both_files_and_says_what_is_withheld(project: Project, room: Path) -> None:
    before = index_sync.catalog_stamp(project, FLOOD)
    assert before.split(" ") == [file_stamp(room / name) for name in (FLOOD.path, "sources/flood.md")]
    front(room, EMBARGO)
    stamp = index_sync.current_entries(project, FLOOD, "", NOW).stamp
    assert stamp == f"{index_sync.catalog_stamp(project, FLOOD)} until {END}"
    assert (index_sync.withheld_until(stamp), index_sync.base_stamp(stamp)) == (
        END, index_sync.catalog_stamp(project, FLOOD),
    )  # fmt: skip
    assert index_sync.withheld_until(before) == ""
    assert index_sync.base_stamp(f"{before} confidential") == before
    assert index_sync.withheld_until(f"{before} confidential") == NEVER
    assert file_stamp(room / "nothing") == ""


def test_entries_are_those_of_texts_that_may_leave(project: Project, room: Path) -> None:
    free = index_sync.current_entries(project, FLOOD, "", NOW)
    assert (free.catalog, {each.target for each in free.entries}) == ("flood", set(TEXTS))
    front(room, EMBARGO)
    assert index_sync.current_entries(project, FLOOD, "", NOW).entries == ()
    assert len(index_sync.current_entries(project, FLOOD, "", END).entries) == len(TEXTS)
    front(room, "confidential: true")
    assert index_sync.current_entries(project, FLOOD, "", LATER).stamp.endswith(" confidential")


def test_an_index_that_is_there_follows_what_is_saved(project: Project, room: Path) -> None:
    path = index_sync.index_path(project, "en")
    assert path is not None
    steps.confirm(actor(room, "claire"), "flood#1", "Written before.")
    assert not path.is_file()
    path.parent.mkdir(parents=True)
    index = Index(path)
    index_sync.update_index(index, index_sync.current_entries(project, FLOOD, "", NOW), "")
    steps.confirm(actor(room, "claire"), "flood#1", "Written after.")
    assert index.stamp("flood") == index_sync.catalog_stamp(Project(room), FLOOD)
    assert b"Written after." in contents(path)
    index.close()


def test_what_may_not_leave_any_more_is_purged(project: Project, room: Path) -> None:
    path = index_sync.index_path(project, "en")
    assert path is not None
    path.parent.mkdir(parents=True)
    index = Index(path)
    index_sync.update_index(index, index_sync.current_entries(project, FLOOD, "", NOW), "")
    assert TEXTS[0].encode() in contents(path)
    front(room, "confidential: true")
    steps.comment(actor(room, "claire"), "flood#1", "saved")
    assert index.stamp("flood").endswith(" confidential")
    index.close()
    assert TEXTS[0].encode() not in contents(path)


def test_saving_takes_an_embargo_for_one_in_force_until_somebody_found_it_over(project: Project, room: Path) -> None:
    front(room, EMBARGO)
    path = index_sync.index_path(project, "en")
    assert path is not None
    path.parent.mkdir(parents=True)
    index = Index(path)
    for now, expected in ((NOW, f" until {END}"), (LATER, "")):
        index_sync.update_index(index, index_sync.current_entries(project, FLOOD, index.stamp("flood"), now), "")
        steps.comment(actor(room, "claire"), "flood#1", now)
        assert index.stamp("flood") == index_sync.catalog_stamp(project, FLOOD) + expected
    front(room, "byline: Claire Lee")
    steps.comment(actor(room, "claire"), "flood#1", "of another report, its embargo is in force again")
    assert index.stamp("flood").endswith(f" until {END}")
    index.close()


def test_a_redacted_unit_is_named_and_without_one_nothing_is_parsed(project: Project, room: Path) -> None:
    assert index_sync.redacted_units(project, FLOOD) == []
    assert index_sync.redacted_units(project, FLOOD._replace(slug="nothing")) == []
    first = project.load(FLOOD).units[0]
    project.change(FLOOD, lambda old: old.map_unit(first.id, lambda unit: unit.replace(redacted=Act("mina", NOW, ""))))
    assert index_sync.redacted_units(project, FLOOD) == [first.id]
    (room / FLOOD.path).write_bytes((room / FLOOD.path).read_bytes() + b"junk\n")
    assert index_sync.redacted_units(project, FLOOD) == []


def test_an_index_can_be_written_where_its_folder_and_files_can(tmp_path: Path) -> None:
    assert index_sync.may_write(tmp_path / "deep" / "en.db")
    (tmp_path / "file").touch()
    assert not index_sync.may_write(tmp_path / "file" / "en.db")


def contents(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))
