"""Readiness of a story, said by the writer, and clearance, given by an editor.

Invariant: nobody clears text that was not shown to them. The question shows the story as it prints,
the paragraphs kept back and the warnings; if somebody changed the story since it was displayed, the
changes come first. A refusal is displayed in full, with every paragraph that it names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from rich.text import Text

from transflow.actions import Actor
from transflow.actions.checks import story_context
from transflow.actions.stories import article
from transflow.actions.stories.page import Page, page
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import StoryChangedError
from transflow.errors import TransflowError
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.changes import unit_changes
from transflow.presenters.i18n import _, count, say
from transflow.project import CatalogRef
from transflow.stories import story
from transflow.tui.dialogs import Agree, Ask, Tell
from transflow.tui.screens.undo import UndoSteps


class Read(NamedTuple):
    """Story as it was read just before somebody decides about it."""

    page: Page
    warnings: Sequence[Issue]
    """Issues of paragraphs and of the story as a whole."""
    changes: Text
    """Changes since it was displayed; empty if there are none."""


class ClearanceSteps(UndoSteps):
    """Commands that mark a story as ready, and clear it."""

    page: Page

    def action_ready(self) -> None:
        """Mark the story as ready, or take that back; asks first if the story is cleared."""
        view = self.view
        if view is None or self._has_unsaved_texts():
            return
        name = str(view.place)

        def taken_back(agreed: bool | None) -> None:
            if agreed:
                self.run_step(_withdraw_readiness, name, words=_("Not ready any more: it is being written again."))

        if view.catalog.header.get("X-Cleared"):
            self.app.push_screen(
                Agree(_("Write this story again? An editor cleared it, and has to again.")), taken_back
            )
        elif view.catalog.header.get("X-Ready"):
            taken_back(True)
        else:
            self._read_then(self._ask_ready)

    def _ask_ready(self, read: Read) -> None:
        """Mark the story as ready; asks first if it has warnings or changes."""
        assert self.view is not None
        name = str(self.view.place)

        def answered(agreed: bool | None) -> None:
            if agreed:
                words = _("Ready: an editor reads it and clears it.")
                refused = partial(self._show_reasons, self._ask_ready)
                self.run_step(partial(article.ready, seen=read.page.mark), name, words=words, failed=refused)

        if read.warnings or read.changes:
            about = Text("\n").join([*filter(None, [read.changes]), *self._warning_lines(read.warnings)])
            self.app.push_screen(Agree(_("Ready for an editor, as it reads now?"), about), answered)
        else:
            answered(True)

    def action_clear(self) -> None:
        """Clear the whole story as it prints."""
        if self.view is not None and not self._has_unsaved_texts():
            self._read_then(self._ask_clear)

    def _ask_clear(self, read: Read) -> None:
        def answered(agreed: bool | None) -> None:
            if not agreed:
                return
            if read.page.needs_reason_to_clear:
                question = _("You wrote most of it. Why does nobody else read it?")
                self.app.push_screen(Ask(question, _("A second read is owed then.")), reason_entered)
            else:
                self._clear(read, "")

        def reason_entered(reason: str | None) -> None:
            if reason:
                self._clear(read, reason)

        self.app.push_screen(Agree(_("Clear this story, as it reads now?"), self._preview(read)), answered)

    def _clear(self, read: Read, reason: str) -> None:
        assert self.view is not None
        words = _("Cleared. A second read is owed.") if reason else _("Cleared: it may go out as it reads now.")
        refused = partial(self._show_reasons, self._ask_clear)
        clear = partial(article.clear, seen=read.page.mark)
        self.run_step(clear, str(self.view.place), reason, words=words, failed=refused)

    def _has_unsaved_texts(self) -> bool:
        """Return whether a paragraph has an unsaved text, and say so."""
        view = self.view
        drafted = [unit for unit in view.units if view.draft(unit.id)] if view is not None else []
        if view is not None and drafted:
            numbers = ", ".join(str(view.number(unit.id)) for unit in drafted)
            self.say(_("There are drafts that are not confirmed: {numbers}").format(numbers=numbers), refused=True)
        return bool(drafted)

    # Reading before a decision

    def _read_then(self, ask: Callable[[Read], None]) -> None:
        """Read the story as it is now, then call `ask` with it and its changes."""
        assert self.view is not None
        self.perform_action(partial(_read_story, self.view.place), then=partial(self._ask_about, self.view.place, ask))

    def _ask_about(
        self, place: CatalogRef, ask: Callable[[Read], None], page_and_warnings: tuple[Page, Sequence[Issue]]
    ) -> None:
        if self.view is None or self.view.place != place:
            return
        new_page, old_catalog = page_and_warnings[0], self.view.catalog
        changes = self._changes(old_catalog, new_page.article)
        if new_page.article != old_catalog:
            self.show_catalog(new_page.article)
            self.show_unit()
        ask(Read(new_page, page_and_warnings[1], changes))

    def _changes(self, before: Catalog, now: Catalog) -> Text:
        """Return the changes between two states of the story in print, by paragraph."""
        old = {unit.id: unit for unit in story.printed_units(before)}
        new = {unit.id: unit for unit in story.printed_units(now)}
        numbers = {unit.id: number for number, unit in enumerate(now.units, 1)}
        parts = [
            unit_changes(old.get(unit.id, unit.replace(target="")), unit, numbers[unit.id], self.format_time)
            for unit in new.values()
            if unit.id not in old or _printed_fields(old[unit.id]) != _printed_fields(unit)
        ]
        parts += [Text(f"– {unit.target or unit.source}") for unit in old.values() if unit.id not in new]
        if [each for each in old if each in new] != [each for each in new if each in old]:
            parts.append(Text(_("The paragraphs stand in another order.")))
        if not parts:
            return Text()
        return Text("\n").join([Text(_("Somebody changed it after you read it:"), "bold"), *parts, Text()])

    def _warning_lines(self, warnings: Sequence[Issue]) -> list[Text]:
        """Return the number of warnings, and one line for each."""
        assert self.view is not None
        if not warnings:
            return []
        lines = [Text(count("{n} warning", "{n} warnings", len(warnings)), "bold")]
        for issue in warnings:
            unit_id = issue.location.unit
            number = f"{self.view.number(unit_id)}: " if unit_id in self.view.places else ""
            lines.append(Text(f"! {number}{say(issue.message, self.command_label)}"))
        return lines

    def _preview(self, read: Read) -> Text:
        assert self.view is not None
        printed = [unit for unit in self.view.units if not unit.cut and not unit.omitted]
        kept_back = [(unit, why) for unit in printed if (why := read.page.blockers.get(unit.id))]
        lines = [*filter(None, [read.changes]), *self._warning_lines(read.warnings)]
        lines += [Text(f"✗ {self.view.number(unit.id)}: {say(why, self.command_label)}") for unit, why in kept_back]
        lines += [Text()] if lines else []
        lines.append(Text(next((unit.target for unit in printed if unit.kind == "headline"), ""), "bold"))
        words = sum(len(unit.target.split()) for unit in printed)
        size = count("{n} paragraph", "{n} paragraphs", len(printed)) + " · " + count("{n} word", "{n} words", words)
        lines += [Text(line) for line in (read.page.byline, size, read.page.credit_line) if line]
        return Text("\n").join(lines)

    def _show_reasons(self, ask: Callable[[Read], None], error: Exception) -> None:
        """Display everything that prevents it, one line each.

        If somebody changed the story in the meantime, read it and ask again.
        """
        self.finish_step()
        if isinstance(error, StoryChangedError):
            self._read_then(ask)
            return
        if not isinstance(error, TransflowError) or "\n" not in str(error):
            self.refuse(error)
            return
        self.app.push_screen(Tell(_("Not yet"), Text(say(error.message, self.command_label))))


def _printed_fields(unit: Unit) -> tuple[str, str, str]:
    return unit.kind, unit.source, unit.target


def _withdraw_readiness(actor: Actor, name: str) -> article.Statement:
    return article.ready(actor, name, undo=True)


def _read_story(place: CatalogRef, actor: Actor) -> tuple[Page, Sequence[Issue]]:
    read = page(actor, place)
    newsroom = load_print_context(actor.project, place.locale, read.article)
    return read, story_context.warnings(actor.project, place, read.article, newsroom)
