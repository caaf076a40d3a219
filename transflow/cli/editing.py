"""A story as one text: out to a file or an editor, and back.

Invariant: what somebody wrote is never lost: an export writes over nothing, and a text that is refused stays in a file.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT, signal

import click

from transflow.actions import Actor
from transflow.actions.stories import article
from transflow.cli.asking import can_ask
from transflow.cli.judging import agree
from transflow.cli.session import many
from transflow.cli.streams import exact
from transflow.errors import UnreadableError, UsageError
from transflow.project.files import check_named

_BEGINNING = 50
"""Characters of a paragraph by which people know it."""


def exported(text: str, name: str, path: str) -> None:
    """Writes the text, but never over a file, which may hold what somebody wrote."""
    if path == "-":
        exact(text)
        return
    check_named(Path(path))
    try:
        with open(path, "x", encoding="utf-8", opener=_private) as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already, perhaps with edits in it: name another file.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    click.echo(f"Written to {path}. Take it back with: transflow article edit {name} --import {path}")


def _private(path: str, flags: int) -> int:
    """A new file that is the user's alone: it has what is not published."""
    return os.open(path, flags, 0o600)


def edited(actor: Actor, name: str, *, yes: bool = False) -> None:
    """The round through $EDITOR. Whatever happens to the text then, it stays in a file where it was not taken."""
    before = article.export_text(actor, name)
    text = _through_the_editor(before, name)
    if text == before:
        click.echo("Nothing changed.", err=True)
        return
    try:
        taken(actor, name, text, yes=yes)
    except BaseException:
        _keep(text.encode(), name)
        raise


def _through_the_editor(before: str, name: str) -> str:
    """What the editor saved. An editor that fails may have saved before it did: what differs then is kept."""
    descriptor, path = tempfile.mkstemp(prefix="transflow-", suffix=".txt")
    file = Path(path)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(before)
        with _left_to_the_editor():
            click.edit(filename=path)
        return file.read_text(encoding="utf-8-sig")
    except click.ClickException as error:
        if (saved := file.read_bytes()) != before.encode():
            _keep(saved, name)
        raise UsageError(
            f"the editor failed, and nothing was taken ({error.message}). EDITOR names another one; without any: "
            f"`transflow article edit {name} --export FILE`."
        ) from None
    except UnicodeDecodeError:
        kept = _kept(file.read_bytes(), name)
        raise UnreadableError(
            str(kept), 0, "the editor saved this, and it is not UTF-8.", "Nothing was taken."
        ) from None
    finally:
        file.unlink(missing_ok=True)


def _keep(saved: bytes, name: str) -> None:
    kept = _kept(saved, name)
    click.echo(
        f"Your text is in {kept}: carry it over, or mend it and take it back with "
        f"`transflow article edit {name} --import FILE`.",
        err=True,
    )


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Ctrl+C is the editor's while it runs: here it would delete the file under its hands. (A handler, for the editor would
    inherit that the signal is ignored.)"""
    before = signal(SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal(SIGINT, before)


def _kept(content: bytes, name: str) -> Path:
    """Writes a text to a new file here, or among the temporary files where nothing can be written here."""
    name = name.replace("/", "-").replace(":", "-")
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
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
    raise UsageError("your text could not be kept in a file, so it is printed here.")


def taken(actor: Actor, name: str, text: str, *, yes: bool = False) -> None:
    """Lists what an edited text does to the story, a line an edit, then takes it back. A terminal is asked first, unless `yes`."""
    foreseen = article.foreseen_text(actor, name, text)
    if not foreseen.edited.done:
        click.echo("Nothing changed.", err=True)
        return
    asks = can_ask() and not yes
    shown = _beginnings(foreseen) if asks else {}
    for line in foreseen.edited.done:
        click.echo(line + shown.get(line.partition(" ")[0], ""))
    if asks:
        agree(f"Save {many(len(foreseen.edited.done), 'change')}?")
    article.import_text(actor, name, text)


def _beginnings(foreseen: article.Foreseen) -> dict[str, str]:
    """How the text of each paragraph begins, by id: people know no ids."""
    from transflow.stories.whole_text import shown_text
    from transflow.text import one_line

    units = (*foreseen.before.units, *foreseen.edited.article.units)
    return {unit.id: f"  {one_line(shown_text(unit))[:_BEGINNING]}…" for unit in units}
