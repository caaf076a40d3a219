"""Readers of reports: the bytes of a file as a report in Markdown with front matter, one module for
each kind of file, named like its id.

Invariant: a file is recognised by its content; its name decides only between readers to which the
content says nothing. What a reader cannot keep is named in an issue, with its place in the file.

A file that can hold several reports, such as a mailbox, has pieces, and each is read by itself.

A reader knows no project and opens no file. A library that it needs is optional: the reader is
there without it, and says how to install it when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from hashlib import sha256
from importlib.util import find_spec
from pathlib import PurePath
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from transflow.errors import UsageError
from transflow.messages import Message, Messages
from transflow.model.issue import Issue
from transflow.model.report import FrontMatter
from transflow.registry import Registry

MESSAGES = Messages(
    __name__,
    {"needs": "{reader}: {package} is not installed: pip install 'transflow[{extra}]'."},
)


class Certainty(IntEnum):
    """Degree to which a reader recognises a file; the highest one reads it."""

    NONE = 0
    FALLBACK = 1
    """Some file that no other reader recognises."""
    NAME = 2
    """The name says so, and the content does not contradict it."""
    CONTENT = 3


class IncomingReport(NamedTuple):
    """A report read from a file, before anything is written."""

    front: FrontMatter
    """Fields that the file has."""
    body: str
    """Markdown, as it is written to the file of the report."""
    issues: tuple[Issue, ...] = ()
    """Parts of the file that were not kept, with their lines; an error refuses the file."""
    begins_with_headline: bool = False
    """True if the first paragraph is the headline where the front matter has none."""
    is_original: bool = True
    """False if the file is the origin of the report, and not the report itself; set by `read`."""
    head: str = ""
    """The front matter as it stands in the file, where that is the report itself."""


class Piece(NamedTuple):
    """A report in a file that holds several, or a file that is attached to another one."""

    name: str
    """Its name in messages."""
    data: bytes
    reader: str = ""
    """Its reader; empty for the one that recognises it."""


class Reader(Protocol):
    """Interface of a reader module, whose docstring is printed in the documents."""

    DESCRIPTION: Message
    """The files that it reads, as a sentence."""
    NEEDS: Mapping[str, str] = {}
    """Optional package that it imports -> extra of transflow that installs it."""
    IS_ORIGINAL: bool = False
    """True if the report is the file itself; otherwise its front matter records the origin."""
    pieces: Callable[[bytes, str], Sequence[Piece]] | None = None
    """The reports in a file, of a reader whose files can hold several."""
    attachments: Callable[[bytes, str], Sequence[Piece]] | None = None
    """The files that are attached to a report."""

    @staticmethod
    def recognises(data: bytes, name: str) -> Certainty:
        """Return the certainty that this reader is the one for a file. It imports nothing that is
        optional.
        """
        ...

    @staticmethod
    def read(data: bytes, name: str) -> IncomingReport:
        """Return the report in a file; `name` is used in messages. Raise UnreadableError."""
        ...


registry = Registry(__name__, __path__, "reader", Reader)
names, load = registry.names, registry.load


def recognise(data: bytes, name: str) -> str:
    """Return the reader of a file. The first in alphabetical order wins among equals."""
    return max(names(), key=lambda each: load(each).recognises(data, name))


def missing(name: str) -> list[str]:
    """Return the optional packages of a reader that are not installed."""
    return [package for package in load(name).NEEDS if find_spec(package) is None]


def check_installed(reader: str) -> None:
    """Raise UsageError for a reader that needs a package which is not installed."""
    for package in missing(reader):
        raise UsageError(MESSAGES("needs", reader=reader, package=package, extra=load(reader).NEEDS[package]))


def origin_of(name: str) -> str:
    """Return what is recorded of where a report came from: the name of a file without its folder,
    the host of an address, nothing for standard input.
    """
    if is_address(name):
        return urlsplit(name).hostname or ""
    return "" if name == "-" else PurePath(name).name


def is_address(name: str) -> bool:
    """Return whether what a user names is an address of the web, and no file."""
    return name.lower().startswith(("http://", "https://"))


def pieces(data: bytes, name: str, reader: str = "") -> Sequence[Piece]:
    """Return the reports in a file: mostly one, the file itself. Raise as `read` does."""
    reader = reader or recognise(data, name)
    split = load(reader).pieces
    if split is None:
        return (Piece(name, data, reader),)
    check_installed(reader)
    return split(data, name)


def read(data: bytes, name: str, reader: str = "") -> IncomingReport:
    """Return the report in a file, read by the named reader or by the one that recognises it.

    Raise UnknownNameError for an unknown reader, UsageError for one that needs a package, and
    UnreadableError for a file that it cannot read.
    """
    reader = reader or recognise(data, name)
    chosen = load(reader)
    check_installed(reader)
    report = chosen.read(data, name)
    if chosen.IS_ORIGINAL:
        return report
    origin = report.front.origin or origin_of(name)
    reader, digest = reader.replace("_", "-"), sha256(data).hexdigest()
    front = replace(report.front, origin=origin, origin_digest=digest, reader=reader)
    return report._replace(front=front, is_original=False)
