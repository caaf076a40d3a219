"""Plain text for people: a line for each finding and a summary.

Hints are counted, and listed on request.
"""

from __future__ import annotations

from transflow.findings import Verdict
from transflow.model.issue import Issue


def render(verdict: Verdict) -> str:
    listed = [issue for issue in verdict.issues if issue.severity != "hint" or verdict.lists_hints]
    return "".join(f"{each}\n" for each in (*map(_line, listed), summary(verdict)))


def _line(issue: Issue) -> str:
    message = f": {issue.message}" if issue.message else ""
    return f"{issue.location.label}: {issue.severity}{message} [{issue.check}]"


def summary(verdict: Verdict) -> str:
    """Return the result in one line."""
    if not verdict.catalogs and not verdict.issues:
        return "Nothing to judge: no story is ready yet. (--all judges everything.)"
    parts = [_count(len(verdict.catalogs), "catalog") + " judged", _count(verdict.count("error"), "error")]
    parts += [_count(n, "warning") for n in [verdict.count("warning")] if n]
    hint_note = "" if verdict.lists_hints else " (--hints lists them)"
    parts += [_count(n, "hint") + hint_note for n in [verdict.count("hint")] if n]
    parts += [f"{verdict.known} known from the baseline"] if verdict.known else []
    return f"{', '.join(parts)}: {'FAILED' if verdict.exit_code else 'passed'}."


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
