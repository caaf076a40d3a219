"""Plain text: each line is a paragraph, the first one the headline.

It reads every file that no other reader recognises: UTF-8, UTF-16, and Korean in CP949 (EUC-KR),
Johab or ISO-2022-KR. An encoding other than UTF-8 is named. What looks like Markdown in it stays
text. Of a text in an encoding that is none of these, the command that converts it is given.
"""

from __future__ import annotations

from transflow.messages import Messages
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base.encodings import as_utf8
from transflow.report import decode, named_breaks, plain_blocks, to_markdown

MESSAGES = Messages(__name__, {"description": "Plain text: a line is a paragraph, the first is the headline."})
DESCRIPTION = MESSAGES("description")
IS_ORIGINAL = True


def recognises(data: bytes, name: str) -> Certainty:
    return Certainty.FALLBACK


def read(data: bytes, name: str) -> IncomingReport:
    found = as_utf8(data, name)
    body = to_markdown(FrontMatter(), plain_blocks(decode(found.data, name)))
    issues = (*found.issues("text"), *named_breaks(found.data))
    return IncomingReport(FrontMatter(), body, issues, begins_with_headline=True)
