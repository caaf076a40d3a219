"""Rules of the record itself, which every gate applies to the catalogs as they are.

Invariant: nothing here depends on thresholds or on a project's preferences. A finding names the
unit, if it is about one, and the remedy. Its `Issue.check` begins with "record.".
"""

from __future__ import annotations

from collections.abc import Iterator

from transflow import digests
from transflow.attribution import credits, stamps, tallies
from transflow.attribution.authorship import is_attributed, is_machine
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location, Severity
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.po.notes import KEYS
from transflow.privacy.pseudonyms import is_shown, shown_id
from transflow.stories import compose, story
from transflow.stories.publications import unreadable_parts
from transflow.units import workflow


def _finding(check: str, message: str, unit: str = "", severity: Severity = "error") -> Issue:
    return Issue(f"record.{check}", severity, message, location=Location(unit=unit))


def unit_findings(unit: Unit, settings: Settings, *, cleared: str = "") -> Iterator[Issue]:
    """Yield the issues of one unit by itself.

    `cleared` is the time of a clearance, which approved every paragraph of the story.
    """
    if unit.approved and (why := stamps.why_void(unit)):
        message = f"{shown_id(settings, unit.approved.who)} {why}: approve this one, or send it back."
        yield _finding("void-approval", message, unit.id)
    elif unit.approved and workflow.state(unit) == "approved":
        yield from _approver_findings(unit, settings, alone=unit.approved.time == cleared)
    if unit.target and unit.previous and not unit.fuzzy and not unit.omitted:
        yield stale_text(unit.id)
    yield from _removal_findings(unit)
    if unit.conflicts:
        yield _finding("conflict", "it has two texts: decide with `transflow unit resolve`.", unit.id)
    if not is_attributed(unit):
        yield _finding("unattributed", "its text was changed outside transflow: `transflow unit claim`.", unit.id)
    for meta in unit.other:
        if meta.key in KEYS:
            yield _finding("unreadable-note", f"the line “@{meta.key} {meta.value}” cannot be read.", unit.id)
    for who in dict.fromkeys([each.who for each in unit.by] + [share.who for share in unit.translated]):
        if not is_machine(who) and settings.person(who) is None:
            yield _finding(
                "unknown-person",
                f"{who if is_shown(settings, who) else 'somebody in it'} is nobody in transflow.toml: see `transflow person --help`.",
                unit.id,
            )


def _removal_findings(unit: Unit) -> Iterator[Issue]:
    """Yield issues for a text or a fuzzy flag that another program removed.

    Programs that do not know transflow's notes remove one and leave the notes that show it.
    """
    if unit.omitted or unit.cut:
        return
    if not unit.target and unit.text not in ("", digests.digest("")):
        yield _finding("lost-text", "it had a text that was deleted outside transflow: take it back from git.", unit.id)
    if not unit.fuzzy and (why := workflow.why_unconfirmed(unit)):
        yield _finding("unconfirmed", f"{why}, and nobody confirmed it since: `transflow unit confirm`.", unit.id)


def stale_text(unit_id: str) -> Issue:
    """Return the issue of a text that was not confirmed against its source and is not fuzzy."""
    message = "its source changed since the text was confirmed, and it does not say so: `transflow repair` marks it."
    return _finding("stale-text", message, unit_id)


def withdrawn_approval(unit_id: str) -> Issue:
    """Return the issue of a withdrawn approval that a git revert restored."""
    message = (
        "an editor approved it before somebody changed it or sent it back, which was reverted: `transflow repair` removes the "
        "approval; then approve it, or send it back."
    )
    return _finding("void-approval", message, unit_id)


def _approver_findings(unit: Unit, settings: Settings, *, alone: bool) -> Iterator[Issue]:
    assert unit.approved
    who, time, _ = unit.approved
    person = settings.person(who)
    if person is None or not person.has_role("editor", time):
        yield _finding("approver", f"{shown_id(settings, who)}, who approved it, was no editor then.", unit.id)
    elif not alone and credits.main_author(unit) == who:
        yield _finding(
            "four-eyes",
            f"{shown_id(settings, who)} approved what is mostly their own: somebody else approves it.",
            unit.id,
        )


def tally_findings(catalog: Catalog, settings: Settings, now: str) -> Iterator[Issue]:
    """Yield issues for shares that do not add up and for impossible times."""
    ways = {
        "shares": "`transflow repair` counts them anew",
        "no-author": "take the file back from git, or `transflow repair` and `transflow unit claim`",
        "future": "an editor takes the time back with `transflow repair`",
        "time-order": "take the file back from git",
    }
    for each in tallies.find_defects(catalog, now, lambda who: shown_id(settings, who)):
        yield _finding(each.check, f"{each.message}: {ways[each.check]}.", each.unit, each.severity)


def place_findings(catalog: Catalog, locale: str, folder: str, slug: str) -> Iterator[Issue]:
    """Yield issues for header fields that contradict the locale, report or story of the path."""
    own_field, other_field = ("X-Article", "X-Report") if folder == "articles" else ("X-Report", "X-Article")
    expected = {"Language": locale, own_field: slug, other_field: ""}
    for name, value in expected.items():
        actual = catalog.header.get(name)
        if actual.replace("_", "-").lower() != value.replace("_", "-").lower():
            message = f"its header says {name}: {actual or 'nothing'}, and by its file's name it is {value or 'none'}"
            yield _finding("header", f"{message}: mend the line, or take the file back from git.")


def report_findings(catalog: Catalog, settings: Settings, digest: str) -> Iterator[Issue]:
    """Yield the issues of a report catalog.

    `digest` is that of the current report; empty if its file is gone.
    """
    if not digest:
        yield _finding("no-report", "its report is gone: take it back from git, or `transflow mv` both.")
    elif catalog.header.get("X-Report-Digest") != digest:
        yield _finding(
            "behind", "the report changed since, or is read better now: `transflow update` brings the catalog up to it."
        )
    for unit in catalog.units:
        yield from unit_findings(unit, settings)


def article_findings(article: Catalog, context: story.PrintContext) -> Iterator[Issue]:
    """Yield the issues of an article in any state."""
    clearance = story.clearance(article)
    for unit in article.units:
        yield from unit_findings(unit, context.settings, cleared=clearance.time if clearance else "")
    for unit, ref in compose.dangling(article, context.reports):
        yield _finding("dangling", f"it stands on {ref}, which is nowhere.", unit.id)
    for unit, why in story.unprintable(article, context):
        yield _finding("off-record", f"{why}: cut the paragraph, or omit the sentence.", unit.id)
    for name, text in unreadable_parts(article):
        message = f"{name} has “{text}”, which is no record of a story that went out: mend the line, or take it back from git."
        yield _finding("unreadable-field", message, severity="warning")
    if clearance:
        yield from _clearance_findings(article, context, clearance)
    for page in story.outdated_publications(article, context):
        killed = "was killed: take the page down, then `transflow published STORY --url … --gone`."
        differs = "differs: correct it, or update the page and record it with `transflow published`."
        message = f"the story at {page.address} {killed if article.header.get('X-Killed') else differs}"
        yield _finding("published", message, severity="warning")


def _clearance_findings(article: Catalog, context: story.PrintContext, clearance: story.Clearance) -> Iterator[Issue]:
    person = context.settings.person(clearance.who)
    if not story.is_cleared(article, context):
        yield _finding(
            "void-clearance",
            f"{shown_id(context.settings, clearance.who)} cleared another story than this: it is read and cleared again.",
        )
    elif any(stamps.last_text_change(unit) > clearance.time for unit in story.printed_units(article)):
        message = "the story was cleared before somebody last wrote, confirmed or sent back a paragraph of it"
        yield _finding("time-order", f"{message}: it is read and cleared again.")
    if person is None or not person.has_role("editor", clearance.time):
        yield _finding("approver", f"{shown_id(context.settings, clearance.who)}, who cleared it, was no editor then.")
    elif credits.story_main_author(article) == clearance.who and not clearance.alone:
        yield _finding(
            "four-eyes",
            f"{shown_id(context.settings, clearance.who)} cleared what is mostly their own: somebody else clears it.",
        )
    if clearance.alone:
        severity: Severity = "warning" if context.settings.clear_alone else "error"
        yield _finding(
            "second-read",
            f"{shown_id(context.settings, clearance.who)} cleared it alone ({clearance.alone}): a second read is owed.",
            severity=severity,
        )


def ready_findings(article: Catalog, context: story.PrintContext) -> Iterator[Issue]:
    """Yield the additional issues of an article that is ready, cleared or published."""
    for each in compose.unplaced(article, context.reports):
        yield _finding(
            "unplaced", f"{each.report}#{each.unit.id} is neither used, nor omitted, nor cut: `transflow compose`."
        )
    unprintable_ids = {unit.id for unit, _ in story.unprintable(article, context)}
    for unit, why in story.blockers(article, context):
        if not unit.conflicts and unit.id not in unprintable_ids:
            yield _finding("unsettled", f"{why}.", unit.id)
    for unit, why in story.printed_questions(article):
        yield _finding("question", f"{why} Answer with `transflow unit answer`.", unit.id)
