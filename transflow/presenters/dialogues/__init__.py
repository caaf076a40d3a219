"""Dialogues with a person: questions, and what follows from the answers, as generators.

Invariant: a dialogue knows no widget and no terminal. It yields requests (`requests`), receives
their results, and ends. The screens answer them by dialogs, the linear mode by prompts.

    requests        the requests, and functions that yield one and return its result
    annotating      comments, questions and answers, omission, terms
    approving       approving, sending back, confirming as still right
    clearance       readiness of a story, and clearance
    copying         copying the fields of a story
    paragraphs      cutting, moving, adding, citing, decisions about drafts
    regrouping      joining and splitting
    reports         assigning and adding reports, composing stories
    reusing         equal sentences, find and replace, earlier texts
    searching       the filter of the list, and search of the project
    waiving         waiving a warning
    wording         numbers, the dictionary, the text so far
    whole_text      editing a story as one text
    writing         saving a text, and the question that follows if somebody else changed the unit
"""
