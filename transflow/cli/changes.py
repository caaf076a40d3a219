"""How an update is shown: which sentences, translations, paragraphs and people a change touches."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.refs import numbered
from transflow.actions.reports.intake import Updated
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit


def show(updated: Updated, actor: Actor) -> None:
    """Prints one update."""
    for issue in updated.issues:
        click.echo(f"sources/{updated.place.slug}.md:{issue.line}: {issue.message}", err=True)
    changes = updated.changes
    counts = {
        "new": len(changes.added),
        "changed": len(changes.changed),
        "moved": len(changes.moved),
        "removed": len(changes.removed),
        "back again": len(changes.revived),
        "as before": len(changes.restored),
    }
    listed = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    click.echo(f"{updated.place}: {listed or 'no sentence changed'}, {changes.unchanged} unchanged")
    if not updated.before.units:
        return
    before = {unit.id: unit for unit in updated.before.units}
    for changed in changes.changed:
        click.echo(
            f"  {numbered(updated.after, updated.place, changed.id)} changed{_touches(before.get(changed.id), actor)}"
        )
        click.echo(f"    - {changed.old}\n    + {changed.new}{_text(before.get(changed.id))}")
        if (known := before.get(changed.id)) and known.redacted:
            click.echo("    Something was redacted here: look whether the new wording brings it back.")
    for unit_id in changes.added:
        click.echo(f"  {numbered(updated.after, updated.place, unit_id)} new\n    + {_source(updated.after, unit_id)}")
    if changes.added:
        click.echo(f"  What is new waits for nobody yet: `transflow assign {updated.place.slug}#… --to ID`.")
    for unit_id in changes.removed:
        click.echo(
            f"  {numbered(updated.before, updated.place, unit_id)} removed{_touches(before.get(unit_id), actor)}"
        )
        click.echo(f"    - {_source(updated.before, unit_id)}{_text(before.get(unit_id))}")
    _paragraphs(updated, actor)


def _source(catalog: Catalog, unit_id: str) -> str:
    unit = catalog.find(unit_id)
    return unit.source if unit else ""


def _text(unit: Unit | None) -> str:
    """The translation that a change touches, on a line of its own."""
    return f"\n    = {' '.join(unit.target.split())}" if unit and unit.target else ""


def _touches(unit: Unit | None, actor: Actor) -> str:
    """Whose translation a change touches."""
    if unit is None or not unit.target:
        return ""
    people = [actor.project.settings.person(each.who) for each in unit.by if each.words]
    names = [person.name or person.id for person in people if person]
    approved = f", approved by {unit.approved.who}" if unit.approved else ""
    return f" (translated{' by ' + ', '.join(names) if names else ''}{approved})"


def _paragraphs(updated: Updated, actor: Actor) -> None:
    for touched in updated.paragraphs:
        article = actor.project.load(touched.place)
        unit = article.find(touched.unit)
        cut = " (cut)" if unit and unit.cut else ""
        click.echo(f"  touches {touched.place.locale}:{numbered(article, touched.place, touched.unit)}{cut}")
    if any(updated.changes.changed):
        click.echo(
            f"  Still right? `transflow unit confirm {updated.place.slug}#…` keeps a translation under a changed sentence."
        )
