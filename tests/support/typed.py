"""Documents as somebody types them: the console blocks of a page, with what they print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

import pytest

from support.commands import transflow

ON_THE_SCREEN = {"translate", "review", "story"}
"""Commands that need a terminal; here they run by prompts."""


class TypedLine(NamedTuple):
    """A line after `$ `, without its comment, and the lines printed below it."""

    line: str
    printed: str


def typed_lines(text: str) -> list[TypedLine]:
    """Return the lines of all console blocks of a document, except those of `make`."""
    found: list[TypedLine] = []
    for block in re.findall(r"^ *```console\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(TypedLine(re.sub(r"\s{2,}# .*", "", line[2:]), ""))
            else:
                found[-1] = found[-1]._replace(printed=f"{found[-1].printed}{line}\n")
    return [each for each in found if not each.line.startswith("make ")]


def is_printed(wanted: str, printed: str) -> bool:
    """True if an output is as a document shows it; a line "…" stands for any lines."""
    pattern = "".join(r"(?:.*\n)*" if line == "…\n" else re.escape(line) for line in wanted.splitlines(keepends=True))
    return bool(re.fullmatch(pattern, printed))


class Shell:
    """The present folder and the environment, in which lines are typed."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.patch = patch
        patch.setenv("EDITOR", "true")
        patch.chdir(folder)

    def follow(self, text: str) -> int:
        """Type all lines of a document, and return their number.

        Each prints what the document shows. One without an output there has to succeed.
        """
        steps = typed_lines(text)
        for step in steps:
            printed = self.type(step.line, codes=(0, 1) if step.printed else (0,))
            assert not step.printed or is_printed(step.printed, printed), f"{step.line}\n{printed}"
        return len(steps)

    def type(self, line: str, *, codes: Container[int] = (0,)) -> str:
        """Run a line, whose parts `&&` joins, and return its output and messages."""
        return "".join(self._run(part, codes) for part in line.split(" && "))

    def _run(self, line: str, codes: Container[int]) -> str:
        words = shlex.split(line)
        if words[0] == "cd":
            self.patch.chdir(words[1])
        elif words[0] == "export":
            self.patch.setenv(*words[1].split("="))
        elif words[0] == "transflow" and not {"|", "<", ">", ";"} & set(shlex.shlex(line, punctuation_chars=True)):
            ran = transflow(Path(), *words[1:], *(["--plain"] if words[1:2] and words[1] in ON_THE_SCREEN else []))
            assert ran.code in codes, f"{line}: {ran.out}{ran.err}"
            return ran.out + ran.err
        else:
            path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
            done = subprocess.run(
                ["bash", "-ec", line], capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}
            )
            assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
            return done.stdout
        return ""
