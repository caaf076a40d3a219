"""Generator of the key tables in docs/terminal.md: `python -m scripts.keys_page`, from a checkout.

Invariant: the lines between `<!-- keys: SCOPE -->` and `<!-- end -->` depend on the table of keys
only; all other lines stay unchanged.
"""

from __future__ import annotations

from pathlib import Path

from scripts import parts
from transflow.tui import keymap, keys

PAGE = Path(__file__).parents[1] / "docs" / "terminal.md"


def table(scope: str) -> str:
    """Return the keys of a scope as a Markdown table, with the ids for tui.toml."""
    lines = ["| key | what it does | id |", "|---|---|---|"]
    for key in keys.keys_in_scope(scope):
        shown = keymap.key_labels(key.keys).replace(" ", ", ").replace("|", "\\|")
        lines.append(f"| {shown} | {key.description} | `{key.id}` |")
    return "\n".join(lines) + "\n"


def scopes_in(text: str) -> list[str]:
    """Return the scopes of the tables on the page."""
    return parts.names_in(text, "keys")


def brought_up(text: str) -> str:
    """Return the page with up-to-date tables."""
    return parts.filled(text, "keys", table)


def main() -> None:
    PAGE.write_text(brought_up(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
