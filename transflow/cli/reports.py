"""`transflow add`, `update`, `assign`, `queue`."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.cli import streams
from transflow.cli.session import (
    acting,
    complete_people,
    complete_reports,
    input_bytes,
    local_time,
    many,
    names,
    unsigned,
)
from transflow.cli.streams import json_out
from transflow.errors import UnreadableError, UsageError


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--slug", default="", help="The report's name: small letters, digits, hyphens.")
@click.option("--title", default="", help="The headline, where the file has none.")
@click.option("--byline", default="", help="The reporter, where the file names none.")
@click.option("--date", default="", help="ISO date or time, where the file has none.")
@click.option(
    "--plain/--markdown", "plain", default=None, help="How to read the text. Default: by its name and its first line."
)
@click.option("--anew", is_flag=True, help="Begin anew where git has a report of this name that is not here.")
@unsigned
def add(
    actor: Actor,
    files: tuple[str, ...],
    slug: str,
    title: str,
    byline: str,
    date: str,
    plain: bool | None,
    anew: bool,
) -> None:
    """Add reports: Markdown with front matter, or plain text (a line is a paragraph, the first is the headline).

    "-" reads standard input. In a terminal, what is missing is asked for. Nothing is ever overwritten.

    \b
    Examples:
      transflow add un-letter.md
      transflow add report.txt --slug un-letter --byline 이정은 --date 2024-03-26
      pbpaste | transflow add - --slug un-letter
      transflow add un-letter.md --anew         although the last commit still has one
    """
    from transflow.actions.reports import intake
    from transflow.cli import asking
    from transflow.project.places import report_path
    from transflow.report import when

    if slug and len(files) > 1:
        raise UsageError("--slug names one report: add the files one by one.")
    if date and when(date, actor.project.settings.timezone) is None:
        raise UsageError(f"--date: “{date}” is no date; write 2024-03-26 or 2024-03-26T09:00:00+09:00.")
    for path in files:
        new = intake.with_fields(intake.incoming(input_bytes(path), path, plain=plain), title=title)
        new = asking.completed(intake.with_fields(intake.headed(new), byline=byline, date=date), path)
        made = asking.slug(actor, new, slug, path)
        added = intake.add(actor, new, made, anew=anew)
        click.echo(f"{report_path(made)}: “{new.front.title}”")
        for issue in new.issues:
            click.echo(f"{path}:{issue.line}: {issue.message}", err=True)
        for issue in added.issues:
            click.echo(f"{report_path(made)}:{issue.line}: {issue.message}", err=True)
        for locale, change in added.changes.items():
            click.echo(f"{locale}:{made}: {many(len(change.added), 'sentence')} to translate.")


@click.command()
@click.argument("slug", metavar="[REPORT]", default="", shell_complete=complete_reports)
@click.argument("file", metavar="[FILE]", default="")
@click.option("--dry-run", is_flag=True, help="Show what would be touched, and change nothing.")
@click.option("--locale", default="", help="One language only.")
@click.option("--anew", is_flag=True, help="Begin a catalog anew, empty, that git has and that is not here.")
@unsigned
def update(actor: Actor, slug: str, file: str, dry_run: bool, locale: str, anew: bool) -> int:
    """Bring catalogs up to their reports; with FILE, take that as the report's new version.

    \b
    Examples:
      transflow update                          every report whose file changed
      transflow update un-letter                one
      transflow update un-letter corrected.md   a new version, and what it touches
      transflow update un-letter corrected.md --dry-run
      pbpaste | transflow update un-letter -
      transflow update un-letter --anew         its catalog was deleted, and nobody's texts are wanted any more
    """
    from transflow.actions.reports import intake
    from transflow.cli.changes import show
    from transflow.project.beside_git import AnewError

    if file:
        for updated in intake.new_version(actor, slug, input_bytes(file), file, dry_run=dry_run, anew=anew):
            show(updated, actor)
        _said_if_dry(dry_run)
        return 0
    slugs = [slug] if slug else actor.project.report_slugs()
    locales = (actor.project.locale(locale),) if locale else actor.project.settings.locales
    pairs = [(each, language) for each in slugs for language in locales]
    current = code = 0
    with streams.progress(pairs, label="Updating", hidden=len(pairs) < 20) as bar:
        for each, language in bar:
            if intake.is_current(actor.project, each, language):
                current += 1
                continue
            try:
                show(intake.update(actor, each, language, dry_run=dry_run, anew=anew), actor)
            except (UnreadableError, AnewError) as error:  # the others are brought up all the same
                click.echo(f"transflow: {error}", err=True)
                code = max(code, error.exit_code)
    click.echo(f"{current} of {len(pairs)} were up to date.")
    _said_if_dry(dry_run)
    return code


def _said_if_dry(dry_run: bool) -> None:
    if dry_run:
        click.echo("Nothing was written (--dry-run).", err=True)


@click.command()
@click.argument("report", shell_complete=complete_reports)
@click.option(
    "--to", "people", required=True, metavar="ID,ID", help="In the order of the text.", shell_complete=complete_people
)
@click.option("--units", default="", metavar="1-9,14", help="These sentences only.")
@click.option("--due", default="", metavar="WHEN", help="“2024-03-26 18:00”, “tomorrow 09:00”, “+3h”.")
@acting
def assign(actor: Actor, report: str, people: str, units: str, due: str) -> None:
    """Share the sentences of a report out, in runs of about the same length.

    \b
    Examples:
      transflow assign un-letter --to claire,leejin
      transflow assign un-letter --to claire --units 1-9 --due "tomorrow 09:00"
    """
    from transflow.actions.reports.intake import assign
    from transflow.attribution.assignment import spelled

    shared = assign(actor, report, names(people), units, due)
    catalog = actor.project.load(actor.project.place(report.partition("#")[0]))
    order = {unit.id: i for i, unit in enumerate(catalog.units, 1)}
    for who, ids in shared.items():
        characters = sum(len(unit.source) for unit in catalog.units if unit.id in ids)
        click.echo(
            f"{who}: {spelled(order[each] for each in ids) or 'nothing'} "
            f"({many(len(ids), 'sentence')}, {many(characters, 'character')})"
        )


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@acting
def queue(actor: Actor, form: str) -> int:
    """What waits for me: overdue first.

    \b
    Examples:
      transflow queue
      transflow queue --as leejin
      transflow queue --format json
    """
    from transflow.actions.reports.queue import WHAT
    from transflow.actions.reports.queue import queue as waiting
    from transflow.attribution.assignment import spelled

    broken: list[UnreadableError] = []
    found = waiting(actor, broken.append)
    for error in broken:
        click.echo(f"transflow: {error}", err=True)
    code = UnreadableError.exit_code if broken else 0
    if form == "json":
        values = [
            {"ref": f"{each.place}#{spelled(each.numbers)}" if each.numbers else str(each.place), "what": each.what}
            | ({"due": each.due, "overdue": each.overdue} if each.due else {})
            for each in found
        ]
        json_out(values)
        return code
    for each in found:
        ref = f"{each.place.slug}#{spelled(each.numbers)}" if each.numbers else each.place.slug
        count = (
            f"{len(each.numbers)} to {WHAT[each.what]}" if each.what != "returned" else f"{len(each.numbers)} sent back"
        )
        due = f"  due {local_time(each.due, actor.project.settings.timezone)}" if each.due else ""
        late = "  OVERDUE" if each.overdue else ""
        click.echo(f"{each.place.locale}  {ref}  {count if each.numbers else 'to ' + WHAT[each.what]}{due}{late}")
    if not found:
        click.echo(f"Nothing waits for {actor.who}.", err=True)
    return code
