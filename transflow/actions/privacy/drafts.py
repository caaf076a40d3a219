"""Journals of unconfirmed texts, which the terminal UI keeps in the user's own folder.

Invariant: a journal that a live process holds is left alone.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from transflow.json_text import decode_json
from transflow.project import files as disk
from transflow.project.waiting import is_alive

_LEFTOVER = re.compile(r"\..+\.(\d+)\.tmp")


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Lock a journal while the block runs; False if a live process holds it, or it is gone."""
    try:
        file = path.open("rb")
    except OSError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def read(path: Path) -> str:
    return disk.read_own(path.parent, path.name).decode("utf-8", "replace")


def write(path: Path, new_path: Path, data: bytes) -> bool:
    """Write a journal, under another name if `new_path` is one. False if it is held."""
    with held(path) as is_free:
        if not is_free:
            return False
        disk.write(new_path.parent.parent, new_path, data, mode=0o600)
        if new_path != path:
            disk.remove(path.parent, path)
    return True


def remove(path: Path) -> None:
    """Remove a leftover, or the folder of a person whose journals have moved, if none is held."""
    with suppress(OSError):
        path.rmdir() if path.is_dir() else path.unlink()


def is_leftover(path: Path) -> bool:
    """True for a temporary file of a process that was killed: the journal itself is complete."""
    match = _LEFTOVER.fullmatch(path.name)
    return match is not None and (int(match[1]) == os.getpid() or not is_alive(int(match[1])))


def mapped(journal: str, of: Callable[[str], str]) -> str:
    """Return a journal with `of` applied to every text in it."""
    return "\n".join(_mapped_line(line, of) for line in journal.split("\n"))


def _mapped_line(line: str, of: Callable[[str], str]) -> str:
    """Return a line of a journal with its texts changed; a truncated line is raw text."""
    try:
        value = decode_json(line)
        new = _mapped_value(value, of)
    except (ValueError, RecursionError):
        return of(line)
    return line if new == value else json.dumps(new, ensure_ascii=False)


def _mapped_value(value: Any, of: Callable[[str], str]) -> Any:
    """Return a JSON value with `of` applied to every string."""
    if isinstance(value, str):
        return of(value)
    if isinstance(value, list):
        return [_mapped_value(each, of) for each in value]
    return {of(key): _mapped_value(each, of) for key, each in value.items()} if isinstance(value, dict) else value
