"""`transflow ready` and `transflow clear`."""

from __future__ import annotations

import stat
from pathlib import Path

from support.commands import done, refusal, transflow
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.units.workflow import state

STORY = CatalogRef("en", "articles", "bridges")


def article(folder: Path, place: CatalogRef = STORY) -> Catalog:
    return Project(folder).load(place)


def units(folder: Path) -> tuple[Unit, ...]:
    return tuple(article(folder).units)


def editor(folder: Path, *commands: str) -> dict[str, str]:
    """Return an editor that runs shell commands on its file, "$1"."""
    path = folder.parent / "editor.sh"
    path.write_text("#!/bin/sh\nset -e\n" + "\n".join(commands) + "\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return {"EDITOR": str(path)}


def test_a_story_is_ready_when_everything_is_written(story: Path) -> None:
    message = refusal(story, "ready", "bridges", user="eugene")
    assert message.splitlines()[:2] == [
        "transflow: en:bridges is not ready:",
        "  bridges#1-3: you have not accepted this paragraph.",
    ]
    assert "transflow unit confirm bridges#…" in message
    done(story, "unit", "confirm", "bridges", user="eugene")
    assert done(story, "ready", "bridges", user="eugene") == "en:bridges is ready: an editor reads it and clears it.\n"
    assert "story ready" in done(story, "status")
    assert "is being composed again" in done(story, "ready", "bridges", "--undo", user="eugene")
    assert "story composing" in done(story, "status")


def test_an_editor_clears_what_is_ready(written: Path) -> None:
    assert "transflow ready` comes first" in refusal(written, "clear", "bridges", user="mina")
    done(written, "ready", "bridges", user="eugene")
    assert "eugene is no editor" in refusal(written, "clear", "bridges", user="eugene")
    assert done(written, "clear", "bridges", user="mina") == "en:bridges is cleared by mina.\n"
    assert "story cleared" in done(written, "status")
    assert {state(unit) for unit in units(written)} == {"approved"}
    assert "passed" in done(written, "check")


def test_what_keeps_a_story_from_being_cleared_is_named_paragraph_by_paragraph(written: Path) -> None:
    done(written, "ready", "bridges", user="eugene")
    done(written, "unit", "ask", "bridges#2", "Three?", user="juno")
    done(written, "unit", "set", "flood#4", "Repairs began.", user="claire")
    message = refusal(written, "clear", "bridges", user="mina")
    assert "bridges#3: the translations behind it changed" in message
    assert "bridges#2: juno asks: “Three?”" in message


def test_nobody_clears_mostly_their_own_story_unless_the_project_lets_them_alone(written: Path) -> None:
    for number, text in enumerate(
        ("Line", "A story of many words that only the editor wrote this very night.", "The end of it."), 1
    ):
        done(written, "unit", "set", f"bridges#{number}", text, user="juno")
    done(written, "ready", "bridges", user="juno")
    message = refusal(written, "clear", "bridges", user="juno")
    assert "most of the story is by juno: somebody else clears it (four eyes)" in message
    assert "does not allow clearing alone" in refusal(written, "clear", "bridges", "--alone", "Chuseok", user="juno")
    settings = written / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("clear_alone = false", "clear_alone = true"), encoding="utf-8")
    assert "second read owed" in done(written, "clear", "bridges", "--alone", "Chuseok", user="juno")
    assert "second read owed" in done(written, "status")


def test_a_story_that_is_cleared_as_it_reads_is_not_made_ready_again(written: Path) -> None:
    done(written, "ready", "bridges", user="eugene")
    done(written, "clear", "bridges", user="mina")
    before = article(written)
    assert done(written, "ready", "bridges", user="eugene") == "en:bridges is cleared already, as it reads now.\n"
    assert article(written) == before


def test_what_will_keep_a_story_from_being_cleared_is_named_when_it_is_made_ready(written: Path) -> None:
    settings = written / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[checks]\n", '[checks]\n"story.figure-added" = "error"\n'), encoding="utf-8")
    done(written, "unit", "set", "bridges#2", "Some 350 bridges failed.", user="eugene")
    ran = transflow(written, "ready", "bridges", user="eugene")
    assert ran.code == 0
    assert "correct it, or waive it with a reason: bridges#2 (story.figure-added)." in ran.err
    assert "story.figure-added" in refusal(written, "clear", "bridges", user="mina")
