"""Public page of the corrections of a newsroom in one language."""

from dataclasses import dataclass
from typing import NamedTuple


class PublicNote(NamedTuple):
    """A correction or clarification that readers have seen."""

    time: str
    """ISO 8601 with offset."""
    kind: str
    """`correction` or `clarification`."""
    headline: str
    """Inline Markdown; empty if the present headline was not published."""
    url: str
    text: str
    """The note as printed, with its label: inline Markdown."""
    wrong: str
    """The text that was wrong or unclear; empty for a note in free wording."""
    right: str
    """The text in its place; empty if the note does not say it."""


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """Everything that the public page prints."""

    locale: str
    publisher: str
    publisher_url: str
    notes: tuple[PublicNote, ...]
    """Newest first."""
