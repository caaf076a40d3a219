"""Repairs that a judge proposes: one change inside the place of its finding.

Invariant: a repair touches no figure, date, name, quotation or mark, changes no more than a part of
the words, and is written as a machine's text that needs another look. It never changes what an
editor approved, or a story that an editor has. What is refused changes nothing, and says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.judges.asking import Pair
from transflow.actions.judges.found import JudgedFinding
from transflow.actions.refs import unit_ref
from transflow.actions.stories.affected import Dependents
from transflow.actions.stories.page import stories_from
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.units import steps
from transflow.actions.units.one_by_one import Judgement
from transflow.actions.units.remembered import MachineDraft
from transflow.attribution.machines import machine_author
from transflow.errors import TransflowError
from transflow.judges import JudgeFinding
from transflow.language.scripts import is_written_in
from transflow.language.untouchable import touched
from transflow.messages import NOTHING, Message, Messages
from transflow.model.settings import Person
from transflow.model.unit import Ref, Unit
from transflow.project import CatalogRef
from transflow.stories.clearance import article_state
from transflow.units import workflow
from transflow.units.marks import state_digest

MESSAGES = Messages(
    __name__,
    {
        "none": "it proposes nothing else.",
        "language": "figures and names are recognised in English texts only.",
        "line": "the proposal is not one line of plain text.",
        "script": "the proposal has letters of another script.",
        "part": "it quotes a part of a word.",
        "twice": "what it quotes is there more than once.",
        "other": "another repair changed these words.",
        "figure": "it would touch a figure or a date.",
        "name": "it would touch a name.",
        "quotation": "it would touch a quotation.",
        "marks": "it would touch markup.",
        "large": "it would change more than {percent}% of the words.",
        "approved": "an editor approved it: send it back first.",
        "story": "{story}, which is with an editor or out already, is made from it: a person changes it.",
    },
)
MOST_CHANGED = 0.3
"""Share of the words that a repair may change."""
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class Repaired(NamedTuple):
    """A proposal, and the reason why it was refused, or `NOTHING`."""

    pair: Pair
    found: JudgedFinding
    text: str
    """The whole text with the repair."""
    why_not: Message = NOTHING


class Repairs:
    """Repairs of sentences, one after the other. Those of one sentence change its text in turn."""

    def __init__(self, actor: Actor, *, writes: bool) -> None:
        self._actor, self._writes = actor, writes
        self._units: dict[tuple[CatalogRef, str], Unit] = {}
        """The units as they are after the repairs so far."""
        self._changes: dict[tuple[CatalogRef, str], list[tuple[int, int, int]]] = {}
        """Start, end and growth of each repair so far, in the text that was judged."""

    def of(self, found: Iterable[tuple[Pair, JudgedFinding]]) -> list[Repaired]:
        """Make the repairs that findings propose, in this order; without `writes`, say what they
        would be.
        """
        return [self._repaired(pair, each) for pair, each in found if each.finding.repair]

    def _repaired(self, pair: Pair, found: JudgedFinding) -> Repaired:
        key, finding = (pair.place, pair.unit.id), found.finding
        unit, changes = self._units.get(key, pair.unit), self._changes.setdefault(key, [])
        start, end = finding.span
        if any(start < last and first < end for first, last, _ in changes):
            return Repaired(pair, found, unit.target, MESSAGES("other"))
        shift = sum(growth for first, _, growth in changes if first < start)
        span = start + shift, end + shift
        new = unit.target[: span[0]] + finding.repair + unit.target[span[1] :]
        if why := self._why_not(pair, unit, new, span, finding):
            return Repaired(pair, found, new, why)
        try:
            self._units[key] = self._written(pair, unit, found.judge, new)
        except TransflowError as error:
            return Repaired(pair, found, new, error.message if isinstance(error.message, Message) else NOTHING)
        changes.append((start, end, len(new) - len(unit.target)))
        return Repaired(pair, found, new)

    def _why_not(self, pair: Pair, unit: Unit, new: str, span: tuple[int, int], finding: JudgeFinding) -> Message:
        if pair.place.locale.replace("-", "_").partition("_")[0] != "en":
            return MESSAGES("language")
        if why := why_not_repair(unit.target, span, finding.repair):
            return why
        if _changed(pair.unit.target, new) > MOST_CHANGED * max(1, len(_WORD.findall(pair.unit.target))):
            return MESSAGES("large", percent=round(100 * MOST_CHANGED))
        if workflow.is_approved(unit):
            return MESSAGES("approved")
        story = self._story(pair)
        return MESSAGES("story", story=story) if story else workflow.why_not_confirm(unit, new)

    def _story(self, pair: Pair) -> str:
        """Return a story with a sentence that an editor has, cleared or published; else nothing."""
        project, refs = self._actor.project, {Ref(pair.place.slug, pair.unit.id): ""}
        for place in stories_from(project, pair.place):
            article = project.load(place)
            if article_state(article, load_print_context(project, place.locale, article)) in ("composing", "killed"):
                continue
            catalogs = {place: article, pair.place: project.load(pair.place)}
            if any(True for _ in Dependents(project, catalogs).paragraphs(place.locale, refs)):
                return str(place)
        return ""

    def _written(self, pair: Pair, unit: Unit, judge: str, text: str) -> Unit:
        """Return a unit with a text, written as the judge's draft. Raise TransflowError."""
        project, machine = self._actor.project, machine_author("judge", judge)
        ref = unit_ref(project, project.load(pair.place), pair.place, unit.id)
        author = self._actor._replace(user=Person(machine))
        if not self._writes:
            Judgement.of(author, ref).check_use(machine)
            return unit.replace(target=text)
        done = steps.draft(author, ref, text, (state_digest(unit),), MachineDraft(machine, text))
        return done.catalog.find(unit.id) or unit


def why_not_repair(old: str, span: tuple[int, int], repair: str) -> Message:
    """Return why the text of a span must not be replaced, or `NOTHING`."""
    start, end = span
    quote, new = old[start:end], old[:start] + repair + old[end:]
    if not repair.strip() or new == old:
        return MESSAGES("none")
    if not repair.isprintable():
        return MESSAGES("line")
    if not is_written_in(repair, "en"):
        return MESSAGES("script")
    if any(0 < at < len(old) and old[at - 1].isalnum() and old[at].isalnum() for at in span):
        return MESSAGES("part")
    if len(re.findall(rf"(?={re.escape(quote)})", old)) > 1:
        return MESSAGES("twice")
    if what := touched(old, new):
        return MESSAGES(what)
    if _changed(old, new) > MOST_CHANGED * max(1, len(_WORD.findall(old))):
        return MESSAGES("large", percent=round(100 * MOST_CHANGED))
    return NOTHING


def _changed(old: str, new: str) -> int:
    """Return how many words a change takes away or adds, whichever is more."""
    before, after = Counter(_WORD.findall(old)), Counter(_WORD.findall(new))
    return max((before - after).total(), (after - before).total())
