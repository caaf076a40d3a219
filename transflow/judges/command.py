"""A program of yours, which reads pairs on its standard input and writes findings.

`program` in judges.toml is its command line. It gets one JSON document,
`{"from": …, "to": …, "units": [{"id", "source", "target"}]}`, and answers with
`{"findings": [{"id", "quote", "severity", "kind", "confidence", "reason", "repair"}]}`. A program
that fails, or takes longer than `timeout` seconds (default: 60), is named, and nothing is kept.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Sequence

from transflow.judges import JudgeFinding, JudgeItem, JudgeSetup
from transflow.judges.asking import rules
from transflow.judges.asking.answers import JudgeError, findings, number
from transflow.messages import Messages

OPTIONS = {"program!": "command line of the program", "timeout": "seconds that it may take"}
MESSAGES = Messages(
    __name__,
    {
        "failed": "the program {program} ended with {code}: {said}",
        "slow": "the program {program} took longer than {seconds} seconds.",
        "absent": "the program {program} cannot be run: {why}",
    },
)
_TIMEOUT = 60
_MOST_SAID = 200
"""Characters of an error message of the program that are shown."""


def judge(items: Sequence[JudgeItem], setup: JudgeSetup) -> Sequence[JudgeFinding]:
    program, seconds = setup.options["program"], number(setup.options, "timeout", _TIMEOUT)
    try:
        done = subprocess.run(
            shlex.split(program),
            input=rules.prompt(items, setup).turns[0],
            cwd="/",  # not the project: nothing of it runs
            capture_output=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise JudgeError(MESSAGES("slow", program=program, seconds=seconds)) from None
    except (OSError, ValueError) as error:  # ValueError: its quotation marks, or what it writes
        raise JudgeError(MESSAGES("absent", program=program, why=str(error))) from None
    if done.returncode:
        said = " ".join(done.stderr.split())[-_MOST_SAID:]
        raise JudgeError(MESSAGES("failed", program=program, code=done.returncode, said=said))
    return findings(done.stdout, items, program)
