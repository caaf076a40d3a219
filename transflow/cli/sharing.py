"""`transflow merge`, `transflow git`, `transflow repair`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from transflow.cli.session import actor, complete_catalogs, now, project
from transflow.errors import TransflowError, UsageError

if TYPE_CHECKING:
    from transflow.project import Project


@click.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("--path", default="", metavar="P", help="The file's name in the project, for messages.")
def merge(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge two versions of a catalog, sentence by sentence: git runs this (see `transflow git setup`).

    The result is written over OURS. Exit code 0 merged; 1 merged, and people have to decide between texts (the file is a
    valid catalog all the same); 3 a side cannot be read, and OURS is as it was.

    \b
    Examples:
      transflow merge base.po ours.po theirs.po --path locales/en/reports/un-letter.po
    """
    from transflow.actions.project.git_merge import merge_files

    done = merge_files(base, ours, theirs, path)
    for line in done.lines:
        click.echo(f"transflow: {line}", err=True)
    return int(done.conflict)


@click.group()
def git() -> None:
    """Sharing the project through git.

    \b
    Examples:
      transflow git setup
    """


@git.command()
@click.pass_context
def setup(ctx: click.Context) -> None:
    """Let git merge catalogs sentence by sentence in this clone. Once for every clone; twice does no harm.

    \b
    Examples:
      git clone newsroom.git; cd newsroom; transflow git setup
    """
    from transflow.actions.project.git_merge import set_up

    done = list(set_up(project(ctx)))
    for line in done:
        click.echo(line)
    if not done:
        click.echo("Nothing to do: git merges catalogs sentence by sentence here already.")


def _is_editor(ctx: click.Context) -> bool:
    """Whether an editor asks. Anybody may repair, in CI too."""
    try:
        asking = actor(ctx)
    except TransflowError:
        return False
    return asking.user.has("editor", asking.now)


@click.command()
@click.argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option("--dry-run", is_flag=True, help="Say what would be mended, and change nothing.")
@click.pass_context
@click.option(
    "--torn", is_flag=True, help="Take the named catalogs as they are, though sentences are missing at the end."
)
@click.option(
    "--controls", is_flag=True, help="Take out control characters, which command the terminal that shows them."
)
@click.option("--upgrade", is_flag=True, help="Bring all catalogs, and then transflow.toml, into the present format.")
def repair(ctx: click.Context, names: tuple[str, ...], dry_run: bool, torn: bool, controls: bool, upgrade: bool) -> int:
    """Mend what other programs, edits by hand and merges without the driver spoiled; name what cannot be mended.

    Where an editor runs it, times that are still to come, of a computer whose clock was wrong, are taken back to now.

    The old bytes of every file that changes are kept in .transflow/repair/. Exit code 0 all is well now; 1 something is left
    for people to do; 3 a file cannot be read, and is as it was.

    \b
    Examples:
      transflow repair --dry-run
      transflow repair
      transflow repair un-letter
      transflow repair un-letter --torn
      transflow repair --controls
      transflow repair --upgrade --dry-run
      transflow --as mina repair un-letter
    """
    from transflow.actions.project.repair import Allowed
    from transflow.actions.project.repair import repair as mend

    if upgrade:
        if names or torn or controls:
            raise UsageError(
                "--upgrade is for the whole project, and does nothing else: say it alone, or with --dry-run."
            )
        return _upgrade(project(ctx), dry_run=dry_run)
    if torn and not names:
        raise UsageError("name the catalogs that --torn is to take as they are.")
    found = project(ctx)
    code = count = 0
    places = [found.place(name) for name in names]
    allowed = Allowed(torn, controls, _is_editor(ctx))
    for mended in mend(found, places, now(), dry_run=dry_run, allowed=allowed):
        count += 1
        for fault in mended.faults:
            where = f"{mended.path}:{fault.line}" if fault.line else mended.path
            where += f" {fault.unit}" if fault.unit else ""
            click.echo(f"{where}: {fault.what}: {fault.done or 'left to you'}. [{fault.check}]")
        if mended.kept:
            click.echo(f"  The old file is in {mended.kept.relative_to(found.root)}.")
        code = max(code, 3 if mended.unreadable else int(bool(mended.left)))
    if not count:
        click.echo("Nothing to mend.")
    elif dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    return code


def _upgrade(found: Project, *, dry_run: bool) -> int:
    from transflow.actions.project.upgrade import upgrade
    from transflow.model.unit import FORMAT

    done = failed = 0
    for each in upgrade(found, dry_run=dry_run):
        done, failed = done + (not each.error), failed + bool(each.error)
        click.echo(str(each.error) if each.error else f"{each.path}: format {each.old} → {FORMAT}")
    if failed:
        click.echo("transflow.toml stays in its format until every file can be read: mend these, and do it again.")
    elif not done:
        click.echo(f"Everything is in format {FORMAT}.")
    elif dry_run:
        click.echo("Nothing was changed: this was a dry run.")
    else:
        click.echo(
            f"{done} files are in format {FORMAT} now. Older versions of transflow refuse them: let everybody upgrade."
        )
    return 3 if failed else 0
