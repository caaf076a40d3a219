"""Times and people as the screen shows them.

Invariant: a time is shown in the project's time zone, a person by the printed name; an invalid
value stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from transflow.attribution.authorship import is_machine
from transflow.attribution.clocks import on_clocks
from transflow.attribution.shown_people import shown_id
from transflow.messages import CommandRef
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.timezones import zone


class Formats(NamedTuple):
    """Formats of values for one person: UTC times, ids of people, and commands in messages."""

    time: Callable[[str], str]
    person: Callable[[str], str]
    command: Callable[[CommandRef], str] = str
    unit: Callable[[Unit], Unit] = lambda unit: unit
    """Return a unit with the ids of people that may be shown."""


def format_time(time: str, timezone: str, now: str) -> str:
    """Return a UTC time in a time zone; the year only if it differs from that of `now`."""
    try:
        moment = datetime.fromisoformat(time).astimezone(zone(timezone))
    except (ValueError, OverflowError):  # no such day, or the year 1 or 9999
        return time
    return moment.strftime("%m-%d %H:%M" if now[:4] == time[:4] else "%Y-%m-%d %H:%M")


def local_date(now: str, timezone: str) -> str:
    """Return the date of a UTC time in a time zone."""
    return datetime.fromisoformat(now).astimezone(zone(timezone)).date().isoformat()


def format_deadline(settings: Settings, who: str, time: str, now: str) -> str:
    """Return a UTC time on the clocks of the newsroom and of a person; see `format_time`."""
    form = "%m-%d %H:%M" if now[:4] == time[:4] else "%Y-%m-%d %H:%M"
    return on_clocks(time, settings.zones(who), form)


def format_person(settings: Settings, who: str) -> str:
    """Return the name of a person; of protected people, and of those who may be one, the id that
    may be shown.
    """
    person = settings.person(who)
    if person and person.name and not person.protected:
        return person.name
    return who if is_machine(who) else shown_id(settings, who)
