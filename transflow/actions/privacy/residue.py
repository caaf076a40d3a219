"""Where a text is besides the record: output, caches, journals of drafts, other files.

Invariant: nothing here prints or logs the text that is looked for; what cannot be cleaned is named by its place.
"""

from __future__ import annotations

import fcntl
import html
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

from transflow.errors import ConfigError, UnreadableError
from transflow.json_text import parsed
from transflow.project import Project
from transflow.project import files as disk
from transflow.project.cache import folder as cache_folder
from transflow.project.files import LinkError

_SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})
_LARGEST = 16 * 2**20
_LITTER = re.compile(r"\..+\.\d+\.tmp")
"""What a process that was killed while it wrote left behind: see `transflow.project.files`."""

Finder = Callable[[str], bool]


class Residue(NamedTuple):
    """A place where the text still is: a path in the project, or an absolute one, and a 1-based line, 0 for the name."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else f"{self.path} (its name)"


def _files(root: Path, folder: str = "") -> Iterator[Path]:
    with suppress(LinkError):  # what is behind a link is no file of ours
        yield from (root / name for name in disk.below(root, folder, _SKIPPED))


def _text(path: Path) -> str:
    try:
        if path.lstat().st_size > _LARGEST:
            return ""
        return disk.read_own(path.parent, path.name).decode("utf-8", "replace")
    except (OSError, UnreadableError):
        return ""


def readings(text: str) -> Iterator[str]:
    """A file's text as it stands, and as programs read it: HTML without marks, JSON and PO strings unescaped."""
    yield text
    if "\\" in text:
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        yield (text := text.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/"))
    if "<" in text or "&" in text:
        yield html.unescape(re.sub(r"<[^<>]*>", "", text))
    if '"\n' in text:
        yield re.sub(r'"\n(?:#~ )?"', "", text)


def is_in(path: Path, found: Finder) -> bool:
    return any(map(found, readings(_text(path))))


def in_build(project: Project, found: Finder) -> list[Path]:
    """Output that holds the text."""
    return [path for path in _files(project.root, "build") if is_in(path, found)]


def elsewhere(project: Project, found: Finder) -> list[Residue]:
    """Every file of the project's folder that still holds it, outside git: read and named, never changed."""
    traces: list[Residue] = []
    for path in _files(project.root):
        shown = path.relative_to(project.root).as_posix()
        if found(shown) or found(shown.replace("-", " ")):
            traces.append(Residue(shown, 0))
        text = _text(path)
        if any(map(found, readings(text))):
            traces.append(Residue(shown, _line(text, found)))
    return traces


def _line(text: str, found: Finder) -> int:
    """The first line that has it; where it goes over several lines, 1."""
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if any(map(found, readings(line)))), 1)


def clear_caches(project: Project, found: Finder) -> list[str]:
    """Removes what may be deleted at any time: caches (locks stay) and half-written files; of the copies that `transflow repair`
    keeps, only those that hold the text. Returns their paths."""
    removed: list[str] = []
    own = cache_folder(project.root)
    for path in _files(own) if own.is_dir() else ():
        path.unlink(missing_ok=True)
        removed.append(str(path))
    for path in _files(project.root):
        inside = path.relative_to(project.root).parts
        if inside[0] == ".transflow":
            kept = inside[1] in ("locks", ".gitignore", "moving", "redacting") or (
                inside[1] == "repair" and not is_in(path, found)
            )
        else:
            kept = not _LITTER.fullmatch(path.name)
        if not kept:
            disk.remove(project.root, path)
            removed.append("/".join(inside))
    return removed


def remove_from_shared_memory(project: Project, now: str) -> str:
    """Tells the shared memory of a team, where there is one, what changed. Returns why it could not be told."""
    from transflow.actions.language.memory import Memory, MemoryFailedError
    from transflow.memory.address import address

    try:
        if not address():
            return ""
    except ConfigError as error:
        return str(error)
    away = ""
    for locale in project.settings.locales:
        memory = Memory(project, locale, clock=lambda: now)
        try:
            memory.refresh()
            away = away or memory.away
        except MemoryFailedError as error:
            away = away or str(error)
        finally:
            memory.close()
    return away


def engines_asked(project: Project) -> list[str]:
    """The engines that got something of the project from this machine."""
    from transflow.engines.spending import engines_used, folder, mark

    return engines_used(folder(), mark(project.root))


# The user's own folder


def drafts_folder(root: Path) -> Path:
    """Where the terminal UI keeps what people typed and did not confirm, for this project."""
    from hashlib import sha256

    import platformdirs

    mark = sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return platformdirs.user_state_path("transflow", appauthor=False) / "drafts" / mark


class Journals(NamedTuple):
    """Journals of drafts: those that were changed, and those that could not be."""

    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """In use by a terminal UI that is open."""


def change_drafts(root: Path, of: Callable[[str], str], *, dry_run: bool = False) -> Journals:
    """Changes every text in the journals of drafts of a project. What a living process writes to is left alone."""
    changed: list[str] = []
    left: list[str] = []
    folder = drafts_folder(root)
    for path in _files(folder) if folder.is_dir() else ():
        with path.open("rb") as file:
            old = file.read().decode("utf-8", "replace")
            new = "\n".join(_journal_line(line, of) for line in old.split("\n"))
            if new == old:
                continue
            if not _is_free(file.fileno()):
                left.append(str(path))
                continue
            if not dry_run:
                disk.write(folder, path, new.encode("utf-8"))
            changed.append(str(path))
    return Journals(tuple(changed), tuple(left))


def protect_drafts(root: Path, old: str, new: str, of: Callable[[str], str]) -> Journals:
    """Changes the drafts, and gives the folder of one person's drafts the name of another id, where nobody uses it now."""
    journals = change_drafts(root, of)
    folder = drafts_folder(root) / old
    if not folder.is_dir():
        return journals
    with ExitStack() as files:
        free = all(_is_free(files.enter_context(path.open("rb")).fileno()) for path in folder.iterdir())
        if not free or folder.with_name(new).exists():
            return journals._replace(left=(*journals.left, str(folder)))
        folder.rename(folder.with_name(new))
    return journals


def _is_free(descriptor: int) -> bool:
    """Whether no living process holds a journal; from here on, we do."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _journal_line(line: str, of: Callable[[str], str]) -> str:
    """A line of a journal with its texts changed; what a crash cut short is changed as it stands."""
    try:
        value = parsed(line)
        new = _mapped(value, of)
    except (ValueError, RecursionError):
        return of(line)
    return line if new == value else json.dumps(new, ensure_ascii=False)


def _mapped(value: Any, of: Callable[[str], str]) -> Any:
    """A JSON value with every string in it changed."""
    if isinstance(value, str):
        return of(value)
    if isinstance(value, list):
        return [_mapped(each, of) for each in value]
    return {of(key): _mapped(each, of) for key, each in value.items()} if isinstance(value, dict) else value
