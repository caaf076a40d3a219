"""Word diffs: no word is lost on either side, and they are readable without colours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transflow.presenters.word_diff import diff, marked

WORDS = st.lists(st.sampled_from(["유엔은", "서한을", "공개했다.", "a", "b", "c"]), max_size=12).map(" ".join)


def test_a_changed_word_stands_before_what_replaced_it() -> None:
    parts = diff("특별보고관 3명이 서한을 보냈다.", "특별보고관 2명이 서한을 보냈다.")
    assert "".join(text for text, _ in marked(parts)) == "특별보고관 [-3명이-] [+2명이+] 서한을 보냈다."


@given(WORDS, WORDS)
def test_both_sides_are_there(old: str, new: str) -> None:
    parts = diff(old, new)
    before = "".join(part.text + " " for part in parts if part.change != "added")
    after = "".join(part.text + " " for part in parts if part.change != "removed")
    assert before.split() == old.split()
    assert after.split() == new.split()


@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(part.change == "same" for part in diff(text, text))
