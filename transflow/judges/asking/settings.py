"""The user's own judges.toml: the judge that is asked by default, and the options of judges.

Invariant: a program that runs is named by this file alone, never by a project's files.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from transflow import judges
from transflow.errors import ConfigError
from transflow.messages import Messages
from transflow.toml_text.schema import Table, TomlKey, read_file, user_file
from transflow.toml_text.values import MESSAGES as VALUES
from transflow.toml_text.values import InvalidValueError, choice, shown, text
from transflow.user_folders import config_folder

MESSAGES = Messages(__name__, {"unset": "it must be set.", "number": "a number from {low} to {high}"})


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


def _number(low: float, high: float) -> Callable[[Any], str]:
    """Return a reader of a number, also of one in quotes, as text."""

    def read(value: Any) -> str:
        try:
            found = math.nan if isinstance(value, bool | list | dict) else float(_option(value))
        except ValueError:
            found = math.nan
        if not low <= found <= high:
            raise InvalidValueError(VALUES("unfit", value=shown(value)), MESSAGES("number", low=low, high=high))
        return f"{found:g}"

    return read


def _schema() -> Table:
    return Table(
        keys={"default": TomlKey("default", choice(*judges.names()))},
        tables={name: _options(name) for name in judges.names()},
    )


def _options(name: str) -> Table:
    judge = judges.load(name)
    keys = {}
    for option in (each.rstrip("!") for each in judge.OPTIONS):
        limits = judge.NUMBERS.get(option)
        keys[option] = TomlKey(option, _number(*limits) if limits else _option)
    return Table(keys, into=name)
