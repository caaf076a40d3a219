"""Words, or pairs of words, repeated by mistake.

Some repetitions are correct (“had had”, “bye bye”, Pago Pago), and those that are in the Korean too
are accepted. A repeated capitalised word may be a name and has no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from operator import eq

from transflow.checks import CheckContext, Example
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

FIXES = True
PAIR = ("", "en")
IDS: Mapping[str, Severity] = {"repetition": "warning"}
MESSAGES = Messages(
    __name__,
    {
        "repetition": "“{word}” is here twice in a row.",
    },
)
PASSING = (
    Example("그는 오래전에 떠났었다.", "He had had enough, and that that was so nobody knew."),
    Example("유엔은 정말, 정말 원한다.", "The U.N. really, really wants it."),
    Example("파고파고에서 열렸다.", "It was held in Pago Pago."),
)
FAILING = (
    Example(
        "유엔은 서한을 공개했다.", "The U.N. released the the letter.", "the the", "", "The U.N. released the letter."
    ),
    Example("그는 집에 있었다.", "He was in the in the house.", "in the in the", "", "He was in the house."),
    Example("대통령이 말했다.", "The President President spoke.", "President President"),
)
_DOUBLED = re.compile(
    r"(?<![\w’'.-])([^\W\d_]+(?:[’'][^\W\d_]+)*(?:[ \t]+[^\W\d_]+)?)[ \t]+\1(?![\w’'-])", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_RIGHT = frozenset(
    """
    had that very so really plus pretty bye no yes ha knock tut hear now there choo win cha boo blah chop hush night is many far long
    pago walla bora duran sirhan boutros baden bling goody tsk yada beri aye papa mama dum tom cous couscous chow tata
    """.split()
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    if not context.locale.startswith("en"):
        return
    target = unit.target
    words = [word.lower() for word in _WORD.findall(target)]
    if not any(map(eq, words, words[1:])) and not any(map(eq, words, words[2:])):
        return
    for found in _DOUBLED.finditer(target):
        once = found[1]
        if once.lower() in _RIGHT or _is_doubled_name(once, unit.source):
            continue
        fixed = target[: found.start()] + once + target[found.end() :] if found[0][len(once) :].islower() else None
        yield Issue("repetition", IDS["repetition"], MESSAGES("repetition", word=once), None, found.span(), fixed)


def _is_doubled_name(once: str, source: str) -> bool:
    """Return True if a capitalised word may be a name that the source repeats too."""
    return once[0].isupper() and re.search(r"([가-힣]{2,})[ -]?\1", source) is not None
