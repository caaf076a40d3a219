"""Adaptation of a match to a similar text: figures and names replaced where that is certain.

Invariant: a part of the target is replaced only if it stands for one figure or one name of the
match's source that has one counterpart in the text, and both are exact; everything else stays. Each
replacement is marked, so that people see it.

Not certain, and left alone: singular and plural (“1 person”, “7 people”), vague numbers, times of
day, names without a spelling in the glossary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from transflow.glossary.matching import Hit, Matcher
from transflow.language.quantities.quantity import Quantity, digits_and_power, format_value, same
from transflow.memory.match import Difference, Match, Repair

_WORDS = "zero one two three four five six seven eight nine".split()
_MONTHS = "January February March April May June July August September October November December".split()
_SHORT_MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
"""Abbreviations of news English, used before a day."""
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w,.]*\d)")
_NAMED = frozenset({"person", "place", "organisation"})


class _Exchange(NamedTuple):
    start: int
    end: int
    text: str


def repaired(match: Match, source: str, locale: str, matcher: Matcher | None = None) -> Match:
    """Return the match with its figures and names replaced by those of `source`."""
    if match.score >= 100 or not match.differences:
        return match
    exchanges = [*_figures(match, source, locale), *(_names(match, source, matcher) if matcher else ())]
    target, repairs, shift = match.target, [], 0
    end = 0
    for each in sorted(exchanges):
        if each.start < end:
            continue
        end = each.end
        original = match.target[each.start : each.end]
        start = each.start + shift
        target = target[:start] + each.text + target[start + len(original) :]
        repairs.append(Repair((start, start + len(each.text)), original))
        shift += len(each.text) - len(original)
    return replace(match, target=target, repairs=tuple(repairs)) if repairs else match


# Figures


def _figures(match: Match, source: str, locale: str) -> Iterator[_Exchange]:
    """Yield the figures to exchange. Loads the patterns of Korean quantities, slow to compile."""
    from transflow.language.quantities.korean import korean_figures

    before, after = korean_figures(match.source), korean_figures(source)
    if [(each.kind, each.unit) for each in before] != [(each.kind, each.unit) for each in after]:
        return  # a figure was added or removed: pairing the others would be a guess
    target_figures = _read_figures(match.target, locale)
    for old, new in zip(before, after, strict=True):
        if same(old.value, new.value) or not (_is_exact(old) and _is_exact(new)):
            continue
        if sum(same(old.value, each.value) for each in before) > 1 or (
            _is_counted(old) and 1 in (old.value, new.value)
        ):
            continue
        matches = [
            each for each in target_figures if same(each.value, old.value) and _is_same_measure(each, old, locale)
        ]
        if len(matches) == 1 and (written := _format_figure(match.target, matches[0], new)):
            yield _Exchange(*_numeral(matches[0]), written)


def _read_figures(text: str, locale: str) -> list[Quantity]:
    """Return the figures of a translation. Loads the patterns of English quantities."""
    if locale.split("_")[0] == "en":
        from transflow.language.quantities.english import english_figures

        return english_figures(text)
    return [
        Quantity("count", float(found[0].replace(",", "")), *found.span(), numeral=found.span())
        for found in _NUMBER.finditer(text)
    ]


def _is_exact(figure: Quantity) -> bool:
    return (
        not figure.others
        and not figure.tolerance
        and figure.kind not in ("vague", "clock", "half", "fraction", "decade")
    )


def _is_counted(figure: Quantity) -> bool:
    return figure.kind not in ("day", "month", "weekday", "year")


def _is_same_measure(figure: Quantity, other: Quantity, locale: str) -> bool:
    if not locale.startswith("en"):
        return other.kind not in ("month", "weekday")
    return figure.kind == other.kind and (figure.unit == other.unit or "" in (figure.unit, other.unit))


def _numeral(figure: Quantity) -> tuple[int, int]:
    return figure.numeral or figure.span


def _format_figure(target: str, figure: Quantity, new: Quantity) -> str:
    """Return the new figure in the form of the old one in the target; empty if that is not
    certain.
    """
    start, end = _numeral(figure)
    original = target[start:end]
    if new.kind == "month":
        return _format_month(original, target[end:], int(new.value))
    if new.kind == "weekday":
        return _WEEKDAYS[int(new.value)] if original in _WEEKDAYS else ""
    if original.lower() in _WORDS or original.isdigit():
        return _format_whole(original, new)
    if re.fullmatch(r"[\d.,]+", original):
        text = format_value(new.value)
        return text if re.fullmatch(r"[\d.,]+", text) else f"{new.value:,.0f}"
    scaled = re.fullmatch(r"([\d.,]+) (million|billion|trillion)", original)
    text = format_value(new.value)
    return text if scaled and text.endswith(scaled[2]) and len(digits_and_power(new.value)[0]) <= 4 else ""


def _format_whole(original: str, new: Quantity) -> str:
    """Return a whole number, up to nine in words where the old one is, as in news English."""
    if new.value != int(new.value) or new.value < 0:
        return ""
    value = int(new.value)
    if not _is_counted(new):
        return str(value) if original.isdigit() else ""
    if value < 10 and not original.isdigit():
        return _WORDS[value].capitalize() if original[0].isupper() else _WORDS[value]
    if original[:1].isupper():
        return ""  # no sentence begins with digits
    return f"{value:,}" if original.isdigit() or value >= 10 else _WORDS[value]


def _format_month(original: str, after: str, month: int) -> str:
    dated = re.match(r"\s\d", after) is not None
    if original in _MONTHS and not (dated and original in _SHORT_MONTHS):
        return _MONTHS[month - 1]
    return _SHORT_MONTHS[month - 1] if original in _SHORT_MONTHS and dated else ""


# Names


def _names(match: Match, source: str, matcher: Matcher) -> Iterator[_Exchange]:
    before, after = matcher.find(match.source), matcher.find(source)
    for difference in _word_differences(match, source):
        old, new = _only_hit(before, difference.old), _only_hit(after, difference.new)
        if old is None or new is None or not _is_exchangeable(old, new, match.source, source, difference):
            continue
        if sum(hit.term == old.term for hit in before) != 1:
            continue
        spans = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(old.term.target)}(?!\w)", match.target)]
        if len(spans) == 1 and not _has_short_form(old.term.short, match.target, old.term.target):
            yield _Exchange(*spans[0], new.term.target)


def _word_differences(match: Match, source: str) -> Iterator[Difference]:
    """Yield the differences, then their single words if both sides have equally many."""
    for difference in match.differences:
        yield difference
        old, new = (_spans(text, span) for text, span in ((match.source, difference.old), (source, difference.new)))
        if len(old) == len(new) > 1:
            yield from map(Difference, old, new)


def _spans(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the spans of the words within a span."""
    return [found.span() for found in re.compile(r"\S+").finditer(text, *span)]


def _only_hit(hits: Sequence[Hit], span: tuple[int, int]) -> Hit | None:
    """Return the only hit in a span; None if there is not exactly one."""
    inside = [hit for hit in hits if span[0] <= hit.start and hit.end <= span[1]]
    return inside[0] if len(inside) == 1 else None


def _is_exchangeable(old: Hit, new: Hit, before: str, after: str, difference: Difference) -> bool:
    """True if two names of one kind are the only difference there, except for particles whose form
    depends on the last letter.
    """
    if old.term.kind != new.term.kind or old.term.kind not in _NAMED or not (old.certain and new.certain):
        return False
    if not old.term.target or not new.term.target or old.term.open or new.term.open:
        return False
    is_prefix_equal = before[difference.old[0] : old.start] == after[difference.new[0] : new.start]
    suffixes = before[old.end : difference.old[1]], after[new.end : difference.new[1]]
    return is_prefix_equal and (suffixes[0] == suffixes[1] or suffixes in _SAME_PARTICLE)


_PARTICLES = (
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("이라고", "라고"),
    ("이나", "나"),
)
_SAME_PARTICLE = frozenset({*_PARTICLES, *((other, one) for one, other in _PARTICLES)})
"""Particles that differ after a vowel and after a consonant."""


def _has_short_form(short: str, target: str, full: str) -> bool:
    """True if a short form occurs anywhere except within the full one."""
    return bool(short) and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", target.replace(full, "")) is not None
