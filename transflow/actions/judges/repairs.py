"""Repairs that a judge proposes: one change inside the place of its finding.

Invariant: a repair touches no figure, date, name or quotation, changes no more than a part of the
words, and is written as a machine's text that needs another look. What is refused changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.judges.asking import Pair
from transflow.actions.refs import unit_ref
from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.attribution.machines import machine_author
from transflow.errors import TransflowError
from transflow.judges import JudgeFinding
from transflow.language.quantities.english import english_figures
from transflow.language.quotations.english import read_english
from transflow.messages import NOTHING, Message, Messages
from transflow.model.settings import Person
from transflow.units.marks import state_digest

MESSAGES = Messages(
    __name__,
    {
        "none": "it proposes nothing else.",
        "figure": "it would touch a figure or a date.",
        "name": "it would touch a name.",
        "quotation": "it would touch a quotation.",
        "large": "it would change more than {percent}% of the words.",
    },
)
MOST_CHANGED = 0.3
"""Share of the words that a repair may change."""
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_MARKS = re.compile("[“”\"«»„]|(?<!\\w)[‘’']|[’'](?!\\w)")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w’'-]*|\b(?:[A-Z]\.)+|\b[A-Z]{2,}\b", re.MULTILINE)
_DIGITS = re.compile(r"\d")


class Repaired(NamedTuple):
    """A proposal, and the reason why it was refused, or `NOTHING`."""

    pair: Pair
    finding: JudgeFinding
    text: str
    """The whole text with the repair."""
    why_not: Message = NOTHING


def repaired(pair: Pair, finding: JudgeFinding) -> Repaired:
    """Return the text with the repair of a finding, or why it is refused."""
    old, (start, end) = pair.unit.target, finding.span
    new = old[:start] + finding.repair + old[end:]
    return Repaired(pair, finding, new, why_not_repair(old, new, (start, end), finding.repair))


def why_not_repair(old: str, new: str, span: tuple[int, int], repair: str) -> Message:
    """Return why the text of a span must not be replaced, or `NOTHING`."""
    start, end = span
    if not repair.strip() or new == old:
        return MESSAGES("none")
    if _figures(old) != _figures(new) or _DIGITS.search(old[start:end]) or _DIGITS.search(repair):
        return MESSAGES("figure")
    if any(each.span[0] < end and start < each.span[1] for each in english_figures(old)):
        return MESSAGES("figure")
    if _is_quoted(old, start, end) or _MARKS.search(old[start:end]) or _MARKS.search(repair):
        return MESSAGES("quotation")
    if _names(old) != _names(new):
        return MESSAGES("name")
    if _changed(old, new) > MOST_CHANGED * max(1, len(_WORD.findall(old))):
        return MESSAGES("large", percent=round(100 * MOST_CHANGED))
    return NOTHING


def write(actor: Actor, judge: str, found: Repaired) -> Repaired:
    """Write a repair as the draft of the judge, unless somebody changed the unit meanwhile."""
    if found.why_not:
        return found
    place, unit = found.pair.place, found.pair.unit
    machine = machine_author("judge", judge)
    ref = unit_ref(actor.project, actor.project.load(place), place, unit.id)
    try:
        author = actor._replace(user=Person(machine))
        steps.draft(author, ref, found.text, (state_digest(unit),), MachineDraft(machine, found.text))
    except TransflowError as error:
        return found._replace(why_not=error.message if isinstance(error.message, Message) else NOTHING)
    return found


def _figures(text: str) -> Counter[str]:
    return Counter(text[slice(*each.span)] for each in english_figures(text))


def _names(text: str) -> Counter[str]:
    return Counter(_NAME.findall(text))


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether a span touches a quotation."""
    return any(each.start < end and start < each.end for each in read_english(text).quotations)


def _changed(old: str, new: str) -> int:
    """Return how many words a change takes away or adds, whichever is more."""
    before, after = Counter(_WORD.findall(old)), Counter(_WORD.findall(new))
    return max((before - after).total(), (after - before).total())
