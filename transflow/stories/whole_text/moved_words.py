"""Attribution of words that an edit moves from one paragraph to another.

Invariant: the total number of words in `by` and `translated` does not change; only the editing
person's share shrinks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from transflow.attribution.authorship import SMALLEST_SHARE, is_attributed, split_evenly, split_target
from transflow.digests import digest
from transflow.model.catalog import Catalog
from transflow.model.unit import Authorship, Share, Unit
from transflow.stories.whole_text.layout import HeadedText, shown_text
from transflow.stories.whole_text.likeness import common_runs, is_part, run_start, words_not_in
from transflow.text import words
from transflow.units.regroup import separator


class Donor(NamedTuple):
    """Words that a paragraph lost, and its authorship before."""

    lost: list[str]
    translated: tuple[Share, ...]
    by: tuple[Authorship, ...]


Drafts = Mapping[str, tuple[Share, ...]]
"""Shares of each paragraph's draft, by the paragraph's id."""


class WordAttribution:
    """Attribution of the words of an edited article."""

    def __init__(self, article: Catalog, items: Sequence[HeadedText], drafts: Drafts, who: str, now: str) -> None:
        self._old = {unit.id: unit for unit in article.units}
        self._language = article.header.get("Language")
        self._drafts, self._who, self._now = drafts, who, now
        self._donors = _donors(article.units, items, drafts)

    def credit_moved_words(self, unit: Unit, known: Iterable[str] = ()) -> Unit:
        """Return a newly written paragraph with its moved words credited to their authors.

        `known` are texts whose words are attributed already, such as its draft.
        """
        return _credited(unit, self._who, known, self._donors)

    def split(self, whole: Unit, ids: Sequence[str], texts: Sequence[str], shares: tuple[Share, ...]) -> list[Unit]:
        """Return the paragraph once for each of `texts`, with the authorship of that text.

        The authorship comes from the joined paragraph that the text is taken from, or else from the
        whole. Words that were moved there from other paragraphs are credited to their authors too.
        """
        parts_by_index = {index: whole for index, text in enumerate(texts) if text == whole.target}
        bases = {index: self._base_of(ids, text) for index, text in enumerate(texts) if index not in parts_by_index}
        joined_donors = [_donor(old, words(shown_text(old)), self._drafts) for old in map(self._old.__getitem__, ids)]
        for base in dict.fromkeys(bases.values()):
            indexes = [index for index, each in bases.items() if each == base]
            before, draft = (
                (self._old[base], self._drafts[base]) if base else (self._in_order(whole, ids, texts), shares)
            )
            if parts_by_index and not base:  # all words of the whole belong to the unchanged text
                before = Unit(whole.id, whole.source)
            known = (before.target, before.source if draft else "")
            parts = split_target(before, [texts[index] for index in indexes], self._who, self._now, draft)
            parts_by_index |= zip(
                indexes,
                (_credited(each, self._who, known, [*joined_donors, *self._donors]) for each in parts),
                strict=True,
            )
        return [parts_by_index[index] for index in range(len(texts))]

    def _base_of(self, ids: Sequence[str], text: str) -> str:
        """Return the joined paragraph that a text is taken from; empty unless exactly one fits."""
        found = [unit_id for unit_id in ids if is_part(words(text), words(shown_text(self._old[unit_id])))]
        return found[0] if len(ids) > 1 and len(found) == 1 else ""

    def _in_order(self, whole: Unit, ids: Sequence[str], texts: Sequence[str]) -> Unit:
        """Return the whole with the texts of its joined paragraphs in their present order."""
        if len(ids) < 2 or not whole.text:
            return whole
        new = words(" ".join(texts))
        parts = sorted((shown_text(self._old[each]) for each in ids), key=lambda text: run_start(words(text), new))
        target = separator(self._language).join(parts)
        return whole.replace(target=target, text=digest(target))


def _donors(units: Iterable[Unit], items: Sequence[HeadedText], drafts: Drafts) -> list[Donor]:
    """Return a donor for each paragraph that lost words in the edit."""
    texts: dict[str, list[str]] = {}
    for item in items:
        for unit_id in item.ids or ([item.split_off_from] if item.split_off_from else []):
            texts.setdefault(unit_id, []).extend(item.texts)
    lost = ((unit, words_not_in(words(shown_text(unit)), words(" ".join(texts.get(unit.id, ()))))) for unit in units)
    return [_donor(unit, gone, drafts) for unit, gone in lost if gone and is_attributed(unit)]


def _donor(unit: Unit, lost: list[str], drafts: Drafts) -> Donor:
    return Donor(lost, unit.translated, unit.by) if unit.target else Donor(lost, drafts[unit.id], ())


def _credited(unit: Unit, who: str, known: Iterable[str], donors: Iterable[Donor]) -> Unit:
    """Return a unit just written by `who` with moved words credited to their authors.

    `known` are earlier texts of the unit, whose words are attributed already.
    """
    text = words(unit.target)
    unattributed = text
    for each in known:
        unattributed = words_not_in(unattributed, words(each))
    for donor in donors:
        moved = [
            index
            for _, start, length in common_runs(donor.lost, unattributed)
            for index in range(start, start + length)
        ]
        if len(moved) < max(1.0, SMALLEST_SHARE * len(text)):
            continue
        unit = _give_words(unit, who, len(moved), donor)
        unattributed = [word for index, word in enumerate(unattributed) if index not in set(moved)]
    return unit


def _give_words(unit: Unit, who: str, count: int, donor: Donor) -> Unit:
    """Move `count` words of `who` to the donor's authors, in proportion to their shares."""
    authors = {each.who: each for each in unit.by}
    count = min(count, authors[who].words)
    parts = iter(split_evenly(count, [*(each.words for each in donor.translated), *(each.words for each in donor.by)]))
    translated = Counter({share.who: share.words for share in unit.translated})
    moved = 0
    for share in donor.translated:
        moved += (part := next(parts))
        if part:
            translated[share.who] += part
    for each in donor.by:
        moved += (part := next(parts))
        if part and each.who not in authors:
            authors[each.who] = each._replace(words=part)
        elif part:
            authors[each.who] = authors[each.who]._replace(words=authors[each.who].words + part)
    authors[who] = authors[who]._replace(words=authors[who].words - moved)
    return unit.replace(
        by=tuple(authors.values()), translated=tuple(Share(name, number) for name, number in translated.items())
    )
