"""Places outside the record that contain a text: output, caches, journals of drafts, other files.

Invariant: nothing here prints or logs the text that is searched for; a place that cannot be cleaned
is named.
"""

from __future__ import annotations

import fcntl
import html
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from transflow.actions.language.memory import Memory, MemoryFailedError
from transflow.engines.setup.spending import engines_used, ledger_folder, project_id
from transflow.errors import ConfigError, UnreadableError
from transflow.json_text import decode_json
from transflow.memory.address import address
from transflow.project import Project
from transflow.project import files as disk
from transflow.project.cache import folder as cache_folder
from transflow.project.files import LinkError
from transflow.user_folders import state_folder

_SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})
_LARGEST = 16 * 2**20
_LITTER = re.compile(r"\..+\.\d+\.tmp")
"""Temporary files of a process that was killed while writing: see `transflow.project.files`."""

Finder = Callable[[str], bool]


class Residue(NamedTuple):
    """A place that still has the text: a path, and a 1-based line, or 0 for the file name.

    The path is relative to the project, or absolute.
    """

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else f"{self.path} (its name)"


def _files(root: Path, folder: str = "") -> Iterator[Path]:
    with suppress(LinkError):  # files behind a link are not ours
        yield from (root / name for name in disk.files_below(root, folder, _SKIPPED))


def _text(path: Path) -> str:
    try:
        if path.lstat().st_size > _LARGEST:
            return ""
        return disk.read_own(path.parent, path.name).decode("utf-8", "replace")
    except (OSError, UnreadableError):
        return ""


def readings(text: str) -> Iterator[str]:
    """Yield a file's text as it is, and as programs read it.

    That is HTML without tags, and JSON and PO strings unescaped.
    """
    yield text
    if "\\" in text:
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        yield (text := text.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/"))
    if "<" in text or "&" in text:
        yield html.unescape(re.sub(r"<[^<>]*>", "", text))
    if '"\n' in text:
        yield re.sub(r'"\n(?:#~ )?"', "", text)


def file_contains(path: Path, matches: Finder) -> bool:
    return any(map(matches, readings(_text(path))))


def files_in_build(project: Project, matches: Finder) -> list[Path]:
    """Return output that contains the text."""
    return [path for path in _files(project.root, "build") if file_contains(path, matches)]


def find_residues(project: Project, matches: Finder) -> list[Residue]:
    """Return every file of the project's folder, outside .git, that contains the text.

    Files are only read.
    """
    traces: list[Residue] = []
    for path in _files(project.root):
        shown = path.relative_to(project.root).as_posix()
        if matches(shown) or matches(shown.replace("-", " ")):
            traces.append(Residue(shown, 0))
        text = _text(path)
        if any(map(matches, readings(text))):
            traces.append(Residue(shown, _line(text, matches)))
    return traces


def _line(text: str, matches: Finder) -> int:
    """Return the first line with the text; 1 if it extends over several lines."""
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if any(map(matches, readings(line)))), 1)


def clear_caches(project: Project, matches: Finder) -> list[str]:
    """Remove caches and temporary files, and return their paths.

    Locks are kept; copies made by `transflow repair` are removed if they contain the text.
    """
    removed: list[str] = []
    user_cache = cache_folder(project.root)
    for path in _files(user_cache) if user_cache.is_dir() else ():
        path.unlink(missing_ok=True)
        removed.append(str(path))
    for path in _files(project.root):
        parts = path.relative_to(project.root).parts
        if parts[0] == ".transflow":
            is_kept = parts[1] in ("locks", ".gitignore", "moving", "redacting") or (
                parts[1] == "repair" and not file_contains(path, matches)
            )
        else:
            is_kept = not _LITTER.fullmatch(path.name)
        if not is_kept:
            disk.remove(project.root, path)
            removed.append("/".join(parts))
    return removed


def remove_from_shared_memory(project: Project, now: str) -> str:
    """Send the changes to the shared memory, if there is one.

    Returns the reason if it is unavailable, or an empty string.
    """
    try:
        if not address():
            return ""
    except ConfigError as error:
        return str(error)
    reason = ""
    for locale in project.settings.locales:
        memory = Memory(project, locale, clock=lambda: now)
        try:
            memory.refresh()
            reason = reason or memory.unavailable_reason
        except MemoryFailedError as error:
            reason = reason or str(error)
        finally:
            memory.close()
    return reason


def engines_asked(project: Project) -> list[str]:
    """Return the engines that received texts of the project from this machine."""
    return engines_used(ledger_folder(), project_id(project.root))


# The user's own folder


def drafts_folder(root: Path) -> Path:
    """Return the folder in which the terminal UI keeps unconfirmed texts of this project."""
    project_digest = sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return state_folder() / "drafts" / project_digest


class Journals(NamedTuple):
    """Journals of drafts that were changed, and those that could not be."""

    changed: tuple[str, ...] = ()
    busy: tuple[str, ...] = ()
    """In use by an open terminal UI."""


def change_drafts(root: Path, of: Callable[[str], str], *, dry_run: bool = False) -> Journals:
    """Apply `of` to every text in the journals of a project's drafts.

    Journals in use by a live process are left alone.
    """
    changed: list[str] = []
    busy: list[str] = []
    folder = drafts_folder(root)
    for path in _files(folder) if folder.is_dir() else ():
        with path.open("rb") as file:
            old = file.read().decode("utf-8", "replace")
            new = "\n".join(_journal_line(line, of) for line in old.split("\n"))
            if new == old:
                continue
            if not _lock_if_free(file.fileno()):
                busy.append(str(path))
                continue
            if not dry_run:
                disk.write(folder, path, new.encode("utf-8"))
            changed.append(str(path))
    return Journals(tuple(changed), tuple(busy))


def protect_drafts(root: Path, old: str, new: str, of: Callable[[str], str]) -> Journals:
    """Change the drafts, and rename the folder of a person's drafts to the new id.

    The folder is left alone if it is in use.
    """
    journals = change_drafts(root, of)
    folder = drafts_folder(root) / old
    if not folder.is_dir():
        return journals
    with ExitStack() as files:
        is_free = all(_lock_if_free(files.enter_context(path.open("rb")).fileno()) for path in folder.iterdir())
        if not is_free or folder.with_name(new).exists():
            return journals._replace(busy=(*journals.busy, str(folder)))
        folder.rename(folder.with_name(new))
    return journals


def _lock_if_free(descriptor: int) -> bool:
    """Return whether no live process holds a journal, and lock it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _journal_line(line: str, of: Callable[[str], str]) -> str:
    """Return a line of a journal with its texts changed; a truncated line is raw text."""
    try:
        value = decode_json(line)
        new = _mapped(value, of)
    except (ValueError, RecursionError):
        return of(line)
    return line if new == value else json.dumps(new, ensure_ascii=False)


def _mapped(value: Any, of: Callable[[str], str]) -> Any:
    """Return a JSON value with `of` applied to every string."""
    if isinstance(value, str):
        return of(value)
    if isinstance(value, list):
        return [_mapped(each, of) for each in value]
    return {of(key): _mapped(each, of) for key, each in value.items()} if isinstance(value, dict) else value
