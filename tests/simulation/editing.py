"""Steps of editors: new and corrected reports, approvals, send-backs, new names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulation import machines
from simulation.stories import Story
from transflow.actions.privacy import mv
from transflow.actions.reports import intake
from transflow.actions.units import steps as units
from transflow.model.unit import Unit
from transflow.units import workflow
from transflow.units.marks import state_digest

if TYPE_CHECKING:
    from simulation.clones import Clone
    from simulation.newsroom import Newsroom

_NAMES = ("bridges", "harbor", "peace-glossary", "market", "school", "2024/river", "2024/city-glossary")


def begin_story(room: Newsroom, at: Clone) -> None:
    """Add one or two reports, from which a story is to be made."""
    number = len(room.stories) + 1
    keys = tuple(f"report{number}{letter}" for letter in "ab"[: room.random.randint(1, 2)])
    quiet = room.random.choice(["", "", "", "confidential", "embargo"])
    story = Story(f"story{number}", keys, room.clock.days, quiet=quiet, released=room.clock.days + 40)
    fields = {"confidential": "true"} if quiet == "confidential" else {}
    if quiet == "embargo":
        fields = {"embargo": room.clock.date_in(40)}
    for key in keys:
        room.bodies[key] = [[room.writer.korean() for _ in range(size)] for size in (2, 3, 2)]
        room.fields[key] = fields
        base = room.random.choice(_NAMES)
        room.names[key] = [
            f"{base}-{number}{key[-1]}" if "glossary" not in base else f"{key}-{base.rpartition('/')[2]}"
        ]
        new = intake.read_incoming(room.source(key), f"{key}.md")
        intake.add(at.actor(), new, room.names[key][0])
    room.stories.append(story)
    room.names[story.key] = [f"story-{number}"]


def revise(room: Newsroom, at: Clone) -> None:
    """Add a new version of a report, with a sentence added, changed, deleted or moved."""
    keys = [key for story in room.worked_on() for key in story.reports if room.name(at, key)]
    if not keys:
        return
    key = room.random.choice(keys)
    body = room.bodies[key]
    paragraph = room.random.choice([each for each in body if each])
    index = room.random.randrange(len(paragraph))
    kind = room.random.choice(["add", "change", "change", "delete", "move"])
    if kind == "add":
        paragraph.insert(index, room.writer.korean())
    elif kind == "change":
        paragraph[index] = paragraph[index].replace("다시 열렸다", "곧 다시 열린다").replace("닫혔다", "다시 닫혔다")
    elif kind == "delete" and sum(map(len, body)) > 5:
        paragraph.pop(index)
    elif kind == "move":
        room.random.choice(body).append(paragraph.pop(index))
    name = room.name(at, key)
    room.act(at, name, lambda: intake.new_version(at.actor(), name, room.source(key), f"{key}.md"), ())


def approve(room: Newsroom, at: Clone, name: str = "", most: int = 3) -> None:
    """Approve what was read; meanwhile a colleague's work may come in."""
    name = name or room.some_report(at)
    if not name:
        return
    wanted = [unit for unit in at.load(name).units if workflow.state(unit) == "translated"]
    room.random.shuffle(wanted)
    for unit in wanted[:most]:
        _judge(room, at, name, unit, lambda ref, seen: units.approve(at.actor(), ref, seen))


def send_back(room: Newsroom, at: Clone) -> None:
    """Send a text back. Colleagues may insist that it is right, or undo the commit."""
    name = room.some_report(at)
    approved = room.pick(at, name, workflow.is_approved)
    found = approved if approved and room.random.random() < 0.6 else room.pick(at, name, lambda unit: bool(unit.target))
    if not found:
        return
    unit = found[1]
    _judge(room, at, name, unit, lambda ref, seen: units.send_back(at.actor(), ref, "Closer.", seen))
    if room.random.random() < 0.5:
        room.errands.setdefault("claire", []).append(lambda now, there: _insist(now, there, name, unit.id))
    elif room.reverts:
        room.errands.setdefault("noah" if at.who == "mina" else "mina", []).append(machines.takes_back_judgement)


def _insist(room: Newsroom, at: Clone, name: str, unit_id: str) -> None:
    """Confirm a text that was sent back, as it is."""
    unit = at.load(name).find(unit_id) if room.has(at, name) else None
    if unit is not None and unit.fuzzy and not unit.conflicts:
        room.act(at, name, lambda: units.confirm(at.actor(), f"{name}#{unit_id}"), [unit_id])


def _judge(room: Newsroom, at: Clone, name: str, read: Unit, do: Callable[[str, tuple[str, ...]], object]) -> None:
    """Judge a unit as it was read, though something may have changed since."""
    if room.random.random() < 0.15:
        room.meanwhile(at, name, read)
        name = name if room.has(at, name) else ""
    if not name or at.load(name).find(read.id) is None:
        return
    mark = state_digest(read)
    if room.act(at, name, lambda: do(f"{name}#{read.id}", (mark,)), [read.id]):
        room.approved(at.who, at.load(name), {read.id: (read.source, read.target)})


def rename(room: Newsroom, at: Clone) -> None:
    """Give a report or a story another name."""
    stories = room.active()
    if not stories:
        return
    story = room.random.choice(stories)
    key = room.random.choice([story.key, *story.reports])
    old = room.name(at, key)
    if not old or at.git("status", "--porcelain"):
        return
    new = f"{old.split('-x')[0]}-x{len(room.names[key])}"
    room.names[key].append(new)
    mv.move(at.actor(), old, new)
    room.counts["renamings"] += 1
