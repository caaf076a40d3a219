"""Steps of translators: writing, confirming, mending, joining and splitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.texts import authors_of, words_of
from transflow.actions.units import regroup, review
from transflow.actions.units import steps as units
from transflow.model.unit import Unit
from transflow.units import workflow

if TYPE_CHECKING:
    from simulation.clones import Clone
    from simulation.newsroom import Newsroom


def write(room: Newsroom, at: Clone, name: str, number: int, unit: Unit) -> None:
    text = room.writer.text(at.who)
    room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{number}", text), [unit.id])


def _open_text(unit: Unit) -> bool:
    return not unit.conflicts and not unit.omitted and not unit.cut


def translate(room: Newsroom, at: Clone, name: str = "") -> None:
    name = name or room.some_report(at)
    if found := room.pick(at, name, lambda unit: _open_text(unit) and not unit.target):
        write(room, at, name, *found)


def rewrite(room: Newsroom, at: Clone, name: str = "") -> None:
    name = name or room.some_report(at)
    if found := room.pick(at, name, _open_text):
        write(room, at, name, *found)


def draft(room: Newsroom, at: Clone) -> None:
    """Leave a text unfinished."""
    name = room.some_report(at)
    if found := room.pick(at, name, lambda unit: _open_text(unit) and not unit.target):
        number, unit = found
        text = room.writer.text(at.who)
        room.act(at, name, lambda: units.draft(at.actor(), f"{name}#{number}", text), [unit.id])


def mend(room: Newsroom, at: Clone, name: str = "") -> None:
    """Change a word or two of a text."""
    name = name or room.some_report(at)
    if found := room.pick(at, name, lambda unit: _open_text(unit) and len(unit.target.split()) > 2):
        number, unit = found
        text = _mended(room, at, unit)
        room.ledger.regrouped.add(unit.id)
        room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{number}", text), [unit.id])


def _mended(room: Newsroom, at: Clone, unit: Unit) -> str:
    words = unit.target.rstrip(".").split()
    words[room.random.randrange(len(words))] = room.writer.words(at.who, 1)[0]
    return " ".join(words) + "."


def mend_and_undo(room: Newsroom, at: Clone) -> None:
    """Add a word and delete it again, or replace one and take that step back."""
    name = room.some_report(at) or room.some_story(at)
    wanted = lambda unit: _open_text(unit) and not unit.fuzzy and len(unit.target.split()) > 2  # noqa: E731
    found = room.pick(at, name, wanted)
    if found is None:
        return
    number, unit = found
    types_back = room.random.random() < 0.5
    added = f"{unit.target.rstrip('.')} {room.writer.words(at.who, 1)[0]}."
    before, text = at.load(name), added if types_back else _mended(room, at, unit)
    if not room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{number}", text), [unit.id]):
        return
    after = at.load(name)
    if types_back:
        room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{number}", unit.target), [unit.id])
    elif room.act(at, name, lambda: review.undo(at.actor(), at.place(name), before, after), [unit.id]):
        room.ledger.restored(unit)


def still_right(room: Newsroom, at: Clone, name: str = "") -> None:
    name = name or room.some_report(at)
    if found := room.pick(at, name, lambda unit: unit.fuzzy and not unit.conflicts):
        room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{found[0]}"), [found[1].id])


def decide(room: Newsroom, at: Clone, name: str = "") -> None:
    """Resolve a conflict with one of its texts."""
    name = name or room.some_report(at)
    if found := room.pick(at, name, lambda unit: bool(unit.conflicts)):
        number, unit = found
        choice = room.random.randint(0, len(unit.conflicts))
        room.act(at, name, lambda: units.resolve(at.actor(), f"{name}#{number}", choice), [unit.id])


def join(room: Newsroom, at: Clone) -> None:
    name = room.some_report(at)
    if (found := room.pick(at, name, lambda unit: unit.continued)) and found[0] > 1:
        number = found[0]
        both = [at.unit(name, number - 1), found[1]]
        room.ledger.regrouped |= {each.id for each in both}
        ref = f"{name}#{number - 1}-{number}"
        room.act(at, name, lambda: regroup.join(at.actor(), ref), [each.id for each in both])


def split(room: Newsroom, at: Clone) -> None:
    name = room.some_report(at)
    wanted = lambda unit: len(unit.source.split()) > 3 and len(unit.target.split()) > 3 and _open_text(unit)  # noqa: E731
    if found := room.pick(at, name, wanted):
        number, unit = found
        room.ledger.regrouped.add(unit.id)
        source, target = unit.source.split(), unit.target.split()
        halves = " ".join(source[len(source) // 2 :]), " ".join(target[len(target) // 2 :])
        room.act(at, name, lambda: regroup.split(at.actor(), f"{name}#{number}", *halves), [unit.id])


def omit(room: Newsroom, at: Clone) -> None:
    name = room.some_report(at)
    if found := room.pick(at, name, lambda unit: _open_text(unit) and unit.kind == "paragraph"):
        number, unit = found
        ref = f"{name}#{number}"
        room.act(at, name, lambda: units.omit(at.actor(), ref, "said twice"), [unit.id])
        if room.random.random() < 0.7:
            room.act(at, name, lambda: units.restore(at.actor(), ref), [unit.id])


def talk(room: Newsroom, at: Clone) -> None:
    name = room.some_report(at)
    if found := room.pick(at, name, lambda unit: True):
        number, unit = found
        ref = f"{name}#{number}"
        if workflow.open_questions(unit):
            room.act(at, name, lambda: units.answer(at.actor(), ref, "As it stands."), [unit.id])
        elif room.random.random() < 0.3:
            room.act(at, name, lambda: units.ask(at.actor(), ref, "Is this the same place?"), [unit.id])
        else:
            room.act(at, name, lambda: units.comment(at.actor(), ref, "a remark"), [unit.id])


def settle(room: Newsroom, at: Clone, name: str) -> None:
    """Finish a report: every sentence has one confirmed text, and no question is open."""
    for number in range(1, len(at.load(name).units) + 1):
        unit = at.unit(name, number)
        ref = f"{name}#{number}"
        if unit.omitted:
            continue
        if unit.conflicts:
            room.act(at, name, lambda ref=ref: units.resolve(at.actor(), ref, 0), [unit.id])  # type: ignore[misc]
        if not at.unit(name, number).target:
            write(room, at, name, number, unit)
        elif at.unit(name, number).fuzzy:
            room.act(at, name, lambda ref=ref: units.confirm(at.actor(), ref), [unit.id])  # type: ignore[misc]
        for _ in workflow.open_questions(at.unit(name, number)):
            room.act(at, name, lambda ref=ref: units.answer(at.actor(), ref, "As it stands."), [unit.id])  # type: ignore[misc]


def single_author(unit: Unit) -> bool:
    return len(authors_of(unit.target)) == 1 and len(words_of(unit.target)) > 0
