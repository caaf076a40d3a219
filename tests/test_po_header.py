"""The header of a catalog: what is refused by it, and single fields without reading the rest."""

from __future__ import annotations

import pytest
from hypothesis import given

from strategies import lines
from transflow.errors import UnreadableError
from transflow.model import Catalog
from transflow.po import header
from transflow.po.catalog import new_header, parse, serialize
from transflow.po.header import field

TEXT = serialize(Catalog(new_header("en", "ko", X_Report="un-letter")))


@given(lines)
def test_a_field_is_read_without_parsing(value: str) -> None:
    text = serialize(Catalog(new_header("en", "ko", X_Report=value)))
    assert field(text, "X-Report") == field(text, "x-report") == value
    assert parse(text, "x.po").header.get("X-Report") == value


def test_a_field_is_read_off_the_beginning_of_a_file_that_holds_the_whole_header() -> None:
    assert field(TEXT + '\nmsgctxt "k7f3q2mx"\nmsgid "가', "X-Report") == "un-letter"
    assert field(TEXT[:60], "Language") == ""


def test_a_field_that_other_programs_wrapped_is_read_whole() -> None:
    wrapped = TEXT.replace('"X-Report: un-letter\\n"', '"X-Report: un-"\n"letter\\n"')
    assert field(wrapped, "X-Report") == "un-letter"


def test_a_field_is_not_read_out_of_a_unit() -> None:
    text = TEXT + '\nmsgctxt "k7f3q2mx"\nmsgid "가"\nmsgstr ""\n"X-Ready: eugene\\n"\n"more"\n'
    assert parse(text, "x.po").units[0].target == "X-Ready: eugene\nmore"
    assert field(text, "X-Ready") == ""


@pytest.mark.parametrize("text", ["", "no PO\n", 'msgid "a"\nmsgstr "b"\n', 'msgid ""\nmsgstr ""\n"not closed\n'])
def test_without_a_header_no_field_has_a_value(text: str) -> None:
    assert field(text, "Language") == ""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Format: 1", "Format: 2", "up to 1"),
        ("Format: 1", "Format: " + "9" * 5000, "up to 1"),
        ("Format: 1", "Format: one", "no catalog of transflow"),
        ("Format: 1", "Format: ١", "no catalog of transflow"),
        ("X-Transflow-Format", "X-Other", "no catalog of transflow"),
        ("charset=UTF-8", "charset=EUC-KR", "charset EUC-KR"),
        ("Language: en", "Language", "no colon"),
        ('msgid ""', 'msgctxt "a"\nmsgid ""', "no header"),
        ('msgid ""', 'msgid "a"', "no header"),
    ],
)
def test_a_header_that_is_none_of_ours_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        header.read(TEXT.replace(old, new, 1), "x.po")


def test_comments_above_the_header_are_read_and_kept_when_a_field_changes() -> None:
    text = "# Translations of one\n# and another\n#. extracted\n#, no-wrap\n" + TEXT
    catalog = parse(text, "x.po")
    assert catalog.header.comments == ("Translations of one", "and another")
    changed = serialize(catalog.having(header=catalog.header.having(X_Ready="eugene")))
    assert changed == text + '"X-Ready: eugene\\n"\n'
