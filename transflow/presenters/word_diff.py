"""Word diff of two versions of a text.

Invariant: the kept and removed parts together are the old text's words, the kept and added parts
the new one's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from transflow.similarity import common_opcodes

Change = Literal["same", "removed", "added"]
_WORD = re.compile(r"\S+\s*")


class Part(NamedTuple):
    change: Change
    text: str


def diff(old: str, new: str) -> list[Part]:
    """Return the parts in reading order; removed words come before those added in their place."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    parts: list[Part] = []
    bare = [[word.strip() for word in words] for words in (before, after)]
    for step in common_opcodes(*bare):
        if step.tag == "equal":
            parts += _part("same", after[step.dest_start : step.dest_end])
        else:
            parts += _part("removed", before[step.src_start : step.src_end])
            parts += _part("added", after[step.dest_start : step.dest_end])
    return _in_order(parts)


def _part(change: Change, words: Sequence[str]) -> list[Part]:
    return [Part(change, "".join(words))] if words else []


def _in_order(parts: list[Part]) -> list[Part]:
    """Merge neighbouring changes into one removal and one addition."""
    found: list[Part] = []
    removed = added = ""
    for part in [*parts, Part("same", "")]:
        if part.change == "removed":
            removed += part.text
        elif part.change == "added":
            added += part.text
        else:
            found += [Part("removed", removed)] if removed else []
            found += [Part("added", added)] if added else []
            found += [part] if part.text else []
            removed = added = ""
    return found


def marked(parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Return (text, style) pairs with changes in brackets, `[-old-]` and `[+new+]`, readable
    without colours.

    Styles are "", "removed" and "added".
    """
    found: list[tuple[str, str]] = []
    for part in parts:
        if part.change == "same":
            found.append((part.text, ""))
        else:
            sign = "-" if part.change == "removed" else "+"
            bare = part.text.rstrip()
            found.append((f"[{sign}{bare}{sign}]", part.change))
            found.append((part.text[len(bare) :] or " ", ""))
    return found
