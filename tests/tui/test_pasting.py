"""Pasted texts with escape sequences, as terminals send them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from transflow.text import without_escapes
from transflow.tui.pasting import PasteParser

START, END = "\x1b[200~", "\x1b[201~"


def parsed(*chunks: str) -> list[tuple[str, str]]:
    """Return kind and text of the events for these pieces of input."""
    parser = PasteParser()
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    return [
        ("key", event.key) if isinstance(event, events.Key) else ("paste", event.text)
        for event in found
        if isinstance(event, events.Key | events.Paste)
    ]


def test_an_escape_sequence_in_a_paste_is_no_key() -> None:
    assert parsed(f"a{START}red \x1b[31mn\x1bo\x1b[0mw\rnext{END}b") == [
        ("key", "a"),
        ("paste", "red now\rnext"),
        ("key", "b"),
    ]


def test_keys_beside_a_paste_stay_keys() -> None:
    assert parsed("\x1b[A", f"{START}x{END}", "\x1b[2~", "\x1b[B") == [
        ("key", "up"),
        ("paste", "x"),
        ("key", "insert"),
        ("key", "down"),
    ]


@given(st.lists(st.sampled_from(["\x1b", "[", "3", "1m", "가", "\r", "x", "\x1b[0m"]), max_size=8), st.data())
def test_a_paste_is_the_same_wherever_it_is_cut(pieces: list[str], data: st.DataObject) -> None:
    text = "".join((".", *pieces))
    whole = f"a{START}{text}{END}b"
    at = data.draw(st.integers(len("a\x1b[2"), len(whole) - 1))
    assert parsed(whole[:at], whole[at:]) == [("key", "a"), ("paste", without_escapes(text)), ("key", "b")]
