"""Commands of `transflow`: one module for each command or group of commands, with its name."""

COMMANDS = {
    "init": "Create a project, with a sample report.",
    "person": "List, add and protect the people of the newsroom.",
    "completion": "Print completion for a shell.",
    "add": "Add reports to the project.",
    "readers": "List the kinds of files that reports are read from.",
    "update": "Update catalogs from changed reports.",
    "assign": "Assign the sentences of a report to translators.",
    "queue": "List the work that waits for you, overdue first.",
    "suggest": "Draft the missing translations with an engine.",
    "translate": "Translate a report on the screen.",
    "review": "Review a report on the screen.",
    "story": "Write or read a story on the screen.",
    "unit": "Show, write and judge sentences and paragraphs.",
    "compose": "Make a story from reports, or update its drafts.",
    "article": "Show and edit the paragraphs of a story.",
    "ready": "Mark a story as ready for an editor.",
    "clear": "Clear a story for publication (editors).",
    "credits": "Print the credit line of a story.",
    "render": "Write stories to build/<language>/.",
    "published": "Record or list the pages of a published story.",
    "correct": "Correct a mistake after publication.",
    "credit": "Withhold names from what is printed.",
    "kill": "Kill a story: it is not published (editors).",
    "redact": "Remove a text from every file for good (editors).",
    "mv": "Rename a report or a story.",
    "replace": "Change a spelling in every translation and story.",
    "status": "Show the progress of every report and story.",
    "check": "Check what is ready to publish.",
    "memory": "Search and exchange earlier translations.",
    "glossary": "Search and edit the spellings of names and terms.",
    "names": "List the people in a report, with their spellings.",
    "export": "Write catalogs for other programs.",
    "stats": "Print the statistics of a month.",
    "repair": "Repair damaged files.",
    "git": "Set up git for a clone of the project.",
    "merge": "Merge two versions of a catalog; git runs this.",
}
"""Command -> first sentence of its help, in the order of a day's work.

A test compares them with the modules.
"""
