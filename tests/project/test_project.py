"""The project on disk: names are resolved or refused, and no change is lost."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from support.commands import STAFF, command, contents, new_project, transflow
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.errors import TornError, UnknownNameError, UnreadableError, UsageError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import serialize
from transflow.project import CatalogRef, Project
from transflow.project.locks import is_held
from transflow.project.project import ChangedUnderneathError

FLOOD = CatalogRef("en", "reports", "flood")
NOW = "2024-03-26T04:00:00Z"


def actor(folder: Path, who: str = "claire", now: str = NOW) -> Actor:
    return Actor(Project(folder), next(person for person in STAFF if person.id == who), now)


def targets(folder: Path, place: CatalogRef = FLOOD) -> list[str]:
    return [unit.target for unit in Project(folder).load(place).units]


# Finding things


def test_a_project_is_found_from_any_folder_in_it(room: Path) -> None:
    assert Project.find(room / "locales" / "en").root == room
    with pytest.raises(UsageError, match="transflow init"):
        Project.find(room.parent)


def test_the_only_language_need_not_be_named(room: Path) -> None:
    assert Project(room).locale() == "en"
    assert Project(room).find_catalog("flood") == Project(room).find_catalog("en:flood") == FLOOD


def test_of_several_languages_one_must_be_named(tmp_path: Path) -> None:
    project = Project(new_project(tmp_path / "two", ("en", "vi")))
    with pytest.raises(UsageError, match=r"several languages: say which, as in en:flood, vi:flood, or with --locale"):
        project.find_catalog("flood")
    assert project.find_catalog("vi:flood") == CatalogRef("vi", "reports", "flood")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("floot", "Did you mean flood"),
        ("fr:flood", "no language “fr”. There are: en"),
        ("", "There are: flood"),
        ("../reports/flood", "no report or story"),
        ("../../../../etc/passwd", "no report or story"),
        ("flood.po", "Did you mean flood"),
    ],
)
def test_a_name_of_nothing_is_refused_with_what_there_is(room: Path, name: str, message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        Project(room).find_catalog(name)


@pytest.mark.parametrize("slug", ["../transflow", "../sources/flood", "none"])
def test_no_report_is_read_from_outside_its_folder(room: Path, slug: str) -> None:
    (room / "transflow.md").write_text("secret", encoding="utf-8")
    with pytest.raises(UnknownNameError, match="no report"):
        Project(room).report_bytes(slug)


@pytest.mark.parametrize("path", ["sources/flood.md", FLOOD.path])
def test_nothing_is_read_through_a_link_that_leads_out(room: Path, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    (room / path).rename(outside)
    (room / path).symlink_to(outside)
    for words in (["unit", "show", "flood#1"], ["check", "--all"], ["redact", "다리", "--with", "x", "--yes"]):
        ran = transflow(room, *words, user="mina")
        seen = path == FLOOD.path or words[0] != "unit"  # a sentence is shown without reading its report
        assert (ran.code, "symbolic link" in ran.out + ran.err) == ((3, True) if seen else (0, False)), (words, ran)


def test_a_report_without_a_catalog_is_told_from_one_that_is_not_there(room: Path) -> None:
    shutil.copy(room / "sources" / "flood.md", room / "sources" / "new.md")
    with pytest.raises(UsageError, match="`transflow update new` makes it"):
        Project(room).find_catalog("new")


def test_settings_that_are_no_utf8_are_refused_with_the_line(room: Path) -> None:
    with (room / "transflow.toml").open("ab") as file:
        file.write(b"# \xff\n")
    lines = (room / "transflow.toml").read_bytes().count(b"\n")
    with pytest.raises(UnreadableError, match=rf"transflow\.toml:{lines}: this is not UTF-8"):
        _ = Project(room).settings


# Changing


def test_a_change_that_changes_nothing_writes_nothing(room: Path) -> None:
    before = (room / FLOOD.path).stat()
    Project(room).change(FLOOD, lambda catalog: catalog.replace(units=tuple(catalog.units)))
    after = (room / FLOOD.path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_is_there_is_not_created_again(room: Path) -> None:
    with pytest.raises(UsageError, match="there already"):
        Project(room).create(FLOOD, Catalog())


def test_a_change_that_fails_leaves_everything_as_it_was(room: Path) -> None:
    def fail(_: Catalog) -> Catalog:
        raise ZeroDivisionError

    before = contents(room)
    with pytest.raises(ZeroDivisionError):
        Project(room).change(FLOOD, fail)
    assert contents(room) == before


def written(catalog: Catalog, number: int, text: str) -> Catalog:
    return catalog.map_unit(catalog.units[number].id, lambda unit: unit.replace(target=text))


def test_a_write_of_another_program_in_between_is_not_overwritten(room: Path) -> None:
    project, calls = Project(room), []

    def change(catalog: Catalog) -> Catalog:
        calls.append(catalog)
        if len(calls) == 1:  # such as git, which ignores the locks
            (room / FLOOD.path).write_text(serialize(written(catalog, 0, "theirs")), encoding="utf-8")
        return written(catalog, 1, "mine")

    project.change(FLOOD, change)
    assert targets(room)[:2] == ["theirs", "mine"]
    assert len(calls) == 2


def test_a_file_that_another_program_writes_all_the_time_is_given_up_and_left_as_it_is(room: Path) -> None:
    texts = iter(range(100))

    def change(catalog: Catalog) -> Catalog:
        (room / FLOOD.path).write_text(serialize(written(catalog, 0, f"theirs {next(texts)}")), encoding="utf-8")
        return written(catalog, 1, "mine")

    with pytest.raises(
        ChangedUnderneathError, match=r"changed by another program just now\. Nothing was written"
    ) as error:
        Project(room).change(FLOOD, change)
    assert error.value.exit_code == 1
    assert targets(room)[:2] == ["theirs 4", ""]


def test_a_catalog_that_another_program_removed_is_not_written_again(room: Path) -> None:
    def change(catalog: Catalog) -> Catalog:
        (room / FLOOD.path).unlink()
        return written(catalog, 1, "mine")

    with pytest.raises(UnreadableError, match="not there"):
        Project(room).change(FLOOD, change)
    assert not (room / FLOOD.path).exists()


def test_two_who_both_got_in_because_the_locks_were_deleted_lose_nothing(room: Path) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(catalog: Catalog) -> Catalog:
        inside.set()
        assert go_on.wait(30)
        return written(catalog, 0, "slow")

    first = threading.Thread(target=lambda: Project(room).change(FLOOD, slow))
    first.start()
    assert inside.wait(30)
    shutil.rmtree(room / ".transflow")
    Project(room).change(FLOOD, lambda catalog: written(catalog, 1, "quick"))
    go_on.set()
    first.join(30)
    assert targets(room)[:2] == ["slow", "quick"]


def test_what_gets_another_name_while_one_waits_for_the_whole_record_is_locked_too(room: Path) -> None:
    moved = FLOOD._replace(slug="high-water")
    held: list[str] = []

    def take() -> None:
        with Project(room).locked_all():
            held.extend(path for path in (FLOOD.path, moved.path) if is_held(room, path))

    with Project(room).locked(FLOOD.path):
        waiting = threading.Thread(target=take)
        waiting.start()
        waiting.join(0.3)
        (room / FLOOD.path).rename(room / moved.path)
    waiting.join(30)
    assert held == [moved.path]


def test_saving_merges_with_what_others_saved_since(room: Path) -> None:
    project = Project(room)
    base = project.load(FLOOD)
    steps.confirm(actor(room, "leejin"), "flood#1", "Flood cuts three bridges")

    def mine(unit: Unit) -> Unit:
        from transflow.units.workflow import confirm

        return confirm(unit, "Three bridges failed.", "claire", NOW)

    saved, conflicts = project.save(FLOOD, base, base.map_unit(base.units[1].id, mine))
    assert (targets(room)[:2], conflicts) == (["Flood cuts three bridges", "Three bridges failed."], ())
    assert saved == project.load(FLOOD)


def test_saving_keeps_both_of_two_texts_of_one_unit(room: Path) -> None:
    project = Project(room)
    base = project.load(FLOOD)
    steps.confirm(actor(room, "leejin", "2024-03-26T05:00:00Z"), "flood#1", "Flood cuts three bridges")

    def mine(unit: Unit) -> Unit:
        from transflow.units.workflow import confirm

        return confirm(unit, "Three bridges down", "claire", NOW)

    saved, conflicts = project.save(FLOOD, base, base.map_unit(base.units[0].id, mine))
    assert [issue.check for issue in conflicts] != []
    texts = {saved.units[0].target, *(each.text for each in saved.units[0].conflicts)}
    assert texts == {"Flood cuts three bridges", "Three bridges down"}
    assert saved == project.load(FLOOD)


# Concurrent changes


def test_of_eight_processes_that_confirm_different_units_at_once_every_text_is_there(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "room")
    body = "".join(f"{number}번째 문장이다.\n\n" for number in range(1, 25))
    (folder / "sources" / "long.md").write_text(f"---\ntitle: 긴 기사\n---\n\n{body}", encoding="utf-8")
    assert transflow(folder, "update", user="claire").code == 0
    code = """
import sys
from pathlib import Path
from transflow.cli import run
folder, first = sys.argv[1], int(sys.argv[2])
sys.stdin.readline()
for number in range(first, 26, 8):
    assert run(["-C", folder, "--as", "claire", "unit", "set", f"long#{number}", f"Sentence {number}."]) == 0
"""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(first)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        for first in range(1, 9)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.close()
    assert [process.wait(120) for process in started] == [0] * 8
    assert targets(folder, CatalogRef("en", "reports", "long")) == [f"Sentence {number}." for number in range(1, 26)]


CONFIRM_FOR_EVER = """
import sys
from itertools import count
from transflow.cli import run
print("ready", flush=True)
for number in count(int(sys.argv[2])):
    if run(["-C", sys.argv[1], "--as", "claire", "unit", "set", f"flood#{1 + number % 5}", f"Text {number}"]):
        break
    print(number, flush=True)
"""


def test_after_every_kill_the_catalog_can_be_read_and_has_the_last_text_that_was_reported(room: Path) -> None:
    chance = random.Random(3)
    last = 0
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", CONFIRM_FOR_EVER, str(room), str(last)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.3))
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        reported = [int(line) for line in rest.splitlines() if line.isdigit() and rest.endswith("\n")]
        last = reported[-1] if reported else last
        found = {int(text.removeprefix("Text ")) for text in targets(room) if text}
        assert not reported or max(found) in (last, last + 1)
    assert transflow(room, "unit", "set", "flood#1", "The end.", user="claire").code == 0
    assert not list(room.rglob("*.tmp"))


# Disks


def fill(path: Path) -> None:
    """Write a file until its disk is full."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 1000):
            pass


def test_a_full_disk_leaves_the_catalog_and_says_so_with_exit_code_3(room: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        folder = Path(shutil.copytree(room, disk / "room"))
        assert transflow(folder, "unit", "set", "flood#1", "Flood", user="claire").code == 0
        fill(disk / "filling")
        before = contents(folder)
        ran = transflow(folder, "unit", "set", "flood#2", "Three bridges failed. " * 400, user="claire")
        assert (ran.code, ran.out) == (3, "")
        assert "locales/en/reports/flood.po was not written: the disk is full" in ran.err
        assert contents(folder) == before
        shutil.rmtree(folder / ".transflow")
        fill(disk / "more")
        ran = transflow(folder, "unit", "set", "flood#2", "Text", user="claire")
        assert (ran.code, ran.out) == (3, "")
        assert "No space left on device" in ran.err
        assert contents(folder) == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_project_that_may_not_be_written_can_still_be_read(room: Path) -> None:
    if subprocess.run(["mount", "--bind", str(room), str(room)], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(room)], check=True)
        assert transflow(room, "status").code == 0
        assert transflow(room, "check").code == 0
        ran = transflow(room, "unit", "set", "flood#2", "Text", user="claire")
        assert (ran.code, ran.out) == (3, "")
        assert "Read-only file system" in ran.err
    finally:
        subprocess.run(["umount", str(room)], check=True)


def test_a_read_only_catalog_is_an_error_with_the_way_out_and_exit_code_3(room: Path) -> None:
    (room / FLOOD.path).chmod(0o444)
    ran = transflow(room, "unit", "set", "flood#2", "Text", user="claire")
    assert (ran.code, ran.out) == (3, "")
    assert "chmod u+w" in ran.err
    assert targets(room)[1] == ""


def test_the_program_is_installed() -> None:
    assert subprocess.run(command("--version"), capture_output=True, text=True, check=True).stdout.startswith(
        "transflow "
    )


# The format of the record


def as_format_1(folder: Path, place: CatalogRef = FLOOD) -> bytes:
    """Write the catalog as 0.1.0 did."""
    path = folder / place.path
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub('"X-Units: .*\n', "", text).replace("Format: 2", "Format: 1"), encoding="utf-8")
    return path.read_bytes()


def test_a_step_that_changes_nothing_leaves_a_catalog_in_its_format(room: Path) -> None:
    before = as_format_1(room)
    Project(room).change(FLOOD, lambda catalog: catalog.replace(units=(*catalog.units,)))
    assert transflow(room, "update", "flood", user="claire").code == 0
    assert (room / FLOOD.path).read_bytes() == before


def test_a_change_brings_a_catalog_into_the_present_format_and_counts_it(room: Path) -> None:
    as_format_1(room)
    found = Project(room).change(FLOOD, lambda catalog: written(catalog, 0, "A flood"))
    assert (found.header.get("X-Transflow-Format"), found.header.get("X-Units")) == ("2", "5 0")
    assert Project(room).load(FLOOD) == found, "what is told is what is there"
    gone = Project(room).change(
        FLOOD, lambda catalog: catalog.replace(units=catalog.units[1:], obsolete=catalog.units[:1])
    )
    assert gone.header.get("X-Units") == "4 1"


def test_who_held_a_catalog_of_the_old_format_saves_and_undoes_like_everybody(room: Path) -> None:
    as_format_1(room)
    project = Project(room)
    base = project.load(FLOOD)
    mine = written(base, 0, "mine")
    saved, conflicts = project.save(FLOOD, base, mine)
    again, more = project.save(FLOOD, saved, written(saved, 1, "more"))
    assert [unit.target for unit in again.units[:2]] == ["mine", "more"]
    back, last = project.save(FLOOD, again, base)
    assert [unit.target for unit in back.units[:2]] == ["", ""]
    assert (conflicts, more, last) == ((), (), ())
    assert (back.header.get("X-Transflow-Format"), project.load(FLOOD)) == ("2", back)


def test_a_torn_catalog_is_not_read_and_not_written(room: Path) -> None:
    path = room / FLOOD.path
    whole = path.read_text(encoding="utf-8")
    path.write_text("\n\n".join(whole.split("\n\n")[:3]) + "\n", encoding="utf-8")
    torn = path.read_bytes()
    with pytest.raises(TornError, match="says that 5 were written"):
        Project(room).change(FLOOD, lambda catalog: written(catalog, 0, "A flood"))
    assert transflow(room, "unit", "set", "flood#1", "A flood", user="claire").code == 3
    assert path.read_bytes() == torn


def test_a_torn_catalog_is_not_said_to_be_up_to_date(room: Path) -> None:
    assert "1 of 1 were up to date" in transflow(room, "update", "flood", user="claire").out
    path = room / FLOOD.path
    path.write_text("\n\n".join(path.read_text(encoding="utf-8").split("\n\n")[:3]) + "\n", encoding="utf-8")
    before = contents(room)
    ran = transflow(room, "update", "flood", user="claire")
    assert (ran.code, "0 of 1 were up to date" in ran.out, "says that 5 were written" in ran.err) == (3, True, True)
    assert contents(room) == before


def test_a_glossary_of_a_newer_format_is_refused_like_a_catalog(room: Path) -> None:
    assert transflow(room, "glossary", "add", "강변시", "Riverside", user="claire").code == 0
    path = room / "locales/en/glossary.po"
    path.write_text(path.read_text(encoding="utf-8").replace("Format: 2", "Format: 3"), encoding="utf-8")
    before = path.read_bytes()
    for step in (("glossary", "list"), ("glossary", "add", "다리", "bridge")):
        ran = transflow(room, *step, user="claire")
        assert (ran.code, "the file has format 3; this transflow reads up to 2" in ran.err) == (3, True)
    assert path.read_bytes() == before


# Settings of a project that stays open


def test_a_role_that_was_taken_away_is_gone_at_once(room: Path) -> None:
    project, path = Project(room), room / "transflow.toml"
    assert project.settings is project.settings
    path.write_text(path.read_text(encoding="utf-8").replace('"editor"', '"writer"'), encoding="utf-8")
    assert not any(each.has_role("editor", NOW) for each in project.settings.people)


def test_settings_that_cannot_be_read_for_a_while_stay_as_they_were(room: Path) -> None:
    project, path = Project(room), room / "transflow.toml"
    before, text = project.settings, path.read_text(encoding="utf-8")
    path.write_text("[[people", encoding="utf-8")
    assert project.settings is before
    path.write_text(text.replace('"editor"', '"writer"'), encoding="utf-8")
    assert project.settings != before
