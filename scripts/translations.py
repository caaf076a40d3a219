"""Brings the catalogs in `transflow/translations/`, and the keys in the manual, up to the code: `python -m scripts.translations`, from a
checkout.

Invariant: what is translated stays; a phrase that is gone from the code goes; a new one is empty until somebody translates
it. English translates every phrase as itself.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from scripts import keys_page
from transflow.presenters.i18n import LANGUAGES

KEYWORDS: Any = {"_": None, "mark": None, "count": (1, 2)}
PACKAGE = Path(__file__).parents[1] / "transflow"
ROOMS = ("presenters", "tui")
"""Packages whose phrases are shown on screens and by prompts."""


def phrases() -> Catalog:
    """All phrases in the code, in the order of files and lines."""
    found = Catalog(charset="utf-8")
    for room in ROOMS:
        for _path, _line, message, comments, _ in extract_from_dir(PACKAGE / room, [("**.py", "python")], {}, KEYWORDS):
            if message:
                found.add(message, auto_comments=comments)
    return found


def brought_up(old: bytes, language: str, wanted: Catalog) -> bytes:
    """A catalog's bytes with the phrases that are wanted."""
    catalog = read_po(BytesIO(old), locale=language) if old else Catalog(locale=language, charset="utf-8")
    about = "# The words of transflow's terminal UI."
    new = Catalog(locale=language, charset="utf-8", header_comment=about, project="transflow", version="1", fuzzy=False)
    for message in wanted:
        if not message.id:
            continue
        known = catalog.get(message.id)
        text = known.string if known is not None else ""
        if language == "en":
            text = message.id
        new.add(message.id, text, flags=message.flags - {"python-format"})
    out = BytesIO()
    write_po(out, new, width=0, omit_header=False, sort_output=False, no_location=True)
    # No dates, which would change with every run, and no fields that nobody fills in.
    unwanted = (b'"POT-', b'"PO-', b'"Generated-By', b'"Report-', b'"Last-', b'"Language-Team')
    lines = [line for line in out.getvalue().split(b"\n") if not line.startswith(unwanted)]
    return b"\n".join(lines)


def main() -> None:
    wanted = phrases()
    for language in LANGUAGES:
        path = PACKAGE / "translations" / f"{language}.po"
        path.write_bytes(brought_up(path.read_bytes() if path.exists() else b"", language, wanted))
    keys_page.main()


if __name__ == "__main__":
    main()
