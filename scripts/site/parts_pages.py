"""Generated parts of docs/concepts.md and docs/install.md, and the diagram in docs/images.

`python -m scripts.site.parts_pages` writes them, in a checkout.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from scripts import parts
from scripts.site import states
from scripts.site.text import code, table

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "docs" / "concepts.md", ROOT / "docs" / "install.md")
EXTRAS = {
    "ctranslate2": "machine translation on your own computer, with models of CTranslate2",
    "keyring": "keys of engines from the keyring of your system",
    "kiwi": "words of the glossary that are ordinary words, too, told apart by a morphological analyser",
    "mcp": "agents at the desk (Model Context Protocol)",
    "postgresql": "a translation memory that a team shares on PostgreSQL",
    "readers": "reports from HWP, PDF and RTF files, web pages and feeds",
    "web": "the project in a browser",
}


def extras_table() -> str:
    """Return the extras of the package with their packages. Raise KeyError for one without text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [
        (code(name), EXTRAS[name], ", ".join(code(each.partition(">")[0]) for each in packages))
        for name, packages in project["optional-dependencies"].items()
    ]
    return table(("extra", "for", "packages"), rows)


PARTS: dict[str, Callable[[], str]] = {"states": states.transition_table, "extras": extras_table}


def pages() -> Iterator[tuple[Path, str, str]]:
    """Yield each file with its text and its up-to-date text."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        yield path, text, parts.filled(text, "site", lambda name: PARTS[name]())
    known = states.PICTURE.read_text(encoding="utf-8") if states.PICTURE.exists() else ""
    yield states.PICTURE, known, states.picture()


if __name__ == "__main__":
    for file, _, new in pages():
        file.write_text(new, encoding="utf-8")
