"""The story as one text while it is edited: what it would change, its warnings, its sentences."""

from __future__ import annotations

from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.stories.article import preview_import
from transflow.actions.stories.print_context import load_print_context
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.project import CatalogRef
from transflow.stories.compose import Reports


class TextReading(NamedTuple):
    """A text as it would be saved now."""

    before: Catalog
    after: Catalog
    warnings: tuple[Issue, ...]
    """Issues of the story as it would print."""


def text_reading(actor: Actor, place: CatalogRef, text: str) -> TextReading:
    """Return what a text would do to a story. Raise UsageError for an invalid text."""
    foreseen = preview_import(actor, str(place), text)
    after = foreseen.edited.article
    context = load_print_context(actor.project, place.locale, after)
    warnings = story_context.warnings(actor.project, place, after, context)
    return TextReading(foreseen.before, after, tuple(warnings))


def reports_of(actor: Actor, place: CatalogRef) -> Reports:
    """Return the reports of a story, by slug."""
    return load_print_context(actor.project, place.locale, actor.project.load(place)).reports
