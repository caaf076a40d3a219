"""Reports, stories and their units, as an agent reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.agents.desk import AgentProject
from transflow.actions.agents.sight import seen_units
from transflow.actions.language import concordance
from transflow.actions.project.status import StatusRow, rows
from transflow.actions.refs import not_one, parse_ref
from transflow.errors import RefusedError, UnknownNameError
from transflow.messages import Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.unit import Question, Unit
from transflow.privacy.pseudonyms import shown_unit
from transflow.project import CatalogRef

MESSAGES = Messages(
    __name__,
    {
        "not-seen": "agents do not see it: nothing is known here of a text that is withheld. Ask the person whom you work "
        "for.",
        "or-withheld": "Agents do not see texts that are withheld.",
    },
)
_MOST_HITS = 1000


class SeenUnit(NamedTuple):
    """A unit that an agent sees, as it may be shown."""

    place: CatalogRef
    number: int
    unit: Unit


class NamedUnits(NamedTuple):
    """The units of a catalog that a REF names, without those that the agent does not see."""

    place: CatalogRef
    catalog: Catalog
    units: list[SeenUnit]


def named_units(project: AgentProject, ref: str) -> NamedUnits:
    """Return the units that a REF names. Raise UsageError for a REF that names none here, and
    RefusedError if the agent sees none of them.
    """
    try:
        parsed = parse_ref(project, ref)
    except UnknownNameError as error:
        error.args = (joined([error.message, MESSAGES("or-withheld")], " "),)
        raise
    catalog = project.load(parsed.place)
    ids = set(parsed.ids(catalog))
    seen = [
        SeenUnit(parsed.place, number, shown_unit(project.settings, unit))
        for number, unit in seen_units(project.whole, parsed.place, catalog)
        if unit.id in ids
    ]
    if ids and not seen:
        raise RefusedError(MESSAGES("not-seen"))
    return NamedUnits(parsed.place, catalog, seen)


def one_unit(project: AgentProject, ref: str) -> tuple[CatalogRef, Catalog, int, Unit]:
    """Return the place, catalog, position and unit of a REF that names one. Raise RefusedError for
    a unit that the agent does not see, UsageError for a REF of several.
    """
    named = named_units(project, ref)
    parsed = parse_ref(project, ref)
    ids = parsed.ids(named.catalog)
    if len(ids) != 1:
        raise not_one(parsed, ref)
    unit = named.catalog.find(ids[0])
    assert unit is not None
    return named.place, named.catalog, named.units[0].number, unit


def search(actor: Actor, project: AgentProject, words: str) -> Iterator[SeenUnit]:
    """Yield the units whose source or translation has the words."""
    seen: dict[CatalogRef, dict[str, tuple[int, Unit]]] = {}
    for hit in concordance.search(actor, words, _MOST_HITS):
        if hit.place not in seen:
            units = seen_units(project.whole, hit.place, project.load(hit.place))
            seen[hit.place] = {unit.id: (number, unit) for number, unit in units}
        if found := seen[hit.place].get(hit.unit):
            yield SeenUnit(hit.place, found[0], shown_unit(project.settings, found[1]))


def places(project: AgentProject, locale: str = "", kind: str = "") -> list[CatalogRef]:
    """Return the reports and stories that an agent sees, of a language and of a kind."""
    locales = (project.locale(locale),) if locale else project.settings.locales
    folders = {"report": ("reports",), "story": ("articles",)}.get(kind, ("reports", "articles"))
    return [place for place in project.all_catalogs() if place.locale in locales and place.folder in folders]


def progress(project: AgentProject, now: str, place: CatalogRef) -> StatusRow | None:
    """Return the progress of a catalog; None if it is gone."""
    return next(rows(project, now, (place.locale,), (place.slug,)), None)


def title(project: AgentProject, place: CatalogRef) -> str:
    """Return the headline of a catalog; empty if it has none that the agent sees."""
    units = seen_units(project.whole, place, project.load(place))
    headline = next((unit for _, unit in units if unit.kind == "headline"), None)
    return (headline.target or headline.source) if headline else ""


def questions_of(project: AgentProject, agent: str, place: CatalogRef) -> Iterator[tuple[SeenUnit, Question]]:
    """Yield the questions that an agent asked in a catalog, with their units."""
    for number, unit in seen_units(project.whole, place, project.load(place)):
        yield from (
            (SeenUnit(place, number, shown_unit(project.settings, unit)), each)
            for each in unit.questions
            if each.who == agent
        )
