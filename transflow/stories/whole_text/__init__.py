"""Editing of an article as one text: export, and the edits that a changed text means.

Invariant: an unchanged text means no edits. No edit deletes a paragraph: what is left out of the
text is cut. A text that was exported from another state of the article or its reports is refused.

    layout         export of the text, and parsing
    recognition    matching of texts to paragraphs
    likeness       similarity of two texts, word by word
    editing        application of the parsed text to the article
    moved_words    attribution of words moved between paragraphs
    reshaped       report of edits beyond words and order
"""

from transflow.stories.whole_text.editing import Edited, edit, moved_ids, own_paragraph
from transflow.stories.whole_text.layout import CUT_LINE, export, format_refs, positions, shown_text, state_line
from transflow.stories.whole_text.reshaped import Reshaped, reshaped

__all__ = [
    "CUT_LINE",
    "Edited",
    "Reshaped",
    "edit",
    "export",
    "format_refs",
    "moved_ids",
    "own_paragraph",
    "positions",
    "reshaped",
    "shown_text",
    "state_line",
]
