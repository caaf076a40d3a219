"""The project's own translation memory: the best match written by people of this newsroom.

It needs no setup, and offers matches with a score of 75% or more.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.engines import EngineAnswer, EngineItem, Limits, Setup
from transflow.messages import Messages

MESSAGES = Messages(__name__, {"no-match": "nothing like it was translated before."})
MODEL = "project"
OPTIONS = {"at_least": "the score, from 1 to 100, from which a match is offered"}
LIMITS = Limits(200)
PRICE = 0.0
IN_PROCESS = True
AT_LEAST = 75


def translate(items: Sequence[EngineItem], setup: Setup) -> EngineAnswer:
    value = setup.options.get("at_least", "")
    threshold = int(value) if value.isdecimal() else AT_LEAST
    texts, refused = [], {}
    for index, item in enumerate(items):
        best = item.examples[0] if item.examples else None
        texts.append(best.target if best and best.score >= threshold else "")
        if not texts[-1]:
            refused[index] = MESSAGES("no-match")
    return EngineAnswer(texts, refused)


def is_used_up(status: int, body: object) -> bool:
    return False
