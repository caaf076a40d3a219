"""The times in a unit's records: what a step is stamped with, and what came after what.

Invariant: whoever does something to a unit does it after all that was done before, whatever their clock says: a stamp is the time now,
or the newest that the unit has. An approval that is older than its text, or than a send-back, is worth nothing: a merge or a revert
brought it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from transflow.digests import approval
from transflow.errors import RefusedError
from transflow.model.unit import Unit

AHEAD = 10
"""Minutes that clocks may differ by. A stamp that is further ahead of the clock is none to go on from: everybody would be bound to it."""


class Stamp(NamedTuple):
    time: str
    who: str
    """Empty for `@moved`, which names nobody."""


def every(unit: Unit) -> Iterator[Stamp]:
    """All stamps of a unit. Deadlines are none."""
    for name in unit.__slots__:
        value = getattr(unit, name)
        for each in value if type(value) is tuple else (value,):
            if time := getattr(each, "time", ""):
                yield Stamp(time, each.who)
    if unit.moved:
        yield Stamp(unit.moved, "")


def newest(unit: Unit) -> Stamp:
    return max(every(unit), default=Stamp("", ""))


def moved(unit: Unit, times: Mapping[str, str]) -> Unit:
    """The unit with other times for some of its stamps, and for what answers name by them."""

    def one(each: Any) -> Any:
        return each._replace(time=times[each.time]) if getattr(each, "time", "") in times else each

    changes: dict[str, Any] = {}
    for name in unit.__slots__:
        value = getattr(unit, name)
        changes[name] = tuple(map(one, value)) if type(value) is tuple else one(value)
    changes["moved"] = times.get(unit.moved, unit.moved)
    names = {each.name: one(each).name for each in unit.questions} | dict(times)
    changes["answers"] = tuple(each._replace(re=names.get(each.re, each.re)) for each in changes["answers"])
    return unit.replace(**changes)


def horizon(now: str) -> str:
    """The latest time that a stamp may have."""
    return later(now, AHEAD * 60)


def later(now: str, seconds: int) -> str:
    from datetime import datetime, timedelta

    return f"{datetime.fromisoformat(now) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def on(unit: Unit, now: str) -> str:
    """What a step on a unit is stamped with. Raises RefusedError where a stamp of the unit is too far ahead of the clock."""
    last = newest(unit)
    if last.time > now and last.time > horizon(now):
        raise RefusedError(why_ahead(unit, last, now))
    return max(now, last.time)


def after(unit: Unit, now: str) -> str:
    """The same for what is no judgement of the unit: a new place in the text is refused to nobody."""
    return max(now, newest(unit).time)


def why_ahead(unit: Unit, last: Stamp, now: str) -> str:
    whose = f"{last.who}'s step on {unit.id}" if last.who else f"the last step on {unit.id}"
    return (
        f"{whose} is of {last.time}, more than ten minutes ahead of the clock here ({now}). Set the clock that is wrong; "
        "then an editor takes the time back with `transflow repair`."
    )


def last_word(unit: Unit) -> str:
    """When somebody last wrote or confirmed the text, or sent it back."""
    return max([*(each.time for each in unit.by), unit.returned.time if unit.returned else ""])


def why_void(unit: Unit) -> str:
    """Why the approval of a unit is worth nothing: what its editor did, in plain words. Empty where it holds, or there is none."""
    given = unit.approved
    if given is None:
        return ""
    if given.digest != approval(unit.id, unit.source, unit.target):
        return "approved another text"
    if given.time < last_word(unit):
        return "approved it before it was last written, confirmed or sent back"
    return ""
