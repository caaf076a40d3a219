"""Lists of the units of an open catalog, and a search of the whole project."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from transflow.actions.language.concordance import search
from transflow.errors import UsageError
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.dialogues.searching import hit_lines, search_summary
from transflow.presenters.filtering import parse
from transflow.presenters.i18n import _, count, mark
from transflow.presenters.unit_lines import flags, state_word
from transflow.tui.plain.commands import Command
from transflow.tui.plain.position import Position
from transflow.units.workflow import unwaived

_MAX_RESULTS = 50
"""Maximum number of results of a search of the project."""
LIST = Command(
    "l",
    ("list", "목록"),
    "tell_list",
    mark("all of them, a line each; or those that a filter lets through"),
    mark("FILTER"),
)
FIND = Command(
    "/", ("find", "찾기"), "find", mark("where words stand in the whole project, on either side"), mark("WORDS")
)


class IssueFinder(Protocol):
    """Checks of an open catalog."""

    def __init__(self, position: Position) -> None: ...

    def of(self, unit: Unit) -> list[Issue]:
        """Return the issues of a unit that are not waived."""
        ...


class UnitIssues:
    """Checks of an open report."""

    def __init__(self, position: Position) -> None:
        self._position = position

    def of(self, unit: Unit) -> list[Issue]:
        """Return the issues of a unit that are not waived."""
        checker = self._position.session.assistants.checker
        if checker is None or not unit.target:
            return []
        return unwaived(unit, checker.check(unit, self._position.context(unit)))


class Listing:
    """Commands that list units, and places in the project."""

    def __init__(self, position: Position, issues: IssueFinder) -> None:
        self._position, self._issues = position, issues
        self._session, self._talk, self._view = position.session, position.session.talk, position.view

    @property
    def commands(self) -> dict[str, Callable[[str], None]]:
        return {"tell_list": self.tell_list, "find": self.find}

    def tell_list(self, filter_text: str) -> None:
        """Print a line for each unit that passes a filter."""
        view = self._view
        self._check_all()
        try:
            view.apply(parse(filter_text))
        except UsageError as error:
            self._session.refuse(error.message)
            return
        for index in view.visible:
            unit = view.units[index]
            marks = flags(view.filtered_unit(unit))
            state = state_word(view.states[index])
            self._talk.say(f"{index + 1} {state} {marks}".rstrip() + f": {view.text(unit) or unit.source}")
        self._talk.say(count("{n} of them.", "{n} of them.", len(view.visible)))
        view.apply(parse(""))

    def _check_all(self) -> None:
        """Check all unchecked units, so that the list can show which ones have warnings."""
        for unit in self._view.unchecked() if self._session.assistants.checker is not None else ():
            self._view.store_issues(unit, self._issues.of(unit))

    def find(self, words: str) -> None:
        """Print the places in the project where words stand."""
        words = words or self._talk.ask(_("Which words?") + " ").strip()
        if words:
            hits = self._session.run_action(search, words, _MAX_RESULTS) or ()
            self._talk.say(*hit_lines(hits), search_summary(words, hits))
