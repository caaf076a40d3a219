"""Rules of the modes that no screen is needed for."""

from __future__ import annotations

from pathlib import Path

from transflow.messages import joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Authorship, Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.journal import Journal
from transflow.presenters.mode_rules import NextUnit, Translating, also_open, next_unit
from transflow.project import CatalogRef


def test_ones_own_second_window_is_called_so() -> None:
    assert also_open((), "claire", str.upper) == ""
    assert also_open(("claire", "leejin"), "claire", str.upper) == "also open: your other window, LEEJIN"


def test_what_has_errors_is_not_called_done_and_comes_next(tmp_path: Path) -> None:
    by = (Authorship("claire", "2024-03-26T10:00:00Z", 1),)
    units = tuple(Unit(f"{number:08}", "가", "A", by=by) for number in range(3))
    view = CatalogView(CatalogRef("en", "reports", "a"), Catalog(units=units), Journal(tmp_path), "claire")
    assert Translating().all_done_message(view) == "Everything here is done."
    assert next_unit(view, 2, Translating()) == NextUnit(3, False)
    view.store_issues(units[1], [Issue("numbers.missing", "error", joined(["wrong"]))])
    assert Translating().all_done_message(view) == "Every sentence has its text, but 1 has an error: number 2."
    assert next_unit(view, 2, Translating()) == NextUnit(1, False)
    view.store_issues(units[2], [Issue("numbers.missing", "error", joined(["wrong"]))])
    assert "2 have errors, the first is number 2" in Translating().all_done_message(view)
