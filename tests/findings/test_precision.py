"""Measured precision of the checks."""

from __future__ import annotations

from transflow import checks
from transflow.findings.precision import FEWEST_JUDGED, LEAST_PERCENT, precisions


def test_every_id_is_a_check_and_its_counts_are_possible() -> None:
    assert set(precisions()) <= set(checks.severities())
    assert all(0 <= each.right <= each.judged and each.judged > 0 for each in precisions().values())


def test_a_check_that_is_wrong_too_often_is_a_hint() -> None:
    often_wrong = {
        check
        for check, each in precisions().items()
        if each.judged >= FEWEST_JUDGED and each.percent < LEAST_PERCENT and checks.severities()[check] != "hint"
    }
    assert often_wrong == set()
