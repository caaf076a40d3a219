"""The command line as a whole: exit codes, help, imports, completion, and interruption."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from support.commands import REPORT, command, contents, done, program, refusal, transflow
from transflow import __version__
from transflow.cli import cli, commands, run
from transflow.cli.commands import COMMANDS, GROUPS
from transflow.project import CatalogRef, Project


def every_command(
    group: click.Group = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Return every command and subcommand, by the words that call it."""
    context = click.Context(group, **group.context_settings)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*path, name), found
        if isinstance(found, click.Group):
            yield from every_command(found, (*path, name))


ALL = dict(every_command())


# Help


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_says_what_it_does_and_shows_examples(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--help"]) == 0
    text = capsys.readouterr().out
    examples = text.partition("Example")[2]
    assert f"transflow {words[0]}" in examples, "an example has a command line that can be copied"


def test_the_main_help_lists_every_command_and_a_day_s_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-h"]) == 0
    text = capsys.readouterr().out
    assert "Examples:" in text
    assert [name for name in COMMANDS if not re.search(rf"^  {name} ", text, re.MULTILINE)] == []


@pytest.mark.parametrize("words", [(), *(words for words, each in ALL.items() if isinstance(each, click.Group))])
def test_no_sentence_of_a_list_of_commands_is_cut(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--help"]) == 0
    assert not re.search(r"\.\.\.$", capsys.readouterr().out.partition("Options:")[2], re.MULTILINE)


def test_every_command_is_in_one_group_of_the_help() -> None:
    assert sorted(" ".join(GROUPS.values()).split()) == sorted(COMMANDS)


def test_help_of_a_command_is_that_of_its_option(room: Path) -> None:
    assert done(room, "help") == done(room, "--help")
    assert done(room, "help", "unit", "approve") == done(room, "unit", "approve", "--help")
    assert "Did you mean 'approve'?" in refusal(room, "help", "unit", "aprove", code=2)


def test_quiet_leaves_out_remarks_and_keeps_results_and_errors(room: Path) -> None:
    (room / "notes.txt").write_text("Notes\nNothing.\n", encoding="utf-8")
    for words, code in ((("update", "--dry-run"), 0), (("glossary", "find", "none"), 1), (("status", "floot"), 2)):
        loud, quiet = transflow(room, *words), transflow(room, "-q", *words)
        assert (quiet.code, quiet.out) == (loud.code, loud.out) == (code, loud.out)
        assert loud.err
        assert quiet.err == (loud.err if code == 2 else "")


def test_the_main_help_is_written_without_loading_a_command_and_says_what_each_says() -> None:
    context = click.Context(cli)
    assert {name: (cli.get_command(context, name) or cli).get_short_help_str(1000) for name in COMMANDS} == COMMANDS
    script = "import sys; from transflow.cli import run; run(['--help']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert [name for name in ran.stdout.split() if name.startswith("transflow.cli.commands.")] == []


def test_a_module_has_the_name_of_its_command() -> None:
    modules = {path.stem for path in Path(commands.__file__).parent.glob("[!_]*")}
    assert modules == set(COMMANDS)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_example_is_a_command_with_options_that_exist(words: tuple[str, ...]) -> None:
    for line in (ALL[words].help or "").splitlines():
        if (found := re.match(r" *transflow (.*?)(?:  +.*|\|.*|;.*|>.*)?$", line.rpartition("| ")[2])) is None:
            continue
        typed = found[1].split()
        if typed[0] not in COMMANDS:
            continue
        path: tuple[str, ...] = ()
        while typed and (*path, typed[0]) in ALL:
            path = (*path, typed.pop(0))
        known = {option for each in ALL[path].params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
        assert {word for word in typed if re.fullmatch(r"--[a-z-]+", word)} <= known, line


def test_the_version_is_the_package_s() -> None:
    assert program(Path(), "--version").out == program(Path(), "-V").out == f"transflow {__version__}\n"


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["statu"], "Did you mean status?"),
        (["frobnicate"], "No such command"),
        (["unit", "sett", "flood#1"], "Did you mean 'set'?"),
        (["status", "--formt", "json"], "Did you mean '--format'?"),
        (["unit", "show"], "Missing argument"),
        (["status", "floot"], "Did you mean flood?"),
        (["status", "--locale", "eng"], "Did you mean en?"),
        (["unit", "show", "fr:flood"], "There are: en"),
        (["assign", "flood", "--to", "clare"], "Did you mean claire?"),
        (["unit", "show", "flood#9"], "they go from 1 to 5"),
        (["unit", "show", "flood#zzzzzzzz"], "no sentence “zzzzzzzz”"),
        (["unit", "show", "flood#x"], "positions such as 1-9"),
        (["render", "--format", "htm"], "Did you mean html?"),
        (["suggest", "--engine", "nope"], "There are: anthropic, ctranslate2"),
        (["memory", "import", "nofile"], "there is no file nofile"),
        (["--lang", "fr", "status"], "'fr' is not one of 'en', 'ko'"),
        (["unit", "waive", "flood#1", "untranslate", "x"], "Did you mean untranslated?"),
    ],
)
def test_what_does_not_exist_is_a_usage_error_that_names_what_is_near(
    room: Path, arguments: list[str], near: str
) -> None:
    assert near in refusal(room, *arguments, user="mina", code=2)


def test_a_folder_that_is_not_there_or_in_no_project_is_named(tmp_path: Path) -> None:
    assert f"there is no folder {tmp_path}/none" in transflow(tmp_path / "none", "status").err
    ran = transflow(tmp_path, "status")
    assert ran.code == 2
    assert "is in no project" in ran.err
    assert "transflow init DIR" in ran.err


def test_a_project_is_found_from_inside_and_by_c(room: Path) -> None:
    here = program(room / "locales" / "en", "status")
    there = program(Path("/"), "-C", str(room), "status")
    assert here == there
    assert here.code == 0


def test_a_broken_setting_is_exit_code_2_with_file_line_and_key(room: Path) -> None:
    with (room / "transflow.toml").open("a", encoding="utf-8") as file:
        file.write('\n[gate]\nrequires = "all"\n')
    line = (room / "transflow.toml").read_text(encoding="utf-8").count("\n")
    for words in (["status"], ["check"], ["update"]):
        ran = transflow(room, *words, user="claire")
        assert ran.code == 2
        assert re.search(rf"transflow\.toml:({line}|\d+)", ran.err), ran.err


def test_a_bug_of_ours_is_exit_code_70_and_never_an_answer(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("transflow.cli.commands.check.judge", broken)
    ran = transflow(room, "check")
    assert (ran.code, ran.out) == (70, "")
    assert "ZeroDivisionError" in ran.err
    assert "a bug of transflow's" in ran.err


def test_an_error_of_the_operating_system_is_exit_code_3_without_a_traceback(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/some/file")

    monkeypatch.setattr("transflow.cli.commands.check.judge", broken)
    assert transflow(room, "check") == (3, "", "transflow: /some/file: Permission denied.\n")


def test_output_that_cannot_be_written_is_not_a_success(room: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command("status"), cwd=room, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ran.returncode == 3
    assert b"No space left on device" in ran.stderr


def test_a_reader_that_has_enough_is_no_error_to_read_about(room: Path) -> None:
    place = room / "locales/en/reports"
    for number in range(900):
        shutil.copy(place / "flood.po", place / f"copy-{number}.po")
    script = f"set -o pipefail; '{command()[0]}' status | head -1; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", script], cwd=room, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[0].startswith("en:copy-0 ")
    assert ran.stdout.splitlines()[1] in ("141", "0")
    assert ran.stderr == ""


# Ctrl+C


def test_ctrl_c_while_many_are_updated_leaves_every_file_whole_and_says_so(room: Path) -> None:
    for number in range(200):
        (room / f"sources/report-{number}.md").write_text(REPORT, encoding="utf-8")
    process = subprocess.Popen(command("update"), cwd=room, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    catalogs = room / "locales/en/reports"
    deadline = time.monotonic() + 60
    while len(list(catalogs.glob("report-*.po"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrupted. What was saved is saved; nothing is half done." in errors
    assert "Traceback" not in errors
    made = sorted(path.stem for path in catalogs.glob("report-*.po"))
    assert 5 <= len(made) < 200
    assert {len(Project(room).load(CatalogRef("en", "reports", slug)).units) for slug in made} == {5}
    assert not list(room.rglob("*.tmp"))
    assert f"{len(made) + 1} of 201 were up to date" in done(room, "update")


# Completion


def completed(folder: Path, line: str, shell: str = "bash") -> list[str]:
    """Return the completions of bash for the last word, by `transflow completion bash`."""
    script = (
        f'export PATH="{Path(command()[0]).parent}:$PATH"; source <(transflow completion bash); '
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _transflow_completion transflow; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    ran = subprocess.run(
        ["bash", "-c", script, "bash", *line.split(" ")], cwd=folder, capture_output=True, text=True, check=True
    )
    return ran.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("transflow statu", ["status"]),
        ("transflow unit app", ["approve"]),
        ("transflow status un-", ["un-letter", "un-china-refugees"]),
        ("transflow compose new --from un-letter,ri", ["un-letter,rights-groups"]),
        ("transflow assign un-letter --to cl", ["claire"]),
        ("transflow ready un", ["un-china-refugees"]),
    ],
)
def test_bash_completes_commands_slugs_and_people(sample: Path, line: str, offered: list[str]) -> None:
    assert sorted(completed(sample, line)) == sorted(offered)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_outside_a_project_completion_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert completed(tmp_path, "transflow status un") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed_for_each_shell(room: Path, shell: str) -> None:
    assert "_TRANSFLOW_COMPLETE" in done(room, "completion", shell)


# Identity of the user


def test_the_user_is_as_then_the_environment_then_git(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = (room / "transflow.toml").read_text(encoding="utf-8")
    (room / "transflow.toml").write_text(settings.replace("act_as = false", "act_as = true"), encoding="utf-8")
    git = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q"], cwd=room, check=True)
    subprocess.run(["git", "config", "user.email", "CLAIRE@example.org"], cwd=room, check=True)
    done(room, "unit", "set", "flood#1", "By git")
    monkeypatch.setenv("TRANSFLOW_USER", "leejin")
    done(room, "unit", "set", "flood#2", "By the environment")
    done(room, "unit", "set", "flood#3", "By a word before", user="eugene")
    done(room, "unit", "set", "flood#4", "By a word after", "--as", "mina")
    units = Project(room).load(CatalogRef("en", "reports", "flood")).units
    assert [unit.by[0].who for unit in units[:4]] == ["claire", "leejin", "eugene", "mina"]


def test_where_nothing_tells_who_it_is_nothing_is_done(room: Path) -> None:
    message = refusal(room, "unit", "set", "flood#1", "Text", code=2)
    assert "It is not known who you are" in message
    assert "say --as ID, or set TRANSFLOW_USER" in message
    assert "claire, leejin" in message


@pytest.mark.parametrize(("name", "where"), [("--as", "--as"), ("TRANSFLOW_USER", "TRANSFLOW_USER")])
def test_somebody_unknown_is_refused_and_never_passed_over(
    room: Path, monkeypatch: pytest.MonkeyPatch, name: str, where: str
) -> None:
    if name == "--as":
        message = refusal(room, "unit", "set", "flood#1", "Text", "--as", "clare", code=2)
    else:
        monkeypatch.setenv("TRANSFLOW_USER", "clare")
        message = refusal(room, "unit", "set", "flood#1", "Text", code=2)
    assert f"{where}: there is no person “clare”. Did you mean claire?" in message


def test_reading_needs_nobody(room: Path) -> None:
    for words in (["status"], ["check"], ["unit", "show", "flood"], ["person", "list"]):
        assert transflow(room, *words).code == 0


def test_a_command_that_only_reads_writes_nothing(room: Path) -> None:
    before = contents(room)
    done(room, "status")
    done(room, "unit", "show", "flood")
    done(room, "queue", user="mina")
    done(room, "update", user="mina")
    assert contents(room) == before
    assert os.environ.get("TRANSFLOW_USER") is None
