"""Replacement of a spelling everywhere: in translations, the drafts made from them, and stories.

Invariant: words keep their authors. A draft that was up to date with its reports stays so, and no
paragraph becomes stale. An approval is renewed in the same step if the user is an editor who may
give it; otherwise, or if the new spelling causes an error, it is removed. It never outlives the
text that it was given to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from transflow.actions import Actor, recording
from transflow.actions.checks.cached import issue_finder
from transflow.actions.withheld import is_withheld
from transflow.attribution.authorship import is_attributed, with_confirmation, with_respelled_target
from transflow.attribution.machines import engine_words
from transflow.errors import UsageError
from transflow.messages import NOTHING, CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.project import CatalogRef
from transflow.stories.clearance import without_clearance
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "no-spellings": "say which spelling is to become which: transflow replace “Kim Jong-un” “Kim Jong Un”.",
        "note": "it is a correction note, which quotes what was published: {command}, where it is to say it otherwise.",
        "unclaimed": "its text was changed outside transflow: {command}.",
    },
)

_AROUND = 30
"""Characters of context displayed on either side."""


class ReplacedText(NamedTuple):
    """A unit that contains the spelling."""

    place: CatalogRef
    number: int
    unit: str
    old: str
    new: str
    approval: str = ""
    """"renewed", "lost" or empty."""
    why_not: str = ""
    """Reason why the unit is not changed."""
    quiet: bool = False
    """True if the text is embargoed or confidential, and must not be displayed."""

    @property
    def where(self) -> str:
        return self.place.ref(self.number)


class Replacement:
    """Replacement of one spelling by another; matches whole words, case-sensitively."""

    def __init__(self, old: str, new: str) -> None:
        if not old.strip() or not new or old != old.strip() or new != new.strip() or old == new:
            raise UsageError(MESSAGES("no-spellings"))
        before, after = (r"(?<!\w)" if old[0].isalnum() else ""), (r"(?!\w)" if old[-1].isalnum() else "")
        self._pattern = re.compile(before + re.escape(old) + after)
        self._new = new

    def __call__(self, text: str) -> str:
        return self._pattern.sub(lambda _: self._new, text)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return the span of each match."""
        return [match.span() for match in self._pattern.finditer(text)]

    def matches(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each match with context, before and after; matches close together are merged."""
        shown_until = 0
        for match in self._pattern.finditer(text):
            if match.start() >= shown_until:
                start, end = max(0, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
                last = max(each.end() for each in self._pattern.finditer(text, match.start()) if each.start() < end)
                shown_until = end = max(end, last)
                before, after = "…" * (start > 0), "…" * (end < len(text))
                changed = self._pattern.sub(lambda _: self._new, text[match.start() : end])
                yield f"{before}{text[start:end]}{after}", f"{before}{text[start : match.start()]}{changed}{after}"


def preview(actor: Actor, replacement: Replacement, places: list[CatalogRef]) -> list[ReplacedText]:
    """Return what `replace` would change, catalog by catalog."""
    return [
        change
        for place in places
        for change in _replaced_catalog(actor, replacement, place, actor.project.load(place))[1]
    ]


class Replaced(NamedTuple):
    """The changed units, and the reason why renewed approvals are not signed, if they should be."""

    texts: list[ReplacedText]
    unsigned: Message = NOTHING


def replace(actor: Actor, replacement: Replacement, places: list[CatalogRef]) -> Replaced:
    """Change the spelling everywhere, holding all locks.

    Running it again completes an interrupted replacement.
    """
    done, unsigned = list[ReplacedText](), NOTHING
    with actor.project.locked(*(place.path for place in places)):
        for place in places:
            old = actor.project.load(place)
            new, changes = _replaced_catalog(actor, replacement, place, old)
            unsigned = recording.write(actor, place, new, old).unsigned or unsigned
            done += changes
    return Replaced(done, unsigned)


def _replaced_catalog(
    actor: Actor, replacement: Replacement, place: CatalogRef, catalog: Catalog
) -> tuple[Catalog, list[ReplacedText]]:
    units, changes, issues_of = [], [], issue_finder(actor.project, place, catalog)
    for number, unit in enumerate(catalog.units, 1):
        new, change = _replaced_unit(actor, replacement, place, number, unit, issues_of)
        units.append(new)
        changes += [change] if change else []
    if changes and is_withheld(actor.project, place, actor.now, catalog):
        changes = [change._replace(quiet=True) for change in changes]
    result = catalog.replace(units=tuple(units))
    if place.folder == "articles" and any(not change.why_not for change in changes):
        result = without_clearance(result)
    return result, changes


Ask = Callable[[Unit], list[Issue]]


def _replaced_unit(
    actor: Actor, replacement: Replacement, place: CatalogRef, number: int, unit: Unit, issues_of: Ask
) -> tuple[Unit, ReplacedText | None]:
    target = replacement(unit.target)
    if target != unit.target and unit.is_note:
        reason = MESSAGES("note", command=CommandRef("unit set"))
        return unit, ReplacedText(place, number, unit.id, unit.target, target, why_not=reason)
    drafted = _redrafted(unit, replacement) if place.folder == "articles" else unit
    if target == unit.target:
        if drafted.source != unit.source and unit.target and not unit.fuzzy:
            drafted = with_confirmation(
                drafted,
                actor.who,
                actor.now,
                # Otherwise the text would count as made for another draft.
            )
        return reapproved(actor, place.locale, unit, drafted, issues_of)[0] if drafted != unit else unit, None
    if not is_attributed(unit):
        reason = MESSAGES("unclaimed", command=CommandRef("unit claim"))
        return unit, ReplacedText(place, number, unit.id, unit.target, target, why_not=reason)
    respelled = with_respelled_target(drafted, target, actor.who, actor.now)
    changed, approval = reapproved(actor, place.locale, unit, respelled, issues_of)
    return changed, ReplacedText(place, number, unit.id, unit.target, target, approval)


def _redrafted(unit: Unit, replacement: Replacement) -> Unit:
    """Return a paragraph whose draft has the spelling of the changed translations."""
    return unit.replace(source=replacement(unit.source), previous=replacement(unit.previous)) if unit.refs else unit


def reapproved(actor: Actor, locale: str, old: Unit, new: Unit, issues_of: Ask) -> tuple[Unit, str]:
    """Return the unit with its approval renewed or removed, and which of the two happened.

    Issues that the old text had too do not prevent a renewal. Words of a machine do where the desk
    has each such text judged by itself.
    """
    if old.approved is None:
        return new, ""
    new = new.replace(approved=None)
    if not workflow.is_approved(old):
        return new, "lost"
    old_issues = {(issue.check, issue.message) for issue in issues_of(old)}
    issues = [issue for issue in issues_of(new) if (issue.check, issue.message) not in old_issues]
    is_judged_alone = actor.project.settings.machine_rule(locale).one_by_one and bool(engine_words(new))
    if is_judged_alone or workflow.why_not_approve(new, actor.user, actor.now, issues):
        return new, "lost"
    return workflow.approve(new, actor.who, actor.now), "renewed"


def places_in_locales(places: Iterator[CatalogRef], locales: tuple[str, ...]) -> list[CatalogRef]:
    """Return the places in these locales, or all if none is named."""
    return [place for place in places if not locales or place.locale in locales]
