"""A story as its page shows it: paragraphs, byline, credits, progress, and the notes beside it.

Invariant: the page displays what would print now; drafts that nobody took and paragraphs that are
kept back are marked as such.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from transflow.actions.stories.page import Page
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _, count, say
from transflow.presenters.list_rows import PageRow
from transflow.presenters.live_notes import page_mark
from transflow.presenters.page_lines import paragraph, with_surroundings
from transflow.presenters.queue_lines import ARTICLE_STATES, PAGE_STATES
from transflow.presenters.story_notes import story_notes
from transflow.project import CatalogRef

_TIGHT_KINDS = ("list item", "table cell")
"""Kinds that are set without an empty line between two of the same kind."""


class StoryView:
    """Page of a story; `page` and `story_issues` are set when they have been read."""

    def __init__(self, view: CatalogView, formats: Formats) -> None:
        self.view, self._formats = view, formats
        self.page = Page()
        self.story_issues: Sequence[Issue] = ()
        """Issues of the story as a whole."""

    def draft(self, unit_id: str) -> str:
        """Return the draft of a paragraph from the reports as they are now; "" if there is none."""
        return self.page.drafts.get(unit_id, "")

    def sources(self, unit_id: str) -> tuple[tuple[CatalogRef, str], ...]:
        """Return the sentences behind a paragraph, as (report, unit id)."""
        return tuple((each.place, each.unit.id) for each in self.page.sources.get(unit_id, ()))

    def is_kept_back(self, unit: Unit) -> bool:
        """Return whether a paragraph is kept back; one that was written since the page was read is
        not, as far as anybody knows.
        """
        return unit.id in self.page.blockers and self.page.article.find(unit.id) == unit

    def count_warnings(self) -> int:
        """Return the number of warnings."""
        return len(self.story_issues) + sum(len(self.view.issues(unit)) for unit in self.view.units)

    def store_issues(self, found: Sequence[Issue]) -> None:
        """Store the issues of the story: of its paragraphs, and as a whole."""
        for unit in self.view.units:
            self.view.store_issues(unit, [issue for issue in found if issue.location.unit == unit.id])
        self.story_issues = [issue for issue in found if not issue.location.unit]

    def paragraph_of(self, unit_id: str) -> str:
        """Return the id of a paragraph, of the one made from a sentence, or "1"."""
        if not unit_id or unit_id.isdecimal() or self.view.find(unit_id) is not None:
            return unit_id or "1"
        made_from = (unit.id for unit in self.view.units if any(ref.unit == unit_id for ref in unit.refs))
        return next(made_from, "1")

    # The page

    def row(self, row: int, width: int) -> PageRow:
        """Return a paragraph, with what prints above the first and below the last one."""
        view = self.view
        index = view.visible[row]
        unit = view.units[index]
        tight = unit.kind in _TIGHT_KINDS and self._next_kind(row) == unit.kind
        seen, state = view.filtered_unit(unit), view.states[index]
        block = paragraph(index + 1, seen, state, view.text(unit), self.page, width, tight=tight)
        before = self._byline() if row == self._first_body_row() else []
        after = list(filter(None, (self._credits(), self.page.label))) if row == len(view.visible) - 1 else []
        return with_surroundings(block, before, after, width)

    def _next_kind(self, row: int) -> str:
        view = self.view
        return view.units[view.visible[row + 1]].kind if row + 1 < len(view.visible) else ""

    def _first_body_row(self) -> int:
        """Return the row below the byline."""
        units = (self.view.units[place] for place in self.view.visible)
        return next((row for row, unit in enumerate(units) if unit.kind not in ("headline", "deck")), -1)

    def _credits(self) -> str:
        nobody = self.page.share.complaint(self.page.label)
        nobody_yet = say(nobody) if nobody else _("Nobody is credited yet.")
        return self.page.credit_line or (nobody_yet if self.page.is_read else "…")

    def _byline(self) -> list[str]:
        parts = (self.page.byline, self.page.dateline, self.page.date and self._formats.time(self.page.date))
        return [" · ".join(filter(None, parts))] if any(parts) else []

    def progress(self) -> str:
        """Return state, paragraphs written, words, warnings and embargo."""
        printed = [unit for unit in self.view.units if not unit.cut and not unit.omitted]
        written = sum(bool(unit.target) for unit in printed)
        length = sum(len((unit.target or unit.source).split()) for unit in printed)
        parts = [
            _(ARTICLE_STATES[self.page.state]) if self.page.is_read else "…",
            _("{done} of {whole} written").format(done=written, whole=len(printed)),
            count("{n} word", "{n} words", length),
        ]
        if words := page_mark(self.page):
            parts.insert(1, words)
        if warnings := self.count_warnings():
            parts.insert(1, count("{n} warning", "{n} warnings", warnings))
        if self.page.blockers:
            parts.insert(1, count("{n} kept back", "{n} kept back", len(self.page.blockers)))
        if self.page.pages:
            parts.insert(1, _(PAGE_STATES[self.page.pages]))
        if self.page.share.began:
            share = self.page.share
            parts.append(_("machine drafts: {n} of {whole}").format(n=share.began, whole=share.paragraphs))
        if self.page.embargo:
            parts.insert(0, _("embargo until {time}").format(time=self._formats.time(self.page.embargo)))
        if self.page.confidential:
            parts.insert(0, _("confidential"))
        return " · ".join(parts)

    def notes(self, unit: Unit) -> Text:
        """Return the notes beside a paragraph."""
        view = self.view
        issues = (*view.issues(unit), *self.story_issues)
        return story_notes(
            self._formats.unit(unit),
            view.number(unit.id),
            self.page,
            self._formats.time,
            issues,
            outdated=view.is_outdated(unit),
            read=view.read_source(unit),
            command=self._formats.command,
            person=self._formats.person,
        )
