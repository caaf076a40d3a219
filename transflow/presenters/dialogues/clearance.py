"""Dialogues about the readiness of a story, said by the writer, and clearance, given by an editor.

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
from transflow.actions.stories import clearance
from transflow.actions.stories.page import Page, page
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.stories.reading import StoryChangedError, load_reading, numbered_lines
from transflow.errors import TransflowError
from transflow.messages import CommandRef
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.changes import unit_changes
from transflow.presenters.dialogues.requests import (
    ChangeCatalog,
    Dialogue,
    Say,
    Show,
    ShowCatalog,
    TextToRead,
    agree,
    ask,
    perform,
)
from transflow.presenters.formatting import Formats
from transflow.presenters.headlines import named
from transflow.presenters.i18n import _, count, say
from transflow.presenters.live_notes import to_come_lines
from transflow.project import CatalogRef
from transflow.stories import publications
from transflow.stories.printed import printed_units


class Read(NamedTuple):
    """Story as it was read just before somebody decides about it."""

    page: Page
    warnings: Sequence[Issue]
    """Issues of paragraphs and of the story as a whole."""
    changes: Text
    """Changes since it was displayed; empty if there are none."""


def switch_readiness(view: CatalogView, formats: Formats) -> Dialogue[None]:
    """Mark the story as ready, or take that back, which is asked first."""
    if problem := unsaved_texts_problem(view):
        yield Say(problem, refused=True)
    elif is_ready(view) and view.catalog.header.get("X-Cleared"):
        if (yield from agree(_("Write this story again? An editor cleared it, and has to again."))):
            yield _withdrawal(view)
    elif is_ready(view) and publications.is_published(view.catalog):
        if (yield from agree(_("Write this story again? It is published; an editor clears it again then."))):
            yield _withdrawal(view)
    elif is_ready(view):
        if (yield from agree(_("Write this story again? It waits for an editor, who would not see it any more."))):
            yield _withdrawal(view)
    else:
        yield from _until_unchanged(_mark_ready, view, formats)


def is_ready(view: CatalogView) -> bool:
    """Return whether a story is with an editor; a killed one is not."""
    return bool(view.catalog.header.get("X-Ready")) and not publications.kill_record(view.catalog)


def _withdrawal(view: CatalogView) -> ChangeCatalog:
    words = _("Taken back from the editor: it is being written again.")
    return ChangeCatalog(_withdraw_readiness, (str(view.place),), words, _("It is taken back from the editor."))


def clear(view: CatalogView, formats: Formats) -> Dialogue[None]:
    """Clear the whole story as it prints; whoever cannot is told before reading it."""
    if problem := unsaved_texts_problem(view):
        yield Say(problem, refused=True)
        return
    yield from perform(clearance.check_may_clear, view.place)
    yield from _until_unchanged(_clear, view, formats)


def _until_unchanged(
    decide: Callable[[CatalogView, Read, Formats], Dialogue[None]], view: CatalogView, formats: Formats
) -> Dialogue[None]:
    """Read the story, and decide about it; again if somebody changed it in the meantime."""
    while True:
        read = yield from _read(view, formats)
        try:
            yield from decide(view, read, formats)
        except StoryChangedError:
            continue
        except TransflowError as error:
            if "\n" not in str(error):
                raise
            yield TextToRead(_("Not yet"), Text(say(error.message, formats.command)))
        return


def _mark_ready(view: CatalogView, read: Read, formats: Formats) -> Dialogue[None]:
    """Mark the story as ready; asks first if it has warnings or changes, unless it is refused."""
    if obstacle := (yield from perform(clearance.obstacle_to_ready, view.place)):
        yield from _lead_to(obstacle, view, _warning_lines(view, read.warnings, formats), formats)
        return
    if read.warnings or read.changes or read.page.to_come:
        lines = [*filter(None, [read.changes]), *_warning_lines(view, read.warnings, formats)]
        about = Text("\n").join([*lines, *map(Text, to_come_lines(read.page))])
        if not (yield from agree(_("Hand it to an editor, as it reads now?"), about)):
            return
    words = _("Handed to an editor, who reads it and clears it to publish.")
    yield ChangeCatalog(partial(clearance.ready, seen=read.page.mark), (str(view.place),), words)


def _clear(view: CatalogView, read: Read, formats: Formats) -> Dialogue[None]:
    """Clear the story, after one question, unless it is refused."""
    if obstacle := (yield from perform(clearance.obstacle_to_clear, view.place)):
        yield from _lead_to(obstacle, view, _warning_lines(view, read.warnings, formats), formats)
        return
    if not (yield from agree(_("Clear this story to publish, as it reads now?"), _preview(view, read, formats))):
        return
    reason: str | None = ""
    if read.page.needs_reason_to_clear:
        question = _("You wrote most of it. Why does nobody else read it?")
        reason = yield from ask(question, _("A second read is owed then."))
        if not reason:
            return
    words = _cleared(
        _("Cleared. A second read is owed.") if reason else _("Cleared: it may go out as it reads now."), formats
    )
    done = yield ChangeCatalog(partial(clearance.clear, seen=read.page.mark), (str(view.place), reason), words)
    if done.has_ended_live:
        yield Say(" ".join((_("No longer live: nothing is to come."), words)))
    elif done.stays_live:
        stays = _("Still live, as a headline of its reports announces more: {key} ends that.")
        yield Say(" ".join((words, stays.format(key=formats.command(CommandRef("settle"))))))


def _lead_to(
    obstacle: clearance.Obstacle, view: CatalogView, warnings: Sequence[Text], formats: Formats
) -> Dialogue[None]:
    """Say why something will be refused, and display the paragraph to begin with."""
    why = Text(say(obstacle.why, formats.command))
    yield TextToRead(_("Not yet"), Text("\n").join([why, *([Text()] if warnings else []), *warnings]))
    if obstacle.paragraph:
        yield Show("story", view.place, obstacle.paragraph)
        yield Say(say(obstacle.why, formats.command), refused=True)


def _cleared(words: str, formats: Formats) -> str:
    """Return the message after clearing, with what comes next."""
    page, address = formats.command(CommandRef("render")), formats.command(CommandRef("published"))
    return _("{words} Show the page: {page}. Record its address: {address}.").format(
        words=words, page=page, address=address
    )


# In the linear mode, which reads the page out


def switch_readiness_as_heard(view: CatalogView, *, asks: bool) -> Dialogue[None]:
    """Mark the story as ready once it was read out, or take that back.

    With `asks`, the person is asked whether it is.
    """
    if is_ready(view):
        yield _withdrawal(view)
        return
    question = _("Hand it to an editor, just as you heard it?") if asks else ""
    yield from _decide_as_heard(view, clearance.ready, question, _("It is handed to the editor."))


def clear_as_heard(view: CatalogView, reason: str) -> Dialogue[None]:
    """Read the page out, ask, and clear the story if it is still the same."""
    yield from perform(clearance.check_may_clear, view.place)
    question = _("May it go out just as you heard it?")
    yield from _decide_as_heard(view, partial(clearance.clear, alone=reason), question, _("The story is cleared."))


def _decide_as_heard(
    view: CatalogView, action: Callable[..., clearance.Statement], question: str, words: str
) -> Dialogue[None]:
    """Read the story and its issues out, ask (unless `question` is empty), and run `action`."""
    read = yield from perform(load_reading, str(view.place))
    lines = yield from perform(numbered_lines, read.place, read.article)
    surroundings = yield from perform(page, read.place, read.article)
    heard = ["", *map(say, lines), "", *to_come_lines(surroundings), *map(str, machine_lines(surroundings))]
    if read.warnings:
        heard.append(count("{n} warning", "{n} warnings", len(read.warnings)) + ":")
    heard += [f"! {named('ref', issue.location.label)}: {say(issue.message)}" for issue in read.warnings]
    yield TextToRead("", Text("\n".join(heard)))
    if question and not (yield from agree(question)):
        return
    try:
        statement = yield ChangeCatalog(partial(action, seen=read.mark), (str(view.place),), words)
    except StoryChangedError as error:
        yield ShowCatalog(error.article)
        yield Say(_("Somebody changed the story while you heard it: hear it again."), refused=True)
        return
    if statement.has_ended_live:
        yield Say(_("No longer live: nothing is to come."))
    if statement.note:
        yield Say(_("second read owed"))


def unsaved_texts_problem(view: CatalogView) -> str:
    """Return which paragraphs have an unsaved text; "" if none has one."""
    numbers = ", ".join(str(view.number(unit.id)) for unit in view.units if view.draft(unit.id))
    return _("There are texts that are not saved yet: {numbers}").format(numbers=numbers) if numbers else ""


def _read(view: CatalogView, formats: Formats) -> Dialogue[Read]:
    """Read the story as it is now, and display it if it changed."""
    before = view.catalog
    new_page, warnings = yield from perform(partial(_page_and_warnings, view.place))
    changes = story_changes(before, new_page.article, formats)
    if new_page.article != before:
        yield ShowCatalog(new_page.article)
    return Read(new_page, warnings, changes)


def story_changes(before: Catalog, now: Catalog, formats: Formats) -> Text:
    """Return the changes between two states of a story in print, by paragraph."""
    old = {unit.id: unit for unit in printed_units(before)}
    new = {unit.id: unit for unit in printed_units(now)}
    numbers = {unit.id: number for number, unit in enumerate(now.units, 1)}
    parts = [
        unit_changes(old.get(unit.id, unit.replace(target="")), unit, numbers[unit.id], formats)
        for unit in new.values()
        if unit.id not in old or _printed_fields(old[unit.id]) != _printed_fields(unit)
    ]
    parts += [Text(f"– {unit.target or unit.source}") for unit in old.values() if unit.id not in new]
    if [each for each in old if each in new] != [each for each in new if each in old]:
        parts.append(Text(_("The paragraphs stand in another order.")))
    if not parts:
        return Text()
    return Text("\n").join([Text(_("Somebody changed it after you read it:"), "bold"), *parts, Text()])


def _warning_lines(view: CatalogView, warnings: Sequence[Issue], formats: Formats) -> list[Text]:
    """Return the number of warnings, and one line for each."""
    if not warnings:
        return []
    lines = [Text(count("{n} warning", "{n} warnings", len(warnings)), "bold")]
    for issue in warnings:
        unit_id = issue.location.unit
        number = f"{view.number(unit_id)}: " if unit_id in view.places else ""
        lines.append(Text(f"! {number}{say(issue.message, formats.command)}"))
    return lines


def _preview(view: CatalogView, read: Read, formats: Formats) -> Text:
    printed = [unit for unit in view.units if not unit.cut and not unit.omitted]
    kept_back = [(unit, why) for unit in printed if (why := read.page.blockers.get(unit.id))]
    lines = [*filter(None, [read.changes]), *_warning_lines(view, read.warnings, formats)]
    lines += [Text(f"✗ {view.number(unit.id)}: {say(why, formats.command)}") for unit, why in kept_back]
    lines += [Text()] if lines else []
    lines.append(Text(next((unit.target for unit in printed if unit.kind == "headline"), ""), "bold"))
    words = sum(len(unit.target.split()) for unit in printed)
    size = count("{n} paragraph", "{n} paragraphs", len(printed)) + " · " + count("{n} word", "{n} words", words)
    lines += [Text(line) for line in (read.page.byline, size, read.page.credit_line, read.page.label) if line]
    lines += machine_lines(read.page)
    lines += map(Text, ["", *to_come_lines(read.page)] if read.page.to_come else [])
    return Text("\n").join(lines)


def machine_lines(page: Page) -> list[Text]:
    """Return how much of a story began as machine drafts, and that nothing in it is a person's."""
    if not page.share.began:
        return []
    complaint = page.share.complaint(page.label)
    return [Text(say(page.share.message)), *([Text(say(complaint), "bold")] if complaint else [])]


def _printed_fields(unit: Unit) -> tuple[str, str, str]:
    return unit.kind, unit.source, unit.target


def _withdraw_readiness(actor: Actor, name: str) -> clearance.Statement:
    return clearance.ready(actor, name, undo=True)


def _page_and_warnings(place: CatalogRef, actor: Actor) -> tuple[Page, Sequence[Issue]]:
    read = page(actor, place)
    newsroom = load_print_context(actor.project, place.locale, read.article)
    return read, story_context.warnings(actor.project, place, read.article, newsroom)
