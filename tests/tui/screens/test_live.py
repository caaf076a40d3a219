"""Live stories on the screen: from pasted text to page, and on while the report goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.containers import VerticalScroll

from support.commands import TEXTS, new_project
from support.screens import App, opened, painted, played, press, running, said, settled, unit_of, until
from transflow.actions import Actor
from transflow.actions.stories import article as articles
from transflow.actions.units import steps
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef, Project
from transflow.tui.app import TransflowApp

NOW = "2024-03-26T03:00:00Z"
PLACE = CatalogRef("en", "articles", "flood-story")
FLASH = """\
[속보] 홍수로 다리 3곳 끊겨

강변시 다리 3곳이 5일 밤 끊겼다. 다친 사람은 없다.
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return new_project(tmp_path / "room")


def actor(root: Path, who: str) -> Actor:
    project = Project(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, NOW)


def write(root: Path, *numbers: int) -> None:
    for number in numbers:
        steps.confirm(actor(root, "claire"), f"flood#{number}", TEXTS[number - 1])


def live(root: Path) -> None:
    write(root, 1, 2)
    articles.compose_article(actor(root, "eugene"), "flood-story", ["flood"], as_live=True)


def story(root: Path, name: str = PLACE.slug) -> Catalog:
    return Project(root).load(PLACE._replace(slug=name))


def record(root: Path) -> dict[str, bytes]:
    files = [root / "transflow.toml", *(root / "sources").rglob("*.md"), *(root / "locales").rglob("*.po")]
    return {str(path): path.read_bytes() for path in files}


def test_an_empty_live_story_names_what_it_waits_for_and_the_key(room: Path) -> None:
    articles.compose_article(actor(room, "eugene"), "flood-story", ["flood"], as_live=True)

    async def play() -> None:
        async with running(room, "story", "flood-story", who="eugene", size=(80, 24)) as pilot:
            await until(
                pilot, lambda: "5 sentences are to come: once they are translated, g takes them in." in said(pilot)
            )
            write(room, 1)
            await until(pilot, lambda: "1 sentence is finished: g takes it in." in said(pilot))
            await press(pilot, "g")
            await until(pilot, lambda: len(story(room).units) == 1)

    played(play())


async def counted(pilot: App, *keys: str) -> int:
    """Press keys, and return how many of them changed the record."""
    root, acts = Path(pilot.app.project.root) if isinstance(pilot.app, TransflowApp) else Path(), 0
    for key in keys:
        before = record(root)
        await press(pilot, key)
        acts += record(root) != before
    return acts


def test_from_pasted_text_to_page_in_six_acts_of_two_people(room: Path) -> None:
    async def translate() -> int:
        async with running(room, who="claire", size=(120, 40), clock=lambda: NOW) as pilot:
            await press(pilot, "i")
            pilot.app.post_message(events.Paste(FLASH))
            acts = await counted(pilot, "ctrl+s", "=이정은", "enter", "enter")
            assert "A flash. Begin a live story of it in the same step?" in painted(pilot)
            acts += await counted(pilot, "enter", "ctrl+u", "=quake", "enter")
            await until(pilot, lambda: "live · 3 to come" in painted(pilot))
            acts += await counted(pilot, "enter", "e", f"={TEXTS[0]}", "ctrl+s", f"={TEXTS[1]}", "ctrl+s")
            acts += await counted(pilot, "f8", "g")
            await until(pilot, lambda: "live · 1 to come" in painted(pilot))
            return acts + await counted(pilot, "r", "enter")

    async def edit() -> int:
        async with running(room, "story", "quake-story", who="mina", size=(120, 40), clock=lambda: NOW) as pilot:
            acts = await counted(pilot, "a", "enter")
            assert "Cleared" in said(pilot)
            return acts + await counted(pilot, "b")

    acts = played(translate()) + played(edit())
    page = (room / "build/en/quake-story.html").read_text(encoding="utf-8")
    assert TEXTS[1] in page
    assert acts == 6


def test_a_later_version_takes_the_place_of_the_report_or_goes_into_its_live_story(room: Path) -> None:
    live(room)

    async def play(choice: str, *keys: str) -> str:
        async with running(room, who="claire", size=(120, 40), clock=lambda: NOW) as pilot:
            await press(pilot, "i")
            pilot.app.post_message(events.Paste(FLASH.replace("[속보]", "［종합］").replace("3곳", "4곳")))
            await press(pilot, "ctrl+s", "=이정은", "enter", "enter")
            assert "A later version, it seems." in painted(pilot)
            await press(pilot, choice, *keys)
            return said(pilot)

    assert "“Three bridges out in floods” is the new version now" in played(play("1"))
    assert Project(room).front_matter("flood").title == "［종합］ 홍수로 다리 4곳 끊겨"
    assert "the story is started" in played(play("2", "ctrl+u", "=second", "enter"))
    assert story(room).header.get("X-Reports").split() == ["flood", "second"]


class TestALiveStory:
    @pytest.fixture
    def room(self, room: Path) -> Path:
        live(room)
        return room

    @pytest.mark.parametrize("size", [(45, 24), (80, 24), (120, 40)])
    def test_has_its_mark_in_words_in_queue_and_story(self, room: Path, size: tuple[int, int]) -> None:
        async def play() -> None:
            async with running(room, who="eugene", size=size, clock=lambda: NOW) as pilot:
                if size[0] > 60:
                    assert "live · 3 to come" in painted(pilot)
                await press(pilot, "slash", "=live", "enter", "end", "enter")
                assert "live · 3 to come" in painted(pilot) or size[0] < 60
                assert "left out" not in painted(pilot).lower()

        played(play())

    def test_shows_what_is_new_and_nothing_moves_that_is_read(self, room: Path) -> None:
        async def play() -> None:
            async with running(room, "story", "flood-story", who="eugene", size=(80, 24), clock=lambda: NOW) as pilot:
                behind = pilot.app.screen.query_one("#behind", VerticalScroll)
                behind.scroll_to(y=3, animate=False)
                await settled(pilot)
                write(room, 3)
                await until(pilot, lambda: "3 to come, 1 finished" in painted(pilot))
                assert (behind.scroll_y, said(pilot)) == (3, "1 sentence is finished: g takes it in.")
                await press(pilot, "g")
                assert "live · 2 to come" in said(pilot)
                assert story(room).units[1].target == f"{TEXTS[1]} {TEXTS[2]}"
                assert story(room).units[1].fuzzy
                await press(pilot, "f7")
                assert "Accept 1 paragraph from the translations?" in painted(pilot)
                await press(pilot, "enter")
                assert not story(room).units[1].fuzzy

        played(play())

    def test_lists_what_is_to_come_when_it_is_made_ready_and_cleared(self, room: Path) -> None:
        async def play(who: str, key: str) -> None:
            async with running(room, "story", "flood-story", who=who, size=(120, 40), clock=lambda: NOW) as pilot:
                await press(pilot, key)
                assert "To come, and not part of this version: 3" in painted(pilot)
                assert unit_of(room, 3, "flood").source in painted(pilot)
                await press(pilot, "enter")

        played(play("eugene", "r"))
        played(play("mina", "a"))
        assert story(room).header.get("X-Cleared")

    def test_ends_and_begins_with_a_key_and_z_takes_that_back(self, room: Path) -> None:
        async def play() -> None:
            async with running(room, "story", "flood-story", who="eugene", size=(120, 40), clock=lambda: NOW) as pilot:
                await press(pilot, "k", "enter")
                assert not story(room).header.get("X-Live")
                await press(pilot, "z")
                assert story(room).header.get("X-Live")
                await press(pilot, "k", "enter", "k", "enter")
                assert story(room).header.get("X-Live")
                assert opened(pilot).view.place == PLACE

        played(play())


def test_a_live_story_without_a_paragraph_is_known_by_the_headline_of_its_report(room: Path) -> None:
    articles.compose_article(actor(room, "eugene"), "flood-story", ["flood"], as_live=True)

    async def play() -> None:
        async with running(room, who="eugene", size=(120, 40), clock=lambda: NOW) as pilot:
            assert "flood-story" not in painted(pilot)
            assert painted(pilot).count("홍수로 다리 3곳 끊겨") >= 2

    played(play())
