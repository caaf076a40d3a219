"""Writers and approvals of the texts of a story: `transflow history` and `transflow blame`.

Invariant: both read the history once, whatever the number of units.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.refs import parse_ref
from transflow.actions.units.history import published_texts
from transflow.actions.units.unit_events import Lineage, Progress, UnitEvent, lineage, present_units
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.stories.printed import printed_units
from transflow.stories.publications import publications


class UnitLineage(NamedTuple):
    """A unit with its events, newest first."""

    place: CatalogRef
    number: int
    unit: Unit
    events: tuple[UnitEvent, ...]

    @property
    def ref(self) -> str:
        return self.place.ref(self.number)


class PrintedText(NamedTuple):
    """A text that a story printed, with who wrote, changed and approved it."""

    place: CatalogRef
    number: int
    text: str
    now: str
    """The present text, if it is another one; else empty."""
    written: UnitEvent | None
    """None if the history does not show it."""
    changed: tuple[UnitEvent, ...]
    """Earlier texts, newest first."""
    approved: UnitEvent | None
    sentences: tuple[PrintedText, ...] = ()
    """The sentences behind a paragraph."""

    @property
    def ref(self) -> str:
        return self.place.ref(self.number)


class Blame(NamedTuple):
    texts: tuple[PrintedText, ...]
    is_shallow: bool
    published: str
    """Time of the last publication, whose texts these are; empty if they are those of now."""


def history(actor: Actor, ref: str, progress: Progress = lambda *_: None) -> tuple[list[UnitLineage], bool]:
    """Return the units of a REF with their events, and whether the clone is shallow."""
    parsed = parse_ref(actor.project, ref)
    catalog = actor.project.load(parsed.place)
    ids = parsed.ids(catalog)
    found = _numbered(catalog, ids)
    told = lineage(actor.project, present_units(parsed.place, (unit for _, unit in found)), progress)
    return [
        UnitLineage(parsed.place, number, unit, told.events[parsed.place.locale, unit.id]) for number, unit in found
    ], told.is_shallow


def blame(actor: Actor, ref: str, progress: Progress = lambda *_: None) -> Blame:
    """Return the texts that a story printed, last time it was published, or prints now."""
    project, parsed = actor.project, parse_ref(actor.project, ref, "articles")
    article = project.load(parsed.place)
    pages = publications(article)
    published = published_texts(project, parsed.place, max(pages)) if pages else None
    chosen = set(parsed.ids(article)) & {unit.id for unit in printed_units(article)}
    paragraphs = _numbered(article, [unit.id for unit in article.units if unit.id in chosen])
    reports = _reports(project, parsed.place, [unit for _, unit in paragraphs])
    present = present_units(parsed.place, (unit for _, unit in paragraphs))
    for place, units in reports.values():
        present |= present_units(place, (unit for _, unit in units.values()))
    told = lineage(project, present, progress)
    texts = []
    for number, unit in paragraphs:
        behind = [
            (reports[each.report][0], *reports[each.report][1][each.unit])
            for each in unit.refs
            if each.report in reports and each.unit in reports[each.report][1]
        ]
        text = unit.target if published is None else published.get(unit.id, "")
        sentences = tuple(_printed(told, place, at, sentence, sentence.target) for place, at, sentence in behind)
        texts.append(_printed(told, parsed.place, number, unit, text)._replace(sentences=sentences))
    return Blame(tuple(texts), told.is_shallow, "" if published is None else max(pages).time)


def _printed(told: Lineage, place: CatalogRef, number: int, unit: Unit, text: str) -> PrintedText:
    """Return who wrote, changed and approved a text of a unit."""
    events = told.events[place.locale, unit.id]
    texts = [each for each in events if each.kind in ("wrote", "changed")]
    at = next((index for index, each in enumerate(texts) if each.new == text and not unit.redacted), len(texts))
    approvals = (each for each in events if each.kind == "approved" and each.new == text)
    approved = next(approvals, None) if unit.target != text or unit.approved else None
    now = unit.target if unit.target != text else ""
    return PrintedText(
        place, number, text, now, texts[at] if at < len(texts) else None, tuple(texts[at + 1 :]), approved
    )


def _numbered(catalog: Catalog, ids: Sequence[str]) -> list[tuple[int, Unit]]:
    """Return units with their 1-based positions, in the order of `ids`."""
    known = {unit.id: (number, unit) for number, unit in enumerate(catalog.units, 1)}
    return [known[each] for each in ids]


def _reports(
    project: Project, story: CatalogRef, paragraphs: Sequence[Unit]
) -> dict[str, tuple[CatalogRef, dict[str, tuple[int, Unit]]]]:
    """Return report -> place and sentences behind the paragraphs.

    Without unreadable reports, and sentences that must not be printed.
    """
    found: dict[str, tuple[CatalogRef, dict[str, tuple[int, Unit]]]] = {}
    wanted = {ref for unit in paragraphs for ref in unit.refs}
    for slug in dict.fromkeys(ref.report for unit in paragraphs for ref in unit.refs):
        place = CatalogRef(story.locale, "reports", slug)
        try:
            units = project.load(place).units if project.exists(place) else ()
        except UnreadableError:
            continue
        ids = {ref.unit for ref in wanted if ref.report == slug}
        found[slug] = (
            place,
            {
                unit.id: (number, unit)
                for number, unit in enumerate(units, 1)
                if unit.id in ids and not unit.is_unprintable
            },
        )
    return found
