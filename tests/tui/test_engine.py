"""The engine by key: asked in a thread, shown for its sentence, recorded as an author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.engine_servers import Got, Server
from support.screens import painted, played, press, running, said, unit_of, until, with_work_left
from support.terminals import Terminal
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.actions.units.remembered import MachineDraft
from transflow.presenters.assistants import Assistants, EngineAsker
from transflow.project import Project

WIDE = (120, 30)


def translating(got: Got) -> tuple[int, dict[str, str], Any]:
    return 200, {}, {"translations": [{"text": "Four words of it."} for _ in got.body["text"]]}


@pytest.fixture
def deepl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    """Set up DeepL as the user's engine, on a local server."""
    with Server(translating) as server:
        for name, value in {
            "DEEPL_AUTH_KEY": "k",
            "TRANSFLOW_DEEPL_URL": server.url,
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }.items():
            monkeypatch.setenv(name, value)
        folder = tmp_path / "config" / "transflow"
        folder.mkdir(parents=True)
        (folder / "engines.toml").write_text('default = "deepl"\n', encoding="utf-8")
        yield server


def authors(sample: Path, number: int) -> list[tuple[str, int]]:
    return [(each.who.partition("/")[0], each.words) for each in unit_of(sample, number).by]


def test_what_it_gives_is_taken_and_its_words_stay_its_own(sample: Path, deepl: Server) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(
            sample, "translate", "un-letter", size=WIDE, helpers=Assistants(asker=EngineAsker())
        ) as pilot:
            await press(pilot, "ctrl+e")
            await until(pilot, lambda: "takes it: Four words of it." in said(pilot))
            assert "deepl/prefer_quality_optimized" in painted(pilot)
            await press(pilot, "ctrl+r", "=Indeed so", "ctrl+s")
            await until(pilot, lambda: bool(unit_of(sample, 4).target))

    played(play())
    assert authors(sample, 4) == [("mt:deepl", 3), ("claire", 2)]  # “it.Indeed” is one word, and new
    assert not unit_of(sample, 4).fuzzy
    assert len(deepl.got) == 1


def test_by_prompts_too_what_it_gives_is_taken_and_its_words_stay_its_own(sample: Path, deepl: Server) -> None:
    with_work_left(sample)
    with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
        terminal.wait_for("Text: ")
        terminal.type(".m\n")
        terminal.wait_for("Suggestion 1, deepl/prefer_quality_optimized: Four words of it.")
        terminal.wait_for("Text: ")
        terminal.type(".t 1\n")
        terminal.wait_for("Text: Four words of it.")
        terminal.type(" Indeed so.\n")
        terminal.wait_for("Text: ")
        terminal.type(".q\n")
        assert terminal.ended() == 0
    assert unit_of(sample, 4).target == "Four words of it. Indeed so."
    assert authors(sample, 4) == [("mt:deepl", 4), ("claire", 2)]
    assert len(deepl.got) == 1


def test_by_prompts_its_words_stay_its_own_where_somebody_else_wrote_meanwhile(sample: Path, deepl: Server) -> None:
    project = with_work_left(sample)
    leejin = project.settings.person("leejin")
    assert leejin
    with Terminal(sample, "translate", "un-letter#4", "--plain", user="claire") as terminal:
        terminal.wait_for("Text: ")
        terminal.type(".m\n")
        terminal.wait_for("Suggestion 1, deepl")
        terminal.wait_for("Text: ")
        terminal.type(".t\n")
        terminal.wait_for("Text: Four words of it.")
        steps.confirm(Actor(project, leejin, "2022-03-25T11:00:00Z"), "un-letter#4", "Theirs.")
        terminal.type(" Indeed so.\n")
        terminal.wait_for("Number, or nothing: ")
        terminal.type("1\n")
        terminal.wait_for("Text: ")
        terminal.type(".q\n")
        assert terminal.ended() == 0
    assert unit_of(sample, 4).target == "Four words of it. Indeed so."
    assert ("mt:deepl", 4) in authors(sample, 4)


def test_its_words_are_no_markup(sample: Path, deepl: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with_work_left(sample)
    hostile = "[red]He[/red] [@click=app.quit]said[/] [bold"

    with Server(lambda got: (200, {}, {"translations": [{"text": hostile} for _ in got.body["text"]]})) as server:
        monkeypatch.setenv("TRANSFLOW_DEEPL_URL", server.url)

        async def play() -> None:
            async with running(
                sample, "translate", "un-letter", size=WIDE, helpers=Assistants(asker=EngineAsker())
            ) as pilot:
                await press(pilot, "ctrl+e")
                await until(pilot, lambda: hostile in said(pilot))
                assert "[@click=app.quit]said[/]" in painted(pilot)
                await press(pilot, "ctrl+o", "1", "ctrl+s")
                await until(pilot, lambda: unit_of(sample, 4).target == hostile)

        played(play())


def test_what_was_answered_is_not_asked_again_and_comes_for_its_sentence_only(sample: Path, deepl: Server) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(
            sample, "translate", "un-letter", size=WIDE, helpers=Assistants(asker=EngineAsker())
        ) as pilot:
            for _ in range(2):
                await press(pilot, "ctrl+e")
                await until(pilot, lambda: "takes it" in said(pilot))
                await press(pilot, "ctrl+down")
                assert "Four words" not in painted(pilot)
                await press(pilot, "ctrl+up")

    played(play())
    assert len(deepl.got) == 1
    assert not unit_of(sample, 4).target


def test_a_confidential_report_stays_here_and_the_person_is_told(
    sample: Path, deepl: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_work_left(sample)
    path = sample / "sources/un-letter.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nconfidential: true\n", 1), encoding="utf-8")
    monkeypatch.setenv("TRANSFLOW_DEEPL_URL", "https://mt.example.invalid")

    async def play() -> None:
        async with running(
            sample, "translate", "un-letter", size=WIDE, helpers=Assistants(asker=EngineAsker())
        ) as pilot:
            await press(pilot, "ctrl+e")
            await until(pilot, lambda: "confidential" in said(pilot))

    played(play())
    assert deepl.got == []


def test_who_chose_no_engine_is_told_how(sample: Path, deepl: Server, tmp_path: Path) -> None:
    with_work_left(sample)
    (tmp_path / "config/transflow/engines.toml").unlink()

    async def play() -> None:
        async with running(
            sample, "translate", "un-letter", size=WIDE, helpers=Assistants(asker=EngineAsker())
        ) as pilot:
            await press(pilot, "ctrl+e")
            await until(pilot, lambda: "engines.toml" in said(pilot))
        async with running(sample, "translate", "un-letter", size=WIDE) as pilot:
            await press(pilot, "ctrl+e")
            assert "No engine is installed" in said(pilot)

    played(play())
    assert deepl.got == []


def test_a_draft_of_a_machine_is_told_apart_for_any_front_end(sample: Path) -> None:
    from support.newsrooms import at
    from transflow.actions import Actor
    from transflow.actions.units import steps

    with_work_left(sample)
    project = Project(sample)
    claire = project.settings.person("claire")
    assert claire is not None
    actor, given = Actor(project, claire, at(0)), MachineDraft("mt:deepl/m", "Four words of it.")
    steps.confirm(actor, "un-letter#4", "Four words of it.", (), given)
    steps.draft(actor, "un-letter#6", "Five words are of it.", (), given)
    steps.confirm(actor, "un-letter#9", "Nothing alike here.", (), given)
    assert authors(sample, 4) == [("mt:deepl", 4), ("claire", 0)]
    assert authors(sample, 6) == [("mt:deepl", 3), ("claire", 2)]
    assert authors(sample, 9) == [("mt:deepl", 0), ("claire", 3)]
    assert [unit_of(sample, number).fuzzy for number in (4, 6, 9)] == [False, True, False]
