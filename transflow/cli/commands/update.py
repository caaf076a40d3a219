"""The `transflow update` command: what a changed report touches is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.refs import unit_ref
from transflow.actions.reports import intake
from transflow.actions.reports.current import CurrentCatalogs
from transflow.actions.reports.intake import Updated
from transflow.cli import streams
from transflow.cli.notices import notify, print_error, print_text
from transflow.cli.options import complete_report_slugs, format_option, names_locale_option, pass_anonymous_actor
from transflow.cli.reading import Sources, print_issues, reader_option
from transflow.cli.streams import write_json
from transflow.errors import UnreadableError, UsageError
from transflow.messages import NOTHING, CommandRef, Joined, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters import i18n
from transflow.project.beside_git import TrackedFileMissingError
from transflow.project.places import report_path

MESSAGES = Messages(
    __name__,
    {
        "no-file": "--reader reads a new version: name its FILE.",
        "dry-run": "Nothing was written (--dry-run).",
        "updating": "Updating",
        "current": "{current} of {n} were up to date.",
        "new": "{n} new",
        "changed": "{n} changed",
        "moved": "{n} moved",
        "removed": "{n} removed",
        "back again": "{n} back again",
        "as before": "{n} as before",
        "none-changed": "no sentence changed",
        "summary": "{place}: {changes}, {n} unchanged",
        "sentence/changed": "  {ref} changed{credit}",
        "sentence/tag": "  {ref}: only the tag of the headline changed; its translation stays",
        "sentence/new": "  {ref} new",
        "sentence/removed": "  {ref} removed{credit}",
        "redacted": "    Something was redacted here: look whether the new wording brings it back.",
        "waits": "  What is new waits for nobody yet: {command}.",
        "translated": " (translated)",
        "translated/by": " (translated by {names})",
        "translated/approved": " (translated, approved by {who})",
        "translated/by-approved": " (translated by {names}, approved by {who})",
        "touches": "  touches {ref}",
        "touches/cut": "  touches {ref} (cut)",
        "still-right": "  Still right? {command} keeps a translation under a changed sentence.",
    },
)


@click.command()
@click.argument("slug", metavar="[REPORT]", default="", shell_complete=complete_report_slugs)
@click.argument("file", metavar="[FILE]", default="")
@reader_option
@click.option("--dry-run", is_flag=True, help="Show what would be affected; change nothing.")
@names_locale_option
@click.option("--anew", is_flag=True, help="Create a new, empty catalog although git has one that is missing here.")
@format_option
@pass_anonymous_actor
def update(actor: Actor, slug: str, file: str, reader: str, dry_run: bool, anew: bool, form: str) -> int:
    """Update catalogs from changed reports.

    With FILE, this file, or the page at this address, becomes the new version of the report.

    \b
    Examples:
      transflow update                          every report whose file changed
      transflow update un-letter                one
      transflow update un-letter corrected.md   a new version, and what it touches
      transflow update un-letter corrected.md --dry-run
      transflow update un-letter corrected.md --dry-run --format json
      pbpaste | transflow update un-letter -
      transflow update un-letter --anew         its catalog was deleted: begin an empty one
    """
    if reader and not file:
        raise UsageError(MESSAGES("no-file"))
    printer = _Printer(actor, form)
    if file:
        new = intake.new_version(actor, slug, Sources().read(file), file, reader, dry_run=dry_run, anew=anew)
        print_issues(file, new.issues)
        for updated in new.updates:
            printer.add(updated)
        code = 0
    else:
        language, _, slug = slug.rpartition(":")
        slugs = [slug] if slug else actor.project.report_slugs()
        locales = (actor.project.locale(language),) if language else actor.project.listed_locales
        pairs = [(each, language) for each in slugs for language in locales]
        code = _update_all(printer, pairs, dry_run, anew)
    printer.finish(dry_run=dry_run)
    if dry_run:
        notify(MESSAGES("dry-run"))
    return code


class _Printer:
    """Output of updates: as they are made, or all at the end as JSON."""

    def __init__(self, actor: Actor, form: str) -> None:
        self.actor, self.as_json = actor, form == "json"
        self._values: list[dict[str, Any]] = []

    def add(self, updated: Updated) -> None:
        print_issues(report_path(updated.place.slug), updated.issues)
        if self.as_json:
            self._values.append(_values(updated, self.actor))
        else:
            _print_update(updated, self.actor)

    def say(self, text: Message) -> None:
        """Print a line for people."""
        if not self.as_json:
            print_text(text)

    def finish(self, *, dry_run: bool) -> None:
        if self.as_json:
            write_json({"dry_run": dry_run, "updates": self._values})


def _values(updated: Updated, actor: Actor) -> dict[str, Any]:
    """Return an update as plain values."""
    changes, before = updated.changes, {unit.id: unit for unit in updated.before.units}
    after = {unit.id: unit for unit in updated.after.units}

    def described(unit_ids: Iterable[str], units: dict[str, Unit]) -> list[dict[str, str]]:
        catalog = updated.after if units is after else updated.before
        return [
            {
                "ref": unit_ref(actor.project, catalog, updated.place, each),
                "source": told(each, units[each].source),
                "target": told(each, units[each].target),
            }
            for each in unit_ids
        ]

    def told(unit_id: str, text: str) -> str:
        return "" if _is_limited(unit_id, updated) else text

    changed = described([each.id for each in changes.changed], after)
    return {
        "place": str(updated.place),
        "new": described(changes.added, after),
        "changed": [
            values | {"old": told(each.id, each.old)} for values, each in zip(changed, changes.changed, strict=True)
        ],
        "moved": described(changes.moved, after),
        "removed": described(changes.removed, before),
        "revived": described(changes.revived, after),
        "restored": described(changes.restored, after),
        "unchanged": changes.unchanged,
        "paragraphs": [ref for ref, _ in _paragraphs(updated, actor)],
    }


def _update_all(printer: _Printer, pairs: list[tuple[str, str]], dry_run: bool, anew: bool) -> int:
    """Update catalogs, given as (slug, locale). Return the exit code."""
    actor = printer.actor
    current = code = 0
    catalogs = CurrentCatalogs(actor.project, len(pairs))
    with streams.progress_bar(pairs, label=i18n.say(MESSAGES("updating")), hidden=len(pairs) < 20) as bar:
        for slug, locale in bar:
            try:
                if catalogs.has(slug, locale):
                    current += 1
                    continue
                printer.add(intake.update(actor, slug, locale, dry_run=dry_run, anew=anew))
            except (UnreadableError, TrackedFileMissingError) as error:  # the other catalogs are updated all the same
                print_error(error.message)
                code = max(code, error.exit_code)
    catalogs.save()
    printer.say(MESSAGES("current", current=current, n=len(pairs)))
    return code


def _print_update(updated: Updated, actor: Actor) -> None:
    changes = updated.changes
    counts = {
        "new": len(changes.added),
        "changed": len(changes.changed),
        "moved": len(changes.moved),
        "removed": len(changes.removed),
        "back again": len(changes.revived),
        "as before": len(changes.restored),
    }
    listed = tuple(MESSAGES(label, n=count) for label, count in counts.items() if count)
    summary = Joined(listed) if listed else MESSAGES("none-changed")
    print_text(MESSAGES("summary", place=str(updated.place), changes=summary, n=changes.unchanged))
    if updated.before.units:
        _print_sentences(updated, actor)
        _print_paragraphs(updated, actor)


def _print_sentences(updated: Updated, actor: Actor) -> None:
    """Print the sentences that changed, are new or were removed, with their translations."""
    before, place = {unit.id: unit for unit in updated.before.units}, updated.place
    for changed in updated.changes.changed:
        old = before.get(changed.id)
        ref = unit_ref(actor.project, updated.after, place, changed.id)
        print_text(
            MESSAGES("sentence/tag" if changed.is_tag else "sentence/changed", ref=ref, credit=_credit(old, actor))
        )
        if not _is_limited(changed.id, updated):
            click.echo(f"    - {changed.old}\n    + {changed.new}{'' if changed.is_tag else _translation(old)}")
        if old and old.redacted:
            print_text(MESSAGES("redacted"))
    for unit_id in updated.changes.added:
        print_text(MESSAGES("sentence/new", ref=unit_ref(actor.project, updated.after, place, unit_id)))
        if not _is_limited(unit_id, updated):
            click.echo(f"    + {_source(updated.after, unit_id)}")
    if updated.changes.added:
        print_text(MESSAGES("waits", command=CommandRef(f"assign {actor.project.ref(place, '…')} --to ID")))
    for unit_id in updated.changes.removed:
        old = before.get(unit_id)
        ref = unit_ref(actor.project, updated.before, place, unit_id)
        print_text(MESSAGES("sentence/removed", ref=ref, credit=_credit(old, actor)))
        if not _is_limited(unit_id, updated):
            click.echo(f"    - {_source(updated.before, unit_id)}{_translation(old)}")


def _is_limited(unit_id: str, updated: Updated) -> bool:
    """Return whether the texts of a sentence are not told: it is off the record or on hold."""
    return any(unit.is_unprintable for each in (updated.before, updated.after) if (unit := each.find(unit_id)))


def _source(catalog: Catalog, unit_id: str) -> str:
    unit = catalog.find(unit_id)
    return unit.source if unit else ""


def _translation(unit: Unit | None) -> str:
    """Return the translation of a unit as a line of its own, or nothing."""
    return f"\n    = {' '.join(unit.target.split())}" if unit and unit.target else ""


def _credit(unit: Unit | None, actor: Actor) -> Message:
    """Return who translated and approved a unit, or nothing where it has no translation."""
    if unit is None or not unit.target:
        return NOTHING
    people = [actor.project.settings.person(each.who) for each in unit.by if each.words]
    names = [person.name or person.id for person in people if person]
    kind = "/".join(filter(None, ("translated", "-".join(["by"] * bool(names) + ["approved"] * bool(unit.approved)))))
    return MESSAGES(kind, names=", ".join(names), who=unit.approved.who if unit.approved else "")


def _print_paragraphs(updated: Updated, actor: Actor) -> None:
    """Print the paragraphs of stories that are made of changed and removed sentences."""
    for ref, unit in _paragraphs(updated, actor):
        print_text(MESSAGES("touches/cut" if unit and unit.cut else "touches", ref=ref))
    if any(not each.is_tag for each in updated.changes.changed):
        print_text(MESSAGES("still-right", command=CommandRef(f"unit confirm {actor.project.ref(updated.place, '…')}")))


def _paragraphs(updated: Updated, actor: Actor) -> Iterator[tuple[str, Unit | None]]:
    """Yield the affected paragraphs with their references."""
    for touched in updated.paragraphs:
        article = actor.project.load(touched.place)
        yield unit_ref(actor.project, article, touched.place, touched.unit), article.find(touched.unit)
