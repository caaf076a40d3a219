"""Guards of readers: limits of size, and errors of libraries as refusals.

Invariant: what a hostile file can make a reader hold is bounded by the constants of this room, and
every refusal names the file and the reason.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from transflow.errors import UnreadableError
from transflow.messages import NOTHING, Clause, Message, Messages, Value

MESSAGES = Messages(
    __name__,
    {
        "size": "it has {megabytes} MB; reports of up to {most} MB are read.",
        "size-way-out": "Take the pictures out in the program that wrote it, and save it again.",
        "broken": "it is damaged, or no {kind} file: {why}.",
        "broken-way-out": "Open it in the program that wrote it, and save it again.",
    },
)

MOST_BYTES = 128 << 20
"""Size of a file; larger ones hold pictures or recordings."""

_WHY = 200
"""Characters of a library's own message that are shown."""
_BROKEN: tuple[type[Exception], ...] = (
    *(ArithmeticError, AssertionError, AttributeError, BufferError, EOFError, LookupError, MemoryError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
"""Errors that libraries raise for files that they cannot read."""


def check_size(data: bytes, name: str, most: int = MOST_BYTES) -> None:
    """Raise UnreadableError for a file that is too large."""
    if len(data) > most:
        problem = MESSAGES("size", megabytes=-(-len(data) >> 20) or 1, most=most >> 20)
        raise UnreadableError(name, 0, problem, MESSAGES("size-way-out"))


def broken(name: str, kind: str, why: object, way_out: Message = NOTHING) -> UnreadableError:
    """Return the error for a file that is damaged.

    `kind` is the name of its format, `why` a message or an error of a library.
    """
    words = " ".join(str(why).split())[:_WHY].rstrip(".: ") or type(why).__name__
    shown: Value = Clause(why) if isinstance(why, Message) else words
    return UnreadableError(name, 0, MESSAGES("broken", kind=kind, why=shown), way_out or MESSAGES("broken-way-out"))


@contextmanager
def refusing_broken(name: str, kind: str, *more: type[Exception]) -> Iterator[None]:
    """Turn errors of a library about a damaged file into UnreadableError; errors of transflow pass.

    `more` are errors of the library's own.
    """
    try:
        yield
    except _BROKEN + more as error:
        raise broken(name, kind, error) from error
