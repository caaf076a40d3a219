"""Issues of the sentences behind a story, repeated at the paragraphs that say the same.

Invariant: an issue is repeated until the sentence or the paragraph is right: it ends when the
sentence is corrected or the issue waived there, or when the paragraph no longer has the fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from transflow import checks, findings
from transflow.actions.checks.cached import CachedChecker
from transflow.actions.checks.check_context import CheckContexts, unit_context
from transflow.actions.stories.print_context import load_print_context
from transflow.messages import Messages
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue, Location, Span
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project
from transflow.stories.compose import DraftSource, draft, placement
from transflow.stories.printed import PrintContext, printed_units
from transflow.text import words

MESSAGES = Messages(__name__, {"repeated": "{ref}: {issue}"})


class SentenceIssue(NamedTuple):
    """An error or warning of a sentence, and the paragraph that has the same fault."""

    paragraph: Unit
    ref: str
    """The sentence as people type it."""
    issue: Issue

    @property
    def repeated(self) -> Issue:
        """The issue as one of the paragraph."""
        message = MESSAGES("repeated", ref=self.ref, issue=self.issue.message)
        location = Location(unit=self.paragraph.id)
        return Issue(self.issue.check, self.issue.severity, message, location=location, sentence=self.ref)


def issues_behind(
    project: Project, locale: str, article: Catalog, context: PrintContext, families: Collection[str] | None = None
) -> list[SentenceIssue]:
    """Return the issues of the sentences behind printed paragraphs that stand in their texts too.

    The text of an unwritten paragraph is its draft. Waived issues and hints are left out.
    `families` limits the check families; None for all.
    """
    behind = placement(article, context.reports)
    printed = printed_units(article)
    used = {each.ref for unit in printed for each in behind[unit.id] if not each.unit.omitted}
    sentences = {
        slug: _Sentences(project, CatalogRef(locale, "reports", slug), report, families)
        for slug, report in context.reports.items()
    }
    issues = {slug: found.issues({ref.unit for ref in used if ref.report == slug}) for slug, found in sentences.items()}
    return [
        SentenceIssue(unit, sentences[each.report].ref(each.unit.id), issue)
        for unit in printed
        for each in behind[unit.id]
        for issue in issues[each.report].get(each.unit.id, ())
        if sentences[each.report].stands_in(_text(unit, behind[unit.id], locale), each.unit, issue)
    ]


def sentences_with_errors(project: Project, place: CatalogRef) -> list[str]:
    """Return the references of the sentences with an error that stands in a story too."""
    article = project.load(place)
    context, families = load_print_context(project, place.locale, article), _families_with_errors(project)
    found = issues_behind(project, place.locale, article, context, families)
    return list(dict.fromkeys(each.ref for each in found if each.issue.severity == "error"))


def _families_with_errors(project: Project) -> list[str]:
    """Return the check families that may report errors in this project.

    Spelling usually is none of them, and takes long to load.
    """
    settings = project.settings
    ids = [name for name, severity in checks.severities().items() if severity == "error"]
    ids += [name for name, severity in settings.checks.items() if severity == "error"]
    ids += ["style"] if settings.style.get("rule") else []
    found = {checks.family(name) for name in ids}
    return [name for name in checks.families() if name in found]


def _text(paragraph: Unit, behind: Sequence[DraftSource], locale: str) -> str:
    return paragraph.target or draft(behind, locale)


class _Sentences:
    """Sentences of one report."""

    def __init__(self, project: Project, place: CatalogRef, report: Catalog, families: Collection[str] | None) -> None:
        self._project, self._place, self._report, self._families = project, place, report, families
        self._numbers = {unit.id: number for number, unit in enumerate(report.units, 1)}

    def ref(self, unit_id: str) -> str:
        return self._project.ref(self._place, self._numbers[unit_id])

    def issues(self, ids: set[str]) -> Mapping[str, list[Issue]]:
        """Return the errors and warnings of some units, by id."""
        found: dict[str, list[Issue]] = {}
        if ids:
            checker = CachedChecker(self._project, self._place.locale, self._families)
            for unit, issue in checker.issues(self._place, self._report, ids):
                if issue.severity != "hint":
                    found.setdefault(unit.id, []).append(issue)
        return found

    def stands_in(self, text: str, sentence: Unit, issue: Issue) -> bool:
        """Return True if a paragraph has the fault of a sentence.

        Either it has the sentence as it stands, or the check finds the same fault in its text.
        """
        if _has_words(text, sentence.target):
            return True
        wrong = _part(sentence.target, issue.target_span)
        if wrong and not _has_words(text, wrong):
            return False
        found = self._issues_of(sentence, text, checks.family(issue.check))
        return any(_is_same(sentence, issue, text, other) for other in found)

    def _issues_of(self, sentence: Unit, text: str, family: str) -> Iterator[Issue]:
        """Yield the issues of the text of a paragraph as the translation of the sentence."""
        base = CheckContexts(self._project, self._place.locale).base(self._place, self._report)
        context = unit_context(self._numbers[sentence.id] - 1, self._report, base)
        found = checks.run(sentence.replace(target=text), context, (family,))
        adjusted = findings.with_severities(found, self._project.settings.checks)
        return (issue for issue in adjusted if issue.severity != "hint")


def _is_same(sentence: Unit, issue: Issue, text: str, other: Issue) -> bool:
    """Return True if `other`, an issue of a sentence with another text, is about the same words."""
    if issue.source_span and other.source_span:
        return checks.family(issue.check) == checks.family(other.check) and _overlap(
            issue.source_span, other.source_span
        )
    same_words = _part(sentence.target, issue.target_span) == _part(text, other.target_span)
    return issue.check == other.check and same_words


def _overlap(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _part(text: str, span: Span | None) -> str:
    return text[span[0] : span[1]] if span else ""


def _has_words(text: str, part: str) -> bool:
    """Return True if the words of `part`, at least one, stand one after the other in a text."""
    own, wanted = words(text), words(part)
    if not wanted:
        return bool(part) and part in text
    return any(own[start : start + len(wanted)] == wanted for start in range(len(own) - len(wanted) + 1))
