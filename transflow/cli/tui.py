"""`transflow` alone, `translate`, `review`, `story`: the terminal UI, or the linear mode instead of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from transflow.cli.session import actor, complete_articles, complete_catalogs, now
from transflow.errors import UsageError

LANGUAGES = ("en", "ko")
THEMES = ("dark", "light", "ansi-dark", "ansi-light")


def looks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of the screen: --lang, --theme, --plain."""
    for option in (
        click.option(
            "--plain", is_flag=True, help="Prompts and lines instead of a screen: for screen readers, phones and slow lines."
        ),
        click.option("--theme", default="", type=click.Choice(("", *THEMES)), metavar="NAME", help=f"The colours: {', '.join(THEMES)}."),
        click.option(
            "--lang",
            default="",
            type=click.Choice(("", *LANGUAGES)),
            metavar="|".join(LANGUAGES),
            help="The language on the screen. Default: that of your locale.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


_AS = click.option("--as", "as_id", metavar="ID", default="", help="Who you are.")


def is_terminal() -> bool:
    """Whether the UI can be shown here."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def opened(ctx: click.Context, mode: str, ref: str = "", as_id: str = "", **wanted: Any) -> int:
    """Opens the UI in a mode, at a REF; `wanted` are the options of `looks`, or those given before the command. Raises
    UsageError where there is no terminal, or no such place."""
    before = ctx.find_root().obj or {}
    lang, theme, plain = (wanted.get(name) or before.get(name) for name in ("lang", "theme", "plain"))
    if not plain:
        _check_terminal()
    at = actor(ctx, as_id)
    place, unit = None, ""
    if ref:
        from transflow.actions.refs import target

        goal = target(at.project, ref, "articles" if mode == "story" else "reports")
        place = goal.place
        unit = goal.ids(at.project.load(place))[0] if goal.selector else ""
    if plain:
        from transflow.tui.plain.start import run as talk

        return talk(at, now, mode, place, unit, lang or "")
    # Textual reads this when it is imported: its kitty protocol breaks input methods in some terminals.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from transflow.tui.start import run

    return run(at, now, mode, place, unit, lang or "", theme or "")


def _check_terminal() -> None:
    if not is_terminal():
        raise UsageError(
            "this needs a terminal. With --plain it talks in lines and takes a pipe; `transflow --help` lists the commands "
            "that need neither."
        )
    if os.environ.get("TERM", "dumb") == "dumb":
        raise UsageError("this terminal can show no screen (TERM is “dumb”, or not set): add --plain.")


@click.command()
@click.argument("ref", metavar="REF", shell_complete=complete_catalogs)
@looks
@_AS
@click.pass_context
def translate(ctx: click.Context, /, ref: str, as_id: str, **wanted: Any) -> int:
    """Translate a report on the screen.

    \b
    Examples:
      transflow translate un-letter
      transflow translate un-letter#12 --lang ko
      transflow translate un-letter --plain       by prompts, for a screen reader
    """
    return opened(ctx, "translate", ref, as_id, **wanted)


@click.command()
@click.argument("ref", metavar="REF", shell_complete=complete_catalogs)
@looks
@_AS
@click.pass_context
def review(ctx: click.Context, /, ref: str, as_id: str, **wanted: Any) -> int:
    """Review a report on the screen.

    \b
    Examples:
      transflow review un-letter
      transflow review un-letter#3 --theme ansi-dark
    """
    return opened(ctx, "review", ref, as_id, **wanted)


@click.command()
@click.argument("name", metavar="STORY", shell_complete=complete_articles)
@looks
@_AS
@click.pass_context
def story(ctx: click.Context, /, name: str, as_id: str, **wanted: Any) -> int:
    """Write or read a story on the screen.

    \b
    Examples:
      transflow story un-story
      transflow story un-story#4 --plain
    """
    return opened(ctx, "story", name, as_id, **wanted)
