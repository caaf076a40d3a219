"""`transflow compose`, `article …`, `ready`, `clear`."""

from __future__ import annotations

import json
import sys

import click

from transflow.actions import Actor
from transflow.actions.refs import numbered, target
from transflow.actions.stories import article as articles
from transflow.actions.units.steps import Seen
from transflow.cli.editing import edited, exported, taken
from transflow.cli.judging import judging, reading_story
from transflow.cli.session import acting, complete_articles, complete_reports, input_bytes, names, unsigned
from transflow.cli.showing import values_of
from transflow.model.catalog import Catalog
from transflow.model.unit import KINDS
from transflow.project import CatalogRef

_STORY = click.argument("name", metavar="STORY", shell_complete=complete_articles)
_SEEN = click.option(
    "--seen",
    default=None,
    metavar="MARK",
    help="The mark of the story as you read it (`article show` prints it); refused where it would print otherwise now.",
)
_PARAGRAPHS = click.argument("ref", metavar="STORY#N", shell_complete=complete_articles)


def _list(place: CatalogRef, catalog: Catalog) -> None:
    """The paragraphs, a line each, as they stand."""
    from transflow.stories.whole_text import shown_text
    from transflow.units.workflow import state

    marks = {"untranslated": "draft", "needs-work": "look again", "translated": "written"}
    for unit in catalog.units:
        text = " ".join(shown_text(unit).split())
        mark = marks.get(state(unit), state(unit))
        label = "" if unit.kind == "paragraph" else f" [{unit.kind}]"
        where = numbered(catalog, place, unit.id).partition("#")[2]
        click.echo(f"{where:>4}  {unit.id}  {mark:<10}{label} {text[:90]}{'…' if len(text) > 90 else ''}")


@click.command()
@click.argument("name", metavar="STORY", shell_complete=complete_articles)
@click.option(
    "--from", "reports", default="", metavar="REPORT,REPORT", help="The first leads.", shell_complete=complete_reports
)
@click.option("--anew", is_flag=True, help="Begin a story anew that git has and that is not here.")
@acting
def compose(actor: Actor, name: str, reports: str, anew: bool) -> None:
    """Make a story from reports, or bring its drafts up to them.

    Paragraphs keep what a writer wrote. One in which no writer has a word takes its new draft. Both need another look, and new
    sentences join in.

    \b
    Examples:
      transflow compose un-story --from un-letter,rights-groups
      transflow compose un-story            again, after a report changed
      transflow compose un-story --from un-letter --anew    although the last commit still has one
    """
    made = articles.make(actor, name, names(reports), anew=anew)
    place, catalog = made.place, made.article
    click.echo(f"{place}: {len(catalog.units)} paragraphs{'' if made.is_new else ', composed again'}.")
    _list(place, catalog)
    for unit_id in made.took:
        click.echo(f"{numbered(catalog, place, unit_id)}: took the new draft; it needs another look.")
    for unit_id in made.kept:
        ref = numbered(catalog, place, unit_id)
        click.echo(
            f"{ref}: kept the standing text, though the draft changed: `transflow unit confirm {ref}` keeps it for good, with "
            "--take-new it takes the new draft."
        )


@click.group()
def article() -> None:
    """The paragraphs of a story: show, move, join, split, cut, add, cite, edit.

    \b
    Examples:
      transflow article show un-story
      transflow article move un-story#12-14 --after 3
      transflow article edit un-story
    """


@article.command()
@_STORY
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@unsigned
def show(actor: Actor, name: str, form: str) -> None:
    """List the paragraphs of a story, and the mark of what would print, which --seen of `ready` and `clear` takes.

    \b
    Examples:
      transflow article show un-story
      transflow article show vi:un-story
      transflow article show un-story --format json
    """
    from transflow.actions.stories.print_context import load_print_context
    from transflow.actions.stories.reading import mark

    place = actor.project.place(name, "articles")
    catalog = actor.project.load(place)
    seen = mark(catalog, load_print_context(actor.project, place.locale, catalog))
    if form == "json":
        paragraphs = [values_of(place, number, each) for number, each in enumerate(catalog.units, 1)]
        values = {"story": str(place), "mark": seen, "paragraphs": paragraphs}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        _list(place, catalog)
        click.echo(f"mark {seen}")


@article.command()
@_PARAGRAPHS
@click.option("--after", required=True, metavar="N", help="The paragraph that it follows; 0 for the top.")
@acting
def move(actor: Actor, ref: str, after: str) -> None:
    """Move paragraphs.

    \b
    Examples:
      transflow article move un-story#12-14 --after 3
    """
    _list(target(actor.project, ref).place, articles.move(actor, ref, after))


@article.command()
@_PARAGRAPHS
@acting
def join(actor: Actor, ref: str) -> None:
    """Join two neighbours into one paragraph.

    \b
    Examples:
      transflow article join un-story#3-4
    """
    from transflow.actions.units import regroup

    target(actor.project, ref, "articles")  # a sentence of a report is `unit join`'s
    done = regroup.join(actor, ref)
    _list(done.place, done.catalog)


@article.command()
@_PARAGRAPHS
@click.option("--text-at", default="", metavar="WORDS", help="The first words of the second half.")
@click.option(
    "--source-at", default="", metavar="WORDS", help="The same in the draft, of a paragraph of the writer's own."
)
@acting
def split(actor: Actor, ref: str, text_at: str, source_at: str) -> None:
    """Split a paragraph in two.

    \b
    Examples:
      transflow article split un-story#3 --text-at "The letter"
    """
    from transflow.actions.units import regroup

    target(actor.project, ref, "articles")  # a sentence of a report is `unit split`'s
    done = regroup.split(actor, ref, source_at or text_at, text_at)
    _list(done.place, done.catalog)


@article.command()
@_PARAGRAPHS
@click.argument("reason", default="")
@click.option("--undo", is_flag=True, help="Print it after all.")
@judging("Cut")
def cut(actor: Actor, ref: str, reason: str, undo: bool, seen: Seen) -> None:
    """Leave paragraphs out, with a reason.

    \b
    Examples:
      transflow article cut un-story#7 "said above"
      transflow article cut un-story#7 --undo
      transflow article cut un-story#7 "said above" --seen "$mark"     as `unit show` printed it
    """
    _list(target(actor.project, ref).place, articles.cut(actor, ref, reason, undo=undo, seen=seen))


@article.command()
@_STORY
@click.argument("text")
@click.option(
    "--after", default="", metavar="N", help="The paragraph that it follows; 0 for the top. Default: the last."
)
@click.option("--kind", type=click.Choice(KINDS), default="paragraph", show_default=True)
@acting
def add(actor: Actor, name: str, text: str, after: str, kind: str) -> None:
    """Add a paragraph of your own ("-" reads standard input).

    \b
    Examples:
      transflow article add un-story "Beijing has not replied." --after 4
      transflow article add un-story "What the law says" --kind subhead --after 7
    """
    text = sys.stdin.read().rstrip("\n") if text == "-" else text
    _list(actor.project.place(name, "articles"), articles.add(actor, name, text, after, kind))  # type: ignore[arg-type] # by Choice


@article.command()
@_PARAGRAPHS
@click.argument("cited")
@acting
def cite(actor: Actor, ref: str, cited: str) -> None:
    """Say where the background in a paragraph comes from: a story of yours, or an address.

    \b
    Examples:
      transflow article cite un-story#9 2021/refugees
      transflow article cite un-story#9 https://example.org/report
    """
    _list(target(actor.project, ref).place, articles.cite(actor, ref, cited))


@article.command()
@_STORY
@click.option(
    "--export",
    "export_to",
    metavar="FILE",
    help="Write the text to a file (“-”: standard output) instead of editing it.",
)
@click.option("--import", "import_from", metavar="FILE", help="Take an edited text back (“-”: standard input).")
@click.option("--yes", is_flag=True, help="Save the changes that are listed without asking, as scripts do.")
@acting
def edit(actor: Actor, name: str, export_to: str | None, import_from: str | None, yes: bool) -> None:
    """Edit the story as one text in $EDITOR. What that does to its paragraphs is listed, and asked in a terminal, before it is saved.

    \b
    Examples:
      transflow article edit un-story
      transflow article edit un-story --export un-story.txt
      transflow article edit un-story --import un-story.txt
      transflow article edit un-story --import un-story.txt --yes
    """
    if export_to is not None:
        exported(articles.export_text(actor, name), name, export_to)
    elif import_from is not None:
        from transflow.report import decode

        taken(actor, name, decode(input_bytes(import_from), import_from), yes=yes)
    else:
        edited(actor, name, yes=yes)


@click.command()
@_STORY
@click.option("--undo", is_flag=True, help="Not ready after all.")
@_SEEN
@acting
def ready(actor: Actor, name: str, undo: bool, seen: str | None) -> None:
    """Say that a story is ready to be read by an editor.

    What the checks say of it is listed; in a terminal you read the page, and are asked once.

    \b
    Examples:
      transflow ready un-story
      transflow ready un-story --seen 5d7c0f1e9a3b2c48
      transflow ready un-story --undo
    """
    if undo:
        word = articles.ready(actor, name, undo=True)
    else:
        with reading_story(actor, name, seen, "Is it ready for an editor, as it reads now?") as read:
            word = articles.ready(actor, name, seen=read)
    click.echo(f"{word.place} {'is being composed again' if undo else 'is ready: an editor reads it and clears it'}.")


@click.command()
@_STORY
@click.option("--alone", default="", metavar="REASON", help="Nobody else can read it now; a second read is owed.")
@_SEEN
@acting
def clear(actor: Actor, name: str, alone: str, seen: str | None) -> None:
    """An editor's word that the story may go out as it reads now.

    What the checks say of it is listed; in a terminal you read the page, and are asked once.

    \b
    Examples:
      transflow clear un-story
      transflow clear un-story --seen 5d7c0f1e9a3b2c48
      transflow clear un-story --alone "The desk is closed on Chuseok."
    """
    with reading_story(actor, name, seen, "May it go out, as it reads now?") as read:
        word = articles.clear(actor, name, alone, read)
    click.echo(f"{word.place} is cleared by {actor.who}{' — ' + word.owed if word.owed else ''}.")
