"""Stories, ready to print."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from transflow.model.credit import CreditGroup
from transflow.model.unit import Kind


class Paragraph(NamedTuple):
    """A printed paragraph: inline Markdown, and the id of its unit."""

    kind: Kind
    text: str
    variant: str
    id: str


class Basis(NamedTuple):
    """A report that the story is based on."""

    slug: str
    title: str
    language: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it will print: everything that a renderer needs, and nothing else."""

    slug: str
    locale: str
    headline: str
    deck: str
    byline: str
    """Printed line, such as "By Jeong Eun Lee"; empty for none."""
    reporters: tuple[str, ...]
    """Names in the byline."""
    dateline: str
    date: str
    """Time of the first publication, ISO 8601 with offset. Empty if the story is not published."""
    modified: str
    """Time of the last correction or other version, ISO 8601 with offset; empty for none."""
    paragraphs: tuple[Paragraph, ...]
    """Body, without headline and deck."""
    credits: tuple[CreditGroup, ...]
    credit_line: str
    """Printed sentences, such as "Translated by A and B. Written in English by C."; empty for
    none.
    """
    basis: tuple[Basis, ...]
    timezone: str = ""
    """IANA name of the zone in which its times are; empty if only their offsets are known."""
    publisher: str = ""
    publisher_url: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    """True if the output is to be marked as a draft."""
    embargo: str = ""
    """End of the embargo that it is under, ISO 8601 with offset; empty for none."""
    cites: tuple[str, ...] = ()
    id: str = ""
    """A UUID; empty for a story of format 1."""
    version: int = 0
    """Number of the published version, from 1; 0 for a draft."""
    version_kind: str = ""
    """Kind of the version, as `transflow.stories.publications.VERSIONS` has it."""
    withdrawn: bool = False
    """True if the story was published and is nowhere now, or was killed."""
    label: str = ""
    """The desk's label of a story with a machine's words; empty if none is asked for."""
    origin: Literal["", "mixed", "machine"] = ""
    """Authors of the words where the desk's rule asks for the label: people and machines, or
    machines alone.
    """
    has_secret_basis: bool = False
    """True if the story is based on confidential reports too, which are not in `basis`."""
