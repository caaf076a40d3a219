"""A window of a report by a language model: the request, and one turn in which faults are repaired.

Invariant: a repaired translation is taken only if it has fewer faults than the first one; whatever
fails in that turn, the first answers are kept, for they are paid for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from transflow.engines import EngineAnswer, EngineItem, Prompt, Reply, Setup
from transflow.engines.prompting.asking import RepairRequest, Window, first_prompt, read_answer, repair_prompt
from transflow.errors import TransflowError
from transflow.messages import Messages

MESSAGES = Messages(__name__, {"missing": "there is no translation for it, or there are two."})


class DraftFault(NamedTuple):
    """A fault of a translation; `check` is the id of the check that found it, if one
    did.
    """

    words: str
    check: str = ""
    is_fatal: bool = False
    """True if the text cannot even be a draft."""


Judge = Callable[[EngineItem, str], Sequence[DraftFault]]
"""Returns the faults of a text."""


def translate(items: Sequence[EngineItem], setup: Setup, complete: Callable[[Prompt, Setup], Reply]) -> EngineAnswer:
    """Return translations of sentences without their report, and without repair."""
    reply = complete(first_prompt(Window(tuple(items)), setup), setup)
    texts = read_answer(reply.text, [item.id for item in items], setup.engine)
    return _answer(items, texts, was_told=False)._replace(tokens=reply.tokens)


def draft(
    window: Window, setup: Setup, complete: Callable[[Prompt], Reply], judge: Judge, may_go_on: Callable[[], bool]
) -> EngineAnswer:
    """Return the translations of a window, after one turn for those with faults.

    Raise EngineError or another error if the first request fails.
    """
    prompt = first_prompt(window, setup)
    reply = complete(prompt)
    texts = read_answer(reply.text, [item.id for item in window.items], setup.engine)
    faults = {item.id: _faults(item, texts, judge) for item in window.items}
    repairs = [
        RepairRequest(item_id, texts.get(item_id, ""), tuple(str(each.words) for each in found))
        for item_id, found in faults.items()
        if found
    ]
    was_told = False
    if repairs and may_go_on():
        ids, items = [each.id for each in repairs], {item.id: item for item in window.items}
        with suppress(TransflowError):
            second = complete(repair_prompt(prompt, reply.text, repairs))
            was_told = True
            for item_id, text in read_answer(second.text, ids, setup.engine).items():
                if _weight(judge(items[item_id], text)) < _weight(faults[item_id]):
                    texts[item_id] = text
    return _answer(window.items, texts, was_told=was_told)


def _faults(item: EngineItem, texts: Mapping[str, str], judge: Judge) -> Sequence[DraftFault]:
    if item.id not in texts:
        return [DraftFault(MESSAGES("missing"), is_fatal=True)]
    return judge(item, texts[item.id])


def _weight(faults: Sequence[DraftFault]) -> tuple[int, int]:
    return sum(each.is_fatal for each in faults), len(faults)


def _answer(items: Sequence[EngineItem], texts: Mapping[str, str], *, was_told: bool) -> EngineAnswer:
    """Return the texts in the order of the items.

    A model that was told that a text is missing, and gives none, has none: it is not asked again.
    """
    without = frozenset(index for index, item in enumerate(items) if item.id not in texts)
    reasons = dict.fromkeys(without, MESSAGES("missing"))
    missing = frozenset() if was_told else without
    return EngineAnswer([texts.get(item.id, "") for item in items], reasons, missing=missing)
