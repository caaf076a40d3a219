"""Joining two neighbouring units, and splitting one: the same for sentences of a report and paragraphs of an article.

Invariant: no text is lost or doubled: joined sources and targets hold both, halves joined again are the whole; ids that
disappear live on in `joined`, and a second half names its parent in `split`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from transflow.authorship import split_evenly
from transflow.digests import digest, new_id
from transflow.model import Authorship, Share, Unit
from transflow.text import words

UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages whose sentences are joined without a space."""


def separator(language: str) -> str:
    return "" if language.replace("-", "_").split("_")[0] in UNSPACED else " "


def join(first: Unit, second: Unit, source_language: str, target_language: str) -> Unit:
    """One unit out of two neighbours, with the id of the first. Approvals and waivers, which were given to other texts, go.

    Where only one half has a text, the result needs another look.
    """
    between = separator(source_language)
    one_sided = bool(first.target) != bool(second.target)
    target = separator(target_language).join(filter(None, (first.target, second.target)))
    changed = first.previous or second.previous
    return first.having(
        source=first.source + between + second.source,
        target=target,
        previous=between.join((first.previous or first.source, second.previous or second.source))
        if changed and target
        else "",
        fuzzy=bool(target) and (first.fuzzy or second.fuzzy or one_sided),
        comments=(*first.comments, *second.comments),
        assigned=first.assigned or second.assigned,
        refs=tuple(dict.fromkeys((*first.refs, *second.refs))),
        cites=tuple(dict.fromkeys((*first.cites, *second.cites))),
        translated=_added(first.translated, second.translated),
        by=_united(first.by, second.by),
        text=digest(target) if target else "",
        approved=None,
        returned=first.returned or second.returned,
        joined=tuple(dict.fromkeys((*first.joined, second.id, *second.joined))),
        waivers=(),
        conflicts=(*first.conflicts, *second.conflicts),
        questions=(*first.questions, *second.questions),
        answers=(*first.answers, *second.answers),
        other=(*first.other, *second.other),
    )


def _added(first: tuple[Share, ...], second: tuple[Share, ...]) -> tuple[Share, ...]:
    counts: Counter[str] = Counter()
    for share in (*first, *second):
        counts[share.who] += share.words
    return tuple(Share(who, count) for who, count in counts.items())


def _united(first: tuple[Authorship, ...], second: tuple[Authorship, ...]) -> tuple[Authorship, ...]:
    found: dict[str, Authorship] = {}
    for each in (*first, *second):
        known = found.get(each.who)
        found[each.who] = Authorship(each.who, max(known.time, each.time), known.words + each.words) if known else each
    return tuple(found.values())


def split(unit: Unit, source: tuple[str, str], target: tuple[str, str], taken: Container[str]) -> tuple[Unit, Unit]:
    """Two units out of one. `source` and `target` are the halves; the first keeps the id, the history and the notes.

    For a paragraph with `@from`, both halves keep the whole source: pass it twice.
    """
    seed = f"{unit.id}\0{source[1] or target[1]}"
    counts = [len(words(half)) for half in target]
    halves = []
    for place in (0, 1):
        halves.append(
            unit.having(
                source=source[place],
                target=target[place],
                fuzzy=unit.fuzzy and bool(target[place]),
                previous=unit.previous if target[place] else "",
                by=tuple(each._replace(words=split_evenly(each.words, counts)[place]) for each in unit.by),
                translated=tuple(
                    each._replace(words=split_evenly(each.words, counts)[place]) for each in unit.translated
                ),
                text=digest(target[place]) if target[place] else "",
                approved=None,
                waivers=(),
            )
        )
    second = halves[1].having(
        id=new_id(seed, taken),
        split=unit.id,
        continued=not unit.refs or unit.continued,
        joined=(),
        comments=(),
        conflicts=(),
        questions=(),
        answers=(),
        other=(),
    )
    return halves[0], second
