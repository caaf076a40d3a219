"""Whose words a text is made of: how `@by`, `@translated` and `@text` follow an edit.

Invariant: after `rewritten`, the words of `by` and `translated` together are the words of the target, and `text` is
its digest. Words that survive from an earlier text stay with their authors, words taken from a translators' draft go to
the translators, and only the rest belongs to the person who edits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from transflow.digests import digest
from transflow.model import Authorship, Share, Unit
from transflow.text import words

SMALLEST_SHARE = 0.1
"""An earlier author whose share of the words falls below this keeps the line, with no words: words that agree by chance
make nobody an author."""


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


def survivors(old: Sequence[str], new: Sequence[str]) -> list[bool]:
    """For each word of `new`, whether it stands in a longest common subsequence with `old`."""
    from rapidfuzz.distance import LCSseq

    kept = [False] * len(new)
    if old and new:
        for operation in LCSseq.opcodes(old, new):
            if operation.tag == "equal":
                kept[operation.dest_start : operation.dest_end] = [True] * (operation.dest_end - operation.dest_start)
    return kept


def rewritten(unit: Unit, target: str, who: str, now: str, draft: Sequence[Share] = ()) -> Unit:
    """The unit with another target, edited by `who`. `draft` tells whose words the unit's source is made of, in an article.

    Nothing but `target`, `by`, `translated` and `text` changes; the state is the caller's business.
    """
    translated, by = _surviving(unit, words(target), draft)
    by[who] += len(words(target)) - translated.total() - by.total()
    known = {share.who for share in unit.translated}
    times = {each.who: each.time for each in unit.by}
    times[who] = max(now, times.get(who, ""))
    return unit.having(
        target=target,
        by=tuple(Authorship(name, times[name], count) for name, count in by.items()),
        translated=tuple(Share(name, count) for name, count in translated.items() if count or name in known),
        text=digest(target) if target else "",
    )


def respelled(unit: Unit, target: str, who: str, now: str) -> Unit:
    """The unit with a name or term of its target spelled otherwise: its words stay their authors', and whoever respelled it gets a
    line with none. Where the spelling has more or fewer words, the main author's part takes that up.
    """
    weights = [*(share.words for share in unit.translated), *(each.words for each in unit.by)]
    whole = len(words(target))
    parts = weights.copy()
    main = max(range(len(weights)), key=lambda place: weights[place], default=0)
    if any(weights) and weights[main] + whole >= sum(weights):
        parts[main] += whole - sum(weights)
    else:
        parts = split_evenly(whole, weights)
    theirs = dict(zip((share.who for share in unit.translated), parts, strict=False))
    ours = dict(zip((each.who for each in unit.by), parts[len(theirs) :], strict=True))
    if not any(weights):
        ours[who] = whole
    times = {each.who: each.time for each in unit.by}
    times[who] = max(now, times.get(who, ""))
    return unit.having(
        target=target,
        by=tuple(Authorship(each, time, ours.get(each, 0)) for each, time in times.items()),
        translated=tuple(Share(each, count) for each, count in theirs.items()),
        text=digest(target),
    )


def _surviving(unit: Unit, new: Sequence[str], draft: Sequence[Share]) -> tuple[Counter[str], Counter[str]]:
    """How many words of `new` are those of each earlier author, as translator and in `by`."""
    kept = survivors(words(unit.target), new) if is_attributed(unit) else [False] * len(new)
    fresh = [word for word, survives in zip(new, kept, strict=True) if not survives]
    from_draft = sum(survivors(words(unit.source), fresh)) if draft else 0
    translated: Counter[str] = Counter()
    by: Counter[str] = Counter()
    weights = [*(share.words for share in unit.translated), *(each.words for each in unit.by)]
    parts = iter(split_evenly(sum(kept), weights))
    for share in unit.translated:
        translated[share.who] += next(parts)
    for each in unit.by:
        by[each.who] += next(parts)
    for share, part in zip(draft, split_evenly(from_draft, [share.words for share in draft]), strict=True):
        translated[share.who] += part
    if translated.total() + by.total() < len(new):  # where nobody adds a word, nobody loses any to another
        for role in (translated, by):
            role.update({who: -count for who, count in role.items() if count < SMALLEST_SHARE * len(new)})
    return translated, by


def confirmed(unit: Unit, who: str, now: str) -> Unit:
    """The unit with its text confirmed unchanged by `who`: a line with no words for somebody new, else a newer time."""
    by = {each.who: each for each in unit.by}
    by[who] = Authorship(who, now, by[who].words if who in by else 0)
    return unit.having(by=tuple(by.values()))


def draft_shares(units: Sequence[Unit]) -> tuple[Share, ...]:
    """Whose words a draft joined from these report units is made of, in order of first appearance."""
    shares: Counter[str] = Counter()
    for unit in units:
        if unit.target and not unit.omitted:
            for each in unit.by:
                shares[each.who] += each.words
    return tuple(Share(who, count) for who, count in shares.items())
