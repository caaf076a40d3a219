"""Findings of `transflow check`: selection, severities, baseline and output.

Invariant: in every format, a finding about embargoed or confidential text has a reference and the
id of its check, and no word of the text.

    selection   checks to run: `--select`, `--ignore`
    baseline    known findings to leave out
    formats     output formats for people and machines
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.digests import digest
from transflow.model.issue import Issue, Severity

Span = tuple[int, int]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
"""Severities, highest first."""
RECORD_RULES = ("gate", "record")
"""Families of the record's own rules, which are selected together as "gate" and cannot be waived.
"""


class ReportedIssue(NamedTuple):
    """Finding as reported."""

    location: str
    """Location, such as `locales/en/reports/un-letter.po` or `en:un-letter#12`."""
    check: str
    message: str
    """Message; empty for embargoed and confidential text."""
    severity: Severity
    path: str = ""
    """Path of the file, relative to the project's folder."""
    line: int = 0
    """Line, 1-based; 0 for the whole file."""
    unit: str = ""
    """Id of the unit; empty for the whole file."""
    source_span: Span | None = None
    target_span: Span | None = None
    fix: str | None = None

    @property
    def is_record_rule(self) -> bool:
        """True for a rule of the record, False for a check of a text."""
        return self.check.partition(".")[0] in RECORD_RULES

    @property
    def fingerprint(self) -> str:
        """Fingerprint of the finding, independent of the unit's position."""
        return digest(self.path, self.unit or self.location, self.check, self.message)


def format_line(where: str, issue: Issue, path: str, line: int, unit: str, *, quiet: bool) -> ReportedIssue:
    """Return an issue as reported; `quiet` leaves out the text (embargoed or confidential)."""
    if quiet:
        return ReportedIssue(where, issue.check, "", issue.severity, path, line, unit)
    return ReportedIssue(
        where,
        issue.check,
        issue.message,
        issue.severity,
        path,
        line,
        unit,
        issue.source_span,
        issue.target_span,
        issue.fix,
    )


def is_at_least(severity: Severity, least: Severity) -> bool:
    return SEVERITIES.index(severity) <= SEVERITIES.index(least)


def with_severities(issues: Sequence[Issue], severities: Mapping[str, str]) -> list[Issue]:
    """Return the issues with a project's severities for ids and families; "off" drops an issue."""
    if not severities:
        return list(issues)
    found = []
    for issue in issues:
        severity = severities.get(issue.check) or severities.get(issue.check.partition(".")[0]) or issue.severity
        if severity != "off":
            found.append(issue._replace(severity=next(each for each in SEVERITIES if each == severity)))
    return found


@dataclass(slots=True)
class Verdict:
    """Result of the gate. `exit_code` is 0 for passed, 1 for failed, 3 for unreadable files."""

    catalogs: list[str] = field(default_factory=list)
    """Paths of the catalogs in scope."""
    lines: list[ReportedIssue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """Paths of unreadable files, whose defects are reported whatever was selected."""
    fail_on: Severity = "error"
    prefix: str = ""
    """Path of the project's folder in its repository, with a final slash; code hosts need it."""
    hints: bool = False
    """True if the text format lists hints."""
    known: int = 0
    """Number of findings left out because the baseline has them."""

    @property
    def lists_hints(self) -> bool:
        return self.hints or self.fail_on == "hint"

    def count(self, severity: Severity) -> int:
        return sum(line.severity == severity for line in self.lines)

    def fails(self, line: ReportedIssue) -> bool:
        return is_at_least(line.severity, self.fail_on)

    @property
    def exit_code(self) -> int:
        return 3 if self.unreadable else int(any(map(self.fails, self.lines)))
