"""Byline, credit line and headline, and the sources of a writer's own paragraphs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping

from transflow.language.scripts import foreign_runs
from transflow.messages import CommandRef, Message, Messages
from transflow.model.issue import Issue, Severity
from transflow.story_checks import CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {
    "story.byline": "warning",
    "story.credit": "warning",
    "story.credit-typed": "warning",
    "story.headline": "hint",
    "story.script": "error",
    "story.tag": "hint",
    "story.uncited": "warning",
}
MESSAGES = Messages(
    __name__,
    {
        "story.byline": "the story has no byline: no report that it uses names its reporter.",
        "story.credit": "every word is a machine's: label it, or have it rewritten.",
        "story.credit-typed": "credits are printed automatically, from who did the work: delete them here.",
        "story.headline": "a headline has capitals only at its beginning and in names, not in: {words}.",
        "story.script/dateline": "the dateline has “{text}”, as its report writes it: {command} gives its spelling.",
        "story.script/byline": "the byline has “{text}”, as its report writes it: add the person's name to transflow.toml, "
        "with this one as an alias.",
        "story.script/credit": "the credit line has “{text}” in the script of the report: spell the name in transflow.toml "
        "as this story prints it.",
        "story.script/section": "the section is “{text}”, in the script of the report: write it in the language of the story.",
        "story.tag": "the tag “{text}” has no spelling in the glossary, and is not printed: {command} gives it one.",
        "story.script/publisher": "the name of the publication has “{text}” in the script of the report: transflow.toml "
        "has the name that stories print.",
        "story.uncited": "this paragraph is the writer's own and has facts: name their source with {command}.",
    },
)
_BEHIND = (("유엔은 서한을 공개했다.", "The U.N. released the letter."),)
PASSING = (
    StoryExample(
        ("UN releases letter on refugees in China", "The U.N. released the letter."), _BEHIND, kinds=("headline",)
    ),
    StoryExample(("It was a cold night.",)),
)
FAILING = (
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.byline", reporters=()),
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.script", reporters=("이정은",)),
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.script", dateline="강변시"),
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.script", credits=("이정은",)),
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.credit", credits=()),
    StoryExample(("The U.N. spoke.", "Translated by Claire Lee."), _BEHIND, "story.credit-typed"),
    StoryExample(
        ("UN Releases Letter On Seven Refugees", "The U.N. releases a letter on seven refugees."),
        _BEHIND,
        "story.headline",
        kinds=("headline",),
    ),
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.tag", unspelled_tags=("유엔",)),
    StoryExample(("About 30,000 have reached the South since the 1990s.",), (), "story.uncited"),
)
_TYPED = re.compile(r"^\W*(?:Translated|Written(?: in English)?|Edited|Reported|Additional reporting) by [A-Z]")
_FACT = re.compile('[0-9]|[“"][^“”"]+ [^“”"]+ [^“”"]+[”"]')
_TITLE_CASE = 3
"""Number of capitalised headline words, in lower case in the text, that make it title case."""


def check(story: CheckedStory) -> Iterator[Issue]:
    is_based = any(each.behind for each in story.paragraphs)
    if is_based and not story.is_signed:
        yield _story_issue("story.byline", MESSAGES("story.byline"))
    yield from _foreign_script(story)
    for tag in story.unspelled_tags:
        command = CommandRef(f"glossary add {shlex.quote(tag)} SPELLING")
        yield _story_issue("story.tag", MESSAGES("story.tag", text=tag, command=command))
    if is_based and not story.credits:
        yield _story_issue("story.credit", MESSAGES("story.credit"))
    if story.locale.startswith("en"):
        yield from _typed(story)
        yield from _headline(story)
    for paragraph in story.body:
        unit = paragraph.unit
        own = not paragraph.behind and not unit.refs and not unit.cites and unit.variant != "correction"
        if own and (fact := _FACT.search(paragraph.text)):
            message = MESSAGES("story.uncited", command=CommandRef("article cite"))
            yield Issue("story.uncited", IDS["story.uncited"], message, None, fact.span(), location=paragraph.location)


def _foreign_script(story: CheckedStory) -> Iterator[Issue]:
    """Yield an issue for everything beside the text that prints in the script of a report."""
    parts = [
        ("dateline", story.dateline),
        *(("byline", name) for name in story.reporters),
        *(("credit", name) for name in story.credits),
        ("section", story.section),
        ("publisher", story.publisher),
    ]
    for part, text in parts:
        if any(any(foreign_runs(text, source, story.locale)) for source in story.languages):
            command = CommandRef(f"glossary add {shlex.quote(text)} SPELLING --kind place")
            yield _story_issue("story.script", MESSAGES(f"story.script/{part}", text=text, command=command))


def _story_issue(check_id: str, message: Message) -> Issue:
    return Issue(check_id, IDS[check_id], message)


def _typed(story: CheckedStory) -> Iterator[Issue]:
    for paragraph in story.body:
        if found := _TYPED.search(paragraph.text):
            message = MESSAGES("story.credit-typed")
            yield Issue(
                "story.credit-typed",
                IDS["story.credit-typed"],
                message,
                None,
                found.span(),
                location=paragraph.location,
            )


def _headline(story: CheckedStory) -> Iterator[Issue]:
    """Yield an issue for a headline in title case.

    Its words are capitalised where the text writes them in lower case.
    """
    small = {word for each in story.body for word in re.findall(r"(?<![\w’'-])[a-z]+", each.text)}
    for paragraph in story.paragraphs:
        if paragraph.unit.kind == "headline":
            raised = [word for word in re.findall(r"(?<=\s)[A-Z][a-z]+", paragraph.text) if word.lower() in small]
            if len(raised) >= _TITLE_CASE:
                message = MESSAGES("story.headline", words=", ".join(raised))
                yield Issue("story.headline", IDS["story.headline"], message, location=paragraph.location)
