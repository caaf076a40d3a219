"""Brings the tables of keys in docs/terminal.md up to the code: `python -m scripts.keys_page`, from a checkout.

Invariant: what stands between the marks `<!-- keys: SCOPE -->` and `<!-- end -->` is made from the table of keys and from
nothing else; every other line stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from transflow.tui import keymap, keys

PAGE = Path(__file__).parents[1] / "docs" / "terminal.md"
_TABLE = re.compile(r"(<!-- keys: (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def table(scope: str) -> str:
    """The keys of a scope as a table in Markdown, with the ids that tui.toml takes."""
    lines = ["| key | what it does | id |", "|---|---|---|"]
    for key in keys.of(scope):
        shown = keymap.shown(key.keys).replace(" ", ", ").replace("|", "\\|")
        lines.append(f"| {shown} | {key.words} | `{key.id}` |")
    return "\n".join(lines) + "\n"


def scopes_in(text: str) -> list[str]:
    """The scopes that the page has tables of."""
    return [found[2] for found in _TABLE.finditer(text)]


def brought_up(text: str) -> str:
    """The page with the tables as the code has them."""
    return _TABLE.sub(lambda found: found[1] + table(found[2]) + found[4], text)


def main() -> None:
    PAGE.write_text(brought_up(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
