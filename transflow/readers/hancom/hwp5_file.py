"""Streams and records of an HWP 5 file, in bounded memory.

A document for distribution has its text encrypted by AES, with a key that the file holds: whoever
has the file may read it. A document with a password is refused.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.readers.base.archives import MOST_INFLATED, encrypted, inflate
from transflow.readers.base.guards import broken, refusing_broken

if TYPE_CHECKING:
    from olefile import OleFileIO

MESSAGES = Messages(
    __name__,
    {
        "stream": "{stream} is missing.",
        "record": "{stream} ends within a record.",
        "distribution": "{stream} has no key for distribution.",
        "deep": "{stream} has records that are nested more than {most} deep.",
        "many": "{stream} has more than {most} records in one paragraph.",
        "drm": "it is protected by a program for rights (DRM).",
        "drm-way-out": "Ask who sent it for a copy without protection.",
        "way-out": "No program writes such a document: do not open it, and ask who sent it.",
    },
)

KIND = "HWP"
MOST_DEPTH = 120
MOST_RECORDS = 300_000
"""Records of one paragraph with everything in it."""
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _DRM = 0x1, 0x2, 0x4, 0x10
_FLAGS_AT = 36
_LONG = 0xFFF
_DISTRIBUTE = 28
_KEY_DATA = 256
_SECTION = re.compile(r"Section(\d{1,9})")


class Record(NamedTuple):
    """A record: its tag, its data, and the records below it."""

    tag: int
    data: bytes
    below: list[Record]


class Hwp5File:
    """The streams of a file, inflated and decrypted."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raise UnreadableError for a file that is damaged or has a password. Loads olefile, for
        these files only.
        """
        from olefile import OleFileIO

        self.name = name
        with refusing_broken(name, KIND):
            self._file: OleFileIO = OleFileIO(io.BytesIO(data))
            self._names = {"/".join(each): each for each in self._file.listdir()}
        header = self._stream("FileHeader")
        self._flags = int.from_bytes(header[_FLAGS_AT : _FLAGS_AT + 4], "little")
        if self._flags & _PASSWORD:
            raise encrypted(name)
        if self._flags & _DRM:
            raise UnreadableError(name, 0, MESSAGES("drm"), MESSAGES("drm-way-out"))
        self._left = MOST_INFLATED

    def _stream(self, stream: str) -> bytes:
        if stream not in self._names:
            raise broken(self.name, KIND, MESSAGES("stream", stream=stream))
        with refusing_broken(self.name, KIND):
            found: bytes = self._file.openstream(self._names[stream]).read()
        return found

    @property
    def is_for_distribution(self) -> bool:
        return bool(self._flags & _DISTRIBUTION)

    def sections(self) -> list[str]:
        """Return the streams with text, in order."""
        folder = "ViewText" if self.is_for_distribution else "BodyText"
        found = []
        for stream in self._names:
            where, _, section = stream.rpartition("/")
            if where == folder and (number := _SECTION.fullmatch(section)):
                found.append((int(number[1]), stream))
        if not found:
            raise broken(self.name, KIND, MESSAGES("stream", stream=f"{folder}/Section0"))
        return [stream for _, stream in sorted(found)]

    def records(self, stream: str) -> Iterator[Record]:
        """Yield the records of a stream that are below no other."""
        data = self._stream(stream)
        if stream.startswith("ViewText/"):
            data = self._decrypted(data, stream)
        if self._flags & _COMPRESSED:
            data = inflate(data, self.name, KIND, window=-zlib.MAX_WBITS, most=self._left, of=MOST_INFLATED)
            self._left -= len(data)
        return self._nested(data, stream)

    def _decrypted(self, data: bytes, stream: str) -> bytes:
        """Return the data of a stream for distribution, which begins with a record for its key.

        Loads cryptography, for these documents only.
        """
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        tag, _, start, size = _header(data, 0) or (0, 0, 0, 0)
        if tag != _DISTRIBUTE or size != _KEY_DATA or len(data) < start + size:
            raise broken(self.name, KIND, MESSAGES("distribution", stream=stream))
        body = data[start + size :]
        decryptor = Cipher(algorithms.AES128(_key(data[start : start + size])), modes.ECB()).decryptor()
        return decryptor.update(body[: len(body) // 16 * 16])

    def _nested(self, data: bytes, stream: str) -> Iterator[Record]:
        open_: list[Record] = []
        at = count = 0
        while header := _header(data, at):
            tag, level, start, size = header
            if start + size > len(data):
                raise broken(self.name, KIND, MESSAGES("record", stream=stream))
            at = start + size
            record = Record(tag, data[start:at], [])
            if level == 0 and open_:
                yield open_[0]
                open_, count = [], 0
            count += 1
            if count > MOST_RECORDS or level > MOST_DEPTH:
                key, most = ("deep", MOST_DEPTH) if level > MOST_DEPTH else ("many", MOST_RECORDS)
                raise UnreadableError(self.name, 0, MESSAGES(key, stream=stream, most=most), MESSAGES("way-out"))
            del open_[level:]
            if open_:
                open_[-1].below.append(record)
            open_.append(record)
        if open_:
            yield open_[0]


def _header(data: bytes, at: int) -> tuple[int, int, int, int] | None:
    """Return tag, level, start and size of the record at an offset; nothing at the end."""
    if at + 4 > len(data):
        return None
    (word,) = struct.unpack_from("<I", data, at)
    tag, level, size, at = word & 0x3FF, word >> 10 & 0x3FF, word >> 20, at + 4
    if size == _LONG and at + 4 <= len(data):
        (size,) = struct.unpack_from("<I", data, at)
        at += 4
    return tag, level, at, size


def _key(data: bytes) -> bytes:
    """Return the key in a record for distribution, which random numbers from its seed cover."""
    seed = int.from_bytes(data[:4], "little")
    offset = 4 + (seed & 0xF)
    plain = bytearray(data)
    cover = left = 0
    for at in range(_KEY_DATA):
        if not left:
            seed, cover = _next(seed)
            seed, left = _next(seed)
            cover, left = cover & 0xFF, (left & 0xF) + 1
        if at >= 4:
            plain[at] ^= cover
        left -= 1
    return bytes(plain[offset : offset + 16])


def _next(seed: int) -> tuple[int, int]:
    """Return the next seed and random number of Microsoft's C library."""
    seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
    return seed, seed >> 16 & 0x7FFF
