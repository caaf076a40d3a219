"""Formats of an HWP 5 file: characters and paragraphs, by their numbers."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

from transflow.readers.hancom.flow import Shape
from transflow.readers.hancom.hwp5_file import Record

_CHARACTERS, _PARAGRAPH = 21, 25
_ITALIC, _BOLD = 0x1, 0x2
_PROPERTY_AT = 46
"""Offset of the properties in a record about characters."""
_FORMS = ("", "outline", "number", "bullet")


class Hwp5Formats(NamedTuple):
    """Formats of characters, and forms of a paragraph's numbering."""

    shapes: list[Shape]
    headings: list[str]

    def shape(self, number: int) -> Shape:
        return self.shapes[number] if number < len(self.shapes) else Shape()

    def heading(self, number: int) -> str:
        return self.headings[number] if number < len(self.headings) else ""


def formats(records: Iterable[Record]) -> Hwp5Formats:
    """Return the formats in the records of `DocInfo`."""
    found = Hwp5Formats([], [])
    for each in _all(records):
        if each.tag == _CHARACTERS:
            bits = integer(each.data, _PROPERTY_AT)
            found.shapes.append(Shape(bool(bits & _BOLD), bool(bits & _ITALIC)))
        elif each.tag == _PARAGRAPH:
            found.headings.append(_FORMS[integer(each.data, 0) >> 23 & 0x3])
    return found


def _all(records: Iterable[Record]) -> Iterable[Record]:
    for each in records:
        yield each
        yield from _all(each.below)


def integer(data: bytes, at: int, size: int = 4) -> int:
    """Return a number of a record; 0 behind its end."""
    return int.from_bytes(data[at : at + size], "little") if at + size <= len(data) else 0


def text(data: bytes, at: int) -> str:
    """Return a text of a record that begins with its length; as much as there is of it."""
    start = at + 2
    return decoded(data[start : start + 2 * integer(data, at, 2)])


def decoded(data: bytes) -> str:
    """Return UTF-16 as text; half a character stays one."""
    return data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass")


def by_unit(data: bytes) -> str:
    """Return UTF-16 as text with one character for each of its units, so that offsets are kept."""
    text = decoded(data)
    return text if 2 * len(text) == len(data) else "".join(map(chr, memoryview(data[: len(data) // 2 * 2]).cast("H")))


def joined_halves(text: str) -> str:
    """Return a text by units as text by characters."""
    return text if text.isascii() else decoded(text.encode("utf-16-le", "surrogatepass"))


def pairs(data: bytes) -> list[tuple[int, int]]:
    """Return the pairs of numbers that a record consists of."""
    return [*struct.iter_unpack("<II", data[: len(data) // 8 * 8])]
