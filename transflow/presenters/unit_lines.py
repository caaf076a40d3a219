"""A unit as one row of a list: number, signs, source and text.

Invariant: each state and each kind has its own sign, readable without colours; the help explains
the signs.
"""

from __future__ import annotations

from transflow.model.unit import State, Unit
from transflow.presenters.cells import fitted
from transflow.presenters.filtering import FilteredUnit
from transflow.presenters.i18n import _, mark
from transflow.presenters.limit_words import LIMIT_SIGNS, limit_of
from transflow.presenters.list_rows import ListRow, Piece
from transflow.units.workflow import open_questions

SIGNS: dict[State, tuple[str, str, str]] = {
    "untranslated": ("·", "faint", mark("untranslated")),
    "needs-work": ("~", "look", mark("needs another look")),
    "translated": ("+", "", mark("translated")),
    "approved": ("✓", "good", mark("reviewed")),
    "omitted": ("–", "faint", mark("left out")),
    "cut": ("–", "faint", mark("cut")),
}
"""State -> sign, style, word."""
FLAGS = {
    "*": mark("marked"),
    "✎": mark("not saved yet"),
    "Δ": mark("the Korean changed"),
    "?": mark("an open question"),
    "«": mark("an answer to your question"),
    "!": mark("a warning"),
    "≠": mark("two texts"),
    **dict(LIMIT_SIGNS.values()),
}


_NARROW = 60
"""Width in cells below which a row shows one of the two texts."""


def state_word(state: State) -> str:
    return _(SIGNS[state][2])


def flags(seen: FilteredUnit, *, marked: bool = False) -> str:
    """Return the signs of the flags that are set, in a fixed order."""
    flags_set = {
        "*": marked,
        "✎": seen.draft,
        "Δ": bool(seen.unit.previous),
        "?": bool(open_questions(seen.unit)),
        "«": seen.is_answered,
        "!": seen.warnings > 0,
        "≠": bool(seen.unit.conflicts),
        **{sign: limit_of(seen.unit) == limit for limit, (sign, _words) in LIMIT_SIGNS.items()},
    }
    return "".join(flag for flag, is_set in flags_set.items() if is_set)


def unit_row(
    number: int,
    seen: FilteredUnit,
    state: State,
    text: str,
    width: int,
    *,
    marked: bool = False,
    is_current: bool = False,
) -> ListRow:
    """Return the row. `text` is the target, or the draft; `is_current` for the cursor's row."""
    unit = seen.unit
    sign, style, _word = SIGNS[state]
    flag_signs = flags(seen, marked=marked)
    head = f"{number:>4}{'▸' if is_current else ' '}"
    text_width = max(width - len(head) - 8, 8)
    pieces: list[Piece] = [(head, "faint"), (f"{sign} ", style), (fitted(flag_signs, 3, fill=True).text + " ", "look")]
    pieces.append((f"{' ' if unit.continued else KIND_SIGNS[unit.kind]} ", "faint"))
    if width < _NARROW:
        return ListRow([*pieces, (text or unit.source, "" if text else "faint")])
    half = text_width * 45 // 100
    pieces.append((fitted(unit.source, half, fill=True).text + " ", "" if not text else "faint"))
    pieces.append((text, "faint" if state in ("omitted", "cut") else ""))
    return ListRow(pieces)


KIND_SIGNS = {
    "headline": "#",
    "deck": "=",
    "paragraph": "¶",
    "subhead": "§",
    "quote": ">",
    "list item": "•",
    "caption": "□",
    "table cell": "|",
    "cue": "▷",
}
"""Kind of block -> sign before its first sentence."""
KINDS = {
    "headline": mark("headline"),
    "deck": mark("deck"),
    "paragraph": mark("paragraph"),
    "subhead": mark("subhead"),
    "quote": mark("quote"),
    "list item": mark("list item"),
    "caption": mark("caption"),
    "table cell": mark("table cell"),
    "cue": mark("cue"),
}


def kind_word(unit: Unit) -> str:
    """Return the translated name of the block's kind."""
    return _(KINDS[unit.kind])
