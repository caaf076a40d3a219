"""The server that checks, renders and exports, and what programs and colleagues do to the files."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from simulation.oracle import BrokenRuleError
from support.other_tools import TOOLS
from transflow.actions.checks.catalog_judge import Rules
from transflow.actions.checks.check import check as check_project
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.language.memory import Memory
from transflow.actions.language.memory_exchange import export_tmx
from transflow.actions.project import export
from transflow.actions.reports import intake
from transflow.actions.stories import render
from transflow.actions.stories.print_context import load_print_context
from transflow.errors import RefusedError
from transflow.findings.selection import Selection
from transflow.project import CatalogRef
from transflow.stories.clearance import is_cleared

if TYPE_CHECKING:
    from simulation.clones import Clone
    from simulation.newsroom import Newsroom

_RECORD = Rules("translated", 0, 100_000, Selection(frozenset({"gate"})))
_ALL = Rules("translated", 0, 100_000)


def check(room: Newsroom, at: Clone, *, everything: bool = False) -> None:
    """Check the record, as CI does after every push."""
    at.git("pull", "-q", "--ff-only", "origin", "main", fails=None)
    at.forget_settings()
    inspect(room, at, everything=everything or room.days % 20 == 0)


def inspect(room: Newsroom, at: Clone, *, everything: bool) -> None:
    """Check the record, make everything that leaves it, and judge both."""
    now = at.actor().now
    verdict = check_project(at.project, now, _ALL if everything else _RECORD, everything=True)
    room.counts["checks"] += 1
    catalogs = [at.project.load(place) for place in at.project.all_catalogs()]
    room.oracle.judge_withdrawn(at.has_commit, [(each.check, each.location.unit) for each in verdict.issues], catalogs)
    if verdict.unreadable:
        raise BrokenRuleError("unreadable", f"{sorted(verdict.unreadable)}")
    room.note_secrets(at)
    for each in verdict.issues:
        room.oracle.judge_secrets(f"a finding of {each.check}, {each.location.label}", str(each.message))
    if everything and not room.reverts:
        _prove(room, at)
    if everything:
        _let_out(room, at, now)


def _prove(room: Newsroom, at: Clone) -> None:
    """Prove every decision: by the commits of people or, where a host squashes them, by signatures.

    Words of a protected person are in the commit of whoever gave them another id.
    """
    root = at.git("rev-list", "--max-parents=0", "HEAD").split()[-1]
    level, since = ("signed", "") if room.signs else ("author", root)
    checker = ProofChecker(at.project, level, since, ("en",))
    for place in at.project.all_catalogs():
        catalog = at.project.load(place)
        void = place.folder == "articles" and not is_cleared(catalog, load_print_context(at.project, "en", catalog))
        for issue in checker.issues(place, catalog):
            if issue.check == "record.other-author" and room.ledger.aliases:
                continue
            if issue.location.unit or not void:  # a clearance of what the story was before has a finding of its own
                raise BrokenRuleError("proof", f"{place}#{issue.location.unit}: {issue.message}")
    room.counts["proofs"] += 1


def _let_out(room: Newsroom, at: Clone, now: str) -> None:
    """Make all that leaves the record, and look for withheld texts in it."""
    out = room.world.folder / "out"
    out.mkdir(exist_ok=True)
    memory = Memory(at.project, "en", clock=lambda: now)
    export_tmx(memory, out / "memory.tmx")
    memory.close()
    for place in at.project.all_catalogs():
        if place not in export.kept_back(at.project, [place], now):
            with suppress(RefusedError):
                export.export(at.project, place, "mo", out)
        if place.folder == "articles":
            with suppress(RefusedError):
                render.render(at.project, place, ["txt", "json"], now, as_draft=False)
    memories = (each for each in (room.world.folder / "cache").rglob("*") if "memory" in each.parts)
    pages = list((at.root / "build").rglob("*"))
    for path in sorted([*out.rglob("*"), *memories, *pages]):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            room.oracle.judge_secrets(path.name, text, is_page=path in pages)
    for path in sorted((at.root / "build").rglob("*.*")):
        path.unlink()


def deletes_a_catalog(room: Newsroom, at: Clone) -> None:
    """Delete the catalog of a report by mistake, and update it, which must not begin anew."""
    name = room.some_report(at)
    if not name or at.git("status", "--porcelain") or room.random.random() < 0.5:
        return
    place = CatalogRef("en", "reports", name)
    (at.root / place.path).unlink()
    try:
        intake.update(at.actor(), name, "en")
    except RefusedError:
        at.git("checkout", "--", place.path)


def other_program(room: Newsroom, at: Clone) -> None:
    """Save a catalog with another program, which lays it out anew."""
    name = room.some_report(at)
    if not name or room.random.random() < 0.5:
        return
    tool = room.random.choice([each for each in TOOLS if each.name in ("msgcat --no-wrap", "msgcat", "polib")])
    path = at.path(name)
    before = at.load(name)
    path.write_text(tool.write(path.read_text(encoding="utf-8")), encoding="utf-8")
    room.repair(at)
    after = at.load(name)
    kept = {unit.id for unit in before.obsolete if not unit.target}
    if before.units != after.units:
        changed = [unit.id for unit in before.units if after.find(unit.id) != unit]
        raise BrokenRuleError("other program", f"{tool.name} changed {changed} of {name}; {len(kept)} obsolete")


def takes_back_judgement(room: Newsroom, at: Clone) -> None:
    """Revert the last commit that approved or sent back something."""
    takes_back_commits(room, at, judged=True)


def takes_back_commits(room: Newsroom, at: Clone, *, judged: bool = False) -> None:
    """Revert one of the last commits, as a colleague does who knows git only."""
    if not room.reverts or at.git("status", "--porcelain"):
        return
    which = ["-G^# @(returned|approved) ", "--extended-regexp", "-1"] if judged else ["-8"]
    commits = at.git("log", "--format=%H", "--no-merges", "--min-parents=1", *which, "HEAD").split()
    if not commits:
        return
    commit = room.random.choice(commits)
    if at.git("show", "--diff-filter=A", "--name-only", "--format=", commit).strip():
        return  # it added a report or a story
    before = {place: at.project.load(place) for place in at.project.all_catalogs()}
    if at.run("revert", "--no-edit", commit).returncode:
        at.git("revert", "--abort", fails=None)
        at.git("reset", "-q", "--hard", "HEAD")
        return
    at.forget_settings()
    room.counts["reverts"] += 1
    room.note_revert(at, before)
