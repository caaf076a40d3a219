"""Front matter as Jekyll, Hugo and Obsidian write it: `tests/golden/heads/TOOL.txt` has many, each
below a line with the values that are read from it.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from support import paths
from transflow.model.report import FrontMatter
from transflow.report import front_matter, with_front

TEXTS = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((paths.TESTS / "golden" / "heads").glob("*.txt"))
}
HEADS = [
    pytest.param(*head.split("\n", 1), id=f"{tool}-{number}")
    for tool, text in TEXTS.items()
    for number, head in enumerate(text.removeprefix("@ ").split("\n@ "), 1)
]
LINES = {
    "title": "다른 제목",
    "byline": "김하늘",
    "origin": "a.md",
    "deck": "",
}


def shown(front: FrontMatter, names: list[str]) -> dict[str, str]:
    values = {name: getattr(front, name) for name in names}
    return {name: ";".join(value) if isinstance(value, tuple) else str(value) for name, value in values.items()}


@pytest.mark.parametrize(("expected", "head"), HEADS)
def test_a_head_is_read_as_its_tool_means_it(expected: str, head: str) -> None:
    head = head.rstrip("\n") + "\n"
    wanted = dict(pair.split("=", 1) for pair in expected.split(" | "))
    front, offset, issues = front_matter(head + "본문", "a.md")
    assert [(issue.location.line, issue.message) for issue in issues if issue.severity == "error"] == []
    given = shown(front, [each.name for each in fields(front) if each.name != "other"])
    assert {name: value for name, value in given.items() if value not in ("", "False")} == {
        name: value for name, value in wanted.items() if value
    }
    assert (head + "본문")[offset:] == "본문"


@pytest.mark.parametrize(("expected", "head"), HEADS)
def test_a_head_keeps_every_other_byte_where_a_field_is_changed(expected: str, head: str) -> None:
    head = head.rstrip("\n") + "\n"
    front = front_matter(head, "a.md")[0]
    assert with_front(head, front) == head
    for name, value in LINES.items():
        changed = replace(front, **{name: value})  # type: ignore[arg-type]
        new = with_front(head, changed)
        assert front_matter(new, "a.md")[0] == changed
        kept = [line for line in head.split("\n") if line in new.split("\n")]
        unknown = [line for key, raw in front.other for line in raw.split("\n") if not head.startswith("+++")]
        assert all(any(line in each for each in kept) for line in unknown)
