"""JSON with all fields of the findings, for scripts."""

from __future__ import annotations

import json

from transflow.findings import SEVERITIES, Verdict
from transflow.findings.marks import mark
from transflow.model.issue import Issue
from transflow.text import escaped_json

VERSION = 1


def render(verdict: Verdict) -> str:
    whole = {
        "version": VERSION,
        "passed": not verdict.exit_code,
        "fail_on": verdict.fail_on,
        "judged": verdict.catalogs,
        "counts": {severity: verdict.count(severity) for severity in SEVERITIES},
        "known": verdict.known,
        "issues": [_entry(issue) for issue in verdict.issues],
    }
    return escaped_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _entry(issue: Issue) -> dict[str, object]:
    location = issue.location
    return {
        "where": location.label,
        "path": location.path,
        "line": location.line or None,
        "unit": location.unit or None,
        "check": issue.check,
        "severity": issue.severity,
        "message": issue.message or None,
        "source_span": issue.source_span,
        "target_span": issue.target_span,
        "fix": issue.fix,
        "mark": mark(issue),
    }
