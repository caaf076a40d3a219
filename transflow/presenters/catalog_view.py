"""A catalog as one person has it open: filter, unsaved texts, progress.

Invariant: the catalog is always one that was read from the disk; unconfirmed texts are in the
journal and nowhere else. A unit is identified by its id, because others may join, split or move
units at any time. A unit is read when it is asked for: what needs all of them is computed later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import overload

from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.lazy_units import LazyUnits
from transflow.model.unit import DONE, State, Unit
from transflow.presenters.filtering import Filter, FilteredUnit
from transflow.presenters.journal import Journal, UnsavedText
from transflow.project import CatalogRef
from transflow.units.marks import text_digest
from transflow.units.workflow import state, unwaived

_TEXTS_KEPT = 3
"""Texts of a unit whose issues are kept: saved, typed, and the previous one."""
_FEW = 500
"""Number of units that are read at once: painting the screen takes longer."""
_STEP = 200
"""Number of units that are read between two keys: less than a frame."""
_ID = 8
"""Length of a unit's id. Journal entries about a whole catalog have a shorter one."""


class _LazyStates(Sequence[State]):
    """The states of units, each found when it is asked for."""

    def __init__(self, units: LazyUnits) -> None:
        self._units = units
        self._found: list[State | None] = [None] * len(units)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> State: ...

    @overload
    def __getitem__(self, index: slice) -> list[State]: ...

    def __getitem__(self, index: int | slice) -> State | list[State]:
        if isinstance(index, slice):
            return [self[place] for place in range(len(self))[index]]
        found = self._found[index]
        if found is None:
            found = self._found[index] = state(self._units[index])
        return found


class CatalogView:
    """A catalog with a filter; `visible` holds the indexes of the units that pass it, in order."""

    def __init__(self, place: CatalogRef, catalog: Catalog, journal: Journal, who: str = "") -> None:
        """Create the view; `who` is the id of the person."""
        self.place, self._journal, self.who = place, journal, who
        self.filter = Filter()
        self._checked: dict[str, list[tuple[Unit, Sequence[Issue]]]] = {}
        """Unit id -> issues for each of the texts that were checked last."""
        self._progress: tuple[int, int, int] | None = None
        self._known_unchecked: dict[str, Unit] | None = None
        self.catalog = catalog
        self._index_units(catalog)
        self.visible = list(range(len(catalog.units)))

    def replace_catalog(self, catalog: Catalog) -> None:
        """Replace the catalog by another version of it."""
        self.catalog = catalog
        self._index_units(catalog)
        self._drop_saved_drafts()
        self.apply_again()

    def renewed(self, catalog: Catalog) -> CatalogView:
        """Return a view of another version of the catalog, which keeps the issues that were found.

        This one stays as it is, for threads that use it.
        """
        view = CatalogView(self.place, catalog, self._journal, self.who)
        view._checked = self._checked
        view._drop_saved_drafts()
        return view

    def _index_units(self, catalog: Catalog) -> None:
        self.units = catalog.units
        self.places: Mapping[str, int]
        self.states: Sequence[State]
        self.is_read = not isinstance(self.units, LazyUnits) or len(self.units) <= _FEW
        """True if all units were read, so that nothing takes long."""
        if isinstance(self.units, LazyUnits) and not self.is_read:
            self.places, self.states = self.units.places, _LazyStates(self.units)
        else:
            self.places = {unit.id: i for i, unit in enumerate(self.units)}
            self.states = [state(unit) for unit in self.units]
        self._mine: frozenset[int] | None = None
        self._known_unchecked = None
        self._progress = None
        self._has_spaces = catalog.header.get("X-Source-Language").replace("-", "_").split("_")[0] not in ("zh", "ja")

    def read_more(self) -> bool:
        """Read some more units, and return whether all are read: the screen is painted between."""
        if not self.is_read and isinstance(self.units, LazyUnits):
            self.is_read = self.units.make_more(_STEP)
        return self.is_read

    @property
    def mine(self) -> frozenset[int]:
        """Indexes of the units that are assigned to the person."""
        if self._mine is None:
            given = ((i, unit.assigned) for i, unit in enumerate(self.units))
            self._mine = frozenset(i for i, each in given if each is not None and each.who == self.who)
        return self._mine

    def _drop_saved_drafts(self) -> None:
        """Drop the drafts that equal the saved text."""
        for unit_id, draft in self._journal.drafts_of(self.place.path).items():
            unit = self.find(unit_id)
            if unit is not None and unit.target == draft.text:
                self._journal.drop(self.place.path, unit_id)

    # Units

    def find(self, unit_id: str) -> Unit | None:
        """Return a live unit, or the one that it was joined into."""
        if unit_id in self.places:
            return self.units[self.places[unit_id]]
        return next((unit for unit in self.units if unit_id in unit.joined), None)

    def number(self, unit_id: str) -> int:
        """Return the 1-based position in the catalog."""
        return self.places[unit_id] + 1

    def ref(self, *unit_ids: str) -> str:
        """Return the reference that an action takes for these units."""
        return self.place.ref(",".join(unit_ids))

    def neighbours(self, unit_id: str) -> tuple[Unit | None, Unit | None]:
        index = self.places[unit_id]
        return (
            self.units[index - 1] if index else None,
            self.units[index + 1] if index + 1 < len(self.units) else None,
        )

    # Drafts

    def draft(self, unit_id: str) -> UnsavedText | None:
        return self._journal.get(self.place.path, unit_id)

    def text(self, unit: Unit) -> str:
        """Return the text of the editor: the draft, else the target, else the draft from the
        reports.
        """
        draft = self.draft(unit.id)
        return draft.text if draft is not None else _saved_text(unit)

    def base_digest(self, unit: Unit) -> str:
        """Return the digest of the unit as it was when the draft was begun."""
        draft = self.draft(unit.id)
        return draft.since if draft is not None and draft.since else text_digest(unit)

    def is_outdated(self, unit: Unit) -> bool:
        """True if somebody changed the unit since its draft was begun."""
        return self.draft(unit.id) is not None and self.base_digest(unit) != text_digest(unit)

    def draft_or_new(self, unit: Unit, text: str) -> UnsavedText:
        """Return the draft of a unit as it was begun; without one, a draft begun on the present
        unit.
        """
        return self.draft(unit.id) or UnsavedText(text, text_digest(unit), source=unit.source)

    def read_source(self, unit: Unit) -> str:
        """Return the source when the draft was begun; the present one if unknown."""
        draft = self.draft(unit.id)
        return (draft.source if draft is not None else "") or unit.source

    def typed(self, unit: Unit, text: str, now: str) -> None:
        """Write a typed text into the journal; drop the draft if it equals the saved text."""
        if text == _saved_text(unit) and not self.is_outdated(unit):
            self._journal.drop(self.place.path, unit.id)
        else:
            draft = self.draft(unit.id)
            source = draft.source if draft is not None else unit.source
            self._journal.put(self.place.path, unit.id, UnsavedText(text, self.base_digest(unit), now, source))

    def drop_draft(self, unit_id: str) -> None:
        """Drop a draft that was saved or discarded."""
        self._journal.drop(self.place.path, unit_id)

    def rebase_draft(self, unit: Unit, text: str, now: str) -> None:
        """Record that the person has seen the present unit, which its draft is based on from now
        on.
        """
        self._journal.put(self.place.path, unit.id, UnsavedText(text, text_digest(unit), now, unit.source))

    def orphaned_drafts(self) -> dict[str, UnsavedText]:
        """Return the drafts of units that were removed or joined into another one, by id."""
        drafts = self._journal.drafts_of(self.place.path)
        return {each: draft for each, draft in drafts.items() if len(each) == _ID and each not in self.places}

    # Checks

    def with_draft(self, unit: Unit) -> Unit:
        """Return the unit with the text that the list shows: its draft, if any."""
        draft = self.draft(unit.id)
        return unit if draft is None or draft.text.strip() == unit.target else unit.replace(target=draft.text.strip())

    def issues(self, unit: Unit) -> Sequence[Issue]:
        """Return the unwaived issues of a unit with this text; empty if it was not checked yet."""
        return unwaived(unit, self.checked_issues(unit) or ())

    def forget_checks(self) -> None:
        """Discard all issues, because something other than the texts changed that checks depend
        on.
        """
        self._checked.clear()
        self._known_unchecked = None

    def store_issues(self, unit: Unit, issues: Sequence[Issue]) -> bool:
        """Store the issues of a unit, typed or saved. Return whether they are new."""
        if self.checked_issues(unit) == issues:
            return False
        others = [each for each in self._checked.get(unit.id, ()) if not _same_texts(each[0], unit)]
        self._checked[unit.id] = [*others[1 - _TEXTS_KEPT :], (unit, issues)]
        saved = self._live_unit(unit.id)
        if saved is not None and saved.target and self.checked_issues(saved) is None:  # no longer kept
            self._unchecked[unit.id] = saved
        else:
            self._unchecked.pop(unit.id, None)
        return True

    def has_texts(self, unit: Unit) -> bool:
        """True if the catalog has the unit with these texts, saved or as a draft."""
        found = self.find(unit.id)
        return found is not None and (_same_texts(found, unit) or _same_texts(self.with_draft(found), unit))

    @property
    def _unchecked(self) -> dict[str, Unit]:
        """Id -> unit, in order, for the units whose saved text was not checked yet."""
        if self._known_unchecked is None:
            wanted = (unit for unit in self.units if unit.target and self.checked_issues(unit) is None)
            self._known_unchecked = {unit.id: unit for unit in wanted}
        return self._known_unchecked

    def unchecked(self) -> list[Unit]:
        """Return the units whose text, saved or as shown, was not checked yet."""
        drafted = (
            self.with_draft(unit)
            for each in self._journal.drafts_of(self.place.path)
            if (unit := self._live_unit(each))
        )
        return [
            *self._unchecked.values(),
            *(unit for unit in drafted if unit.target and self.checked_issues(unit) is None),
        ]

    def _live_unit(self, unit_id: str) -> Unit | None:
        return self.units[self.places[unit_id]] if unit_id in self.places else None

    def checked_issues(self, unit: Unit) -> Sequence[Issue] | None:
        """Return all issues of a unit with this text; None if it was not checked yet."""
        return next((issues for each, issues in self._checked.get(unit.id, ()) if _same_texts(each, unit)), None)

    # The list

    def filtered_unit(self, unit: Unit) -> FilteredUnit:
        shown = self.with_draft(unit)
        issues = self.issues(unit if self.checked_issues(shown) is None else shown)
        return FilteredUnit(unit, self.draft(unit.id) is not None, len(issues), self.who)

    def apply(self, wanted: Filter) -> None:
        """Apply a filter. Raise UsageError, and keep the old one, if its expression is too slow."""
        if wanted.tests:
            self.visible = [i for i, unit in enumerate(self.units) if wanted(self.filtered_unit(unit))]
        else:
            self.visible = list(range(len(self.units)))
        self.filter = wanted

    def apply_again(self) -> None:
        """Apply the filter again, after a change; drop it if it is too slow by now."""
        try:
            self.apply(self.filter)
        except UsageError:
            self.apply(Filter())

    def row(self, unit_id: str) -> int:
        """Return the row of a unit in the list, or of the nearest visible one after it."""
        index = self.places.get(unit_id, 0)
        return next(
            (row for row, visible_index in enumerate(self.visible) if visible_index >= index), len(self.visible) - 1
        )

    def row_of_index(self, index: int) -> int | None:
        """Return the row of the unit at an index; None if the filter hides it."""
        return self.visible.index(index) if index in self.visible else None

    def next(self, start: int, wanted: Callable[[int], bool], step: int = 1) -> int | None:
        """Return the next row after (or before) `start`, wrapping around, whose unit index is
        wanted.

        None if there is no such row.
        """
        count = len(self.visible)
        for distance in range(1, count + 1):
            row = (start + step * distance) % count
            if wanted(self.visible[row]):
                return row
        return None

    def is_unfinished(self, index: int) -> bool:
        return self.states[index] not in DONE

    # Progress

    def words(self, unit: Unit) -> int:
        """Return the number of words of the source; of characters in Chinese and Japanese."""
        return unit.source.count(" ") + 1 if self._has_spaces else len(unit.source)

    def progress(self) -> tuple[int, int, int]:
        """Return units done, all units, and words of the source left."""
        if self._progress is None:  # it is shown every second
            left = [unit for unit, state in zip(self.units, self.states, strict=True) if state not in DONE]
            self._progress = len(self.units) - len(left), len(self.units), sum(map(self.words, left))
        return self._progress


def _same_texts(first: Unit, second: Unit) -> bool:
    return first.target == second.target and first.source == second.source and first.kind == second.kind


def _saved_text(unit: Unit) -> str:
    return unit.target or (unit.source if unit.refs else "")
