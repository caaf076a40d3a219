"""Sentence boundaries of the languages without rules of our own, by sentencex.

Invariant: whatever sentencex answers, the cuts are ascending offsets in code points inside the text; and the work
stays linear, though sentencex is quadratic in the number of quotation marks.
"""

from __future__ import annotations

import re

WINDOW = 4000
"""Characters that sentencex sees at once: more than a long paragraph has, and few enough for its worst case."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def cuts(text: str, language: str) -> list[int]:
    """Where the sentences end: offsets in code points, ascending. `language` is an ISO 639 code; unknown is English."""
    # sentencex takes UTF-8: a lone surrogate becomes another single code point, so that offsets stay.
    readable = _SURROGATE.sub("\ufffd", text)
    found: list[int] = []
    start = 0
    while start < len(readable):
        window = readable[start : start + WINDOW]
        ends = _ends(window, language)
        if start + WINDOW >= len(readable):
            found += [start + end for end in ends]
            break
        # The window may end inside its last sentence: the next one begins with it.
        complete = [end for end in ends if end < len(window)]
        found += [start + end for end in complete]
        start += complete[-1] if complete else len(window)
    return found


def _ends(text: str, language: str) -> list[int]:
    from sentencex import get_sentence_boundaries

    ends = {int(boundary["end_index"]) for boundary in get_sentence_boundaries(language, text)}
    return sorted(end for end in ends if 0 < end <= len(text))
