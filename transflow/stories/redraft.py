"""Redrafting: the choice between a paragraph's text and its changed draft.

Invariant: a text with a writer's words is replaced only at a person's explicit request. A text
taken from the new draft is fuzzy, and its words are attributed to the authors of the draft.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.attribution.authorship import is_attributed, with_target
from transflow.language.segment import split
from transflow.messages import NOTHING, Message, Messages
from transflow.model.unit import Share, Unit
from transflow.units.regroup import separator

MESSAGES = Messages(
    __name__,
    {
        "took-new": "took the new draft",
        "took": "took the draft",
        "kept": "kept the standing text",
    },
)

TOOK_NEW, KEPT = MESSAGES("took-new"), MESSAGES("kept")
"""Outcomes of the choice between a text and its changed draft."""


def is_the_draft(paragraph: Unit) -> bool:
    """Return True if a text consists of the draft alone and nothing about it is in doubt."""
    return bool(
        paragraph.refs
        and paragraph.target
        and paragraph.translated
        and not any(each.words for each in paragraph.by)
        and not paragraph.conflicts
        and is_attributed(paragraph)
    )


def text_from_draft(paragraph: Unit, present: str, language: str, *, shares_sentences: bool) -> str:
    """Return the text of a paragraph that takes the present draft.

    That is the whole draft or, if another paragraph is based on the same sentences
    (`shares_sentences`, as with the halves of a split paragraph), the sentences that replace those
    of its text. Empty if that part cannot be determined.
    """
    if not shares_sentences:
        return present
    drafts = [paragraph.source, *([paragraph.previous] if paragraph.previous else [])]
    found = (_matching_part(paragraph.target, old, present, language) for old in drafts)
    return next(filter(None, found), "")


def _matching_part(text: str, old: str, new: str, language: str) -> str:
    """Return the sentences of `new` that replace the run of sentences of `old` that make up `text`.

    Empty if `text` is no such run, or if it ends inside a passage whose number of sentences
    changed.
    """
    before, after, part = ([each.source for each in split(each_text, language)] for each_text in (old, new, text))
    starts = [i for i in range(len(before) - len(part) + 1) if before[i : i + len(part)] == part]
    if not part or len(starts) != 1:
        return ""
    boundaries = _boundary_map(before, after)
    start, end = boundaries[starts[0]], boundaries[starts[0] + len(part)]
    return "" if start is None or end is None else separator(language).join(after[start:end])


def _boundary_map(before: Sequence[str], after: Sequence[str]) -> list[int | None]:
    """Map each sentence boundary of `before` to one of `after`, or to None if that is ambiguous.

    Inserted sentences belong to the sentence before them. Loads difflib.
    """
    from difflib import SequenceMatcher

    boundaries: list[int | None] = [None] * (len(before) + 1)
    for _, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if end - start == new_end - new_start:
            boundaries[start : end + 1] = range(new_start, new_end + 1)
        else:
            boundaries[start] = new_start
            boundaries[end] = new_end
    return [0, *boundaries[1:-1], len(after)] if before else [0]


def with_draft_text(paragraph: Unit, text: str, who: str, now: str, shares: Sequence[Share]) -> Unit:
    """Return the paragraph with a text of its draft.

    `shares` attributes the draft's words; earlier writers of the paragraph keep a `@by` line
    without words.
    """
    by = tuple(each._replace(words=0) for each in paragraph.by)
    return with_target(paragraph.replace(target="", translated=(), by=by), text, who, now, shares)


def choice_made(before: Unit, after: Unit, present: str = "") -> Message:
    """Describe whether a confirmed paragraph kept its text or took the new draft.

    `NOTHING` if there was no choice, or if a person wrote another text. `present` is the current
    draft from the reports, which the paragraph may not have yet.
    """
    if not after.refs:
        return NOTHING
    if not before.target or after.target != before.target:
        new = TOOK_NEW if before.target else MESSAGES("took")
        return new if after.target == after.source else NOTHING
    if present in ("", before.source):
        if before.target == before.source:
            return TOOK_NEW if before.previous else NOTHING
        if before.previous and before.target in before.source and before.target not in before.previous:
            return TOOK_NEW  # one half of a split paragraph: its sentences of the draft
    return KEPT
