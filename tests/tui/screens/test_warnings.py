"""Messages on the screen about changed Korean and about issues of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.screens import (
    opened,
    painted,
    played,
    press,
    running,
    said,
    settled,
    sheet,
    unit_of,
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.actions.stories import clearance
from transflow.actions.units import steps
from transflow.presenters.assistants import Assistants, Checks
from transflow.project import Project
from transflow.units.workflow import state

WIDE = (120, 40)
STORY = "un-china-refugees"
OLD, NEW = "단체들은 강제 송환된 탈북민이", "단체 여섯 곳은 강제 송환된 탈북민이"
FAULTY = "Groups say 41 returnees 단체 are punished."


def actor(root: Path, who: str, now: str = "2022-03-25T15:35:00Z") -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, now)


def checked(root: Path) -> Assistants:
    return Assistants(checker=Checks(Project(root)))


def source_of(root: Path) -> Path:
    return root / "sources" / "un-letter.md"


def revised(root: Path, old: str, new: str) -> None:
    """Change the report as its reporter would, and update the catalog as a colleague."""
    path = source_of(root)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    intake.update(actor(root, "mina"), "un-letter", "en")


def korean_changed(root: Path, number: int = 4) -> tuple[str, str]:
    """Change the Korean of a sentence; return a word that was removed and one that was added."""
    source = unit_of(root, number).source
    word = source.split()[0]
    revised(root, source, source.replace(word, "유엔인권기구는", 1))
    return word, "유엔인권기구는"


# The Korean changes under a writer


def test_both_versions_of_the_korean_stand_in_the_question_and_nothing_is_taken_that_is_not_there(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "=Groups say so.")
            gone, come = korean_changed(sample)
            await press(pilot, "ctrl+s")
            text = painted(pilot)
            assert "The Korean of this sentence changed while you were writing." in text
            assert f"[-{gone}-]" in text
            assert f"[+{come}+]" in text
            assert "Take theirs" not in text
            assert "Keep both" not in text
            assert "Yours: Groups say so." in text
            assert unit_of(sample, 4).target == ""
            await press(pilot, "enter")
            assert sheet(pilot).query_one("#text").has_focus
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 4).target == "Groups say so."

    played(play())


def test_whoever_gives_up_a_text_under_a_changed_korean_begins_anew(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "=Groups say so.")
            korean_changed(sample)
            opened(pilot).check_for_changes()
            await settled(pilot)
            await press(pilot, "ctrl+s", "2")
            assert sheet(pilot).editor.text == ""
            assert said(pilot) == ""
            assert not opened(pilot).view.orphaned_drafts()
            assert opened(pilot).view.draft(unit_of(sample, 4).id) is None

    played(play())


def test_the_changed_korean_is_shown_as_soon_as_it_is_seen_and_at_the_next_start(sample: Path) -> None:
    with_work_left(sample)

    async def first() -> tuple[str, str]:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "=Groups say so.")
            words = korean_changed(sample)
            sheet(pilot).check_for_changes()
            await until(pilot, lambda: f"[-{words[0]}-] [+{words[1]}+]" in painted(pilot))
            assert "changed while you were writing" in painted(pilot)
            return words

    async def second(gone: str, come: str) -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            assert f"[-{gone}-]" in painted(pilot)
            assert f"[+{come}+]" in painted(pilot)
            await press(pilot, "e", "ctrl+s")
            assert "The Korean of this sentence changed" in painted(pilot)

    played(second(*played(first())))


@pytest.mark.soak
def test_where_text_and_korean_changed_both_are_told_and_each_can_be_chosen(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "=Groups say so.")
            gone, come = korean_changed(sample)
            steps.confirm(actor(sample, "leejin"), "un-letter#4", "A text of Leejin's.")
            await press(pilot, "ctrl+s")
            text = painted(pilot)
            assert "Somebody else changed this sentence while you were writing." in text
            assert f"[-{gone}-]" in text
            assert f"[+{come}+]" in text
            assert "A text of Leejin's." in text
            await press(pilot, "3")
            assert [each.text for each in unit_of(sample, 4).conflicts] == ["Groups say so."]

    played(play())


def test_what_was_typed_for_a_sentence_that_is_gone_is_shown_and_kept(sample: Path) -> None:
    with_work_left(sample)
    source = unit_of(sample, 9).source

    async def play() -> None:
        async with running(sample, "translate", "un-letter#9", size=WIDE) as pilot:
            await press(pilot, "e", "=Nobody knows.")
            revised(sample, source, "")
            sheet(pilot).check_for_changes()
            await until(pilot, lambda: "is here no longer" in painted(pilot))
            assert "→ Nobody knows." in painted(pilot)
            assert source[:20] in painted(pilot)
            await press(pilot, "escape")
        async with running(sample, "translate", "un-letter", size=WIDE) as pilot:
            await until(pilot, lambda: "→ Nobody knows." in painted(pilot))
            await press(pilot, "2")
        async with running(sample, "translate", "un-letter", size=WIDE) as pilot:
            assert "→ Nobody knows." not in painted(pilot)

    played(play())


# Issues of a confirmed text


def test_a_warning_is_found_by_key_and_filter_after_its_text_was_confirmed(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE, helpers=checked(sample)) as pilot:
            await press(pilot, "e", f"={FAULTY}", "ctrl+s")
            assert unit_of(sample, 4).target == FAULTY
            await until(pilot, lambda: opened(pilot).sheet.unit is not None and sheet(pilot).lines.cursor != 3)
            await press(pilot, "escape", "ctrl+g")
            assert sheet(pilot).lines.cursor == 3
            await press(pilot, "escape", "ctrl+f", "=warning", "enter")
            assert "1 sentence. Esc: all again." in said(pilot)
            assert "still Korean" in painted(pilot)

    played(play())


def test_a_warning_is_there_when_the_report_is_opened_again_and_in_review_after_each_step(sample: Path) -> None:
    with_work_left(sample)
    steps.confirm(actor(sample, "leejin"), "un-letter#4", FAULTY)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#1", size=WIDE, helpers=checked(sample)) as pilot:
            await press(pilot, "ctrl+g")
            assert sheet(pilot).lines.cursor == 3
        async with running(sample, "review", "un-letter#4", who="mina", size=WIDE, helpers=checked(sample)) as pilot:
            await press(pilot, "x", "=Which?", "enter", "z", "ctrl+g")
            assert sheet(pilot).lines.cursor == 3
            assert "still Korean" in painted(pilot)
            steps.ask(actor(sample, "claire"), "un-letter#4", "Which groups?")
            sheet(pilot).check_for_changes()
            await until(pilot, lambda: "asks" in painted(pilot))
            await press(pilot, "escape", "slash", "=warning", "enter")
            assert "1 sentence. Esc: all again." in said(pilot)

    played(play())


@pytest.mark.soak
def test_a_filter_by_warnings_follows_what_is_saved(sample: Path) -> None:
    with_work_left(sample)
    for number in (4, 6):
        steps.confirm(actor(sample, "leejin"), f"un-letter#{number}", FAULTY)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE, helpers=checked(sample)) as pilot:
            await press(pilot, "slash", "=warning", "enter")
            assert "2 sentences. Esc: all again." in said(pilot)
            await press(pilot, "e", "= Often.", "ctrl+s")
            await until(pilot, lambda: not opened(pilot).view.unchecked())
            found = opened(pilot).view
            assert found is not None
            assert found.visible == [3, 5]

    played(play())


# A story


def faulty_story(root: Path) -> None:
    steps.confirm(actor(root, "eugene"), f"{STORY}#3", "China is asked not to force 41 refugees back.")
    clearance.ready(actor(root, "eugene"), STORY, undo=True)


def test_a_story_shows_its_warnings_beside_the_paragraph_in_the_title_and_in_the_filter(sample: Path) -> None:
    faulty_story(sample)

    async def play() -> None:
        async with running(sample, "story", f"{STORY}#1", who="eugene", size=WIDE) as pilot:
            await until(pilot, lambda: "warning" in painted(pilot).splitlines()[0])
            await press(pilot, "ctrl+g")
            assert sheet(pilot).lines.cursor == 2
            assert "! “41” is in none of the Korean" in painted(pilot).replace("\n", " ")
            assert "“41” is in none" in said(pilot)
            await press(pilot, "slash", "=warning", "enter")
            assert sheet(pilot).lines.cursor == 0
            assert "“41”" in painted(pilot)

    played(play())


def test_what_the_checks_say_is_listed_before_a_story_is_ready_and_before_it_is_cleared(sample: Path) -> None:
    faulty_story(sample)

    async def play() -> None:
        async with running(sample, "story", STORY, who="eugene", size=WIDE) as pilot:
            await press(pilot, "r")
            assert "! 3: “41” is in none" in painted(pilot)
            await press(pilot, "escape")
            assert not Project(sample).load(Project(sample).find_catalog(STORY)).header.get("X-Ready")
            await press(pilot, "r", "enter")
            assert Project(sample).load(Project(sample).find_catalog(STORY)).header.get("X-Ready")
        async with running(sample, "story", STORY, who="mina", size=WIDE) as pilot:
            await press(pilot, "a")
            assert "! 3: “41” is in none" in painted(pilot)

    played(play())


@pytest.mark.soak
def test_a_warning_of_a_text_that_is_not_confirmed_stays_when_its_writer_goes_on_and_comes_back(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE, helpers=checked(sample)) as pilot:
            await press(pilot, "e", f"={FAULTY}")
            await until(pilot, lambda: "still Korean" in painted(pilot))
            await press(pilot, "ctrl+down", "escape", "ctrl+g")
            assert sheet(pilot).lines.cursor == 3
        async with running(sample, "translate", "un-letter#1", size=WIDE, helpers=checked(sample)) as pilot:
            await press(pilot, "ctrl+g")
            assert sheet(pilot).lines.cursor == 3

    played(play())


@pytest.mark.soak
def test_what_was_typed_for_a_sentence_that_lives_on_in_another_one_is_shown(sample: Path) -> None:
    from transflow.actions.units import regroup

    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "=Groups say so.")
            regroup.join(actor(sample, "leejin"), "un-letter#3-4")
            sheet(pilot).check_for_changes()
            await until(pilot, lambda: "→ Groups say so." in painted(pilot))

    played(play())


@pytest.mark.soak
def test_more_sentences_than_are_checked_at_once_are_all_checked(sample: Path) -> None:
    with_work_left(sample)
    project = Project(sample)
    steps.confirm(actor(sample, "leejin"), "un-letter#4", FAULTY)
    letter = project.load(project.find_catalog("un-letter"))
    many = tuple(unit.replace(id=f"k{number:07}") for number, unit in enumerate([*letter.units] * 30))
    project.change(project.find_catalog("un-letter"), lambda now: now.replace(units=many))

    async def play() -> None:
        async with running(sample, "translate", "un-letter#1", size=WIDE, helpers=checked(sample)) as pilot:
            await until(pilot, lambda: not opened(pilot).view.unchecked())
            await press(pilot, "slash", "=warning", "enter")
            assert said(pilot).startswith("30 sentences.")

    played(play())


def test_who_confirms_what_stands_there_is_shown_the_korean_that_came_in_that_moment(sample: Path) -> None:
    with_work_left(sample)
    steps.confirm(actor(sample, "claire"), "un-letter#4", "Groups say so.")

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            gone, come = korean_changed(sample)
            await press(pilot, "ctrl+s")
            text = painted(pilot)
            assert f"[-{gone}-]" in text
            assert f"[+{come}+]" in text
            assert "The Korean of this sentence changed" in text
            assert state(unit_of(sample, 4)) == "needs-work"

    played(play())


def test_what_the_checks_read_stands_beside_their_messages(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "=Some 41 groups say so.", "escape", "d")
            text = painted(pilot)
            assert "What the checks read: “UN asks China not to force 7 North Korean refug…” 4" in text
            assert "“41” is 41, and nothing accounts for it" in text
            assert "numbers.added" in text

    played(play())


# What the checks read


@pytest.mark.parametrize("mode", ["translate", "review"])
def test_a_key_on_a_warning_shows_why_it_is_there_and_how_often_it_is_right(sample: Path, mode: str) -> None:
    with_work_left(sample)
    steps.confirm(actor(sample, "claire"), "un-letter#4", "Groups say 41 returnees came.")

    async def play() -> None:
        async with running(sample, mode, "un-letter#4", size=WIDE) as pilot:
            if mode == "translate":
                await press(pilot, "escape")
            assert "d Why" in painted(pilot)
            await press(pilot, "d")
            text = painted(pilot)
            assert "What the checks read: “UN asks China not to force 7 North Korean refug…” 4" in text
            assert "judged" in text
            assert "“41” is 41, and nothing accounts for it" in text
            await press(pilot, "escape")
            assert "What the checks read" not in painted(pilot)

    played(play())
