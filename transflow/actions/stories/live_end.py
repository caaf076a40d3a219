"""The end of a live story."""

from __future__ import annotations

from transflow.actions import Actor, recording
from transflow.project import CatalogRef
from transflow.stories import live


def settle(actor: Actor, name: str) -> tuple[CatalogRef, bool]:
    """End a live story: all sentences of its reports have to be in it from now on.

    Return its place, and whether it was live.
    """
    place = actor.project.find_catalog(name, "articles")
    was_live = live.is_live(actor.project.load(place))
    recording.change(actor, place, live.settled)
    return place, was_live
