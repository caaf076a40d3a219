"""Figures, dates and people of a paragraph, against all Korean sentences behind it.

A writer may leave things out, combine reports and change their order. What the paragraph does say
must be in one of the sentences or their translations, or be an exact conversion. A figure that is
wrong in a translation is no source. Only a contradiction is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext
from transflow.checks import names as names_of_units
from transflow.language.quantities.story import Source, paragraph_faults
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit
from transflow.story_checks import CheckedParagraph, CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {
    "story.figure": "error",
    "story.figure-added": "warning",
    "story.figure-small": "hint",
    "story.person": "error",
}
_BEHIND = (
    ("유엔은 탈북민 7명의 송환을 우려했다.", "The U.N. voiced concern about the return of seven refugees."),
    ("최선희 외무상은 15일 이를 부인했다.", "Foreign Minister Choe Son Hui denied it on the 15th."),
)
PASSING = (
    StoryExample(("The U.N. is concerned about seven refugees, which Choe Son Hui denied on March 15.",), _BEHIND),
    StoryExample(("Refugees are a concern, the U.N. said.",), _BEHIND),
)
FAILING = (
    StoryExample(
        ("Some 3,500 residents fled.",),
        (("주민 3만5천 명이 대피했다.", "Some 35,000 residents fled."),),
        "story.figure",
    ),
    StoryExample(("The U.N. is concerned about seven refugees and four soldiers.",), _BEHIND, "story.figure-small"),
    StoryExample(("The U.N. is concerned about seven refugees and 1,200 prisoners.",), _BEHIND, "story.figure-added"),
    StoryExample(
        ("Of the 196 refugees this year, 172 were women.",),
        (
            ("올해 탈북민은 196명이다.", "There were 196 refugees this year."),
            ("이 가운데 여성은 173명이다.", "Of them 172 were women."),
        ),
        "story.figure-added",
    ),
    StoryExample(("The U.N. is concerned, but Choe Ryong Hae denied it.",), _BEHIND, "story.person"),
)
_FIGURES: Mapping[Severity, str] = {
    "error": "story.figure",
    "warning": "story.figure-added",
    "hint": "story.figure-small",
}


def check(story: CheckedStory) -> Iterator[Issue]:
    if not story.locale.startswith("en"):
        return
    for paragraph in story.paragraphs:
        if paragraph.behind and paragraph.text:
            yield from _figures(story, paragraph)
            yield from _people(story, paragraph)


def _figures(story: CheckedStory, paragraph: CheckedParagraph) -> Iterator[Issue]:
    sources = [Source(each.source, each.written, each.before, each.target) for each in paragraph.behind]
    for fault in paragraph_faults(sources, paragraph.text, story.written):
        yield Issue(
            _FIGURES[fault.severity], fault.severity, fault.message, None, fault.span, location=paragraph.location
        )


def _people(story: CheckedStory, paragraph: CheckedParagraph) -> Iterator[Issue]:
    whole = Unit("", " ".join(each.source for each in paragraph.behind), paragraph.text)
    for issue in names_of_units.check(whole, CheckContext(story.locale, terms=story.terms)):
        if issue.check == "names.given":
            yield Issue(
                "story.person",
                IDS["story.person"],
                issue.message,
                None,
                issue.target_span,
                location=paragraph.location,
            )
