from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import NOW, REPORT
from transflow.actions.withheld import is_withheld
from transflow.model.catalog import Catalog
from transflow.model.unit import Ref, Unit
from transflow.po.catalog import new_header
from transflow.project import CatalogRef, Project

FLOOD, RIVER = CatalogRef("en", "reports", "flood"), CatalogRef("en", "articles", "river")


def story(reports: str, *behind: str) -> Catalog:
    """Return a story that lists reports, with a paragraph made from sentences of others."""
    unit = Unit("k7f3q2mx", "Three bridges failed.", refs=tuple(Ref(slug, "p3m8x2aa") for slug in behind))
    return Catalog(new_header("en", "en", X_Article="river", X_Reports=reports), (unit,))


@pytest.mark.parametrize(("field", "expected"), [("embargo: 2099-01-01", True), ("embargo: 2020-01-01", False),
                                                 ("embargo: soon", True), ("confidential: true", True), ("", False)])  # fmt: skip
def test_a_report_is_until_its_front_matter_lets_it_go(room: Path, field: str, expected: bool) -> None:
    (room / "sources/flood.md").write_text(REPORT.replace("dateline", f"{field}\ndateline", 1), encoding="utf-8")
    project = Project(room)
    assert is_withheld(project, FLOOD, NOW) is expected
    assert is_withheld(project, RIVER, NOW, story("flood")) is expected


def test_a_story_is_if_its_header_does_not_list_the_report(room: Path) -> None:
    (room / "sources/flood.md").write_text(REPORT.replace("dateline", "embargo: 2099-01-01\ndateline", 1), "utf-8")
    (room / "sources/other.md").write_text(REPORT, encoding="utf-8")
    assert is_withheld(Project(room), RIVER, NOW, story("other", "flood"))
    assert not is_withheld(Project(room), RIVER, NOW, story("other", "other"))


def test_what_no_file_lets_go_is(room: Path) -> None:
    (room / "sources/flood.md").unlink()
    assert is_withheld(Project(room), FLOOD, NOW)
    assert is_withheld(Project(room), RIVER, NOW, story("flood"))
