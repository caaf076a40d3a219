"""Update the catalogs in `transflow/translations/` and the key tables of the manual from the code.

Usage: `python -m scripts.translations`, in a checkout.

Invariant: translations are kept; a phrase that is no longer in the code is removed; a new one is
empty until somebody translates it. English needs no catalog, because its phrases are the msgids.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from scripts import keys_page
from transflow.messages import Messages
from transflow.presenters.i18n import LANGUAGES

KEYWORDS: Any = {"_": None, "mark": None, "count": (1, 2)}
PACKAGE = Path(__file__).parents[1] / "transflow"
TRANSLATED = tuple(each for each in LANGUAGES if each != "en")
"""The languages with a catalog: English phrases are the msgids."""
ROOMS = ("presenters", "tui", "web")
"""Packages with phrases that screens, prompts and pages show."""
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext.babel_extract")]


def phrases() -> Catalog:
    """Return all phrases in the code, in the order of files and lines."""
    found = Catalog(charset="utf-8")
    for room in ROOMS:
        for _path, _line, message, comments, _ in extract_from_dir(PACKAGE / room, METHODS, {}, KEYWORDS):
            if message:
                found.add(message, auto_comments=comments)
    for area, templates in message_tables():
        for key, template in templates.items():
            found.add(template, auto_comments=[f"{area}.{key}"])
    return found


def message_tables() -> Iterator[tuple[str, Messages]]:
    """Yield the tables of messages in the package with their areas, by module name."""
    for module in sorted(each.name for each in walk_packages([str(PACKAGE)], "transflow.")):
        if not module.endswith("__main__"):
            for value in vars(import_module(module)).values():
                if isinstance(value, Messages) and value.area == module.removeprefix("transflow."):
                    yield value.area, value


def brought_up(old: bytes, language: str, wanted: Catalog) -> bytes:
    """Return the bytes of a catalog with the wanted phrases."""
    catalog = read_po(BytesIO(old), locale=language) if old else Catalog(locale=language, charset="utf-8")
    about = "# The words of transflow's terminal UI."
    new = Catalog(locale=language, charset="utf-8", header_comment=about, project="transflow", version="1", fuzzy=False)
    for message in wanted:
        if not message.id:
            continue
        known = catalog.get(message.id)
        text = known.string if known is not None else ""
        new.add(message.id, text, flags=message.flags - {"python-format"})
    out = BytesIO()
    write_po(out, new, width=0, omit_header=False, sort_output=False, no_location=True)
    # No dates, which would change with every run, and no fields that nobody fills in.
    unwanted = (b'"POT-', b'"PO-', b'"Generated-By', b'"Report-', b'"Last-', b'"Language-Team')
    lines = [line for line in out.getvalue().split(b"\n") if not line.startswith(unwanted)]
    return b"\n".join(lines)


def main() -> None:
    wanted = phrases()
    for language in TRANSLATED:
        path = PACKAGE / "translations" / f"{language}.po"
        path.write_bytes(brought_up(path.read_bytes() if path.exists() else b"", language, wanted))
    keys_page.main()


if __name__ == "__main__":
    main()
