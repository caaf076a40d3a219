"""Kinds of files that are no text: each is named by its content, with the way out."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.errors import UnreadableError
from transflow.file_kinds import check_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str, mimetype: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in (("mimetype", mimetype), *((name, "<x/>") for name in names)):
            if content:
                archive.writestr(name, content)
    return data.getvalue()


FILES = {
    "a Word document (.docx)": zipped("[Content_Types].xml", "word/document.xml"),
    "a spreadsheet (.xlsx)": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "an OpenDocument text (.odt)": zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
    "a Hangul document (.hwpx)": zipped("Contents/section0.xml", mimetype="application/hwp+zip"),
    "a Hangul document (.hwp)": OLE + "FileHeader\0".encode("utf-16-le"),
    "a Word document (.doc)": OLE + "WordDocument\0".encode("utf-16-le"),
    "an Office document": OLE,
    "a text in Rich Text Format (.rtf)": b"{\\rtf1\\ansi Seven were sent back.}",
    "a PDF document": b"\xef\xbb\xbf%PDF-1.7\n%\xe2\xe3",
    "a picture (PNG)": b"\x89PNG\r\n\x1a\n\0\0",
    "a picture (JPEG)": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "a picture (WebP)": b"RIFF\x10\0\0\0WEBPVP8 ",
    "a picture (HEIC)": b"\0\0\0\x18ftypheic",
    "a recording (MP4)": b"\0\0\0\x18ftypisom",
    "an archive (ZIP)": zipped("report.md"),
    "an archive (gzip)": b"\x1f\x8b\x08\0",
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_text_is_named_whatever_its_name_says(kind: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        check_text(FILES[kind], "report.md")
    assert raised.value.message.startswith(f"report.md: this is {kind}, and no text. ")
    assert raised.value.way_out.endswith(".")


@pytest.mark.parametrize("size", range(4, 200, 13))
def test_a_file_that_is_cut_short_is_named_too(size: int) -> None:
    with pytest.raises(UnreadableError):
        check_text(FILES["a Word document (.docx)"][:size], "report.docx")


@given(st.text())
def test_a_text_is_none_of_them(text: str) -> None:
    if not text.startswith(("PK\3\4", "PK\5\6", "{\\rtf", "%PDF-")):
        check_text(text.encode("utf-8", "replace"), "report.md")
        check_text(("PDF 파일: %PDF-1.4\n" + text).encode("utf-8", "replace"), "report.md")
