"""GitHub workflow commands (annotations), escaped as the runner parses them.

Source: actions/toolkit, packages/core/src/command.ts (`escapeData`, `escapeProperty`).
"""

from __future__ import annotations

from transflow.findings import Verdict
from transflow.model.issue import Issue, Severity
from transflow.text import visible

FOR_REPOSITORY = True
_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def render(verdict: Verdict) -> str:
    return "".join(_command(issue, verdict.prefix) for issue in verdict.issues)


def _command(issue: Issue, prefix: str) -> str:
    location = issue.location
    properties = {
        "file": location.path and prefix + location.path,
        "line": str(location.line or ""),
        "title": f"{location.label} [{issue.check}]",
    }
    property_list = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_COMMANDS[issue.severity]} {property_list}::{_data(issue.message or issue.check)}\n"


def _data(text: str) -> str:
    """Escape a text. The log is shown in terminals too, so that controls are made visible."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
