"""Linear mode: prompts instead of screens, for screen readers, phones and slow connections.

Invariant: it runs the same actions as the screens, and does not import Textual. Text typed at a
prompt is in the journal of unsaved texts within 300 ms; a text that was not confirmed is offered
again.

    start       `run(…)`: preferences, journal and signals; starts in a mode
    talk        `Talk`, output of lines and prompts: through readline on a terminal, or from a pipe
    commands    `Command`, and the parser of typed lines: a command begins with a dot, in Latin or
                Hangul letters
    session     `Session`: the user in one project; runs an action and prints its refusal
    position    `Position`, the unit that is read out, as it was heard, in an open catalog
    prompter    `Prompter`, runner of dialogues: their questions become prompts
    sentences   `CatalogPrompts`, base of the modes over one catalog: the prompt loop, moving
    listing     lists of units, and a search of the whole project
    regrouping  joining and splitting
    queue, translate, review, story     one mode each
"""
