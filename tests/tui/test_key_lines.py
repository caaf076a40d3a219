"""The key line at the bottom: whole keys only, those first that are needed most."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from support.screens import painted, played, press, running

LINES = {
    ("queue", "", ""): ("Enter Open", "i Add report"),
    ("translate", "un-letter", ""): ("e Write", "n Next"),
    ("translate", "un-letter", "e"): ("Ctrl+S Done", "F10 Look again"),
    ("review", "un-letter", ""): ("a Reviewed", "x Send back"),
    ("story", "un-china-refugees", ""): ("e Write", "a Clear to publish"),
    ("story", "un-china-refugees", "e"): ("Ctrl+S Done", "F10 Look again"),
}
"""Mode, what is open and a key -> what stands at 45 columns and more, and at 80."""


@pytest.mark.parametrize("lang", ["en", "ko"])
@pytest.mark.parametrize("width", [45, 80])
@pytest.mark.parametrize(("mode", "ref", "key"), LINES, ids="-".join)
def test_it_has_whole_keys_only_and_the_most_used_ones(
    sample: Path, mode: str, ref: str, key: str, width: int, lang: str
) -> None:
    async def play() -> str:
        async with running(sample, mode, ref, who="mina", size=(width, 24), lang=lang) as pilot:
            await press(pilot, *filter(None, [key]))
            return painted(pilot).splitlines()[-1]

    line = played(play())
    shown = line.split("  ")
    assert cell_len(line.rstrip()) < width
    assert line.startswith(" F1 ")
    assert "…" not in line
    if lang == "en":
        always, wide = LINES[mode, ref, key]
        assert always in [each.strip() for each in shown]
        assert width < 80 or wide in [each.strip() for each in shown]
