"""Address of a team's shared memory, from the user's own configuration or the environment.

Invariant: the address never comes from the project. It may hold a password, so it occurs in no
error and in no file of the project.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from transflow.messages import Messages
from transflow.toml_text.schema import Table, TomlKey, read_file, user_file
from transflow.toml_text.values import InvalidValueError
from transflow.user_folders import config_folder

MESSAGES = Messages(__name__, {"no-address": "this is no address."})
VARIABLE = "TRANSFLOW_MEMORY"


def _url(value: Any) -> str:
    if not isinstance(value, str) or (value and not value.startswith(("postgresql://", "postgres://"))):
        raise InvalidValueError(MESSAGES("no-address"), '"postgresql://user@host/database"')
    return value


SCHEMA = Table({"url": TomlKey("url", _url)})
"""The keys of memory.toml."""


def config_path() -> Path:
    """Return the path of the user's memory.toml."""
    return config_folder() / "memory.toml"


def address() -> str:
    """Return the address of the shared memory; empty if there is none. Raise ConfigError."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE].strip()
    path = config_path()
    url: str = read_file(user_file(path), str(path), SCHEMA).get("url", "")
    return url
