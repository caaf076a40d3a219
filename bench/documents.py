"""Reading of documents: `TRANSFLOW_FILES=FOLDER python -m bench documents`.

FOLDER holds real files of every kind (`.hwp`, `.hwpx`, `.docx` …), at any depth. The share of the
text of each file that our reader and other libraries find, and the processor time of each, in one
run. The text of a file is what any of them finds: its sequences of three letters or digits within
a line. What our reader names in a message counts as found, as it is not lost.

hwpkit and extract-hwp are no dependencies: `pip install --target PEERS hwpkit extract-hwp`, and
`PYTHONPATH=PEERS`. Libraries that are not there are left out.
"""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from bench import Figure
from transflow import readers
from transflow.errors import UnreadableError
from transflow.renderers.formatting import markup
from transflow.report import markdown_blocks

WHOLE = 0.99
"""Share of a text from which on it counts as whole."""
KINDS = ("hwp", "hwpx", "docx", "odt", "rtf", "pdf")
PEERS = {"hwp": ("hwpkit", "extract_hwp"), "hwpx": ("hwpkit", "extract_hwp"), "docx": ("mammoth",)}
_FEWEST = 15
"""Sequences of a text that is judged; shorter ones say little."""


class _Result(NamedTuple):
    """The sequences that a library finds in a file, and the seconds that it took."""

    found: frozenset[str]
    seconds: float
    is_read: bool = True


def measure() -> Iterator[Figure]:
    folder = os.environ.get("TRANSFLOW_FILES")
    if not folder:
        print("No files (TRANSFLOW_FILES): nothing is measured.")
        return
    for kind in KINDS:
        files = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() == f".{kind}")
        if files:
            yield from _figures(kind, files)


def _figures(kind: str, files: list[Path]) -> Iterator[Figure]:
    peers = [name for name in PEERS.get(kind, ()) if find_spec(name)]
    results = {path: {"transflow": _ours(kind, path)} | {name: _peers(name, path) for name in peers} for path in files}
    are_read = sum(found["transflow"].is_read for found in results.values())
    yield Figure(
        f"documents: {kind}, files that are read", are_read / len(files), 0, True, f"{are_read} of {len(files)}"
    )
    judged = [found for found in results.values() if len(_whole(found)) >= _FEWEST]
    if not peers or not judged:
        return
    shares = {name: [len(found[name].found) / len(_whole(found)) for found in judged] for name in ("transflow", *peers)}
    means = {name: sum(values) / len(values) for name, values in shares.items()}
    whole = {name: sum(value >= WHOLE for value in values) for name, values in shares.items()}
    times = {name: sum(found[name].seconds for found in results.values()) for name in shares}
    for name in peers:
        note = f"{means['transflow']:.4f} and {means[name]:.4f}; whole {whole['transflow']} and {whole[name]} of {len(judged)}"
        yield Figure(
            f"documents: {kind}, share of the text / that of {name}", means["transflow"] / means[name], 1, True, note
        )
    fastest = min(peers, key=lambda name: times[name])
    note = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items())
    yield Figure(f"documents: {kind}, time / that of {fastest}", times["transflow"] / times[fastest], 2, note=note)


def _whole(found: dict[str, _Result]) -> frozenset[str]:
    return frozenset().union(*(each.found for each in found.values()))


def _ours(kind: str, path: Path) -> _Result:
    data = path.read_bytes()
    start = time.process_time()
    try:
        report = readers.load(kind).read(data, path.name)
    except UnreadableError:
        return _Result(frozenset(), time.process_time() - start, False)
    seconds = time.process_time() - start
    texts = [
        report.front.title,
        report.front.deck,
        *(markup.plain(each.text) for each in markdown_blocks(report.body)[0]),
    ]
    named = (text for each in report.issues for text in re.findall("“([^”]*)", str(each.message)))
    return _Result(_sequences("\n".join((*texts, *named))), seconds)


def _peers(name: str, path: Path) -> _Result:
    start = time.process_time()
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            text = _LIBRARIES[name](path)
    except Exception:  # noqa: BLE001 - of any library
        text = ""
    return _Result(_sequences(text), time.process_time() - start)


def _by_hwpkit(path: Path) -> str:
    return str(import_module("hwpkit").extract_text_from_file(str(path)) or "")


def _by_extract_hwp(path: Path) -> str:
    text, _ = import_module("extract_hwp").extract_text_from_hwp(str(path))
    return str(text or "")


def _by_mammoth(path: Path) -> str:
    with path.open("rb") as file:
        return str(import_module("mammoth").extract_raw_text(file).value)


_LIBRARIES: dict[str, Callable[[Path], str]] = {
    "hwpkit": _by_hwpkit,
    "extract_hwp": _by_extract_hwp,
    "mammoth": _by_mammoth,
}


def _sequences(text: str) -> frozenset[str]:
    lines = ("".join(filter(str.isalnum, line)) for line in re.split(r"[\n\r\t|]|  +", normalize("NFC", text)))
    return frozenset(line[at : at + 3] for line in lines for at in range(max(1, len(line) - 2)) if line)
