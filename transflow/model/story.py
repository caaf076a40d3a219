"""A story as it will print."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from transflow.model.unit import Kind


class Paragraph(NamedTuple):
    """One printed paragraph: inline Markdown text, and the id of its unit."""

    kind: Kind
    text: str
    variant: str
    id: str


class CreditGroup(NamedTuple):
    """The people credited in one role, in print order. `names` are as printed."""

    role: Literal["translator", "writer", "editor"]
    ids: tuple[str, ...]
    names: tuple[str, ...]


class Basis(NamedTuple):
    """A report that the story is based on."""

    slug: str
    title: str
    language: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it will print: everything that a renderer needs, and nothing else."""

    slug: str
    locale: str
    headline: str
    deck: str
    byline: str
    """The printed line, such as "By Jeong Eun Lee"; empty for none."""
    reporters: tuple[str, ...]
    """The names in the byline."""
    dateline: str
    date: str
    """ISO 8601 with offset: when the story is, or was, published. Empty where unknown."""
    modified: str
    """ISO 8601 with offset, or empty."""
    paragraphs: tuple[Paragraph, ...]
    """The body, without headline and deck."""
    credits: tuple[CreditGroup, ...]
    credit_line: str
    """The printed sentence or sentences, such as "Translated by A and B. Written in English by C."; empty for none."""
    basis: tuple[Basis, ...]
    publisher: str = ""
    publisher_url: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    """Whether the output is to be stamped as a draft."""
    cites: tuple[str, ...] = ()
    id: str = ""
    """A UUID; empty for a story of format 1."""
