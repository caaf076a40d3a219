"""A language model behind an API like OpenAI's chat completions, also on your own machine.

Address, model, key and price are those of the engine `openai` in engines.toml, and so are the
permissions: a project's texts go to another machine only if you allow it.
"""

from __future__ import annotations

from collections.abc import Sequence

from transflow.judges import JudgeFinding, JudgeItem, JudgeSetup
from transflow.judges.asking import rules
from transflow.judges.asking.answers import findings

ENGINE = "openai"
VERSION = rules.VERSION


def judge(items: Sequence[JudgeItem], setup: JudgeSetup) -> Sequence[JudgeFinding]:
    assert setup.complete
    return findings(setup.complete(rules.prompt(items, setup)).text, items, ENGINE)
