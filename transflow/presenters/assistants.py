"""Assistants of a translator: suggestions, terms, checks, and an engine.

Invariant: the UI calls an assistant in a thread, with the unit as a value, and shows the result for
that unit only; an assistant that is not installed is None, and its pane says so. A call takes a few
milliseconds, since Python handles no key press meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from transflow import glossary
from transflow.actions import Actor, utc_now
from transflow.actions.checks.cached import LiveChecker
from transflow.actions.judges.found import Findings
from transflow.actions.language.glossary import add, matcher
from transflow.actions.language.memory import Memory
from transflow.actions.units.remembered import MachineDraft
from transflow.attribution.machines import MEMORY, machine_label
from transflow.errors import TransflowError, UnreadableError
from transflow.judges import CHECK
from transflow.messages import NOTHING, Message, Messages, joined
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Unit
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.formatting import format_person
from transflow.project import CatalogRef, Project

if TYPE_CHECKING:
    from transflow.actions.language.memory import Memory
    from transflow.memory.match import Match as Known
    from transflow.memory.match import Origin


MESSAGES = Messages(
    __name__,
    {
        "no-engine": "No engine is installed.",
        "asking-engine": "Asking the engine …",
        "no-glossary": "No glossary is installed.",
        "no-suggestion": "There is no suggestion for this sentence.",
        "memory-alone": "{why} The memory of this machine answers alone.",
    },
)


class UnitContext(NamedTuple):
    """Position of a unit."""

    locale: str
    source_language: str
    report: str
    """The slug of the catalog."""
    before: str = ""
    """The source of the previous unit; empty at the start."""
    after: str = ""
    catalog: Catalog | None = None
    """The catalog as the caller has it, so that it is not loaded again."""


def unit_context(view: CatalogView, unit: Unit, source_language: str) -> UnitContext:
    """Return the position of a unit in an open catalog."""
    before, after = view.neighbours(unit.id)
    neighbours = (before.source if before else "", after.source if after else "")
    return UnitContext(view.place.locale, source_language, view.place.slug, *neighbours, view.catalog)


class Suggestion(NamedTuple):
    """A suggestion; `score` is 0 to 101 (101: the same text between the same neighbours)."""

    score: int
    source: str
    target: str
    origin: str = ""
    """Origin as shown to people: a report's name and the people, or an engine."""
    machine: str = ""
    """Name of the machine as in `@by`; empty for translations of people."""
    known: Origin | None = None
    """Sentence that a match of the memory comes from."""

    def draft(self) -> MachineDraft | None:
        """Return the text as a draft to edit, of which everybody keeps their words."""
        who = self.machine or (MEMORY if self.known else "")
        return MachineDraft(who, self.target, self.known) if who and self.target else None


class TermHint(NamedTuple):
    """A glossary term that occurs in the source."""

    source: str
    target: str
    note: str = ""
    forbidden: tuple[str, ...] = ()


_DIFFERENCES = 4
"""Number of differences that are shown: a match with more is read as a whole."""


class Suggester(Protocol):
    def suggest(self, unit: Unit, context: UnitContext) -> Sequence[Suggestion]:
        """Return the matches of a unit, best first; at most nine are offered."""
        ...


class TermFinder(Protocol):
    def terms(self, unit: Unit, context: UnitContext) -> Sequence[TermHint]:
        """Return the glossary terms in the source, in order."""
        ...

    def add(self, actor: Actor, locale: str, source: str, target: str) -> None:
        """Add a term to the glossary of the locale. Raise TransflowError on failure."""
        ...


class Asker(Protocol):
    def ask(self, actor: Actor, unit: Unit, context: UnitContext) -> Suggestion:
        """Translate a unit with the engine that the user chose, which may be slow. Raise
        TransflowError.
        """
        ...


class Checker(Protocol):
    def check(self, unit: Unit, context: UnitContext) -> Sequence[Issue]:
        """Return the issues of a unit with this target, waived or not."""
        ...


def is_about_spelling(issue: Issue) -> bool:
    """True if an issue is about a word that no dictionary has, at a place of the text."""
    return issue.check == "spelling" and issue.target_span is not None


def is_shown(issue: Issue) -> bool:
    """True for errors, warnings and findings of judges.

    Other hints are left to `transflow check --hints`: beside every second sentence, people would
    ignore them.
    """
    return issue.severity != "hint" or issue.check.startswith(f"{CHECK}.")


class Checks:
    """The checks of `transflow.checks`, as the gate and approving run them.

    Of their hints, those about spelling are left: they are underlined in the text. What judges
    found is added: it was asked for.
    """

    def __init__(self, project: Project) -> None:
        self._project, self._checker = project, LiveChecker(project)
        self._of_thread = threading.local()

    def check(self, unit: Unit, context: UnitContext) -> Sequence[Issue]:
        found = self._checker.issues(unit, context.locale, context.report, context.catalog)
        shown = [issue for issue in found if is_shown(issue) or is_about_spelling(issue)]
        return [*shown, *self._findings.issues(CatalogRef(context.locale, "reports", context.report), unit)]

    @property
    def _findings(self) -> Findings:
        """The findings of judges: a database serves one thread."""
        if not hasattr(self._of_thread, "findings"):
            self._of_thread.findings = Findings(self._project)
        findings: Findings = self._of_thread.findings
        return findings


class Glossary:
    """The glossary of the project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def terms(self, unit: Unit, context: UnitContext) -> Sequence[TermHint]:
        """Return the terms; none if the glossary is unreadable, which the gate reports."""
        try:
            hits = matcher(self._project, context.locale).find(unit.source)
        except UnreadableError:
            return ()
        return [self._shown(term, certain) for term, certain in {hit.term: hit.certain for hit in hits}.items()]

    @staticmethod
    def _shown(term: glossary.Term, certain: bool) -> TermHint:
        notes = [term.short, ", ".join(term.allowed), term.context, "?" * (term.open or not certain), *term.comments]
        return TermHint(term.source, term.target or "–", " · ".join(filter(None, notes)), term.forbidden)

    def add(self, actor: Actor, locale: str, source: str, target: str) -> None:
        add(actor.project, locale, glossary.Term(source, target))


class MemorySuggester:
    """The memory of the project."""

    def __init__(self, project: Project, clock: Callable[[], str] = utc_now) -> None:
        self._project, self._clock = project, clock
        self._memories: dict[str, Memory] = {}
        self._announced: set[str] = set()

    def news(self) -> Message:
        """Return the message that a shared memory is unavailable or was sent nothing, once per
        reason; else an empty string.
        """
        memories = self._memories.values()
        away = [MESSAGES("memory-alone", why=each.unavailable_reason) for each in memories if each.unavailable_reason]
        unsent = [joined([each.unsent_reason]) for each in memories if each.unsent_reason]
        message = next((each for each in (*away, *unsent) if each not in self._announced), NOTHING)
        self._announced.add(message)
        return message

    def suggest(self, unit: Unit, context: UnitContext) -> Sequence[Suggestion]:
        """Return the matches; none if the memory is unusable, which `transflow memory rebuild`
        explains.
        """
        try:
            new_memory = Memory(self._project, context.locale, refresh_interval=1.0, clock=self._clock)
            memory = self._memories.setdefault(context.locale, new_memory)
            found = memory.lookup(
                unit.source, report=context.report, unit=unit.id, neighbours=(context.before, context.after)
            )
        except TransflowError:
            return ()
        return [self._shown(each, unit.source) for each in found]

    def _shown(self, match: Known, source: str) -> Suggestion:
        """Return a suggestion whose origin lists differences, `3곳이≠4곳이`, and repairs,
        `Three→Four`.
        """
        origin = match.origin
        who = format_person(self._project.settings, origin.who) if origin.who else ""
        differing = [f"{match.source[slice(*each.old)]}≠{source[slice(*each.new)]}" for each in match.differences]
        exchanged = [f"{each.original}→{match.target[slice(*each.span)]}" for each in match.repairs]
        about = ", ".join(filter(None, (origin.catalog, who, *differing[:_DIFFERENCES], *exchanged)))
        return Suggestion(match.score, match.source, match.target, about, known=origin)


class EngineAsker:
    """The engine of the user's engines.toml, or of the project."""

    def ask(self, actor: Actor, unit: Unit, context: UnitContext) -> Suggestion:
        """Translate a unit. Loads the engines, which most people do not ask."""
        from transflow.actions.engines.draft import draft

        answer = draft(actor, CatalogRef(context.locale, "reports", context.report), unit.id)
        return Suggestion(0, unit.source, answer.text, machine_label(answer.who), answer.who)


class Assistants(NamedTuple):
    """The assistants that are installed."""

    suggester: Suggester | None = None
    terms: TermFinder | None = None
    checker: Checker | None = None
    asker: Asker | None = None


MAX_SUGGESTIONS = 9
"""Number of suggestions that are offered."""


def with_answer(matches: Sequence[Suggestion], answer: Suggestion) -> tuple[Suggestion, ...]:
    """Return the suggestions with an engine's answer first, in place of its earlier one."""
    return (answer, *(match for match in matches if match.machine != answer.machine))[:MAX_SUGGESTIONS]


def pending_message(suggester: Suggester | None) -> Message | None:
    """Return a suggester's message for people; None if there is none."""
    message = suggester.news() if isinstance(suggester, MemorySuggester) else NOTHING
    return message or None


def installed_assistants(project: Project, clock: Callable[[], str] = utc_now) -> Assistants:
    """Return the assistants of a project."""
    return Assistants(
        suggester=MemorySuggester(project, clock), terms=Glossary(project), asker=EngineAsker(), checker=Checks(project)
    )
