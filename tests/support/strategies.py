"""Hypothesis strategies for the values of transflow.model."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from transflow.attribution.authorship import split_evenly
from transflow.digests import ALPHABET, LETTERS, approval, digest
from transflow.model.catalog import Catalog
from transflow.model.unit import (
    ALLOWANCES,
    KINDS,
    Act,
    Answer,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    ConflictShare,
    Meta,
    Question,
    Ref,
    Share,
    Sighting,
    Unit,
    Use,
    Waiver,
)
from transflow.po.catalog import new_header
from transflow.po.header import with_counts
from transflow.text import clean, one_line, words

_awkward = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "\\",
        "#",
        "#,",
        "\t",
        "만",
        "3만5천",
        "  ",
        "@by x",
        "U.N.",
        "\n",
        "…",
        "漢字",
        "e\u0301",
        "#~ ",
        "\\n",
    ]
)
_random = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=6)
texts = st.builds(lambda pieces, text: clean("".join([*pieces, text])), st.lists(_awkward, max_size=5), _random)
sources = texts.filter(bool)
lines = texts.map(lambda text: "a" + one_line(text).rstrip("\\ "))
people = st.sampled_from(["claire", "leejin", "eugene", "mt:deepl/v2", "mt:openai/gpt-5@3f1c2a9e"])
times = st.integers(946_684_800, 4_070_908_800).map(  # drawing a number takes a tenth of the time of drawing a date
    lambda seconds: datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
)


def _id(number: int) -> str:
    return LETTERS[number % 22] + "".join(ALPHABET[number // 22 // 32**place % 32] for place in range(7))


ids = st.integers(0, 22 * 32**7 - 1).map(_id)
slugs = st.sampled_from(["un-letter", "rights-groups", "2024/03-talks"])
acts = st.builds(Act, people, times, lines | st.just(""))
numbers = st.integers(0, 500)


def some(strategy: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def _conflicts(draw: st.DrawFn) -> Conflict:
    """Draw a rejected text, with its authors, or without them as in records of format 1."""
    text = draw(texts)
    shares = draw(
        st.lists(st.builds(ConflictShare, st.sampled_from(["by", "translated"]), people, numbers), max_size=3)
    )
    parts = split_evenly(len(words(text)), [share.words for share in shares])
    counted = tuple(share._replace(words=part) for share, part in zip(shares, parts, strict=True))
    return Conflict(draw(people), draw(times), text, counted)


_marks = st.sampled_from(["", "0123456789abcdef"])
_extras: dict[str, st.SearchStrategy[object]] = {
    "previous": sources,
    "comments": some(lines),
    "assigned": st.builds(Assignment, people, st.just("") | times),
    "record": st.builds(Use, st.sampled_from(ALLOWANCES), people, times),
    "refs": some(st.builds(Ref, slugs, ids), 12),
    "cites": some(lines),
    "translated": st.lists(st.builds(Share, people, numbers), max_size=3, unique_by=lambda each: each.who).map(tuple),
    "by": st.lists(
        st.builds(Authorship, people, times, numbers), min_size=1, max_size=3, unique_by=lambda each: each.who
    ).map(tuple),
    "text": st.just("0123456789abcdef"),
    "seen": some(st.builds(Sighting, people, times, st.just("0123456789abcdef"))),
    "approved": st.builds(Approval, people, times, _marks),
    "omitted": acts,
    "cut": acts,
    "returned": acts,
    "joined": some(ids),
    "split": ids,
    "moved": times,
    "redacted": acts,
    "waivers": some(st.builds(Waiver, st.just("numbers.missing"), people, times, st.just("0123456789abcdef"), lines)),
    "conflicts": some(_conflicts()),
    "questions": some(st.builds(Question, people, times, st.just("") | people, texts)),
    "answers": some(st.builds(Answer, people, times, st.just("") | times, texts)),
    "other": some(st.builds(Meta, st.just("later-key"), st.just("1 x"))),
}


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """Draw a unit with some of its fields filled.

    An approval is valid, or void because of another text or its age. A unit without a target is not
    fuzzy, as in gettext.
    """
    names = draw(st.lists(st.sampled_from(sorted(_extras)), max_size=4, unique=True))
    unit = Unit(
        draw(ids),
        draw(sources),
        draw(texts),
        kind=draw(st.sampled_from(KINDS)),
        variant=draw(st.sampled_from(["", "numbered", "row"])),
        continued=draw(st.booleans()),
        fuzzy=draw(st.booleans()),
    ).replace(**{name: draw(_extras[name]) for name in names})
    unit = _counted(unit.replace(fuzzy=unit.fuzzy and bool(unit.target)))
    if unit.approved and not unit.approved.digest:
        right = unit.approved._replace(digest=approval(unit.id, unit.source, unit.target))
        said = [each.time for each in (*unit.by, unit.returned) if each]
        since = max(said, default="")
        return unit.replace(approved=right if draw(st.booleans()) else right._replace(time=max(since, right.time)))
    return unit


def _counted(unit: Unit) -> Unit:
    """Return the unit with the digest and right word counts of its target."""
    if not unit.by:
        return unit.replace(translated=(), text="")
    weights = [*(each.words for each in unit.by), *(share.words for share in unit.translated)]
    weights[0] += not any(weights)
    parts = iter(split_evenly(len(words(unit.target)), weights))
    return unit.replace(
        by=tuple(each._replace(words=next(parts)) for each in unit.by),
        translated=tuple(share._replace(words=next(parts)) for share in unit.translated),
        text=unit.text or (digest(unit.target) if unit.target else ""),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    found = draw(st.lists(units(), max_size=4, unique_by=lambda unit: unit.id))
    cut = draw(st.integers(0, len(found)))
    catalog = Catalog(new_header("en", "ko", X_Report="un-letter"), tuple(found[:cut]), tuple(found[cut:]))
    if draw(st.booleans()):
        return catalog.replace(
            header=catalog.header.replace(X_Transflow_Format="1")
        )  # as 0.1.0 wrote it: without counts
    return with_counts(catalog)
