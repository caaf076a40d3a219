"""Losses that documents of every kind have: notes, comments, deletions, pictures, hidden text.

A message has the whole text of what is left out, so that it can be taken in by hand.
"""

from __future__ import annotations

from transflow.messages import Messages
from transflow.readers.base.parts import Loss
from transflow.readers.base.runs import visible_text
from transflow.text import one_line

MESSAGES = Messages(
    __name__,
    {
        "footnote": "the footnote “{text}” is not kept.",
        "endnote": "the endnote “{text}” is not kept.",
        "comment": "the comment “{text}” is not kept.",
        "comment/by": "the comment “{text}” by {who} is not kept.",
        "deleted": "“{text}” is marked as deleted, and left out.",
        "hidden": "the hidden text “{text}” is left out.",
        "head": "“{text}” stands at the head of pages, and is left out.",
        "foot": "“{text}” stands at the foot of pages, and is left out.",
        "background": "“{text}” stands behind the text of pages, and is left out.",
        "picture": "a picture is not kept.",
        "picture/described": "a picture is not kept; it is described as “{text}”.",
        "equation": "the equation “{text}” is not kept.",
        "object": "an embedded object is not kept.",
        "chart": "a chart is not kept.",
        "video": "a recording is not kept.",
        "box": "this is the text of a box, which may stand elsewhere on the page.",
    },
)


def left_out(what: str, text: str) -> list[Loss]:
    """Return the loss of a text, by its key in `MESSAGES`; none of an empty text."""
    text = one_line(visible_text(text))
    return [Loss(MESSAGES(what, text=text))] if text else []


def comment(text: str, who: str) -> list[Loss]:
    """Return the loss of a comment; `who` wrote it, if that is known."""
    text, who = one_line(visible_text(text)), one_line(visible_text(who))
    if not who:
        return left_out("comment", text)
    return [Loss(MESSAGES("comment/by", text=text, who=who))] if text else []


def picture(description: str = "") -> Loss:
    """Return the loss of a picture, with its alternative text if it has one."""
    text = one_line(visible_text(description))
    return Loss(MESSAGES("picture/described", text=text) if text else MESSAGES("picture"))


def thing(what: str) -> Loss:
    """Return the loss of something without a text, by its key in `MESSAGES`."""
    return Loss(MESSAGES(what))


BOX = Loss(MESSAGES("box"), "hint")
"""Note about the text of a box, which is kept."""
