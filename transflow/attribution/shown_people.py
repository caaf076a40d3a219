"""Ids and names of people as output may have them, so that it identifies no protected person."""

from __future__ import annotations

import re

from transflow.messages import NOTHING, Message, Messages
from transflow.model.settings import Settings

MESSAGES = Messages(__name__, {"somebody": "somebody"})
DRAWN_ID = re.compile(r"p-(?:[0-9a-z]{4}|(?=[a-z]*[0-9])[0-9a-z]{1,8})")
"""Ids that count as drawn at random, including those that people draw by hand."""


def is_shown(settings: Settings, person_id: str) -> bool:
    """Return True if an id may appear in statistics and findings without identifying anybody.

    An id that is not in transflow.toml may be the former id of a protected person, so it is shown
    only in projects that protect nobody.
    """
    person = settings.person(person_id)
    if person is None:
        return not any(each.protected for each in settings.people)
    return not person.protected or bool(DRAWN_ID.fullmatch(person_id))


def shown_id(settings: Settings, person_id: str) -> str:
    """Return a person's id for statistics and findings, which CI prints publicly, or "somebody"."""
    return person_id if is_shown(settings, person_id) else "somebody"


def shown_name(settings: Settings, person_id: str, unnamed: Message = NOTHING) -> str:
    """Return the name of a person for messages; of a protected one the id that may be shown.

    `unnamed` stands for somebody whose id may not be shown, by default “somebody”.
    """
    person = settings.person(person_id)
    if not person_id or not is_shown(settings, person_id):
        return unnamed or MESSAGES("somebody")
    return person.name if person and person.name and not person.protected else person_id
