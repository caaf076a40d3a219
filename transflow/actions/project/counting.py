"""Units and words of a catalog by state, counted in one pass over its text.

Invariant: nothing is loaded that counting does not need. A share that is not whole is never shown
as 100%.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transflow.attribution.authorship import split_evenly
from transflow.model.unit import STATES, State, Unit
from transflow.po import header, plain
from transflow.po.notes import read
from transflow.po.scan import scan_units
from transflow.units.regroup import UNSPACED
from transflow.units.workflow import open_questions

_FROM = re.compile(r"# @from .*\n(?:# @\+.*\n)*")
_DUE = re.compile(r"^# @assigned \S+ due=(\S+)", re.MULTILINE)
_UNFINISHED = ("untranslated", "needs-work")


class Counts(NamedTuple):
    """Counts of one catalog: `units` and `words` of the source, by state."""

    units: dict[State, int]
    words: dict[State, int]
    changed: int = 0
    """Units whose source changed after their target was confirmed."""
    overdue: int = 0
    questions: int = 0
    conflicts: int = 0
    void: int = 0
    """Approvals that were given to another text."""
    next_due: str = ""
    """The next deadline of an unfinished unit, a UTC time; empty if there is none."""

    def share(self, *states: State, words: bool = False) -> float:
        """Return the percentage of units (or words) in these states, rounded down to a tenth.

        It is 100.0 only if all are.
        """
        numbers = self.words if words else self.units
        return percent(sum([numbers[state] for state in states]), sum(numbers.values()))

    @property
    def total(self) -> int:
        return sum(self.units.values())


def percent(part: int, whole: int) -> float:
    """Return a percentage rounded down to a tenth.

    It is 100.0 only for all, and 0.0 only for none: where there is nothing, nothing is done.
    """
    if part and part >= whole:
        return 100.0
    return max(part * 1000 // whole, 1) / 10 if part else 0.0


def count(text: str, path: str, now: str, data: bytes = b"") -> Counts:
    """Return the counts of a catalog's text.

    `data` are the bytes of the file, if the caller has them; they make counting faster. Raises
    UnreadableError.
    """
    return (_count_plain(data, now) if data else None) or _count_any(text, path, now)


def _count_plain(data: bytes, now: str) -> Counts | None:
    """Return the counts of a report's catalog without unusual entries; None for others."""
    head = plain.plain_header(data)
    entries = plain.plain_units(data, head) if head else None
    if head is None or entries is None:
        return None
    units, words = dict.fromkeys(STATES, 0), dict.fromkeys(STATES, 0)
    spaced = _is_spaced(head.language)
    changed = void = 0
    due: list[str] = []
    for source, state, entry, source_changed, is_void in entries:
        units[state] += 1
        words[state] += source.count(b" ") + 1 if spaced else len(source.decode())
        changed += source_changed
        void += is_void
        if state in _UNFINISHED and b"@assigned" in entry:
            due += _DUE.findall(entry.decode())[:1]
    return Counts(units, words, changed, _overdue(due, now), void=void, next_due=_next_due(due, now))


def _is_spaced(language: str) -> bool:
    return language.replace("-", "_").split("_")[0] not in UNSPACED


def _count_any(text: str, path: str, now: str) -> Counts:
    units, words = dict.fromkeys(STATES, 0), dict.fromkeys(STATES, 0)
    head, position = header.read(text, path)
    spaced = _is_spaced(head.get("X-Source-Language"))
    is_article = bool(head.get("X-Article"))
    asks, disagrees = "# @question " in text, "# @conflict " in text
    drafts: dict[str, tuple[int, list[State]]] = {}
    due: list[str] = []
    changed = questions = conflicts = void = 0
    for _, source, _, state, notes, source_changed, is_void in scan_units(text, path, head, position):
        units[state] += 1
        length = source.count(" ") + 1 if spaced else len(source)
        if is_article and (refs := _FROM.search(notes)):
            drafts.setdefault(refs[0], (length, []))[1].append(state)
        else:
            words[state] += length
        changed += source_changed
        void += is_void
        if state in _UNFINISHED and "@assigned" in notes:
            due += _DUE.findall(notes)[:1]
        if asks and "# @question " in notes:
            questions += _open_questions(source, notes)
        if disagrees and "# @conflict " in notes:
            conflicts += 1
    # Halves of a split paragraph have the same draft, whose words count once.
    for length, states in drafts.values():
        for state, part in zip(states, split_evenly(length, [1] * len(states)), strict=True):
            words[state] += part
    return Counts(units, words, changed, _overdue(due, now), questions, conflicts, void, _next_due(due, now))


def _overdue(due: list[str], now: str) -> int:
    return sum(each < now for each in due)


def _next_due(due: list[str], now: str) -> str:
    return min((each for each in due if each >= now), default="")


def _open_questions(source: str, notes: str) -> int:
    lines = [line[2:] for line in notes.splitlines()]
    return len(open_questions(Unit("", source, **read(lines))))
