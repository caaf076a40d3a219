"""Changes to the front matter of a report's file.

Invariant: `front_matter(with_front(head, front))` returns `front`, and every line of a field that
keeps its value stays as it is, byte for byte: comments, blank lines and unknown fields too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from transflow.model.report import FrontMatter
from transflow.model.unit import UNPRINTED, Allowance
from transflow.report.fields import TOML, Fields, read_fields
from transflow.report.front import KEYS, front_matter, value_of, write_front


def with_front(head: str, front: FrontMatter, path: str = "") -> str:
    """Return a front matter with the values of `front`, in its own syntax.

    `head` has both fences; without one it is written anew.
    """
    old, end, _ = front_matter(head, path)
    if not end:
        return write_front(front)
    changed = {key: value_of(front, key) for key in KEYS if _differs(key, old, front)}
    found = read_fields(head, path)
    new = _toml(head, front, changed) if found.syntax == TOML else _yaml(head, found, changed)
    return new if _is_same(front_matter(new, path)[0], front) else write_front(front)


def _is_same(read: FrontMatter, front: FrontMatter) -> bool:
    """True if the values are the same; those of unknown fields may be spelled in another form of
    Unicode.
    """
    keys = [key for key, _ in front.other]
    return replace(read, other=()) == replace(front, other=()) and [key for key, _ in read.other] == keys


def with_record(head: str, front: FrontMatter, allowance: Allowance) -> str:
    """Return the front matter of a report with other limits of use.

    `front` is that of `head`. A report that is confidential for its limits alone is not without
    them.
    """
    own_flags = [field.value for field in read_fields(head, "").fields if field.name == "confidential"]
    is_confidential = allowance in UNPRINTED or any(value != "false" for value in own_flags)
    record = "" if allowance == "on" else allowance
    return with_front(head, replace(front, record=record, confidential=is_confidential))


def _differs(key: str, old: FrontMatter, new: FrontMatter) -> bool:
    if key == "confidential" and new.record in UNPRINTED:
        return False  # which says so already
    name = key.replace("-", "_")
    return bool(getattr(old, name) != getattr(new, name))


def _yaml(head: str, found: Fields, changed: Mapping[str, str]) -> str:
    """Return a YAML front matter with some fields changed; new ones come last, a title first."""
    lines = head.removesuffix("\n").split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    written: dict[int, str] = {}
    dropped: set[int] = set()
    missing = dict(changed)
    for field in found.fields:
        if field.name in changed:
            dropped |= {*range(field.line, field.last + 1)}
            if value := missing.pop(field.name, ""):
                written[field.line] = f"{field.key}: {value}{end}"
    new = [f"{key}: {value}{end}" for key, value in missing.items() if value]
    first = [line for line in new if line.startswith("title:")]
    body = [
        written.get(number, line) for number, line in enumerate(lines, 1) if number in written or number not in dropped
    ]
    last = [line for line in new if line not in first]
    return "\n".join((body[0], *first, *body[1:-1], *last, body[-1], ""))


def _toml(head: str, front: FrontMatter, changed: Mapping[str, str]) -> str:
    """Return a TOML front matter with some fields changed. Loads tomlkit."""
    import tomlkit

    lines = head.removesuffix("\n").split("\n")
    document: Any = tomlkit.parse("\n".join(lines[1:-1]) + "\n")
    names = {key.lower(): key for key in document}
    for key in changed:
        value = getattr(front, key.replace("-", "_"))
        if value:
            document[names.get(key, key)] = list(value) if isinstance(value, tuple) else value
        elif key in names:
            del document[names[key]]
    return "\n".join((lines[0], tomlkit.dumps(document).removesuffix("\n"), lines[-1], ""))
