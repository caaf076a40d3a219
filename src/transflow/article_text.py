"""An article as one text to edit, and the edits that a changed text means.

Invariant: a text that was not changed means no edits; nothing of the article disappears by an edit: what is left out of
the text is cut, not deleted, and a text from another state of the article or its reports is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from transflow.authorship import draft_shares
from transflow.compose import Behind, Reports, draft, placement, taken_ids
from transflow.digests import digest, new_id
from transflow.errors import UsageError
from transflow.model import KINDS, Act, Catalog, Kind, Ref, Share, Unit
from transflow.regroup import join, separator
from transflow.text import clean
from transflow.workflow import confirm, why_not_confirm

CUT_LINE = "=== cut: a paragraph moved above this line is printed ==="
_HELP = """\
# Order, words and breaks are yours. {new} begins a paragraph of your own; {a+b} joins two; a paragraph without a head
# is split off the one above it; one that you delete is cut. The list behind the arrow says which sentences stand behind it.
"""
_HEAD = re.compile(
    r"\{\s*(new|[a-z0-9]{8}(?:\s*\+\s*[a-z0-9]{8})*)"  # ids
    r"(?:\s+((?!<-)[^←{}<\s][^←{}<]*?))?"  # what it is, where it is no plain paragraph
    r"\s*(?:(?:←|<-)\s*([^{}]*?))?\s*\}\s*"  # the sentences behind it
)
_HEAD_LIKE = re.compile(r"[\\{]|={3,}")
_BLANK = " \t"


class Edited(NamedTuple):
    """The edited article, and what was done, a line each, for showing to the writer."""

    article: Catalog
    done: tuple[str, ...]


@dataclass(slots=True)
class _Item:
    """A head with the paragraphs under it."""

    line: int
    ids: tuple[str, ...]
    """Empty for {new}."""
    label: str
    refs: str | None
    """The list behind the arrow; None where there is no arrow."""
    cut: bool
    is_line: bool = False
    """Whether it is no head but the line above the cut paragraphs."""
    lines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def state_line(article: Catalog, reports: Reports) -> str:
    """The first line of the text: the digests of what it was exported from."""
    own = digest(
        *(
            part
            for unit in article.units
            for part in (unit.id, unit.source, unit.target, " ".join(map(str, unit.refs)), "cut" if unit.cut else "")
        )
    )
    parts = [f"{slug}={digest(*(unit.id for unit in catalog.units))}" for slug, catalog in reports.items()]
    return f"# {article.header.get('X-Article')} {article.header.get('Language')} {own} {' '.join(parts)}".rstrip()


def positions(reports: Reports) -> dict[Ref, int]:
    """Unit -> its 1-based place in its catalog, as people type it."""
    return {Ref(slug, unit.id): i for slug, catalog in reports.items() for i, unit in enumerate(catalog.units, 1)}


def typed(refs: Sequence[Ref], places: Mapping[Ref, int]) -> str:
    """References as people type them: `un-letter#12,13 rights-groups#2`; a unit without a place by its id."""
    found: list[tuple[str, list[str]]] = []
    for ref in refs:
        if not found or found[-1][0] != ref.report:
            found.append((ref.report, []))
        found[-1][1].append(str(places.get(ref, ref.unit)))
    return " ".join(f"{slug}#{','.join(units)}" for slug, units in found)


def export(article: Catalog, reports: Reports) -> str:
    """The text to edit: each paragraph under its head, those that are cut at the end."""
    places = positions(reports)
    behind = placement(article, reports)
    printed = [_paragraph(unit, behind[unit.id], places) for unit in article.units if not unit.cut]
    cut = [_paragraph(unit, behind[unit.id], places) for unit in article.units if unit.cut]
    return "\n".join([state_line(article, reports), _HELP, *printed, CUT_LINE + "\n", *cut])


def _paragraph(unit: Unit, behind: Sequence[Behind], places: Mapping[Ref, int]) -> str:
    refs = typed([each.ref for each in behind], places)
    head = " ".join(filter(None, (unit.id, _label(unit), f"← {refs}" if refs else "")))
    return f"{{{head}}}\n{_escaped(shown_text(unit))}\n"


def _label(unit: Unit) -> str:
    """What a paragraph is, where it is no plain one: `list item, numbered`."""
    return ", ".join(filter(None, (unit.kind if unit.kind != "paragraph" else "", unit.variant)))


def shown_text(unit: Unit) -> str:
    """A paragraph's text as written, or its draft where nothing is written yet."""
    return unit.target or unit.source


def _escaped(text: str) -> str:
    """One text as lines: a line break in it is a backslash at the line's end; what could begin a head gets one before it."""
    return _HEAD_LIKE.sub(r"\\\g<0>", text).replace("\n", "\\\n")


def _unescaped(lines: Sequence[str], language: str) -> str:
    """The inverse, for any way of breaking lines: a line break without a backslash is what stands between two words."""
    text = ""
    for line in (line.strip(_BLANK) for line in lines):
        text += _between(text, line, language) + line
        trailing = len(text) - len(text.rstrip("\\"))
        if trailing % 2:
            text = text[:-1] + "\n"
    return re.sub(r"\\(.)", r"\1", text).strip()


def _between(before: str, after: str, language: str) -> str:
    """What a line break stands for: nothing in Chinese and Japanese, but for words of other scripts."""
    if not before or not after or before.endswith("\n"):
        return ""
    return separator(language) or (" " if before[-1].isascii() and after[0].isascii() else "")


def _texts(lines: Iterable[str], language: str) -> list[str]:
    """The paragraphs of a text: empty lines part them."""
    blocks = groupby(lines, lambda line: bool(line.strip()))
    return [text for has_text, block in blocks if has_text and (text := _unescaped(list(block), language))]


def _as_read(text: str, language: str) -> list[str]:
    """A text as it comes back from an export that nobody touched. White space at the ends of lines does not."""
    return _texts(clean(_escaped(text)).split("\n"), language)


def _items(text: str, language: str) -> list[_Item]:
    items: list[_Item] = []
    cut = False
    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEAD.fullmatch(line):
            ids = () if match[1] == "new" else tuple(re.split(r"\s*\+\s*", match[1]))
            items.append(_Item(number, ids, match[2] or "", match[3], cut))
        elif line.startswith("{"):
            raise UsageError(
                f"line {number}: “{line[:40]}” is no head. Write {{new}}, or put a backslash before the brace."
            )
        elif line.startswith("=== cut"):
            cut = True
            items.append(_Item(number, (), "", None, cut, is_line=True))
        elif items:
            items[-1].lines.append(line)
        elif line.strip() and not line.startswith("#"):
            raise UsageError(f"line {number}: a text before the first head. Put a head such as {{new}} above it.")
    for item in items:
        item.texts = _texts(item.lines, language)
        if item.is_line and item.texts:
            raise UsageError(f"line {item.line + 1}: a text without a head below the line of the cut paragraphs.")
    return [item for item in items if not item.is_line]


def edit(article: Catalog, reports: Reports, text: str, who: str, now: str) -> Edited:
    """The article as the edited text says. Raises UsageError, with the line, for a text that cannot be meant."""
    try:
        text = clean(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise UsageError(f"{error}.") from None
    if text.split("\n", 1)[0].strip() != state_line(article, reports):
        raise UsageError(
            "the text was exported from another state of the article or its reports: export it again and carry your edits over."
        )
    return _Editing(article, reports, who, now).apply(_items(text, article.header.get("Language")))


class _Editing:
    def __init__(self, article: Catalog, reports: Reports, who: str, now: str) -> None:
        self.article, self.reports, self.who, self.now = article, reports, who, now
        self.language = article.header.get("Language")
        self.old = {unit.id: unit for unit in article.units}
        self.behind = placement(article, reports)
        self.at = {(ref.report, place): ref for ref, place in positions(reports).items()}
        self.units = {Ref(slug, unit.id): unit for slug, catalog in reports.items() for unit in catalog.units}
        self.taken = taken_ids(article)
        self.done: list[str] = []
        self.seen: set[str] = set()

    def apply(self, items: Sequence[_Item]) -> Edited:
        above: list[Unit] = []
        below: list[Unit] = []
        for item in items:
            (below if item.cut else above).extend(self._item(item))
        missing = [self._cut(unit, "left out of the text") for unit in self.article.units if unit.id not in self.seen]
        units = self._ordered(above, [*below, *missing])
        return Edited(self.article.having(units=units), tuple(self.done))

    def _item(self, item: _Item) -> list[Unit]:
        if not item.ids:
            return [self._own(text, item) for text in item.texts]
        unit, behind = self._base(item)
        untouched = item.texts == _as_read(shown_text(unit), self.language)
        unit, behind = self._relinked(self._labelled(unit, item), behind, item)
        shares = draft_shares([each.unit for each in behind])
        first, *others = item.texts or [""]
        whole = unit
        if not untouched and first:
            unit = self._written(unit, first, shares)
        if item.cut or not (first or untouched):
            unit = self._cut(unit, "moved below the line" if item.cut else "emptied in the text")
        elif unit.cut:
            unit = self._printed(unit)
        return [unit, *(self._split_off(unit, whole, text, shares) for text in others)]

    def _written(self, unit: Unit, text: str, shares: tuple[Share, ...]) -> Unit:
        if text == unit.target:
            return unit
        if why := why_not_confirm(unit, text):
            raise UsageError(f"{unit.id}: {why}")
        self.done.append(f"{unit.id} written")
        return confirm(unit, text, self.who, self.now, shares)

    def _base(self, item: _Item) -> tuple[Unit, tuple[Behind, ...]]:
        for unit_id in item.ids:
            if unit_id not in self.old:
                raise UsageError(f"line {item.line}: the article has no paragraph {unit_id}.")
            if unit_id in self.seen:
                raise UsageError(f"line {item.line}: the paragraph {unit_id} is here twice.")
            self.seen.add(unit_id)
        unit, behind = self.old[item.ids[0]], self.behind[item.ids[0]]
        for other in item.ids[1:]:
            unit = join(unit, self.old[other], self.language, self.language)
            behind = (*behind, *(each for each in self.behind[other] if each not in behind))
            self.done.append(f"{other} joined to {unit.id}")
        return unit, behind

    def _labelled(self, unit: Unit, item: _Item) -> Unit:
        if item.label in ("", _label(unit)):
            return unit
        kind, variant = _kind(item)
        self.done.append(f"{unit.id} now a {item.label}")
        return unit.having(kind=kind, variant=variant)

    def _relinked(self, unit: Unit, behind: tuple[Behind, ...], item: _Item) -> tuple[Unit, tuple[Behind, ...]]:
        refs = self._refs(item)
        if item.refs is None or refs == tuple(each.ref for each in behind):
            return unit, behind
        behind = tuple(Behind(ref.report, self.units[ref]) for ref in refs)
        self.done.append(f"{unit.id} now from {item.refs or 'nothing'}")
        return unit.having(refs=refs, source=draft(behind, self.language) or unit.source, approved=None), behind

    def _refs(self, item: _Item) -> tuple[Ref, ...]:
        """What the head's list says. Raises UsageError for a sentence that is not there."""
        refs: list[Ref] = []
        for word in re.sub(r",\s+", ",", item.refs or "").split():
            slug, _, places = word.partition("#")
            for place in places.split(","):
                found = self._sentences(slug, place)
                if not found:
                    raise UsageError(
                        f"line {item.line}: there is no sentence {slug}#{place} in the reports of this article."
                    )
                refs += found
        return tuple(dict.fromkeys(refs))

    def _sentences(self, slug: str, place: str) -> list[Ref]:
        """Those that a position, a range or an id names; none where any is not there."""
        numbers = re.fullmatch(r"([0-9]{1,6})(?:[-–~]([0-9]{1,6}))?", place)
        if not numbers:
            return [Ref(slug, place)] if Ref(slug, place) in self.units else []
        found = [self.at.get((slug, i)) for i in range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1)]
        return [ref for ref in found if ref] if all(found) else []

    def _own(self, text: str, item: _Item) -> Unit:
        """A paragraph of the writer's own: its first wording is its source, for good."""
        if item.refs:
            raise UsageError(
                f"line {item.line}: a paragraph of your own stands on no sentences. To give sentences a paragraph of their "
                "own, split the one that they are in."
            )
        unit = own_paragraph(text, self.who, self.now, self.taken, *_kind(item))
        self.taken.add(unit.id)
        self.done.append(f"{unit.id} added")
        return self._cut(unit, "written below the line") if item.cut else unit

    def _split_off(self, unit: Unit, whole: Unit, text: str, shares: tuple[Share, ...]) -> Unit:
        """A second part of `unit`: the words that it takes over from the whole stay with their authors."""
        source = unit.source if unit.refs else text
        second = Unit(
            new_id(f"{unit.id}\0{source}", self.taken),
            source,
            whole.target,
            kind=unit.kind,
            variant=unit.variant,
            refs=unit.refs,
            translated=whole.translated,
            by=whole.by,
            text=whole.text,
            split=unit.id,
            cut=unit.cut,
        )
        self.taken.add(second.id)
        self.done.append(f"{second.id} split off {unit.id}")
        second = confirm(second, text, self.who, self.now, shares)
        return second.having(
            by=tuple(each for each in second.by if each.words or each.who == self.who),
            translated=tuple(share for share in second.translated if share.words),
        )

    def _cut(self, unit: Unit, reason: str) -> Unit:
        if unit.cut:
            return unit
        self.done.append(f"{unit.id} cut")
        return unit.having(cut=Act(self.who, self.now, reason))

    def _printed(self, unit: Unit) -> Unit:
        self.done.append(f"{unit.id} printed again")
        return unit.having(cut=None)

    def _ordered(self, printed: Sequence[Unit], cut: Sequence[Unit]) -> tuple[Unit, ...]:
        """Printed paragraphs in the order of the text; cut ones stay behind the neighbour that they had."""
        before = {unit.id: i for i, unit in enumerate(self.article.units)}
        moved = moved_ids([unit.id for unit in printed], before)
        self.done += [f"{unit_id} moved" for unit_id in moved]
        units = [unit.having(moved=self.now) if unit.id in moved else unit for unit in printed]
        for unit in sorted(cut, key=lambda each: before.get(each.id, len(before))):
            units.insert(self._place(unit, units, before), unit)
        return tuple(units)

    def _place(self, unit: Unit, units: Sequence[Unit], before: Mapping[str, int]) -> int:
        """Where in `units` a cut paragraph stands: behind its old left neighbour and what was split off that."""
        places = {known.id: i for i, known in enumerate(units)}
        if unit.id not in before:
            return places.get(unit.split, len(units) - 1) + 1
        lefts = (places.get(old.id) for old in reversed(self.article.units[: before[unit.id]]))
        left = next((place for place in lefts if place is not None), -1)
        at = left + 1
        while left >= 0 and at < len(units) and units[at].split == units[left].id and units[at].id not in before:
            at += 1
        return at


def _kind(item: _Item) -> tuple[Kind, str]:
    """Kind and variant that a head's label says. Raises UsageError."""
    kind, _, variant = item.label.partition(", ")
    known: Kind | None = next((each for each in KINDS if each == (kind or "paragraph")), None)
    if known is None:
        raise UsageError(f"line {item.line}: there is no kind “{kind}”. Allowed: {', '.join(KINDS)}.")
    return known, variant


def own_paragraph(text: str, who: str, now: str, taken: set[str], kind: Kind = "paragraph", variant: str = "") -> Unit:
    """A writer's own paragraph. Its id comes from wording, author and time."""
    unit = Unit(new_id(f"{text}\0{who}\0{now}", taken), text, kind=kind, variant=variant)
    return confirm(unit, text, who, now)


def moved_ids(order: Sequence[str], before: Mapping[str, int]) -> list[str]:
    """The fewest ids that must have moved for `order` to come from the order `before`: all but a longest rising run."""
    known = [unit_id for unit_id in order if unit_id in before]
    lengths: list[tuple[int, int]] = []  # (length of the best run that ends here, the place before it)
    for i, unit_id in enumerate(known):
        runs = [(lengths[j][0] + 1, j) for j in range(i) if before[known[j]] < before[unit_id]]
        lengths.append(max(runs, default=(1, -1), key=lambda run: run[0]))
    at = max(range(len(known)), key=lambda i: lengths[i][0], default=-1)
    stayed = set()
    while at >= 0:
        stayed.add(known[at])
        at = lengths[at][1]
    return [unit_id for unit_id in known if unit_id not in stayed]
