"""An update that changes a figure which readers saw: whoever records it hears of the correction."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from support.commands import done, transflow
from support.newsrooms import git
from support.stories import PAGES, actor, again, river, story
from transflow.actions.units import steps

LATER = "2024-03-27T03:00:00Z"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """Return the story `river`, published, in git at that time."""
    folder = river(tmp_path / "room")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Mina", "-c", "user.email=mina@example.org", "commit", "--quiet", "-m", "published")
    return folder


def recorded(newsroom: Path, number: int, text: str, *options: str) -> str:
    """Return what recording the page says after a paragraph was written anew."""
    steps.confirm(actor(newsroom, "eugene", LATER), f"en:river#{number}", text)
    again(newsroom, "en", LATER)
    return transflow(newsroom, "published", "en:river", "--url", PAGES["en"], *options, user="mina").err


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("Four bridges in Riverside were cut on the night of the 5th. Nobody was hurt.", "Three", "Four"),
        ("Three bridges in Riverside were cut on the night of the 7th. Nobody was hurt.", "5th", "7th"),
    ],
)
def test_the_command_for_a_correction_is_named(newsroom: Path, text: str, before: str, after: str) -> None:
    said = recorded(newsroom, 2, text)
    assert f"en:river#2 said “{before}" in said
    assert f"says “{after}" in said
    command = said.partition("`transflow ")[2].partition("`")[0]
    done(newsroom, *shlex.split(command), user="mina")
    note = next(unit for unit in story(newsroom).units if unit.is_note)
    assert note.source == "Three bridges in Riverside were cut on the night of the 5th. Nobody was hurt."


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("In Riverside, three bridges were cut on the night of the 5th. No one was hurt.", ()),
        ("Three bridges in Riverside were cut on the night of the 5th. Nobody was hurt, the city said.", ()),
        ("Four bridges in Riverside were cut on the night of the 5th. Nobody was hurt.", ("--kind", "refile")),
    ],
)
def test_nothing_is_said_of_other_changes(newsroom: Path, text: str, options: tuple[str, ...]) -> None:
    assert "correct" not in recorded(newsroom, 2, text, *options)


def test_nothing_is_said_where_git_does_not_have_what_readers_saw(tmp_path: Path) -> None:
    folder = river(tmp_path / "room")
    text = "Four bridges in Riverside were cut on the night of the 5th. Nobody was hurt."
    assert "correct" not in recorded(folder, 2, text)
