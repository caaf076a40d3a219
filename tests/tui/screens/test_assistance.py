"""Suggestions, terms and checks beside the text, and messages if there are none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from support.screens import App, painted, played, press, running, said, sheet, unit_of, until, with_work_left
from transflow.actions import Actor
from transflow.actions.project.permissions import allow_memory
from transflow.actions.reports import intake
from transflow.messages import joined
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.assistants import (
    Assistants,
    Checks,
    Glossary,
    MemorySuggester,
    Suggestion,
    TermHint,
    UnitContext,
)
from transflow.project import CatalogRef, Project

WIDE = (120, 30)


class Memory:
    def suggest(self, unit: Unit, context: UnitContext) -> Sequence[Suggestion]:
        return [
            Suggestion(98, unit.source, f"First, of {context.report}.", "memory"),
            Suggestion(70, unit.source, "Second.", "memory"),
        ]


class Terms:
    def __init__(self) -> None:
        self.added: list[tuple[str, str, str]] = []

    def terms(self, unit: Unit, context: UnitContext) -> Sequence[TermHint]:
        return [TermHint("유엔", "U.N.", "", ("UN",))]

    def add(self, actor: Actor, locale: str, source: str, target: str) -> None:
        self.added.append((locale, source, target))


class Short:
    """A check that reports short texts."""

    def check(self, unit: Unit, context: UnitContext) -> Sequence[Issue]:
        message = joined(["It is short."])
        return [Issue("short", "warning", message, None, (0, 2))] if 0 < len(unit.target) < 4 else []


def text(pilot: App) -> str:
    return sheet(pilot).editor.text


def test_a_section_without_entries_has_no_heading(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", size=WIDE) as pilot:
            assert "Suggestions" not in painted(pilot)
            assert "Terms" not in painted(pilot)
            await press(pilot, "e", "ctrl+r")
            assert "no suggestion" in said(pilot)

    played(play())


def test_suggestions_are_taken_and_picked_and_can_be_undone(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        helpers = Assistants(suggester=Memory(), terms=Terms())
        async with running(sample, "translate", "un-letter", size=WIDE, helpers=helpers) as pilot:
            await until(pilot, lambda: "98% First, of un-letter." in painted(pilot))
            assert "유엔 → U.N." in painted(pilot)
            await press(pilot, "e", "ctrl+r")
            assert text(pilot) == "First, of un-letter."
            await press(pilot, "ctrl+o", "2")
            assert text(pilot) == "Second."
            await press(pilot, "ctrl+z")
            assert text(pilot) == "First, of un-letter."
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 4).target == "First, of un-letter."

    played(play())


def test_a_term_is_added_in_one_step(sample: Path) -> None:
    with_work_left(sample)
    terms = Terms()

    async def play() -> None:
        async with running(sample, "translate", "un-letter", helpers=Assistants(terms=terms)) as pilot:
            await press(pilot, "g", "=인권 단체=rights group", "enter")

    played(play())
    assert terms.added == [("en", "인권 단체", "rights group")]


def test_the_glossary_of_the_project_is_shown_and_added_to(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        helpers = Assistants(terms=Glossary(Project(sample)))
        async with running(sample, "translate", "un-letter", size=WIDE, helpers=helpers) as pilot:
            source = unit_of(sample, 4).source.split()[0]
            await press(pilot, "e", "f9", f"={source}=First Word", "enter")
            await until(pilot, lambda: f"{source} → First Word" in painted(pilot))

    played(play())
    assert "First Word" in (sample / "locales/en/glossary.po").read_text("utf-8")


def test_warnings_come_while_typing_and_the_key_leads_to_them(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", helpers=Assistants(checker=Short())) as pilot:
            await press(pilot, "e", "=Hm.")
            await until(pilot, lambda: "1 warning: 1) It is short." in painted(pilot))
            await press(pilot, "ctrl+g")
            assert sheet(pilot).editor.selected_text == "Hm"
            await press(pilot, "end", "=more")
            await until(pilot, lambda: "warning" not in painted(pilot))

    played(play())


def test_the_checks_of_the_package_are_asked(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(
            sample, "translate", "un-letter", helpers=Assistants(checker=Checks(Project(sample)))
        ) as pilot:
            await press(pilot, "e", "=Groups 단체 say.")
            await until(pilot, lambda: "still Korean" in painted(pilot))
            assert "very short" not in painted(pilot), "hints are not for the screen"
            await press(pilot, "ctrl+s", "escape", "slash", "=warning", "enter")
            await until(pilot, lambda: sheet(pilot).state.place is not None)
            assert unit_of(sample, 4).target == "Groups 단체 say."

    played(play())


def test_the_memory_of_the_project_suggests_and_says_where_from(sample: Path) -> None:
    with_work_left(sample)
    old = Project(sample).load(CatalogRef("en", "reports", "rights-groups")).units[3]

    async def play() -> None:
        helpers = Assistants(suggester=MemorySuggester(Project(sample)))
        async with running(sample, "translate", "rights-groups#4", size=WIDE, helpers=helpers) as pilot:
            await until(pilot, lambda: "memory/mine" in painted(pilot))
            assert "101%" in painted(pilot) or "100%" in painted(pilot)

    folder = sample / "locales" / "en" / "memory"
    folder.mkdir()
    text = f'<tmx version="1.4"><body><tu><tuv xml:lang="ko"><seg>{old.source}</seg></tuv>'
    text += '<tuv xml:lang="en"><seg>As somebody once wrote it.</seg></tuv></tu></body></tmx>'
    (folder / "mine.tmx").write_text(text, encoding="utf-8")
    played(play())


class Broken:
    def check(self, unit: Unit, context: UnitContext) -> Sequence[Issue]:
        raise ZeroDivisionError("no words")


def test_a_check_that_breaks_stops_nobody(sample: Path) -> None:
    with_work_left(sample)

    async def play() -> None:
        async with running(sample, "translate", "un-letter", helpers=Assistants(checker=Broken())) as pilot:
            await press(pilot, "e", "=Groups say so.")
            await until(pilot, lambda: "failed here: ZeroDivisionError" in said(pilot))
            await press(pilot, "ctrl+s")
            assert unit_of(sample, 4).target == "Groups say so."

    played(play())


def test_that_the_shared_memory_is_away_is_said_once(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSFLOW_MEMORY", "postgresql://claire:sesame@127.0.0.1:1/nowhere")
    allow_memory(Project(sample))
    suggester = MemorySuggester(Project(sample))

    async def play() -> None:
        async with running(
            sample, "translate", "un-letter", size=WIDE, helpers=Assistants(suggester=suggester)
        ) as pilot:
            await until(pilot, lambda: "The memory of this machine answers alone." in said(pilot))
            assert "sesame" not in said(pilot)
            await press(pilot, "n")
            await until(pilot, lambda: "answers alone" not in said(pilot))

    played(play())
    assert suggester.news() == ""


def test_the_same_sentence_in_another_report_is_offered_and_stays_a_draft_until_confirmed(sample: Path) -> None:
    project = Project.find(sample)
    claire = project.settings.person("claire")
    assert claire is not None
    source, target = unit_of(sample, 3).source, unit_of(sample, 3).target
    report = intake.read_incoming(f"---\ntitle: 다른 글\n---\n\n{source}\n".encode(), "other.md")
    intake.add(Actor(project, claire, "2022-03-25T15:35:00Z"), report, "other")

    async def play() -> None:
        helpers = Assistants(suggester=MemorySuggester(Project.find(sample)))
        async with running(sample, "translate", "other#2", helpers=helpers, size=WIDE) as pilot:
            await until(pilot, lambda: said(pilot).startswith("The same sentence is translated already (un-letter"))
            assert text(pilot) == ""
            await press(pilot, "ctrl+r")
            assert text(pilot) == target
            assert unit_of(sample, 2, "other").target == ""

    played(play())
