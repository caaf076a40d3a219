"""Commands of `transflow`: one module for each command or group of commands, with its name."""

COMMANDS = {
    "init": "Make a project that works at once.",
    "person": "The people of the newsroom.",
    "completion": "Print completion for a shell.",
    "add": "Add reports: Markdown with front matter, or plain text (a line is a paragraph, the first is the headline).",
    "readers": "List the readers of reports, the files that they read, and what each needs.",
    "update": "Bring catalogs up to their reports; with FILE, take that as the report's new version.",
    "assign": "Share the sentences of a report out, in runs of about the same length.",
    "queue": "List what waits for me: overdue first.",
    "suggest": "Have a machine draft the sentences that have no translation.",
    "translate": "Translate a report on the screen.",
    "review": "Review a report on the screen.",
    "story": "Write or read a story on the screen.",
    "unit": "Sentences of reports and paragraphs of stories: show, write, approve, ask …",
    "compose": "Make a story from reports, or bring its drafts up to them.",
    "article": "The paragraphs of a story: show, move, join, split, cut, add, cite, edit.",
    "ready": "Say that a story is ready to be read by an editor.",
    "clear": "An editor's word that the story may go out as it reads now.",
    "credits": "The credit line of a story as it would print now.",
    "render": "Write stories to build/<language>/.",
    "published": "Record where a story was published, or list where.",
    "correct": "Begin a correction: list what a mistake touches, open it, and draft the note for readers.",
    "credit": "Withhold names from what is printed.",
    "kill": "An editor's word that a story does not go out.",
    "redact": "Take a text out of everything, for good: reports, translations, stories, notes, glossaries, caches, output.",
    "mv": "Rename a report or a story, with everything that refers to it, in every language.",
    "replace": "Change a spelling in every translation and story: whole words, capitals as typed.",
    "status": "Show how far every report and story is.",
    "check": "The gate: exit code 0 passed, 1 failed, 2 usage or configuration, 3 unreadable input.",
    "memory": "Earlier translations of the project, found again by likeness and by words.",
    "glossary": "Spellings of names and terms: locales/<language>/glossary.po.",
    "names": "The people whom a report names, and the approved spelling of each, or that there is none yet.",
    "export": "Write catalogs for other programs, with the full header of gettext.",
    "stats": "List what was done in a month: sentences and words first confirmed, words reviewed, how long it took, "
    "what others corrected, and how much of each engine's drafts survived.",
    "repair": "Mend what other programs, edits by hand and merges without the driver spoiled; name what cannot be mended.",
    "git": "Sharing the project through git.",
    "merge": "Merge two versions of a catalog, sentence by sentence: git runs this (see `transflow git setup`).",
}
"""Command -> first sentence of its help, in the order of a day's work.

A test compares them with the modules.
"""
