"""JSON with all fields of the findings, for scripts."""

from __future__ import annotations

import json

from transflow.findings import SEVERITIES, ReportedIssue, Verdict
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
        "issues": [_entry(line) for line in verdict.lines],
    }
    return escaped_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n"


def _entry(line: ReportedIssue) -> dict[str, object]:
    return {
        "where": line.location,
        "path": line.path,
        "line": line.line or None,
        "unit": line.unit or None,
        "check": line.check,
        "severity": line.severity,
        "message": line.message or None,
        "source_span": line.source_span,
        "target_span": line.target_span,
        "fix": line.fix,
        "mark": line.fingerprint,
    }
