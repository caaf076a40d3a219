"""The `transflow repair` command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from transflow.actions.project.repair import RepairOptions, RepairResult
from transflow.actions.project.repair import repair as repair_files
from transflow.actions.project.upgrade import upgrade as upgrade_files
from transflow.cli.actors import current_actor
from transflow.cli.notices import print_text
from transflow.cli.options import complete_catalogs, format_option, names_argument
from transflow.cli.session import find_project, now
from transflow.cli.streams import write_json
from transflow.errors import TransflowError, UsageError
from transflow.messages import Messages
from transflow.model.unit import FORMAT
from transflow.project import Project

MESSAGES = Messages(
    __name__,
    {
        "upgrade": "--upgrade is for the whole project, and does nothing else: say it alone, or with --dry-run.",
        "torn": "name the catalogs that --torn is to take as they are.",
        "nothing": "Nothing to mend.",
        "dry-run": "Nothing was changed: this was a dry run.",
        "defect": "{place}: {problem}: {repair}. [{check}]",
        "left": "left to you",
        "backup": "  The old file is in {path}.",
        "upgraded": "{path}: format {old} → {new}",
        "failed": "transflow.toml stays in its format until every file can be read: mend these, and do it again.",
        "current": "Everything is in format {format}.",
        "done": "{n} files are in format {format} now. Older versions of transflow refuse them: let everybody upgrade.",
    },
)


@click.command()
@names_argument("names", metavar="[SLUG]…", nargs=-1, shell_complete=complete_catalogs)
@click.option("--dry-run", is_flag=True, help="List what would be repaired; change nothing.")
@click.pass_context
@click.option("--torn", is_flag=True, help="Accept the named catalogs although sentences are missing at the end.")
@click.option("--controls", is_flag=True, help="Remove control characters, which control the terminal that shows them.")
@click.option("--upgrade", is_flag=True, help="Upgrade all catalogs, and then transflow.toml, to the present format.")
@format_option
def repair(
    ctx: click.Context, names: tuple[str, ...], dry_run: bool, torn: bool, controls: bool, upgrade: bool, form: str
) -> int:
    """Repair damaged files.

    Other programs, edits by hand and merges without the merge driver can damage a catalog. What
    cannot be repaired is named.

    If an editor runs it, times in the future, from a computer whose clock was wrong, are set back
    to the present.

    The old bytes of every changed file are stored in .transflow/repair/. Exit code 0: nothing is
    left to repair; 1: something is left for people to do; 3: a file cannot be read and was not
    changed.

    \b
    Examples:
      transflow repair --dry-run
      transflow repair
      transflow repair un-letter
      transflow repair un-letter --torn
      transflow repair --controls
      transflow repair --upgrade --dry-run
      transflow repair --dry-run --format json
      transflow --as mina repair un-letter
    """
    if upgrade:
        if names or torn or controls:
            raise UsageError(MESSAGES("upgrade"))
        return _upgrade(find_project(ctx), form, dry_run=dry_run)
    if torn and not names:
        raise UsageError(MESSAGES("torn"))
    allowed = RepairOptions(torn, controls, _is_editor(ctx, records=not dry_run))
    return _repair(find_project(ctx), names, allowed, form, dry_run=dry_run)


def _repair(project: Project, names: Sequence[str], allowed: RepairOptions, form: str, *, dry_run: bool) -> int:
    """Repair catalogs, or all files, and print what was repaired. Return the exit code."""
    code, values = 0, list[dict[str, Any]]()
    places = [project.find_catalog(name) for name in names]
    for repaired in repair_files(project, places, now(), dry_run=dry_run, allowed=allowed):
        values.append(_repaired_values(repaired, project))
        if form == "text":
            _print_repaired(repaired, project)
        code = max(code, 3 if repaired.unreadable else int(bool(repaired.unrepaired)))
    if form == "json":
        write_json({"dry_run": dry_run, "files": values})
    elif not values:
        print_text(MESSAGES("nothing"))
    elif dry_run:
        print_text(MESSAGES("dry-run"))
    return code


def _is_editor(ctx: click.Context, *, records: bool) -> bool:
    """Return whether the user is an editor.

    Anybody may repair, CI too, so an unknown user is not refused.
    """
    try:
        actor = current_actor(ctx, records=records)
    except TransflowError:
        return False
    return actor.user.has_role("editor", actor.now)


def _print_repaired(repaired: RepairResult, project: Project) -> None:
    for defect in repaired.defects:
        line, unit = defect.location.line, defect.location.unit
        place = f"{repaired.path}:{line}" if line else repaired.path
        place += f" {unit}" if unit else ""
        repair = defect.repair or MESSAGES("left")
        print_text(MESSAGES("defect", place=place, problem=defect.message, repair=repair, check=defect.check))
    if repaired.backup:
        print_text(MESSAGES("backup", path=str(repaired.backup.relative_to(project.root))))


def _repaired_values(repaired: RepairResult, project: Project) -> dict[str, Any]:
    """Return a repaired file as plain values."""
    defects = [
        {
            "line": each.location.line,
            "unit": each.location.unit,
            "check": each.check,
            "problem": str(each.message),
            "repair": str(each.repair),
        }
        for each in repaired.defects
    ]
    backup = str(repaired.backup.relative_to(project.root)) if repaired.backup else ""
    return {"path": repaired.path, "unreadable": repaired.unreadable, "backup": backup, "defects": defects}


def _upgrade(project: Project, form: str, *, dry_run: bool) -> int:
    """Upgrade all files and print them. Return the exit code."""
    if form == "json":
        files = list(upgrade_files(project, dry_run=dry_run))
        errors = [str(each.error) if each.error else "" for each in files]
        values = [
            {"path": each.path, "old": each.old, "new": FORMAT, "error": error}
            for each, error in zip(files, errors, strict=True)
        ]
        write_json({"dry_run": dry_run, "files": values})
        return 3 if any(errors) else 0
    done = failed = 0
    for file in upgrade_files(project, dry_run=dry_run):
        done, failed = done + (not file.error), failed + bool(file.error)
        print_text(file.error.message if file.error else MESSAGES("upgraded", path=file.path, old=file.old, new=FORMAT))
    if failed:
        print_text(MESSAGES("failed"))
    elif not done:
        print_text(MESSAGES("current", format=FORMAT))
    elif dry_run:
        print_text(MESSAGES("dry-run"))
    else:
        print_text(MESSAGES("done", n=done, format=FORMAT))
    return 3 if failed else 0
