"""Register of the corrections, clarifications and withdrawals of a project.

It has no text of a story.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.project.stats import month as month_named
from transflow.attribution.shown_people import shown_id
from transflow.project import CatalogRef
from transflow.stories import register
from transflow.stories.register import RegisterEntry


class StoryNotice(NamedTuple):
    """An entry of the register, of one story. A protected person has no name in it."""

    place: CatalogRef
    entry: RegisterEntry


def notices(actor: Actor, month: str = "", locale: str = "") -> list[StoryNotice]:
    """Return the entries of a month such as `2024-03`, or all, in order of time.

    Raise UsageError.
    """
    period = month_named(month, actor.project.settings.timezone, actor.now) if month else None
    return sorted(
        (
            each
            for each in _all_notices(actor, locale)
            if period is None or period.start <= each.entry.time < period.end
        ),
        key=lambda each: (each.entry.time, each.place),
    )


def _all_notices(actor: Actor, locale: str) -> Iterator[StoryNotice]:
    project = actor.project
    for name in (locale,) if locale else project.listed_locales:
        for place in project.catalogs(name, "articles"):
            for entry in register.entries(project.load(place)):
                who = entry.who and shown_id(project.settings, entry.who)
                yield StoryNotice(place, entry._replace(who=who))
