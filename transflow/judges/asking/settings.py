"""The user's own judges.toml: the judge that is asked by default, and the options of judges.

Invariant: a program that runs is named by this file alone, never by a project's files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from transflow import judges
from transflow.errors import ConfigError
from transflow.messages import Messages
from transflow.toml_text.schema import Table, TomlKey, read_file, user_file
from transflow.toml_text.values import choice, text
from transflow.user_folders import config_folder

MESSAGES = Messages(__name__, {"unset": "it must be set."})


class JudgeSettings(NamedTuple):
    """Contents of judges.toml."""

    default: str = ""
    """Judge that is asked if none is named; empty if the user chose none."""
    options: Mapping[str, Mapping[str, str]] = {}
    """Judge -> its options."""
    path: str = "judges.toml"

    def of(self, name: str) -> Mapping[str, str]:
        """Return the options of a judge. Raise ConfigError if a required one is missing."""
        found = self.options.get(name, {})
        for option, meaning in judges.load(name).OPTIONS.items():
            if option.endswith("!") and not found.get(option[:-1]):
                raise ConfigError(self.path, f"{name}.{option[:-1]}", MESSAGES("unset"), meaning)
        return found


def config_path() -> Path:
    """Return the path of the user's judges.toml."""
    return config_folder() / "judges.toml"


def load(path: Path | None = None) -> JudgeSettings:
    """Load the user's settings, or the defaults without a file. Raise ConfigError if invalid."""
    path = path or config_path()
    values = read_file(user_file(path), str(path), _schema())
    options = {name: values.pop(name) for name in judges.names() if name in values}
    return JudgeSettings(**values, options=options, path=str(path))


def _option(value: Any) -> str:
    """Read an option as text; numbers are accepted too."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else text(value)


def _schema() -> Table:
    tables = {
        name: Table(
            {key.rstrip("!"): TomlKey(key.rstrip("!"), _option) for key in judges.load(name).OPTIONS}, into=name
        )
        for name in judges.names()
    }
    return Table(keys={"default": TomlKey("default", choice(*judges.names()))}, tables=tables)
