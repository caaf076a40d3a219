"""Printed story of an article, and the reasons against printing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from transflow import phrases
from transflow.attribution import credits
from transflow.errors import RefusedError
from transflow.messages import NOTHING, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.credit import CreditGroup
from transflow.model.report import FrontMatter
from transflow.model.story import Basis, Paragraph, Story
from transflow.model.unit import Unit
from transflow.report.front import source_of, when
from transflow.stories import corrections, machine_share
from transflow.stories import publications as publication
from transflow.stories.clearance import (
    HEADS,
    after_colon,
    blockers,
    cleared_tags,
    format_reasons,
    is_cleared,
    read_clearance,
)
from transflow.stories.compose import source_slugs
from transflow.stories.limits import unprintable
from transflow.stories.printed import (
    PrintContext,
    dateline,
    printed_digest,
    printed_reporters,
    printed_units,
    used_reports,
)
from transflow.stories.publications import (
    NO_ADDRESS,
    addresses,
    first_published,
    last_changed,
    withheld_people,
)
from transflow.timezones import zone

MESSAGES = Messages(
    __name__,
    {
        "embargo": "it is under embargo until {until}.",
        "report-gone": "its report {report} is gone, which would say whether it may: take it back from git, or, if it has "
        "another name now, compose the story again.",
        "killed": "it was killed.",
        "print-draft": "Say --draft to print it as a draft.",
        "changed-since": "it changed since an editor cleared it: {command} comes first. Say --draft to print it as a draft.",
        "not-cleared": "no editor has cleared it: {command} comes first. Say --draft to print it as a draft.",
        "not-printed": "{place} is not printed:{why}",
    },
)


def embargo(article: Catalog, context: PrintContext) -> str:
    """Return the latest embargo of the article's reports in UTC, or an empty string.

    An embargo that cannot be parsed takes precedence and is returned as written: it holds until
    somebody corrects it.
    """
    values = [context.fronts[slug].embargo for slug in source_slugs(article) if slug in context.fronts]
    moments = {value: _utc(value, context.settings.timezone) for value in values if value}
    unreadable = next((value for value, moment in moments.items() if not moment), "")
    return unreadable or max(moments.values(), default="")


def is_embargoed(article: Catalog, context: PrintContext, now: str) -> bool:
    until = embargo(article, context)
    return bool(until) and (until > now or not _utc(until, context.settings.timezone))


def is_confidential(article: Catalog, context: PrintContext) -> bool:
    """True if a report of the article is confidential, or missing: nothing says that it is not."""
    return any(slug not in context.fronts or context.fronts[slug].confidential for slug in source_slugs(article))


def _utc(value: str, timezone: str) -> str:
    """Convert an ISO date or time to UTC, so that times sort as text; empty if it is invalid."""
    moment = when(value, timezone)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
    except OverflowError:
        return ""


def local_time(value: str, timezone: str) -> str:
    """Convert an ISO date or time to the project's time zone; unchanged if it is invalid."""
    moment: datetime | None = when(value, timezone)
    try:
        return moment.astimezone(zone(timezone)).isoformat() if moment else value
    except OverflowError:
        return value


def why_embargoed(article: Catalog, context: PrintContext, now: str) -> Message:
    """Return that the story is under embargo, or `NOTHING` if it is not."""
    if not is_embargoed(article, context, now):
        return NOTHING
    return MESSAGES("embargo", until=local_time(embargo(article, context), context.settings.timezone))


def why_not_render(article: Catalog, context: PrintContext, now: str, draft: bool) -> Message:
    """Return why the story cannot be printed now, or `NOTHING` if it can.

    A story under embargo can be printed as a draft, which says so in its stamp.
    """
    if not draft and (under_embargo := why_embargoed(article, context, now)):
        return joined([under_embargo, MESSAGES("print-draft")], " ")
    if gone := [slug for slug in source_slugs(article) if slug not in context.fronts]:
        return MESSAGES("report-gone", report=gone[0])
    if article.header.get("X-Killed"):
        return MESSAGES("killed")
    if found := unprintable(article, context):
        return format_reasons(article, found, context.locale)
    if draft:
        return NOTHING
    if found := blockers(article, context):
        return joined([format_reasons(article, found, context.locale), MESSAGES("print-draft")], "\n")
    if not is_cleared(article, context):
        return MESSAGES("changed-since" if read_clearance(article) else "not-cleared", command=CommandRef("clear"))
    return NOTHING


def _check_may_print(article: Catalog, context: PrintContext, now: str, as_draft: bool) -> None:
    if why := why_not_render(article, context, now, as_draft):
        place = f"{article.header.get('Language')}:{article.header.get('X-Article')}"
        raise RefusedError(MESSAGES("not-printed", place=place, why=after_colon(why)))


def story(article: Catalog, context: PrintContext, now: str, *, as_draft: bool = False) -> Story:
    """Return the story as printed; of one that was withdrawn, the notice of that.

    Raise RefusedError if it may not be printed.
    """
    locale, timezone = article.header.get("Language"), context.settings.timezone
    _check_may_print(article, context, now, as_draft)
    if not as_draft and _is_gone(article):
        return _withdrawal(article, context)
    units = [unit.replace(target=unit.target or unit.source) if as_draft else unit for unit in printed_units(article)]
    heads = {kind: next((unit.target for unit in units if unit.kind == kind), "") for kind in HEADS}
    current = read_clearance(article) if is_cleared(article, context) else None
    cleared_by, version, kind = (current.who, *printed_version(article, context)) if current else ("", 0, "")
    groups, names = _credits(article, context, cleared_by), printed_reporters(article, context)
    body = sorted((unit for unit in units if unit.kind not in HEADS), key=lambda unit: unit.is_note)
    published, until, secret = first_published(article), _embargo_now(article, context, now), _secret(article, context)
    return replace(
        _nameplate(article, context),
        headline=heads["headline"],
        deck=heads["deck"],
        byline=phrases.byline(names, locale) if names else "",
        reporters=names,
        dateline=dateline(article, context),
        modified=local_time(_modified(article, context, body, published), timezone),
        version=version,
        version_kind=kind,
        paragraphs=tuple(_paragraph(unit, locale, timezone) for unit in body),
        credits=groups,
        credit_line=credits.credit_line(groups, locale),
        basis=tuple(_basis(slug, context) for slug in used_reports(article) if slug not in secret),
        has_secret_basis=bool(secret),
        url=first_url(article),
        tags=cleared_tags(article, context),
        draft=as_draft and (current is None or bool(until)),
        embargo=local_time(until, timezone),
        cites=tuple(dict.fromkeys(cite for unit in units for cite in unit.cites)),
        label=machine_share.label(article, context, cleared_by, as_draft=as_draft),
        origin=machine_share.origin(article, context, as_draft=as_draft),
    )


def cancellation(article: Catalog, context: PrintContext) -> Story | None:
    """Return a story that was killed or withdrawn as its receivers need it: without any text.

    None for other stories. It is given whatever else speaks against printing.
    """
    killed = publication.kill_record(article)
    if not (killed or _is_gone(article)):
        return None
    times = [page.time for page in publication.publications(article)]
    return replace(
        _nameplate(article, context),
        modified=local_time(max([*times, killed.time if killed else ""]), context.settings.timezone),
        version=max(1, publication.newest_version(article)),
        version_kind="withdrawn",
        withdrawn=True,
    )


def _is_gone(article: Catalog) -> bool:
    """Return whether a story was withdrawn, and no editor cleared it again since."""
    clearance = read_clearance(article)
    last = max((page.time for page in publication.publications(article)), default="")
    return publication.is_withdrawn(article) and not (clearance and clearance.time > last)


def _withdrawal(article: Catalog, context: PrintContext) -> Story:
    """Return the page in place of a withdrawn story: its notice, and nothing of its text."""
    page = cancellation(article, context)
    assert page is not None
    _ = phrases.translate(page.locale)
    words = _("This story was withdrawn on {date}.").format(date=phrases.long_date(page.modified, page.locale))
    return replace(
        page, headline=_("Story withdrawn"), paragraphs=(Paragraph("paragraph", words, "", ""),), url=first_url(article)
    )


def _nameplate(article: Catalog, context: PrintContext) -> Story:
    """Return a story without text: which one it is, by whom and when it was published."""
    settings = context.settings
    return Story(
        slug=article.header.get("X-Article"),
        locale=article.header.get("Language"),
        headline="",
        deck="",
        byline="",
        reporters=(),
        dateline="",
        date=local_time(first_published(article), settings.timezone),
        modified="",
        paragraphs=(),
        credits=(),
        credit_line="",
        basis=(),
        timezone=settings.timezone,
        publisher=settings.name,
        publisher_url=settings.url,
        id=publication.story_id(article),
    )


def _secret(article: Catalog, context: PrintContext) -> list[str]:
    """Return the used reports that no output names."""
    return [slug for slug in used_reports(article) if _is_secret(slug, context)]


def _credits(article: Catalog, context: PrintContext, cleared_by: str) -> tuple[CreditGroup, ...]:
    return credits.credits(article, context.settings, cleared_by, withheld_people(article), context.adapted)


def first_url(article: Catalog) -> str:
    """Return the first address of the story that is known; empty for none."""
    return next((page.address for page in addresses(article) if page.address != NO_ADDRESS), "")


def _embargo_now(article: Catalog, context: PrintContext, now: str) -> str:
    """Return the embargo that holds now, in UTC; empty for none."""
    return embargo(article, context) if is_embargoed(article, context, now) else ""


def printed_version(article: Catalog, context: PrintContext) -> tuple[int, str]:
    """Return number and kind of the version that prints; of the next one if it is not out yet."""
    present = printed_digest(article, context)
    number, kind = publication.version_of(article, present)
    if number:
        return number, kind
    noted = corrections.newest_notes(article)
    return len(publication.versions(article)) + 1, publication.default_kind(article, "", present, noted)


def _modified(article: Catalog, context: PrintContext, body: Iterable[Unit], published: str) -> str:
    """Return when a correction note was last worded or another version published, in UTC.

    That of a version that is not out yet is when it was cleared. Empty if nothing happened since
    the first publication.
    """
    times = [corrections.note_time(unit) for unit in body if unit.is_note]
    times += [page.time for page in publication.publications(article) if publication.is_withdrawn(article)]
    clearance = read_clearance(article)
    if published and clearance and not publication.version_of(article, printed_digest(article, context))[0]:
        times.append(clearance.time if is_cleared(article, context) else "")
    changed = max((*times, last_changed(article)))
    return changed if changed > published else ""


def _paragraph(unit: Unit, locale: str, timezone: str) -> Paragraph:
    variant = corrections.note_kind(unit) if unit.is_note else unit.variant
    return Paragraph(unit.kind, printed_text(unit, locale, timezone), variant, unit.id)


def printed_text(unit: Unit, locale: str, timezone: str) -> str:
    """Return the printed text of a paragraph; a note is prefixed with a label and its date."""
    if not unit.is_note:
        return unit.target
    _ = phrases.translate(locale)
    day = phrases.long_date(local_time(corrections.note_time(unit), timezone), locale)
    if corrections.note_kind(unit) == corrections.CLARIFICATION:
        return _("Clarification, {date}: {text}").format(date=day, text=unit.target)
    return _("Correction, {date}: {text}").format(date=day, text=unit.target)


def _is_secret(slug: str, context: PrintContext) -> bool:
    """Return whether a report, or its headline, must not be published: then no output names it."""
    headline = next((unit for unit in context.reports.get(slug, Catalog()).units if unit.kind == "headline"), None)
    is_limited = headline is not None and headline.is_unprintable
    return is_limited or (slug in context.fronts and context.fronts[slug].confidential)


def _basis(slug: str, context: PrintContext) -> Basis:
    front = context.fronts.get(slug, FrontMatter())
    language = source_of(front, context.settings.source)
    return Basis(slug, front.title, language, front.url, local_time(front.date, context.settings.timezone))
