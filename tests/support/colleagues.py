"""People at windows of their own, who share a folder and begin with nothing in it.

Each has their own settings, as at a computer of their own. Their keys and answers are counted.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from support.windows import Window

SIZES = ((120, 40), (80, 24))
"""Columns and rows of a window on a desk, and of a new terminal."""
_PAUSE_SECONDS = 0.15
FRAMES = re.compile(r"[\s─-╿▀-▟]+")
"""Everything that a line break, a frame or a scroll bar puts between two words."""


def squeezed(text: str) -> str:
    """Return a text without white space and frames, so that its line breaks do not matter."""
    return FRAMES.sub("", text)


class Colleague:
    """Somebody at a window, and the keys and questions so far; words that they type are no keys."""

    def __init__(self, name: str, window: Window) -> None:
        self.name, self.window = name, window
        self.keys = self.questions = 0
        self._lines = 0
        self.screens: list[str] = []
        """Screens that they waited for, for what must not stand on any of them."""

    def see(self, *texts: str, seconds: float = 60) -> str:
        """Wait until all these texts are on the screen, wherever their lines break."""
        wanted = [squeezed(text) for text in texts]
        screen = ""

        def is_there() -> bool:
            nonlocal screen
            screen = self.window.screen
            return all(text in squeezed(screen) for text in wanted)

        self.window.wait_until(is_there, seconds)
        self.screens.append(screen)
        return screen

    def press(self, *keys: str) -> None:
        """Press keys, with a human pause between two: a terminal is slower than tmux."""
        for number, key in enumerate(keys):
            time.sleep(_PAUSE_SECONDS if number else 0)
            self.window.press(key)
        self.keys += len(keys)

    def write(self, text: str) -> None:
        """Type a text, and wait until it is there."""
        self.window.type(text)
        self.see(text)

    def answer(self, question: str, text: str = "") -> None:
        """Answer a question with its default; or with a text, instead of a proposal."""
        self.see(question)
        self.questions += 1
        if text:
            if self.proposal():
                self.press("C-u")
                self.window.wait_until(lambda: not self.proposal())
            self.write(text)
        self.press("Enter")

    def proposal(self) -> str:
        """Return what stands in the line of a dialog."""
        line = re.search(r"│ › +(.*?) *│", self.window.screen)
        return line[1] if line else ""

    def choose(self, text: str) -> None:
        """Move to the line of a list with this text, and open it."""
        while True:
            rows = self.see(text, "▸").splitlines()
            current = next(row for row, line in enumerate(rows) if line.startswith("▸"))
            wanted = next(row for row, line in enumerate(rows) if text in line)
            if current == wanted:
                break
            self.press("Up" if wanted < current else "Down")
            self._see_other_than(rows)
        self.press("Enter")

    def _see_other_than(self, rows: list[str]) -> None:
        self.window.wait_until(lambda: self.window.screen.splitlines() != rows)

    def see_no_more(self, text: str) -> None:
        """Wait until a text is gone."""
        self.window.wait_until(lambda: squeezed(text) not in squeezed(self.window.screen))

    @property
    def done(self) -> int:
        """The number of finished sentences or paragraphs, as the title says it."""
        found = re.search(r"(\d+) of \d+ (done|written|approved)", self.window.screen)
        assert found
        return int(found[1])

    def run(self, line: str, code: int = 0) -> str:
        """Type a line into the shell of the window, and return what is on the screen after it."""
        self._lines += 1
        self.window.type(f"clear; {line}; echo line {self._lines} ended: $?")
        self.window.press("Enter")
        return self.see(f"line {self._lines} ended: {code}")

    def judge(self, line: str) -> None:
        """Type a command that judges a text, and agree to what it shows."""
        self._lines += 1
        self.window.type(f"clear; {line}; echo line {self._lines} ended: $?")
        self.window.press("Enter")
        self.see("[y/N]")
        self.window.type("y")
        self.window.press("Enter")
        self.see(f"line {self._lines} ended: 0")

    def start(self, *words: str) -> None:
        """Type `transflow`, or a command of it, and Enter."""
        line = " ".join(("transflow", *words))
        self.keys += len(line) + 1
        self.window.type(line)
        self.window.press("Enter")

    def found(self, *, locales: str = "", alone: bool = False, sample: bool = False) -> None:
        """Make a project by answering the questions of an empty folder, and open it."""
        self.start()
        self.answer("Make one here?")
        self.answer("Who are you?", self.name)
        self.answer("Do you work alone", "" if alone else "n")
        self.answer("language of the reports")
        self.answer("languages to translate into", locales)
        self.answer("sample report?", "" if sample else "n")
        self.answer("is a project now")
        self.see("Queue", self.name)

    def join(self, role: str) -> None:
        """Open the project for the first time, as somebody whom it does not know."""
        self.start()
        self.answer("Your number; or your name", self.name)
        self.answer("What do you do?", role)
        self.see("Queue", self.name)

    def paste_report(self, text: str, slug: str = "", byline: str = "Jeong Eun Lee") -> None:
        """Paste a report in the Queue, and answer what its text does not say."""
        self.press("i")
        self.see("Paste the report")
        self.window.paste(text)
        self.see(text.split("\n")[0])
        self.press("C-s")
        self.answer("Who reported it?", byline)
        self.answer("When?")
        self.answer("The report's name", slug)
        self.see("to translate.")

    def translate(self, *texts: str) -> None:
        """Write and confirm sentences from the selected one on, and go back to the list."""
        self.press("e")
        self.see("WRITING")
        for text in texts:
            number = self.done + 1
            self.write(text)
            self.press("C-s")
            self.see(f"{number} of ")
        self.press("Escape")
        self.see("Letters are commands")

    def leave(self) -> None:
        self.window.leave()


class Office:
    """A folder, and the people who work in it."""

    def __init__(self, parent: Path, size: tuple[int, int]) -> None:
        self.folder, self.size, self._parent = parent / "office", size, parent
        self.folder.mkdir()
        self._people: list[Colleague] = []

    def sit_down(self, name: str) -> Colleague:
        """Open a window for a person with a home of their own."""
        home = self._parent / f"home{len(self._people)}"
        home.mkdir()
        env = {
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("STATE", "CONFIG", "CACHE")},
        }
        window = Window(self.folder, self._parent / f"tmux{len(self._people)}", self.size, env, pause=0)
        self._people.append(Colleague(name, window))
        return self._people[-1]

    def close(self) -> None:
        for each in self._people:
            each.window.close()


def sizes(*often: tuple[int, int], also: Sequence[tuple[int, int]] = ()) -> pytest.MarkDecorator:
    """Run a test in two sizes of terminals, and in others; only `often` in every run."""
    every = [*often, *(each for each in (*SIZES, *also) if each not in often)]
    marks = {each: [pytest.mark.slow] if each in often else [pytest.mark.soak] for each in every}
    return pytest.mark.parametrize(
        "size", [pytest.param(each, id="{}x{}".format(*each), marks=marks[each]) for each in every]
    )
