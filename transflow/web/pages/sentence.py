"""One sentence with everything that there is about it: neighbours, suggestions, notes, remarks."""

from __future__ import annotations

from typing import NamedTuple

from starlette.responses import Response

from transflow.actions.units import review
from transflow.model.unit import Unit
from transflow.presenters.assistants import MAX_SUGGESTIONS, Suggestion, unit_context
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.i18n import _
from transflow.presenters.unit_notes import lines
from transflow.presenters.word_diff import Part, diff
from transflow.units.workflow import open_questions
from transflow.web.boxes import NO_PROBLEM, NotDone, box
from transflow.web.open_report import OpenReport
from transflow.web.visit import Visit


class ApprovedBefore(NamedTuple):
    """Words about the last approval, and what changed in the text since."""

    words: str
    changes: list[Part]


def sentence_page(
    visit: Visit, opened: OpenReport, unit: Unit, problem: NotDone = NO_PROBLEM, status: int = 200
) -> Response:
    """Return the page of one sentence."""
    view = opened.view
    before, after = view.neighbours(unit.id)
    return visit.page(
        "sentence.html",
        status,
        opened=opened,
        private=visit.is_withheld(opened.place),
        each=box(visit, view, unit, problem),
        begin=visit.begin or opened.window_of(unit),
        before=before,
        after=after,
        notes=lines(visit.formats.unit(unit), visit.formats.time, visit.formats.person),
        suggestions=_suggestions(visit, opened, unit),
        people=[(each.id, visit.formats.person(each.id)) for each in visit.colleagues],
        questions=[(each.reference, visit.formats.person(each.who), each.text) for each in open_questions(unit)],
        conflicts=[(n, visit.formats.person(each.who), each.text) for n, each in enumerate(unit.conflicts, 1)],
        approved=_approved_before(visit, view, unit) if opened.mode == "review" else None,
    )


def _suggestions(visit: Visit, opened: OpenReport, unit: Unit) -> tuple[Suggestion, ...]:
    """Return what the memory offers for a sentence, and remember it for `take`."""
    suggester = visit.office.assistants(visit.actor.project).suggester
    if suggester is None:
        return ()
    context = unit_context(opened.view, unit, opened.source_language)
    found = tuple(suggester.suggest(unit, context))[:MAX_SUGGESTIONS]
    visit.office.drafts(visit.actor.who).offer(opened.view, unit, found)
    return found


def _approved_before(visit: Visit, view: CatalogView, unit: Unit) -> ApprovedBefore | None:
    """Return the last approval of another text; None if there is none."""
    last = review.approved_texts(visit.actor, view.place).get(unit.id)
    if last is None or last.target == unit.target:
        return None
    words = _("Since {who} reviewed it, {time}:").format(
        who=visit.formats.person(last.who), time=visit.formats.time(last.time)
    )
    return ApprovedBefore(words, diff(last.target, unit.target))
