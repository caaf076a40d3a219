"""Plain text for people: a line for each finding and a summary.

Hints are counted, and listed on request.
"""

from __future__ import annotations

from transflow.findings import ReportedIssue, Verdict


def render(verdict: Verdict) -> str:
    lines = [line for line in verdict.lines if line.severity != "hint" or verdict.lists_hints]
    return "".join(f"{each}\n" for each in (*map(_line, lines), summary(verdict)))


def _line(line: ReportedIssue) -> str:
    said = f": {line.message}" if line.message else ""
    return f"{line.where}: {line.severity}{said} [{line.check}]"


def summary(verdict: Verdict) -> str:
    """Return the result in one line."""
    if not verdict.judged and not verdict.lines:
        return "Nothing to judge: no story is ready yet. (--all judges everything.)"
    counted = [_many(len(verdict.judged), "catalog") + " judged", _many(verdict.count("error"), "error")]
    counted += [_many(n, "warning") for n in [verdict.count("warning")] if n]
    how = "" if verdict.lists_hints else " (--hints lists them)"
    counted += [_many(n, "hint") + how for n in [verdict.count("hint")] if n]
    counted += [f"{verdict.known} known from the baseline"] if verdict.known else []
    return f"{', '.join(counted)}: {'FAILED' if verdict.exit_code else 'passed'}."


def _many(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
