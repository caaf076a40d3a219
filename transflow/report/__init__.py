"""Reports: from a Markdown file with front matter to blocks, and from plain text to such a file.

Invariant: nothing that a reporter wrote disappears silently. What is no block of the report and no field of its front
matter is named in an issue, code and thematic breaks aside. Reading changes no file.

    encoding    bytes to text, or an error with line and way out; the digest
    front       the front matter
    scalar      the values of the front matter, such that YAML readers agree
    blocks      Markdown to blocks
    lists       which lines are items of lists, and which only look so
    guards      the backslashes that keep plain text plain
    plain       plain text to blocks, and blocks to a report file
    slug        names of reports
    reading     all of it together
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transflow.report.blocks import markdown_blocks
    from transflow.report.encoding import decode, digest, named_breaks
    from transflow.report.front import front_matter, when, write_front
    from transflow.report.plain import plain_blocks, to_markdown
    from transflow.report.reading import parse
    from transflow.report.slug import SLUG, slugify, valid_slug

_HOMES = {
    "SLUG": "slug",
    "decode": "encoding",
    "digest": "encoding",
    "front_matter": "front",
    "markdown_blocks": "blocks",
    "named_breaks": "encoding",
    "parse": "reading",
    "plain_blocks": "plain",
    "slugify": "slug",
    "to_markdown": "plain",
    "valid_slug": "slug",
    "when": "front",
    "write_front": "front",
}

__all__ = [
    "SLUG",
    "decode",
    "digest",
    "front_matter",
    "markdown_blocks",
    "named_breaks",
    "parse",
    "plain_blocks",
    "slugify",
    "to_markdown",
    "valid_slug",
    "when",
    "write_front",
]


def __getattr__(name: str) -> Any:
    """Each name from its module when it is first asked for: commands that only count read no Markdown patterns."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
