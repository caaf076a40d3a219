"""SARIF 2.1.0 for code hosts: rules, and results with severity, file, line and fingerprint.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from transflow import __version__
from transflow.findings import Verdict
from transflow.findings.marks import mark, mark_of_version_1
from transflow.model.issue import Issue, Severity
from transflow.text import escaped_json

FOR_REPOSITORY = True
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


def render(verdict: Verdict) -> str:
    rules = sorted({issue.check for issue in verdict.issues})
    driver = {
        "name": "transflow",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": rule}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not verdict.unreadable}],
        "results": [_result(issue, rules.index(issue.check), verdict.prefix) for issue in verdict.issues],
    }
    return (
        escaped_json(json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1))
        + "\n"
    )


def _result(issue: Issue, rule: int, prefix: str) -> dict[str, object]:
    place = issue.location
    location: dict[str, object] = {"logicalLocations": [{"fullyQualifiedName": place.label}]}
    if place.path:
        physical_location: dict[str, object] = {
            "artifactLocation": {"uri": quote(prefix + place.path), "uriBaseId": "%SRCROOT%"}
        }
        if place.line:
            physical_location["region"] = {"startLine": place.line}
        location["physicalLocation"] = physical_location
    return {
        "ruleId": issue.check,
        "ruleIndex": rule,
        "level": _LEVELS[issue.severity],
        "message": {"text": issue.message or issue.check},
        "locations": [location],
        "partialFingerprints": {"transflow/v1": mark_of_version_1(issue), "transflow/v2": mark(issue)},
    }
