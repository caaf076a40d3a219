"""Catalogs that stay parsed: the same ones as on disk, whoever writes them."""

from __future__ import annotations

from pathlib import Path

from support.commands import done
from transflow.project import CatalogRef, Project
from transflow.project.kept import KeptCatalogs

FLOOD = CatalogRef("en", "reports", "flood")


def test_a_catalog_is_parsed_once_until_its_file_changes(room: Path) -> None:
    project = Project(room)
    project.kept = KeptCatalogs()
    first = project.load(FLOOD)
    assert project.load(FLOOD) is first
    done(room, "unit", "set", "flood#1", "Five.", "--as", "claire")
    assert project.load(FLOOD).units[0].target == "Five."


def test_what_was_asked_for_longest_ago_is_forgotten(room: Path) -> None:
    (room / "other.md").write_text("---\ntitle: 다른 기사\n---\n\n다른 문장.\n", encoding="utf-8")
    done(room, "add", str(room / "other.md"), "--as", "mina")
    project = Project(room)
    project.kept = KeptCatalogs(most_units=1)
    first, other = project.load(FLOOD), project.load(FLOOD._replace(slug="other"))
    assert project.load(FLOOD._replace(slug="other")) is other
    assert project.load(FLOOD) is not first
