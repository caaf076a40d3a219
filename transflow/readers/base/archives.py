"""Members of ZIP files, and compressed data, in bounded memory.

Invariant: no more than the allowed bytes are inflated, whatever a file says of its own sizes; a
member that is encrypted, or damaged, is refused with the reason.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.readers.base.guards import broken, check_size, refusing_broken

MESSAGES = Messages(
    __name__,
    {
        "entries": "it has {entries} files in it; up to {most} are read.",
        "inflated": "its contents grow to more than {most} MB.",
        "bomb-way-out": "No program writes such a document: do not open it, and ask who sent it.",
        "missing": "{member} is missing.",
        "method": "{member} is compressed by a method that is not read ({method}).",
        "short": "its compressed data end too early.",
        "encrypted": "it is encrypted.",
        "encrypted-way-out": "Save it without a password in the program that wrote it.",
    },
)

MOST_ENTRIES = 10_000
MOST_INFLATED = 64 << 20
"""Bytes that may be inflated from one file."""
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 16
_IS_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """A ZIP file whose members are read in bounded memory."""

    def __init__(self, data: bytes, name: str, kind: str = "ZIP", most: int = MOST_INFLATED) -> None:
        """Raise UnreadableError for a file that is no ZIP file, or has too many members; `kind` is
        the name of the format in messages.
        """
        check_size(data, name)
        if (entries := data.count(_ENTRY)) > MOST_ENTRIES:
            problem = MESSAGES("entries", entries=entries, most=MOST_ENTRIES)
            raise UnreadableError(name, 0, problem, MESSAGES("bomb-way-out"))
        self.name, self.kind, self._left, self._most = name, kind, most, most
        with refusing_broken(name, kind, zipfile.BadZipFile):
            self._file = zipfile.ZipFile(io.BytesIO(data))
        self.names = tuple(self._file.namelist())

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, member: str) -> bool:
        return member in self._file.NameToInfo

    def read(self, member: str) -> bytes:
        """Return the bytes of a member. Raise UnreadableError if there is none, or too much."""
        if member not in self:
            raise broken(self.name, self.kind, MESSAGES("missing", member=member))
        about = self._file.getinfo(member)
        if about.flag_bits & _IS_ENCRYPTED:
            raise encrypted(self.name)
        if about.compress_type not in _METHODS:
            raise broken(self.name, self.kind, MESSAGES("method", member=member, method=about.compress_type))
        with refusing_broken(self.name, self.kind, zipfile.BadZipFile), self._file.open(about) as stream:
            content = stream.read(self._left + 1)
        if len(content) > self._left:
            raise _too_much(self.name, self._most)
        self._left -= len(content)
        return content


def encrypted(name: str) -> UnreadableError:
    """Return the error for a file with a password."""
    return UnreadableError(name, 0, MESSAGES("encrypted"), MESSAGES("encrypted-way-out"))


def inflate(
    data: bytes, name: str, kind: str, *, window: int = zlib.MAX_WBITS, most: int = MOST_INFLATED, of: int = 0
) -> bytes:
    """Return data that zlib compressed; `window` is negative for data without a header.

    Data behind the end of the compressed data are ignored. Raise UnreadableError for damaged data,
    and for more than `most` bytes, which are left of the `of` bytes of the whole file.
    """
    stream = zlib.decompressobj(window)
    with refusing_broken(name, kind):
        found = stream.decompress(data, most + 1)
        if len(found) <= most:
            found += stream.flush(_CHUNK)
    if len(found) > most:
        raise _too_much(name, of or most)
    if not stream.eof:
        raise broken(name, kind, MESSAGES("short"))
    return found


def _too_much(name: str, most: int) -> UnreadableError:
    return UnreadableError(name, 0, MESSAGES("inflated", most=most >> 20), MESSAGES("bomb-way-out"))
