"""Judges of translations, one module per judge; the file name is the judge's id.

Invariant: a judge reads pairs of texts and answers with findings; it knows nothing of files, units
or the record, and what it answers is a hint: it orders a review, and approves, blocks and changes
nothing. A finding that names no place of its translation is refused.

    asking      the rules of a language model, and its answer; the user's settings
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol, get_args

from transflow.engines import Prompt, Reply
from transflow.registry import Registry

Kind = Literal["accuracy", "omission", "addition", "terms", "grammar", "style"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Subjects of findings."""
Severity = Literal["minor", "major", "critical"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
CHECK = "judge"
"""The family of the ids of findings: `judge.accuracy`."""


class JudgeItem(NamedTuple):
    """A translation to judge, with the sources around it for reference."""

    id: str
    source: str
    target: str
    kind: str = ""
    """Kind of the block, such as `headline`; empty for a paragraph."""
    before: str = ""
    after: str = ""


class JudgeFinding(NamedTuple):
    """A mistake that a judge sees in the translation of an item."""

    item: str
    span: tuple[int, int]
    """Start and end in the translation, in code points; never empty."""
    severity: Severity
    kind: Kind
    confidence: float
    """From 0 to 1."""
    reason: str
    repair: str = ""
    """Proposal for the text of the span; empty for none."""


class JudgeSetup(NamedTuple):
    """Everything that `Judge.judge` needs besides the items."""

    source: str
    """Locale code of the reports' language."""
    target: str
    options: Mapping[str, str] = {}
    """The user's own settings of the judge, by the names in `OPTIONS`."""
    complete: Callable[[Prompt], Reply] | None = None
    """Asks the language model of `ENGINE`; None for judges without one."""


class Judge(Protocol):
    """Interface of a judge module. The docstring of the module says what it asks, and how."""

    ENGINE: str = ""
    """Engine whose language model is asked, with its address, keys, price and permissions in
    engines.toml; empty for judges that ask none.
    """
    OPTIONS: Mapping[str, str] = {}
    """Name of an option in judges.toml -> its meaning. A name ending in `!` is required."""
    NUMBERS: Mapping[str, tuple[float, float]] = {}
    """Those of the options that are numbers -> the least and the largest one."""
    VERSION: str = ""
    """Text that changes when the judge may find other things in the same texts."""

    @staticmethod
    def judge(items: Sequence[JudgeItem], setup: JudgeSetup) -> Sequence[JudgeFinding]:
        """Return the findings, of items that were passed only.

        Raise `network.errors.EngineError`, or JudgeError for a judge that does not work.
        """
        ...


registry = Registry(__name__, __path__, "judge", Judge)
names, load = registry.names, registry.load
