"""Link definitions of Markdown, told apart from text such as `[이름 비공개]: 그렇다.`

Invariant: a line whose label is followed by words that are no address is text, so that nothing that
a report says is taken for a definition and lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:[ \t]*\n?[ \t]*(\S+)")
_ADDRESS = re.compile(r"<|[A-Za-z][A-Za-z0-9+.-]*:|[/#.?]|[\x21-\x7e]*[A-Za-z0-9-]\.[A-Za-z]{2}|[\x21-\x7e]+/")
"""Beginnings of addresses: in brackets, with a scheme, a path, or a host or file name."""


def add_definition_rule(parser: MarkdownIt) -> None:
    """Restrict link definitions to those with an address."""
    rules = parser.block.ruler
    original = next(rule.fn for rule in rules.__rules__ if rule.name == "reference")

    def reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = _DEFINITION.match(state.src, state.bMarks[start] + state.tShift[start])
        return bool(found and _ADDRESS.match(found[1])) and original(state, start, end, silent)

    rules.at("reference", reference)
