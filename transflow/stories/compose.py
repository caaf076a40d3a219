"""An article from reports: which units stand behind which paragraph, and the drafts that they give.

Invariant: every live unit of a listed report stands behind exactly one paragraph, cut or not, or is omitted, or is named
by `unplaced`; composing again changes drafts and adds what is new, and touches no text in which a writer has a word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transflow.attribution.authorship import draft_shares, is_machine
from transflow.digests import new_id
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Ref, Unit
from transflow.po.catalog import new_header
from transflow.stories import redraft
from transflow.units.regroup import separator

Reports = Mapping[str, Catalog]
"""Slug -> report catalog, in the order of X-Reports: the lead first."""


class DraftSource(NamedTuple):
    """A report unit behind a paragraph."""

    report: str
    unit: Unit

    @property
    def ref(self) -> Ref:
        return Ref(self.report, self.unit.id)


def report_slugs(article: Catalog) -> tuple[str, ...]:
    return tuple(article.header.get("X-Reports").split())


def blocks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The units of each block, in order."""
    block: list[Unit] = []
    for unit in units:
        if block and not unit.continued:
            yield block
            block = []
        block.append(unit)
    if block:
        yield block


def placement(article: Catalog, reports: Reports) -> dict[str, tuple[DraftSource, ...]]:
    """For each paragraph, by id, the live report units behind it.

    References to a unit that was joined into another lead to the unit that it lives on in, unless that one is referenced
    itself or another such reference came first; the second half of a split follows the first. Paragraphs with the same
    reference, such as the halves of a split paragraph, share its unit.
    """
    live = {(slug, unit.id): unit for slug, catalog in reports.items() for unit in catalog.units}
    named = {(ref.report, ref.unit) for paragraph in article.units for ref in paragraph.refs}
    survivor = {
        (slug, old): unit.id for (slug, _), unit in live.items() for old in unit.joined if (slug, old) not in live
    }
    halves: dict[tuple[str, str], list[str]] = {}
    for slug, catalog in reports.items():
        for unit in catalog.units:
            if unit.split and (slug, unit.id) not in named:
                halves.setdefault((slug, unit.split), []).append(unit.id)
    claimed: dict[tuple[str, str], tuple[str, str]] = {}
    found: dict[str, tuple[DraftSource, ...]] = {}
    for paragraph in article.units:
        behind: dict[tuple[str, str], DraftSource] = {}
        for named_by, key in _resolved(paragraph.refs, live, named, survivor, halves):
            if claimed.setdefault(key, named_by) == named_by:
                behind.setdefault(key, DraftSource(key[0], live[key]))
        found[paragraph.id] = tuple(behind.values())
    return found


def _resolved(
    refs: Sequence[Ref],
    live: Mapping[tuple[str, str], Unit],
    named: set[tuple[str, str]],
    survivor: Mapping[tuple[str, str], str],
    halves: Mapping[tuple[str, str], Sequence[str]],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Each live unit that the references lead to, after the reference that does."""
    own = {(ref.report, ref.unit) for ref in refs}
    for ref in refs:
        named_by = key = (ref.report, ref.unit)
        if key not in live and key in survivor:
            key = (ref.report, survivor[key])
            if key in named and key not in own:
                continue
            named_by = key if key in named else named_by
        waiting = [key] if key in live else []
        while waiting:
            key = waiting.pop(0)
            yield named_by, key
            waiting += [(key[0], half) for half in halves.get(key, ())]


def text_of(unit: Unit) -> str:
    """What a unit contributes to a draft: its target, its source where it has none, nothing where it is omitted."""
    return "" if unit.omitted else unit.target or unit.source


def draft(behind: Iterable[DraftSource], language: str) -> str:
    """The join of the present texts behind a paragraph; empty where nothing is left."""
    return separator(language).join(filter(None, (text_of(each.unit) for each in behind)))


def why_stale(paragraph: Unit, behind: Sequence[DraftSource], language: str) -> str:
    """Why a paragraph does not say what its reports say now; empty where it does. A writer's own never is stale."""
    if not paragraph.refs:
        return ""
    present = draft(behind, language)
    if not present:
        return "nothing is left of the sentences behind it"
    if present != paragraph.source:
        return "the draft behind it changed"
    for each in behind:
        if each.unit.omitted:
            continue
        if each.unit.previous:
            return f"the Korean of {each.report}#{each.unit.id} changed"
        if each.unit.conflicts:
            return f"{each.report}#{each.unit.id} has two texts"
    return ""


def why_unprintable(paragraph: Unit, behind: Sequence[DraftSource]) -> str:
    """Whose word keeps a paragraph from being printed, in a draft too; empty where nobody's does."""
    for unit, name in ((paragraph, "it"), *((each.unit, str(each.ref)) for each in behind)):
        if unit.record and unit.is_unprintable and not unit.omitted:
            how = "off the record" if unit.record.how == "off" else "on hold until its speaker consents"
            return f"{name} is {how}, {unit.record.who} said"
    return ""


def unplaced(article: Catalog, reports: Reports) -> tuple[DraftSource, ...]:
    """Units of the listed reports that are neither used, nor omitted, nor cut."""
    placed = {each.ref for behind in placement(article, reports).values() for each in behind}
    return tuple(
        DraftSource(slug, unit)
        for slug, catalog in reports.items()
        for unit in catalog.units
        if not unit.omitted and Ref(slug, unit.id) not in placed
    )


def dangling(article: Catalog, reports: Reports) -> tuple[tuple[Unit, Ref], ...]:
    """References to units that are neither live, nor obsolete, nor joined into another."""
    known = {
        Ref(slug, unit_id)
        for slug, catalog in reports.items()
        for unit in (*catalog.units, *catalog.obsolete)
        for unit_id in (unit.id, *unit.joined)
    }
    return tuple((unit, ref) for unit in article.units for ref in unit.refs if ref not in known)


def taken_ids(article: Catalog) -> set[str]:
    """Every id that is or was in use."""
    return {unit_id for unit in (*article.units, *article.obsolete) for unit_id in (unit.id, *unit.joined)}


def paragraph_of(
    behind: Sequence[DraftSource], language: str, taken: set[str], *, lead: bool, who: str, now: str
) -> Unit:
    """A new paragraph from the units of one block. The headline and deck of a report that is not the lead start cut."""
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


def compose(slug: str, language: str, reports: Reports, date: str, who: str, now: str) -> Catalog:
    """A new article from reports, the first of which leads. `language` is the article's, on both sides of its units.

    `date` is ISO 8601, or empty where it is not known yet.
    """
    header = new_header(language, language, X_Article=slug, X_Reports=" ".join(reports)).replace(X_Date=date or None)
    return recompose(Catalog(header), reports, who, now)


def recompose(article: Catalog, reports: Reports, who: str, now: str, keeping: Collection[str] = ()) -> Catalog:
    """The article with the present drafts and with what is new in its reports.

    A paragraph with a text whose draft changed gets the old draft as previous source and needs another look. It takes the new draft
    where no writer has a word in it, and otherwise, or where its id is among `keeping`, keeps the text. A new unit joins its left
    neighbour's paragraph in the block, or its right one's at the head of the block; a new block follows its left neighbour's
    paragraph.
    """
    language = article.header.get("Language")
    taken = taken_ids(article)
    groups = _Groups(article, reports)
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
                shared = groups.shares(group)
                redrafted = _retaken(group.paragraph, redrafted, behind, language, who, now, shared=shared)
            paragraphs.append(redrafted)
    return article.replace(units=tuple(paragraphs))


def _redrafted(paragraph: Unit, behind: Sequence[DraftSource], gone: Sequence[Ref], language: str) -> Unit:
    present = draft(behind, language)
    if not paragraph.refs or not present:
        return paragraph
    refs = _with_gone([each.ref for each in behind], paragraph.refs, gone)
    paragraph = paragraph.replace(refs=refs) if refs != paragraph.refs else paragraph
    if present == paragraph.source:
        return paragraph
    if not paragraph.target:
        return paragraph.replace(source=present)
    if present == paragraph.previous:
        return paragraph.replace(source=present, previous="", fuzzy=_is_doubtful(paragraph))
    return paragraph.replace(source=present, previous=paragraph.previous or paragraph.source, fuzzy=True, approved=None)


def _retaken(
    old: Unit, new: Unit, behind: Sequence[DraftSource], language: str, who: str, now: str, *, shared: bool
) -> Unit:
    """A paragraph after its draft changed, with the new draft as its text where nobody wrote a word of the old text."""
    is_waiting = new.source != old.source or (new.previous and new.target == new.previous)
    if not is_waiting or not redraft.is_the_draft(old):
        return new
    text = redraft.new_text(old, new.source, language, shared=shared)
    if text in ("", new.target):
        return new
    return redraft.taken(new, text, who, now, draft_shares([each.unit for each in behind]))


def _is_doubtful(paragraph: Unit) -> bool:
    """Whether a paragraph needs another look for another reason than its draft."""
    newest = max(paragraph.by, key=lambda each: each.time, default=None)
    return paragraph.fuzzy and bool(paragraph.returned or paragraph.conflicts or (newest and is_machine(newest.who)))


def _with_gone(refs: list[Ref], old: Sequence[Ref], gone: Sequence[Ref]) -> tuple[Ref, ...]:
    """`refs` with those of `old` that are gone, each after the one that it followed: a sentence that returns finds its place."""
    for i, ref in enumerate(old):
        if ref in gone:
            before = next((known for known in reversed(old[:i]) if known in refs), None)
            refs.insert(refs.index(before) + 1 if before else 0, ref)
    return tuple(refs)


@dataclass(eq=False, slots=True)
class _Group:
    """A paragraph, or the place of one to be made, with the units behind it."""

    paragraph: Unit | None
    behind: list[DraftSource]


class _Groups:
    """The paragraphs of an article in order, with the units behind them, while new units find their places."""

    def __init__(self, article: Catalog, reports: Reports) -> None:
        placed = placement(article, reports)
        self._groups = [_Group(unit, list(placed[unit.id])) for unit in article.units]
        self._homes: dict[Ref, list[_Group]] = {}
        for group in self._groups:
            for each in group.behind:
                self._homes.setdefault(each.ref, []).append(group)
        self._known = {Ref(slug, unit.id) for slug, catalog in reports.items() for unit in catalog.units}
        self._known |= {
            Ref(slug, old) for slug, catalog in reports.items() for unit in catalog.units for old in unit.joined
        }
        self._last: _Group | None = None

    def gone(self, paragraph: Unit) -> list[Ref]:
        """The references of a paragraph that lead to nothing that lives."""
        return [ref for ref in paragraph.refs if ref not in self._known]

    def shares(self, group: _Group) -> bool:
        """Whether another paragraph stands on one of the sentences of this one."""
        return any(len(self._homes[each.ref]) > 1 for each in group.behind)

    def open_report(self, slug: str, catalog: Catalog) -> None:
        """Blocks at the top of a report go before the paragraph of its first unit that has one, else to the article's end."""
        first = next((homes[0] for unit in catalog.units if (homes := self._homes.get(Ref(slug, unit.id)))), None)
        at = self._groups.index(first) if first else len(self._groups)
        self._last = self._groups[at - 1] if at else None

    def place(self, slug: str, block: Sequence[Unit]) -> None:
        """Finds a home for the units of one block of a report; blocks come in order."""
        left: DraftSource | None = None
        for i, unit in enumerate(block):
            each = DraftSource(slug, unit)
            if each.ref not in self._homes:
                if unit.omitted:
                    continue
                right = next(
                    (new for other in block[i + 1 :] if (new := DraftSource(slug, other)).ref in self._homes), None
                )
                self._homes[each.ref] = self._join(each, left, 1) if left else self._join(each, right, 0)
            self._last, left = self._homes[each.ref][-1], each

    def _join(self, each: DraftSource, neighbour: DraftSource | None, after: int) -> list[_Group]:
        """Puts a unit beside its neighbour, wherever that is; without one, into a new paragraph."""
        if neighbour is None:
            return [self._open(each)]
        homes = self._homes[neighbour.ref]
        for home in homes:
            home.behind.insert(home.behind.index(neighbour) + after, each)
        return homes

    def _open(self, each: DraftSource) -> _Group:
        group = _Group(None, [each])
        at = self._groups.index(self._last) + 1 if self._last else 0
        self._groups.insert(at, group)
        return group

    def in_order(self) -> list[_Group]:
        return self._groups
