"""Findings of `transflow check`: selection, severities, baseline and output.

Invariant: in every format, a finding about embargoed or confidential text has a reference and the
id of its check, and no word of the text.

    selection   checks to run: `--select`, `--ignore`
    marks       digests by which known findings are recognized
    baseline    known findings to leave out
    formats     output formats for people and machines
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transflow.messages import NOTHING
from transflow.model.issue import Issue, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
"""Severities, highest first."""
RECORD_RULES = ("gate", "record")
"""Families of the record's own rules, which are selected together as "gate" and cannot be waived.
"""


def is_record_rule(issue: Issue) -> bool:
    """True for a rule of the record, False for a check of a text."""
    return issue.check.partition(".")[0] in RECORD_RULES


def without_text(issue: Issue) -> Issue:
    """Return an issue of an embargoed or confidential text with no word of the text."""
    return Issue(issue.check, issue.severity, NOTHING, location=issue.location)


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
    issues: list[Issue] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    """Paths of unreadable files, whose defects are reported whatever was selected."""
    fail_on: Severity = "error"
    prefix: str = ""
    """Path of the project's folder in its repository, with a final slash; code hosts need it."""
    hints: bool = False
    """True if the text format lists hints."""
    known: int = 0
    """Number of findings left out because the baseline has them."""
    proved: int | None = None
    """Number of approvals and other decisions that are proved to be their people's own; None where
    nothing has to be.
    """

    @property
    def lists_hints(self) -> bool:
        return self.hints or self.fail_on == "hint"

    def count(self, severity: Severity) -> int:
        return sum(issue.severity == severity for issue in self.issues)

    def fails(self, issue: Issue) -> bool:
        return is_at_least(issue.severity, self.fail_on)

    @property
    def exit_code(self) -> int:
        return 3 if self.unreadable else int(any(map(self.fails, self.issues)))
