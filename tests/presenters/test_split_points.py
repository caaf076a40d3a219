"""The place where a unit is split at first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transflow.presenters.split_points import SplitPoint, proposed, seams, word_starts

SOURCE = "그는 갔다. 그녀는 왔다."
TARGET = "He went to the market in town. She came."


def test_the_seam_of_two_sentences_is_proposed() -> None:
    assert proposed(SOURCE, TARGET, len(TARGET)) == SplitPoint(SOURCE.index("그녀는"), TARGET.index("She"))
    assert seams("“갔다.” 그리고 3.5% 올랐다. 끝.") == [6, 20]


def test_the_cursor_within_the_text_says_where_it_is_split() -> None:
    assert proposed("그는 갔고 그녀는 왔다", TARGET, TARGET.index("market") + 1).target == TARGET.index("market")


def test_without_a_text_the_source_is_split_in_its_middle() -> None:
    assert proposed("가 나 다 라", "", 0) == SplitPoint(4, 0)


@given(st.text("가. ab”", max_size=30), st.text("ab. ”", max_size=30), st.integers(0, 30))
def test_a_place_is_the_beginning_of_a_word_or_none(source: str, target: str, cursor: int) -> None:
    point = proposed(source, target, cursor)
    assert point.source in (0, *word_starts(source))
    assert point.target in (0, *word_starts(target))
