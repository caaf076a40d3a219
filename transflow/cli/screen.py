"""The screen, or the linear mode instead of it, as the commands open it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.refs import parse_ref
from transflow.cli.actors import current_actor
from transflow.cli.notices import ask, take_language
from transflow.cli.permissions import ask_about_memory
from transflow.cli.session import find_project, now
from transflow.cli.streams import is_interactive, is_terminal
from transflow.errors import UsageError
from transflow.messages import CommandRef, Messages
from transflow.presenters import i18n
from transflow.project import CatalogRef, Project
from transflow.project.project import NoProjectError
from transflow.project.writes import write_as
from transflow.settings.config import UnknownUserError

MESSAGES = Messages(
    __name__,
    {
        "no-terminal": "this needs a terminal. With --plain it talks in lines and takes a pipe; {help} lists the commands that "
        "need neither.",
        "here": "There is no project in {folder}. Make one here?",
        "dumb": "this terminal can show no screen (TERM is “dumb”, or not set): add --plain.",
    },
)
THEMES = ("dark", "light", "ansi-dark", "ansi-light")


def screen_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a command to have the options of the screen: --lang, --theme, --plain."""
    for option in (
        click.option(
            "--plain", is_flag=True, help="Prompts and lines instead of a screen: for screen readers, phones and slow lines."
        ),
        click.option("--theme", default=None, type=click.Choice(THEMES), metavar="NAME", help=f"The colours: {', '.join(THEMES)}."),
        click.option(
            "--lang",
            default=None,
            type=click.Choice(i18n.LANGUAGES),
            metavar="|".join(i18n.LANGUAGES),
            help="The language on the screen. Default: TRANSFLOW_LANG, else that of your locale.",
            callback=take_language,
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def open_screen(ctx: click.Context, mode: str, ref: str = "", as_id: str = "", **options: Any) -> int:
    """Open the screen, or the linear mode, and return the exit code.

    `ref` names the catalog or unit to open; `options` are those of `screen_options`, and default
    to those given before the command. Raise UsageError where there is no terminal or no such unit.
    """
    defaults = ctx.find_root().obj or {}
    lang, theme, plain = (options.get(name) or defaults.get(name) for name in ("lang", "theme", "plain"))
    if not plain:
        _check_terminal()
    actor = _actor(ctx, as_id)
    place, unit = _place_of(actor, ref, mode) if ref else (None, "")
    ask_about_memory(actor.project)
    if plain:
        return _run_plain(actor, mode, place, unit, lang or "")
    return _run_textual(actor, mode, place, unit, lang or "", theme or "")


def _actor(ctx: click.Context, as_id: str) -> Actor:
    """Return the user; in a terminal, ask somebody unknown. Loads what few starts need then."""
    try:
        return current_actor(ctx, as_id)
    except UnknownUserError:
        if not is_interactive():
            raise
    from transflow.cli.first_run import choose_person

    user = choose_person(find_project(ctx))
    write_as(user.id, in_all_threads=True)
    return Actor(Project(find_project(ctx).root), user, now())


def is_new_here(ctx: click.Context) -> bool:
    """Return whether the folder is in no project and a question about that can be asked."""
    if not is_interactive():
        return False
    try:
        find_project(ctx)
    except NoProjectError:
        return True
    return False


def open_new(ctx: click.Context) -> int:
    """Offer to make a project in the folder, and open it. Loads what only this needs."""
    from transflow.cli.first_run import ask_and_open

    root = Path(ctx.find_root().obj["folder"] or ".").resolve()
    if not ask(MESSAGES("here", folder=str(root)), default=not any(root.iterdir())):
        return UsageError.exit_code
    return ask_and_open(ctx, root)


def _place_of(actor: Actor, ref: str, mode: str) -> tuple[CatalogRef, str]:
    """Return the catalog of a REF, and the id of its first unit or an empty one."""
    found = parse_ref(actor.project, ref, "articles" if mode == "story" else "reports")
    return found.place, found.ids(actor.project.load(found.place))[0] if found.selector else ""


def _run_plain(actor: Actor, mode: str, place: CatalogRef | None, unit: str, lang: str) -> int:
    """Run the linear mode. Loads it without Textual, which the screen needs."""
    from transflow.tui.plain.start import run

    return run(actor, now, mode, place, unit, lang)


def _run_textual(actor: Actor, mode: str, place: CatalogRef | None, unit: str, lang: str, theme: str) -> int:
    """Run the screen. Loads Textual, which the linear mode does not need."""
    # Textual reads this when it is imported; its kitty protocol breaks some input methods
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from transflow.tui.start import run

    return run(actor, now, mode, place, unit, lang, theme)


def _check_terminal() -> None:
    if not is_terminal():
        raise UsageError(MESSAGES("no-terminal", help=CommandRef("--help")))
    if os.environ.get("TERM", "dumb") == "dumb":
        raise UsageError(MESSAGES("dumb"))
