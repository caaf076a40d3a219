"""Screens of the terminal UI on copies of the sample, for snapshot tests and pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from support.screens import App, press, running, with_work_left
from transflow.actions import Actor
from transflow.actions.units import steps
from transflow.presenters.assistants import Assistants
from transflow.project import Project

Scene = Callable[[Path, tuple[int, int], str, Assistants], AbstractAsyncContextManager[App]]


def _desk(root: Path, who: str) -> Actor:
    project = Project.find(root)
    person = project.settings.person(who)
    assert person is not None
    return Actor(project, person, "2022-03-25T15:35:00Z")


@asynccontextmanager
async def queue(root: Path, size: tuple[int, int], lang: str, helpers: Assistants) -> AsyncIterator[App]:
    with_work_left(root)
    steps.ask(_desk(root, "leejin"), "un-letter#6", "“공개” – published, or made public?", "claire")
    async with running(root, size=size, lang=lang, helpers=helpers, clock=lambda: "2022-03-25T10:00:00Z") as pilot:
        yield pilot


@asynccontextmanager
async def translate(root: Path, size: tuple[int, int], lang: str, helpers: Assistants) -> AsyncIterator[App]:
    with_work_left(root)
    async with running(root, "translate", "un-letter#5", size=size, lang=lang, helpers=helpers) as pilot:
        await press(pilot, "e", "ctrl+end")
        yield pilot


@asynccontextmanager
async def review(root: Path, size: tuple[int, int], lang: str, helpers: Assistants) -> AsyncIterator[App]:
    with_work_left(root)
    steps.confirm(
        _desk(root, "claire"),
        "un-letter#4",
        "Rights groups say that 7 people face harsh punishment if they are returned.",
    )
    steps.confirm(
        _desk(root, "leejin"), "un-letter#3", "The U.N. has urged China not to send back the refugees it holds."
    )
    async with running(root, "review", "un-letter#3", who="mina", size=size, lang=lang, helpers=helpers) as pilot:
        yield pilot


@asynccontextmanager
async def story(root: Path, size: tuple[int, int], lang: str, helpers: Assistants) -> AsyncIterator[App]:
    with_work_left(root)
    async with running(
        root, "story", "un-china-refugees#4", who="eugene", size=size, lang=lang, helpers=helpers
    ) as pilot:
        yield pilot


@asynccontextmanager
async def keys(root: Path, size: tuple[int, int], lang: str, helpers: Assistants) -> AsyncIterator[App]:
    with_work_left(root)
    async with running(root, "translate", "un-letter", size=size, lang=lang, helpers=helpers) as pilot:
        await press(pilot, "f1")
        yield pilot


SCENES: dict[str, Scene] = {"queue": queue, "translate": translate, "review": review, "story": story, "keys": keys}
