"""Baseline: known findings of an existing archive, so that only new ones are reported.

Invariant: a baseline contains fingerprints and no text; the record's own rules are never in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from transflow.errors import UnreadableError
from transflow.findings import Verdict, fingerprint, is_record_rule
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
VERSION = 1


def serialize(issues: Iterable[Issue]) -> str:
    """Return a baseline of these findings, sorted, one a line so that git can merge it."""
    known = sorted(
        {
            (issue.location.path, issue.location.unit, issue.check, fingerprint(issue))
            for issue in issues
            if not is_record_rule(issue)
        }
    )
    entries = ",\n".join(
        json.dumps({"path": path, "unit": unit, "check": check, "mark": mark}, ensure_ascii=False)
        for path, unit, check, mark in known
    )
    return f'{{"version": {VERSION}, "known": [\n{entries}\n]}}\n'


def parse(text: str, path: str) -> frozenset[str]:
    """Return the fingerprints in a baseline. Raises UnreadableError."""
    way_out = MESSAGES("way-out")
    try:
        data = decode_json(text)
        if data["version"] != VERSION:
            raise UnreadableError(path, 0, MESSAGES("version", version=str(data["version"])), way_out)
        return frozenset(str(entry["mark"]) for entry in data["known"])
    except ValueError as error:
        line, why = getattr(error, "lineno", 0), getattr(error, "msg", error)
        raise UnreadableError(path, line, MESSAGES("no-json", why=str(why)), way_out) from None
    except (TypeError, KeyError):
        raise UnreadableError(path, 0, MESSAGES("no-baseline"), way_out) from None


def remove_known(verdict: Verdict, known: frozenset[str]) -> None:
    """Remove known findings from a verdict."""
    remaining = [issue for issue in verdict.issues if is_record_rule(issue) or fingerprint(issue) not in known]
    verdict.known += len(verdict.issues) - len(remaining)
    verdict.issues = remaining
