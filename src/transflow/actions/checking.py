"""The gate: whether what is going out, or a whole locale, is complete and in order.

Invariant: everything in scope is judged, whatever is found on the way; an unreadable file is never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from transflow import checks, gate, story
from transflow.actions import mending
from transflow.actions.refs import numbered
from transflow.actions.rooms import room
from transflow.actions.status import Counts, count
from transflow.compose import report_slugs
from transflow.errors import TransflowError, UnreadableError
from transflow.mend import SEVERITY, Fault, is_as_written, readable
from transflow.mend.standing import confirmed_elsewhere, out_of_step
from transflow.model import Catalog, State
from transflow.po.catalog import parse
from transflow.project import Place, Project, files
from transflow.report.encoding import digest

_ENOUGH: dict[str, tuple[State, ...]] = {
    "translated": ("translated", "approved", "omitted", "cut"),
    "approved": ("approved", "omitted", "cut"),
}
_GOING_OUT = ("ready", "cleared", "published")


class Rules(NamedTuple):
    """The thresholds."""

    require: Literal["translated", "approved"]
    minimum: float
    """Percent of the units of each catalog."""
    max_fuzzy: int
    """Units of each catalog that may need another look."""


class Line(NamedTuple):
    """One finding, as it is printed."""

    where: str
    """`locales/en/reports/un-letter.po` or `un-letter#12`."""
    check: str
    message: str
    severity: str


@dataclass(slots=True)
class Verdict:
    """What the gate found. `exit_code`: 0 passed, 1 failed, 3 something could not be read."""

    judged: list[Place] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unreadable: bool = False

    @property
    def exit_code(self) -> int:
        return 3 if self.unreadable else int(any(line.severity == "error" for line in self.lines))


def check(
    project: Project, now: str, rules: Rules, locales: tuple[str, ...] = (), *, everything: bool = False
) -> Verdict:
    """Judges articles that are ready, cleared or published with the reports they use, named locales whole, or all.

    The record's own rules are judged in every catalog of the project, in scope or not.
    """
    verdict = Verdict()
    for locale in project.settings.locales:
        whole = everything or locale in locales
        if not locales or locale in locales:
            _Locale(project, now, rules, locale, verdict).judge(whole)
    for path in mending.marked_reports(project):
        verdict.lines.append(Line(path, "record.conflict-markers", "git left conflict markers in it.", "error"))
    for leftover in mending.leftovers(project):
        where = leftover.relative_to(project.root).as_posix()
        message = "a half-written file that a crash left: `transflow repair` puts it away."
        verdict.lines.append(Line(where, "record.leftover", message, SEVERITY["record.leftover"]))
    return verdict


def _what_is_wrong(project: Project, error: UnreadableError) -> list[Fault]:
    """All that makes a catalog unreadable, where it can be mended; else what stopped the reader."""
    try:
        faults = readable(files.read(project.root / error.path, error.path), error.path)[1]
    except UnreadableError:
        faults = []
    return faults or [Fault("record.unreadable", error.problem.rstrip("."), line=error.line)]


class _Locale:
    def __init__(self, project: Project, now: str, rules: Rules, locale: str, verdict: Verdict) -> None:
        self.project, self.now, self.rules, self.locale, self.verdict = project, now, rules, locale, verdict
        self.used: set[str] = set()

    def judge(self, whole: bool) -> None:
        for place in self.project.places(self.locale, "articles"):
            self._try(place, partial(self._article, place, whole))
        for place in self.project.places(self.locale, "reports"):
            self._try(place, partial(self._report, place, whole or place.slug in self.used))
        for slug in self.project.report_slugs():
            place = Place(self.locale, "reports", slug)
            if whole and not self.project.exists(place):
                self._say(
                    f"sources/{slug}.md",
                    "record.no-catalog",
                    f"it has no catalog in {self.locale}: `transflow update {slug}`.",
                )

    def _try(self, place: Place, judge: Callable[[], None]) -> None:
        try:
            judge()
        except UnreadableError as error:
            self.verdict.unreadable = True
            for fault in _what_is_wrong(self.project, error):
                self._fault(error.path, fault)
        except TransflowError as error:
            self._say(place.path, "record.unreadable", str(error))

    def _say(self, where: str, check: str, message: str, severity: str = "error") -> None:
        line = Line(where, check, message, severity)
        if line not in self.verdict.lines[-50:]:  # a broken report stops its articles too
            self.verdict.lines.append(line)

    def _fault(self, path: str, fault: Fault) -> None:
        where = f"{path}:{fault.line}" if fault.line else path
        way_out = "`transflow repair` mends it" if fault.done else "it has to be mended by hand"
        self._say(where, fault.check, f"{fault.what}: {way_out}.", SEVERITY[fault.check])

    def _form(self, place: Place, text: str, catalog: Catalog) -> None:
        """What is wrong with how a catalog is written, though it can be read."""
        if not is_as_written(catalog, text):
            for fault in readable(text.encode("utf-8"), place.path)[1]:
                self._fault(place.path, fault)

    def _stale(self, place: Place, catalog: Catalog) -> Iterator[gate.Finding]:
        """Texts whose source changed unnoticed, as git's history shows. Only in scope: it reads every version."""
        for unit_id in confirmed_elsewhere(catalog, mending.committed(self.project, place)):
            yield gate.stale_text(unit_id)

    def _article(self, place: Place, whole: bool) -> None:
        text = self.project.text(place)
        article = parse(text, place.path)
        self._form(place, text, article)
        newsroom = room(self.project, self.locale, article)
        state = story.article_state(article, newsroom)
        going_out = state in _GOING_OUT or (bool(article.header.get("X-Ready")) and state != "killed")
        quiet = story.is_confidential(article, newsroom) or story.is_embargoed(article, newsroom, self.now)
        self._findings(place, article, gate.article_findings(article, newsroom), quiet)
        if going_out:
            self.used.update(report_slugs(article))
            self._findings(place, article, gate.ready_findings(article, newsroom), quiet)
        if going_out or whole:
            self._findings(place, article, self._stale(place, article), quiet)
            self._judge(place, count(text, place.path, self.now))

    def _report(self, place: Place, in_scope: bool) -> None:
        text = self.project.text(place)
        catalog = parse(text, place.path)
        self._form(place, text, catalog)
        blocks = mending.current_blocks(self.project, place.slug, catalog)
        for fault in out_of_step(catalog, blocks, self.project.settings.source):
            self._fault(place.path, fault)
        present = place.slug in self.project.report_slugs()
        front = self.project.front(place.slug)
        quiet = front.confidential or bool(front.embargo)
        mark = digest(self.project.report_bytes(place.slug)) if present else ""
        self._findings(place, catalog, gate.report_findings(catalog, self.project.settings, mark), quiet)
        if in_scope:
            self._findings(place, catalog, self._checked(place, catalog), quiet)
            self._findings(place, catalog, self._stale(place, catalog), quiet)
            self._judge(place, count(text, place.path, self.now))

    def _checked(self, place: Place, catalog: Catalog) -> Iterator[gate.Finding]:
        from transflow.workflow import unwaived

        for unit in catalog.units:
            context = checks.Context(place.locale, self.project.settings.source, unit.kind)
            for issue in unwaived(unit, checks.run(unit, context)):
                yield gate.Finding(unit.id, issue)

    def _findings(self, place: Place, catalog: Catalog, found: Iterator[gate.Finding], quiet: bool) -> None:
        """Of embargoed and confidential text only reference and check id leave the house."""
        for unit, issue in found:
            where = f"{place.locale}:{numbered(catalog, place, unit)}" if unit else place.path
            self._say(where, issue.check, "" if quiet else issue.message, issue.severity)

    def _judge(self, place: Place, counts: Counts) -> None:
        self.verdict.judged.append(place)
        share = counts.share(*_ENOUGH[self.rules.require])
        if share < self.rules.minimum:
            self._say(
                place.path, "gate.incomplete", f"{share:.1f}% {self.rules.require}, {self.rules.minimum:g}% wanted."
            )
        if (fuzzy := counts.units["needs-work"]) > self.rules.max_fuzzy:
            self._say(place.path, "gate.needs-work", f"{fuzzy} need another look, at most {self.rules.max_fuzzy} may.")
