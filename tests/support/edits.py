"""Scripts of small edits like those of the commands, for tests of merges.

Every source word of a catalog occurs once, so that lost and duplicate sentences can be counted.
Every text that somebody writes is unique.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from transflow.attribution import stamps
from transflow.attribution.authorship import with_confirmation, with_fitted_shares
from transflow.digests import approval, digest, new_id
from transflow.model.catalog import Catalog
from transflow.model.unit import (
    Act,
    Answer,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    ConflictShare,
    Question,
    Ref,
    Share,
    Unit,
    Waiver,
)
from transflow.po.catalog import new_header
from transflow.text import words

PEOPLE = ("claire", "leejin", "eugene")


@dataclass(frozen=True, slots=True)
class Step:
    """An edit: its kind, its position (modulo the number of units), its user and its time."""

    edit: str
    place: int
    variant: int
    """0 to 3: two sides that make the same edit with the same variant write the same source."""
    minute: int

    @property
    def who(self) -> str:
        return PEOPLE[self.variant % 3]

    @property
    def time(self) -> str:
        return f"2024-03-26T{self.minute // 60:02}:{self.minute % 60:02}:00Z"


Edit = Callable[[Catalog, Step, str], Catalog]
EDITS: dict[str, Edit] = {}


def edit(function: Edit) -> Edit:
    EDITS[function.__name__] = function
    return function


def played(catalog: Catalog, script: list[Step], side: str) -> Catalog:
    """Return the catalog after a script; `side` distinguishes its texts from other sides."""
    for step in script:
        catalog = EDITS[step.edit](catalog, step, side)
    return catalog


def _since(unit: Unit, step: Step) -> str:
    """Return the time of a step: never before earlier steps of the unit."""
    return max(step.time, stamps.newest_stamp(unit).time)


def starting(size: int, article: bool) -> Catalog:
    """Return a catalog of two-word sentences; every third is untranslated."""
    units = []
    for n in range(size):
        source, target = f"base{n}a base{n}b", "" if n % 3 == 2 else f"said{n} told{n}"
        unit_id = f"u{n:07}"
        units.append(
            Unit(
                unit_id,
                source,
                target,
                continued=n % 2 == 1,
                by=(Authorship("claire", "2024-03-01T00:00:00Z", 1 if article else 2),) if target else (),
                text=digest(target) if target else "",
                refs=(Ref("un-letter", f"r{n:07}"),) if article else (),
                translated=(Share("leejin", 1),) if article and target else (),
                approved=Approval("eugene", "2024-03-02T00:00:00Z", approval(unit_id, source, target))
                if target and n % 4 == 1
                else None,
                comments=(f"about {n}",) if n == 0 else (),
            )
        )
    header = (
        new_header("en", "ko", X_Article="story", X_Reports="un-letter")
        if article
        else new_header("en", "ko", X_Report="r")
    )
    return Catalog(header.replace(X_Report_Digest="d0"), tuple(units))


def script(random: Random, most: int = 7) -> list[Step]:
    names = sorted(EDITS)
    return [
        Step(random.choice(names), random.randrange(8), random.randrange(4), random.randrange(1440))
        for _ in range(random.randint(1, most))
    ]


def _at(catalog: Catalog, step: Step) -> Unit | None:
    return catalog.units[step.place % len(catalog.units)] if catalog.units else None


def _on_unit(change: Callable[[Unit, Step, str], Unit]) -> Edit:
    def whole(catalog: Catalog, step: Step, side: str) -> Catalog:
        unit = _at(catalog, step)
        return catalog.map_unit(unit.id, lambda old: change(old, step, side)) if unit else catalog

    EDITS[change.__name__] = whole
    return whole


def _taken(catalog: Catalog) -> set[str]:
    everything = (*catalog.units, *catalog.obsolete)
    return {unit.id for unit in everything}.union(*(unit.joined for unit in everything))


def _with_text(unit: Unit, target: str, who: str, time: str) -> Unit:
    by = tuple(each._replace(words=0) for each in unit.by if each.who != who)
    mine = Authorship(who, time, len(words(target)))
    return unit.replace(target=target, by=(*by, mine), text=digest(target), approved=None, waivers=(), translated=())


# Edits of a target


@_on_unit
def write(unit: Unit, step: Step, side: str) -> Unit:
    text = f"{side}{step.minute}x{unit.id} wrote{step.variant}{side}"
    return _with_text(unit, text, step.who, step.time).replace(fuzzy=False, previous="", conflicts=())


@_on_unit
def rewrite_unfinished(unit: Unit, step: Step, side: str) -> Unit:
    return _with_text(unit, f"half{side}{step.minute}{unit.id}", step.who, step.time).replace(fuzzy=True)


@_on_unit
def draft_by_machine(unit: Unit, step: Step, side: str) -> Unit:
    if unit.target:
        return unit
    text = f"machine{side}{step.variant} {unit.id}"
    by = (Authorship("mt:deepl/v2", step.time, 2),)
    return unit.replace(target=text, by=by, text=digest(text), fuzzy=True)


@_on_unit
def take_draft(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.refs:
        return unit
    text = f"draft {unit.id} {step.variant}"
    shares = (Share("leejin", 3),)
    return unit.replace(
        target=text,
        by=(Authorship(step.who, _since(unit, step), 0),),
        text=digest(text),
        translated=shares,
        approved=None,
        waivers=(),
        fuzzy=False,
        previous="",
        conflicts=(),
    )


@_on_unit
def clear_text(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.target:
        return unit
    return _with_text(unit, "", step.who, step.time).replace(text="", fuzzy=bool(unit.conflicts), previous="")


@_on_unit
def confirm(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.target or unit.conflicts or not (unit.fuzzy or unit.previous):
        return unit
    return with_confirmation(unit, step.who, _since(unit, step)).replace(fuzzy=False, previous="", returned=None)


@_on_unit
def approve(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.target or unit.fuzzy:
        return unit
    return unit.replace(approved=Approval(step.who, _since(unit, step), approval(unit.id, unit.source, unit.target)))


@_on_unit
def take_approval_back(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(approved=None)


@_on_unit
def send_back(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.target:
        return unit
    return unit.replace(
        fuzzy=True,
        approved=None,
        waivers=(),
        returned=Act(step.who, step.time, "no"),
        comments=(*unit.comments, f"why {side}"),
    )


@_on_unit
def comment(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(comments=(*unit.comments, f"{side} {step.minute}", "and more"))


@_on_unit
def remove_comments(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(comments=())


@_on_unit
def ask(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(questions=(*unit.questions, Question(step.who, step.time, "", f"who {side}")))


@_on_unit
def answer(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.questions:
        return unit
    return unit.replace(answers=(*unit.answers, Answer(step.who, step.time, unit.questions[-1].time, side)))


@_on_unit
def waive(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.target or unit.fuzzy:
        return unit
    mark = approval(unit.id, unit.source, unit.target)
    return unit.replace(waivers=(*unit.waivers, Waiver("numbers", step.who, step.time, mark, "fine")))


@_on_unit
def assign(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(assigned=Assignment(step.who))


@_on_unit
def omit(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(omitted=Act(step.who, step.time, side))


@_on_unit
def cut(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(cut=Act(step.who, step.time))


@_on_unit
def uncut(unit: Unit, step: Step, side: str) -> Unit:
    return unit.replace(cut=None, omitted=None)


@_on_unit
def note_conflict(unit: Unit, step: Step, side: str) -> Unit:
    if not unit.target:
        return unit
    found = Conflict(step.who, step.time, f"other{side}{step.minute}{unit.id}", (ConflictShare("by", step.who, 1),))
    return unit.replace(conflicts=(*unit.conflicts, found), fuzzy=True, approved=None, waivers=())


# Updates and composing


@edit
def change_source(catalog: Catalog, step: Step, side: str) -> Catalog:
    unit = _at(catalog, step)
    if unit is None:
        return catalog
    word = f"{unit.id}v{step.variant}{side if step.variant > 1 else ''}"
    if any(word in each.source.split() for each in (*catalog.units, *catalog.obsolete)):
        return catalog
    words = unit.source.split()
    words[step.minute % len(words)] = word
    return catalog.map_unit(unit.id, lambda old: _reworded(old, " ".join(words)))


def _reworded(unit: Unit, source: str) -> Unit:
    if not unit.target:
        return unit.replace(source=source, approved=None, waivers=())
    return unit.replace(source=source, previous=unit.previous or unit.source, fuzzy=True, approved=None, waivers=())


@edit
def still_right(catalog: Catalog, step: Step, side: str) -> Catalog:
    unit = next((each for each in catalog.units if each.previous and not each.conflicts), None)
    if unit is None:
        return catalog
    right = with_confirmation(unit, f"desk{step.variant}", _since(unit, step))
    return catalog.map_unit(unit.id, lambda old: right.replace(fuzzy=False, previous="", returned=None))


@edit
def delete(catalog: Catalog, step: Step, side: str) -> Catalog:
    unit = _at(catalog, step)
    if unit is None or len(catalog.units) < 3:
        return catalog
    rest = tuple(each for each in catalog.units if each.id != unit.id)
    return catalog.replace(units=rest, obsolete=(*catalog.obsolete, unit))


@edit
def revive(catalog: Catalog, step: Step, side: str) -> Catalog:
    gone = [unit for unit in catalog.obsolete if not unit.redacted]
    if not gone:
        return catalog
    unit = gone[step.place % len(gone)]
    at = step.minute % (len(catalog.units) + 1)
    rest = tuple(each for each in catalog.obsolete if each.id != unit.id)
    return catalog.replace(units=(*catalog.units[:at], unit, *catalog.units[at:]), obsolete=rest)


@edit
def insert(catalog: Catalog, step: Step, side: str) -> Catalog:
    source = f"new{step.place}v{step.variant}{side if step.variant > 1 else ''}"
    known = {word for each in (*catalog.units, *catalog.obsolete) for word in each.source.split()}
    if known & {f"{source}a", f"{source}b"}:
        return catalog
    unit = Unit(new_id(source, _taken(catalog)), f"{source}a {source}b")
    at = step.place % (len(catalog.units) + 1)
    return catalog.replace(units=(*catalog.units[:at], unit, *catalog.units[at:]))


@edit
def move(catalog: Catalog, step: Step, side: str) -> Catalog:
    unit = _at(catalog, step)
    if unit is None:
        return catalog
    rest = [each for each in catalog.units if each.id != unit.id]
    rest.insert(step.minute % (len(rest) + 1), unit.replace(moved=step.time) if step.variant else unit)
    return catalog.replace(units=tuple(rest))


@edit
def behead(catalog: Catalog, step: Step, side: str) -> Catalog:
    """Set a header field."""
    if catalog.is_article and step.variant:
        reports = catalog.header.get("X-Reports")
        return catalog.replace(header=catalog.header.replace(X_Reports=f"{reports} extra-{step.variant}-{side}"))
    return catalog.replace(
        header=catalog.header.replace(X_Ready=f"{step.who} {step.time}", X_Report_Digest=f"d{step.place}")
    )


# Edits of sentences


def _both(one: Unit, two: Unit, name: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys((*getattr(one, name), *getattr(two, name))))


@edit
def join(catalog: Catalog, step: Step, side: str) -> Catalog:
    at = step.place % len(catalog.units)
    if at + 1 >= len(catalog.units):
        return catalog
    one, two = catalog.units[at : at + 2]
    if one.cut or two.cut or one.omitted or two.omitted or one.redacted or two.redacted:
        return catalog
    previous = " ".join(each.previous or each.source for each in (one, two)) if one.previous or two.previous else ""
    target = " ".join(filter(None, (one.target, two.target)))
    joined = one.replace(
        source=f"{one.source} {two.source}",
        target=target,
        by=tuple({each.who: each for each in (*one.by, *two.by)}.values()),
        text=digest(target) if target else "",
        previous=previous,
        fuzzy=one.fuzzy or two.fuzzy or bool(one.target) != bool(two.target),
        joined=tuple(dict.fromkeys((*one.joined, two.id, *two.joined))),
        approved=None,
        waivers=(),
        translated=tuple({each.who: each for each in (*one.translated, *two.translated)}.values()),
        **{name: _both(one, two, name) for name in ("refs", "comments", "questions", "answers", "conflicts")},
    )
    if step.variant == 3:
        joined = write_joined(joined, step, side)
    return catalog.replace(units=(*catalog.units[:at], with_fitted_shares(joined), *catalog.units[at + 2 :]))


def write_joined(unit: Unit, step: Step, side: str) -> Unit:
    text = f"joined{side}{step.minute} in one sentence {unit.id}"
    return _with_text(unit, text, step.who, step.time).replace(fuzzy=False, previous="", conflicts=())


@edit
def split(catalog: Catalog, step: Step, side: str) -> Catalog:
    unit = _at(catalog, step)
    if (
        unit is None
        or " " not in unit.source
        or unit.previous
        or unit.conflicts
        or unit.cut
        or unit.omitted
        or unit.redacted
    ):
        return catalog
    words = unit.source.split()
    at = 1 + step.minute % (len(words) - 1)
    first, second = " ".join(words[:at]), " ".join(words[at:])
    begun, _, rest = unit.target.partition(" ")
    if step.variant == 1:
        begun, rest = unit.target, ""
    bare = unit.replace(approved=None, waivers=(), fuzzy=unit.fuzzy and bool(unit.target))
    one = bare.replace(source=first, target=begun, text=digest(begun) if begun else "")
    two = bare.replace(
        id=new_id(f"{unit.id}\0{second}", _taken(catalog)),
        source=second,
        target=rest,
        by=unit.by if rest else (),
        text=digest(rest) if rest else "",
        fuzzy=bare.fuzzy and bool(rest),
        split=unit.id,
        joined=(),
        continued=True,
        comments=(),
        conflicts=(),
        questions=(),
        answers=(),
        translated=unit.translated if rest else (),
        moved="",
    )
    place = step.place % len(catalog.units)
    halves = with_fitted_shares(one), with_fitted_shares(two)
    return catalog.replace(units=(*catalog.units[:place], *halves, *catalog.units[place + 1 :]))


@edit
def redact(catalog: Catalog, step: Step, side: str) -> Catalog:
    if step.variant != 3 or not catalog.units:
        return catalog
    unit = catalog.units[step.place % len(catalog.units)]
    act = Act(step.who, step.time)
    source = " ".join([f"redacted-{side}-{unit.id}", *unit.source.split()[1:]])
    bare = Unit(unit.id, source, "[redacted]", kind=unit.kind, continued=unit.continued, refs=unit.refs, redacted=act)
    redacted = bare.replace(joined=unit.joined, split=unit.split, moved=unit.moved, cut=unit.cut, omitted=unit.omitted)
    return catalog.map_unit(unit.id, lambda _: redacted)
