"""A program of yours, which reads pairs on its standard input and writes findings.

`program` in judges.toml is its command line. It gets one JSON document,
`{"from": …, "to": …, "units": [{"id", "source", "target", "kind", "before", "after"}]}`, and
answers with `{"findings": [{"id", "quote", "severity", "kind", "confidence", "reason"}]}`, each
perhaps with a `repair`. A program that fails, takes longer than `timeout` seconds (default: 60) or
writes more than 2 MB is ended with all that it started, and nothing of its answer is kept.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from transflow.judges import JudgeFinding, JudgeItem, JudgeSetup
from transflow.judges.asking import programs, rules
from transflow.judges.asking.answers import LARGEST, JudgeError, JudgeMissingError, findings, number
from transflow.messages import Messages

OPTIONS = {"program!": "command line of the program", "timeout": "seconds that it may take"}
NUMBERS = {"timeout": (0.1, 86_400.0)}
MESSAGES = Messages(
    __name__,
    {
        "failed": "the program {program} ended with {code}: {said}",
        "slow": "the program {program} took longer than {seconds} seconds.",
        "large": "the program {program} writes more than {most} MB. Nothing of it is kept.",
        "encoding": "the program {program} writes something else than UTF-8.",
        "absent": "the program {program} cannot be run: {why}. See “program” under [command] in your judges.toml.",
    },
)
_TIMEOUT = 60
_MOST_SAID = 200
"""Characters of an error message of the program that are shown."""


def judge(items: Sequence[JudgeItem], setup: JudgeSetup) -> Sequence[JudgeFinding]:
    program, seconds = setup.options["program"], number(setup.options, "timeout", _TIMEOUT)
    try:
        ran = programs.run(shlex.split(program), rules.prompt(items, setup).turns[0].encode(), seconds, LARGEST)
    except (OSError, ValueError) as error:  # ValueError: its quotation marks
        why = (getattr(error, "strerror", "") or str(error)).rstrip(".")
        raise JudgeMissingError(MESSAGES("absent", program=program, why=why)) from None
    if ran.is_large:
        raise JudgeError(MESSAGES("large", program=program, most=LARGEST // 2**20))
    if ran.is_slow:
        raise JudgeError(MESSAGES("slow", program=program, seconds=f"{seconds:g}"))
    if ran.code:
        said = " ".join(ran.said.decode("utf-8", "replace").split())[-_MOST_SAID:]
        raise JudgeError(MESSAGES("failed", program=program, code=ran.code, said=said))
    try:
        answer = ran.out.decode("utf-8")
    except UnicodeDecodeError:
        raise JudgeError(MESSAGES("encoding", program=program)) from None
    return findings(answer, items, program)
