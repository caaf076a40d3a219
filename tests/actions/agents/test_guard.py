"""Specification of the authority of agents: actions refuse them, whoever calls the action."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.agents import newsroom
from support.commands import NOW, contents
from transflow.actions import Actor, utc_now
from transflow.actions.agents.desk import AgentProject, agent_actor
from transflow.actions.agents.whole import WholeProject
from transflow.actions.language import glossary, own_words
from transflow.actions.project import export, people
from transflow.actions.reports import intake
from transflow.actions.stories import article, clearance, publish, render
from transflow.actions.units import limits, pasted, regroup, steps
from transflow.errors import TransflowError
from transflow.glossary.terms import Term
from transflow.model.settings import Person, Role
from transflow.project import CatalogRef

RIVER = CatalogRef("en", "articles", "river")
ACTIONS: dict[str, Callable[[Actor], Any]] = {
    "confirm": lambda actor: steps.confirm(actor, "council#4", "Twelve members voted for it."),
    "confirm what stands": lambda actor: steps.confirm(actor, "brook#1"),
    "approve": lambda actor: steps.approve(actor, "council#1"),
    "send back": lambda actor: steps.send_back(actor, "flood#1", "No."),
    "answer": lambda actor: steps.answer(actor, "council#4", "Fifteen."),
    "waive": lambda actor: steps.waive(actor, "council#3", "money.different", "Fine."),
    "omit": lambda actor: steps.omit(actor, "council#4", "Dull."),
    "keep both": lambda actor: steps.keep_both(actor, "council#1", "Council"),
    "remove a text": lambda actor: steps.draft(actor, "council#1", ""),
    "overwrite an approved text": lambda actor: steps.draft(actor, "flood#1", "Bridges"),
    "overwrite a cleared text": lambda actor: steps.draft(actor, "river#1", "Bridges"),
    "doubt a text": lambda actor: steps.draft(actor, "council#1", "Council approves embankment"),
    "paste in a name": lambda actor: pasted.confirm(actor, "council#1", "chatgpt"),
    "join": lambda actor: regroup.join(actor, "council#4-5"),
    "limit": lambda actor: limits.limit(actor, "council#4", "off"),
    "free a text": lambda actor: limits.limit(actor, "council#6", "on"),
    "ready": lambda actor: clearance.ready(actor, "brook"),
    "not ready": lambda actor: clearance.ready(actor, "river", undo=True),
    "clear": lambda actor: clearance.clear(actor, "brook"),
    "kill": lambda actor: publish.kill(actor, "river", "Wrong."),
    "cut": lambda actor: article.cut(actor, "river#2", "Long."),
    "assign": lambda actor: intake.assign(actor, "council", ("claire",)),
    "render": lambda actor: render.render(actor.project, RIVER, ["txt"], NOW, as_draft=True),
    "export": lambda actor: export.export(actor.project, RIVER, "po", actor.project.root.parent / "out"),
    "add a term": lambda actor: glossary.add(actor.project, "en", Term("제방", "levee")),
    "add a word": lambda actor: own_words.add_word(actor, "en", "levee"),
    "add a person": lambda actor: people.add_person(actor.project, Person("agent", roles=(Role("editor"),))),
    "edit a person": lambda actor: people.edit_person(actor.project, "claire", lambda old: old),
    "read a secret": lambda actor: actor.project.load(CatalogRef("en", "reports", "jade-case")),
    "read its file": lambda actor: actor.project.read("sources/jade-case.md"),
    "read a story of it": lambda actor: actor.project.text(CatalogRef("en", "articles", "vault")),
}  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newsroom(tmp_path_factory.mktemp("guard") / "room")


@pytest.mark.parametrize("name", ACTIONS)
def test_an_agent_is_refused(room: Path, name: str) -> None:
    notes: list[object] = []
    now = utc_now()
    project = AgentProject(
        WholeProject(room), "mt:agent/helper", now, lambda *change: notes.append(change), dry_run=False
    )
    before = contents(room)
    with pytest.raises(TransflowError):
        ACTIONS[name](agent_actor(project, Person("mina", roles=(Role("editor"),)), now))
    assert contents(room) == before
    assert not (room.parent / "out").exists()
    assert notes == []


def test_the_desk_may_have_no_machine_write(room: Path) -> None:
    settings = room / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    for use in ("never", "memory"):
        new = text.replace('use = "draft"', f'use = "{use}"')
        assert new != text
        settings.write_text(new, encoding="utf-8")
        project = AgentProject(WholeProject(room), "mt:agent/helper", utc_now())
        actor = agent_actor(project, Person("claire"), utc_now())
        with pytest.raises(TransflowError, match="is a machine"):
            steps.draft(actor, "council#4", "Twelve members voted for it.")
        steps.ask(actor, "council#4", "Twelve?")
    settings.write_text(text, encoding="utf-8")


def test_an_agent_sees_no_name_of_what_is_withheld(room: Path) -> None:
    project = AgentProject(WholeProject(room), "mt:agent/helper", NOW)
    assert [place.slug for place in project.all_catalogs()] == ["council", "flood", "brook", "river"]
    assert project.report_slugs() == ["council", "flood"]
    with pytest.raises(TransflowError) as caught:
        project.find_catalog("jade-cas")
    assert "jade-case" not in str(caught.value)
