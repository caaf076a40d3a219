"""Sentence boundaries of languages without rules of our own, by sentencex.

Invariant: whatever sentencex returns, the cuts are ascending offsets in code points inside the
text; and the work stays linear, although sentencex is quadratic in the number of quotation marks.
"""

from __future__ import annotations

import re

WINDOW = 4000
"""Characters passed to sentencex at once: more than a long paragraph has, and few enough for its
worst case.
"""

_SURROGATE = re.compile("[\ud800-\udfff]")


def cuts(text: str, language: str) -> list[int]:
    """Return the offsets at which sentences end: in code points, ascending.

    `language` is an ISO 639 code; an unknown one is treated as English.
    """
    # sentencex takes UTF-8: a lone surrogate is replaced by another single code point, which keeps
    # offsets.
    readable = _SURROGATE.sub("\ufffd", text)
    found: list[int] = []
    start = 0
    while start < len(readable):
        window = readable[start : start + WINDOW]
        ends = _ends(window, language)
        if start + WINDOW >= len(readable):
            found += [start + end for end in ends]
            break
        # The window may end inside its last sentence: the next window begins with that sentence.
        complete = [end for end in ends if end < len(window)]
        found += [start + end for end in complete]
        start += complete[-1] if complete else len(window)
    return found


def _ends(text: str, language: str) -> list[int]:
    """Return the ends of sentences. Loads sentencex."""
    from sentencex import get_sentence_boundaries

    ends = {int(boundary["end_index"]) for boundary in get_sentence_boundaries(language, text)}
    return sorted(end for end in ends if 0 < end <= len(text))
