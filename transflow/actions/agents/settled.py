"""Texts that people have finished with: of stories that are ready, cleared or out."""

from __future__ import annotations

from collections.abc import Collection

from transflow.actions.stories.page import stories_from
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.stories.publications import is_published

MESSAGES = Messages(
    __name__,
    {
        "story": "the story is ready, cleared, out or killed, and an agent leaves its texts: ask about it with the tool "
        "“ask”.",
        "behind": "a story that is ready, cleared, out or killed is made from it, and an agent leaves its text: ask about "
        "it with the tool “ask”.",
    },
)
_SETTLED = ("X-Ready", "X-Cleared", "X-Killed")


def why_settled(project: Project, place: CatalogRef, catalog: Catalog, ids: Collection[str]) -> Message:
    """Return why an agent must not change the texts of units, or `NOTHING`.

    `project` is the whole one: a story that the agent does not see counts, and is not named.
    """
    if place.folder == "articles":
        return MESSAGES("story") if _is_settled(catalog) else NOTHING
    written = {name for unit in catalog.units if unit.id in ids and unit.target for name in (unit.id, *unit.joined)}
    if not written:
        return NOTHING
    stories = filter(_is_settled, map(project.load, stories_from(project, place)))
    is_used = any(_is_made_from(paragraph, place.slug, written) for story in stories for paragraph in story.units)
    return MESSAGES("behind") if is_used else NOTHING


def _is_settled(story: Catalog) -> bool:
    return any(map(story.header.get, _SETTLED)) or is_published(story)


def _is_made_from(paragraph: Unit, slug: str, ids: Collection[str]) -> bool:
    return any(ref.report == slug and ref.unit in ids for ref in paragraph.refs)
