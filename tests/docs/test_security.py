"""Each promise of SECURITY.md and docs/trust.md names a test that exists."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.paths import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[^`]+)`", TEXT)
TRUST = re.findall(r"`(tests/[^`]+)`", (ROOT / "docs/trust.md").read_text(encoding="utf-8"))
PROMISES = [part for part in re.split(r"\n- |\n\n", TEXT) if "`tests/" in part]


def names(path: Path) -> set[str]:
    """Return the tests of a module, as pytest names them."""
    found = set[str]()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
        elif isinstance(node, ast.FunctionDef):
            found.add(node.name)
    return {each for each in found if each.rpartition("::")[2].startswith("test_")}


@pytest.mark.parametrize("test", dict.fromkeys((*NAMED, *TRUST)))
def test_that_is_named_exists(test: str) -> None:
    path, _, name = test.partition("::")
    assert (ROOT / path).is_file()
    found = names(ROOT / path)
    assert name in found if name else found


def test_every_promise_names_one() -> None:
    """A promise is an item of a list, but for those that say what somebody can do."""
    without = [part for part in re.findall(r"(?ms)^- .*?(?=^- |^\n|\Z)", TEXT) if "`tests/" not in part]
    assert [part[:40] for part in without] == ["- Nothing proves who wrote a text, only w"[:40]]
    assert len(PROMISES) >= 15
    assert len(NAMED) > 25
    assert len(TRUST) > 20


def test_action_loads_no_python_from_the_checkout(tmp_path: Path) -> None:
    """Otherwise a pull request with a pip.py would run it where the action is installed."""
    steps = (ROOT / "action.yml").read_text(encoding="utf-8")
    commands = re.findall(r"\bpython\b[^\n]*? -m pip", steps)
    assert commands
    (tmp_path / "pip.py").write_text("raise SystemExit('a trap')\n", encoding="utf-8")
    for command in commands:
        arguments = [sys.executable, *command.split()[1:], "--version"]
        assert b"a trap" not in subprocess.run(arguments, cwd=tmp_path, capture_output=True, check=False).stderr


def test_it_is_linked() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
