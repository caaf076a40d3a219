"""Sweeps: every command, with every option, in projects that somebody prepared.

The commands are enumerated from click, so that a new one is swept without being named here.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from support.commands import REPORT, TEXTS, done, new_project, transflow
from support.paths import ROOT
from transflow.cli import cli
from transflow.presenters.journal import Journal, UnsavedText
from transflow.user_folders import drafts_folder

VALUES = {
    "REF": "flood#1",
    "TEXT|REF": "flood#1",
    "STORY": "river",
    "STORY#N": "river#2",
    "REPORT#N|STORY#N": "river#2",
    "REPORT|STORY": "flood",
    "REPORT": "flood",
    "REPORT,REPORT": "flood",
    "SLUG": "flood",
    "ID": "claire",
    "ID,ID": "numbers",
    "PERSON": "claire",
    "ROLE,ROLE": "writer",
    "L": "en",
    "L,L": "en",
    "LANGUAGE": "en",
    "COMMIT": "HEAD",
    "URL": "https://example.org/a",
    "WHEN": "tomorrow 18:00",
    "YYYY-MM": "2024-03",
    "NEW": "renamed",
    "NAME": "memory",
    "F,F": "html,md,txt,json,ninjs",
    "N": "1",
    "N-M,…": "1-2",
    "1-9,14": "1-2",
    "MARK": "0123456789ab",
    "CHECK": "untranslated",
    "WORDS": "다리",
    "OLD": "bridges",
    "P": "locales/en/reports/flood.po",
    "SHELL": "bash",
}
"""Metavariable -> a value that fits the newsroom of the sweeps."""
FILES = {
    "add": "../new.md",
    "update": "../new.md",
    "glossary import": "../new.csv",
    "memory import": "../new.tmx",
    "check": "../known.json",
    "merge": "locales/en/reports/flood.po",
}
"""Command -> a file that it reads; every other command gets a new one to write."""


class Invocation(NamedTuple):
    """The arguments of a command, with a name for messages."""

    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.arguments)


def invocations() -> Iterator[Invocation]:
    """Yield every command by itself, with every format, and with every other option."""
    yield Invocation(())
    yield Invocation(("--plain",))
    for path, command in _leaves(cli, click.Context(cli), ()):
        base = tuple(value for each in command.params if each.required for value in _given(path, each))
        yield Invocation((*path, *base))
        for option in command.params:
            if not option.required and option.name != "as_id":
                for choice in _choices(option):
                    yield Invocation((*path, *base, *_given(path, option, choice)))


def formats() -> list[Invocation]:
    """Return every command by itself and in every format: those that show most."""
    shown = [each for each in invocations() if not any(word.startswith("--") for word in each.arguments)]
    options = ("--format", "--to", "--by", "--plain", "--explain", "--all")
    return shown + [each for each in invocations() if set(options) & set(each.arguments)]


def _leaves(
    command: click.Command, context: click.Context, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner
        yield from _leaves(inner, click.Context(inner, parent=context, info_name=name), (*path, name))


def _choices(parameter: click.Parameter) -> tuple[str, ...]:
    return tuple(parameter.type.choices) if isinstance(parameter.type, click.Choice) else ("",)


def _given(path: tuple[str, ...], parameter: click.Parameter, choice: str = "") -> tuple[str, ...]:
    """Return a parameter as it is typed."""
    option = () if isinstance(parameter, click.Argument) else (parameter.opts[-1],)
    if getattr(parameter, "is_flag", False):
        return option
    return (*option, choice or _value(" ".join(path), parameter))


def _value(command: str, parameter: click.Parameter) -> str:
    metavar = (parameter.metavar or str(parameter.name).upper()).strip("[]…")
    if isinstance(parameter.type, click.Choice):
        return str(parameter.type.choices[0])
    if isinstance(parameter.type, click.IntRange | click.FloatRange) or parameter.type.name in ("integer", "float"):
        return "1"
    if metavar in ("FILE", "DIR", "FILE|-", "BASE", "OURS", "THEIRS") or parameter.type.name in ("file", "directory"):
        writes = parameter.name in ("output", "write_baseline", "export_to")
        return FILES.get(command, "../written") if not writes else "../written"
    if parameter.name == "locale":
        return "en"
    return VALUES.get(metavar, "다리 bridges")


class Ran(NamedTuple):
    """The result of a command: exit code, and output of both streams as it arrived."""

    code: int
    out: str


class Runner:
    """Runs commands in a process that has loaded the program: a context manager."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("forking.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "LANG": "C.UTF-8"},
        )

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def run(
        self, folder: Path, *arguments: str, terminal: bool = False, environment: Mapping[str, str] | None = None
    ) -> Ran:
        """Run a command of mina, an editor."""
        assert self._process.stdin
        assert self._process.stdout
        names = ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        request = {
            "arguments": ["--as", "mina", *arguments],
            "folder": str(folder),
            "terminal": terminal,
            "environment": {"TERM": "xterm-256color", "COLUMNS": "120", "EDITOR": "true"}
            | {name: str(self.home / name) for name in names}
            | dict(environment or {}),
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Ran(answer["code"], base64.b64decode(answer["out"]).decode("utf-8", "backslashreplace"))


def newsroom(folder: Path) -> Path:
    """Create a project with files of every kind and every field, and files to import beside it."""
    room = new_project(folder / "room")
    settings = room / "transflow.toml"
    text = settings.read_text(encoding="utf-8").replace('templates = ""', 'templates = "templates"', 1)
    settings.write_text(text + OWN_SETTINGS, encoding="utf-8")
    (room / "templates").mkdir()
    (room / "templates" / "story.css").write_text("h1 { color: teal }\n", encoding="utf-8")
    report = room / "sources" / "flood.md"
    report.write_text(REPORT.replace("---\n\n", FRONT, 1), encoding="utf-8")
    files = {
        "new.md": REPORT.replace("강변시", "강남시"),
        "new.csv": CSV,
        "new.tmx": TMX,
        "new.tbx": TBX,
        "known.json": BASELINE,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    for arguments, user in STEPS:
        done(room, *(str(folder / "new.tmx") if each == "NEW.TMX" else each for each in arguments), user=user)
    transflow(room, "check", "--all")
    drafts = Journal(drafts_folder(room) / "mina")
    drafts.put("locales/en/reports/flood.po", "k7f3q2mx", UnsavedText("Nobody was hurt.", "A base."))
    drafts.close()
    signatures = room / "locales" / "en" / "approvals" / "flood.sigs"
    signatures.parent.mkdir(exist_ok=True)
    signatures.write_text(SIGNED, encoding="utf-8")
    leftover = room / "locales" / "en" / "reports" / ".flood.po.999999.tmp"
    leftover.write_text("half", encoding="utf-8")
    return room


OWN_SETTINGS = """
[[style.rule]]
id = "leader"
message = "write “{right}” here."
pattern = 'bridges'
replace = 'spans'
severity = "warning"
"""
FRONT = """\
source: https://example.org/source
embargo: 2024-03-26
note: 확인했다
---

"""
CSV = "source,target,comment\n강,river,It is seen.\n"
TMX = """<tmx version="1.4"><header srclang="ko" creationtool="other" adminlang="en"/><body>
<tu tuid="one" creationid="claire"><note>It is seen.</note><prop type="x-client">Herald</prop>
<tuv xml:lang="ko"><seg>다친 사람은 없다.</seg></tuv>
<tuv xml:lang="en"><seg>Nobody was hurt.</seg></tuv>
</tu></body></tmx>
"""
TBX = """<?xml version="1.0"?><martif type="TBX" xml:lang="ko"><text><body><termEntry id="one">
<descrip type="subjectField">place</descrip>
<langSet xml:lang="ko"><tig><term>강</term></tig></langSet>
<langSet xml:lang="en"><tig><term>river</term></tig></langSet>
</termEntry></body></text></martif>
"""
SIGNED = f"v1 approve mina 2024-03-26T03:00:00Z en k7f3q2mx:{'0' * 64} {'A' * 80}\n"
"""The line of a signature file, whose signature is none."""
BASELINE = '{"version": 2, "known": [\n{"path": "a.po", "unit": "k7f3q2mx", "check": "length", "mark": "0123456789abcdef"}\n]}\n'
STEPS = (
    (("update",), "claire"),
    *((("unit", "set", f"flood#{number}", text), "claire") for number, text in enumerate(TEXTS, 1)),
    (("unit", "comment", "flood#2", "Seen by somebody."), "leejin"),
    (("unit", "ask", "flood#2", "Is it so?", "--to", "claire"), "mina"),
    (("unit", "answer", "flood#2", "It is so."), "claire"),
    (("unit", "approve", "flood#2"), "mina"),
    (("unit", "return", "flood#3", "Not so."), "mina"),
    (("unit", "set", "flood#3", "Nobody was hurt"), "leejin"),
    (("unit", "waive", "flood#1", "style.leader", "A title."), "mina"),
    (("assign", "flood", "--to", "claire", "--due", "tomorrow 18:00"), "mina"),
    (("compose", "river", "--from", "flood"), "eugene"),
    (("unit", "confirm", "river"), "eugene"),
    (("article", "cite", "river#2", "https://example.org/cited"), "eugene"),
    (("ready", "river"), "eugene"),
    (("clear", "river"), "mina"),
    (("published", "river", "--url", "https://example.org/river"), "mina"),
    (("render", "river", "--to", "html"), "mina"),
    (("glossary", "add", "강변시", "Riverside", "--allowed", "River City", "--note", "By habit."), "claire"),
    (("memory", "import", "NEW.TMX"), "claire"),
    (("memory", "find", "bridges"), ""),
)
"""Commands that were run in the newsroom of the sweeps, each with its user."""
