"""Times on the clocks of two desks."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.attribution.assignment import parse_deadline
from transflow.attribution.clocks import on_clocks

DESKS = ("Asia/Seoul", "America/New_York")


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        ("2026-01-10T09:00:00Z", "2026-01-10 18:00 KST / 04:00 EST"),
        ("2026-07-10T09:00:00Z", "2026-07-10 18:00 KST / 05:00 EDT"),
        ("2026-03-08T06:59:00Z", "2026-03-08 15:59 KST / 01:59 EST"),
        ("2026-03-08T07:00:00Z", "2026-03-08 16:00 KST / 03:00 EDT"),
        ("2026-11-01T05:30:00Z", "2026-11-01 14:30 KST / 01:30 EDT"),
        ("2026-11-01T06:30:00Z", "2026-11-01 15:30 KST / 01:30 EST"),
        ("2026-01-10T01:00:00Z", "2026-01-10 10:00 KST / 01-09 20:00 EST"),
        ("soon", "soon"),
    ],
)
def test_both_clocks_are_shown_with_their_zones(time: str, shown: str) -> None:
    assert on_clocks(time, DESKS) == shown


@pytest.mark.parametrize("zones", [("Asia/Seoul",), ("Asia/Seoul", "Asia/Seoul"), ("Asia/Seoul", "Asia/Tokyo")])
def test_clocks_that_show_the_same_are_one_without_a_name(zones: tuple[str, ...]) -> None:
    assert on_clocks("2026-01-10T09:00:00Z", zones) == "2026-01-10 18:00"


@given(st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30)))
def test_what_is_shown_on_either_clock_is_read_back(moment: datetime) -> None:
    time = f"{moment:%Y-%m-%dT%H:%M}:00Z"
    own, there = on_clocks(time, DESKS).split(" / ")
    day = own[:10] if there[2:3] == ":" else f"2026-{there[:5]}"
    clock = there if there[2:3] == ":" else there[6:]
    for text in (own, f"{day} {clock}"):
        assert parse_deadline(text, "UTC", "2026-01-01T00:00:00Z", DESKS) == time
