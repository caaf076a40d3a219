"""The language of commands: that of --lang or TRANSFLOW_LANG; the locale changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
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
    ("status", "floot"),
    ("status", "--locale", "eng"),
    ("render", "--format", "htm"),
    ("render",),
    ("translate", "flood"),
    ("assign", "flood", "--to", "clare"),
    ("add", "none.md"),
    ("add", "."),
    ("update", "floot"),
    ("unit", "show", "flood#9"),
    ("unit", "show", "flood#x"),
    ("unit", "show", "flood#1", "--state", "approved"),
    ("unit", "set", "flood#1", ""),
    ("unit", "approve", "flood#1"),
    ("unit", "approve", "flood#1", "--seen", "abc"),
    ("unit", "return", "flood#1", "why"),
    ("unit", "confirm", "flood#1"),
    ("unit", "join", "flood#1"),
    ("unit", "waive", "flood#1", "untranslate", "x"),
    ("unit", "resolve", "flood#1"),
    ("unit", "omit", "flood#1"),
    ("unit", "ask", "flood#1", "Who?", "--to", "clare"),
    ("clear", "floods"),
    ("compose", "floods", "--from", "floot"),
    ("check", "--select", "nonsense"),
    ("check", "--pairs", "none"),
    ("published", "floods", "--gone"),
    ("suggest", "flood"),
    ("suggest", "flood", "--engine", "deepl"),
    ("suggest", "--units", "3"),
    ("glossary", "add", ""),
    ("glossary", "import", "none.csv"),
    ("memory", "import", "none.tmx"),
    ("person", "add", "ann"),
    ("person", "protect", "nobody", "--yes"),
    ("repair", "--torn"),
    ("repair", "--upgrade", "flood"),
    ("mv", "floot", "flud"),
)
"""Commands on a project with an untranslated report that explain why they do nothing."""
CATALOG, SETTINGS = "locales/en/reports/flood.po", "transflow.toml"
DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a bad setting": (SETTINGS, lambda data: data.replace(b"clear_alone = false", b"clear_alone = 3")),
    "an unknown setting": (SETTINGS, lambda data: data + b"\n[nonsense]\nx = 1\n"),
    "a torn catalog": (CATALOG, lambda data: data[: len(data) // 2].rpartition(b"\n\n")[0] + b"\n"),
    "a catalog with a conflict": (CATALOG, lambda data: data + b"<<<<<<< HEAD\n"),
    "a catalog that is no PO": (CATALOG, lambda data: data + b"nonsense\n"),
    "a catalog in another encoding": (CATALOG, lambda data: data + b"\xff\n"),
    "a report in another encoding": ("sources/flood.md", lambda data: b"\xff" + data),
}
READING = ("status", "queue", "check", "update", "repair --dry-run", "translate flood --plain")
QUOTED = re.compile(
    r"`[^`]*`|“[^”]*”|'[^']*'|^사용법: .*(?:\n  .*)*|^ *transflow .*$|^\w+#\d.*\n(?:  (?:src|->|mark) .*\n)+",
    re.MULTILINE,
)
ENGLISH = re.compile(r"[A-Za-z’]{2,} [A-Za-z’]{2,} [A-Za-z’]+")


def in_korean(monkeypatch: pytest.MonkeyPatch, room: Path, *arguments: str) -> Ran:
    monkeypatch.setenv("TRANSFLOW_LANG", "ko")
    return transflow(room, *arguments, user="mina")


def english_sentences(text: str) -> list[str]:
    """Return three English words in a row, except in quotations, commands and names of units."""
    return ENGLISH.findall(QUOTED.sub("", text))


@pytest.mark.parametrize("arguments", [*WRONG_USAGE, *REFUSED], ids=" ".join)
def test_with_the_variable_errors_are_korean(
    room: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(room)
    english = transflow(room, *arguments, user="mina")
    korean = in_korean(monkeypatch, room, *arguments)
    assert (korean.code, bool(korean.err)) == (english.code, True)
    if "Commands:" not in english.err:  # the help of a group
        assert re.search("[가-힣]", korean.err)
        assert english_sentences(korean.err) == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_cannot_be_read_is_told_in_korean(room: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    name, change = DAMAGE[damage]
    data = (room / name).read_bytes()
    assert change(data) != data
    (room / name).write_bytes(change(data))
    told = [in_korean(monkeypatch, room, *line.split()) for line in READING]
    assert any(ran.code for ran in told)
    assert [english_sentences(ran.out + ran.err) for ran in told if ran.code] == [[] for ran in told if ran.code]


@pytest.mark.parametrize("arguments", [*WRONG_USAGE, *REFUSED], ids=" ".join)
def test_the_locale_changes_nothing(room: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(room)
    before = transflow(room, *arguments, user="mina")
    for name in ("LANG", "LC_ALL", "LANGUAGE"):
        monkeypatch.setenv(name, "ko_KR.UTF-8")
    assert transflow(room, *arguments, user="mina") == before
    assert not re.search("[가-힣]", QUOTED.sub("", before.err))


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


def test_a_language_of_the_environment_that_is_not_known_is_named(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSFLOW_LANG", "fr")
    ran = transflow(room, "status")
    assert (ran.code, ran.err) == (0, "TRANSFLOW_LANG: there is no language “fr”; there are: en, ko.\n")
    assert transflow(room, "--lang", "en", "status").err == ""
    for known in ("ko_KR.UTF-8", "C.UTF-8", ""):
        monkeypatch.setenv("TRANSFLOW_LANG", known)
        assert transflow(room, "status").err == ""


def test_units_and_statistics_have_korean_labels(sample: Path) -> None:
    first, *lines = transflow(sample, "--lang", "ko", "unit", "show", "un-letter#1").out.splitlines()
    assert not re.search("[a-z]{4}", first.removeprefix("un-letter#1").split("  ", 2)[2]), first
    assert not [line for line in lines if line.startswith(("  src", "  mark"))]
    table = transflow(sample, "--lang", "ko", "stats", "--month", "2022-03", user="mina").out.splitlines()
    assert not re.search("[a-z]", table[0])
