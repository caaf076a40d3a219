"""The first minutes of somebody new in a real terminal: keys beside the text and questions."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import command
from support.windows import Window
from transflow.project import Project

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")]
MOST_KEYS = 25
"""Keys beside the text, from the empty folder to the first confirmed sentence."""


class Newcomer:
    """Somebody new at a window, whose keys and answers are counted."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.keys = self.questions = 0

    def start(self) -> None:
        """Type `transflow` and Enter, as it is typed where it is installed."""
        self.keys += len("transflow") + 1
        self.window.type(shlex.join(command()))
        self.window.press("Enter")

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.window.press(*keys)

    def answer(self, question: str, text: str = "") -> None:
        """Answer a question with a text, or with its default; it may stand on several lines."""
        self.window.wait_until(lambda: question in self.window.screen.replace("\n", ""))
        self.questions += 1
        if text:
            self.window.type(text)
        self.press("Enter")

    def begin(self) -> None:
        """Make a project with the sample, and confirm its headline."""
        self.start()
        self.answer("Make one here?")
        self.answer("Who are you?", "Hana Seo")
        self.answer("Do you work alone")
        self.answer("language of the reports")
        self.answer("languages to translate into")
        self.answer("sample report?")
        self.answer("is a project now")
        self.window.see("Queue", "assign")
        self.press("Enter")
        self.window.see("0 of 9 done")
        self.press("Enter")
        self.window.see("WRITING")
        self.window.type("A library opens in an old station")
        self.press("C-s")
        self.window.see("1 of 9 done")


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def newcomer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newcomer]:
    (tmp_path / "empty").mkdir()
    env = {name: str(tmp_path / name) for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    window = Window(tmp_path / "empty", tmp_path / "tmux", request.param, env)
    try:
        yield Newcomer(window)
    finally:
        window.close()


def test_from_an_empty_folder_to_the_first_sentence(newcomer: Newcomer, tmp_path: Path) -> None:
    newcomer.begin()
    assert newcomer.keys <= MOST_KEYS
    assert newcomer.questions <= 7
    newcomer.window.leave()
    assert re.search(r"\bgit\b", newcomer.window.screen) is None
    project = Project.find(tmp_path / "empty")
    first = project.load(project.find_catalog("welcome")).units[0]
    assert (first.target, first.by[0].who) == ("A library opens in an old station", "hana")


SAMPLE = (
    "The former railway station has 40,000 books and a small theater.",
    "The new Riverside Library in Solbit opened on the 6th.",
    "The conversion of the old station took three years.",
    "On the first day, about 1,200 people visited the library.",
    "At the opening, its director, Park Sae-bom, said: “A place where people waited for trains is now one where "
    "they read books. I hope that everybody will come in and rest.”",
    "The library has 40,000 books and a small theater with 120 seats.",
    "From May, there will be readings for children every Saturday.",
    "Except on Mondays, the library is open every day from 9 a.m. to 9 p.m.",
)
"""The rest of the sample report."""


@pytest.mark.soak
def test_from_an_empty_folder_to_the_first_cleared_story(newcomer: Newcomer, tmp_path: Path) -> None:
    newcomer.begin()
    window = newcomer.window
    for number, text in enumerate(SAMPLE, 2):
        window.type(text)
        newcomer.press("C-s")
        window.see(f"{number} of 9 done")
    newcomer.press("F2")
    window.see("100.0%")
    newcomer.press("c")
    newcomer.answer("The story's name", "library")
    window.see("Story library")
    newcomer.press("F7")
    newcomer.answer("Take the drafts of")
    window.see("took their drafts")
    newcomer.press("r")
    window.see("Ready: an editor reads it")
    newcomer.press("a")
    newcomer.answer("Clear this story")
    newcomer.answer("Why does nobody else read it?", "Alone today.")
    window.see("A second read is owed.")
    assert newcomer.keys <= 40
    assert newcomer.questions <= 7 + 5
    newcomer.press("b")
    window.see("library.html")
    newcomer.press("x")
    newcomer.answer("At which address", "https://news.example.org/library")
    window.see("Recorded: https://news.example.org/library")
