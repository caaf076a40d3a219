"""A night of breaking news at two desks, when American clocks change.

Flash, lead, mended figure, roundup, correction, withdrawal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from support.commands import new_project
from support.stories import actor
from transflow.actions.project.people import edit_person
from transflow.actions.reports import intake
from transflow.actions.reports.handover import OpenItem, hand_over, open_items
from transflow.actions.reports.queue import queue
from transflow.actions.stories import article, clearance, correct, publish, render
from transflow.actions.units import steps
from transflow.attribution.clocks import on_clocks
from transflow.project import CatalogRef, Project
from transflow.readers import read
from transflow.stories.live import is_live
from transflow.stories.publications import publications, versions

PAGE = "https://news.example.org/quake"
FLASH = '---\ntitle: "[속보] 강변시에 지진"\nbyline: 이정은\ndate: {day}\n---\n\n강변시에 3시 지진이 났다.\n'
LATER = FLASH + "\n다리 3곳이 끊겼다.\n\n학교 12곳이 문을 닫았다.\n"
TEXTS = (
    "Earthquake in Riverside",
    "An earthquake struck Riverside at 3 a.m.",
    "Three bridges failed.",
    "Twelve schools are closed.",
)
STORY = CatalogRef("en", "articles", "quake-story")


class Night:
    """The acts of people, at minutes after 03:10 in Seoul."""

    def __init__(self, room: Path, day: str) -> None:
        self.room, self.day, self._start = room, day, datetime.fromisoformat(f"{day}T03:10:00+09:00")
        self.acts = 0
        edit_person(Project(room), "leejin", lambda person: replace(person, zone="America/New_York"))

    def time(self, minute: int) -> str:
        moment = self._start + timedelta(minutes=minute)
        return f"{(moment - timedelta(hours=9)):%Y-%m-%dT%H:%M:%S}Z"

    def by(self, who: str, minute: int):  # type: ignore[no-untyped-def]
        self.acts += 1
        return actor(self.room, who, self.time(minute))

    def write(self, who: str, minute: int, *numbers: int) -> None:
        for number in numbers:
            steps.confirm(self.by(who, minute), f"quake#{number}", TEXTS[number - 1])

    def clear_and_print(self, minute: int) -> str:
        """Clear and render the story, record its page, and return the printed text."""
        clearance.clear(self.by("mina", minute), "quake-story")
        paths = render.render(Project(self.room), STORY, ["txt"], self.time(minute), as_draft=False)
        publish.record_publication(self.by("mina", minute + 1), "quake-story", [PAGE])
        return paths[0].read_text(encoding="utf-8")

    def to_translate(self, minute: int) -> list[OpenItem]:
        items = open_items(self.by("mina", minute))
        return [each for each in items if (each.place.slug, each.task) == ("quake", "translate")]

    def kinds(self) -> list[str]:
        return [kind for _, kind in versions(Project(self.room).load(STORY)).values()]


@pytest.mark.parametrize(
    ("day", "deadline"), [("2026-03-08", "09:00 KST / 03-07 19:00 EST"), ("2026-11-01", "09:00 KST / 10-31 20:00 EDT")]
)
def test_a_night_from_flash_to_withdrawal(tmp_path: Path, day: str, deadline: str) -> None:
    night = Night(new_project(tmp_path / "room"), day)
    intake.add(night.by("claire", 0), read(FLASH.format(day=day).encode(), "quake.md"), "quake")
    night.write("claire", 1, 1, 2)
    article.compose_article(night.by("claire", 2), "quake-story", ["quake"], as_live=True)
    clearance.ready(night.by("claire", 2), "quake-story")
    assert night.acts == 5  # the sixth is the clearance; rendering changes nothing
    assert TEXTS[1] in night.clear_and_print(3)

    intake.new_version(night.by("jeong", 20), "quake", LATER.format(day=day).encode(), "quake.md")
    night.write("claire", 25, 3)
    article.compose_article(night.by("eugene", 26), "quake-story", [])
    lead = night.clear_and_print(28)
    assert TEXTS[2] in lead
    assert TEXTS[3] not in lead

    figure = LATER.format(day=day).replace("다리 3곳", "다리 4곳")
    intake.new_version(night.by("jeong", 40), "quake", figure.encode(), "quake.md")
    steps.confirm(night.by("claire", 41), "quake#3", "Four bridges failed.")
    article.compose_article(night.by("eugene", 42), "quake-story", [])
    steps.confirm(night.by("eugene", 42), "quake-story#3")
    assert "Four bridges failed." in night.clear_and_print(44)
    assert is_live(Project(night.room).load(STORY))

    intake.assign(night.by("mina", 50), "quake", ["leejin"], "4", f"{day} 09:00 KST")
    (item,) = night.to_translate(50)
    assert on_clocks(item.due, Project(night.room).settings.zones("leejin")) == f"{day} {deadline}"
    hand_over(night.by("leejin", 55), [item], "claire")
    assert [each.owner for each in night.to_translate(56)] == ["claire"]

    whole = figure.replace("[속보]", "[종합]")
    intake.new_version(night.by("jeong", 58), "quake", whole.encode(), "quake.md")
    night.write("claire", 60, 1, 4)
    assert [each.reason for each in queue(night.by("eugene", 61)) if each.place == STORY] == ["compose"]
    article.compose_article(night.by("eugene", 61), "quake-story", [])
    roundup = night.clear_and_print(63)
    assert TEXTS[3] in roundup
    assert not is_live(Project(night.room).load(STORY))

    correct.correct(night.by("mina", 90), "quake-story#4")
    steps.confirm(night.by("eugene", 91), "quake-story#4", "Eleven schools are closed.")
    correct.correct(night.by("mina", 92), "quake-story#4")
    steps.confirm(night.by("eugene", 93), "quake-story#5")
    clearance.ready(night.by("eugene", 94), "quake-story")
    assert "Correction" in night.clear_and_print(95)
    assert night.kinds() == ["first", "update", "update", "update", "correction"]

    publish.record_removal(night.by("mina", 120), "quake-story", [PAGE], "reporting", "the wires")
    last = publications(Project(night.room).load(STORY))[-1]
    assert (last.kind, last.time) == ("withdrawn", night.time(120))
