"""A paragraph as a page has it, with the markup and typography of the record where it is the same.

Invariant: the words are those of the page; unchanged words keep the bytes of the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from transflow.similarity import common_opcodes
from transflow.web_pages.folding import fold

_LINK_END = re.compile(r"\]\([^()\s]*\)")
_MARKUP = re.compile(r"(?<!\\)[*_`\[\]]|\\(?=[^\w\s])")
_SPECIAL = re.compile(r"[\\*_`\[\]<]")


def carried(recorded: str, live: str, plain: Callable[[str], str]) -> str:
    """Return the text of the page as inline Markdown, made from that of the record.

    `plain` returns the words of inline Markdown. Where the markup does not fit the words any more,
    the text has none.
    """
    old, new = recorded.split(), live.split()
    keys = [fold(_MARKUP.sub("", _LINK_END.sub("", word))) for word in old]
    escaped = [_SPECIAL.sub(r"\\\g<0>", word) for word in new]
    result: list[str] = []
    for step in common_opcodes(keys, [fold(word) for word in new]):
        if step.tag == "equal":
            result += old[step.src_start : step.src_end]
        else:
            result += escaped[step.dest_start : step.dest_end]
    merged = " ".join(result)
    return merged if fold(plain(merged)) == fold(live) else " ".join(escaped)


def without_lead(live: str, lead: str) -> str:
    """Return a text of a page without what precedes it there, such as a dateline or label."""
    rest, wanted = live.lstrip(), fold(lead).strip(" -:()")
    if not wanted:
        return live
    for end in range(len(rest) + 1):
        if fold(rest[:end]).strip(" -:()").lower() == wanted.lower() and fold(rest[end : end + 1]).strip(" -:()"):
            return rest[end:]
    return live
