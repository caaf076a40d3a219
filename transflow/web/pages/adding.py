"""Adding a report, by pasting its text or uploading its file."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from transflow.actions.reports import intake, proposals
from transflow.errors import TransflowError, UsageError
from transflow.messages import Messages
from transflow.model.issue import Issue
from transflow.presenters.dialogues.reports import proposed_name
from transflow.presenters.headlines import quoted
from transflow.presenters.i18n import count, say
from transflow.project import CatalogRef
from transflow.readers import IncomingReport
from transflow.report import slugify, valid_slug, when
from transflow.web.visit import Visit, address_of, go

MESSAGES = Messages(
    __name__,
    {
        "nothing": "paste the text of the report, or choose its file.",
        "no-headline": "it has no headline: write one below.",
        "no-date": "“{value}” is no date: write it as in 2024-03-26.",
    },
)
FIELDS = ("text", "title", "byline", "date", "slug")


def show(visit: Visit) -> Response:
    """Show the form; after a report was added, with what there is to say about it."""
    said = visit.office.told.pop(visit.actor.who, ()) if "done" in visit.query else ()
    return _form(visit, said=said)


def _form(visit: Visit, problem: str = "", status: int = 200, said: Sequence[tuple[str, str]] = ()) -> Response:
    filled = {name: visit.text(name) for name in FIELDS}
    return visit.page("add.html", status, filled=filled, problem=problem, said=said, had_file="file" in visit.files)


def add(visit: Visit) -> Response:
    """Add the report, and open it; where its reader could not keep everything, say that first."""
    try:
        report, name = _incoming(visit)
        slug = intake.slug_for(visit.actor.project, report, visit.text("slug").strip() or _slug(visit, report, name))
        added = intake.add(visit.actor, report, slug)
    except TransflowError as error:
        return _form(visit, say(error.message, visit.formats.command), 422)
    own = visit.actor.user.locales
    locale = next((each for each in added.changes if each in own), next(iter(added.changes)))
    address = address_of(CatalogRef(locale, "reports", slug))
    lines = [say(issue.message) for issue in (*report.issues, *added.issues) if _is_told(issue)]
    if found := proposals.proposal(visit.actor, report.front.title, slug):
        lines.append(say(proposals.proposal_words(visit.actor, found, slug, name or "-"), visit.formats.command))
    if not lines:
        return go(address)
    number = max((len(change.added) for change in added.changes.values()), default=0)
    words = count(
        "{name}: {n} sentence to translate.",
        "{name}: {n} sentences to translate.",
        number,
        name=quoted(report.front.title),
    )
    visit.office.told[visit.actor.who] = [(words, address), *((line, "") for line in lines)]
    return go("/add?done=add")


def _is_told(issue: Issue) -> bool:
    return issue.severity != "hint"


def _incoming(visit: Visit) -> tuple[IncomingReport, str]:
    """Return the report of the form, and the name of its file. Raise TransflowError."""
    upload, text = visit.files.get("file"), visit.text("text")
    if upload is not None and (upload.data or upload.name):
        name = upload.name.replace("\\", "/").rpartition("/")[2]
        report = intake.read_incoming(upload.data, name or "report.txt")
    elif text.strip():
        name, report = "", intake.read_incoming(text.encode("utf-8", "surrogatepass"), "report.txt")
    else:
        raise UsageError(MESSAGES("nothing"))
    date = visit.text("date").strip()
    if date and when(date, visit.actor.project.settings.timezone) is None:
        raise UsageError(MESSAGES("no-date", value=date))
    report = intake.with_headline(intake.with_fields(report, title=visit.text("title").strip()))
    report = intake.with_fields(report, byline=visit.text("byline").strip(), date=date)
    if not report.front.title:
        raise UsageError(MESSAGES("no-headline"))
    return report, name


def _slug(visit: Visit, report: IncomingReport, name: str) -> str:
    """Return a name for the report: that of its file, else one from its headline or date."""
    stem = name.rpartition(".")[0]
    named = stem if valid_slug(stem) else slugify(stem, "") if stem else ""
    return named or proposed_name(visit.actor, report)
