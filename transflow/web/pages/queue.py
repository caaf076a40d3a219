"""The Queue: work that waits for the person, then every report and story."""

from __future__ import annotations

from typing import NamedTuple

from starlette.responses import Response

from transflow.actions.project.overview import OverviewRow
from transflow.actions.reports.queue import Waiting
from transflow.presenters import headlines
from transflow.presenters.i18n import _, count, say
from transflow.presenters.queue_lines import (
    ARTICLE_STATES,
    SORTS,
    WAITS,
    contains_words,
    deadline,
    filter_text,
    marks,
    sort_rows,
    units_text,
)
from transflow.presenters.queue_view import mode_of_reports, target
from transflow.project import CatalogRef
from transflow.web.visit import Visit, address_of


class Card(NamedTuple):
    """A card on the page: a piece of work, or a report or story."""

    address: str
    title: str
    task: str = ""
    """Task; empty for a report or story as such."""
    size: str = ""
    due: str = ""
    overdue: bool = False
    state: str = ""
    percent: int = 0
    marks: tuple[str, ...] = ()
    people: str = ""
    problem: str = ""


def show(visit: Visit) -> Response:
    """Show the Queue."""
    now = visit.office.queue(visit.actor.who).read(visit.actor)
    words = visit.query.get("q", "").casefold().split()
    titles = {row.place: row.title or row.place.slug for row in now.rows}
    sort = visit.query.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    waiting = [
        _waiting_card(visit, each, titles[each.place])
        for each in now.waiting
        if contains_words(words, f"{each.place} {titles[each.place]} {_(WAITS[each.reason])}")
    ]
    rows = [row for row in now.rows if contains_words(words, filter_text(row, visit.formats.person))]
    groups = [
        (
            heading,
            [_card(visit, row) for row in sort_rows([each for each in rows if each.place.folder == folder], sort)],
        )
        for folder, heading in (("reports", _("Reports")), ("articles", _("Stories")))
    ]
    number = sum(max(len(each.numbers), 1) for each in now.waiting)
    return visit.page(
        "queue.html",
        waiting=waiting,
        summary=count("{n} waits for me", "{n} wait for me", number),
        groups=[group for group in groups if group[1]],
        sorts=[(each, _(each)) for each in SORTS],
        sort=sort,
        words=visit.query.get("q", ""),
        hidden=now.hidden,
    )


def _waiting_card(visit: Visit, each: Waiting, title: str) -> Card:
    settings = visit.actor.project.settings
    wanted = target(each)
    mode = wanted.mode if each.place.folder == "reports" else ""
    if each.reason == "assign":
        mode = mode_of_reports(visit.actor.user, visit.actor.now)
    name = f"{each.place.locale} {title}" if len(settings.locales) > 1 else title
    return Card(
        address_of(each.place, mode=mode, waits=each.reason if each.numbers else ""),
        name,
        _(WAITS[each.reason]),
        units_text(each),
        deadline(each.due, each.overdue, visit.formats.time),
        each.overdue,
    )


def _card(visit: Visit, row: OverviewRow) -> Card:
    mode = mode_of_reports(visit.actor.user, visit.actor.now) if row.place.folder == "reports" else ""
    address = address_of(row.place, mode=mode)
    if row.problem:
        return Card(address, row.place.slug, problem=say(row.problem))
    return Card(
        address,
        _title(row.place),
        due=deadline(row.due, bool(row.overdue), visit.formats.time),
        overdue=bool(row.overdue),
        state=_(ARTICLE_STATES[row.article]) if row.article else "",
        percent=int(row.done),
        marks=tuple(marks(row)),
        people=", ".join(map(visit.formats.person, row.people)),
    )


def _title(place: CatalogRef) -> str:
    return headlines.title(place)
