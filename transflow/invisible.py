"""Invisible characters: needed in some scripts, and rubbish in Korean and Latin text.

Khmer, Thai, Lao, Burmese and Tibetan have U+200B between words, text from right to left has marks
of direction, and many scripts need joiners. Word processors and web pages leave the same characters
in texts that do not need them, where they hide words from searches and checks.

Invariant: `without_invisible` is idempotent, removes nothing visible, and leaves a line alone that
is mostly written in a script that needs such characters.
"""

from __future__ import annotations

import re
from functools import cache

_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
"""Soft hyphen, zero-width characters, joiners, marks and controls of direction."""
_RIGHT_TO_LEFT = "\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
_NEEDING = (
    f"{_RIGHT_TO_LEFT}\u0900-\u109f\u1700-\u180d\u180f-\u18af\u1950-\u19ff\u1a00-\u1aaf\u1b00-\u1c4f\ua840-\ua8ff\ua900-\uaaff"
    "\uabc0-\uabff"
)
"""Scripts of South and Southeast Asia, Mongolian, and those that are written from right to left."""
_LETTERS = (
    "A-Za-z\u00c0-\u024f\u0370-\u052f\u1100-\u11ff\u1e00-\u1fff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
)
_OTHER = f"0-9{_LETTERS}"
_JOINERS = frozenset("\u200c\u200d")


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Compile a pattern on first use: most texts need none."""
    return re.compile(f"[{characters}]")


def without_invisible(text: str) -> str:
    """Return `text` without the invisible characters that its scripts do not need."""
    if text.isascii() or not _pattern(_INVISIBLE).search(text):
        return text
    drop = {*unneeded(text)}
    return "".join(each for at, each in enumerate(text) if at not in drop) if drop else text


def unneeded(text: str) -> list[int]:
    """Return the offsets of the invisible characters that the scripts of a text do not need."""
    if text.isascii() or not _pattern(_INVISIBLE).search(text):
        return []
    found: list[int] = []
    start = 0
    for line in text.split("\n"):
        found += (start + at for at in _unneeded_in(line))
        start += len(line) + 1
    return found


def _unneeded_in(line: str) -> list[int]:
    invisible = [each.start() for each in _pattern(_INVISIBLE).finditer(line)]
    if not invisible or is_in_needing_script(line):
        return []
    letters = [(each.start(), each[0]) for each in _pattern(_NEEDING + _LETTERS).finditer(line)]
    found, number = [], 0
    for at in invisible:
        while number < len(letters) and letters[number][0] < at:
            number += 1
        beside = "".join(letter for _, letter in letters[max(number - 1, 0) : number + 1])
        is_joint = line[at] in _JOINERS
        if not (_joins(line, at) if is_joint else _pattern(_NEEDING).search(beside)):
            found.append(at)
    return found


def _joins(line: str, at: int) -> bool:
    """True if a joiner stands beside a script that needs it, or between signs such as emoji."""
    around = line[max(at - 1, 0) : at] + line[at + 1 : at + 2]
    is_between_signs = (
        line[at] == "\u200d" and len(around) == 2 and not _pattern(_OTHER + _INVISIBLE + r"\s").search(around)
    )
    return is_between_signs or bool(_pattern(_NEEDING).search(around))


def needs_direction(text: str) -> bool:
    """True if the direction or the joints of a text depend on its characters, as in Uyghur and
    Khmer.
    """
    if text.isascii():
        return False
    return bool(_pattern(_RIGHT_TO_LEFT).search(text)) or len(_pattern(_INVISIBLE).findall(text)) > len(unneeded(text))


def is_in_needing_script(line: str) -> bool:
    """True if a line is mostly written in scripts that need invisible characters."""
    needing = len(_pattern(_NEEDING).findall(line))
    return needing > 0 and needing >= len(_pattern(_OTHER).findall(line))
