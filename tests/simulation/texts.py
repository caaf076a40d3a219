"""Reports and translations whose words occur once, so that every text shows who wrote it.

Words have no figures, because the checks compare figures, and would refuse an approval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from random import Random

PEOPLE = ("claire", "leejin", "minho", "sora", "mina", "noah", "eugene")
_LETTERS = "bcdfghjkmp"
_SYLLABLES = "가나다라마바파하거너더러"
_OWN = re.compile(rf"\b({'|'.join(PEOPLE)})z[{_LETTERS}]{{4,}}\b")
_KOREAN = re.compile("[가-힣]")
_NAME = re.compile(rf"[{_SYLLABLES}]{{4,}}(?=동)")


def _spelled(number: int, letters: str, least: int) -> str:
    text = ""
    while number or len(text) < least:
        number, digit = divmod(number, len(letters))
        text = letters[digit] + text
    return text


class Writer:
    """The source of new sentences."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._numbers = count(1)

    def korean(self) -> str:
        name = _spelled(next(self._numbers), _SYLLABLES, 4)
        what = self.random.choice(["다리", "길", "시장", "학교"])
        return f"{name}동의 {what}가 {self.random.choice(['다시 열렸다', '닫혔다', '새로 생겼다'])}."

    def words(self, who: str, size: int = 0) -> list[str]:
        return [f"{who}z{_spelled(next(self._numbers), _LETTERS, 4)}" for _ in range(size or self.random.randint(3, 6))]

    def text(self, who: str) -> str:
        return " ".join(self.words(who)) + "."


def words_of(text: str) -> set[str]:
    """Return the words of a text that name their author."""
    return {match[0] for match in _OWN.finditer(text)}


def authors_of(text: str) -> dict[str, int]:
    """Return the number of words of each author in a text."""
    found: dict[str, int] = {}
    for match in _OWN.finditer(text):
        found[match[1]] = found.get(match[1], 0) + 1
    return found


def names_of(source: str) -> set[str]:
    """Return the names in a Korean sentence, each of which occurs in one sentence only."""
    return set(_NAME.findall(source))


def is_korean(text: str) -> bool:
    """True if a text has a Korean word, as a draft of sentences that nobody has translated yet."""
    return bool(_KOREAN.search(text))


def report_text(title: str, body: Sequence[Sequence[str]], **fields: str) -> str:
    front = {"title": title, "byline": "Claire Lee", "date": "2024-01-02", **fields}
    head = "".join(f"{key}: {value}\n" for key, value in front.items() if value)
    return f"---\n{head}---\n\n" + "\n\n".join(" ".join(paragraph) for paragraph in body if paragraph) + "\n"
