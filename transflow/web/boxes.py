"""Boxes: what a page shows of a sentence or paragraph, from the presenters of all front ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from transflow.model.issue import Issue
from transflow.model.unit import State, Unit
from transflow.presenters.assistants import TermHint, is_shown, unit_context
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.approving import unsaved_text_problem
from transflow.presenters.i18n import say
from transflow.presenters.source_view import Fact, facts
from transflow.presenters.two_texts import TwoTexts, two_texts
from transflow.presenters.word_diff import Part, diff
from transflow.units.marks import state_digest
from transflow.units.workflow import state, unwaived, why_not_approve
from transflow.web.visit import Visit


class ShownIssue(NamedTuple):
    """An issue as the page says it."""

    severity: str
    message: str
    check: str
    is_of_sentence: bool = False
    """True if it is an issue of a sentence behind the paragraph, and is waived there."""


class NotDone(NamedTuple):
    """Reason why something was not done to a unit, and what the person had written for it."""

    unit: str
    why: str
    form: Mapping[str, str] = {}

    def filled(self, name: str) -> str:
        """Return what the person had written in a field."""
        return self.form.get(name, "")


NO_PROBLEM = NotDone("", "")


class Box(NamedTuple):
    """A unit on a page."""

    unit: Unit
    number: int
    state: State
    facts: Sequence[Fact]
    source: Sequence[Part]
    """Words of the source, with those that changed since the text was confirmed."""
    text: str
    """Text in the box: what the person typed, else what is saved."""
    mark: str
    """Mark of the unit as it is shown."""
    is_draft: bool
    findings: Sequence[ShownIssue]
    terms: Sequence[TermHint]
    choice: TwoTexts | None
    """Question to a person whose text was begun on another version; None if there is none."""
    refusal: str
    """Reason why the person cannot approve it now."""
    problem: NotDone = NO_PROBLEM


def box(visit: Visit, view: CatalogView, unit: Unit, problem: NotDone = NO_PROBLEM) -> Box:
    """Return the box of a unit."""
    drafts = visit.office.drafts(visit.actor.who)
    drafts.shown(view, unit)
    draft = view.draft(unit.id)
    shown = visit.formats.unit(unit)
    outdated = view.is_outdated(unit)
    old = view.read_source(unit) if outdated and view.read_source(unit) != unit.source else unit.previous
    issues = _issues(visit, view, unit)
    text = view.text(unit)
    return Box(
        unit,
        view.number(unit.id),
        state(unit),
        list(facts(shown, view.number(unit.id), visit.formats, visit.actor.who, outdated=outdated))[1:],
        diff(old, unit.source) if old else [Part("same", unit.source)],
        text,
        state_digest(unit),
        draft is not None,
        [shown_issue(visit, each) for each in issues],
        _terms(visit, view, unit),
        two_texts(draft, text, unit, visit.formats.person, at_once=True) if draft is not None and outdated else None,
        unsaved_text_problem(view, unit.id)
        or say(why_not_approve(unit, visit.actor.user, visit.actor.now, issues), visit.formats.command),
        problem if problem.unit == unit.id else NO_PROBLEM,
    )


def shown_issue(visit: Visit, issue: Issue) -> ShownIssue:
    """Return an issue in the person's language."""
    return ShownIssue(issue.severity, say(issue.message, visit.formats.command), issue.check, bool(issue.sentence))


def typed_findings(visit: Visit, view: CatalogView, unit: Unit, text: str) -> list[ShownIssue]:
    """Return what the checks say of a text that is being typed."""
    return [shown_issue(visit, each) for each in _issues(visit, view, unit.replace(target=text.strip()))]


def _issues(visit: Visit, view: CatalogView, unit: Unit) -> list[Issue]:
    """Return the unwaived issues of a unit of a report as it is shown."""
    checker = visit.office.assistants(visit.actor.project).checker
    shown = view.with_draft(unit)
    if checker is None or not shown.target or view.place.folder == "articles":
        return []
    known = view.checked_issues(shown)
    if known is None:
        known = [each for each in checker.check(shown, unit_context(view, unit, "")) if is_shown(each)]
        view.store_issues(shown, known)
    return unwaived(unit, known)


def _terms(visit: Visit, view: CatalogView, unit: Unit) -> Sequence[TermHint]:
    terms = visit.office.assistants(visit.actor.project).terms
    if terms is None or view.place.folder == "articles":
        return ()
    return terms.terms(unit, unit_context(view, unit, ""))
