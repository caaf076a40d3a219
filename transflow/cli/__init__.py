"""The command line: parse the arguments, call one action, print its result.

Invariant: output goes to stdout, everything else to stderr. Exit codes are 0 done or passed,
1 refused or gate failed, 2 usage or configuration, 3 a file that cannot be read or written, 70 a
bug of transflow's, 130 interrupted, 141 the reader of the output went away. A command's module
is imported when the command is run.
"""

from __future__ import annotations

import gc
import re
import sys
from typing import Any

gc.set_threshold(50_000)  # almost every object lives until the command ends: collecting costs 8% of its time

import click  # noqa: E402 - after the line above, since it is a third of the start

from transflow import __version__  # noqa: E402
from transflow.cli import notices, streams  # noqa: E402
from transflow.cli.lazy_group import LazyGroup  # noqa: E402
from transflow.cli.usage_errors import show_usage_error  # noqa: E402
from transflow.errors import TransflowError  # noqa: E402
from transflow.messages import Message, Messages  # noqa: E402
from transflow.presenters import i18n  # noqa: E402

MESSAGES = Messages(
    __name__,
    {
        "interrupted": "Interrupted. What was saved is saved; nothing is half done.",
        "system": "{why}.",
        "system/path": "{path}: {why}.",
        "bug": "this is a bug of transflow's; every file is whole.",
    },
)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, "-V", "--version", prog_name="transflow", message="%(prog)s %(version)s")
@click.option(
    "-C", "--project", "folder", metavar="DIR", help="The project's folder, or one inside it. Default: the present one."
)
@click.option("--as", "as_id", metavar="ID", help="Who you are. Default: TRANSFLOW_USER, else git's user.email.")
@click.option(
    "--lang",
    default=None,
    type=click.Choice(i18n.LANGUAGES),
    metavar="|".join(i18n.LANGUAGES),
    help="The language of messages and of the screen. Default: TRANSFLOW_LANG; of the screen alone, your locale.",
    is_eager=True,
    callback=notices.take_language,
)
@click.option("--theme", default="", metavar="NAME", help="The colours on the screen, such as ansi-dark.")
@click.option("--no-cache", is_flag=True, help="Read no caches, as in CI.")
@click.option("--withheld", is_flag=True, help="Show confidential texts, and those under embargo, in CI too.")
@click.option("-q", "--quiet", is_flag=True, help="Print results and errors only: no remarks and no progress.")
@click.option("--plain", is_flag=True, help="Prompts and lines instead of a screen, for screen readers and phones.")
@click.pass_context
def cli(
    ctx: click.Context, /, folder: str | None, as_id: str | None, quiet: bool, plain: bool, **shared: str | bool
) -> int:
    """From Korean reports to English stories with computed credits, on plain files in git.

    Without a command, in a terminal, it opens the terminal UI with the work that waits for you.

    \b
    Examples:
      transflow                            on the screen: what waits for me
      transflow --plain                    the same by prompts
      transflow init newsroom              a new project
      transflow add un-letter.md           a report; its sentences become units
      transflow assign un-letter --to claire,leejin --due "tomorrow 18:00"
      transflow queue                      what waits for me
      transflow suggest un-letter          drafts from the memory, or from an engine
      transflow unit set un-letter#3 "The U.N. released the letter on March 11."
      transflow compose un-story --from un-letter,rights-groups
      transflow article edit un-story      the story as one text
      transflow ready un-story; transflow clear un-story
      transflow render un-story --format html,txt
      transflow check                      the gate, for CI
      transflow --no-cache check           the same, reading no cache, as it does where CI=true
      transflow stats --month 2024-03      what was done, by whom
    """
    notices.be_quiet(quiet)
    if not shared["lang"]:
        notices.warn_of_unknown_language()
    ctx.obj = {"folder": folder, "as": as_id or "", "plain": plain, **shared}
    if ctx.invoked_subcommand is not None:
        return 0
    if plain or streams.is_terminal():
        return _open_queue(ctx)
    click.echo(ctx.get_help())
    return 0


def _open_queue(ctx: click.Context) -> int:
    """Open the screen at the user's queue; where there is no project, offer to make one.

    Loads the project, which --version and --help do not need.
    """
    from transflow.cli.screen import is_new_here, open_new, open_screen

    return open_new(ctx) if is_new_here(ctx) else open_screen(ctx, "queue")


def main(arguments: list[str] | None = None) -> None:
    """Run the program and exit: the entry point."""
    streams.open_closed()
    code = streams.flush(run(arguments))
    gc.freeze()  # memory goes with the process: a last collection would take a tenth of a short command
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code. Control characters in its output are made visible."""
    before = i18n.language()
    try:
        with streams.visible_controls():
            notices.use_language()
            return _run(arguments)
    finally:
        i18n.use(before)
        notices.be_quiet(False)


def _run(arguments: list[str] | None) -> int:
    try:
        result: Any = cli.main(arguments, prog_name="transflow", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except TransflowError as error:
        notices.print_error(error.message)
        return error.exit_code
    except click.ClickException as error:
        show_usage_error(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        notices.tell(MESSAGES("interrupted"))
        return 130
    except SystemExit as exiting:  # click exits after completion (0), and when the output's reader is gone (1)
        return 141 if exiting.code else 0
    except OSError as error:
        notices.print_error(_system_problem(error))
        return 3
    except Exception:  # noqa: BLE001 - a bug must never look like an answer
        _print_traceback()
        notices.print_error(MESSAGES("bug"))
        return 70


def _system_problem(error: OSError) -> Message:
    """Return what an error of the operating system says, with the file that it is about.

    A file is written under a temporary name first, which would tell the user nothing.
    """
    why = error.strerror or str(error)
    path = re.sub(r"([^/]*/|^)\.([^/]+?)(\.\d+)*\.tmp$", r"\1\2", str(error.filename or ""))
    return MESSAGES("system/path", path=path, why=why) if path else MESSAGES("system", why=why)


def _print_traceback() -> None:
    """Print the exception that is being handled. Loads traceback, for bugs only."""
    import traceback

    traceback.print_exc()
