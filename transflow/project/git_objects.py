"""Objects of git, read by one `git cat-file --batch` that keeps running.

Invariant: a missing object is empty; a refusal of git to answer is an error, never an empty object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from transflow.project.git_command import check_answer, start

if TYPE_CHECKING:
    from transflow.project.git_command import GitProcess

_AT_ONCE = 10
"""Number of objects asked for before the first is read: the names always fit into a pipe."""
_FOUND = re.compile(rb"[0-9a-f]+ (?:blob|commit) ([0-9]+)\n")
_COMMAND = ("cat-file", "--batch")


class ObjectReader:
    """Reads objects of a repository; see `object_reader`."""

    def __init__(self, folder: Path, process: GitProcess | None, errors: IO[bytes]) -> None:
        self._folder, self._process, self._errors = folder, process, errors
        self._asked = 0
        """Number of objects that were asked for and not read yet."""

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield (name, content) of blobs and commits in the given order.

        A name is an id, or a commit with a path.
        """
        remaining = iter(names)
        while self._asked:  # the last caller did not take all
            self._answer()
        while batch := list(islice(remaining, _AT_ONCE)):
            self._asked = len(batch)
            self._ask("".join(f"{name}\n" for name in batch).encode("utf-8", "surrogateescape"))
            for name in batch:
                yield name, self._answer()

    def _ask(self, lines: bytes) -> None:
        if self._process and self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.write(lines)
                self._process.stdin.flush()

    def _answer(self) -> bytes:
        self._asked -= 1
        if self._process is None or self._process.stdout is None:
            return b""
        head = self._process.stdout.readline()
        if not head:
            self._errors.seek(0)
            check_answer(self._folder, _COMMAND, self._process.wait(), self._errors.read())
        match = _FOUND.fullmatch(head)
        return self._process.stdout.read(int(match[1]) + 1)[:-1] if match else b""


@contextmanager
def object_reader(folder: Path) -> Iterator[ObjectReader]:
    """Run git as long as objects are read. Outside git, every object is missing.

    Raise UntrustedRepositoryError. Loads tempfile, which commands that read no history do not need.
    """
    from tempfile import TemporaryFile

    with TemporaryFile() as errors:
        process = start(folder, errors, *_COMMAND)
        try:
            yield ObjectReader(folder, process, errors)
        finally:
            if process:
                process.kill()  # it may still be writing what nobody reads
                process.communicate()


def objects(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of blobs and commits in the given order; see `ObjectReader.read`."""
    with object_reader(folder) as reader:
        yield from reader.read(names)
