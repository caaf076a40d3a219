"""Checks of a whole story: text against the sentences behind it, byline, credits, headline.

Invariant: a check is one module in this folder. It gets the story as it would print, with the
Korean units behind each paragraph, uses neither the clock nor the disk, and reports nothing when
uncertain. All ids begin with "story.".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol

from transflow.glossary.termbase import Termbase
from transflow.model.issue import Issue, Location, Severity
from transflow.model.unit import Kind, Unit
from transflow.registry import Registry

FAMILY = "story"


class SourceSentence(NamedTuple):
    """Report unit behind a paragraph."""

    source: str
    target: str
    written: date | None = None
    """Date of its report."""
    before: tuple[str, ...] = ()
    """Sources of the preceding units, nearest last."""


class UnnamedSentence(NamedTuple):
    """Sentence of a report that a paragraph uses on background: nobody in it is named there."""

    source: str
    report: str = ""
    """Headline of the report."""


class CheckedParagraph(NamedTuple):
    """Printed paragraph, headline or deck with the units behind it; none for a writer's own."""

    unit: Unit
    behind: tuple[SourceSentence, ...] = ()
    unnamed: tuple[UnnamedSentence, ...] = ()
    """All sentences of the reports that it uses on background."""

    @property
    def text(self) -> str:
        return self.unit.target

    @property
    def location(self) -> Location:
        return Location(unit=self.unit.id)


class CheckedStory(NamedTuple):
    """Story as it would print."""

    locale: str
    paragraphs: tuple[CheckedParagraph, ...]
    """In print order."""
    written: date | None = None
    terms: Termbase = Termbase()
    reporters: tuple[str, ...] = ()
    """Names in the byline, as printed."""
    is_signed: bool = True
    """True if a used report names its reporter, printed or not."""
    credits: tuple[str, ...] = ()
    """Names in the credit line, as printed."""
    dateline: str = ""
    """As printed, and so are the following."""
    section: str = ""
    unspelled_tags: tuple[str, ...] = ()
    """Tags that are not printed, since the glossary has no spelling of them."""
    publisher: str = ""
    languages: tuple[str, ...] = ("ko",)
    """Languages of the used reports."""
    translations: tuple[str, ...] = ()
    """Every translation of the used reports."""

    @property
    def body(self) -> tuple[CheckedParagraph, ...]:
        """Paragraphs without headline and deck."""
        return tuple(each for each in self.paragraphs if each.unit.kind not in ("headline", "deck"))


class StoryExample(NamedTuple):
    """Small story that a check passes or reports."""

    paragraphs: tuple[str, ...]
    """Texts of the paragraphs, each based on all units in `behind`."""
    behind: tuple[tuple[str, str], ...] = ()
    """Korean and English of the units of the only report."""
    id: str = ""
    kinds: tuple[Kind, ...] = ()
    """Kinds of the first paragraphs; the others are plain paragraphs."""
    reporters: tuple[str, ...] = ("Jeong Eun Lee",)
    credits: tuple[str, ...] = ("Claire Lee",)
    written: date = date(2024, 3, 26)
    dateline: str = ""
    unspelled_tags: tuple[str, ...] = ()
    on_background: bool = False
    """True if the sentences may be used without names only."""

    @property
    def story(self) -> CheckedStory:
        behind = tuple(SourceSentence(source, target, self.written) for source, target in self.behind)
        kinds = (*self.kinds, *["paragraph"] * len(self.paragraphs))
        unnamed = tuple(UnnamedSentence(source, "Talks") for source, _ in self.behind) if self.on_background else ()
        units = (
            Unit(f"p{number:07}", text, text, kind=kinds[number])  # type: ignore[arg-type] # mypy takes "paragraph" for a text
            for number, text in enumerate(self.paragraphs)
        )
        return CheckedStory(
            "en",
            tuple(CheckedParagraph(unit, behind, unnamed) for unit in units),
            self.written,
            reporters=self.reporters,
            is_signed=bool(self.reporters),
            credits=self.credits,
            dateline=self.dateline,
            unspelled_tags=self.unspelled_tags,
            translations=tuple(target for _, target in self.behind),
        )


class StoryCheck(Protocol):
    """Interface of a check module."""

    IDS: Mapping[str, Severity]
    PASSING: tuple[StoryExample, ...]
    FAILING: tuple[StoryExample, ...]

    @staticmethod
    def check(story: CheckedStory) -> Iterator[Issue]:
        """Yield the issues of a story, each with the id of its paragraph; none for the whole."""
        ...


registry = Registry(__name__, __path__, "check", StoryCheck)
names, load = registry.names, registry.load


@cache
def severities() -> Mapping[str, Severity]:
    """Return the severity of every id."""
    return {check_id: severity for name in names() for check_id, severity in load(name).IDS.items()}


def run(story: CheckedStory) -> list[Issue]:
    """Return the issues of a story from all checks."""
    return [issue for name in names() for issue in load(name).check(story)]
