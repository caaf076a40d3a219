"""The command line: parse, call one action, print.

Invariant: output goes to stdout, everything else to stderr; exit codes are 0 done or passed, 1 refused or gate failed, 2 usage
or configuration, 3 a file that cannot be read or written, 70 a bug of ours, 130 interrupted, 141 the reader of the output
went away. A command's module is imported when it is run.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

gc.set_threshold(50_000)  # nearly all that a command makes lives until it ends: looking for rubbish costs 8% of it

import click  # noqa: E402 - after the line above, for it is a third of the start

from transflow import __version__  # noqa: E402
from transflow.cli.streams import opened, shown  # noqa: E402

COMMANDS = {
    "init": "start",
    "person": "start",
    "completion": "start",
    "add": "reports",
    "update": "reports",
    "assign": "reports",
    "queue": "reports",
    "suggest": "suggest",
    "translate": "tui",
    "review": "tui",
    "story": "tui",
    "unit": "unit",
    "compose": "article",
    "article": "article",
    "ready": "article",
    "clear": "article",
    "credits": "output",
    "render": "output",
    "published": "publish",
    "correct": "publish",
    "credit": "publish",
    "kill": "publish",
    "redact": "redact",
    "mv": "moving",
    "replace": "replace",
    "status": "status",
    "check": "check",
    "memory": "memory",
    "glossary": "glossary",
    "names": "glossary",
    "export": "export",
    "stats": "stats",
    "repair": "sharing",
    "git": "sharing",
    "merge": "sharing",
}
"""Command -> module of this package, in the order of the work."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"transflow.cli.{COMMANDS[cmd_name]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1, cutoff=0.65)
            if not close:
                raise
            raise click.UsageError(f"{error.message} Did you mean {close[0]}?", ctx) from None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="transflow", message="%(prog)s %(version)s")
@click.option("-C", "--project", "folder", metavar="DIR", help="The project's folder, or one inside it. Default: here.")
@click.option("--as", "as_id", metavar="ID", help="Who you are. Default: TRANSFLOW_USER, else git's user.email.")
@click.option(
    "--lang", default="", type=click.Choice(("", "en", "ko")), metavar="en|ko", help="The language on the screen."
)
@click.option("--theme", default="", metavar="NAME", help="The colours on the screen, such as ansi-dark.")
@click.option("--no-cache", is_flag=True, help="Compute everything anew, as in CI.")
@click.option("--plain", is_flag=True, help="Prompts and lines instead of a screen, for screen readers and phones.")
@click.pass_context
def cli(
    ctx: click.Context, folder: str | None, as_id: str | None, lang: str, theme: str, no_cache: bool, plain: bool
) -> int:
    """From Korean reports to English stories with computed credits, on plain files in git.

    Alone, on a terminal, it shows what waits for you, and opens it.

    \b
    Examples:
      transflow                            on the screen: what waits for me
      transflow --plain                    the same by prompts
      transflow init newsroom              a new project
      transflow add letter.md              a report; its sentences become units
      transflow assign un-letter --to claire,leejin --due "tomorrow 18:00"
      transflow queue                      what waits for me
      transflow suggest un-letter          drafts from the memory, or from an engine
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow compose un-story --from un-letter,rights-groups
      transflow article edit un-story      the story as one text
      transflow ready un-story; transflow clear un-story
      transflow render un-story --to html,txt
      transflow check                      the gate, for CI
      transflow --no-cache check           the same, reading no cache, as it does where CI=true
      transflow stats --month 2024-03      what was done, by whom
    """
    ctx.obj = {"folder": folder, "as": as_id or "", "lang": lang, "theme": theme, "no_cache": no_cache, "plain": plain}
    if ctx.invoked_subcommand is not None:
        return 0
    from transflow.cli.tui import is_terminal, opened

    if plain or is_terminal():
        return opened(ctx, "queue")
    click.echo(ctx.get_help())
    return 0


def main(arguments: list[str] | None = None) -> None:
    """The entry point. Leaves through sys.exit."""
    opened()
    code = run(arguments)
    gc.freeze()  # what is left goes with the process: looking through it once more is a tenth of a short command
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Runs a command and returns its exit code. What it prints is shown: see `transflow.cli.streams`."""
    with shown():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    from transflow.errors import TransflowError

    try:
        result: Any = cli.main(arguments, prog_name="transflow", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except TransflowError as error:
        click.echo(f"transflow: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was saved is saved; nothing is half done.", err=True)
        return 130
    except SystemExit as leaving:  # click's way out of completion (0), and when whoever read the output has enough (1)
        return 141 if leaving.code else 0
    except OSError as error:
        from re import sub

        # a file is written under another name first, which tells nobody anything
        wanted = sub(r"([^/]*/|^)\.([^/]+?)(\.\d+)?\.tmp$", r"\1\2", str(error.filename or ""))
        click.echo(f"transflow: {f'{wanted}: ' * bool(wanted)}{error.strerror or error}.", err=True)
        return 3
    except Exception:  # noqa: BLE001 - the last line: a bug must never look like an answer
        import traceback

        traceback.print_exc()
        click.echo("transflow: this is a bug of transflow's; every file is whole.", err=True)
        return 70
