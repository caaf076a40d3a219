"""The memory, the glossary and the checks, as an agent uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing

from transflow.actions.agents.desk import AgentProject
from transflow.actions.agents.sight import has_hidden, seen_units
from transflow.actions.checks import story_context
from transflow.actions.checks.cached import issue_finder
from transflow.actions.language import glossary
from transflow.actions.language.memory import Memory
from transflow.actions.stories.print_context import load_print_context
from transflow.glossary.terms import Term
from transflow.memory.match import Match
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.units.workflow import unwaived


def earlier_translations(
    project: AgentProject, locale: str, text: str, clock: Callable[[], str], threshold: int, limit: int
) -> list[Match]:
    """Return translations of similar sentences, best first, without those that are withheld.

    The index is that of the whole project, which has no confidential texts; what an agent does not
    see for another reason is left out here.
    """
    with closing(Memory(project.whole, locale, clock=clock)) as memory:
        found = memory.lookup(text, threshold, limit)
    return [each for each in found if _is_seen(project, locale, each)]


def _is_seen(project: AgentProject, locale: str, match: Match) -> bool:
    place = CatalogRef(locale, "reports", match.origin.catalog)
    if match.origin.catalog.startswith("memory/") or not project.whole.exists(place):
        return True
    if not project.sees(place):
        return False
    return any(unit.id == match.origin.unit for _, unit in seen_units(project.whole, place, project.load(place)))


def terms(project: AgentProject, locale: str, words: str) -> list[Term]:
    """Return the terms that contain these words, and those that a text contains."""
    return list(glossary.exportable(project.whole, locale, glossary.find(project, locale, words)))


def issues_of_text(project: AgentProject, place: CatalogRef, catalog: Catalog, unit: Unit) -> list[Issue]:
    """Return what the checks say of a unit with its present text, without waived issues."""
    seen = tuple(each for _, each in seen_units(project.whole, place, catalog))
    return unwaived(unit, issue_finder(project, place, catalog.replace(units=seen))(unit))


def issues(
    project: AgentProject, place: CatalogRef, catalog: Catalog, units: Iterable[Unit]
) -> list[tuple[str, Issue]]:
    """Return (id, issue) for units, and for a story those of the whole, with an empty id.

    Issues of a whole story quote the sentences behind it: there are none if one of these is hidden.
    """
    seen = tuple(each for _, each in seen_units(project.whole, place, catalog))
    issues_of = issue_finder(project, place, catalog.replace(units=seen))
    wanted = [unit for unit in units if unit.target]
    found = [(unit.id, issue) for unit in wanted for issue in unwaived(unit, issues_of(unit))]
    if place.folder == "articles" and not has_hidden(project.whole, place, catalog):
        context = load_print_context(project, place.locale, catalog)
        ids = {unit.id for unit in wanted}
        of_story = story_context.issues(project, place.locale, catalog, context)
        found += [
            (each.location.unit, each) for each in of_story if each.location.unit in ids or not each.location.unit
        ]
    return found
