"""Surroundings of a command: its project, the time, and standard input."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from transflow.actions import utc_now
from transflow.actions.forgetting import forget_withheld
from transflow.actions.identity import identify
from transflow.cli.notices import print_error
from transflow.errors import TransflowError, UnreadableError, UsageError
from transflow.messages import Messages
from transflow.project import Project
from transflow.project.files import LARGEST, read, read_limited
from transflow.project.waiting import process

MESSAGES = Messages(
    __name__,
    {
        "no-folder": "there is no folder {path}.",
        "no-file": "there is no file {path}.",
        "folder": "{path} is a folder: name a file.",
        "encoding": "this is not UTF-8.",
    },
)


LOCALE = f"{__name__}.locale"
"""Key of the language of --locale in the `meta` of a command's context."""


def now() -> str:
    """Return the time in UTC, to the second."""
    return utc_now()


def find_project(ctx: click.Context) -> Project:
    """Return the project that the command runs in. Raise UsageError where there is none.

    Another process that waits for a file of the project is told the command's name, without its
    arguments.
    """
    process.command, process.tell = ctx.command_path, _print_notice
    root = ctx.find_root()
    folder = Path((root.obj or {}).get("folder") or root.params.get("folder") or ".").resolve()
    if not folder.is_dir():
        raise UsageError(MESSAGES("no-folder", path=str(folder)))
    project = Project.find(folder)
    project.chosen_locale = ctx.meta.get(LOCALE, "")
    project.own_locales = partial(
        _own_locales, project.root, ctx.params.get("as_id") or (ctx.find_root().obj or {}).get("as", "")
    )
    if (root.obj or {}).get("no_cache"):
        project.cache = None
    forget_withheld(project, now())
    return project


def _own_locales(root: Path, as_id: str) -> tuple[str, ...]:
    """Return the languages of the user; none if nobody is identified."""
    try:
        return identify(Project(root), as_id).locales
    except TransflowError:
        return ()


def _print_notice(text: str) -> None:
    if text:
        print_error(text)


def read_input(path: str, largest: int = LARGEST) -> bytes:
    """Return the content of a file that the user named, or of standard input for "-".

    Raise UsageError for a file that does not exist and for a folder, UnreadableError for what
    cannot be read, or has more bytes than `largest`.
    """
    if path == "-":
        return read_limited(sys.stdin.buffer, path, largest)
    check_input(path)
    return read(Path(path), path, largest)


def check_input(path: str) -> None:
    """Raise UsageError for a file that the user named and that does not exist, and for a folder."""
    if not Path(path).exists():
        raise UsageError(MESSAGES("no-file", path=path))
    if Path(path).is_dir():
        raise UsageError(MESSAGES("folder", path=path))


def argument_text(text: str) -> str:
    """Return a text that was given as an argument, or standard input for "-".

    Standard input is UTF-8, whatever the locale is. Raise UnreadableError for anything else.
    """
    if text != "-":
        return text
    try:
        return read_input("-").decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UnreadableError("-", line, MESSAGES("encoding")) from None
