"""Joining two neighbouring units, and splitting one, in reports and stories.

Invariant: no text is lost or doubled: joined sources and targets have both texts, and halves joined
again are the whole. Ids that disappear are kept in `joined`, and a second half has its parent's id
in `split`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from transflow.attribution.authorship import fitted, is_attributed, split_evenly, with_fitted_shares
from transflow.digests import digest, new_id
from transflow.model.unit import ALLOWANCES, Authorship, Share, Unit, Use
from transflow.text import words

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages without spaces between words."""
_UNSPACED_SENTENCES = frozenset({"zh", "ja"})
"""Languages without spaces between sentences."""


_SENTENCE_END = re.compile(r"[.?!…。？！][”’\"')\]]*\s")


def separator(language: str) -> str:
    """Return the text between two sentences of a language."""
    return "" if language.replace("-", "_").split("_")[0] in _UNSPACED_SENTENCES else " "


def strictest(*uses: Use | None) -> Use | None:
    """Return the use that allows least; of equal ones, the newest."""
    limits = (each for each in uses if each)
    return max(limits, key=lambda each: (ALLOWANCES.index(each.allowance), each.time, each.who), default=None)


def join(first: Unit, second: Unit, source_language: str, target_language: str) -> Unit:
    """Join two neighbours into one unit, with the id of the first.

    Approvals and waivers are removed, since they were given to other texts. The result is fuzzy if
    only one half has a target, or only one was omitted or cut.
    """
    between = separator(source_language)
    target = separator(target_language).join(filter(None, (first.target, second.target)))
    left, right = (each.replace(source=each.previous or each.source) for each in (first, second))
    left_out = (first.omitted or first.cut, second.omitted or second.cut)
    one_sided = bool(first.target) != bool(second.target) or bool(left_out[0]) != bool(left_out[1])
    joined = first.replace(
        source=_joined_source(first, second, between),
        target=target,
        previous=_joined_source(left, right, between) if target and (first.previous or second.previous) else "",
        fuzzy=bool(target) and (first.fuzzy or second.fuzzy or one_sided),
        comments=(*first.comments, *second.comments),
        assigned=first.assigned or second.assigned,
        record=strictest(first.record, second.record),
        refs=tuple(dict.fromkeys((*first.refs, *second.refs))),
        cites=tuple(dict.fromkeys((*first.cites, *second.cites))),
        translated=_summed_shares(first, second),
        by=_merged_authors(first, second),
        text=digest(target) if target and is_attributed(first) and is_attributed(second) else "",
        seen=tuple(dict.fromkeys((*first.seen, *second.seen))),
        approved=None,
        omitted=first.omitted if all(left_out) else None,
        cut=first.cut if all(left_out) else None,
        returned=first.returned or second.returned,
        joined=tuple(dict.fromkeys((*first.joined, second.id, *second.joined))),
        waivers=(),
        conflicts=(*first.conflicts, *second.conflicts),
        questions=(*first.questions, *second.questions),
        answers=(*first.answers, *second.answers),
        other=(*first.other, *second.other),
    )
    return with_fitted_shares(joined) if joined.text else joined


def _joined_source(first: Unit, second: Unit, between: str) -> str:
    """Join two sources.

    Halves of one paragraph have the same draft, which is not doubled; and a writer's own paragraph
    adds nothing to a draft.
    """
    if first.refs and first.refs == second.refs and first.source == second.source:
        return first.source
    if bool(first.refs) != bool(second.refs):
        return first.source if first.refs else second.source
    return first.source + between + second.source


def _summed_shares(*halves: Unit) -> tuple[Share, ...]:
    counts: Counter[str] = Counter()
    for half in halves:
        for share in half.translated:
            counts[share.who] += share.words if half.target else 0
    return tuple(Share(who, count) for who, count in counts.items())


def _merged_authors(*halves: Unit) -> tuple[Authorship, ...]:
    authors: dict[str, Authorship] = {}
    for half in halves:
        for each in half.by:
            author = authors.get(each.who, each._replace(words=0))
            count = author.words + (each.words if half.target else 0)
            authors[each.who] = Authorship(each.who, max(author.time, each.time), count)
    return tuple(authors.values())


def split(
    unit: Unit, source: tuple[str, str], target: tuple[str, str], taken: Container[str], *, continued: bool
) -> tuple[Unit, Unit]:
    """Split a unit into two. `source` and `target` are the halves.

    The first keeps id, history and notes. For a paragraph with `@from`, both halves keep the whole
    source: pass it twice. `continued` is true if the second half stays in the block of the first,
    as for sentences, but not paragraphs. Halves of a sentence are fuzzy unless its source and
    target are both split between sentences, of which each half has the same number: nobody
    confirmed that the halves of the target say what those of the source do.
    """
    counts = [len(words(half)) for half in target]
    whole = fitted([*(each.words for each in unit.by), *(share.words for share in unit.translated)], sum(counts))
    firsts = split_evenly(counts[0], whole)
    seconds = [words - part for words, part in zip(whole, firsts, strict=True)]
    doubtful = unit.fuzzy or (source[0] != source[1] and not _are_whole(source, target))
    first = _half(unit, source[0], target[0], firsts, doubtful)
    second = _half(unit, source[1], target[1], seconds, doubtful).replace(
        id=new_id(f"{unit.id}\0{source[1]}", taken),
        split=unit.id,
        continued=continued,
        joined=(),
        seen=(),
        comments=(),
        conflicts=(),
        questions=(),
        answers=(),
        other=(),
    )
    return first, second if second.target else second.replace(by=(), translated=())


def _are_whole(source: tuple[str, str], target: tuple[str, str]) -> bool:
    """True if both texts are split after a sentence, with as many sentences in each half."""
    pairs = tuple(zip(source, target, strict=True))
    return all(map(_ends_sentence, (source[0], target[0]))) and all(
        bool(own.strip()) and bool(other.strip()) and _sentence_count(own) == _sentence_count(other)
        for own, other in pairs
    )


def _ends_sentence(text: str) -> bool:
    return _SENTENCE_END.search(text.rstrip()[-4:] + " ") is not None


def _sentence_count(text: str) -> int:
    return len(_SENTENCE_END.findall(text.strip() + " "))


def _half(unit: Unit, source: str, target: str, counts: Sequence[int], doubtful: bool) -> Unit:
    """Return a half of a unit.

    `counts` has everybody's words in this half, those of `by` and then those of `translated`.
    """
    parts = iter(counts)
    return unit.replace(
        source=source,
        target=target,
        fuzzy=bool(target) and doubtful,
        previous=unit.previous if target else "",
        by=tuple(each._replace(words=next(parts)) for each in unit.by),
        translated=tuple(share._replace(words=next(parts)) for share in unit.translated),
        text=digest(target) if target and is_attributed(unit) else "",
        approved=None,
        waivers=(),
    )
