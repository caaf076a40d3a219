"""The texts, approvals and withdrawals of everybody, as the people meant them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from simulation.texts import words_of
from transflow.attribution.stamps import last_text_change
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.units import workflow


class Given(NamedTuple):
    """An approval that an editor gave, identified as in the record."""

    unit: str
    who: str
    time: str


def texts_of(unit: Unit) -> str:
    """Return the texts of a unit, those of its conflicts too."""
    return " ".join((unit.target, *(each.text for each in unit.conflicts)))


def words_in(catalog: Catalog) -> set[str]:
    return {word for unit in (*catalog.units, *catalog.obsolete) for word in words_of(texts_of(unit))}


@dataclass
class Ledger:
    written: set[str] = field(default_factory=set)
    """Words of confirmed texts."""
    replaced: set[str] = field(default_factory=set)
    """Words that somebody saw when they replaced or dropped them."""
    approved: dict[Given, tuple[str, str]] = field(default_factory=dict)
    """Approval -> source and target that the editor saw."""
    withdrawn: dict[Given, str] = field(default_factory=dict)
    """Approval -> the commit that brought its withdrawal to everybody."""
    pending: dict[str, set[Given]] = field(default_factory=dict)
    """Person -> approvals whose withdrawal is in their clone only."""
    secrets: set[str] = field(default_factory=set)
    """Names and words of confidential and embargoed reports, for the memory and exports."""
    embargoed: set[str] = field(default_factory=set)
    """Names and words of embargoed reports, for pages."""
    redacted: dict[str, str] = field(default_factory=dict)
    """Word that an editor redacted -> time at which that was done."""
    redacted_units: set[str] = field(default_factory=set)
    """Ids of the units that had them: what others wrote there meanwhile is not kept."""
    home: dict[str, str] = field(default_factory=dict)
    """Word -> id of the unit in which it was first written."""
    aliases: dict[str, str] = field(default_factory=dict)
    """Former id of a protected person -> the opaque one."""
    regrouped: set[str] = field(default_factory=set)
    """Ids of units that were split or joined: counts of their authors are estimates."""
    steps: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    log: list[str] = field(default_factory=list)

    def known_as(self, who: str) -> str:
        """Return the newest id of a person."""
        return self.aliases.get(who, who)

    def is_redacted(self, word: str) -> bool:
        """Return whether a word was written in a unit that an editor redacted."""
        return self.home.get(word, "") in self.redacted_units

    def saw(self, *units: Unit) -> None:
        for unit in units:
            self.replaced |= words_of(texts_of(unit))

    def compare(self, who: str, before: Catalog, after: Catalog) -> None:
        """Note the approvals that a step withdrew, by writing, confirming or sending back."""
        for unit in after.units:
            old = before.find(unit.id)
            if old is None or not old.approved or not workflow.is_approved(old) or unit.approved == old.approved:
                continue
            if last_text_change(unit) > last_text_change(old):
                self.pending.setdefault(who, set()).add(Given(unit.id, old.approved.who, old.approved.time))

    def restored(self, unit: Unit) -> None:
        """Note that somebody took a step back that had withdrawn an approval."""
        if unit.approved:
            given = Given(unit.id, unit.approved.who, unit.approved.time)
            self.withdrawn.pop(given, None)
            for each in self.pending.values():
                each.discard(given)

    def shared(self, who: str, commit: str) -> None:
        """Note that everybody has the work of a person since a commit."""
        self.withdrawn |= dict.fromkeys(self.pending.pop(who, ()), commit)
