"""`transflow check`: the gate, its scope, its thresholds, and the errors that cannot be hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import REPORT, TEXTS, contents, done, new_project, transflow
from transflow.attribution import stamps
from transflow.model.catalog import Catalog
from transflow.model.unit import Conflict, Unit
from transflow.project import CatalogRef, Project
from transflow.units.workflow import approve

LETTER = CatalogRef("en", "reports", "un-letter")
GROUPS = CatalogRef("en", "reports", "rights-groups")
STORY = CatalogRef("en", "articles", "un-china-refugees")
NOW = "2024-03-26T00:00:00Z"


def translate(folder: Path, ref: str = "flood") -> None:
    for number, text in enumerate(TEXTS, 1):
        done(folder, "unit", "set", f"{ref}#{number}", text, user="claire")


def findings(folder: Path, *options: str) -> set[str]:
    """Return the ids of the gate's issues, without those of the checks of texts."""
    ran = transflow(folder, "check", *options)
    found = {line.rpartition("[")[2].rstrip("]") for line in ran.out.splitlines() if line.endswith("]")}
    return {each for each in found if each.startswith(("record.", "gate."))}


def change(folder: Path, place: CatalogRef, step: Callable[[Catalog], Catalog]) -> None:
    """Change a catalog in a way that no command does."""
    Project(folder).change(place, step)


def on_unit(number: int, step: Callable[[Unit], Unit]) -> Callable[[Catalog], Catalog]:
    return lambda catalog: catalog.map_unit(catalog.units[number - 1].id, step)


# Passing


def test_what_is_in_order_passes_and_says_what_was_judged(sample: Path) -> None:
    before = contents(sample)
    ran = transflow(sample, "check")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"3 catalogs judged, 0 errors, \d+ hints \(--hints lists them\): passed.\n", ran.out)
    assert {path: data for path, data in contents(sample).items() if ".transflow" not in path} == before


def test_where_nothing_is_ready_there_is_nothing_to_judge_and_it_passes_saying_so(room: Path) -> None:
    assert transflow(room, "check") == (
        0,
        "Nothing to judge: no story is ready yet. (--all judges everything.)\n",
        "",
    )


# Scope


def test_reports_are_judged_only_where_a_ready_story_uses_them(room: Path) -> None:
    translate(room)
    done(room, "compose", "bridges", "--from", "flood", user="eugene")
    assert transflow(room, "check").code == 0
    done(room, "unit", "confirm", "bridges", user="eugene")
    done(room, "ready", "bridges", user="eugene")
    assert "2 catalogs judged" in transflow(room, "check").out


def test_a_language_that_is_named_is_judged_whole(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    translate(folder, "vi:flood")
    assert transflow(folder, "check").code == 0
    assert transflow(folder, "check", "--locale", "vi").code == 0
    assert transflow(folder, "check", "--locale", "en").code == 1
    assert transflow(folder, "check", "--locale", "vi", "--locale", "en").code == 1
    assert transflow(folder, "check", "--all").code == 1


def test_a_report_without_a_catalog_fails_the_whole(room: Path) -> None:
    translate(room)
    (room / "sources/new.md").write_text(REPORT, encoding="utf-8")
    assert "record.no-catalog" in findings(room, "--all")
    assert transflow(room, "check", "--all").code == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--locale", "fr"], "no language “fr”"),
        (["--min", "101"], "--min"),
        (["--max-fuzzy", "-1"], "--max-fuzzy"),
        (["--require", "good"], "translated"),
        (["en"], "Got unexpected extra argument"),
    ],
)
def test_a_scope_or_threshold_that_is_none_is_exit_code_2(room: Path, options: list[str], message: str) -> None:
    ran = transflow(room, "check", *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


# Thresholds


def test_the_thresholds_are_the_project_s_unless_they_are_given(room: Path) -> None:
    translate(room)
    done(room, "unit", "set", "flood#5", "Unfinished", "--needs-look", user="claire")
    assert findings(room, "--all") == {"gate.incomplete", "gate.needs-work"}
    assert findings(room, "--all", "--min", "80") == {"gate.needs-work"}
    assert findings(room, "--all", "--min", "80", "--max-fuzzy", "1") == set()
    assert findings(room, "--all", "--require", "approved", "--min", "20", "--max-fuzzy", "1") == {"gate.incomplete"}
    ran = transflow(room, "check", "--all")
    assert "locales/en/reports/flood.po: error: 80.0% translated, 100% required. [gate.incomplete]" in ran.out
    assert "1 catalog judged, 2 errors" in ran.out


def test_a_text_with_an_error_fails_until_it_is_waived(room: Path) -> None:
    translate(room)
    done(room, "unit", "set", "flood#2", "The 다리 failed.", user="claire")
    ran = transflow(room, "check", "--all")
    assert ran.code == 1
    assert "en:flood#2: error: “다리” is still Korean. [untranslated]" in ran.out
    done(room, "unit", "waive", "flood#2", "untranslated", "Its own word.", user="mina")
    assert transflow(room, "check", "--all").code == 0


# Errors that no option hides. Except for the story, none of these is in the default scope.


def approved_by(who: str) -> Callable[[Unit], Unit]:
    return lambda unit: approve(unit, who, stamps.stamp_for_move(unit, NOW))


@pytest.mark.parametrize(
    ("number", "step", "found"),
    [
        (2, lambda unit: unit.replace(target=unit.target + "!"), {"record.void-approval", "record.unattributed"}),
        (2, approved_by("eugene"), {"record.approver"}),
        (2, approved_by("nobody"), {"record.approver"}),
        (2, lambda unit: unit.replace(conflicts=(Conflict("claire", NOW, "Else"),)), {"record.conflict"}),
        (2, lambda unit: unit.replace(text="0" * 16), {"record.unattributed"}),
    ],
)
def test_a_broken_rule_of_the_record_fails_wherever_it_is(
    sample: Path, number: int, step: Callable[[Unit], Unit], found: set[str]
) -> None:
    done(sample, "ready", "un-china-refugees", "--undo", user="eugene")
    assert findings(sample) == set()
    change(sample, LETTER, on_unit(number, step))
    assert found <= findings(sample)
    ran = transflow(sample, "check", "--min", "0", "--max-fuzzy", "99")
    assert ran.code == 1, "no threshold hides it"
    assert f"en:un-letter#{number}: error: " in ran.out


def test_approving_mostly_one_s_own_fails(room: Path) -> None:
    translate(room)
    done(room, "unit", "set", "flood#2", "Something else altogether.", user="mina")
    change(room, CatalogRef("en", "reports", "flood"), on_unit(2, approved_by("mina")))
    assert findings(room) == {"record.four-eyes"}


REPORTED, TOLD = "locales/en/reports/un-letter.po", "locales/en/articles/un-china-refugees.po"


@pytest.mark.parametrize(
    ("path", "pattern", "instead", "check"),
    [
        (REPORTED, r"(# @by \S+ \S+) [1-9]\d*\n", r"\1 999\n", "record.shares"),
        (TOLD, r"(# @translated \S+) \d+\n", r"\1 999\n", "record.shares"),
        (REPORTED, r"(?:# @by .*\n)+", "", "record.no-author"),
        (REPORTED, r"(# @approved \S+) \d{4}", r"\1 2098", "record.future"),
        (REPORTED, r"(# @approved \S+) \d{4}", r"\1 1999", "record.void-approval"),
        (REPORTED, r"(# @by \S+) \d{4}", r"\1 2025", "record.void-approval"),
        (REPORTED, r'"Language: en', '"Language: de', "record.header"),
        (REPORTED, r'"X-Report: un-letter', '"X-Report: rights-groups', "record.header"),
        (TOLD, r'"X-Article: [a-z-]+', '"X-Article: other', "record.header"),
        (TOLD, r"(X-Cleared: \S+ \S+) [0-9a-f]{16}", r"\1 0123456789abcdef", "record.void-clearance"),
        (TOLD, r"(X-Cleared: \S+) \d{4}", r"\1 1999", "record.time-order"),
    ],
)
def test_what_no_honest_record_says_is_named(sample: Path, path: str, pattern: str, instead: str, check: str) -> None:
    text = (sample / path).read_text(encoding="utf-8")
    assert "record." not in transflow(sample, "check", "--all").out
    (sample / path).write_text(re.sub(pattern, instead, text, count=1), encoding="utf-8")
    assert check in transflow(sample, "check", "--all").out


def test_a_clearance_of_another_story_fails(sample: Path) -> None:
    change(sample, STORY, lambda article: article.replace(header=article.header.replace(X_Date="2030-01-01")))
    assert "record.void-clearance" in findings(sample)


def test_a_catalog_behind_its_report_fails(sample: Path) -> None:
    with (sample / "sources/un-letter.md").open("a", encoding="utf-8") as report:
        report.write("\n새 문장이다.\n")
    ran = transflow(sample, "check")
    assert ran.code == 1
    assert "[record.behind]" in ran.out
    assert "`transflow update`" in ran.out


def test_a_sentence_that_is_nowhere_in_the_story_fails(sample: Path) -> None:
    with (sample / "sources/un-letter.md").open("a", encoding="utf-8") as report:
        report.write("\n새 문장이다.\n")
    done(sample, "update")
    done(sample, "unit", "set", "un-letter#26", "A new sentence.", user="claire")
    done(sample, "unit", "approve", "un-letter#26", user="mina")
    assert "record.unplaced" in findings(sample)


def test_a_stale_paragraph_and_an_open_question_fail_a_ready_story(sample: Path) -> None:
    story = Project(sample).load(STORY)
    printed = next(number for number, unit in enumerate(story.units, 1) if unit.refs and not unit.cut)
    done(sample, "unit", "ask", f"un-china-refugees#{printed}", "Sure?", user="mina")
    assert "record.question" in findings(sample)
    behind = next(ref for unit in story.units if unit.refs and not unit.cut for ref in unit.refs)
    done(sample, "unit", "set", f"{behind.report}#{behind.unit}", "Another sentence.", user="claire")
    assert "record.unsettled" in findings(sample)


def test_a_reference_to_nothing_fails(sample: Path) -> None:
    refs = {ref for unit in Project(sample).load(STORY).units for ref in unit.refs}

    def lose(catalog: Catalog) -> Catalog:
        gone = next(unit for unit in catalog.units if ("un-letter", unit.id) in refs)
        return catalog.replace(units=tuple(unit for unit in catalog.units if unit is not gone))

    change(sample, LETTER, lose)
    assert "record.dangling" in findings(sample)


def test_a_report_that_is_gone_fails(sample: Path) -> None:
    (sample / "sources/un-letter.md").unlink()
    assert "record.no-report" in findings(sample)


def test_a_report_that_is_gone_may_have_been_confidential(sample: Path) -> None:
    """Findings about it, and about the stories made from it, have no word of their texts."""
    project = Project(sample)
    listing = project.load(STORY).replace(units=())
    assert "un-letter" in listing.header.get("X-Reports").split()
    (sample / "sources/un-letter.md").unlink()
    issues = json.loads(transflow(sample, "check", "--all", "--format", "json").out)["issues"]
    about = [each for each in issues if each["path"] in (LETTER.path, STORY.path)]
    assert {each["check"] for each in about if each["message"]} == {"record.no-report"}
    assert {each["path"] for each in about if each["message"]} == {LETTER.path, STORY.path}


# Unreadable


@pytest.mark.parametrize(
    "data",
    [b"junk\n", b"", b"\x00\x01", "제목".encode("cp949"), b'msgid ""\nmsgstr ""\n"X-Transflow-Format: 99\\n"\n'],
    ids=["junk", "empty", "binary", "cp949", "newer"],
)
def test_a_catalog_that_cannot_be_read_is_exit_code_3_and_the_others_are_judged(sample: Path, data: bytes) -> None:
    path = sample / GROUPS.path
    path.write_bytes(data)
    change(sample, LETTER, on_unit(2, lambda unit: unit.replace(text="0" * 16)))
    ran = transflow(sample, "check")
    assert ran.code == 3
    assert f"{GROUPS.path}" in ran.out
    assert "en:un-letter#2: error" in ran.out
    assert ran.out.splitlines()[-1].endswith("FAILED.")
    assert path.read_bytes() == data


def test_doubled_ids_are_exit_code_3_with_both_lines(sample: Path) -> None:
    path = sample / LETTER.path
    text = path.read_text(encoding="utf-8")
    entry = "\n\n" + text.split("\n\n")[2].strip() + "\n"
    path.write_text(text.rstrip("\n") + entry, encoding="utf-8")
    ran = transflow(sample, "check")
    assert ran.code == 3
    assert "un-letter.po:" in ran.out
    assert "twice" in ran.out


# Confidential


def test_of_a_confidential_report_only_reference_and_check_leave_the_house(room: Path) -> None:
    translate(room)
    (room / "sources/flood.md").write_text(
        REPORT.replace("dateline:", "confidential: true\ndateline:"), encoding="utf-8"
    )
    done(room, "update")
    done(room, "unit", "set", "flood#2", "The 다리 failed.", user="claire")
    ran = transflow(room, "check", "--all")
    assert ran.code == 1
    assert "en:flood#2: error [untranslated]" in ran.out
    assert "다리" not in ran.out + ran.err
