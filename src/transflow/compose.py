"""An article from reports: which units stand behind which paragraph, and the drafts that they give.

Invariant: every live unit of a listed report stands behind exactly one paragraph, cut or not, or is omitted, or is named
by `unplaced`; composing again changes drafts and adds what is new, and touches no English text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from transflow.digests import new_id
from transflow.model import Act, Catalog, Ref, Unit
from transflow.po.catalog import new_header
from transflow.regroup import separator

Reports = Mapping[str, Catalog]
"""Slug -> report catalog, in the order of X-Reports: the lead first."""


class Behind(NamedTuple):
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


def placement(article: Catalog, reports: Reports) -> dict[str, tuple[Behind, ...]]:
    """For each paragraph, by id, the live report units behind it.

    References to a unit that was joined into another lead to the unit that it lives on in, unless that one is referenced
    itself; the second half of a split follows the first. Halves of a split paragraph share their units.
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
    claimed: dict[tuple[str, str], tuple[Ref, ...]] = {}
    found: dict[str, tuple[Behind, ...]] = {}
    for paragraph in article.units:
        behind: list[Behind] = []
        for key in _resolved(paragraph.refs, live, named, survivor, halves):
            if claimed.setdefault(key, paragraph.refs) == paragraph.refs:
                behind.append(Behind(key[0], live[key]))
        found[paragraph.id] = tuple(dict.fromkeys(behind))
    return found


def _resolved(
    refs: Sequence[Ref],
    live: Mapping[tuple[str, str], Unit],
    named: set[tuple[str, str]],
    survivor: Mapping[tuple[str, str], str],
    halves: Mapping[tuple[str, str], Sequence[str]],
) -> Iterator[tuple[str, str]]:
    own = {(ref.report, ref.unit) for ref in refs}
    for ref in refs:
        key = (ref.report, ref.unit)
        if key not in live and key in survivor:
            key = (ref.report, survivor[key])
            if key in named and key not in own:
                continue
        waiting = [key] if key in live else []
        while waiting:
            key = waiting.pop(0)
            yield key
            waiting += [(key[0], half) for half in halves.get(key, ())]


def text_of(unit: Unit) -> str:
    """What a unit contributes to a draft: its target, its source where it has none, nothing where it is omitted."""
    return "" if unit.omitted else unit.target or unit.source


def draft(behind: Iterable[Behind], language: str) -> str:
    """The join of the present texts behind a paragraph; empty where nothing is left."""
    return separator(language).join(filter(None, (text_of(each.unit) for each in behind)))


def why_stale(paragraph: Unit, behind: Sequence[Behind], language: str) -> str:
    """Why a paragraph does not say what its reports say now; empty where it does. A writer's own never is stale."""
    if not paragraph.refs:
        return ""
    present = draft(behind, language)
    if not present:
        return "nothing is left of the sentences behind it"
    if present != paragraph.source:
        return "the draft behind it changed"
    for each in behind:
        if each.unit.previous:
            return f"the Korean of {each.report}#{each.unit.id} changed"
        if each.unit.conflicts:
            return f"{each.report}#{each.unit.id} has two texts"
    return ""


def unplaced(article: Catalog, reports: Reports) -> tuple[Behind, ...]:
    """Units of the listed reports that are neither used, nor omitted, nor cut."""
    placed = {each.ref for behind in placement(article, reports).values() for each in behind}
    return tuple(
        Behind(slug, unit)
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


def paragraph_of(behind: Sequence[Behind], language: str, taken: set[str], *, lead: bool, who: str, now: str) -> Unit:
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
    header = new_header(language, language, X_Article=slug, X_Reports=" ".join(reports)).having(X_Date=date or None)
    return recompose(Catalog(header), reports, who, now)


def recompose(article: Catalog, reports: Reports, who: str, now: str) -> Catalog:
    """The article with the present drafts and with what is new in its reports.

    A paragraph with a text whose draft changed keeps the text, gets the old draft as previous source and needs another
    look. A new unit joins its left neighbour's paragraph in the block; a new block follows its left neighbour's paragraph.
    """
    language = article.header.get("Language")
    taken = taken_ids(article)
    groups = _Groups(article, reports)
    lead = next(iter(reports), "")
    for slug, catalog in reports.items():
        for block in blocks(catalog.units):
            groups.place(slug, [unit for unit in block if not unit.omitted])
    paragraphs = []
    for unit, behind in groups.in_order():
        if unit is None:
            paragraphs.append(paragraph_of(behind, language, taken, lead=behind[0].report == lead, who=who, now=now))
        else:
            paragraphs.append(_redrafted(unit, behind, language))
    return article.having(units=tuple(paragraphs))


def _redrafted(paragraph: Unit, behind: Sequence[Behind], language: str) -> Unit:
    present = draft(behind, language)
    if not paragraph.refs or not present:
        return paragraph
    refs = tuple(each.ref for each in behind)
    paragraph = paragraph.having(refs=refs) if refs != paragraph.refs else paragraph
    if present == paragraph.source:
        return paragraph
    if not paragraph.target:
        return paragraph.having(source=present)
    if present == paragraph.previous:
        return paragraph.having(source=present, previous="", fuzzy=bool(paragraph.returned or paragraph.conflicts))
    return paragraph.having(source=present, previous=paragraph.previous or paragraph.source, fuzzy=True, approved=None)


class _Groups:
    """The paragraphs of an article in order, with the units behind them, while new units find their places."""

    def __init__(self, article: Catalog, reports: Reports) -> None:
        placed = placement(article, reports)
        self._groups: list[tuple[Unit | None, list[Behind]]] = [(unit, list(placed[unit.id])) for unit in article.units]
        self._home = {each.ref: group for group in self._groups for each in group[1]}
        self._last: tuple[Unit | None, list[Behind]] | None = None
        self._last_report = ""

    def place(self, slug: str, block: Sequence[Unit]) -> None:
        """Finds a home for the units of one block of a report; blocks come in order."""
        if slug != self._last_report:
            self._last, self._last_report = self._before(slug), slug
        left: Behind | None = None
        for unit in block:
            each = Behind(slug, unit)
            home = self._home.get(each.ref)
            if home is None:
                home = self._join(left, each) if left else self._open(each)
                self._home[each.ref] = home
            self._last, left = home, each

    def _before(self, slug: str) -> tuple[Unit | None, list[Behind]] | None:
        """The paragraph that blocks at the top of a report follow: the one before its first, else the article's last."""
        for i, group in enumerate(self._groups):
            if any(each.report == slug for each in group[1]):
                return self._groups[i - 1] if i else None
        return self._groups[-1] if self._groups else None

    def _join(self, left: Behind, each: Behind) -> tuple[Unit | None, list[Behind]]:
        home = self._home[left.ref]
        home[1].insert(home[1].index(left) + 1, each)
        return home

    def _open(self, each: Behind) -> tuple[Unit | None, list[Behind]]:
        group: tuple[Unit | None, list[Behind]] = (None, [each])
        at = next((i for i, known in enumerate(self._groups) if known is self._last), -1)
        self._groups.insert(at + 1, group)
        return group

    def in_order(self) -> list[tuple[Unit | None, list[Behind]]]:
        return self._groups
