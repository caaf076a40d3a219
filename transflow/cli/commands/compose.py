"""The `transflow compose` command."""

from __future__ import annotations

import click

from transflow.actions import Actor
from transflow.actions.refs import unit_ref
from transflow.actions.stories import article, clearance
from transflow.cli.actors import pass_actor
from transflow.cli.notices import notify, print_text
from transflow.cli.options import comma_separated, complete_reports, story_argument
from transflow.cli.story_output import print_paragraphs
from transflow.messages import CommandRef, Messages
from transflow.project import CatalogRef
from transflow.stories import live

MESSAGES = Messages(
    __name__,
    {
        "new": "{place}: {n} paragraphs.",
        "again": "{place}: {n} paragraphs, composed again.",
        "ready": "{place} is ready: an editor reads it and clears it.",
        "cleared": "{place} is cleared already, as it reads now.",
        "live/whole": "{place} is live, and nothing of its reports is to come. When the report is whole, {command} ends that.",
        "live": (
            "{place} is live: {n} sentence of its reports is to come.",
            "{place} is live: {n} sentences of its reports are to come.",
        ),
        "unapproved": (
            "{n} of them is translated, and this project composes from approved sentences only (workflow.compose).",
            "{n} of them are translated, and this project composes from approved sentences only (workflow.compose).",
        ),
        "limited": "{ref} is left out: {why}.",
        "took": "{ref}: took the new draft; it needs another look.",
        "kept": "{ref}: kept the standing text, though the draft changed: {command} keeps it for good, with "
        "--take-new it takes the new draft.",
    },
)


@click.command()
@story_argument
@click.option(
    "--from",
    "reports",
    default="",
    metavar="REPORT,REPORT",
    help="The reports. The first one gives headline and deck.",
    shell_complete=complete_reports,
)
@click.option("--anew", is_flag=True, help="Create a new story although git has one of this name that is missing here.")
@click.option(
    "--live", "as_live", is_flag=True, help="Begin a live story, which goes out before its reports are finished."
)
@click.option("--ready", "as_ready", is_flag=True, help="Mark the story as ready for an editor in the same step.")
@pass_actor
def compose(actor: Actor, name: str, reports: str, anew: bool, as_live: bool, as_ready: bool) -> None:
    """Make a story from reports, or update its drafts.

    If the draft of a paragraph changed, the text of a writer stays; without a writer's words, the
    new draft becomes the text. In both cases the paragraph is marked “needs another look”. New
    sentences are added.

    A live story takes the sentences that are finished, with their translations as its text; the
    others are to come. It is made ready, cleared and published like any story, as often as it goes
    on. It ends with `settle`, or with a clearance when nothing is to come and no headline of its
    reports announces more, as [속보] or [2보] do.

    \b
    Examples:
      transflow compose un-story --from un-letter,rights-groups
      transflow compose un-story            again, after a report changed
      transflow compose un-story --from un-letter --anew    although the last commit still has one
      transflow compose un-story --from un-letter --live    the first sentences go out now
      transflow compose un-story --ready                    and an editor is to clear it
    """
    made = article.compose_article(actor, name, comma_separated(reports), anew=anew, as_live=as_live)
    place, catalog = made.place, made.article
    print_text(MESSAGES("new" if made.is_new else "again", place=str(place), n=len(catalog.units)))
    print_paragraphs(catalog)
    for unit_id in made.took:
        print_text(MESSAGES("took", ref=unit_ref(actor.project, catalog, place, unit_id)))
    for unit_id in made.kept:
        ref = unit_ref(actor.project, catalog, place, unit_id)
        print_text(MESSAGES("kept", ref=ref, command=CommandRef(f"unit confirm {ref}")))
    if made.to_come or live.is_live(catalog):
        _notify_live(actor, place, len(made.to_come))
    if made.unapproved:
        notify(MESSAGES("unapproved", n=made.unapproved))
    for ref, why in made.limited:
        notify(MESSAGES("limited", ref=ref, why=why))
    if as_ready:
        decision = clearance.ready(actor, str(place))
        print_text(MESSAGES("cleared" if decision.is_cleared else "ready", place=str(place)))
        if decision.unsigned:
            notify(decision.unsigned)


def _notify_live(actor: Actor, place: CatalogRef, to_come: int) -> None:
    """Say that a story is live; where nothing is to come, also what ends that."""
    settle = CommandRef(f"settle {actor.project.ref(place)}")
    notify(MESSAGES("live" if to_come else "live/whole", place=str(place), n=to_come, command=settle))
