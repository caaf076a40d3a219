"""Output about the live pages of a story, and the question before texts of one are taken over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from transflow.actions import Actor
from transflow.actions.stories import live_page
from transflow.actions.stories.live_page import FoundDifference, PageLook, StoryLook, TakenText
from transflow.cli.formatting import pluralize
from transflow.cli.judging import confirm
from transflow.cli.long_progress import long_progress
from transflow.cli.notices import notify, print_text
from transflow.cli.session import read_input
from transflow.cli.streams import is_interactive
from transflow.errors import RefusedError
from transflow.messages import CommandRef, Message, Messages
from transflow.network.pages import LARGEST_PAGE
from transflow.presenters.changes import word_diff
from transflow.web_pages.parts import PageDifference

MESSAGES = Messages(
    __name__,
    {
        "looking": "Looking at pages",
        "saved": "the saved page",
        "unread": "{page}: could not be read: {why}",
        "same": "{page}: as recorded",
        "differs": (
            "{page}: {n} difference",
            "{page}: {n} differences",
        ),
        "newer": "The story has changed since this page was recorded: a newer version is ready.",
        "changed": "  {name}: the page has: {live}",
        "missing": "  {name} is not on the page: {recorded}",
        "missing/head": "  {name} is not on the page; its design may not print it: {recorded}",
        "added": "  The page has a paragraph that the record does not have: {live}",
        "moved": "  {name} stands elsewhere on the page: {live}",
        "headline": "the headline",
        "deck": "the deck",
        "byline": "the byline",
        "credit": "the credit line",
        "label": "the label of machine drafts",
        "paragraph": "a paragraph that the story no longer has",
        "take": "To take the text of a paragraph into the record: {command}",
        "question": "Take {paragraphs} from the page?",
        "yes": "several paragraphs would be changed: say --yes, or name one.",
        "nothing": "There is nothing to take: no paragraph reads differently on the page.",
        "taken": "{ref}: taken from the page",
        "clear": "The story has to be cleared again: {command}.",
    },
)


def saved_page(path: str) -> bytes | None:
    """Return the page in a file that the user named, or None for the recorded addresses."""
    return read_input(path, LARGEST_PAGE) if path else None


def look(actor: Actor, name: str, path: str, addresses: Sequence[str]) -> StoryLook:
    """Look at the pages of a story, with a progress bar where that takes long."""
    saved = saved_page(path)
    with long_progress(MESSAGES("looking"), after=0) as progress:
        return live_page.look(actor, name, saved, addresses, progress=progress)


def exit_code(found: StoryLook) -> int:
    """Return 3 if a page could not be read, or else 1 if a text differs, or else 0."""
    return 3 if any(page.why_unread for page in found.pages) else int(any(page.differs for page in found.pages))


# What differs


def print_look(found: StoryLook) -> None:
    for page in found.pages:
        _print_page(page)
    if any(each.ref and each.difference.kind == "changed" for page in found.pages for each in page.differences):
        notify(MESSAGES("take", command=CommandRef(f"published {found.place} --take N --by ID")))


def _print_page(page: PageLook) -> None:
    name = page.address or MESSAGES("saved")
    if page.why_unread:
        print_text(MESSAGES("unread", page=name, why=page.why_unread))
    elif page.differences:
        print_text(MESSAGES("differs", page=name, n=len(page.differences)))
    else:
        print_text(MESSAGES("same", page=name))
    if page.has_newer:
        notify(MESSAGES("newer"))
    for each in page.differences:
        print_text(_line(each))


def _line(found: FoundDifference) -> Message:
    difference = found.difference
    recorded = difference.part.text if difference.part else ""
    values: dict[str, Any] = {"name": part_name(found), "recorded": recorded, "live": difference.live}
    if difference.kind == "changed":
        values["live"] = word_diff(recorded, difference.live).plain
    return MESSAGES("missing/head" if difference.is_head else difference.kind, **values)


def part_name(found: FoundDifference) -> str:
    """Return the reference of a paragraph, or the name of a part that has none."""
    part = found.difference.part
    return found.ref or (MESSAGES(part.role) if part else "")


def look_values(found: StoryLook) -> list[dict[str, Any]]:
    """Return what was found on the pages as plain values."""
    return [
        {
            "address": page.address,
            "unread": str(page.why_unread),
            "newer_version": page.has_newer,
            "differences": [_values(each) for each in page.differences],
        }
        for page in found.pages
    ]


def _values(found: FoundDifference) -> dict[str, str]:
    difference: PageDifference = found.difference
    return {
        "kind": difference.kind,
        "part": difference.part.role if difference.part else "paragraph",
        "ref": found.ref,
        "severity": "hint" if difference.is_head else "warning",
        "recorded": difference.part.text if difference.part else "",
        "live": difference.live,
    }


# Taking texts over


def take(
    actor: Actor, name: str, numbers: str, path: str, addresses: Sequence[str], *, dry_run: bool, yes: bool
) -> tuple[TakenText, ...]:
    """Take paragraphs from a page after a preview, and one question where there are several.

    Return the texts. Raise RefusedError if the answer is no, or nobody can be asked.
    """
    texts = live_page.plan(actor, name, numbers, saved_page(path), addresses)
    for each in texts:
        click.echo(f"{each.ref}: {word_diff(each.old, each.new).plain}", err=not dry_run)
    if not texts:
        notify(MESSAGES("nothing"))
    if dry_run or not texts:
        return texts
    if len(texts) > 1 and not yes:
        if not is_interactive():
            raise RefusedError(MESSAGES("yes"))
        confirm(MESSAGES("question", paragraphs=pluralize(len(texts), "paragraph")))
    done = live_page.take(actor, name, texts)
    for each in texts:
        print_text(MESSAGES("taken", ref=each.ref))
    if done.unsigned:
        notify(done.unsigned)
    notify(MESSAGES("clear", command=CommandRef(f"clear {done.place}")))
    return texts
