"""docs/languages.md, typed from its beginning to its end in a new folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.test_readme import Shell
from support.paths import ROOT

PAGE = (ROOT / "docs/languages.md").read_text(encoding="utf-8")


def test_the_page_can_be_typed_and_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(monkeypatch)
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for step in block.split("$ ")[1:]:
            line, _, expected = step.partition("\n")
            printed = shell.type(line)
            assert without_ids(expected) in ("", without_ids(printed)), line


def without_ids(text: str) -> str:
    return re.sub(r"(?m)^( +\d+)  [0-9a-z]{8}  ", r"\1 ", text)
