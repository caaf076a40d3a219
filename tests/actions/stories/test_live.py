"""Live stories: what is finished goes out, and the rest is to come."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import TEXTS, done, new_project, refusal, transflow
from support.stories import actor
from transflow.actions.project.overview import overview
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project

FLASH = """\
---
title: "[속보] 홍수로 다리 3곳 끊겨"
byline: 이정은
date: 2024-03-26
---

강변시 다리 3곳이 5일 밤 끊겼다. 다친 사람은 없다.

시는 6일 복구를 시작했다. 공사는 두 달 걸린다.
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return new_project(tmp_path / "room")


def write(room: Path, *numbers: int) -> None:
    for number in numbers:
        done(room, "unit", "set", f"flood#{number}", TEXTS[number - 1], user="claire")


def paragraphs(room: Path) -> tuple[Unit, ...]:
    return tuple(Project(room).load(CatalogRef("en", "articles", "floods")).units)


def page(room: Path) -> str:
    done(room, "render", "floods", "--format", "txt", user="mina")
    return (room / "build/en/floods.txt").read_text(encoding="utf-8")


def test_from_pasted_text_to_page_in_six_acts_of_two_people(tmp_path: Path) -> None:
    room = new_project(tmp_path / "room")
    acts: list[Callable[[], str]] = [
        lambda: done(room, "add", "-", "--slug", "quake", user="claire", stdin=FLASH),
        lambda: done(room, "unit", "set", "quake#1", "Three bridges out in floods", user="claire"),
        lambda: done(room, "unit", "set", "quake#2", TEXTS[1], user="claire"),
        lambda: done(room, "compose", "floods", "--from", "quake", "--live", "--ready", user="claire"),
        lambda: done(room, "clear", "floods", user="mina"),
        lambda: page(room),
    ]
    printed = [act() for act in acts][-1]
    assert len(acts) <= 6
    assert "Three bridges out in floods" in printed
    assert TEXTS[1] in printed
    assert "강변시" not in printed


def test_a_flash_stays_live_after_its_last_sentence_and_names_what_ends_it(room: Path) -> None:
    done(room, "add", "-", "--slug", "quake", user="claire", stdin=FLASH)
    count = len(Project(room).load(CatalogRef("en", "reports", "quake")).units)
    for number in range(1, count + 1):
        done(room, "unit", "set", f"quake#{number}", TEXTS[number - 1], user="claire")
    made = transflow(room, "compose", "floods", "--from", "quake", "--live", "--ready", user="claire")
    assert "When the report is whole, `transflow settle floods` ends that." in made.err
    assert (
        "headline of its reports announces more: `transflow settle floods` ends that."
        in transflow(room, "clear", "floods", user="mina").err
    )
    assert "live: nothing to come" in done(room, "status", "floods")


class TestALiveStory:
    @pytest.fixture
    def live(self, room: Path) -> Path:
        write(room, 1, 2)
        done(room, "compose", "floods", "--from", "flood", "--live", user="eugene")
        return room

    def test_has_the_finished_sentences_as_its_text(self, live: Path) -> None:
        assert [unit.target for unit in paragraphs(live)] == list(TEXTS[:2])
        assert done(live, "credits", "floods") == "Translated by Claire Lee.\n"

    def test_is_made_ready_and_cleared_while_sentences_are_to_come(self, live: Path) -> None:
        done(live, "ready", "floods", user="eugene")
        done(live, "clear", "floods", user="mina")
        assert TEXTS[2] not in page(live)
        found = transflow(live, "check", "--hints")
        assert (found.code, "3 sentences of its reports are to come" in found.out) == (0, True)
        (row,) = json.loads(done(live, "status", "floods", "--format", "json"))
        assert (row["live"], row["to_come"]) == (True, 3)

    def test_names_no_sentence_as_left_out_that_is_to_come(self, live: Path) -> None:
        said = [transflow(live, *each, user="eugene") for each in (("compose", "floods"), ("ready", "floods"))]
        said += [transflow(live, "check", "--all", "--hints"), transflow(live, "status")]
        words = " ".join(each.out + each.err for each in said)
        assert "left out" not in words
        assert "stand in no paragraph" not in words

    def test_takes_in_what_was_finished_since(self, live: Path) -> None:
        write(live, 4, 3)
        done(live, "compose", "floods", user="eugene")
        assert [unit.target for unit in paragraphs(live)] == [TEXTS[0], f"{TEXTS[1]} {TEXTS[2]}", TEXTS[3]]

    def test_sends_out_a_changed_figure_while_other_sentences_are_untranslated(self, live: Path) -> None:
        done(live, "ready", "floods", user="eugene")
        done(live, "clear", "floods", user="mina")
        done(live, "published", "floods", "--url", "https://example.org/1", user="mina")
        path = live / "sources/flood.md"
        path.write_text(path.read_text(encoding="utf-8").replace("다리 3곳이", "다리 4곳이"), encoding="utf-8")
        done(live, "update", user="claire")
        assert "flood#" in refusal(live, "clear", "floods", user="mina")
        done(live, "unit", "set", "flood#2", "Four bridges failed on the night of the 5th.", user="claire")
        done(live, "compose", "floods", user="eugene")
        assert transflow(live, "check").code == 0  # it is worked on, and keeps nobody from merging
        done(live, "unit", "confirm", "floods#2", user="eugene")
        done(live, "ready", "floods", user="eugene")
        done(live, "clear", "floods", user="mina")
        assert "Four bridges failed" in page(live)
        assert "A newer version is ready" in done(live, "status")
        done(live, "published", "floods", "--url", "https://example.org/1", user="mina")
        done(live, "unit", "set", "floods#2", "Five bridges failed.", user="eugene")
        row = next(each for each in json.loads(done(live, "status", "--format", "json")) if each["slug"] == "floods")
        assert (row["published_differs"], row["page_state"]) == (["https://example.org/1"], "")
        assert "record.published" not in transflow(live, "check").out

    def test_prints_no_sentence_that_is_not_finished(self, live: Path) -> None:
        done(live, "unit", "return", "flood#2", "Four, not three.", user="mina")
        assert "flood#" in refusal(live, "ready", "floods", user="eugene")

    def test_ends_with_a_clearance_when_nothing_is_to_come(self, live: Path) -> None:
        write(live, 3, 4, 5)
        done(live, "compose", "floods", user="eugene")
        done(live, "unit", "confirm", "floods", user="eugene")
        done(live, "ready", "floods", user="eugene")
        assert "no longer live" in transflow(live, "clear", "floods", user="mina").err
        assert "X-Live" not in (live / "locales/en/articles/floods.po").read_text(encoding="utf-8")
        assert transflow(live, "check").code == 0

    def test_ends_with_settle_and_is_incomplete_then(self, live: Path) -> None:
        done(live, "settle", "floods", user="eugene")
        assert "stand in no paragraph" in refusal(live, "ready", "floods", user="eugene")
        assert "not live" in transflow(live, "settle", "floods", user="eugene").err

    def test_waits_for_its_writer_when_it_can_take_sentences_and_for_an_editor_when_it_is_ready(
        self, live: Path
    ) -> None:
        done(live, "ready", "floods", user="eugene")
        assert "floods" in done(live, "queue", user="mina")
        done(live, "clear", "floods", user="mina")
        assert "floods" not in done(live, "queue", user="eugene")
        write(live, 3)
        assert "floods" in done(live, "queue", user="eugene")


def test_composing_from_unfinished_reports_names_the_way_for_a_live_story(room: Path) -> None:
    write(room, 1)
    assert "compose floods --from flood --live` lets what is finished" in refusal(
        room, "compose", "floods", "--from", "flood", user="eugene"
    )
    done(room, "compose", "floods", "--from", "flood", "--live", user="eugene")
    done(room, "settle", "floods", user="eugene")
    assert "compose floods --live` lets what is finished" in refusal(room, "compose", "floods", user="eugene")


class TestAStoryThatPrintsNothing:
    """It is neither handed in nor cleared."""

    def test_because_nothing_is_finished(self, room: Path) -> None:
        done(room, "compose", "floods", "--from", "flood", "--live", user="eugene")
        assert "prints nothing" in refusal(room, "ready", "floods", user="eugene")
        assert "call ready" not in done(room, "queue", user="eugene")

    def test_because_nothing_is_finished_and_is_called_done_nowhere(self, room: Path) -> None:
        done(room, "compose", "floods", "--from", "flood", "--live", user="eugene")
        assert "100" not in done(room, "status", "floods")
        (row,) = json.loads(done(room, "status", "floods", "--format", "json"))
        assert set(row["percent"].values()) == {0.0}
        shown = next(each for each in overview(actor(room, "eugene")) if each.place.slug == "floods")
        assert (shown.done, shown.approved) == (0.0, 0.0)
        assert "articles/floods" not in transflow(room, "check", "--all").out

    def test_because_everything_was_cut(self, room: Path) -> None:
        write(room, 1, 2, 3, 4, 5)
        done(room, "compose", "floods", "--from", "flood", user="eugene")
        done(room, "unit", "confirm", "floods", user="eugene")
        done(room, "ready", "floods", user="eugene")
        for number in (1, 2, 3):
            done(room, "article", "cut", f"floods#{number}", "not today", user="eugene")
        assert "prints nothing" in refusal(room, "clear", "floods", user="mina")
        assert "record.empty" in transflow(room, "check", "--format", "json").out

    def test_because_the_project_composes_from_approved_sentences(self, room: Path) -> None:
        path = room / "transflow.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('compose = "translated"', 'compose = "approved"'), encoding="utf-8")
        write(room, 1, 2)
        said = transflow(room, "compose", "floods", "--from", "flood", "--live", user="eugene").err
        assert "2 of them are translated, and this project composes from approved sentences only" in said
        done(room, "unit", "approve", "flood#1-2", user="mina")
        done(room, "compose", "floods", "--ready", user="eugene")
        done(room, "clear", "floods", user="mina")
        assert TEXTS[1] in page(room)
