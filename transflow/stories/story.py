"""Printed story of an article, and its clearance by an editor.

Invariant: what a clearance covers is computed only here: kind, id, source and target of every
printed unit in order, byline, dateline, X-Date, and the credited people with their roles, before
any withholding. A clearance is valid only while this digest is unchanged and no printed paragraph
is fuzzy or stale.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from transflow import phrases
from transflow.attribution import credits
from transflow.attribution.assignment import format_positions
from transflow.digests import digest
from transflow.errors import RefusedError
from transflow.messages import NOTHING, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.settings import Settings
from transflow.model.story import Basis, Paragraph, Story
from transflow.model.unit import UNPRINTED, Approval, Unit
from transflow.report.front import when
from transflow.stories import corrections
from transflow.stories import publications as publication
from transflow.stories.compose import DraftSource, Reports, placement, report_slugs, why_stale, why_unprintable
from transflow.stories.publications import Publication, addresses, publications, withheld_people
from transflow.timezones import zone
from transflow.units.workflow import open_questions

MESSAGES = Messages(
    __name__,
    {
        "off-the-record": "the report {report} is off the record: its front matter says “record: {allowance}”",
        "another-headline": "the story has another headline: cut one of the two",
        "another-deck": "the story has another deck: cut one of the two",
        "two-texts": "two people gave it two texts",
        "not-taken": "its draft is not taken yet",
        "fuzzy": "it needs another look",
        "question": "{who} asks: “{text}”",
        "reason": "{refs}: {why}.",
        "no-editor": "{who} is no editor.",
        "story-killed": "the story was killed.",
        "not-ready": "its writer has not said that it is ready: {command} comes first.",
        "own-story": "most of the story is by {who}: somebody else clears it (four eyes).",
        "alone": "Or give a reason with --alone.",
        "no-alone": "this project does not allow clearing alone (workflow.clear_alone).",
        "embargo": "it is under embargo until {until}.",
        "report-gone": "its report {report} is gone, which would say whether it may: take it back from git.",
        "killed": "it was killed.",
        "print-draft": "Say --draft to print it as a draft.",
        "changed-since": "it changed since an editor cleared it: {command} comes first. Say --draft to print it as a draft.",
        "not-cleared": "no editor has cleared it: {command} comes first. Say --draft to print it as a draft.",
        "not-printed": "{place} is not printed:{why}",
    },
)

_HEADS = ("headline", "deck")
"""Kinds that a story prints once, above its body."""
BETWEEN_NAMES = re.compile(r"\s*[,，;·ㆍ・/、&]\s*|\s+(?:및|and)\s+")
TITLE = re.compile(r"\s*(?:기자|특파원)$")
ArticleState = Literal["composing", "ready", "cleared", "published", "killed"]


class Clearance(NamedTuple):
    """Parsed value of X-Cleared."""

    who: str
    time: str
    digest: str
    alone: str
    """Reason for clearing without a second reader; empty if there was one."""


@dataclass(frozen=True, slots=True)
class PrintContext:
    """Inputs for printing an article besides its own catalog."""

    settings: Settings
    reports: Reports = field(default_factory=dict)
    fronts: Mapping[str, FrontMatter] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Names and places of the glossary: source spelling -> spelling in the article's language."""


def clearance(article: Catalog) -> Clearance | None:
    """Return X-Cleared, whether or not it is still valid."""
    parts = article.header.get("X-Cleared").split(" ", 4)
    if len(parts) < 3:
        return None
    alone = (parts[4] if len(parts) > 4 else "no reason given") if len(parts) > 3 and parts[3] == "alone" else ""
    return Clearance(parts[0], parts[1], parts[2], alone)


def printed_units(article: Catalog) -> tuple[Unit, ...]:
    """Return the units that print, written or not."""
    return tuple(unit for unit in article.units if not unit.cut and not unit.omitted)


def used_reports(article: Catalog) -> tuple[str, ...]:
    """Return the reports with a unit behind a printed paragraph, in the order of X-Reports."""
    used = {ref.report for unit in printed_units(article) for ref in unit.refs}
    return tuple(slug for slug in report_slugs(article) if slug in used)


def bylines(article: Catalog, context: PrintContext) -> tuple[tuple[str, str], ...]:
    """Return (person id or "", printed name) of the reporters of used reports.

    Each is named once, withheld and protected people included.
    """
    found: dict[str, str] = {}
    for slug in used_reports(article):
        for reporter in _reporters(context.fronts.get(slug, FrontMatter()).byline):
            person = next(
                (each for each in context.settings.people if reporter in (each.id, each.name, *each.aliases)), None
            )
            name = person.name if person and person.name else context.names.get(reporter, reporter)
            found.setdefault(name, person.id if person else "")
    return tuple((person_id, name) for name, person_id in found.items())


def _reporters(byline: str) -> list[str]:
    """Return the names in a Korean byline such as `이정은·김하늘 기자`."""
    names = (TITLE.sub("", name).strip() for name in BETWEEN_NAMES.split(byline))
    return [name for name in names if name]


def printed_reporters(article: Catalog, context: PrintContext) -> tuple[str, ...]:
    """Return the names that the byline prints, without protected and withheld people."""
    hidden = withheld_people(article) | {person.id for person in context.settings.people if person.protected}
    return tuple(name for person_id, name in bylines(article, context) if person_id not in hidden)


def dateline(article: Catalog, context: PrintContext) -> str:
    """Return the dateline of the first used report that has one."""
    place = next(
        (front.dateline for slug in used_reports(article) if (front := context.fronts.get(slug)) and front.dateline), ""
    )
    return context.names.get(place, place)


def clearance_digest(article: Catalog, context: PrintContext, cleared_by: str) -> str:
    """Return the digest that a clearance by this person would cover now."""
    units = [part for unit in printed_units(article) for part in (unit.kind, unit.id, unit.source, unit.target)]
    people = [part for pair in credits.owed_credits(article, context.settings, cleared_by) for part in pair]
    names = [name for _, name in bylines(article, context)]
    return digest(*units, *names, dateline(article, context), article.header.get("X-Date"), *people)


def printed_digest(article: Catalog, context: PrintContext) -> str:
    """Return a digest of what readers see, which excludes drafts and the editor's name.

    It does not change when a source changes under a text that is still right, or when another
    editor clears the same text.
    """
    texts = [part for unit in printed_units(article) for part in (unit.kind, unit.variant, unit.target)]
    groups = credits.credits(article, context.settings, withheld=withheld_people(article))
    names = [name for group in groups for name in (group.role, *group.names)]
    return digest(
        *texts, *printed_reporters(article, context), dateline(article, context), article.header.get("X-Date"), *names
    )


def outdated_publications(article: Catalog, context: PrintContext) -> tuple[Publication, ...]:
    """Return the addresses whose published version differs from the current one.

    Once the story is killed, all of them differ.
    """
    pages = addresses(article)
    if not pages or article.header.get("X-Killed"):
        return pages
    present = printed_digest(article, context)
    return tuple(page for page in pages if page.digest != present)


def unprintable(article: Catalog, context: PrintContext) -> list[tuple[Unit, Message]]:
    """Return (unit, reason) for printed paragraphs that may not be printed, even in a draft."""
    behind = placement(article, context.reports)
    withheld_reports = {slug for slug, front in context.fronts.items() if front.record in UNPRINTED}
    found = []
    for unit in printed_units(article):
        report = next((ref.report for ref in unit.refs if ref.report in withheld_reports), "")
        why = why_unprintable(unit, behind[unit.id])
        if report and not why:
            why = MESSAGES("off-the-record", report=report, allowance=context.fronts[report].record)
        if why:
            found.append((unit, why))
    return found


def blockers(article: Catalog, context: PrintContext) -> list[tuple[Unit, Message]]:
    """Return (unit, reason) for printed paragraphs that cannot be published, in print order."""
    language = article.header.get("Language")
    behind = placement(article, context.reports)
    withheld_by = {unit.id: why for unit, why in unprintable(article, context)}
    found: list[tuple[Unit, Message]] = []
    heads: set[str] = set()
    faults = corrections.uncorrected_paragraphs(article)
    for unit in printed_units(article):
        why = withheld_by.get(unit.id) or _why_not_ready(unit, behind[unit.id], language)
        if unit.kind in _HEADS:
            why = MESSAGES(f"another-{unit.kind}") if unit.kind in heads else why
            heads.add(unit.kind)
        found += [(unit, why)] if why else []
        found += [(unit, reason) for about, reason in faults if about.id == unit.id]
    return found


def _why_not_ready(unit: Unit, behind: Sequence[DraftSource], language: str) -> Message:
    if unit.conflicts:
        return MESSAGES("two-texts")
    if stale := why_stale(unit, behind, language):
        return stale
    if not unit.target:
        return MESSAGES("not-taken")
    return MESSAGES("fuzzy") if unit.fuzzy else NOTHING


def printed_questions(article: Catalog) -> list[tuple[Unit, Message]]:
    """Return (unit, question) for the open questions about printed units.

    They prevent a clearance, but do not keep a cleared story from printing.
    """
    return [
        (unit, MESSAGES("question", who=question.who, text=question.text))
        for unit in printed_units(article)
        for question in open_questions(unit)
    ]


def is_cleared(article: Catalog, context: PrintContext) -> bool:
    """Return True if the clearance covers what would be printed now."""
    current = clearance(article)
    if current is None or current.digest != clearance_digest(article, context, current.who):
        return False
    return not blockers(article, context)


def with_renewed_clearance(article: Catalog, context: PrintContext) -> Catalog:
    """Return the article with the existing clearance renewed for its present state.

    Only for callers that know that nothing but an id changed.
    """
    current = clearance(article)
    if current is None:
        return article
    new_digest = clearance_digest(article, context, current.who)
    alone = f" alone {current.alone}" if current.alone else ""
    return article.replace(header=article.header.replace(X_Cleared=f"{current.who} {current.time} {new_digest}{alone}"))


def article_state(article: Catalog, context: PrintContext) -> ArticleState:
    header = article.header
    if header.get("X-Killed"):
        return "killed"
    if publication.is_published(article):
        return "published"
    if is_cleared(article, context):
        return "cleared"
    return "ready" if header.get("X-Ready") else "composing"


def format_reasons(article: Catalog, found: Sequence[tuple[Unit, Message]]) -> Message:
    """Format (unit, reason) pairs as indented lines, one for each reason, in text order."""
    numbers = {unit.id: number for number, unit in enumerate(article.units, 1)}
    numbers_by_reason: dict[Message, list[int]] = {}
    for unit, why in found:
        numbers_by_reason.setdefault(why, []).append(numbers[unit.id])
    slug = article.header.get("X-Article")
    lines = (
        MESSAGES("reason", refs=f"{slug}#{format_positions(positions)}", why=why)
        for why, positions in numbers_by_reason.items()
    )
    return joined(["", *lines], "\n  ")


def after_colon(why: Message) -> Message:
    """Return a reason to be put after a colon; a list starts on its own line."""
    return why if why.startswith("\n") else joined(["", why], " ")


def without_clearance(article: Catalog) -> Catalog:
    """Return a changed article without its clearance and the approvals that depend on it alone.

    Clearing approves every paragraph, since the four-eyes rule is applied to the story as a whole:
    the editor may have written some paragraphs.
    """
    current = clearance(article)
    if not article.header.get("X-Cleared"):
        return article
    units = tuple(
        unit.replace(approved=None) if current and unit.approved and _depends_on(unit, unit.approved, current) else unit
        for unit in article.units
    )
    return article.replace(header=article.header.replace(X_Cleared=None), units=units)


def _depends_on(unit: Unit, approved: Approval, clearance: Clearance) -> bool:
    """Return True if a paragraph is approved only because its main author cleared the story."""
    return (approved.who, approved.time) == (clearance.who, clearance.time) and credits.main_author(
        unit
    ) == clearance.who


def why_not_clear(article: Catalog, context: PrintContext, who: str, now: str, alone: str = "") -> Message:
    """Return why a person cannot clear the story now, or `NOTHING` if they can.

    `alone` is the reason given with --alone.
    """
    person = context.settings.person(who)
    if person is None or not person.has_role("editor", now):
        return MESSAGES("no-editor", who=who)
    if article.header.get("X-Killed"):
        return MESSAGES("story-killed")
    if not article.header.get("X-Ready"):
        return MESSAGES("not-ready", command=CommandRef("ready"))
    if found := blockers(article, context) + printed_questions(article):
        return format_reasons(article, found)
    if credits.story_main_author(article) == who and not alone:
        way_out = [MESSAGES("alone")] if context.settings.clear_alone else []
        return joined([MESSAGES("own-story", who=who), *way_out], " ")
    if alone and not context.settings.clear_alone:
        return MESSAGES("no-alone")
    return NOTHING


def embargo(article: Catalog, context: PrintContext) -> str:
    """Return the latest embargo of the article's reports in UTC, or an empty string.

    An embargo that cannot be parsed takes precedence and is returned as written: it holds until
    somebody corrects it.
    """
    values = [context.fronts[slug].embargo for slug in report_slugs(article) if slug in context.fronts]
    moments = {value: _utc(value, context.settings.timezone) for value in values if value}
    unreadable = next((value for value, moment in moments.items() if not moment), "")
    return unreadable or max(moments.values(), default="")


def is_embargoed(article: Catalog, context: PrintContext, now: str) -> bool:
    until = embargo(article, context)
    return bool(until) and (until > now or not _utc(until, context.settings.timezone))


def is_confidential(article: Catalog, context: PrintContext) -> bool:
    return any(context.fronts[slug].confidential for slug in report_slugs(article) if slug in context.fronts)


def _utc(value: str, timezone: str) -> str:
    """Convert an ISO date or time to UTC, so that times sort as text; empty if it is invalid."""
    moment = when(value, timezone)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
    except OverflowError:
        return ""


def _local(value: str, timezone: str) -> str:
    """Convert an ISO date or time to the project's time zone; unchanged if it is invalid."""
    moment: datetime | None = when(value, timezone)
    try:
        return moment.astimezone(zone(timezone)).isoformat() if moment else value
    except OverflowError:
        return value


def why_not_render(article: Catalog, context: PrintContext, now: str, draft: bool) -> Message:
    """Return why the story cannot be printed now, or `NOTHING` if it can.

    An embargo also applies to drafts.
    """
    if is_embargoed(article, context, now):
        return MESSAGES("embargo", until=_local(embargo(article, context), context.settings.timezone))
    if gone := [slug for slug in report_slugs(article) if slug not in context.fronts]:
        return MESSAGES("report-gone", report=gone[0])
    if article.header.get("X-Killed"):
        return MESSAGES("killed")
    if found := unprintable(article, context):
        return format_reasons(article, found)
    if draft:
        return NOTHING
    if found := blockers(article, context):
        return joined([format_reasons(article, found), MESSAGES("print-draft")], "\n")
    if not is_cleared(article, context):
        return MESSAGES("changed-since" if clearance(article) else "not-cleared", command=CommandRef("clear"))
    return NOTHING


def story(article: Catalog, context: PrintContext, now: str, *, as_draft: bool = False) -> Story:
    """Return the story as printed. Raise RefusedError if it may not be printed."""
    slug, locale, settings = article.header.get("X-Article"), article.header.get("Language"), context.settings
    if why := why_not_render(article, context, now, as_draft):
        raise RefusedError(MESSAGES("not-printed", place=f"{locale}:{slug}", why=after_colon(why)))
    units = [unit.replace(target=unit.target or unit.source) if as_draft else unit for unit in printed_units(article)]
    heads = {kind: next((unit.target for unit in units if unit.kind == kind), "") for kind in _HEADS}
    current = clearance(article) if is_cleared(article, context) else None
    groups = credits.credits(article, settings, current.who if current else "", withheld_people(article))
    names = printed_reporters(article, context)
    body = sorted((unit for unit in units if unit.kind not in _HEADS), key=lambda unit: unit.is_note)
    pages = addresses(article)
    first = min((each.time for each in publications(article)), default="")
    corrected = max((corrections.note_time(unit) for unit in body if unit.is_note), default="")
    return Story(
        slug=slug,
        locale=locale,
        headline=heads["headline"],
        deck=heads["deck"],
        byline=phrases.byline(names, locale) if names else "",
        reporters=names,
        dateline=dateline(article, context),
        date=_local(article.header.get("X-Date") or first, settings.timezone),
        modified=_local(corrected, settings.timezone),
        paragraphs=tuple(
            Paragraph(unit.kind, _text(unit, locale, settings.timezone), unit.variant, unit.id) for unit in body
        ),
        credits=groups,
        credit_line=credits.credit_line(groups, locale),
        basis=tuple(_basis(used, context) for used in used_reports(article)),
        publisher=settings.name,
        publisher_url=settings.url,
        url=pages[0].address if pages else "",
        tags=(),
        draft=as_draft and current is None,
        cites=tuple(dict.fromkeys(cite for unit in units for cite in unit.cites)),
        id=publication.story_id(article),
    )


def _text(unit: Unit, locale: str, timezone: str) -> str:
    """Return the printed text of a paragraph; a note is prefixed with a label and its date."""
    if not unit.is_note:
        return unit.target
    _ = phrases.translate(locale)
    day = phrases.long_date(_local(corrections.note_time(unit), timezone), locale)
    return _("Correction, {date}: {text}").format(date=day, text=unit.target)


def _basis(slug: str, context: PrintContext) -> Basis:
    front = context.fronts.get(slug, FrontMatter())
    return Basis(slug, front.title, context.settings.source, front.url, _local(front.date, context.settings.timezone))
