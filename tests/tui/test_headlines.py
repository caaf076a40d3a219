"""Screens name reports and stories by their headlines: the names of their files stand nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.commands import transflow
from support.screens import App, painted, played, press, running, with_work_left
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.project import Project

STORY = "un-china-refugees"
SLUGS = re.compile(r"\b(un-letter|rights-groups|un-china-refugees)\b(?!-story)")
ADDRESSES = re.compile(r"`[^`]*`|\{[^}]*\}|\S+/\S+|\S+\.po\b")
"""Commands, heads of the story as one text, paths and addresses, which keep the names."""
SCREENS = [
    ("queue", "", "mina", ("home", "down", "end", "slash", "escape", "a", "escape", "space", "r")),
    ("queue", "", "eugene", ("slash", "=Rights", "enter", "c", "escape", "l", "escape")),
    (
        "translate",
        "un-letter#5",
        "claire",
        ("h", "escape", "d", "escape", "y", "escape", "c", "escape", "k", "escape", "t", "escape", "o", "escape"),
    ),
    (
        "translate",
        "un-letter#4",
        "claire",
        ("ctrl+f", "==서한", "enter", "escape", "e", "ctrl+s", "escape", "f1", "escape"),
    ),
    ("review", "un-letter#6", "mina", ("a", "x", "escape", "i", "escape", "h", "escape", "d", "escape", "z")),
    (
        "story",
        f"{STORY}#4",
        "eugene",
        (
            "down",
            "t",
            "escape",
            "s",
            "d",
            "w",
            "escape",
            "m",
            "escape",
            "i",
            "escape",
            "g",
            "escape",
            "r",
            "escape",
            "h",
        ),
    ),
    ("story", f"{STORY}#4", "mina", ("a", "escape", "x", "escape", "k", "escape", "l", "escape", "c", "escape", "y")),
]


def talk(folder: Path, *arguments: str, lines: str) -> str:
    return transflow(folder, *arguments, "--plain", user="mina", stdin=lines).out


def names_of_files(text: str) -> list[str]:
    return [line for line in text.splitlines() if SLUGS.search(ADDRESSES.sub("", line))]


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize(("mode", "ref", "who", "keys"), SCREENS)
def test_no_screen_names_a_file(sample: Path, mode: str, ref: str, who: str, keys: tuple[str, ...], lang: str) -> None:
    project = with_work_left(sample)
    leejin = project.settings.person("leejin")
    assert leejin is not None
    steps.ask(Actor(project, leejin, "2022-03-25T15:35:00Z"), "un-letter#8", "Who?", "claire")

    async def play() -> None:
        async with running(sample, mode, ref, who=who, size=(120, 30), lang=lang) as pilot:
            seen = screens_seen(pilot)
            for key in keys:
                await press(pilot, key)
                seen += screens_seen(pilot)
            assert seen == []

    def screens_seen(pilot: App) -> list[str]:
        return names_of_files(painted(pilot))

    played(play())


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ((), ".?\n1\n.h\n.q\n.q\n"),
        (("story", STORY), ".b\n.v\n.r\n.r\n.q\n"),
        (("review", "un-letter"), ".a\n.?\n.q\n"),
    ],
)
def test_prompts_name_no_file(sample: Path, words: tuple[str, ...], lines: str) -> None:
    with_work_left(sample)
    assert names_of_files(talk(sample, *words, lines=lines)) == []


def test_a_report_without_a_headline_keeps_its_name(sample: Path) -> None:
    path = sample / "locales/en/reports/rights-groups.po"
    path.write_text(path.read_text(encoding="utf-8").replace("#. headline", "#. paragraph"), encoding="utf-8")
    assert Project.find(sample).find_catalog("rights-groups")
    assert "rights-groups" in talk(sample, lines=".q\n")
