"""The statements "ready" of a writer and "cleared" of an editor, for a whole story."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.checks import story_context
from transflow.actions.checks.cached import issue_finder
from transflow.actions.refs import at_unit, unit_ref
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import check_story
from transflow.attribution import stamps
from transflow.errors import RefusedError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.stories import compose, live
from transflow.stories.clearance import (
    after_colon,
    blockers,
    clearance_digest,
    format_reasons,
    is_cleared,
    kept_back,
    read_clearance,
    why_killed,
    why_not_clear,
    without_clearance,
)
from transflow.stories.printed import PrintContext, printed_units
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "not-ready": "{place} is not ready:{reasons}\nWrite or confirm these first ({command} takes a draft, or keeps a "
        "text, as it is), or compose again where a draft changed.",
        "killed": "{place} is not ready:{why}",
        "empty": "{place} prints nothing: it has no paragraph yet, or all are cut. {command} brings in what is finished.",
        "unplaced": "{place}: {refs} stand in no paragraph: {command} brings them in.",
        "issue": "{where}: {check}: {issue} Correct it, or waive it with a reason.",
        "not-cleared": "{place} cannot be cleared:{why}",
        "second-read": "second read owed",
    },
)


class Statement(NamedTuple):
    """The result of `ready` or `clear`: the article, and a note about what is still owed."""

    place: CatalogRef
    article: Catalog
    note: str = ""
    unsigned: Message = NOTHING
    """Reason why it is not signed; `NOTHING` if it is, or need not be."""
    is_cleared: bool = False
    """True if the story that was to be made ready is cleared as it reads; it is not changed."""
    has_ended_live: bool = False
    """True if the story was live and is no longer, because nothing is to come."""
    stays_live: bool = False
    """True if nothing is to come and the story is live all the same: a headline announces more."""


class Obstacle(NamedTuple):
    """Reason why a statement about a story is refused, and the paragraph to begin with."""

    why: Message
    paragraph: str = ""
    """Id; empty if the reason is about no paragraph."""


def ready(actor: Actor, name: str, *, undo: bool = False, seen: str | None = None) -> Statement:
    """Mark the story as ready for an editor, or undo that.

    `seen` is the mark of the story as the writer read it. Raise RefusedError with the paragraphs
    that are not ready, or the sentences that are in no paragraph.
    """
    place = actor.project.find_catalog(name, "articles")

    def change(article: Catalog) -> Catalog:
        if undo:
            return without_clearance(article.replace(header=article.header.replace(X_Ready=None)))
        context = load_print_context(actor.project, place.locale, article)
        check_story(place, article, context, seen)
        if obstacle := _obstacle_to_ready(actor, place, article, context):
            raise RefusedError(obstacle.why)
        if is_cleared(article, context):
            return article
        return article.replace(header=article.header.replace(X_Ready=f"{actor.who} {actor.now}"))

    statement = Statement(place, *_saved(actor, place, change))
    return statement._replace(is_cleared=not undo and _is_cleared(actor, statement))


def _is_cleared(actor: Actor, statement: Statement) -> bool:
    context = load_print_context(actor.project, statement.place.locale, statement.article)
    return is_cleared(statement.article, context)


def obstacle_to_ready(actor: Actor, place: CatalogRef) -> Obstacle | None:
    """Return why `ready` would refuse; None if it would not."""
    article = actor.project.load(place)
    return _obstacle_to_ready(actor, place, article, load_print_context(actor.project, place.locale, article))


def _obstacle_to_ready(actor: Actor, place: CatalogRef, article: Catalog, context: PrintContext) -> Obstacle | None:
    if killed := why_killed(article, place.locale):
        return Obstacle(MESSAGES("killed", place=str(place), why=after_colon(killed)))
    if problems := blockers(article, context):
        reasons, command = (
            format_reasons(article, problems, context.locale),
            CommandRef(f"unit confirm {actor.project.ref(place, '…')}"),
        )
        why = MESSAGES("not-ready", place=str(place), reasons=reasons, command=command)
        return Obstacle(why, problems[0][0].id)
    command = CommandRef(f"compose {actor.project.ref(place)}")
    if unplaced := compose.unplaced(article, context.reports):
        refs = ", ".join(_report_ref(actor, place, each) for each in unplaced)
        return Obstacle(MESSAGES("unplaced", place=str(place), refs=refs, command=command))
    return None if printed_units(article) else Obstacle(MESSAGES("empty", place=str(place), command=command))


def _keeps_approval(unit: Unit, article: Catalog, who: str) -> bool:
    """True for a valid approval, unless its editor gives it anew by clearing the story again."""
    former = read_clearance(article)
    is_again = former is not None and unit.approved is not None and former.who == unit.approved.who == who
    return workflow.is_approved(unit) and not is_again


def _report_ref(actor: Actor, story: CatalogRef, sentence: compose.DraftSource) -> str:
    """Return the reference to a sentence of a report of the story."""
    return actor.project.ref(CatalogRef(story.locale, "reports", sentence.report), sentence.unit.id)


def clear(actor: Actor, name: str, alone: str = "", seen: str | None = None) -> Statement:
    """Clear the story for publication as it reads now, and approve its paragraphs.

    `alone` is the reason of an editor who clears a story that is mostly their own. `seen` is as in
    `ready`.
    """
    place = actor.project.find_catalog(name, "articles")
    issues_of = issue_finder(actor.project, place, actor.project.load(place))
    was_live = is_whole = False

    def change(article: Catalog) -> Catalog:
        nonlocal was_live, is_whole
        context = load_print_context(actor.project, place.locale, article)
        was_live, is_whole = live.is_live(article), not live.to_come(article, context.reports)
        check_story(place, article, context, seen)
        if obstacle := _obstacle_to_clear(actor, place, article, context, issues_of, alone):
            raise RefusedError(obstacle.why)
        # One time for all approvals, later than every other stamp of these units.
        now = max(stamps.stamp_for(unit, actor.now) for unit in printed_units(article))
        units = tuple(
            unit
            if unit.cut or unit.omitted or _keeps_approval(unit, article, actor.who)
            else workflow.approve(unit, actor.who, now)
            # Without the clearance, because an approval given with an earlier clearance counts for
            # this one now.
            for unit in without_clearance(article).units
        )
        article = article.replace(units=units)
        statement = f"{actor.who} {now} {clearance_digest(article, context, actor.who)}"
        article = live.with_end(article, context.reports, [front.title for front in context.fronts.values()])
        return article.replace(
            header=article.header.replace(X_Cleared=statement + (f" alone {' '.join(alone.split())}" if alone else ""))
        )

    statement = Statement(place, *_saved(actor, place, change, MESSAGES("second-read") if alone else ""))
    is_live = live.is_live(statement.article)
    return statement._replace(has_ended_live=was_live and not is_live, stays_live=is_live and is_whole)


def obstacle_to_clear(actor: Actor, place: CatalogRef) -> Obstacle | None:
    """Return why `clear` would refuse, whatever reason for clearing alone is given; None if it
    would not.
    """
    article = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    issues_of = issue_finder(actor.project, place, article)
    return _obstacle_to_clear(actor, place, article, context, issues_of, _later_reason(actor))


def _obstacle_to_clear(
    actor: Actor,
    place: CatalogRef,
    article: Catalog,
    context: PrintContext,
    issues_of: Callable[[Unit], list[Issue]],
    alone: str,
) -> Obstacle | None:
    if refusal := why_not_clear(article, context, actor.who, actor.now, alone):
        why = MESSAGES("not-cleared", place=str(place), why=after_colon(refusal))
        paragraphs = kept_back(article, context)
        return Obstacle(why, paragraphs[0][0].id if paragraphs else "")
    for unit in printed_units(article):
        if refusal := workflow.why_not_approve(unit, actor.user, actor.now, issues_of(unit), alone=True):
            return Obstacle(at_unit(unit_ref(actor.project, article, place, unit.id), refusal), unit.id)
    for issue in story_context.issues(actor.project, place.locale, article, context):
        if issue.severity == "error":
            unit_id = issue.location.unit
            where = unit_ref(actor.project, article, place, unit_id) if unit_id else str(place)
            return Obstacle(MESSAGES("issue", where=where, check=issue.check, issue=issue.message), unit_id)
    return None


def check_may_clear(actor: Actor, place: CatalogRef) -> None:
    """Raise RefusedError if the user cannot clear the story whatever its paragraphs say."""
    article = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    refusal = why_not_clear(article, context, actor.who, actor.now, _later_reason(actor))
    if refusal and "\n" not in refusal:  # the reasons of paragraphs are lines
        raise RefusedError(MESSAGES("not-cleared", place=str(place), why=after_colon(refusal)))


def _later_reason(actor: Actor) -> str:
    """Return a reason for clearing alone that stands for one that is asked for later."""
    return "-" if actor.project.settings.clear_alone else ""


def _saved(
    actor: Actor, place: CatalogRef, change: Callable[[Catalog], Catalog], note: str = ""
) -> tuple[Catalog, str, Message]:
    saved = recording.change(actor, place, change)
    return saved.catalog, note, saved.unsigned
