"""Catalogs written by other programs: `check` finds the losses, `repair` repairs what it can.

The table in docs/other-tools.md describes the same for people.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

import pytest

from support import paths
from support.commands import NOW, transflow
from support.other_tools import TOOLS, Tool
from transflow.attribution.authorship import with_target
from transflow.digests import digest
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Answer, Authorship, Conflict, Question, Unit
from transflow.po.catalog import load as load_catalog
from transflow.po.catalog import serialize
from transflow.po.header import with_counts
from transflow.po.syntax import entries
from transflow.units.workflow import approve

pytestmark = pytest.mark.slow

DOCS = paths.ROOT / "docs/other-tools.md"
LATER = "2024-03-26T05:00:00Z"
LONG = "The city’s engineers said that they would begin on the 6th, " + "and that the work would take two months " * 3


MORE = """
시장은 6일 사과했다. 같은 말을 되풀이했다.
"""
"""A paragraph of two sentences, for one without a text and one that is omitted."""


def path(room: Path) -> Path:
    return room / "locales/en/reports/flood.po"


def load(room: Path) -> Catalog:
    return load_catalog(path(room).read_bytes(), "flood.po")


def written(unit: Unit, target: str, who: str = "claire") -> Unit:
    return with_target(unit, target, who, NOW)


def everything(catalog: Catalog) -> Catalog:
    """Return the catalog of `flood` with every state of units, every note, and obsolete entries."""
    head, first, second, third, fourth, plain, repeated = catalog.units
    units = (
        approve(written(head, "Three bridges out after flood").replace(comments=("Check the number.",)), "mina", LATER),
        approve(written(first, LONG.strip() + "."), "mina", LATER),
        written(second, "Nobody was hurt.").replace(
            fuzzy=True,
            previous="다친 사람은 1명이다.",
            questions=(
                Question(
                    "leejin", NOW, "claire", "Is this the same number that the governor’s office gave on Tuesday?"
                ),
            ),
            answers=(Answer("claire", LATER, NOW, "Yes."),),
        ),
        written(third, "The city began on the 6th.\nIt goes on.", "leejin").replace(
            fuzzy=True,
            conflicts=(
                Conflict("claire", LATER, "Repairs began on the 6th, #1 of the mayor’s list, he said himself."),
            ),
        ),
        fourth.replace(
            target="It takes two months.",
            fuzzy=True,
            by=(Authorship("mt:deepl/v2", NOW, 4),),
            text=digest("It takes two months."),
        ),
        plain,
        repeated.replace(omitted=Act("claire", LATER, "he says it twice")),
    )
    gone = (
        written(Unit("d5n6v1qe", "일곱 명이다.", kind="subhead"), "There are seven.").replace(comments=("Seven?",)),
        Unit("g9s4t2bx", "여덟 명이다."),
    )
    return Catalog(catalog.header, units, gone)


def prepare(room: Path) -> str:
    report = room / "sources/flood.md"
    report.write_text(report.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    assert transflow(room, "update", "flood", user="claire").code == 0
    text = serialize(with_counts(everything(load(room))))
    path(room).write_text(text, encoding="utf-8")
    return text


def findings(room: Path) -> set[str]:
    """Return the check ids that `transflow check` reports for the record."""
    lines = transflow(room, "check", "--all", "--min", "0").out.splitlines()
    return {line.rpartition("[")[2].rstrip("]") for line in lines if "[record." in line}


def differences(before: Catalog, after: Catalog) -> set[str]:
    """Return the fields in which units differ, and "gone" and "new" for whole units."""
    old, new = ({unit.id: unit for unit in (*each.units, *each.obsolete)} for each in (before, after))
    found = {"gone"} if old.keys() - new.keys() else set()
    found |= {"new"} if new.keys() - old.keys() else set()
    for unit_id in old.keys() & new.keys():
        found |= {name for name in Unit.__slots__ if getattr(old[unit_id], name) != getattr(new[unit_id], name)}
    return found


class Round(NamedTuple):
    """The expected result of another program."""

    finds: Set[str]
    """Checks that report the file that the program wrote."""
    costs: Set[str]
    """`differences` from the original catalog after the repair."""
    remains: Set[str] = frozenset()
    """Checks that still report after the repair, for people to resolve."""


RESHAPED, ORDER, VOID = "record.reshaped", "record.out-of-step", "record.void-approval"
MERGED = {"gone", "new", "approved", "kind"}
ROUNDS = {
    "msgcat --no-wrap": Round(set(), {"gone"}),
    "msgcat": Round({RESHAPED}, {"gone"}),
    "msgcat --sort-output": Round({ORDER}, {"gone", "moved"}),
    "msgattrib --no-obsolete": Round({"record.dropped"}, {"gone"}),
    "msgattrib --clear-fuzzy": Round(
        {"record.stale-text", "record.unconfirmed", "record.unexamined"},
        {"gone", "fuzzy"},
        {"record.unconfirmed", "record.unexamined"},
    ),
    "msgmerge": Round({RESHAPED, ORDER, VOID}, {*MERGED, "fuzzy", "previous"}),
    "msgmerge --previous --no-wrap": Round({RESHAPED, ORDER, VOID}, MERGED),
    "msgmerge --no-fuzzy-matching": Round({RESHAPED, "record.doubled"}, {*MERGED, "fuzzy", "previous"}),
    "polib": Round({RESHAPED}, {"kind"}),
    "polib, wrapwidth=40": Round(
        {RESHAPED, "record.broken-note", "record.unreadable-note"}, {"kind", "comments", "omitted"}
    ),
    "polib, wrapwidth=10000": Round({RESHAPED}, {"kind"}),
    "translate-toolkit pypo": Round({RESHAPED}, {"kind"}),
    "translate-toolkit cpo": Round({RESHAPED}, {"kind", "gone"}),
    "OmegaT": Round({RESHAPED, "record.lost-text"}, {"fuzzy", "previous", "target"}, {"record.lost-text"}),
}


def runnable(name: str) -> Tool:
    tool = next(tool for tool in TOOLS if tool.name == name)
    if why := tool.missing():
        pytest.skip(why)
    return tool


@pytest.mark.parametrize("name", ROUNDS)
def test_what_a_program_spoils_is_found_and_mended_where_it_can_be(room: Path, name: str) -> None:
    tool, text = runnable(name), prepare(room)
    before, usual = load(room), findings(room)
    path(room).write_text(tool.write(text), encoding="utf-8")
    found = findings(room) - usual
    transflow(room, "repair")
    after = load(room)
    assert Round(found, differences(before, after), findings(room) - usual) == ROUNDS[name]
    there = {(unit.id, unit.target) for unit in after.units}
    assert {(unit.id, unit.target) for unit in before.units if not unit.fuzzy and unit.target} <= there
    assert serialize(after) == serialize(Catalog(after.header, after.units, after.obsolete)), "not written as ours are"


def test_a_program_that_drops_living_sentences_leaves_a_torn_file_which_is_taken_only_at_somebody_s_word(
    room: Path,
) -> None:
    tool, text = runnable("msgattrib --translated"), prepare(room)
    before, new = load(room), tool.write(text)
    path(room).write_text(new, encoding="utf-8")
    assert findings(room) == {"record.torn"}
    assert transflow(room, "repair").code == 3
    assert path(room).read_text(encoding="utf-8") == new
    assert transflow(room, "repair", "flood", "--torn").code == 1
    assert {ORDER} <= findings(room)
    assert differences(before, load(room)) == {"gone"}


@pytest.mark.parametrize("name", ["babel", "babel, width=0"])
def test_babel_drops_the_header_and_check_says_so(room: Path, name: str) -> None:
    tool, text = runnable(name), prepare(room)
    new = tool.write(text)
    path(room).write_text(new, encoding="utf-8")
    done = transflow(room, "check", "--all")
    assert done.code != 0
    assert f"{path(room).relative_to(room)}:1: error:" in done.out
    assert path(room).read_text(encoding="utf-8") == new
    kept = {
        entry.strings["msgctxt"]: entry.strings["msgstr"] for entry in entries(new, "x.po")[0] if not entry.is_header
    }
    assert kept == {
        unit.id: unit.target for each in [load_catalog(text.encode(), "x")] for unit in (*each.units, *each.obsolete)
    }


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")
def test_msgfmt_accepts_our_files_and_misses_only_what_we_leave_to_export(room: Path) -> None:
    text = prepare(room)
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", "-"], input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0
    assert {line.split("'")[1] for line in done.stderr.decode().splitlines()} == {
        "Project-Id-Version",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
    }


@pytest.mark.skipif(not shutil.which("msgcat"), reason="GNU gettext is not installed")
def test_msgcat_drops_deleted_sentences_without_a_text_and_a_header_without_entries(room: Path) -> None:
    tool, text = runnable("msgcat --no-wrap"), prepare(room)
    before = load(room)
    written = tuple(unit for unit in before.obsolete if unit.target)
    assert tool.write(text) == serialize(Catalog(before.header, before.units, written))
    assert tool.write(serialize(with_counts(Catalog(before.header)))) == ""


def test_a_file_that_omegat_wrote_is_read_as_it_is(room: Path) -> None:
    tool, text = runnable("OmegaT"), prepare(room)
    units = load_catalog(tool.write(text).encode(), "flood.po").units
    assert [(unit.fuzzy, unit.previous) for unit in units] == [(False, "")] * len(units)
    assert [bool(unit.target) for unit in units] == [True, True, False, False, False, False, False]


def test_omegat_empties_finished_texts_of_several_sentences_and_check_says_so(room: Path) -> None:
    for step in (["join", "flood#4-5"], ["set", "flood#4", "The city began on the 6th. It takes two months."]):
        assert transflow(room, "unit", *step, user="claire").code == 0
    text = runnable("OmegaT").write(path(room).read_text(encoding="utf-8"))
    path(room).write_text(text, encoding="utf-8")
    assert load(room).units[3].target == ""
    assert "record.lost-text" in findings(room)


def test_every_program_has_its_row_in_the_documents() -> None:
    rows = {
        line.split("|")[1].strip().replace("`", "")
        for line in DOCS.read_text(encoding="utf-8").splitlines()
        if "|" in line
    }
    assert {tool.name for tool in TOOLS} <= rows
    assert set(ROUNDS) | {"babel", "babel, width=0", "msgattrib --translated"} == {tool.name for tool in TOOLS}
