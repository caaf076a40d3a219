"""Pane beside a unit: matches, terms, comments and history.

Invariant: the pane is about the unit under the cursor; while its matches and terms are looked up,
it says so. A section without entries has no heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from transflow.model.unit import Unit
from transflow.presenters.assistants import MAX_SUGGESTIONS, Suggestion, TermHint
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _
from transflow.presenters.unit_notes import notes
from transflow.tui.widgets.cached import CachedStatic

EMPTY = "-empty"
"""Class of a pane without entries."""


class SidePane(VerticalScroll, can_focus=False):
    """Pane of matches, terms and notes.

    `show_notes` displays the notes at once; the answers of suggester and term finder arrive later,
    and are displayed by `show_answers`.
    """

    DEFAULT_CSS = """
    SidePane { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        yield CachedStatic(id="pending", one_line=True)
        yield CachedStatic(id="matches")
        yield CachedStatic(id="terms")
        yield CachedStatic(id="notes")

    def on_mount(self) -> None:
        self.query_one("#pending").display = False

    def show_notes(self, unit: Unit | None, formats: Formats, *, remark: str = "") -> None:
        """Display the notes of a unit or none, and a remark below them."""
        shown = notes(formats.unit(unit), formats.time, formats.person) if unit else Text()
        if remark:
            shown.append(f"\n\n{remark}" if shown else remark, "not bold dim")
        self._show("#notes", shown)
        self.scroll_home(animate=False)

    def show_pending(self) -> None:
        """Say that matches and terms are being looked up."""
        self._show("#matches", Text())
        self._show("#terms", Text())
        self._show("#pending", Text("…", style="dim"))

    def show_answers(self, matches: Sequence[Suggestion], terms: Sequence[TermHint]) -> None:
        """Display matches and terms."""
        self.query_one("#pending").display = False
        self._show("#matches", match_lines(matches))
        self._show("#terms", term_lines(terms))
        self.set_class(not any(each.display for each in self.query(CachedStatic)), EMPTY)

    def show_matches(self, matches: Sequence[Suggestion]) -> None:
        """Display other matches; the terms stay."""
        self._show("#matches", match_lines(matches))
        self.set_class(False, EMPTY)

    def _show(self, selector: str, text: Text) -> None:
        section = self.query_one(selector, CachedStatic)
        section.display = bool(text)
        if text:
            section.set_text(text)


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def match_lines(matches: Sequence[Suggestion]) -> Text:
    """Return the section of matches; empty without one."""
    text = _heading(_("Suggestions")) if matches else Text()
    for number, match in enumerate(matches[:MAX_SUGGESTIONS], 1):
        text.append(f"\n{number} ", "not bold")
        text.append("" if match.machine else f"{match.score}% ").append(match.target, "not bold")
        if match.origin:
            text.append(f" · {match.origin}", "not bold dim")
    return text


def term_lines(terms: Sequence[TermHint]) -> Text:
    """Return the section of terms; empty without one."""
    text = _heading(_("Terms")) if terms else Text()
    for term in terms:
        text.append(f"\n{term.source} → ", "not bold").append(term.target)
        if term.forbidden:
            text.append(" " + _("not: {words}").format(words=", ".join(term.forbidden)), "not bold")
        if term.note:
            text.append(f" · {term.note}", "not bold dim")
    return text
