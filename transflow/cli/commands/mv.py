"""The `transflow mv` command."""

from __future__ import annotations

from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.privacy.mv import MoveResult, move
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import complete_catalogs, format_option, names_argument
from transflow.cli.streams import write_json
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "reference/planned": "{path} would refer to {name}",
        "reference": "{path} refers to {name} now",
        "nothing": "Nothing was left to do.",
        "busy": "An open terminal UI has drafts of it: close that, and do it again.\n  {path}",
        "pages": "Published pages stay where they are:",
        "ninjs": "A system that takes ninjs files will take the story for a new one: replace the old item there.",
    },
)


@click.command()
@names_argument("name", metavar="REPORT|STORY", shell_complete=complete_catalogs)
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="List what would be renamed; change nothing.")
@format_option
@pass_actor
def mv(actor: Actor, name: str, new: str, dry_run: bool, form: str) -> None:
    """Rename a report or a story.

    Everything that refers to it is renamed too, in every language.

    To complete an interrupted rename, or to rename references that a branch adds later, run it
    again. git sees plain renames: commit them with `git add -A`.

    \b
    Examples:
      transflow mv un-letter 2024/un-letter
      transflow mv un-letter 2024/un-letter --dry-run
      transflow mv en:un-story un-china-refugees      the story in one language only
    """
    moved = move(actor, name, new, dry_run=dry_run)
    if form == "json":
        write_json({"dry_run": dry_run, **_values(moved)})
    else:
        _print_moved(moved, new, dry_run=dry_run)
    for path in moved.busy:
        notify(MESSAGES("busy", path=str(path)))
    if moved.pages:
        notify(MESSAGES("pages"))
        for address in moved.pages:
            click.echo(f"  {address}", err=True)
        notify(MESSAGES("ninjs"))


def _values(moved: MoveResult) -> dict[str, Any]:
    return {
        "files": [{"old": old_path, "new": new_path} for old_path, new_path in moved.files],
        "references": list(moved.references),
        "pages": list(moved.pages),
        "busy": list(map(str, moved.busy)),
    }


def _print_moved(moved: MoveResult, new: str, *, dry_run: bool) -> None:
    for old_path, new_path in moved.files:
        click.echo(f"{old_path} -> {new_path}")
    for path in moved.references:
        print_text(MESSAGES("reference/planned" if dry_run else "reference", path=path, name=new))
    if not moved.files and not moved.references:
        notify(MESSAGES("nothing"))
