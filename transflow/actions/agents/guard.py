"""The changes that an agent may make to a catalog.

Invariant: a change that is let through writes texts in the agent's name, which need another look,
and adds its questions and comments. It takes away no words of a unit that is approved, gives nobody
else words, and leaves everything else of the catalog as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.errors import RefusedError
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import Project
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "refused": "an agent {may_not}: a person does that. Ask one with the tool “ask”, or say it to the person whom you "
        "work for.",
        "approved": "approves nothing",
        "fuzzy": "confirms nothing",
        "waivers": "waives no check",
        "seen": "examines nothing for a person",
        "omitted": "leaves no sentence out",
        "cut": "cuts no paragraph",
        "returned": "sends nothing back",
        "assigned": "assigns nothing",
        "record": "sets no limit of use",
        "answers": "closes no question",
        "conflicts": "decides between no texts",
        "redacted": "redacts nothing",
        "catalog": "makes, orders and removes no sentences and paragraphs, and says nothing of a story as a whole",
        "other": "changes nothing but texts, questions and comments",
        "words": "gives nobody else words",
        "approved-text": "this text is approved, and an agent leaves it: ask about it with the tool “ask”.",
        "unchanged": "this is its text already: nothing to do.",
        "empty": "an agent removes no text: write another one, or ask about it.",
        "files": "an agent changes no file but catalogs: a person does that.",
    },
)
TEXT_FIELDS = ("target", "fuzzy", "by", "translated", "text", "approved")
"""Fields that a new text changes."""


def refused(what: str) -> RefusedError:
    """Return the error for something that agents never do: a key of this module's messages."""
    return RefusedError(MESSAGES("refused", may_not=MESSAGES(what if what in MESSAGES else "other")))


def check_person(project: Project) -> None:
    """Raise RefusedError if the project is an agent's: files beside catalogs are people's."""
    if project.agent:
        raise RefusedError(MESSAGES("files"))


def check_change(old: Catalog, new: Catalog, agent: str) -> None:
    """Raise RefusedError for a change that an agent must not make."""
    if new.units == old.units and new.header == old.header and new.obsolete == old.obsolete:
        return
    if [each.id for each in new.units] != [each.id for each in old.units] or new.obsolete != old.obsolete:
        raise refused("catalog")
    if new.header != old.header:
        raise refused("catalog")
    for before, after in zip(old.units, new.units, strict=True):
        if after != before:
            _check_unit(before, after, agent)


def _check_unit(old: Unit, new: Unit, agent: str) -> None:
    if not _only_added(old.comments, new.comments):
        raise refused("other")
    if not _only_added(old.questions, new.questions) or any(
        each.who != agent for each in new.questions[len(old.questions) :]
    ):
        raise refused("other")
    for name in Unit.__slots__:
        if name not in (*TEXT_FIELDS, "comments", "questions") and getattr(new, name) != getattr(old, name):
            raise refused(name)
    if any(getattr(new, name) != getattr(old, name) for name in TEXT_FIELDS):
        _check_text(old, new, agent)


def _only_added(old: Sequence[object], new: Sequence[object]) -> bool:
    return new[: len(old)] == old


def _check_text(old: Unit, new: Unit, agent: str) -> None:
    if new.approved is not None:
        raise refused("approved")
    if workflow.is_approved(old):
        raise RefusedError(MESSAGES("approved-text"))
    if new.target == old.target:
        raise RefusedError(MESSAGES("unchanged")) if new.fuzzy else refused("fuzzy")
    if not new.target:
        raise RefusedError(MESSAGES("empty"))
    if not new.fuzzy:
        raise refused("fuzzy")
    before, after = _words(old), _words(new)
    if agent not in after or any(count > before.get(who, 0) for who, count in after.items() if who != agent):
        raise refused("words")


def _words(unit: Unit) -> dict[str, int]:
    pairs = [(each.who, each.words) for each in unit.by] + [(each.who, each.words) for each in unit.translated]
    return {who: sum(words for other, words in pairs if other == who) for who, _ in pairs}


def why_not_write(unit: Unit) -> Message:
    """Return why an agent must not write a text of a unit; `NOTHING` if it may."""
    if workflow.is_approved(unit):
        return MESSAGES("approved-text")
    return workflow.why_not_confirm(unit, "text")
