"""A run of the simulation: so many years from one seed, and its record."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from simulation import editing, machines, privacy, publishing, translating
from simulation.newsroom import EDITORS, MACHINE, TRANSLATORS, WRITER, Newsroom, Step
from simulation.oracle import BrokenRuleError
from simulation.world import World

DAYS = 260
"""Working days of a year."""
KINDS = ("merging", "squashing", "signing")
"""Kinds of newsrooms: clones merge and rebase; a host squashes branches, and people revert commits;
a host squashes branches, and people sign what they decide.
"""

_STEPS: dict[str, tuple[Step, ...]] = {
    **dict.fromkeys(
        TRANSLATORS,
        (
            *[translating.translate] * 6, *[translating.rewrite] * 2, *[translating.mend] * 2,
            *[translating.still_right] * 2, translating.draft, translating.mend_and_undo, translating.decide,
            translating.join, translating.split, translating.omit, translating.talk, machines.deletes_a_catalog,
            machines.other_program,
        ),
    ),
    **dict.fromkeys(
        EDITORS,
        (
            *[editing.approve] * 5, *[editing.send_back] * 2, translating.mend, translating.mend_and_undo,
            translating.decide, translating.talk, machines.takes_back_commits,
        ),
    ),
    WRITER: (
        *[publishing.take_drafts] * 3, *[publishing.rewrite] * 2, publishing.recompose, publishing.mend,
        publishing.arrange, publishing.cut, publishing.add_own, publishing.decide, translating.decide,
    ),
}  # fmt: skip


class Result(NamedTuple):
    seed: int
    days: int
    digest: str
    """Digest of everything that happened, and of the last state of every clone."""
    counts: Counter[str]
    log: tuple[str, ...]
    broken: str = ""
    """The rule that was broken, and how; empty if none was."""
    rule: str = ""


def simulate(
    seed: int,
    days: int,
    folder: Path,
    fault: Callable[[], AbstractContextManager[object]] = nullcontext,
    *,
    kind: str = "",
    seconds: float = 0,
) -> Result:
    """Run a newsroom for so many working days; at most about `seconds`, if given.

    `kind` is one of `KINDS`; without one the seed says it. `fault` is installed for the whole run.
    A run that a rule ends is a result too.
    """
    folder = folder.resolve()
    world = World(folder, seed)
    with world.running(), fault():
        kind = kind or KINDS[seed % len(KINDS)]
        room = Newsroom(world, squashes=kind != "merging", signs=kind == "signing")
        begun, broken, rule = time.perf_counter(), "", ""
        with room.driver.running():
            try:
                _work(room, days, lambda: bool(seconds) and time.perf_counter() - begun > seconds)
            except BrokenRuleError as error:
                broken, rule = str(error), error.rule
            except Exception:  # noqa: BLE001 - a step may be refused, and must not fail in another way
                broken, rule = f"internal error: {traceback.format_exc(limit=-3)}", "internal error"
        room.oracle.objects.close()
        room.counts["merges"] = room.driver.merges
        room.counts["merge commits"] = room.oracle.merges
        room.counts["steps"] = room.ledger.steps.total()
        return Result(seed, room.days, _digest(room, broken), room.counts, tuple(room.ledger.log), broken, rule)


def _work(room: Newsroom, days: int, is_late: Callable[[], bool]) -> None:
    for _ in range(days):
        if is_late():
            break
        room.days += 1
        _day(room)
        if room.days % 65 == 0:
            room.close()
    room.close()
    machines.check(room, room.clone_of(MACHINE), everything=True)


def _day(room: Newsroom) -> None:
    room.clock.next_day()
    if room.days % 6 == 1:
        room.errands.setdefault("mina", []).append(editing.begin_story)
    if room.random.random() < 0.25:
        room.errands.setdefault("mina", []).append(editing.revise)
    if room.random.random() < 0.05:
        room.errands.setdefault("noah", []).append(editing.rename)
    if room.random.random() < 0.04:
        room.errands.setdefault("noah", []).append(privacy.redact_word)
    if room.days >= 9 and not room.ledger.aliases:
        room.errands.setdefault("mina", []).append(privacy.protect_translator)
    room.errands.setdefault(WRITER, []).append(publishing.compose)
    publishing.advance(room)
    present = {
        *room.random.sample([*TRANSLATORS, *EDITORS, WRITER], 2),
        *(who for who in room.errands if who != MACHINE),
    }
    for who in sorted(present):
        room.session(who, room.random.choices(_STEPS[who], k=room.random.randint(1, 4)))
    if room.days % 5 == 0 or MACHINE in room.errands:
        room.session(MACHINE, [machines.check] if room.days % 5 == 0 else [])


def _digest(room: Newsroom, broken: str) -> str:
    whole = hashlib.sha256("\n".join([*room.ledger.log, broken]).encode())
    for who, at in sorted(room.clones.items()):
        for path in sorted(at.root.rglob("*")):
            inside = path.relative_to(at.root)
            if path.is_file() and path.suffix != ".tmp" and not {".git", ".transflow"} & set(inside.parts):
                whole.update(f"{who} {inside}\0".encode() + path.read_bytes())
    return whole.hexdigest()
