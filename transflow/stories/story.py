"""The story that an article prints, and the editor's word on it.

Invariant: what a clearance covers is computed here and nowhere else: kind, id, source and target of every printed unit in
order, byline, dateline, X-Date, and the credited people with their roles, before any withholding. A clearance is worth
something only while that digest is the same and no printed paragraph needs another look or is stale.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from transflow.attribution import credits
from transflow.digests import digest
from transflow.errors import RefusedError
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.settings import Settings
from transflow.model.story import Basis, Paragraph, Story
from transflow.model.unit import UNPRINTED, Approval, Unit
from transflow.stories import corrections
from transflow.stories import publications as publication
from transflow.stories.compose import DraftSource, Reports, placement, report_slugs, why_stale, why_unprintable
from transflow.stories.publications import Publication, addresses, publications, withheld
from transflow.units.workflow import open_questions

_HEADS = ("headline", "deck")
"""What a story prints once, above its body."""
BETWEEN_NAMES = re.compile(r"\s*[,，;·ㆍ・/、&]\s*|\s+(?:및|and)\s+")
TITLE = re.compile(r"\s*(?:기자|특파원)$")
ArticleState = Literal["composing", "ready", "cleared", "published", "killed"]


class Clearance(NamedTuple):
    """What X-Cleared says."""

    who: str
    time: str
    digest: str
    alone: str
    """Why nobody else read it; empty where somebody else did."""


@dataclass(frozen=True, slots=True)
class PrintContext:
    """What an article is printed with, besides its own catalog."""

    settings: Settings
    reports: Reports = field(default_factory=dict)
    fronts: Mapping[str, FrontMatter] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Names and places of the glossary: source spelling -> spelling in the article's language."""


def clearance(article: Catalog) -> Clearance | None:
    """X-Cleared as it stands, whether or not it still holds."""
    parts = article.header.get("X-Cleared").split(" ", 4)
    if len(parts) < 3:
        return None
    alone = (parts[4] if len(parts) > 4 else "no reason given") if len(parts) > 3 and parts[3] == "alone" else ""
    return Clearance(parts[0], parts[1], parts[2], alone)


def printed(article: Catalog) -> tuple[Unit, ...]:
    """The units that print, written or not."""
    return tuple(unit for unit in article.units if not unit.cut and not unit.omitted)


def used_reports(article: Catalog) -> tuple[str, ...]:
    """The reports with a sentence behind something that prints, in the order of X-Reports."""
    used = {ref.report for unit in printed(article) for ref in unit.refs}
    return tuple(slug for slug in report_slugs(article) if slug in used)


def bylines(article: Catalog, room: PrintContext) -> tuple[tuple[str, str], ...]:
    """(person id or "", name as printed) of every reporter of a used report, each once, before any withholding."""
    found: dict[str, str] = {}
    for slug in used_reports(article):
        for bare in _reporters(room.fronts.get(slug, FrontMatter()).byline):
            person = next((each for each in room.settings.people if bare in (each.id, each.name, *each.aliases)), None)
            name = person.name if person and person.name else room.names.get(bare, bare)
            found.setdefault(name, person.id if person else "")
    return tuple((person_id, name) for name, person_id in found.items())


def _reporters(byline: str) -> list[str]:
    """The names in a Korean byline: `이정은·김하늘 기자`."""
    names = (TITLE.sub("", name).strip() for name in BETWEEN_NAMES.split(byline))
    return [name for name in names if name]


def printed_reporters(article: Catalog, room: PrintContext) -> tuple[str, ...]:
    """The names that the byline prints: without protected and withheld people."""
    hidden = withheld(article) | {person.id for person in room.settings.people if person.protected}
    return tuple(name for person_id, name in bylines(article, room) if person_id not in hidden)


def dateline(article: Catalog, room: PrintContext) -> str:
    """The place that the first used report with one has."""
    place = next(
        (front.dateline for slug in used_reports(article) if (front := room.fronts.get(slug)) and front.dateline), ""
    )
    return room.names.get(place, place)


def clearing_digest(article: Catalog, room: PrintContext, cleared_by: str) -> str:
    """What a clearance by this person would cover now."""
    units = [part for unit in printed(article) for part in (unit.kind, unit.id, unit.source, unit.target)]
    people = [part for pair in credits.credited(article, room.settings, cleared_by) for part in pair]
    names = [name for _, name in bylines(article, room)]
    return digest(*units, *names, dateline(article, room), article.header.get("X-Date"), *people)


def printed_digest(article: Catalog, room: PrintContext) -> str:
    """Of what readers see, without drafts and without the editor's name: it stays where a source changed and the text is
    still right, and where somebody else clears the same text."""
    texts = [part for unit in printed(article) for part in (unit.kind, unit.variant, unit.target)]
    groups = credits.credits(article, room.settings, withheld=withheld(article))
    names = [name for group in groups for name in (group.role, *group.names)]
    return digest(
        *texts, *printed_reporters(article, room), dateline(article, room), article.header.get("X-Date"), *names
    )


def differing(article: Catalog, room: PrintContext) -> tuple[Publication, ...]:
    """The addresses where something else stands than would be printed now; all of them once the story is killed."""
    pages = addresses(article)
    if not pages or article.header.get("X-Killed"):
        return pages
    present = printed_digest(article, room)
    return tuple(page for page in pages if page.digest != present)


def unprintable(article: Catalog, room: PrintContext) -> list[tuple[Unit, str]]:
    """The printed paragraphs that somebody's word keeps from being printed, in drafts too."""
    behind = placement(article, room.reports)
    withheld_reports = {slug for slug, front in room.fronts.items() if front.record in UNPRINTED}
    found = []
    for unit in printed(article):
        report = next((ref.report for ref in unit.refs if ref.report in withheld_reports), "")
        said = (
            f"the report {report} is off the record: its front matter says “record: {room.fronts[report].record}”"
            if report
            else ""
        )
        if why := why_unprintable(unit, behind[unit.id]) or said:
            found.append((unit, why))
    return found


def blockers(article: Catalog, room: PrintContext) -> list[tuple[Unit, str]]:
    """What keeps printed paragraphs from going out, in print order, in plain words."""
    language = article.header.get("Language")
    behind = placement(article, room.reports)
    withheld_by = {unit.id: why for unit, why in unprintable(article, room)}
    found: list[tuple[Unit, str]] = []
    heads: set[str] = set()
    faults = corrections.uncorrected(article)
    for unit in printed(article):
        why = withheld_by.get(unit.id) or _why_unsettled(unit, behind[unit.id], language)
        if unit.kind in _HEADS:
            why = f"the story has another {unit.kind}: cut one of the two" if unit.kind in heads else why
            heads.add(unit.kind)
        found += [(unit, why)] if why else []
        found += [(unit, told) for about, told in faults if about.id == unit.id]
    return found


def _why_unsettled(unit: Unit, behind: Sequence[DraftSource], language: str) -> str:
    if unit.conflicts:
        return "two people gave it two texts"
    if stale := why_stale(unit, behind, language):
        return stale
    if not unit.target:
        return "its draft is not taken yet"
    return "it needs another look" if unit.fuzzy else ""


def asked(article: Catalog) -> list[tuple[Unit, str]]:
    """The open questions of what prints: they keep a story from being cleared, not a cleared one from printing."""
    return [
        (unit, f"{question.who} asks: “{question.text}”")
        for unit in printed(article)
        for question in open_questions(unit)
    ]


def is_cleared(article: Catalog, room: PrintContext) -> bool:
    """Whether the clearance is that of what would be printed now."""
    word = clearance(article)
    if word is None or word.digest != clearing_digest(article, room, word.who):
        return False
    return not blockers(article, room)


def recleared(article: Catalog, room: PrintContext) -> Catalog:
    """With the clearance given to the story as it is now, by whoever gave it: for who knows that only an id changed."""
    word = clearance(article)
    if word is None:
        return article
    mark = clearing_digest(article, room, word.who)
    alone = f" alone {word.alone}" if word.alone else ""
    return article.replace(header=article.header.replace(X_Cleared=f"{word.who} {word.time} {mark}{alone}"))


def article_state(article: Catalog, room: PrintContext) -> ArticleState:
    header = article.header
    if header.get("X-Killed"):
        return "killed"
    if publication.is_out(article):
        return "published"
    if is_cleared(article, room):
        return "cleared"
    return "ready" if header.get("X-Ready") else "composing"


def listed(article: Catalog, found: Sequence[tuple[Unit, str]]) -> str:
    """What keeps paragraphs back: a line for every reason, below the one that it is put behind, in the order of the text."""
    from transflow.attribution.assignment import spelled  # knows time zones, which who only counts need not

    numbers = {unit.id: number for number, unit in enumerate(article.units, 1)}
    whys: dict[str, list[int]] = {}
    for unit, why in found:
        whys.setdefault(why.rstrip("."), []).append(numbers[unit.id])
    slug = article.header.get("X-Article")
    return "".join(f"\n  {slug}#{spelled(where)}: {why}." for why, where in whys.items())


def after_colon(why: str) -> str:
    """A reason as it follows a colon: in the same line, or below it where it is a list."""
    return why if why.startswith("\n") else f" {why}"


def without_clearance(article: Catalog) -> Catalog:
    """The article after a change: without the clearance, and without the approvals that stood on it alone.

    Clearing approves every paragraph, four eyes being judged on the story: an editor may have written one themselves.
    """
    word = clearance(article)
    if not article.header.get("X-Cleared"):
        return article
    units = tuple(
        unit.replace(approved=None) if word and unit.approved and _owes_to(unit, unit.approved, word) else unit
        for unit in article.units
    )
    return article.replace(header=article.header.replace(X_Cleared=None), units=units)


def _owes_to(unit: Unit, approved: Approval, word: Clearance) -> bool:
    """Whether a paragraph is approved only since its main author cleared the story."""
    return (approved.who, approved.time) == (word.who, word.time) and credits.main_author(unit) == word.who


def why_not_clear(article: Catalog, room: PrintContext, who: str, now: str, alone: str = "") -> str:
    """Why this person cannot clear the story now; empty where they can. `alone` is the reason given with --alone."""
    person = room.settings.person(who)
    if person is None or not person.has("editor", now):
        return f"{who} is no editor."
    if article.header.get("X-Killed"):
        return "the story was killed."
    if not article.header.get("X-Ready"):
        return "its writer has not said that it is ready: `transflow ready` comes first."
    if found := blockers(article, room) + asked(article):
        return listed(article, found)
    if credits.article_main_author(article) == who and not alone:
        way_out = " Or give a reason with --alone." if room.settings.clear_alone else ""
        return f"most of the story is by {who}: somebody else clears it (four eyes).{way_out}"
    if alone and not room.settings.clear_alone:
        return "this project does not allow clearing alone (workflow.clear_alone)."
    return ""


def embargo(article: Catalog, room: PrintContext) -> str:
    """The latest embargo of the article's reports, in UTC; empty for none. One that cannot be read comes before all others,
    as it is written: it holds until somebody mends it."""
    values = [room.fronts[slug].embargo for slug in report_slugs(article) if slug in room.fronts]
    moments = {value: _utc(value, room.settings.timezone) for value in values if value}
    unreadable = next((value for value, moment in moments.items() if not moment), "")
    return unreadable or max(moments.values(), default="")


def is_embargoed(article: Catalog, room: PrintContext, now: str) -> bool:
    until = embargo(article, room)
    return bool(until) and (until > now or not _utc(until, room.settings.timezone))


def is_confidential(article: Catalog, room: PrintContext) -> bool:
    return any(room.fronts[slug].confidential for slug in report_slugs(article) if slug in room.fronts)


def _utc(value: str, timezone: str) -> str:
    """An ISO date or time in UTC, so that text order is time order; empty where it cannot be read."""
    from datetime import UTC

    from transflow.report.front import when

    moment = when(value, timezone)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
    except OverflowError:
        return ""


def _local(value: str, timezone: str) -> str:
    """An ISO date or time with its offset, in the project's zone; as it is where it cannot be read."""
    from zoneinfo import ZoneInfo

    from transflow.report.front import when

    moment: datetime | None = when(value, timezone)
    try:
        return moment.astimezone(ZoneInfo(timezone)).isoformat() if moment else value
    except OverflowError:
        return value


def why_not_render(article: Catalog, room: PrintContext, now: str, draft: bool) -> str:
    """Why the story does not print now; empty where it does. An embargo holds for drafts too."""
    if is_embargoed(article, room, now):
        return f"it is under embargo until {_local(embargo(article, room), room.settings.timezone)}."
    if gone := [slug for slug in report_slugs(article) if slug not in room.fronts]:
        return f"its report {gone[0]} is gone, which would say whether it may: take it back from git."
    if article.header.get("X-Killed"):
        return "it was killed."
    if found := unprintable(article, room):
        return listed(article, found)
    if draft:
        return ""
    if found := blockers(article, room):
        return listed(article, found) + "\nSay --draft to print it as a draft."
    if not is_cleared(article, room):
        why = "it changed since an editor cleared it" if clearance(article) else "no editor has cleared it"
        return f"{why}: `transflow clear` comes first. Say --draft to print it as a draft."
    return ""


def story(article: Catalog, room: PrintContext, now: str, *, as_draft: bool = False) -> Story:
    """The story as it prints. Raises RefusedError where it may not."""
    from transflow import phrases  # babel: only for what prints

    slug, locale, settings = article.header.get("X-Article"), article.header.get("Language"), room.settings
    if why := why_not_render(article, room, now, as_draft):
        raise RefusedError(f"{locale}:{slug} is not printed:{after_colon(why)}")
    units = [unit.replace(target=unit.target or unit.source) if as_draft else unit for unit in printed(article)]
    heads = {kind: next((unit.target for unit in units if unit.kind == kind), "") for kind in _HEADS}
    word = clearance(article) if is_cleared(article, room) else None
    groups = credits.credits(article, settings, word.who if word else "", withheld(article))
    names = printed_reporters(article, room)
    body = sorted((unit for unit in units if unit.kind not in _HEADS), key=lambda unit: unit.is_note)
    pages = addresses(article)
    first = min((each.time for each in publications(article)), default="")
    corrected = max((corrections.time(unit) for unit in body if unit.is_note), default="")
    return Story(
        slug=slug,
        locale=locale,
        headline=heads["headline"],
        deck=heads["deck"],
        byline=phrases.byline(names, locale) if names else "",
        reporters=names,
        dateline=dateline(article, room),
        date=_local(article.header.get("X-Date") or first, settings.timezone),
        modified=_local(corrected, settings.timezone),
        paragraphs=tuple(
            Paragraph(unit.kind, _text(unit, locale, settings.timezone), unit.variant, unit.id) for unit in body
        ),
        credits=groups,
        credit_line=credits.credit_line(groups, locale),
        basis=tuple(_basis(used, room) for used in used_reports(article)),
        publisher=settings.name,
        publisher_url=settings.url,
        url=pages[0].address if pages else "",
        tags=(),
        draft=as_draft and word is None,
        cites=tuple(dict.fromkeys(cite for unit in units for cite in unit.cites)),
        id=publication.story_id(article),
    )


def _text(unit: Unit, locale: str, timezone: str) -> str:
    """What a paragraph prints; a correction note is headed by what it is, and its day."""
    if not unit.is_note:
        return unit.target
    from transflow import phrases

    _ = phrases.translate(locale)
    day = phrases.long_date(_local(corrections.time(unit), timezone), locale)
    return _("Correction, {date}: {text}").format(date=day, text=unit.target)


def _basis(slug: str, room: PrintContext) -> Basis:
    front = room.fronts.get(slug, FrontMatter())
    return Basis(slug, front.title, room.settings.source, front.url, _local(front.date, room.settings.timezone))
