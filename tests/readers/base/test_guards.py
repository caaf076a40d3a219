"""Guards of readers: hostile archives, compressed data and XML are refused with file and reason."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from transflow.errors import UnreadableError
from transflow.readers.base import archives, guards, xml_parts
from transflow.readers.base.archives import Archive, inflate
from transflow.readers.base.xml_parts import XmlSource

MOST = 1 << 20
BOMB = b"\0" * (MOST + 1)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for member, content in members:
            archive.writestr(member, content)
    return data.getvalue()


def xml(text: str | bytes) -> XmlSource:
    return XmlSource(text if isinstance(text, bytes) else text.encode(), "a.hwpx", "HWPX", "section0.xml")


# Sizes


def test_a_large_file_is_refused() -> None:
    guards.check_size(b"12", "a.hwp", 2)
    with pytest.raises(
        UnreadableError, match=r"^a\.hwp: it has 2 MB; reports of up to 1 MB are read\. Take the pictures out"
    ):
        guards.check_size(b"\0" * ((1 << 20) + 1), "a.hwp", 1 << 20)


def test_errors_of_a_library_are_refusals_that_name_the_file() -> None:
    with (
        pytest.raises(UnreadableError, match=r"^a\.rtf: it is damaged, or no RTF file: KeyError\. Open it") as raised,
        guards.refusing_broken("a.rtf", "RTF"),
    ):
        raise KeyError
    with pytest.raises(UnreadableError) as passed, guards.refusing_broken("b", "RTF"):
        raise raised.value
    assert passed.value is raised.value


# ZIP files


def test_members_of_an_archive_are_read() -> None:
    with Archive(zipped(("a/b.xml", b"<a/>"), ("가", b"")), "a.hwpx", "HWPX") as archive:
        assert archive.names == ("a/b.xml", "가")
        assert archive.read("a/b.xml") == b"<a/>"
        assert "a/c.xml" not in archive
        with pytest.raises(UnreadableError, match=r"no HWPX file: a/c\.xml is missing"):
            archive.read("a/c.xml")


def test_an_archive_that_grows_is_refused() -> None:
    with (
        Archive(zipped(("a", BOMB)), "a.hwpx", most=MOST) as archive,
        pytest.raises(UnreadableError, match="grow to more than 1 MB"),
    ):
        archive.read("a")
    half = BOMB[: MOST // 2 + 1]
    with Archive(zipped(("a", half), ("b", half)), "a.hwpx", most=MOST) as archive:
        assert len(archive.read("a")) == len(half)
        with pytest.raises(UnreadableError, match=r"^a\.hwpx: its contents grow to more than 1 MB\. No program"):
            archive.read("b")


def test_an_archive_of_many_files_is_refused() -> None:
    entry = zipped(("a", b""))
    many = entry[: entry.index(b"PK\x01\x02")] + entry[entry.index(b"PK\x01\x02") :] * (archives.MOST_ENTRIES + 1)
    with pytest.raises(UnreadableError, match=r"^a: it has 10001 files in it; up to 10000 are read\."):
        Archive(many, "a")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 17, zipped(("a", b"b" * 99))[:-30]], ids=len
)
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^a: it is damaged, or no ZIP file: "):
        Archive(data, "a")


def test_a_member_that_is_encrypted_or_of_another_method_is_refused() -> None:
    locked = bytearray(zipped(("a", b"text")))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with (
        Archive(bytes(locked), "a") as archive,
        pytest.raises(UnreadableError, match=r"it is encrypted\. Save it without"),
    ):
        archive.read("a")
    data = zipped(("a", b"text"), method=zipfile.ZIP_LZMA)
    with (
        Archive(data, "a") as archive,
        pytest.raises(UnreadableError, match=r"a is compressed by a method that is not read \(14\)"),
    ):
        archive.read("a")


# Compressed data


def test_compressed_data_are_inflated_in_bounded_memory() -> None:
    assert inflate(zlib.compress(b"text") + b"behind", "a", "HWP") == b"text"
    with pytest.raises(UnreadableError, match="grow to more than 1 MB"):
        inflate(zlib.compress(BOMB), "a", "HWP", most=MOST)
    for damaged in (b"", b"text", zlib.compress(b"text")[:-3]):
        with pytest.raises(UnreadableError, match="it is damaged, or no HWP"):
            inflate(damaged, "a", "HWP")


# XML


@pytest.mark.parametrize("most", [3, 300_000])
def test_elements_have_local_names_and_come_from_outside_in(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Large files are read piece by piece, small ones as a tree."""
    monkeypatch.setattr(xml_parts, "_is_small", lambda data: most > 3)
    text = (
        '<s:a xmlns:s="u"><s:p s:id="1">가<s:b>나</s:b>다<s:skip><s:p/>라</s:skip>마<s:p>바</s:p></s:p><q/><p/>x</s:a>'
    )
    first, second = xml_parts.elements(xml(text), "p", skipped=("skip",))
    assert (first.tag, first.attrib, "".join(first.itertext())) == ("p", {"id": "1"}, "가나다마바")
    assert [each.tag for each in first] == ["b", "p"]
    assert second.tag == "p"
    whole = xml_parts.root(xml(text))
    assert (whole.tag, "".join(whole.itertext())) == ("a", "가나다라마바x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    with pytest.raises(UnreadableError, match=r"^a\.hwpx: section0\.xml has a DOCTYPE, which is not read\."):
        xml_parts.root(xml(text.encode(encoding)))


@pytest.mark.parametrize("most", [1_000, 300_000])
def test_depth_is_bounded(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(xml_parts, "MOST_ELEMENTS", most)
    with pytest.raises(UnreadableError, match="nested more than 250 deep"):
        xml_parts.root(xml("<a>" * 2_000 + "</a>" * 2_000))


def test_the_number_of_elements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_parts, "MOST_ELEMENTS", 1_000)
    many = xml(f"<a>{'<b/>' * 1_000}</a>")
    with pytest.raises(UnreadableError, match="more than 1000 elements in one part"):
        xml_parts.root(many)
    assert sum(1 for _ in xml_parts.elements(many, "c")) == 0


@pytest.mark.parametrize(
    "text", ["", "가", "<a>", "<a></b>", "<a>&b;</a>", '<?xml version="1.0" encoding="none"?><a/>', b"<a>\xff</a>"]
)
def test_damaged_xml_is_refused(text: str | bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^a\.hwpx: it is damaged, or no HWPX file: section0\.xml: "):
        xml_parts.root(xml(text))
