"""Rules of the modes that no screen is needed for."""

from __future__ import annotations

from transflow.presenters.mode_rules import also_open


def test_ones_own_second_window_is_called_so() -> None:
    assert also_open((), "claire", str.upper) == ""
    assert also_open(("claire", "leejin"), "claire", str.upper) == "also open: your other window, LEEJIN"
