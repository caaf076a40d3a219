"""What tests of the whole share: projects to work in, far from the settings of whoever runs the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from commands import new_project

settings.register_profile("shared machine", deadline=None)  # how long one example takes says more of the neighbours
settings.load_profile("shared machine")
SAMPLE = Path(__file__).parents[1] / "sample"


@pytest.fixture(autouse=True, scope="session")
def _nobody_in_particular(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test depends on who runs it: no TRANSFLOW_USER, no git identity of the machine, no folders of the user."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TRANSFLOW_USER", "GIT_DIR", "GIT_AUTHOR_EMAIL", "EMAIL", "VISUAL", "EDITOR"):
            patch.delenv(name, raising=False)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        yield


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample project: two approved reports and a cleared story."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "sample", ignore=shutil.ignore_patterns("build", ".transflow")))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A project with one language. See `new_project`."""
    return new_project(tmp_path / "room")
