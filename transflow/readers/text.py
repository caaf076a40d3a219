"""Plain text in UTF-8: each line is a paragraph, the first one the headline.

It reads every file that no other reader recognises. What looks like Markdown in it stays text. For
a text in another encoding, such as EUC-KR, the command that converts it is given.
"""

from __future__ import annotations

from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.report import decode, named_breaks, plain_blocks, to_markdown

MESSAGES = Messages(__name__, {"description": "Plain text: a line is a paragraph, the first is the headline."})
DESCRIPTION = MESSAGES("description")
IS_ORIGINAL = True


def recognises(data: bytes, name: str) -> Certainty:
    return Certainty.FALLBACK


def read(data: bytes, name: str) -> IncomingReport:
    body = to_markdown(FrontMatter(), plain_blocks(decode(data, name)))
    return IncomingReport(FrontMatter(), body, tuple(named_breaks(data)), begins_with_headline=True)
