"""What `transflow check` finds, and which of it counts.

Invariant: a finding about embargoed or confidential text carries a reference and the id of its check, and no word of the text,
whatever format it is told in.

    selection   which checks are asked: `--select`, `--ignore`
    baseline    findings that are known already
    formats     how findings are told: text, and formats of machines
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.digests import digest
from transflow.model.issue import Issue, Severity

Span = tuple[int, int]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
"""The gravest first."""
OWN_RULES = ("gate", "record")
"""The families of the record's own rules, which are selected together as "gate" and cannot be waived."""


class ReportedIssue(NamedTuple):
    """One finding, as it is told."""

    where: str
    """`locales/en/reports/un-letter.po` or `en:un-letter#12`."""
    check: str
    message: str
    """Empty where the text is embargoed or confidential."""
    severity: Severity
    path: str = ""
    """The file, relative to the project's folder."""
    line: int = 0
    """1-based; 0 where the whole file is meant."""
    unit: str = ""
    """Id of the unit; empty where none is meant."""
    source_span: Span | None = None
    target_span: Span | None = None
    fix: str | None = None

    @property
    def is_own_rule(self) -> bool:
        """Whether it is a rule of the record, not a check of a text."""
        return self.check.partition(".")[0] in OWN_RULES

    @property
    def mark(self) -> str:
        """The same for the same finding, wherever its unit stands now."""
        return digest(self.path, self.unit or self.where, self.check, self.message)


def format_line(where: str, issue: Issue, path: str, line: int, unit: str, *, quiet: bool) -> ReportedIssue:
    """A line about an issue; `quiet` for embargoed and confidential text."""
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
    """The issues with the severities that a project gives to ids and families; "off" leaves them out."""
    if not severities:
        return list(issues)
    found = []
    for issue in issues:
        wanted = severities.get(issue.check) or severities.get(issue.check.partition(".")[0]) or issue.severity
        if wanted != "off":
            found.append(issue._replace(severity=next(each for each in SEVERITIES if each == wanted)))
    return found


@dataclass(slots=True)
class Verdict:
    """What the gate found. `exit_code`: 0 passed, 1 failed, 3 something could not be read."""

    judged: list[str] = field(default_factory=list)
    """The paths of the catalogs in scope."""
    lines: list[ReportedIssue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """The paths of files that could not be read: what is wrong with them is told whatever was asked for."""
    fail_on: Severity = "error"
    prefix: str = ""
    """The project's folder in its repository, with a slash at the end: code hosts know files by their place there."""
    hints: bool = False
    """Whether hints are listed for people too."""
    known: int = 0
    """Findings that are left out because the baseline has them."""

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
