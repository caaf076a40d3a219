"""The linear mode: prompts and lines instead of a screen, for screen readers, phones and slow lines.

Invariant: it does what the screen does, by the same actions, and imports no textual. What is typed at a prompt is in the
drafts journal within 300 ms; a text that was not confirmed is offered again.

    start       `run(…)`: the preferences, the journal, the signals; begins in a mode
    talk        `Talk`, which says lines and asks for them: through readline on a terminal, from a pipe without one
    commands    `Command`, and what a typed line means: a command begins with a dot, in Latin or Hangul letters
    session     `Session`: who is at work in which project; runs an action and says its refusal
    sentences   `Sentences`, what the modes over one catalog share: moving, listing, comments, history
    regrouping  joining and splitting
    queue, translate, review, story      a mode each
"""
