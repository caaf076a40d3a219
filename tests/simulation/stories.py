"""Stories on their way from reports to a page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Story:
    """A story on its way from reports to a page, with the names that it and its reports had."""

    key: str
    reports: tuple[str, ...]
    since: int
    """Day on which it was begun."""
    phase: str = "translating"
    quiet: str = ""
    """The reason why nothing of it may be printed: "confidential", "embargo", or empty."""
    released: int = 0
    """Day on which the embargo ends."""
    published: dict[str, str] = field(default_factory=dict)
    """Paragraph id -> its text on the page."""
    corrected: set[str] = field(default_factory=set)
    """Ids of the paragraphs whose mistake was reported and is to be corrected."""
    tries: int = 0
    """Number of times that the writer said that the correction is made."""
