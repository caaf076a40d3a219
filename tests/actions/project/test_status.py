"""Counts of `status`: percentages are never rounded up, and agree with the units."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from support.commands import NOW, TEXTS, contents, done
from support.strategies import catalogs
from transflow.actions.project.counting import Counts, count, percent
from transflow.actions.project.status import rows
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import STATES
from transflow.po import plain
from transflow.po.catalog import serialize
from transflow.project import CatalogRef, Project
from transflow.units.workflow import is_approved, open_questions, state


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_is_whole_only_when_everything_is_done_and_nothing_only_when_nothing_is(part: int, more: int) -> None:
    share = percent(part, part + more)
    assert (share == 100.0) == (part > 0 and more == 0)
    assert (share == 0.0) == (part == 0)
    assert f"{share:.1f}" == str(float(share)), "it is shown as it is"


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(0, 0, 0.0), (249, 250, 99.6), (9999, 10000, 99.9), (1, 10000, 0.1)]
)
def test_shares_are_rounded_down_to_a_tenth(part: int, whole: int, shown: float) -> None:
    assert percent(part, whole) == shown


@given(st.integers(1, 500), st.data())
def test_a_share_never_falls_when_more_is_done(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole - 1))
    assert percent(part, whole) <= percent(part + 1, whole)


@given(catalogs())
def test_counts_are_those_of_the_units(catalog: Catalog) -> None:
    found = count(serialize(catalog), "x.po", NOW)
    live = catalog.units
    assert {name: found.units[name] for name in STATES} == {
        name: sum(state(unit) == name for unit in live) for name in STATES
    }
    assert found.total == len(live)
    assert found.changed == sum(bool(unit.previous) for unit in live)
    assert found.questions == sum(len(open_questions(unit)) for unit in live)
    assert found.conflicts == sum(bool(unit.conflicts) for unit in live)
    assert found.void == sum(unit.approved is not None and not is_approved(unit) for unit in live)


_LETTER = paths.ROOT / "locales/en/reports/un-letter.po"
PLAIN = "\n\n".join(_LETTER.read_text(encoding="utf-8").split("\n\n")[:4]) + "\n"
"""Three ordinary sentences: with all usual notes, and nothing unusual."""


@given(catalogs())
def test_bytes_are_counted_as_the_text_is(catalog: Catalog) -> None:
    text = serialize(catalog)
    assert count(text, "x.po", NOW, text.encode()) == count(text, "x.po", NOW)


@given(
    st.integers(0, len(PLAIN)),
    st.integers(0, 40),
    st.sampled_from(
        [
            "",
            '"',
            "\n",
            "\\",
            "# @cut x\n",
            "#~ ",
            "漢",
            "f",
            "# @by eugene 2098-01-01T00:00:00Z 0\n",
            "# @returned eugene 2098-01-01T00:00:00Z\n# @+ no\n",
            "# @+ 2098-01-01T00:00:00Z 0\n",
        ]
    ),
)
def test_bytes_of_a_damaged_file_are_counted_as_its_text_is_or_refused(at: int, length: int, into: str) -> None:
    text = PLAIN[:at] + into + PLAIN[at + length :]
    try:
        counts: Counts | None = count(text, "x.po", NOW)
    except UnreadableError:
        counts = None
    if counts is None:
        with pytest.raises(UnreadableError):
            count(text, "x.po", NOW, text.encode())
    else:
        assert count(text, "x.po", NOW, text.encode()) == counts


def test_a_quote_that_nobody_escaped_is_refused_off_bytes_too() -> None:
    at = PLAIN.index('msgstr "', PLAIN.index("msgctxt")) + len('msgstr "')
    data = f'{PLAIN[:at]}a"b{PLAIN[at:]}'.encode()
    known = plain.plain_header(data)
    assert known is not None
    assert plain.plain_units(data, known) is None


def test_what_most_catalogs_hold_is_counted_off_bytes(room: Path) -> None:
    for number, text in enumerate(TEXTS[:3], 1):
        done(room, "unit", "set", f"flood#{number}", text + ' "Yes"', user="claire")
    done(room, "unit", "approve", "flood#2", user="mina")
    data = Project(room).raw_bytes(CatalogRef("en", "reports", "flood"))
    known = plain.plain_header(data)
    assert known == ("ko", 5, data.index(b"\n\n") + 2)
    found = plain.plain_units(data, known)
    assert found is not None
    assert [state for _, state, *_ in found] == ["translated", "approved", "translated", "untranslated", "untranslated"]


def test_a_catalog_that_is_none_is_an_error_with_its_line() -> None:
    with pytest.raises(UnreadableError, match=r"x\.po:1"):
        count("junk\n", "x.po", NOW)


def test_overdue_is_what_is_unfinished_after_its_deadline(room: Path) -> None:
    project = Project(room)
    place = project.find_catalog("flood")
    text = project.text(place).replace("#. headline", "# @assigned claire due=2024-03-26T05:00:00Z\n#. headline")
    assert count(text, "x.po", "2024-03-26T04:59:59Z").overdue == 0
    assert count(text, "x.po", "2024-03-26T05:00:01Z").overdue == 1
    finished = text.replace('msgstr ""\n\n#. paragraph', 'msgstr "Bridges out"\n\n#. paragraph', 1)
    assert count(finished, "x.po", "2098-01-01T00:00:00Z").overdue == 0


def test_rows_come_one_by_one_and_write_nothing(sample: Path) -> None:
    before = contents(sample)
    found = rows(Project(sample), NOW)
    assert next(found).place.slug == "rights-groups"
    assert [row.place.slug for row in found] == ["un-letter", "un-china-refugees"]
    assert contents(sample) == before
