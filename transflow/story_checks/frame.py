"""Byline, credit line and headline, and the sources of a writer's own paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.messages import CommandRef, Message, Messages
from transflow.model.issue import Issue, Severity
from transflow.story_checks import CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {
    "story.byline": "warning",
    "story.credit": "warning",
    "story.credit-typed": "warning",
    "story.headline": "hint",
    "story.uncited": "warning",
}
MESSAGES = Messages(
    __name__,
    {
        "story.byline": "the story has no byline: no report that it uses names its reporter.",
        "story.byline/hangul": "the byline has “{name}” in Korean: add the person's English name to transflow.toml, or "
        "this one as an alias.",
        "story.credit": "nobody is credited, because the text has no translator and no writer.",
        "story.credit-typed": "credits are printed automatically, from who did the work: delete them here.",
        "story.headline": "a headline has capitals only at its beginning and in names, not in: {words}.",
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
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.byline", reporters=("이정은",)),
    StoryExample(("The U.N. released the letter.",), _BEHIND, "story.credit", credits=()),
    StoryExample(("The U.N. spoke.", "Translated by Claire Lee."), _BEHIND, "story.credit-typed"),
    StoryExample(
        ("UN Releases Letter On Seven Refugees", "The U.N. releases a letter on seven refugees."),
        _BEHIND,
        "story.headline",
        kinds=("headline",),
    ),
    StoryExample(("About 30,000 have reached the South since the 1990s.",), (), "story.uncited"),
)
_HANGUL = re.compile("[가-힣]")
_TYPED = re.compile(r"^\W*(?:Translated|Written(?: in English)?|Edited|Reported|Additional reporting) by [A-Z]")
_FACT = re.compile('[0-9]|[“"][^“”"]+ [^“”"]+ [^“”"]+[”"]')
_TITLE_CASE = 3
"""Number of capitalised headline words, in lower case in the text, that make it title case."""


def check(story: CheckedStory) -> Iterator[Issue]:
    is_based = any(each.behind for each in story.paragraphs)
    if is_based and not story.is_signed:
        yield _story_issue("story.byline", MESSAGES("story.byline"))
    for name in story.reporters:
        if _HANGUL.search(name) and not story.locale.startswith("ko"):
            yield _story_issue("story.byline", MESSAGES("story.byline/hangul", name=name))
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
