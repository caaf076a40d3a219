"""Standard streams of commands: text for people, colours, progress, and what programs read.

Invariant: no text reaches a terminal with control characters in it. While a command runs,
sys.stdout and sys.stderr make them visible (see `transflow.text.visible`), whoever writes to
them. Only two things go past that: the colours and bars that are made here, and what another
program reads, if it is not written to a terminal. In the log of a CI runner, no text becomes a
command of the runner.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO, cast

import click

from transflow.cli import notices
from transflow.json_text import encode_json
from transflow.text import escaped_json, visible

Piece = tuple[str, str]
"""A text and its colour, which is empty for none."""


_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Environment variables of CI runners that obey lines of the log, such as `::add-mask::word`."""
_RUNNER_COMMAND = r"(?m)^[^\S\n]*:(:)|##\w*(\[)"
"""The beginning of a runner's command: `::` at the start of a line, or `##[`, `##vso[` anywhere.
The last character is the one that is replaced.
"""


class VisibleStream:
    """A text stream that makes control characters visible, also those written to its `buffer`."""

    color = True
    """Tells click to leave escape sequences to this stream; click would remove some silently."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.buffer = _VisibleBuffer(self)
        self._is_obeyed = any(map(os.environ.get, _RUNNERS))
        self._line = ""
        """The text written in the present line so far."""

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(type(text).__name__)
        safe = self._disobeyed(visible(text)) if self._is_obeyed else visible(text)
        try:
            self.stream.write(safe)
        except UnicodeEncodeError:  # a terminal that cannot show a letter shows a question mark
            self.stream.write(safe.encode(self.stream.encoding, "replace").decode(self.stream.encoding))
        return len(text)

    def _disobeyed(self, text: str) -> str:
        """Return a text that is no command of a runner, in whatever pieces it is written."""
        known, whole = len(self._line), self._line + text
        self._line = whole.rpartition("\n")[2][-200:]

        def replaced(command: re.Match[str]) -> str:
            mark = f"<U+{ord(command[0][-1]):04X}>"
            return command[0][:-1] + mark if command.end() > known else command[0]

        return re.sub(_RUNNER_COMMAND, replaced, whole)[known:]

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _VisibleBuffer:
    """The binary buffer of a `VisibleStream`, to which click writes completions."""

    def __init__(self, owner: VisibleStream) -> None:
        self._owner = owner

    def write(self, data: bytes) -> int:
        self._owner.write(data.decode("utf-8", "backslashreplace"))
        return len(data)

    def flush(self) -> None:
        self._owner.stream.flush()


def is_terminal() -> bool:
    """Return whether standard input and output are a terminal, as the screen needs."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def is_interactive() -> bool:
    """Return whether questions can be asked: standard input and standard error are a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def open_closed() -> None:
    """Open /dev/null in place of standard streams that were closed when the process was started.

    Otherwise the next files that are opened would get their descriptors, and the programs that
    are run would write into those files.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, mode, encoding="utf-8"))


def flush(code: int) -> int:
    """Write what is still in the buffers of standard output and error, and return the exit code.

    It is 3 where a command that was done cannot say so. What a full disk or a closed terminal did
    not take goes to /dev/null: Python would try it again at its end, print a traceback, and exit
    with 120 in place of the code.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
            code = code or 3
    return code


@contextmanager
def visible_controls() -> Iterator[None]:
    """Make control characters visible in all that is printed. Nested, it does nothing more."""
    before = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    replaced: dict[str, VisibleStream] = {}
    for name, stream in before.items():
        if stream is not None and not isinstance(stream, VisibleStream):
            replaced[name] = VisibleStream(_with_any_letter(stream))
            setattr(sys, name, replaced[name])
    try:
        yield
    finally:
        for name, stream in replaced.items():
            if getattr(sys, name) is stream:  # click replaces it when the output's reader is gone
                setattr(sys, name, before[name])


def _with_any_letter(stream: TextIO) -> TextIO:
    """Return the stream so that it takes any letter.

    It becomes UTF-8 where it is ASCII, as it is without a locale.
    """
    name = codecs.lookup(stream.encoding).name if isinstance(stream, TextIOWrapper) else ""
    if isinstance(stream, TextIOWrapper) and name == "ascii":
        stream.reconfigure(encoding="utf-8", errors="replace")
    elif isinstance(stream, TextIOWrapper) and name != "utf-8":
        stream.reconfigure(errors="replace")  # a letter that it cannot write is a question mark
    return stream


def _original(stream: object) -> TextIO:
    return stream.stream if isinstance(stream, VisibleStream) else cast(TextIO, stream)


def write_exact(text: str) -> None:
    """Write what another program reads to standard output, unchanged if it is no terminal."""
    out = machine_stream()
    out.write(text)
    out.flush()


def write_json(values: object) -> None:
    """Write values to standard output as JSON."""
    write_exact(escaped_json(encode_json(values, indent=2)) + "\n")


def machine_stream() -> TextIO:
    """Return the stream for what programs read: the original standard output, if no terminal.

    It is in UTF-8, whatever the locale is: a question mark in place of a letter would be another
    text.
    """
    out = _original(sys.stdout)
    if out.isatty():
        return cast(TextIO, VisibleStream(out))
    if isinstance(out, TextIOWrapper) and codecs.lookup(out.encoding).name != "utf-8":
        out.reconfigure(encoding="utf-8", errors="strict")
    return out


def print_coloured(pieces: Iterable[Piece]) -> None:
    """Print one line of texts, in their colours on a terminal."""
    out = _original(sys.stdout)
    plain = not out.isatty()
    parts = [visible(text) if plain or not colour else click.style(visible(text), fg=colour) for text, colour in pieces]
    click.echo("".join(parts).rstrip(), file=out)


def progress_bar(
    items: Iterable[Any] | None = None, *, label: str, length: int | None = None, hidden: bool = False
) -> Any:
    """Return click's progress bar, drawn on standard error where that is a terminal.

    `label` is a phrase of the caller, never a text of a project: nothing makes its control
    characters visible.
    """
    err = sys.stderr
    hidden = hidden or notices.is_quiet() or not err.isatty()
    return click.progressbar(items, length=length, label=label, file=_original(err), hidden=hidden)
