"""Workflow steps of units.

Each function takes a REF, and changes all units that it names or none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from transflow import story_checks
from transflow.actions import Actor
from transflow.actions.checks.cached import issue_finder, known_checks
from transflow.actions.refs import numbered, target
from transflow.actions.stories.drafts import NO_DRAFT, Drafts, drafts_behind, first_text, with_new_draft
from transflow.attribution.authorship import as_conflict, is_attributed, rewritten
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Question, Unit
from transflow.project import CatalogRef
from transflow.stories import redraft, story
from transflow.text import clean
from transflow.units import workflow
from transflow.units.marks import mark, text_mark, text_part


class StepResult(NamedTuple):
    """The catalog after a step, and the ids of the units that the REF names, changed or not."""

    place: CatalogRef
    catalog: Catalog
    ids: tuple[str, ...]
    changed: tuple[str, ...]
    told: Mapping[str, str] = {}
    """Outcomes by id, for confirmed paragraphs that had a choice between text and draft."""


Seen = tuple[str, ...]
"""Marks of all units of a REF as a person saw them, in any order.

Empty if a step judges the current state.
"""


def _step(
    actor: Actor,
    ref: str,
    change: Callable[[Unit, Drafts], Unit],
    *,
    one: bool = False,
    drafts: bool = False,
    texts: bool = False,
    seen: Seen = (),
    text_only: bool = False,
    first: Callable[[Catalog], Catalog] | None = None,
) -> StepResult:
    """Apply `change` to every unit of a REF; a refusal names the unit and changes nothing.

    - `one`: the REF must name exactly one unit.
    - `drafts`: `change` needs the current drafts of an article.
    - `texts`: `change` may alter texts that a clearance covers.
    - `text_only`: of `seen`, only the texts are compared.
    - `first`: a change of the whole catalog that the same step makes beforehand.
    """
    wanted = target(actor.project, ref)
    found: list[str] = []
    changed: list[str] = []

    def apply(catalog: Catalog) -> Catalog:
        ids = wanted.ids(catalog)
        if one and len(ids) != 1:
            raise UsageError(f"{ref} is not one {wanted.what}: name one, as in {wanted.place.slug}#12.")
        units = {unit.id: unit for unit in catalog.units}
        stood = {unit_id: units[unit_id].target for unit_id in ids}
        if first:
            catalog = first(catalog)
            units = {unit.id: unit for unit in catalog.units}
        judged = [units[unit_id].replace(target=stood[unit_id]) for unit_id in ids] if seen else []
        check_seen(wanted.place, catalog, judged, seen, text_only=text_only)
        present = drafts_behind(actor, wanted.place, catalog) if drafts else {}
        new = {unit_id: _named(units[unit_id], change, present, catalog, wanted.place) for unit_id in ids}
        found[:] = ids
        changed[:] = [unit_id for unit_id in ids if new[unit_id] != units[unit_id]]
        after = catalog.replace(units=tuple(new.get(unit.id, unit) for unit in catalog.units))
        return story.without_clearance(after) if texts and changed else after

    catalog = actor.project.change(wanted.place, apply)
    return StepResult(wanted.place, catalog, tuple(found), tuple(changed))


def _named(
    unit: Unit, change: Callable[[Unit, Drafts], Unit], drafts: Drafts, catalog: Catalog, place: CatalogRef
) -> Unit:
    try:
        return change(unit, drafts)
    except RefusedError as error:
        raise RefusedError(f"{numbered(catalog, place, unit.id)}: {error}") from None


def _refuse(why: str) -> None:
    if why:
        raise RefusedError(why)


def cleaned(text: str) -> str:
    """Return a text as the record stores it, without white space at its ends.

    Raises UsageError for a text with characters that the record cannot store.
    """
    try:
        return clean(text).strip()
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _said(text: str) -> str:
    """Return the cleaned text of a comment, question or answer.

    Raises UsageError if it is empty.
    """
    if said := cleaned(text):
        return said
    raise UsageError("it is empty: say something.")


class ChangedMeanwhileError(RefusedError):
    """Units differ from what the judging person saw; nothing was written.

    `units` are their current state.
    """

    def __init__(self, place: CatalogRef, catalog: Catalog, units: Sequence[Unit]) -> None:
        self.place, self.catalog, self.units = place, catalog, tuple(units)
        names = ", ".join(numbered(catalog, place, unit.id) for unit in units)
        super().__init__(f"{names}: not what was seen: it changed after that, or its mark is not among those given.")

    @property
    def unit(self) -> Unit:
        return self.units[0]


def check_seen(
    place: CatalogRef, catalog: Catalog, units: Sequence[Unit], seen: Seen, *, text_only: bool = False
) -> None:
    """Raise ChangedMeanwhileError if the mark of a unit is not among `seen`."""
    if not seen:
        return
    known = set(map(text_part, seen) if text_only else seen)
    present = text_mark if text_only else mark
    if changed := [unit for unit in units if present(unit) not in known]:
        raise ChangedMeanwhileError(place, catalog, changed)


class Drafted(NamedTuple):
    """A machine's text from which a person made theirs; `who` is the machine as in `@by`."""

    who: str
    text: str


def confirm(
    actor: Actor,
    ref: str,
    text: str | None = None,
    seen: Seen = (),
    drafted: Drafted | None = None,
    *,
    take_new: bool = False,
    first: Callable[[Catalog], Catalog] | None = None,
) -> StepResult:
    """Confirm one unit with `text`, or several with their current texts.

    A paragraph without a text takes its draft. With `take_new`, so does one whose draft changed,
    and a single paragraph that the REF names. `first` is a change of the catalog that the same step
    makes beforehand.

    Words that remain from `drafted` stay attributed to the machine. Like every step that takes
    `seen`, it raises ChangedMeanwhileError.
    """

    place, told = target(actor.project, ref).place, dict[str, str]()
    if take_new and place.folder != "articles":
        raise UsageError(f"{ref}: only a paragraph of a story has a draft to take.")
    is_one = take_new and len(target(actor.project, ref).ids(actor.project.load(place))) == 1

    def change(unit: Unit, drafts: Drafts) -> Unit:
        if text is None and (unit.omitted or unit.cut):
            return unit
        draft = drafts.get(unit.id, NO_DRAFT)
        wanted = cleaned(text) if text is not None else unit.target or first_text(unit, draft)
        _refuse(workflow.why_not_confirm(unit, wanted))
        before = _first_by(drafted, unit, actor)
        if take_new:
            before = with_new_draft(actor, place, before, draft, only_new=not is_one)
            wanted = before.target or wanted
        after = workflow.confirm(before, wanted, actor.who, actor.now, draft.shares)
        told[unit.id] = redraft.outcome(unit, after, draft.text)
        return _sighted(after, before, unit, seen, actor)

    done = _step(
        actor, ref, change, one=text is not None, drafts=True, texts=True, seen=seen, text_only=True, first=first
    )
    return done._replace(told=told)


def _sighted(after: Unit, shown: Unit, before: Unit, seen: Seen, actor: Actor) -> Unit:
    """Add a sighting (`@seen`) to a unit that was judged by itself, if a machine wrote its text.

    A unit that the step left unchanged gets none: a change of notes alone would not remove the
    clearance.
    """
    is_alone = len(seen) == 1 and after != before
    return workflow.sighted(after, shown, actor.who, actor.now) if is_alone else after


def _first_by(drafted: Drafted | None, unit: Unit, actor: Actor) -> Unit:
    """Return the unit with the machine's draft as its text, if there is one.

    What the person then changes in that draft is attributed to the person, and the rest to the
    machine.
    """
    text = cleaned(drafted.text) if drafted else ""
    return workflow.draft(unit, text, drafted.who, actor.now) if drafted and text else unit


def draft(actor: Actor, ref: str, text: str, seen: Seen = (), drafted: Drafted | None = None) -> StepResult:
    """Save a text that needs another look (fuzzy). `drafted` is as in `confirm`."""
    wanted = cleaned(text)

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse(workflow.why_not_write(unit))
        before = _first_by(drafted, unit, actor)
        return workflow.draft(before, wanted, actor.who, actor.now, drafts.get(unit.id, NO_DRAFT).shares)

    return _step(actor, ref, change, one=True, drafts=True, texts=True, seen=seen, text_only=True)


def fix(actor: Actor, ref: str, text: str, seen: Seen, ask: Callable[[Unit], list[Issue]]) -> StepResult:
    """Save a text that a check corrected.

    If the unit is approved, the same step approves the new text, or refuses. If it is fuzzy, it
    stays fuzzy. `ask` returns the issues of a unit.
    """

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse(workflow.why_not_confirm(unit, text))
        write = workflow.draft if unit.fuzzy else workflow.confirm
        new = write(unit, text, actor.who, actor.now, drafts.get(unit.id, NO_DRAFT).shares)
        if not workflow.is_approved(unit):
            return new
        why = workflow.why_not_approve(new, actor.user, actor.now, ask(new))
        _refuse(f"it is approved, and {why}" if why else "")
        return workflow.approve(new, actor.who, actor.now)

    return _step(actor, ref, change, one=True, drafts=True, texts=True, seen=seen, text_only=True)


def keep_both(actor: Actor, ref: str, text: str, drafted: Drafted | None = None) -> StepResult:
    """Store a text beside that of somebody else who changed the unit meanwhile, as a conflict to
    resolve.

    Words that both texts have keep their attribution. `drafted` is as in `confirm`.
    """
    wanted = cleaned(text)

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse("" if unit.target and wanted else "there are no two texts to keep.")
        if wanted == unit.target or any(each.text == wanted for each in unit.conflicts):
            return unit
        shares = drafts.get(unit.id, NO_DRAFT).shares
        mine = as_conflict(rewritten(_first_by(drafted, unit, actor), wanted, actor.who, actor.now, shares))
        return unit.replace(conflicts=(*unit.conflicts, mine), fuzzy=True, approved=None)

    return _step(actor, ref, change, one=True, drafts=True, texts=True)


def approve(actor: Actor, ref: str, seen: Seen = ()) -> StepResult:
    """Approve units. Raises RefusedError when the user may not approve one of them."""
    place = target(actor.project, ref).place
    ask = issue_finder(actor.project, place, actor.project.load(place))

    def change(unit: Unit, _: Drafts) -> Unit:
        found = ask(unit)
        _refuse(workflow.why_not_approve(unit, actor.user, actor.now, found))
        approved = unit if workflow.is_approved(unit) else workflow.approve(unit, actor.who, actor.now)
        return _sighted(approved, unit, unit, seen, actor)

    return _step(actor, ref, change, seen=seen)


def send_back(actor: Actor, ref: str, reason: str, seen: Seen = ()) -> StepResult:
    """Send units back to the translator with a reason."""
    if not reason.strip():
        raise UsageError("say why: a sentence that is sent back needs a comment.")

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse("" if unit.target else "it has no text to send back.")
        back = workflow.send_back(unit, actor.who, actor.now, cleaned(reason))
        return _sighted(back, unit, unit, seen, actor)

    return _step(actor, ref, change, texts=True, seen=seen)


def comment(actor: Actor, ref: str, text: str) -> StepResult:
    """Add a translator comment to units."""
    said = _said(text)
    return _step(actor, ref, lambda unit, _: workflow.comment(unit, said))


def ask(actor: Actor, ref: str, text: str, to: str = "") -> StepResult:
    """Ask a question about one unit, of the person `to` or of anyone."""
    if to and actor.project.settings.person(to) is None:
        raise UnknownNameError("person", to, [person.id for person in actor.project.settings.people], "transflow.toml")
    said = _said(text)
    return _step(actor, ref, lambda unit, _: workflow.ask(unit, actor.who, actor.now, said, to), one=True)


def answer(actor: Actor, ref: str, text: str, question: Question | None = None, seen: Seen = ()) -> StepResult:
    """Answer a question, or the oldest open one. Raises RefusedError when it is no longer open."""
    said = _said(text)

    def change(unit: Unit, _: Drafts) -> Unit:
        still = workflow.open_questions(unit)
        _refuse("" if still else "there is no open question.")
        _refuse("" if question is None or question in still else "somebody answered that question meanwhile.")
        return workflow.answer(unit, actor.who, actor.now, said, question)

    return _step(actor, ref, change, one=True, seen=seen)


def waive(actor: Actor, ref: str, check: str, reason: str, seen: Seen = ()) -> StepResult:
    """Waive one check for the current texts of units."""
    known = known_checks(actor.project.settings)
    if check not in known:
        if family := sorted(each for each in known if each.startswith(f"{check}.")):
            raise UsageError(f"“{check}” is a family: one check is waived at a time, of {', '.join(family)}.")
        raise UnknownNameError("check", check, known)
    if not reason.strip():
        raise UsageError("say why: a waiver needs a reason.")
    place = target(actor.project, ref).place
    ask = issue_finder(actor.project, place, actor.project.load(place))

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse(workflow.why_not_waive(unit, actor.user, actor.now))
        if not check.startswith(f"{story_checks.FAMILY}.") and check not in (
            said := [issue.check for issue in ask(unit)]
        ):
            told = f" What is said of it: {', '.join(dict.fromkeys(said))}." if said else ""
            _refuse(f"{check} says nothing of this text: there is nothing to waive.{told}")
        return workflow.waive(unit, check, actor.who, actor.now, cleaned(reason))

    return _step(actor, ref, change, seen=seen)


def omit(actor: Actor, ref: str, reason: str, seen: Seen = ()) -> StepResult:
    """Omit sentences of a report from translation, with a reason."""
    if target(actor.project, ref).place.folder == "articles":
        raise UsageError("a paragraph of a story is cut, not omitted: `transflow article cut`.")
    if not reason.strip():
        raise UsageError("say why: what is left out needs a reason.")
    why = cleaned(reason)

    def change(unit: Unit, _: Drafts) -> Unit:
        return unit if unit.omitted else unit.replace(omitted=workflow.act(unit, actor.who, actor.now, why))

    return _step(actor, ref, change, seen=seen)


def restore(actor: Actor, ref: str, seen: Seen = ()) -> StepResult:
    """Undo an omission."""
    return _step(actor, ref, lambda unit, _: unit.replace(omitted=None), seen=seen)


def claim(actor: Actor, ref: str, before: Callable[[CatalogRef, Unit], str | None], seen: Seen = ()) -> StepResult:
    """Attribute a text that was changed outside transflow to the user.

    `before` returns the text that a unit's `@by` describes, if it can be found.
    """
    place = target(actor.project, ref).place

    def change(unit: Unit, drafts: Drafts) -> Unit:
        if is_attributed(unit):
            return unit
        return workflow.claim(unit, actor.who, actor.now, before(place, unit), drafts.get(unit.id, NO_DRAFT).shares)

    return _step(actor, ref, change, drafts=True, texts=True, seen=seen, text_only=True)


def resolve(actor: Actor, ref: str, choice: str | int, seen: Seen = ()) -> StepResult:
    """Resolve a conflict: `choice` is 0 for the current text, n for the nth other text, or a new
    text.
    """

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse("" if unit.conflicts else "it has one text only; there is nothing to decide.")
        texts = [unit.target, *(each.text for each in unit.conflicts)]
        if isinstance(choice, int) and not 0 <= choice < len(texts):
            raise UsageError(f"{choice} is none of its other texts: they go from 1 to {len(texts) - 1}.")
        text = texts[choice] if isinstance(choice, int) else cleaned(choice)
        _refuse(workflow.why_not_write(unit) if text else "there is no text to decide for.")
        return workflow.resolve(unit, text, actor.who, actor.now, drafts.get(unit.id, NO_DRAFT).shares)

    return _step(actor, ref, change, one=True, drafts=True, texts=True, seen=seen)
