"""Counts and times as commands print them."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from transflow.messages import Message, Messages
from transflow.timezones import zone

MESSAGES = Messages(
    __name__,
    {
        "approval": ("{n} approval", "{n} approvals"),
        "change": ("{n} change", "{n} changes"),
        "character": ("{n} character", "{n} characters"),
        "finished text": ("{n} finished text", "{n} finished texts"),
        "name": ("{n} name", "{n} names"),
        "paragraph": ("{n} paragraph", "{n} paragraphs"),
        "request": ("{n} request", "{n} requests"),
        "sentence": ("{n} sentence", "{n} sentences"),
        "term": ("{n} term", "{n} terms"),
        "translation": ("{n} translation", "{n} translations"),
        "warning": ("{n} warning", "{n} warnings"),
        "word": ("{n} word", "{n} words"),
    },
)
"""Counted nouns."""


def pluralize(count: int, noun: str) -> Message:
    """Return a count with its noun, one of `MESSAGES`: `1 sentence`, `2 sentences`."""
    return MESSAGES(noun, n=count)


def cell_width(text: str) -> int:
    """Return how many cells of a terminal a text takes; a Hangul syllable takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(char) in "WF" for char in text)


def padded(text: str, width: int) -> str:
    """Return a text with spaces behind it, up to a number of cells."""
    return text + " " * max(0, width - cell_width(text))


def local_time(time: str, timezone: str) -> str:
    """Return a UTC time in a time zone: `2024-03-26 18:00`.

    A time that is not valid stays as it is.
    """
    try:
        return datetime.fromisoformat(time).astimezone(zone(timezone)).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return time
