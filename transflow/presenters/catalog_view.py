"""A catalog as a person has it open: which units they see, what they have typed, how far it is.

Invariant: the catalog is always one that was read from the disk; what is typed and not confirmed is in the journal and
nowhere else. A unit is named by its id, because others may join, split or move units at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import DONE, State, Unit
from transflow.presenters.filtering import Filter, FilteredUnit
from transflow.presenters.journal import Journal, UnsavedText
from transflow.project import CatalogRef
from transflow.units.marks import text_mark
from transflow.units.workflow import state, unwaived

_TEXTS_KEPT = 3
"""Texts of a unit of which it is kept what the checks say: saved, typed, and the one before."""
_ID = 8
"""Characters of a unit's id. What is kept of a whole catalog has a shorter one in the journal."""


class CatalogView:
    """`visible` are the places of the units that the filter lets through, in catalog order."""

    def __init__(self, place: CatalogRef, catalog: Catalog, journal: Journal) -> None:
        self.place, self._journal = place, journal
        self.filter = Filter()
        self._checked: dict[str, list[tuple[Unit, Sequence[Issue]]]] = {}
        """By id, what the checks say of a unit with each of the texts that it was asked about last."""
        self.catalog = catalog
        self._index(catalog)
        self.visible = list(range(len(catalog.units)))

    def take(self, catalog: Catalog) -> None:
        """Shows another state of the catalog."""
        self.catalog = catalog
        self._index(catalog)
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

    def draft(self, unit_id: str) -> UnsavedText | None:
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

    def begun(self, unit: Unit, text: str) -> UnsavedText:
        """The draft of a unit as it was begun; of a text that was not typed, begun on the unit as it is given."""
        return self.draft(unit.id) or UnsavedText(text, text_mark(unit), source=unit.source)

    def read_source(self, unit: Unit) -> str:
        """The source that the person had read when they began to write; of a draft that does not say, the present one."""
        draft = self.draft(unit.id)
        return (draft.source if draft is not None else "") or unit.source

    def typed(self, unit: Unit, text: str, now: str) -> None:
        """Puts what is typed into the journal; a text as it is on the disk is no draft."""
        if text == _saved(unit) and not self.is_outdated(unit):
            self._journal.drop(self.place.path, unit.id)
        else:
            draft = self.draft(unit.id)
            source = draft.source if draft is not None else unit.source
            self._journal.put(self.place.path, unit.id, UnsavedText(text, self.since(unit), now, source))

    def settle(self, unit_id: str) -> None:
        """Drops a draft, because it was saved or given up."""
        self._journal.drop(self.place.path, unit_id)

    def read_anew(self, unit: Unit, text: str, now: str) -> None:
        """The person has seen the unit as it is now: a draft from here on stands against that."""
        self._journal.put(self.place.path, unit.id, UnsavedText(text, text_mark(unit), now, unit.source))

    def lost(self) -> dict[str, UnsavedText]:
        """The drafts of units that are in the catalog no longer, or live on in another one, by id."""
        drafts = self._journal.of(self.place.path)
        return {each: draft for each, draft in drafts.items() if len(each) == _ID and each not in self.places}

    # What the checks say

    def shown(self, unit: Unit) -> Unit:
        """With the text that the list shows: its draft, where there is one."""
        draft = self.draft(unit.id)
        return unit if draft is None or draft.text.strip() == unit.target else unit.replace(target=draft.text.strip())

    def issues(self, unit: Unit) -> Sequence[Issue]:
        """What the checks say of a unit with this text, and nobody waived; nothing where they were not asked yet."""
        return unwaived(unit, self._known(unit) or ())

    def forget_checks(self) -> None:
        """Something else than the texts changed that the checks go by."""
        self._checked.clear()

    def checked(self, unit: Unit, issues: Sequence[Issue]) -> bool:
        """Keeps what the checks say of a unit, typed or saved. Returns whether that is news."""
        if self._known(unit) == issues:
            return False
        others = [each for each in self._checked.get(unit.id, ()) if not _same_texts(each[0], unit)]
        self._checked[unit.id] = [*others[1 - _TEXTS_KEPT :], (unit, issues)]
        return True

    def stands(self, unit: Unit) -> bool:
        """Whether the catalog has the unit with these texts."""
        found = self.find(unit.id)
        return found is not None and (_same_texts(found, unit) or _same_texts(self.shown(found), unit))

    def unchecked(self) -> list[Unit]:
        """The units whose text the checks were not asked about yet, saved or as it is shown."""
        units = [unit for unit in self.units if unit.target and self._known(unit) is None]
        drafted = (self.shown(unit) for each in self._journal.of(self.place.path) if (unit := self._live(each)))
        return units + [unit for unit in drafted if unit.target and self._known(unit) is None]

    def _live(self, unit_id: str) -> Unit | None:
        return self.units[self.places[unit_id]] if unit_id in self.places else None

    def _known(self, unit: Unit) -> Sequence[Issue] | None:
        return next((issues for each, issues in self._checked.get(unit.id, ()) if _same_texts(each, unit)), None)

    # What is seen

    def seen(self, unit: Unit) -> FilteredUnit:
        shown = self.shown(unit)
        issues = self.issues(unit if self._known(shown) is None else shown)
        return FilteredUnit(unit, self.draft(unit.id) is not None, len(issues))

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


def _same_texts(one: Unit, other: Unit) -> bool:
    return one.target == other.target and one.source == other.source and one.kind == other.kind


def _saved(unit: Unit) -> str:
    return unit.target or (unit.source if unit.refs else "")
