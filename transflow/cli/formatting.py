"""Counts and times as commands print them."""

from __future__ import annotations

from datetime import datetime

from transflow.timezones import zone


def pluralize(count: int, singular: str, plural: str = "") -> str:
    """Return a count with its noun: `1 sentence`, `2 sentences`."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def local_time(time: str, timezone: str) -> str:
    """Return a UTC time in a time zone: `2024-03-26 18:00`.

    A time that is not valid stays as it is.
    """
    try:
        return datetime.fromisoformat(time).astimezone(zone(timezone)).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return time
