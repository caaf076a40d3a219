"""Editing of an article as one text: export, and the edits that a changed text means.

Invariant: an unchanged text means no edits. No edit deletes a paragraph: what is left out of the
text is cut. A text that was exported from another state of the article or its reports is refused;
one without heads, such as a text from elsewhere, is aligned to the paragraphs.

    layout         export of the text, and parsing
    recognition    matching of texts to paragraphs
    alignment      matching of a text without heads, such as one from elsewhere
    evidence       names, figures and rare words that two texts have in common
    likeness       similarity of two texts, word by word
    editing        application of the parsed text to the article
    moved_words    attribution of words moved between paragraphs
    sentences      references to sentences in heads
    reshaped       report of what an edit does to each paragraph
    cursor         the paragraph in which a line is
    merging        three-way merge of two texts
"""

from transflow.stories.whole_text.cursor import TextPlace, place_at
from transflow.stories.whole_text.editing import Edited, edit, moved_ids, own_paragraph
from transflow.stories.whole_text.layout import CUT_LINE, export, has_heads, shown_text, state_line
from transflow.stories.whole_text.merging import MergedStoryText, merge_texts
from transflow.stories.whole_text.reshaped import Reshaped, reshaped
from transflow.stories.whole_text.sentences import NamedSentences, format_refs, positions

__all__ = [
    "CUT_LINE",
    "Edited",
    "MergedStoryText",
    "NamedSentences",
    "Reshaped",
    "TextPlace",
    "edit",
    "export",
    "format_refs",
    "has_heads",
    "merge_texts",
    "moved_ids",
    "own_paragraph",
    "place_at",
    "positions",
    "reshaped",
    "shown_text",
    "state_line",
]
