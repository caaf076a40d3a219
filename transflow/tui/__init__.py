"""Terminal UI: screens for translators, writers and editors, and the same by prompts.

Invariant: the UI holds no workflow of its own. Whatever changes the record is one call of
`transflow.actions`, made in the saver thread. Typed text is in the journal of unsaved texts within
300 ms, whatever happens to the process.

This package imports nothing: Textual is imported by `app` and below, and only when a person opens
the UI.

Modules, from the outside in:

    start           `run(actor, clock, mode, …)`: check settings and keys, then run the application
    app             `TransflowApp`: modes, journal, saver, presence, themes, signals, palette
    driver          the terminal, and detection that it is gone
    pasting         parser of the input that keeps escape sequences out of pasted texts
    ending          forced exit of the process soon after the terminal is gone
    controls        display of escape sequences and bidirectional controls in texts as plain text
    screens/mode    `Mode`, base of the modes: title line, body, message line, key line, commands,
                    actions
    screens/step_queue      one step at a time; keys pressed in the meantime wait
    screens/catalog_screen  `CatalogScreen`, base of the modes over one catalog: opens catalogs; its
                            `state` is `NothingOpen` or an `OpenCatalog`
    screens/open_catalog    `OpenCatalog`, the parts of an open catalog: `Sheet` (list and cursor),
                            `Editing`, `CatalogChanges` (with undo), `Finding`, `FileWatch`
    screens/…       one module per mode, named in `app.MODES_AT`, with its keys in `keys`, and one
                    per part that only some modes have
    screens/text_commands   commands of Translate on the text: menu, dictionary, equal sentences …
    screens/dialogue_runner runs dialogues: their questions become dialogs
    presenters/dialogues    questions to a person and what follows from the answers, for the screens
                            and the linear mode alike
    presenters/mode_rules   which units a mode stops at, progress, and what comes next
    presenters/story_view, queue_view       what the page of a story and the queue show
    presenters/command_actions  actions that do the same as a command that a message names
    dialogs         modal questions with typed answers: `Ask` (a text), `Choose` (from a list),
                    `Agree` (yes or no), `Select` (some of a list)
    filter_dialog           the filter, applied while it is typed, with its keywords as a list
    menu                    the commands of a list, by their letters, while letters are text
    widgets/line_list       `LineList`, a virtual list that renders only the visible lines: marks,
                            ranges, Hangul letters
    presenters/list_rows    content of a row of such a list. Pure
    presenters/unit_lines   a unit as one row of such a list
    widgets/page_list       `PageList`, a list of paragraphs of several lines: a story's page
    presenters/page_lines   a paragraph as rows of a page
    presenters/story_notes  notes beside a paragraph
    widgets/editor          `Editor`, a text area bound to one unit: undo per unit, NFC, input
                            frozen while saving
    widgets/side_pane       matches, terms and notes beside a unit
    presenters/unit_notes   comments and history of a unit. Pure
    presenters/assistants   the protocols `Suggester`, `TermFinder` and `Checker`, and which of
                            them are installed
    presenters/catalog_view `CatalogView`, a catalog as one person has it open: filter, unsaved
                            texts, progress. Pure; knows no widget
    presenters/filtering    filter language of the list. Pure
    presenters/text_tools   words, case and completion of a text. Pure
    presenters/split_points the place where a unit is split at first. Pure
    presenters/replacing    places of find and replace
    presenters/user_patterns    regular expressions that a person types, limited in time
    presenters/word_diff    word diff of two texts. Pure
    presenters/changes      changes of a unit since somebody saw it. Pure
    presenters/two_texts    question to a person whose unit was changed by somebody else. Pure
    presenters/journal      journal of unsaved texts, in the user's state folder. Must not be lost
    held_keys       keys that arrive between an answer and the next question
    saving          `Saver`, the only thread that writes; results come back as messages
    presenters/presence     who else has a catalog open: locked files in .transflow/open
    plain/          the linear mode: prompts instead of screens; does not import Textual
    presenters/formatting   times and people for display
    keys            table of keys with stable ids
    keymap          the user's changes to the keys, validated
    presenters/preferences  the user's tui.toml: language, theme, keys
    presenters/i18n         translated messages, through gettext catalogs in translations/

Rules for a new mode:

- Derive from `screens.mode.Mode`, define `NAME` and `body()`. Add it to `app.MODES_AT` and its keys
  to `keys.TABLE` under `<mode>.` (active anywhere on the screen, before the focused widget) or
  `<mode>.list.` (active only while its list has the focus). An entry's `action` is one of the
  mode's `commands`. Help (F1), key line, palette and the user's keymap follow from the table.
- A mode is composed of parts: plain classes that get what they need in their constructor. No mode
  derives from another one, and what several modes do is a part or a presenter.
- Questions, and what each answer does, are dialogues in `presenters.dialogues`.
- Whatever leaves a text (confirming, moving, changing the mode) goes through `steps.enqueue()`. It
  waits 30 ms for a syllable that the input method has not committed yet, runs one step at a time,
  and queues further steps.
- I/O runs in `self.perform_action(function, …, then=…)`: in the saver thread; the handler gets the
  value in the UI thread. A refusal is displayed on the message line, and `then` is not called;
  `failed=` handles it otherwise.
- Texts on the screen are `_("…")`, counted ones `count("one", "many", n)`; table entries are marked
  with `mark("…")`. After adding one, run `make docs` in a checkout and translate the new entries
  in translations/ko.po.
- Nothing is expressed by colour alone: a state has a sign and a word, a diff has brackets.
"""
