"""Text format of an article: export of paragraphs under heads, and parsing.

Invariant: an untouched text is parsed to what was exported, whatever its paragraphs contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from transflow.digests import digest
from transflow.errors import UsageError
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.stories.compose import Reports, placement
from transflow.stories.whole_text.sentences import format_refs, positions
from transflow.text import clean
from transflow.units.regroup import separator

MESSAGES = Messages(
    __name__,
    {
        "no-head": "line {line}: “{text}” is no head. Write {{new}}, or put a backslash before the brace.",
    },
)

CUT_LINE = "=== cut: a paragraph moved above this line is printed ==="
_HELP = """\
# You may change order, words and paragraph breaks. A line {new} begins a paragraph of your own;
# {a+b} joins two paragraphs. A paragraph without a {…} line above it is split off the one before
# it; one that you delete is cut. After the arrow are the sentences that a paragraph was made from;
# a new one may name its own too, as in {new ← un-letter#2,5}.
"""
_HEAD = re.compile(
    r"\{\s*(new|[a-z0-9]{8}(?:\s*\+\s*[a-z0-9]{8})*)"  # ids
    r"(?:\s+((?!<-)[^←{}<\s][^←{}<]*?))?"  # label, unless it is a plain paragraph
    r"\s*(?:(?:←|<-)\s*([^{}]*?))?\s*\}\s*"  # report units behind it
)
_STATE_LINE = re.compile(r"# \S+ \S+ [0-9a-f]+(?: \S+=[0-9a-f]+)*")
_HEAD_LIKE = re.compile(r"[\\{]|={3,}")
_BLANK = " \t"


@dataclass(slots=True)
class HeadedText:
    """Head with the paragraphs under it."""

    line: int
    ids: tuple[str, ...]
    """Ids in the head; empty for {new}."""
    label: str
    refs: str | None
    """List after the arrow; None without an arrow."""
    cut: bool
    is_headless: bool = False
    """True for a text without a head: at the top, or right below the cut line."""
    lines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    split_off_from: str = ""
    """Id of the paragraph that it is split off, once that is known."""


def state_line(article: Catalog, reports: Reports) -> str:
    """Return the first line of the text: digests of the article and reports it is exported from."""
    own = digest(
        *(
            part
            for unit in article.units
            for part in (unit.id, unit.source, unit.target, " ".join(map(str, unit.refs)), "cut" if unit.cut else "")
        )
    )
    parts = [f"{slug}={digest(*(unit.id for unit in catalog.units))}" for slug, catalog in reports.items()]
    return f"# {article.header.get('X-Article')} {article.header.get('Language')} {own} {' '.join(parts)}".rstrip()


def export(article: Catalog, reports: Reports, names: Mapping[str, str] | None = None) -> str:
    """Return the text to edit: each paragraph under its head, cut ones at the end.

    `names` is as in `format_refs`.
    """
    position_of = positions(reports)
    behind = placement(article, reports)

    def formatted(unit: Unit) -> str:
        refs = format_refs([each.ref for each in behind[unit.id]], position_of, names)
        head = " ".join(filter(None, (unit.id, label_of(unit), f"← {refs}" if refs else "")))
        return f"{{{head}}}\n{_escaped(shown_text(unit))}\n"

    printed = [formatted(unit) for unit in article.units if not unit.cut]
    cut = [formatted(unit) for unit in article.units if unit.cut]
    return "\n".join([state_line(article, reports), _HELP, *printed, CUT_LINE + "\n", *cut])


def label_of(unit: Unit) -> str:
    """Return kind and variant, such as `list item, numbered`; empty for a plain paragraph."""
    return ", ".join(filter(None, (unit.kind if unit.kind != "paragraph" else "", unit.variant)))


def shown_text(unit: Unit) -> str:
    """Return a paragraph's target or, if it is not written yet, its draft."""
    return unit.target or unit.source


def _escaped(text: str) -> str:
    """Escape a text: a backslash goes before line breaks and before what may start a head."""
    return _HEAD_LIKE.sub(r"\\\g<0>", text).replace("\n", "\\\n")


def _unescaped(lines: Sequence[str], language: str) -> str:
    """Reverse `_escaped`; a line break without a backslash only separates two words."""
    text = ""
    for line in (line.strip(_BLANK) for line in lines):
        text += _line_break_text(text, line, language) + line
        trailing = len(text) - len(text.rstrip("\\"))
        if trailing % 2:
            text = text[:-1] + "\n"
    return re.sub(r"\\(.)", r"\1", text).strip()


def _line_break_text(before: str, after: str, language: str) -> str:
    """Return the separator that a line break means: in Chinese and Japanese mostly none."""
    if not before or not after or before.endswith("\n"):
        return ""
    return separator(language) or (" " if before[-1].isascii() and after[0].isascii() else "")


def _texts(lines: Iterable[str], language: str) -> list[str]:
    """Return the paragraphs of a text, which blank lines separate."""
    blocks = groupby(lines, lambda line: bool(line.strip()))
    return [text for has_text, block in blocks if has_text and (text := _unescaped(list(block), language))]


def parsed_back(text: str, language: str) -> list[str]:
    """Return a text as parsed from an untouched export, which drops trailing white space."""
    return _texts(clean(_escaped(text)).split("\n"), language)


def has_heads(text: str) -> bool:
    """Return whether a text has heads, or lines that may be meant as heads."""
    return any(line.startswith("{") for line in text.split("\n"))


def without_frame(text: str) -> str:
    """Return a text without heads also without what an export has around its paragraphs."""
    frame = {*_HELP.split("\n"), CUT_LINE}
    lines = text.split("\n")
    lines = lines[1:] if _STATE_LINE.fullmatch(lines[0].strip()) else lines
    return "\n".join("" if line.strip() in frame else line for line in lines)


def paragraph_text(lines: Sequence[str], language: str) -> str:
    """Return the paragraph that lines are parsed to."""
    return _unescaped(list(lines), language)


def head_of(line: str, number: int, language: str, *, cut: bool = False) -> HeadedText | None:
    """Return the head in a line, without texts; None if it is no head.

    References lose the language of the story, which their reports have too.
    """
    match = _HEAD.fullmatch(line)
    if match is None:
        return None
    ids = () if match[1] == "new" else tuple(re.split(r"\s*\+\s*", match[1]))
    refs = match[3] and re.sub(rf"(?<!\S){re.escape(language)}:", "", match[3])
    return HeadedText(number, ids, match[2] or "", refs, cut)


def parse_items(text: str, language: str) -> list[HeadedText]:
    """Return the heads of a text in order with their paragraphs, and texts without a head.

    Raise UsageError, with the line, for an invalid head.
    """
    found: list[HeadedText] = []
    cut = False
    for number, line in enumerate(text.split("\n"), 1):
        if head := head_of(line, number, language, cut=cut):
            found.append(head)
        elif line.startswith("{"):
            raise UsageError(MESSAGES("no-head", line=number, text=line[:40]))
        elif line.startswith("=== cut"):
            cut = True
            found.append(HeadedText(number + 1, (), "", None, cut, is_headless=True))
        elif found:
            found[-1].lines.append(line)
        elif line.strip() and not line.startswith("#"):
            found.append(HeadedText(number, (), "", None, cut, is_headless=True, lines=[line]))
    for item in found:
        item.texts = _texts(item.lines, language)
    return found
