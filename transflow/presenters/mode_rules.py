"""Rules of the modes over one catalog: which units are wanted, progress, and what comes next.

Invariant: the rules depend on the catalog only; screens and the linear mode follow the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from transflow.messages import Messages
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.i18n import _, count, say

MESSAGES = Messages(
    __name__,
    {
        "none": "There is none.",
        "changed-by-others": "Somebody else changed this sentence.",
        "also-open": "also open: {people}",
        "another-window": "your other window",
        "errors": (
            "Every sentence has its text, but {n} has an error: number {first}.",
            "Every sentence has its text, but {n} have errors, the first is number {first}.",
        ),
    },
)


class ModeRules(Protocol):
    """Rules of one mode."""

    leads_to_errors: bool
    """True if the first unit with an error comes next where no unit is wanted."""

    def title(self) -> str:
        """Return the name of the mode."""
        ...

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        """Return whether the unit at an index is one to stop at."""
        ...

    def all_done_message(self, view: CatalogView) -> str:
        """Return the message for the case that no unit is wanted any more."""
        ...

    def progress(self, view: CatalogView) -> str:
        """Return the progress."""
        ...


class Translating:
    """Rules of Translate: unfinished units are wanted, of a person's own if they have some here."""

    leads_to_errors = True

    def title(self) -> str:
        return _("Translate")

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        return view.is_unfinished(index) and (not view.mine or index in view.mine)

    def all_done_message(self, view: CatalogView) -> str:
        left = [index for index in range(len(view.units)) if view.is_unfinished(index)]
        if not left:
            return self._errors(view) or _("Everything here is done.")
        if any(self.is_wanted(view, index) for index in left):
            return _("Nothing more is left in what the filter shows. Esc: all sentences.")
        return count(
            "Your sentences here are all done. {n} sentence of others is left.",
            "Your sentences here are all done. {n} sentences of others are left.",
            len(left),
        )

    def _errors(self, view: CatalogView) -> str:
        """Return how many sentences have errors; "" if none has."""
        found = [index for index in range(len(view.units)) if has_error(view, index)]
        return say(MESSAGES("errors", n=len(found), first=found[0] + 1)) if found else ""

    def progress(self, view: CatalogView) -> str:
        return translation_progress(view)


def has_error(view: CatalogView, index: int) -> bool:
    """Return whether the unit at an index has a text with an error that is not waived."""
    unit = view.units[index]
    return not (unit.omitted or unit.cut) and any(issue.severity == "error" for issue in view.issues(unit))


class Reviewing:
    """Rules of Review: translated units that nobody approved are wanted."""

    leads_to_errors = False

    def title(self) -> str:
        return _("Review")

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        return view.states[index] == "translated"

    def all_done_message(self, view: CatalogView) -> str:  # noqa: ARG002 - says nothing about the rest
        return _("Nothing more waits for review here.")

    def progress(self, view: CatalogView) -> str:
        approved = sum(state in ("approved", "omitted") for state in view.states)
        words = _("{done} of {whole} reviewed · {left} to read")
        return words.format(done=approved, whole=len(view.states), left=view.states.count("translated"))


class Composing:
    """Rules of Story: paragraphs that are unfinished or otherwise kept back are wanted."""

    leads_to_errors = False

    def __init__(
        self, is_kept_back: Callable[[Unit], bool], progress: Callable[[], str], empty_words: Callable[[], str]
    ) -> None:
        self._is_kept_back, self._progress, self._empty_words = is_kept_back, progress, empty_words

    def title(self) -> str:
        return _("Story")

    def is_wanted(self, view: CatalogView, index: int) -> bool:
        return view.is_unfinished(index) or self._is_kept_back(view.units[index])

    def all_done_message(self, view: CatalogView) -> str:
        return _("Everything here is done.") if view.units else self._empty_words()

    def progress(self, view: CatalogView) -> str:  # noqa: ARG002 - that of the page
        return self._progress()


def also_open(others: Sequence[str], who: str, person: Callable[[str], str]) -> str:
    """Return who else has a catalog open; "" if nobody has.

    `others` are ids, among them that of the person `who` for another window of theirs.
    """
    names = [say(MESSAGES("another-window")) if each == who else person(each) for each in others]
    return say(MESSAGES("also-open", people=", ".join(names))) if names else ""


def translation_progress(view: CatalogView) -> str:
    """Return how many units are done, and how many words are left."""
    done, whole, words = view.progress()
    return _("{done} of {whole} done · {words} words left").format(done=done, whole=whole, words=words)


class NextUnit(NamedTuple):
    """Row of the unit that comes next, and whether it is a wanted one."""

    row: int
    is_wanted: bool


def next_unit(view: CatalogView, row: int, rules: ModeRules) -> NextUnit:
    """Return the next wanted unit after a row; if there is none, the first with an error, or else
    the one below.
    """
    found = view.next(row, lambda index: rules.is_wanted(view, index))
    if found is not None:
        return NextUnit(found, True)
    erroneous = view.next(-1, lambda index: rules.leads_to_errors and has_error(view, index))
    return NextUnit(row + 1 if erroneous is None else erroneous, False)
