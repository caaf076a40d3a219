"""Table of the keys of the terminal UI, by mode.

Invariant: an id is never changed or reused, because people have it in their tui.toml. Entries under
`<mode>.` are active anywhere on the screen of that mode, before the focused widget; entries under
`<mode>.list.` only in its list, so that their key may be a letter; those under `text.` while a text
is written.

Ctrl+W, N and T, F5, F11 and F12 belong to browsers, Ctrl+B to tmux; Ctrl, Alt or Shift with Enter
or digits do not arrive in every terminal; in Hangul mode Shift changes only q w e r t o p. None of
them is used here.
"""

from __future__ import annotations

from typing import NamedTuple

from transflow.presenters.i18n import mark


class Key(NamedTuple):
    """Entry of the table. `keys` are Textual's names, with alternatives separated by commas."""

    id: str
    keys: str
    action: str
    """Action of the application for `app.` or of the editor for `text.` (the method is `action_…`),
    else command of the mode.
    """
    description: str
    """Description for the help and the palette."""
    label: str = ""
    """One or two words for the key line; if empty, the key line omits the entry."""

    @property
    def scope(self) -> str:
        return self.id.rpartition(".")[0]


TABLE: tuple[Key, ...] = (
    Key("app.help", "f1", "help", mark("Help: the keys of this mode"), mark("Help")),
    Key("app.queue", "f2", "mode('queue')", mark("Queue: what waits for me, every report and story"), mark("Queue")),
    Key("app.translate", "f3", "mode('translate')", mark("Translate"), mark("Translate")),
    Key("app.review", "f4", "mode('review')", mark("Review"), mark("Review")),
    Key("app.story", "f8", "mode('story')", mark("Story"), mark("Story")),
    Key("app.palette", "ctrl+p", "command_palette", mark("Commands by name"), mark("Commands")),
    Key("app.redraw", "ctrl+l", "redraw", mark("Draw the screen again")),
    Key("app.quit", "ctrl+q", "quit", mark("Quit; texts that are not saved are kept"), mark("Quit")),
    #
    Key("text.undo", "ctrl+z", "undo", mark("Undo, also back to the text before it was saved")),
    Key("text.redo", "ctrl+y", "redo", mark("Redo")),
    Key("text.select_all", "ctrl+a", "select_all", mark("Select the whole text")),
    Key("text.copy", "ctrl+c", "copy", mark("Copy the selection")),
    Key("text.paste", "ctrl+v", "paste", mark("Paste what was copied here")),
    Key("text.start", "ctrl+home", "document_start", mark("To the beginning of the text")),
    Key("text.end", "ctrl+end", "document_end", mark("To the end of the text")),
    Key("text.delete_word", "alt+backspace,ctrl+backspace", "delete_word_left", mark("Delete the word before the cursor")),
    Key("text.delete_line_start", "ctrl+u", "delete_to_start_of_line", mark("Delete to the beginning of the sentence or paragraph")),
    #
    Key("queue.list.next", "n", "list_next", mark("Next line")),
    Key("queue.list.previous", "p", "list_previous", mark("Previous line")),
    Key("queue.list.open", "enter", "open", mark("Open the line"), mark("Open")),
    Key("queue.list.add", "i", "add_report", mark("Add a report by pasting its text"), mark("Add report")),
    Key("queue.list.assign", "a", "assign", mark("Assign the sentences of a report"), mark("Assign")),
    Key("queue.list.compose", "c", "compose", mark("Start a story from the marked reports"), mark("Start story")),
    Key("queue.list.live", "l", "compose_live", mark("Begin a live story from the marked reports, with what is finished"), mark("Live")),
    Key("queue.list.filter", "slash", "filter", mark("Show only lines with these words"), mark("Filter")),
    Key("queue.list.sort", "s", "sort", mark("Sort by deadline, name or progress"), mark("Sort")),
    Key("queue.list.mark", "space", "mark_line", mark("Mark the line"), mark("Mark")),
    Key("queue.list.range", "v", "mark_range", mark("Mark a range: once at each end")),
    Key("queue.list.handover", "h", "hand_over", mark("Hand over what is open, mine or nobody's"), mark("Hand over")),
    Key("queue.list.exchange", "g", "exchange", mark("Send what was written, and bring in the others' work"), mark("Send and get")),
    Key("queue.list.reload", "r", "reload", mark("Read everything again")),
    Key("queue.list.quit", "q", "leave", mark("Quit; texts that are not saved are kept"), mark("Quit")),
    Key("queue.list.help", "question_mark", "help", mark("Help: the keys of this mode")),
    #
    Key("translate.confirm", "ctrl+s", "confirm", mark("Done, and on to the next unfinished"), mark("Done")),
    Key("translate.again", "f10", "needs_look", mark("Save as needing another look, and on to the next"), mark("Look again")),
    Key("translate.previous", "ctrl+up", "go(-1)", mark("Previous sentence")),
    Key("translate.next", "ctrl+down", "go(1)", mark("Next sentence")),
    Key("translate.take", "ctrl+r", "take", mark("Take the first suggestion"), mark("Take")),
    Key("translate.pick", "ctrl+o", "pick", mark("Pick a suggestion or a term: 1 to 9")),
    Key("translate.engine", "ctrl+e", "ask_engine", mark("Ask the machine translation engine about the sentence")),
    Key("translate.warning", "ctrl+g", "next_warning", mark("Next warning"), mark("Warning")),
    Key("translate.find", "ctrl+f", "find", mark("Filter this list, or search the whole project"), mark("Find")),
    Key("translate.split", "ctrl+x", "split", mark("Split the sentence, with a preview")),
    Key("translate.term", "f9", "add_term", mark("Add a term to the glossary")),
    Key("translate.join", "ctrl+k", "join", mark("Join the sentence with the next one, with a preview")),
    Key("translate.more", "f7", "more", mark("A command of the list, by its letter"), mark("More")),
    Key("translate.back", "escape", "to_list", mark("From the text to the list; from the list to all sentences"), mark("List")),
    Key("translate.direction", "f6", "turn", mark("Turn the direction of n, u, f and r")),
    Key("translate.list.edit", "e,enter", "edit", mark("Write the text"), mark("Write")),
    Key("translate.list.next", "n", "list_next", mark("Next sentence"), mark("Next")),
    Key("translate.list.previous", "p", "list_previous", mark("Previous sentence")),
    Key("translate.list.untranslated", "u", "jump('untranslated')", mark("Next untranslated sentence"), mark("Untranslated")),
    Key("translate.list.again", "f", "jump('needs-work')", mark("Next sentence that needs another look"), mark("Look again")),
    Key("translate.list.explain", "d", "explain", mark("What the checks read, and how often their warnings are right"), mark("Why")),
    Key("translate.list.unreviewed", "r", "jump('translated')", mark("Next sentence that nobody reviewed yet")),
    Key("translate.list.mark", "space", "mark_line", mark("Mark the sentence")),
    Key("translate.list.range", "v", "mark_range", mark("Mark a range: once at each end")),
    Key("translate.list.filter", "slash", "find", mark("Filter this list, or search the whole project"), mark("Find")),
    Key("translate.list.comment", "c", "comment", mark("Comment, ask a person, or answer"), mark("Comment")),
    Key("translate.list.history", "h", "history", mark("Everything about the sentence")),
    Key("translate.list.term", "g", "add_term", mark("Add a term to the glossary")),
    Key("translate.list.omit", "o", "omit", mark("Leave the sentence out, or take that back"), mark("Leave out")),
    Key("translate.list.limit", "k", "limit", mark("How the sentence may be used: on or off the record, background, on hold")),
    Key("translate.list.undo", "z", "take_back", mark("Take back the last limit, omission, join, split, replacement, copy"), mark("Undo")),
    Key("translate.list.number", "j", "go_to_number", mark("Go to a number")),
    Key("translate.list.mine", "m", "mine", mark("Only my sentences, or all again")),
    Key("translate.list.source", "b", "copy_source", mark("Put the Korean into the text")),
    Key("translate.list.case", "l", "change_case", mark("Other case for the selection or the word: lower, Capitals, UPPER")),
    Key("translate.list.word", "w", "add_word", mark("Add the word at the cursor to the dictionary")),
    Key("translate.list.earlier", "a", "earlier_texts", mark("Earlier texts of the sentence, to take one")),
    Key("translate.list.same", "i", "fill_same", mark("Put the text under the same sentence elsewhere")),
    Key("translate.list.replace", "y", "replace", mark("Find and replace in this report, place by place")),
    Key("translate.list.preview", "t", "preview", mark("The whole text so far")),
    Key("translate.list.help", "question_mark", "help", mark("Help: the keys of this mode")),
    #
    Key("review.confirm", "ctrl+s", "confirm", mark("Save the mended text as reviewed, and on to the next"), mark("Save, reviewed")),
    Key("review.again", "f10", "needs_look", mark("Save as needing another look, and on to the next"), mark("Look again")),
    Key("review.marked", "f7", "approve_marked", mark("The marked sentences are reviewed; asks with a count"), mark("Marked reviewed")),
    Key("review.previous", "ctrl+up", "go(-1)", mark("Previous sentence")),
    Key("review.next", "ctrl+down", "go(1)", mark("Next sentence")),
    Key("review.warning", "ctrl+g", "next_warning", mark("Next warning"), mark("Warning")),
    Key("review.find", "ctrl+f", "find", mark("Filter this list, or search the whole project"), mark("Find")),
    Key("review.back", "escape", "to_list", mark("From the text to the list; from the list to all sentences"), mark("List")),
    Key("review.direction", "f6", "turn", mark("Turn the direction of n, u, f and r")),
    Key("review.list.approve", "a", "approve", mark("Reviewed: the sentence as it is shown, and on to the next"), mark("Reviewed")),
    Key("review.list.back", "x", "send_back", mark("Send back, with a comment"), mark("Send back")),
    Key("review.list.edit", "e,enter", "edit", mark("Mend the text"), mark("Mend")),
    Key("review.list.still", "s", "still_right", mark("Still right under the changed Korean"), mark("Still right")),
    Key("review.list.waive", "i", "waive", mark("Waive a warning, with a reason"), mark("Waive")),
    Key("review.list.explain", "d", "explain", mark("What the checks read, and how often their warnings are right"), mark("Why")),
    Key("review.list.limit", "k", "limit", mark("How the sentence may be used: on or off the record, background, on hold")),
    Key("review.list.undo", "z", "take_back", mark("Take the last step back"), mark("Undo")),
    Key("review.list.next", "n", "list_next", mark("Next sentence")),
    Key("review.list.previous", "p", "list_previous", mark("Previous sentence")),
    Key("review.list.untranslated", "u", "jump('untranslated')", mark("Next untranslated sentence")),
    Key("review.list.again", "f", "jump('needs-work')", mark("Next sentence that needs another look")),
    Key("review.list.unreviewed", "r", "riskiest", mark("Sentence that nobody reviewed yet, the riskiest first"), mark("Riskiest")),
    Key("review.list.mark", "space", "mark_line", mark("Mark the sentence"), mark("Mark")),
    Key("review.list.range", "v", "mark_range", mark("Mark a range: once at each end")),
    Key("review.list.filter", "slash", "find", mark("Filter this list, or search the whole project"), mark("Find")),
    Key("review.list.comment", "c", "comment", mark("Comment, ask a person, or answer"), mark("Comment")),
    Key("review.list.history", "h", "history", mark("Everything about the sentence")),
    Key("review.list.help", "question_mark", "help", mark("Help: the keys of this mode")),
    #
    Key("story.confirm", "ctrl+s", "confirm", mark("The paragraph is done; on to the next unfinished"), mark("Done")),
    Key("story.again", "f10", "needs_look", mark("Save as needing another look, and on to the next"), mark("Look again")),
    Key("story.previous", "ctrl+up", "go(-1)", mark("Previous paragraph")),
    Key("story.next", "ctrl+down", "go(1)", mark("Next paragraph")),
    Key("story.draft", "ctrl+r", "take_draft", mark("Put the translations as they are now into the text"), mark("From translations")),
    Key("story.drafts", "f7", "take_drafts", mark("Accept the translations as paragraphs: the marked ones, or all"), mark("Accept all")),
    Key("story.warning", "ctrl+g", "next_warning", mark("Next warning"), mark("Warning")),
    Key("story.find", "ctrl+f", "find", mark("Filter this list, or search the whole project"), mark("Find")),
    Key("story.split", "ctrl+x", "split", mark("Split the paragraph, with a preview"), mark("Split")),
    Key("story.join", "ctrl+k", "join", mark("Join the paragraph with the next one, with a preview"), mark("Join")),
    Key("story.back", "escape", "to_list", mark("From the text to the page; from the page to all paragraphs"), mark("Page")),
    Key("story.direction", "f6", "turn", mark("Turn the direction of u and f")),
    Key("story.list.edit", "e,enter", "edit", mark("Write the paragraph"), mark("Write")),
    Key("story.list.ready", "r", "ready", mark("Hand the story to an editor, or take it back"), mark("Hand to editor")),
    Key("story.list.clear", "a", "clear", mark("Clear the story to publish, after reading it whole"), mark("Clear to publish")),
    Key("story.list.changes", "g", "take_in", mark("Take in what changed or was finished in the reports"), mark("Take in")),
    Key("story.list.whole", "t", "whole", mark("Edit the story as one text"), mark("One text")),
    Key("story.list.cut", "o", "cut", mark("Cut the paragraph, or print it again"), mark("Cut")),
    Key("story.list.move", "m", "move", mark("Move the marked paragraphs, or this one"), mark("Move")),
    Key("story.list.add", "i", "add", mark("Add a paragraph of your own after this one"), mark("Add")),
    Key("story.list.still", "s", "still_right", mark("Still right under the changed translations"), mark("Still right")),
    Key("story.list.new", "d", "take_new", mark("Take the changed translations for the text")),
    Key("story.list.waive", "w", "waive", mark("Waive a warning, with a reason")),
    Key("story.list.live", "k", "switch_live", mark("Make the story live, or no longer live")),
    Key("story.list.page", "b", "show_page", mark("Make the page and open it")),
    Key("story.list.published", "x", "record_publication", mark("Record the address where the story is published")),
    Key("story.list.mistake", "j", "mend_page", mark("The page is wrong: correct, clarify or withdraw it"), mark("Page is wrong")),
    Key("story.list.copy", "y", "copy", mark("Copy a field to the clipboard"), mark("Copy")),
    Key("story.list.undo", "z", "take_back", mark("Take the last step back"), mark("Undo")),
    Key("story.list.cite", "l", "cite", mark("Say where the background of the paragraph comes from")),
    Key("story.list.next", "n", "list_next", mark("Next paragraph")),
    Key("story.list.previous", "p", "list_previous", mark("Previous paragraph")),
    Key("story.list.unwritten", "u", "jump('untranslated')", mark("Next paragraph that nobody accepted")),
    Key("story.list.again", "f", "jump('needs-work')", mark("Next paragraph that needs another look")),
    Key("story.list.mark", "space", "mark_line", mark("Mark the paragraph")),
    Key("story.list.range", "v", "mark_range", mark("Mark a range: once at each end")),
    Key("story.list.filter", "slash", "find", mark("Filter this list, or search the whole project")),
    Key("story.list.comment", "c", "comment", mark("Comment, ask a person, or answer")),
    Key("story.list.history", "h", "history", mark("Everything about the paragraph")),
    Key("story.list.help", "question_mark", "help", mark("Help: the keys of this mode")),
)  # fmt: skip


def keys_in_scope(scope: str) -> tuple[Key, ...]:
    """Return the entries of one scope, such as `translate` or `translate.list`."""
    return tuple(key for key in TABLE if key.scope == scope)
