"""Dialogues that split a unit and join two, with a preview of source and target.

Invariant: nothing is done before the person has seen the result. Unsaved texts of sentences are
split and joined with them, and stay unsaved. That of a paragraph must be confirmed or undone first,
because its draft is another text too.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from transflow.actions.units import regroup as grouping
from transflow.actions.units.steps import StepResult
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import (
    ChangeCatalog,
    Dialogue,
    Say,
    ShowCatalog,
    agree,
    perform,
    split_at,
)
from transflow.presenters.i18n import _
from transflow.units import regroup


def unsaved_text_problem(view: CatalogView, *units: Unit) -> str:
    """Return why units are not regrouped, if one of them has an unsaved text; else ""."""
    if any(view.draft(unit.id) is not None for unit in units):
        return _("There is a text that is not saved yet. Save it first, or undo it.")
    return ""


def join_sentences(view: CatalogView, unit: Unit, source_language: str, *, is_heard: bool = False) -> Dialogue[None]:
    """Join a sentence with the next one of its paragraph.

    In the linear mode (`is_heard`), the action refuses what belongs to two paragraphs, and stories
    are joined by this dialogue too.
    """
    _before, after = view.neighbours(unit.id)
    if is_heard and after is None:
        yield Say(_("There is no next one."), refused=True)
        return
    if after is None or (not after.continued and not is_heard):
        yield Say(_("The next sentence begins a paragraph; sentences are joined within one."), refused=True)
        return
    joined = regroup.join(view.with_draft(unit), view.with_draft(after), source_language, view.place.locale)
    has_draft = view.draft(unit.id) is not None or view.draft(after.id) is not None
    preview = Text(joined.source).append(f"\n\n→ {joined.target or '–'}")
    if joined.fuzzy:
        preview.append("\n\n" + _("It will need another look."), "bold")
    if (yield from agree(_("Join these two sentences?"), preview)):
        result = yield ChangeCatalog(
            grouping.join, (view.ref(unit.id, after.id),), _("Two sentences are one."), shows_result=True
        )
        if has_draft:
            yield from _keep_drafts(view, result, (joined.target,))
            view.drop_draft(after.id)


def _keep_drafts(view: CatalogView, result: StepResult, texts: Sequence[str]) -> Dialogue[None]:
    """Make these texts the drafts of the units of a result, and display them."""
    now = yield from perform(lambda actor: actor.now)
    for unit_id, text in zip(result.ids, texts, strict=True):
        unit = result.catalog.find(unit_id)
        if unit is None or text == unit.target:
            view.drop_draft(unit_id)
        else:
            view.rebase_draft(unit, text, now)
    yield ShowCatalog(result.catalog)


def join_paragraphs(view: CatalogView, unit: Unit) -> Dialogue[None]:
    """Join a paragraph with the next one."""
    _before, after = view.neighbours(unit.id)
    if after is None:
        yield Say(_("It is the last paragraph."), refused=True)
        return
    if problem := unsaved_text_problem(view, unit, after):
        yield Say(problem, refused=True)
        return
    joined = regroup.join(unit, after, view.place.locale, view.place.locale)
    preview = Text(joined.target or joined.source)
    if joined.fuzzy:
        preview.append("\n\n" + _("It will need another look."), "bold")
    if (yield from agree(_("Join these two paragraphs?"), preview)):
        yield ChangeCatalog(grouping.join, (view.ref(unit.id, after.id),), _("Joined."))


def split_sentence(view: CatalogView, unit: Unit) -> Dialogue[None]:
    """Split a sentence."""
    draft = view.draft(unit.id)
    halves = yield from split_at(view.with_draft(unit))
    if halves is None:
        return
    target_at = "" if draft is not None else halves.target
    arguments = (view.ref(unit.id), halves.source, target_at)
    result = yield ChangeCatalog(grouping.split, arguments, _("One sentence is two."), shows_result=True)
    first = result.catalog.find(result.ids[0])
    if first is not None and first.fuzzy and not unit.fuzzy:
        yield Say(_("One sentence is two. Say of each half that it is done: nobody read them as they are now."))
    if draft is not None:
        text = draft.text.strip()
        at = text.rfind(halves.target) if halves.target else len(text)
        yield from _keep_drafts(view, result, (text[:at].rstrip(), text[at:]))


def split_paragraph(view: CatalogView, unit: Unit) -> Dialogue[None]:
    """Split a paragraph that has a text."""
    if problem := unsaved_text_problem(view, unit):
        yield Say(problem, refused=True)
        return
    if not unit.target:
        yield Say(_("Accept the paragraph first (Ctrl+S), then split it."), refused=True)
        return
    halves = yield from split_at(unit, is_paragraph=True)
    if halves is not None:
        yield ChangeCatalog(grouping.split, (view.ref(unit.id), *halves), _("Split."))
