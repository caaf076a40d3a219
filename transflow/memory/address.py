"""Address of a team's shared memory, from the user's own configuration or the environment.

Invariant: the address never comes from the project. It may hold a password, so it occurs in no
error and in no file of the project.
"""

from __future__ import annotations

import os
from pathlib import Path

from transflow.errors import ConfigError
from transflow.messages import Messages
from transflow.settings.toml_lines import read_toml
from transflow.user_folders import config_folder

MESSAGES = Messages(__name__, {"unreadable": "the file cannot be read: {error}.", "no-address": "this is no address."})
VARIABLE = "TRANSFLOW_MEMORY"


def config_path() -> Path:
    """Return the path of the user's memory.toml."""
    return config_folder() / "memory.toml"


def address() -> str:
    """Return the address of the shared memory; empty if there is none. Raise ConfigError."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE].strip()
    path = config_path()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", MESSAGES("unreadable", error=type(error).__name__)) from None
    url = read_toml(text, str(path)).get("url", "")
    if not isinstance(url, str) or (url and not url.startswith(("postgresql://", "postgres://"))):
        raise ConfigError(str(path), "url", MESSAGES("no-address"), '"postgresql://user@host/database"')
    return url
