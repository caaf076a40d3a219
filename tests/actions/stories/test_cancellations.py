"""Killed and withdrawn stories in ninjs: canceled items, which readers of ninjs take back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from support import paths
from support.commands import done, refusal, transflow
from support.stories import PAGES, TEXTS, actor, river, story
from transflow.actions.stories import clearance, publish
from transflow.actions.units import steps
from transflow.stories.publications import story_id

SCHEMA = Draft202012Validator(json.loads((paths.TESTS / "ninjs-3.1-subset.schema.json").read_text(encoding="utf-8")))
LATER = "2024-03-27T03:00:00Z"


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    return river(tmp_path / "room")


def withdraw(newsroom: Path) -> None:
    publish.record_removal(actor(newsroom, "mina", LATER), "en:river", [PAGES["en"]], "reporting")


def kill(newsroom: Path) -> None:
    publish.kill(actor(newsroom, "mina", LATER), "en:river", "The mayor’s office took it back.")


def item(newsroom: Path) -> dict[str, Any]:
    text = (newsroom / "build/en/river.json").read_text(encoding="utf-8")
    assert not any(each in text for each in (*TEXTS["en"], "mayor", "Eugene", "Claire"))
    values = json.loads(text)
    SCHEMA.validate(values)
    assert isinstance(values, dict)
    return values


@pytest.mark.parametrize("end", [withdraw, kill])
def test_the_item_that_was_rendered_is_canceled_at_once_and_has_no_text(newsroom: Path, end: Any) -> None:
    before = json.loads((newsroom / "build/en/river.json").read_text(encoding="utf-8"))
    end(newsroom)
    canceled = item(newsroom)
    assert canceled["uri"] == before["uri"] == f"urn:uuid:{story_id(story(newsroom))}"
    assert (canceled["pubStatus"], canceled["version"]) == ("canceled", "1")
    assert canceled["versionCreated"] == "2024-03-27T12:00:00+09:00"
    assert not {"headlines", "bodies", "descriptions", "by", "infoSources", "subjects"} & canceled.keys()


@pytest.mark.parametrize("end", [withdraw, kill])
def test_the_item_is_canceled_whatever_became_of_the_text(newsroom: Path, end: Any) -> None:
    end(newsroom)
    steps.confirm(actor(newsroom, "eugene", LATER), "en:river#2", "Nothing of this is cleared.")
    (newsroom / "build/en/river.json").unlink()
    assert done(newsroom, "render", "en:river").splitlines() == ["build/en/river.json"]
    assert item(newsroom)["pubStatus"] == "canceled"
    assert json.loads(done(newsroom, "render", "en:river", "--format", "json", "-o", "-")) == item(newsroom)
    assert refusal(newsroom, "render", "en:river", "--format", "html")
    if end is kill:
        assert "was killed" in refusal(newsroom, "render", "en:river", "--draft")


def test_a_story_that_lives_again_is_usable_again(newsroom: Path) -> None:
    kill(newsroom)
    publish.kill(actor(newsroom, "mina", LATER), "en:river", "", undo=True)
    assert json.loads((newsroom / "build/en/river.json").read_text(encoding="utf-8"))["pubStatus"] == "usable"


def test_killing_names_the_command_where_no_item_was_rendered(newsroom: Path) -> None:
    (newsroom / "build/en/river.json").unlink()
    assert "render en:river --format json" in transflow(newsroom, "kill", "en:river", "No.", user="mina").err


def test_the_page_of_a_withdrawn_story_says_so_and_has_no_word_of_it(newsroom: Path) -> None:
    withdraw(newsroom)
    done(newsroom, "render", "en:river", "--format", "html", "--format", "txt", user="mina")
    for suffix in ("html", "txt"):
        page = (newsroom / f"build/en/river.{suffix}").read_text(encoding="utf-8")
        assert "This story was withdrawn on March 27, 2024." in page
        assert not any(each in page for each in (*TEXTS["en"], "mayor", "Eugene", "Claire"))


def test_a_withdrawn_story_prints_again_once_it_was_cleared_again(newsroom: Path) -> None:
    withdraw(newsroom)
    again = "2024-03-28T03:00:00Z"
    steps.confirm(actor(newsroom, "eugene", again), "en:river#2", "The river rose by two meters at night.")
    clearance.ready(actor(newsroom, "eugene", again), "en:river")
    clearance.clear(actor(newsroom, "mina", again), "en:river")
    done(newsroom, "render", "en:river", "--format", "html", user="mina")
    page = (newsroom / "build/en/river.html").read_text(encoding="utf-8")
    assert "The river rose by two meters at night." in page
    assert "withdrawn" not in page
