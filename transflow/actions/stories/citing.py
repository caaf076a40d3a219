"""Sources of background information of a paragraph: pages, stories and their paragraphs."""

from __future__ import annotations

import re

from transflow.actions import Actor
from transflow.actions.refs import parse_ref
from transflow.actions.stories.article import change_story
from transflow.actions.units.texts import stored_text
from transflow.errors import UnknownNameError, UsageError
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.references import reference
from transflow.project import CatalogRef

MESSAGES = Messages(
    __name__,
    {
        "no-source": "“{source}” is neither an address (https://…) nor a story: {why}",
        "own-source": "a story is no source of its own.",
        "several": "“{source}” is several paragraphs: cite one, or the story.",
    },
)


def cite(actor: Actor, ref: str, cited: str) -> Catalog:
    """Add a source of background information to paragraphs.

    `cited` is an article, a paragraph of one, or a URL; a paragraph is stored by its id, not by its
    number. Raise UsageError for any other source.
    """
    parsed = parse_ref(actor.project, ref, "articles")
    source = stored_text(cited)
    source = source if re.match(r"https?://[^\s/]+", source) else _cited_story(actor, source, parsed.place)

    def change(catalog: Catalog) -> Catalog:
        ids = set(parsed.ids(catalog))
        return catalog.replace(
            units=tuple(
                unit.replace(cites=tuple(dict.fromkeys((*unit.cites, source)))) if unit.id in ids else unit
                for unit in catalog.units
            )
        )

    return change_story(actor, str(parsed.place), change)


def _cited_story(actor: Actor, source: str, citing: CatalogRef) -> str:
    """Return the name of a cited story or paragraph, with the locale if it is another one."""
    try:
        cited = parse_ref(actor.project, source if ":" in source else f"{citing.locale}:{source}", "articles")
        paragraphs = cited.ids(actor.project.load(cited.place)) if cited.selector else ()
    except (UnknownNameError, UsageError) as error:
        raise UsageError(MESSAGES("no-source", source=source, why=error.message)) from None
    if cited.place == citing:
        raise UsageError(MESSAGES("own-source"))
    if len(paragraphs) > 1:
        raise UsageError(MESSAGES("several", source=source))
    name = cited.place.slug if cited.place.locale == citing.locale else str(cited.place)
    return reference(name, paragraphs[0] if paragraphs else "")
