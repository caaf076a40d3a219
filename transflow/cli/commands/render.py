"""The `transflow render` command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from transflow import renderers
from transflow.actions.checks.sentences_behind import sentences_with_errors
from transflow.actions.stories import render as rendering
from transflow.cli import streams
from transflow.cli.notices import notify, print_error
from transflow.cli.options import RenamedOption, comma_separated, complete_articles, complete_from, names_argument
from transflow.cli.session import find_project, now
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.json_text import decode_json, encode_json
from transflow.messages import CommandRef, Messages
from transflow.presenters import i18n
from transflow.project import CatalogRef, Project
from transflow.project.files import write_named

MESSAGES = Messages(
    __name__,
    {
        "no-format": "say at least one format: --format {formats}.",
        "one-story": "--output and --field are for one story: name it.",
        "one-format": "--output is for one format: say --format {formats}.",
        "field-format": "--field prints a field of the format fragment: leave --format out.",
        "rendering": "Rendering",
        "errors-behind": (
            "{story}: {refs} behind it has an error now, which it prints; {command} explains it.",
            "{story}: {refs} behind it have errors now, which it prints; {command} explains them.",
        ),
        "nothing": "Nothing was printed: no story is cleared. (--draft prints the others.)",
    },
)

FORMATS = ",".join(renderers.usual())
FIELDS = "fragment"
"""Format whose fields --field prints."""


@click.command()
@names_argument("stories", metavar="[STORY]…", nargs=-1, shell_complete=complete_articles)
@click.option(
    "--format",
    "formats",
    cls=RenamedOption,
    old=("--to",),
    default=None,
    metavar="F,F",
    help=f"The formats. Default: all ({FORMATS}).",
    shell_complete=complete_from(renderers.names),
)
@click.option(
    "-o",
    "--output",
    default="",
    metavar="FILE|-",
    help="Write one story in one format to this file, or to standard output. Default: build/.",
)
@click.option("--field", default="", metavar="NAME", help="Print one field of a story, such as body or headline.")
@click.option("--draft", is_flag=True, help="Render stories that are not cleared too, stamped as drafts.")
@click.pass_context
def render(
    ctx: click.Context, stories: tuple[str, ...], formats: str | None, output: str, field: str, draft: bool
) -> int:
    """Write stories to build/<language>/.

    Without STORY: every story that is cleared; the others are named and skipped.

    Sentences behind a story that have errors now are named on stderr, if the story prints them.

    In the format json (ninjs), a story that was killed, or withdrawn from all pages, is a canceled
    item without text.

    The fields of --field are those of the format fragment: body is the story as HTML without the
    frame of a page, for the form of a CMS.

    \b
    Examples:
      transflow render un-story
      transflow render un-story --format html,txt
      transflow render un-story --format txt -o -
      transflow render un-story --field body
      transflow render un-story --draft
    """
    project = find_project(ctx)
    chosen = tuple(dict.fromkeys(comma_separated(FORMATS if formats is None else formats)))
    if not chosen:
        raise UsageError(MESSAGES("no-format", formats=FORMATS))
    for name in chosen:
        renderers.load(name)
    if output or field:
        if len(stories) != 1:
            raise UsageError(MESSAGES("one-story"))
        if field and formats is not None:
            raise UsageError(MESSAGES("field-format"))
        form = FIELDS if field else _format_of(output, chosen)
        text = _rendered(project, stories[0], form, draft=draft)
        _write(_field_text(text, field) if field else text, output)
        return 0
    return _render_to_build(project, stories, chosen, draft=draft)


def _format_of(output: str, chosen: Sequence[str]) -> str:
    """Return the only format chosen, or that of the file's ending."""
    if len(chosen) > 1:
        endings = [name for name in chosen if output.endswith(renderers.load(name).SUFFIX)]
        chosen = sorted(endings, key=lambda name: len(renderers.load(name).SUFFIX))[-1:]
    if not chosen:
        raise UsageError(MESSAGES("one-format", formats=FORMATS.replace(",", "|")))
    return chosen[0]


def _rendered(project: Project, name: str, form: str, *, draft: bool) -> str:
    place = project.find_catalog(name, "articles")
    if not draft and (canceled := rendering.rendered_cancellation(project, place, [form])):
        return canceled[form].decode("utf-8")
    page = rendering.printed_story(project, place, now(), as_draft=draft)
    _notify_of_errors(project, place)
    return rendering.rendered_texts(project, page, [form])[form].decode("utf-8")


def _notify_of_errors(project: Project, place: CatalogRef) -> None:
    """Name the sentences behind a story that have an error which it prints, on stderr."""
    if refs := sentences_with_errors(project, place):
        command = CommandRef("check")
        notify(MESSAGES("errors-behind", story=str(place), refs=", ".join(refs), command=command, n=len(refs)))


def _field_text(document: str, field: str) -> str:
    """Return a field of a document: a text as it is, another value as JSON."""
    values = decode_json(document)
    if field not in values:
        raise UnknownNameError("field", field, values)
    value = values[field]
    text = value if isinstance(value, str) else encode_json(value)
    return text if text.endswith("\n") else f"{text}\n"


def _write(text: str, output: str) -> None:
    if output in ("", "-"):
        streams.write_exact(text)
    else:
        write_named(Path(output), text.encode("utf-8"))


def _render_to_build(project: Project, stories: Sequence[str], formats: Sequence[str], *, draft: bool) -> int:
    """Render stories to the project's folder and print the paths. Return the exit code."""
    code = printed = 0
    places = rendering.stories(project, stories)
    with streams.progress_bar(places, label=i18n.say(MESSAGES("rendering")), hidden=len(places) < 20) as bar:
        for place in bar:
            try:
                written = rendering.render(project, place, formats, now(), as_draft=draft)
            except (RefusedError, UnreadableError) as error:
                if stories:
                    raise
                print_error(error.message)
                code = max(code, error.exit_code if error.exit_code != RefusedError.exit_code else 0)
                continue
            _notify_of_errors(project, place)
            for path in written:
                click.echo(path.relative_to(project.root).as_posix())
            printed += len(written)
    if not printed:
        notify(MESSAGES("nothing"))
    return code
