"""Issues: what checks report about a text or a file."""

from __future__ import annotations

from typing import Literal, NamedTuple

from transflow.messages import NOTHING, Message

Severity = Literal["error", "warning", "hint"]
Span = tuple[int, int]
"""Start and end in code points."""


class Location(NamedTuple):
    """Place of an issue in the record. A part is empty if it is unknown or does not apply."""

    path: str = ""
    """Path of the file, relative to the project's folder."""
    line: int = 0
    """Line of the file, 1-based; 0 for the whole file."""
    unit: str = ""
    """Id of the unit; empty for the whole file."""
    label: str = ""
    """The place as people read it: `locales/en/reports/un-letter.po` or `en:un-letter#12`."""


class Issue(NamedTuple):
    """A finding about a text or a file (ITS locQualityIssue)."""

    check: str
    """Id of the check, such as `numbers.missing` or `record.doubled`."""
    severity: Severity
    message: Message
    """A sentence; of a defect of a file, a clause. Empty for embargoed and confidential texts."""
    source_span: Span | None = None
    target_span: Span | None = None
    fix: str | None = None
    """The whole corrected target, if the correction is certain."""
    location: Location = Location()
    repair: Message = NOTHING
    """Description of what `transflow repair` does about it; empty if people have to decide."""
    sentence: str = ""
    """Reference of the sentence that it was found in, if it is repeated at a paragraph."""

    def at(self, location: Location) -> Issue:
        """Return the issue with a location."""
        return self._replace(location=location)
