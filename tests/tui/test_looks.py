"""Snapshots of the screens in two sizes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.screenshots import MODES, SIZES, golden, text_of
from support.screens import played


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", MODES)
def test_a_screen_is_as_it_was_last_looked_at(sample: Path, scene: str, size: tuple[int, int]) -> None:
    """After an intended change, look at the screen and run `make screenshots`."""
    text = played(text_of(scene, size, sample))
    assert text == golden(scene, size).read_text(encoding="utf-8")
