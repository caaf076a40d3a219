"""Dialogues of an editor about reports: assigning sentences, composing a story, adding a report."""

from __future__ import annotations

from collections.abc import Sequence

from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.actions.stories import article
from transflow.errors import TransflowError
from transflow.model.settings import Settings
from transflow.presenters.dialogues.requests import Dialogue, Forget, Say, ask, choose, perform, write
from transflow.presenters.i18n import _, count, say
from transflow.project import CatalogRef
from transflow.readers import IncomingReport

NEW_REPORT = "sources"
"""Path under which the journal keeps a report that is being pasted."""


def assign(reports: Sequence[CatalogRef], settings: Settings) -> Dialogue[str]:
    """Assign the sentences of reports. Return the message about it; "" if nothing was done."""
    if not reports:
        yield Say(_("This is for reports."))
        return ""
    names = ", ".join(place.slug for place in reports)
    known = ", ".join(person.id for person in settings.people if not person.left)
    about = f"{names}\n" + _("People: {ids}").format(ids=known)
    people = yield from ask(_("Who translates? In the order of the text, with commas"), about)
    if not people:
        return ""
    hint = _("“2024-03-26 18:00”, “tomorrow 09:00”, “+3h”; empty for no deadline. Enter: done · Esc: leave it")
    due = yield from ask(_("Until when?"), names, hint=hint, allow_empty=True)
    if due is None:
        return ""
    assignees = [who.strip() for who in people.replace(" ", ",").split(",") if who.strip()]
    yield from perform(_assign_all, reports, assignees, due)
    return _("{reports}: shared out to {people}.").format(reports=names, people=", ".join(assignees))


def compose(reports: Sequence[CatalogRef]) -> Dialogue[str]:
    """Compose a story from reports. Return the message about it; "" if nothing was done."""
    if not reports:
        yield Say(_("Mark the reports first, the leading one above the others."))
        return ""
    slugs = [place.slug for place in reports]
    lead: int | None = 0
    if len(slugs) > 1:
        lead = yield from choose(_("Which report leads? Its headline becomes the story's."), slugs)
    if lead is None:
        return ""
    question = _("The story's name: small letters, digits and hyphens")
    name = yield from ask(question, ", ".join(slugs))
    if not name:
        return ""
    order = [slugs[lead], *(slug for slug in slugs if slug != slugs[lead])]
    composed = yield from perform(article.compose_article, f"{reports[0].locale}:{name}", order)
    return _("{name} is composed.").format(name=composed.place.slug)


def add_report(today: str) -> Dialogue[str]:
    """Add a report by its text. Return the message about it; "" if nothing was done."""
    about = _("The first line is the headline, every other line a paragraph. Markdown with front matter is taken too.")
    text = yield from write(_("Paste the report"), about, NEW_REPORT)
    if not text:
        return ""
    parsed = yield from perform(_parse, text)
    report = yield from _with_missing_fields(parsed, today)
    return (yield from _add_under_name(report)) if report is not None else ""


def _with_missing_fields(report: IncomingReport, today: str) -> Dialogue[IncomingReport | None]:
    """Ask for the reporter and the date, unless the text says them."""
    if not report.front.byline:
        byline = yield from ask(_("Who reported it?"), report.front.title, allow_empty=True)
        if byline is None:
            return None
        report = intake.with_fields(report, byline=byline)
    if not report.front.date:
        date = yield from ask(_("When? (year-month-day)"), report.front.title, text=today, allow_empty=True)
        if date is None:
            return None
        report = intake.with_fields(report, date=date)
    return report


def _add_under_name(report: IncomingReport) -> Dialogue[str]:
    """Ask for a name and add the report; asks again after an unusable name."""
    about = report.front.title
    while slug := (yield from ask(_("The report's name: small letters, digits and hyphens"), about)):
        try:
            number = yield from perform(_add, report, slug)
        except (TransflowError, OSError) as error:
            problem = error.message if isinstance(error, TransflowError) else str(error)
            yield Say(problem, refused=True)
            about = f"{report.front.title}\n✗ {say(problem)}"
            continue
        yield Forget(NEW_REPORT)
        return count("{name}: {n} sentence to translate.", "{name}: {n} sentences to translate.", number, name=slug)
    return ""


def _parse(_actor: Actor, text: str) -> IncomingReport:
    return intake.with_headline(intake.read_incoming(text.encode("utf-8", "surrogatepass"), "report.txt"))


def _assign_all(actor: Actor, places: Sequence[CatalogRef], people: Sequence[str], due: str) -> None:
    for place in places:
        intake.assign(actor, str(place), list(people), due=due)


def _add(actor: Actor, report: IncomingReport, slug: str) -> int:
    added = intake.add(actor, report, intake.slug_for(actor.project, report, slug))
    return max((len(change.added) for change in added.changes.values()), default=0)
