"""Queue: waiting work, every report and story, and the commands of an editor."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events

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
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.project.people import add_person
from transflow.actions.reports import intake
from transflow.actions.units import steps
from transflow.model.settings import Person, Role
from transflow.project import CatalogRef, Project
from transflow.tui.app import TransflowApp
from transflow.tui.screens import queue_reading
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
            assert any("UN presses China" in line and "the tran" in line for line in text)

    played(play())


def test_ctrl_c_says_how_to_quit(sample: Path) -> None:
    async def play() -> None:
        async with running(sample) as pilot:
            await press(pilot, "ctrl+c")
            assert said(pilot) == "Ctrl+Q: Quit; texts that are not saved are kept"

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
            assert any("UN asks China" in line and "84.0%" in line for line in lines(pilot))
            assert any("rights-groups" in line and "rights-groups.po" in line for line in lines(pilot))

    played(play())


def test_the_filter_and_the_order(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, size=(120, 30)) as pilot:
            await press(pilot, "slash", "=ready", "enter")
            assert not any("UN asks" in line for line in lines(pilot))
            assert any("UN presses China" in line for line in lines(pilot))
            await press(pilot, "slash", "ctrl+u", "=rights-groups", "enter")
            assert [line.split()[:2] for line in lines(pilot) if "%" in line] == [["▸", "Rights"]]
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
            await press(pilot, "space", "n", "space", "c", "2", "=two-reports", "enter")
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
            pilot.app.post_message(events.Paste("새 소식\n첫 문장이다. 둘째 문장이다.\n"))
            await settled(pilot)
            await press(pilot, "ctrl+s", "=이정은", "enter", "enter", "=un-letter", "enter")
            assert "already" in painted(pilot)
            await press(pilot, "=new-report", "enter")

    played(play())
    project = Project.find(sample)
    front = project.front_matter("new-report")
    assert (front.title, front.byline, front.date) == ("새 소식", "이정은", "2022-03-26")
    catalog = project.load(CatalogRef("en", "reports", "new-report"))
    assert [unit.source for unit in catalog.units] == ["새 소식", "첫 문장이다.", "둘째 문장이다."]


def test_an_empty_name_is_asked_for_again_and_one_is_proposed(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, who="mina", size=(120, 30)) as pilot:
            await press(pilot, "i", "ctrl+s")
            assert "✗ Nothing is written here yet." in painted(pilot)
            pilot.app.post_message(events.Paste("새 소식\n첫 문장이다.\n"))
            await press(pilot, "ctrl+s", "enter", "enter")
            assert "› report-2022-03-26" in painted(pilot)
            await press(pilot, "ctrl+u", "enter")
            assert "✗ Nothing is written here yet." in painted(pilot)
            await press(pilot, "=new-report", "enter")
            assert cursor_row(pilot).startswith("▸ 새 소식 ")
            await press(pilot, "end", "home", "slash", "=rights", "enter", "c")
            assert "› rights-groups-story" in painted(pilot)

    played(play())


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


def cursor_row(pilot: App) -> str:
    """Return the row with the sign of the cursor."""
    (row,) = [line for line in lines(pilot) if line.startswith("▸")]
    return row


def look(pilot: App) -> None:
    """Look at the files, as a timer does every second."""
    app = pilot.app
    assert isinstance(app, TransflowApp)
    assert isinstance(app.screen, QueueScreen)
    app.settings_watch.check()
    app.screen.follow()


def test_it_follows_what_others_save_and_the_cursor_stays(sample: Path) -> None:
    with_work_left(sample)
    project = Project.find(sample)
    mina = project.settings.person("mina")
    assert mina is not None

    async def play() -> None:
        async with running(sample, size=(120, 30)) as pilot:
            await press(pilot, "end", "up")
            on, text = cursor_row(pilot), painted(pilot)
            assert "3 sentences" in text
            steps.ask(Actor(project, mina, NOW), "un-letter#1", "Which letter?", to="claire")
            look(pilot)
            await until(pilot, lambda: "answer a question" in painted(pilot))
            assert cursor_row(pilot).split()[1] == on.split()[1]
            await press(pilot, "home")
            (sample / "locales/en/reports/rights-groups.po").unlink()
            look(pilot)
            await until(pilot, lambda: "Rights groups" not in painted(pilot))

    played(play())


def test_the_cursor_stays_in_its_place_where_its_work_was_done_by_others(sample: Path) -> None:
    with_work_left(sample)
    project = Project.find(sample)
    claire = project.settings.person("claire")
    assert claire is not None

    async def play() -> None:
        async with running(sample) as pilot:
            await press(pilot, "n")
            assert "translate" in cursor_row(pilot)
            for number in (4, 6, 9):
                steps.confirm(Actor(project, claire, NOW), f"un-letter#{number}", "It says so.")
            look(pilot)
            await until(pilot, lambda: "translate" not in painted(pilot))
            assert "UN asks China" in cursor_row(pilot)

    played(play())


def test_nothing_is_read_again_where_no_file_changed(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play() -> None:
        async with running(sample) as pilot:
            monkeypatch.setattr(queue_reading, "overview", lambda *_arguments: pytest.fail("nothing changed"))
            look(pilot)
            await settled(pilot)

    played(play())


def test_people_and_languages_that_others_add_need_no_restart(sample: Path) -> None:
    with_work_left(sample)
    project = Project.find(sample)
    mina = project.settings.person("mina")
    assert mina is not None

    async def play() -> None:
        async with running(sample, who="mina") as pilot:
            add_person(project, Person("haneul", name="Haneul Kim", roles=(Role("translator"),)))
            config = sample / "transflow.toml"
            config.write_text(config.read_text("utf-8").replace('locales = ["en"]', 'locales = ["en", "vi"]'), "utf-8")
            other = Project.find(sample)
            intake.update(Actor(other, mina, NOW), "un-letter", "vi")
            look(pilot)
            await settled(pilot)
            look(pilot)
            await until(pilot, lambda: "vi 유엔, 중국 정부에" in painted(pilot))
            await press(pilot, "slash", "=vi:un-letter", "enter", "a")
            assert "Haneul Kim (haneul)" in painted(pilot)

    played(play())


def test_settings_that_cannot_be_read_leave_the_former_ones_in_force(sample: Path) -> None:
    async def play() -> None:
        async with running(sample) as pilot:
            (sample / "transflow.toml").write_text("format = ", "utf-8")
            look(pilot)
            await settled(pilot)
            assert "✗ transflow.toml: this is not TOML" in said(pilot)
            assert "Claire Lee" in lines(pilot)[0]

    played(play())


def test_the_cursor_goes_to_a_report_that_was_pasted_and_to_a_story_that_was_composed(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, who="mina", size=(120, 30)) as pilot:
            await press(pilot, "slash", "=un-letter", "enter", "i")
            pilot.app.post_message(events.Paste("새 소식\n첫 문장이다. 둘째 문장이다.\n"))
            await press(pilot, "ctrl+s", "=이정은", "enter", "enter", "ctrl+u", "=new-report", "enter")
            assert cursor_row(pilot).startswith("▸ 새 소식 ")
            assert "3 sentences to translate" in said(pilot)
            await press(pilot, "f3")
            assert opened(pilot).view.place.slug == "new-report"

    played(play())

    async def compose() -> None:
        async with running(sample, who="eugene", size=(120, 30)) as pilot:
            await press(pilot, "slash", "=rights", "enter", "c", "ctrl+u", "=new-story", "enter")
            assert opened(pilot).view.place.slug == "new-story"
            await press(pilot, "f2")
            assert cursor_row(pilot).startswith("▸ Rights groups fear ")

    played(compose())


def test_space_marks_without_moving_and_says_what_is_not_marked(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, size=(120, 30)) as pilot:
            await press(pilot, "home", "space")
            assert said(pilot).startswith("✗ ")
            await press(pilot, "end", "space")
            assert cursor_row(pilot).startswith("▸*UN presses China")
            await press(pilot, "space")
            assert cursor_row(pilot).startswith("▸ UN presses China")

    played(play())


@pytest.mark.parametrize(("width", "title"), [(80, "UN asks China not to force 7…"), (45, "UN asks China not ")])
def test_headlines_have_the_room_that_other_columns_leave(sample: Path, width: int, title: str) -> None:
    async def play() -> None:
        async with running(sample, size=(width, 24)) as pilot:
            assert any(title in line and "%" in line for line in lines(pilot))

    played(play())


def test_a_mode_in_which_nothing_is_open_says_so(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, size=(120, 30)) as pilot:
            await press(pilot, "end", "f3")
            assert isinstance(pilot.app.screen, QueueScreen)
            assert said(pilot) == "Nothing is open there yet: choose a line here, and press Enter."

    played(play())


def test_a_date_that_is_none_is_asked_for_again(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, who="claire") as pilot:
            await press(pilot, "i")
            pilot.app.post_message(events.Paste("다리가 끊겼다\n\n강변시 다리가 끊겼다.\n"))
            await press(pilot, "ctrl+s", "enter", "ctrl+u", "=이정은", "enter")
            assert "“이정은” is no date: write it as in 2024-03-26." in painted(pilot)
            await press(pilot, "ctrl+u", "=2024-03-26", "enter", "enter")
            assert "1 sentence" in said(pilot) or "2 sentences" in said(pilot)

    played(play())


def test_what_was_said_before_other_work_is_not_said_any_more_after_it(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, who="mina") as pilot:
            await press(pilot, "s")
            assert said(pilot).startswith("Sorted by")
            await press(pilot, "home", "enter", "f2")
            assert isinstance(pilot.app.screen, QueueScreen)
            assert said(pilot) == ""

    played(play())
