"""An office: an empty folder, and windows in which people begin to work in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.colleagues import Office


@pytest.fixture
def office(tmp_path: Path, size: tuple[int, int]) -> Iterator[Office]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    opened = Office(tmp_path, size)
    try:
        yield opened
    finally:
        opened.close()
