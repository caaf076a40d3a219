"""HWP 5 files, written by hand: records in the streams of a compound file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

from support.documents import Aside, Box, Document, Grid, Para, Picture, Thing, Words
from support.documents.compound import compound

CHARACTERS, PARAGRAPH_SHAPE, DISTRIBUTE = 21, 25, 28
PARAGRAPH, TEXT, SHAPES, CONTROL, LIST, COMPONENT, TABLE, PICTURE = 66, 67, 68, 71, 72, 76, 77, 85
COMPRESSED, PASSWORD, DISTRIBUTION = 1, 2, 4
_NOTES = {"footnote": "fn  ", "endnote": "en  ", "head": "head", "foot": "foot", "comment": "tcmt"}
_CODES = {"fn  ": 17, "en  ": 17, "head": 16, "foot": 16, "tcmt": 15, "gso ": 11, "tbl ": 11, "%hlk": 3}
_FORMS = {"": 0, "outline": 1, "bullet": 2}
_SEED = 20240326


def record(tag: int, level: int, data: bytes = b"") -> bytes:
    if len(data) < 0xFFF:
        return struct.pack("<I", tag | level << 10 | len(data) << 20) + data
    return struct.pack("<II", tag | level << 10 | 0xFFF << 20, len(data)) + data


def text(words: str) -> bytes:
    """Return a text behind its length in units."""
    data = words.encode("utf-16-le", "surrogatepass")
    return struct.pack("<H", len(data) // 2) + data


def hwp5(document: Document, *, is_for_distribution: bool = False) -> bytes:
    """Return a file."""
    return packed(records(document), is_for_distribution=is_for_distribution)


def records(document: Document) -> bytes:
    return b"".join(_para(para, 0) for para in document)


def packed(section: bytes, *, is_for_distribution: bool = False, flags: int = 0) -> bytes:
    """Return a file with these records as its text."""
    flags |= COMPRESSED | (DISTRIBUTION if is_for_distribution else 0)
    stream = deflated(section)
    streams = {
        "FileHeader": (b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000500, flags)).ljust(256, b"\0"),
        "DocInfo": deflated(_formats()),
        "ViewText/Section0" if is_for_distribution else "BodyText/Section0": _encrypted(stream)
        if is_for_distribution
        else stream,
    }
    return compound(streams)


def deflated(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def _formats() -> bytes:
    shapes = (
        record(CHARACTERS, 0, bytes(46) + struct.pack("<I", bold << 1 | italic)) for italic in (0, 1) for bold in (0, 1)
    )
    forms = (record(PARAGRAPH_SHAPE, 0, struct.pack("<I", number << 23)) for number in (0, 1, 3))
    return b"".join((*shapes, *forms))


def _encrypted(stream: bytes) -> bytes:
    """Return a stream for distribution: the record for its key, and the encrypted data."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    seed = _SEED
    cover: list[int] = []
    while len(cover) < 256:
        seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
        value = seed >> 16 & 0xFF
        seed = (seed * 214013 + 2531011) & 0xFFFFFFFF
        cover += [value] * ((seed >> 16 & 0xF) + 1)
    key = "0123456789abcdef".encode("utf-16-le")
    at = 4 + (_SEED & 0xF)
    plain = bytearray(256)
    plain[at : at + len(key)] = key
    hidden = bytes(byte ^ mask for byte, mask in zip(plain, cover, strict=False))
    encryptor = Cipher(algorithms.AES128(key[:16]), modes.ECB()).encryptor()
    data = encryptor.update(stream + bytes(-len(stream) % 16))
    return record(DISTRIBUTE, 0, struct.pack("<I", _SEED) + hidden[4:]) + data


def _para(para: Para, level: int) -> bytes:
    """Return the records of a paragraph."""
    units, shapes, controls = b"", b"", b""
    for thing in para.things:
        for code, data, shape, below in _things(thing, level + 1):
            shapes += struct.pack("<II", len(units) // 2, shape)
            units += struct.pack("<H14s", code, data) if code else data
            controls += below
    head = struct.pack("<IIHBB", len(units) // 2 + 1, 0, _FORMS[para.form], 0, 0)
    own = record(TEXT, level + 1, units + b"\r\0") + record(SHAPES, level + 1, shapes)
    return record(PARAGRAPH, level, head) + own + controls


def _list(words: str, level: int, data: bytes = bytes(8)) -> bytes:
    return record(LIST, level, data) + (_para(Para([Words(words)]), level) if words else b"")


def _control(name: str, level: int, data: bytes, below: Iterable[bytes]) -> tuple[int, bytes, int, bytes]:
    code = name[::-1].encode()
    return _CODES[name], code, 0, record(CONTROL, level, code + data) + b"".join(below)


def _things(thing: Thing, level: int) -> Iterator[tuple[int, bytes, int, bytes]]:
    """Yield control character, units or data, format, and records of a thing."""
    match thing:
        case Words(words, bold, italic, address):
            if address:
                command = address.replace(":", "\\:") + ";1;0;0;"
                yield _control("%hlk", level, bytes(5) + text(command), ())
            yield 0, words.encode("utf-16-le", "surrogatepass"), bold + 2 * italic, b""
            if address:
                yield 4, b"", 0, b""
        case Aside(kind, words):
            yield _control(_NOTES[kind], level, bytes(8), [_list(words, level + 1)])
        case Picture(description, caption):
            captions = [_list(caption, level + 1)] if caption else []
            shape = [record(COMPONENT, level + 1, bytes(8)), record(PICTURE, level + 2, bytes(8))]
            yield _control("gso ", level, bytes(40) + text(description), [*captions, *shape])
        case Box(words):
            yield _control("gso ", level, bytes(40) + text(""), [record(COMPONENT, level + 1), _list(words, level + 2)])
        case Grid(rows, has_head):
            cells = (
                _list(cell, level + 1, struct.pack("<8sHHHH", b"", column, number, 1, 1))
                for number, row in enumerate(rows)
                for column, cell in enumerate(row)
            )
            table = record(TABLE, level + 1, struct.pack("<IHH", 4 * has_head, len(rows), len(rows[0])))
            yield _control("tbl ", level, bytes(40), [table, *cells])
