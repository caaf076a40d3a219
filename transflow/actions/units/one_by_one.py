"""The desk's rule that a machine's sentence is judged by itself, after it was on the screen.

Invariant: where the rule holds, no step confirms or approves several texts with words of a machine,
and none without the mark of what was on the screen. A paragraph whose sentences were all examined
takes their words without being examined again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.refs import parse_ref
from transflow.actions.stories.drafts import ParagraphDraft
from transflow.actions.units.seen import Seen
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
        "alone": "a machine's words are in it, and they are judged by themselves here, after they were on the screen: "
        "{show} prints a mark, which {judge} takes.",
        "together": "a machine's words are in it: it is judged by itself.",
        "use/never": "{who} is a machine, and [machine] in transflow.toml allows none for this language: write the text "
        "yourself, or let the desk change the rule.",
        "use/memory": "{who} is a machine, and [machine] in transflow.toml allows texts of the memory only for this "
        "language: write the text yourself, or let the desk change the rule.",
    },
)


class Judgement(NamedTuple):
    """Steps of one person on the units of one language, by the desk's rule."""

    actor: Actor
    rule: MachineRule

    @classmethod
    def of(cls, actor: Actor, ref: str) -> Judgement:
        place = parse_ref(actor.project, ref).place
        return cls(actor, actor.project.settings.machine_rule(place.locale))

    def check_use(self, who: str) -> None:
        """Raise RefusedError if a text of a machine must not be taken in."""
        if self.rule.use != "draft" and is_engine(who):
            raise RefusedError(MESSAGES(f"use/{self.rule.use}", who=who))

    def confirmed(self, unit: Unit, before: Unit, after: Unit, seen: Seen, draft: ParagraphDraft) -> Unit:
        """Return a confirmed unit with its sighting. Raise RefusedError.

        A text that was confirmed earlier, and that nobody examined, is confirmed once more.
        """
        if self.rule.one_by_one and after == unit and len(seen) == 1 and is_unexamined(unit, draft):
            after = workflow.confirm_again(unit, self.actor.who, self.actor.now)
        return self.judged(unit, before, after, seen, "confirm", draft)

    def judged(
        self, unit: Unit, shown: Unit, after: Unit, seen: Seen, verb: str, draft: ParagraphDraft | None = None
    ) -> Unit:
        """Return a judged unit with its sighting. Raise RefusedError for words of a machine that
        were not judged by themselves.

        `shown` is the unit as it was on the screen, `seen` has the marks of all units of the step,
        `draft` is that of a paragraph, and `verb` the command that judges one unit.
        """
        is_judged = after != unit and not after.fuzzy and bool(after.target)
        if self.rule.one_by_one and is_judged and len(seen) != 1 and needs_examination(after, draft):
            show, judge = CommandRef("unit show REF"), CommandRef(f"unit {verb} REF --seen MARK")
            raise RefusedError(MESSAGES("alone", show=show, judge=judge))
        return self.seen(after, shown, unit, seen)

    def seen(self, after: Unit, shown: Unit, before: Unit, seen: Seen) -> Unit:
        """Add a sighting (`@seen`) to a unit that was judged by itself, if a machine wrote its
        text.

        It is of the text that was shown and, where a person changed that and words of the machine
        are left, of the new one. A unit that the step left unchanged gets none: a change of notes
        alone would not remove the clearance.
        """
        if len(seen) != 1 or after == before:
            return after
        noted = workflow.with_sighting(after, shown, self.actor.who, self.actor.now)
        return workflow.with_sighting(noted, after, self.actor.who, self.actor.now)


def why_not_together(rule: MachineRule, unit: Unit) -> Message:
    """Return why a unit must not be approved together with others; `NOTHING` if it may."""
    if not rule.one_by_one or not engine_words(unit) or workflow.is_approved(unit):
        return NOTHING
    return MESSAGES("together")


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
