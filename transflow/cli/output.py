"""`transflow credits`, `transflow render`."""

from __future__ import annotations

import click

from transflow.cli import streams
from transflow.cli.session import complete_articles, many, names, now, project

FORMATS = "html,md,txt,json,fragment"


@click.command()
@click.argument("name", metavar="STORY", shell_complete=complete_articles)
@click.option("--explain", is_flag=True, help="List the paragraphs behind every name.")
@click.pass_context
def credits(ctx: click.Context, name: str, explain: bool) -> None:
    """The credit line of a story as it would print now.

    \b
    Examples:
      transflow credits un-story
      transflow credits un-story --explain
    """
    from transflow.actions.stories import render as output
    from transflow.attribution.assignment import spelled

    found = project(ctx)
    click.echo(output.credit_line(found, name))
    if explain:
        for each in output.explain(found, name):
            did = f", {each.role}: {many(each.words, 'word')} in {name}#{spelled(each.paragraphs)}" if each.role else ""
            why_not = f"  (not printed: {each.why_not})" if each.why_not else ""
            click.echo(f"  {each.name}{did}{why_not}")


@click.command()
@click.argument("stories", metavar="[STORY]…", nargs=-1, shell_complete=complete_articles)
@click.option("--to", "formats", default=FORMATS, show_default=True, metavar="F,F", help="The formats.")
@click.option("--draft", is_flag=True, help="Also what is not cleared; the output is stamped as a draft.")
@click.pass_context
def render(ctx: click.Context, stories: tuple[str, ...], formats: str, draft: bool) -> int:
    """Write stories to build/<language>/. Without STORY: every story that is cleared; what is not is named and
    passed over.

    \b
    Examples:
      transflow render un-story
      transflow render un-story --to html,txt
      transflow render un-story --draft
    """
    from transflow import renderers
    from transflow.actions.stories import render as output
    from transflow.errors import RefusedError, UnreadableError, UsageError

    found = project(ctx)
    wanted = tuple(dict.fromkeys(names(formats)))
    if not wanted:
        raise UsageError(f"say at least one format: --to {FORMATS}.")
    for each in wanted:
        renderers.load(each)
    code = printed = 0
    places = output.stories(found, stories)
    with streams.progress(places, label="Rendering", hidden=len(places) < 20) as bar:
        for place in bar:
            try:
                written = output.render(found, place, wanted, now(), as_draft=draft)
            except (RefusedError, UnreadableError) as error:
                if stories:
                    raise
                click.echo(f"transflow: {error}", err=True)
                code = max(code, error.exit_code if error.exit_code != RefusedError.exit_code else 0)
                continue
            for path in written:
                click.echo(path.relative_to(found.root).as_posix())
            printed += len(written)
    if not printed:
        click.echo("Nothing was printed: no story is cleared. (--draft prints the others.)", err=True)
    return code
