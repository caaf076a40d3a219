"""Names of people: one spelling of a Korean name, first in full, then the family name.

Names are recognised by titles and by the glossary in the Korean units behind the story. Two people
with the same family name keep their full names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from transflow.gazetteer.koreans import korean_names, spelled_names
from transflow.language.romanisation.names import judge_spelling
from transflow.messages import Message, Messages
from transflow.model.issue import Issue, Severity
from transflow.story_checks import CheckedParagraph, CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {
    "story.spelling": "warning",
    "story.first-reference": "warning",
    "story.full-name-again": "hint",
}
MESSAGES = Messages(
    __name__,
    {
        "story.spelling": "“{found}” is “{first}” further up.",
        "story.first-reference": "“{family}” comes before the full name, “{full}”.",
        "story.first-reference/never": "“{family}” is nowhere named in full; the translations have “{full}”.",
        "story.full-name-again": "after the full name, “{family}” is enough.",
    },
)
_BEHIND = (("최선희 외무상이 말했다.", "Foreign Minister Choe Son Hui spoke."),)
PASSING = (
    StoryExample(("Foreign Minister Choe Son Hui spoke.", "Choe left.", "Choe returned."), _BEHIND),
    StoryExample(("Choe in Beijing", "Foreign Minister Choe Son Hui spoke."), _BEHIND, kinds=("headline",)),
)
FAILING = (
    StoryExample(("Foreign Minister Choe Son Hui spoke.", "It was Choe Son-hui again."), _BEHIND, "story.spelling"),
    StoryExample(("Choe spoke on Monday.", "Foreign Minister Choe Son Hui left."), _BEHIND, "story.first-reference"),
    StoryExample(("Choe spoke on Monday.",), _BEHIND, "story.first-reference"),
    StoryExample(("Foreign Minister Choe Son Hui spoke.", "Choe Son Hui left."), _BEHIND, "story.full-name-again"),
)


class _Mention(NamedTuple):
    """Full name in a paragraph."""

    paragraph: CheckedParagraph
    text: str
    span: tuple[int, int]


def check(story: CheckedStory) -> Iterator[Issue]:
    if not story.locale.startswith("en"):
        return
    names = list(
        dict.fromkeys(name for each in story.paragraphs for unit in each.behind for name in _names(story, unit.source))
    )
    mentions = {name: _mentions(story, name) for name in names}
    for name, found in mentions.items():
        if not found:
            yield from _never_in_full(story, name, mentions)
        else:
            yield from _spellings(found)
            yield from _references(story, found, _shared(found[0], mentions))


def _names(story: CheckedStory, source: str) -> list[str]:
    persons = [hit.term.source for hit in story.terms.find(source) if hit.term.kind == "person"]
    return [*(name.text for name in korean_names(source)), *persons]


def _mentions(story: CheckedStory, name: str) -> list[_Mention]:
    """Return the full mentions of a name outside of the headline and deck, in order."""
    return [
        _Mention(paragraph, each.text, each.span)
        for paragraph in story.body
        for each in spelled_names(paragraph.text)
        if judge_spelling(name, each.text) == "same"
    ]


def _spellings(found: list[_Mention]) -> Iterator[Issue]:
    first = found[0].text
    for mention in found[1:]:
        if mention.text != first:
            message = MESSAGES("story.spelling", found=mention.text, first=first)
            location = mention.paragraph.location
            yield Issue("story.spelling", IDS["story.spelling"], message, None, mention.span, location=location)


def _references(story: CheckedStory, found: list[_Mention], shared: bool) -> Iterator[Issue]:
    """Yield issues for a family name before the full name, and for a full name after it."""
    if shared:
        return
    first = found[0]
    family = _family(first.text)
    for paragraph in story.body:
        if paragraph is first.paragraph:
            break
        if match := _alone(family).search(paragraph.text):
            message = MESSAGES("story.first-reference", family=family, full=first.text)
            yield _first_reference(paragraph, message, match)
            break
    for mention in found[1:]:
        message = MESSAGES("story.full-name-again", family=family)
        location = mention.paragraph.location
        yield Issue(
            "story.full-name-again", IDS["story.full-name-again"], message, None, mention.span, location=location
        )


def _never_in_full(story: CheckedStory, name: str, mentions: Mapping[str, list[_Mention]]) -> Iterator[Issue]:
    """Yield an issue for a person whose full name is in the translations but not in the story."""
    for paragraph in story.body:
        drafts = " ".join(each.target for each in paragraph.behind if name in each.source)
        full = next((each.text for each in spelled_names(drafts) if judge_spelling(name, each.text) == "same"), "")
        if not full or any(found and _family(found[0].text) == _family(full) for found in mentions.values()):
            continue
        if match := _alone(_family(full)).search(paragraph.text):
            message = MESSAGES("story.first-reference/never", family=match[0], full=full)
            yield _first_reference(paragraph, message, match)
            return


def _first_reference(paragraph: CheckedParagraph, message: Message, match: re.Match[str]) -> Issue:
    severity = IDS["story.first-reference"]
    return Issue("story.first-reference", severity, message, None, match.span(), location=paragraph.location)


def _alone(family: str) -> re.Pattern[str]:
    """Return a pattern for a family name without a given name next to it."""
    return re.compile(rf"(?<![\w-]){re.escape(family)}(?![\w-]| [A-Z])")


def _shared(first: _Mention, mentions: Mapping[str, list[_Mention]]) -> bool:
    """Return True if another person in the story has the same family name."""
    family = _family(first.text)
    return sum(bool(found) and _family(found[0].text) == family for found in mentions.values()) > 1


def _family(spelled: str) -> str:
    """Return the family name in a spelling.

    It is the last word after a hyphenated given name (Ha-Seong Kim), or else the first.
    """
    words = spelled.split()
    return words[-1] if "-" in words[0] else words[0]
