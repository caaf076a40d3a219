"""SARIF 2.1.0 for code hosts: rules, and results with severity, file, line and fingerprint.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from transflow import __version__
from transflow.findings import ReportedIssue, Verdict
from transflow.model.issue import Severity
from transflow.text import escaped_json

FOR_REPOSITORY = True
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


def render(verdict: Verdict) -> str:
    rules = sorted({line.check for line in verdict.lines})
    driver = {
        "name": "transflow",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": rule}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not verdict.unreadable}],
        "results": [_result(line, rules.index(line.check), verdict.prefix) for line in verdict.lines],
    }
    return (
        escaped_json(json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1))
        + "\n"
    )


def _result(line: ReportedIssue, rule: int, prefix: str) -> dict[str, object]:
    location: dict[str, object] = {"logicalLocations": [{"fullyQualifiedName": line.location}]}
    if line.path:
        physical_location: dict[str, object] = {
            "artifactLocation": {"uri": quote(prefix + line.path), "uriBaseId": "%SRCROOT%"}
        }
        if line.line:
            physical_location["region"] = {"startLine": line.line}
        location["physicalLocation"] = physical_location
    return {
        "ruleId": line.check,
        "ruleIndex": rule,
        "level": _LEVELS[line.severity],
        "message": {"text": line.message or line.check},
        "locations": [location],
        "partialFingerprints": {"transflow/v1": line.fingerprint},
    }
