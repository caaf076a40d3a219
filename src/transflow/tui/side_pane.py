"""Beside a unit: matches, terms, comments and history.

Invariant: what stands here is about the unit under the cursor, or the pane says that it is being looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widgets import Static

from transflow.model import Unit
from transflow.tui.installed import Match, Term
from transflow.tui.words import _
from transflow.workflow import is_approved, open_questions

Timed = Callable[[str], str]
"""A UTC time as the person reads it."""


class SidePane(VerticalScroll, can_focus=False):
    """`tell` shows the unit; the answers of suggester and term finder come later, and are shown by `matched`."""

    DEFAULT_CSS = """
    SidePane { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self):  # type: ignore[no-untyped-def] # Textual's ComposeResult
        yield Static(id="matches")
        yield Static(id="terms")
        yield Static(id="notes")

    def tell(self, unit: Unit | None, at: Timed) -> None:
        self.query_one("#notes", Static).update(notes(unit, at) if unit else Text())
        self.scroll_home(animate=False)

    def matched(self, matches: Sequence[Match] | None, terms: Sequence[Term] | None) -> None:
        """None: it is not installed."""
        self.query_one("#matches", Static).update(match_lines(matches))
        self.query_one("#terms", Static).update(term_lines(terms))


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def match_lines(matches: Sequence[Match] | None) -> Text:
    text = _heading(_("Suggestions"))
    if matches is None:
        return text.append("\n" + _("No translation memory and no engine is installed."), "not bold dim")
    if not matches:
        return text.append("\n" + _("None for this sentence."), "not bold dim")
    for number, match in enumerate(matches[:9], 1):
        text.append(f"\n{number} ", "not bold").append(f"{match.score}% ").append(match.target, "not bold")
        if match.origin:
            text.append(f" · {match.origin}", "not bold dim")
    return text


def term_lines(terms: Sequence[Term] | None) -> Text:
    text = _heading(_("Terms"))
    if terms is None:
        return text.append("\n" + _("No glossary is installed."), "not bold dim")
    if not terms:
        return text.append("\n" + _("None in this sentence."), "not bold dim")
    for term in terms:
        text.append(f"\n{term.source} → ", "not bold").append(term.target)
        if term.forbidden:
            text.append(" " + _("not: {words}").format(words=", ".join(term.forbidden)), "not bold")
        if term.note:
            text.append(f" · {term.note}", "not bold dim")
    return text


def notes(unit: Unit, at: Timed) -> Text:
    """Comments, questions and answers, other texts, and who did what."""
    text = _heading(_("Comments and history"))
    said = [*_said(unit), *_done(unit, at)]
    for line in said or [_("Nothing yet.")]:
        text.append(f"\n{line}", "not bold" if said else "not bold dim")
    return text


def _said(unit: Unit) -> list[str]:
    lines = list(unit.comments)
    still = open_questions(unit)
    for question in unit.questions:
        sign = "?" if question in still else "✓"
        whom = _("{who} asks {to}: {text}") if question.to else _("{who} asks: {text}")
        lines.append(f"{sign} " + whom.format(who=question.who, to=question.to, text=question.text))
    lines += [_("{who} answers: {text}").format(who=answer.who, text=answer.text) for answer in unit.answers]
    lines += [_("≠ {who} wrote: {text}").format(who=each.who, text=each.text) for each in unit.conflicts]
    return lines


def _done(unit: Unit, at: Timed) -> list[str]:
    lines = []
    acts = (
        (unit.returned, _("sent back by {who}, {time}: {why}")),
        (unit.omitted, _("left out by {who}, {time}: {why}")),
        (unit.cut, _("cut by {who}, {time}: {why}")),
    )
    lines += [phrase.format(who=act.who, time=at(act.time), why=act.reason) for act, phrase in acts if act]
    if unit.approved:
        phrase = _("approved by {who}, {time}") if is_approved(unit) else _("approved by {who}, {time}; changed since")
        lines.append(phrase.format(who=unit.approved.who, time=at(unit.approved.time)))
    for each in sorted(unit.by, key=lambda each: each.time, reverse=True):
        lines.append(_("written by {who}, {time}: {n} words").format(who=each.who, time=at(each.time), n=each.words))
    lines += [_("words of {who}: {n}").format(who=share.who, n=share.words) for share in unit.translated]
    lines += [
        _("{check} waived by {who}: {why}").format(check=each.check, who=each.who, why=each.reason)
        for each in unit.waivers
    ]
    if unit.assigned:
        phrase = _("assigned to {who}, due {time}") if unit.assigned.due else _("assigned to {who}")
        lines.append(phrase.format(who=unit.assigned.who, time=at(unit.assigned.due) if unit.assigned.due else ""))
    return lines
