"""Faults that the oracle has to find: each puts back how transflow once lost or leaked something.

Every fault is a context manager that replaces functions of transflow wherever they were imported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest import mock

from transflow.actions import recording
from transflow.actions.project import git_merge
from transflow.actions.stories import article, reading
from transflow.actions.units import seen, steps
from transflow.attribution import authorship, stamps
from transflow.attribution.authorship import newest_authorship, split_evenly
from transflow.digests import approval
from transflow.integrity.repair import standing
from transflow.merge import units as merged_units
from transflow.merge.units import MergedUnit
from transflow.messages import NOTHING
from transflow.model.unit import Conflict, Unit
from transflow.po import header
from transflow.privacy import rename
from transflow.project import beside_git, files, looking, torn
from transflow.report import front
from transflow.stories import corrections
from transflow.units import workflow


@contextmanager
def replaced(*functions: tuple[Any, Any]) -> Iterator[None]:
    """Replace functions in every module of transflow that imported them."""
    with ExitStack() as stack:
        for old, new in functions:
            for name, module in sorted(sys.modules.items()):
                if name.startswith("transflow"):
                    for attribute in [key for key, value in vars(module).items() if value is old]:
                        stack.enter_context(mock.patch.object(module, attribute, new))
        yield


@contextmanager
def with_methods(*methods: tuple[type, str, Any]) -> Iterator[None]:
    with ExitStack() as stack:
        for owner, name, new in methods:
            stack.enter_context(mock.patch.object(owner, name, new))
        yield


@contextmanager
def torn_reads() -> Iterator[None]:
    """A catalog that git is writing is read as it stands, and its units are not counted."""
    with (
        with_methods(
            (looking.SettledFiles, "_check_settled", lambda *_: None),
            (beside_git.LocalGit, "is_locked", lambda _: False),
        ),
        replaced((header.check_whole, lambda *_, **__: None), (torn.may_be_torn, lambda _: False)),
    ):
        yield


def judging_without_marks() -> Any:
    """An approval is given to whatever stands there now."""
    return replaced((seen.check_seen, lambda *_, **__: None), (reading.check_story, lambda *_: None))


def glossary_driver_by_ending() -> Any:
    """A catalog whose name ends in "glossary" is merged as a glossary."""
    return replaced((git_merge._is_glossary, lambda path, *_: path.endswith("glossary.po")))


def conflicts_without_shares() -> Any:
    """A conflict names the person who touched the text last, and nobody else."""

    def as_conflict(unit: Unit) -> Conflict:
        last = newest_authorship(unit)
        return Conflict(last.who, last.time, unit.target)

    return replaced((authorship.as_conflict, as_conflict))


def deleted_catalogs_made_anew() -> Any:
    """A catalog that is missing in the folder is made anew, though git has it."""
    return with_methods((beside_git.LocalGit, "check_not_tracked", lambda *_: None))


def withdrawn_approvals_merged() -> Any:
    """An approval is valid for its text, whatever happened after it."""

    def why_void(unit: Unit) -> object:
        given = unit.approved
        if given is None or given.digest == approval(unit.id, unit.source, unit.target):
            return NOTHING
        return stamps.MESSAGES("another-text")

    return replaced((stamps.why_void, why_void))


def reverted_withdrawals_unseen() -> Any:
    """No check looks for approvals that a revert brought back."""
    return with_methods((standing.WithdrawnApprovals, "watching", lambda self, versions: versions))


def deleted_words_shared_out() -> Any:
    """Words that are deleted come off everybody's count in proportion."""

    def remove(self: Any, deleted: Sequence[str], *_: object) -> None:
        for name, part in zip(
            [*self.by], split_evenly(min(len(deleted), self.by.total()), [*self.by.values()]), strict=True
        ):
            self.by[name] -= part
        self._take_off_translators(min(len(deleted), self.translated.total()), ())

    return with_methods((authorship._Shares, "remove", remove))


def corrections_unchecked() -> Any:
    """A paragraph may be cleared with a note about a mistake that still stands in it."""
    return replaced((corrections.faults, lambda *_: iter(())))


def two_writes() -> Any:
    """A paragraph takes its new draft in one step, and is confirmed in the next."""

    def confirm_with_drafts(actor: Any, ref: str, *, take_new: bool = False, seen: Any = ()) -> Any:
        article.compose_article(actor, ref.partition("#")[0], ())
        return steps.confirm(actor, ref, seen=seen, take_new=take_new)

    return mock.patch.object(article, "confirm_with_drafts", confirm_with_drafts)


def confidential_texts_leak() -> Any:
    """The texts of confidential reports leave the newsroom like others."""
    real = front.releasable_from

    def releasable_from(fields: Any, timezone: str) -> str:
        return "" if fields.confidential else real(fields, timezone)

    return replaced((front.releasable_from, releasable_from))


def embargoed_texts_leak() -> Any:
    """The texts of embargoed reports leave the newsroom like others."""

    def releasable_from(fields: Any, _: str) -> str:
        return front.NEVER if fields.confidential else ""

    return replaced((front.releasable_from, releasable_from))


def stale_counts() -> Any:
    """The number of units in the header is not brought up to date."""
    return replaced((header.with_counts, lambda catalog: catalog))


def wrong_word_counts() -> Any:
    """Shares are written as they are, whether they add up or not."""
    real = authorship.with_target

    def with_target(*arguments: Any, **more: Any) -> Unit:
        unit = real(*arguments, **more)
        return unit.replace(by=tuple(each._replace(words=each.words + 1) for each in unit.by))

    return replaced((authorship.with_target, with_target))


def writes_in_place() -> Any:
    """A file is written over the old one, piece by piece."""

    def write(root: Any, path: Any, data: bytes, check: Callable[[], None] | None = None, **_: Any) -> None:
        if check is not None:
            check()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        try:
            files._write_whole(path, data, 0o644)
        except OSError as error:
            why = files.MESSAGES("os-error", why=str(error.strerror))
            raise files.NotWrittenError(path.name, why, files.MESSAGES("mend")) from None

    return replaced((files.write, write))


def no_sync() -> Any:
    """A file is renamed before it has reached the disk."""
    return mock.patch.object(files, "os", _WithoutSync())


class _WithoutSync:
    """The module `os` with a sync that does nothing."""

    def __getattr__(self, name: str) -> Any:
        import os

        return (lambda _: None) if name == "fsync" else getattr(os, name)


def approvals_survive_edits() -> Any:
    """A changed text keeps its approval, as if it had been read."""
    real = workflow.confirm

    def confirm(unit: Unit, target: str, *arguments: Any, **more: Any) -> Unit:
        new = real(unit, target, *arguments, **more)
        return workflow.approve(new, unit.approved.who, new.by[-1].time) if unit.approved and new != unit else new

    return replaced((workflow.confirm, confirm))


def newest_text_wins() -> Any:
    """A merge keeps one of two texts of a sentence."""
    return mock.patch.object(Unit, "replace", _without_conflicts)


_real_replace = Unit.replace


def _without_conflicts(unit: Unit, **changes: Any) -> Unit:
    return _real_replace(unit, **(changes | ({"conflicts": ()} if "conflicts" in changes else {})))


def redactions_merged_as_marks() -> Any:
    """A merge keeps the mark of a redaction, and the text of the other side."""

    def redacted(_: Unit, one: Unit, two: Unit, new: Sequence[Unit]) -> MergedUnit:
        other = two if one in new else one
        return MergedUnit(other.replace(redacted=new[0].redacted))

    return replaced((merged_units._redacted, redacted))


def protected_people_named() -> Any:
    """Units keep the id that a protected person had before."""
    return replaced((rename.with_people, lambda unit, _: unit))


def unsigned_decisions() -> Any:
    """Decisions are not signed, though people have keys."""
    return replaced((recording.sign, lambda *_: NOTHING))


class Fault(NamedTuple):
    """A fault, the rules by which it may be found, and the kind of newsroom that meets it."""

    plant: Callable[[], Any]
    rules: frozenset[str]
    kind: str = ""


FAULTS = {
    "torn reads": Fault(torn_reads, frozenset({"words lost", "torn file", "unreadable"})),
    "judging without marks": Fault(judging_without_marks, frozenset({"approval on another text"})),
    "the glossary's driver for names that end in it": Fault(
        glossary_driver_by_ending,
        frozenset({"unreadable", "words lost", "void approval", "shares", "approval on another text"}),
    ),
    "conflicts without shares": Fault(conflicts_without_shares, frozenset({"credit", "shares"})),
    "deleted catalogs made anew": Fault(deleted_catalogs_made_anew, frozenset({"words lost"})),
    "withdrawn approvals revived by a squash": Fault(
        withdrawn_approvals_merged,
        frozenset({"withdrawn approval", "approval on another text", "void approval"}),
        "squashing",
    ),
    "withdrawn approvals revived by a revert": Fault(
        reverted_withdrawals_unseen, frozenset({"withdrawn approval"}), "squashing"
    ),
    "words moved by mending and undoing": Fault(deleted_words_shared_out, frozenset({"credit"})),
    "a correction that keeps the old text": Fault(corrections_unchecked, frozenset({"correction"})),
    "one step in two writes": Fault(two_writes, frozenset({"two writes"})),
    "confidential texts leak": Fault(confidential_texts_leak, frozenset({"withheld text"})),
    "embargoed texts leak": Fault(embargoed_texts_leak, frozenset({"withheld text"})),
    "stale counts of units": Fault(stale_counts, frozenset({"internal error", "unreadable"})),
    "wrong word counts": Fault(wrong_word_counts, frozenset({"shares", "credit"})),
    "files written in place": Fault(writes_in_place, frozenset({"torn file", "words lost", "unreadable"})),
    "files renamed before they are synced": Fault(no_sync, frozenset({"torn file"})),
    "approvals that survive edits": Fault(approvals_survive_edits, frozenset({"approval on another text"})),
    "redactions that a merge undoes": Fault(redactions_merged_as_marks, frozenset({"withheld text"})),
    "protected people who are named": Fault(protected_people_named, frozenset({"withheld text"})),
    "decisions without signatures": Fault(unsigned_decisions, frozenset({"proof"}), "signing"),
    "merges that keep one text": Fault(newest_text_wins, frozenset({"words lost"})),
}
