"""The date of a report for the checks, in the time zone of the newsroom."""

from __future__ import annotations

import pytest

from transflow.actions.checks.check_context import local_time


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-11", "2024-03-11"),
        ("2024-03-11T09:00:00", "2024-03-11"),
        ("2024-03-10T20:00:00Z", "2024-03-11"),
        ("2024-03-10T20:00:00-05:00", "2024-03-11"),
        ("2024-03-11T01:00:00+14:00", "2024-03-10"),
        ("9999-12-31T23:00:00Z", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_is_that_of_the_newsroom(written: str, day: str) -> None:
    assert local_time(written, "Asia/Seoul")[:10] == day
