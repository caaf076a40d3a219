"""The `transflow render` command."""

from __future__ import annotations

import click

from transflow import renderers
from transflow.actions.stories import render as rendering
from transflow.cli import streams
from transflow.cli.notices import notify, print_error
from transflow.cli.options import comma_separated, complete_articles, complete_from, names_argument
from transflow.cli.session import find_project, now
from transflow.errors import RefusedError, UnreadableError, UsageError
from transflow.messages import Messages
from transflow.presenters import i18n

MESSAGES = Messages(
    __name__,
    {
        "no-format": "say at least one format: --to {formats}.",
        "rendering": "Rendering",
        "nothing": "Nothing was printed: no story is cleared. (--draft prints the others.)",
    },
)

FORMATS = ",".join(renderers.names())


@click.command()
@names_argument("stories", metavar="[STORY]…", nargs=-1, shell_complete=complete_articles)
@click.option(
    "--to",
    "formats",
    default=FORMATS,
    show_default=True,
    metavar="F,F",
    help="The formats.",
    shell_complete=complete_from(renderers.names),
)
@click.option("--draft", is_flag=True, help="Render stories that are not cleared too, stamped as drafts.")
@click.pass_context
def render(ctx: click.Context, stories: tuple[str, ...], formats: str, draft: bool) -> int:
    """Write stories to build/<language>/.

    Without STORY: every story that is cleared; the others are named and skipped.

    \b
    Examples:
      transflow render un-story
      transflow render un-story --to html,txt
      transflow render un-story --draft
    """
    project = find_project(ctx)
    chosen = tuple(dict.fromkeys(comma_separated(formats)))
    if not chosen:
        raise UsageError(MESSAGES("no-format", formats=FORMATS))
    for name in chosen:
        renderers.load(name)
    code = printed = 0
    places = rendering.stories(project, stories)
    with streams.progress_bar(places, label=i18n.say(MESSAGES("rendering")), hidden=len(places) < 20) as bar:
        for place in bar:
            try:
                written = rendering.render(project, place, chosen, now(), as_draft=draft)
            except (RefusedError, UnreadableError) as error:
                if stories:
                    raise
                print_error(error.message)
                code = max(code, error.exit_code if error.exit_code != RefusedError.exit_code else 0)
                continue
            for path in written:
                click.echo(path.relative_to(project.root).as_posix())
            printed += len(written)
    if not printed:
        notify(MESSAGES("nothing"))
    return code
