"""The text in Translate: what is typed and pasted, and what the screen says about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from support.screens import (
    App,
    opened,
    painted,
    played,
    press,
    running,
    said,
    send,
    settled,
    sheet,
    unit_of,
    until,
    with_work_left,
)
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.project import Project
from transflow.units.workflow import new_answers

LATER = "2022-03-25T15:50:00Z"
SIZES = [pytest.param((120, 40), marks=pytest.mark.soak), (80, 24), (45, 24)]


def actor(root: Path, who: str, now: str = LATER) -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, now)


async def paste(pilot: App, text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await settled(pilot)


def test_what_is_pasted_has_no_controls_and_no_escape_sequences(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e")
            await paste(pilot, "\x1b[31mred\x1b[0m\x07\r\nnext\ttab\x1b]0;title\x07.")
            assert sheet(pilot).editor.text == "red next tab."
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 4).target == "red next tab."

    played(play())


def test_ctrl_u_deletes_to_the_beginning_of_the_sentence_however_it_is_wrapped(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", size=(80, 24)) as pilot:
            await press(pilot, "e")
            await paste(pilot, "word " * 60)
            assert sheet(pilot).editor.wrapped_document.height > 2
            await press(pilot, "ctrl+u")
            assert sheet(pilot).editor.text == ""

    played(play())


def test_a_letter_with_alt_is_not_typed(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=on")
            pilot.app.post_message(events.Key("alt+x", "x"))
            await press(pilot, "=e", "slash")
            assert sheet(pilot).editor.text == "one/"
            await press(pilot, "escape", "slash")
            pilot.app.post_message(events.Key("alt+x", "x"))
            await press(pilot, "=one", "enter")
            assert opened(pilot).view.filter.text == "one"

    played(play())


def test_a_key_of_the_application_is_not_lost_while_a_text_is_saved(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=One.")
            send(pilot, "ctrl+s", "ctrl+q")
            await until(pilot, lambda: pilot.app._exit)
            assert unit_of(sample, 4).target == "One."

    played(play())


@pytest.mark.soak
def test_ctrl_a_selects_the_whole_text(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "=Not so.", "ctrl+a", "=So.")
            assert sheet(pilot).editor.text == "So."

    played(play())


def test_a_message_goes_when_somebody_types(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter") as pilot:
            await press(pilot, "e", "ctrl+s")
            assert "✗" in said(pilot)
            await press(pilot, "=S")
            assert said(pilot).strip() == ""

    played(play())


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_frame_says_whether_letters_are_text(sample: Path, size: tuple[int, int]) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", size=size) as pilot:
            assert "Letters are commands · e: write" in painted(pilot)
            assert "Ctrl+P" in painted(pilot).splitlines()[-1]
            await press(pilot, "e")
            assert "WRITING: letters are text" in painted(pilot)
            assert "Ctrl+P" in painted(pilot).splitlines()[-1]

    played(play())


@pytest.mark.parametrize("keys", [(), ("e",)], ids=["in the list", "in the text"])
def test_a_long_sentence_is_whole_on_a_phone(sample: Path, keys: tuple[str, ...]) -> None:
    project = with_work_left(sample)
    source = " ".join(f"{number}번째로 발표한 자료에서" for number in range(1, 16)) + " 밝혔다."
    project.change(
        project.find_catalog("un-letter"),
        lambda catalog: catalog.replace(
            units=tuple(unit.replace(source=source) if i == 3 else unit for i, unit in enumerate(catalog.units))
        ),
    )

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4", size=(45, 24)) as pilot:
            await press(pilot, *keys)
            shown = painted(pilot).split("▸ ", 1)[1].replace("\n", "").replace(" ", "")
            assert source.replace(" ", "") in shown

    played(play())


def test_source_and_text_stand_side_by_side_on_a_very_wide_screen(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#5", size=(160, 48)) as pilot:
            await press(pilot, "e")
            row = next(line for line in painted(pilot).splitlines() if "▸ " in line)
            assert "이 요청은" in row
            assert "┃" in row
            assert any("특별보고관 2명이 중국 정부에 보낸 2월 15일" in line for line in painted(pilot).splitlines())

    played(play())


@pytest.mark.parametrize("size", [(120, 40), pytest.param((80, 24), marks=pytest.mark.soak)], ids=str)
def test_the_text_stays_in_its_place_when_messages_come_and_go(sample: Path, size: tuple[int, int]) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", size=size) as pilot:
            await press(pilot, "e")
            before = sheet(pilot).editor.region
            await press(pilot, "ctrl+s")
            assert "✗" in said(pilot)
            assert sheet(pilot).editor.region == before
            await press(pilot, "=S")
            assert sheet(pilot).editor.region == before

    played(play())


@pytest.mark.soak
def test_a_neighbour_that_is_left_out_shows_no_english(sample: Path) -> None:
    with_work_left(sample)
    steps.omit(actor(sample, "claire"), "un-letter#8", "not for us")
    left_out = unit_of(sample, 8)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#9", size=(120, 40)) as pilot:
            context = painted(pilot).split("▸ ", 1)[0].rsplit("──", 1)[1]
            assert "– " + left_out.source[:20] in context
            assert left_out.target[:20] not in context

    played(play())


def test_after_the_last_sentence_of_ones_own_the_screen_says_so(sample: Path) -> None:
    project = with_work_left(sample)
    project.change(
        project.find_catalog("un-letter"),
        lambda catalog: catalog.replace(
            units=tuple(
                unit.replace(assigned=unit.assigned._replace(who="leejin")) if i == 8 and unit.assigned else unit
                for i, unit in enumerate(catalog.units)
            )
        ),
    )

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4") as pilot:
            await press(pilot, "e", "=One.", "ctrl+s", "ctrl+s", "=Six.", "ctrl+s")
            assert "Your sentences here are all done. 1 sentence of others is left." in said(pilot)

    played(play())


def test_an_answer_comes_back_to_whoever_asked_until_they_act_on_it(sample: Path) -> None:
    with_work_left(sample)
    steps.ask(actor(sample, "claire", "2022-03-25T15:41:00Z"), "un-letter#4", "Which groups?", "jeong")
    assert new_answers(unit_of(sample, 4), "claire") == ()
    steps.answer(actor(sample, "jeong", "2022-03-25T15:42:00Z"), "un-letter#4", "Both of them.")
    assert [each.text for each in new_answers(unit_of(sample, 4), "claire")] == ["Both of them."]
    assert new_answers(unit_of(sample, 4), "leejin") == ()

    async def play() -> None:
        async with running(sample, "queue", clock=lambda: LATER, size=(120, 40)) as pilot:
            assert "read an answer" in painted(pilot)
        async with running(sample, "translate", "un-letter#4", clock=lambda: LATER, size=(120, 40)) as pilot:
            assert "answers: Both of them." in painted(pilot)
            assert "«" in painted(pilot)
            await press(pilot, "e", "=Both groups say so.", "ctrl+s")

    played(play())
    assert new_answers(unit_of(sample, 4), "claire") == ()
