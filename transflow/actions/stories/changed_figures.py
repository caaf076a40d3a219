"""Figures that readers saw on a page and that are others in the story now.

They are told when the page is recorded as updated: what was news then is an update, what was wrong
a correction. The published text is known from git; without it, nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.refs import unit_ref
from transflow.actions.units.history import published_texts
from transflow.language.quantities.compare import differences
from transflow.language.quantities.english import english_figures
from transflow.language.quantities.quantity import DATE_PARTS
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef
from transflow.stories import publications
from transflow.stories.printed import printed_units


class ChangedFigure(NamedTuple):
    """A figure of a printed paragraph that was another one in the published version."""

    ref: str
    """The paragraph, as people type it."""
    before: str
    after: str
    published: str
    """The whole paragraph as it was published."""


def changed_figures(actor: Actor, place: CatalogRef, before: Catalog, article: Catalog) -> tuple[ChangedFigure, ...]:
    """Return the first changed figure of each paragraph.

    `before` is the story with the records of its pages before the present one.
    """
    pages = [page for page in publications.publications(before) if page.kind != "withdrawn"]
    known = published_texts(actor.project, place, max(pages, key=lambda page: page.time)) if pages else None
    found = []
    for unit in printed_units(article) if known else ():
        published = (known or {}).get(unit.id, "")
        if published and published != unit.target and not unit.is_note:
            ref = unit_ref(actor.project, article, place, unit.id)
            found += [ChangedFigure(ref, *pair, published) for pair in list(_pairs(published, unit.target))[:1]]
    return tuple(found)


def _pairs(published: str, present: str) -> Iterator[tuple[str, str]]:
    """Yield figures of a text with those that stand in their place in another one."""
    ours, theirs = english_figures(published), english_figures(present)
    for each in differences(ours, theirs, (published, present)):
        if each.source and each.target:
            yield published[slice(*each.source.span)], present[slice(*each.target.span)]
    for kind in sorted(DATE_PARTS):
        gone, new = (
            [figure for figure in figures if figure.kind == kind and figure.value not in values]
            for figures, values in (
                (ours, {figure.value for figure in theirs if figure.kind == kind}),
                (theirs, {figure.value for figure in ours if figure.kind == kind}),
            )
        )
        for old, other in zip(gone, new, strict=False):
            yield published[slice(*old.span)], present[slice(*other.span)]
