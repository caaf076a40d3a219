"""Translate in a real terminal (tmux), in three sizes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from support.commands import done, new_project
from support.windows import Window
from transflow.project import Project

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

LONG = " ".join(f"{number}번째 발표에서" for number in range(1, 15)) + " 다친 사람이 없다고 밝혔다."
REPORT = f"---\ntitle: 홍수\nbyline: 이정은\ndate: 2024-03-26\n---\n\n{LONG} 공사는 두 달 걸린다.\n"


@pytest.fixture
def window_of(tmp_path: Path) -> Iterator[Callable[[Path, tuple[int, int]], Window]]:
    opened: list[Window] = []

    def open_window(room: Path, size: tuple[int, int]) -> Window:
        opened.append(Window(room, tmp_path / f"tmux{len(opened)}", size))
        return opened[-1]

    yield open_window
    for each in opened:
        each.close()


def shows_whole(window: Window, source: str) -> bool:
    """Return whether a source is on the screen as a whole, if it has the width for itself."""
    return source.replace(" ", "") in "".join(window.screen.partition("▸ ")[2].split())


@pytest.mark.parametrize(
    "size", [pytest.param(size, marks=pytest.mark.soak) for size in ((120, 40), (80, 24))] + [(45, 24)], ids=str
)
def test_a_translator_asks_reads_the_answer_and_writes(
    tmp_path: Path, window_of: Callable[[Path, tuple[int, int]], Window], size: tuple[int, int]
) -> None:
    room = new_project(tmp_path / "room")
    (room / "long.md").write_text(REPORT, encoding="utf-8")
    done(room, "add", str(room / "long.md"), user="mina")
    done(room, "unit", "ask", "long#2", "Who said so?", "--to", "jeong", user="claire")
    done(room, "unit", "answer", "long#2", "The mayor.", user="jeong")
    window = window_of(room, size)
    window.open("translate", "long#2", user="claire")
    window.see("Letters are commands", "The mayor.", "Ctrl+P")
    assert size[0] >= 100 or shows_whole(window, LONG)
    window.type("e")
    window.see("WRITING: letters are text")
    assert size[0] >= 100 or shows_whole(window, LONG)
    window.press("M-x")
    window.paste("The goverment\x1b[31m said\nso")
    window.type(".")
    window.see("The goverment said so.")
    window.press("C-a", "F7")
    window.see("Which command?")
    window.type("l")
    window.see("the goverment said so.")
    window.press("C-z")
    window.see("The goverment said so.")
    window.press("C-s")
    window.see("1 of 3 done")
    window.leave()
    project = Project.find(room)
    assert project.load(project.find_catalog("long")).units[1].target == "The goverment said so."


def test_a_misspelled_word_is_underlined_in_the_terminal(
    tmp_path: Path, window_of: Callable[[Path, tuple[int, int]], Window]
) -> None:
    window = window_of(new_project(tmp_path / "room"), (80, 24))
    window.open("translate", "flood#2", user="claire")
    window.see("Letters are commands")
    window.type("e")
    window.type("The goverment said so.")
    window.see("The goverment said so.")
    window.wait_until(lambda: re.search(r"\x1b\[(?:\d+;)*4(?:;\d+)*mgoverment", window.styled) is not None)
    window.leave()
