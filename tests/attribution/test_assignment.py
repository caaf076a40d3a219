"""Assignment of sentences, and deadlines."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations_with_replacement, groupby, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.attribution.assignment import (
    SLACK,
    distribute,
    least_maximum,
    parse_deadline,
)
from transflow.errors import UsageError
from transflow.model.unit import Unit

NOW = "2024-03-26T10:30:00Z"  # 19:30 in Seoul


def units(*lengths: int, continued: tuple[int, ...] = ()) -> list[Unit]:
    return [Unit(f"u{n}", "가" * length, continued=n in continued) for n, length in enumerate(lengths)]


def runs(shared: dict[str, str]) -> list[tuple[str, list[str]]]:
    return [(person, list(ids)) for person, ids in groupby(shared, key=shared.__getitem__)]


def loads(shared: dict[str, str], given_units: list[Unit]) -> list[int]:
    length = {unit.id: len(unit.source) for unit in given_units}
    return [sum(length[unit_id] for unit_id in ids) for _, ids in runs(shared)]


def brute_force_maximum(lengths: list[int], people: int) -> int:
    cuts = combinations_with_replacement(range(len(lengths) + 1), people - 1)
    return min(max(sum(lengths[a:b]) for a, b in pairwise((0, *cut, len(lengths)))) for cut in cuts)


some_units = st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=9).map(
    lambda rows: [Unit(f"u{n}", "x" * length, continued=goes_on) for n, (length, goes_on) in enumerate(rows)]
)
some_people = st.integers(1, 4).map(lambda count: ["claire", "leejin", "minh", "tomas"][:count])


# share


def test_two_people_get_the_two_halves_in_the_order_they_are_named() -> None:
    assert distribute(units(10, 10, 10, 10), ["leejin", "claire"]) == {
        "u0": "leejin",
        "u1": "leejin",
        "u2": "claire",
        "u3": "claire",
    }


def test_the_balance_counts_characters_and_not_sentences() -> None:
    assert runs(distribute(units(90, 30, 30, 30), ["claire", "leejin"])) == [
        ("claire", ["u0"]),
        ("leejin", ["u1", "u2", "u3"]),
    ]


def test_a_paragraph_stays_whole_where_that_costs_little_balance() -> None:
    assert runs(distribute(units(50, 50, 8, 92, continued=(2,)), ["claire", "leejin"])) == [
        ("claire", ["u0", "u1", "u2"]),
        ("leejin", ["u3"]),
    ]


def test_a_paragraph_is_torn_where_keeping_it_whole_would_cost_more_than_a_tenth() -> None:
    assert runs(distribute(units(50, 50, 30, 70, continued=(2,)), ["claire", "leejin"])) == [
        ("claire", ["u0", "u1"]),
        ("leejin", ["u2", "u3"]),
    ]


def test_a_selection_may_begin_in_the_middle_of_a_paragraph() -> None:
    assert distribute(units(10, continued=(0,)), ["claire"]) == {"u0": "claire"}


def test_the_last_named_get_nothing_where_there_are_too_few_sentences() -> None:
    assert distribute(units(5, 5), ["claire", "leejin", "minh"]) == {"u0": "claire", "u1": "leejin"}


def test_an_empty_report_is_shared_into_nothing() -> None:
    assert distribute([], ["claire", "leejin"]) == {}


def test_nobody_to_share_among_is_an_error() -> None:
    with pytest.raises(UsageError, match="at least one person"):
        distribute(units(5), [])


def test_somebody_named_twice_is_an_error() -> None:
    with pytest.raises(UsageError, match="“claire” is named twice"):
        distribute(units(5, 5), ["claire", "leejin", "claire"])


@given(some_units, some_people)
def test_every_sentence_goes_to_one_person_in_contiguous_runs_in_order(us: list[Unit], people: list[str]) -> None:
    shared = distribute(us, people)
    assert list(shared) == [unit.id for unit in us]
    receiving = [person for person, _ in runs(shared)]
    assert receiving == people[: len(receiving)]


@given(some_units, some_people)
def test_the_largest_load_is_within_a_tenth_of_the_best_possible(us: list[Unit], people: list[str]) -> None:
    best = brute_force_maximum([len(unit.source) for unit in us], len(people))
    largest = max(loads(distribute(us, people), us), default=0)
    assert best <= largest <= best * (1 + SLACK)
    if not any(unit.continued for unit in us):
        assert largest == best


@given(some_units, some_people)
def test_no_share_out_within_the_slack_tears_fewer_paragraphs(us: list[Unit], people: list[str]) -> None:
    lengths = [len(unit.source) for unit in us]
    limit = brute_force_maximum(lengths, len(people)) * (1 + SLACK)

    def torn(cuts: tuple[int, ...]) -> int:
        return sum(us[cut].continued for cut in set(cuts) - {0, len(us)})

    allowed = [
        torn(cuts)
        for cuts in combinations_with_replacement(range(len(us) + 1), len(people) - 1)
        if max(sum(lengths[a:b]) for a, b in pairwise((0, *cuts, len(us)))) <= limit
    ]
    starts = [ids[0] for _, ids in runs(distribute(us, people))][1:]
    assert torn(tuple(int(unit_id[1:]) for unit_id in starts)) == min(allowed)


@given(st.lists(st.integers(0, 60), max_size=9), st.integers(1, 4))
def test_the_least_maximum_is_that_of_all_cuts(lengths: list[int], people: int) -> None:
    assert least_maximum(lengths, people) == brute_force_maximum(lengths, people)


# due


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-27", "2024-03-27T14:59:59Z"),
        ("2024-03-27 18:00", "2024-03-27T09:00:00Z"),
        ("2024-03-27T18:00:30", "2024-03-27T09:00:30Z"),
        ("2024-03-27T18:00Z", "2024-03-27T18:00:00Z"),
        ("2024-03-27 18:00+02:00", "2024-03-27T16:00:00Z"),
        ("20:00", "2024-03-26T11:00:00Z"),
        ("18:00", "2024-03-27T09:00:00Z"),
        ("9:05", "2024-03-27T00:05:00Z"),
        ("today", "2024-03-26T14:59:59Z"),
        ("today 23:30", "2024-03-26T14:30:00Z"),
        ("Tomorrow 09:00", "2024-03-27T00:00:00Z"),
        ("tomorrow", "2024-03-27T14:59:59Z"),
        ("+3h", "2024-03-26T13:30:00Z"),
        ("+90m", "2024-03-26T12:00:00Z"),
        ("+2d", "2024-03-28T10:30:00Z"),
        ("+1d6h", "2024-03-27T16:30:00Z"),
    ],
)
def test_a_deadline_is_read_in_the_projects_time_zone(text: str, expected: str) -> None:
    assert parse_deadline(text, "Asia/Seoul", NOW) == expected


WASHINGTON = "America/New_York"


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("18:00 KST", "2026-03-07T20:00:00Z", "2026-03-08T09:00:00Z"),
        ("2026-03-08 04:00 EST", "2026-03-07T20:00:00Z", "2026-03-08T09:00:00Z"),
        ("2026-03-08 05:00 EDT", "2026-03-07T20:00:00Z", "2026-03-08T09:00:00Z"),
        ("2026-03-08 05:00 America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T09:00:00Z"),
        ("2026-03-08 01:59 new_york", "2026-03-07T20:00:00Z", "2026-03-08T06:59:00Z"),
        ("2026-11-01 03:00 America/New_York", "2026-10-31T20:00:00Z", "2026-11-01T08:00:00Z"),
        ("2026-11-01 01:30 EDT", "2026-10-31T20:00:00Z", "2026-11-01T05:30:00Z"),
        ("2026-11-01 01:30 EST", "2026-10-31T20:00:00Z", "2026-11-01T06:30:00Z"),
        ("tomorrow 09:00 Europe/Berlin", "2026-03-28T10:00:00Z", "2026-03-29T07:00:00Z"),
        ("18:00 utc", "2026-03-07T20:00:00Z", "2026-03-08T18:00:00Z"),
    ],
)
def test_a_deadline_is_entered_on_the_clock_of_either_desk(text: str, now: str, expected: str) -> None:
    assert parse_deadline(text, "Asia/Seoul", now, (WASHINGTON,)) == expected


def test_a_time_that_a_clock_skips_and_a_zone_that_nobody_has_are_errors() -> None:
    with pytest.raises(UsageError, match="skip, when summer time begins"):
        parse_deadline("2026-03-08 02:30 America/New_York", "Asia/Seoul", "2026-03-07T20:00:00Z")
    with pytest.raises(UsageError, match="“XYZ” is no time zone that this newsroom uses: write one of Asia/Seoul"):
        parse_deadline("18:00 XYZ", "Asia/Seoul", NOW)


def test_days_are_those_of_the_wall_clock_when_it_changes() -> None:
    assert parse_deadline("+1d", "Europe/Berlin", "2024-03-30T10:00:00Z") == "2024-03-31T09:00:00Z"
    assert parse_deadline("+24h", "Europe/Berlin", "2024-03-30T10:00:00Z") == "2024-03-31T10:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "+",
        "+5",
        "+3x",
        "25:00",
        "12:60",
        "2024-02-30",
        "2024-13-01",
        "tomorrow 9",
        "2024-03-27 09:00+99:99",
    ],
)
def test_what_is_no_deadline_is_an_error_that_shows_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match=r"is not a deadline: write .*tomorrow 09:00"):
        parse_deadline(text, "Asia/Seoul", NOW)


@pytest.mark.parametrize("text", ["2024-03-25", "today 08:00", "2024-03-26 19:29"])
def test_a_deadline_in_the_past_is_an_error_that_tells_the_time(text: str) -> None:
    with pytest.raises(UsageError, match="is past: it is 2024-03-26 19:30 in Asia/Seoul"):
        parse_deadline(text, "Asia/Seoul", NOW)


@given(st.datetimes().map(lambda moment: f"{moment:%H:%M}"), st.sampled_from(["Asia/Seoul", "UTC", "America/New_York"]))
def test_a_time_without_a_day_lies_within_the_next_day_and_keeps_its_clock(text: str, zone: str) -> None:
    moment, now = datetime.fromisoformat(parse_deadline(text, zone, NOW)), datetime.fromisoformat(NOW)
    assert timedelta(0) <= moment - now < timedelta(days=1)
    assert f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" == text
