"""Rules of the record itself, which every gate applies to the catalogs as they are.

Invariant: nothing here depends on thresholds or on a project's preferences. A finding names the
unit, if it is about one, and the remedy. Its `Issue.check` begins with "record.".
"""

from __future__ import annotations

from collections.abc import Iterator

from transflow import digests
from transflow.attribution import credits, stamps, tallies
from transflow.attribution.authorship import is_attributed, is_machine
from transflow.attribution.machines import engine_words, is_examined
from transflow.attribution.shown_people import is_shown, shown_id
from transflow.messages import CommandRef, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location, Severity
from transflow.model.settings import Settings
from transflow.model.unit import Unit
from transflow.po.notes import KEYS
from transflow.stories import compose, live, machine_share
from transflow.stories.clearance import Clearance, blockers, is_cleared, printed_questions, read_clearance
from transflow.stories.limits import unprintable
from transflow.stories.page_state import PageState, page_state
from transflow.stories.printed import PrintContext, outdated_publications, printed_units
from transflow.stories.publications import NO_ADDRESS, unreadable_parts
from transflow.units import workflow

MESSAGES = Messages(
    __name__,
    {
        "void-approval": "{who} {why}: approve this one, or send it back.",
        "void-approval/reverted": "an editor approved it before somebody changed it or sent it back, which was reverted: "
        "{command} removes the approval; then approve it, or send it back.",
        "conflict": "it has two texts: decide with {command}.",
        "unattributed": "its text was changed outside transflow: say who wrote it with {command}.",
        "unreadable-note": "the line “@{key} {value}” cannot be read.",
        "unknown-person": "{who} is not among the people in transflow.toml: see {command}.",
        "lost-text": "its text was deleted outside transflow: restore it from git.",
        "unconfirmed": "{why}, and nobody confirmed it since: {command}.",
        "stale-text": "what it is made from changed after it was confirmed, and it is not marked for another look: {command} marks it.",
        "approver": "{who}, who approved it, was no editor then.",
        "approver/story": "{who}, who cleared it, was no editor then.",
        "four-eyes": "{who} approved what is mostly their own: somebody else approves it.",
        "four-eyes/story": "{who} cleared what is mostly their own: somebody else clears it.",
        "shares": "{problem}: {repair} counts them anew.",
        "no-author": "{problem}: restore the file from git, or use {repair} and then {claim}.",
        "future": "{problem}: an editor takes the time back with {repair}.",
        "time-order": "{problem}: restore the file from git.",
        "time-order/story": "the story was cleared before somebody last wrote, confirmed or sent back a paragraph of it: "
        "read it and clear it again.",
        "header": "the header of the file says {name}: {actual}, and its path says {expected}: correct the line, or "
        "restore the file from git.",
        "no-report": "its report is missing: restore it from git, or, if it has another name now, rename both with {command}.",
        "no-report/story": "its report {report} is missing: restore it from git, or, if it has another name now, let "
        "{command} find that.",
        "behind": "the report changed after the last update, or is read better now: {command} updates the sentences.",
        "dangling": "it is made from {ref}, which does not exist.",
        "off-record": "{why}: compose the story again and confirm the paragraph, or cut it.",
        "unreadable-field": "the header line {name} has “{text}”, which is not a record of a publication: correct the "
        "line, or restore it from git.",
        "published/newer": "a newer version is ready than that of the page {address}. Update the page, and record it with "
        "{command}; correct only if it was wrong.",
        "published/wrong": "the page {address} is wrong, and its correction was begun: clear the story, update the page, and "
        "record it with {command}.",
        "published/changed": "the story reads otherwise than the page {address}, and is not cleared as it is now: an editor "
        "reads and clears it, or the change is taken back.",
        "published/killed": "the story was killed, and {address} may still have it: take the page down, and record that with {command}.",
        "void-clearance": "the story changed after {who} cleared it: read it and clear it again.",
        "second-read": "{who} cleared it alone ({why}): somebody else has to read it too.",
        "to-come": (
            "a live story: {n} sentence of its reports is to come.",
            "a live story: {n} sentences of its reports are to come.",
        ),
        "empty": "it prints nothing: it has no paragraph yet, or all are cut.",
        "unplaced": "{ref} is neither in the story nor left out on purpose: {command} adds it.",
        "unsettled": "{why}.",
        "machine": "{why}.",
        "drafted": "{share}",
        "unexamined": "it was confirmed, and nobody examined the machine's words in it by themselves: read it, and confirm "
        "it with its mark ({command}).",
        "question": "{why} Answer with {command}.",
    },
)
NAMES = Messages(
    __name__,
    {
        "somebody": "somebody in it",
        "nothing": "nothing",
        "none": "none",
        "no-address": "of its publication without an address",
    },
)
_REPAIR = CommandRef("repair")
_CLAIM = CommandRef("unit claim")


def _finding(message: Message, unit: str = "", severity: Severity = "error") -> Issue:
    """Return an issue with the id that its message has; of the whole catalog if `unit` is empty."""
    check = message.code.removeprefix(f"{MESSAGES.area}.").partition("/")[0]
    return Issue(f"record.{check}", severity, message, location=Location(unit=unit))


def unit_findings(unit: Unit, settings: Settings, *, cleared: str = "") -> Iterator[Issue]:
    """Yield the issues of one unit by itself.

    `cleared` is the time of a clearance, which approved every paragraph of the story.
    """
    if unit.approved and (why := stamps.why_void(unit)):
        yield _finding(MESSAGES("void-approval", who=shown_id(settings, unit.approved.who), why=why), unit.id)
    elif unit.approved and workflow.state(unit) == "approved":
        yield from _approver_findings(unit, settings, alone=unit.approved.time == cleared)
    if unit.target and unit.previous and not unit.fuzzy and not unit.omitted:
        yield stale_text(unit.id)
    yield from _removal_findings(unit)
    if unit.conflicts:
        yield _finding(MESSAGES("conflict", command=CommandRef("unit resolve")), unit.id)
    if not is_attributed(unit):
        yield _finding(MESSAGES("unattributed", command=_CLAIM), unit.id)
    for meta in unit.other:
        if meta.key in KEYS:
            yield _finding(MESSAGES("unreadable-note", key=meta.key, value=meta.value), unit.id)
    for who in dict.fromkeys([each.who for each in unit.by] + [share.who for share in unit.translated]):
        if not is_machine(who) and settings.person(who) is None:
            name = who if is_shown(settings, who) else NAMES("somebody")
            yield _finding(MESSAGES("unknown-person", who=name, command=CommandRef("person --help")), unit.id)


def _removal_findings(unit: Unit) -> Iterator[Issue]:
    """Yield issues for a text or a fuzzy flag that another program removed.

    Programs that do not know transflow's notes remove one and leave the notes that show it.
    """
    if unit.omitted or unit.cut:
        return
    if not unit.target and unit.text not in ("", digests.digest("")):
        yield _finding(MESSAGES("lost-text"), unit.id)
    if not unit.fuzzy and (why := workflow.why_unconfirmed(unit)):
        yield _finding(MESSAGES("unconfirmed", why=why, command=CommandRef("unit confirm")), unit.id)


def stale_text(unit_id: str) -> Issue:
    """Return the issue of a text that was not confirmed against its source and is not fuzzy."""
    return _finding(MESSAGES("stale-text", command=_REPAIR), unit_id)


def withdrawn_approval(unit_id: str) -> Issue:
    """Return the issue of a withdrawn approval that a git revert restored."""
    return _finding(MESSAGES("void-approval/reverted", command=_REPAIR), unit_id)


def _approver_findings(unit: Unit, settings: Settings, *, alone: bool) -> Iterator[Issue]:
    assert unit.approved
    who, time, _ = unit.approved
    person = settings.person(who)
    if person is None or not person.has_role("editor", time):
        yield _finding(MESSAGES("approver", who=shown_id(settings, who)), unit.id)
    elif not alone and credits.main_author(unit) == who:
        yield _finding(MESSAGES("four-eyes", who=shown_id(settings, who)), unit.id)


def tally_findings(catalog: Catalog, settings: Settings, now: str) -> Iterator[Issue]:
    """Yield issues for shares that do not add up and for impossible times."""
    for each in tallies.find_defects(catalog, now, lambda who: shown_id(settings, who)):
        yield _finding(
            MESSAGES(each.check, problem=each.message, repair=_REPAIR, claim=_CLAIM), each.unit, each.severity
        )


def place_findings(catalog: Catalog, locale: str, folder: str, slug: str) -> Iterator[Issue]:
    """Yield issues for header fields that contradict the locale, report or story of the path."""
    own_field, other_field = ("X-Article", "X-Report") if folder == "articles" else ("X-Report", "X-Article")
    expected = {"Language": locale, own_field: slug, other_field: ""}
    for name, value in expected.items():
        actual = catalog.header.get(name)
        if actual.replace("_", "-").lower() != value.replace("_", "-").lower():
            yield _finding(
                MESSAGES("header", name=name, actual=actual or NAMES("nothing"), expected=value or NAMES("none"))
            )


def report_findings(catalog: Catalog, settings: Settings, digest: str) -> Iterator[Issue]:
    """Yield the issues of a report catalog.

    `digest` is that of the current report; empty if its file is gone.
    """
    if not digest:
        yield _finding(MESSAGES("no-report", command=CommandRef("mv")))
    elif catalog.header.get("X-Report-Digest") != digest:
        yield _finding(MESSAGES("behind", command=CommandRef("update")))
    rule = settings.machine_rule(catalog.header.get("Language"))
    for unit in catalog.units:
        yield from unit_findings(unit, settings)
        if rule.one_by_one and workflow.state(unit) in ("translated", "approved"):
            yield from _examination_findings(unit)


def _examination_findings(unit: Unit) -> Iterator[Issue]:
    if engine_words(unit) and not is_examined(unit):
        yield _finding(MESSAGES("unexamined", command=CommandRef("unit confirm")), unit.id)


def article_findings(article: Catalog, context: PrintContext) -> Iterator[Issue]:
    """Yield the issues of an article in any state."""
    clearance = read_clearance(article)
    for unit in article.units:
        yield from unit_findings(unit, context.settings, cleared=clearance.time if clearance else "")
    for slug in compose.report_slugs(article):
        if slug not in context.fronts:
            yield _finding(MESSAGES("no-report/story", report=slug, command=CommandRef("compose")))
    for unit, ref in compose.dangling(article, context.reports):
        yield _finding(MESSAGES("dangling", ref=context.typed(ref)), unit.id)
    for unit, why in unprintable(article, context):
        yield _finding(MESSAGES("off-record", why=why), unit.id)
    for name, text in unreadable_parts(article):
        yield _finding(MESSAGES("unreadable-field", name=name, text=text), severity="warning")
    if clearance:
        yield from _clearance_findings(article, context, clearance)
    if pages := page_state(article, context):
        for page in outdated_publications(article, context):
            yield _finding(_outdated(pages, page.address), severity="warning")


def _outdated(pages: PageState, page: str) -> Message:
    address = NAMES("no-address") if page == NO_ADDRESS else page
    command = CommandRef("published STORY --url … --gone" if pages == "killed" else "published")
    return MESSAGES(f"published/{pages}", address=address, command=command)


def _clearance_findings(article: Catalog, context: PrintContext, clearance: Clearance) -> Iterator[Issue]:
    person = context.settings.person(clearance.who)
    who = shown_id(context.settings, clearance.who)
    if not is_cleared(article, context):
        yield _finding(MESSAGES("void-clearance", who=who))
    elif any(stamps.last_text_change(unit) > clearance.time for unit in printed_units(article)):
        yield _finding(MESSAGES("time-order/story"))
    if person is None or not person.has_role("editor", clearance.time):
        yield _finding(MESSAGES("approver/story", who=who))
    elif credits.story_main_author(article) == clearance.who and not clearance.alone:
        yield _finding(MESSAGES("four-eyes/story", who=who))
    if clearance.alone:
        severity: Severity = "warning" if context.settings.clear_alone else "error"
        yield _finding(MESSAGES("second-read", who=who, why=clearance.alone), severity=severity)


def ready_findings(article: Catalog, context: PrintContext) -> Iterator[Issue]:
    """Yield the additional issues of an article that is ready, cleared or published."""
    if not printed_units(article):
        yield _finding(MESSAGES("empty"))
    if waiting := live.to_come(article, context.reports):
        yield _finding(MESSAGES("to-come", n=len(waiting)), severity="hint")
    for each in compose.unplaced(article, context.reports):
        yield _finding(MESSAGES("unplaced", ref=context.typed(each.ref), command=CommandRef("compose")))
    if (share := machine_share.machine_share(article, context)).began:
        yield _finding(MESSAGES("drafted", share=share.message), severity="hint")
    for unit, why in machine_share.refusals(article, context):
        yield _finding(MESSAGES("machine", why=why), unit.id)
    unprintable_ids = {unit.id for unit, _ in unprintable(article, context)}
    for unit, why in blockers(article, context):
        if not unit.conflicts and unit.id not in unprintable_ids:
            yield _finding(MESSAGES("unsettled", why=why), unit.id)
    for unit, why in printed_questions(article):
        yield _finding(MESSAGES("question", why=why, command=CommandRef("unit answer")), unit.id)
