"""A night on the screen at 80x24, from flash to mended figure: the keys that each step takes.

What is typed or pasted as text is not counted.
"""

from __future__ import annotations

from pathlib import Path

from support.commands import new_project
from support.screens import CountedKeys, painted, played, press, running, said, until
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project

NIGHT = "2024-03-25T18:10:00Z"
"""03:10 in Seoul."""
FLASH = "[속보] 홍수로 다리 3곳 끊겨\n\n강변시 다리 3곳이 5일 밤 끊겼다. 다친 사람은 없다.\n"
SECOND = "[2보] 홍수로 다리 4곳 끊겨\n\n강변시 다리 4곳이 5일 밤 끊겼다. 다친 사람은 없다.\n\n시는 나룻배를 띄운다.\n"
LEAD = ("Three bridges out in floods", "Three bridges failed on the night of the 5th.")
MENDED = ("Four bridges out in floods", "Four bridges failed on the night of the 5th.")
MOST_KEYS = {
    "flash pasted, live story begun": 6,
    "lead translated and handed over": 8,
    "lead cleared": 2,
    "page recorded": 2,
    "later version pasted": 5,
    "figure mended, still handed over": 9,
    "figure cleared": 2,
    "page updated": 2,
}
"""Step of the night -> keys that it takes."""


class Night(CountedKeys):
    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    async def translator(self) -> None:
        async with running(self.root, who="claire", size=(80, 24), clock=lambda: NIGHT) as pilot:
            await self.step(pilot, "flash pasted, live story begun", "i", "+" + FLASH, "ctrl+s", "=이정은", "enter")
            await self.step(pilot, "flash pasted, live story begun", "enter", "enter", "enter")
            await until(pilot, lambda: "live · 3 to come" in painted(pilot))
            assert "03-26 03:10" not in painted(pilot)
            step = "lead translated and handed over"
            await self.step(pilot, step, "enter", "e", "=" + LEAD[0], "ctrl+s", "=" + LEAD[1], "ctrl+s", "f8", "g")
            await until(pilot, lambda: "live · 1 to come" in painted(pilot))
            await self.step(pilot, step, "r", "enter")
            assert LEAD[0] in painted(pilot).splitlines()[0]

    async def editor(self, clearing: str, recording: str) -> None:
        async with running(
            self.root, "story", self.story.slug, who="mina", size=(80, 24), clock=lambda: NIGHT
        ) as pilot:
            await self.step(pilot, clearing, "a", "enter")
            assert "Cleared" in said(pilot)
            page = () if self.article.header.get("X-Published") else ("=https://news.example.org/floods",)
            await self.step(pilot, recording, "x", *page, "enter")
            assert "Recorded: https://news.example.org/floods" in said(pilot)

    async def later(self) -> None:
        async with running(self.root, who="claire", size=(80, 24), clock=lambda: NIGHT) as pilot:
            await self.step(
                pilot, "later version pasted", "i", "+" + SECOND, "ctrl+s", "=이정은", "enter", "enter", "1"
            )
            assert f"“{LEAD[0]}” is the new version now" in said(pilot).replace("\n", " ")
            step = "figure mended, still handed over"
            for text in MENDED:
                keys = ("enter", "e") if text is MENDED[0] else ()
                await self.step(pilot, step, *keys)
                await press(pilot, "ctrl+a")
                await self.step(pilot, step, "=" + text, "ctrl+s")
            await self.step(pilot, step, "f8", "g", "e", "ctrl+s", "ctrl+s")

    @property
    def story(self) -> CatalogRef:
        (place,) = [each for each in Project(self.root).all_catalogs() if each.folder == "articles"]
        return place

    @property
    def article(self) -> Catalog:
        return Project(self.root).load(self.story)


def test_a_lead_and_its_mended_figure_take_few_keys_and_no_sentence_waits_for_another(tmp_path: Path) -> None:
    night = Night(new_project(tmp_path / "room"))
    played(night.translator())
    played(night.editor("lead cleared", "page recorded"))
    played(night.later())
    assert [unit.target for unit in night.article.units[:2]] == [*MENDED]
    played(night.editor("figure cleared", "page updated"))
    assert night.article.header.get("X-Live")
    assert night.keys == MOST_KEYS
