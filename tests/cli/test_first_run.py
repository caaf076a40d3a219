"""Questions to somebody new, and what is kept of the answers."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
import pytest

from support.commands import done, new_project, refusal, transflow
from support.terminals import Terminal
from transflow.actions.identity import identify, remember, remembered
from transflow.cli.first_run import ROLES, _languages, _person, _roles
from transflow.model.settings import Role
from transflow.project import Project
from transflow.settings.config import UnknownUserError


@pytest.mark.parametrize(
    ("text", "person_id", "name", "emails"),
    [
        ("Claire Lee", "claire", "Claire Lee", ()),
        (" Claire Lee <c@example.org> ", "claire", "Claire Lee", ("c@example.org",)),
        ("Claire Lee c@example.org", "claire", "Claire Lee", ("c@example.org",)),
        ("Núria Soler", "nuria", "Núria Soler", ()),
        ("Mina Park", "mina-2", "Mina Park", ()),
        ("あ", "person", "あ", ()),
    ],
)
def test_a_name_becomes_a_person_with_an_id_that_nobody_has(
    text: str, person_id: str, name: str, emails: tuple[str, ...]
) -> None:
    person = _person(text, ROLES, {"mina"})
    assert (person.id, person.name, person.emails) == (person_id, name, emails)
    assert person.roles == (Role("translator"), Role("writer"), Role("editor"))


def test_a_korean_name_becomes_an_id_in_latin_letters() -> None:
    assert _person("김하늘", (), ()).id.isascii()
    assert len(_person("김하늘", (), ()).id) > 5


@pytest.mark.parametrize("text", ["", "   ", "<c@example.org>", "c@example.org"])
def test_an_address_alone_is_no_name(text: str) -> None:
    with pytest.raises(click.UsageError, match="such as Claire Lee"):
        _person(text, (), ())


def test_languages_and_roles_are_lists_with_commas_or_spaces() -> None:
    assert _languages("en, vi km") == ("en", "vi", "km")
    assert _roles("translator writer") == (Role("translator"), Role("writer"))
    with pytest.raises(click.UsageError, match="codes of languages"):
        _languages("English!")
    with pytest.raises(click.UsageError, match="one or more of"):
        _roles("boss")


def test_a_choice_is_kept_for_its_project_only_and_yields_to_everything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (Project(new_project(tmp_path / name)) for name in ("first", "second"))
    remember(first, "claire")
    assert (remembered(first), remembered(second)) == ("claire", "")
    assert identify(first, "").id == "claire"
    assert identify(first, "mina").id == "mina"
    monkeypatch.setenv("TRANSFLOW_USER", "leejin")
    assert identify(first, "").id == "leejin"
    monkeypatch.delenv("TRANSFLOW_USER")
    with pytest.raises(UnknownUserError, match="Open `transflow` in a terminal and choose"):
        identify(second, "")
    remember(first, "gone")
    with pytest.raises(UnknownUserError):
        identify(first, "")


def test_nobody_is_asked_without_a_terminal(tmp_path: Path) -> None:
    assert transflow(tmp_path, "init", "room").code == 0
    assert "git" not in refusal(tmp_path / "room", "--plain", code=2).casefold()
    assert "no project" in refusal(tmp_path, "--plain", code=2)


@pytest.mark.slow
def test_init_asks_in_a_terminal_and_its_answers_stand_in_the_project(tmp_path: Path) -> None:
    with Terminal(tmp_path, "init", "room") as terminal:
        for question, answer in (
            ("Who are you?", "Hana Seo <hana@example.org>"),
            ("Do you work alone", "n"),
            ("language of the reports", ""),
            ("languages to translate into", "en,vi"),
            ("sample report? [Y/n]", "n"),
            ("Open it? [Y/n]", "n"),
        ):
            terminal.wait_for(question)
            terminal.type(answer + "\r")
        assert terminal.ended() == 0
    settings = tomllib.loads((tmp_path / "room/transflow.toml").read_text(encoding="utf-8"))
    assert settings["locales"] == ["en", "vi"]
    assert settings["workflow"]["clear_alone"] is False
    assert settings["people"] == [
        {"id": "hana", "name": "Hana Seo", "roles": list(ROLES), "emails": ["hana@example.org"]}
    ]
    assert not (tmp_path / "room/sources/welcome.md").exists()
    assert "Nothing waits for hana." in transflow(tmp_path / "room", "queue").err


@pytest.mark.slow
def test_init_with_options_or_yes_asks_nothing(tmp_path: Path) -> None:
    for name, options in (("one", ["--yes"]), ("two", ["--no-sample"])):
        with Terminal(tmp_path, "init", name, *options) as terminal:
            assert terminal.ended() == 0


@pytest.mark.slow
def test_who_is_unknown_chooses_once_and_may_add_themselves(tmp_path: Path) -> None:
    room = new_project(tmp_path / "room")
    with Terminal(room, "--plain") as terminal:
        terminal.wait_for("Claire Lee")
        terminal.wait_for("Your number")
        terminal.type("Hana Seo\r")
        terminal.wait_for("What do you do?")
        terminal.type("writer\r")
        terminal.wait_for("A number opens its line")
        terminal.type(".q\r")
        assert terminal.ended() == 0
    assert "hana" in done(room, "person", "list")
    assert "Nothing waits for hana." in transflow(room, "queue").err
