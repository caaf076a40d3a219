"""The `transflow init` command."""

from __future__ import annotations

from pathlib import Path

import click

from transflow.actions.project.git_merge import is_shared, set_up
from transflow.actions.project.people import init as create_project
from transflow.cli.notices import print_text
from transflow.cli.options import comma_separated
from transflow.cli.session import now
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "report": "  transflow unit show {report}",
        "made": "{folder} is a project now.",
        "next": "Next:",
        "share": "  git init; transflow git setup    to share it, merged sentence by sentence",
    },
)


@click.command()
@click.argument("folder", metavar="DIR", default=".")
@click.option("--name", default="", help="The newsroom's name, as printed. Default: the folder's.")
@click.option("--timezone", default="Asia/Seoul", show_default=True, help="The time zone of dates that name none.")
@click.option("--locales", default="en", show_default=True, metavar="L,L", help="The languages to translate into.")
@click.option("--source", default="ko", show_default=True, help="The language of the reports.")
@click.option("--sample/--no-sample", default=True, help="Whether to add a sample report.", show_default=True)
def init(folder: str, name: str, timezone: str, locales: str, source: str, sample: bool) -> None:
    """Create a project, with a sample report.

    \b
    Examples:
      transflow init newsroom
      transflow init . --name "Radio Free Asia" --locales en,vi
    """
    root = Path(folder).resolve()
    project = create_project(
        root,
        name=name or root.name,
        timezone=timezone,
        locales=comma_separated(locales),
        source=source,
        sample=sample,
        now=now(),
    )
    print_text(MESSAGES("made", folder=str(project.root)))
    for line in set_up(project) if is_shared(project) else ():
        print_text(line)
    print_text(MESSAGES("next"))
    if folder != ".":
        click.echo(f"  cd {folder}")
    if not is_shared(project):
        print_text(MESSAGES("share"))
    click.echo('  transflow person add claire --name "Claire Lee" --role translator --email claire@example.org')
    if project.report_slugs():
        print_text(MESSAGES("report", report=project.report_slugs()[0]))
    click.echo("  transflow add REPORT.md")
