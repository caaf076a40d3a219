"""Dialogues about editing a story as one text: which text is opened, and whether it is saved.

Invariant: typed text is in the journal until it is saved. A text that was begun on another state of
the story can be read, but never overwrites the story.
"""

from __future__ import annotations

from transflow.actions.stories import article
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, agree, choose, perform
from transflow.presenters.i18n import _
from transflow.presenters.journal import Journal, UnsavedText
from transflow.stories.whole_text import Edited, Reshaped, reshaped, shown_text
from transflow.text import one_line

_PREVIEW_LENGTH = 60
"""Number of characters that identify a paragraph in a question."""
KEY = "text"
"""Unit id of the text in the journal. It is shorter than any id of a unit."""


def text_to_edit(view: CatalogView, journal: Journal) -> Dialogue[str | None]:
    """Return the text of the story, or the unsaved one; asks which, if the story changed since."""
    text = yield from perform(article.export_text, str(view.place))
    draft = journal.get(view.place.path, KEY)
    if draft is None or draft.text == text:
        return text
    if _state_line(draft.text) == _state_line(text):
        return draft.text
    about = _("What you had written stays a draft until you save another text.")
    choices = [_("My text, to copy from it"), _("The story as it is now")]
    chosen = yield from choose(_("The story changed since you began to edit it as one text."), choices, about)
    return None if chosen is None else (draft.text, text)[chosen]


def unsaved_text(text: str, now: str) -> UnsavedText:
    """Return the entry of the journal for an edited text."""
    return UnsavedText(text, _state_line(text), now)


def save_text(view: CatalogView, text: str) -> Dialogue[Edited | None]:
    """Save if only words and order change; otherwise list the other changes, and ask."""
    foreseen = yield from perform(article.preview_import, str(view.place), text)
    if changes := list(reshaped(foreseen.before, foreseen.edited.article)):
        lines = "\n".join(_change_line(view, change) for change in changes)
        if not (yield from agree(_("Save the story like this?"), lines)):
            return None
    edited: Edited = yield ChangeCatalog(article.import_text, (str(view.place), text), _("Saved."))
    return edited


def _change_line(view: CatalogView, change: Reshaped) -> str:
    words = {
        "cut": _("{number} is cut"),
        "joined": _("{number} is joined to another paragraph"),
        "split": _("A part of {number} is a paragraph by itself"),
        "kind": _("{number} is of another kind"),
        "sentences": _("{number} stands on other sentences"),
    }[change.change]
    number = view.number(change.unit.split if change.change == "split" else change.unit.id)
    text = one_line(shown_text(change.unit))
    return f"{words.format(number=number)}: {text[:_PREVIEW_LENGTH]}{'…' if text[_PREVIEW_LENGTH:] else ''}"


def _state_line(text: str) -> str:
    """Return the first line of a text, which says from which state of the story it was exported."""
    return text.split("\n", 1)[0].strip()
