"""The doors through which commands print: texts for people, styles, and what programs read.

Invariant: nothing that stands in a text reaches a terminal as a control: while a command runs, sys.stdout and sys.stderr show
it (see `transflow.text.visible`), whoever writes to them. Past them go only the styles and bars made here, and, through `exact`,
what another program reads.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any, TextIO, cast

import click

from transflow.text import escaped_json, visible

Piece = tuple[str, str]
"""A text, and its colour; empty for none."""


class Shown:
    """A stream that shows the controls in what is written to it, by way of `buffer` too."""

    color = True
    """Tells click to leave escape sequences to this stream: it would take some of them away, unseen."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.buffer = _Bytes(self)

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"a text is written here, not {type(text).__name__}")
        seen = visible(text)
        try:
            self.stream.write(seen)
        except UnicodeEncodeError:  # a terminal that cannot show a letter shows a question mark
            self.stream.write(seen.encode(self.stream.encoding, "replace").decode(self.stream.encoding))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _Bytes:
    """What click writes completions to: the same stream."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    def write(self, data: bytes) -> int:
        self._shown.write(data.decode("utf-8", "backslashreplace"))
        return len(data)

    def flush(self) -> None:
        self._shown.stream.flush()


def opened() -> None:
    """Gives a process that was started with closed streams empty ones. The next files that it opens would take their places
    otherwise, and programs that it runs would write into them."""
    for name, how in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(descriptor, True)
            setattr(sys, name, os.fdopen(descriptor, how, encoding="utf-8"))


@contextmanager
def shown() -> Iterator[None]:
    """While it lasts, whatever is printed is shown. Nested, it does nothing more."""
    before = {name: getattr(sys, name) for name in ("stdout", "stderr")}
    ours: dict[str, Shown] = {}
    for name, stream in before.items():
        if stream is not None and not isinstance(stream, Shown):
            ours[name] = Shown(_fit(stream))
            setattr(sys, name, ours[name])
    try:
        yield
    finally:
        for name, stream in ours.items():
            if getattr(sys, name) is stream:  # click puts another in its place where nobody reads any more
                setattr(sys, name, before[name])


def _fit(stream: TextIO) -> TextIO:
    """A stream that takes any letter: one that says it is ASCII was set up by nobody, and gets UTF-8, as by click."""
    if isinstance(stream, TextIOWrapper) and codecs.lookup(stream.encoding).name == "ascii":
        stream.reconfigure(encoding="utf-8", errors="replace")
    return stream


def _unshown(stream: object) -> TextIO:
    return stream.stream if isinstance(stream, Shown) else cast(TextIO, stream)


def exact(text: str) -> None:
    """Prints what another program reads, as it is."""
    out = _unshown(sys.stdout)
    out.write(text)
    out.flush()


def json_out(values: object) -> None:
    """Prints values as JSON."""
    import json

    exact(escaped_json(json.dumps(values, ensure_ascii=False, indent=2)) + "\n")


def machine_stream() -> TextIO:
    """Standard output for those who write what programs read piece by piece."""
    return _unshown(sys.stdout)


def painted(pieces: Iterable[Piece]) -> None:
    """Prints a line of texts in colours, on a terminal."""
    out = _unshown(sys.stdout)
    plain = not out.isatty()
    parts = [visible(text) if plain or not colour else click.style(visible(text), fg=colour) for text, colour in pieces]
    click.echo("".join(parts).rstrip(), file=out)


def progress(items: Iterable[Any] | None = None, *, label: str, length: int | None = None, hidden: bool = False) -> Any:
    """A bar of click's on a terminal, which draws itself on standard error. `label` is ours, never a text of a project."""
    err = sys.stderr
    return click.progressbar(items, length=length, label=label, file=_unshown(err), hidden=hidden or not err.isatty())
