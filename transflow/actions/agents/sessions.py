"""Changes of agents, noted in the user's own folder, to be undone by one command.

Invariant: a change is noted on disk before it is made. An undo gives each unit back what it had
before the agent, as far as nobody has changed the same part of it since; so a text that a person
took over stays theirs. A text that comes back to a unit which was judged since, or whose source
changed, needs another look. The journals are below the drafts of the project, where a redaction
finds them.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from transflow.actions.agents.guard import TEXT_FIELDS
from transflow.digests import digest
from transflow.json_text import decode_json
from transflow.model.catalog import Catalog
from transflow.model.unit import Approval, Authorship, Question, Share, Unit
from transflow.project import CatalogRef, Project
from transflow.project import files as disk
from transflow.user_folders import drafts_folder

_FOLDER = "_agents"
"""Folder beside those of people; no id of a person has an underscore."""
_VERSION = 1
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "target": str,
    "fuzzy": bool,
    "text": str,
    "by": lambda value: tuple(Authorship(*each) for each in value),
    "translated": lambda value: tuple(Share(*each) for each in value),
    "approved": lambda value: Approval(*value) if value else None,
    "comments": tuple,
    "questions": lambda value: tuple(Question(*each) for each in value),
}
"""Field of a unit that an agent may change -> function that makes its value from JSON."""
_WORDS = ("target", "by", "translated", "text")
_REST = ("source", "previous", "returned", "omitted", "cut", "record", "waivers", "conflicts", "seen")
_ADDED = ("comments", "questions")
_PATH = re.compile(r"locales/([^/]+)/(reports|articles)/(.+)\.po")


class NotedChange(NamedTuple):
    """A change of one unit: its fields before and after."""

    path: str
    unit: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    rest: str
    """Digest of what else a text depends on: its source, and what people decided about it."""

    @property
    def place(self) -> CatalogRef | None:
        found = _PATH.fullmatch(self.path)
        return CatalogRef(found[1], "reports" if found[2] == "reports" else "articles", found[3]) if found else None


@dataclass
class AgentSession:
    """The changes of one process of an agent."""

    path: Path
    agent: str
    person: str
    began: str
    changes: list[NotedChange] = field(default_factory=list)
    lines: int = 0
    """Number of lines of the file when it was read."""

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def units(self) -> int:
        """Number of sentences and paragraphs with changes."""
        return len({(each.path, each.unit) for each in self.changes})

    def note(self, place: CatalogRef, old: Catalog, new: Catalog) -> None:
        """Note the changed units of a catalog, on disk. Raises OSError."""
        found = [
            _noted(place.path, before, after)
            for before, after in zip(old.units, new.units, strict=True)
            if before != after
        ]
        lines = [json.dumps(each._asdict(), ensure_ascii=False) for each in found]
        _append(self.path, self._head, lines)
        self.changes += found

    @property
    def _head(self) -> str:
        values = {"version": _VERSION, "agent": self.agent, "person": self.person, "began": self.began}
        return json.dumps(values, ensure_ascii=False)


class Undone(NamedTuple):
    """A unit that an agent had changed, and what became of it."""

    place: CatalogRef
    unit: str
    is_restored: bool
    """False if somebody has changed it since, or it is gone: then it stays as it is."""


def new_session(root: Path, agent: str, person: str, now: str) -> AgentSession:
    """Return a session of a process that begins now; its file is made with its first change."""
    name = re.sub(r"[^0-9TZ]", "", now) + f"-{os.getpid()}-" + re.sub(r"[^a-z0-9._-]", "-", agent.partition("/")[2])
    return AgentSession(_folder(root) / f"{name}.jsonl", agent, person, now)


def sessions(root: Path) -> list[AgentSession]:
    """Return the sessions with changes that were not undone, oldest first."""
    folder = _folder(root)
    found = (_read(path) for path in sorted(folder.glob("*.jsonl"))) if folder.is_dir() else ()
    return [each for each in found if each is not None and each.changes]


def undo(project: Project, session: AgentSession, *, dry_run: bool = False) -> list[Undone]:
    """Undo the changes of a session; what is undone, or stays, is forgotten.

    Raise UnreadableError for a catalog that cannot be read; the session then remains.
    """
    known = _read(session.path) if session.path.is_file() else None
    changes = known.changes if known else []
    done: list[Undone] = []
    for path in dict.fromkeys(each.path for each in changes):
        of_file = [each for each in changes if each.path == path]
        place = of_file[0].place
        if place is None or not project.exists(place):
            done += [Undone(each.place or CatalogRef("", "reports", path), each.unit, False) for each in of_file]
            continue
        restore = _Restoring(place, of_file)
        if dry_run:
            restore.catalog(project.load(place))
        else:
            project.change(place, restore.catalog)
        done += restore.outcomes()
    if known and not dry_run:
        session.changes = []
        _forget(known)
    return done


class _Restoring:
    """The undo of the changes of one catalog, newest first."""

    def __init__(self, place: CatalogRef, changes: list[NotedChange]) -> None:
        self._place, self._changes = place, changes
        self._restored: dict[str, bool] = {}

    def catalog(self, catalog: Catalog) -> Catalog:
        self._restored = {each.unit: True for each in self._changes}
        units = {unit.id: unit for unit in catalog.units}
        for each in reversed(self._changes):
            if each.unit not in units:
                self._restored[each.unit] = False
                continue
            units[each.unit], is_restored = _restored(units[each.unit], each)
            self._restored[each.unit] &= is_restored
        return catalog.replace(units=tuple(units[unit.id] for unit in catalog.units))

    def outcomes(self) -> list[Undone]:
        return [Undone(self._place, unit, is_restored) for unit, is_restored in self._restored.items()]


def _restored(unit: Unit, change: NotedChange) -> tuple[Unit, bool]:
    """Return a unit without a change, and whether all of the change is gone."""
    whole = True
    if "target" in change.before:
        if all(getattr(unit, name) == change.after[name] for name in _WORDS):
            unit = _with_former_text(unit, change)
        else:
            whole = all(getattr(unit, name) == change.before[name] for name in _WORDS)
    answered = {each.re for each in unit.answers}
    for name in (each for each in _ADDED if each in change.before):
        left = list(getattr(unit, name))
        for added in change.after[name][len(change.before[name]) :]:
            if name == "questions" and added.reference in answered:
                whole = False
            elif added in left:
                left.remove(added)
        unit = unit.replace(**{name: tuple(left)})
    return unit, whole


def _with_former_text(unit: Unit, change: NotedChange) -> Unit:
    former = unit.replace(**{name: change.before[name] for name in TEXT_FIELDS})
    if unit.fuzzy == change.after["fuzzy"] and _rest(unit) == change.rest:
        return former
    return former.replace(fuzzy=bool(former.target), previous=unit.previous if former.target else "", approved=None)


def _rest(unit: Unit) -> str:
    return digest(*(repr(getattr(unit, name)) for name in _REST))


def _noted(path: str, before: Unit, after: Unit) -> NotedChange:
    names = [name for name in _READERS if getattr(before, name) != getattr(after, name)]
    if set(names) & set(TEXT_FIELDS):
        names = list(dict.fromkeys((*TEXT_FIELDS, *names)))
    old, new = ({name: getattr(unit, name) for name in names} for unit in (before, after))
    return NotedChange(path, before.id, old, new, _rest(before))


# Files


def _folder(root: Path) -> Path:
    return drafts_folder(root) / _FOLDER


def _append(path: Path, head: str, lines: list[str]) -> None:
    """Append lines to a journal, with its head if it is new, and wait until they are on disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not _is_current(path, file.fileno()):
                continue  # an undo or a redaction wrote another file in its place
            is_new = os.fstat(file.fileno()).st_size == 0
            file.write("".join(f"{line}\n" for line in ([head, *lines] if is_new else lines)))
            file.flush()
            os.fsync(file.fileno())
        return


def _is_current(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False


def _read(path: Path) -> AgentSession | None:
    """Return a session; None for a file of a later version, or one that is none."""
    lines = list(_values(path))
    head = lines[0] if lines else {}
    if head.get("version") != _VERSION or not {"agent", "person", "began"} <= head.keys():
        return None
    agent, person, began = (str(head[name]) for name in ("agent", "person", "began"))
    return AgentSession(path, agent, person, began, list(_changes(lines[1:])), len(lines))


def _values(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of a journal, an empty one for a line that was cut off."""
    for line in disk.read(path, str(path)).decode("utf-8", "replace").split("\n")[:-1]:
        try:
            value = decode_json(line)
        except ValueError:
            value = None
        yield value if isinstance(value, dict) else {}


def _changes(lines: list[dict[str, Any]]) -> Iterator[NotedChange]:
    for each in lines:
        try:
            old, new = (
                {name: _READERS[name](value) for name, value in each[side].items()} for side in ("before", "after")
            )
            yield NotedChange(str(each["path"]), str(each["unit"]), old, new, str(each["rest"]))
        except (KeyError, TypeError, AttributeError):
            continue


def _forget(session: AgentSession) -> None:
    """Remove the changes of a session as it was read; the agent may have made more meanwhile."""
    try:
        file = session.path.open("rb+")
    except FileNotFoundError:
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = file.read().splitlines(keepends=True)
        if rest := lines[session.lines :]:
            disk.write(session.path.parent, session.path, b"".join((lines[0], *rest)), mode=0o600)
        else:
            session.path.unlink(missing_ok=True)
