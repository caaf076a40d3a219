"""Time zones by their IANA names. The functions load zoneinfo, which UTC times do not need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def zone(name: str) -> ZoneInfo:
    """Return a time zone. Raise zoneinfo.ZoneInfoNotFoundError for an unknown one."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def zone_names() -> set[str]:
    """Return the names of all time zones that this machine knows."""
    from zoneinfo import available_timezones

    return available_timezones()
