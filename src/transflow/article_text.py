"""An article as one text to edit, and the edits that a changed text means.

Invariant: a text that was not changed means no edits; nothing of the article disappears by an edit: what is left out of
the text is cut, not deleted, and a text from another state of the article or its reports is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transflow.authorship import draft_shares
from transflow.compose import Behind, Reports, draft, placement, taken_ids
from transflow.digests import digest, new_id
from transflow.errors import UsageError
from transflow.model import KINDS, Act, Catalog, Kind, Ref, Share, Unit
from transflow.regroup import join
from transflow.workflow import confirm

CUT_LINE = "=== cut: a paragraph moved above this line is printed ==="
_HELP = """\
# Order, words and breaks are yours. {new} begins a paragraph of your own; {a+b} joins two; a paragraph without a head
# is split off the one above it; one that you delete is cut. The list behind the arrow says which sentences stand behind it.
"""
_HEAD = re.compile(r"\{(new|[a-z0-9]{8}(?:\+[a-z0-9]{8})*)(?: ([a-z][a-z ,]*?))?(?: ← (.*))?\}\s*")


class Edited(NamedTuple):
    """The edited article, and what was done, a line each, for showing to the writer."""

    article: Catalog
    done: tuple[str, ...]


@dataclass(slots=True)
class _Item:
    line: int
    ids: tuple[str, ...]
    kind: str
    refs: str | None
    cut: bool
    texts: list[str] = field(default_factory=list)


def state_line(article: Catalog, reports: Reports) -> str:
    """The first line of the text: the digests of what it was exported from."""
    own = digest(
        *(part for unit in article.units for part in (unit.id, unit.source, unit.target, "cut" if unit.cut else ""))
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
    label = ", ".join(filter(None, (unit.kind if unit.kind != "paragraph" else "", unit.variant)))
    refs = typed([each.ref for each in behind], places)
    head = unit.id + (f" {label}" if label else "") + (f" ← {refs}" if refs else "")
    return f"{{{head}}}\n{_escaped(shown_text(unit))}\n"


def shown_text(unit: Unit) -> str:
    """A paragraph's text as written, or its draft where nothing is written yet."""
    return unit.target or unit.source


def _escaped(text: str) -> str:
    """One text as lines: a line break in it is a backslash at the line's end; what could be taken for a head gets one."""
    lines = text.replace("\\", "\\\\").split("\n")
    return "\\\n".join("\\" + line if line[:1] in ("{", "=") else line for line in lines)


def _unescaped(lines: Sequence[str]) -> str:
    """The inverse, for any way of breaking lines: a line break without a backslash is a space."""
    text = ""
    for line in lines:
        text += (" " if text and not text.endswith("\n") else "") + line.strip(" \t")
        trailing = len(text) - len(text.rstrip("\\"))
        if trailing % 2:
            text = text[:-1] + "\n"
    return re.sub(r"\\(.)", r"\1", text).strip()


def _items(text: str) -> list[_Item]:
    items: list[_Item] = []
    lines: list[str] = []
    cut = False

    def close() -> None:
        if lines and not items:
            raise UsageError(f"line {number}: a text before the first head. Put a head such as {{new}} above it.")
        if lines:
            items[-1].texts.append(_unescaped(lines))
        lines.clear()

    for number, line in enumerate(text.split("\n"), 1):
        if match := _HEAD.fullmatch(line):
            close()
            ids = () if match[1] == "new" else tuple(match[1].split("+"))
            items.append(_Item(number, ids, match[2] or "", match[3], cut))
        elif line.startswith("{"):
            raise UsageError(
                f"line {number}: “{line[:40]}” is no head. Write {{new}}, or put a backslash before the brace."
            )
        elif line.startswith("=== cut"):
            close()
            cut = True
        elif not line.strip():
            close()
        elif items or not line.startswith("#"):
            lines.append(line)
    close()
    return items


def edit(article: Catalog, reports: Reports, text: str, who: str, now: str) -> Edited:
    """The article as the edited text says. Raises UsageError, with the line, for a text that cannot be meant."""
    if text.split("\n", 1)[0].strip() != state_line(article, reports):
        raise UsageError(
            "the text was exported from another state of the article or its reports: export it again and carry your edits over."
        )
    return _Editing(article, reports, who, now).apply(_items(text))


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
        unit, behind = self._relinked(unit, behind, item)
        shares = draft_shares([each.unit for each in behind])
        texts = item.texts or [""]
        if unit.target or texts != [shown_text(unit)]:
            unit = self._written(unit, texts[0], shares)
        if item.cut != bool(unit.cut):
            unit = self._cut(unit, "moved below the line") if item.cut else self._printed(unit)
        return [unit, *(self._split_off(unit, text, shares) for text in texts[1:])]

    def _written(self, unit: Unit, text: str, shares: tuple[Share, ...]) -> Unit:
        if text == unit.target:
            return unit
        if not text:
            return self._cut(unit, "emptied in the text")
        if unit.conflicts:
            raise UsageError(f"{unit.id} has two texts: decide first with `transflow unit resolve`.")
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

    def _relinked(self, unit: Unit, behind: tuple[Behind, ...], item: _Item) -> tuple[Unit, tuple[Behind, ...]]:
        refs = self._refs(item)
        if refs == tuple(each.ref for each in behind) or (item.refs is None and len(item.ids) > 1):
            return unit, behind
        behind = tuple(Behind(ref.report, self.units[ref]) for ref in refs)
        self.done.append(f"{unit.id} now from {item.refs or 'nothing'}")
        return unit.having(refs=refs, source=draft(behind, self.language) or unit.source, approved=None), behind

    def _refs(self, item: _Item) -> tuple[Ref, ...]:
        """What the head's list says. Raises UsageError for a sentence that is not there."""
        refs: list[Ref] = []
        for word in (item.refs or "").split():
            slug, _, places = word.partition("#")
            for place in places.split(","):
                ref = self.at.get((slug, int(place))) if place.isdigit() else Ref(slug, place)
                if ref is None or ref not in self.units:
                    raise UsageError(
                        f"line {item.line}: there is no sentence {slug}#{place} in the reports of this article."
                    )
                refs.append(ref)
        return tuple(dict.fromkeys(refs))

    def _own(self, text: str, item: _Item) -> Unit:
        """A paragraph of the writer's own: its first wording is its source, for good."""
        kind, _, variant = item.kind.partition(", ")
        if kind and kind not in KINDS:
            raise UsageError(f"line {item.line}: there is no kind “{kind}”. Allowed: {', '.join(KINDS)}.")
        unit = own_paragraph(text, self.who, self.now, self.taken, kind or "paragraph", variant)
        self.taken.add(unit.id)
        self.done.append(f"{unit.id} added")
        return unit

    def _split_off(self, unit: Unit, text: str, shares: tuple[Share, ...]) -> Unit:
        unit_id = new_id(f"{unit.id}\0{text}", self.taken)
        self.taken.add(unit_id)
        source = unit.source if unit.refs else text
        second = Unit(
            unit_id, source, kind=unit.kind, variant=unit.variant, refs=unit.refs, split=unit.id, cut=unit.cut
        )
        self.done.append(f"{unit_id} split off {unit.id}")
        # the words that it takes over from the first half stay with their authors
        whole = self.old.get(unit.id, unit)
        second = second.having(target=whole.target, by=whole.by, translated=whole.translated, text=whole.text)
        return confirm(second, text, self.who, self.now, shares)

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
            earlier = {known.id for known in self.article.units[: before.get(unit.id, len(before))]}
            at = max((i for i, known in enumerate(units) if known.id in earlier), default=-1)
            units.insert(at + 1, unit)
        return tuple(units)


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
