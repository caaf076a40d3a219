"""Baseline: known findings of an existing archive, so that only new ones are reported.

Invariant: a baseline contains marks and no text; the record's own rules are never in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.findings import Verdict, is_record_rule
from transflow.findings.marks import mark, mark_of_version_1
from transflow.json_text import decode_json
from transflow.messages import Messages
from transflow.model.issue import Issue

MESSAGES = Messages(
    __name__,
    {
        "version": "this is a baseline of version {version}.",
        "no-baseline": "this is no baseline.",
        "no-json": "this is no baseline: {why}.",
        "way-out": "Write it anew with --write-baseline.",
    },
)
VERSION = 2
"""Version that is written. Version 1 is read, and has marks that depend on the English messages."""
_MARKS = {1: mark_of_version_1, 2: mark}


class Baseline(NamedTuple):
    """Marks of known findings, as a version computes them."""

    marks: frozenset[str] = frozenset()
    version: int = VERSION

    def knows(self, issue: Issue) -> bool:
        """True for a known finding. The record's own rules never are."""
        return bool(self.marks) and not is_record_rule(issue) and _MARKS[self.version](issue) in self.marks


def serialize(issues: Iterable[Issue]) -> str:
    """Return a baseline of these findings, sorted, one a line so that git can merge it."""
    known = sorted(
        {
            (issue.location.path, issue.location.unit, issue.check, mark(issue))
            for issue in issues
            if not is_record_rule(issue)
        }
    )
    entries = ",\n".join(
        json.dumps({"path": path, "unit": unit, "check": check, "mark": each}, ensure_ascii=False)
        for path, unit, check, each in known
    )
    return f'{{"version": {VERSION}, "known": [\n{entries}\n]}}\n'


def of_issues(issues: Iterable[Issue]) -> Baseline:
    return Baseline(frozenset(map(mark, issues)))


def parse(text: str, path: str) -> Baseline:
    """Parse a baseline. Raise UnreadableError."""
    way_out = MESSAGES("way-out")
    try:
        data = decode_json(text)
        if data["version"] not in _MARKS:
            raise UnreadableError(path, 0, MESSAGES("version", version=str(data["version"])), way_out)
        return Baseline(frozenset(str(entry["mark"]) for entry in data["known"]), data["version"])
    except ValueError as error:
        line, why = getattr(error, "lineno", 0), getattr(error, "msg", error)
        raise UnreadableError(path, line, MESSAGES("no-json", why=str(why)), way_out) from None
    except (TypeError, KeyError):
        raise UnreadableError(path, 0, MESSAGES("no-baseline"), way_out) from None


def remove_known(verdict: Verdict, known: Baseline) -> None:
    """Remove known findings from a verdict."""
    remaining = [issue for issue in verdict.issues if not known.knows(issue)]
    verdict.known += len(verdict.issues) - len(remaining)
    verdict.issues = remaining
