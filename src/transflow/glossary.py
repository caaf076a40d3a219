"""The glossary of a locale: how names, places and terms of the source language are spelled in it.

Invariant: a spelling is what a person put there; nothing is romanised or guessed.
"""

from __future__ import annotations

from transflow.po.syntax import entries


def spellings(text: str, path: str) -> dict[str, str]:
    """Source spelling -> spelling in the locale, of every entry of a glossary.po that has one and needs no other look."""
    found, _ = entries(text, path)
    return {
        entry.strings["msgid"]: entry.strings["msgstr"]
        for entry in found
        if entry.strings.get("msgid")
        and entry.strings.get("msgstr")
        and "fuzzy" not in entry.flags
        and not entry.obsolete
    }
