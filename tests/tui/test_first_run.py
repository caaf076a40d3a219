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
        """Answer a question with a text, or with its default."""
        self.window.see(question)
        self.questions += 1
        if text:
            self.window.type(text)
        self.press("Enter")

    def begin(self) -> None:
        """Make a project with the sample, and confirm its headline."""
        self.start()
        self.answer("There is no project")
        self.answer("Who are you?", "Hana Seo")
        self.answer("language of the reports")
        self.answer("languages to translate into")
        self.answer("sample report?")
        self.answer("is a project now")
        self.window.see("Queue", "welcome")
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
    assert newcomer.questions <= 6
    newcomer.window.leave()
    assert re.search(r"\bgit\b", newcomer.window.screen) is None
    project = Project.find(tmp_path / "empty")
    first = project.load(project.find_catalog("welcome")).units[0]
    assert (first.target, first.by[0].who) == ("A library opens in an old station", "hana")
