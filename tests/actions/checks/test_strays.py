"""Files that nobody reads, and reports that are there twice, are named by check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.commands import REPORT, TEXTS, done, transflow


def found(room: Path, check: str) -> list[str]:
    """Return the paths that check names in issues of one kind."""
    out = transflow(room, "check", "--all").out
    return [line.partition(":")[0] for line in out.splitlines() if f"[{check}]" in line]


@pytest.mark.parametrize(
    "name",
    ["typhoon.txt", "Typhoon.md", "typhoon.MD", "typhoon", "drafts/typhoon.md", "2024/05/typhoon.md", "typhoon.docx"],
)
def test_a_report_with_another_name_is_named(room: Path, name: str) -> None:
    (room / "sources" / name).parent.mkdir(parents=True, exist_ok=True)
    (room / "sources" / name).write_text(REPORT, encoding="utf-8")
    assert found(room, "record.stray-file") == [f"sources/{name}"]
    assert f"`transflow add sources/{name}`" in transflow(room, "check", "--all").out


def test_so_is_a_catalog(room: Path) -> None:
    catalogs = room / "locales/en/reports"
    shutil.copy(catalogs / "flood.po", catalogs / "flood (1).po")
    (catalogs / "flood.po.orig").touch()
    assert found(room, "record.stray-file") == [
        "locales/en/reports/flood (1).po",
        "locales/en/reports/flood.po.orig",
    ]


def test_what_belongs_there_and_hidden_files_are_not(room: Path) -> None:
    (room / "sources/.gitkeep").touch()
    (room / "sources/2024").mkdir()
    (room / "sources/2024/typhoon.md").write_text(REPORT, encoding="utf-8")
    (room / "locales/en/notes.txt").touch()
    assert found(room, "record.stray-file") == []


def test_a_report_that_git_kept_under_two_names_is_named(room: Path) -> None:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    shutil.copy(room / "sources/flood.md", room / "sources/river.md")
    catalog = (room / "locales/en/reports/flood.po").read_text(encoding="utf-8")
    (room / "locales/en/reports/river.po").write_text(catalog.replace("flood", "river"), encoding="utf-8")
    assert found(room, "record.doubled-report") == ["locales/en/reports/river.po"]


def test_two_reports_with_the_same_sentences_are_not(room: Path) -> None:
    shutil.copy(room / "sources/flood.md", room / "sources/river.md")
    done(room, "update", user="claire")
    for name, who in (("flood", "claire"), ("river", "leejin")):
        for number, text in enumerate(TEXTS, 1):
            done(room, "unit", "set", f"{name}#{number}", text, user=who)
    assert found(room, "record.doubled-report") == []
