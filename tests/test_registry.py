"""Plug-ins of a folder: what counts as one, and what is said of one that is incomplete."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from transflow.errors import UnknownNameError
from transflow.registry import IncompletePluginError, Registry


class Shape(Protocol):
    SIDES: int
    COLOUR: str = "white"

    @staticmethod
    def area() -> int: ...


@pytest.fixture
def shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry[Shape]]:
    folder = tmp_path / "shapes"
    (folder / "shared").mkdir(parents=True)
    files = {
        "__init__": "",
        "shared/__init__": "",
        "square": "SIDES = 4\ndef area(): return 9\n",
        "circle": "SIDES = 0\nCOLOUR = 'red'\ndef area(): return 28\n",
        "line": "area = 0\n",
        "broken": "raise RuntimeError('imported')\n",
    }
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield Registry("shapes", [str(folder)], "shape", Shape)
    for name in [name for name in sys.modules if name.partition(".")[0] == "shapes"]:
        del sys.modules[name]


def test_the_modules_of_the_folder_are_the_names_and_none_is_imported(shapes: Registry[Shape]) -> None:
    assert shapes.names() == ("broken", "circle", "line", "square")


def test_a_plug_in_is_its_module_with_the_values_of_the_protocol_where_it_has_none(shapes: Registry[Shape]) -> None:
    square, circle = shapes.load("square"), shapes.load("circle")
    assert (square.SIDES, square.COLOUR, square.area()) == (4, "white", 9)
    assert (circle.SIDES, circle.COLOUR, circle.area()) == (0, "red", 28)
    assert shapes.load("square") is square


@pytest.mark.parametrize("name", ["squar", "shared", "os", "../square", ""])
def test_an_unknown_name_is_an_error_that_lists_the_others(shapes: Registry[Shape], name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"no shape “.*Did you mean square|There are: broken, circle"):
        shapes.load(name)


def test_a_module_that_lacks_something_is_named_with_what_it_lacks(shapes: Registry[Shape]) -> None:
    with pytest.raises(IncompletePluginError) as caught:
        shapes.load("line")
    assert str(caught.value) == "shapes/line.py lacks SIDES, area: the class Shape in shapes describes them."


def test_a_folder_that_is_added_to_the_path_of_the_package_counts(
    shapes: Registry[Shape], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "hexagon.py").write_text("SIDES = 6\ndef area(): return 3\n", encoding="utf-8")
    package = __import__("shapes")
    package.__path__.append(str(tmp_path / "more"))
    extended = Registry("shapes", package.__path__, "shape", Shape)
    assert "hexagon" in extended.names()
    assert extended.load("hexagon").SIDES == 6
