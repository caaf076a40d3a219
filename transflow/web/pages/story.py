"""Story: the page as it prints, with a form behind each paragraph, and the two words of a story.

Invariant: a story is made ready, and cleared, as the page showed it: the form has the mark of all
that would print, and stands below every paragraph and every warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import HTMLResponse, Response

from transflow.actions.checks import story_context
from transflow.actions.stories import clearance
from transflow.actions.stories.article import compose_article
from transflow.actions.stories.page import page
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import StoryChangedError
from transflow.errors import TransflowError, UnknownNameError
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters import headlines
from transflow.presenters.dialogues.clearance import is_ready, machine_lines, story_changes, unsaved_texts_problem
from transflow.presenters.i18n import _, mark, say
from transflow.presenters.limit_words import limit_phrase
from transflow.presenters.live_notes import left_out_lines, to_come_lines
from transflow.presenters.queue_lines import WHAT_TO_DO
from transflow.presenters.story_view import StoryView
from transflow.presenters.word_diff import Part, diff
from transflow.project import CatalogRef
from transflow.project.languages import source_of
from transflow.units.marks import text_digest
from transflow.web.acts import act, acts_on
from transflow.web.boxes import NO_PROBLEM, Box, NotDone, ShownIssue, box, shown_issue
from transflow.web.open_report import live_address, unit_of
from transflow.web.problems import status_of
from transflow.web.rendering import render
from transflow.web.visit import Visit, address_of, go


class Behind(NamedTuple):
    """A sentence behind a paragraph."""

    name: str
    address: str
    language: str
    source: Sequence[Part]
    target: str
    limit: str
    is_flawed: bool


class Paragraph(NamedTuple):
    """A paragraph as it prints, with what is behind it."""

    box: Box
    blocked: str
    """Reason why it is kept back; empty if it is not."""
    behind: Sequence[Behind]
    changes: Sequence[Part]
    """Changes of its draft since it was written; empty if there are none."""
    draft: str
    """Draft from the reports as they are now."""
    draft_mark: str
    """Mark of the paragraph with that draft."""


class OpenStory(NamedTuple):
    """A story as it is open on a page."""

    place: CatalogRef
    view: StoryView
    live: str
    """Address of the events about it since it was read."""

    @property
    def address(self) -> str:
        return address_of(self.place)

    def unit_address(self, unit: Unit) -> str:
        """Return the address of a paragraph."""
        return f"{address_of(self.place)}/u/{unit.id}"


class Words(NamedTuple):
    """Messages after a form about the whole story."""

    ready: str = mark("Handed to an editor, who reads it and clears it to publish.")
    write: str = mark("Taken back from the editor: it is being written again.")
    clear: str = mark("Cleared: it may go out as it reads now.")
    compose: str = mark("The story has what the reports say now.")


def _open(visit: Visit) -> OpenStory:
    place = visit.place("articles")
    live = live_address(visit, place)
    opened = OpenStory(place, StoryView(visit.office.view(visit.actor, place), visit.formats), live)
    article = opened.view.view.catalog
    opened.view.page = page(visit.actor, place, article)
    visit.office.remember_story(opened.view.page.mark, article)
    context = load_print_context(visit.actor.project, place.locale, article)
    opened.view.store_issues(story_context.warnings(visit.actor.project, place, article, context))
    return opened


def show(visit: Visit) -> Response:
    """Show the story."""
    return _page(visit, _open(visit))


def _page(
    visit: Visit, opened: OpenStory, problem: NotDone = NO_PROBLEM, status: int = 200, changes: str = ""
) -> Response:
    story, view, actor = opened.view, opened.view.view, visit.actor
    done = visit.query.get("done", "")
    words = {**Words()._asdict(), **{name: each.words for name, each in acts_on("articles").items()}}
    return visit.page(
        "story.html",
        status,
        opened=opened,
        private=visit.is_withheld(opened.place),
        story=story,
        page=story.page,
        title=headlines.title(opened.place),
        progress=story.progress(),
        paragraphs=[_paragraph(visit, opened, unit, problem) for unit in view.units],
        said=_(words[done]) if done in words else "",
        problem=problem,
        changes=changes,
        warnings=[(_number(opened, issue.location.unit), shown_issue(visit, issue)) for issue in _issues(story)],
        to_come=to_come_lines(story.page),
        left_out=left_out_lines(story.page),
        machine=[line.plain for line in machine_lines(story.page)],
        pages=_(WHAT_TO_DO[story.page.pages]) if story.page.pages else "",
        is_ready=is_ready(view),
        people=_people(visit),
        is_editor=actor.user.has_role("editor", actor.now),
        obstacle=unsaved_texts_problem(view) or _obstacle(visit, opened),
    )


def _issues(story: StoryView) -> list[Issue]:
    """Return all issues that a story would print with, those of the whole first."""
    return [*story.story_issues, *(issue for unit in story.view.units for issue in story.view.issues(unit))]


def _number(opened: OpenStory, unit_id: str) -> int:
    view = opened.view.view
    return view.number(unit_id) if unit_id in view.places else 0


def _people(visit: Visit) -> list[tuple[str, str]]:
    """Return the ids and names of those who can be asked."""
    return [(each.id, visit.formats.person(each.id)) for each in visit.colleagues]


def _obstacle(visit: Visit, opened: OpenStory) -> str:
    """Return why the next word about the story would be refused; "" if it would not."""
    if is_ready(opened.view.view):
        found = clearance.obstacle_to_clear(visit.actor, opened.place)
    else:
        found = clearance.obstacle_to_ready(visit.actor, opened.place)
    return say(found.why, visit.formats.command) if found else ""


def _paragraph(visit: Visit, opened: OpenStory, unit: Unit, problem: NotDone = NO_PROBLEM) -> Paragraph:
    story, page_now = opened.view, opened.view.page
    issues = story.view.issues(unit)
    flawed = {issue.sentence for issue in issues}
    draft, old = story.draft(unit.id), unit.previous or unit.source
    shown: list[ShownIssue] = [shown_issue(visit, each) for each in issues]
    blocked = page_now.blockers.get(unit.id, "")
    return Paragraph(
        box(visit, story.view, unit, problem)._replace(findings=shown),
        say(blocked, visit.formats.command),
        [
            Behind(
                each.name,
                f"{address_of(each.place)}/u/{each.unit.id}/more",
                source_of(visit.actor.project, each.place),
                diff(each.unit.previous, each.unit.source) if each.unit.previous else [Part("same", each.unit.source)],
                each.unit.target,
                limit_phrase(each.unit),
                each.name in flawed,
            )
            for each in page_now.sources.get(unit.id, ())
        ],
        diff(old, draft) if draft and old != draft else [],
        draft,
        text_digest(unit.replace(source=draft or unit.source)),
    )


# One paragraph, and the whole


def do(visit: Visit) -> Response:
    """Do what a form asks of a paragraph."""
    place, name = visit.place("articles"), visit.path["act"]
    if name not in acts_on("articles"):
        raise UnknownNameError("page", name, ())
    view = visit.office.view(visit.actor, place)
    unit = unit_of(visit, view)
    try:
        act(visit, view, unit, name)
    except TransflowError as error:
        filled = {field: visit.text(field) for field in visit.form if field != "since"}
        problem = NotDone(unit.id, say(error.message, visit.formats.command), filled)
        return _answer(visit, unit, problem, status_of(error))
    if visit.wants_part:
        return _answer(visit, unit)
    return go(address_of(place, done=name) + f"#u-{unit.id}")


def _answer(visit: Visit, unit: Unit, problem: NotDone = NO_PROBLEM, status: int = 200) -> Response:
    """Return the part of a paragraph as it is now, or the page with it."""
    opened = _open(visit)
    here = opened.view.view.find(unit.id)
    if here is None or not visit.wants_part:
        return _page(visit, opened, problem, status)
    paragraph = _paragraph(visit, opened, here, problem)
    return HTMLResponse(render("paragraph.html", opened=opened, paragraph=paragraph, people=_people(visit)), status)


def show_unit(visit: Visit) -> Response:
    """Return the part of one paragraph; to others than scripts, the page with it."""
    place = visit.place("articles")
    unit = unit_of(visit, visit.office.view(visit.actor, place))
    return _answer(visit, unit) if visit.wants_part else go(address_of(place) + f"#u-{unit.id}")


def keep(visit: Visit) -> Response:
    """Keep a text that is being typed."""
    view = visit.office.view(visit.actor, visit.place("articles"))
    unit = unit_of(visit, view)
    drafts = visit.office.drafts(visit.actor.who)
    is_kept = drafts.keep(view, unit, visit.text("text"), visit.form.get("since", ""), visit.actor.now)
    drafts.journal.flush()
    return HTMLResponse("", 200 if is_kept else 205)


def say_word(visit: Visit) -> Response:
    """Say that the story is ready, take that back, clear it, or take in what changed."""
    place, word, name = visit.place("articles"), visit.path["word"], str(visit.place("articles"))
    seen, actor = visit.form.get("seen", ""), visit.actor
    try:
        if problem := unsaved_texts_problem(visit.office.view(actor, place)):
            return _page(visit, _open(visit), NotDone("", problem), 422)
        if word == "ready":
            clearance.ready(actor, name, seen=seen)
        elif word == "write":
            clearance.ready(actor, name, undo=True)
        elif word == "clear":
            clearance.clear(actor, name, visit.text("alone"), seen=seen)
        elif word == "compose":
            compose_article(actor, name, ())
        else:
            raise UnknownNameError("page", word, ())
    except TransflowError as error:
        return _word_refused(visit, error, seen)
    return go(address_of(place, done=word))


def _word_refused(visit: Visit, error: TransflowError, seen: str) -> Response:
    """Return the story as it is now, with the reason, and what changed since it was shown."""
    opened = _open(visit)
    changes = ""
    before = visit.office.story_as_shown(seen)
    if isinstance(error, StoryChangedError) and before is not None:
        changes = story_changes(before, opened.view.view.catalog, visit.formats).plain
    problem = NotDone("", say(error.message, visit.formats.command), {"alone": visit.text("alone")})
    return _page(visit, opened, problem, status_of(error), changes)
