"""A newsroom with an agent at the desk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.agents import Agent, agent, newsroom


@pytest.fixture(scope="session")
def _original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newsroom(tmp_path_factory.mktemp("desk") / "room")


@pytest.fixture
def desk_room(_original: Path, tmp_path: Path) -> Path:
    """Return a newsroom of one test."""
    return Path(shutil.copytree(_original, tmp_path / "desk"))


@pytest.fixture
def helper(desk_room: Path) -> Iterator[Agent]:
    """Yield an agent in that newsroom, for which claire works."""
    with agent(desk_room) as connected:
        yield connected
