"""Changes of catalogs by a person, with the signatures of what they decide.

Invariant: a signature is written before the catalog that it is about, under the same lock. If the
second write fails, the step is not done, and doing it again completes both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from transflow.actions import Actor
from transflow.messages import NOTHING, Message
from transflow.model.catalog import Catalog
from transflow.project import CatalogRef


class Saved(NamedTuple):
    """A catalog as it was written."""

    catalog: Catalog
    unsigned: Message = NOTHING
    """Reason why a decision in it is not signed; `NOTHING` if it is, or need not be."""


def change(actor: Actor, place: CatalogRef, function: Callable[[Catalog], Catalog]) -> Saved:
    """Change a catalog under its lock, and sign what the user decides with that.

    Raise RefusedError if that has to be signed and cannot be.
    """
    unsigned = NOTHING

    def before_write(old: Catalog, new: Catalog) -> None:
        nonlocal unsigned
        unsigned = sign(actor, place, old, new)

    catalog = actor.project.change(place, function, before_write)
    return Saved(catalog, unsigned)


def write(actor: Actor, place: CatalogRef, catalog: Catalog, old: Catalog | None, *, anew: bool = False) -> Saved:
    """Write a catalog like `Project.write`, and sign what the user decides with that."""
    unsigned = sign(actor, place, old, catalog) if old else NOTHING
    return Saved(actor.project.write(place, catalog, old, anew=anew), unsigned)


def sign(actor: Actor, place: CatalogRef, old: Catalog, new: Catalog) -> Message:
    """Sign what the user decides by a change, and return why it is not signed, or `NOTHING`.

    The caller holds the lock of the catalog. Loads the signatures, which only people with keys
    need.
    """
    if new == old or not (actor.user.keys or actor.project.settings.gate_proof != "off"):
        return NOTHING
    from transflow.actions.signatures import sign_change

    return sign_change(actor, place, old, new)
