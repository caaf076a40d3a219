"""Dialogues about editing a story as one text: which text is opened, and whether it is saved.

Invariant: typed text is in the journal until it is saved. A text that was begun on another state of
the story is merged with it, and never overwrites what others wrote without showing it.
"""

from __future__ import annotations

from transflow.actions.stories import article, citing
from transflow.actions.stories.one_text import text_reading
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.dialogues.requests import ChangeCatalog, Dialogue, Say, agree, ask, choose, perform
from transflow.presenters.formatting import Formats
from transflow.presenters.i18n import _
from transflow.presenters.journal import Journal, UnsavedText
from transflow.presenters.text_changes import text_changes
from transflow.stories.whole_text import Edited, has_heads, merge_texts

KEY = "text"
"""Unit id of the text in the journal. It is shorter than any id of a unit."""


def text_to_edit(view: CatalogView, journal: Journal, now: str) -> Dialogue[str | None]:
    """Return the text of the story, or the unsaved one, with what changed in the story since.

    If the same lines changed there too, asks which text is opened.
    """
    text: str = yield from perform(article.export_text, str(view.place))
    draft = journal.get(view.place.path, KEY)
    if draft is None or draft.text == text:
        return text
    if _state_line(draft.text) == _state_line(text) or not has_heads(draft.text):
        return draft.text  # a text without heads is aligned to the story as it is when it is saved
    if not draft.source:  # begun by an earlier version, which did not store it
        return (yield from _chosen(draft.text, text, "", _("My text, to copy from it")))
    merged = merge_texts(draft.source, draft.text, text)
    mine: str | None = merged.text
    if merged.clashes:
        mine = yield from _chosen(merged.text, text, "\n\n".join(merged.clashes), _("My text, in place of theirs"))
    else:
        yield Say(_("What changed in the story since you began is in your text."))
    if mine == merged.text:
        journal.put(view.place.path, KEY, unsaved_text(mine, text, now))
    return mine


def _chosen(mine: str, story: str, theirs: str, first: str) -> Dialogue[str | None]:
    """Ask which text is opened; `theirs` are the lines that both changed, as the story has them."""
    about = _("What you had written stays here, not saved, until you save another text.")
    if theirs:
        about = _("The story has there now:") + f"\n{theirs}\n\n{about}"
    choices = [first, _("The story as it is now")]
    chosen = yield from choose(_("The story changed since you began to edit it as one text."), choices, about)
    return None if chosen is None else (mine, story)[chosen]


def unsaved_text(text: str, base: str, now: str) -> UnsavedText:
    """Return the entry of the journal for a text that was begun on `base`, the story's text."""
    return UnsavedText(text, _state_line(text), now, base)


def save_text(view: CatalogView, text: str, formats: Formats) -> Dialogue[Edited | None]:
    """List what changes, paragraph by paragraph, and save it after one question."""
    reading = yield from perform(text_reading, view.place, text)
    changes = text_changes(reading, formats)
    if changes and not (yield from agree(_("Save the story like this?"), changes)):
        return None
    edited: Edited = yield ChangeCatalog(article.import_text, (str(view.place), text), _("Saved."))
    for unit_id in edited.unsourced:
        yield from _ask_for_source(view, edited, unit_id)
    return edited


def _ask_for_source(view: CatalogView, edited: Edited, unit_id: str) -> Dialogue[None]:
    """Ask what a new paragraph stands on: own reporting, or a source to cite."""
    unit = edited.article.find(unit_id)
    about = unit.target if unit else ""
    question = _("No report stands behind this paragraph. What does it stand on?")
    chosen = yield from choose(question, [_("Own reporting"), _("A source to cite")], about)
    if chosen != 1:
        return
    source = yield from ask(_("Which source?"), about, hint=_("https://… or an earlier story"))
    if source:
        yield ChangeCatalog(citing.cite, (view.place.ref(unit_id), source), _("Cited."))


def _state_line(text: str) -> str:
    """Return the first line of a text, which says from which state of the story it was exported."""
    return text.split("\n", 1)[0].strip()
