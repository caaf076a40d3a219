"""The terminal UI: where translators, writers and editors work all day.

Invariant: the UI holds no workflow of its own. What changes the record is one call of `transflow.actions`, made in the
saving thread; what a person types is in the drafts journal within 300 ms, whatever happens to the process.

This page imports nothing: textual is imported by `app` and below, and only when a person opens the UI.

How it is built, from the outside in:

    start           `run(actor, mode, ref, …)`: environment, preferences and keys are checked, then the application runs
    app             `TransflowApp`: the modes, the journal, the saver, presence, themes, signals, the palette
    driver          the terminal, and that it is gone; ending: the process is gone soon after
    controls        escape sequences and turned text are shown, not obeyed
    screens/mode    `Mode`, what every mode is: title line, body, message line, key line; `act()` runs one action
    screens/…       a module for each mode; it is named in `app.MODES_AT`, and its keys in `keys`
    screens/judging steps that judge what is painted, and ask again where somebody changed it
    presenters/refusals     why something was refused, in the words of the screen
    dialogs         modal questions with typed answers: `Ask` (a text), `Choose` (one of a list), `Agree` (yes or no)
    widgets/line_list       `LineList`, a virtual list that paints only the lines in view: marks, ranges, Hangul letters
    presenters/list_rows    what stands in a line of it. Pure
    presenters/unit_lines   a unit as one line of such a list
    widgets/page_list       `PageList`, the same with paragraphs of several lines: a story's page
    presenters/page_lines   a paragraph as such lines; story_notes: what stands beside it
    widgets/editor          `Editor`, a text area that knows whose text it holds: undo per unit, NFC, keys held while saving
    widgets/side_pane       matches and terms beside a unit, with its notes
    presenters/unit_notes   comments and history of a unit. Pure
    presenters/assistants   the Protocols `Suggester`, `TermFinder` and `Checker`, and what is installed of them
    presenters/catalog_view `CatalogView`, a catalog as a person has it open: filter, drafts, progress. Pure; knows no widget
    presenters/filtering    the filter language of the list. Pure
    presenters/word_diff    old and new text, word by word. Pure
    presenters/changes      what became of a unit since somebody saw it. Pure
    presenters/two_texts    the question to who wrote while somebody else changed the unit. Pure
    presenters/journal      the drafts journal: precious, in the user's state folder
    saving          `Saver`, the one thread that writes; what came of it comes back as a message
    presenters/presence     who else has a catalog open: locked files in .transflow/open
    plain/          the linear mode: prompts instead of a screen; imports no textual
    presenters/formatting   times and people as they are shown
    keys, keymap    the table of keys with stable ids; the user's changes to it, validated
    presenters/preferences  the user's tui.toml: language, theme, keys
    presenters/i18n         the words on the screen, through gettext catalogs in translations/

Rules for a new mode:

- Derive from `screens.mode.Mode`, give `NAME` and `body()`; add it to `app.MODES_AT` and its keys to `keys.TABLE` under
  `<mode>.` (anywhere on the screen, before the focused widget) or `<mode>.list.` (only while its list has the focus).
  An entry's `action` is the method `action_…` of the mode. The help (F1), the key line, the palette and the user's
  keymap follow from the table.
- Anything that leaves a text (confirm, move, change of mode) goes through `Mode.step()`: it waits 30 ms for a
  syllable that the input method still holds, runs one at a time, and queues what is pressed meanwhile.
- I/O runs in `self.act(function, …, then=handler)`: in the saving thread; the handler gets the value in the UI's
  thread. A refusal is said in words on the message line, and `then` is not called; `failed=` handles it otherwise.
- Texts on the screen are `_("…")`, counted ones `count("one", "many", n)`; table entries are marked with `mark("…")`.
  After adding one, run `make docs` in a checkout and translate what is empty in translations/ko.po.
- Nothing is told by colour alone: a state has a sign and a word, a diff has brackets.
"""
