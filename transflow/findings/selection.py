"""Selection of checks by id and family.

Invariant: an unknown name is an error, never an empty selection; the record's own rules are
selected by family, or together as "gate", and cannot be ignored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from transflow.errors import UnknownNameError, UsageError
from transflow.findings import RECORD_RULES
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "ignored-rule": "the record's own rules cannot be ignored: they say what no gate may hide.",
        "single-rule": "{name}: the record's own rules are selected together: --select {family}.",
    },
)
GATE = "gate"


class Selection(NamedTuple):
    """Selected and ignored names. An empty `select` means all."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def includes(self, check: str) -> bool:
        """Return True if findings with this id are selected."""
        names = _names(check)
        return (not self.select or not names.isdisjoint(self.select)) and names.isdisjoint(self.ignore)

    @property
    def key(self) -> tuple[str, str]:
        """Texts that are equal for equal selections."""
        return " ".join(sorted(self.select)), " ".join(sorted(self.ignore))

    @property
    def includes_text_checks(self) -> bool:
        """True if any check of texts is selected."""
        return not self.select or not self.select.issubset({GATE, *RECORD_RULES})

    def families_to_run(self, families: Iterable[str], ids: Collection[str]) -> tuple[str, ...]:
        """Return the families that have to run for this selection."""
        return tuple(each for each in families if any(self.includes(known) for known in ids if _family(known) == each))


def _family(check: str) -> str:
    return check.partition(".")[0]


def _names(check: str) -> set[str]:
    """Return the names that select an id."""
    family = _family(check)
    return {GATE, family} if family in RECORD_RULES else {check, family}


def selection(select: Iterable[str], ignore: Iterable[str], ids: Collection[str]) -> Selection:
    """Return the selection of these names; `ids` are those of all checks.

    Raise UnknownNameError for an unknown name, UsageError for a part of the record's own rules.
    """
    chosen = Selection(frozenset(select), frozenset(ignore))
    if not {GATE, *RECORD_RULES}.isdisjoint({_family(each) for each in chosen.ignore}):
        raise UsageError(MESSAGES("ignored-rule"))
    known = {GATE, *RECORD_RULES, *ids, *map(_family, ids)}
    for name in (*chosen.select, *chosen.ignore):
        if name not in known:
            if _family(name) in RECORD_RULES:
                raise UsageError(MESSAGES("single-rule", name=name, family=_family(name)))
            raise UnknownNameError("check", name, known)
    return chosen
