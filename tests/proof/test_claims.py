"""Claims of two versions of a catalog, of which only what differs is read."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from transflow.proof.claims import differing_chunks, split

TEXTS = st.text(alphabet="a\n한", max_size=24) | st.lists(
    st.sampled_from(["head", "one", "two", "three", "셋"]), max_size=8
).map("\n\n".join)


@given(TEXTS, TEXTS)
@example("head\n\none", "head\n\n\none")
@example("\n\nhead", "\n\none")
@example("one\n\none", "one\n\none\n\none")
def test_the_differences_are_those_of_all_chunks(old: str, new: str) -> None:
    whole = [split(text) for text in (old, new)]
    parts = differing_chunks(old.encode(), new.encode())
    counts = [Counter(each.entries) for each in whole]
    part_counts = [Counter(each.entries) for each in parts]
    assert part_counts[0] - part_counts[1] == counts[0] - counts[1]
    assert part_counts[1] - part_counts[0] == counts[1] - counts[0]
    assert (parts[0].header == parts[1].header) == (whole[0].header == whole[1].header)
    if parts[0].header != parts[1].header:
        assert [each.header for each in parts] == [each.header for each in whole]


@given(st.lists(st.sampled_from(["one", "two", "셋"]), min_size=30, max_size=60), st.integers(0, 29))
def test_only_what_differs_is_read(entries: list[str], number: int) -> None:
    texts = ["head", *(f"{each} {at}" for at, each in enumerate(entries))]
    changed = [*texts[: number + 1], "changed", *texts[number + 2 :]]
    old, new = differing_chunks("\n\n".join(texts).encode(), "\n\n".join(changed).encode())
    assert (old.entries, new.entries) == ((texts[number + 1],), ("changed",))
