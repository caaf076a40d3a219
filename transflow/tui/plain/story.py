"""Story mode by prompts: paragraphs, the page as it will print, readiness and clearance.

Invariant: a story is cleared only after the page was read out as it stands, and the person agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from transflow import renderers
from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.stories.page import page
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.units import steps
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.dialogues import paragraphs, publishing
from transflow.presenters.dialogues.clearance import clear_as_heard, switch_readiness_as_heard
from transflow.presenters.dialogues.live import switch_live
from transflow.presenters.dialogues.mistakes import mend_page
from transflow.presenters.headlines import title
from transflow.presenters.i18n import _, count, mark, say
from transflow.presenters.live_notes import left_out_lines, page_mark, to_come_lines
from transflow.presenters.mode_rules import Translating
from transflow.presenters.queue_lines import ARTICLE_STATES, WHAT_TO_DO
from transflow.project import CatalogRef
from transflow.stories import compose, story
from transflow.stories.clearance import article_state
from transflow.stories.page_state import page_state
from transflow.tui.plain.commands import Command
from transflow.tui.plain.position import Position
from transflow.tui.plain.regrouping import JOIN, SPLIT, regroup_commands
from transflow.tui.plain.sentences import COMMON_COMMANDS, CatalogPrompts
from transflow.tui.plain.session import Session


class StoryIssues:
    """Checks of an open story as it would print."""

    def __init__(self, position: Position) -> None:
        self._position = position
        self._checked: tuple[Catalog | None, Sequence[Issue]] = (None, ())
        """Story that was checked last, with its issues."""

    def of(self, unit: Unit) -> list[Issue]:
        """Return the issues of a paragraph that are not waived."""
        return [issue for issue in self.all() if issue.location.unit == unit.id]

    def all(self) -> Sequence[Issue]:
        """Return the issues of the paragraphs, and of the story as a whole."""
        session, view = self._position.session, self._position.view
        if session.assistants.checker is None:
            return ()
        if self._checked[0] is not view.catalog:
            context = load_print_context(session.project, view.place.locale, view.catalog)
            found = story_context.warnings(session.project, view.place, view.catalog, context)
            self._checked = view.catalog, found
        return self._checked[1]


class StoryPrompts(CatalogPrompts):
    """Story mode for the paragraphs of one story."""

    PROMPT = mark("Text: ")
    COMMANDS = (
        Command("v", ("preview", "미리보기"), "preview", mark("the page as it will print")),
        Command("s", ("take", "그대로"), "confirm", mark("accept the translations, or the present text")),
        Command("d", ("new", "새초고"), "take_new", mark("take the changed translations")),
        Command("e", ("edit", "고치기"), "edit", mark("put the present text into the line, to edit it")),
        Command("b", ("behind", "원문"), "tell_behind", mark("the Korean sentences behind it")),
        Command("o", ("cut", "빼기"), "cut", mark("leave it out, or take that back"), mark("WHY")),
        Command("m", ("move", "옮기기"), "move", mark("move it after that number; 0 for the top"), mark("NUMBER")),
        Command("i", ("add", "넣기"), "add", mark("add a paragraph of your own after it"), mark("TEXT")),
        Command("w", ("cite", "출처"), "cite", mark("name an article or address that it comes from"), mark("ADDRESS")),
        JOIN,
        SPLIT,
        Command("r", ("ready", "넘기기"), "ready", mark("hand the story to the editor; again: take that back")),
        Command("a", ("clear", "출고승인"), "clear", mark("clear it to publish, after hearing it whole; alone with a reason"), mark("WHY")),
        Command("t", ("take-in", "새로"), "take_in", mark("take in what changed or was finished in the reports")),
        Command("y", ("live", "속보"), "switch_live", mark("make the story live, or no longer live")),
        Command("g", ("page", "지면"), "show_page", mark("make the page, marked if it must not go out yet")),
        Command("u", ("published", "주소"), "record_address", mark("record the address where it is published"), mark("ADDRESS")),
        Command("z", ("mistake", "잘못"), "mend_page", mark("the page is wrong: correct it, clarify it, or withdraw the story")),
        *COMMON_COMMANDS,
    )  # fmt: skip

    issues: StoryIssues

    def __init__(self, session: Session, place: CatalogRef, unit: str = "") -> None:
        super().__init__(session, place, unit, Translating(), StoryIssues)
        view, position = self.view, self.position
        self.commands = {
            **self.commands,
            **regroup_commands(self, place.locale),
            "preview": self._preview,
            "confirm": lambda _rest: self.converse(paragraphs.confirm_as_heard(view, position.judged)),
            "take_new": lambda _rest: self.converse(paragraphs.confirm_as_heard(view, position.judged, take_new=True)),
            "edit": self._edit,
            "tell_behind": self._tell_behind,
            "cut": lambda reason: self.converse_and_read_out(paragraphs.cut(view, [position.judged], reason)),
            "move": lambda number: self.converse_and_read_out(paragraphs.move_to_number(view, position.unit, number)),
            "add": lambda text: self.converse_and_read_out(paragraphs.add_one(view, position.unit, text)),
            "cite": lambda source: self.converse_and_read_out(paragraphs.cite(view, [position.unit], source)),
            "ready": lambda _rest: self.converse(switch_readiness_as_heard(view, asks=self.talk.is_terminal)),
            "take_in": lambda _rest: self.converse(paragraphs.compose_again(view)),
            "switch_live": lambda _rest: self.converse(switch_live(view)),
            "show_page": lambda _rest: self.converse(publishing.show_page(view)),
            "record_address": lambda address: self.converse(publishing.record_address(view, address)),
            "mend_page": lambda _rest: self.converse_and_read_out(mend_page(view, position.unit)),
            "clear": lambda reason: self.converse(clear_as_heard(view, reason)),
        }

    def print_overview(self) -> None:
        super().print_overview()
        article = self.view.catalog
        context = load_print_context(self.session.project, self.view.place.locale, article)
        state, pages = article_state(article, context), page_state(article, context)
        self.talk.say(_("The story: {state}").format(state=_(ARTICLE_STATES[state])))
        if pages:
            self.talk.say(_(WHAT_TO_DO[pages]))
        shown = page(self.session.actor(), self.view.place, article)
        self.talk.say(*filter(None, [page_mark(shown)]), *to_come_lines(shown), *left_out_lines(shown))
        if warnings := self.issues.all():
            self.talk.say(count("{n} warning", "{n} warnings", len(warnings)))
        self.talk.say(*(f"! {say(issue.message)}" for issue in warnings if not issue.location.unit))

    def read_out(self) -> None:
        super().read_out()
        unit = self.position.unit
        if unit.previous:
            self.talk.say(_("The translations said: {text}").format(text=unit.previous))
        if unit.refs and unit.source != unit.target:
            self.talk.say(_("From the translations: {text}").format(text=unit.source))
        if unit.target:
            self.talk.say(_("Text: {text}").format(text=unit.target))
        if (draft := self.view.draft(unit.id)) is not None:
            self.talk.say(_("Not saved yet: {text}").format(text=draft.text))
        self.talk.say(*(f"! {say(issue.message)}" for issue in self.issues.of(unit)))

    # Writing

    def write(self, unit: Unit, text: str) -> None:
        if self.save(steps.confirm, unit, text):
            self.go_to_next_waiting()

    def _edit(self, _rest: str) -> None:
        unit = self.position.unit
        self.prefill_line(self.view.text(unit) or unit.source)

    # Reading

    def _tell_behind(self, _rest: str) -> None:
        """Print the sentences behind the paragraph."""
        article = self.view.catalog
        context = load_print_context(self.session.project, self.view.place.locale, article)
        behind = compose.placement(article, context.reports)[self.position.unit.id]
        for sentence in behind:
            report = CatalogRef(self.view.place.locale, "reports", sentence.report)
            self.talk.say(f"{title(report)}: {sentence.unit.source}", f"→ {sentence.unit.target or '–'}")
        if not behind:
            self.talk.say(_("No sentence stands behind it: it is the writer's own."))

    def _preview(self, _rest: str) -> None:
        place = self.view.place
        text = self.session.run_action(partial(_plain_page, name=place.slug, locale=place.locale))
        if text is not None:
            self.talk.say("", *text.rstrip().split("\n"), "")


def _plain_page(actor: Actor, *, name: str, locale: str) -> str:
    """Return the story as it prints, as plain text, with drafts for unwritten paragraphs."""
    article = actor.project.load(actor.project.find_catalog(f"{locale}:{name}", "articles"))
    printed = story.story(article, load_print_context(actor.project, locale, article), actor.now, as_draft=True)
    return renderers.render(printed, "txt")
