"""Publication addresses of stories, killed stories, and withheld names.

Invariant: records of publications are never dropped; every action here returns the addresses whose
page differs from what would be printed now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.refs import unit_ref
from transflow.actions.stories import corrections_page, reprint
from transflow.actions.stories.changed_figures import ChangedFigure, changed_figures
from transflow.actions.stories.print_context import load_print_context
from transflow.attribution import credits
from transflow.errors import RefusedError, UnknownNameError, UsageError
from transflow.messages import CommandRef, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.model.unit import Act
from transflow.project import CatalogRef, Project
from transflow.report.front import when
from transflow.stories import corrections, publications, story
from transflow.stories.clearance import is_cleared, read_clearance
from transflow.stories.printed import PrintContext, bylines, outdated_publications, printed_digest, printed_units
from transflow.stories.publications import CAUSES, Notice, Publication, checked_address
from transflow.text import clean, one_line

MESSAGES = Messages(
    __name__,
    {
        "future": "{time} is still to come: record it when the story is out.",
        "killed": "{place} was killed: it is not to go out. {command} takes that back.",
        "not-cleared": "{place} is not cleared as it is now: an editor reads it and clears it first.",
        "embargoed": "{place} is not to go out: {why}",
        "no-time": "“{text}” is no time: write 2024-03-26 18:00, or 2024-03-26T09:00:00Z.",
        "no-note/correction": "{place} has no correction note for readers: begin with {command}, or record it as an update.",
        "no-note/clarification": "{place} has no clarification for readers: begin with {command}, or record it as an update.",
        "no-cause": "say with --cause where the mistake was made: {causes}.",
        "no-notice": "{place} is published nowhere: there is nothing to give notice of.",
        "no-editor/kill": "{who} is no editor: an editor kills a story.",
        "kill-why": "say why: a story that is killed needs a reason.",
        "no-editor/withhold": "{who} is no editor: people withhold their own names, editors anybody's.",
    },
)

_BEGIN = {"correction": "correct STORY#N", "clarification": "correct STORY#N --kind clarification"}
"""Kind of note -> the command that begins one."""


class PublishedPages(NamedTuple):
    """A story, and the addresses whose page differs from what would be printed now."""

    place: CatalogRef
    addresses: tuple[str, ...]


class PublishedStory(NamedTuple):
    """The result of an action on published stories: pages to change, and the renewed output."""

    stories: tuple[PublishedPages, ...]
    output: reprint.RenewedOutput = reprint.RenewedOutput()
    mentions: tuple[str, ...] = ()
    """References to paragraphs whose text contains the name; they are not changed."""


# Publications


class Recorded(NamedTuple):
    """A story after a page was recorded, and what follows from it."""

    article: Catalog
    unchanged: tuple[str, ...]
    """Addresses that were recorded before with the same content."""
    output: reprint.RenewedOutput = reprint.RenewedOutput()
    figures: tuple[ChangedFigure, ...] = ()
    """Figures that readers saw and that an update changed."""


def record_publication(actor: Actor, name: str, addresses: Sequence[str], at: str = "", kind: str = "") -> Recorded:
    """Record that the story in its current state is published at these addresses.

    `at` is the time, by default now, and `kind` one of `VERSIONS`. Raise RefusedError if the
    story is not cleared, or under embargo.
    """
    place = actor.project.find_catalog(name, "articles")
    time = _past_time(actor, at) if at else actor.now
    already: list[str] = []
    before, is_update = Catalog(), False

    def change(article: Catalog) -> Catalog:
        nonlocal before, is_update
        context = load_print_context(actor.project, place.locale, article)
        _check_may_be_published(place, article, context, actor.now)
        printed = printed_digest(article, context)
        before, is_update, noted = article, False, corrections.newest_notes(article)
        if kind in publications.NOTED and kind not in noted and printed not in publications.versions(article):
            raise RefusedError(MESSAGES(f"no-note/{kind}", place=str(place), command=CommandRef(_BEGIN[kind])))
        already.clear()
        for each in dict.fromkeys(addresses):
            version = kind or publications.default_kind(before, checked_address(each), printed, noted)
            new = publications.with_publications(article, [Publication(time, each, printed, version)])
            already.extend([each] if new is article else [])
            is_update = is_update or (new is not article and version == "update")
            article = new
        return article

    article = recording.change(actor, place, change).catalog
    paths = corrections_page.renew(actor.project, place.locale, actor.now)
    renewed = reprint.RenewedOutput(tuple(path.relative_to(actor.project.root).as_posix() for path in paths))
    figures = changed_figures(actor, place, before, article) if is_update else ()
    return Recorded(article, tuple(already), renewed, figures)


def check_publishable(actor: Actor, place: CatalogRef) -> None:
    """Raise RefusedError for a story whose publication could not be recorded now."""
    article = actor.project.load(place)
    _check_may_be_published(place, article, load_print_context(actor.project, place.locale, article), actor.now)


def _past_time(actor: Actor, at: str) -> str:
    """Return a time that somebody typed, in UTC. Raise UsageError for one that is to come."""
    time = parse_time(at, actor.project.settings.timezone, actor.now)
    if time > actor.now:
        raise UsageError(MESSAGES("future", time=at))
    return time


def _check_may_be_published(place: CatalogRef, article: Catalog, context: PrintContext, now: str) -> None:
    """Raise RefusedError for a story that is killed, not cleared or under embargo."""
    if article.header.get("X-Killed"):
        raise RefusedError(MESSAGES("killed", place=str(place), command=CommandRef(f"kill {place} --undo")))
    if not is_cleared(article, context):
        raise RefusedError(MESSAGES("not-cleared", place=str(place)))
    if why := story.why_embargoed(article, context, now):
        raise RefusedError(MESSAGES("embargoed", place=str(place), why=why))


def set_first_publication(actor: Actor, name: str, at: str) -> Catalog:
    """Record when a story was first published, whatever its addresses say, and return it.

    A story that is published nowhere is published from then on, without an address. Raise
    RefusedError if it must not be.
    """
    place = actor.project.find_catalog(name, "articles")
    time = _past_time(actor, at)

    def change(article: Catalog) -> Catalog:
        context = load_print_context(actor.project, place.locale, article)
        known = publications.versions(article)
        if not publications.is_published(article):
            _check_may_be_published(place, article, context, actor.now)
        return publications.with_first_time(article, time, next(iter(known), printed_digest(article, context)))

    return actor.project.change(place, change)


def parse_time(text: str, timezone: str, now: str) -> str:
    """Parse a date or time as people write it, and return it in UTC; "now" gives `now`.

    Raise UsageError.
    """
    if text == "now":
        return now
    found = when(text, timezone)
    if found is None:
        raise UsageError(MESSAGES("no-time", text=text))
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def record_removal(actor: Actor, name: str, addresses: Sequence[str], cause: str = "", told: str = "") -> Recorded:
    """Record that the story was removed from these addresses.

    `cause` (one of `CAUSES`) and `told`, the partners that were informed, go into X-Notice. Raise
    UnknownNameError for an address where it was never published.
    """
    notice = _withdrawal_notice(actor, cause, told)
    place = actor.project.find_catalog(name, "articles")
    already: list[str] = []

    def change(article: Catalog) -> Catalog:
        known = [page.address for page in publications.publications(article)]
        already[:] = set(addresses) - {page.address for page in publications.addresses(article)}
        for each in addresses:
            if each not in known:
                raise UnknownNameError("address of the story", each, known, str(place))
            article = publications.with_withdrawal(article, each, actor.now)
        return publications.with_notice(article, notice) if notice and len(already) < len(addresses) else article

    article = recording.change(actor, place, change).catalog
    return Recorded(article, tuple(sorted(already)), reprint.renew(actor.project, [place], actor.now))


# Killed stories


def _withdrawal_notice(actor: Actor, cause: str, told: str) -> Notice | None:
    """Return the notice of a withdrawal, or None without a cause. Raise UsageError."""
    if told and not cause:
        raise UsageError(MESSAGES("no-cause", causes=", ".join(CAUSES)))
    return Notice(actor.now, actor.who, cause, "withdrawn", one_line(clean(told))) if cause else None


def check_may_kill(actor: Actor) -> None:
    """Raise RefusedError unless the user is an editor."""
    if not actor.user.has_role("editor", actor.now):
        raise RefusedError(MESSAGES("no-editor/kill", who=actor.who))


def kill(
    actor: Actor, name: str, reason: str, cause: str = "", told: str = "", *, undo: bool = False
) -> PublishedStory:
    """Kill a story so that it is not published, and remove its output; or undo that.

    `cause` and `told` of a story that was published go into X-Notice, as in `record_removal`.
    """
    check_may_kill(actor)
    if not undo and not reason.strip():
        raise UsageError(MESSAGES("kill-why"))
    place = actor.project.find_catalog(name, "articles")
    act = None if undo else Act(actor.who, actor.now, one_line(clean(reason)))
    notice = _withdrawal_notice(actor, cause, told)

    def change(article: Catalog) -> Catalog:
        if notice and (undo or not publications.is_published(article)):
            raise UsageError(MESSAGES("no-notice", place=str(place)))
        article = publications.with_notice(article, notice) if notice else article
        return publications.with_kill_record(article, act)

    recording.change(actor, place, change)
    return _result(actor, [place])


# Withheld names


def withhold(actor: Actor, person_id: str, name: str = "", *, undo: bool = False) -> PublishedStory:
    """Remove a person's name from the output of one story or of every story, or undo that.

    `name` is `[language:]story`; without a language, the story in all of them; empty for all
    stories that would print the name. Raise RefusedError for a user who may not do this.
    """
    person = actor.project.settings.person(person_id)
    if person is None:
        known = [each.id for each in actor.project.settings.people]
        raise UnknownNameError("person", person_id, known, "transflow.toml")
    if actor.who != person_id and not actor.user.has_role("editor", actor.now):
        raise RefusedError(MESSAGES("no-editor/withhold", who=actor.who))
    places = _stories_named(actor.project, name) if name else _all_stories(actor.project)
    if not name:
        is_affected = _is_withheld if undo else _would_name
        places = [place for place in places if is_affected(actor.project, place, person)]
    for place in places:
        recording.change(actor, place, lambda article: publications.with_withheld_person(article, person_id, undo=undo))
    return _result(actor, places, person)


def _stories_named(project: Project, name: str) -> list[CatalogRef]:
    locale, _, slug = name.rpartition(":")
    places = [place for place in _all_stories(project) if place.slug == slug and locale in ("", place.locale)]
    return places or [project.find_catalog(name, "articles")]


def _all_stories(project: Project) -> list[CatalogRef]:
    return [place for locale in project.settings.locales for place in project.catalogs(locale, "articles")]


def _is_withheld(project: Project, place: CatalogRef, person: Person) -> bool:
    return person.id in publications.withheld_people(project.load(place))


def _would_name(project: Project, place: CatalogRef, person: Person) -> bool:
    """True if the story prints the person's name, or would if it were not withheld.

    Covers authors, editors and the byline.
    """
    article = project.load(place)
    context = load_print_context(project, place.locale, article)
    clearance = read_clearance(article)
    credited_ids = {
        who
        for _, who in credits.owed_credits(
            article, project.settings, clearance.who if clearance else "", context.adapted
        )
    }
    return person.id in credited_ids | {who for who, _ in bylines(article, context)}


def _result(actor: Actor, places: Sequence[CatalogRef], person: Person | None = None) -> PublishedStory:
    output = reprint.renew(actor.project, places, actor.now)
    changed_pages = []
    mentions: list[str] = []
    for place in places:
        article = actor.project.load(place)
        pages = outdated_publications(article, load_print_context(actor.project, place.locale, article))
        changed_pages.append(PublishedPages(place, tuple(page.address for page in pages)))
        if person:
            mentions += _mentions(actor.project, place, article, person)
    return PublishedStory(tuple(changed_pages), output, tuple(mentions))


def _mentions(project: Project, place: CatalogRef, article: Catalog, person: Person) -> list[str]:
    """Return references to the printed paragraphs whose text contains the name."""
    names = [name for name in (person.name, *person.aliases) if name]
    return [
        unit_ref(project, article, place, unit.id)
        for unit in printed_units(article)
        if any(name in one_line(unit.target) for name in names)
    ]
