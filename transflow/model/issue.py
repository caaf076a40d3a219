"""Issues: what checks report about a text or a file."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "hint"]


class Issue(NamedTuple):
    """A finding about a text or a file (ITS locQualityIssue). Spans are code point ranges."""

    check: str
    severity: Severity
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    fix: str | None = None
    """The whole corrected target, if the correction is certain."""
    line: int = 0
