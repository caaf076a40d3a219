"""Reports, as parsed from their files."""

from dataclasses import dataclass
from typing import NamedTuple

from transflow.model.unit import Kind


class Segment(NamedTuple):
    """One sentence of a text: `text[start:end] == source`, then the white space `gap`. Offsets in code points."""

    source: str
    gap: str
    start: int
    end: int


class Block(NamedTuple):
    """One block of a report: its text on one line, inline Markdown kept, and what it is."""

    kind: Kind
    text: str
    variant: str = ""
    line: int = 0
    """1-based line in the file where it starts; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the `---` lines of a report. Empty text where a field is missing."""

    title: str = ""
    deck: str = ""
    byline: str = ""
    date: str = ""
    """ISO 8601 as written; `transflow.report.when` resolves it against the project's time zone."""
    dateline: str = ""
    url: str = ""
    embargo: str = ""
    confidential: bool = False
    tags: tuple[str, ...] = ()
    lead: str = ""
    lang: str = ""
    """The report's own language, where it is not the project's."""
    origin: str = ""
    """Where the report came from: an address, or the name of a file."""
    origin_digest: str = ""
    reader: str = ""
    """What read it from there."""
    story: str = ""
    """The story, `language:slug`, that a pivoted report was made of."""
    story_digest: str = ""
    record: str = ""
    """How the report may be used: see `ALLOWANCES`; empty for as usual."""
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A parsed source document. `blocks` begin with the headline and the deck of the front matter."""

    slug: str
    front: FrontMatter
    blocks: tuple[Block, ...]
    digest: str
    """SHA-256 of the file's bytes with LF line ends, and the version of its reading: what `X-Report-Digest` holds."""
