"""The `transflow init` command."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
from click.core import ParameterSource

from transflow.actions.project.git_merge import is_shared
from transflow.actions.project.languages import check_language
from transflow.actions.project.people import init as create_project
from transflow.cli.first_run import ask_and_open, set_up_git
from transflow.cli.notices import print_text
from transflow.cli.options import comma_separated
from transflow.cli.session import now
from transflow.cli.streams import is_interactive
from transflow.messages import Messages
from transflow.project import Project

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
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults.")
@click.pass_context
def init(
    ctx: click.Context, folder: str, name: str, timezone: str, locales: str, source: str, sample: bool, yes: bool
) -> int:
    """Create a project, with a sample report.

    In a terminal, and without options, it asks who you are, for the languages, and whether to begin
    with the sample; then it opens the project.

    \b
    Examples:
      transflow init newsroom
      transflow init newsroom --yes
      transflow init . --name "Radio Free Asia" --locales en,vi
    """
    root = Path(folder).resolve()
    for code in (source, *comma_separated(locales)):
        check_language(code)
    is_asked = not yes and is_interactive() and not _has_options(ctx)
    if is_asked:
        return ask_and_open(ctx, root, timezone, locales, source)
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
    set_up_git(project)
    _print_next(project, folder)
    return 0


def _has_options(ctx: click.Context) -> bool:
    given = {name for name in ctx.params if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    return bool(given - {"folder"})


def _print_next(project: Project, folder: str) -> None:
    print_text(MESSAGES("next"))
    if folder != ".":
        click.echo(f"  cd {shlex.quote(folder)}")
    if not is_shared(project):
        print_text(MESSAGES("share"))
    click.echo('  transflow person add claire --name "Claire Lee" --role translator --email claire@example.org')
    if project.report_slugs():
        print_text(MESSAGES("report", report=project.report_slugs()[0]))
    click.echo("  transflow add REPORT.md")
