"""Defects of files of the record."""

from __future__ import annotations

from typing import NamedTuple

from transflow.model.issue import Severity


class Defect(NamedTuple):
    """Defect of a file of the record."""

    check: str
    """Key of `SEVERITY`, such as "record.doubled"."""
    problem: str
    """Description of the defect, as a clause without a full stop."""
    repair: str = ""
    """Description of the repair; empty if people have to decide."""
    line: int = 0
    """Line, 1-based, in the original file; 0 if no line applies."""
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
"""Severity by check id. A warning is harmless so far, but may spoil the next merge without the
driver.
"""
