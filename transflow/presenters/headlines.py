"""Headlines by which screens name reports and stories.

Invariant: where the headline of a report or story is known, a screen shows it and not the name of
the file. Names in commands, paths and addresses stay: people type them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextvars import ContextVar

from transflow.actions.project.overview import headline_in
from transflow.errors import TransflowError
from transflow.po.scan import header_field
from transflow.presenters import i18n
from transflow.presenters.cells import fitted
from transflow.project import CatalogRef, Project

_LONGEST = 48
"""Cells of a headline within a sentence."""
NAME_IN_LIST = 24
"""The same in a list, before a sentence."""
_FIELDS = frozenset({"place", "ref", "refs", "report", "reports", "story", "name"})
"""Fields of messages that name a report, a story, or a sentence in one."""


class Headlines:
    """Headlines of a project, each read again when its file changed."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._read: dict[CatalogRef, tuple[tuple[int, int, int], str, str]] = {}

    def of(self, place: CatalogRef) -> str:
        """Return the headline of a report or story; "" if it has none or cannot be read.

        A live story that has none yet is known by that of its first report.
        """
        try:
            stamp = self.project.stamp(place)
            known = self._read.get(place)
            if known is None or known[0] != stamp:
                self._read[place] = known = stamp, *_headline(self.project.text(place))
        except (TransflowError, OSError):
            return ""
        _, headline, report = known
        return headline or (self.of(place._replace(folder="reports", slug=report)) if report else "")

    def named(self, field: str, value: str) -> str:
        """Return a value of a message with the headline instead of the name of the file."""
        if field not in _FIELDS:
            return value
        separator = ", " if ", " in value else " "
        found = [self._named(each) for each in value.split(separator)]
        return separator.join(found) if all(found) else value

    def _named(self, reference: str) -> str:
        """Return a reference with the headline; "" if it names nothing that has one."""
        name, _, units = reference.partition("#")
        try:
            place = self.project.find_catalog(name)
            numbers = [self._number(place, each) for each in units.split(",")] if units else []
        except TransflowError:
            return ""
        headline = self.of(place)
        return " ".join([quoted(headline), *filter(None, [", ".join(numbers)])]) if headline else ""

    def _number(self, place: CatalogRef, unit: str) -> str:
        if not unit.isalnum() or unit.isdecimal():
            return unit
        numbers = (str(number) for number, each in enumerate(self.project.load(place).units, 1) if each.id == unit)
        return next(numbers, unit)


_headlines: ContextVar[Headlines | None] = ContextVar("headlines", default=None)
"""Headlines of the project that the person of this context has open."""


def use(project: Project | Headlines | None) -> None:
    """Name reports and stories of a project by their headlines; None: by their names."""
    known = Headlines(project) if isinstance(project, Project) else project
    _headlines.set(known)
    i18n.use_names(known.named if known else None)


def _headline(text: str) -> tuple[str, str]:
    """Return the headline in a catalog, and the first report of a story."""
    return headline_in(text), next(iter(header_field(text, "X-Reports").split()), "")


def named(field: str, value: str) -> str:
    """Return a value of a message with headlines instead of names of files."""
    known = _headlines.get()
    return known.named(field, value) if known else value


def title(place: CatalogRef) -> str:
    """Return what people know a report or story by, with its language if there are several."""
    known = _headlines.get()
    if known is None:
        return place.slug
    headline = known.of(place) or place.slug
    return f"{place.locale} {headline}" if len(known.project.settings.locales) > 1 else headline


def titles(places: Iterable[CatalogRef]) -> str:
    """Return the titles of reports or stories, one after the other."""
    found: Sequence[CatalogRef] = tuple(places)
    return title(found[0]) if len(found) == 1 else ", ".join(quoted(title(each)) for each in found)


def quoted(headline: str, longest: int = _LONGEST) -> str:
    """Return a headline as a part of a sentence."""
    return f"“{fitted(headline, longest).text}”"


def sentence_titles(sentences: Iterable[tuple[CatalogRef, int]], reports: Collection[CatalogRef] = ()) -> list[str]:
    """Return what people know sentences by in a list: their numbers.

    If there are several reports, these or those of the sentences, the first sentence of each has
    the headline before its number.
    """
    found = list(sentences)
    if len({*reports, *(place for place, _number in found)}) < 2:
        return [str(number) for _place, number in found]
    before = [None, *(place for place, _number in found)]
    return [
        str(number) if place == last else f"{quoted(title(place), NAME_IN_LIST)} {number}"
        for last, (place, number) in zip(before, found, strict=False)
    ]
