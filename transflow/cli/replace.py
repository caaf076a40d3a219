"""`transflow replace`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from transflow.actions import Actor
from transflow.cli.session import acting, complete_locales, many

if TYPE_CHECKING:
    from transflow.actions.language.replace import ReplacedText, Replacement


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--locale", "locales", multiple=True, metavar="L", help="Only in this language.", shell_complete=complete_locales
)
@click.option("--yes", is_flag=True, help="Change it without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@acting
def replace(actor: Actor, old: str, new: str, locales: tuple[str, ...], yes: bool, dry_run: bool) -> int:
    """Change a spelling in every translation and story: whole words, capitals as typed.

    Shows every place first, and asks. The words stay their authors'. What was approved is approved anew by you, if you are an editor and it
    is not mostly your own; else its approval goes, as it does where the new spelling is an error. Stories that were cleared are to be
    cleared again. Published pages are not touched: `transflow status` names those that differ then.

    \b
    Examples:
      transflow replace "Kim Jong-un" "Kim Jong Un"
      transflow replace "Kim Jong-un" "Kim Jong Un" --dry-run
      transflow replace defector refugee --locale en --yes
    """
    from transflow.actions.language import replace as replacing

    for locale in locales:
        actor.project.locale(locale)
    replacement = replacing.Replacement(old, new)
    places = replacing.matching(actor.project.all_places(), locales)
    found = replacing.preview(actor, replacement, places)
    for change in found:
        _show(change, replacement)
    if not found:
        click.echo(f"“{old}” stands nowhere.", err=True)
        return 0
    _tell_glossary(actor, old)
    if dry_run:
        return 0
    if not yes and not (sys.stdin.isatty() and click.confirm(f"Change {many(len(found), 'sentence')}?", err=True)):
        click.echo("Nothing was changed. (--yes changes it without asking.)", err=True)
        return 0 if sys.stdin.isatty() else 1
    done = replacing.replace(actor, replacement, places)
    changed = [change for change in done if not change.why_not]
    renewed, lost = (sum(change.approval == word for change in changed) for word in ("renewed", "lost"))
    click.echo(
        f"{many(len(changed), 'sentence')} changed, {many(renewed, 'approval')} renewed, {many(lost, 'approval')} lost"
        + (f", {many(len(done) - len(changed), 'sentence')} left as they were." if len(done) > len(changed) else ".")
    )
    return int(len(done) > len(changed))


def _show(change: ReplacedText, replacement: Replacement) -> None:
    """Where the spelling stands, with what is around it; of embargoed and confidential text the reference alone."""
    notes = {"renewed": "approved anew", "lost": "its approval goes", "": ""}
    note = f"stays: {change.why_not}" if change.why_not else notes[change.approval]
    if change.quiet:
        click.echo(change.where + (f"  ({note})" if note else ""))
        return
    for old, new in replacement.places(change.old):
        click.echo(f"{change.where}: {old}")
        click.echo(f"  -> {new}" + (f"  ({note})" if note else ""))


def _tell_glossary(actor: Actor, old: str) -> None:
    """Says where the glossary still demands the old spelling."""
    from transflow.actions.checks.check_context import CheckContexts

    for locale in actor.project.settings.locales:
        for term in CheckContexts(actor.project, locale).terms.terms:
            if old in term.right:
                click.echo(f"The glossary of {locale} spells {term.source} “{old}”: change it there too.", err=True)
