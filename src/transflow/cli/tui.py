"""`transflow` alone, `translate`, `review`, `story`: the terminal UI."""

from __future__ import annotations

import os
import sys

import click

from transflow.cli.session import complete_articles, complete_catalogs, desk, now
from transflow.errors import UsageError

_LANG = click.option(
    "--lang", default="", metavar="en|ko", help="The language on the screen. Default: that of your locale."
)
_AS = click.option("--as", "as_id", metavar="ID", default="", help="Who you are.")


def is_terminal() -> bool:
    """Whether the UI can be shown here."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def opened(ctx: click.Context, mode: str, ref: str = "", as_id: str = "", lang: str = "") -> int:
    """Opens the UI in a mode, at a REF. Raises UsageError where there is no terminal."""
    if not is_terminal():
        raise UsageError("this needs a terminal. `transflow --help` lists the commands that do not.")
    at = desk(ctx, as_id)
    place, unit = None, ""
    if ref:
        name, _, unit = ref.partition("#")
        place = at.project.place(name, "articles" if mode == "story" else "reports")
    # Textual reads this when it is imported: its kitty protocol breaks input methods in some terminals.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from transflow.tui.start import run

    return run(at, now, mode, place, unit, lang or (ctx.find_root().obj or {}).get("lang", ""))


@click.command()
@click.argument("ref", metavar="REF", shell_complete=complete_catalogs)
@_LANG
@_AS
@click.pass_context
def translate(ctx: click.Context, ref: str, lang: str, as_id: str) -> int:
    """Translate a report on the screen.

    \b
    Examples:
      transflow translate un-letter
      transflow translate un-letter#12 --lang ko
    """
    return opened(ctx, "translate", ref, as_id, lang)


@click.command()
@click.argument("ref", metavar="REF", shell_complete=complete_catalogs)
@_LANG
@_AS
@click.pass_context
def review(ctx: click.Context, ref: str, lang: str, as_id: str) -> int:
    """Review a report on the screen.

    \b
    Examples:
      transflow review un-letter
      transflow review un-letter#3
    """
    return opened(ctx, "review", ref, as_id, lang)


@click.command()
@click.argument("name", metavar="STORY", shell_complete=complete_articles)
@_LANG
@_AS
@click.pass_context
def story(ctx: click.Context, name: str, lang: str, as_id: str) -> int:
    """Write or read a story on the screen.

    \b
    Examples:
      transflow story un-story
    """
    return opened(ctx, "story", name, as_id, lang)
