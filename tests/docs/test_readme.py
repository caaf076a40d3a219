"""README.md, typed from "a newsroom of your own" to the end of CI in a new folder."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from support.commands import transflow
from support.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ON_THE_SCREEN = {"translate", "review", "story"}
"""Commands that need a terminal; here they run by prompts."""


def steps() -> list[tuple[str, str]]:
    """Return (command line, expected output) of all console blocks, except those of `make`."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((re.sub(r"\s{2,}# .*", "", line[2:]), ""))
            else:
                found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return [step for step in found if not step[0].startswith("make ")]


class Shell:
    """The present folder and the environment, in which lines are typed."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def type(self, line: str) -> str:
        """Run a line and return its output. Every command in it must succeed."""
        return "".join(self.run(part) for part in line.split(" && "))

    def run(self, part: str) -> str:
        words = shlex.split(part)
        if words[0] == "cd":
            self.patch.chdir(words[1])
        elif words[0] == "export":
            self.patch.setenv(*words[1].split("="))
        elif words[0] == "transflow":
            return self.transflow(words[1:])
        else:
            done = subprocess.run(["bash", "-c", part], capture_output=True, text=True, check=True)
            return done.stdout
        return ""

    def transflow(self, words: list[str]) -> str:
        ran = transflow(Path(), *words, *(["--plain"] if words[0] in ON_THE_SCREEN else []))
        assert ran.code == 0, f"{shlex.join(words)}: {ran.err}"
        return ran.out


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.chdir(tmp_path)
    return Shell(monkeypatch)


@pytest.mark.slow
def test_the_readme_leads_from_a_report_to_a_page_with_its_credit_line(shell: Shell) -> None:
    (report,) = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    (credit,) = re.findall(r"^> (Translated by .*)$", README, re.MULTILINE)
    typed = 0
    for line, expected in steps():
        out = shell.type(line)
        assert expected in out, line
        typed += 1
        if line.endswith("cd newsroom"):
            Path("letter.md").write_text(report, encoding="utf-8")
    assert typed > 40
    assert Path("build/en/un-story.txt").read_text(encoding="utf-8").strip().endswith(credit)
    page = Path("build/en/un-story.html").read_text(encoding="utf-8")
    assert credit in page
    assert "Beijing has not replied to the letter." in page


def test_the_readme_names_only_people_whom_it_adds() -> None:
    added = {words[3] for line, _ in steps() if (words := shlex.split(line))[:3] == ["transflow", "person", "add"]}
    named = set(
        re.findall(r"(?:--as|--to|TRANSFLOW_USER=)\s*([a-z]+(?:,[a-z]+)*)", "\n".join(line for line, _ in steps()))
    )
    people = {each for names in named for each in names.split(",")} - {"html", "txt"}
    assert people == added
