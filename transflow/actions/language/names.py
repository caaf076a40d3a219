"""People named in a report, with their spellings, so that two translators do not use two.

Invariant: a spelling was approved by a person: in the glossary, or as a name in transflow.toml.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.actions.language.glossary import matcher, terms
from transflow.glossary import Term
from transflow.glossary.matching import Matcher
from transflow.glossary.people import find_names
from transflow.project import Project
from transflow.report.byline import reporters


class NamedPerson(NamedTuple):
    """A person whom a report names."""

    name: str
    """The name as the report first has it."""
    numbers: tuple[int, ...]
    """1-based positions of the sentences in the catalog."""
    spelling: str
    """Empty if there is none yet."""
    term: Term | None
    """The glossary entry; it may have no target, or one that needs another look."""

    @property
    def proposed(self) -> str:
        """An unconfirmed spelling."""
        return self.term.target if self.term and not self.spelling else ""


def people(project: Project, report: str) -> list[NamedPerson]:
    """Return the people whom a report names, in the order of the text.

    Protected people are included: their names are in the report.
    """
    place = project.find_catalog(report, "reports")
    units = project.load(place).units
    known_terms = matcher(project, place.locale)
    found: dict[str, Term | None] = {}
    for unit in units:
        for each in find_names(unit.source, known_terms):
            found.setdefault(each.text, each.term)
    positions = _positions(found, [unit.source for unit in units])
    for reporter in reporters(project.front_matter(place.slug).byline, _known_names(project)):
        if reporter.name not in found and _spelling(project, place.locale, reporter.name, None):
            found[reporter.name], positions[reporter.name] = None, []
    spelled = {name: _spelling(project, place.locale, name, term) for name, term in found.items()}
    return [NamedPerson(name, tuple(positions[name]), spelled[name], term) for name, term in found.items()]


def _known_names(project: Project) -> frozenset[str]:
    """Return the names and aliases of the people of the project."""
    return frozenset(name for person in project.settings.people for name in (person.id, person.name, *person.aliases))


def _positions(found: dict[str, Term | None], sources: list[str]) -> dict[str, list[int]]:
    """Return the positions of the sentences with each name, with or without a title."""
    positions: dict[str, list[int]] = {name: [] for name in found}
    person_matcher = Matcher(Term(name, kind="person") for name in found)
    for number, source in enumerate(sources, 1):
        present = {hit.term.source for hit in person_matcher.find(source)} | {
            name for name in found if name in source.split()
        }
        for name in found:
            if name in present:
                positions[name].append(number)
    return positions


def _spelling(project: Project, locale: str, name: str, term: Term | None) -> str:
    if term is None:
        term = next((each for each in terms(project, locale) if name in each.sources), None)
    if term and term.target and not term.open:
        return term.target
    return next(
        (
            person.name
            for person in project.settings.people
            if person.name and not person.protected and name in (*person.aliases, person.name)
        ),
        "",
    )
