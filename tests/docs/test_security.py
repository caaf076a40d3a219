"""Each promise of SECURITY.md names a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from support.paths import ROOT

TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[^`]+)`", TEXT)
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


@pytest.mark.parametrize("test", NAMED)
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


def test_it_is_linked() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
