"""Keys that are typed faster than questions open: none is lost, and none overtakes another."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from support.screens import App, opened, played, press, running, send, settled, unit_of, until, with_work_left
from transflow.tui.dialogs import Ask, Select, Tell, Write
from transflow.tui.held_keys import HeldKeys

TEXT = "Who says so? 1, 2 or 3: ask them."


async def answered(pilot: App, *keys: str) -> str:
    """Return the text of the question that is open after keys were sent all at once."""
    send(pilot, *keys)
    await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
    await settled(pilot)
    dialog = pilot.app.screen
    assert isinstance(dialog, Ask)
    return dialog.query_one("DialogLine").value  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("choice", [("1",), ("enter",), ("down", "up", "enter")], ids=str)
def test_a_comment_is_typed_at_once_with_the_choice_before_it(sample: Path, choice: tuple[str, ...]) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#2") as pilot:
            send(pilot, "c", *choice, f"={TEXT}", "enter", "n")
            await settled(pilot)
            await until(pilot, lambda: bool(unit_of(sample, 2).comments))
            await settled(pilot)
            assert unit_of(sample, 2).comments[-1].endswith(TEXT)
            assert opened(pilot).sheet.current == opened(pilot).view.units[2].id, "the key behind it is a command again"

    played(play())


def test_a_command_from_the_menu_of_a_text_takes_what_is_typed_behind_it(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#2") as pilot:
            await press(pilot, "e")
            send(pilot, "f7", "c", "1", f"={TEXT}", "enter")
            await until(pilot, lambda: bool(unit_of(sample, 2).comments))
            assert unit_of(sample, 2).comments[-1].endswith(TEXT)

    played(play())


def test_keys_that_delete_and_letters_take_effect_in_the_order_of_the_typing(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter#4") as pilot:
            await press(pilot, "e")
            send(
                pilot,
                "=one two",
                "ctrl+u",
                "=three four",
                "ctrl+w",
                "=five",
                "home",
                "=>",
                "end",
                "left",
                "backspace",
                "=f",
            )
            await settled(pilot)
            assert pilot.app.screen.query_one("Editor").text == ">three fife"  # type: ignore[attr-defined]
            await press(pilot, "escape")
            line = await answered(pilot, "j", "=12", "ctrl+u", "=34", "left", "backspace", "=5")
            assert line == "54"

    played(play())


def test_what_is_typed_behind_an_answer_waits_for_the_next_question(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "queue") as pilot:
            app = pilot.app
            answers: list[object] = []

            def then(value: object) -> None:
                answers.append(value)
                if len(answers) < 4:
                    ask()

            def ask() -> None:
                dialog = (Ask("?"), Select("?", ("a", "b")), Write("?"), Ask("?"))[len(answers)]
                dialog.waiter = then
                app.held_keys.hold(dialog)  # type: ignore[attr-defined]
                app.push_screen(dialog, then)
                app.held_keys.release(then)  # type: ignore[attr-defined]

            ask()
            send(
                pilot,
                "=first",
                "enter",
                "down",
                "space",
                "enter",
                "=two",
                "enter",
                "=lines",
                "ctrl+s",
                "=last",
                "enter",
            )
            await until(pilot, lambda: len(answers) == 4)
            assert answers == ["first", (0,), "two\nlines", "last"]

    played(play())


def test_keys_are_not_held_forever_and_quitting_never_waits(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transflow.tui.held_keys.LIMIT_SECONDS", 0.01)

    async def play() -> None:
        async with running(sample, "queue") as pilot:
            held = pilot.app.held_keys  # type: ignore[attr-defined]
            assert isinstance(held, HeldKeys)
            held.hold("a step that takes long")
            held.keep(events.Key("question_mark", "?"))
            await until(pilot, lambda: not held.is_waiting)
            await settled(pilot)
            assert isinstance(pilot.app.screen, Tell), "the key came in the end"
            await press(pilot, "escape")
            monkeypatch.setattr("transflow.tui.held_keys.LIMIT_SECONDS", 60)
            held.hold("another")
            send(pilot, "ctrl+q")
            await until(pilot, lambda: pilot.app._exit)

    played(play())
