"""Verdict on one catalog: its record, its texts, its history and its progress.

Invariant: an unreadable file is never a pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Literal, NamedTuple

from transflow import checks
from transflow.actions.checks import missing_texts, signatures, story_context
from transflow.actions.checks.cached import CachedChecker, all_check_ids
from transflow.actions.checks.known_verdicts import CatalogVerdict
from transflow.actions.checks.limits import limited_units
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.checks.strays import written_sentences
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.project import repair
from transflow.actions.project.counting import Counts, count
from transflow.actions.refs import position_of
from transflow.actions.stories.print_context import load_print_context
from transflow.actions.withheld import is_withheld
from transflow.errors import ConfigError, TransflowError, UnreadableError
from transflow.findings import without_text
from transflow.findings.selection import Selection
from transflow.integrity import gate
from transflow.integrity.repair import SEVERITY, defect, dropped_obsolete, is_as_written, read_damaged, without_controls
from transflow.integrity.repair.standing import WithdrawnApprovals, confirmed_elsewhere, out_of_step
from transflow.messages import Clause, CommandRef, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location, Severity
from transflow.model.unit import State
from transflow.po.catalog import parse
from transflow.project import CatalogRef, Project, git
from transflow.project.git_command import GitError, UntrustedRepositoryError
from transflow.project.git_history import CommittedVersions
from transflow.project.index_sync import free_from
from transflow.project.languages import source_of
from transflow.report.encoding import digest
from transflow.report.front import NEVER
from transflow.stories import story
from transflow.stories.clearance import ArticleState, article_state, is_cleared
from transflow.stories.compose import report_slugs
from transflow.stories.limits import unprintable
from transflow.stories.live import is_live
from transflow.stories.printed import PrintContext

_DONE_STATES: dict[str, tuple[State, ...]] = {
    "translated": ("translated", "approved", "omitted", "cut"),
    "approved": ("approved", "omitted", "cut"),
}
MESSAGES = Messages(
    __name__,
    {
        "defect": "{problem}: {command} mends it.",
        "defect/by-hand": "{problem}: it has to be mended by hand.",
        "record.control": "{problem}: {command} takes it out.",
        "record.torn": "{problem}: {command} takes a file that you name as it is.",
        "record.unreadable": "{problem}",
        "gate.incomplete/translated": "{share}% translated, {minimum}% required.",
        "gate.incomplete/approved": "{share}% approved, {minimum}% required.",
        "gate.needs-work": "{number} texts need another look, and at most {most} may.",
    },
)
_OPTIONS = {"record.control": "--controls", "record.torn": "--torn"}
"""Defects that `transflow repair` repairs only with an option."""
_NEAR_PUBLICATION = ("ready", "cleared", "published")
_TIME = re.compile(r"(?<!due=)\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")
_ID = re.compile(r'^msgctxt "([a-z][0-9a-z]{7})"$', re.MULTILINE)


class Rules(NamedTuple):
    """Requirements of the gate, and the selection of checks."""

    require: Literal["translated", "approved"]
    minimum: float
    """Minimum percentage of the units of each catalog."""
    max_fuzzy: int
    """Maximum number of fuzzy units of each catalog."""
    selection: Selection = Selection()
    since: str = ""
    """A commit: checks look only at units whose texts changed after it."""
    fail_on: Severity = "error"
    proof: str = "off"
    """Lowest level of proof that approvals need."""
    proof_since: str = ""
    """A commit whose settings and approvals count as they are."""


def file_issue(check: str, path: str, message: Message, severity: Severity | None = None) -> Issue:
    """Return an issue of a whole file; by default with the severity of a defect."""
    return Issue(check, severity or SEVERITY[check], message, location=Location(path, label=path))


def _defects_of_unreadable(project: Project, error: UnreadableError) -> list[Issue]:
    """Return all repairable defects of an unreadable catalog, or else the error of the reader."""
    try:
        data = project.read(error.path)
        if controls := without_controls(data)[1]:
            return controls
        faults = read_damaged(data, error.path, repair.merge_sides(project, error.path))[1]
    except UnreadableError as worse:
        return [repair.defect_of_error(worse)]
    return faults or [
        defect("record.unreadable", MESSAGES("record.unreadable", problem=Clause(error.problem)), line=error.line)
    ]


class CatalogJudge:
    """Judges catalogs of a locale, one after the other."""

    def __init__(
        self, project: Project, now: str, rules: Rules, locale: str, proof: ProofChecker, committed: CommittedVersions
    ) -> None:
        self.project, self.now, self.rules, self.locale = project, now, rules, locale
        self.proof, self.committed = proof, committed
        self.lost_texts = missing_texts.UncommittedLosses(project)
        families = (
            rules.selection.families_to_run(checks.families(), all_check_ids(project.settings))
            if rules.selection.select
            else None
        )
        self.unit_verdicts = VerdictCache(project.cache)
        self.checker = CachedChecker(project, locale, families, self.unit_verdicts)
        self._start()

    def _start(self) -> None:
        self.issues: list[Issue] = []
        self.unreadable: list[str] = []
        self.in_scope: tuple[str, ...] = ()
        self.used: tuple[str, ...] = ()
        self.sources: tuple[str, ...] = ()
        self.written: tuple[str, ...] = ()
        self.limited: tuple[str, ...] = ()
        self.lasts = False

    def judge(self, item: tuple[CatalogRef, bool]) -> CatalogVerdict:
        """Return the verdict on a catalog, of its record only or of its texts too."""
        place, whole = item
        self._start()
        judge = self._judge_article if place.folder == "articles" else self._judge_report
        self._guarded(place, partial(judge, place, whole))
        lasts = self.lasts and not self.unreadable
        return CatalogVerdict(
            tuple(self.issues),
            self.in_scope,
            tuple(self.unreadable),
            self.used,
            self.sources,
            self.written,
            self.limited,
            lasts,
        )

    def _has_past_times(self, text: str) -> bool:
        """True if no time in a catalog is still to come. (No verdict depends on due times.)"""
        return max(_TIME.findall(text), default="") <= self.now

    def _guarded(self, place: CatalogRef, judge: Callable[[], None]) -> None:
        try:
            judge()
        except UnreadableError as error:
            self.unreadable.append(error.path)
            for fault in _defects_of_unreadable(self.project, error):
                self._add_defect(error.path, fault)
        except (ConfigError, UntrustedRepositoryError, GitError):  # errors of the project, not of this file
            raise
        except TransflowError as error:
            self.unreadable.append(place.path)
            self.issues.append(file_issue("record.unreadable", place.path, joined([error.message])))

    def _add_defect(self, path: str, fault: Issue) -> None:
        """Report a defect of a file with the way to repair it."""
        line = fault.location.line
        location = Location(path, line, label=f"{path}:{line}" if line else path)
        self.issues.append(Issue(fault.check, fault.severity, _with_remedy(fault), location=location))

    def _check_layout(self, place: CatalogRef, text: str, catalog: Catalog) -> None:
        """Report defects in the layout of a catalog that can be read."""
        faults = [] if is_as_written(catalog, text) else read_damaged(text.encode("utf-8"), place.path)[1]
        for fault in (*faults, *dropped_obsolete(catalog)):
            self._add_defect(place.path, fault)
        self.issues += signatures.issues(self.project, place, text)
        for issue in self.lost_texts.issues(place, catalog, text):
            self.issues.append(issue)

    def _check_history(self, place: CatalogRef, catalog: Catalog, reporter: _IssueReporter) -> None:
        """Report outdated texts, lost texts, and withdrawn approvals that came back.

        All three are found in the git history.

        Only for catalogs in scope, because it reads every version.
        """
        lost_texts, withdrawn = missing_texts.LostTextWatcher(catalog), WithdrawnApprovals(catalog)
        versions = partial(repair.committed_catalogs, self.committed, place, catalog)
        reporter.add(
            gate.stale_text(each)
            for each in confirmed_elsewhere(catalog, withdrawn.watching(lost_texts.watch(versions())))
        )
        reporter.add(gate.withdrawn_approval(each) for each in withdrawn.found)
        for issue in lost_texts.issues(place.path, versions()):
            self.issues.append(issue)

    def _judge_article(self, place: CatalogRef, whole: bool) -> None:
        text = self.project.text(place)
        article = parse(text, place.path)
        self._check_layout(place, text, article)
        context = load_print_context(self.project, self.locale, article)
        state = article_state(article, context)
        going_out = _is_going_out(article, context, state)
        reporter = _IssueReporter(self, place, article, text)
        is_embargoed = story.is_embargoed(article, context, self.now)
        reporter.quiet = is_withheld(self.project, place, self.now, article)
        reporter.quiet_units = {unit.id for unit, _ in unprintable(article, context)}
        self.sources = tuple(report_slugs(article))
        self.lasts = not is_embargoed and self._has_past_times(text)
        reporter.add(self._record_issues(place, article))
        reporter.add(gate.article_findings(article, context))
        if going_out:
            self.used = () if is_live(article) else self.sources
            reporter.add(gate.ready_findings(article, context))
        if going_out or whole:
            reporter.add(self._unit_issues(place, article))
            reporter.add(self._story_issues(place, article, context))
            self._check_history(place, article, reporter)
            self._judge_progress(place, count(text, place.path, self.now))

    def _judge_report(self, place: CatalogRef, in_scope: bool) -> None:
        text = self.project.text(place)
        catalog = parse(text, place.path)
        self._check_layout(place, text, catalog)
        self.written, self.limited = written_sentences(catalog), limited_units(catalog)
        blocks = repair.current_blocks(self.project, place.slug, catalog)
        for fault in out_of_step(catalog, blocks, source_of(self.project, place)):
            self._add_defect(place.path, fault)
        has_source = place.slug in self.project.report_slugs()
        reporter = _IssueReporter(self, place, catalog, text)
        reporter.quiet = is_withheld(self.project, place, self.now)
        reporter.quiet_units = {unit.id for unit in catalog.units if unit.is_unprintable}
        is_embargoed = self.now < free_from(self.project, place.slug) < NEVER
        self.lasts = not is_embargoed and self._has_past_times(text)
        report_digest = digest(self.project.report_bytes(place.slug)) if has_source else ""
        reporter.add(self._record_issues(place, catalog))
        reporter.add(gate.report_findings(catalog, self.project.settings, report_digest))
        if in_scope:
            reporter.add(self._unit_issues(place, catalog))
            self._check_history(place, catalog, reporter)
            self._judge_progress(place, count(text, place.path, self.now))

    def _record_issues(self, place: CatalogRef, catalog: Catalog) -> Iterator[Issue]:
        """Yield the issues of a catalog's record, in scope or not."""
        yield from gate.place_findings(catalog, place.locale, place.folder, place.slug)
        yield from gate.tally_findings(catalog, self.project.settings, self.now)
        yield from self.proof.issues(place, catalog)

    def _unit_issues(self, place: CatalogRef, catalog: Catalog) -> Iterator[Issue]:
        if not self.rules.selection.includes_text_checks:
            return
        changed = changed_units(self.project, place, catalog, self.rules.since) if self.rules.since else None
        for unit, issue in self.checker.issues(place, catalog, changed):
            yield issue.at(Location(unit=unit.id))

    def _story_issues(self, place: CatalogRef, article: Catalog, context: PrintContext) -> Iterator[Issue]:
        """Yield the issues of story checks; those of the whole story only if part of it changed."""
        since, takes = self.rules.since, self.rules.selection.includes
        changed = changed_units(self.project, place, article, since) if since else None
        for issue in story_context.issues(self.project, self.locale, article, context, takes):
            unit = issue.location.unit
            if changed is None or (unit in changed if unit else changed):
                yield issue

    def _judge_progress(self, place: CatalogRef, counts: Counts) -> None:
        self.in_scope = (place.path,)
        share = counts.share(*_DONE_STATES[self.rules.require])
        if counts.total and share < self.rules.minimum:
            message = MESSAGES(
                f"gate.incomplete/{self.rules.require}", share=f"{share:.1f}", minimum=f"{self.rules.minimum:g}"
            )
            self.issues.append(file_issue("gate.incomplete", place.path, message, "error"))
        if (fuzzy := counts.units["needs-work"]) > self.rules.max_fuzzy:
            message = MESSAGES("gate.needs-work", number=fuzzy, most=self.rules.max_fuzzy)
            self.issues.append(file_issue("gate.needs-work", place.path, message, "error"))


def _with_remedy(fault: Issue) -> Message:
    """Return the message of a defect with the way to repair it."""
    if fault.check in _OPTIONS:
        return MESSAGES(fault.check, problem=fault.message, command=CommandRef(f"repair {_OPTIONS[fault.check]}"))
    if fault.repair:
        return MESSAGES("defect", problem=fault.message, command=CommandRef("repair"))
    return MESSAGES("defect/by-hand", problem=fault.message)


_OF_NO_TEXT = ("record.no-report", "record.off-record")
"""The issues that say why a text must not be shown. Their messages have no words of the text."""


def _is_going_out(article: Catalog, context: PrintContext, state: ArticleState) -> bool:
    """Return whether a story is judged as one that prints.

    A live story that is published and worked on is not: nothing of it prints until it is cleared
    again, and nobody else's work has to wait for that.
    """
    if is_live(article) and state == "published":
        return is_cleared(article, context)
    return state in _NEAR_PUBLICATION or (bool(article.header.get("X-Ready")) and state != "killed")


class _IssueReporter:
    """Adds the issues of one catalog to the verdict.

    If `quiet`, of embargoed or confidential text, they contain only reference and check id. So do
    those of the texts of `quiet_units`, which must not be printed.
    """

    def __init__(self, judge: CatalogJudge, place: CatalogRef, catalog: Catalog, text: str) -> None:
        self._judge, self._place, self._catalog, self._text = judge, place, catalog, text
        self._lines: dict[str, int] | None = None
        self.quiet = False
        self.quiet_units: Collection[str] = ()

    def add(self, issues: Iterator[Issue]) -> None:
        for issue in issues:
            located = issue.at(self._location(issue.location.unit))
            is_quiet = self.quiet or issue.location.unit in self.quiet_units
            self._judge.issues.append(without_text(located) if is_quiet and issue.check not in _OF_NO_TEXT else located)

    def _location(self, unit: str) -> Location:
        place = self._place
        if self._lines is None:
            self._lines = lines_of_units(self._text)
        label = place.ref(position_of(self._catalog, unit)) if unit else place.path
        return Location(place.path, self._lines.get(unit, 0), unit, label)


def lines_of_units(text: str) -> dict[str, int]:
    """Return id -> line number of each unit in a catalog's text."""
    found: dict[str, int] = {}
    line, end = 1, 0
    for match in _ID.finditer(text):
        line += text.count("\n", end, match.start())
        end = match.start()
        found[match[1]] = line
    return found


def changed_units(project: Project, place: CatalogRef, catalog: Catalog, since: str) -> Collection[str]:
    """Return the ids of the units whose texts differ from those in a commit.

    All units, if the commit has no such catalog or a broken one.
    """
    before = git.text_at(project.root, since, place.path)
    try:
        old = {unit.id: (unit.source, unit.target) for unit in parse(before or "", place.path, torn_ok=True).units}
    except UnreadableError:
        old = {}
    return {unit.id for unit in catalog.units if old.get(unit.id) != (unit.source, unit.target)}
