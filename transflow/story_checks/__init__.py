"""Checks of a whole story: what its writer made of the sentences behind it, and what it prints around them.

Invariant: a check is one module in this folder; it sees the story as it would print with the Korean units behind each paragraph, reads no
clock and no disk, and says nothing where it is not sure. All ids begin with "story.".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, cast

from transflow.glossary.termbase import Termbase
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Kind, Unit

FAMILY = "story"


class SourceSentence(NamedTuple):
    """A unit of a report behind a paragraph."""

    source: str
    target: str
    written: date | None = None
    """The day of its report."""
    before: tuple[str, ...] = ()
    """The sources of the units before it, the nearest last."""


class CheckedParagraph(NamedTuple):
    """A printed paragraph, headline and deck included, with the units behind it; none for a writer's own."""

    unit: Unit
    behind: tuple[SourceSentence, ...] = ()

    @property
    def text(self) -> str:
        return self.unit.target


class CheckedStory(NamedTuple):
    """A story as it would print."""

    locale: str
    paragraphs: tuple[CheckedParagraph, ...]
    """In print order."""
    written: date | None = None
    terms: Termbase = Termbase()
    reporters: tuple[str, ...] = ()
    """The names in the byline, as printed."""
    is_signed: bool = True
    """Whether a report that it uses names its reporter, printed or not."""
    credits: tuple[str, ...] = ()
    """The names in the credit line, as printed."""
    translations: tuple[str, ...] = ()
    """Every translation of the reports that it uses."""

    @property
    def body(self) -> tuple[CheckedParagraph, ...]:
        """Without headline and deck."""
        return tuple(each for each in self.paragraphs if each.unit.kind not in ("headline", "deck"))


class StoryIssue(NamedTuple):
    """An issue, and the id of the paragraph that it is about; empty for the whole story."""

    unit: str
    issue: Issue


class StoryExample(NamedTuple):
    """A small story that a check passes or fires on."""

    paragraphs: tuple[str, ...]
    """Its texts; each paragraph stands on all the units."""
    behind: tuple[tuple[str, str], ...] = ()
    """Korean and English of the units of its one report."""
    id: str = ""
    kinds: tuple[Kind, ...] = ()
    """Of the paragraphs, from the first; the rest are paragraphs."""
    reporters: tuple[str, ...] = ("Jeong Eun Lee",)
    credits: tuple[str, ...] = ("Claire Lee",)
    written: date = date(2024, 3, 26)

    @property
    def story(self) -> CheckedStory:
        behind = tuple(SourceSentence(source, target, self.written) for source, target in self.behind)
        kinds = (*self.kinds, *["paragraph"] * len(self.paragraphs))
        units = (
            Unit(f"p{number:07}", text, text, kind=kinds[number])  # type: ignore[arg-type] # mypy takes "paragraph" for a text
            for number, text in enumerate(self.paragraphs)
        )
        return CheckedStory(
            "en",
            tuple(CheckedParagraph(unit, behind) for unit in units),
            self.written,
            reporters=self.reporters,
            is_signed=bool(self.reporters),
            credits=self.credits,
            translations=tuple(target for _, target in self.behind),
        )


class StoryCheck(Protocol):
    """What a module in this folder offers."""

    IDS: Mapping[str, Severity]
    PASSING: tuple[StoryExample, ...]
    FAILING: tuple[StoryExample, ...]

    @staticmethod
    def check(story: CheckedStory) -> Iterator[StoryIssue]: ...


@cache
def modules() -> tuple[str, ...]:
    return tuple(sorted(each.name for each in iter_modules(__path__)))


@cache
def load(name: str) -> StoryCheck:
    return cast(StoryCheck, import_module(f"{__name__}.{name}"))


@cache
def severities() -> Mapping[str, Severity]:
    """Every id that an issue may have, with its severity."""
    return {check_id: severity for name in modules() for check_id, severity in load(name).IDS.items()}


def run(story: CheckedStory) -> list[StoryIssue]:
    """What all checks say of a story."""
    return [told for name in modules() for told in load(name).check(story)]
