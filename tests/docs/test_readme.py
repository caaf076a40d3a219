"""README.md, typed from "a newsroom of your own" to the end of CI in a new folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from support.paths import ROOT
from support.typed import Shell, typed_lines

README = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = typed_lines(README)


@pytest.mark.slow
def test_the_readme_leads_from_a_report_to_a_page_with_its_credit_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = Shell(monkeypatch, tmp_path)
    (report,) = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    (credit,) = re.findall(r"^> (Translated by .*)$", README, re.MULTILINE)
    typed = 0
    for line, expected in STEPS:
        assert expected in shell.type(line), line
        typed += 1
        if line.endswith("cd newsroom"):
            Path("letter.md").write_text(report, encoding="utf-8")
    assert typed > 40
    assert Path("build/en/un-story.txt").read_text(encoding="utf-8").strip().endswith(credit)
    page = Path("build/en/un-story.html").read_text(encoding="utf-8")
    assert credit in page
    assert "Beijing has not replied to the letter." in page


def test_the_readme_names_only_people_whom_it_adds() -> None:
    added = {words[3] for line, _ in STEPS if (words := shlex.split(line))[:3] == ["transflow", "person", "add"]}
    named = set(
        re.findall(r"(?:--as|--to|TRANSFLOW_USER=)\s*([a-z]+(?:,[a-z]+)*)", "\n".join(line for line, _ in STEPS))
    )
    people = {each for names in named for each in names.split(",")} - {"html", "txt"}
    assert people == added
