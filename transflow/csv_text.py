"""CSV cells that spreadsheets take for text, never for a formula.

A spreadsheet runs a cell that begins with `=` as a formula, which can read other cells and send
them away. An apostrophe in front makes it text, and is not part of the text.

Invariant: `unquoted(quoted(text)) == text` for every text.
"""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")


def quoted(text: str) -> str:
    """Return a text as a cell."""
    return f"'{text}" if _FORMULA.match(text) else text


def unquoted(cell: str) -> str:
    """Return the text of a cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
