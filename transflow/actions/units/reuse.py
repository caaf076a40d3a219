"""Steps that use texts again: the same sentence elsewhere, replacements in a report, earlier texts.

Invariant: words keep their authors. What is filled in needs another look, so that a person confirms
each place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from transflow.actions import Actor, recording
from transflow.actions.checks.cached import issue_finder
from transflow.actions.language.replace import reapproved
from transflow.actions.refs import at_unit, parse_ref, unit_ref
from transflow.actions.units.seen import Seen, check_seen
from transflow.actions.units.steps import StepResult
from transflow.actions.units.texts import stored_text
from transflow.attribution.authorship import with_respelled_target, with_target
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.units import workflow
from transflow.units.repetition import has_same_source, with_text_of

MESSAGES = Messages(
    __name__,
    {
        "no-origin": "the sentence whose text was to be used is gone, or has no text any more.",
        "other-source": "it is not the same sentence any more.",
        "has-text": "it has a text meanwhile.",
        "two-texts": "two people gave it two texts: decide first with {command}.",
    },
)


def fill_same(actor: Actor, ref: str, origin: str, seen: Seen = ()) -> StepResult:
    """Put the text of the unit `origin` into units with the same source and without a text.

    They get its shares, and need another look.
    """

    def change(unit: Unit, catalog: Catalog) -> Unit:
        source = catalog.find(origin)
        if source is None or not source.target:
            raise RefusedError(MESSAGES("no-origin"))
        if not has_same_source(unit, source):
            raise RefusedError(MESSAGES("other-source"))
        if unit.target:
            raise RefusedError(MESSAGES("has-text"))
        _refuse_if(workflow.why_not_write(source))
        return with_text_of(unit, source)

    return _changed(actor, ref, change, seen)


def rewrite(actor: Actor, ref: str, texts: Mapping[str, str], *, respelled: bool, seen: Seen = ()) -> StepResult:
    """Replace the texts of units, given by id, in one step; states stay as they are.

    With `respelled`, names or terms are spelled otherwise, and all words keep their authors. An
    approval is renewed if the user may approve the new text; otherwise it is removed.
    """
    place = parse_ref(actor.project, ref).place
    issues_of = issue_finder(actor.project, place, actor.project.load(place))
    write = with_respelled_target if respelled else with_target

    def change(unit: Unit, _: Catalog) -> Unit:
        text = stored_text(texts[unit.id])
        if text == unit.target:
            return unit
        if unit.conflicts:
            raise RefusedError(MESSAGES("two-texts", command=CommandRef("unit resolve")))
        _refuse_if(workflow.why_not_confirm(unit, text))
        return reapproved(actor, place.locale, unit, write(unit, text, actor.who, actor.now), issues_of)[0]

    return _changed(actor, ref, change, seen)


def _refuse_if(reason: Message) -> None:
    if reason:
        raise RefusedError(reason)


def _changed(actor: Actor, ref: str, change: Callable[[Unit, Catalog], Unit], seen: Seen) -> StepResult:
    """Change all units of a REF or none; a refusal names the unit."""
    parsed = parse_ref(actor.project, ref)
    ids: list[str] = []
    changed: list[str] = []

    def apply(catalog: Catalog) -> Catalog:
        ids[:] = parsed.ids(catalog)
        units = [unit for unit in catalog.units if unit.id in ids]
        check_seen(parsed.place, catalog, units, seen)
        new: dict[str, Unit] = {}
        for unit in units:
            try:
                new[unit.id] = change(unit, catalog)
            except RefusedError as error:
                where = unit_ref(actor.project, catalog, parsed.place, unit.id)
                raise RefusedError(at_unit(where, error.message)) from None
        changed[:] = [unit.id for unit in units if new[unit.id] != unit]
        return catalog.replace(units=tuple(new.get(unit.id, unit) for unit in catalog.units))

    saved = recording.change(actor, parsed.place, apply)
    return StepResult(parsed.place, saved.catalog, tuple(ids), tuple(changed), unsigned=saved.unsigned)
