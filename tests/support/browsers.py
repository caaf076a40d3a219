"""Browsers of people who work on a project in the browser, without a network."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient

from transflow.actions import utc_now
from transflow.web.app import create_app
from transflow.web.office import Office
from transflow.web.people import Sessions

HOST = "localhost:8400"
BASE = f"http://{HOST}"


def new_office(root: Path, now: str = "") -> Office:
    """Return the office of a project; with `now`, time stands still."""
    clock = (lambda: now) if now else utc_now
    return Office(root, clock, Sessions(root.parent / "state" / f"{root.name}.sqlite", clock), "transflow-test")


class Browser(TestClient):
    """A browser of one person, which says like others who asks for a change."""

    def __init__(self, office: Office, who: str = "") -> None:
        super().__init__(
            create_app(office, [HOST]), BASE, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"}
        )
        self.office = office
        if who:
            assert self.get(f"/enter?token={office.entrances.make(who)}").status_code == 303

    def text(self, address: str) -> str:
        """Return what a page says, without markup."""
        answer = self.get(address)
        assert answer.status_code == 200, answer.text
        return words(answer.text)


def words(page: str) -> str:
    """Return the text of a page's content, with single spaces."""
    content = page.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", content)).split())
