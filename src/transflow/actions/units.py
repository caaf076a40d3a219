"""The steps of units: every verb takes a REF, which may name many units, and does it for all of them or for none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from transflow import redraft, story, story_checks, workflow
from transflow.actions import Desk
from transflow.actions.checked import asker, known_checks
from transflow.actions.drafts import NO_DRAFT, Drafts, drafts_behind, first_text, with_new_draft
from transflow.actions.refs import numbered, target
from transflow.authorship import as_conflict, is_attributed, rewritten
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.marks import mark, text_mark, text_part
from transflow.model import Catalog, Issue, Question, Unit
from transflow.project import Place
from transflow.text import clean


class Done(NamedTuple):
    """What a step did: the catalog as it is now, and the units that it was asked for, changed or not."""

    place: Place
    catalog: Catalog
    ids: tuple[str, ...]
    changed: tuple[str, ...]
    told: Mapping[str, str] = {}
    """By id, whether a paragraph that was confirmed kept its text or took its draft, where there was a choice."""


Seen = tuple[str, ...]
"""The marks of all units of a REF as a person saw them, in any order; empty where a step judges what stands there now."""


def _step(
    desk: Desk,
    ref: str,
    change: Callable[[Unit, Drafts], Unit],
    *,
    one: bool = False,
    drafts: bool = False,
    texts: bool = False,
    seen: Seen = (),
    text_only: bool = False,
    first: Callable[[Catalog], Catalog] | None = None,
) -> Done:
    """Applies `change` to every unit of a REF; a refusal names the unit and leaves everything as it was.

    `one`: the REF must name one unit. `drafts`: `change` needs an article's present drafts. `texts`: it changes what a clearance was
    given to. `text_only`: of `seen` only the texts are compared. `first`: what is done to the catalog before, in the same step.
    """
    wanted = target(desk.project, ref)
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
        judged = [units[unit_id].having(target=stood[unit_id]) for unit_id in ids] if seen else []
        check_seen(wanted.place, catalog, judged, seen, text_only=text_only)
        present = drafts_behind(desk, wanted.place, catalog) if drafts else {}
        new = {unit_id: _named(units[unit_id], change, present, catalog, wanted.place) for unit_id in ids}
        found[:] = ids
        changed[:] = [unit_id for unit_id in ids if new[unit_id] != units[unit_id]]
        after = catalog.having(units=tuple(new.get(unit.id, unit) for unit in catalog.units))
        return story.without_clearance(after) if texts and changed else after

    catalog = desk.project.change(wanted.place, apply)
    return Done(wanted.place, catalog, tuple(found), tuple(changed))


def _named(unit: Unit, change: Callable[[Unit, Drafts], Unit], drafts: Drafts, catalog: Catalog, place: Place) -> Unit:
    try:
        return change(unit, drafts)
    except RefusedError as error:
        raise RefusedError(f"{numbered(catalog, place, unit.id)}: {error}") from None


def _refuse(why: str) -> None:
    if why:
        raise RefusedError(why)


def cleaned(text: str) -> str:
    """A text as the record holds it, without white space at its ends. Raises UsageError for one that it cannot hold."""
    try:
        return clean(text).strip()
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _said(text: str) -> str:
    """A comment, a question, an answer or a reason. Raises UsageError where nothing is said."""
    if said := cleaned(text):
        return said
    raise UsageError("it is empty: say something.")


class ChangedMeanwhileError(RefusedError):
    """Units are not what the person saw who judges them. Nothing was written. `units` are those, as they are now."""

    def __init__(self, place: Place, catalog: Catalog, units: Sequence[Unit]) -> None:
        self.place, self.catalog, self.units = place, catalog, tuple(units)
        names = ", ".join(numbered(catalog, place, unit.id) for unit in units)
        super().__init__(f"{names}: not what was seen: it changed after that, or its mark is not among those given.")

    @property
    def unit(self) -> Unit:
        return self.units[0]


def check_seen(place: Place, catalog: Catalog, units: Sequence[Unit], seen: Seen, *, text_only: bool = False) -> None:
    """Raises ChangedMeanwhileError for units that are not among what was seen."""
    if not seen:
        return
    known = set(map(text_part, seen) if text_only else seen)
    present = text_mark if text_only else mark
    if changed := [unit for unit in units if present(unit) not in known]:
        raise ChangedMeanwhileError(place, catalog, changed)


class Drafted(NamedTuple):
    """What a machine gave for a unit, from which somebody made the text: `who` as in `@by`."""

    who: str
    text: str


def confirm(
    desk: Desk,
    ref: str,
    text: str | None = None,
    seen: Seen = (),
    drafted: Drafted | None = None,
    *,
    take_new: bool = False,
    first: Callable[[Catalog], Catalog] | None = None,
) -> Done:
    """The text of one unit, or the present texts of several, are right. A paragraph without a text takes its draft; with
    `take_new`, so does one whose draft changed, or the one that is named. `first` is done before, in the same step.

    Of `drafted` the words that are left stay the machine's. Raises ChangedMeanwhileError, as every step that takes `seen`.
    """

    place, told = target(desk.project, ref).place, dict[str, str]()
    if take_new and place.folder != "articles":
        raise UsageError(f"{ref}: only a paragraph of a story has a draft to take.")
    is_one = take_new and len(target(desk.project, ref).ids(desk.project.load(place))) == 1

    def change(unit: Unit, drafts: Drafts) -> Unit:
        if text is None and (unit.omitted or unit.cut):
            return unit
        draft = drafts.get(unit.id, NO_DRAFT)
        wanted = cleaned(text) if text is not None else unit.target or first_text(unit, draft)
        _refuse(workflow.why_not_confirm(unit, wanted))
        before = _first_by(drafted, unit, desk)
        if take_new:
            before = with_new_draft(desk, place, before, draft, only_new=not is_one)
            wanted = before.target or wanted
        after = workflow.confirm(before, wanted, desk.who, desk.now, draft.shares)
        told[unit.id] = redraft.outcome(unit, after, draft.text)
        return _sighted(after, before, unit, seen, desk)

    done = _step(
        desk, ref, change, one=text is not None, drafts=True, texts=True, seen=seen, text_only=True, first=first
    )
    return done._replace(told=told)


def _sighted(after: Unit, shown: Unit, before: Unit, seen: Seen, desk: Desk) -> Unit:
    """After a step on a unit that was seen by itself, with a note of that where a machine wrote it. What stays as it was gets none: a
    note alone takes no clearance."""
    is_alone = len(seen) == 1 and after != before
    return workflow.sighted(after, shown, desk.who, desk.now) if is_alone else after


def _first_by(drafted: Drafted | None, unit: Unit, desk: Desk) -> Unit:
    """The unit with a machine's draft, where there is one: then who writes on from it has written the rest."""
    text = cleaned(drafted.text) if drafted else ""
    return workflow.draft(unit, text, drafted.who, desk.now) if drafted and text else unit


def draft(desk: Desk, ref: str, text: str, seen: Seen = (), drafted: Drafted | None = None) -> Done:
    """A text that needs another look. `drafted` is as in `confirm`."""
    wanted = cleaned(text)

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse(workflow.why_not_write(unit))
        before = _first_by(drafted, unit, desk)
        return workflow.draft(before, wanted, desk.who, desk.now, drafts.get(unit.id, NO_DRAFT).shares)

    return _step(desk, ref, change, one=True, drafts=True, texts=True, seen=seen, text_only=True)


def fix(desk: Desk, ref: str, text: str, seen: Seen, ask: Callable[[Unit], list[Issue]]) -> Done:
    """A text that a check corrected. One that was approved is approved again in the same step, or nothing is done; one that
    needed another look still does. `ask` gives the issues of a unit."""

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse(workflow.why_not_confirm(unit, text))
        write = workflow.draft if unit.fuzzy else workflow.confirm
        new = write(unit, text, desk.who, desk.now, drafts.get(unit.id, NO_DRAFT).shares)
        if not workflow.is_approved(unit):
            return new
        why = workflow.why_not_approve(new, desk.user, desk.now, ask(new))
        _refuse(f"it is approved, and {why}" if why else "")
        return workflow.approve(new, desk.who, desk.now)

    return _step(desk, ref, change, one=True, drafts=True, texts=True, seen=seen, text_only=True)


def keep_both(desk: Desk, ref: str, text: str, drafted: Drafted | None = None) -> Done:
    """Puts a text beside that of somebody else who changed the unit meanwhile: it needs another look, and people decide. Words that
    both have stay whose they are. `drafted` is as in `confirm`."""
    wanted = cleaned(text)

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse("" if unit.target and wanted else "there are no two texts to keep.")
        if wanted == unit.target or any(each.text == wanted for each in unit.conflicts):
            return unit
        shares = drafts.get(unit.id, NO_DRAFT).shares
        mine = as_conflict(rewritten(_first_by(drafted, unit, desk), wanted, desk.who, desk.now, shares))
        return unit.having(conflicts=(*unit.conflicts, mine), fuzzy=True, approved=None)

    return _step(desk, ref, change, one=True, drafts=True, texts=True)


def approve(desk: Desk, ref: str, seen: Seen = ()) -> Done:
    place = target(desk.project, ref).place
    ask = asker(desk.project, place, desk.project.load(place))

    def change(unit: Unit, _: Drafts) -> Unit:
        found = ask(unit)
        _refuse(workflow.why_not_approve(unit, desk.user, desk.now, found))
        approved = unit if workflow.is_approved(unit) else workflow.approve(unit, desk.who, desk.now)
        return _sighted(approved, unit, unit, seen, desk)

    return _step(desk, ref, change, seen=seen)


def send_back(desk: Desk, ref: str, reason: str, seen: Seen = ()) -> Done:
    if not reason.strip():
        raise UsageError("say why: a sentence that is sent back needs a comment.")

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse("" if unit.target else "it has no text to send back.")
        back = workflow.send_back(unit, desk.who, desk.now, cleaned(reason))
        return _sighted(back, unit, unit, seen, desk)

    return _step(desk, ref, change, texts=True, seen=seen)


def comment(desk: Desk, ref: str, text: str) -> Done:
    said = _said(text)
    return _step(desk, ref, lambda unit, _: workflow.comment(unit, said))


def ask(desk: Desk, ref: str, text: str, to: str = "") -> Done:
    if to and desk.project.settings.person(to) is None:
        raise UnknownNameError("person", to, [person.id for person in desk.project.settings.people], "transflow.toml")
    said = _said(text)
    return _step(desk, ref, lambda unit, _: workflow.ask(unit, desk.who, desk.now, said, to), one=True)


def answer(desk: Desk, ref: str, text: str, question: Question | None = None, seen: Seen = ()) -> Done:
    """Answers a question; without one, the oldest that is open. Raises RefusedError where it is open no longer."""
    said = _said(text)

    def change(unit: Unit, _: Drafts) -> Unit:
        still = workflow.open_questions(unit)
        _refuse("" if still else "there is no open question.")
        _refuse("" if question is None or question in still else "somebody answered that question meanwhile.")
        return workflow.answer(unit, desk.who, desk.now, said, question)

    return _step(desk, ref, change, one=True, seen=seen)


def waive(desk: Desk, ref: str, check: str, reason: str, seen: Seen = ()) -> Done:
    known = known_checks(desk.project.settings)
    if check not in known:
        if family := sorted(each for each in known if each.startswith(f"{check}.")):
            raise UsageError(f"“{check}” is a family: one check is waived at a time, of {', '.join(family)}.")
        raise UnknownNameError("check", check, known)
    if not reason.strip():
        raise UsageError("say why: a waiver needs a reason.")
    place = target(desk.project, ref).place
    ask = asker(desk.project, place, desk.project.load(place))

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse(workflow.why_not_waive(unit, desk.user, desk.now))
        if not check.startswith(f"{story_checks.FAMILY}.") and check not in (
            said := [issue.check for issue in ask(unit)]
        ):
            told = f" What is said of it: {', '.join(dict.fromkeys(said))}." if said else ""
            _refuse(f"{check} says nothing of this text: there is nothing to waive.{told}")
        return workflow.waive(unit, check, desk.who, desk.now, cleaned(reason))

    return _step(desk, ref, change, seen=seen)


def omit(desk: Desk, ref: str, reason: str, seen: Seen = ()) -> Done:
    """Leaves sentences of a report out on purpose."""
    if target(desk.project, ref).place.folder == "articles":
        raise UsageError("a paragraph of a story is cut, not omitted: `transflow article cut`.")
    if not reason.strip():
        raise UsageError("say why: what is left out needs a reason.")
    why = cleaned(reason)

    def change(unit: Unit, _: Drafts) -> Unit:
        return unit if unit.omitted else unit.having(omitted=workflow.act(unit, desk.who, desk.now, why))

    return _step(desk, ref, change, seen=seen)


def restore(desk: Desk, ref: str, seen: Seen = ()) -> Done:
    """Takes an omission back."""
    return _step(desk, ref, lambda unit, _: unit.having(omitted=None), seen=seen)


def claim(desk: Desk, ref: str, before: Callable[[Place, Unit], str | None], seen: Seen = ()) -> Done:
    """Says that a text which was changed outside transflow is the user's. `before` finds the text it was made from."""
    place = target(desk.project, ref).place

    def change(unit: Unit, drafts: Drafts) -> Unit:
        if is_attributed(unit):
            return unit
        return workflow.claim(unit, desk.who, desk.now, before(place, unit), drafts.get(unit.id, NO_DRAFT).shares)

    return _step(desk, ref, change, drafts=True, texts=True, seen=seen, text_only=True)


def resolve(desk: Desk, ref: str, choice: str | int, seen: Seen = ()) -> Done:
    """Decides between the texts of a conflict: 0 for the present one, n for the nth other, or a text."""

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse("" if unit.conflicts else "it has one text only; there is nothing to decide.")
        texts = [unit.target, *(each.text for each in unit.conflicts)]
        if isinstance(choice, int) and not 0 <= choice < len(texts):
            raise UsageError(f"{choice} is none of its other texts: they go from 1 to {len(texts) - 1}.")
        text = texts[choice] if isinstance(choice, int) else cleaned(choice)
        _refuse(workflow.why_not_write(unit) if text else "there is no text to decide for.")
        return workflow.resolve(unit, text, desk.who, desk.now, drafts.get(unit.id, NO_DRAFT).shares)

    return _step(desk, ref, change, one=True, drafts=True, texts=True, seen=seen)
