"""`transflow person`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import done, refusal, transflow


def made(tmp_path: Path, *options: str) -> Path:
    folder = tmp_path / "newsroom"
    ran = transflow(tmp_path, "init", str(folder), *options)
    assert ran.code == 0, ran
    return folder


def test_somebody_added_can_work_and_is_listed(room: Path) -> None:
    done(
        room,
        "person",
        "add",
        "new-1",
        "--name",
        "New One",
        "--role",
        "writer",
        "--role",
        "editor",
        "--email",
        "n@x.org",
    )
    listed = done(room, "person", "list").splitlines()
    assert "new-1   New One  writer, editor  n@x.org" in listed
    done(room, "unit", "set", "flood#1", "Text", user="new-1")


def test_roles_stand_in_commas_as_other_lists_do(room: Path) -> None:
    done(room, "person", "add", "new-1", "--name", "New One", "--role", "writer,editor", "--role", "reporter")
    assert "new-1   New One  writer, editor, reporter" in done(room, "person", "list").splitlines()


def test_adding_somebody_keeps_every_byte_of_the_settings(room: Path) -> None:
    before = (room / "transflow.toml").read_text(encoding="utf-8")
    done(room, "person", "add", "new-1", "--name", "New One")
    assert (room / "transflow.toml").read_text(encoding="utf-8").startswith(before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["claire"], "there is a person “claire” already"),
        (["Claire Lee"], "cannot be an id"),
        (["new", "--role", "king"], "'king' is not one of 'reporter', 'translator', 'writer', 'editor'"),
        (["new", "--email", "nobody"], "nobody"),
        (["new", "--email", "claire@example.org"], "claire@example.org"),
        (["new", "--locales", "fr"], "fr"),
    ],
)
def test_somebody_who_does_not_fit_is_refused(room: Path, arguments: list[str], message: str) -> None:
    assert message in refusal(room, "person", "add", *arguments, code=2)


def test_a_newsroom_without_people_says_how_to_add_one(tmp_path: Path) -> None:
    ran = transflow(made(tmp_path, "--no-sample"), "person", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "transflow person add" in ran.err


def test_a_protected_person_is_listed_as_such(room: Path) -> None:
    done(room, "person", "add", "p-1", "--protected")
    assert "p-1" in done(room, "person", "list")
    assert "protected" in done(room, "person", "list")
