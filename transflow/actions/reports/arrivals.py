"""Reports in files that hold several, attached files, and the names of both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import urlsplit

from transflow import readers
from transflow.readers import Piece


def opened(data: bytes, name: str, reader: str = "", *, with_attachments: bool = False) -> Iterator[Piece]:
    """Yield the reports in a file, each followed by the files that are attached to it, if wanted.

    Raise UnknownNameError, UsageError for a reader that is not installed, and UnreadableError.
    """
    for piece in readers.pieces(data, name, reader):
        yield piece
        chosen = piece.reader or readers.recognise(piece.data, piece.name)
        attached = readers.load(chosen).attachments
        if with_attachments and attached is not None:
            yield from (each for each in attached(piece.data, piece.name))


def short_name(name: str) -> str:
    """Return the name of a file without its ending; nothing for standard input."""
    return PurePath(name).stem if name != "-" else ""


def name_of_page(address: str) -> str:
    """Return a name for the page at an address: its site, and the end of its path."""
    parts = urlsplit(address)
    labels = [each for each in (parts.hostname or "").split(".") if each not in ("www", "m", "news")]
    path = [PurePath(each).stem for each in parts.path.split("/") if each]
    return "-".join([*labels[:1], *path[-2:]])
