"""JSON document for a CMS: the body as HTML, and every field of the story.

Invariant: headline, deck, byline, dateline, credit and label are fields and not in `body`. Only the
draft stamp is in both, so that copying the body cannot lose it.
"""

from __future__ import annotations

import json
from dataclasses import replace

from jinja2 import Environment

from transflow import phrases
from transflow.model.story import Story
from transflow.renderers.formatting import digital_source, markup
from transflow.renderers.formatting.environment import context

SUFFIX = ".fragment.json"


def render(story: Story, environment: Environment) -> str:
    """Return the document.

    `headline` and `deck` are plain text, `headlineHtml` and `deckHtml` the same with emphasis.
    """
    template = environment.get_template("fragment.html")
    document = {
        "slug": story.slug,
        "locale": story.locale,
        "language": markup.language_tag(story.locale),
        "direction": phrases.direction(story.locale),
        "draft": story.draft,
        "headline": markup.plain(story.headline),
        "headlineHtml": str(markup.html(story.headline)),
        "deck": markup.plain(story.deck),
        "deckHtml": str(markup.html(story.deck)),
        "byline": markup.single_line(story.byline),
        "reporters": [markup.single_line(name) for name in story.reporters],
        "dateline": markup.single_line(story.dateline),
        "date": story.date,
        "modified": story.modified,
        "version": story.version,
        "versionKind": story.version_kind,
        "credit": markup.single_line(story.credit_line),
        "label": markup.single_line(story.label),
        "digitalSourceType": digital_source.iptc_uri(story.origin),
        "credits": [{"role": group.role, "names": list(group.names)} for group in story.credits],
        "url": markup.web_address(story.url),
        "tags": list(story.tags),
        "body": template.render(context(replace(story, dateline="")) | {"credit_line": "", "label": ""}),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
