"""Figures, dates and people of a paragraph, against all Korean sentences behind it.

A writer may leave things out, combine reports and change their order. What the paragraph does say
must be in one of the sentences or their translations, or be an exact conversion. A figure that is
wrong in a translation is no source. Only a contradiction is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext
from transflow.checks import names as names_of_units
from transflow.gazetteer.koreans import spells_another
from transflow.language.quantities.story import Source, paragraph_faults
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit
from transflow.story_checks import CheckedParagraph, CheckedStory, StoryExample

IDS: Mapping[str, Severity] = {
    "story.figure": "error",
    "story.figure-added": "warning",
    "story.figure-small": "hint",
    "story.person": "error",
    "story.name": "warning",
}
_BEHIND = (
    ("유엔은 탈북민 7명의 송환을 우려했다.", "The U.N. voiced concern about the return of seven refugees."),
    ("최선희 외무상은 15일 이를 부인했다.", "Foreign Minister Choe Son Hui denied it on the 15th."),
)
_SAID = {
    "missiles": ("북한은 1일 오전 8시 10분께 미사일을 쐈다.", "The North fired missiles at 8:10 a.m. on the 1st."),
    "chairman": ("박철수 부위원장은 3억 원이라고 했다.", "Vice Chairman Park Chul-soo put it at 300 million won."),
    "spokeswoman": ("김인애 통일부 대변인은 유감을 나타냈다.", "Spokeswoman Kim In-ae expressed regret."),
}
PASSING = (
    StoryExample(("Vice Chairman Park put it at 300 million won.",), (_SAID["chairman"],)),
    StoryExample(("It was 300 million won, as Lee Young-ho had feared.",), (_SAID["chairman"],)),
    StoryExample(("Vice Chairman Park and spokeswoman Kim In-ae spoke.",), (_SAID["chairman"], _SAID["spokeswoman"])),
    StoryExample(("The North fired missiles shortly after 8 a.m.",), (_SAID["missiles"],)),
    StoryExample(("The U.N. is concerned about seven refugees, which Choe Son Hui denied on March 15.",), _BEHIND),
    StoryExample(("Refugees are a concern, the U.N. said.",), _BEHIND),
)
FAILING = (
    StoryExample(("The North fired missiles at 9:30 a.m. on the 1st.",), (_SAID["missiles"],), "story.figure"),
    StoryExample(("The North fired missiles at 8:10 p.m. on the 1st.",), (_SAID["missiles"],), "story.figure"),
    StoryExample(("Missiles flew at 8:10 a.m. and at 11 a.m.",), (_SAID["missiles"],), "story.figure-added"),
    StoryExample(("The U.N. is concerned about seven refugees as of 9 a.m.",), _BEHIND, "story.figure-added"),
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
    StoryExample(("Lee Young-ho, a vice chairman, put it at 300 million won.",), (_SAID["chairman"],), "story.name"),
    StoryExample(("Ministry spokesman Lee Jong-joo expressed regret.",), (_SAID["spokeswoman"],), "story.name"),
    StoryExample(("The U.N. is concerned, but Choe Ryong Hae denied it.",), _BEHIND, "story.person"),
)
_FIGURES: Mapping[Severity, str] = {
    "error": "story.figure",
    "warning": "story.figure-added",
    "hint": "story.figure-small",
}


_ROLES = re.compile(
    r"\b(ambassador|chair|chief|commander|director|envoy|governor|law|leader|mayor|minister|officer|premier"
    r"|president|professor|representative|researcher|secretary|spokes)(?:m[ae]n|wom[ae]n|person|maker)?s?\b",
    re.IGNORECASE,
)
_NEAR = 40
"""Characters around a name in which the role of the person stands."""


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
        elif issue.check == "names.other" and _takes_the_role(story, paragraph, issue):
            severity, span = IDS["story.name"], issue.target_span
            yield Issue("story.name", severity, issue.message, None, span, location=paragraph.location)


def _takes_the_role(story: CheckedStory, paragraph: CheckedParagraph, issue: Issue) -> bool:
    """Return True if a name that no sentence of the story has stands with the role of somebody
    whom a sentence behind the paragraph names.
    """
    assert issue.source_span
    assert issue.target_span
    sources = " ".join(each.source for each in paragraph.behind)
    korean = sources[slice(*issue.source_span)]
    start, end = issue.target_span
    name = paragraph.text[start:end]
    known = " ".join((*story.translations, *(each.source for part in story.paragraphs for each in part.behind)))
    if name in known or spells_another(name, known):
        return False
    draft = " ".join(each.target for each in paragraph.behind if korean in each.source)
    around = paragraph.text[max(0, start - _NEAR) : end + _NEAR]
    return not _roles(around).isdisjoint(_roles(draft))


def _roles(text: str) -> set[str]:
    return {each.lower() for each in _ROLES.findall(text)}
