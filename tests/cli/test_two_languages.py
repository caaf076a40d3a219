"""A project with several languages: names as they are typed, printed, suggested and completed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from support.commands import done, new_project, refusal, transflow
from transflow.actions.project.people import add_person
from transflow.cli import cli
from transflow.cli.commands import COMMANDS
from transflow.cli.options import complete_articles, complete_catalogs, complete_report_slugs, complete_reports
from transflow.model.settings import Person, Role
from transflow.project import Project

OF_SLUGS = (complete_articles, complete_catalogs, complete_reports, complete_report_slugs)
LISTINGS = {"queue", "status", "stats", "check", "render", "export", "replace", "suggest", "update"}


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Return a newsroom in English and Vietnamese; Minh works in Vietnamese only."""
    folder = new_project(tmp_path / "room", ("en", "vi"))
    add_person(Project(folder), Person("minh", "Minh Tran", (Role("translator"), Role("writer")), locales=("vi",)))
    return folder


def commands(group: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    assert isinstance(group, click.Group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield path + name, command


def test_every_command_that_takes_names_or_lists_has_the_option() -> None:
    assert set(COMMANDS) >= LISTINGS
    lacking = [
        path
        for path, command in commands(cli)
        if (path in LISTINGS or any(each._custom_shell_complete in OF_SLUGS for each in command.params))
        and not any("--locale" in each.opts for each in command.params)
    ]
    assert lacking == []


def test_a_slug_in_several_languages_needs_one_and_the_ways_to_say_it_work(room: Path) -> None:
    message = refusal(room, "unit", "show", "flood#1", user="claire", code=2)
    assert "“flood” is there in several languages: say which, as in en:flood, vi:flood, or with --locale." in message
    for words in (("vi:flood#1",), ("flood#1", "--locale", "vi")):
        assert done(room, "unit", "show", *words).startswith("vi:flood#1 ")
    assert "no language “fr”" in refusal(room, "unit", "show", "flood#1", "--locale", "fr", code=2)


def test_the_language_of_a_person_who_has_one_goes_without_saying(room: Path) -> None:
    out = done(room, "unit", "set", "flood#1", "Lũ cuốn ba cây cầu", user="minh")
    assert out == "vi:flood#1 written\n"
    assert done(room, "unit", "show", "flood#1", user="minh").startswith("vi:flood#1 ")


def test_a_slug_in_one_language_needs_none_and_is_printed_without(room: Path) -> None:
    for number in range(1, 6):
        done(room, "unit", "set", f"vi:flood#{number}", f"Câu {number}.", user="minh")
    done(room, "compose", "lu-lut", "--from", "flood", user="minh")
    assert Project(room).find_catalog("lu-lut").locale == "vi"
    assert done(room, "unit", "confirm", "lu-lut#1", user="claire") == "lu-lut#1 confirmed: took the draft\n"
    assert "lu-lut#2" in refusal(room, "ready", "lu-lut", user="minh")


REF = re.compile(r"(?<![\w:/-])((?:[a-z]{2}:)?[a-z][a-z-]*#[0-9a-z,-]+)")


def test_every_printed_reference_can_be_pasted_back(room: Path) -> None:
    for locale in ("en", "vi"):
        done(room, "assign", f"{locale}:flood", "--to", "minh" if locale == "vi" else "claire", user="mina")
        done(room, "unit", "set", f"{locale}:flood#2", "Flood.", user="claire")
        done(room, "unit", "ask", f"{locale}:flood#3", "Who?", "--to", "mina", user="claire")
    said = [transflow(room, *words.split(), user=who) for who in ("claire", "minh", "mina") for words in (
        "queue", "queue --locale vi", "queue --format json", "status", "suggest --locale en --dry-run",
        "unit show vi:flood", "unit approve en:flood#1", "unit confirm vi:flood#1", "compose story --from flood --locale en",
        "check --all", "memory find Flood --locale en", "update flood",
    )]  # fmt: skip
    refs = {ref for ran in said for ref in REF.findall(ran.out + ran.err)}
    assert {"en:flood#3", "vi:flood#3"} <= refs
    for ref in refs:
        if "N" not in ref:
            assert transflow(room, "unit", "show", ref).code == 0, ref


def test_a_listing_shows_the_chosen_language_only(room: Path) -> None:
    for locale in ("en", "vi"):
        done(room, "assign", f"{locale}:flood", "--to", "claire", user="mina")
    both = done(room, "queue", user="claire")
    assert "en:flood#1-5" in both
    assert "vi:flood#1-5" in both
    only = done(room, "queue", "--locale", "vi", user="claire")
    assert "vi:flood#1-5" in only
    assert "en:" not in only


def test_names_are_completed_as_they_are_typed(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(room)
    (room / "locales/vi/reports/flood.po").rename(room / "locales/vi/reports/typhoon.po")
    completion = ShellComplete(cli, {}, "transflow", "_TRANSFLOW_COMPLETE")

    def completed(incomplete: str) -> list[str]:
        return [each.value for each in completion.get_completions(["translate"], incomplete)]

    assert completed("t") == ["typhoon"]
    assert completed("vi:") == ["vi:typhoon"]
    assert completed("") == ["flood", "typhoon", "en:flood", "vi:typhoon"]
    (room / "locales/en/reports/typhoon.po").write_bytes((room / "locales/vi/reports/typhoon.po").read_bytes())
    assert completed("") == ["flood", "en:typhoon", "vi:typhoon", "en:flood"]


@pytest.mark.parametrize(
    ("name", "reports"),
    [("en:news", "en:flood"), ("en:news", "flood"), ("news", "en:flood"), ("news --locale en", "flood")],
)
def test_a_story_is_composed_whichever_of_the_names_says_the_language(room: Path, name: str, reports: str) -> None:
    for number in range(1, 6):
        done(room, "unit", "set", f"en:flood#{number}", f"Text {number}.", user="claire")
    assert done(room, "compose", *name.split(), "--from", reports, user="eugene").startswith("en:news: ")
    (behind, *_) = re.findall(r"  from (\S+)", done(room, "unit", "show", "news#2"))
    assert done(room, "unit", "show", behind).startswith("en:flood#")


def test_a_story_in_one_language_is_not_composed_from_a_report_in_another(room: Path) -> None:
    message = refusal(room, "compose", "vi:news", "--from", "en:flood", user="eugene", code=2)
    assert "these names say several: vi, en" in message
