"""A paragraph whose draft changed after its text was made: the text that stands, or the new draft.

Invariant: a text in which a writer has words is replaced by nobody but a person who asks for it; a text that is taken from the new
draft needs another look, and its words are those of the people whose draft it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.attribution.authorship import is_attributed, rewritten
from transflow.model.unit import Share, Unit
from transflow.units.regroup import separator


def is_the_draft(paragraph: Unit) -> bool:
    """Whether a text is made of the draft alone: nobody wrote a word of it, and nothing about it is open to doubt."""
    return bool(
        paragraph.refs
        and paragraph.target
        and paragraph.translated
        and not any(each.words for each in paragraph.by)
        and not paragraph.conflicts
        and is_attributed(paragraph)
    )


def new_text(paragraph: Unit, present: str, language: str, *, shared: bool) -> str:
    """What a paragraph says where it takes the present draft: all of it, or, where another paragraph stands on the same sentences
    (`shared`: the halves of one that was split), the sentences that its text has of it. Empty where that cannot be told."""
    if not shared:
        return present
    drafts = [paragraph.source, *([paragraph.previous] if paragraph.previous else [])]
    found = (_part(paragraph.target, old, present, language) for old in drafts)
    return next(filter(None, found), "")


def _part(text: str, old: str, new: str, language: str) -> str:
    """The sentences of `new` in the place of those of `old` that make up `text`; empty where `text` is no run of them, or where it
    ends within what became more or fewer sentences."""
    from transflow.language.segment import split

    before, after, run = ([each.source for each in split(whole, language)] for whole in (old, new, text))
    starts = [at for at in range(len(before) - len(run) + 1) if before[at : at + len(run)] == run]
    if not run or len(starts) != 1:
        return ""
    places = _places(before, after)
    start, end = places[starts[0]], places[starts[0] + len(run)]
    return "" if start is None or end is None else separator(language).join(after[start:end])


def _places(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Where each boundary between sentences went; None where that cannot be told. What came in between goes with what is before."""
    from difflib import SequenceMatcher

    places: list[int | None] = [None] * (len(before) + 1)
    for _, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if end - start == new_end - new_start:
            places[start : end + 1] = range(new_start, new_end + 1)
        else:
            places[start] = new_start
            places[end] = new_end
    return [0, *places[1:-1], len(after)] if before else [0]


def taken(paragraph: Unit, text: str, who: str, now: str, shares: Sequence[Share]) -> Unit:
    """The paragraph with a text of its draft. `shares` tells whose words the draft is made of; who wrote here before keeps a line
    without words."""
    by = tuple(each._replace(words=0) for each in paragraph.by)
    return rewritten(paragraph.replace(target="", text="", translated=(), by=by), text, who, now, shares)


def outcome(before: Unit, after: Unit, present: str = "") -> str:
    """Which of the two a paragraph that was confirmed has, in plain words; empty where there was nothing to choose from, or a person
    wrote another text. `present` is what the reports give now, where the paragraph may not have it yet."""
    if not after.refs:
        return ""
    if not before.target or after.target != before.target:
        new = "took the new draft" if before.target else "took the draft"
        return new if after.target == after.source else ""
    if present in ("", before.source):
        if before.target == before.source:
            return "took the new draft" if before.previous else ""
        if before.previous and before.target in before.source and before.target not in before.previous:
            return "took the new draft"  # the sentences of it that one half of a paragraph has
    return "kept the standing text"
