"""Kinds of files that are no text, as their content shows: documents, tables, pictures, archives.

Invariant: no text of a newsroom is taken for one of them; a name is never looked at.
"""

from __future__ import annotations

import io

from transflow.errors import UnreadableError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "kind": "this is {kind}, and no text.",
        "doc": "a Word document (.doc)",
        "docx": "a Word document (.docx)",
        "epub": "an e-book (EPUB)",
        "hwp": "a Hangul document (.hwp)",
        "hwpx": "a Hangul document (.hwpx)",
        "odp": "a presentation (.odp)",
        "ods": "a spreadsheet (.ods)",
        "odt": "an OpenDocument text (.odt)",
        "office": "an Office document",
        "pages": "a Pages document",
        "pdf": "a PDF document",
        "pptx": "a presentation (.pptx)",
        "rtf": "a text in Rich Text Format (.rtf)",
        "xls": "a spreadsheet (.xls)",
        "xlsx": "a spreadsheet (.xlsx)",
        "picture": "a picture ({format})",
        "recording": "a recording ({format})",
        "archive": "an archive ({format})",
        "document-way-out": "Save it as plain text in UTF-8, or as Markdown, in the program that wrote it; or copy its text "
        "and paste it.",
        "table-way-out": "Save it as CSV in UTF-8 in the program that wrote it; of a report, copy the text and paste it.",
        "picture-way-out": "Type what it says, or let a program read it, and save that as plain text in UTF-8.",
        "archive-way-out": "Unpack it, and name the files in it.",
    },
)
_TABLES = ("ods", "xls", "xlsx")
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
    b"application/hwp+zip": "hwpx",
}
"""Content of the member `mimetype` of a ZIP file -> kind of document."""
_MEMBERS = {
    "word/": "docx",
    "xl/": "xlsx",
    "ppt/": "pptx",
    "Contents/section0.xml": "hwpx",
    "Index/Document.iwa": "pages",
}
"""Beginning of a member's name in a ZIP file -> kind of document."""
_STREAMS = {"FileHeader": "hwp", "WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
"""Name of a stream in a compound file of Microsoft -> kind of document."""
_BEGINNINGS = (
    (b"HWP Document File", "hwp", ""),
    (b"{\\rtf", "rtf", ""),
    (b"\x89PNG\r\n", "picture", "PNG"),
    (b"\xff\xd8\xff", "picture", "JPEG"),
    (b"GIF87a", "picture", "GIF"),
    (b"GIF89a", "picture", "GIF"),
    (b"II*\0", "picture", "TIFF"),
    (b"MM\0*", "picture", "TIFF"),
    (b"OggS\0", "recording", "Ogg"),
    (b"ID3\x02", "recording", "MP3"),
    (b"ID3\x03", "recording", "MP3"),
    (b"ID3\x04", "recording", "MP3"),
    (b"\x1f\x8b\x08", "archive", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7z"),
    (b"Rar!\x1a\x07", "archive", "RAR"),
    (b"BZh91AY&SY", "archive", "bzip2"),
    (b"\xfd7zXZ\0", "archive", "xz"),
    (b"(\xb5/\xfd", "archive", "zstd"),
)
"""First bytes of a file, its kind, and the name of its format."""
_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"avif": "AVIF"}
_PDF_WITHIN = 1024
"""A PDF may have other bytes before its mark."""


def check_text(data: bytes, path: str) -> None:
    """Raise UnreadableError, with the kind and the way out, for a file that is no text."""
    if kind := _kind(data):
        name, form = kind
        what = MESSAGES(name, format=form) if form else MESSAGES(name)
        raise UnreadableError(path, 0, MESSAGES("kind", kind=what), MESSAGES(_way_out(name)))


def _way_out(name: str) -> str:
    if name in _TABLES:
        return "table-way-out"
    if name in ("picture", "recording"):
        return "picture-way-out"
    return "archive-way-out" if name == "archive" else "document-way-out"


def _kind(data: bytes) -> tuple[str, str] | None:
    """Return the kind of a file that is no text, and the name of its format if it has one."""
    for beginning, name, form in _BEGINNINGS:
        if data.startswith(beginning):
            return name, form
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = (name for stream, name in _STREAMS.items() if f"{stream}\0".encode("utf-16-le") in data)
        return next(found, "office"), ""
    if b"%PDF-" in data[:_PDF_WITHIN] and not data[: data.index(b"%PDF-")].strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "pdf", ""
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE"):
        return ("picture", "WebP") if data[8:12] == b"WEBP" else ("recording", "WAV")
    if data[4:8] == b"ftyp":
        brand = _BRANDS.get(data[8:12], "")
        return ("picture", brand) if brand else ("recording", "MP4")
    return None


def _in_zip(data: bytes) -> tuple[str, str]:
    """Return the kind of a ZIP file: of a document, by the names of its members.

    Loads zipfile, which no text needs.
    """
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mark = archive.read("mimetype")[:100].strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "archive", "ZIP"
    if mark in _OPEN_DOCUMENTS:
        return _OPEN_DOCUMENTS[mark], ""
    kind = next((kind for name in names for start, kind in _MEMBERS.items() if name.startswith(start)), "")
    return (kind, "") if kind else ("archive", "ZIP")
