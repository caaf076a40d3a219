"""Limits of use (`@record`): paragraphs that must not be printed.

They hold words of sentences that are off the record or on hold.

Invariant: a printed paragraph that is returned by nobody here was drafted without such a sentence
and confirmed since, and holds no run of its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transflow.attribution.shown_people import shown_name
from transflow.messages import NOTHING, Message, Messages
from transflow.model.catalog import Catalog
from transflow.model.settings import Settings
from transflow.model.unit import UNPRINTED, Unit
from transflow.stories.compose import DraftSource, Reports, placement, why_stale
from transflow.stories.printed import PrintContext, printed_units
from transflow.text import words

MESSAGES = Messages(
    __name__,
    {
        "off": "it is off the record, {who} said",
        "hold": "it is on hold until its speaker consents, {who} said",
        "off/behind": "{ref} is off the record, {who} said",
        "hold/behind": "{ref} is on hold until its speaker consents, {who} said",
        "off-the-record": "the report {report} is off the record: its front matter says “record: {allowance}”",
    },
)
_RUN = 8
"""Number of successive words of a sentence by which a text is recognised as holding it."""


def why_limited(unit: Unit, settings: Settings, ref: str = "") -> Message:
    """Return why a unit must not be printed by its own mark, or `NOTHING` if it may.

    The reason names the person who said so, and no word of a report: it is shown of texts that are
    withheld too.

    `ref` is the reference to a sentence behind a paragraph.
    """
    if unit.record is None or not unit.is_unprintable:
        return NOTHING
    how = "off" if unit.record.allowance == "off" else "hold"
    return MESSAGES(f"{how}/behind" if ref else how, ref=ref, who=shown_name(settings, unit.record.who))


def limited_sentences(reports: Reports) -> list[DraftSource]:
    """Return the sentences of reports that must not be printed, also those that are gone."""
    return [
        DraftSource(slug, unit)
        for slug, catalog in reports.items()
        for unit in (*catalog.units, *catalog.obsolete)
        if unit.is_unprintable
    ]


def unprintable(article: Catalog, context: PrintContext) -> list[tuple[Unit, Message]]:
    """Return (unit, reason) for printed paragraphs that must not be printed, even in a draft."""
    withheld_reports = {slug for slug, front in context.fronts.items() if front.record in UNPRINTED}
    limited = limited_sentences(context.reports)
    if not (limited or withheld_reports or any(unit.is_unprintable for unit in article.units)):
        return []
    language, behind = article.header.get("Language"), placement(article, context.reports)
    found = []
    for unit in printed_units(article):
        report = next((ref.report for ref in unit.refs if ref.report in withheld_reports), "")
        why = why_limited(unit, context.settings)
        if not why and (sentence := _limited_behind(unit, behind[unit.id], limited, language)):
            why = why_limited(sentence.unit, context.settings, context.typed(sentence.ref))
        if report and not why:
            why = MESSAGES("off-the-record", report=report, allowance=context.fronts[report].record)
        found += [(unit, why)] if why else []
    return found


def _limited_behind(
    paragraph: Unit, behind: Sequence[DraftSource], limited: Sequence[DraftSource], language: str
) -> DraftSource | None:
    """Return the sentence by whose mark a paragraph must not be printed, or None.

    A paragraph that was drafted with a sentence may hold its words until it was drafted without
    it, and confirmed since.
    """
    is_unsettled = paragraph.fuzzy or bool(why_stale(paragraph, behind, language))
    for each in limited:
        if (is_unsettled and each in behind) or has_words_of(paragraph.target or paragraph.source, each.unit):
            return each
    return None


def has_words_of(text: str, sentence: Unit) -> bool:
    """Return True if a text has a run of words of a sentence, or all of a shorter one."""
    printed = _letters(words(text))
    return any(run in printed for each in (sentence.source, sentence.target) for run in _runs(each))


def _runs(text: str) -> Iterator[str]:
    found = words(text)
    if len(found) >= _RUN // 2:
        length = min(_RUN, len(found))
        yield from (_letters(found[start : start + length]) for start in range(len(found) - length + 1))


def _letters(found: Sequence[str]) -> str:
    """Return words as one folded text, in which a run of them is found with its boundaries."""
    return "\0".join(("", *found, "")).casefold()
