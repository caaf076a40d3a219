"""Editing of a story as one text: written to a file or an editor, and taken back.

Invariant: nothing that was written is lost. An export overwrites no file, and a text that is
refused stays in a file.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIGINT, signal

import click

from transflow.actions import Actor
from transflow.actions.stories import article
from transflow.cli.formatting import pluralize
from transflow.cli.judging import confirm
from transflow.cli.notices import notify, print_text, tell
from transflow.cli.streams import is_interactive, write_exact
from transflow.cli.usage_errors import problem_of
from transflow.errors import UnreadableError, UsageError
from transflow.messages import CommandRef, Messages, joined
from transflow.model.references import reference
from transflow.project.files import check_named_path
from transflow.stories.whole_text import shown_text
from transflow.text import one_line
from transflow.user_folders import drafts_folder

MESSAGES = Messages(
    __name__,
    {
        "exists": "{path} is there already, perhaps with edits in it: name another file.",
        "unwritable": "{path} cannot be written: {why}.",
        "exported": "Written to {path}. Take it back with: {command}",
        "same": "Nothing changed.",
        "editor": "the editor failed, and nothing was taken ({why}). EDITOR names another one; without any: {command}.",
        "encoding": "the editor saved this, and it is not UTF-8.",
        "encoding-way-out": "Nothing was taken.",
        "kept": "Your text is in {path}: carry it over, or mend it and take it back with {command}, and delete it then.",
        "printed": "your text could not be kept in a file, so it is printed here.",
        "save": "Save {changes}?",
        "unsourced": "{unit} has no Korean behind it: own reporting, or cite its source: {command}",
    },
)

_BEGINNING = 50
"""Number of characters of a paragraph that are shown, so that people recognise it."""


def export_text(text: str, name: str, path: str) -> None:
    """Write the text of a story to a new file, or to standard output for "-".

    Raise UsageError for a file that exists, since it may have edits in it, and for one that
    cannot be written.
    """
    if path == "-":
        write_exact(text)
        return
    check_named_path(Path(path))
    try:
        with open(path, "x", encoding="utf-8", opener=_private) as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(MESSAGES("exists", path=path)) from None
    except OSError as error:
        raise UsageError(MESSAGES("unwritable", path=path, why=error.strerror or str(error))) from None
    command = CommandRef(f"article edit {name} --import {shlex.quote(path)}")
    print_text(MESSAGES("exported", path=path, command=command))


def _private(path: str, flags: int) -> int:
    """Open a file that only the user can read, since it has unpublished text."""
    return os.open(path, flags, 0o600)


def edit_text(actor: Actor, name: str, *, yes: bool = False) -> None:
    """Edit the text of a story in $EDITOR and take it back.

    A text that is not taken is kept in a file.
    """
    before = article.export_text(actor, name)
    text = _run_editor(actor, before, name)
    if text == before:
        notify(MESSAGES("same"))
        return
    try:
        take_text(actor, name, text, yes=yes)
    except BaseException:  # of any kind: the text must not be lost
        _keep_and_print(actor, text.encode(), name)
        raise


def _run_editor(actor: Actor, before: str, name: str) -> str:
    """Return the text that the editor saved.

    An editor that fails may have saved first: a text that differs is kept in a file then.
    """
    descriptor, path = tempfile.mkstemp(prefix="transflow-", suffix=".txt")
    file = Path(path)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(before)
        with _ignoring_interrupts():
            click.edit(filename=path)
        return file.read_text(encoding="utf-8-sig")
    except click.ClickException as error:
        if (saved := file.read_bytes()) != before.encode():
            _keep_and_print(actor, saved, name)
        command = CommandRef(f"article edit {name} --export FILE")
        raise UsageError(MESSAGES("editor", why=problem_of(error), command=command)) from None
    except UnicodeDecodeError:
        kept = _keep(actor, file.read_bytes(), name)
        raise UnreadableError(str(kept), 0, MESSAGES("encoding"), MESSAGES("encoding-way-out")) from None
    finally:
        file.unlink(missing_ok=True)


def _keep_and_print(actor: Actor, saved: bytes, name: str) -> None:
    kept = _keep(actor, saved, name)
    command = CommandRef(f"article edit {name} --import {shlex.quote(str(kept))}")
    tell(MESSAGES("kept", path=str(kept), command=command))


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Leave Ctrl+C to the editor: here it would delete the file that is being edited.

    SIG_IGN would be inherited by the editor; a handler is not.
    """
    before = signal(SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal(SIGINT, before)


def _keep(actor: Actor, content: bytes, name: str) -> Path:
    """Write a text to a new file among the user's own drafts, or else among temporary files.

    Nothing of it is left in the project, where somebody could commit it; `redact` finds it among
    the drafts. Print the text and raise UsageError where neither can be written.
    """
    name = name.replace("/", "-").replace(":", "-")
    own = drafts_folder(actor.project.root) / actor.who
    with suppress(OSError):
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
    for folder in (own, Path(tempfile.gettempdir())):
        for number in range(1, 1000):
            path = folder / f"{name}.edited{'' if number == 1 else f'-{number}'}.txt"
            try:
                with open(path, "xb", opener=_private) as file:
                    file.write(content)
            except FileExistsError:
                continue
            except OSError:
                break
            return path
    click.echo(content.decode("utf-8", "backslashreplace"), nl=False)
    raise UsageError(MESSAGES("printed"))


def take_text(actor: Actor, name: str, text: str, *, yes: bool = False) -> None:
    """Print what an edited text does to the story, one line for each edit, and apply it.

    A terminal is asked first, unless `yes`.
    """
    foreseen = article.preview_import(actor, name, text)
    if not foreseen.edited.done:
        notify(MESSAGES("same"))
        return
    asks = is_interactive() and not yes
    beginnings = _beginnings(foreseen) if asks else {}
    for line in foreseen.edited.done:
        print_text(joined([line, beginnings.get(line.partition(" ")[0], "")], ""))
    for unit_id in foreseen.edited.unsourced:
        command = CommandRef(f"article cite {reference(name, unit_id)} ADDRESS")
        print_text(MESSAGES("unsourced", unit=unit_id, command=command))
    if asks:
        confirm(MESSAGES("save", changes=pluralize(len(foreseen.edited.done), "change")))
    article.import_text(actor, name, text)


def _beginnings(foreseen: article.ImportPreview) -> dict[str, str]:
    """Return the beginning of each paragraph's text, by id: people do not know ids."""
    units = (*foreseen.before.units, *foreseen.edited.article.units)
    return {unit.id: f"  {one_line(shown_text(unit))[:_BEGINNING]}…" for unit in units}
