"""The language of commands: that of --lang or TRANSFLOW_LANG; the locale changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from support.commands import Ran, program, transflow
from transflow.cli import cli
from transflow.cli.usage_errors import problem_of
from transflow.messages import Message

WRONG_USAGE = (
    ("frobnicate",),
    ("statu",),
    ("unit",),
    ("unit", "sett", "flood#1"),
    ("unit", "show"),
    ("status", "--formt", "json"),
    ("--projct", "x"),
    ("status", "--format", "xml"),
    ("--lang", "vi", "status"),
    ("completion",),
    ("person", "add", "ann", "--name", "Ann", "--role", "king"),
    ("memory", "find", "words", "--limit", "0"),
    ("memory", "find", "words", "--limit", "many"),
    ("check", "--min"),
    ("unit", "approve", "flood#1", "extra"),
    ("unit", "approve", "flood#1", "extra", "words"),
    ("unit", "confirm", "flood#1", "--take-new=3"),
    ("memory", "export", "."),
    ("export", "--output", __file__),
)
REFUSED = (
    ("-C", "/none", "status"),
    ("translate", "flood"),
    ("status", "floot"),
)
"""Commands that are refused, and what each has to do with the project."""
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|'[^']*'|^사용법: .*(?:\n  .*)*|^ *transflow .*$", re.MULTILINE)
ENGLISH = re.compile(r"[A-Za-z’]{2,} [A-Za-z’]{2,} [A-Za-z’]+")


def in_korean(monkeypatch: pytest.MonkeyPatch, room: Path, *arguments: str) -> Ran:
    monkeypatch.setenv("TRANSFLOW_LANG", "ko")
    return transflow(room, *arguments, user="mina")


@pytest.mark.parametrize("arguments", [*WRONG_USAGE, *REFUSED], ids=" ".join)
def test_with_the_variable_errors_are_korean(
    room: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    english = transflow(room, *arguments, user="mina")
    korean = in_korean(monkeypatch, room, *arguments)
    assert (korean.code, korean.out) == (english.code, english.out)
    assert korean.code
    if "Commands:" not in english.err:  # the help of a group
        assert re.search("[가-힣]", korean.err)
        assert ENGLISH.findall(QUOTED.sub("", korean.err)) == []


@pytest.mark.parametrize("arguments", [*WRONG_USAGE, *REFUSED], ids=" ".join)
def test_the_locale_changes_nothing(room: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    before = transflow(room, *arguments, user="mina")
    for name in ("LANG", "LC_ALL", "LANGUAGE"):
        monkeypatch.setenv(name, "ko_KR.UTF-8")
    assert transflow(room, *arguments, user="mina") == before
    assert not re.search("[가-힣]", before.err)


def test_the_option_decides_before_the_variable(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "그런 폴더가 없습니다" in transflow(room, "--lang", "ko", "-C", "/none", "status").err
    monkeypatch.setenv("TRANSFLOW_LANG", "ko")
    assert transflow(room, "--lang", "en", "-C", "/none", "status").err == "transflow: there is no folder /none.\n"


def test_a_command_speaks_the_language_of_its_own_call_only(room: Path) -> None:
    transflow(room, "--lang", "ko", "status")
    assert transflow(room, "-C", "/none", "status").err == "transflow: there is no folder /none.\n"


def test_the_program_in_a_shell_of_seoul_prints_english_and_korean_on_request(room: Path) -> None:
    seoul = {"LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8"}
    assert program(room, "-C", "/none", "status", env=seoul).err == "transflow: there is no folder /none.\n"
    korean = program(room, "-C", "/none", "status", env={**seoul, "TRANSFLOW_LANG": "ko"}).err
    assert korean == "transflow: /none: 그런 폴더가 없습니다.\n"


def test_help_stays_english(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_korean(monkeypatch, room, "--help").out == transflow(room, "--lang", "en", "--help").out


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=" ".join)
def test_an_error_of_click_is_recognized_and_says_the_same_in_english(room: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(click.ClickException) as caught:
        cli.main(["-C", str(room), *arguments], standalone_mode=False)
    problem = problem_of(caught.value)
    assert problem == caught.value.format_message()
    assert isinstance(problem, Message) or isinstance(caught.value, click.exceptions.NoArgsIsHelpError)


def test_an_error_that_is_not_known_is_shown_as_it_is() -> None:
    assert problem_of(click.ClickException("Something new")) == "Something new"


def test_a_problem_that_is_a_message_is_translated_inside_of_click_s_own() -> None:
    problem = problem_of(click.BadParameter(Message("", "{what} is no date.", {"what": "x"}), param_hint="--at"))
    assert problem == "Invalid value for --at: x is no date."
    assert isinstance(problem, Message)
    assert problem.render(
        lambda template, _: {"{what} is no date.": "{what}: 날짜가 아님."}.get(str(template), str(template))
    ) == ("Invalid value for --at: x: 날짜가 아님.")
