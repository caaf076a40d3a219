"""Overview: one row per report and story, with progress, people, deadlines and open questions.

Invariant: a catalog that cannot be read is a row with the reason; it does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.project.counting import count
from transflow.actions.project.status import article_row
from transflow.errors import TransflowError
from transflow.model.unit import State
from transflow.project import CatalogRef
from transflow.stories.page_state import PageState

_HEADLINE = re.compile(r'^#\. headline\n(?:#.*\n)*msgctxt ".*"\nmsgid "(.*)"\nmsgstr "(.*)"$', re.MULTILINE)
"""The headline as transflow writes it, on one line; a longer one is ignored."""
_ASSIGNED = re.compile(r"^# @assigned (\S+)(?: due=(\S+))?", re.MULTILINE)


_SHOWN: tuple[tuple[State, ...], ...] = (
    ("approved", "omitted", "cut"),
    ("translated",),
    ("needs-work",),
    ("untranslated",),
)


class OverviewRow(NamedTuple):
    """Row of one catalog. Percentages are of its units, rounded down to a tenth."""

    place: CatalogRef
    is_read: bool = False
    """True once the other fields are filled."""
    done: float = 0.0
    approved: float = 0.0
    changed: int = 0
    overdue: int = 0
    questions: int = 0
    conflicts: int = 0
    void: int = 0
    people: tuple[str, ...] = ()
    """Ids of the assigned people, in order of the text."""
    due: str = ""
    """The earliest deadline, UTC; empty for none."""
    article: str = ""
    """The state of an article; empty for a report."""
    to_come: int | None = None
    """Number of sentences that a live story does not have yet; None if it is not live."""
    second_read_owed: bool = False
    """True if a second read is owed."""
    unexamined: int = 0
    """Number of printed paragraphs that the desk's rule about machines keeps back."""
    pages: PageState = ""
    """State of the pages of a published story."""
    units: tuple[int, ...] = (0, 0, 0, 0)
    """Numbers of units: approved or left out, translated, fuzzy, untranslated."""
    title: str = ""
    """The headline's text, or its source if it has none."""
    problem: str = ""
    """Reason why the catalog cannot be read; empty if it can."""

    def search_text(self, person: Callable[[str], str]) -> str:
        """Return the case-folded text that a filter searches."""
        names = " ".join(f"{who} {person(who)}" for who in self.people)
        return f"{self.place} {self.article} {names} {self.title}".casefold()


def overview(actor: Actor, places: Iterable[CatalogRef] | None = None) -> Iterator[OverviewRow]:
    """Yield a row for each catalog of the project, or for these ones."""
    for place in actor.project.all_catalogs() if places is None else places:
        try:
            yield _row(actor, place)
        except TransflowError as error:
            yield OverviewRow(place, is_read=True, problem=error.message)


def _row(actor: Actor, place: CatalogRef) -> OverviewRow:
    text = actor.project.text(place)
    row = article_row(actor.project, place, actor.now) if place.folder == "articles" else None
    counts = row.counts if row else count(text, place.path, actor.now)
    assigned = _ASSIGNED.findall(text)
    done = counts.share("translated", "approved", "omitted", "cut")
    return OverviewRow(
        place,
        is_read=True,
        done=done,
        approved=counts.share("approved", "omitted", "cut"),
        changed=row.stale if row else counts.changed,
        overdue=counts.overdue,
        questions=counts.questions,
        conflicts=counts.conflicts,
        void=counts.void,
        people=tuple(dict.fromkeys(who for who, _due in assigned)),
        due=min((due for _who, due in assigned if due), default="") if done < 100 else "",
        article=row.article if row else "",
        to_come=row.to_come if row else None,
        second_read_owed=bool(row and row.second_read_owed),
        unexamined=row.unexamined if row else 0,
        pages=row.page_state if row else "",
        units=tuple(sum(counts.units[state] for state in states) for states in _SHOWN),
        title=headline_in(text),
    )


def headline_in(text: str) -> str:
    """Return the headline in the text of a catalog, or its source if it has none."""
    found = _HEADLINE.search(text)
    return (found[2] or found[1]).replace('\\"', '"').replace("\\\\", "\\") if found else ""
