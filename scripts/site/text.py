"""Markdown of texts that were written for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from inspect import cleandoc


def escaped(text: str) -> str:
    """Return a text without markup, except code between backticks."""
    parts = re.split(r"(`[^`\n]+`)", text)
    return "".join(part if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\*_`[]<>|#" else "&amp;" if char == "&" else char for char in text)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown already."""
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """Return a code span of a text, also in a table; nothing for an empty text."""
    return f"`{text}`".replace("|", "\\|") if text else ""


def help_pages(text: str) -> Iterator[str]:
    r"""Yield the paragraphs of a command's help; those after `\b` keep their lines, as code."""
    for block in re.split(r"\n{2,}", cleandoc(text)):
        if block.startswith("\b"):
            heading, *lines = block.removeprefix("\b").strip("\n").splitlines()
            is_example = heading.rstrip(":").startswith("Example")
            body = cleandoc("\n".join(lines if is_example else [heading, *lines]))
            yield ("Examples:\n\n" if is_example else "") + f"```text\n{body}\n```\n"
        else:
            yield escaped(" ".join(block.split())) + "\n"


def docstring(text: str | None) -> str:
    """Return a docstring as Markdown: an indented table of names is code, the rest is prose."""
    blocks = re.split(r"\n{2,}", cleandoc(text or ""))
    return "\n\n".join(block if block.startswith(("    ", "- ")) else escaped(block) for block in blocks) + "\n"
