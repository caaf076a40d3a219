"""Texts that people pasted from a machine: recorded as that machine's, confirmed by the person."""

from __future__ import annotations

import re

from transflow.actions import Actor
from transflow.actions.refs import at_unit, parse_ref, unit_ref
from transflow.actions.units import steps
from transflow.actions.units.one_by_one import Judgement
from transflow.actions.units.remembered import MachineDraft
from transflow.actions.units.seen import Seen
from transflow.actions.units.steps import StepResult
from transflow.actions.units.texts import stored_text
from transflow.attribution import stamps
from transflow.attribution.authorship import is_attributed
from transflow.attribution.machines import is_engine, machine_author
from transflow.errors import RefusedError, UsageError
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Authorship, Unit
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "no-name": "{name} is no name of a machine: write one such as chatgpt, or chatgpt/gpt-5 with its model.",
        "not-yours": "none of its words are yours: what another person pasted is theirs to record.",
    },
)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[^\s/\"]+)?", re.IGNORECASE)


def machine_name(name: str) -> str:
    """Return the author name of a machine that people name. Raise UsageError."""
    engine, _, model = name.strip().removeprefix("mt:").partition("/")
    author = machine_author(engine.lower(), model)
    if not _NAME.fullmatch(name.strip().removeprefix("mt:")) or not is_engine(author) or engine.lower() == "source":
        raise UsageError(MESSAGES("no-name", name=name))
    return author


def write(actor: Actor, ref: str, text: str, name: str, seen: Seen = (), *, needs_look: bool = False) -> StepResult:
    """Write a text that was pasted from a machine; one that stands there is recorded as its."""
    draft, parsed = MachineDraft(machine_name(name), text), parse_ref(actor.project, ref)
    catalog = actor.project.load(parsed.place)
    standing = {unit.id for unit in catalog.units if unit.target == stored_text(text)}
    if not needs_look and standing.issuperset(parsed.ids(catalog)):
        return confirm(actor, ref, name, seen)
    return (steps.draft if needs_look else steps.confirm)(actor, ref, text, seen, draft)


def confirm(actor: Actor, ref: str, name: str, seen: Seen = ()) -> StepResult:
    """Confirm units whose words by the user, or by nobody yet, were pasted from a machine.

    Raise RefusedError for a unit without such words, and where the desk's rule excludes machines.
    """
    machine, parsed = machine_name(name), parse_ref(actor.project, ref)
    Judgement.of(actor, ref).check_use(machine)

    def recorded(catalog: Catalog) -> Catalog:
        ids = parsed.ids(catalog)
        for unit in catalog.units:
            if unit.id in ids and is_attributed(unit) and not any(_is_own(each, actor.who) for each in unit.by):
                raise RefusedError(
                    at_unit(unit_ref(actor.project, catalog, parsed.place, unit.id), MESSAGES("not-yours"))
                )
        return catalog.replace(
            units=tuple(_as_of(unit, machine, actor) if unit.id in ids else unit for unit in catalog.units)
        )

    return steps.confirm(actor, ref, seen=seen, first=recorded)


def _is_own(each: Authorship, who: str) -> bool:
    return each.who == who and each.words > 0


def _as_of(unit: Unit, machine: str, actor: Actor) -> Unit:
    """Return a unit with the words of the user, or of nobody, as those of a machine."""
    if not is_attributed(unit):
        return workflow.claim(unit, machine, actor.now, None)
    own = sum(each.words for each in unit.by if each.who in (actor.who, machine))
    others = tuple(each for each in unit.by if each.who not in (actor.who, machine))
    return unit.replace(by=(*others, Authorship(machine, stamps.stamp_for(unit, actor.now), own)))
