"""Files that still contain a text.

Invariant: nothing here prints or logs the text that is searched for, and files are only read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.project import files as disk
from transflow.project.files import LinkError

MESSAGES = Messages(__name__, {"name": "{path} (its name)"})
_SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__"})
_LARGEST = 16 * 2**20

Finder = Callable[[str], bool]


class Residue(NamedTuple):
    """A place that still has the text: a path, and a 1-based line, or 0 for the file name.

    The path is relative to the project.
    """

    path: str
    line: int
    is_exact: bool = True
    """False if it has other capitals, or is inside a longer word."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else MESSAGES("name", path=self.path)


def files_below(root: Path, folder: str = "") -> Iterator[Path]:
    """Yield the files below a folder, in order; none if it is reached through a link."""
    with suppress(LinkError):  # files behind a link are not ours
        yield from (root / name for name in disk.files_below(root, folder, _SKIPPED))


def readings(text: str) -> Iterator[str]:
    """Yield a file's text as it is, and as programs read it.

    That is HTML without tags, and JSON and PO strings unescaped.
    """
    yield text
    if "\\" in text:
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        yield (text := text.replace('\\"', '"').replace("\\n", "\n").replace("\\/", "/"))
    if "<" in text or "&" in text:
        yield html.unescape(re.sub(r"<[^<>]*>", "", text))
    if '"\n' in text:
        yield re.sub(r'"\n(?:#~ )?"', "", text)


def text_contains(text: str, matches: Finder) -> bool:
    return any(map(matches, readings(text)))


def name_contains(path: str, matches: Finder) -> bool:
    """Return whether the name of a file contains the text, with hyphens read as spaces too."""
    return matches(path) or matches(path.replace("-", " "))


def file_contains(path: Path, matches: Finder) -> bool:
    return text_contains(_read(path), matches)


def find_residues(
    root: Path, finds: Finder, finds_loosely: Finder, planned: Mapping[str, bytes | None] | None = None
) -> Iterator[Residue]:
    """Yield every file of the project's folder, outside .git, that contains the text.

    `planned` has files that will have another content, or none.
    """
    planned = planned or {}
    present = [path.relative_to(root).as_posix() for path in files_below(root)]
    for name in dict.fromkeys([*present, *(name for name in planned if not Path(name).is_absolute())]):
        if name in planned and planned[name] is None:
            continue
        data = planned.get(name)
        text = _read(root / name) if data is None else data.decode("utf-8", "replace")
        if name_contains(name, finds_loosely):
            yield Residue(name, 0, finds(name))
        if text_contains(text, finds_loosely):
            yield Residue(name, _line(text, finds_loosely), text_contains(text, finds))


def _read(path: Path) -> str:
    try:
        if path.lstat().st_size > _LARGEST:
            return ""
        return disk.read_own(path.parent, path.name).decode("utf-8", "replace")
    except (OSError, UnreadableError):
        return ""


def _line(text: str, matches: Finder) -> int:
    """Return the first line with the text; 1 if it extends over several lines."""
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if text_contains(line, matches)), 1)
