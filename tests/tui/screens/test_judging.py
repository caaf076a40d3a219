"""Judging on the screen: a key applies to the displayed text, or the change is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.screens import App, painted, played, press, running, said, unit_of, until, with_work_left
from transflow.actions import Actor
from transflow.actions.stories import article, clearance
from transflow.actions.units import steps
from transflow.presenters.assistants import Assistants, Checks
from transflow.project import Project
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.units.workflow import open_questions, state

STORY = "un-china-refugees"
WIDE = (120, 40)
LATE = "2022-03-25T15:35:00Z"


@pytest.fixture(autouse=True)
def _between_two_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prevent the screen from reading the file in the meantime."""
    monkeypatch.setattr(CatalogScreen, "check_for_changes", lambda self: None)


def actor(root: Path, who: str, now: str = LATE) -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, now)


@pytest.fixture
def letter(sample: Path) -> Path:
    """Return the sample with sentences 4 and 6 of un-letter translated again, by leejin."""
    with_work_left(sample)
    steps.confirm(actor(sample, "leejin"), "un-letter#4", "Groups say returnees are punished.")
    steps.confirm(actor(sample, "leejin"), "un-letter#6", "The U.N. published the letter on March 11.")
    return sample


def rewritten(root: Path, number: int = 4, text: str = "Groups say that some are punished.") -> None:
    steps.confirm(actor(root, "leejin", "2022-03-25T15:36:00Z"), f"un-letter#{number}", text)


# One sentence


def test_a_text_that_a_colleague_wrote_meanwhile_is_shown_before_it_is_approved(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "review", "un-letter", who="mina", size=WIDE) as pilot:
            assert "Groups say returnees" in painted(pilot)
            rewritten(letter)
            await press(pilot, "a")
            assert state(unit_of(letter, 4)) == "translated"
            text = painted(pilot)
            assert "This changed after you read it." in text
            assert "[-returnees-] [+that some+]" in text
            await press(pilot, "escape")
            assert state(unit_of(letter, 4)) == "translated"
            assert said(pilot) == "Nothing was done."
            assert "Groups say that some are punished." in painted(pilot)
            await press(pilot, "a")
            assert state(unit_of(letter, 4)) == "approved"

    played(play())


@pytest.mark.soak
def test_whoever_agrees_to_what_changed_has_judged_that_and_nothing_newer(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "review", "un-letter", who="mina", size=WIDE) as pilot:
            rewritten(letter)
            await press(pilot, "a")
            rewritten(letter, text="Groups say that many are punished.")
            await press(pilot, "enter")
            assert state(unit_of(letter, 4)) == "translated"
            assert "[-some-] [+many+]" in painted(pilot)
            await press(pilot, "enter")
            assert state(unit_of(letter, 4)) == "approved"

    played(play())


def test_a_question_meanwhile_is_shown_before_a_sentence_is_sent_back(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "review", "un-letter", who="mina", size=WIDE) as pilot:
            steps.ask(actor(letter, "claire"), "un-letter#4", "Which groups?")
            await press(pilot, "x", "=Too short.", "enter")
            assert unit_of(letter, 4).returned is None
            assert "Claire Lee asks: Which groups?" in painted(pilot)
            await press(pilot, "enter")
            assert unit_of(letter, 4).returned is not None

    played(play())


@pytest.mark.soak
def test_a_warning_is_waived_for_the_text_that_was_painted(letter: Path) -> None:
    steps.confirm(actor(letter, "leejin"), "un-letter#6", "The U.N. published the letter 단체 on March 11.")

    async def play() -> None:
        helpers = Assistants(checker=Checks(Project(letter)))
        async with running(letter, "review", "un-letter#6", who="mina", size=WIDE, helpers=helpers) as pilot:
            rewritten(letter, 6, "The U.N. published the letter 서한 on March 11.")
            await press(pilot, "i", "=A name.", "enter")
            assert unit_of(letter, 6).waivers == ()
            assert "[-단체-] [+서한+]" in painted(pilot)

    played(play())


@pytest.mark.soak
def test_a_text_is_still_right_only_under_the_source_that_was_painted(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "review", "un-letter#5", who="mina", size=WIDE) as pilot:
            project = Project(letter)
            place = project.find_catalog("un-letter")
            changed = unit_of(letter, 5)
            project.change(
                place,
                lambda now: now.map_unit(changed.id, lambda unit: unit.replace(source="이 요청은 새 서한에 담겼다.")),
            )
            await press(pilot, "s")
            assert unit_of(letter, 5).fuzzy
            assert "새 서한에 담겼다" in painted(pilot)
            await press(pilot, "enter")
            assert not unit_of(letter, 5).fuzzy

    played(play())


# Many


def test_of_marked_sentences_none_is_approved_where_one_changed_until_asked_again(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "review", "un-letter", who="mina", size=WIDE) as pilot:
            await press(pilot, "space", "n", "n", "space")
            rewritten(letter, 6, "The U.N. made the letter public on March 11.")
            await press(pilot, "f7", "enter")
            assert [state(unit_of(letter, number)) for number in (4, 6)] == ["translated"] * 2
            assert "[-published-] [+made+]" in painted(pilot)
            await press(pilot, "enter")
            assert [state(unit_of(letter, number)) for number in (4, 6)] == ["approved"] * 2

    played(play())


@pytest.mark.soak
def test_a_sentence_whose_draft_is_on_the_screen_is_not_approved_as_something_else(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "review", "un-letter", who="mina", size=WIDE) as pilot:
            await press(pilot, "e", "= Perhaps.", "escape", "space", "f7")
            assert "What you wrote in it is not saved yet." in painted(pilot)
            await press(pilot, "enter", "escape")
            assert state(unit_of(letter, 4)) == "translated"

    played(play())


# Translate


@pytest.mark.soak
def test_a_sentence_is_left_out_as_it_was_painted(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "translate", "un-letter#4", size=WIDE) as pilot:
            rewritten(letter)
            await press(pilot, "o", "=said above", "enter")
            assert unit_of(letter, 4).omitted is None
            assert "[-returnees-] [+that some+]" in painted(pilot)
            await press(pilot, "enter")
            assert unit_of(letter, 4).omitted is not None
            await press(pilot, "o")
            assert unit_of(letter, 4).omitted is None

    played(play())


def test_a_colleagues_question_makes_no_conflict_of_ones_own_typing(letter: Path) -> None:
    async def play() -> None:
        async with running(letter, "translate", "un-letter#4", size=WIDE) as pilot:
            await press(pilot, "e", "= Often.")
            steps.ask(actor(letter, "leejin"), "un-letter#4", "Which groups?")
            await press(pilot, "ctrl+s")
            assert unit_of(letter, 4).target == "Groups say returnees are punished. Often."

    played(play())


def test_the_question_on_the_screen_is_the_one_that_is_answered(letter: Path) -> None:
    steps.ask(actor(letter, "leejin"), "un-letter#4", "Which groups?")

    async def play() -> None:
        async with running(letter, "translate", "un-letter#4", size=WIDE) as pilot:
            steps.answer(actor(letter, "mina"), "un-letter#4", "Amnesty.")
            steps.ask(actor(letter, "mina", "2022-03-25T15:37:00Z"), "un-letter#4", "Punished how?")
            await press(pilot, "c", "1", "=Two of them.", "enter")
            assert [each.text for each in open_questions(unit_of(letter, 4))] == ["Punished how?"]
            assert [each.text for each in unit_of(letter, 4).answers] == ["Amnesty."]
            assert "✗" in said(pilot)

    played(play())


# A story


def story_state(root: Path) -> str:
    header = Project(root).load(Project(root).find_catalog(STORY)).header
    return "cleared" if header.get("X-Cleared") else "ready" if header.get("X-Ready") else "composing"


def edited(root: Path, text: str, number: int = 3) -> None:
    steps.confirm(actor(root, "eugene"), f"{STORY}#{number}", text)


async def asked(pilot: App, *keys: str) -> str:
    await press(pilot, *keys)
    return painted(pilot)


def test_an_editor_clears_only_the_page_that_was_painted(sample: Path) -> None:
    edited(sample, "China is asked not to force seven refugees back.")

    async def play() -> None:
        async with running(sample, "story", STORY, who="mina", size=WIDE) as pilot:
            edited(sample, "China is asked not to force eight refugees back.")
            text = await asked(pilot, "a")
            assert "Somebody changed it after you read it:" in text
            assert "[-seven-] [+eight+]" in text
            edited(sample, "China is asked not to force nine refugees back.")  # while the question is open
            text = await asked(pilot, "enter")
            assert story_state(sample) == "ready"
            assert "[-eight-] [+nine+]" in text
            await press(pilot, "enter")
            assert story_state(sample) == "cleared"

    played(play())


def test_a_writer_says_ready_of_the_page_that_was_painted(sample: Path) -> None:
    clearance.ready(actor(sample, "eugene"), STORY, undo=True)

    async def play() -> None:
        async with running(sample, "story", STORY, who="eugene", size=WIDE) as pilot:
            article.move(actor(sample, "mina"), f"{STORY}#5", "2")
            text = await asked(pilot, "r")
            assert "The paragraphs stand in another order." in text
            assert story_state(sample) == "composing"
            await press(pilot, "enter")
            assert story_state(sample) == "ready"

    played(play())


@pytest.mark.soak
def test_a_comment_on_a_story_meanwhile_is_asked_about_nowhere(sample: Path) -> None:
    clearance.ready(actor(sample, "eugene"), STORY, undo=True)

    async def play() -> None:
        async with running(sample, "story", STORY, who="eugene", size=WIDE) as pilot:
            steps.comment(actor(sample, "mina"), f"{STORY}#3", "Good.")
            await press(pilot, "r")
            assert story_state(sample) == "ready"

    played(play())


@pytest.mark.soak
def test_a_paragraph_is_cut_as_it_was_painted(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", f"{STORY}#3", who="eugene", size=WIDE) as pilot:
            edited(sample, "China is asked not to force seven refugees back.")
            text = await asked(pilot, "o", "=said above", "enter")
            assert unit_of(sample, 3, STORY).cut is None
            assert "Do it all the same?" in text
            await press(pilot, "enter")
            assert unit_of(sample, 3, STORY).cut is not None

    played(play())


def test_a_text_is_kept_only_under_the_draft_that_stood_beside_it(sample: Path) -> None:
    steps.confirm(actor(sample, "leejin"), "un-letter#6", "The U.N. disclosed the letter on March 11.")
    steps.approve(actor(sample, "mina"), "un-letter#6")

    async def play() -> None:
        async with running(sample, "story", f"{STORY}#4", who="eugene", size=WIDE) as pilot:
            assert "disclosed" in painted(pilot)
            steps.confirm(actor(sample, "leejin"), "un-letter#6", "The U.N. released the letter on March 11.")
            steps.approve(actor(sample, "mina"), "un-letter#6")
            await press(pilot, "s")
            assert "Do it all the same?" in painted(pilot)
            assert "released the letter" in painted(pilot)
            assert "released the letter" not in unit_of(sample, 4, STORY).source
            await press(pilot, "enter")
            assert "released the letter" in unit_of(sample, 4, STORY).source
            assert state(unit_of(sample, 4, STORY)) in ("translated", "approved")

    played(play())


def test_a_warning_of_a_paragraph_is_waived_where_it_is_shown(sample: Path) -> None:
    edited(sample, "China is asked not to force 41 refugees back.")

    async def play() -> None:
        async with running(sample, "story", f"{STORY}#3", who="mina", size=WIDE) as pilot:
            await until(pilot, lambda: "1 warning" in painted(pilot).splitlines()[0])
            await press(pilot, "w", "=The desk has it from the mission.", "enter")
            assert [each.who for each in unit_of(sample, 3, STORY).waivers] == ["mina"]
            await until(pilot, lambda: "warning" not in painted(pilot).splitlines()[0])

    played(play())


def test_a_machines_text_that_was_judged_on_the_screen_is_noted_as_seen(letter: Path) -> None:
    from transflow.units import workflow

    project = Project(letter)
    drafted = unit_of(letter, 9)
    project.change(
        project.find_catalog("un-letter"),
        lambda now: now.map_unit(drafted.id, lambda unit: workflow.draft(unit, "So nobody knows.", "mt:deepl/m", LATE)),
    )

    async def play() -> None:
        async with running(letter, "translate", "un-letter#9", who="claire", size=WIDE) as pilot:
            await press(pilot, "e", "ctrl+s")
        async with running(letter, "review", "un-letter#9", who="mina", size=WIDE) as pilot:
            await press(pilot, "a")
        assert [each.who for each in unit_of(letter, 9).seen] == ["claire", "mina"]
        assert state(unit_of(letter, 9)) == "approved"

    played(play())
