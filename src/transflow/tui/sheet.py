"""A catalog as a person has it open: which units they see, what they have typed, how far it is.

Invariant: the catalog is always one that was read from the disk; what is typed and not confirmed is in the journal and
nowhere else. A unit is named by its id, because others may join, split or move units at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transflow.marks import text_mark
from transflow.model import DONE, Catalog, Issue, State, Unit
from transflow.project import Place
from transflow.tui.filtering import Filter, Seen
from transflow.tui.journal import Draft, Journal
from transflow.workflow import state, unwaived


class Sheet:
    """`visible` are the places of the units that the filter lets through, in catalog order."""

    def __init__(self, place: Place, catalog: Catalog, journal: Journal) -> None:
        self.place, self._journal = place, journal
        self.filter = Filter()
        self.warnings: dict[str, Sequence[Issue]] = {}
        """Of the units that were checked, by id, for their text on the disk."""
        self.catalog = catalog
        self._index(catalog)
        self.visible = list(range(len(catalog.units)))

    def take(self, catalog: Catalog) -> None:
        """Shows another state of the catalog."""
        old = {unit.id: unit for unit in self.catalog.units}
        self.catalog = catalog
        self._index(catalog)
        for unit in catalog.units:
            if unit.id in self.warnings and old.get(unit.id) != unit:
                del self.warnings[unit.id]
        self._forget_saved()
        self.apply(self.filter)

    def _index(self, catalog: Catalog) -> None:
        self.units = catalog.units
        self.places = {unit.id: i for i, unit in enumerate(catalog.units)}
        self.states: list[State] = [state(unit) for unit in catalog.units]
        self._spaced = catalog.header.get("X-Source-Language").replace("-", "_").split("_")[0] not in ("zh", "ja")

    def _forget_saved(self) -> None:
        """Drops the drafts that say what is on the disk."""
        for unit_id, draft in self._journal.of(self.place.path).items():
            unit = self.find(unit_id)
            if unit is not None and unit.target == draft.text:
                self._journal.drop(self.place.path, unit_id)

    # Units

    def find(self, unit_id: str) -> Unit | None:
        """A live unit, or the one that it lives on in."""
        if unit_id in self.places:
            return self.units[self.places[unit_id]]
        return next((unit for unit in self.units if unit_id in unit.joined), None)

    def number(self, unit_id: str) -> int:
        """1-based place in the catalog."""
        return self.places[unit_id] + 1

    def ref(self, *unit_ids: str) -> str:
        """What an action takes for these units."""
        return f"{self.place}#{','.join(unit_ids)}"

    def neighbours(self, unit_id: str) -> tuple[Unit | None, Unit | None]:
        at = self.places[unit_id]
        return (self.units[at - 1] if at else None, self.units[at + 1] if at + 1 < len(self.units) else None)

    # Drafts

    def draft(self, unit_id: str) -> Draft | None:
        return self._journal.get(self.place.path, unit_id)

    def text(self, unit: Unit) -> str:
        """What the editor shows: the draft, else the text; for a paragraph that nobody wrote yet, what its reports give."""
        draft = self.draft(unit.id)
        return draft.text if draft is not None else _saved(unit)

    def since(self, unit: Unit) -> str:
        """The text mark of the unit that the person had read when they began to write."""
        draft = self.draft(unit.id)
        return draft.since if draft is not None and draft.since else text_mark(unit)

    def is_outdated(self, unit: Unit) -> bool:
        """Whether somebody changed the unit since its draft was begun."""
        return self.draft(unit.id) is not None and self.since(unit) != text_mark(unit)

    def typed(self, unit: Unit, text: str, now: str) -> None:
        """Puts what is typed into the journal; a text as it is on the disk is no draft."""
        if text == _saved(unit) and not self.is_outdated(unit):
            self._journal.drop(self.place.path, unit.id)
        else:
            self._journal.put(self.place.path, unit.id, Draft(text, self.since(unit), now))

    def settle(self, unit_id: str) -> None:
        """Drops a draft, because it was saved or given up."""
        self._journal.drop(self.place.path, unit_id)

    def read_anew(self, unit: Unit, text: str, now: str) -> None:
        """The person has seen the unit as it is now: a draft from here on stands against that."""
        self._journal.put(self.place.path, unit.id, Draft(text, text_mark(unit), now))

    # What is seen

    def seen(self, unit: Unit) -> Seen:
        return Seen(unit, self.draft(unit.id) is not None, len(unwaived(unit, self.warnings.get(unit.id, ()))))

    def apply(self, wanted: Filter) -> None:
        self.filter = wanted
        self.visible = [i for i, unit in enumerate(self.units) if wanted(self.seen(unit))]

    def row(self, unit_id: str) -> int:
        """The row of a unit in the list, or of the nearest one after it that is seen."""
        at = self.places.get(unit_id, 0)
        return next((row for row, place in enumerate(self.visible) if place >= at), len(self.visible) - 1)

    def next(self, start: int, wanted: Callable[[int], bool], step: int = 1) -> int | None:
        """The next row after (or before) `start`, going round once, whose unit's place is wanted; None for none."""
        count = len(self.visible)
        for distance in range(1, count + 1):
            row = (start + step * distance) % count
            if wanted(self.visible[row]):
                return row
        return None

    def is_unfinished(self, place: int) -> bool:
        return self.states[place] not in DONE

    # How far it is

    def words(self, unit: Unit) -> int:
        """Of the source."""
        return unit.source.count(" ") + 1 if self._spaced else len(unit.source)

    def progress(self) -> tuple[int, int, int]:
        """Units done, units in all, words of the source left."""
        left = [unit for unit, state in zip(self.units, self.states, strict=True) if state not in DONE]
        return len(self.units) - len(left), len(self.units), sum(map(self.words, left))


def _saved(unit: Unit) -> str:
    return unit.target or (unit.source if unit.refs else "")
