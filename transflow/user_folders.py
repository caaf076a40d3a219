"""The user's own folders for the program. The functions load platformdirs, which most commands do
not need.
"""

from __future__ import annotations

import os
from hashlib import sha256
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


def project_id(root: Path) -> str:
    """Return the id of a project in these folders: 16 digits of a digest of its path."""
    return sha256(os.fsencode(root.resolve())).hexdigest()[:16]


def drafts_folder(root: Path) -> Path:
    """Return the folder of the unsaved drafts of a project, which has a folder for each person."""
    return state_folder() / "drafts" / project_id(root)


def sync_folder(root: Path) -> Path:
    """Return the folder of what waits to be shared from a clone. It need not exist."""
    return state_folder() / "sync" / project_id(root)
