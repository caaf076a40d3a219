"""ninjs 3.1, the IPTC's JSON format for exchanging news items.

Invariant: the document is valid against the standard's schema (ninjs-schema_3.1.json, IPTC, 2024)
whatever the story lacks, and an item keeps its `uri` from the first draft to the last correction.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from jinja2 import Environment

from transflow import phrases
from transflow.model.story import Basis, Story
from transflow.renderers.formatting import digital_source, markup
from transflow.renderers.formatting.environment import context, stamp

SUFFIX = ".json"
CANCELS = True
"""An item that was withdrawn, or killed, is canceled."""

SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"


def render(story: Story, environment: Environment) -> str:
    """Return the news item. Both bodies are complete: with stamp, dateline, credit line and label.

    An item that was killed, or withdrawn everywhere, is canceled, and has no text.
    """
    item = _item(story) if story.withdrawn and not story.draft else _item(story) | _text(story, environment)
    return json.dumps(_filled(item), ensure_ascii=False, indent=2) + "\n"


def _item(story: Story) -> dict[str, Any]:
    """Return what an item has even when its text is withdrawn."""
    return {
        "uri": UUID(story.id).urn if story.id else _uri(story, "article", story.locale, story.slug),
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "type": "text",
        "representationType": "full",
        "pubStatus": "withheld" if story.draft else "canceled" if story.withdrawn else "usable",
        "edNote": stamp(story) or _version_note(story),
        "language": markup.language_tag(story.locale),
        "firstCreated": _moment(story.date),
        "versionCreated": _moment(story.modified) or _moment(story.date),
        "version": str(story.version or ""),
        "slugline": story.slug,
    }


def _version_note(story: Story) -> str:
    """Return what the newsroom says about the version; empty for the first one.

    It is English, as the values of the standard, so that receivers can tell the kinds apart.
    """
    if story.withdrawn:
        return "Withdrawn"
    return f"Version {story.version}: {story.version_kind}" if story.version_kind not in ("", "first") else ""


def _text(story: Story, environment: Environment) -> dict[str, Any]:
    return {
        "headlines": _texts(("main", "text/plain", markup.plain(story.headline))),
        "descriptions": _texts(
            ("summary", "text/plain", markup.plain(story.deck)),
            ("credit", "text/plain", story.credit_line),
            ("label", "text/plain", story.label),
        ),
        "digitalSourceType": digital_source.ninjs(story.origin),
        "by": phrases.join_names(story.reporters, story.locale) or story.byline,
        "located": story.dateline,
        "infoSources": _info_sources(story),
        "copyrightHolder": story.publisher,
        "subjects": [{"name": tag, "rel": "about"} for tag in story.tags],
        "bodies": _bodies(story, environment),
        "renditions": _page(story.url),
        "associations": [_association(story, basis) for basis in story.basis],
    }


def _uri(story: Story, kind: str, language: str, slug: str) -> str:
    """Return a URN that needs no address: a UUID of publisher, kind, language and slug."""
    return uuid5(NAMESPACE_URL, "/".join((story.publisher_url or story.publisher, kind, language, slug))).urn


def _moment(time: str) -> str:
    """Return `time` if it is a date and time with offset (RFC 3339), as ninjs requires, or ""."""
    known = datetime.fromisoformat(markup.moment(time) or "0001-01-01")
    return known.isoformat() if known.tzinfo else ""


def _texts(*texts: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"role": role, "contentType": kind, "value": value} for role, kind, value in texts if value]


def _bodies(story: Story, environment: Environment) -> list[dict[str, str]]:
    variables = context(story) | {"credit_line": story.credit_line, "label": story.label}
    return _texts(
        ("main", "text/html", environment.get_template("fragment.html").render(variables)),
        (
            "plain",
            "text/plain",
            markup.with_single_blank_lines(environment.get_template("fragment.txt").render(variables)),
        ),
    )


def _info_sources(story: Story) -> list[dict[str, str]]:
    """Return everybody who made the story: reporters, then credits by role, then the publisher."""
    people = [("reporter", name) for name in story.reporters]
    people += [(group.role, name) for group in story.credits for name in group.names]
    publisher = _filled({"name": story.publisher, "role": "publisher", "uri": markup.web_address(story.publisher_url)})
    return [{"name": name, "role": role} for role, name in people] + ([publisher] if story.publisher else [])


def _page(address: str) -> list[dict[str, str]]:
    """Return the web page as a rendition; in ninjs `uri` is for identity, not for links."""
    return [{"name": "web", "href": address, "contentType": "text/html"}] if markup.web_address(address) else []


def _association(story: Story, basis: Basis) -> dict[str, Any]:
    """Return a report that the story was translated from as an association."""
    title = markup.plain(basis.title)
    return _filled(
        {
            "name": title or basis.slug,
            "rel": "translatedFrom",
            "uri": _uri(story, "report", basis.language, basis.slug),
            "type": "text",
            "representationType": "partial",
            "language": markup.language_tag(basis.language),
            "firstCreated": _moment(basis.date),
            "headlines": _texts(("main", "text/plain", title)),
            "renditions": _page(basis.url),
        }
    )


def _filled(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value}
