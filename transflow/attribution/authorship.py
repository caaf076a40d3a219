"""Whose words a text is made of: how `@by`, `@translated` and `@text` follow an edit.

Invariant: after `rewritten`, the words of `by` and `translated` together are the words of the target, and `text` is
its digest. Words that survive from an earlier text stay with their authors, words taken from a translators' draft go to
the translators, and only the rest belongs to the person who edits. Words that vanish come off the remover's own count first, so
that who adds words and takes them out again leaves everybody what they had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transflow.attribution import stamps
from transflow.digests import digest
from transflow.model.unit import Authorship, Conflict, ConflictShare, Share, Unit
from transflow.text import words

SMALLEST_SHARE = 0.1
"""Where less than this of a text agrees with another one, that is chance, and makes nobody its author."""
NOBODY = "unknown"
"""Who a text is by that has no `@by`."""
LONG_AGO = "1970-01-01T00:00:00Z"


def is_attributed(unit: Unit) -> bool:
    """Whether `@by` describes the present target. It does not where somebody edited the file from outside."""
    return not unit.target or unit.text == digest(unit.target)


def is_machine(who: str) -> bool:
    """Machines are authors like `mt:deepl/quality`, and never people."""
    return who.startswith("mt:")


def split_evenly(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts in proportion to `weights` (largest remainders; the earlier wins a tie)."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def fitted(counts: Sequence[int], whole: int) -> list[int]:
    """Counts of words that add up to `whole`: the greatest takes the difference up. Where that would leave it nothing, all do in
    proportion, and nobody with words is left without as long as there are enough.
    """
    parts = list(counts)
    if not any(parts) or sum(parts) == whole:
        return parts
    main = max(range(len(parts)), key=lambda place: parts[place])
    others = sum(parts) - parts[main]
    if whole > others:
        parts[main] = whole - others
        return parts
    parts = split_evenly(whole, counts)
    for place, count in enumerate(counts):
        most = max(range(len(parts)), key=lambda each: parts[each])
        if count and not parts[place] and parts[most] > 1:
            parts[most] -= 1
            parts[place] += 1
    return parts


def survivors(old: Sequence[str], new: Sequence[str]) -> list[bool]:
    """For each word of `new`, whether it stands in a longest common subsequence with `old`."""
    return _kept(old, new)[1]


def _kept(old: Sequence[str], new: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """For each word of both, whether it is in the other: the same words whichever text is the newer, so that undoing an edit takes
    away just what the edit added."""
    if (len(old), [*old]) > (len(new), [*new]):
        after, before = _kept(new, old)
        return before, after
    before, after = [False] * len(old), [False] * len(new)
    if old and new:
        from rapidfuzz.distance import LCSseq

        for step in LCSseq.opcodes(old, new):
            if step.tag == "equal":
                length = step.src_end - step.src_start
                before[step.src_start : step.src_end] = after[step.dest_start : step.dest_end] = [True] * length
    return before, after


def rewritten(
    unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = (), others: Sequence[Conflict] = ()
) -> Unit:
    """The unit with another target, edited by `who`. `draft` tells whose words the unit's source is made of, in an article;
    `others` are texts that were read besides, whose words stay their authors' too.

    Nothing but `target`, `by`, `translated` and `text` changes; the state is the caller's business.
    """
    return parted(unit, [target], who, now, draft, others)[0]


def parted(
    unit: Unit, targets: Sequence[str], who: str, now: str, draft: Sequence[Share] = (), others: Sequence[Conflict] = ()
) -> list[Unit]:
    """The unit once for each of several texts that its own was made into: a word that survives is one of that text's alone."""
    shares, found, now = _Shares.of(unit), [], stamps.on(unit, now)
    gone, kept = _changed(words(unit.target) if is_attributed(unit) else [], words(" ".join(targets)))
    source = words(unit.source) if draft or shares.translated.total() else []
    shares.remove(gone, source, who, draft)
    for target in targets:
        new = words(target)
        part = shares.cut_off(sum(kept[: len(new)]))
        fresh = part.take_from_draft(_left(new, kept), source, draft, len(new))
        kept = kept[len(new) :]
        for each in others:
            fresh = part.take_from_other(fresh, each, len(new))
        part.by[who] += len(new) - part.translated.total() - part.by.total()
        part.times[who] = now
        found.append(part.put_into(unit, target))
    return found


def _changed(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[bool]]:
    """The words of `old` that vanished, and which of `new` survive. Of two texts with little in common none does."""
    before, after = _kept(old, new)
    if not all(before) and sum(after) < SMALLEST_SHARE * len(new):
        return [*old], [False] * len(new)
    return _left(old, before), after


def _left(new: Sequence[str], taken: Sequence[bool]) -> list[str]:
    """The words that are not taken."""
    return [word for word, is_taken in zip(new, taken, strict=False) if not is_taken]


@dataclass(slots=True)
class _Shares:
    """Everybody's words in a text while it is edited."""

    translated: Counter[str]
    by: Counter[str]
    times: dict[str, str]
    """Of everybody in `by`, in the order of their first touch."""
    known: frozenset[str]
    """Translators who had words in an earlier text."""

    @classmethod
    def of(cls, unit: Unit) -> _Shares:
        """Those of a unit: its words are all somebody's. Nobody has any in a text that was changed outside."""
        counts = [*(each.words for each in unit.translated), *(each.words for each in unit.by)]
        whole = len(words(unit.target)) if is_attributed(unit) else 0
        parts = iter(fitted(counts, whole))
        translated, by = Counter[str](), Counter[str]()
        for share in unit.translated:
            translated[share.who] += next(parts)
        for each in unit.by:
            by[each.who] += next(parts)
        times = {each.who: each.time for each in unit.by}
        return cls(translated, by, times, frozenset(translated))

    def remove(self, gone: Sequence[str], source: Sequence[str], who: str, draft: Sequence[Share]) -> None:
        """Words that vanish: what stands in the draft comes off its translators; the rest off the remover's own, then off the
        newest author's, and so on."""
        drafted = min(sum(survivors(source, gone)), self.translated.total())
        self._take_off_translators(drafted, draft)
        left = len(gone) - drafted
        places = {name: place for place, name in enumerate(self.times)}
        newest = sorted(self.by, key=lambda each: (each == who, self.times[each], places[each]), reverse=True)
        for name in newest:
            count = min(left, self.by[name])
            self.by[name] -= count
            left -= count
        self._take_off_translators(min(left, self.translated.total()), ())

    def _take_off_translators(self, count: int, draft: Sequence[Share]) -> None:
        """As the draft would give them, where they have so many; else in proportion to what they have."""
        for share, part in zip(draft, split_evenly(count, [each.words for each in draft]), strict=True):
            part = min(part, self.translated[share.who])
            self.translated[share.who] -= part
            count -= part
        for name, part in zip([*self.translated], split_evenly(count, [*self.translated.values()]), strict=True):
            self.translated[name] -= part

    def cut_off(self, count: int) -> _Shares:
        """So many of the words, everybody's in proportion."""
        parts = split_evenly(count, [*self.translated.values(), *self.by.values()])
        translated = Counter(dict(zip(self.translated, parts, strict=False)))
        by = Counter(dict(zip(self.by, parts[len(self.translated) :], strict=True)))
        self.translated.subtract(translated)
        self.by.subtract(by)
        return _Shares(translated, by, dict(self.times), self.known)

    def take_from_draft(self, fresh: list[str], source: Sequence[str], draft: Sequence[Share], whole: int) -> list[str]:
        """Gives translators the words that come from their draft. Returns the others."""
        taken = survivors(source, fresh) if any(share.words for share in draft) else [False] * len(fresh)
        if not self.translated.total() and sum(taken) < SMALLEST_SHARE * whole:
            return fresh
        for share, part in zip(draft, split_evenly(sum(taken), [each.words for each in draft]), strict=True):
            self.translated[share.who] += part
        return _left(fresh, taken)

    def take_from_other(self, fresh: list[str], other: Conflict, whole: int) -> list[str]:
        """Gives the authors of another text the words that come from it. Returns the others."""
        weights = [share.words for share in other.shares]
        taken = survivors(words(other.text), fresh) if any(weights) else [False] * len(fresh)
        if sum(taken) < SMALLEST_SHARE * whole:
            return fresh
        self.add(other, split_evenly(sum(taken), weights))
        return _left(fresh, taken)

    def add(self, other: Conflict, parts: Sequence[int]) -> None:
        """Adds words to those whose text another one is made of."""
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


def recounted(unit: Unit, heir: str = "") -> Unit:
    """The unit with shares that add up to the words of its target: see `fitted`. Words of which nobody has any go to `heir`, or
    to whoever touched it last."""
    counts = [*(each.words for each in unit.translated), *(each.words for each in unit.by)]
    parts = fitted(counts, len(words(unit.target)))
    translated = tuple(each._replace(words=part) for each, part in zip(unit.translated, parts, strict=False))
    by = tuple(each._replace(words=part) for each, part in zip(unit.by, parts[len(unit.translated) :], strict=True))
    if by and not any(counts):
        last = heir or newest(unit).who
        by = tuple(each._replace(words=len(words(unit.target))) if each.who == last else each for each in by)
    return unit if (by, translated) == (unit.by, unit.translated) else unit.replace(by=by, translated=translated)


def respelled(unit: Unit, target: str, who: str, now: str) -> Unit:
    """The unit with a name or term of its target spelled otherwise: its words stay their authors', and whoever respelled it gets a
    line with none. Where the spelling has more or fewer words, the main author's part takes that up.
    """
    return recounted(confirmed(unit, who, now).replace(target=target, text=digest(target)), who)


def newest(unit: Unit) -> Authorship:
    """The author who touched a unit last; nobody where it has none."""
    return max(unit.by, key=lambda each: each.time, default=Authorship(NOBODY, LONG_AGO, 0))


def as_conflict(unit: Unit) -> Conflict:
    """The unit's target as one that does not stand, with everybody's words in it. It is named after who has most."""
    last = newest(unit)
    if not is_attributed(unit):
        return Conflict(last.who, last.time, unit.target)
    unit = recounted(unit)
    shares = (
        *(ConflictShare("by", each.who, each.words) for each in unit.by),
        *(ConflictShare("translated", each.who, each.words) for each in unit.translated if each.words),
    )
    theirs = Counter[str]()
    for share in shares:
        theirs[share.who] += share.words
    who = max(theirs, key=lambda each: theirs[each], default="")
    return Conflict(who if theirs[who] else last.who, last.time, unit.target, shares)


def taken_back(unit: Unit, other: Conflict) -> Unit:
    """The unit with the text of one of its conflicts, and the words of those who made that text."""
    shares = _Shares.of(unit.replace(target="", text=""))
    shares.add(other, fitted([share.words for share in other.shares], len(words(other.text))))
    return shares.put_into(unit, other.text)


def confirmed(unit: Unit, who: str, now: str) -> Unit:
    """The unit with its text confirmed unchanged by `who`: a line with no words for somebody new, else a newer time."""
    by = {each.who: each for each in unit.by}
    by[who] = Authorship(who, stamps.on(unit, now), by[who].words if who in by else 0)
    return unit.replace(by=tuple(by.values()))


def draft_shares(units: Sequence[Unit]) -> tuple[Share, ...]:
    """Whose words a draft joined from these report units is made of, in order of first appearance."""
    shares: Counter[str] = Counter()
    for unit in units:
        if unit.target and not unit.omitted:
            for each in recounted(unit).by:
                shares[each.who] += each.words
    return tuple(Share(who, count) for who, count in shares.items())
