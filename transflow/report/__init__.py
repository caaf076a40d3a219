"""Reports: Markdown files with front matter, parsed into blocks; plain text converted to such
files.

Invariant: nothing that a reporter wrote disappears silently. Whatever is neither a block of the
report nor a field of its front matter is named in an issue, except code and thematic breaks.
Parsing changes no file.

    encoding    decoding of bytes, with errors that name line and remedy; the digest
    fields      the fields of the front matter as they stand in the file
    yaml_values, toml_fields
                values on several lines, and front matter in TOML
    front       the values of the front matter
    front_edit  changes to the front matter of a file
    scalar      values on one line, compatible with YAML
    blocks      Markdown to blocks
    comments    comments, which are no text
    templates   template tags of site generators, which are no text either
    html        HTML as the Markdown that it means
    lists       lines that look like list items but are text
    guards      backslashes that keep plain text plain
    plain       plain text to blocks, and blocks to a report file
    slug        names of reports
    byline      the reporters of a byline
    reading     a whole report file
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transflow.report.blocks import markdown_blocks
    from transflow.report.encoding import decode, digest, first_lines, named_breaks
    from transflow.report.front import author_of, front_matter, source_of, when, write_front
    from transflow.report.front_edit import with_front
    from transflow.report.plain import plain_blocks, to_markdown
    from transflow.report.reading import parse
    from transflow.report.slug import SLUG, slugify, valid_slug

_HOMES = {
    "SLUG": "slug",
    "author_of": "front",
    "decode": "encoding",
    "digest": "encoding",
    "first_lines": "encoding",
    "front_matter": "front",
    "markdown_blocks": "blocks",
    "named_breaks": "encoding",
    "parse": "reading",
    "plain_blocks": "plain",
    "slugify": "slug",
    "source_of": "front",
    "to_markdown": "plain",
    "valid_slug": "slug",
    "when": "front",
    "with_front": "front_edit",
    "write_front": "front",
}

__all__ = [
    "SLUG",
    "author_of",
    "decode",
    "digest",
    "first_lines",
    "front_matter",
    "markdown_blocks",
    "named_breaks",
    "parse",
    "plain_blocks",
    "slugify",
    "source_of",
    "to_markdown",
    "valid_slug",
    "when",
    "with_front",
    "write_front",
]


def __getattr__(name: str) -> Any:
    """Import each name on first use: commands that only count need no Markdown patterns."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
