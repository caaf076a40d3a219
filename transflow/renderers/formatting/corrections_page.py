"""Public page of corrections as HTML and JSON.

Invariant: nothing is on it that its notes do not have, and nothing is loaded from the network.
"""

from __future__ import annotations

import json

from jinja2 import Environment

from transflow import phrases
from transflow.model.corrections_page import CorrectionsPage
from transflow.renderers.formatting import markup


def as_html(page: CorrectionsPage, environment: Environment) -> str:
    """Return the page rendered with `corrections.html`."""
    notes = [
        {"headline": note.headline, "link": markup.web_address(note.url), "text": note.text} for note in page.notes
    ]
    return environment.get_template("corrections.html").render(
        page={"publisher": page.publisher, "notes": notes},
        lang=markup.language_tag(page.locale),
        dir=phrases.direction(page.locale),
        publisher_url=markup.web_address(page.publisher_url),
        _=phrases.translate(page.locale),
    )


def as_json(page: CorrectionsPage) -> str:
    """Return the page as JSON: texts are plain, without marks."""
    notes = [
        {
            "date": note.time,
            "kind": note.kind,
            "headline": markup.plain(note.headline),
            "url": markup.web_address(note.url),
            "text": markup.plain(note.text),
            "wrong": markup.plain(note.wrong),
            "right": markup.plain(note.right),
        }
        for note in page.notes
    ]
    document = {"language": markup.language_tag(page.locale), "publisher": page.publisher, "corrections": notes}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
