"""A visit: a request of a person who is known, and the answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse, Response

from transflow.actions import Actor
from transflow.actions.withheld import is_withheld, may_read
from transflow.errors import RefusedError, UnknownNameError
from transflow.messages import CommandRef, Messages
from transflow.model.settings import Person
from transflow.presenters.formatting import Formats, format_deadline, format_person
from transflow.presenters.i18n import language
from transflow.privacy.pseudonyms import shown_unit
from transflow.project import CatalogRef
from transflow.project.places import Folder, is_slug
from transflow.web.office import Office
from transflow.web.rendering import render

MESSAGES = Messages(
    __name__,
    {
        "withheld": "it is confidential or under embargo: editors read it, and whoever has sentences or words in it. An "
        "editor can assign you a sentence.",
    },
)


class WithheldError(RefusedError):
    """A report or story that the person may not read."""


class Upload:
    """A file that came with a form."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data


@dataclass(frozen=True)
class Visit:
    """A request of a person. `form` has the texts of its form, `files` the files."""

    office: Office
    actor: Actor
    path: Mapping[str, str]
    query: Mapping[str, str]
    address: str
    """Path and query of the request."""
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    token: str = ""
    """Token of the session."""
    wants_part: bool = False
    """True if a script asks for the part of a page that changes."""

    @cached_property
    def formats(self) -> Formats:
        """Return the formats of times and people for the person."""
        settings, who, now = self.actor.project.settings, self.actor.who, self.actor.now
        return Formats(
            lambda time: format_deadline(settings, who, time, now),
            lambda each: format_person(settings, each),
            command_words,
            lambda unit: shown_unit(settings, unit),
        )

    @property
    def colleagues(self) -> list[Person]:
        """Return the other people of the project."""
        return [each for each in self.actor.project.settings.people if each.id != self.actor.who and not each.left]

    @property
    def begin(self) -> str:
        """Return the id of the first sentence of the window that the request names."""
        return self.form.get("from") or self.query.get("from", "")

    def text(self, name: str) -> str:
        """Return a field of the form as people wrote it, with plain ends of lines."""
        return self.form.get(name, "").replace("\r\n", "\n").replace("\r", "\n")

    def place(self, folder: Folder) -> CatalogRef:
        """Return the catalog that the address names.

        Raise UnknownNameError for any other, WithheldError for one that the person may not read.
        """
        slug, locale = self.path["slug"], self.path["locale"]
        settings = self.actor.project.settings
        place = CatalogRef(locale, folder, slug)
        if locale not in settings.locales or not is_slug(slug) or not self.actor.project.exists(place):
            raise UnknownNameError("report or story", slug, ())
        if not may_read(self.actor, place):
            raise WithheldError(MESSAGES("withheld"))
        return place

    def is_withheld(self, place: CatalogRef) -> bool:
        """Return whether nothing of a catalog may stay in the browser."""
        return is_withheld(self.actor.project, place, self.actor.now)

    def with_window(self, begin: str) -> Visit:
        """Return the visit for the window that begins with this sentence."""
        return replace(self, form={**self.form, "from": begin})

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """Return a page of the person."""
        shared = {"visit": self, "me": self.formats.person(self.actor.who), "language": language()}
        return HTMLResponse(render(template, **shared, **values), status)


def go(address: str) -> Response:
    """Return the answer after something was done: the browser opens this page of ours."""
    return RedirectResponse(address, 303)


def address_of(place: CatalogRef, **query: str) -> str:
    """Return the path of a report's or story's page."""
    path = f"/{quote(place.locale)}/{place.folder}/{quote(place.slug)}"
    given = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items() if value)
    return f"{path}?{given}" if given else path


def command_words(command: CommandRef) -> str:
    """Return a command that a message names as it is typed."""
    return str(command)
