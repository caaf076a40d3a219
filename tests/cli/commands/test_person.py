"""`transflow person`."""

from __future__ import annotations

import json
import re
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


def entry(room: Path, person: str) -> dict[str, object]:
    people = json.loads(done(room, "person", "list", "--format", "json"))
    return next(each for each in people if each["id"] == person)


def test_an_edit_replaces_what_it_names_and_nothing_else(room: Path) -> None:
    path = room / "transflow.toml"
    text = path.read_text(encoding="utf-8").replace('id = "claire"\n', 'id = "claire" # our first\n')
    path.write_text(text, encoding="utf-8")
    done(room, "person", "edit", "claire", "--role", "translator", "--role", "editor", "--alias", "이클레어")
    assert entry(room, "claire") == {
        "id": "claire",
        "roles": [{"role": "translator"}, {"role": "editor"}],
        "locales": [],
        "left": "",
        "name": "Claire Lee",
        "emails": ["claire@example.org"],
        "aliases": ["이클레어"],
        "protected": False,
    }
    new = path.read_text(encoding="utf-8")
    kept = new.replace('roles = ["translator", "editor"]', 'roles = ["translator"]').replace(
        'aliases = ["이클레어"]\n', ""
    )
    assert kept == text
    done(room, "person", "edit", "claire", "--role", "translator", "--alias", "")
    assert path.read_text(encoding="utf-8") == text


def test_a_role_that_stays_keeps_its_dates(room: Path) -> None:
    path = room / "transflow.toml"
    text = path.read_text(encoding="utf-8")
    dated = 'roles = [{role = "editor", since = 2024-01-01}]'
    path.write_text(text.replace('name = "Mina Park"\nroles = ["editor"]', f'name = "Mina Park"\n{dated}'), "utf-8")
    done(room, "person", "edit", "mina", "--role", "writer,editor")
    assert entry(room, "mina")["roles"] == [{"role": "writer"}, {"role": "editor", "since": "2024-01-01"}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clare", "--name", "Clare"], "Did you mean claire?"),
        (["claire"], "say what to change"),
        (["claire", "--email", "nobody"], "nobody"),
        (["claire", "--locales", "fr"], "fr"),
        (["p-7k2m", "--name", "Claire Lee"], "a protected person has no name"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(room: Path, arguments: list[str], message: str) -> None:
    done(room, "person", "add", "p-7k2m", "--protected")
    assert message in refusal(room, "person", "edit", *arguments, code=2)


def test_who_leaves_has_no_role_from_that_day_on_and_comes_back(room: Path) -> None:
    before = (room / "transflow.toml").read_bytes()
    done(room, "assign", "flood", "--to", "claire", user="mina")
    ran = transflow(room, "person", "leave", "claire", "--on", "2024-06-30")
    assert ran.out == "claire leaves on 2024-06-30; what they wrote keeps their name.\n"
    assert "en:flood: 5 sentences assigned to claire: `transflow assign en:flood --to ID`." in ran.err
    assert entry(room, "claire")["left"] == "2024-06-30"
    assert "claire left on 2024-06-30" in refusal(room, "assign", "flood", "--to", "claire", user="mina")
    assert "2024-6" in refusal(room, "person", "leave", "claire", "--on", "2024-6", code=2)
    assert done(room, "person", "leave", "claire", "--undo") == "claire is back.\n"
    assert (room / "transflow.toml").read_bytes() == before


def test_nobody_is_protected_where_no_question_can_be_asked_and_a_plan_names_no_id(room: Path) -> None:
    assert "no question can be asked here" in refusal(room, "person", "protect", "claire", user="mina", code=2)
    planned = [done(room, "person", "protect", "claire", "--dry-run", user="mina") for _ in range(2)]
    assert planned[0] == planned[1]
    assert re.search(r"\bp-[0-9a-z]{4}\b", planned[0]) is None
