"""The registry of everything that can hold text of the project.

Each holder lists its files, plans what a transform makes of them, and writes that. A new kind of
file, or another place that texts are sent to, is one more entry of `HOLDERS`.

Invariant: every file that transflow writes in a project or in the user's own folders for it belongs
to a holder, or to none because it has no text: `TEXTLESS` lists those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from transflow import report
from transflow.actions import Actor
from transflow.actions.language.memory import Memory, MemoryFailedError
from transflow.actions.privacy import drafts
from transflow.actions.privacy.derived_files import WORK, Caches, Leftovers, RenderedOutput, RepairCopies, WorkFiles
from transflow.actions.privacy.holder import Holder
from transflow.actions.privacy.residue import files_below
from transflow.actions.privacy.signature_holder import Signatures
from transflow.actions.privacy.transform import Change, Occurrence, Stage
from transflow.attribution.tallies import ready_to_write
from transflow.errors import ConfigError, UnreadableError
from transflow.memory.address import address
from transflow.messages import NOTHING, Message, Messages, joined
from transflow.po.catalog import serialize
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.project.places import Folder, glossary_path, report_path, words_path
from transflow.project.project import CONFIG
from transflow.user_folders import drafts_folder

if TYPE_CHECKING:
    from transflow.actions.privacy.rewrite import RewritePlan

MESSAGES = Messages(__name__, {"report": "report", "words": "dictionary", "held": "An open terminal UI has it."})

_MEMORY = re.compile(r"locales/[^/]+/memory/[^/]+\.tmx")
TEXTLESS = (".gitignore", ".gitattributes", f"{WORK}/.gitignore", f"{WORK}/locks/")
"""Files and folders that transflow writes and that hold no text of the project."""


# The record


class SettingsFile(Holder):
    """transflow.toml."""

    id = "settings"
    is_reported = False

    def paths(self, project: Project) -> Iterator[Path]:
        yield project.root / CONFIG

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        old = plan.before.read(CONFIG).decode("utf-8")
        changed = {Stage.MARKER: plan.transform.settings_marker(old), Stage.SETTINGS: plan.transform.settings(old)}
        for stage, new in changed.items():
            if new != old:
                yield Change(self.id, CONFIG, stage, new.encode("utf-8"))


class Reports(Holder):
    id = "reports"

    def paths(self, project: Project) -> Iterator[Path]:
        yield from (project.root / report_path(slug) for slug in project.report_slugs())

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for slug in plan.before.report_slugs():
            path, new_path = report_path(slug), report_path(plan.transform.slug(slug))
            data = plan.before.report_bytes(slug)
            text = report.decode(data, path)
            new = plan.transform.report(text, path).text
            if new != text or new_path != path:
                moved = new_path if new_path != path else ""
                found = (Occurrence(path, (MESSAGES("report"),)),) if new != text else ()
                yield Change(
                    self.id, path, Stage.REPORTS, new.encode("utf-8") if new != text else data, moved, found=found
                )

    def write(self, actor: Actor, change: Change) -> Message:
        slug = (change.new_path or change.path).removeprefix("sources/").removesuffix(".md")
        project = actor.project
        assert change.data is not None
        if not project.has(report_path(slug)) or project.report_bytes(slug) != change.data:
            project.write_report(slug, change.data)
        return super().write(actor, change)


class Glossaries(Holder):
    id = "glossaries"

    def paths(self, project: Project) -> Iterator[Path]:
        paths = (project.root / glossary_path(locale) for locale in project.settings.locales)
        yield from (path for path in paths if path.exists())

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for locale in plan.before.settings.locales:
            path = glossary_path(locale)
            if text := plan.before.glossary_text(locale):
                new = plan.transform.glossary(text, path)
                if new.text != text:
                    found = (Occurrence(path, new.parts),) if new.parts else ()
                    yield Change(self.id, path, Stage.GLOSSARIES, new.text.encode("utf-8"), found=found)


class OwnWords(Holder):
    """The project's own dictionaries, word by word. A word that is changed is no word any more."""

    id = "words"

    def paths(self, project: Project) -> Iterator[Path]:
        paths = (project.root / words_path(locale) for locale in project.settings.locales)
        yield from (path for path in paths if path.exists())

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for each in self.paths(plan.before):
            path = each.relative_to(plan.before.root).as_posix()
            lines = report.decode(plan.before.read(path), path).splitlines()
            kept = [line for line in lines if plan.transform.draft(plan, line) == line]
            if kept != lines:
                new = "".join(f"{line}\n" for line in kept).encode("utf-8")
                yield Change(self.id, path, Stage.GLOSSARIES, new, found=(Occurrence(path, (MESSAGES("words"),)),))


class ImportedMemories(Holder):
    """TMX files of other programs. One that cannot be read is reported as a residue."""

    id = "memories"

    def paths(self, project: Project) -> Iterator[Path]:
        names = (path.relative_to(project.root).as_posix() for path in files_below(project.root, "locales"))
        yield from (project.root / name for name in names if _MEMORY.fullmatch(name))

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for each in self.paths(plan.before):
            path = each.relative_to(plan.before.root).as_posix()
            with suppress(UnicodeDecodeError, LookupError, OSError, UnreadableError):
                old = plan.before.read(path)
                new, parts = plan.transform.memory(old, path)
                if new != old:
                    found = (Occurrence(path, parts),) if parts else ()
                    yield Change(self.id, path, Stage.MEMORIES, new, found=found)


class Catalogs(Holder):
    """The catalogs of reports, or those of stories: units, obsolete units, comments, header."""

    def __init__(self, folder: Folder, stage: Stage) -> None:
        self.id, self.folder, self.stage = f"catalogs/{folder}", folder, stage

    def places(self, project: Project) -> Iterator[CatalogRef]:
        for locale in project.settings.locales:
            yield from project.catalogs(locale, self.folder)

    def paths(self, project: Project) -> Iterator[Path]:
        yield from (project.root / place.path for place in self.places(project))

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for place in self.places(plan.before):
            old = plan.before.load(place)
            new = plan.transform.catalog(plan, place, old)
            new_place = plan.transform.place(place)
            if new_place == place and (new is old or serialize(new) == serialize(old)):
                continue
            plan.owe(plan.transform.owed(place, old, new))
            yield Change(
                self.id,
                place.path,
                self.stage if new_place == place else Stage.MOVED_CATALOGS,
                new_path=new_place.path if new_place != place else "",
                place=new_place,
                old=old,
                catalog=new if new == old else ready_to_write(new),
                found=plan.transform.found(place, old, new),
            )

    def write(self, actor: Actor, change: Change) -> Message:
        project, place, catalog = actor.project, change.place, change.catalog
        assert place is not None
        assert catalog is not None
        if not change.new_path:
            project.write(place, catalog, change.old)
        elif project.load_if_exists(place) != catalog:
            project.write(place, catalog, None, anew=True)  # the transform has checked that the name is free
        if change.new_path:
            disk.remove(project.root, project.root / change.path)
        return NOTHING


# The user's own folders, and other places


class Drafts(Holder):
    """Journals of unconfirmed texts; one that an open terminal UI holds is out of reach."""

    id = "drafts"

    def paths(self, project: Project) -> Iterator[Path]:
        folder = drafts_folder(project.root)
        yield from files_below(folder) if folder.is_dir() else ()

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        for path in self.paths(plan.before):
            if drafts.is_leftover(path):
                yield Change(self.id, str(path), Stage.DRAFTS)
                continue
            old, new_path = drafts.read(path), self._new_path(plan, path)
            new = drafts.mapped(old, lambda text: plan.transform.draft(plan, text))
            if new != old or new_path != path:
                moved = str(new_path) if new_path != path else ""
                change = Change(self.id, str(path), Stage.DRAFTS, new.encode("utf-8"), moved)
                with drafts.held(path) as is_free:
                    if not is_free:
                        plan.out_of_reach(change, MESSAGES("held"))
                if is_free:
                    yield change
        yield from self._folders(plan)

    def _new_path(self, plan: RewritePlan, path: Path) -> Path:
        folder = drafts_folder(plan.before.root)
        who, *rest = path.relative_to(folder).parts
        return folder.joinpath(plan.transform.person(who), *rest)

    def _folders(self, plan: RewritePlan) -> Iterator[Change]:
        """Yield the removal of folders named after a person with a new id, after their journals."""
        folder = drafts_folder(plan.before.root)
        for name in sorted(each.name for each in folder.iterdir()) if folder.is_dir() else ():
            if plan.transform.person(name) != name:
                yield Change(self.id, str(folder / name), Stage.DRAFTS)

    def write(self, actor: Actor, change: Change) -> Message:  # noqa: ARG002 - of the interface
        path = Path(change.path)
        if change.data is None:
            drafts.remove(path)
            return NOTHING
        written = drafts.write(path, Path(change.new_path or path), change.data)
        return NOTHING if written else MESSAGES("held")


class TeamMemory(Holder):
    """The memory of a team on a server, which gets the changed entries."""

    id = "shared memory"
    is_reported = False

    def plan(self, plan: RewritePlan) -> Iterator[Change]:
        try:
            is_used = bool(address())
        except ConfigError:
            is_used = True  # named as out of reach when it is written
        if is_used and plan.transform.removes_text:
            yield Change(self.id, "", Stage.SHARED)

    def write(self, actor: Actor, change: Change) -> Message:  # noqa: ARG002 - of the interface
        try:
            reasons = [_refreshed(actor, locale) for locale in actor.project.settings.locales]
        except ConfigError as error:
            return joined([error.message])
        return next((joined([reason]) for reason in reasons if reason), NOTHING)


def _refreshed(actor: Actor, locale: str) -> str:
    """Send the changes of a locale to the shared memory; return the reason if that failed."""
    memory = Memory(actor.project, locale, clock=lambda: actor.now)
    try:
        memory.refresh()
    except MemoryFailedError as error:
        return memory.unavailable_reason or error.message
    finally:
        memory.close()
    return memory.unavailable_reason or memory.unsent_reason


HOLDERS: tuple[Holder, ...] = (
    SettingsFile(),
    Reports(),
    Glossaries(),
    OwnWords(),
    ImportedMemories(),
    Catalogs("reports", Stage.CATALOGS),
    Catalogs("articles", Stage.STORIES),
    Signatures(),
    Drafts(),
    Leftovers(),
    WorkFiles(),
    RepairCopies(),
    Caches(),
    RenderedOutput(),
    TeamMemory(),
)
"""All holders, in the order of planning: each may depend on those above it."""


def holder(name: str) -> Holder:
    return next(each for each in HOLDERS if each.id == name)
