"""Earlier texts of paragraphs that hold words of sentences which are off the record or on hold now.

Invariant: history never shows a text that the paragraph does not have any more, if it was made from
such a sentence, or has_words_of a run of its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from transflow.actions.stories.print_context import load_print_context
from transflow.model.unit import Unit
from transflow.project import Project
from transflow.proof.unit_changes import CommittedUnit, UnitChange, UnitKey
from transflow.stories.limits import has_words_of, limited_sentences


class LimitedSentences(NamedTuple):
    """Sentences behind the stories of a language that must not be printed."""

    units: tuple[Unit, ...] = ()

    def hide(self, text: str, change: UnitChange, now: Unit) -> bool:
        """Return whether a text of a paragraph, before or after a change, must not be shown."""
        if not text or text in (now.target, now.source):
            return False
        ids = {part for unit in self.units for part in (unit.id, *unit.joined, unit.split)} - {""}
        refs = {ref.unit for each in (change.before, change.after) if each for ref in each.unit.refs}
        return bool(ids & refs) or any(has_words_of(text, unit) for unit in self.units)


def limited_behind(project: Project, present: Mapping[UnitKey, CommittedUnit]) -> dict[str, LimitedSentences]:
    """Return the sentences that must not be printed behind the stories of these units, by path."""
    found, paths = {}, {each.path for each in present.values()}
    for place in project.all_catalogs():
        if place.folder == "articles" and place.path in paths:
            reports = load_print_context(project, place.locale, project.load(place)).reports
            found[place.path] = LimitedSentences(tuple(each.unit for each in limited_sentences(reports)))
    return found
