"""Markdown with front matter: a report as it stands in `sources/`. It is written there in UTF-8.

It is recognised by a first line `---` or `+++`, or by a name that ends in `.md` or `.markdown`. A
heading at the beginning is the headline if the front matter has no `title`. Front matter is YAML as
Jekyll, Hugo and Obsidian write it, or TOML between `+++` lines. Fields that transflow does not know
stay as they are; without a `byline`, that of `author` is taken. A line of template tags (`{% … %}`,
`{{< … >}}`) is no text, and is named.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from dataclasses import replace

from transflow.messages import Messages
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base.encodings import as_utf8
from transflow.report import author_of, decode, first_lines, front_matter, named_breaks

MESSAGES = Messages(__name__, {"description": "Markdown with front matter, as in sources/."})
DESCRIPTION = MESSAGES("description")
IS_ORIGINAL = True

_ENDINGS = (".md", ".markdown")
_FENCES = (b"---\n", b"---\r", b"+++\n", b"+++\r")


def recognises(data: bytes, name: str) -> Certainty:
    if data.removeprefix(BOM_UTF8).startswith(_FENCES):
        return Certainty.CONTENT
    return Certainty.NAME if name.endswith(_ENDINGS) else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    found = as_utf8(data, name)
    text = decode(found.data, name)
    front, offset, issues = front_matter(text, name)
    errors = (issue for issue in issues if issue.severity == "error")  # others are reported when the file is added
    front = front if front.byline else replace(front, byline=author_of(text, name))
    head = first_lines(found.data, text.count("\n", 0, offset))
    named = (*found.issues("markdown"), *named_breaks(found.data))
    return IncomingReport(front, text[offset:], (*errors, *named), head=head)
