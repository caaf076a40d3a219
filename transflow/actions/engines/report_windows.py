"""Windows of a report, as a language model drafts them.

Invariant: a window has sentences of one report only; sentences that may not be printed, or were
redacted, are in none, nor in what is read around it; the windows of a report depend on its text
alone, so that a run that is repeated asks for what it did not get.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from transflow.actions.checks.check_context import CheckContexts
from transflow.engines import Limits, PromptTerm
from transflow.engines.prompting.asking import PromptSentence, StyleExample, Window
from transflow.errors import TransflowError
from transflow.model.catalog import Catalog
from transflow.model.unit import DONE, Unit
from transflow.project import CatalogRef, Project
from transflow.units import workflow

MOST_READ = 20_000
"""Number of characters of a report that are read around a window."""
_MOST_RULES = 60


class ReportContext(NamedTuple):
    """Values that all windows of a report share."""

    place: CatalogRef
    catalog: Catalog
    units: tuple[Unit, ...]
    """The sentences that may be sent, in order."""
    date: str
    """Day of the report; empty if unknown."""
    names: tuple[PromptTerm, ...]
    style: tuple[StyleExample, ...]


class ReportWindow(NamedTuple):
    """Consecutive sentences of a report, by their positions in `ReportContext.units`."""

    report: ReportContext
    start: int
    end: int

    @property
    def unit_ids(self) -> frozenset[str]:
        return frozenset(unit.id for unit in self.report.units[self.start : self.end])

    def as_asked(self) -> Window:
        """Return the window without the sentences that are asked about."""
        report = self.report
        start, end = _read_around(report.units, self.start, self.end)
        sentences = tuple(
            PromptSentence(unit.source, _confirmed(unit), unit.continued) for unit in report.units[start:end]
        )
        return Window((), sentences, report.date, report.names, report.style)

    def digest(self) -> str:
        """Return the digest of what determines its answers besides the text of each.

        Translations that people confirm later, and examples of the memory, do not count: a paid
        answer is not asked for again because the newsroom went on working.
        """
        start, end = _read_around(self.report.units, self.start, self.end)
        around = [unit.source for unit in self.report.units[start:end]]
        own = [unit.id for unit in self.report.units[self.start : self.end]]
        text = json.dumps([own, around, self.report.date, self.report.names, self.report.style])
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_units(catalog: Catalog) -> tuple[Unit, ...]:
    """Return the sentences of a report that may be sent, in order."""
    return tuple(unit for unit in catalog.units if not (unit.redacted or unit.is_unprintable))


def windows(report: ReportContext, limits: Limits) -> Iterator[ReportWindow]:
    """Yield the windows of a report: whole paragraphs, as many as a request may hold.

    A paragraph that is too long for one is divided between its sentences.
    """
    start, blocks = 0, list(_blocks(report.units))
    for block_start, block_end in blocks:
        if _fits(report.units[start:block_end], limits):
            continue
        if block_start > start:
            yield ReportWindow(report, start, block_start)
            start = block_start
        while not _fits(report.units[start:block_end], limits):
            end = next(end for end in range(block_end - 1, start, -1) if _fits(report.units[start:end], limits))
            yield ReportWindow(report, start, end)
            start = end
    if start < len(report.units):
        yield ReportWindow(report, start, len(report.units))


def date_and_style(project: Project, place: CatalogRef, catalog: Catalog) -> tuple[str, tuple[StyleExample, ...]]:
    """Return the day of a report, and the house style; empty where they cannot be read."""
    try:
        context = CheckContexts(project, place.locale).base(place, catalog)
    except (TransflowError, OSError):
        return "", ()
    rules = [rule for rule in context.style.rules_for(place.locale) if rule.right and rule.wrong]
    return context.date[:10], tuple(StyleExample(rule.right, rule.wrong) for rule in rules[:_MOST_RULES])


def _blocks(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each block."""
    starts = [index for index, unit in enumerate(units) if not index or not unit.continued]
    yield from zip(starts, [*starts[1:], len(units)], strict=True)


def _fits(units: Sequence[Unit], limits: Limits) -> bool:
    """True if units fit into one request; a single one always does."""
    characters = sum(len(unit.source) for unit in units)
    size = sum(len(unit.source.encode()) for unit in units)
    return len(units) <= 1 or (
        len(units) <= limits.items
        and (not limits.characters or characters <= limits.characters)
        and (not limits.bytes or size <= limits.bytes)
    )


def _read_around(units: Sequence[Unit], start: int, end: int) -> tuple[int, int]:
    """Return the part of a report that is read: all of it, or what is nearest to the window."""
    left = MOST_READ - sum(len(unit.source) for unit in units[start:end])
    while left > 0 and (start > 0 or end < len(units)):
        if start > 0:
            start -= 1
            left -= len(units[start].source)
        if end < len(units):
            left -= len(units[end].source)
            end += 1
    return start, end


def _confirmed(unit: Unit) -> str:
    return unit.target if unit.target and workflow.state(unit) in DONE and not unit.omitted else ""
