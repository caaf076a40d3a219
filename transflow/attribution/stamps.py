"""Stamps of a unit: the times in its records, and their order.

Invariant: a step on a unit is stamped no earlier than any step before it, whatever the clock says:
with the time now, or with the newest stamp of the unit if that is later. An approval older than its
text or than a send-back is void: a merge or a revert brought it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from transflow.digests import approval
from transflow.errors import RefusedError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.unit import Unit

MESSAGES = Messages(
    __name__,
    {
        "ahead": "{who}'s step on {unit} is of {time}, more than ten minutes ahead of the clock here ({now}). Set the "
        "clock that is wrong; then an editor takes the time back with {command}.",
        "ahead/nobody": "the last step on {unit} is of {time}, more than ten minutes ahead of the clock here ({now}). Set "
        "the clock that is wrong; then an editor takes the time back with {command}.",
        "another-text": "approved another text",
        "earlier": "approved it before it was last written, confirmed or sent back",
    },
)

AHEAD = 10
"""Minutes that clocks may differ by.

A stamp further ahead of the clock is not built upon, as every later step would have to be stamped
with it.
"""


class Stamp(NamedTuple):
    time: str
    who: str
    """Empty for `@moved`, which names nobody."""


def all_stamps(unit: Unit) -> Iterator[Stamp]:
    """Yield all stamps of a unit. Deadlines are not stamps."""
    for name in unit.__slots__:
        value = getattr(unit, name)
        for each in value if type(value) is tuple else (value,):
            if time := getattr(each, "time", ""):
                yield Stamp(time, each.who)
    if unit.moved:
        yield Stamp(unit.moved, "")


def newest_stamp(unit: Unit) -> Stamp:
    return max(all_stamps(unit), default=Stamp("", ""))


def moved(unit: Unit, times: Mapping[str, str]) -> Unit:
    """Return the unit with stamps replaced as `times` maps them, and the references of answers
    updated.
    """

    def replace_time(each: Any) -> Any:
        return each._replace(time=times[each.time]) if getattr(each, "time", "") in times else each

    changes: dict[str, Any] = {}
    for name in unit.__slots__:
        value = getattr(unit, name)
        changes[name] = tuple(map(replace_time, value)) if type(value) is tuple else replace_time(value)
    changes["moved"] = times.get(unit.moved, unit.moved)
    names = {each.reference: replace_time(each).reference for each in unit.questions} | dict(times)
    changes["answers"] = tuple(each._replace(re=names.get(each.re, each.re)) for each in changes["answers"])
    return unit.replace(**changes)


def latest_time(now: str) -> str:
    """Return the latest time that a stamp may have."""
    return later(now, AHEAD * 60)


def later(now: str, seconds: int) -> str:
    return f"{datetime.fromisoformat(now) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def stamp_for(unit: Unit, now: str) -> str:
    """Return the stamp for a step on a unit.

    Raise RefusedError if a stamp of the unit is too far ahead of the clock.
    """
    last = newest_stamp(unit)
    if last.time > now and last.time > latest_time(now):
        raise RefusedError(why_ahead(unit, last, now))
    return max(now, last.time)


def stamp_for_move(unit: Unit, now: str) -> str:
    """Return the stamp for a change that does not judge the text, such as a move; never refused."""
    return max(now, newest_stamp(unit).time)


def why_ahead(unit: Unit, last: Stamp, now: str) -> Message:
    key = "ahead" if last.who else "ahead/nobody"
    return MESSAGES(key, who=last.who, unit=unit.id, time=last.time, now=now, command=CommandRef("repair"))


def last_text_change(unit: Unit) -> str:
    """Return the time of the last edit, confirmation or send-back of the text."""
    return max([*(each.time for each in unit.by), unit.returned.time if unit.returned else ""])


def why_void(unit: Unit) -> Message:
    """Return why the approval of a unit is void; `NOTHING` if it is valid or there is none."""
    approved = unit.approved
    if approved is None:
        return NOTHING
    if approved.digest != approval(unit.id, unit.source, unit.target):
        return MESSAGES("another-text")
    if approved.time < last_text_change(unit):
        return MESSAGES("earlier")
    return NOTHING
