"""Names of two texts as readings that a person can verify."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from transflow.gazetteer.compare import certain
from transflow.gazetteer.entries import find_english, find_korean
from transflow.gazetteer.strangers import MAX_LENGTH, strangers
from transflow.language.romanisation.names import judge_spelling
from transflow.messages import Message, Messages
from transflow.model.explanation import CheckReading

MESSAGES = Messages(
    __name__,
    {
        "person": "a person",
        "known": "{spelling}",
        "stranger": "a name that nothing in the Korean explains",
    },
)
Span = tuple[int, int]


class _Name(NamedTuple):
    span: Span
    meaning: Message


def readings(
    source: str, target: str, people: Sequence[Span], spelled: Sequence[Span]
) -> tuple[tuple[CheckReading, ...], tuple[CheckReading, ...]]:
    """Return the names of both sides: `people` are the Korean names of the source, and `spelled`
    what may spell one in the target.
    """
    if len(source) > MAX_LENGTH or len(target) > 2 * MAX_LENGTH:
        return (), ()
    known = {(hit.start, hit.end): hit.entry for hit in certain(find_korean(source), source)}
    hits = {(hit.start, hit.end): hit.entries for hit in find_english(target)}
    ours = [_Name(span, MESSAGES("known", spelling=entry.spellings[0])) for span, entry in known.items()]
    ours += [_Name(span, MESSAGES("person")) for span in people if span not in known]
    theirs = [_Name(span, MESSAGES("known", spelling=entries[0].spellings[0])) for span, entries in hits.items()]
    for span, key in (
        *((span, "person") for span in spelled),
        *((each.span, "stranger") for each in strangers(source, target)),
    ):
        if not any(span[0] < each.span[1] and each.span[0] < span[1] for each in theirs):
            theirs.append(_Name(span, MESSAGES(key)))
    ours.sort()
    theirs.sort()
    pairs = {
        (i, j)
        for i, our_name in enumerate(ours)
        for j, their_name in enumerate(theirs)
        if known.get(our_name.span) in hits.get(their_name.span, ())
        or judge_spelling(source[slice(*our_name.span)], target[slice(*their_name.span)]) == "same"
    }
    return _readings(ours, pairs), _readings(theirs, {(j, i) for i, j in pairs})


def _readings(names: Sequence[_Name], pairs: Collection[tuple[int, int]]) -> tuple[CheckReading, ...]:
    return tuple(
        CheckReading(*name.span, name.meaning, tuple(sorted(other for one, other in pairs if one == index)))
        for index, name in enumerate(names)
    )
