"""Quotations of two texts as readings that a person can verify."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transflow.language.quotations.english import EnglishQuotation, read_english
from transflow.language.quotations.korean import KoreanQuotation, read_korean
from transflow.messages import Messages
from transflow.model.explanation import CheckReading

MESSAGES = Messages(
    __name__,
    {
        "speech": "what somebody said",
        "term": "a term, a title or a thought",
        "quotation": "a quotation",
    },
)


_UTTERANCE = re.compile(r"[^a-z].*[.,?!…—]", re.S)
"""Pattern for a quotation that begins and ends like something said."""


def readings(source: str, target: str) -> tuple[tuple[CheckReading, ...], tuple[CheckReading, ...]]:
    """Return the quotations of both sides, in order.

    The English may interrupt a quotation to say who speaks: what is left over belongs to the last.
    """
    ours, theirs = read_korean(source).quotations, read_english(target).quotations
    partner_of = _partners(ours, theirs)
    ours_read = tuple(
        CheckReading(
            each.start,
            each.end,
            MESSAGES("speech" if each.is_speech else "term"),
            tuple(j for j, partner in partner_of.items() if partner == i),
            each.is_speech,
        )
        for i, each in enumerate(ours)
    )
    theirs_read = tuple(
        CheckReading(each.start, each.end, MESSAGES("quotation"), (partner_of[j],) if j in partner_of else ())
        for j, each in enumerate(theirs)
    )
    return ours_read, theirs_read


def _partners(ours: Sequence[KoreanQuotation], theirs: Sequence[EnglishQuotation]) -> dict[int, int]:
    """Return the Korean quotation of each English one: of an utterance what somebody said, of a
    fragment a term.
    """
    speeches = [i for i, each in enumerate(ours) if each.is_speech]
    terms = [i for i, each in enumerate(ours) if not each.is_speech]
    partner_of: dict[int, int] = {}
    said = 0
    for j, each in enumerate(theirs):
        if terms and (not speeches or not _UTTERANCE.fullmatch(each.text)):
            partner_of[j] = terms.pop(0)
        elif speeches:
            partner_of[j] = speeches[min(said, len(speeches) - 1)]
            said += 1
    return partner_of
