"""References to sentences in the heads of a text: `un-letter#12,13 rights-groups#2-4`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.references import reference
from transflow.model.unit import Ref, Unit
from transflow.stories.compose import Reports

MESSAGES = Messages(
    __name__,
    {"no-sentence": "line {line}: there is no sentence {ref} in the reports of this article."},
)


def positions(reports: Reports) -> dict[Ref, int]:
    """Return the 1-based position of each unit in its catalog, as people type it."""
    return {Ref(slug, unit.id): i for slug, catalog in reports.items() for i, unit in enumerate(catalog.units, 1)}


def format_refs(refs: Sequence[Ref], position_of: Mapping[Ref, int], names: Mapping[str, str] | None = None) -> str:
    """Format references as people type them, such as `un-letter#12,13 rights-groups#2`.

    A unit without a position is given by its id. `names` has the names of reports that need their
    language, such as `en:un-letter`, by slug.
    """
    found: list[tuple[str, list[str]]] = []
    for ref in refs:
        if not found or found[-1][0] != ref.report:
            found.append((ref.report, []))
        found[-1][1].append(str(position_of.get(ref, ref.unit)))
    return " ".join(reference((names or {}).get(slug, slug), ",".join(units)) for slug, units in found)


class NamedSentences:
    """Sentences of the reports of a story, by what people type."""

    def __init__(self, reports: Reports) -> None:
        self.units: dict[Ref, Unit] = {
            Ref(slug, unit.id): unit for slug, catalog in reports.items() for unit in catalog.units
        }
        self.position_of = positions(reports)
        self._ref_at = {(ref.report, position): ref for ref, position in self.position_of.items()}

    def listed(self, refs: str, line: int = 0) -> tuple[Ref, ...]:
        """Return the sentences of a list. Raise UsageError, with the line, for an unknown one."""
        found: list[Ref] = []
        for entry in re.sub(r",\s+", ",", refs).split():
            slug, _, position_list = entry.partition("#")
            for position in position_list.split(","):
                units = self._find(slug, position)
                if not units:
                    raise UsageError(MESSAGES("no-sentence", line=line, ref=reference(slug, position)))
                found += units
        return tuple(dict.fromkeys(found))

    def _find(self, slug: str, position: str) -> list[Ref]:
        """Return the units that a position, range or id denotes; empty if any is missing."""
        numbers = re.fullmatch(r"([0-9]{1,6})(?:[-–~]([0-9]{1,6}))?", position)
        if not numbers:
            return [Ref(slug, position)] if Ref(slug, position) in self.units else []
        found = [self._ref_at.get((slug, i)) for i in range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1)]
        return [ref for ref in found if ref] if all(found) else []
