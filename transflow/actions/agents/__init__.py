"""Agents at the desk: programs that read, look up, check, draft and ask, and decide nothing.

Invariant: whatever is called with the project of an agent, it sees no text that is withheld
(confidential, under embargo, or off the record) and no name of such a report or story, and changes
nothing but texts in its own name that need another look, and questions and comments.

    sight     the catalogs and the units that an agent sees
    guard     the changes that an agent may make
    whole     the whole project, by which it is judged what an agent sees
    desk      the project as an agent has it, and the agent as an actor
    sessions  what each agent changed, to be undone by one command
    reading   units, searches and lists, as plain values
    lookups   the memory, the glossary, and checks of a text
    writing   drafts, questions and comments
"""
