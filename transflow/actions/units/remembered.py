"""Texts that people take from machines and from the memory, with everybody who wrote them.

Invariant: a text that is used again keeps its authors: what a machine wrote stays the machine's,
and what a person wrote is no machine's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.units.history import former_draft
from transflow.actions.units.texts import stored_text
from transflow.attribution.authorship import as_conflict, is_attributed, with_target
from transflow.attribution.machines import engine_words, engines, is_engine
from transflow.errors import RefusedError
from transflow.memory.match import Origin
from transflow.messages import NOTHING, Message, Messages
from transflow.model.unit import Conflict, ConflictShare, Unit
from transflow.project import CatalogRef, Project
from transflow.text import words
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "machine": "{who} wrote what the memory has, and [machine] in transflow.toml allows no words of machines for this "
        "language.",
    },
)


class MachineDraft(NamedTuple):
    """A machine's text from which a person made theirs; `who` is the machine as in `@by`."""

    who: str
    text: str
    origin: Origin | None = None
    """Sentence that a match of the memory comes from: its authors keep their words."""


def with_machine_text(actor: Actor, locale: str, unit: Unit, drafted: MachineDraft | None) -> Unit:
    """Return the unit with a machine's draft as its text, if there is one. Raise RefusedError.

    What a person then changes in it is attributed to the person, and the rest to the machine. A
    match of the memory whose authors are unknown is the text of whoever took it.
    """
    text = stored_text(drafted.text) if drafted else ""
    if drafted is None or not text:
        return unit
    others = remembered(actor.project, locale, drafted.origin, text)
    if why := why_not_again(actor.project, locale, others):
        raise RefusedError(why)
    if drafted.origin and not others:
        return unit
    return workflow.draft(unit, text, drafted.who, actor.now, others=others)


def with_former_draft(actor: Actor, place: CatalogRef, before: Unit, after: Unit) -> Unit:
    """Return a written unit with the words of a machine's draft that came back into it.

    Somebody replaced the draft, and then typed it or took it from git: it is the machine's again.
    """
    is_new = after.target != before.target
    if not is_new or not engines(before) or engine_words(before) or engine_words(after):
        return after
    found = former_draft(actor.project, place, before.id, after.target)
    if found is None:
        return after
    shared = with_target(before, after.target, actor.who, actor.now, before.translated, [as_conflict(found)])
    return after.replace(by=shared.by, translated=shared.translated)


def remembered(project: Project, locale: str, origin: Origin | None, text: str) -> tuple[Conflict, ...]:
    """Return the text that a match comes from, with its authors; empty if these are unknown.

    They are unknown in an imported memory and in that of another project, unless it names a
    machine.
    """
    if origin is None:
        return ()
    place = CatalogRef(locale, "reports", origin.catalog)
    is_own = "/" not in origin.catalog and project.exists(place)
    unit = project.load(place).find(origin.unit) if is_own else None
    if unit is not None and unit.target:
        machine = next(iter(engines(unit)), "")
        is_known = is_attributed(unit) or not machine
        return (as_conflict(unit) if is_known else _by(machine, origin.time, unit.target),)
    return (_by(origin.who, origin.time, text),) if is_engine(origin.who) else ()


def _by(machine: str, time: str, text: str) -> Conflict:
    return Conflict(machine, time, text, (ConflictShare("by", machine, len(words(text))),))


def why_not_again(project: Project, locale: str, others: Sequence[Conflict]) -> Message:
    """Return why a text of the memory is not used again, or `NOTHING`: a machine has words in it,
    and the desk's rule excludes machines.
    """
    shares = (share for each in others for share in each.shares if share.words)
    machine = next((share.who for share in shares if is_engine(share.who)), "")
    may_use = project.settings.machine_rule(locale).use == "draft"
    return MESSAGES("machine", who=machine) if machine and not may_use else NOTHING
