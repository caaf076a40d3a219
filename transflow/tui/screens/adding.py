"""Editor's actions in the Queue: assigning sentences, composing a story, adding a report."""

from __future__ import annotations

from functools import partial

from transflow.actions import Actor
from transflow.actions.reports import intake
from transflow.actions.stories import article
from transflow.actions.stories.article import Composed
from transflow.presenters.i18n import _, count
from transflow.project import CatalogRef
from transflow.readers import IncomingReport
from transflow.tui.dialogs import Ask, Choose
from transflow.tui.screens.mode import Mode

_NEW_REPORT = "sources"
"""Path under which the journal keeps a report that is being pasted."""


class ReportSteps(Mode):
    """Base of a mode with a list of reports: see `selected_reports`, `report_change`."""

    def selected_reports(self) -> list[CatalogRef]:
        """Return the reports to act on."""
        raise NotImplementedError

    def report_change(self, words: str, nothing: object = None) -> None:
        """Display a message after a change, and the changed list."""
        raise NotImplementedError

    # Assigning

    def action_assign(self) -> None:
        chosen = self.selected_reports()
        if not chosen:
            self.say(_("This is for reports."))
            return
        names = ", ".join(place.slug for place in chosen)

        def due_entered(people: str, due: str | None) -> None:
            if due is not None:
                assignees = [who.strip() for who in people.replace(" ", ",").split(",") if who.strip()]
                words = _("{reports}: shared out to {people}.").format(reports=names, people=", ".join(assignees))
                self.perform_action(_assign_all, chosen, assignees, due, then=partial(self.report_change, words))

        def people_entered(people: str | None) -> None:
            if people:
                hint = _(
                    "“2024-03-26 18:00”, “tomorrow 09:00”, “+3h”; empty for no deadline. Enter: done · Esc: leave it"
                )
                question = _("Until when?")
                self.app.push_screen(Ask(question, names, hint=hint, allow_empty=True), partial(due_entered, people))

        known = ", ".join(person.id for person in self.app.project.settings.people if not person.left)
        about = f"{names}\n" + _("People: {ids}").format(ids=known)
        question = _("Who translates? In the order of the text, with commas")
        self.app.push_screen(Ask(question, about), people_entered)

    # Composing

    def action_compose(self) -> None:
        chosen = self.selected_reports()
        if not chosen:
            self.say(_("Mark the reports first, the leading one above the others."))
            return
        locale = chosen[0].locale
        slugs = [place.slug for place in chosen]

        def name_entered(lead: int, name: str | None) -> None:
            if name:
                order = [slugs[lead], *(slug for slug in slugs if slug != slugs[lead])]
                self.perform_action(article.compose_article, f"{locale}:{name}", order, then=self._composed)

        def lead_chosen(lead: int | None) -> None:
            if lead is not None:
                question = _("The story's name: small letters, digits and hyphens")
                self.app.push_screen(Ask(question, ", ".join(slugs)), partial(name_entered, lead))

        if len(slugs) == 1:
            lead_chosen(0)
        else:
            self.app.push_screen(Choose(_("Which report leads? Its headline becomes the story's."), slugs), lead_chosen)

    def _composed(self, composed: Composed) -> None:
        self.report_change(_("{name} is composed.").format(name=composed.place.slug))

    # Adding a report

    def action_add_report(self) -> None:
        def text_pasted(text: str | None) -> None:
            if text:
                self.perform_action(
                    lambda _actor: intake.with_headline(
                        intake.read_incoming(text.encode("utf-8", "surrogatepass"), "report.txt")
                    ),
                    then=self._ask_fields,
                )

        about = _(
            "The first line is the headline, every other line a paragraph. Markdown with front matter is taken too."
        )
        self.ask_long_text(_("Paste the report"), about, _NEW_REPORT, text_pasted)

    def _ask_fields(self, report: IncomingReport) -> None:
        """Ask for the reporter and the date, unless the text says them, then for the name."""

        def byline_entered(byline: str | None) -> None:
            if byline is not None:
                self._ask_date(intake.with_fields(report, byline=byline))

        if report.front.byline:
            self._ask_date(report)
        else:
            self.app.push_screen(Ask(_("Who reported it?"), report.front.title, allow_empty=True), byline_entered)

    def _ask_date(self, report: IncomingReport) -> None:
        def date_entered(date: str | None) -> None:
            if date is not None:
                self._ask_slug(intake.with_fields(report, date=date))

        if report.front.date:
            self._ask_slug(report)
        else:
            today = self.app.actor().now[:10]
            self.app.push_screen(
                Ask(_("When? (year-month-day)"), report.front.title, text=today, allow_empty=True), date_entered
            )

    def _ask_slug(self, report: IncomingReport, problem: str = "") -> None:
        def slug_entered(slug: str | None) -> None:
            if slug:
                self.perform_action(
                    _add,
                    report,
                    slug,
                    then=partial(self._added, slug),
                    failed=lambda error: self._ask_slug_again(report, error),
                )

        about = f"{report.front.title}\n{problem}" if problem else report.front.title
        self.app.push_screen(Ask(_("The report's name: small letters, digits and hyphens"), about), slug_entered)

    def _ask_slug_again(self, report: IncomingReport, error: Exception) -> None:
        """Ask for another name, so that the pasted text is not lost by an unusable one."""
        self.refuse(error)
        self._ask_slug(report, f"✗ {error}")

    def _added(self, slug: str, sentences: int) -> None:
        self.forget_long_text(_NEW_REPORT)
        words = count("{name}: {n} sentence to translate.", "{name}: {n} sentences to translate.", sentences, name=slug)
        self.report_change(words)


def _assign_all(actor: object, places: list[CatalogRef], people: list[str], due: str) -> None:
    assert isinstance(actor, Actor)
    for place in places:
        intake.assign(actor, str(place), people, due=due)


def _add(actor: object, report: IncomingReport, slug: str) -> int:
    assert isinstance(actor, Actor)
    added = intake.add(actor, report, intake.slug_for(actor.project, report, slug))
    return max((len(change.added) for change in added.changes.values()), default=0)
