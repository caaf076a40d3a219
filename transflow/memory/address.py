"""Where the shared memory of a team is: the person's own configuration says it, or the environment, never the project.

Invariant: an address, which may have a password in it, is in no error and in no file of the project.
"""

from __future__ import annotations

import os
from pathlib import Path

from transflow.errors import ConfigError

VARIABLE = "TRANSFLOW_MEMORY"


def place() -> Path:
    """The file of the person's own configuration."""
    from platformdirs import user_config_path

    return user_config_path("transflow", appauthor=False) / "memory.toml"


def address() -> str:
    """The address of the shared memory; empty where there is none. Raises ConfigError."""
    if VARIABLE in os.environ:
        return os.environ[VARIABLE].strip()
    path = place()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", f"the file cannot be read: {type(error).__name__}.") from None
    from transflow.settings.toml_lines import read_toml

    url = read_toml(text, str(path)).get("url", "")
    if not isinstance(url, str) or (url and not url.startswith(("postgresql://", "postgres://"))):
        raise ConfigError(str(path), "url", "this is no address.", '"postgresql://user@host/database"')
    return url
