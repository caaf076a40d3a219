"""Authorship of a target: how `@by`, `@translated` and `@text` follow an edit.

Invariant: after `with_target`, the words of `by` and `translated` together are the words of the
target, and `text` is its digest. Words that survive from an earlier target stay with their authors,
words taken from a translators' draft go to the translators, and only the rest belongs to the
editing person. Deleted words are taken off the deleting person's own count first, so that adding
words and deleting them again leaves everybody's count as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transflow.attribution import stamps
from transflow.digests import digest
from transflow.model.unit import Authorship, Conflict, ConflictShare, Share, Unit
from transflow.similarity import common_opcodes
from transflow.text import words

SMALLEST_SHARE = 0.1
"""Smallest overlap, as a fraction of the text, that makes somebody an author; less is chance."""
NOBODY = "unknown"
"""Author of a target without `@by`."""
LONG_AGO = "1970-01-01T00:00:00Z"


def is_attributed(unit: Unit) -> bool:
    """True if `@by` describes the present target. False after the file was edited by another
    program.
    """
    return not unit.target or unit.text == digest(unit.target)


SOURCE = "mt:source"
"""Author of words that stand in the report itself, which is in the language of the story."""


def is_machine(who: str) -> bool:
    """True for a machine author such as `mt:deepl/quality`."""
    return who.startswith("mt:")


def split_evenly(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` into whole parts proportional to `weights`, by largest remainder; ties go to
    the earlier.
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def fitted(counts: Sequence[int], whole: int) -> list[int]:
    """Adjust word counts so that they add up to `whole`.

    The largest count absorbs the difference. If that would leave it without words, all counts are
    scaled in proportion, and every non-zero count keeps at least one word as long as there are
    enough.
    """
    parts = list(counts)
    if not any(parts) or sum(parts) == whole:
        return parts
    main = max(range(len(parts)), key=lambda index: parts[index])
    others = sum(parts) - parts[main]
    if whole > others:
        parts[main] = whole - others
        return parts
    parts = split_evenly(whole, counts)
    for index, count in enumerate(counts):
        most = max(range(len(parts)), key=lambda each: parts[each])
        if count and not parts[index] and parts[most] > 1:
            parts[most] -= 1
            parts[index] += 1
    return parts


def surviving_words(old: Sequence[str], new: Sequence[str]) -> list[bool]:
    """Return, for each word of `new`, whether it is in a longest common subsequence with `old`."""
    return _common_words(old, new)[1]


def _common_words(old: Sequence[str], new: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Return, for each word of both texts, whether it is in their longest common subsequence.

    The result does not depend on which text is newer (there may be several longest subsequences),
    so that undoing an edit removes exactly what the edit added.
    """
    if (len(old), [*old]) > (len(new), [*new]):
        in_old, in_new = _common_words(new, old)
        return in_new, in_old
    in_new, in_old = [False] * len(old), [False] * len(new)
    if old and new:
        for step in common_opcodes(old, new):
            if step.tag == "equal":
                length = step.src_end - step.src_start
                in_new[step.src_start : step.src_end] = in_old[step.dest_start : step.dest_end] = [True] * length
    return in_new, in_old


def with_target(
    unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = (), others: Sequence[Conflict] = ()
) -> Unit:
    """Return the unit with a new target, edited by `who`.

    `draft` has the shares of the unit's source, in a story catalog. `others` are further texts that
    were consulted; words taken from them stay with their authors. Only `target`, `by`, `translated`
    and `text` change; the caller sets the state.
    """
    return split_target(unit, [target], who, now, draft, others)[0]


def split_target(
    unit: Unit, targets: Sequence[str], who: str, now: str, draft: Sequence[Share] = (), others: Sequence[Conflict] = ()
) -> list[Unit]:
    """Return one copy of the unit for each of `targets`, into which its target was split.

    A word that survives is credited in only one of the copies.
    """
    shares, parts, now = _Shares.of(unit), [], stamps.stamp_for(unit, now)
    deleted, survives = _compare(words(unit.target) if is_attributed(unit) else [], words(" ".join(targets)))
    source = words(unit.source) if draft or shares.translated.total() else []
    shares.remove(deleted, source, who, draft)
    for target in targets:
        new = words(target)
        part = shares.cut_off(sum(survives[: len(new)]))
        new_words = part.take_from_draft(_not_taken(new, survives), source, draft, len(new))
        survives = survives[len(new) :]
        for each in others:
            new_words = part.take_from_other(new_words, each, len(new))
        part.by[who] += len(new) - part.translated.total() - part.by.total()
        part.times[who] = now
        parts.append(part.put_into(unit, target))
    return parts


def _compare(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[bool]]:
    """Return the words of `old` that were deleted, and for each word of `new` whether it survives.

    If the texts have less than `SMALLEST_SHARE` in common, no word survives.
    """
    in_new, in_old = _common_words(old, new)
    if not all(in_new) and sum(in_old) < SMALLEST_SHARE * len(new):
        return [*old], [False] * len(new)
    return _not_taken(old, in_new), in_old


def _not_taken(new: Sequence[str], taken: Sequence[bool]) -> list[str]:
    """Return the words whose flag in `taken` is false."""
    return [word for word, is_taken in zip(new, taken, strict=False) if not is_taken]


@dataclass(slots=True)
class _Shares:
    """Word counts of everybody in a target while it is edited."""

    translated: Counter[str]
    by: Counter[str]
    times: dict[str, str]
    """Last edit of everybody in `by`, in the order of their first edit."""
    known: frozenset[str]
    """Translators who had words in an earlier target."""

    @classmethod
    def of(cls, unit: Unit) -> _Shares:
        """Return the shares of a unit, fitted to its target; all zero if another program changed
        the target.
        """
        counts = [*(each.words for each in unit.translated), *(each.words for each in unit.by)]
        whole = len(words(unit.target)) if is_attributed(unit) else 0
        fitted_counts = iter(fitted(counts, whole))
        translated, by = Counter[str](), Counter[str]()
        for share in unit.translated:
            translated[share.who] += next(fitted_counts)
        for each in unit.by:
            by[each.who] += next(fitted_counts)
        times = {each.who: each.time for each in unit.by}
        return cls(translated, by, times, frozenset(translated))

    def remove(self, deleted: Sequence[str], source: Sequence[str], who: str, draft: Sequence[Share]) -> None:
        """Take deleted words off their authors' counts.

        Words that are in the draft come off its translators; the rest off `who`, then off the
        author with the newest edit, and so on.
        """
        drafted = min(sum(surviving_words(source, deleted)), self.translated.total())
        self._take_off_translators(drafted, draft)
        remaining = len(deleted) - drafted
        order = {name: position for position, name in enumerate(self.times)}
        by_newest_edit = sorted(self.by, key=lambda each: (each == who, self.times[each], order[each]), reverse=True)
        for name in by_newest_edit:
            count = min(remaining, self.by[name])
            self.by[name] -= count
            remaining -= count
        self._take_off_translators(min(remaining, self.translated.total()), ())

    def _take_off_translators(self, count: int, draft: Sequence[Share]) -> None:
        """Take `count` words off the translators: as the draft is shared as far as possible, else
        in proportion.
        """
        for share, part in zip(draft, split_evenly(count, [each.words for each in draft]), strict=True):
            part = min(part, self.translated[share.who])
            self.translated[share.who] -= part
            count -= part
        for name, part in zip([*self.translated], split_evenly(count, [*self.translated.values()]), strict=True):
            self.translated[name] -= part

    def cut_off(self, count: int) -> _Shares:
        """Split off shares with `count` words, everybody's in proportion, and return them."""
        parts = split_evenly(count, [*self.translated.values(), *self.by.values()])
        translated = Counter(dict(zip(self.translated, parts, strict=False)))
        by = Counter(dict(zip(self.by, parts[len(self.translated) :], strict=True)))
        self.translated.subtract(translated)
        self.by.subtract(by)
        return _Shares(translated, by, dict(self.times), self.known)

    def take_from_draft(self, fresh: list[str], source: Sequence[str], draft: Sequence[Share], whole: int) -> list[str]:
        """Credit translators with the words of `fresh` that come from their draft. Return the other
        words.
        """
        taken = surviving_words(source, fresh) if any(share.words for share in draft) else [False] * len(fresh)
        if not self.translated.total() and sum(taken) < SMALLEST_SHARE * whole:
            return fresh
        for share, part in zip(draft, split_evenly(sum(taken), [each.words for each in draft]), strict=True):
            self.translated[share.who] += part
        return _not_taken(fresh, taken)

    def take_from_other(self, fresh: list[str], other: Conflict, whole: int) -> list[str]:
        """Credit the authors of another text with the words of `fresh` that come from it. Return
        the other words.
        """
        weights = [share.words for share in other.shares]
        taken = surviving_words(words(other.text), fresh) if any(weights) else [False] * len(fresh)
        if sum(taken) < SMALLEST_SHARE * whole:
            return fresh
        self.add(other, split_evenly(sum(taken), weights))
        return _not_taken(fresh, taken)

    def add(self, other: Conflict, parts: Sequence[int]) -> None:
        """Add `parts` to the counts of the authors of another text."""
        for share, part in zip(other.shares, parts, strict=True):
            if share.role == "by":
                self.times.setdefault(share.who, other.time)
            (self.by if share.role == "by" else self.translated)[share.who] += part

    def put_into(self, unit: Unit, target: str) -> Unit:
        return unit.replace(
            target=target,
            by=tuple(Authorship(each, time, self.by[each]) for each, time in self.times.items()),
            translated=tuple(
                Share(name, count) for name, count in self.translated.items() if count or name in self.known
            ),
            text=digest(target) if target else "",
        )


def with_fitted_shares(unit: Unit, heir: str = "") -> Unit:
    """Return the unit with shares that add up to the words of its target (see `fitted`).

    If nobody has any words, all of them go to `heir`, or to the person with the newest edit.
    """
    counts = [*(each.words for each in unit.translated), *(each.words for each in unit.by)]
    parts = fitted(counts, len(words(unit.target)))
    translated = tuple(each._replace(words=part) for each, part in zip(unit.translated, parts, strict=False))
    by = tuple(each._replace(words=part) for each, part in zip(unit.by, parts[len(unit.translated) :], strict=True))
    if by and not any(counts):
        last = heir or newest_authorship(unit).who
        by = tuple(each._replace(words=len(words(unit.target))) if each.who == last else each for each in by)
    return unit if (by, translated) == (unit.by, unit.translated) else unit.replace(by=by, translated=translated)


def with_respelled_target(unit: Unit, target: str, who: str, now: str) -> Unit:
    """Return the unit with a name or term of its target spelled differently.

    The words stay with their authors, and `who` gets an entry without words. If the spelling has
    more or fewer words, the main author's count changes.
    """
    return with_fitted_shares(with_confirmation(unit, who, now).replace(target=target, text=digest(target)), who)


def newest_authorship(unit: Unit) -> Authorship:
    """Return the newest entry of `@by`, or one of `NOBODY` if there is none."""
    return max(unit.by, key=lambda each: each.time, default=Authorship(NOBODY, LONG_AGO, 0))


def as_conflict(unit: Unit) -> Conflict:
    """Return the unit's target and shares as a `Conflict`, named after the person with the most
    words.
    """
    last = newest_authorship(unit)
    if not is_attributed(unit):
        return Conflict(last.who, last.time, unit.target)
    unit = with_fitted_shares(unit)
    shares = (
        *(ConflictShare("by", each.who, each.words) for each in unit.by),
        *(ConflictShare("translated", each.who, each.words) for each in unit.translated if each.words),
    )
    words_by_person = Counter[str]()
    for share in shares:
        words_by_person[share.who] += share.words
    who = max(words_by_person, key=lambda each: words_by_person[each], default="")
    return Conflict(who if words_by_person[who] else last.who, last.time, unit.target, shares)


def with_conflict_text(unit: Unit, other: Conflict) -> Unit:
    """Return the unit with the text and the shares of one of its conflicts."""
    shares = _Shares.of(unit.replace(target="", text=""))
    shares.add(other, fitted([share.words for share in other.shares], len(words(other.text))))
    return shares.put_into(unit, other.text)


def with_confirmation(unit: Unit, who: str, now: str) -> Unit:
    """Return the unit confirmed unchanged by `who`: a new entry without words, or a newer time in
    the old one.
    """
    by = {each.who: each for each in unit.by}
    by[who] = Authorship(who, stamps.stamp_for(unit, now), by[who].words if who in by else 0)
    return unit.replace(by=tuple(by.values()))


def draft_shares(units: Sequence[Unit]) -> tuple[Share, ...]:
    """Return the shares of a draft joined from these report units, in order of first appearance."""
    shares: Counter[str] = Counter()
    for unit in units:
        if unit.target and not unit.is_left_out:
            for each in with_fitted_shares(unit).by:
                shares[each.who] += each.words
    return tuple(Share(who, count) for who, count in shares.items())
