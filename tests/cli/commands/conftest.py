"""Projects for tests of several commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import TEXTS, done

SHORT_TEXTS = (
    "Bridges out",
    "Three bridges failed.",
    "Nobody was hurt.",
    "The city began repairs.",
    "They take two months.",
)
"""A translation of the report `flood`, shorter than `TEXTS`."""


@pytest.fixture
def translated(room: Path) -> Path:
    """Return the report of `room`, translated and partly approved, and a story from it."""
    for number, (who, text) in enumerate(
        [("claire", "Bridges out"), ("claire", "Three bridges failed."), ("leejin", "Nobody was hurt."),
         ("leejin", "The city began repairs."), ("leejin", "They take two months.")], 1
    ):  # fmt: skip
        done(room, "unit", "set", f"flood#{number}", text, user=who)
    done(room, "unit", "approve", "flood#2", user="mina")
    done(room, "compose", "bridges", "--from", "flood", user="eugene")
    return room


@pytest.fixture
def bridges(room: Path) -> Path:
    """Return a project with a story that is written but not cleared."""
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "bridges", "--from", "flood", user="eugene")
    done(room, "unit", "confirm", "bridges", user="eugene")
    return room


def translate(folder: Path, slug: str = "flood", who: str = "claire") -> None:
    for number, text in enumerate(SHORT_TEXTS, 1):
        done(folder, "unit", "set", f"{slug}#{number}", text, user=who)


@pytest.fixture
def story(room: Path) -> Path:
    """Return a project with the story `bridges`: a headline and two paragraphs from one report."""
    translate(room)
    done(room, "compose", "bridges", "--from", "flood", user="eugene")
    return room


@pytest.fixture
def written(story: Path) -> Path:
    """Return `story` with its drafts accepted by eugene, except the second, which he rewrote."""
    done(
        story, "unit", "set", "bridges#2", "Floods took three bridges in one night, and nobody was hurt.", user="eugene"
    )
    done(story, "unit", "confirm", "bridges", user="eugene")
    return story
