"""Holders of derived files: rendered output, caches, copies, and what killed processes left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from transflow.actions import Actor
from transflow.actions.privacy.holder import Holder
from transflow.actions.privacy.residue import file_contains, files_below, text_contains
from transflow.actions.privacy.transform import Change, Stage
from transflow.actions.stories import reprint
from transflow.actions.stories.render import BUILD, output_path
from transflow.messages import NOTHING, Message
from transflow.project import CatalogRef, Project
from transflow.project.cache import folder as user_cache

if TYPE_CHECKING:
    from transflow.actions.privacy.rewrite import RewritePlan

_LEFTOVER = re.compile(r"\..+\.\d+\.tmp")
"""Temporary files of a process that was killed while writing: see `transflow.project.files`."""
WORK = ".transflow"
"""The folder of locks, notes and copies, which git ignores."""
NOTES = ("moving", "redacting", "protecting")
"""Notes of interrupted work in `.transflow`. They hold no text."""


class RenderedOutput(Holder):
    """The build folder. Output that must not print is removed, and so are other files with the
    text.
    """

    id = "output"

    def paths(self, project: Project) -> Iterator[Path]:
        yield from files_below(project.root, BUILD)

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        finds, root = plan.transform.finds, plan.before.root
        having = {path for path in self.paths(plan.before) if file_contains(path, finds)}
        outputs = {each.path: each for each in plan.earlier.output if plan.after.exists(each.place)}
        for place in dict.fromkeys((*self._stories(plan.before), *plan.transform.former_places())):
            for each in reprint.outputs(plan.before, place):
                if plan.transform.reprints(plan, place) or each.path in having:
                    new_place = plan.transform.place(place)
                    outputs.setdefault(each.path, each._replace(place=new_place))
        plan.output = tuple(sorted(outputs.values()))
        for each, data in reprint.rerendered(plan.after, plan.output, plan.actor.now):
            if data is not None and text_contains(data.decode("utf-8"), finds):
                data = None
            path = each.path.relative_to(root).as_posix()
            is_embargoed = each.kind == "embargoed"
            new = output_path(plan.after, each.place, each.form, is_embargoed=is_embargoed)
            new_path = new.relative_to(root).as_posix()
            moved = new_path if data is not None and new_path != path else ""
            yield Change(self.id, path, Stage.OUTPUT, data, moved)
        for other in sorted(having - outputs.keys()):
            yield Change(self.id, other.relative_to(root).as_posix(), Stage.OUTPUT)

    def _stories(self, project: Project) -> Iterator[CatalogRef]:
        for locale in project.settings.locales if project.has(BUILD) else ():
            yield from project.catalogs(locale, "articles")


class _Copy(Holder):
    """Files that are deleted because they may hold the text, and are made again or not needed."""

    is_reported = False

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for path in self.paths(plan.before) if plan.transform.removes_text else ():
            if self.is_affected(plan, path):
                yield Change(self.id, _shown(plan.before, path), Stage.CACHES)

    def is_affected(self, plan: RewritePlan, path: Path) -> bool:  # noqa: ARG002 - of the interface
        return True


class Caches(_Copy):
    """The user's cache folder: the memory's index, checks, answers of engines."""

    id = "caches"

    def paths(self, project: Project) -> Iterator[Path]:
        folder = user_cache(project.root)
        yield from files_below(folder) if folder.is_dir() else ()

    def write(self, actor: Actor, change: Change) -> Message:
        Path(actor.project.root / change.path).unlink(missing_ok=True)
        return NOTHING


class RepairCopies(_Copy):
    """Copies of files from before `transflow repair`; kept unless they have the text."""

    id = "copies of repair"

    def paths(self, project: Project) -> Iterator[Path]:
        yield from files_below(project.root, f"{WORK}/repair")

    def is_affected(self, plan: RewritePlan, path: Path) -> bool:
        return file_contains(path, plan.transform.finds)


class WorkFiles(_Copy):
    """Other files of .transflow, such as the names of those who have a catalog open."""

    id = "work files"

    def paths(self, project: Project) -> Iterator[Path]:
        kept = ("locks", ".gitignore", "repair", *NOTES)
        files = files_below(project.root, WORK)
        yield from (path for path in files if path.relative_to(project.root / WORK).parts[0] not in kept)


class Leftovers(_Copy):
    """Temporary files of killed processes."""

    id = "leftovers"

    def paths(self, project: Project) -> Iterator[Path]:
        files = (path for path in files_below(project.root) if _LEFTOVER.fullmatch(path.name))
        yield from (path for path in files if not path.is_relative_to(project.root / WORK))


def _shown(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else str(path)
