"""Help (F1) and the palette: every key once, and no id broken over two lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.screen import ModalScreen

from support.screens import painted, played, press, running, state_folder
from transflow.tui import keymap
from transflow.tui.help import help_text

SCOPES = ("translate", "translate.list", "text", "app")


@pytest.mark.parametrize("width", [34, 66, 94])
def test_an_id_is_whole_on_its_line(width: int) -> None:
    lines = help_text({}, SCOPES, width).plain.splitlines()
    for _keys, _words, name in keymap.help_entries({}, SCOPES):
        (line,) = (each for each in lines if name in each.split())
        assert line.strip() == name or len(line) <= width


def test_it_names_undo_delete_word_select_all_and_copy() -> None:
    text = help_text({}, SCOPES).plain
    for words in ("Undo", "Delete the word before the cursor", "Select the whole text", "Copy the selection"):
        assert words in text


def test_the_palette_lists_what_several_keys_do_once_with_all_of_them(sample: Path) -> None:
    async def play() -> list[tuple[str, str]]:
        async with running(sample, "translate", "un-letter") as pilot:
            return [(each.title, each.help) for each in pilot.app.get_system_commands(pilot.app.screen)]

    commands = played(play())
    titles = [title for title, _help in commands]
    assert len(titles) == len(set(titles))
    assert ("Add a term to the glossary", "F9, g ㅎ") in commands


def test_it_says_what_undo_takes_back_and_which_keys_a_question_takes() -> None:
    text = help_text({"review.list.undo": "u"}, ("review", "review.list", "app")).plain
    assert "u takes back what you did last" in text
    assert "Enter: do it · Esc: leave it" in text
    assert "takes back what you did last" not in help_text({}, ("queue", "queue.list", "app")).plain


@pytest.mark.parametrize("keys", [("f1",), ("h",), ("o",), ("slash",), ("c",), ("e", "ctrl+x")])
def test_the_key_that_quits_does_so_from_every_question(sample: Path, keys: tuple[str, ...]) -> None:
    async def play() -> None:
        async with running(sample, "translate", "un-letter#5") as pilot:
            await press(pilot, *keys)
            assert isinstance(pilot.app.screen, ModalScreen)
            await press(pilot, "ctrl+q")
            assert pilot.app._exit

    played(play())


def test_one_text_is_kept_when_the_program_ends(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "story", "un-china-refugees", who="eugene") as pilot:
            await press(pilot, "t", "=More. ", "ctrl+q")
            assert pilot.app._exit

    played(play())
    entries = [path.read_text(encoding="utf-8") for path in state_folder(sample, "eugene").rglob("*.jsonl")]
    assert any("More. " in entry for entry in entries)


def test_what_would_be_lost_is_asked_about(sample: Path) -> None:
    async def play() -> None:
        async with running(sample, "translate", "un-letter#5") as pilot:
            await press(pilot, "o", "=too long", "ctrl+q")
            assert "Quit? What you typed here is lost." in painted(pilot)
            await press(pilot, "escape")
            assert "too long" in painted(pilot)
            assert not pilot.app._exit
            await press(pilot, "ctrl+q", "enter")
            assert pilot.app._exit

    played(play())
