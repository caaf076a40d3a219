"""Sentences on background: their paragraph names nobody whom the report names.

People are recognised as in `people`, in the sentences of the whole report: the family name alone
names them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.gazetteer.koreans import korean_names, spelled_names
from transflow.language.romanisation.names import judge_spelling
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.story_checks import CheckedParagraph, CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {"story.background": "error"}
MESSAGES = Messages(
    __name__,
    {
        "story.background": "“{name}” is named in “{report}”, which this paragraph uses on background: write it without the "
        "name.",
    },
)
_BEHIND = (("최선희 외무상이 말했다.", "Foreign Minister Choe Son Hui spoke."), ("회담은 없다.", "There are no talks."))
PASSING = (
    StoryExample(("There are no talks, an official said.",), _BEHIND, on_background=True),
    StoryExample(("There are no talks, Choe Son Hui said.", "Choe left."), _BEHIND),
)
FAILING = (
    StoryExample(("There are no talks, Choe Son Hui said.",), _BEHIND, "story.background", on_background=True),
    StoryExample(("There are no talks, Choe said.",), _BEHIND, "story.background", on_background=True),
)


def check(story: CheckedStory) -> Iterator[Issue]:
    for paragraph in story.paragraphs:
        found = sorted(_names(story, paragraph), key=lambda each: (each[0][0], -each[0][1]))
        for (start, end), report in found[:1]:
            message = MESSAGES("story.background", name=paragraph.text[start:end], report=report)
            severity = IDS["story.background"]
            yield Issue("story.background", severity, message, None, (start, end), location=paragraph.location)


def _names(story: CheckedStory, paragraph: CheckedParagraph) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the spans of the names in a paragraph that a report has too, with its headline."""
    for source, report in paragraph.unnamed:
        for spelling in _spellings(story, source):
            for match in re.finditer(rf"(?<![\w-]){re.escape(spelling)}(?![\w-])", paragraph.text):
                yield match.span(), report
        for name in korean_names(source):
            for spelled in spelled_names(paragraph.text):
                if judge_spelling(name.text, spelled.text) == "same":
                    yield spelled.span, report


def _spellings(story: CheckedStory, source: str) -> Iterator[str]:
    """Yield the spellings of the people in a sentence of a report, in full and the family name."""
    people = [hit.term.target for hit in story.terms.find(source) if hit.term.kind == "person" and hit.term.target]
    korean = [name.text for name in korean_names(source)]
    spelled = [
        each.text
        for text in story.translations
        for each in spelled_names(text)
        if any(judge_spelling(name, each.text) == "same" for name in korean)
    ]
    for name in dict.fromkeys((*people, *spelled)):
        yield name
        words = name.split()
        if len(words) > 1:
            yield words[-1] if "-" in words[0] else words[0]
