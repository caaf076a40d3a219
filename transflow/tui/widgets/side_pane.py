"""Pane beside a unit: matches, terms, comments and history.

Invariant: the pane is about the unit under the cursor, or empty until its matches and terms arrive.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.containers import VerticalScroll

from transflow.model.unit import Unit
from transflow.presenters.assistants import MESSAGES, Suggestion, TermHint
from transflow.presenters.i18n import _, say
from transflow.presenters.unit_notes import FormatTime, notes
from transflow.tui.widgets.cached import CachedStatic


class SidePane(VerticalScroll, can_focus=False):
    """Pane of matches, terms and notes.

    `show_notes` displays the notes at once; the answers of suggester and term finder arrive later,
    and are displayed by `show_answers`.
    """

    DEFAULT_CSS = """
    SidePane { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self):  # type: ignore[no-untyped-def] # Textual's ComposeResult
        yield CachedStatic(id="matches")
        yield CachedStatic(id="terms")
        yield CachedStatic(id="notes")

    def show_notes(self, unit: Unit | None, at: FormatTime) -> None:
        """Display the notes of a unit. `at` formats a time."""
        self.query_one("#notes", CachedStatic).set_text(notes(unit, at) if unit else Text())
        self.scroll_home(animate=False)

    def show_answers(self, matches: Sequence[Suggestion] | None, terms: Sequence[TermHint] | None) -> None:
        """Display matches and terms; None means that their helper is not installed."""
        self.query_one("#matches", CachedStatic).set_text(match_lines(matches))
        self.query_one("#terms", CachedStatic).set_text(term_lines(terms))

    def show_matches(self, matches: Sequence[Suggestion]) -> None:
        """Display other matches; the terms stay."""
        self.query_one("#matches", CachedStatic).set_text(match_lines(matches))


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def match_lines(matches: Sequence[Suggestion] | None) -> Text:
    """Return the section of matches; None means that no suggester is installed."""
    text = _heading(_("Suggestions"))
    if matches is None:
        return text.append("  " + _("No translation memory and no engine is installed."), "not bold dim")
    if not matches:
        return text.append("  " + _("None for this sentence."), "not bold dim")
    for number, match in enumerate(matches[:9], 1):
        text.append(f"\n{number} ", "not bold")
        text.append("" if match.machine else f"{match.score}% ").append(match.target, "not bold")
        if match.origin:
            text.append(f" · {match.origin}", "not bold dim")
    return text


def term_lines(terms: Sequence[TermHint] | None) -> Text:
    """Return the section of terms; None means that no glossary is installed."""
    text = _heading(_("Terms"))
    if terms is None:
        return text.append("  " + say(MESSAGES("no-glossary")), "not bold dim")
    if not terms:
        return text.append("  " + _("None in this sentence."), "not bold dim")
    for term in terms:
        text.append(f"\n{term.source} → ", "not bold").append(term.target)
        if term.forbidden:
            text.append(" " + _("not: {words}").format(words=", ".join(term.forbidden)), "not bold")
        if term.note:
            text.append(f" · {term.note}", "not bold dim")
    return text
