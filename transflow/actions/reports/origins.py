"""Reports that were added before, by the file or address that they came from."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

from transflow import similarity
from transflow.actions.reports import intake
from transflow.errors import TransflowError
from transflow.model.report import FrontMatter
from transflow.project import Project
from transflow.readers import IncomingReport

_MARKS = (b"\norigin", b"\nurl:")
_LEAST = 60
"""Percent of similarity from which on two headlines of files with one name are of one report."""


class KnownReport(NamedTuple):
    """A report that came from the same file, or from an earlier version of it."""

    slug: str
    relation: Literal["same", "earlier"]


class ReportOrigins:
    """The origins of the reports of a project, read when they are first asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def known(self, new: IncomingReport) -> KnownReport | None:
        """Return the report that is the same as a new one, or an earlier version of it."""
        front = new.front
        if not front.origin_digest:
            return None
        if slug := next((slug for slug, each in self._fronts.items() if each.origin_digest == front.origin_digest), ""):
            return KnownReport(slug, "same")
        slug = next((slug for slug, each in self._fronts.items() if _is_earlier(each, front)), "")
        return KnownReport(slug, "earlier") if slug else None

    def has_address(self, address: str) -> bool:
        """Return whether a report came from the page at an address."""
        return bool(address) and any(each.url == address for each in self._fronts.values())

    def has_file(self, new: IncomingReport) -> bool:
        """Return whether there is a report whose file is that of a new one."""
        return new.is_original and intake.contents(new) in self._files

    @cached_property
    def _files(self) -> frozenset[bytes]:
        return frozenset(self._project.report_bytes(slug) for slug in self._project.report_slugs())

    def add(self, slug: str, front: FrontMatter) -> None:
        """Take in a report that was added since."""
        self._fronts[slug] = front

    @cached_property
    def _fronts(self) -> dict[str, FrontMatter]:
        return {slug: front for slug in self._project.report_slugs() if (front := self._front(slug))}

    def _front(self, slug: str) -> FrontMatter | None:
        try:
            if not any(mark in self._project.report_bytes(slug) for mark in _MARKS):
                return None
            return self._project.front_matter(slug)
        except TransflowError:  # the report is missing or damaged, which `check` names
            return None


def _is_earlier(old: FrontMatter, new: FrontMatter) -> bool:
    """True if a report came from the same address as a new one, or from a file of the same name
    with nearly the same headline.
    """
    if new.url or old.url:
        return new.url == old.url
    if not new.origin or old.origin != new.origin:
        return False
    short, long = sorted((_letters(old.title), _letters(new.title)), key=len)
    return bool(short) and similarity.partial_ratio(short, long) >= _LEAST


def _letters(title: str) -> str:
    return "".join(filter(str.isalnum, title)).casefold()
