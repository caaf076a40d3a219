"""News in watched feeds and folders: the entries and files that are no reports yet.

Invariant: looking adds nothing, and stores nothing: what is new follows from the reports alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow import readers
from transflow.actions.reports import intake
from transflow.actions.reports.origins import ReportOrigins
from transflow.errors import TransflowError
from transflow.readers import Piece


class NewItem(NamedTuple):
    """An entry of a feed, or a file, that is no report yet."""

    name: str
    """Its file, or the address of its page."""
    title: str = ""
    date: str = ""
    slug: str = ""
    """The report that it is a new version of; empty for none."""
    problem: str = ""
    """Reason why it cannot be read; empty if it can."""


def new_entries(data: bytes, name: str, origins: ReportOrigins) -> Iterator[NewItem]:
    """Yield the entries of a feed whose pages are no reports yet. Raise UnreadableError."""
    for piece in readers.pieces(data, name):
        report = intake.with_headline(readers.read(piece.data, piece.name, piece.reader))
        front = report.front
        if not origins.has_address(front.url) and not origins.known(report):
            yield NewItem(front.url or piece.name, front.title, front.date)


def new_files(files: Iterator[Piece], origins: ReportOrigins) -> Iterator[NewItem]:
    """Yield the files that are no reports yet, also those that cannot be read."""
    for file in files:
        try:
            report = intake.with_headline(intake.read_incoming(file.data, file.name))
        except TransflowError as error:
            yield NewItem(file.name, problem=error.message)
            continue
        if origins.has_file(report):
            continue
        known = origins.known(report)
        if known is None or known.relation == "earlier":
            yield NewItem(file.name, report.front.title, report.front.date, known.slug if known else "")
