"""Workflow steps of units.

Each function takes a REF, and changes all units that it names or none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from transflow import story_checks
from transflow.actions import Actor, recording
from transflow.actions.checks.cached import issue_finder
from transflow.actions.refs import ParsedRef, at_unit, not_one, parse_ref, unit_ref
from transflow.actions.stories.drafts import NO_DRAFT, Drafts, current_drafts, first_text, with_new_draft
from transflow.actions.units.one_by_one import Judgement
from transflow.actions.units.own_work import why_not_approve
from transflow.actions.units.remembered import MachineDraft, with_former_draft, with_machine_text
from transflow.actions.units.seen import Seen, check_seen
from transflow.actions.units.texts import required_text, stored_text
from transflow.actions.units.waivable import issues_by, waivable_ids
from transflow.attribution.authorship import as_conflict, is_attributed, with_target
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.messages import NOTHING, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Question, Unit
from transflow.project import CatalogRef
from transflow.stories import redraft
from transflow.stories.clearance import without_clearance
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "no-draft": "{ref}: only a paragraph of a story has a draft to take.",
        "approved-and": "it is approved, and {why}",
        "no-two-texts": "there are no two texts to keep.",
        "send-back-why": "say why: a sentence that is sent back needs a comment.",
        "nothing-to-send-back": "it has no text to send back.",
        "no-question": "there is no open question.",
        "answered": "somebody answered that question meanwhile.",
        "family": "“{check}” is a family: one check is waived at a time, of {family}.",
        "waive-why": "say why: a waiver needs a reason.",
        "nothing-to-waive": "{check} says nothing of this text: there is nothing to waive.",
        "reported": "What is said of it: {checks}.",
        "cut-not-omit": "a paragraph of a story is cut, not omitted: {command}.",
        "omit-why": "say why: what is left out needs a reason.",
        "one-text": "it has one text only; there is nothing to decide.",
        "no-such-text": "{number} is none of its other texts: they go from 1 to {last}.",
        "nothing-to-decide": "there is no text to decide for.",
    },
)


class StepResult(NamedTuple):
    """The catalog after a step, and the ids of the units that the REF names, changed or not."""

    place: CatalogRef
    catalog: Catalog
    ids: tuple[str, ...]
    changed: tuple[str, ...]
    outcomes: Mapping[str, str] = {}
    """Outcomes by id, for confirmed paragraphs that had a choice between text and draft."""
    unsigned: Message = NOTHING
    """Reason why a decision is not signed; `NOTHING` if it is, or need not be."""
    passed_over: int = 0
    """Number of units that the REF names and that were not judged, since they are left out."""


def _step(
    actor: Actor,
    ref: str,
    change: Callable[[Unit, Drafts], Unit],
    *,
    single: bool = False,
    drafts: bool = False,
    texts: bool = False,
    seen: Seen = (),
    text_only: bool = False,
    first: Callable[[Catalog], Catalog] | None = None,
    passes_over: bool = False,
) -> StepResult:
    """Apply `change` to every unit of a REF; a refusal names the unit and changes nothing.

    - `single`: the REF must name exactly one unit.
    - `drafts`: `change` needs the current drafts of an article.
    - `texts`: `change` may alter texts that a clearance covers.
    - `text_only`: of `seen`, only the texts are compared.
    - `first`: a change of the whole catalog beforehand; `passes_over`: leaves what is left out.
    """
    parsed = parse_ref(actor.project, ref)
    ids = changed = tuple[str, ...]()

    def apply(catalog: Catalog) -> Catalog:
        nonlocal ids, changed
        ids = _selected(parsed, ref, catalog, single=single, passes_over=passes_over)
        before, catalog = catalog, first(catalog) if first else catalog
        old_targets, units = {each.id: each.target for each in before.units}, {each.id: each for each in catalog.units}
        as_seen = [units[unit_id].replace(target=old_targets[unit_id]) for unit_id in ids] if seen else []
        check_seen(parsed.place, catalog, as_seen, seen, text_only=text_only)
        present = current_drafts(actor, parsed.place, catalog) if drafts else {}
        refer = partial(unit_ref, actor.project, catalog, parsed.place)
        new = {unit_id: _changed_unit(units[unit_id], change, present, refer) for unit_id in ids}
        changed = tuple(unit_id for unit_id in ids if new[unit_id] != units[unit_id])
        after = catalog.replace(units=tuple(new.get(unit.id, unit) for unit in catalog.units))
        return without_clearance(after) if texts and changed else after

    saved = recording.change(actor, parsed.place, apply)
    return StepResult(parsed.place, saved.catalog, ids, changed, unsigned=saved.unsigned)


def _selected(parsed: ParsedRef, ref: str, catalog: Catalog, *, single: bool, passes_over: bool) -> tuple[str, ...]:
    ids = parsed.ids(catalog)
    if single and len(ids) != 1:
        raise not_one(parsed, ref)
    if passes_over:
        named = workflow.without_left_out([unit for unit in catalog.units if unit.id in ids])
        return tuple(unit.id for unit in named)
    return ids


def _changed_unit(
    unit: Unit, change: Callable[[Unit, Drafts], Unit], drafts: Drafts, refer: Callable[[str], str]
) -> Unit:
    try:
        return change(unit, drafts)
    except RefusedError as error:
        raise RefusedError(at_unit(refer(unit.id), error.message)) from None


def _refuse_if(reason: Message) -> None:
    if reason:
        raise RefusedError(reason)


def confirm(
    actor: Actor,
    ref: str,
    text: str | None = None,
    seen: Seen = (),
    drafted: MachineDraft | None = None,
    *,
    take_new: bool = False,
    first: Callable[[Catalog], Catalog] | None = None,
) -> StepResult:
    """Confirm one unit with `text`, or several with their current texts.

    A paragraph without a text takes its draft. With `take_new`, so does one whose draft changed,
    and a single paragraph that the REF names. `first` is a change of the catalog beforehand, in the
    same step. Words that remain from `drafted` stay attributed to the machine. Like every step that
    takes `seen`, it raises ChangedMeanwhileError.
    """
    place, outcomes = parse_ref(actor.project, ref).place, dict[str, str]()
    is_one, judgement = take_new and _is_one_paragraph(actor, ref), Judgement.of(actor, ref)

    def change(unit: Unit, drafts: Drafts) -> Unit:
        if text is None and (unit.omitted or unit.cut):
            return unit
        draft = drafts.get(unit.id, NO_DRAFT)
        new_text = stored_text(text) if text is not None else unit.target or first_text(unit, draft)
        _refuse_if(workflow.why_not_confirm(unit, new_text))
        before = with_machine_text(actor, place.locale, unit, drafted)
        if take_new:
            before = with_new_draft(actor, place, before, draft, only_new=not is_one)
            new_text = before.target or new_text
        after = workflow.confirm(before, new_text, actor.who, actor.now, draft.shares)
        after = with_former_draft(actor, place, before, after)
        outcomes[unit.id] = redraft.choice_made(unit, after, draft.text)
        return judgement.confirmed(unit, before, after, seen, draft)

    judgement.check_use(drafted.who if drafted else actor.who)
    result = _step(
        actor, ref, change, single=text is not None, drafts=True, texts=True, seen=seen, text_only=True, first=first
    )
    return result._replace(outcomes=outcomes)


def _is_one_paragraph(actor: Actor, ref: str) -> bool:
    """Return whether a REF names one paragraph of a story. Raise UsageError if it is no story's."""
    parsed = parse_ref(actor.project, ref)
    if parsed.place.folder != "articles":
        raise UsageError(MESSAGES("no-draft", ref=ref))
    return len(parsed.ids(actor.project.load(parsed.place))) == 1


def draft(actor: Actor, ref: str, text: str, seen: Seen = (), drafted: MachineDraft | None = None) -> StepResult:
    """Save a text that needs another look (fuzzy). `drafted` is as in `confirm`."""
    new_text, place = stored_text(text), parse_ref(actor.project, ref).place
    Judgement.of(actor, ref).check_use(drafted.who if drafted else actor.who)

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse_if(workflow.why_not_write(unit))
        before = with_machine_text(actor, place.locale, unit, drafted)
        after = workflow.draft(before, new_text, actor.who, actor.now, drafts.get(unit.id, NO_DRAFT).shares)
        return with_former_draft(actor, place, before, after)

    return _step(actor, ref, change, single=True, drafts=True, texts=True, seen=seen, text_only=True)


def fix(actor: Actor, ref: str, text: str, seen: Seen, issues_of: Callable[[Unit], list[Issue]]) -> StepResult:
    """Save a text that a check corrected; nobody had it on the screen.

    If the unit is approved, the same step approves the new text, or refuses. If it is fuzzy, it
    stays fuzzy. `issues_of` returns the issues of a unit.
    """

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse_if(workflow.why_not_confirm(unit, text))
        write = workflow.draft if unit.fuzzy else workflow.confirm
        draft = drafts.get(unit.id, NO_DRAFT)
        new = write(unit, text, actor.who, actor.now, draft.shares)
        new = judgement.judged(unit, unit, new, (), "confirm", draft)
        if not workflow.is_approved(unit):
            return new
        refusal = workflow.why_not_approve(new, actor.user, actor.now, issues_of(new))
        _refuse_if(MESSAGES("approved-and", why=refusal) if refusal else NOTHING)
        return workflow.approve(new, actor.who, actor.now)

    judgement = Judgement.of(actor, ref)
    return _step(actor, ref, change, single=True, drafts=True, texts=True, seen=seen, text_only=True)


def keep_both(actor: Actor, ref: str, text: str, drafted: MachineDraft | None = None) -> StepResult:
    """Store a text beside that of somebody else who changed the unit meanwhile, as a conflict.

    People resolve it later. Words that both texts have keep their attribution. `drafted` is as in
    `confirm`.
    """
    new_text, place = stored_text(text), parse_ref(actor.project, ref).place
    Judgement.of(actor, ref).check_use(drafted.who if drafted else "")

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse_if(NOTHING if unit.target and new_text else MESSAGES("no-two-texts"))
        if new_text == unit.target or any(each.text == new_text for each in unit.conflicts):
            return unit
        shares = drafts.get(unit.id, NO_DRAFT).shares
        base = with_machine_text(actor, place.locale, unit, drafted)
        conflict = as_conflict(with_target(base, new_text, actor.who, actor.now, shares))
        return unit.replace(conflicts=(*unit.conflicts, conflict), fuzzy=True, approved=None)

    return _step(actor, ref, change, single=True, drafts=True, texts=True)


def approve(actor: Actor, ref: str, seen: Seen = (), *, again: bool = False) -> StepResult:
    """Approve units; with `again`, those too that are approved.

    Of several units, those that are left out are passed over. Raise RefusedError if the user may
    not approve one of the others.
    """
    place = parse_ref(actor.project, ref).place
    issues_of = issue_finder(actor.project, place, actor.project.load(place))
    judgement = Judgement.of(actor, ref)

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse_if(why_not_approve(actor, unit, issues_of(unit)))
        approved = unit if workflow.is_approved(unit) and not again else workflow.approve(unit, actor.who, actor.now)
        return judgement.judged(unit, unit, approved, seen, "approve")

    result = _step(actor, ref, change, seen=seen, passes_over=True)
    return result._replace(passed_over=len(parse_ref(actor.project, ref).ids(result.catalog)) - len(result.ids))


def send_back(actor: Actor, ref: str, reason: str, seen: Seen = ()) -> StepResult:
    """Send units back to the translator with a reason."""
    if not reason.strip():
        raise UsageError(MESSAGES("send-back-why"))

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse_if(NOTHING if unit.target else MESSAGES("nothing-to-send-back"))
        back = workflow.send_back(unit, actor.who, actor.now, stored_text(reason))
        return judgement.seen(back, unit, unit, seen)

    judgement = Judgement.of(actor, ref)

    return _step(actor, ref, change, texts=True, seen=seen)


def comment(actor: Actor, ref: str, text: str) -> StepResult:
    """Add a translator comment to units."""
    comment_text = required_text(text)
    return _step(actor, ref, lambda unit, _: workflow.comment(unit, comment_text))


def ask(actor: Actor, ref: str, text: str, to: str = "") -> StepResult:
    """Ask a question about one unit, of the person `to` or of anyone."""
    if to and actor.project.settings.person(to) is None:
        raise UnknownNameError("person", to, [person.id for person in actor.project.settings.people], "transflow.toml")
    question_text = required_text(text)
    return _step(actor, ref, lambda unit, _: workflow.ask(unit, actor.who, actor.now, question_text, to), single=True)


def answer(actor: Actor, ref: str, text: str, question: Question | None = None, seen: Seen = ()) -> StepResult:
    """Answer a question, or the oldest open one. Raise RefusedError if it is no longer open."""
    answer_text = required_text(text)

    def change(unit: Unit, _: Drafts) -> Unit:
        still_open = workflow.open_questions(unit)
        _refuse_if(NOTHING if still_open else MESSAGES("no-question"))
        _refuse_if(NOTHING if question is None or question in still_open else MESSAGES("answered"))
        return workflow.answer(unit, actor.who, actor.now, answer_text, question)

    return _step(actor, ref, change, single=True, seen=seen)


def waive(actor: Actor, ref: str, check: str, reason: str, seen: Seen = ()) -> StepResult:
    """Waive one check for the current texts of units."""
    check_ids = waivable_ids(actor.project.settings)
    if check not in check_ids:
        if family := sorted(each for each in check_ids if each.startswith(f"{check}.")):
            raise UsageError(MESSAGES("family", check=check, family=", ".join(family)))
        raise UnknownNameError("check", check, check_ids)
    if not reason.strip():
        raise UsageError(MESSAGES("waive-why"))
    place = parse_ref(actor.project, ref).place
    issues_of = issues_by(actor, place, check)

    def change(unit: Unit, _: Drafts) -> Unit:
        _refuse_if(workflow.why_not_waive(unit, actor.user, actor.now))
        if not check.startswith(f"{story_checks.FAMILY}.") and check not in (
            reported := [issue.check for issue in issues_of(unit)]
        ):
            listed = [MESSAGES("reported", checks=", ".join(dict.fromkeys(reported)))] if reported else []
            _refuse_if(joined([MESSAGES("nothing-to-waive", check=check), *listed], " "))
        return workflow.waive(unit, check, actor.who, actor.now, stored_text(reason))

    return _step(actor, ref, change, seen=seen)


def omit(actor: Actor, ref: str, reason: str, seen: Seen = ()) -> StepResult:
    """Omit sentences of a report, with a reason."""
    if parse_ref(actor.project, ref).place.folder == "articles":
        raise UsageError(MESSAGES("cut-not-omit", command=CommandRef("article cut")))
    if not reason.strip():
        raise UsageError(MESSAGES("omit-why"))
    cleaned_reason = stored_text(reason)

    def change(unit: Unit, _: Drafts) -> Unit:
        return unit if unit.omitted else unit.replace(omitted=workflow.act(unit, actor.who, actor.now, cleaned_reason))

    return _step(actor, ref, change, seen=seen)


def restore(actor: Actor, ref: str, seen: Seen = ()) -> StepResult:
    """Undo an omission."""
    return _step(actor, ref, lambda unit, _: unit.replace(omitted=None), seen=seen)


def claim(actor: Actor, ref: str, before: Callable[[CatalogRef, Unit], str | None], seen: Seen = ()) -> StepResult:
    """Attribute a text that was changed outside transflow to the user.

    `before` returns the text that a unit's `@by` describes, if it can be found.
    """
    place = parse_ref(actor.project, ref).place

    def change(unit: Unit, drafts: Drafts) -> Unit:
        if is_attributed(unit):
            return unit
        return workflow.claim(unit, actor.who, actor.now, before(place, unit), drafts.get(unit.id, NO_DRAFT).shares)

    return _step(actor, ref, change, drafts=True, texts=True, seen=seen, text_only=True)


def resolve(actor: Actor, ref: str, choice: str | int, seen: Seen = ()) -> StepResult:
    """Resolve a conflict with one of its texts, or a new one.

    `choice` is 0 for the current text, n for the nth other text, or a new text.
    """

    def change(unit: Unit, drafts: Drafts) -> Unit:
        _refuse_if(NOTHING if unit.conflicts else MESSAGES("one-text"))
        texts = [unit.target, *(each.text for each in unit.conflicts)]
        if isinstance(choice, int) and not 0 <= choice < len(texts):
            raise UsageError(MESSAGES("no-such-text", number=choice, last=len(texts) - 1))
        text = texts[choice] if isinstance(choice, int) else stored_text(choice)
        _refuse_if(workflow.why_not_write(unit) if text else MESSAGES("nothing-to-decide"))
        draft = drafts.get(unit.id, NO_DRAFT)
        resolved = workflow.resolve(unit, text, actor.who, actor.now, draft.shares)
        return judgement.judged(unit, resolved, resolved, seen, "resolve", draft)

    judgement = Judgement.of(actor, ref)
    return _step(actor, ref, change, single=True, drafts=True, texts=True, seen=seen)
