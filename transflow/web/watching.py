"""Events: what others changed in the catalog that a page shows, by the stamps of its files.

Invariant: only stamps are looked at, so a change by a page, the terminal UI, a command or git is
told alike. A stream ends with the session, and when the server does.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from typing import NamedTuple

import anyio
from starlette.concurrency import run_in_threadpool

from transflow.actions import Actor
from transflow.actions.stories.page import page_stamps
from transflow.actions.withheld import may_read
from transflow.errors import TransflowError
from transflow.presenters import headlines, i18n
from transflow.presenters.mode_rules import Reviewing, Translating
from transflow.project import CatalogRef, Project
from transflow.units.marks import state_digest
from transflow.web.office import Office

SECONDS = 1.0
"""Time between two looks."""
_STEP = 0.25
"""Time after which the end of the server is noticed."""
_CHECKED_EVERY = 15
"""Looks after which the session is checked again, and a stream without events says something."""


def stamp_text(project: Project, place: CatalogRef) -> str:
    """Return a text that changes with the files of a page; "" while one is missing."""
    try:
        found: object = page_stamps(project, place) if place.folder == "articles" else project.stamp(place)
    except TransflowError:
        return ""
    return sha256(repr(found).encode()).hexdigest()[:16]


class Watched(NamedTuple):
    """A catalog that a page of a person shows."""

    office: Office
    token: str
    place: CatalogRef
    mode: str
    language: str

    def actor(self) -> Actor | None:
        """Return the person, if the session still is theirs and they may read it."""
        who = self.office.sessions.person(self.token)
        actor = self.office.actor(who) if who else None
        return actor if actor is not None and may_read(actor, self.place) else None

    def event(self) -> str:
        """Return the event about the catalog as it is now; "" if the stream has to end."""
        i18n.use(self.language)
        headlines.use(self.office.headlines)
        actor = self.actor()
        if actor is None:
            return ""
        if self.place.folder == "articles":
            return "event: story\ndata: {}\n\n"
        view = self.office.view(actor, self.place)
        marks = {unit.id: state_digest(unit) for unit in view.units}
        rules = Reviewing() if self.mode == "review" else Translating()
        return f"event: marks\ndata: {json.dumps({'marks': marks, 'progress': rules.progress(view)})}\n\n"


async def events(watched: Watched, before: str) -> AsyncIterator[str]:
    """Yield an event for each change after the stamp `before`, until session or server end."""
    yield "retry: 2000\n\n"
    looks = 0
    while await _pause(watched.office.is_ending):
        looks += 1
        stamps = await run_in_threadpool(stamp_text, watched.office.project(), watched.place)
        if stamps and stamps != before:
            before = stamps
            try:
                event = await run_in_threadpool(watched.event)
            except TransflowError:  # damaged for a moment: the next look tells
                before = ""
                continue
            if not event:
                return
            yield event
        elif looks % _CHECKED_EVERY == 0:
            if await run_in_threadpool(watched.actor) is None:
                return
            yield ": \n\n"


async def _pause(is_ending: Callable[[], bool]) -> bool:
    """Wait until the next look. Return False if the server ends."""
    for _ in range(int(SECONDS / _STEP)):
        await anyio.sleep(_STEP)
        if is_ending():
            return False
    return True
