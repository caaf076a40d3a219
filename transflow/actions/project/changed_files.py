"""Catalogs whose files changed since they were read, for a list that follows the project.

Invariant: the stamps are taken before the files are read, so that no change is missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from transflow.actions import Actor
from transflow.errors import UnreadableError
from transflow.project import CatalogRef

Stamps = Mapping[CatalogRef, tuple[int, int, int]]
"""Catalog -> time, size and inode of its file."""


def catalog_stamps(actor: Actor) -> Stamps:
    """Return the stamp of each catalog of the project."""
    found: dict[CatalogRef, tuple[int, int, int]] = {}
    for place in actor.project.all_catalogs():
        with suppress(UnreadableError):  # removed since it was listed
            found[place] = actor.project.stamp(place)
    return found


def outdated(before: Stamps, now: Stamps) -> list[CatalogRef]:
    """Return the catalogs to read again: the changed ones, and each story of a changed language.

    Whether a story waits for something depends on the reports behind it.
    """
    changed = {place for place in before.keys() | now.keys() if before.get(place) != now.get(place)}
    locales = {place.locale for place in changed if place.folder == "reports"}
    return [place for place in now if place in changed or (place.folder == "articles" and place.locale in locales)]
