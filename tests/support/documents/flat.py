"""RTF and PDF files, written by hand."""

from __future__ import annotations

from collections.abc import Sequence


def rtf(paragraphs: Sequence[str], rows: Sequence[Sequence[str]] = (), beside: str = "") -> bytes:
    """Return a file in CP949; characters that it lacks are written by their numbers."""
    text = "\\par\n".join(map(_words, paragraphs)) + "\\par\n"
    table = "".join("\\trowd " + "".join(f"{_words(cell)}\\cell " for cell in row) + "\\row\n" for row in rows)
    return f"{{\\rtf1\\ansi\\ansicpg949{{\\fonttbl{{\\f0 Batang;}}}}\\f0 {text}{table}{beside}}}".encode("ascii")


def _words(text: str) -> str:
    return "".join(map(_character, text))


def _character(character: str) -> str:
    if character in "\\{}":
        return "\\" + character
    if character.isascii():
        return character
    try:
        return "".join(f"\\'{byte:02x}" for byte in character.encode("cp949"))
    except UnicodeEncodeError:
        units = character.encode("utf-16-le")
        numbers = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
        return "".join(f"\\u{number}?" for number in numbers)


_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end"""


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a file with the lines of each page."""
    first = 6
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(_TO_UNICODE),
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
        about = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >>"
        page = f"<< {about} /Contents {first + 2 * number + 1} 0 R >>"
        objects += [page.encode(), _stream(f"BT /F 12 Tf 50 780 Td\n{shown}\nET".encode())]
    return _with_table(objects)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _with_table(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end
