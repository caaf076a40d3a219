"""The live pages of all stories against the record, as findings for a run by cron.

Invariant: findings are warnings and hints, and no part of the gate. A page that could not be read
is never a pass, and none of them quotes a text that is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from transflow.actions import Actor
from transflow.actions.stories import live_page
from transflow.actions.stories.live_page import FoundDifference, PageLook
from transflow.actions.web import web_access
from transflow.actions.withheld import is_withheld
from transflow.findings import Verdict, without_text
from transflow.messages import Messages
from transflow.model.issue import Issue, Location, Severity
from transflow.model.settings import Person
from transflow.project import CatalogRef, Project

MESSAGES = Messages(
    __name__,
    {
        "page.changed": "{address} has: {live}",
        "page.missing": "{address} does not have it: {recorded}",
        "page.head": "{address} does not have the {part}, which its design may not print.",
        "page.added": "{address} has a paragraph that the record does not have: {live}",
        "page.moved": "{address} has it elsewhere.",
        "page.unread": "{address} could not be read: {why}",
        "page.newer": "{address} has an earlier version: a newer one is ready.",
        "headline": "headline",
        "deck": "deck",
        "byline": "byline",
        "credit": "credit line",
        "paragraph": "paragraph",
    },
)


def check_pages(
    project: Project,
    now: str,
    verdict: Verdict,
    locales: Sequence[str] = (),
    progress: Callable[[int, int], None] = lambda *_: None,
) -> None:
    """Add to a verdict what differs between the recorded pages and the record."""
    actor, access = Actor(project, Person(""), now), web_access()
    places = [
        place
        for locale in project.settings.locales
        if not locales or locale in locales
        for place in project.catalogs(locale, "articles")
        if live_page.recorded_addresses(project.load(place))
    ]
    for number, place in enumerate(places):
        progress(number, len(places))
        verdict.catalogs.append(place.path)
        for page in live_page.look(actor, str(place), access=access).pages:
            _add(actor, verdict, place, page)
    progress(len(places), len(places))


def _add(actor: Actor, verdict: Verdict, place: CatalogRef, page: PageLook) -> None:
    if page.why_unread:
        verdict.unreadable.add(page.address)
    is_quiet = is_withheld(actor.project, place, actor.now)
    for issue in _issues(place, page):
        verdict.issues.append(without_text(issue) if is_quiet else issue)


def _issues(place: CatalogRef, page: PageLook) -> Iterator[Issue]:
    whole = Location(place.path, label=str(place))
    if page.why_unread:
        message = MESSAGES("page.unread", address=page.address, why=page.why_unread)
        yield Issue("page.unread", "warning", message, location=whole)
    if page.has_newer:
        yield Issue("page.newer", "hint", MESSAGES("page.newer", address=page.address), location=whole)
    for each in page.differences:
        yield _issue(place, page.address, each)


def _issue(place: CatalogRef, address: str, found: FoundDifference) -> Issue:
    difference = found.difference
    part = difference.part
    check = "page.head" if difference.is_head else f"page.{difference.kind}"
    values = {
        "live": difference.live,
        "recorded": part.text if part else "",
        "part": MESSAGES(part.role) if part else "",
    }
    severity: Severity = "hint" if difference.is_head else "warning"
    label = f"{place.locale}:{found.ref.removeprefix(f'{place.locale}:')}" if found.ref else str(place)
    location = Location(place.path, unit=part.key if part and found.ref else "", label=label)
    return Issue(check, severity, MESSAGES(check, address=address, **values), location=location)
