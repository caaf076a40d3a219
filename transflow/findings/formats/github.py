"""GitHub workflow commands (annotations), escaped as the runner parses them.

Source: actions/toolkit, packages/core/src/command.ts (`escapeData`, `escapeProperty`).
"""

from __future__ import annotations

from transflow.findings import ReportedIssue, Verdict
from transflow.model.issue import Severity

FOR_REPOSITORY = True
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def render(verdict: Verdict) -> str:
    return "".join(_command(line, verdict.prefix) for line in verdict.lines)


def _command(line: ReportedIssue, prefix: str) -> str:
    properties = {
        "file": line.path and prefix + line.path,
        "line": str(line.line or ""),
        "title": f"{line.location} [{line.check}]",
    }
    property_list = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[line.severity]} {property_list}::{_data(line.message or line.check)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
