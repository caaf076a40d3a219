"""Generator of the key tables in docs/terminal.md: `python -m scripts.keys_page`, from a checkout.

Invariant: the lines between `<!-- keys: SCOPE -->` and `<!-- end -->` depend on the table of keys
only; all other lines stay unchanged.
"""

from __future__ import annotations

import re
from pathlib import Path

from transflow.tui import keymap, keys

PAGE = Path(__file__).parents[1] / "docs" / "terminal.md"
_TABLE = re.compile(r"(<!-- keys: (\S+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def table(scope: str) -> str:
    """Return the keys of a scope as a Markdown table, with the ids for tui.toml."""
    lines = ["| key | what it does | id |", "|---|---|---|"]
    for key in keys.keys_in_scope(scope):
        shown = keymap.key_labels(key.keys).replace(" ", ", ").replace("|", "\\|")
        lines.append(f"| {shown} | {key.description} | `{key.id}` |")
    return "\n".join(lines) + "\n"


def scopes_in(text: str) -> list[str]:
    """Return the scopes of the tables on the page."""
    return [found[2] for found in _TABLE.finditer(text)]


def brought_up(text: str) -> str:
    """Return the page with up-to-date tables."""
    return _TABLE.sub(lambda found: found[1] + table(found[2]) + found[4], text)


def main() -> None:
    PAGE.write_text(brought_up(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
