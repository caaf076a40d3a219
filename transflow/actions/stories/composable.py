"""Reports from which a story may be composed."""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions import Actor
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.unit import UNPRINTED
from transflow.project import CatalogRef
from transflow.stories import live
from transflow.units.positions import format_positions

MESSAGES = Messages(
    __name__,
    {
        "off-the-record": "no story is made of {slug}: its front matter says “record: {allowance}” (sources/{slug}.md).",
        "translated/unfinished": (
            "{refs} is not translated yet, and this project composes from such reports only (workflow.compose).",
            "{refs} are not translated yet, and this project composes from such reports only (workflow.compose).",
        ),
        "approved/unfinished": (
            "{refs} is not approved yet, and this project composes from such reports only (workflow.compose).",
            "{refs} are not approved yet, and this project composes from such reports only (workflow.compose).",
        ),
        "live": "{command} lets what is finished go out now.",
    },
)


def composable_reports(
    actor: Actor, story: CatalogRef, slugs: Sequence[str], *, as_live: bool, added: Sequence[str] = ()
) -> dict[str, Catalog]:
    """Return the catalogs of the reports of a story, by slug.

    `added` are those that it does not list yet. Raise RefusedError if one of them has not reached
    the state that the project requires for composing; that of a live story need not.
    """
    project, named = actor.project, f" --from {','.join(added)}" if added else ""
    live_command = CommandRef(f"compose {project.ref(story)}{named} --live")
    places = {slug: project.find_catalog(f"{story.locale}:{slug}", "reports") for slug in slugs}
    catalogs = {slug: project.load(place) for slug, place in places.items()}
    for slug, place in places.items():
        if not as_live:
            _check_state(actor, place, catalogs[slug], live_command)
        _check_printable(actor, place)
    return catalogs


def _check_printable(actor: Actor, place: CatalogRef) -> None:
    """Raise RefusedError if a report must not be printed in any story."""
    if (allowance := actor.project.front_matter(place.slug).record) in UNPRINTED:
        raise RefusedError(MESSAGES("off-the-record", slug=place.slug, allowance=allowance))


def _check_state(actor: Actor, place: CatalogRef, catalog: Catalog, live_command: CommandRef) -> None:
    required = actor.project.settings.compose_requires
    unfinished = [
        i for i, unit in enumerate(catalog.units, 1) if not (live.is_finished(unit, required) or unit.is_unprintable)
    ]
    if unfinished and required != "nothing":
        refs = actor.project.ref(place, format_positions(unfinished))
        why = MESSAGES(f"{required}/unfinished", refs=refs, n=len(unfinished))
        raise RefusedError(joined([why, MESSAGES("live", command=live_command)], " "))
