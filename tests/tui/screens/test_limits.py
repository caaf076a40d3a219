"""Limits of use on the screen: a key, a sign, a filter, and the way back."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Static

from support.commands import TEXTS, new_project, transflow
from support.screens import opened, painted, played, press, running, said
from transflow.actions import Actor
from transflow.actions.stories import article as articles
from transflow.actions.units import steps
from transflow.model.unit import Use
from transflow.project import CatalogRef, Project

NOW = "2024-03-26T03:00:00Z"


def actor(root: Path, who: str) -> Actor:
    project = Project(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, NOW)


def limits(root: Path, locale: str = "en") -> list[str]:
    units = Project(root).load(CatalogRef(locale, "reports", "flood")).units
    return [unit.record.allowance if unit.record else "" for unit in units]


def test_marked_sentences_are_limited_in_every_language_and_z_takes_it_back(tmp_path: Path) -> None:
    room = new_project(tmp_path / "room", locales=("en", "fr"))

    async def play() -> None:
        async with running(room, "translate", "en:flood#2", size=(120, 40), clock=lambda: NOW) as pilot:
            before = Project(room).load(CatalogRef("fr", "reports", "flood"))
            await press(pilot, "space", "n", "space", "k", "down", "down", "down", "enter")
            assert limits(room) == limits(room, "fr") == ["", "off", "off", "", ""]
            assert said(pilot) == "2 sentences: off the record: it is printed nowhere."
            assert "3▸– ⊘" in painted(pilot)
            assert "left out · off the record" in painted(pilot)
            await press(pilot, "slash", "=limited", "enter")
            assert len(opened(pilot).view.visible) == 2
            await press(pilot, "z")
            assert limits(room) == limits(room, "fr") == [""] * 5
            assert Project(room).load(CatalogRef("fr", "reports", "flood")) == before

    played(play())


def test_the_story_says_what_it_leaves_out_and_why(tmp_path: Path) -> None:
    room = new_project(tmp_path / "room")
    for number, text in enumerate(TEXTS, 1):
        steps.confirm(actor(room, "claire"), f"flood#{number}", text)
    articles.compose_article(actor(room, "eugene"), "floods", ["flood"])

    async def review() -> None:
        async with running(room, "review", "flood#3", who="mina", size=(120, 40), clock=lambda: NOW) as pilot:
            await press(pilot, "k", "down", "down", "enter")
            assert "Stories print it in floods#2" in said(pilot)
            assert "on hold" in painted(pilot)
            await press(pilot, "h")
            assert "on hold: it is not printed until somebody consents, said Mina Park" in painted(pilot)

    async def story() -> None:
        async with running(room, "story", "floods#2", who="eugene", size=(120, 40), clock=lambda: NOW) as pilot:
            assert "3 + on hold · " in painted(pilot)
            await press(pilot, "g")
            notes = str(pilot.app.screen.query_one("#notes", Static).content)
            assert "3: it is on hold until its speaker consents" in notes

    played(review())
    played(story())


def test_the_prompts_limit_a_sentence_too(tmp_path: Path) -> None:
    room = new_project(tmp_path / "room")
    ran = transflow(room, "translate", "flood#2", "--plain", user="claire", stdin=".j background\n.q\n")
    assert ran.code == 0
    assert "on background" in ran.out
    record = Project(room).load(CatalogRef("en", "reports", "flood")).units[1].record
    assert isinstance(record, Use)
    assert (record.allowance, record.who) == ("background", "claire")
