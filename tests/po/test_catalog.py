"""PO files as the record: lossless, byte-stable, and refused if they are broken."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import paths
from support.strategies import catalogs
from transflow.actions.project.counting import count
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import RESERVED_KINDS, Authorship, Unit
from transflow.po import notes
from transflow.po.catalog import load, new_header, parse, serialize
from transflow.po.header import with_counts
from transflow.po.scan import scan

EXAMPLE = (paths.TESTS / "golden/po/report.po").read_text(encoding="utf-8")
WRAPPED = (paths.TESTS / "golden/po/wrapped.po").read_text(encoding="utf-8")
"""The output of `msgcat -w 40` for the example."""


@given(catalogs())
def test_serializing_and_parsing_are_inverse(catalog: Catalog) -> None:
    text = serialize(catalog)
    again = parse(text, "x.po")
    assert again == catalog
    assert serialize(again) == text


@given(catalogs(), st.data())
def test_changing_one_unit_leaves_the_bytes_of_all_others(catalog: Catalog, data: st.DataObject) -> None:
    read = parse(serialize(catalog), "x.po")
    if not read.units:
        return
    changed = data.draw(st.sampled_from(read.units))
    after = serialize(read.map_unit(changed.id, lambda unit: unit.replace(target=unit.target + "!")))
    raws = [raw.strip("\n") for unit_id, (_, raw) in read.raw_entries.items() if unit_id != changed.id]
    assert all(raw in after for raw in raws)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("msgcat"), reason="GNU gettext is not installed")
@given(st.lists(catalogs(), min_size=10, max_size=20))
@settings(max_examples=5)
def test_msgcat_reproduces_our_files_byte_for_byte(found: list[Catalog]) -> None:
    for drawn in found:
        # msgcat drops obsolete entries without a translation, and a header without entries: see
        # docs/other-tools.md
        catalog = with_counts(drawn.replace(obsolete=tuple(unit for unit in drawn.obsolete if unit.target)))
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


def test_a_wrapped_file_says_the_same_and_keeps_its_wrapping_where_nothing_changes() -> None:
    catalog = parse(WRAPPED, "report.po")
    assert catalog == parse(EXAMPLE, "report.po")
    assert serialize(catalog) == WRAPPED
    changed = serialize(catalog.map_unit("b4tq9z2a", lambda unit: unit.replace(target="It came out on March 11.")))
    before, after = WRAPPED.split("\n\n"), changed.split("\n\n")
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, True, False, True, True]
    assert after[2].endswith('msgstr "It came out on March 11."')


def test_lines_of_other_programs_and_of_later_versions_are_kept() -> None:
    text = EXAMPLE.replace(
        "#. paragraph\n", "# @hue blue 7\n#. paragraph\n#. TRANSLATORS\n#: file.md:3\n#, c-format\n", 1
    )
    catalog = parse(text, "report.po")
    unit = catalog.units[0]
    assert unit.other == (("hue", "blue 7"),)
    after = serialize(catalog.map_unit(unit.id, lambda old: old.replace(target="New")))
    assert "# @hue blue 7\n#. paragraph\n#. TRANSLATORS\n#: file.md:3\n#, c-format\nmsgctxt" in after


def test_a_note_that_cannot_be_read_is_kept_as_it_is() -> None:
    text = EXAMPLE.replace("# @by claire 2024-03-26T03:12:00Z 6\n", "# @by claire yesterday\n")
    unit = parse(text, "report.po").units[0]
    assert unit.other == (("by", "claire yesterday"),)
    assert "@by claire yesterday" in notes.unit_comments(unit)


def test_a_human_comment_stays() -> None:
    unit = parse(EXAMPLE, "report.po").units[0]
    assert unit.comments == ("Ask the reporter how Ms. Su spells her name.",)
    assert unit.by[0] == Authorship("claire", "2024-03-26T03:12:00Z", 6)


def test_obsolete_entries_stay_where_others_put_them_until_something_changes() -> None:
    head, *live, gone = EXAMPLE.rstrip("\n").split("\n\n")
    text = "\n\n".join([head, gone, *live]) + "\n# the end\n"
    catalog = parse(text, "x.po")
    assert serialize(catalog) == text
    assert serialize(catalog.map_unit("c8m2w0rt", lambda unit: unit.replace(target="New"))).endswith(
        f'msgstr "New"\n\n{gone}\n\n# the end\n'
    )


def test_a_unit_that_becomes_obsolete_keeps_its_notes() -> None:
    catalog = parse(EXAMPLE, "x.po")
    gone = serialize(catalog.replace(units=catalog.units[1:], obsolete=(*catalog.obsolete, catalog.units[0])))
    again = parse(gone, "x.po")
    assert again.obsolete == (*catalog.obsolete, catalog.units[0])
    assert "# @approved eugene" in gone.split("\n\n")[-1]


def test_a_change_of_the_header_alone_is_written() -> None:
    catalog = parse(EXAMPLE, "x.po")
    assert serialize(catalog.replace(header=catalog.header.replace(X_Report=None))) == EXAMPLE.replace(
        '"X-Report: un-letter\\n"\n', ""
    )


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
        (broken(b"X-Transflow-Format: 1", b"X-Transflow-Format: 3"), 1, "format 3"),
        (broken(b"X-Transflow-Format: 1", b"X-Other: 1"), 1, "no catalog of transflow"),
        (broken(b'"Language', b"Language"), 3, "not closed"),
        (EXAMPLE.encode() + b"\n" + EXAMPLE.encode().split(b"\n\n")[1] + b"\n", 44, "here twice, first in line 11"),
        (EXAMPLE.encode() + b'\nmsgid "a"\nmsgstr "b"\n', 44, "without an id"),
        (EXAMPLE.encode() + b'\nmsgctxt ""\nmsgid "a"\nmsgstr "b"\n', 44, "without an id"),
        (EXAMPLE.encode() + b"\n<<<<<<< HEAD\n", 44, "conflict marker"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid "a"\nmsgstr "b" c\n', 46, "not closed"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid "a\\q"\nmsgstr "b"\n', 45, "no escape"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid ""\nmsgstr "b"\n', 44, "empty msgid"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "b"\n', 44, "plural"),
        (EXAMPLE.encode() + b'\nmsgctxt "kkkkkkkk"\nmsgid "a"\nmsgid_plural "b"\nmsgstr "b"\n', 44, "plural"),
        (b"", 1, "no header"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: bytes, line: int, says: str) -> None:
    with pytest.raises(UnreadableError, match=says) as caught:
        load(data, "locales/en/reports/x.po")
    assert str(caught.value).startswith("locales/en/reports/x.po:")
    assert caught.value.line == line or (line == 0 and caught.value.line > 1)


@given(st.integers(0, len(EXAMPLE) - 1), st.text(max_size=3), st.integers(0, 5))
def test_a_damaged_file_is_refused_or_read_faithfully(at: int, into: str, length: int) -> None:
    text = EXAMPLE[:at] + into + EXAMPLE[at + length :]
    try:
        catalog = load(text.encode("utf-8", "surrogatepass"), "x.po")
    except UnreadableError:
        return
    assert serialize(catalog) == text


def test_a_new_header_has_its_fields_in_order() -> None:
    header = new_header("en", "ko", X_Report="un-letter")
    assert [name for name, _ in header.fields][-2:] == ["X-Transflow-Format", "X-Report"]


# Kinds


def with_kind(said: str, version: int = 2) -> str:
    header = with_counts(Catalog(new_header("en", "ko", X_Report="r"), (Unit("k7f3q2mx", "가", "a"),))).header
    head = serialize(Catalog(header.replace(X_Transflow_Format=str(version), X_Units="0 0")))
    return head + f'\n{said}msgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr "a"\n'


@pytest.mark.parametrize(
    ("line", "way_out"),
    [(f"#. {kind}\n", "Upgrade transflow.") for kind in RESERVED_KINDS]
    + [
        ("#. alt, continued\n", "Upgrade transflow."),
        ("#. poem\n", "write “#. paragraph” above it"),
        ("#. Paragraph\n", "write “#. paragraph” above it"),
        ("#. paragraphs\n", "does not know"),
        ("#. continued\n", "does not know"),
        ("#. TRANSLATORS: mind the tone\n#. paragraph\n", "does not know"),
    ],
)
def test_a_kind_that_is_not_known_is_refused_in_format_2_and_a_paragraph_in_format_1(line: str, way_out: str) -> None:
    with pytest.raises(UnreadableError, match="the unit k7f3q2mx is of the kind") as refused:
        parse(with_kind(line), "x.po")
    assert way_out in str(refused.value)
    assert refused.value.line == 12
    with pytest.raises(UnreadableError, match=re.escape(str(refused.value))):
        list(scan(with_kind(line), "x.po"))
    with pytest.raises(UnreadableError, match=re.escape(str(refused.value))):
        count(with_kind(line), "x.po", "", with_kind(line).encode())
    old = with_kind(line, 1)
    assert parse(old, "x.po").units[0].kind == "paragraph"
    assert [seen.id for seen in scan(old, "x.po")] == ["k7f3q2mx"]
    assert serialize(parse(old, "x.po")) == old


@pytest.mark.parametrize("line", ["", "#.\n", "#. \n", "#. paragraph\n#. TRANSLATORS: mind the tone\n"])
def test_a_unit_without_a_kind_is_a_paragraph(line: str) -> None:
    assert parse(with_kind(line), "x.po").units[0].kind == "paragraph"


def test_a_deleted_unit_of_a_kind_that_is_not_known_is_refused_too() -> None:
    text = (
        with_kind("#. alt\n").replace("msg", "#~ msg").replace("#~ msgid", "msgid", 1).replace("#~ msgstr", "msgstr", 1)
    )
    with pytest.raises(UnreadableError, match="of the kind “alt”"):
        parse(text, "x.po")


def test_what_format_1_took_for_a_paragraph_is_one_in_format_2_and_the_line_is_kept() -> None:
    catalog = parse(with_kind("#. TRANSLATORS: mind the tone\n", 1), "x.po")
    text = serialize(with_counts(catalog))
    assert "#. paragraph\n#. TRANSLATORS: mind the tone\nmsgctxt" in text
    assert parse(text, "x.po").units == catalog.units
