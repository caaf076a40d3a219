"""The `transflow article` commands: the paragraphs of a story."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.refs import parse_ref
from transflow.actions.stories import article as actions
from transflow.actions.stories import citing
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import story_mark
from transflow.actions.units import regroup
from transflow.actions.units.seen import Seen
from transflow.cli.actors import pass_actor
from transflow.cli.editing import edit_text, export_text, take_text
from transflow.cli.judging import judging
from transflow.cli.notices import print_text
from transflow.cli.options import complete_articles, format_option, pass_anonymous_actor, shown_argument, story_argument
from transflow.cli.session import argument_text, read_input
from transflow.cli.story_output import print_paragraphs
from transflow.cli.streams import write_json
from transflow.cli.unit_output import unit_values
from transflow.messages import Messages
from transflow.model.unit import KINDS
from transflow.report import decode
from transflow.stories.printed import tags

MESSAGES = Messages(__name__, {"tags": "tags {tags}"})
_paragraphs_argument = shown_argument("ref", metavar="STORY#N", shell_complete=complete_articles)


@click.group()
def article() -> None:
    """Show and edit the paragraphs of a story.

    \b
    Examples:
      transflow article show un-story
      transflow article move un-story#12-14 --after 3
      transflow article edit un-story
    """


@article.command()
@story_argument
@format_option
@pass_anonymous_actor
def show(actor: Actor, name: str, form: str) -> None:
    """List the paragraphs of a story, and its mark.

    `ready` and `clear` take the mark with --seen.

    \b
    Examples:
      transflow article show un-story
      transflow article show vi:un-story
      transflow article show un-story --format json
    """
    place = actor.project.find_catalog(name, "articles")
    catalog = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, catalog)
    current, about = story_mark(catalog, context), tags(catalog, context).printed
    if form == "json":
        settings = actor.project.settings
        paragraphs = [unit_values(settings, place, number, each) for number, each in enumerate(catalog.units, 1)]
        write_json({"story": str(place), "mark": current, "tags": about, "paragraphs": paragraphs})
    else:
        print_paragraphs(catalog)
        if about:
            print_text(MESSAGES("tags", tags=", ".join(about)))
        click.echo(f"mark {current}")


@article.command()
@_paragraphs_argument
@click.option("--after", required=True, metavar="N", help="The paragraph that it follows; 0 for the top.")
@pass_actor
def move(actor: Actor, ref: str, after: str) -> None:
    """Move paragraphs.

    \b
    Examples:
      transflow article move un-story#12-14 --after 3
    """
    print_paragraphs(actions.move(actor, ref, after))


@article.command()
@_paragraphs_argument
@pass_actor
def join(actor: Actor, ref: str) -> None:
    """Join two neighbours into one paragraph.

    \b
    Examples:
      transflow article join un-story#3-4
    """
    parse_ref(actor.project, ref, "articles")  # a sentence of a report is `unit join`'s
    done = regroup.join(actor, ref)
    print_paragraphs(done.catalog)


@article.command()
@_paragraphs_argument
@click.option("--text-at", default="", metavar="WORDS", help="The first words of the second half.")
@click.option(
    "--source-at",
    default="",
    metavar="WORDS",
    help="The same words in the draft, for a paragraph that the writer added.",
)
@pass_actor
def split(actor: Actor, ref: str, text_at: str, source_at: str) -> None:
    """Split a paragraph in two.

    \b
    Examples:
      transflow article split un-story#3 --text-at "The letter"
    """
    parse_ref(actor.project, ref, "articles")  # a sentence of a report is `unit split`'s
    done = regroup.split(actor, ref, source_at or text_at, text_at)
    print_paragraphs(done.catalog)


@article.command()
@_paragraphs_argument
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="Print the paragraph again.")
@judging("cut")
def cut(actor: Actor, ref: str, reason: str, undo: bool, seen: Seen) -> None:
    """Leave paragraphs out, with a reason.

    \b
    Examples:
      transflow article cut un-story#7 "said above"
      transflow article cut un-story#7 --undo
      transflow article cut un-story#7 "said above" --seen "$mark"     as `unit show` printed it
    """
    print_paragraphs(actions.cut(actor, ref, reason, undo=undo, seen=seen))


@article.command()
@story_argument
@click.argument("text")
@click.option(
    "--after", default="", metavar="N", help="The paragraph that it follows; 0 for the top. Default: the last."
)
@click.option("--kind", type=click.Choice(KINDS), default="paragraph", show_default=True)
@pass_actor
def add(actor: Actor, name: str, text: str, after: str, kind: str) -> None:
    """Add a paragraph of your own ("-" reads standard input).

    \b
    Examples:
      transflow article add un-story "Beijing has not replied." --after 4
      transflow article add un-story "What the law says" --kind subhead --after 7
    """
    catalog = actions.add(actor, name, argument_text(text), after, kind)  # type: ignore[arg-type] # by Choice
    print_paragraphs(catalog)


@article.command()
@_paragraphs_argument
@click.argument("cited")
@pass_actor
def cite(actor: Actor, ref: str, cited: str) -> None:
    """Cite the source of the background in a paragraph.

    The source is an earlier story of yours, or an address.

    \b
    Examples:
      transflow article cite un-story#9 2021/refugees
      transflow article cite un-story#9 https://example.org/report
    """
    print_paragraphs(citing.cite(actor, ref, cited))


@article.command()
@story_argument
@click.option(
    "--export",
    "export_to",
    metavar="FILE",
    help="Write the text to a file (“-”: standard output) instead of editing it.",
)
@click.option("--import", "import_from", metavar="FILE", help="Take an edited text back (“-”: standard input).")
@click.option("--yes", is_flag=True, help="Save the changes that are listed without asking, as scripts do.")
@pass_actor
def edit(actor: Actor, name: str, export_to: str | None, import_from: str | None, yes: bool) -> None:
    """Edit the story as one text in $EDITOR.

    The changes of its paragraphs are listed before they are saved; in a terminal you are asked. A
    text without the heads {…}, such as one that was written elsewhere, is aligned to the
    paragraphs, which keep their sentences.

    \b
    Examples:
      transflow article edit un-story
      transflow article edit un-story --export un-story.txt
      transflow article edit un-story --import un-story.txt
      transflow article edit un-story --import un-story.txt --yes
      transflow article edit un-story --import from-the-desk.txt
    """
    if export_to is not None:
        export_text(actions.export_text(actor, name), name, export_to)
    elif import_from is not None:
        take_text(actor, name, decode(read_input(import_from), import_from), yes=yes)
    else:
        edit_text(actor, name, yes=yes)
