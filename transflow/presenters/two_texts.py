"""The question to a person who wrote while somebody else changed the unit's source or target.

Invariant: both versions of a changed source are shown whole, with the words that differ in
brackets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from rich.text import Text

from transflow.digests import approval
from transflow.model.unit import Unit
from transflow.presenters.i18n import _
from transflow.presenters.journal import UnsavedText
from transflow.presenters.source_view import pieces
from transflow.presenters.word_diff import diff, marked

Choice = Literal["mine", "theirs", "both"]


class TwoTexts(NamedTuple):
    question: str
    about: Text
    choices: list[tuple[str, Choice]]
    """The first one is the default."""


def two_texts(
    draft: UnsavedText, mine: str, now: Unit, person: Callable[[str], str], *, at_once: bool = False
) -> TwoTexts:
    """Return the question; `draft` was begun on an older version of the unit `now`.

    With `at_once`, choosing the own text saves it.
    """
    changed = draft.source not in ("", now.source)
    same_text = has_same_text(draft, now)
    go_on = _("Write mine over theirs") if at_once else _("Go on writing mine; nothing is saved yet")
    choices: list[tuple[str, Choice]] = [(go_on, "mine")]
    if not now.target and same_text:
        choices.append((_("Give up mine: the sentence has no text then"), "theirs"))
    if now.target and now.target != mine:
        choices.append((_("Give up mine: the text stays as it was") if same_text else _("Take theirs"), "theirs"))
        if not same_text:
            choices.append((_("Keep both: the sentence needs another look"), "both"))
    return TwoTexts(
        change_message(draft, now),
        _about(draft.source if changed else "", mine, now, person, same_text=same_text),
        choices,
    )


def has_same_text(draft: UnsavedText, now: Unit) -> bool:
    """True if only the source changed since the draft was begun."""
    is_other = draft.source not in ("", now.source)
    return is_other and draft.since == approval(now.id, draft.source, now.target)


def change_message(draft: UnsavedText, now: Unit) -> str:
    """Return one sentence that says what changed."""
    if not has_same_text(draft, now):
        return _("Somebody else changed this sentence while you were writing.")
    if now.refs:
        return _("The translations behind this paragraph changed while you were writing.")
    return _("The Korean of this sentence changed while you were writing.")


def _about(read: str, mine: str, now: Unit, person: Callable[[str], str], *, same_text: bool) -> Text:
    text = Text()
    if read:
        parts = diff(read, now.source)
        was, is_now = (_("The translations said"), _("The translations say now")) if now.refs else (_("Was:"), _("Is:"))
        for title, left_out in ((was, "added"), (is_now, "removed")):
            text.append(f"{title}\n", "bold")
            text.append_text(pieces(marked([part for part in parts if part.change != left_out]))).append("\n")
        text.append("\n")
    else:
        text.append(_("The Korean is now: {text}").format(text=now.source) + "\n\n")
    if now.target and same_text:
        text.append(_("The text so far: {text}").format(text=now.target) + "\n\n")
    elif not same_text:
        who = person(max(now.by, key=lambda each: each.time).who) if now.by else _("somebody")
        text.append(_("Now, by {who}: {text}").format(who=who, text=now.target or "–") + "\n\n")
    return text.append(_("Yours: {text}").format(text=mine))
