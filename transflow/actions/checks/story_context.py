"""Stories in the form that story checks take, and the results of these checks.

Invariant: cut and omitted paragraphs are not checked; issues with a valid waiver are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from transflow import findings, story_checks
from transflow.actions.checks.cached import CachedChecker
from transflow.actions.checks.check_context import NEIGHBOURS, CheckContexts, local_time
from transflow.actions.checks.sentences_behind import issues_behind
from transflow.attribution import credits
from transflow.attribution.authorship import is_machine
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location
from transflow.model.report import FrontMatter
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.report.front import source_of
from transflow.stories.compose import DraftSource, placement
from transflow.stories.printed import (
    PrintContext,
    bylines,
    dateline,
    printed_reporters,
    printed_units,
    tags,
    used_reports,
)
from transflow.story_checks import CheckedParagraph
from transflow.units import workflow


def issues(
    project: Project, locale: str, article: Catalog, context: PrintContext, takes: Callable[[str], bool] = bool
) -> Iterator[Issue]:
    """Yield the issues with the project's severities, without waived ones.

    Each is located at its paragraph, or nowhere if it is about the whole story.
    """
    if not any(map(takes, story_checks.severities())):
        return
    units = {unit.id: unit for unit in article.units}
    for issue in story_checks.run(checked_story(project, locale, article, context)):
        adjusted = findings.with_severities([issue], project.settings.checks)
        unit = units.get(issue.location.unit)
        yield from workflow.unwaived(unit, adjusted) if unit else adjusted


def warnings(project: Project, place: CatalogRef, article: Catalog, context: PrintContext) -> list[Issue]:
    """Return the issues of a story that would print now, of its paragraphs and as a whole.

    They come in the order of the text, those of the whole story first, without waived issues and
    hints, located at their paragraphs. Those of the sentences behind a paragraph are repeated at it
    after its own.
    """
    printed = {unit.id: number for number, unit in enumerate(printed_units(article), 1)}
    of_units = CachedChecker(project, place.locale).issues(place, article, printed.keys())
    found = [issue.at(Location(unit=unit.id)) for unit, issue in of_units]
    found += issues(project, place.locale, article, context)
    own = {(issue.location.unit, issue.check, issue.message) for issue in found}
    behind = issues_behind(project, place.locale, article, context)
    found += [each.repeated for each in behind if (each.paragraph.id, each.issue.check, each.issue.message) not in own]
    distinct = dict.fromkeys(issue for issue in found if issue.severity != "hint")
    return sorted(distinct, key=lambda issue: printed.get(issue.location.unit, 0))


def checked_story(project: Project, locale: str, article: Catalog, context: PrintContext) -> story_checks.CheckedStory:
    """Return the story as it would print now, with the sentences behind its paragraphs."""
    placed = placement(article, context.reports)
    reports = _Reports(context)
    printed = printed_units(article)
    groups = credits.credits(article, context.settings, adapted=context.adapted)
    return story_checks.CheckedStory(
        locale,
        tuple(
            CheckedParagraph(unit, reports.source_sentences(placed[unit.id]), reports.unnamed(placed[unit.id]))
            for unit in printed
        ),
        _day(article.header.get("X-Date"), context.settings.timezone),
        CheckContexts(project, locale).terms,
        printed_reporters(article, context),
        bool(bylines(article, context)),
        tuple(name for group in groups for name in group.names) or _machines(printed),
        dateline(article, context),
        article.header.get("X-Section"),
        unspelled_tags=tags(article, context).unspelled,
        publisher=context.settings.name,
        languages=tuple(
            dict.fromkeys(
                source_of(context.fronts.get(slug, FrontMatter()), context.settings.source)
                for slug in used_reports(article)
            )
        ),
        translations=tuple(
            unit.target
            for report in context.reports.values()
            for unit in report.units
            if not unit.is_left_out and _is_usable(unit)
        ),
    )


class _Reports:
    """Units of the reports, in the form that story checks take."""

    def __init__(self, context: PrintContext) -> None:
        zone = context.settings.timezone
        self._days = {slug: _day(front.date, zone) for slug, front in context.fronts.items()}
        self._on_background = {slug for slug, front in context.fronts.items() if front.record == "background"}
        self._headlines = {
            slug: next((unit.source for unit in report.units if unit.kind == "headline" and not unit.is_left_out), slug)
            for slug, report in context.reports.items()
        }
        self._sources = {slug: [unit.source for unit in report.units] for slug, report in context.reports.items()}
        self._numbers = {
            (slug, unit.id): number
            for slug, report in context.reports.items()
            for number, unit in enumerate(report.units)
        }

    def source_sentences(self, behind: Sequence[DraftSource]) -> tuple[story_checks.SourceSentence, ...]:
        """Return the sentences behind a paragraph that are used; no issue quotes others."""
        return tuple(self._source_sentence(each) for each in behind if not each.unit.is_left_out)

    def unnamed(self, behind: Sequence[DraftSource]) -> tuple[story_checks.UnnamedSentence, ...]:
        """Return the sentences of the reports that a paragraph uses on background."""
        slugs = dict.fromkeys(
            each.report
            for each in behind
            if each.report in self._on_background or (each.unit.record and each.unit.record.allowance == "background")
        )
        return tuple(
            story_checks.UnnamedSentence(source, self._headlines.get(slug, slug))
            for slug in slugs
            for source in self._sources[slug]
        )

    def _source_sentence(self, each: DraftSource) -> story_checks.SourceSentence:
        number = self._numbers[each.report, each.unit.id]
        before = tuple(self._sources[each.report][max(0, number - NEIGHBOURS) : number])
        target = each.unit.target if _is_usable(each.unit) else ""
        return story_checks.SourceSentence(each.unit.source, target, self._days.get(each.report), before)


def _is_usable(unit: Unit) -> bool:
    """True for a translation, unless it may still say what was redacted in its source."""
    return bool(unit.target) and not (unit.redacted and unit.fuzzy)


def _machines(printed: tuple[Unit, ...]) -> tuple[str, ...]:
    """Return the engines whose words are printed.

    They stand in for credits, since a story written by machines alone rightly credits nobody.
    """
    authors = {each.who for unit in printed for each in unit.by}
    authors |= {each.who for unit in printed for each in unit.translated}
    return tuple(filter(is_machine, authors))


def _day(value: str, timezone: str) -> date | None:
    found = local_time(value, timezone)
    return datetime.fromisoformat(found).date() if found else None
