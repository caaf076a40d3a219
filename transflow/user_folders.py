"""The user's own folders for the program. The functions load platformdirs, which most commands do
not need.
"""

from __future__ import annotations

from pathlib import Path

_NAME = "transflow"


def config_folder() -> Path:
    """Return the folder of settings. It need not exist."""
    from platformdirs import user_config_path

    return user_config_path(_NAME, appauthor=False)


def state_folder() -> Path:
    """Return the folder of unsaved drafts and of the costs of engines. It need not exist."""
    from platformdirs import user_state_path

    return user_state_path(_NAME, appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be computed again. It need not exist."""
    from platformdirs import user_cache_path

    return user_cache_path(_NAME, appauthor=False)
