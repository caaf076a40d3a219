"""Story mode by prompts: paragraphs, the page as it will print, readiness and clearance.

Invariant: a story is cleared only after the page was read out as it stands, and the person agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from transflow import renderers
from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.stories import article as articles
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import StoryChangedError, load_reading, numbered_lines
from transflow.actions.units import steps
from transflow.actions.units.steps import ChangedMeanwhileError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.i18n import _, count, mark, say
from transflow.presenters.queue_lines import ARTICLE_STATES
from transflow.presenters.story_notes import outcome_summary
from transflow.project import CatalogRef
from transflow.stories import compose, story
from transflow.tui.plain.commands import Command
from transflow.tui.plain.regrouping import JOIN, SPLIT, RegroupPrompts
from transflow.tui.plain.sentences import COMMON_COMMANDS
from transflow.tui.plain.session import Session
from transflow.units.marks import state_digest as mark_of


class StoryPrompts(RegroupPrompts):
    """Story mode for the paragraphs of one story."""

    PROMPT = mark("Text: ")
    COMMANDS = (
        Command("v", ("preview", "미리보기"), "preview", mark("the page as it will print")),
        Command("s", ("take", "그대로"), "confirm", mark("take the draft, or confirm the present text")),
        Command("d", ("new", "새초고"), "take_new", mark("take the new draft, where the draft changed")),
        Command("e", ("edit", "고치기"), "edit", mark("put the present text into the line, to edit it")),
        Command("b", ("behind", "원문"), "tell_behind", mark("the Korean sentences behind it")),
        Command("o", ("cut", "빼기"), "cut", mark("leave it out, or take that back"), mark("WHY")),
        Command("m", ("move", "옮기기"), "move", mark("move it after that number; 0 for the top"), mark("NUMBER")),
        Command("i", ("add", "넣기"), "add", mark("add a paragraph of your own after it"), mark("TEXT")),
        Command("w", ("cite", "출처"), "cite", mark("name an article or address that it comes from"), mark("ADDRESS")),
        JOIN,
        SPLIT,
        Command("r", ("ready", "넘기기"), "ready", mark("the story is ready for the editor; again: take that back")),
        Command("a", ("clear", "출고승인"), "clear", mark("clear the story, after hearing it whole; alone with a reason"), mark("WHY")),
        *COMMON_COMMANDS,
    )  # fmt: skip

    def __init__(self, session: Session, place: CatalogRef, unit: str = "") -> None:
        self._checked: tuple[Catalog | None, Sequence[Issue]] = (None, ())
        """Story that was checked last, with its issues."""
        super().__init__(session, place, unit)

    def is_waiting(self, index: int) -> bool:
        return self.view.states[index] in ("untranslated", "needs-work")

    def print_overview(self) -> None:
        super().print_overview()
        article = self.view.catalog
        state = story.article_state(article, load_print_context(self.session.project, self.view.place.locale, article))
        self.talk.say(_("The story: {state}").format(state=_(ARTICLE_STATES[state])))
        if warnings := self._warnings():
            self.talk.say(count("{n} warning", "{n} warnings", len(warnings)))
        self.talk.say(*(f"! {say(issue.message)}" for issue in warnings if not issue.location.unit))

    def read_out(self) -> None:
        super().read_out()
        unit = self.unit
        if unit.previous:
            self.talk.say(_("The draft was: {text}").format(text=unit.previous))
        if unit.refs and unit.source != unit.target:
            self.talk.say(_("Draft: {text}").format(text=unit.source))
        if unit.target:
            self.talk.say(_("Text: {text}").format(text=unit.target))
        if (draft := self.view.draft(unit.id)) is not None:
            self.talk.say(_("Your draft: {text}").format(text=draft.text))

        for issue in self.issues(unit):
            self.talk.say(f"! {say(issue.message)}")

    # Checks

    def issues(self, unit: Unit) -> list[Issue]:
        """Return the issues of a paragraph as it would print that are not waived."""
        return [issue for issue in self._warnings() if issue.location.unit == unit.id]

    def _warnings(self) -> Sequence[Issue]:
        article, place, project = self.view.catalog, self.view.place, self.session.project
        if self.session.assistants.checker is None:
            return ()
        if self._checked[0] is not article:
            newsroom = load_print_context(project, place.locale, article)
            self._checked = article, story_context.warnings(project, place, article, newsroom)
        return self._checked[1]

    # Writing

    def write(self, unit: Unit, text: str) -> None:
        if self.save(steps.confirm, unit, text):
            self.go_to_next_waiting()

    def confirm(self, _rest: str, *, take_new: bool = False) -> None:
        if (done := self.run_on_read_unit(steps.confirm, take_new=take_new)) is not None:
            if message := outcome_summary(done.outcomes.values()):
                self.talk.say(message)
            self.go_to_next_waiting()

    def take_new(self, _rest: str) -> None:
        self.confirm("", take_new=True)

    def edit(self, _rest: str) -> None:
        if self.talk.is_terminal:
            self._prefill = self.view.text(self.unit) or self.unit.source
        else:
            self.session.refuse(_("That needs a terminal: type the whole text instead."))

    def tell_behind(self, _rest: str) -> None:
        article = self.view.catalog
        behind = compose.placement(
            article, load_print_context(self.session.project, self.view.place.locale, article).reports
        )
        for sentence in behind[self.unit.id]:
            self.talk.say(f"{sentence.report}: {sentence.unit.source}", f"→ {sentence.unit.target or '–'}")
        if not behind[self.unit.id]:
            self.talk.say(_("No sentence stands behind it: it is the writer's own."))

    # Arranging

    def _change_story(self, action: Callable[..., Catalog], *arguments: Any, **options: Any) -> None:
        try:
            catalog = self.session.run_action(action, *arguments, **options)
        except ChangedMeanwhileError as error:
            self.read_again(error.catalog)
            return
        if catalog is not None:
            self.refresh(catalog)
            self.read_out()

    def cut(self, reason: str) -> None:
        seen = (mark_of(self.judged_unit),)
        if self.judged_unit.cut:
            self._change_story(articles.cut, self.ref, "", undo=True, seen=seen)
        elif reason := reason or self.talk.ask(_("Why? ")).strip():
            self._change_story(articles.cut, self.ref, reason, seen=seen)

    def move(self, number: str) -> None:
        if after := number or self.talk.ask(_("After which number? ")).strip():
            self._change_story(articles.move, self.ref, after)

    def add(self, text: str) -> None:
        if text := text or self.talk.ask(_("Text: ")).strip():
            self._change_story(articles.add, str(self.view.place), text, self.unit.id)

    def cite(self, address: str) -> None:
        if address := address or self.talk.ask(_("From which article or address? ")).strip():
            self._change_story(articles.cite, self.ref, address)

    # The whole story

    def preview(self, _rest: str) -> None:
        self._tell_page()

    def _tell_page(self) -> bool:
        page = self.session.run_action(partial(_plain_page, name=self.view.place.slug, locale=self.view.place.locale))
        if page is None:
            return False
        self.talk.say("", *page.rstrip().split("\n"), "")
        return True

    def ready(self, _rest: str) -> None:
        is_ready = bool(self.view.catalog.header.get("X-Ready"))
        if not is_ready:
            question = _("Is it ready for an editor, just as you heard it?")
            self._ask_about_story(articles.ready, question, _("It is ready for the editor."), always=False)
            return
        statement = self.session.run_action(articles.ready, str(self.view.place), undo=True)
        if statement is not None:
            self.refresh(statement.article)
            self.talk.say(_("It is not ready any more."))

    def clear(self, reason: str) -> None:
        """Read the page out, ask, and clear the story if it is still the same."""
        clear = partial(articles.clear, alone=reason)
        self._ask_about_story(clear, _("May it go out just as you heard it?"), _("The story is cleared."), always=True)

    def _ask_about_story(
        self, action: Callable[..., articles.Statement], question: str, words: str, *, always: bool
    ) -> None:
        """Read the story and its issues out, ask, and run `action` on that state.

        Without a terminal, the question is asked only if `always`.
        """
        story_read = self.session.run_action(load_reading, str(self.view.place))
        page = (
            self.session.run_action(numbered_lines, story_read.place, story_read.article)
            if story_read is not None
            else None
        )
        if story_read is None or page is None:
            return
        self.talk.say("", *map(say, page), "")
        if story_read.warnings:
            self.talk.say(count("{n} warning", "{n} warnings", len(story_read.warnings)) + ":")
        self.talk.say(*(f"! {issue.location.label}: {say(issue.message)}" for issue in story_read.warnings))
        asks = always or self.talk.is_terminal
        if asks and not self.talk.agree(question):
            return
        try:
            statement = self.session.run_action(action, str(self.view.place), seen=story_read.mark)
        except StoryChangedError as error:
            self.refresh(error.article)
            self.session.refuse(_("Somebody changed the story while you heard it: hear it again."))
            return
        if statement is not None:
            self.refresh(statement.article)
            self.talk.say(words, *([_("second read owed")] if statement.note else []))


def _plain_page(actor: Actor, *, name: str, locale: str) -> str:
    """Return the story as it prints, as plain text, with drafts for unwritten paragraphs."""
    article = actor.project.load(actor.project.find_catalog(f"{locale}:{name}", "articles"))
    page = story.story(article, load_print_context(actor.project, locale, article), actor.now, as_draft=True)
    return renderers.render(page, "txt")
