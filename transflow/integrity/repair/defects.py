"""What was found wrong, in words for people."""

from __future__ import annotations

from typing import NamedTuple

from transflow.model.issue import Severity


class Defect(NamedTuple):
    """Something that is wrong with a file of the record."""

    check: str
    """A key of `SEVERITY`, such as "record.doubled"."""
    what: str
    """What is wrong, as a clause without a full stop."""
    done: str = ""
    """What mending makes of it; empty where it is left to people."""
    line: int = 0
    """1-based, in the file as it was; 0 where it concerns no one line."""
    unit: str = ""


SEVERITY: dict[str, Severity] = {
    "record.unreadable": "error",
    "record.torn": "error",
    "record.gone": "error",
    "record.lost": "warning",
    "record.shallow": "warning",
    "record.control": "error",
    "record.encoding": "error",
    "record.line-ends": "error",
    "record.last-line": "error",
    "record.conflict-markers": "error",
    "record.doubled": "error",
    "record.broken-note": "error",
    "record.unreadable-note": "error",
    "record.conflict": "error",
    "record.out-of-step": "error",
    "record.stale-text": "error",
    "record.void-approval": "error",
    "record.shares": "error",
    "record.no-author": "error",
    "record.future": "error",
    "record.time-order": "error",
    "record.reshaped": "warning",
    "record.obsolete-order": "warning",
    "record.dropped": "warning",
    "record.leftover": "warning",
    "record.protected-name": "warning",
}
"""Check id -> how bad it is. A warning harms nobody yet, but the next merge without the driver may go wrong by it."""
