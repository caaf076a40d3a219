"""The user's own projects.toml: what each project of theirs may send to other machines.

Invariant: a project is known by its path and the remote of its clone together, so that another
clone at the same path, or the same clone elsewhere, gets no permission of the first. Of several
entries for a project, the last one with a key counts; an answer is a new entry at the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from transflow.json_text import encode_json
from transflow.toml_text.schema import Table, TomlKey, read_file, user_file
from transflow.toml_text.values import each, flag, string
from transflow.user_folders import config_folder


class UserProject(NamedTuple):
    """Permissions of a project; None where the user has not decided yet."""

    path: str
    remote: str = ""
    """Address of `origin` without user and password; empty for a clone without one."""
    memory: str | None = None
    """Name under which it may write to the shared memory; empty if it may not."""
    engines: tuple[str, ...] | None = None
    """Engines on other machines that it may use."""
    refused: tuple[str, ...] = ()
    """Engines that it may not use."""
    local_only: bool = False
    """True if its texts go to local engines only."""


SCHEMA = Table(
    tables={
        "projects": Table(
            {
                "path": TomlKey("path", string),
                "remote": TomlKey("remote", string),
                "memory": TomlKey("memory", string),
                "engines": TomlKey("engines", each(string)),
                "refused": TomlKey("refused", each(string)),
                "local_only": TomlKey("local_only", flag),
            },
            into="projects",
            is_array=True,
        )
    }
)
"""The keys of projects.toml."""


def config_path() -> Path:
    """Return the path of the user's projects.toml."""
    return config_folder() / "projects.toml"


def shown_path(root: Path) -> str:
    """Return the path of a project as the file has it."""
    return os.fsencode(root.resolve()).decode("utf-8", "backslashreplace")


def shown_remote(address: str) -> str:
    """Return the address of a remote without user and password, which are nobody else's concern."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.netloc or "@" not in parts.netloc:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def load(root: Path, remote: Callable[[], str]) -> UserProject:
    """Return what the user decided about a project. Raise ConfigError if the file is invalid.

    `remote` is called only if the file has entries for the project's path.
    """
    file, path = config_path(), shown_path(root)
    entries = [each for each in parse(user_file(file), str(file)) if each.path == path]
    return find(entries, path, shown_remote(remote())) if entries else UserProject(path)


def parse(text: str, path: str) -> tuple[UserProject, ...]:
    """Parse the text of projects.toml. Raise ConfigError if it is invalid."""
    rows = read_file(text, path, SCHEMA).get("projects", ())
    return tuple(UserProject(**{"path": "", **row.values}) for row in rows)


def find(entries: Iterable[UserProject], path: str, remote: str) -> UserProject:
    """Return the entries of a project as one."""
    found = UserProject(path, remote)
    for entry in entries:
        if (entry.path, entry.remote) == (path, remote):
            found = UserProject(
                path,
                remote,
                found.memory if entry.memory is None else entry.memory,
                found.engines if entry.engines is None else entry.engines,
                entry.refused or found.refused,
                entry.local_only or found.local_only,
            )
    return found


def with_entry(text: str, entry: UserProject) -> str:
    """Return the text of projects.toml with one more entry, otherwise unchanged."""
    values = {name: value for name, value in entry._asdict().items() if value or name in ("path", "remote", "memory")}
    lines = [f"{name} = {_toml(value)}" for name, value in values.items() if value is not None]
    before = text if not text or text.endswith("\n") else f"{text}\n"
    return f"{before}{before and chr(10)}[[projects]]\n" + "".join(f"{line}\n" for line in lines)


def _toml(value: object) -> str:
    return encode_json(list(value) if isinstance(value, tuple) else value).replace("\x7f", "\\u007f")
