"""Redacted texts and protected people: what editors remove for good, from everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulation.ledger import texts_of
from simulation.oracle import BrokenRuleError
from simulation.texts import words_of
from transflow.actions.privacy import protect, redact
from transflow.errors import RefusedError
from transflow.privacy.redact import Redaction

if TYPE_CHECKING:
    from simulation.clones import Clone
    from simulation.newsroom import Newsroom

_BLACK = "[removed]"


def redact_word(room: Newsroom, at: Clone) -> None:
    """Redact a word of a translation."""
    name = room.some_report(at)
    found = room.pick(at, name, lambda unit: bool(words_of(unit.target)) and not unit.omitted)
    if found is None:
        return
    word = room.random.choice(sorted(words_of(found[1].target)))
    if _redact(room, at, word):
        room.ledger.redacted[word] = room.clock.stamp(at.skew)
        room.counts["redactions"] += 1


def _redact(room: Newsroom, at: Clone, word: str) -> bool:
    """Redact a word everywhere in a clone, and look for it there."""
    places = list(at.project.all_catalogs())
    having = [
        unit.id
        for place in places
        for catalog in [at.project.load(place)]
        for unit in (*catalog.units, *catalog.obsolete)
        if word in texts_of(unit)
    ]
    try:
        redact.redact_text(at.actor(), Redaction(word, _BLACK))
    except RefusedError:
        return False
    at.forget_settings()
    room.ledger.redacted_units |= {*having}
    room.ledger.replaced.add(word)
    _judge_gone(at, rf"\b{word}\b", f"the redacted word {word}")
    return True


def protect_translator(room: Newsroom, at: Clone) -> None:
    """Give a translator an opaque id, once in a run."""
    person = room.random.choice(("leejin", "sora"))
    opaque = protect.protect(at.actor(), person, room.random.randrange(2**20)).new_id
    at.forget_settings()
    room.ledger.aliases[person] = opaque
    room.counts["protections"] += 1
    _judge_gone(at, rf"\b{person}\b", f"the id of {person}, who is protected,")


def complete(room: Newsroom, at: Clone) -> None:
    """Redact and protect again: branches that were begun earlier may have brought the old back."""
    for word in room.ledger.redacted:
        _redact(room, at, word)
    for person, opaque in room.ledger.aliases.items():
        if not at.project.settings.person(person):
            protect.resume_protection(at.actor(), person, opaque)
            _judge_gone(at, rf"\b{person}\b", f"the id of {person}, who is protected,")


def _judge_gone(at: Clone, pattern: str, what: str) -> None:
    """Break a rule if a file of the clone, which is not git's own, has a text."""
    for path in sorted(at.root.rglob("*")):
        inside = path.relative_to(at.root)
        if path.is_file() and ".git" not in inside.parts:
            text = f"{inside}\n{path.read_bytes().decode('utf-8', 'replace')}"
            if re.search(pattern, text):
                raise BrokenRuleError("withheld text", f"{what} is still in {inside}")
