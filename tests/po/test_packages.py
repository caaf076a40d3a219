"""Every PO file of the installed packages stays unchanged, and is read as polib reads it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import polib
import pytest

from transflow.po.syntax import Entry, entries, entry_text

pytestmark = pytest.mark.slow

SOME = 60
"""Number of files in the normal run, evenly distributed; the soak test reads all."""


@cache
def installed() -> tuple[Path, ...]:
    found = {
        Path(str(distribution.locate_file(file)))
        for distribution in distributions()
        for file in distribution.files or ()
        if file.suffix == ".po"
    }
    assert len(found) > 1000, "Django's files alone are more: is the environment whole?"
    return tuple(sorted(found))


Facts = tuple[object, ...]


def as_polib(text: str) -> list[Facts]:
    """Return polib's entries, without the header."""
    return [
        (
            entry.msgctxt,
            entry.msgid,
            entry.msgid_plural,
            {f"msgstr[{number}]": each for number, each in entry.msgstr_plural.items()} or {"msgstr": entry.msgstr},
            set(entry.flags),
            entry.comment.split("\n") if entry.comment else [],
            bool(entry.obsolete),
            entry.previous_msgid or "",
        )
        for entry in polib.pofile(text)
    ]


def as_ours(found: list[Entry]) -> Iterator[Facts]:
    for entry in found:
        if not entry.is_header:
            yield (
                entry.strings.get("msgctxt"),
                entry.strings["msgid"],
                entry.strings.get("msgid_plural", ""),
                {key: text for key, text in entry.strings.items() if key.startswith("msgstr")},
                set(entry.flags),
                [line for line in entry.extracted if line or len(entry.extracted) > 1],
                entry.obsolete,
                entry.previous.get("msgid", ""),
            )


def pass_through(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    found, tail = entries(text, str(path))
    assert "".join(entry.raw for entry in found) + tail == text
    theirs = as_polib(text)
    assert list(as_ours(found)) == theirs
    assert as_polib("".join(map(entry_text, found))) == theirs
    one_edit_stays_local(found, tail, text)


def one_edit_stays_local(found: list[Entry], tail: str, text: str) -> None:
    at = len(found) // 2
    keyword = next(key for key in found[at].strings if key.startswith("msgstr"))
    before, raw, after = (
        "".join(each.raw for each in part) for part in (found[:at], found[at : at + 1], found[at + 1 :])
    )
    found[at].strings[keyword] += "\nand more"
    changed = before + entry_text(found[at]) + after + tail
    again, _ = entries(changed, "changed.po")
    assert list(as_ours(again)) == list(as_ours(found))
    assert before + raw + after + tail == text


def test_some_po_files_of_installed_packages_pass_through_unchanged() -> None:
    for path in installed()[:: max(1, len(installed()) // SOME)]:
        pass_through(path)


@pytest.mark.soak
def test_all_po_files_of_installed_packages_pass_through_unchanged() -> None:
    for path in installed():
        pass_through(path)
