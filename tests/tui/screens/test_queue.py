"""Queue: waiting work, every report and story, and the commands of an editor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.screens import (
    NOW,
    App,
    opened,
    painted,
    played,
    press,
    running,
    said,
    settled,
    unit_of,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.project import CatalogRef, Project
from transflow.tui.screens.queue import QueueScreen
from transflow.tui.screens.review import ReviewScreen
from transflow.tui.screens.story import StoryScreen


def lines(pilot: App) -> list[str]:
    return [line.rstrip() for line in painted(pilot).splitlines()]


def test_mine_comes_first_then_every_report_and_story(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample) as pilot:
            text = lines(pilot)
            assert text[0].startswith(" Queue  Claire Lee · 4 wait for me")
            assert text[1].strip() == "Waits for me"
            assert "look again" in text[2]
            assert "translate" in text[3]
            assert "3 sentences" in text[3]
            assert "UN asks China" in text[3]
            assert [line.strip() for line in text[4:6]] == ["", "Reports"]
            assert any(
                "UN asks China" in line and "84.0%" in line and "the Korean changed: 1" in line for line in text[6:]
            )
            assert any("UN presses China" in line and "the draft changed" in line for line in text)

    played(play())


def test_ctrl_c_says_how_to_quit(sample: Path) -> None:
    async def play() -> None:
        async with running(sample) as pilot:
            await press(pilot, "ctrl+c")
            assert said(pilot) == "Ctrl+Q: Quit; drafts are kept"

    played(play())


def test_enter_opens_what_waits_at_its_first_sentence(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample) as pilot:
            await press(pilot, "n", "enter")
            assert opened(pilot).sheet.unit == unit_of(sample, 4)
            await press(pilot, "f2")
            assert isinstance(pilot.app.screen, QueueScreen)
            await press(pilot, "f3")
            assert opened(pilot).sheet.unit == unit_of(sample, 4)

    played(play())


def test_an_editor_opens_what_waits_for_approval_and_a_story_in_their_modes(sample: Path) -> None:
    with_work_left(sample)
    project = Project.find(sample)
    leejin = project.settings.person("leejin")
    assert leejin is not None
    steps.confirm(Actor(project, leejin, NOW), "un-letter#9", "Nobody can tell from it who is held.")

    async def play() -> None:
        async with running(sample, who="mina", size=(160, 30)) as pilot:
            assert "✓21 +1 ~1 ·2" in painted(pilot)
            assert "UN asks China not to force" in painted(pilot)
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, ReviewScreen)
            assert opened(pilot).sheet.unit == unit_of(sample, 9)
            await press(pilot, "f2", "end", "enter")
            assert isinstance(pilot.app.screen, StoryScreen)
            await press(pilot, "f2", "slash", "=rights", "enter", "end", "enter")
            assert isinstance(pilot.app.screen, ReviewScreen)

    played(play())


def test_a_report_that_cannot_be_read_does_not_hide_the_others(sample: Path) -> None:
    with_work_left(sample)
    (sample / "locales/en/reports/rights-groups.po").write_text("broken", encoding="utf-8")

    async def play() -> None:
        async with running(sample, size=(120, 24)) as pilot:
            assert any("un-letter" in line and "84.0%" in line for line in lines(pilot))
            assert any("rights-groups" in line and "rights-groups.po" in line for line in lines(pilot))

    played(play())


def test_the_filter_and_the_order(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, size=(120, 30)) as pilot:
            await press(pilot, "slash", "=ready", "enter")
            assert not any("un-letter " in line for line in lines(pilot))
            assert any("un-china-refugees" in line for line in lines(pilot))
            await press(pilot, "slash", "ctrl+u", "=rights-groups", "enter")
            assert [line.split()[0] for line in lines(pilot) if "%" in line] == ["rights-groups"]
            await press(pilot, "slash", "ctrl+u", "enter", "s")
            assert "name" in said(pilot)

    played(play())


def test_sentences_are_shared_out_with_a_deadline(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, who="mina") as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, QueueScreen)
            await press(pilot, "slash", "=un-letter", "enter", "a", "1", "2")
            await press(pilot, "enter", "=tomorow", "enter")
            assert "tomorow" in painted(pilot)
            await press(pilot, "ctrl+u", "=2022-03-26 09:00", "enter")
            assert "shared out to Claire Lee, Leejin Jun" in said(pilot)
            owners = [unit_of(sample, number).assigned for number in range(1, 25)]
            assert {owner.who for owner in owners if owner} == {"claire", "leejin"}
            assert {owner.due for owner in owners if owner} == {"2022-03-26T00:00:00Z"}

    played(play())


def test_translators_only_are_offered_and_whoever_loses_sentences_is_named_first(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, who="mina") as pilot:
            before = [unit_of(sample, number).assigned for number in range(1, 25)]
            await press(pilot, "slash", "=un-letter", "enter", "a")
            assert "Claire Lee (claire)" in painted(pilot)
            assert "eugene" not in painted(pilot)
            await press(pilot, "2", "1")
            assert re.search(r"Claire Lee: \d+ sentences", painted(pilot))
            await press(pilot, "escape")
            assert [unit_of(sample, number).assigned for number in range(1, 25)] == before
            await press(pilot, "a", "2", "1", "enter", "enter")
            after = [unit_of(sample, number).assigned for number in range(1, 25)]
            assert {each.who for each in after if each} == {"leejin"}

    played(play())


def test_a_story_is_composed_from_marked_reports(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, who="eugene") as pilot:
            await press(pilot, "space", "space", "c", "2", "=two-reports", "enter")
            assert isinstance(pilot.app.screen, StoryScreen)
            assert opened(pilot).view.place.slug == "two-reports"

    played(play())
    project = Project.find(sample)
    story = project.load(CatalogRef("en", "articles", "two-reports"))
    assert story.header.get("X-Reports").split() == ["un-letter", "rights-groups"]


def test_a_report_is_added_by_pasting_its_text(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, who="mina") as pilot:
            await press(pilot, "i")
            from textual import events

            pilot.app.post_message(events.Paste("새 소식\n첫 문장이다. 둘째 문장이다.\n"))
            await settled(pilot)
            await press(pilot, "ctrl+s", "=이정은", "enter", "enter", "=un-letter", "enter")
            assert "already" in painted(pilot)
            await press(pilot, "=new-report", "enter")

    played(play())
    project = Project.find(sample)
    front = project.front_matter("new-report")
    assert (front.title, front.byline, front.date) == ("새 소식", "이정은", "2022-03-25")
    catalog = project.load(CatalogRef("en", "reports", "new-report"))
    assert [unit.source for unit in catalog.units] == ["새 소식", "첫 문장이다.", "둘째 문장이다."]


@pytest.mark.parametrize("size", [(45, 20), (80, 24), (160, 48)])
def test_it_reads_in_every_size_and_in_korean(sample: Path, size: tuple[int, int]) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, size=size, lang="ko") as pilot:
            text = painted(pilot)
            for word in ("할 일", "내 차례", "원문", "UN asks", "번역하기"):
                assert word in text
            assert all(len(line) <= size[0] for line in text.splitlines())

    played(play())


def test_letters_of_the_queue_lead_out_without_ctrl_q(sample: Path) -> None:
    async def play() -> None:
        async with running(sample) as pilot:
            await press(pilot, "q")
            assert pilot.app._exit

    played(play())
