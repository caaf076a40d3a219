"""Paragraphs of a story as lines of a page, as they will print, with a sign for each one's state.

Invariant: printed text reads as it prints; what does not print (a cut paragraph, a draft that was
not accepted) says so in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions.stories.page import Page
from transflow.model.unit import State, Unit
from transflow.presenters.cells import fitted, wrapped
from transflow.presenters.filtering import FilteredUnit
from transflow.presenters.i18n import _
from transflow.presenters.list_rows import PageRow, Piece
from transflow.presenters.unit_lines import SIGNS, flags

MEASURE = 78
"""Cells of a line of text: longer ones are hard to read."""
Line = Sequence[Piece]
_LOOKS = {"headline": "strong", "deck": "heading", "subhead": "strong", "caption": "faint"}
_BEFORE = {"quote": "│ ", "list item": "• ", "caption": "▣ ", "table cell": "▦ "}


def paragraph(
    number: int, seen: FilteredUnit, state: State, text: str, page: Page, width: int, *, tight: bool = False
) -> PageRow:
    """Return a paragraph as it prints. `text` is the unsaved text or the target.

    `tight` leaves out the blank line below.
    """
    unit = seen.unit
    gutter = _gutter(number, seen, state, page, width)
    text_width = max(min(width - 3 - len(gutter[0][0]) - len(gutter[1][0]), MEASURE), 12)
    if unit.cut or unit.omitted:
        reason = (unit.cut or unit.omitted).reason  # type: ignore[union-attr] # one of them is there
        shown = _("cut: {text}").format(text=text or unit.source) + (f" ({reason})" if reason else "")
        return PageRow([[*gutter, (fitted(shown, text_width).text, "faint")]], below=[[("", "")]])
    mark = _BEFORE.get(unit.kind, "")
    body = wrapped(text, text_width - len(mark))
    style = "look" if state == "untranslated" else _LOOKS.get(unit.kind, "")
    blank = " " * (len(gutter[0][0]) + len(gutter[1][0]))
    lines: list[Line] = [[*gutter, (mark, "faint"), (body[0], style)]]
    rest = mark if unit.kind == "quote" else " " * len(mark)
    lines += [[(blank, ""), (rest, "faint"), (line, style)] for line in body[1:]]
    return PageRow(lines, below=[] if tight else [[("", "")]])


def _gutter(number: int, seen: FilteredUnit, state: State, page: Page, width: int) -> tuple[Piece, Piece]:
    """Return number and signs; the number is left out on a narrow screen."""
    sign, style, _word = SIGNS[state]
    flag_signs = flags(seen).replace("Δ", "")
    if seen.unit.id in page.blockers and _is_stale(seen.unit, page):
        flag_signs = "Δ" + flag_signs
    head = f"{number:>3} " if width >= 60 else ""
    return (head, "faint"), (fitted(sign + flag_signs, 4 if width >= 60 else 3, fill=True).text, style)


def _is_stale(unit: Unit, page: Page) -> bool:
    """True if its draft from the reports has changed."""
    return bool(unit.refs) and (page.drafts.get(unit.id, "") != unit.source or bool(unit.previous))


def with_surroundings(block: PageRow, before: Sequence[str], after: Sequence[str], width: int) -> PageRow:
    """Return a paragraph with lines printed above it (a byline) or below it (the credits)."""
    text_width = min(width - 8, MEASURE) if width >= 60 else width - 4
    indent = " " * 8 if width >= 60 else "   "

    def lines(texts: Sequence[str], style: str) -> list[Line]:
        found: list[Line] = []
        for text in texts:
            found += [[(indent, ""), (line, style)] for line in wrapped(text, text_width)]
        return found

    above = [*lines(before, "faint"), [("", "")]] if before else []
    below = [*lines(["─" * min(text_width, 20)], "faint"), *lines(after, "strong")] if after else []
    return PageRow(block.lines, [*above, *block.above], [*block.below, *below])
