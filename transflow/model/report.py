"""Reports, parsed from their files."""

from dataclasses import dataclass
from typing import NamedTuple

from transflow.model.unit import Kind


class Segment(NamedTuple):
    """A sentence of a text: `text[start:end] == source`, followed by the white space `gap`.

    Offsets are in code points.
    """

    source: str
    gap: str
    start: int
    end: int


class Block(NamedTuple):
    """A block of a report: its text on one line with inline Markdown, and its kind."""

    kind: Kind
    text: str
    variant: str = ""
    line: int = 0
    """1-based line of its start in the file; 0 if it has none."""


def parts_of_cell(variant: str) -> tuple[str, str]:
    """Return the parts of a table cell's variant: "head row", "row" or nothing, and "right",
    "center" or nothing.
    """
    parts = variant.split(", ")
    return (
        next((part for part in parts if part in ("head row", "row")), ""),
        next((part for part in parts if part in ("right", "center")), ""),
    )


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a report, between `---` lines. Missing fields are empty."""

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
    """Language of the report, if it is not the project's."""
    origin: str = ""
    """URL or file name that the report was imported from."""
    origin_digest: str = ""
    reader: str = ""
    """Id of the reader that imported it."""
    story: str = ""
    """Story, `language:slug`, that a pivoted report was made from."""
    story_digest: str = ""
    record: str = ""
    """Limits of use of the report: see `ALLOWANCES`; empty for none."""
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A parsed source document. `blocks` begin with the headline and deck of the front matter."""

    slug: str
    front: FrontMatter
    blocks: tuple[Block, ...]
    digest: str
    """Value of `X-Report-Digest`: SHA-256 of the file's bytes with LF line ends and of the
    parser's version.
    """
