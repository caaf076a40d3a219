"""Help (F1) and the palette: every key once, and no id broken over two lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.screens import played, running
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
