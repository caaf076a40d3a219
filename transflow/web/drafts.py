"""Texts that a person typed on a page and did not save yet, on the server.

Invariant: a typed text is in the person's journal until it is saved or given up; what a page sends
late, after the text was saved, brings no old text back.
"""

from __future__ import annotations

from collections import deque
from threading import Lock

from transflow.actions.units.remembered import MachineDraft
from transflow.model.unit import Unit
from transflow.presenters.assistants import Suggestion
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.journal import Journal, UnsavedText
from transflow.units.marks import text_digest, text_part

_SPENT = 8
"""Marks of a unit that are remembered as saved by the person."""


class TypedTexts:
    """Unsaved texts of one person. Calls may come from several threads."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self._lock = Lock()
        self._spent: dict[tuple[str, str], deque[str]] = {}
        """Unit -> marks that the person's texts were written on, and that were saved since."""
        self._offered: dict[tuple[str, str], tuple[Suggestion, ...]] = {}
        self._taken: dict[tuple[str, str], MachineDraft] = {}

    def keep(self, view: CatalogView, unit: Unit, text: str, mark: str, now: str) -> bool:
        """Keep a text that was typed on a unit with this mark. Return False if it comes late."""
        key, since = (view.place.path, unit.id), text_part(mark)
        with self._lock:
            if since in self._spent.get(key, ()):
                return False
            before = self.journal.get(*key)
            if text == unit.target and since == text_digest(unit):
                self.journal.drop(*key)
            else:
                known = unit.source if since == text_digest(unit) else ""
                source = before.source if before is not None and before.since == since else known
                self.journal.put(*key, UnsavedText(text, since, now, source))
        return True

    def saved(self, view: CatalogView, unit: Unit, mark: str) -> None:
        """Forget a text that was saved, or given up, and whatever comes late of it."""
        key = (view.place.path, unit.id)
        with self._lock:
            self._spent.setdefault(key, deque(maxlen=_SPENT)).append(text_part(mark))
            self.journal.drop(*key)
            self._taken.pop(key, None)

    def shown(self, view: CatalogView, unit: Unit) -> None:
        """Note that a page shows a unit: what is written on it from now on is no late text."""
        if spent := self._spent.get((view.place.path, unit.id)):
            with self._lock:
                while text_digest(unit) in spent:
                    spent.remove(text_digest(unit))

    # Suggestions

    def offer(self, view: CatalogView, unit: Unit, suggestions: tuple[Suggestion, ...]) -> None:
        """Remember the suggestions that a page shows."""
        self._offered[view.place.path, unit.id] = suggestions

    def take(self, view: CatalogView, unit: Unit, number: int) -> str:
        """Take a suggestion as the draft of a unit, and return its text; "" if there is none."""
        key = (view.place.path, unit.id)
        suggestions = self._offered.get(key, ())
        if not 0 < number <= len(suggestions):
            return ""
        chosen = suggestions[number - 1]
        with self._lock:
            if (machine := chosen.draft()) is not None:
                self._taken[key] = machine
        return chosen.target

    def machine(self, view: CatalogView, unit: Unit) -> MachineDraft | None:
        """Return the machine's text that the person took to make theirs."""
        return self._taken.get((view.place.path, unit.id))
