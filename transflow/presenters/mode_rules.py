"""Rules of the modes over one catalog: which units are wanted, progress, and what comes next.

Invariant: the rules depend on the catalog only; screens and the linear mode follow the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import NamedTuple, Protocol

from transflow.messages import Messages
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.i18n import _

MESSAGES = Messages(
    __name__,
    {
        "none": "There is none.",
        "changed-by-others": "Somebody else changed this sentence.",
        "also-open": "also open: {people}",
    },
)


class ModeRules(Protocol):
    """Rules of one mode."""

    def title(self) -> str:
        """Return the name of the mode."""
        ...

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        """Return whether the unit at an index is one to stop at."""
        ...

    def all_done_message(self) -> str:
        """Return the message for the case that no unit is wanted any more."""
        ...

    def progress(self, view: CatalogView) -> str:
        """Return the progress."""
        ...


class Translating:
    """Rules of Translate: unfinished units are wanted."""

    def title(self) -> str:
        return _("Translate")

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        return view.is_unfinished(index)

    def all_done_message(self) -> str:
        return _("Everything here is done.")

    def progress(self, view: CatalogView) -> str:
        return translation_progress(view)


class Reviewing:
    """Rules of Review: translated units that nobody approved are wanted."""

    def title(self) -> str:
        return _("Review")

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        return view.states[index] == "translated"

    def all_done_message(self) -> str:
        return _("Nothing more waits for approval here.")

    def progress(self, view: CatalogView) -> str:
        approved = sum(state in ("approved", "omitted") for state in view.states)
        words = _("{done} of {whole} approved · {left} to read")
        return words.format(done=approved, whole=len(view.states), left=view.states.count("translated"))


class Composing:
    """Rules of Story: paragraphs that are unfinished, or kept back for another reason, are wanted.

    `blockers` returns the ids of paragraphs that are kept back.
    """

    def __init__(self, blockers: Callable[[], Container[str]], progress: Callable[[], str]) -> None:
        self._blockers, self._progress = blockers, progress

    def title(self) -> str:
        return _("Story")

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        return view.is_unfinished(index) or view.units[index].id in self._blockers()

    def all_done_message(self) -> str:
        return _("Everything here is done.")

    def progress(self, view: CatalogView) -> str:  # noqa: ARG002 - that of the page
        return self._progress()


def translation_progress(view: CatalogView) -> str:
    """Return how many units are done, and how many words are left."""
    done, whole, words = view.progress()
    return _("{done} of {whole} done · {words} words left").format(done=done, whole=whole, words=words)


class NextUnit(NamedTuple):
    """Row of the unit that comes next, and whether it is a wanted one."""

    row: int
    is_wanted: bool


def next_unit(view: CatalogView, row: int, rules: ModeRules) -> NextUnit:
    """Return the next wanted unit after a row; if there is none, the one below."""
    found = view.next(row, lambda index: rules.is_wanted(view, index))
    return NextUnit(row + 1, False) if found is None else NextUnit(found, True)
