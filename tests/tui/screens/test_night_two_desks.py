"""The rest of a night on the screen at 80x24: two desks, roundup, correction, withdrawal.

The nights are those in which American clocks change. What is typed as text is not counted.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from support.commands import new_project
from support.screens import App, CountedKeys, painted, played, press, running, said
from support.stories import actor
from transflow.actions.project.people import edit_person
from transflow.actions.reports import intake
from transflow.actions.stories import article, clearance, publish
from transflow.actions.units import steps
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.readers import read
from transflow.stories import publications
from transflow.stories.live import is_live

PAGE = "https://news.example.org/quake"
STORY = CatalogRef("en", "articles", "quake-story")
REPORT = (
    '---\ntitle: "[{tag}] 강변시에 지진"\nbyline: 이정은\ndate: {day}\n---\n\n강변시에 3시 지진이 났다.\n\n'
    "다리 3곳이 끊겼다.\n\n학교 12곳이 문을 닫았다.\n"
)
TEXTS = ("Earthquake in Riverside", "An earthquake struck Riverside at 3 a.m.", "Three bridges failed.")
LAST = "Twelve schools are closed."
RIGHT = "Eleven schools are closed."
MOST_KEYS = {
    "sentence given to Washington, with a deadline": 6,
    "shift handed over to Seoul": 3,
    "roundup pasted": 3,
    "rest translated and taken in, story still handed over": 5,
    "roundup cleared": 2,
    "page updated": 2,
    "correction and note for readers written, still handed over": 7,
    "correction cleared": 2,
    "page corrected": 2,
    "story withdrawn": 5,
    "pages recorded as gone": 2,
}
"""Step of the night -> keys that it takes."""


class Night(CountedKeys):
    """People at two desks, each step at the screen of one of them."""

    def __init__(self, room: Path, day: str) -> None:
        super().__init__()
        self.room, self.day = room, day
        edit_person(Project(room), "leejin", lambda person: replace(person, zone="America/New_York"))
        self._lead()

    @property
    def _eve(self) -> str:
        return {"2026-03-08": "2026-03-07", "2026-11-01": "2026-10-31"}[self.day]

    def _lead(self) -> None:
        """Bring the lead out: a live story without the last sentence."""
        claire, mina = (actor(self.room, who, f"{self._eve}T18:10:00Z") for who in ("claire", "mina"))
        intake.add(claire, read(REPORT.format(tag="속보", day=self.day).encode(), "quake.md"), "quake")
        for number, text in enumerate(TEXTS, 1):
            steps.confirm(claire, f"quake#{number}", text)
        article.compose_article(claire, STORY.slug, ["quake"], as_live=True)
        clearance.ready(claire, STORY.slug)
        clearance.clear(mina, STORY.slug)
        publish.record_publication(mina, STORY.slug, [PAGE])

    def at(self, who: str, mode: str = "queue", ref: str = "", *, minute: int) -> AbstractAsyncContextManager[App]:
        """Open the screen of a person, so many minutes after 03:00 in Seoul."""
        time = f"{self._eve}T{18 + minute // 60}:{minute % 60:02}:00Z"
        return running(self.room, mode, ref, who=who, size=(80, 24), clock=lambda: time)

    async def over_the_ocean(self, deadline: str) -> None:
        step = "sentence given to Washington, with a deadline"
        async with self.at("mina", minute=31) as pilot:
            await self.step(pilot, step, "n", "n", "a", "2", "enter", f"={self.day} 09:00 KST", "enter")
            assert deadline in said(pilot)
        async with self.at("leejin", minute=32) as pilot:
            assert f"due {deadline[5:]}" in painted(pilot)  # both clocks, also at 80 columns
            await self.step(pilot, "shift handed over to Seoul", "h", "1", "enter")
            assert "Claire Lee has 2 open items more now." in said(pilot)

    async def roundup(self) -> None:
        text = REPORT.format(tag="종합", day=self.day)
        async with self.at("claire", minute=40) as pilot:
            await self.step(pilot, "roundup pasted", "i", "+" + text, "ctrl+s", "1")
            assert "is the new version now" in said(pilot)
        async with self.at("claire", "translate", "quake", minute=41) as pilot:
            step = "rest translated and taken in, story still handed over"
            await self.step(pilot, step, "e", "ctrl+s", "=" + LAST, "ctrl+s", "f8", "g")
            assert "live · nothing to come" in said(pilot)

    async def editor(self, minute: int, clearing: str, recording: str) -> None:
        async with self.at("mina", "story", STORY.slug, minute=minute) as pilot:
            await self.step(pilot, clearing, "a", "enter")
            assert "Cleared" in said(pilot)
            assert ("No longer live: nothing is to come." in said(pilot)) == (minute == 50)
            await self.step(pilot, recording, "x", "enter")
            assert "Recorded: " + PAGE in said(pilot)

    async def correction(self) -> None:
        async with self.at("eugene", "story", f"{STORY.slug}#4", minute=70) as pilot:
            step = "correction and note for readers written, still handed over"
            await self.step(pilot, step, "j", "1")
            assert "Ctrl+A: select all" in painted(pilot)
            await press(pilot, "=!", "ctrl+a")  # the cursor is at the end
            await self.step(pilot, step, "=" + RIGHT, "ctrl+s", "1", "=Yonhap", "enter", "e", "ctrl+s")
            assert "Everything here is done." in said(pilot)

    async def withdrawal(self) -> None:
        async with self.at("mina", "story", STORY.slug, minute=90) as pilot:
            await self.step(pilot, "story withdrawn", "j", "3", "=The source took it back.", "enter", "1", "enter")
            assert f"Take down: {PAGE}" in said(pilot)
            await self.step(pilot, "pages recorded as gone", "x", "enter")
            assert "Recorded: the pages are gone." in said(pilot)

    @property
    def article(self) -> Catalog:
        return Project(self.room).load(STORY)


def test_no_correction_begins_while_nobody_said_which_version_readers_see(tmp_path: Path) -> None:
    night = Night(new_project(tmp_path / "room"), "2026-03-08")
    writer, editor = (actor(night.room, who, "2026-03-07T18:20:00Z") for who in ("eugene", "mina"))
    steps.confirm(writer, f"{STORY.slug}#3", "Three bridges collapsed.")
    clearance.clear(editor, STORY.slug)
    before = night.article

    async def play() -> None:
        async with night.at("mina", "story", f"{STORY.slug}#3", minute=30) as pilot:
            await press(pilot, "j", "1")
            assert "A newer version is cleared, and its page is not recorded. Record it first: (x)." in said(pilot)

    played(play())
    assert night.article == before


@pytest.mark.parametrize(
    ("day", "deadline"), [("2026-03-08", "09:00 KST / 03-07 19:00 EST"), ("2026-11-01", "09:00 KST / 10-31 20:00 EDT")]
)
def test_from_two_desks_to_a_withdrawn_story_in_few_keys(tmp_path: Path, day: str, deadline: str) -> None:
    night = Night(new_project(tmp_path / "room"), day)
    played(night.over_the_ocean(f"{day} {deadline}"))
    played(night.roundup())
    assert [unit.target for unit in night.article.units] == [*TEXTS, LAST]
    played(night.editor(50, "roundup cleared", "page updated"))
    assert not is_live(night.article)
    played(night.correction())
    played(night.editor(80, "correction cleared", "page corrected"))
    assert [kind for _, kind in publications.versions(night.article).values()] == ["first", "update", "correction"]
    played(night.withdrawal())
    assert publications.is_withdrawn(night.article)
    assert [(each.kind, each.cause, each.text) for each in publications.notices(night.article)] == [
        ("correction", "reporting", "Yonhap"),
        ("withdrawn", "reporting", ""),
    ]
    assert night.keys == MOST_KEYS
