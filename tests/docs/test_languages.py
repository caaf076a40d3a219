"""docs/languages.md, typed from its beginning to its end in a new folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.paths import ROOT
from support.typed import Shell, typed_lines

PAGE = (ROOT / "docs/languages.md").read_text(encoding="utf-8")


def test_the_page_can_be_typed_and_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(monkeypatch, tmp_path)
    for line, expected in typed_lines(PAGE):
        printed = shell.type(line)
        assert without_ids(expected) in ("", without_ids(printed)), line


def without_ids(text: str) -> str:
    return re.sub(r"(?m)^( +\d+)  [0-9a-z]{8}  ", r"\1 ", text)
