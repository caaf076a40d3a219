"""PO files as the record: lossless, byte-stable, refused where they are broken."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import catalogs, lines, texts, units
from transflow.errors import UnreadableError
from transflow.model import Authorship, Catalog, Conflict, Unit
from transflow.po import notes
from transflow.po.catalog import load, new_header, parse, serialize
from transflow.po.scan import header_field, scan
from transflow.po.strings import escape, unescape
from transflow.po.syntax import entries, entry_text

EXAMPLE = (Path(__file__).parent / "golden" / "po" / "report.po").read_text(encoding="utf-8")


@given(texts)
def test_escaping_is_undone_by_unescaping(text: str) -> None:
    assert unescape(escape(text)) == text


@given(texts)
def test_escaping_is_what_polib_does(text: str) -> None:
    assert escape(text) == polib.escape(text)


@given(units())
@settings(max_examples=200)
def test_the_notes_of_a_unit_give_its_records_back(unit: Unit) -> None:
    read = notes.read(notes.written(unit))
    for name, value in read.items():
        assert getattr(unit, name) == value
    written = {key.field for key in notes.KEYS.values()} | {"comments", "other"}
    assert all(name in read or not getattr(unit, name) for name in written)


@given(units())
@settings(max_examples=200)
def test_note_lines_are_such_that_no_program_breaks_them(unit: Unit) -> None:
    for line in notes.written(unit):
        if line.startswith("@"):
            assert len(line) <= 75
            assert "#," not in line
            assert not line.endswith(("#", "\\", " "))


@given(catalogs())
@settings(max_examples=200)
def test_serializing_and_parsing_are_inverse(catalog: Catalog) -> None:
    text = serialize(catalog)
    again = parse(text, "x.po")
    assert again == catalog
    assert serialize(again) == text


@given(catalogs())
@settings(max_examples=200)
def test_the_scanner_sees_what_the_parser_sees(catalog: Catalog) -> None:
    seen = list(scan(serialize(catalog), "x.po"))
    assert [(each.id, each.source, each.target) for each in seen] == [
        (unit.id, unit.source, unit.target) for unit in catalog.units
    ]
    assert [each.changed for each in seen] == [bool(unit.previous) for unit in catalog.units]


@given(catalogs(), st.data())
@settings(max_examples=100)
def test_changing_one_unit_leaves_the_bytes_of_all_others(catalog: Catalog, data: st.DataObject) -> None:
    read = parse(serialize(catalog), "x.po")
    if not read.units:
        return
    changed = data.draw(st.sampled_from(read.units))
    after = serialize(read.changing(changed.id, lambda unit: unit.having(target=unit.target + "!")))
    raws = [raw.strip("\n") for unit_id, (_, raw) in read.origin.items() if unit_id != changed.id]
    assert all(raw in after for raw in raws)


@pytest.mark.skipif(not shutil.which("msgcat"), reason="GNU gettext is not installed")
@given(st.lists(catalogs(), min_size=10, max_size=20))
@settings(max_examples=10, deadline=None)
def test_msgcat_reproduces_our_files_byte_for_byte(found: list[Catalog]) -> None:
    for drawn in found:
        # msgcat drops obsolete entries without a translation, and a header without entries
        catalog = drawn.having(obsolete=tuple(unit for unit in drawn.obsolete if unit.target))
        if not (catalog.units or catalog.obsolete):
            continue
        text = serialize(catalog)
        done = subprocess.run(["msgcat", "--no-wrap", "-"], input=text.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout.decode() == text


def test_a_catalog_is_written_as_people_read_it_in_a_diff() -> None:
    catalog = parse(EXAMPLE, "report.po")
    fresh = Catalog(catalog.header, catalog.units, catalog.obsolete)
    assert serialize(fresh) == EXAMPLE


def test_lines_of_other_programs_and_of_later_versions_are_kept() -> None:
    text = EXAMPLE.replace("#. paragraph\n", "# @hue blue 7\n#. paragraph\n#: file.md:3\n#, c-format\n", 1)
    catalog = parse(text, "report.po")
    unit = catalog.units[0]
    assert unit.other == (("hue", "blue 7"),)
    after = serialize(catalog.changing(unit.id, lambda old: old.having(target="New")))
    assert "# @hue blue 7\n" in after
    assert "#: file.md:3\n" in after
    assert "#, c-format\n" in after


def test_a_note_that_cannot_be_read_is_kept_as_it_is() -> None:
    text = EXAMPLE.replace("# @by claire 2024-03-26T03:12:00Z 19\n", "# @by claire yesterday\n")
    unit = parse(text, "report.po").units[0]
    assert unit.other == (("by", "claire yesterday"),)
    assert "@by claire yesterday" in notes.written(unit)


def test_a_long_conflict_goes_on_in_continuation_lines() -> None:
    unit = Unit("k7f3q2mx", "가", conflicts=(Conflict("claire", "2024-03-26T03:12:00Z", "단어 # 하나\\" * 30),))
    assert notes.read(notes.written(unit))["conflicts"] == unit.conflicts
    assert sum(line.startswith("@+") for line in notes.written(unit)) > 3


def test_a_human_comment_that_looks_like_nothing_special_stays() -> None:
    unit = parse(EXAMPLE, "report.po").units[0]
    assert unit.comments == ("Ask the reporter how Ms. Su spells her name.",)
    assert unit.by[0] == Authorship("claire", "2024-03-26T03:12:00Z", 19)


def broken(change: bytes, into: bytes) -> bytes:
    data = EXAMPLE.encode()
    assert change in data
    return data.replace(change, into, 1)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (EXAMPLE.encode("euc-kr", "ignore"), 19, "not UTF-8"),
        (b"\xef\xbb\xbf" + EXAMPLE.encode(), 1, "byte order mark"),
        (EXAMPLE.replace("\n", "\r\n").encode(), 1, "CR"),
        (EXAMPLE.encode()[:700], 0, "not complete"),
        (EXAMPLE.encode()[: EXAMPLE.encode().index(b"msgstr", 400)], 0, "without msgid or msgstr"),
        (b"\x7fELF\x00\x01", 1, "NUL"),
        (broken(b"X-Transflow-Format: 1", b"X-Transflow-Format: 2"), 1, "format 2"),
        (broken(b"X-Transflow-Format: 1", b"X-Other: 1"), 1, "no catalog of transflow"),
        (broken(b'"Language', b"Language"), 3, "not closed"),
        (EXAMPLE.encode() + b"\n" + EXAMPLE.encode().split(b"\n\n")[1] + b"\n", 0, "here twice"),
        (EXAMPLE.encode() + b'\nmsgid "a"\nmsgstr "b"\n', 0, "without an id"),
        (EXAMPLE.encode() + b"\n<<<<<<< HEAD\n", 0, "conflict marker"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid "a"\nmsgstr "b" c\n', 0, "not closed"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid "a\\q"\nmsgstr "b"\n', 0, "no escape"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid ""\nmsgstr "b"\n', 0, "empty msgid"),
        (b"", 1, "no header"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: bytes, line: int, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as caught:
        load(data, "locales/en/reports/x.po")
    assert str(caught.value).startswith("locales/en/reports/x.po:")
    assert caught.value.line == line or (line == 0 and caught.value.line > 1)


@given(st.integers(0, len(EXAMPLE) - 1), st.text(max_size=3), st.integers(0, 5))
@settings(max_examples=500)
def test_a_damaged_file_is_refused_or_read_faithfully(at: int, into: str, length: int) -> None:
    text = EXAMPLE[:at] + into + EXAMPLE[at + length :]
    try:
        catalog = load(text.encode("utf-8", "surrogatepass"), "x.po")
    except UnreadableError:
        return
    assert serialize(catalog) == text


def test_wrapped_texts_of_other_programs_are_read_and_kept() -> None:
    wrapped = '# note\n#: a.c:1 b.c:2\n#, c-format\nmsgid ""\n"one "\n"two\\n"\nmsgid_plural "b"\nmsgstr[0] ""\n"x"\nmsgstr[1] "y"\n\n'
    found, tail = entries(wrapped + "# the end\n", "foreign.po")
    assert found[0].strings["msgid"] == "one two\n"
    assert "".join(entry.raw for entry in found) + tail == wrapped + "# the end\n"
    assert entries(entry_text(found[0]), "x")[0][0].strings == found[0].strings


@given(texts, lines)
def test_header_fields_are_read_without_parsing(name: str, value: str) -> None:
    catalog = Catalog(new_header("en", "ko", X_Report=value))
    assert header_field(serialize(catalog), "X-Report") == value
    assert parse(serialize(catalog), "x").header.get("x-report") == value
