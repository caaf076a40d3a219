"""The terminal UI in tests: a sample with unfinished work, an application, and waiting."""

from __future__ import annotations

import os

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.app import App as TextualApp
from textual.keys import _character_to_key
from textual.pilot import Pilot

from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.presenters import i18n
from transflow.presenters.assistants import Assistants
from transflow.presenters.journal import Journal
from transflow.project import Project
from transflow.tui.app import TransflowApp
from transflow.tui.screens.catalog_screen import CatalogScreen
from transflow.tui.screens.mode import Mode
from transflow.tui.screens.open_catalog import OpenCatalog

NOW = "2022-03-25T15:40:00Z"
UNTRANSLATED = (4, 6, 9)
"""Sentences of un-letter whose text `with_work_left` removes."""
CHANGED = 5
"""The sentence of un-letter whose Korean changed."""
App = Pilot[None]
Value = TypeVar("Value")


def with_work_left(root: Path) -> Project:
    """Return the sample with untranslated sentences and a changed one, all Claire's."""
    project = Project.find(root)

    def left(number: int, unit: Unit) -> Unit:
        if number in UNTRANSLATED:
            return unit.replace(target="", by=(), text="", approved=None)
        if number == CHANGED:
            return unit.replace(
                previous="이 요청은 유엔 특별보고관 3명이 보낸 서한에 담겼다.", fuzzy=True, approved=None
            )
        return unit

    def change(catalog: Catalog) -> Catalog:
        return catalog.replace(units=tuple(left(i, unit) for i, unit in enumerate(catalog.units, 1)))

    project.change(project.find_catalog("un-letter"), change)
    return project


def unit_of(root: Path, number: int, slug: str = "un-letter") -> Unit:
    """Return a unit as stored on disk."""
    project = Project.find(root)
    return project.load(project.find_catalog(slug)).units[number - 1]


def state_folder(root: Path, who: str) -> Path:
    return root.parent / "state" / who


@asynccontextmanager
async def running(
    root: Path,
    mode: str = "queue",
    ref: str = "",
    *,
    who: str = "claire",
    size: tuple[int, int] = (80, 24),
    helpers: Assistants = Assistants(),  # noqa: B008 - a value
    keys: dict[str, str] | None = None,
    lang: str = "en",
    clock: Callable[[], str] = lambda: NOW,
) -> AsyncIterator[App]:
    """Run the application in a mode, and wait until it has started completely."""
    project = Project.find(root)
    i18n.use(lang)
    name, _, unit = ref.partition("#")
    user = project.settings.person(who)
    assert user is not None
    journal = Journal(state_folder(root, who))
    place = project.find_catalog(name) if name else None
    app = TransflowApp(project, user, clock, journal, helpers, first=mode, place=place, unit=unit, keys=keys or {})
    try:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            yield pilot
    finally:
        app.close()
        i18n.use("en")


async def settled(pilot: App) -> None:
    """Wait until no message, step or thread is pending, or until the application ends."""
    quiet = 0
    while quiet < 3 and not pilot.app._exit:
        await asyncio.sleep(0.001)
        quiet = 0 if _works(pilot.app) else quiet + 1


def _works(app: TextualApp[None]) -> bool:
    nodes: list[Any] = [node for screen in app.screen_stack for node in screen.walk_children(with_self=True)]
    nodes += [bar for node in nodes for bar in node._get_virtual_dom()]
    if any(not node._message_queue.empty() or node._next_callbacks for node in (app, *nodes)):
        return True
    top = app.screen
    shown = [node for node in nodes if node.screen is top]
    if top._dirty_widgets or any(
        node._layout_required or node._scroll_required or node._repaint_required for node in shown
    ):
        return True  # its result is not on the screen yet
    modes = [screen for screen in app.screen_stack if isinstance(screen, Mode)]
    is_asking = not isinstance(app.screen, Mode)
    if any(mode.actions_in_progress or (mode.steps.is_busy and not is_asking) for mode in modes):
        return True
    if getattr(app.screen, "is_closing", False) or (isinstance(app, TransflowApp) and app.held_keys.is_waiting):
        return True
    return any(not worker.is_finished for worker in app.workers)


async def until(pilot: App, holds: Callable[[], bool]) -> None:
    """Wait until a condition that needs some time holds."""
    for _ in range(2000):
        if holds():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"it never came to that:\n{painted(pilot)}")


def send(pilot: App, *keys: str) -> None:
    """Send keys as fast as a terminal does. `=text` stands for the keys of a text."""
    for key in keys:
        for each in key[1:] if key.startswith("=") and len(key) > 1 else (key,):
            character = each if len(each) == 1 else {"space": " ", "slash": "/"}.get(each)
            pilot.app.post_message(events.Key(_character_to_key(each) if len(each) == 1 else each, character))


async def press(pilot: App, *keys: str) -> None:
    """Press keys one after the other, letting each take effect. `=text` types a text."""
    for key in keys:
        send(pilot, key)
        await settled(pilot)


def sheet(pilot: App) -> CatalogScreen:
    assert isinstance(pilot.app.screen, CatalogScreen)
    return pilot.app.screen


def opened(pilot: App) -> OpenCatalog:
    """Return the open catalog."""
    state = sheet(pilot).state
    assert isinstance(state, OpenCatalog)
    return state


def said(pilot: App) -> str:
    """Return the text of the message line."""
    from textual.widgets import Static

    return str(pilot.app.screen_stack[0].query_one(".message", Static).render())


def painted(pilot: App) -> str:
    """Return the screen as text."""
    return "\n".join("".join(segment.text for segment in line) for line in pilot.app.screen._compositor.render_strips())


def played(play: Coroutine[Any, Any, Value]) -> Value:
    """Run a test's coroutine."""
    return asyncio.run(play)


class CountedKeys:
    """Keys that each step of a story takes; texts that are typed or pasted are not counted."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}

    async def step(self, pilot: App, name: str, *keys: str) -> None:
        """Press keys; `=text` types a text, and `+text` pastes one."""
        self.keys[name] = self.keys.get(name, 0) + sum(key[0] not in "=+" for key in keys)
        for key in keys:
            if key.startswith("+"):
                pilot.app.post_message(events.Paste(key[1:]))
                await settled(pilot)
            else:
                await press(pilot, key)
