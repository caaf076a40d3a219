"""Intake of reports: adding them, updating their catalogs, and assigning their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import NamedTuple

from transflow import readers, report
from transflow.actions import Actor
from transflow.actions.forgetting import forget_now
from transflow.actions.refs import parse_ref
from transflow.actions.reports.limits import with_limits_of_others
from transflow.attribution import assignment
from transflow.attribution.adaptation import with_sources_as_drafts
from transflow.errors import RefusedError, UnknownNameError, UnreadableError, UsageError
from transflow.messages import CommandRef, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.references import reference
from transflow.model.report import Block, FrontMatter, Report
from transflow.model.settings import Settings
from transflow.model.unit import Ref, Unit
from transflow.po.catalog import new_header
from transflow.project import CatalogRef, Project
from transflow.project.places import report_path
from transflow.readers import IncomingReport
from transflow.readers.base.encodings import as_utf8
from transflow.stories.compose import report_slugs
from transflow.text import without_spaces
from transflow.units import workflow
from transflow.update import Changes
from transflow.update import update as align

MESSAGES = Messages(
    __name__,
    {
        "no-file-name": "a Korean headline gives no file name: say --slug NAME (small letters, digits and hyphens).",
        "no-slug": "“{slug}” cannot be its name: small letters, digits and hyphens, optionally under a year (2024/un-letter).",
        "is-report": "there is a report “{slug}” already. Say another --slug, or {command}.",
        "is-story": "there is a story “{slug}” already: say another --slug.",
        "no-text": "there is no text below the headline “{title}”: nothing to translate.",
        "there": "there is a report “{slug}” already.",
        "problem": "{path}:{line}: {problem}",
        "left": "{who} left on {date}.",
        "other-language": "{who} works in {locales}, not in {locale}.",
    },
)

_EMPHASISED = re.compile(r"(\*{1,3})(?! )([^*\\]+)(?<! )\1")

# Adding


def read_incoming(data: bytes, name: str, reader: str = "") -> IncomingReport:
    """Read a file by the reader that recognises it, or by the named one.

    Raise UnknownNameError, UsageError for a reader that is not installed, and UnreadableError.
    """
    new = readers.read(data, name, reader)
    _raise_errors(new.issues, name)
    return new


def with_headline(new: IncomingReport) -> IncomingReport:
    """Move the headline from the body to the front matter if that has none.

    The headline is a heading at the beginning, or, if the reader says so, the first paragraph: a
    table may stand above it.
    """
    blocks, _ = report.markdown_blocks(new.body) if not new.front.title else ([], [])
    kinds = ("subhead", "paragraph") if new.begins_with_headline else ("subhead",)
    candidates = blocks if new.begins_with_headline else blocks[:1]
    first = next((block for block in candidates if block.kind in kinds), None)
    if first is None:
        return new
    emphasised = _EMPHASISED.fullmatch(first.text)  # as headlines are in documents; it says nothing
    title = emphasised[2] if emphasised else first.text
    return new._replace(front=_with_front_fields(new.front, title=title), body=_without(first, new.body))


def _first_block(new: IncomingReport) -> Block | None:
    blocks, _ = report.markdown_blocks(new.body)
    return blocks[0] if blocks else None


def _without(headline: Block, body: str) -> str:
    """Return a body without the lines of its headline."""
    lines = body.split("\n")
    end = headline.line
    if re.match(r"\s*<h[1-6]\b", lines[end - 1], re.IGNORECASE):
        while end < len(lines) and not re.search(r"</h[1-6]\s*>", lines[end - 1], re.IGNORECASE):
            end += 1
    elif headline.kind == "subhead" and not lines[end - 1].lstrip().startswith("#"):
        end += 1  # underlined
    return "\n".join((*lines[: headline.line - 1], *lines[end:]))


def _with_front_fields(front: FrontMatter, **changes: str) -> FrontMatter:
    return replace(front, **changes)  # type: ignore[arg-type] # names of text fields only


def with_fields(new: IncomingReport, **fields: str) -> IncomingReport:
    """Set front matter fields (title, byline, date …) that are missing."""
    missing = {name: value for name, value in fields.items() if value and not getattr(new.front, name)}
    return new._replace(front=_with_front_fields(new.front, **missing))


def slug_for(project: Project, new: IncomingReport, wanted: str = "") -> str:
    """Return the slug of a new report.

    Raise UsageError if none can be made from the headline, or if it is invalid or taken.
    """
    slug = wanted or report.slugify(new.front.title, new.front.date) or ""
    if not slug:
        raise UsageError(MESSAGES("no-file-name"))
    if not report.valid_slug(slug):
        raise UsageError(MESSAGES("no-slug", slug=slug))
    if slug in project.report_slugs() and not _was_begun(project, new, slug):
        raise UsageError(MESSAGES("is-report", slug=slug, command=CommandRef(f"update {slug} FILE")))
    if any(place.slug == slug for locale in project.settings.locales for place in project.catalogs(locale, "articles")):
        raise UsageError(MESSAGES("is-story", slug=slug))
    return slug


def contents(new: IncomingReport) -> bytes:
    """Return the contents of a report's file; unchanged front matter stays as it is written."""
    head = report.with_front(new.head, new.front)
    return (head + "\n" + new.body.strip("\n") + "\n").encode("utf-8")


def _was_begun(project: Project, new: IncomingReport, slug: str) -> bool:
    """Return whether this same report exists without one of its catalogs.

    Adding it was interrupted then, and is continued.
    """
    is_there = slug in project.report_slugs() and lacks_catalog(project, slug)
    return is_there and project.report_bytes(slug) == contents(new)


def lacks_catalog(project: Project, slug: str) -> bool:
    """Return whether a report has no catalog in one of the languages."""
    return not all(project.exists(CatalogRef(locale, "reports", slug)) for locale in project.settings.locales)


def is_added(project: Project, new: IncomingReport, slug: str) -> str:
    """Return the slug if a report has it whose file is that of this one, with all its catalogs.

    Otherwise return nothing.
    """
    is_there = slug in project.report_slugs() and project.report_bytes(slug) == contents(new)
    return slug if is_there and not _was_begun(project, new, slug) else ""


class AddedReport(NamedTuple):
    """Changes of a new report's catalogs by locale, and the issues of its reader."""

    changes: dict[str, Changes]
    issues: tuple[Issue, ...]


def add(actor: Actor, new: IncomingReport, slug: str, *, anew: bool = False) -> AddedReport:
    """Write a report and create its catalogs.

    Raise UsageError for a report without headline or text. Raise TrackedFileMissingError if git has
    a report or catalogs of this name that are missing here, unless `anew` is set.
    """
    data = contents(new)
    parsed, issues = report.parse(data, slug, report_path(slug))
    _raise_errors(issues, report_path(slug))
    if not any(block.kind not in ("headline", "deck") for block in parsed.blocks):
        raise UsageError(MESSAGES("no-text", title=new.front.title))
    locales = actor.project.settings.locales
    with actor.project.locked(report_path(slug)):
        is_begun = _was_begun(actor.project, new, slug)
        if slug in actor.project.report_slugs() and not is_begun:
            raise UsageError(MESSAGES("there", slug=slug))
        if not anew:
            catalogs = (CatalogRef(locale, "reports", slug).path for locale in locales)
            actor.project.local_git.check_not_tracked(report_path(slug), *catalogs)
        if not is_begun:
            actor.project.write_report(slug, data)
    return AddedReport({each: update(actor, slug, each, anew=anew).changes for each in locales}, tuple(issues))


def _raise_errors(issues: Sequence[Issue], path: str) -> None:
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        more = (MESSAGES("problem", path=path, line=issue.location.line, problem=issue.message) for issue in errors[1:])
        raise UnreadableError(path, errors[0].location.line, joined([errors[0].message, *more], "\n"))


# Updating


class AffectedText(NamedTuple):
    """A paragraph of an article that a change of its report affects."""

    place: CatalogRef
    unit: str


class Updated(NamedTuple):
    """The result of updating one catalog."""

    place: CatalogRef
    before: Catalog
    after: Catalog
    changes: Changes
    paragraphs: tuple[AffectedText, ...] = ()
    issues: tuple[Issue, ...] = ()
    """Issues of the report's reader that are not errors."""


def update(
    actor: Actor, slug: str, locale: str, data: bytes | None = None, *, dry_run: bool = False, anew: bool = False
) -> Updated:
    """Update one catalog to its report, or to a new version in `data` (which is not written here).

    Raise TrackedFileMissingError if the catalog is missing here though git has it, unless `anew` is
    set.
    """
    place, settings = CatalogRef(locale, "reports", slug), actor.project.settings

    def step() -> tuple[Report, list[Issue], Catalog | None, Catalog, Catalog, Changes]:
        content = actor.project.report_bytes(slug) if data is None else data
        parsed, issues = report.parse(content, slug, report_path(slug))
        _raise_errors(issues, report_path(slug))
        old = actor.project.load_if_exists(place)
        if old is None and not anew:
            actor.project.local_git.check_not_tracked(place.path)
        source = report.source_of(parsed.front, settings.source)
        before = old or Catalog(new_header(locale, source, X_Report=slug))
        after, changes = align(_blocks(parsed.blocks), before, actor.now, source)
        header = after.header.replace(X_Source_Language=source, X_Report=slug, X_Report_Digest=parsed.digest)
        after = with_sources_as_drafts(after.replace(header=header), actor.now)
        after = with_limits_of_others(actor.project, place, after, is_new=old is None)
        if not dry_run:
            actor.project.write(place, after, old, anew=anew)
        return parsed, issues, old, before, after, changes

    parsed, issues, old, before, after, changes = actor.project.retry(step, report_path(slug), place.path)
    if (parsed.front.confidential or parsed.front.embargo) and not dry_run:
        forget_now(actor.project, actor.now)
    paragraphs = tuple(_affected_texts(actor.project, locale, slug, changes)) if changes and old else ()
    return Updated(place, before, after, changes, paragraphs, tuple(issues))


def _blocks(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.text.strip()]


def _affected_texts(project: Project, locale: str, slug: str, changes: Changes) -> Iterator[AffectedText]:
    refs = {Ref(slug, each.id) for each in changes.changed if not each.is_tag} | {
        Ref(slug, unit_id) for unit_id in changes.removed
    }
    for place in project.catalogs(locale, "articles"):
        article = project.load(place)
        if slug in report_slugs(article):
            yield from (AffectedText(place, unit.id) for unit in article.units if refs & set(unit.refs))


class NewVersion(NamedTuple):
    """The result of a new version: what changed in each locale, and issues of its reader."""

    updates: list[Updated]
    issues: tuple[Issue, ...]
    """Parts of the file that were not kept, with its lines."""


def new_version(
    actor: Actor,
    slug: str,
    data: bytes,
    name: str,
    reader: str = "",
    *,
    dry_run: bool = False,
    anew: bool = False,
) -> NewVersion:
    """Write a new version of a report, and update its catalogs in every locale.

    A version without front matter keeps the old one. The named reader reads it, or the one that
    recognises it.
    """
    if slug not in actor.project.report_slugs():
        raise UnknownNameError("report", slug, actor.project.report_slugs(), "sources")
    content, issues = _new_contents(actor.project, slug, data, name, reader)
    locales = actor.project.settings.locales
    preview = [update(actor, slug, locale, content, dry_run=True, anew=anew) for locale in locales]
    if not dry_run:
        with actor.project.locked(report_path(slug)):
            actor.project.write_report(slug, content)
        for locale in locales:
            update(actor, slug, locale, anew=anew)
    return NewVersion(preview, issues)


def _new_contents(project: Project, slug: str, data: bytes, name: str, reader: str) -> tuple[bytes, tuple[Issue, ...]]:
    """Return the new contents of a report's file, and issues that are not found in them.

    The old front matter is kept if there is none.
    """
    new = read_incoming(data, name, reader)
    if new.front.title and new.is_original:
        return as_utf8(data, name).data, ()
    old = project.front_matter(slug)
    front, head = _new_front(old, new), new.head
    if not head:
        head = readers.read(project.report_bytes(slug), report_path(slug), "markdown").head
    first = _first_block(new)
    if first and without_spaces(first.text) == without_spaces(old.title):  # a plain text with its headline on top
        new = new._replace(body=_without(first, new.body))
    return contents(new._replace(front=front, head=head)), new.issues


def _new_front(old: FrontMatter, new: IncomingReport) -> FrontMatter:
    """Return the front matter of a new version.

    A report that says everything itself replaces the old fields; a file that was imported, or one
    without front matter, only those that it has.
    """
    if not new.is_original or new.front == FrontMatter():
        given = {each.name: getattr(new.front, each.name) for each in fields(new.front)}
        return replace(old, **{name: value for name, value in given.items() if value})
    return with_fields(new, title=old.title).front


# Assigning


def assign(actor: Actor, ref: str, people: Sequence[str], units: str = "", due: str = "") -> dict[str, list[str]]:
    """Assign sentences in contiguous runs, balanced by source characters.

    Return person -> ids, in order. Raise UnknownNameError for an unknown person, and RefusedError
    for one who left or does not work in the language.
    """
    parsed = parse_ref(actor.project, reference(ref, units))
    for who in people:
        check_assignee(actor, who, parsed.place.locale)
    deadline = _deadline(actor.project.settings, due, actor.now)
    shared: dict[str, list[str]] = {who: [] for who in people}

    def change(catalog: Catalog) -> Catalog:
        to = _distributed(catalog, parsed.ids(catalog), people)
        shared.update({who: [] for who in people})
        for unit_id, who in to.items():
            shared[who].append(unit_id)
        return catalog.replace(units=tuple(_assigned(unit, to, deadline) for unit in catalog.units))

    actor.project.change(parsed.place, change)
    return shared


def _deadline(settings: Settings, due: str, now: str) -> str:
    return assignment.parse_deadline(due, settings.timezone, now, settings.zones()) if due else ""


def planned(actor: Actor, name: str, people: Sequence[str]) -> dict[str, str]:
    """Return to whom `assign` would give the sentences of a report, by id."""
    parsed = parse_ref(actor.project, name)
    catalog = actor.project.load(parsed.place)
    return _distributed(catalog, parsed.ids(catalog), people)


def _distributed(catalog: Catalog, ids: Sequence[str], people: Sequence[str]) -> dict[str, str]:
    wanted = set(ids)
    open_units = [unit for unit in catalog.units if unit.id in wanted and not unit.omitted and not unit.cut]
    return assignment.distribute(open_units, people)


def _assigned(unit: Unit, to: dict[str, str], deadline: str) -> Unit:
    return workflow.assign(unit, to[unit.id], deadline) if unit.id in to else unit


def check_assignee(actor: Actor, who: str, locale: str) -> None:
    """Raise UnknownNameError or RefusedError if a person cannot be assigned work in a language."""
    person = actor.project.settings.person(who)
    if person is None:
        raise UnknownNameError("person", who, [each.id for each in actor.project.settings.people], "transflow.toml")
    if person.left and actor.now[:10] >= person.left:
        raise RefusedError(MESSAGES("left", who=who, date=person.left))
    if person.locales and locale not in person.locales:
        raise RefusedError(MESSAGES("other-language", who=who, locales=", ".join(person.locales), locale=locale))
