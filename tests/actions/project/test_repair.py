"""`transflow check` finds damage, `transflow repair` repairs it, and no text is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import polib
import pytest

from support.newsrooms import BRIDGES, SLUG, Clone, assert_sound, at, cloned, newsroom
from transflow.actions.checks import check as checking
from transflow.actions.checks.catalog_judge import Rules
from transflow.actions.units import steps
from transflow.cli import run
from transflow.digests import approval
from transflow.model.catalog import Catalog
from transflow.model.unit import Approval
from transflow.po.catalog import parse, serialize

ALL = Rules("translated", 0, 1000)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    origin, claire = newsroom(folder)
    for number in range(1, 8):
        claire.write(f"{SLUG}#{number}", f"Sentence number {number}.", number)
    claire.approve(f"{SLUG}#2", 20)
    claire.commit("first texts")
    claire.push()
    cloned(origin, folder / "leejin", "leejin", driver=False)
    return folder


@pytest.fixture
def claire(original: Path, tmp_path: Path) -> Clone:
    copytree(original, tmp_path, dirs_exist_ok=True)
    for who in ("claire", "leejin"):
        Clone(tmp_path / who, who).git("remote", "set-url", "origin", str(tmp_path / "origin.git"))
    return Clone(tmp_path / "claire", "claire")


def found(clone: Clone) -> set[str]:
    """Return the defects of the record in the whole project, without the issues of texts."""
    issues = checking.check(clone.project, at(600), ALL, everything=True).issues
    return {issue.check for issue in issues if issue.check.startswith("record.")}


def repair(clone: Clone, *arguments: str) -> int:
    return run(["-C", str(clone.root), "repair", *arguments])


def spoil(clone: Clone, change: Callable[[str], str]) -> bytes:
    text = clone.path().read_text(encoding="utf-8")
    spoiled = change(text)
    assert spoiled != text
    clone.path().write_bytes(spoiled.encode("utf-8"))
    return clone.path().read_bytes()


def resaved(change: Callable[[Catalog], Catalog]) -> Callable[[str], str]:
    return lambda text: serialize(change(parse(text, "x")))


def moved_first(catalog: Catalog) -> Catalog:
    return catalog.replace(units=(*catalog.units[1:], catalog.units[0]))


def falsely_approved(catalog: Catalog) -> Catalog:
    return catalog.map_unit(
        catalog.units[2].id, lambda unit: unit.replace(approved=Approval("mina", at(30), approval("x", "y", "z")))
    )


def with_another_previous(catalog: Catalog) -> Catalog:
    return catalog.map_unit(catalog.units[2].id, lambda unit: unit.replace(previous="공사가 길었다."))


def unmarked(catalog: Catalog) -> Catalog:
    """Remove the notes from sentence 5 that say that its Korean changed."""
    return catalog.map_unit(catalog.units[4].id, lambda unit: unit.replace(previous="", fuzzy=False))


def wrapped_by_polib(text: str) -> str:
    return str(polib.pofile(text, wrapwidth=40))


SPOILED: dict[str, tuple[Callable[[str], str], set[str]]] = {
    "a byte order mark": (lambda text: "\ufeff" + text, {"record.encoding"}),
    "CR LF": (lambda text: text.replace("\n", "\r\n"), {"record.line-ends"}),
    "no end of the last line": (lambda text: text.removesuffix("\n"), {"record.last-line"}),
    "a sentence twice": (lambda text: text + "\n" + text.split("\n\n")[3] + "\n", {"record.doubled"}),
    "polib's wrapping": (wrapped_by_polib, {"record.reshaped", "record.broken-note"}),
    "another order": (resaved(moved_first), {"record.out-of-step"}),
    "an approval of another text": (resaved(falsely_approved), {"record.void-approval"}),
    "an old source that is noted and no fuzzy": (
        resaved(with_another_previous),
        {"record.stale-text"},
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_check_finds_it_repair_mends_it_and_check_is_content(
    claire: Clone, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    change, wanted = SPOILED[name]
    before = {unit.id: unit.target for unit in claire.load().units}
    assert not found(claire)
    old = spoil(claire, change)
    assert wanted <= found(claire)
    assert repair(claire, "--dry-run") == 0
    assert claire.path().read_bytes() == old
    assert repair(claire) == 0
    said = capsys.readouterr().out
    assert all(check in said for check in wanted)
    kept = list((claire.root / ".transflow" / "repair").rglob("*.po"))
    assert [path.read_bytes() for path in kept] == [old]
    assert not found(claire) & wanted
    assert {unit.id: unit.target for unit in claire.load().units} == before
    assert_sound(claire)
    assert repair(claire) == 0
    assert "Nothing to mend." in capsys.readouterr().out


def test_a_text_under_a_source_that_it_was_not_made_for_is_marked(claire: Clone) -> None:
    claire.revise(BRIDGES.replace("버스만", "버스와 자전거만"), 30)
    claire.write(f"{SLUG}#5", "Sentence number 5.", 31)
    claire.revise(BRIDGES, 32)
    claire.write(f"{SLUG}#5", "Sentence number 5.", 33)
    claire.commit("there and back")
    assert "record.stale-text" not in found(claire)
    (claire.root / "sources/bridges.md").write_text(BRIDGES.replace("버스만", "버스와 자전거만"), encoding="utf-8")
    claire.update(40)
    spoil(claire, resaved(unmarked))
    claire.commit("a hand took the mark away")
    assert "record.stale-text" in found(claire)
    assert repair(claire) == 0
    unit = claire.unit(5)
    assert (unit.fuzzy, unit.previous) == (True, "첫 다리는 버스만 지난다.")
    steps.confirm(claire.actor(50), f"{SLUG}#5")
    assert "record.stale-text" not in found(claire)


def test_what_cannot_be_mended_is_named_and_left_alone(claire: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    old = spoil(claire, lambda text: text.replace('msgstr "Sentence number 3."', 'msgstr "Sentence number 3.'))
    assert "record.unreadable" in found(claire)
    assert repair(claire) == 3
    assert "bridges.po:" in capsys.readouterr().out
    assert claire.path().read_bytes() == old
    assert not (claire.root / ".transflow" / "repair").exists()


def half(text: str) -> str:
    return text[: text.index("# @by", len(text) // 2)]


def test_half_a_file_is_refused_until_somebody_takes_it_as_it_is(
    claire: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    old = spoil(claire, half)
    assert found(claire) == {"record.torn"}
    assert repair(claire) == 3
    assert "the file ends after 3 sentences or paragraphs, and X-Units in its header says that 7 were written" in (
        capsys.readouterr().out
    )
    assert claire.path().read_bytes() == old
    assert repair(claire, "--torn") == 2, "somebody has to name the file"
    assert repair(claire, f"{SLUG}", "--torn", "--dry-run") == 1
    assert claire.path().read_bytes() == old


def test_half_a_file_that_is_taken_as_it_is_gets_no_sentences_made_up(claire: Clone) -> None:
    old = spoil(claire, half)
    assert repair(claire, SLUG, "--torn") == 1
    assert found(claire) == {"record.out-of-step", "record.lost"}
    assert len(claire.load().units) == 3
    assert [path.read_bytes() for path in (claire.root / ".transflow" / "repair").rglob("*.po")] == [old]


def test_half_a_file_with_markers_of_git_is_not_taken_for_whole(claire: Clone) -> None:
    text = claire.path().read_text(encoding="utf-8")
    line = 'msgstr "Sentence number 1."\n'
    assert line in text
    sides = f"<<<<<<< HEAD\n{line}=======\n{line.replace('1', 'one')}>>>>>>> theirs\n"
    claire.path().write_text(half(text).replace(line, sides), encoding="utf-8")
    assert found(claire) == {"record.torn"}
    assert repair(claire) == 3


def test_deleted_texts_that_another_program_dropped_are_named(claire: Clone) -> None:
    claire.revise(BRIDGES.replace("첫 다리는 버스만 지난다. ", ""), 30)
    assert claire.load().obsolete[0].target
    spoil(claire, lambda text: serialize(parse(text, "x").replace(obsolete=())))
    assert found(claire) == {"record.dropped", "record.lost"}
    assert repair(claire) == 0
    claire.commit()
    assert found(claire) == set()


def test_leftovers_of_a_crash_are_put_away_and_those_of_the_living_are_not(claire: Clone) -> None:
    dead = subprocess.run(["sh", "-c", "echo $$"], capture_output=True, text=True, check=True).stdout.strip()
    folder = claire.path().parent
    gone, alive = folder / f".bridges.po.{dead}.tmp", folder / f".bridges.po.{os.getpid()}.tmp"
    gone.write_bytes(b"half a file")
    alive.write_bytes(b"being written")
    assert found(claire) == {"record.leftover"}
    assert repair(claire) == 0
    assert (gone.exists(), alive.exists()) == (False, True)
    assert [path.read_bytes() for path in (claire.root / ".transflow" / "repair").rglob("*.tmp")] == [b"half a file"]


def test_markers_in_a_report_are_named(claire: Clone) -> None:
    path = claire.root / "sources" / "bridges.md"
    path.write_text(
        BRIDGES + "\n<<<<<<< HEAD\n한 문장이다.\n=======\n다른 문장이다.\n>>>>>>> theirs\n", encoding="utf-8"
    )
    assert "record.conflict-markers" in found(claire)
    assert repair(claire) == 1
    before = claire.path().read_bytes()
    assert run(["-C", str(claire.root), "--as", "claire", "update", SLUG]) == 3
    assert claire.path().read_bytes() == before


def test_one_catalog_by_name(claire: Clone) -> None:
    spoil(claire, lambda text: text.replace("\n", "\r\n"))
    (claire.root / ".x.md.999999999.tmp").write_bytes(b"")
    assert repair(claire, SLUG) == 0
    assert_sound(claire)
    assert (claire.root / ".x.md.999999999.tmp").exists()


# A colleague without the driver


def conflict_without_driver(claire: Clone) -> Clone:
    """Change sentence 3 in both clones and others in one; then leejin pulls without a driver."""
    leejin = Clone(claire.root.parent / "leejin", "leejin")
    claire.write(f"{SLUG}#3", "The work took three months.", 60)
    claire.write(f"{SLUG}#4", "The mayor said thanks.", 61)
    claire.commit()
    claire.push()
    leejin.write(f"{SLUG}#3", "It was finished after three months.", 62)
    leejin.write(f"{SLUG}#6", "Anyone may cross the second one.", 63)
    leejin.commit()
    leejin.pull(fails=True)
    assert "<<<<<<<" in leejin.path().read_text(encoding="utf-8")
    return leejin


WANTED = ["The mayor said thanks.", "Sentence number 5.", "Anyone may cross the second one."]


def test_markers_are_merged_while_the_merge_waits(claire: Clone) -> None:
    leejin = conflict_without_driver(claire)
    assert {"record.conflict-markers", "record.conflict"} <= found(leejin)
    assert repair(leejin) == 1
    assert leejin.targets()[3:6] == WANTED
    unit = leejin.unit(3)
    assert unit.target == "It was finished after three months."
    assert [each.text for each in unit.conflicts] == ["The work took three months."]
    leejin.commit("mended")
    steps.resolve(leejin.actor(70), f"{SLUG}#3", 0)
    assert not found(leejin)
    assert_sound(leejin)


def test_check_says_of_a_merge_that_waits_just_what_repair_will_leave(claire: Clone) -> None:
    leejin = Clone(claire.root.parent / "leejin", "leejin")
    claire.write(f"{SLUG}#3", "The work took three months.", 60)
    claire.revise(BRIDGES.replace("화요일", "수요일"), 61)
    claire.commit()
    claire.push()
    leejin.write(f"{SLUG}#2", "Two bridges of the city reopened.", 62)
    leejin.write(f"{SLUG}#3", "It was finished after three months.", 63)
    leejin.commit()
    leejin.pull(fails=True)
    issues = checking.check(leejin.project, at(600), ALL, everything=True).issues
    assert [issue.check for issue in issues if "conflict" in issue.check] == [
        "record.conflict-markers",
        "record.conflict",
    ]
    assert repair(leejin) == 1
    assert [len(unit.conflicts) for unit in leejin.load().units[:4]] == [0, 0, 1, 0]


def test_markers_that_somebody_committed_are_merged_too(claire: Clone) -> None:
    leejin = conflict_without_driver(claire)
    leejin.commit("markers and all")
    assert "record.conflict-markers" in found(leejin)
    assert repair(leejin) == 1
    assert leejin.targets()[3:6] == WANTED
    texts = {leejin.unit(3).target, *(each.text for each in leejin.unit(3).conflicts)}
    assert texts == {"It was finished after three months.", "The work took three months."}
    assert_sound(leejin)


def test_a_committed_file_with_markers_does_not_stop_the_driver_of_others(claire: Clone) -> None:
    leejin = conflict_without_driver(claire)
    leejin.commit("markers and all")
    leejin.push()
    claire.write(f"{SLUG}#7", "More work begins in the fall.", 80)
    claire.commit()
    claire.pull(fails=True)
    assert claire.targets()[3:7] == [*WANTED, "More work begins in the fall."]
    assert_sound(claire)


def test_both_add_the_same_sentence_without_the_driver(claire: Clone) -> None:
    leejin = Clone(claire.root.parent / "leejin", "leejin")
    longer = BRIDGES.replace("공사는 석 달", "눈이 왔다. 공사는 석 달")
    for clone, minute in ((claire, 60), (leejin, 61)):
        clone.revise(longer, minute)
    claire.write(f"{SLUG}#3", "It snowed.", 62)
    claire.commit()
    claire.push()
    leejin.write(f"{SLUG}#3", "Snow fell.", 63)
    leejin.commit()
    leejin.pull(fails=True)
    assert repair(leejin) == 1
    assert [unit.source for unit in leejin.load().units].count("눈이 왔다.") == 1
    assert {leejin.unit(3).target, *(each.text for each in leejin.unit(3).conflicts)} == {"It snowed.", "Snow fell."}
    assert_sound(leejin)
