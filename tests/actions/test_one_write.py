"""Steps that write each file once: a killed step is complete, not begun, or can be repeated."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import contents
from support.stories import PAGES, actor, river, story
from transflow.actions.checks import fix
from transflow.actions.language import replace
from transflow.actions.language.replace import Replacement
from transflow.actions.reports import intake
from transflow.actions.stories import article, clearance, correct, publish
from transflow.actions.units import regroup, steps
from transflow.project import CatalogRef, Project, files

DAY = "2024-03-27T03:00:00Z"
RIVER = "en:river"
DOUBLED = "The  city began repairs on the 6th."
Step = Callable[[Path], object]


STEPS: dict[str, Step] = {
    "confirm": lambda room: steps.confirm(actor(room, "eugene", DAY), "en:river#2", "Three bridges fell."),
    "draft": lambda room: steps.draft(actor(room, "eugene", DAY), "en:river#2", "Three bridges fell."),
    "keep both": lambda room: steps.keep_both(actor(room, "eugene", DAY), "en:river#2", "Bridges fell."),
    "send back": lambda room: steps.send_back(actor(room, "mina", DAY), "en:river#1-3", "Read it again."),
    "join": lambda room: regroup.join(actor(room, "eugene", DAY), "en:river#2-3"),
    "split": lambda room: regroup.split(actor(room, "eugene", DAY), "en:river#2", "", "Nobody was"),
    "cut": lambda room: article.cut(actor(room, "eugene", DAY), "en:river#3", "too long"),
    "move": lambda room: article.move(actor(room, "eugene", DAY), "en:river#3", "1"),
    "add": lambda room: article.add(actor(room, "eugene", DAY), RIVER, "It rained.", ""),
    "add several": lambda room: article.add_all(actor(room, "eugene", DAY), RIVER, ["It rained.", "It snowed."], "1"),
    "take new": lambda room: article.confirm_with_drafts(actor(room, "eugene", DAY), "en:river#1-3", take_new=True),
    "clear": lambda room: clearance.clear(actor(room, "mina", DAY), RIVER),
    "not ready": lambda room: clearance.ready(actor(room, "eugene", DAY), RIVER, undo=True),
    "published": lambda room: publish.record_publication(actor(room, "mina", DAY), RIVER, [PAGES["en"], PAGES["vi"]]),
    "approve": lambda room: steps.approve(actor(room, "mina", DAY), "en:flood"),
}  # fmt: skip


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the names of the files that are written, in order."""
    seen: list[str] = []
    real = files.write

    def write(root: Path, path: Path, *arguments: object) -> None:
        if path.suffix in (".po", ".md", ".toml"):
            seen.append(path.relative_to(root).as_posix())
        real(root, path, *arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(files, "write", write)
    return seen


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return river(tmp_path / "room")


@pytest.mark.parametrize("name", STEPS)
def test_one_step_is_one_write(name: str, newsroom: Path, written: list[str]) -> None:
    STEPS[name](newsroom)
    assert len(written) <= 1


@pytest.mark.parametrize("name", ["confirm", "draft", "keep both", "send back", "join", "split", "cut", "add"])
def test_no_state_on_the_disk_has_the_clearance_of_another_text(name: str, newsroom: Path) -> None:
    cleared = story(newsroom)
    STEPS[name](newsroom)
    assert story(newsroom).units != cleared.units
    assert not story(newsroom).header.get("X-Cleared")


def test_a_fix_and_the_approval_that_it_renews_are_one_write(newsroom: Path, written: list[str]) -> None:
    steps.confirm(actor(newsroom, "claire"), "en:flood#4", DOUBLED)
    steps.approve(actor(newsroom, "mina"), "en:flood#4")
    written.clear()
    place = CatalogRef("en", "reports", "flood")
    fixed = list(fix.fix(actor(newsroom, "mina", DAY), [place], lambda check: True))
    assert [(each.where, each.new, each.why_not) for each in fixed] == [
        ("en:flood#4", "The city began repairs on the 6th.", "")
    ]
    assert written == [place.path]
    unit = Project(newsroom).load(place).units[3]
    assert unit.approved
    assert (unit.target, unit.approved.who, unit.approved.time) == (fixed[0].new, "mina", DAY)


def test_a_fix_whose_approval_may_not_be_renewed_changes_nothing(newsroom: Path) -> None:
    steps.confirm(actor(newsroom, "claire"), "en:flood#4", DOUBLED)
    steps.approve(actor(newsroom, "mina"), "en:flood#4")
    before = contents(newsroom)
    (fixed,) = fix.fix(actor(newsroom, "eugene", DAY), [CatalogRef("en", "reports", "flood")], lambda check: True)
    assert fixed.why_not == "it is approved, and eugene is no editor."
    assert contents(newsroom) == before


# Steps on several files


REPORT = "---\ntitle: 눈이 왔다\n---\n\n어제 눈이 왔다.\n"
REVISED = "어제 밤 눈이 왔다. 아무도 다치지 않았다.\n"


def _add(room: Path) -> None:
    new = intake.read_incoming(REPORT.encode(), "snow.md")
    intake.add(actor(room, "claire", DAY), new, intake.slug_for(Project(room), new, "snow"))


def _replace(room: Path) -> None:
    places = list(Project(room).all_catalogs())
    replace.replace(actor(room, "mina", DAY), Replacement("three", "some"), places)


def _new_version(room: Path) -> None:
    intake.new_version(actor(room, "claire", DAY), "flood", REVISED.encode(), "flood.md")


SEVERAL: dict[str, Step] = {
    "add a report": _add,
    "a new version": _new_version,
    "replace": _replace,
    "withhold": lambda room: publish.withhold(actor(room, "mina", DAY), "jeong"),
    "correct": lambda room: correct.correct(actor(room, "mina", DAY), "flood#5"),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_step_on_several_files_that_was_interrupted_is_completed_by_doing_it_again(
    name: str, newsroom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: list[str]
) -> None:
    """Kill the step before each of its writes except the first, which equals not starting it."""
    whole = Path(shutil.copytree(newsroom, tmp_path / "whole"))
    SEVERAL[name](whole)
    count = len(written)
    assert count > 1
    counted = files.write
    for most in range(1, count):
        copy = Path(shutil.copytree(newsroom, tmp_path / f"killed-{most}"))
        written.clear()

        def write(root: Path, path: Path, *arguments: object, most: int = most) -> None:
            if len(written) >= most:
                raise KeyboardInterrupt
            counted(root, path, *arguments)  # type: ignore[arg-type] # passed on as they came

        with monkeypatch.context() as patch:
            patch.setattr(files, "write", write)
            with pytest.raises(KeyboardInterrupt):
                SEVERAL[name](copy)
        SEVERAL[name](copy)
        assert contents(copy) == contents(whole), f"killed before write {most + 1}"
