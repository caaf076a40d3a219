"""Application of an edited text to its article.

Invariant: no edit deletes a paragraph: what is left out of the text is cut. A text that was
exported from another state of the article or its reports is refused; one without heads is aligned.
Words keep their authors wherever they are moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from transflow.attribution import stamps
from transflow.attribution.authorship import draft_shares, with_target
from transflow.digests import new_id
from transflow.errors import UsageError
from transflow.invisible import without_invisible
from transflow.messages import Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import KINDS, Kind, Ref, Unit
from transflow.stories.compose import DraftSource, Reports, draft, placement, taken_ids
from transflow.stories.whole_text import layout
from transflow.stories.whole_text.alignment import align_texts, plain_texts
from transflow.stories.whole_text.layout import HeadedText, label_of, parsed_back, shown_text, state_line
from transflow.stories.whole_text.moved_words import WordAttribution
from transflow.stories.whole_text.recognition import match_paragraphs
from transflow.stories.whole_text.sentences import NamedSentences, format_refs
from transflow.text import ControlError, clean
from transflow.units.regroup import join
from transflow.units.workflow import act, confirm, why_not_confirm

MESSAGES = Messages(
    __name__,
    {
        "outdated": "the text was exported from another state of the article or its reports: export it again and carry "
        "your edits over.",
        "another-story": "no paragraph of the story is in this text: it is not of this story, or has nothing of it.",
        "refused": "{unit}: {why}",
        "no-kind": "line {line}: there is no kind “{kind}”. Allowed: {kinds}.",
        "written": "{unit} written",
        "joined": "{unit} joined to {to}",
        "label": "{unit} now a {label}",
        "refs": "{unit} now from {refs}",
        "no-refs": "{unit} now from nothing",
        "added": "{unit} added",
        "added/refs": "{unit} added, from {refs}",
        "split": "{unit} split off {origin}",
        "cut": "{unit} cut",
        "uncut": "{unit} printed again",
        "moved": "{unit} moved",
    },
)


class Edited(NamedTuple):
    """Edited article, and a line for each edit to show to the writer."""

    article: Catalog
    done: tuple[Message, ...]
    unsourced: tuple[str, ...] = ()
    """Ids of the new paragraphs of a text without heads, which no report stands behind."""


def edit(
    article: Catalog, reports: Reports, text: str, who: str, now: str, names: Mapping[str, str] | None = None
) -> Edited:
    """Return the article with the edits of a text. Raise UsageError for an invalid text.

    `names` is as in `format_refs`.
    """
    try:
        text = without_invisible(clean(text.removeprefix("\ufeff")))
    except ControlError as error:
        raise UsageError(error.message) from None
    language = article.header.get("Language")
    if texts := _texts_without_heads(text, language):
        items = _aligned(article, reports, texts, language)
        return _with_unsourced(_Editing(article, reports, who, now, names).apply(items), article)
    if text.split("\n", 1)[0].strip() != state_line(article, reports):
        raise UsageError(MESSAGES("outdated"))
    exported = [item for item in layout.parse_items(layout.export(article, reports), language) if item.ids]
    items = match_paragraphs(layout.parse_items(text, language), exported, article.units, language)
    return _Editing(article, reports, who, now, names).apply(items)


def _texts_without_heads(text: str, language: str) -> list[str]:
    """Return the paragraphs of a text without heads; none of a text with heads."""
    return [] if layout.has_heads(text) else plain_texts(layout.without_frame(text), language)


def _aligned(article: Catalog, reports: Reports, texts: Sequence[str], language: str) -> list[HeadedText]:
    """Return the items of a text without heads. Raise UsageError if it is not of this story."""
    behind = {unit_id: [draft(each, language)] for unit_id, each in placement(article, reports).items()}
    items = align_texts(texts, article.units, behind, language)
    if not any(item.line and (item.ids or item.split_off_from) for item in items):
        raise UsageError(MESSAGES("another-story"))
    return items


def _with_unsourced(edited: Edited, before: Catalog) -> Edited:
    known = {unit.id for unit in before.units}
    new = (unit for unit in edited.article.units if unit.id not in known and not unit.refs and not unit.split)
    return edited._replace(unsourced=tuple(unit.id for unit in new))


class _EditedParagraph(NamedTuple):
    """Edited paragraph, and units with the text and authorship of each part split off it."""

    unit: Unit
    parts: list[Unit]


class _Editing:
    def __init__(self, article: Catalog, reports: Reports, who: str, now: str, names: Mapping[str, str] | None) -> None:
        self.article, self.reports, self.who, self.now, self.names = article, reports, who, now, names
        self.language = article.header.get("Language")
        self.old = {unit.id: unit for unit in article.units}
        self.behind = placement(article, reports)
        self.drafts = {unit_id: draft_shares([each.unit for each in behind]) for unit_id, behind in self.behind.items()}
        self.sentences = NamedSentences(reports)
        self.taken = taken_ids(article)
        self.done: list[Message] = []
        self.edited: dict[str, _EditedParagraph] = {}
        self.moved: set[Ref] = set()
        """Report units that a head's list moved to another paragraph."""

    def apply(self, items: Sequence[HeadedText]) -> Edited:
        self._move_sentences(items)
        self.words = WordAttribution(self.article, items, self.drafts, self.who, self.now)
        for item in items:
            if item.ids:
                split_off = [text for each in items if each.split_off_from == item.ids[0] for text in each.texts]
                self.edited[item.ids[0]] = self._edited(item, split_off)
        above: list[Unit] = []
        below: list[Unit] = []
        for item in items:
            (below if item.cut else above).extend(self._units(item))
        seen = {unit_id for item in items for unit_id in item.ids}
        missing = [self._cut(unit, "left out of the text") for unit in self.article.units if unit.id not in seen]
        units = self._ordered(above, [*below, *missing])
        return Edited(self.article.replace(units=units), tuple(self.done))

    def _units(self, item: HeadedText) -> list[Unit]:
        if item.ids:
            return [self.edited[item.ids[0]].unit]
        if item.split_off_from:
            return [self._split_off(item)]
        return [self._own_unit(text, item) for text in item.texts]

    def _edited(self, item: HeadedText, split_off: Sequence[str]) -> _EditedParagraph:
        unit, behind = self._joined_base(item)
        one_sided = len({bool(self.old[unit_id].target) for unit_id in item.ids}) > 1
        untouched = not one_sided and item.texts == parsed_back(shown_text(unit), self.language)
        unit, behind = self._with_refs(self._with_label(unit, item), behind, item)
        text = "".join(item.texts)
        part, *parts = self.words.split(
            unit, item.ids, [text, *split_off], draft_shares([each.unit for each in behind])
        )
        if not untouched and text:
            unit = self._with_text(unit, part)
        if item.cut or not (text or untouched):
            unit = self._cut(unit, "moved below the line" if item.cut else "emptied in the text")
        elif unit.cut:
            unit = self._uncut(unit)
        return _EditedParagraph(unit, parts)

    def _with_text(self, unit: Unit, part: Unit) -> Unit:
        is_kept = part.target == unit.target
        if is_kept and not unit.fuzzy:
            return unit
        if why := why_not_confirm(unit, part.target):
            raise UsageError(MESSAGES("refused", unit=unit.id, why=why))
        self.done.append(MESSAGES("written", unit=unit.id))
        written = confirm(unit, part.target, self.who, self.now)
        return written if is_kept else written.replace(by=part.by, translated=part.translated)

    def _joined_base(self, item: HeadedText) -> tuple[Unit, tuple[DraftSource, ...]]:
        unit, behind = self.old[item.ids[0]], self.behind[item.ids[0]]
        if any(self.old[unit_id].target for unit_id in item.ids[1:]):
            unit = self._with_draft_text(unit)
        for other_id in item.ids[1:]:
            second = self._with_draft_text(self.old[other_id]) if unit.target else self.old[other_id]
            unit = join(unit, second, self.language, self.language)
            behind = (*behind, *(each for each in self.behind[other_id] if each not in behind))
            self.done.append(MESSAGES("joined", unit=other_id, to=unit.id))
        return unit, behind

    def _with_draft_text(self, unit: Unit) -> Unit:
        """Return an unwritten paragraph with its draft as target, to keep authorship in a join."""
        return unit if unit.target else with_target(unit, unit.source, self.who, self.now, self.drafts[unit.id])

    def _with_label(self, unit: Unit, item: HeadedText) -> Unit:
        if item.label in ("", label_of(unit)):
            return unit
        kind, variant = _kind(item)
        self.done.append(MESSAGES("label", unit=unit.id, label=item.label))
        return unit.replace(kind=kind, variant=variant)

    def _with_refs(
        self, unit: Unit, behind: tuple[DraftSource, ...], item: HeadedText
    ) -> tuple[Unit, tuple[DraftSource, ...]]:
        refs = self._with_partners(item, self._listed_refs(item))
        if item.refs is None or refs == tuple(each.ref for each in behind):
            return unit, behind
        behind = tuple(DraftSource(ref.report, self.sentences.units[ref]) for ref in refs)
        self.done.append(MESSAGES("refs" if refs else "no-refs", unit=unit.id, refs=self._formatted(refs)))
        return unit.replace(refs=refs, source=draft(behind, self.language) or unit.source, approved=None), behind

    def _move_sentences(self, items: Sequence[HeadedText]) -> None:
        """Record the report units that are listed under another paragraph than before.

        A new paragraph shares the sentences that it lists.
        """
        for item in items:
            if not item.ids:
                continue
            before = {each.ref for unit_id in item.ids for each in self.behind[unit_id]}
            self.moved |= {ref for ref in self._listed_refs(item) if ref not in before}

    def _with_partners(self, item: HeadedText, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """Add to a list of references those of the joined paragraphs that it does not mention.

        They belonged to one of the paragraphs before the join, so its list need not repeat them.
        """
        if len(item.ids) < 2:
            return refs
        found: list[Ref] = []
        for own in ([each.ref for each in self.behind[unit_id]] for unit_id in item.ids):
            found += refs if set(own) & set(refs) else [ref for ref in own if ref not in self.moved]
        return tuple(dict.fromkeys((*found, *refs)))

    def _listed_refs(self, item: HeadedText) -> tuple[Ref, ...]:
        """Return the references of a head's list. Raise UsageError for an unknown unit."""
        return self.sentences.listed(item.refs or "", item.line)

    def _own_unit(self, text: str, item: HeadedText) -> Unit:
        """Return a new paragraph, made from the sentences that its head lists.

        Without any it is the writer's own, and its first text is its source for good.
        """
        if refs := self._listed_refs(item):
            unit = self._unit_from(refs, text, item)
            self.done.append(MESSAGES("added/refs", unit=unit.id, refs=self._formatted(refs)))
        else:
            unit = own_paragraph(text, self.who, self.now, self.taken, *_kind(item))
            unit = self.words.credit_moved_words(unit)
            self.done.append(MESSAGES("added", unit=unit.id))
        self.taken.add(unit.id)
        return self._cut(unit, "written below the line") if item.cut else unit

    def _unit_from(self, refs: tuple[Ref, ...], text: str, item: HeadedText) -> Unit:
        """Return a new paragraph made from sentences, which other paragraphs may share."""
        behind = tuple(DraftSource(ref.report, self.sentences.units[ref]) for ref in refs)
        source, shares = draft(behind, self.language), draft_shares([each.unit for each in behind])
        kind, variant = _kind(item)
        unit_id = new_id("\0".join((text, self.who, self.now, *map(str, refs))), self.taken)
        unit = Unit(unit_id, source or text, kind=kind, variant=variant, refs=refs)
        return self.words.credit_moved_words(confirm(unit, text, self.who, self.now, shares), (source,))

    def _formatted(self, refs: Sequence[Ref]) -> str:
        return format_refs(refs, self.sentences.position_of, self.names)

    def _split_off(self, item: HeadedText) -> Unit:
        """Return a second part of a paragraph; words taken from the whole keep their authors."""
        unit, part = self.edited[item.split_off_from].unit, self.edited[item.split_off_from].parts.pop(0)
        source = unit.source if unit.refs else part.target
        second = Unit(
            new_id(f"{unit.id}\0{source}", self.taken),
            source,
            part.target,
            kind=unit.kind,
            variant=unit.variant,
            refs=unit.refs,
            translated=tuple(share for share in part.translated if share.words),
            by=tuple(each for each in part.by if each.words or each.who == self.who),
            text=part.text,
            split=unit.id,
            record=unit.record,
            cut=(unit.cut or act(unit, self.who, self.now, "moved below the line")) if item.cut else None,
        )
        self.taken.add(second.id)
        self.done.append(MESSAGES("split", unit=second.id, origin=unit.id))
        return second

    def _cut(self, unit: Unit, reason: str) -> Unit:
        if unit.cut:
            return unit
        self.done.append(MESSAGES("cut", unit=unit.id))
        return unit.replace(cut=act(unit, self.who, self.now, reason))

    def _uncut(self, unit: Unit) -> Unit:
        self.done.append(MESSAGES("uncut", unit=unit.id))
        return unit.replace(cut=None)

    def _ordered(self, printed: Sequence[Unit], cut: Sequence[Unit]) -> tuple[Unit, ...]:
        """Order printed paragraphs as in the text, and cut ones after their previous neighbour."""
        before = {unit.id: i for i, unit in enumerate(self.article.units)}
        moved = moved_ids([unit.id for unit in printed], before)
        self.done += [MESSAGES("moved", unit=unit_id) for unit_id in moved]
        units = [
            unit.replace(moved=stamps.stamp_for_move(unit, self.now)) if unit.id in moved else unit for unit in printed
        ]
        for unit in sorted(cut, key=lambda each: before.get(each.id, len(before))):
            units.insert(self._index_for_cut(unit, units, before), unit)
        return tuple(units)

    def _index_for_cut(self, unit: Unit, units: Sequence[Unit], before: Mapping[str, int]) -> int:
        """Return the index in `units` for a cut paragraph: after its previous left neighbour.

        Parts that were split off the neighbour come first.
        """
        indexes = {known.id: i for i, known in enumerate(units)}
        if unit.id not in before:
            return indexes.get(unit.split, len(units) - 1) + 1
        lefts = (indexes.get(old.id) for old in reversed(self.article.units[: before[unit.id]]))
        left_index = next((known_index for known_index in lefts if known_index is not None), -1)
        index = left_index + 1
        while (
            left_index >= 0
            and index < len(units)
            and units[index].split == units[left_index].id
            and units[index].id not in before
        ):
            index += 1
        return index


def _kind(item: HeadedText) -> tuple[Kind, str]:
    """Return the kind and variant of a head's label. Raise UsageError for an unknown kind."""
    kind, _, variant = item.label.partition(", ")
    known: Kind | None = next((each for each in KINDS if each == (kind or "paragraph")), None)
    if known is None:
        raise UsageError(MESSAGES("no-kind", line=item.line, kind=kind, kinds=", ".join(KINDS)))
    return known, variant


def own_paragraph(text: str, who: str, now: str, taken: set[str], kind: Kind = "paragraph", variant: str = "") -> Unit:
    """Return a writer's own paragraph; its id is derived from text, author and time."""
    unit = Unit(new_id(f"{text}\0{who}\0{now}", taken), text, kind=kind, variant=variant)
    return confirm(unit, text, who, now)


def moved_ids(order: Sequence[str], before: Mapping[str, int]) -> list[str]:
    """Return the fewest ids that must have moved to get from the order `before` to `order`.

    These are the ids outside of a longest increasing subsequence.
    """
    known = [unit_id for unit_id in order if unit_id in before]
    lengths: list[tuple[int, int]] = []  # (length of the longest run ending here, previous index)
    for i, unit_id in enumerate(known):
        runs = [(lengths[j][0] + 1, j) for j in range(i) if before[known[j]] < before[unit_id]]
        lengths.append(max(runs, default=(1, -1), key=lambda run: run[0]))
    index = max(range(len(known)), key=lambda i: lengths[i][0], default=-1)
    stayed = set()
    while index >= 0:
        stayed.add(known[index])
        index = lengths[index][1]
    return [unit_id for unit_id in known if unit_id not in stayed]
