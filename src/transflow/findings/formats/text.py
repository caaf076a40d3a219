"""A line for each finding, and one that says how it went: for people."""

from __future__ import annotations

from transflow.findings import Line, Verdict


def render(verdict: Verdict) -> str:
    return "".join(f"{each}\n" for each in (*map(_line, verdict.lines), summary(verdict)))


def _line(line: Line) -> str:
    said = f": {line.message}" if line.message else ""
    return f"{line.where}: {line.severity}{said} [{line.check}]"


def summary(verdict: Verdict) -> str:
    """How it went, in one line."""
    if not verdict.judged and not verdict.lines:
        return "Nothing to judge: no story is ready yet. (--all judges everything.)"
    counted = [_many(len(verdict.judged), "catalog") + " judged", _many(verdict.count("error"), "error")]
    counted += [_many(n, word) for word in ("warning", "hint") if (n := verdict.count(word))]
    counted += [f"{verdict.known} known from the baseline"] if verdict.known else []
    return f"{', '.join(counted)}: {'FAILED' if verdict.exit_code else 'passed'}."


def _many(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
