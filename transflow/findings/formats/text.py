"""Plain text for people: a line for each finding and a summary.

Hints are counted, and listed on request.
"""

from __future__ import annotations

from transflow.findings import Verdict
from transflow.messages import Joined, Message, Messages, joined
from transflow.model.issue import Issue

MESSAGES = Messages(
    __name__,
    {
        "line": "{place}: {severity}: {message} [{check}]",
        "line/no-text": "{place}: {severity} [{check}]",
        "nothing": "Nothing to judge: no story is ready yet. (--all judges everything.)",
        "passed": "{counts}: passed.",
        "failed": "{counts}: FAILED.",
        "catalogs": ("{n} catalog judged", "{n} catalogs judged"),
        "errors": ("{n} error", "{n} errors"),
        "warnings": ("{n} warning", "{n} warnings"),
        "hints": ("{n} hint", "{n} hints"),
        "hints/unlisted": ("{n} hint (--hints lists them)", "{n} hints (--hints lists them)"),
        "proved": ("{n} approval or other decision proved", "{n} approvals and other decisions proved"),
        "known": "{number} known from the baseline",
    },
)
WORDS = Messages(__name__, {"error": "error", "warning": "warning", "hint": "hint"})
SEVERITIES = {severity: WORDS(severity) for severity in WORDS}


def render(verdict: Verdict) -> Message:
    listed = [issue for issue in verdict.issues if issue.severity != "hint" or verdict.lists_hints]
    return joined([*map(_line, listed), summary(verdict), ""], "\n")


def _line(issue: Issue) -> Message:
    place, severity = issue.location.label, SEVERITIES[issue.severity]
    if not issue.message:
        return MESSAGES("line/no-text", place=place, severity=severity, check=issue.check)
    return MESSAGES("line", place=place, severity=severity, message=issue.message, check=issue.check)


def summary(verdict: Verdict) -> Message:
    """Return the result in one line."""
    if not verdict.catalogs and not verdict.issues and not verdict.proved:
        return MESSAGES("nothing")
    counts = [MESSAGES("catalogs", n=len(verdict.catalogs)), MESSAGES("errors", n=verdict.count("error"))]
    if warnings := verdict.count("warning"):
        counts.append(MESSAGES("warnings", n=warnings))
    if hints := verdict.count("hint"):
        counts.append(MESSAGES("hints" if verdict.lists_hints else "hints/unlisted", n=hints))
    if verdict.proved is not None:
        counts.append(MESSAGES("proved", n=verdict.proved))
    if verdict.known:
        counts.append(MESSAGES("known", number=verdict.known))
    return MESSAGES("failed" if verdict.exit_code else "passed", counts=Joined(tuple(counts)))
