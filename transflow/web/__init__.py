"""The project in a browser: a third front end over the same actions and presenters.

Invariant: whatever a page does is a form that works without a script, and one action, with the mark
of what the page showed; what a person typed stays in its box until it is saved or given up.
"""
