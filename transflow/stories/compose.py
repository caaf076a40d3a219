"""Composition of an article from reports: the report units behind each paragraph, and its draft.

Invariant: every live unit of a listed report is behind exactly one paragraph (printed or cut), or
left out (omitted, off the record, on hold), or returned by `unplaced`. Composing again updates
drafts and adds new units, and never changes a text that contains a writer's words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transflow.attribution.authorship import draft_shares, is_machine
from transflow.digests import new_id
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Ref, Unit
from transflow.po.catalog import new_header
from transflow.stories import redraft
from transflow.units.regroup import separator

MESSAGES = Messages(
    __name__,
    {
        "nothing-left": "nothing is left of the sentences behind it",
        "draft-changed": "the translations behind it changed",
        "source-changed": "the Korean of {ref} changed",
        "two-texts": "{ref} has two texts",
    },
)

Reports = Mapping[str, Catalog]
"""Report catalogs by slug, in the order of X-Reports: the lead report first."""


class DraftSource(NamedTuple):
    """Report unit behind a paragraph."""

    report: str
    unit: Unit

    @property
    def ref(self) -> Ref:
        return Ref(self.report, self.unit.id)


def report_slugs(article: Catalog) -> tuple[str, ...]:
    return tuple(article.header.get("X-Reports").split())


def source_slugs(article: Catalog) -> tuple[str, ...]:
    """Return the reports that the header lists, and those that only a paragraph names."""
    named = (ref.report for unit in article.units for ref in unit.refs)
    return tuple(dict.fromkeys((*report_slugs(article), *named)))


def blocks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Yield the units of each block, in order."""
    block: list[Unit] = []
    for unit in units:
        if block and not unit.continued:
            yield block
            block = []
        block.append(unit)
    if block:
        yield block


def placement(article: Catalog, reports: Reports) -> dict[str, tuple[DraftSource, ...]]:
    """Return the live report units behind each paragraph, by the paragraph's id.

    A reference to a unit that was joined into another resolves to the surviving unit, unless that
    one is referenced itself or an earlier such reference claimed it. The second half of a split
    unit follows the first. Paragraphs with the same reference, such as the halves of a split
    paragraph, share the unit.
    """
    live = {(slug, unit.id): unit for slug, catalog in reports.items() for unit in catalog.units}
    referenced = {(ref.report, ref.unit) for paragraph in article.units for ref in paragraph.refs}
    survivor = {
        (slug, old): unit.id for (slug, _), unit in live.items() for old in unit.joined if (slug, old) not in live
    }
    halves: dict[tuple[str, str], list[str]] = {}
    for slug, catalog in reports.items():
        for unit in catalog.units:
            if unit.split and (slug, unit.id) not in referenced:
                halves.setdefault((slug, unit.split), []).append(unit.id)
    claimed: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[str, tuple[DraftSource, ...]] = {}
    for paragraph in article.units:
        behind: dict[tuple[str, str], DraftSource] = {}
        for claimant, key in _resolve(paragraph.refs, live, referenced, survivor, halves):
            if claimed.setdefault(key, claimant) == claimant:
                behind.setdefault(key, DraftSource(key[0], live[key]))
        found[paragraph.id] = tuple(behind.values())
    return found


def _resolve(
    refs: Sequence[Ref],
    live: Mapping[tuple[str, str], Unit],
    referenced: set[tuple[str, str]],
    survivor: Mapping[tuple[str, str], str],
    halves: Mapping[tuple[str, str], Sequence[str]],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield pairs (reference, live unit it resolves to), both as (slug, id)."""
    own = {(ref.report, ref.unit) for ref in refs}
    for ref in refs:
        claimant = key = (ref.report, ref.unit)
        if key not in live and key in survivor:
            key = (ref.report, survivor[key])
            if key in referenced and key not in own:
                continue
            claimant = key if key in referenced else claimant
        queue = [key] if key in live else []
        while queue:
            key = queue.pop(0)
            yield claimant, key
            queue += [(key[0], half) for half in halves.get(key, ())]


def text_of(unit: Unit) -> str:
    """Return a unit's contribution to a draft: its target or, without one, its source.

    A unit that is omitted, off the record or on hold contributes an empty string.
    """
    return "" if unit.is_left_out else unit.target or unit.source


def draft(behind: Iterable[DraftSource], language: str) -> str:
    """Join the current texts behind a paragraph; empty if none is left."""
    return separator(language).join(filter(None, (text_of(each.unit) for each in behind)))


def why_stale(
    paragraph: Unit, behind: Sequence[DraftSource], language: str, typed: Callable[[Ref], str] = str
) -> Message:
    """Return why a paragraph no longer matches its reports, or `NOTHING` if it does.

    A paragraph without references is never stale. `typed` returns a reference as people type it.
    """
    if not paragraph.refs:
        return NOTHING
    current_draft = draft(behind, language)
    if not current_draft:
        return MESSAGES("nothing-left")
    if current_draft != paragraph.source:
        return MESSAGES("draft-changed")
    for each in behind:
        if each.unit.is_left_out:
            continue
        if each.unit.previous:
            return MESSAGES("source-changed", ref=typed(each.ref))
        if each.unit.conflicts:
            return MESSAGES("two-texts", ref=typed(each.ref))
    return NOTHING


def unplaced(article: Catalog, reports: Reports) -> tuple[DraftSource, ...]:
    """Return the units that a story misses; none for a live story, to which they are to come."""
    return () if article.header.get("X-Live") else not_placed(article, reports)


def not_placed(article: Catalog, reports: Reports) -> tuple[DraftSource, ...]:
    """Return the units of the listed reports that are neither used, nor left out, nor cut."""
    placed = {each.ref for behind in placement(article, reports).values() for each in behind}
    return tuple(
        DraftSource(slug, unit)
        for slug, catalog in reports.items()
        for unit in catalog.units
        if not unit.is_left_out and Ref(slug, unit.id) not in placed
    )


def dangling(article: Catalog, reports: Reports) -> tuple[tuple[Unit, Ref], ...]:
    """Return references to units that are neither live, nor obsolete, nor joined into another."""
    known = {
        Ref(slug, unit_id)
        for slug, catalog in reports.items()
        for unit in (*catalog.units, *catalog.obsolete)
        for unit_id in (unit.id, *unit.joined)
    }
    return tuple((unit, ref) for unit in article.units for ref in unit.refs if ref not in known)


def taken_ids(article: Catalog) -> set[str]:
    """Return every id that is or was in use in the article."""
    return {unit_id for unit in (*article.units, *article.obsolete) for unit_id in (unit.id, *unit.joined)}


def paragraph_of(
    behind: Sequence[DraftSource], language: str, taken: set[str], *, lead: bool, who: str, now: str
) -> Unit:
    """Return a new paragraph made from the units of one block.

    The headline and deck of a report other than the lead start cut.
    """
    first = behind[0].unit
    unit_id = new_id(str(behind[0].ref), taken)
    taken.add(unit_id)
    cut = Act(who, now, "the lead report has its own") if first.kind in ("headline", "deck") and not lead else None
    return Unit(
        unit_id,
        draft(behind, language),
        kind=first.kind,
        variant=first.variant,
        refs=tuple(each.ref for each in behind),
        cut=cut,
    )


def compose(
    slug: str, language: str, reports: Reports, date: str, who: str, now: str, waiting: Collection[Ref] = ()
) -> Catalog:
    """Return a new article made from reports, the first of which leads, without units in `waiting`.

    `language` is the article's, for the source and the target of its units. `date` is ISO 8601, or
    empty if it is not known yet.
    """
    header = new_header(language, language, X_Article=slug, X_Reports=" ".join(reports)).replace(X_Date=date or None)
    return recompose(Catalog(header), reports, who, now, waiting=waiting)


def recompose(
    article: Catalog,
    reports: Reports,
    who: str,
    now: str,
    keeping: Collection[str] = (),
    waiting: Collection[Ref] = (),
) -> Catalog:
    """Return the article with current drafts and with the new units of its reports.

    A written paragraph whose draft changed gets the old draft as its previous source and becomes
    fuzzy. Its text is replaced by the new draft unless it contains a writer's words or its id is in
    `keeping`. A new unit joins the paragraph of its left neighbour in the block or, at the head of
    the block, of its right neighbour; a new block follows the paragraph of the unit before it. New
    units in `waiting` are not taken yet.
    """
    language = article.header.get("Language")
    taken = taken_ids(article)
    groups = _Groups(article, reports, waiting)
    for slug, catalog in reports.items():
        groups.open_report(slug, catalog)
        for block in blocks(catalog.units):
            groups.place(slug, block)
    lead = next(iter(reports), "")
    paragraphs = []
    for group in groups.in_order():
        behind = group.behind
        if group.paragraph is None:
            paragraphs.append(paragraph_of(behind, language, taken, lead=behind[0].report == lead, who=who, now=now))
        else:
            redrafted = _redrafted(group.paragraph, behind, groups.gone(group.paragraph), language)
            if redrafted.id not in keeping:
                shares_sentences = groups.shares(group)
                redrafted = _with_new_draft(
                    group.paragraph, redrafted, behind, language, who, now, shares_sentences=shares_sentences
                )
            paragraphs.append(redrafted)
    return article.replace(units=tuple(paragraphs))


def _redrafted(paragraph: Unit, behind: Sequence[DraftSource], gone: Sequence[Ref], language: str) -> Unit:
    new_draft = draft(behind, language)
    if not paragraph.refs or not new_draft:
        return paragraph
    refs = _with_gone_refs([each.ref for each in behind], paragraph.refs, gone)
    paragraph = paragraph.replace(refs=refs) if refs != paragraph.refs else paragraph
    if new_draft == paragraph.source:
        return paragraph
    if not paragraph.target:
        return paragraph.replace(source=new_draft)
    if new_draft == paragraph.previous:
        return paragraph.replace(source=new_draft, previous="", fuzzy=_is_doubtful(paragraph))
    return paragraph.replace(
        source=new_draft, previous=paragraph.previous or paragraph.source, fuzzy=True, approved=None
    )


def _with_new_draft(
    old: Unit, new: Unit, behind: Sequence[DraftSource], language: str, who: str, now: str, *, shares_sentences: bool
) -> Unit:
    """Return the redrafted paragraph, taking the new draft as text if nobody edited the old one."""
    is_waiting = new.source != old.source or (new.previous and new.target == new.previous)
    if not is_waiting or not redraft.is_the_draft(old):
        return new
    text = redraft.text_from_draft(old, new.source, language, shares_sentences=shares_sentences)
    if text in ("", new.target):
        return new
    return redraft.with_draft_text(new, text, who, now, draft_shares([each.unit for each in behind]))


def _is_doubtful(paragraph: Unit) -> bool:
    """Return True if a paragraph is fuzzy for a reason other than a changed draft."""
    newest = max(paragraph.by, key=lambda each: each.time, default=None)
    return paragraph.fuzzy and bool(paragraph.returned or paragraph.conflicts or (newest and is_machine(newest.who)))


def _with_gone_refs(refs: list[Ref], old: Sequence[Ref], gone: Sequence[Ref]) -> tuple[Ref, ...]:
    """Insert into `refs` those of `old` that are gone, each after the reference that it followed.

    A sentence that comes back then finds its old place.
    """
    for i, ref in enumerate(old):
        if ref in gone:
            before = next((known for known in reversed(old[:i]) if known in refs), None)
            refs.insert(refs.index(before) + 1 if before else 0, ref)
    return tuple(refs)


@dataclass(eq=False, slots=True)
class _Group:
    """Paragraph, or None for one to be created, with the units behind it."""

    paragraph: Unit | None
    behind: list[DraftSource]

    @property
    def refs(self) -> set[Ref]:
        return {each.ref for each in self.behind}


class _Groups:
    """Paragraphs of an article in order, with the units behind them, while new units are placed."""

    def __init__(self, article: Catalog, reports: Reports, waiting: Collection[Ref]) -> None:
        self._waiting = waiting
        placed = placement(article, reports)
        self._groups = [_Group(unit, list(placed[unit.id])) for unit in article.units]
        self._groups_of: dict[Ref, list[_Group]] = {}
        for group in self._groups:
            for each in group.behind:
                self._groups_of.setdefault(each.ref, []).append(group)
        self._known = {Ref(slug, unit.id) for slug, catalog in reports.items() for unit in catalog.units}
        self._known |= {
            Ref(slug, old) for slug, catalog in reports.items() for unit in catalog.units for old in unit.joined
        }
        self._last: _Group | None = None

    def gone(self, paragraph: Unit) -> list[Ref]:
        """Return the references of a paragraph that resolve to no live unit."""
        return [ref for ref in paragraph.refs if ref not in self._known]

    def shares(self, group: _Group) -> bool:
        """Return True if another paragraph is based on one of the sentences of this one."""
        return any(len(self._groups_of[each.ref]) > 1 for each in group.behind)

    def open_report(self, slug: str, catalog: Catalog) -> None:
        """Start placing the blocks of a report.

        Blocks before the first placed unit of the report go before its paragraph, or to the end of
        the article if the report has no placed unit.
        """
        placed = (self._groups_of.get(Ref(slug, unit.id), []) for unit in catalog.units)
        first = next((self._main(groups)[0] for groups in placed if groups), None)
        index = self._groups.index(first) if first else len(self._groups)
        self._last = self._groups[index - 1] if index else None

    def place(self, slug: str, block: Sequence[Unit]) -> None:
        """Place the units of one block of a report; blocks must be given in order."""
        left: DraftSource | None = None
        for i, unit in enumerate(block):
            each = DraftSource(slug, unit)
            if each.ref not in self._groups_of:
                if unit.is_left_out or each.ref in self._waiting:
                    continue
                right = next(
                    (new for other in block[i + 1 :] if (new := DraftSource(slug, other)).ref in self._groups_of), None
                )
                self._groups_of[each.ref] = (
                    self._add_beside(each, left, 1) if left else self._add_beside(each, right, 0)
                )
            self._last, left = self._groups_of[each.ref][-1], each

    def _add_beside(self, source: DraftSource, neighbour: DraftSource | None, after: int) -> list[_Group]:
        """Put a unit next to its neighbour wherever that is, or into a new paragraph."""
        if neighbour is None:
            return [self._new_group(source)]
        groups = self._main(self._groups_of[neighbour.ref])
        for group in groups:
            group.behind.insert(group.behind.index(neighbour) + after, source)
        return groups

    def _main(self, groups: list[_Group]) -> list[_Group]:
        """Return the groups without those that repeat sentences of others, such as a lead."""
        with_own = [group for group in groups if any(len(self._groups_of.get(ref, ())) == 1 for ref in group.refs)]
        parts = [group for group in groups if any(group.refs <= other.refs for other in groups if other is not group)]
        return with_own or parts or groups

    def _new_group(self, each: DraftSource) -> _Group:
        group = _Group(None, [each])
        index = self._groups.index(self._last) + 1 if self._last else 0
        self._groups.insert(index, group)
        return group

    def in_order(self) -> list[_Group]:
        return self._groups
