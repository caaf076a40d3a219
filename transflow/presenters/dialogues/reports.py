"""Dialogues of an editor about reports: assigning sentences, composing a story, adding a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from transflow.actions import Actor
from transflow.actions.reports import intake, proposals
from transflow.actions.stories import article
from transflow.attribution.assignment import parse_deadline
from transflow.attribution.clocks import on_clocks
from transflow.errors import TransflowError
from transflow.messages import CommandRef, Messages
from transflow.model.settings import Person, Settings
from transflow.presenters.dialogues.requests import Dialogue, Forget, Say, Show, agree, ask, choose, perform, write
from transflow.presenters.formatting import format_person
from transflow.presenters.headlines import quoted, title, titles
from transflow.presenters.i18n import _, count, say
from transflow.presenters.live_notes import composed_words
from transflow.project import CatalogRef
from transflow.readers import IncomingReport
from transflow.report import slugify
from transflow.report.front import when

MESSAGES = Messages(
    __name__,
    {
        "no-translator": "Nobody here translates into this language: {command} adds people.",
        "no-date": "“{value}” is no date: write it as in 2024-03-26.",
    },
)
NEW_REPORT = "sources"
"""Path under which the journal keeps a report that is being pasted."""


class WorkDone(NamedTuple):
    """Message about what was done, empty if nothing was, and the catalog that was made."""

    words: str = ""
    place: CatalogRef | None = None


_NOTHING = WorkDone()


def assign(reports: Sequence[CatalogRef], settings: Settings, now: str) -> Dialogue[WorkDone]:
    """Assign the sentences of reports.

    The people are chosen from the translators of the language; whoever loses sentences is named
    before the deadline is asked for, and an unusable deadline is asked for again.
    """
    if not reports:
        yield Say(_("This is for reports."))
        return _NOTHING
    names = titles(reports)
    assignees = yield from _choose_translators(names, _translators(reports, settings, now))
    if not assignees or not (yield from _may_take(reports, assignees)):
        return _NOTHING
    people = ", ".join(format_person(settings, who) for who in assignees)
    hint = _("“2024-03-26 18:00”, “tomorrow 09:00”, “+3h”; empty for no deadline. Enter: done · Esc: leave it")
    about, due = f"{names} → {people}", ""
    named = ", ".join(quoted(title(place)) for place in reports)
    while (typed := (yield from ask(_("Until when?"), about, text=due, hint=hint, allow_empty=True))) is not None:
        try:
            yield from perform(_assign_all, reports, assignees, typed)
        except TransflowError as error:
            yield Say(error.message, refused=True)
            about, due = f"{names} → {people}\n✗ {say(error.message)}", typed
            continue
        if not typed.strip():
            return WorkDone(_("{reports}: shared out to {people}.").format(reports=named, people=people))
        due = parse_deadline(typed, settings.timezone, now, settings.zones())
        words = _("{reports}: shared out to {people}, due {time}.")
        time = on_clocks(due, settings.zones(*assignees))
        return WorkDone(words.format(reports=named, people=people, time=time))
    return _NOTHING


def _translators(reports: Sequence[CatalogRef], settings: Settings, now: str) -> list[Person]:
    """Return the translators who work in the languages of these reports."""
    locales = {place.locale for place in reports}
    return [
        person
        for person in settings.people
        if person.has_role("translator", now) and (not person.locales or locales <= set(person.locales))
    ]


def _choose_translators(about: str, translators: Sequence[Person]) -> Dialogue[list[str]]:
    """Ask who translates, one after the other, in the order of the text."""
    if not translators:
        yield Say(MESSAGES("no-translator", command=CommandRef("person add")), refused=True)
    left, chosen = list(translators), list[str]()
    while left:
        question = _("Who else, for the sentences after that?") if chosen else _("Who translates?")
        names = [f"{person.name or person.id} ({person.id})" for person in left]
        done = [_("Nobody else")] if chosen else []
        number = yield from choose(question, [*done, *names], about)
        if number is None:
            return []
        if chosen and not number:
            break
        person = left.pop(number - len(done))
        chosen.append(person.id)
        about += ("\n→ " if len(chosen) == 1 else ", ") + (person.name or person.id)
    return chosen


def _may_take(reports: Sequence[CatalogRef], assignees: Sequence[str]) -> Dialogue[bool]:
    """Ask before sentences are taken from people who have them."""
    taken = yield from perform(_owned_by_others, reports, assignees)
    if not taken:
        return True
    lines = [count("{who}: {n} sentence", "{who}: {n} sentences", number, who=who) for who, number in taken.items()]
    return (yield from agree(_("Take these from the people who have them?"), "\n".join(lines)))


def compose(reports: Sequence[CatalogRef], *, as_live: bool = False) -> Dialogue[WorkDone]:
    """Compose a story from reports; with `as_live`, a live one of what is finished."""
    if not reports:
        yield Say(_("Mark the reports first, the leading one above the others."))
        return _NOTHING
    slugs = [place.slug for place in reports]
    lead: int | None = 0
    if len(slugs) > 1:
        lead = yield from choose(_("Which report leads? Its headline becomes the story's."), [*map(title, reports)])
    if lead is None:
        return _NOTHING
    question = _("The story's name: small letters, digits and hyphens")
    order = [slugs[lead], *(slug for slug in slugs if slug != slugs[lead])]
    proposed = yield from perform(_free_name, f"{order[0]}-story")
    name = yield from ask(question, titles(reports), text=proposed)
    if not name:
        return _NOTHING
    make = partial(article.compose_article, as_live=as_live)
    composed = yield from perform(make, f"{reports[0].locale}:{name}", order)
    yield Show("story", composed.place, "")
    parts = (
        _("{name}: the story is started.").format(name=quoted(title(composed.place))),
        composed_words(composed, is_live=as_live),
    )
    return WorkDone(" ".join(filter(None, parts)), composed.place)


def begin_live(actor: Actor, report: CatalogRef, name: str = "") -> article.Composed:
    """Compose a live story from one report, under this name or a free one."""
    name = name or _free_name(actor, f"{report.slug}-story")
    return article.compose_article(actor, f"{report.locale}:{name}", [report.slug], as_live=True)


def add_report(today: str) -> Dialogue[WorkDone]:
    """Add a report by its text."""
    about = _("The first line is the headline, every other line a paragraph. Markdown with front matter is taken too.")
    text = yield from write(_("Paste the report"), about, NEW_REPORT)
    if not text:
        return _NOTHING
    parsed = yield from perform(_parse, text)
    report = yield from _with_missing_fields(parsed, today)
    if report is None:
        return _NOTHING
    found = yield from perform(proposals.proposal, report.front.title)
    if found is not None and found.story is not None:
        return (yield from _add_later_version(report, found, found.story))
    question = _("A flash. Begin a live story of it in the same step?")
    if found is not None and (yield from agree(question, report.front.title)):
        return (yield from _add_under_name(report, begin_live))
    return (yield from _add_under_name(report))


def _add_later_version(report: IncomingReport, found: proposals.Proposal, story: CatalogRef) -> Dialogue[WorkDone]:
    """Ask what happens with a report that seems to be another version of one in a story."""
    report_place = story._replace(folder="reports", slug=found.report)
    choices = [
        _("It takes the place of {report}; what changed is marked").format(report=quoted(title(report_place))),
        _("It is added, and goes into the story {story} too").format(story=quoted(title(story))),
        _("It is only added"),
    ]
    about = f"{report.front.title}\n≈ {title(report_place)}"
    chosen = yield from choose(_("A later version, it seems. What happens with it?"), choices, about)
    if chosen is None:
        return _NOTHING
    if chosen == 0:
        yield from perform(intake.new_version, found.report, intake.contents(report), "report.md")
        yield Forget(NEW_REPORT)
        words = _("{name} is the new version now: what changed needs another look.").format(
            name=quoted(title(report_place))
        )
        return WorkDone(words, report_place)
    return (yield from _add_under_name(report, partial(_add_to_story, story) if chosen == 1 else None))


def _add_to_story(story: CatalogRef, actor: Actor, report: CatalogRef) -> article.Composed:
    return article.compose_article(actor, str(story), [report.slug])


def _with_missing_fields(report: IncomingReport, today: str) -> Dialogue[IncomingReport | None]:
    """Ask for the reporter and the date, unless the text says them."""
    if not report.front.byline:
        byline = yield from ask(_("Who reported it?"), report.front.title, allow_empty=True)
        if byline is None:
            return None
        report = intake.with_fields(report, byline=byline)
    if not report.front.date:
        about, date = report.front.title, today
        while True:
            typed = yield from ask(_("When? (year-month-day)"), about, text=date, allow_empty=True)
            if typed is None:
                return None
            if not typed.strip() or when(typed, "UTC"):
                break
            about, date = f"{report.front.title}\n✗ {say(MESSAGES('no-date', value=typed))}", typed
        report = intake.with_fields(report, date=typed.strip())
    return report


def _add_under_name(
    report: IncomingReport, then: Callable[[Actor, CatalogRef], article.Composed] | None = None
) -> Dialogue[WorkDone]:
    """Ask for a name and add the report; asks again after an unusable name.

    `then` composes a story of it in the same step.
    """
    about = report.front.title
    question = _("The report's name: small letters, digits and hyphens")
    slug: str | None = yield from perform(proposed_name, report)
    while slug := (yield from ask(question, about, text=slug or "")):
        try:
            number, place = yield from perform(_add, report, slug)
        except (TransflowError, OSError) as error:
            problem = error.message if isinstance(error, TransflowError) else str(error)
            yield Say(problem, refused=True)
            about = f"{report.front.title}\n✗ {say(problem)}"
            continue
        yield Forget(NEW_REPORT)
        words = count(
            "{name}: {n} sentence to translate.",
            "{name}: {n} sentences to translate.",
            number,
            name=quoted(title(place)),
        )
        if then is not None:
            made = yield from perform(then, place)
            words += " " + _("{name}: the story is started.").format(name=quoted(title(made.place)))
        return WorkDone(words, place)
    return _NOTHING


def proposed_name(actor: Actor, report: IncomingReport) -> str:
    """Return a name for a report: from its headline, or from its date if that is Korean."""
    name = slugify(report.front.title, report.front.date) or f"report-{report.front.date[:10] or actor.now[:10]}"
    return _free_name(actor, name)


def _free_name(actor: Actor, name: str) -> str:
    """Return a name, with a number after it if a report or story has it already."""
    taken = {place.slug for place in actor.project.all_catalogs()} | set(actor.project.report_slugs())
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbered) if each not in taken)


def _parse(_actor: Actor, text: str) -> IncomingReport:
    return intake.with_headline(intake.read_incoming(text.encode("utf-8", "surrogatepass"), "report.txt"))


def _owned_by_others(actor: Actor, places: Sequence[CatalogRef], assignees: Sequence[str]) -> dict[str, int]:
    """Return the numbers of sentences by the name of whoever has them now and would lose them."""
    taken: Counter[str] = Counter()
    for place in places:
        before = {unit.id: unit.assigned.who for unit in actor.project.load(place).units if unit.assigned}
        for unit_id, who in intake.planned(actor, str(place), assignees).items():
            if before.get(unit_id, who) != who:
                taken[format_person(actor.project.settings, before[unit_id])] += 1
    return dict(taken)


def _assign_all(actor: Actor, places: Sequence[CatalogRef], people: Sequence[str], due: str) -> None:
    for place in places:
        intake.assign(actor, str(place), list(people), due=due)


def _add(actor: Actor, report: IncomingReport, slug: str) -> tuple[int, CatalogRef]:
    """Add a report; return its number of sentences, and its catalog in a language of the user."""
    added = intake.add(actor, report, intake.slug_for(actor.project, report, slug))
    locale = next((each for each in added.changes if each in actor.user.locales), next(iter(added.changes)))
    number = max((len(change.added) for change in added.changes.values()), default=0)
    return number, CatalogRef(locale, "reports", slug)
