"""The gate: a verdict on stories before publication, or on whole locales.

Invariant: everything in scope is judged, whatever is found on the way; an unreadable file is never
a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count

from transflow.actions.checks import deleted_catalogs, limits, missing_texts, strays
from transflow.actions.checks.catalog_judge import CatalogJudge, Rules, file_issue
from transflow.actions.checks.known_verdicts import CatalogVerdict, KnownVerdicts
from transflow.actions.checks.proof import ProofChecker
from transflow.actions.checks.verdict_cache import VerdictCache
from transflow.actions.parallel import mapped
from transflow.actions.project import repair
from transflow.errors import UsageError
from transflow.findings import Verdict
from transflow.messages import CommandRef, Messages
from transflow.model.issue import Issue
from transflow.privacy import pseudonyms
from transflow.project import CatalogRef, Project, git
from transflow.project.git_history import CommittedVersions
from transflow.project.places import FOLDERS, report_path
from transflow.project.project import CONFIG

MESSAGES = Messages(
    __name__,
    {
        "commit": "git knows no commit “{commit}” here.",
        "record.conflict-markers": "git left the marks of a conflict in it: choose between the two versions, and "
        "delete the lines with <<<<<<<, ======= and >>>>>>>.",
        "record.protected-name": "it has the name of a protected person: {command} removes the name.",
        "record.leftover": "a half-written file that a crash left: {command} puts it away.",
        "record.no-catalog": "it cannot be translated into {locale} yet: {command} creates the catalog.",
    },
)
_MANY = 16
"""Number of catalogs from which on they are judged by one process per processor."""
Progress = Callable[[int, int], None]
"""Function that is told how many catalogs are judged, of how many."""


def check(
    project: Project,
    now: str,
    rules: Rules,
    locales: tuple[str, ...] = (),
    *,
    everything: bool = False,
    progress: Progress | None = None,
) -> Verdict:
    """Judge the articles that are ready, cleared or published, with the reports that they use.

    With `locales` or `everything`, judge these locales, or all, as a whole. The rules of the record
    apply to every catalog, in scope or not. Raise UsageError for a commit that git does not know.
    """
    if rules.since and not (
        git.is_commit(project.root, rules.since) or git.is_before_first_commit(project.root, rules.since)
    ):
        raise UsageError(MESSAGES("commit", commit=rules.since))
    verdict = Verdict(fail_on=rules.fail_on)
    judged_locales = [locale for locale in project.settings.locales if not locales or locale in locales]
    wholes = [locale for locale in judged_locales if everything or locale in locales]
    total = sum(len(project.catalogs(locale, folder)) for locale in judged_locales for folder in FOLDERS)
    for done in _judge_locales(project, now, rules, judged_locales, wholes, verdict):
        if progress:
            progress(done, total)
    if verdict.catalogs:
        verdict.issues += missing_texts.shallow_clone(project)
    verdict.issues += _file_issues(project)
    verdict.issues = [
        issue
        for issue in verdict.issues
        if rules.selection.includes(issue.check) or issue.location.path in verdict.unreadable
    ]
    return verdict


def _judge_locales(
    project: Project, now: str, rules: Rules, locales: Sequence[str], wholes: Sequence[str], verdict: Verdict
) -> Iterator[int]:
    """Add the findings of the catalogs, and yield after each the number of those judged."""
    proof, number = ProofChecker(project, rules.proof, rules.proof_since, locales), count(1)
    verdict.proved = proof.proved
    verdict.issues += (each for each in proof.deletions() if each.location.path.split("/")[1] in locales)
    with closing(CommittedVersions(project.root)) as committed:
        for locale in locales:
            judge = _Locale(project, now, rules, locale, verdict, proof, committed).judge(locale in wholes)
            yield from (next(number) for _ in judge)


def _file_issues(project: Project) -> Iterator[Issue]:
    """Yield the issues of files that are no catalogs."""
    for path in repair.marked_reports(project):
        yield file_issue("record.conflict-markers", path, MESSAGES("record.conflict-markers"))
    if any(pseudonyms.is_identified(each) for each in project.settings.people):
        message = MESSAGES("record.protected-name", command=CommandRef("person protect ID"))
        yield file_issue("record.protected-name", CONFIG, message)
    for leftover in repair.leftovers(project):
        where = leftover.relative_to(project.root).as_posix()
        yield file_issue("record.leftover", where, MESSAGES("record.leftover", command=CommandRef("repair")))
    yield from strays.stray_files(project)


class _Locale:
    """The catalogs of a locale, judged by all processors or known from an earlier run."""

    def __init__(
        self,
        project: Project,
        now: str,
        rules: Rules,
        locale: str,
        verdict: Verdict,
        proof: ProofChecker,
        committed: CommittedVersions,
    ) -> None:
        self._project, self._rules, self._locale, self._verdict = project, rules, locale, verdict
        self._committed = committed
        can_be_known = not (rules.since or rules.proof_since or rules.proof != "off")
        self._verdicts = VerdictCache(project.cache if can_be_known else None)
        thresholds = (rules.require, str(rules.minimum), str(rules.max_fuzzy), *rules.selection.key)
        self._known = KnownVerdicts(project, now, thresholds, committed, self._verdicts)
        self._judge = CatalogJudge(project, now, rules, locale, proof, committed)

    def judge(self, whole: bool) -> Iterator[CatalogRef]:
        """Add the findings, and yield each catalog that is judged."""
        used: set[str] = set()
        articles = self._project.catalogs(self._locale, "articles")
        for place, found in zip(articles, self._found([(place, whole) for place in articles]), strict=True):
            self._take(found)
            used.update(found.used)
            yield place
        doubled, limited = strays.DoubledReports(), dict[CatalogRef, tuple[str, ...]]()
        reports = self._project.catalogs(self._locale, "reports")
        verdicts = self._found([(place, whole or place.slug in used) for place in reports])
        for place, found in zip(reports, verdicts, strict=True):
            self._take(found)
            doubled.add(place, found.written)
            limited[place] = found.limited
            yield place
        for issue in deleted_catalogs.issues(self._project, self._locale, self._committed, self._verdicts):
            self._add(issue)
        self._verdicts.save()
        for each in (self._verdicts, self._judge.unit_verdicts):
            each.close()
        for issue in (
            *doubled.issues(),
            *limits.differing(self._project, limited),
            *missing_texts.missing_catalogs(self._project, self._locale),
        ):
            self._add(issue)
        for slug in self._project.report_slugs():
            place = CatalogRef(self._locale, "reports", slug)
            if whole and not self._project.exists(place) and place.path not in self._project.local_git.tracked_files():
                message = MESSAGES("record.no-catalog", locale=self._locale, command=CommandRef(f"update {slug}"))
                self._add(file_issue("record.no-catalog", report_path(slug), message, "error"))

    def _found(self, places: Sequence[tuple[CatalogRef, bool]]) -> Iterator[CatalogVerdict]:
        """Yield the verdicts in order. With the place: whether its texts are judged too."""
        if not self._verdicts.is_used:
            yield from self._judged(places)
            return
        known = {place: self._known.find(place, whole=whole) for place, whole in places}
        judged = self._judged([each for each in places if known[each[0]][0] is None])
        self._known.forget_files()
        for place, whole in places:
            found, files = known[place]
            if found is None:
                found = next(judged)
                self._known.add(place, files, found, whole=whole)
            yield found

    def _judged(self, places: Sequence[tuple[CatalogRef, bool]]) -> Iterator[CatalogVerdict]:
        if len(places) >= _MANY:
            self._committed.share()
            for each in (self._verdicts, self._judge.unit_verdicts):
                each.close()  # no process may use the database that another one opened
        return mapped(self._judge.judge, places, _MANY, 4)

    def _take(self, found: CatalogVerdict) -> None:
        self._verdict.catalogs += found.in_scope
        self._verdict.unreadable.update(found.unreadable)
        for issue in found.issues:
            self._add(issue)

    def _add(self, issue: Issue) -> None:
        if issue not in self._verdict.issues[-50:]:  # a broken report stops its articles too, with the same issue
            self._verdict.issues.append(issue)
