"""A story as a page: its surroundings, the sources of its paragraphs, and obstacles to printing.

Invariant: everything is computed from the files as they are now; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from transflow import phrases, renderers
from transflow.actions import Actor
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution import credits
from transflow.attribution.shown_people import shown_name
from transflow.errors import RefusedError
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import Settings
from transflow.model.unit import Ref, Unit
from transflow.po.scan import header_field
from transflow.project import CatalogRef, Project
from transflow.project.templates import template_reader
from transflow.stories import compose, live, machine_share, story
from transflow.stories.clearance import (
    ArticleState,
    article_state,
    clearance_digest,
    is_cleared,
    kept_back,
    read_clearance,
)
from transflow.stories.limits import why_limited
from transflow.stories.machine_share import NO_SHARE, MachineShare
from transflow.stories.page_state import PageState, page_state
from transflow.stories.printed import PrintContext, dateline, printed_reporters
from transflow.stories.publications import first_published, withheld_people

MESSAGES = Messages(
    __name__,
    {
        "not-copied": "{place} is not copied: {why}",
        "omitted": "{who} left it out: {why}",
    },
)


class PageSource(NamedTuple):
    """A sentence of a report that a paragraph uses."""

    place: CatalogRef
    number: int
    """1-based position in its report."""
    unit: Unit
    name: str
    """Its reference, as people type it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A story as it would print now, with the sources of its paragraphs."""

    is_read: bool = False
    """True once the other fields are filled."""
    state: ArticleState = "composing"
    byline: str = ""
    dateline: str = ""
    date: str = ""
    """Time of the first publication in UTC; empty if the story is not published."""
    credit_line: str = ""
    label: str = ""
    """Label of a story with a machine's words; empty for none."""
    share: MachineShare = NO_SHARE
    cleared: str = ""
    """Id of the editor whose clearance covers the current state; empty for none."""
    sources: Mapping[str, tuple[PageSource, ...]] = field(default_factory=dict)
    drafts: Mapping[str, str] = field(default_factory=dict)
    """Id of a paragraph -> its current draft."""
    blockers: Mapping[str, str] = field(default_factory=dict)
    """Id of a paragraph -> the reason why it cannot be printed."""
    unplaced: tuple[str, ...] = ()
    """References to sentences of its reports that are in no paragraph, as people type them."""
    is_live: bool = False
    to_come: tuple[PageSource, ...] = ()
    """Sentences that a live story does not have yet."""
    finished: int = 0
    """Number of sentences to come that the story can take in now."""
    left_out: tuple[tuple[PageSource, Message], ...] = ()
    """Sentences of its reports that do not print, with the reasons."""
    embargo: str = ""
    """UTC; empty for none."""
    confidential: bool = False
    pages: PageState = ""
    """State of the pages where it is published."""
    needs_reason_to_clear: bool = False
    """True if the user wrote most of it, and may clear it only with a reason."""
    article: Catalog = field(default_factory=Catalog)
    """The article that the other fields describe."""
    mark: str = ""
    """Digest of all that would print, whoever clears it."""


def page(actor: Actor, place: CatalogRef, article: Catalog | None = None) -> Page:
    """Return the page of a story; `article` is its catalog, if the caller has read it already."""
    article = article or actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    cleared_by = _cleared_by(article, context)
    named = partial(_page_sources, actor.project, _numbers(context), place.locale)
    placed = compose.placement(article, context.reports)
    sources = {unit_id: named(sentences) for unit_id, sentences in placed.items()}
    to_come = live.to_come(article, context.reports)
    left_out = list(_left_out(context))
    return Page(
        is_read=True,
        state=article_state(article, context),
        byline=_byline(article, context, place.locale),
        dateline=dateline(article, context),
        date=first_published(article),
        credit_line=_credits(article, context, place.locale, cleared_by),
        label=machine_share.label(article, context, cleared_by),
        share=machine_share.machine_share(article, context),
        cleared=cleared_by,
        sources=sources,
        drafts={
            unit_id: compose.draft(
                [compose.DraftSource(each.place.slug, each.unit) for each in sentences], place.locale
            )
            for unit_id, sentences in sources.items()
        },
        blockers={unit.id: reason for unit, reason in reversed(kept_back(article, context))},
        unplaced=_unplaced(actor.project, article, context, place.locale),
        is_live=live.is_live(article),
        to_come=named(to_come),
        finished=len(live.finished(article, context.reports, context.settings.compose_requires)),
        left_out=tuple(zip(named(each for each, _why in left_out), (why for _each, why in left_out), strict=True)),
        embargo=story.embargo(article, context) if story.is_embargoed(article, context, actor.now) else "",
        confidential=story.is_confidential(article, context),
        pages=page_state(article, context),
        needs_reason_to_clear=context.settings.clear_alone and credits.story_main_author(article) == actor.who,
        article=article,
        mark=clearance_digest(article, context, ""),
    )


def _cleared_by(article: Catalog, context: PrintContext) -> str:
    """Return the id of the editor whose clearance covers the current state; empty for none."""
    clearance = read_clearance(article)
    return clearance.who if clearance and is_cleared(article, context) else ""


def _numbers(context: PrintContext) -> dict[Ref, int]:
    return {
        Ref(slug, unit.id): number
        for slug, catalog in context.reports.items()
        for number, unit in enumerate(catalog.units, 1)
    }


def _page_sources(
    project: Project, numbers: Mapping[Ref, int], locale: str, sentences: Iterable[compose.DraftSource]
) -> tuple[PageSource, ...]:
    def source(each: compose.DraftSource) -> PageSource:
        report, number = CatalogRef(locale, "reports", each.report), numbers[each.ref]
        return PageSource(report, number, each.unit, project.ref(report, number))

    return tuple(map(source, sentences))


def _left_out(context: PrintContext) -> Iterator[tuple[compose.DraftSource, Message]]:
    """Yield the sentences that must not be printed, or that somebody left out, with the reasons."""
    for slug, catalog in context.reports.items():
        for unit in catalog.units:
            if why := why_limited(unit, context.settings) or _why_omitted(unit, context.settings):
                yield compose.DraftSource(slug, unit), why


def _why_omitted(unit: Unit, settings: Settings) -> Message:
    if unit.omitted is None:
        return NOTHING
    return MESSAGES("omitted", who=shown_name(settings, unit.omitted.who), why=unit.omitted.reason)


def _byline(article: Catalog, context: PrintContext, locale: str) -> str:
    names = printed_reporters(article, context)
    return phrases.byline(names, locale) if names else ""


def _credits(article: Catalog, context: PrintContext, locale: str, cleared_by: str) -> str:
    groups = credits.credits(article, context.settings, cleared_by, withheld_people(article), context.adapted)
    return credits.credit_line(groups, locale)


def _unplaced(project: Project, article: Catalog, context: PrintContext, locale: str) -> tuple[str, ...]:
    numbers = _numbers(context)
    return tuple(
        project.ref(CatalogRef(locale, "reports", each.report), numbers[each.ref])
        for each in compose.unplaced(article, context.reports)
    )


def page_stamps(project: Project, place: CatalogRef) -> tuple[object, ...]:
    """Return a value that changes when a catalog of the page does, cheap enough to poll."""
    slugs = header_field(project.text(place), "X-Reports").split()
    places = [place, *(CatalogRef(place.locale, "reports", slug) for slug in slugs)]
    return tuple((each, project.stamp(each)) for each in places if project.exists(each))


def stories_from(project: Project, report: CatalogRef) -> list[CatalogRef]:
    """Return the stories that use a report."""
    found = []
    for place in project.catalogs(report.locale, "articles"):
        if report.slug in header_field(project.text(place), "X-Reports").split():
            found.append(place)
    return found


FIELDS = ("headline", "deck", "byline", "dateline", "body", "credits", "label", "whole")


def fields(actor: Actor, place: CatalogRef) -> dict[str, str]:
    """Return the story's fields as plain text, to be pasted into another system.

    Raise RefusedError if the story must not print, or is under embargo. Loads markdown-it, which a
    story that is only read does not need.
    """
    from transflow.renderers.formatting import markup

    article = actor.project.load(place)
    context = load_print_context(actor.project, place.locale, article)
    if why := story.why_embargoed(article, context, actor.now):
        raise RefusedError(MESSAGES("not-copied", place=str(place), why=why))
    printed = story.story(article, context, actor.now, as_draft=True)
    bare = replace(
        printed, headline="", deck="", byline="", dateline="", date="", credit_line="", label="", draft=False
    )
    templates = template_reader(actor.project)
    return {
        "headline": markup.plain(printed.headline),
        "deck": markup.plain(printed.deck),
        "byline": printed.byline,
        "dateline": printed.dateline,
        "body": renderers.render(bare, "txt", templates).strip(),
        "credits": printed.credit_line,
        "label": printed.label,
        "whole": renderers.render(printed, "txt", templates),
    }
