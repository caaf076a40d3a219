"""Defects of files of the record."""

from __future__ import annotations

from transflow.messages import NOTHING, Message
from transflow.model.issue import Issue, Location, Severity

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
    "record.stray-file": "warning",
    "record.doubled-report": "error",
    "record.limits": "error",
    "record.protected-name": "warning",
    "record.signature": "warning",
}
"""Severity by check id. A warning is harmless so far, but may spoil the next merge without the
driver.
"""


def defect(check: str, message: Message, repair: Message = NOTHING, line: int = 0, unit: str = "") -> Issue:
    """Return an issue of a file, with the severity of its check.

    `message` is a clause without a full stop, and `repair` what `transflow repair` does about it;
    empty if people have to decide. `line` is the line in the file before the repair.
    """
    return Issue(check, SEVERITY[check], message, location=Location(line=line, unit=unit), repair=repair)
