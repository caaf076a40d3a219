"""The header of a catalog: reasons for refusal, and single fields without parsing the rest."""

from __future__ import annotations

import pickle
import re
from contextlib import suppress

import pytest
from hypothesis import given

from support.strategies import catalogs, lines
from transflow.errors import TornError, UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import FORMAT, Unit
from transflow.po import header, plain
from transflow.po.catalog import new_header, parse, serialize
from transflow.po.header import expected_counts, field, with_counts
from transflow.po.scan import scan

TEXT = serialize(with_counts(Catalog(new_header("en", "ko", X_Report="un-letter"))))


@given(lines)
def test_a_field_is_read_without_parsing(value: str) -> None:
    text = serialize(with_counts(Catalog(new_header("en", "ko", X_Report=value))))
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
        ("Format: 2", "Format: 3", "up to 2"),
        ("Format: 2", "Format: " + "9" * 5000, "up to 2"),
        ("Format: 2", "Format: one", "no catalog of transflow"),
        ("Format: 2", "Format: ١", "no catalog of transflow"),
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
    changed = serialize(catalog.replace(header=catalog.header.replace(X_Ready="eugene")))
    assert changed == text + '"X-Ready: eugene\\n"\n'


# Unit counts


@given(catalogs())
def test_what_is_written_is_counted_in_the_present_format(catalog: Catalog) -> None:
    written = with_counts(catalog)
    assert written.header.get("X-Transflow-Format") == str(FORMAT)
    assert expected_counts(written.header) == (len(catalog.units), sum(bool(unit.target) for unit in catalog.obsolete))
    assert with_counts(written) is written, "twice is once"
    assert (written.units, written.obsolete) == (catalog.units, catalog.obsolete)
    assert parse(serialize(written), "x.po") == written


def test_the_count_stands_before_the_format_so_that_no_cut_header_passes_for_whole() -> None:
    names = [name for name, _ in with_counts(Catalog(new_header("en", "ko", X_Report="un-letter"))).header.fields]
    assert names[-3:] == ["X-Units", "X-Transflow-Format", "X-Report"]


def test_a_glossary_and_whatever_else_belongs_to_no_report_is_not_counted() -> None:
    assert with_counts(Catalog(new_header("en", "ko"))).header.get("X-Units") == ""


WHOLE = serialize(
    with_counts(
        Catalog(
            new_header("en", "ko", X_Report="un-letter"),
            (Unit("k7f3q2mx", "가", "a"), Unit("b4tq9z2a", "나", "", fuzzy=False)),
            (Unit("c8m2w0rt", "다", "c"),),
        )
    )
)


@pytest.mark.parametrize("line", range(1, WHOLE.count("\n")))
def test_a_file_that_was_cut_after_any_line_is_refused_or_has_all_live_units(line: int) -> None:
    text = "".join(WHOLE.splitlines(keepends=True)[:line])
    if '\nmsgstr ""' in text.partition("b4tq9z2a")[2]:  # both live units are there
        with suppress(UnreadableError):  # for a line of a deleted unit
            assert len(parse(text, "x.po").units) == 2
    else:
        with pytest.raises(UnreadableError):
            parse(text, "x.po")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("X-Units: 2 1", "X-Units: 3 1", 3),
        ("X-Units: 2 1", "X-Units: 2", None),
        ("X-Units: 2 1", "X-Units: two 1", None),
        ("X-Units: 2 1", "X-Units: -2 1", None),
        ("X-Units: 2 1", "x-units: 99 1", 99),
        ('"X-Units: 2 1\\n"\n', "", None),
    ],
)
def test_fewer_units_than_were_counted_or_no_count_at_all_is_a_torn_file(old: str, new: str, said: int | None) -> None:
    text = WHOLE.replace(old, new)
    assert text != WHOLE
    with pytest.raises(TornError) as torn:
        parse(text, "x.po")
    assert (torn.value.live, torn.value.expected, torn.value.exit_code) == (2, said, 3)
    again = pickle.loads(pickle.dumps(torn.value))
    assert (str(again), again.live, again.expected) == (str(torn.value), 2, said)
    with pytest.raises(TornError, match=re.escape(str(torn.value))):
        list(scan(text, "x.po"))
    assert _counted(text) is None
    assert len(parse(text, "x.po", torn_ok=True).units) == len(list(scan(text, "x.po", torn_ok=True))) == 2


@pytest.mark.parametrize(
    "text",
    [
        WHOLE.replace("X-Units: 2 1", "X-Units: 1 1"),
        WHOLE.replace("X-Units: 2 1", "X-Units: 2 4"),
        WHOLE.replace('"X-Units: 2 1\\n"\n', "").replace("Format: 2", "Format: 1"),
        WHOLE.replace('"X-Units: 2 1\\n"\n', "").replace("X-Report", "X-Other"),
    ],
    ids=["more than counted", "fewer deleted ones", "format 1", "no report's"],
)
def test_other_files_are_whole(text: str) -> None:
    assert len(parse(text, "x.po").units) == len(list(scan(text, "x.po"))) == 2
    assert serialize(parse(text, "x.po")) == text


def test_what_would_be_read_as_torn_is_not_written() -> None:
    catalog = parse(WHOLE, "x.po")
    with pytest.raises(ValueError, match="stamped"):
        serialize(catalog.replace(units=catalog.units[1:]))
    with pytest.raises(ValueError, match="stamped"):
        serialize(Catalog(new_header("en", "ko", X_Report="un-letter")))


def _counted(text: str) -> list[plain.CountedUnit] | None:
    data = text.encode()
    head = plain.plain_header(data)
    return plain.plain_units(data, head) if head else None
