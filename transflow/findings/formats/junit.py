"""JUnit XML for CI servers: a suite for each catalog, a test case for each finding.

A finding that fails the gate is a failure; others are in `system-out`. A catalog without findings
has one passing case.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from transflow.findings import Verdict
from transflow.model.issue import Issue
from transflow.text import HIDDEN
from transflow.xml_text import escape, quoteattr

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not allow."""
_HIDDEN = re.compile(HIDDEN)
_RUNNER_LINE = re.compile(r"\n(?=\s*::)")
"""Line break before what GitHub's runner would take for a command."""


def render(verdict: Verdict) -> str:
    suites: defaultdict[str, list[Issue]] = defaultdict(list, {path: [] for path in verdict.catalogs})
    for issue in verdict.issues:
        suites[issue.location.path or issue.location.label].append(issue)
    tests = sum(max(1, len(issues)) for issues in suites.values())
    failures = sum(map(verdict.fails, verdict.issues))
    inside = "".join(_suite(verdict, path, issues) for path, issues in suites.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="transflow" tests="{tests}" failures="{failures}" errors="0">\n{inside}</testsuites>\n'
    )


def _suite(verdict: Verdict, path: str, issues: Sequence[Issue]) -> str:
    cases = "".join(_case(verdict, path, issue) for issue in issues)
    cases = cases or f'  <testcase name="transflow check" classname={_attribute(path)} time="0"/>\n'
    counts = f'tests="{max(1, len(issues))}" failures="{sum(map(verdict.fails, issues))}" errors="0" skipped="0"'
    return f' <testsuite name={_attribute(path)} {counts} time="0">\n{cases} </testsuite>\n'


def _case(verdict: Verdict, path: str, issue: Issue) -> str:
    label = issue.location.label
    name = _attribute(f"{label} {issue.check}")
    message = issue.message or issue.check
    if verdict.fails(issue):
        body = f"<failure type={_attribute(issue.check)} message={_attribute(message)}>{_text(f'{label}: {message}')}</failure>"
    else:
        body = f"<system-out>{_text(f'{issue.severity}: {message}')}</system-out>"
    return f'  <testcase name={name} classname={_attribute(path)} time="0">{body}</testcase>\n'


def _text(text: str) -> str:
    return _hidden_as_references(escape(_NOT_XML.sub("�", text)))


def _attribute(text: str) -> str:
    return _hidden_as_references(quoteattr(_NOT_XML.sub("�", text)))


def _hidden_as_references(document: str) -> str:
    """Return equivalent XML without what a log would hide, or a CI runner obey."""
    document = _RUNNER_LINE.sub("&#10;", document.replace("##", "#&#35;"))
    return _HIDDEN.sub(lambda found: f"&#{ord(found[0])};", document)
