"""The desk's rule that a machine's sentence is judged by itself, after it was on the screen.

Invariant: where the rule holds, no step confirms or approves several texts with words of a machine,
and none without the mark of what was on the screen. A paragraph whose sentences were all examined
takes their words without being examined again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from transflow.actions import Actor
from transflow.actions.stories.drafts import ParagraphDraft
from transflow.actions.units.seen import Seen
from transflow.actions.units.texts import stored_text
from transflow.attribution.machines import engine_words, is_engine, is_examined
from transflow.errors import RefusedError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import MachineRule
from transflow.model.unit import Unit
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "confirm": "a machine's words are in it, and they are judged by themselves here, after they were on the screen: "
        "{show} prints a mark, which {judge} takes.",
        "together": "a machine's words are in it: it is judged by itself.",
        "use/never": "{who} is a machine, and [machine] in transflow.toml allows none for this language: write the text "
        "yourself, or let the desk change the rule.",
        "use/memory": "{who} is a machine, and [machine] in transflow.toml allows texts of the memory only for this "
        "language: write the text yourself, or let the desk change the rule.",
    },
)


def why_not_judge(
    rule: MachineRule, before: Unit, after: Unit, seen: Seen, verb: str, draft: ParagraphDraft | None = None
) -> Message:
    """Return why a step must not confirm or approve a text; `NOTHING` if it may, or does not.

    `seen` has the marks of all units of the step, and `draft` is the draft of a paragraph. `verb`
    is the command that judges one unit.
    """
    is_judged = after != before and not after.fuzzy and bool(after.target)
    if not rule.one_by_one or not is_judged or len(seen) == 1 or not needs_examination(after, draft):
        return NOTHING
    return MESSAGES("confirm", show=CommandRef("unit show REF"), judge=CommandRef(f"unit {verb} REF --seen MARK"))


def why_not_together(rule: MachineRule, unit: Unit) -> Message:
    """Return why a unit must not be approved together with others; `NOTHING` if it may."""
    if not rule.one_by_one or not engine_words(unit) or workflow.is_approved(unit):
        return NOTHING
    return MESSAGES("together")


def why_not_use(rule: MachineRule, who: str) -> Message:
    """Return why a text of a machine must not be taken in; `NOTHING` if it may."""
    return MESSAGES(f"use/{rule.use}", who=who) if rule.use != "draft" and is_engine(who) else NOTHING


def check_use(rule: MachineRule, who: str) -> None:
    """Raise RefusedError if a text of a machine must not be taken in."""
    if why := why_not_use(rule, who):
        raise RefusedError(why)


def needs_examination(unit: Unit, draft: ParagraphDraft | None = None) -> bool:
    """True if a text has words of a machine, other than those of examined sentences behind it."""
    is_taken = draft is not None and draft.is_examined and not engine_words(unit.replace(translated=()))
    return bool(engine_words(unit)) and not is_taken


def is_unexamined(unit: Unit, draft: ParagraphDraft | None = None) -> bool:
    """True if a text has words of a machine, and there is no evidence that anybody examined it."""
    return needs_examination(unit, draft) and not is_examined(unit)


def held_back(
    rule: MachineRule, before: Catalog, after: Catalog, drafts: Callable[[], Mapping[str, ParagraphDraft]]
) -> Catalog:
    """Return a story with changes to several paragraphs, of which those with a machine's words
    need another look each.
    """
    old = {unit.id: unit for unit in before.units}
    changed = [unit for unit in after.units if unit != old.get(unit.id) and unit.target and not unit.fuzzy]
    if not rule.one_by_one or not any(map(engine_words, changed)):
        return after
    current = drafts()
    doubtful = {unit.id for unit in changed if is_unexamined(unit, current.get(unit.id))}
    units = tuple(unit.replace(fuzzy=True, approved=None) if unit.id in doubtful else unit for unit in after.units)
    return after.replace(units=units)


def with_machine_text(unit: Unit, who: str, text: str, now: str) -> Unit:
    """Return the unit with a machine's text, if that is not empty.

    What a person then changes in it is attributed to the person, and the rest to the machine.
    """
    new_text = stored_text(text)
    return workflow.draft(unit, new_text, who, now) if new_text else unit


def with_sighting(after: Unit, shown: Unit, before: Unit, seen: Seen, actor: Actor) -> Unit:
    """Add a sighting (`@seen`) to a unit that was judged by itself, if a machine wrote its text.

    It is of the text that was shown and, where a person changed that and words of the machine are
    left, of the new one.

    A unit that the step left unchanged gets none: a change of notes alone would not remove the
    clearance.
    """
    if len(seen) != 1 or after == before:
        return after
    seen_before = workflow.with_sighting(after, shown, actor.who, actor.now)
    return workflow.with_sighting(seen_before, after, actor.who, actor.now)
