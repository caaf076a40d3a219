"""The engine of changes everywhere: plan, dry run, application and residue of a transform.

Invariant: nothing is written unless everything can be; the plan of a dry run is the plan that would
be carried out. An interrupted run is completed by repeating it, and then ends in the same state.
It reports the same as an undisturbed one, unless its report alone was interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.agents.guard import check_person
from transflow.actions.privacy import notes
from transflow.actions.privacy.holders import HOLDERS, holder
from transflow.actions.privacy.notes import Note
from transflow.actions.privacy.planned import PlannedProject
from transflow.actions.privacy.residue import Residue, find_residues
from transflow.actions.privacy.transform import Change, ChangedFile, Owed, Stage, Transform
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reprint import Output
from transflow.messages import Message
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.stories.clearance import is_cleared, read_clearance


class OutOfReach(NamedTuple):
    """A holder of text that could not be changed, and the reason."""

    holder: str
    path: str
    why: Message


@dataclass(slots=True)
class Rewritten:
    """The result of a transform, or of its dry run."""

    files: tuple[ChangedFile, ...] = ()
    owed: Owed = field(default_factory=Owed)
    out_of_reach: list[OutOfReach] = field(default_factory=list)
    residues: list[Residue] = field(default_factory=list)
    """Files that still have the text."""
    history: dict[str, int | None] = field(default_factory=dict)
    """Figures about git's history: see `Transform.history`."""

    def of(self, *holders: str) -> list[ChangedFile]:
        """Return the changed files of some holders: all whose id begins so."""
        return [each for each in self.files if each.holder.startswith(holders)]

    @property
    def rendered(self) -> list[str]:
        return [each.new_path or each.path for each in self.of("output") if not each.is_removed]

    @property
    def removed(self) -> list[str]:
        return [each.path for each in self.of("output") if each.is_removed]

    def busy(self) -> list[str]:
        """Return the journals of drafts that an open terminal UI holds."""
        return [each.path for each in self.out_of_reach if each.holder == "drafts"]

    def shared(self) -> Message | None:
        """Return the reason why the shared memory was not changed; None if it was."""
        return next((each.why for each in self.out_of_reach if each.holder == "shared memory"), None)


class RewritePlan:
    """The changes of a transform, before anything is written."""

    def __init__(self, actor: Actor, transform: Transform, earlier: Note) -> None:
        self.actor, self.transform = actor, transform
        self.earlier = earlier if transform.is_same(earlier.key) else earlier.of_another()
        self.before = actor.project
        self.after = PlannedProject(actor.project.root)
        """The project as it will be; complete for the holders that are planned already."""
        self.changes: list[Change] = []
        self.output: tuple[Output, ...] = ()
        self.owed = self.earlier.owed
        self.unreachable: list[OutOfReach] = []
        for each in HOLDERS:
            for change in each.plan(self):
                self.changes.append(change)
                self.after.add(change)

    def owe(self, owed: Owed) -> None:
        self.owed = self.owed.merged(owed)

    def out_of_reach(self, change: Change, why: Message) -> None:
        self.unreachable.append(OutOfReach(change.holder, change.path, why))

    def was_cleared(self, place: CatalogRef, article: Catalog) -> bool:
        """Return whether a story is cleared, or was before an interrupted run."""
        return place in self.earlier.cleared or _is_cleared(self.before, place, article)

    def stays_cleared(self, place: CatalogRef, article: Catalog) -> bool:
        """Return whether the clearance in a changed story covers what will be printed."""
        return _is_cleared(self.after, place, article)

    def files(self) -> tuple[ChangedFile, ...]:
        """Return what is reported: the files of an interrupted run first, as they were planned."""
        files = {each.path: each for each in self.earlier.files}
        for each in self.changes:
            if holder(each.holder).is_reported and not _names_person(each):
                found = each.found or files.get(each.path, ChangedFile("", "")).found
                files[each.path] = ChangedFile(each.holder, each.path, each.new_path, each.is_removed, found)
        return tuple(files.values())

    def residues(self) -> list[Residue]:
        """Return the files of the project that will still have the text."""
        if not self.transform.removes_text:
            return []
        finds, loosely = self.transform.finds, self.transform.finds_loosely
        return list(find_residues(self.before.root, finds, loosely, self.after.contents()))


def _names_person(change: Change) -> bool:
    """Return whether the path of a change has a former id: a folder of drafts gets another name."""
    return change.stage == Stage.DRAFTS and (change.is_removed or bool(change.new_path))


def _is_cleared(project: Project, place: CatalogRef, article: Catalog) -> bool:
    if read_clearance(article) is None:
        return False
    return is_cleared(article, load_print_context(project, place.locale, article))


def rewrite(
    actor: Actor, make: Callable[[], Transform], *, locks: Iterable[str] = (), dry_run: bool = False
) -> Rewritten:
    """Apply a transform to everything that holds text, or with `dry_run` return what that would do.

    `make` creates the transform, while all files are locked. `locks` are files that do not exist
    yet. Raise the errors of `Transform.check`; then nothing is written.
    """
    check_person(actor.project)
    with ExitStack() as held:
        if not dry_run:
            held.enter_context(actor.project.locked_all(*locks))
        transform = make()
        plan = RewritePlan(actor, transform, notes.read(actor.project, transform.note))
        transform.check(plan)
        result = Rewritten(plan.files(), plan.owed, plan.unreachable, plan.residues(), transform.history())
        if not dry_run:
            _apply(plan, result)
    return result


def _apply(plan: RewritePlan, result: Rewritten) -> None:
    project, transform = plan.actor.project, plan.transform
    note = Note(transform.key(), result.files, result.owed, plan.output, tuple(result.residues), result.history)
    is_noted = transform.note and bool(plan.files() or plan.earlier.is_begun)
    if is_noted:
        notes.write(project, transform.note, note)
    for change in sorted(plan.changes, key=lambda each: each.stage):
        if why := holder(change.holder).write(plan.actor, change):
            plan.out_of_reach(change, why)
            result.files = tuple(each for each in result.files if each.path != change.path)
    if is_noted:
        notes.delete(project, transform.note)
