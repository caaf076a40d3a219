"""An article as one text to edit, and the edits that a changed text means.

Invariant: a text that was not changed means no edits; nothing of the article disappears by an edit: what is left out of
the text is cut, not deleted, and a text from another state of the article or its reports is refused.

    layout         the text, written and read
    recognising    whose text stands under which head
    likeness       how much of one text stands in another
    editing        what the text read says about the article
    moved_words    whose words they are that went from one paragraph to another
    reshaped       what an edit does that is more than words and order
"""

from transflow.stories.whole_text.editing import Edited, edit, moved_ids, own_paragraph
from transflow.stories.whole_text.layout import CUT_LINE, export, positions, shown_text, state_line, typed
from transflow.stories.whole_text.reshaped import Reshaped, reshaped

__all__ = [
    "CUT_LINE",
    "Edited",
    "Reshaped",
    "edit",
    "export",
    "moved_ids",
    "own_paragraph",
    "positions",
    "reshaped",
    "shown_text",
    "state_line",
    "typed",
]
