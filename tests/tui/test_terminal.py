"""The whole workflow in a real terminal (tmux), by a translator, an editor and a writer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import TEXTS, done, new_project
from support.windows import Window
from transflow.model.catalog import Catalog
from transflow.project import Project
from transflow.units.workflow import is_approved

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return new_project(tmp_path / "room")


@pytest.fixture
def window(room: Path, tmp_path: Path) -> Iterator[Window]:
    opened = Window(room, tmp_path / "tmux")
    try:
        yield opened
    finally:
        opened.close()


def catalog(root: Path, name: str) -> Catalog:
    project = Project.find(root)
    return project.load(project.find_catalog(name))


def test_from_the_first_sentence_to_the_printed_story(room: Path, window: Window) -> None:
    # A translator with an input method: Hangul letters are commands in the list, and text in the
    # editor.
    window.open("translate", "flood", user="claire")
    window.see("0 of 5 done")
    window.type("ㄷ")  # e
    for number, text in enumerate(TEXTS, 1):
        window.type(text)
        window.see(text)
        window.press("C-s")
        window.see(f"{number} of 5 done")
    window.press("Escape")
    window.type("ㅊ")  # c
    window.see("What do you want to say?")
    window.type("1")
    window.see("Enter: done")
    window.type("숫자는 시청에 확인했음.")
    window.see("숫자는 시청에 확인했음.")
    window.press("Enter")
    window.see("Noted.")
    window.leave()
    report = catalog(room, "flood")
    assert tuple(unit.target for unit in report.units) == TEXTS
    assert [unit.comments for unit in report.units if unit.comments] == [("숫자는 시청에 확인했음.",)]

    # An editor
    window.open("review", "flood", user="mina")
    window.see("0 of 5 reviewed")
    for number in range(1, 6):
        window.press("a")
        window.see(f"{number} of 5 reviewed")
    window.leave()
    assert all(is_approved(unit) for unit in catalog(room, "flood").units)

    # A writer: composes from the Queue, rewrites a paragraph, accepts the other drafts, and marks
    # the story ready.
    window.open(user="eugene")
    window.see("Three bridges", "100")
    window.press("c")
    window.see("The story's name")
    window.type("three-bridges")
    window.press("Enter")
    window.see("Story Three bridges")
    window.press("e", "C-s")
    window.see("1 of 3 written")
    window.press("C-s")
    window.see("2 of 3 written")
    window.type(" A third will close, the city says.")
    window.see("A third will close")
    window.press("C-s")
    window.see("3 of 3 written")
    window.press("Escape", "r")
    window.see("Handed to an editor")
    window.leave()

    # The editor reads the whole story and clears it.
    window.open("story", "three-bridges", user="mina")
    window.see("with editor", "Translated by Claire Lee")
    window.press("a")
    window.see("Clear this story", "3 paragraphs")
    window.press("Enter")
    window.see("it may go out as it reads now")
    window.leave()

    done(room, "render", "three-bridges", "--to", "txt", user="mina")
    text = (room / "build/en/three-bridges.txt").read_text(encoding="utf-8")
    assert "They take two months. A third will close, the city says." in text
    assert "Translated by Claire Lee. Written in English by Eugene Whong." in text


def test_a_window_of_45_columns_can_be_read_and_written_in(room: Path, window: Window) -> None:
    window.resize(45, 22)
    window.open("translate", "flood", "--lang", "ko", "--theme", "ansi-dark", user="claire")
    window.see("번역 홍수로", "홍수로 다리 3곳 끊겨", "F1")
    window.press("e")
    window.type("Three bridges out")
    window.press("C-s")
    screen = window.see("5문장 중 1 완료")
    assert max(map(len, screen.splitlines())) <= 45
    window.press("F1")
    window.see("이 화면 어디서나", "번역 완료, 다음")
    window.press("Escape")
    window.leave()
    assert catalog(room, "flood").units[0].target == "Three bridges out"


def test_the_screen_is_whole_after_a_stop_and_after_other_output(window: Window) -> None:
    window.open(user="mina")
    window.see("Waits for me", "assign")
    window.stop()
    window.see("waiting:")
    window.type("fg")
    window.press("Enter")
    window.see("Waits for me", "assign")
    window.write_over("GARBAGE")
    window.see("GARBAGE")
    window.press("C-l")
    window.wait_until(lambda: "GARBAGE" not in window.screen and "Waits for me" in window.screen)
    window.leave()
