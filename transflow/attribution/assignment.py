"""Assignment of units to people, and deadlines.

Invariant: `distribute` partitions the units: every unit goes to one person, in contiguous runs that
follow the text in the order of the people. Deadlines are returned as UTC times and are never in the
past.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from transflow import timezones
from transflow.attribution import clocks
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.unit import Unit

MESSAGES = Messages(
    __name__,
    {
        "nobody": "Nobody to share the sentences among: name at least one person.",
        "repeated": "“{who}” is named twice.",
        "no-deadline": '“{text}” is not a deadline: write a date and time such as "2024-03-26 18:00", a date, '
        '"18:00", "tomorrow 09:00", or "+3h".',
        "past": "“{text}” is past: it is {now} in {timezone}.",
        "no-zone": "“{zone}” is no time zone that this newsroom uses: write one of {zones}, or a name such as "
        "America/New_York.",
        "skipped": "“{text}” is a time that the clocks there skip, when summer time begins: write another.",
    },
)
SLACK = 0.10
"""Fraction by which the largest load may exceed the smallest possible one, so that blocks stay
whole.
"""

# Sharing

Cost = tuple[int, int]
"""Number of blocks split between people, then a measure of the loads. Compared in this order; less
is better.
"""


def distribute(units: Sequence[Unit], people: Sequence[str]) -> dict[str, str]:
    """Map unit id to person, in contiguous runs in the order of `people`, balanced by source
    length.

    The largest load is at most `SLACK` above the smallest possible one. Within that, as few blocks
    as possible are split, then the largest load is minimised, then the loads are evened out. The
    last people get nothing when there are too few units.

    Raise UsageError if `people` is empty or names somebody twice.
    """
    if not people:
        raise UsageError(MESSAGES("nobody"))
    repeated = next((each for index, each in enumerate(people) if each in people[:index]), None)
    if repeated is not None:
        raise UsageError(MESSAGES("repeated", who=repeated))
    starts = _run_starts([len(unit.source) for unit in units], [unit.continued for unit in units], len(people))
    ends = [*starts[1:], len(units)]
    return {
        unit.id: person for person, start, end in zip(people, starts, ends, strict=False) for unit in units[start:end]
    }


def _run_starts(loads: Sequence[int], continued: Sequence[bool], runs: int) -> list[int]:
    """Return the start index of each of at most `runs` runs."""
    limit = int(least_maximum(loads, runs) * (1 + SLACK))
    (_, largest), _ = _cheapest(loads, continued, runs, limit, max)
    return _cheapest(loads, continued, runs, largest, lambda total, load: total + load * load)[1]


def least_maximum(loads: Sequence[int], runs: int) -> int:
    """Return the smallest possible largest load when `loads` is cut into at most `runs` contiguous
    runs.
    """

    def runs_needed(limit: int) -> int:
        needed, room = 1, limit
        for load in loads:
            if load > room:
                needed, room = needed + 1, limit
            room -= load
        return needed

    low, high = max(loads, default=0), sum(loads)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if runs_needed(middle) <= runs else (middle + 1, high)
    return low


def _cheapest(
    loads: Sequence[int], continued: Sequence[bool], runs: int, limit: int, add: Callable[[int, int], int]
) -> tuple[Cost, list[int]]:
    """Return the cost and the start indexes of the cheapest cut into at most `runs` runs.

    No run is longer than `limit`. `add` takes the measure so far and the load of one more run. It
    must be monotonic in the measure: the dynamic programming relies on every prefix of a cheapest
    cut being a cheapest cut. `best[n]` is the cost of the first n units.
    """
    best: list[tuple[Cost, list[int]] | None] = [((0, 0), [])] + [None] * len(loads)
    cuts = [best[-1]]
    for _ in range(min(runs, len(loads))):
        best = [None, *(_last_run(best, loads, continued, end, limit, add) for end in range(1, len(loads) + 1))]
        cuts.append(best[-1])
    return min(answer for answer in cuts if answer is not None)


def _last_run(
    best: Sequence[tuple[Cost, list[int]] | None],
    loads: Sequence[int],
    continued: Sequence[bool],
    end: int,
    limit: int,
    add: Callable[[int, int], int],
) -> tuple[Cost, list[int]] | None:
    """Return the cheapest cut of the first `end` units; `best` holds the cuts with one run less."""
    load = 0
    cheapest: tuple[Cost, int] | None = None
    for start in range(end - 1, -1, -1):
        load += loads[start]
        if load > limit:
            break
        before = best[start]
        if before is not None:
            torn, measure = before[0]
            cost = (torn + (start > 0 and continued[start]), add(measure, load))
            if cheapest is None or (cost, start) < cheapest:
                cheapest = cost, start
    if cheapest is None:
        return None
    cost, start = cheapest
    return cost, [*(best[start] or ((0, 0), []))[1], start]


# Deadlines


def parse_deadline(text: str, timezone: str, now: str, zones: Sequence[str] = ()) -> str:
    """Parse a deadline into UTC (`YYYY-MM-DDTHH:MM:SSZ`), in the project's time zone at the UTC
    time `now`, or in the zone that stands behind it: `18:00 EST`.

    `zones` are those of people who work elsewhere, whose abbreviations may be used.

    A day without a time ends at 23:59:59. A time without a day is the next such time; "today" and
    "tomorrow" are days. "+2d" is the same time of day in two days, "+3h" and "+90m" count hours and
    minutes ("+1d6h" works too). A date and time may carry its own offset.

    Raise UsageError for anything else, and for a time in the past.
    """
    day_and_time, zone, name = _with_zone(text.strip(), (timezone, *zones), datetime.fromisoformat(now))
    local_now = datetime.fromisoformat(now).astimezone(zone)
    try:
        local = _moment(day_and_time.lower(), local_now)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(MESSAGES("no-deadline", text=text)) from None
    if clocks.is_skipped(local):
        raise UsageError(MESSAGES("skipped", text=text))
    if moment < local_now:
        raise UsageError(MESSAGES("past", text=text, now=f"{local_now:%Y-%m-%d %H:%M}", timezone=name))
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _with_zone(text: str, zones: Sequence[str], now: datetime) -> tuple[str, tzinfo, str]:
    """Return a deadline without the zone behind it, and the zone with its name.

    Raise UsageError for an unknown zone.
    """
    match = re.fullmatch(r"(.*\d)\s+([A-Za-z][A-Za-z/_+-]+)", text)
    if match is None:
        return text, timezones.zone(zones[0]), zones[0]
    zone = clocks.named_zone(match[2], zones, now)
    if zone is None:
        raise UsageError(MESSAGES("no-zone", zone=match[2], zones=", ".join(dict.fromkeys(zones))))
    return match[1], zone, match[2]


def _moment(text: str, local_now: datetime) -> datetime:
    """Parse the text of a deadline into an aware datetime. Raise ValueError."""
    if step := re.fullmatch(r"\+(?=\d)(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?", text):
        days, hours, minutes = (int(number or 0) for number in step.groups())
        shifted = local_now + timedelta(days=days)  # days are wall-clock days; hours and minutes are elapsed time
        return shifted.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)
    if re.fullmatch(r"\d.*:.*", text) and "-" not in text:
        moment = datetime.combine(local_now.date(), _clock(text), local_now.tzinfo)
        return (
            moment
            if moment >= local_now
            else datetime.combine(local_now.date() + timedelta(days=1), _clock(text), local_now.tzinfo)
        )
    parts = re.fullmatch(r"(today|tomorrow|\d{4}-\d\d-\d\d)(?:(?:\s+|(?<=\d)t)([\d:]+)(z|[+-]\d\d:?\d\d)?)?", text)
    if not parts:
        raise ValueError(text)
    day, clock, offset = parts.groups()
    named_days = {"today": local_now.date(), "tomorrow": local_now.date() + timedelta(days=1)}
    day_date = named_days[day] if day in named_days else date.fromisoformat(day)
    zone = datetime.strptime(offset.upper(), "%z").tzinfo if offset else local_now.tzinfo
    return datetime.combine(day_date, _clock(clock) if clock else time(23, 59, 59), zone)


def _clock(text: str) -> time:
    """Parse a time of day: 9:00, 09:00 or 09:00:30. Raise ValueError."""
    if not re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", text):
        raise ValueError(text)
    return time.fromisoformat(text.zfill(5) if text.count(":") == 1 else text.zfill(8))
