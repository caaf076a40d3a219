"""Histories to measure: a commit for each approval, as a newsroom of years has them."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench import SCRATCH, projects
from transflow.model.catalog import Catalog
from transflow.po.catalog import new_header, serialize
from transflow.po.header import with_counts
from transflow.settings.editing import default_text

_UNITS = 50
"""Units of a catalog."""
_APPROVED = 0.9657
_WINDOW = 250
"""Units on which people work at the same time: those of five reports."""
_PEOPLE = "".join(
    f'\n[[people]]\nid = "{who}"\nname = "{who.title()}"\nroles = ["{role}"]\nemails = ["{who}@example.org"]\n'
    for who, role in (("claire", "translator"), ("leejin", "translator"), ("eugene", "editor"))
)


def of_commits(count: int) -> Path:
    """Return a project with so many commits of one unit each, of which most approve it."""
    root = SCRATCH / f"history-{count}"
    if (root / "done").exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    _git(root, "init", "--quiet", "--initial-branch=main")
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=root, stdin=subprocess.PIPE) as importing:
        assert importing.stdin
        importing.stdin.writelines(each.encode("utf-8") for each in _commits(count))
    _git(root, "repack", "-a", "-d", "-q", "--depth=50", "--window=10")
    _git(root, "reset", "--quiet", "--hard")
    (root / ".git/info/exclude").write_text("/done\n", encoding="utf-8")
    (root / "done").touch()
    return root


def _commits(count: int) -> Iterator[str]:
    """Yield the input of `git fast-import`: a commit with everything, and one for each unit."""
    before, after = _entries(count, approved=False), _entries(count, approved=True)
    is_approval = [number < round(count * _APPROVED) for number in range(count)]
    random.Random(1).shuffle(is_approval)
    settings = default_text("Bench", "Asia/Seoul", ("en",), "ko") + _PEOPLE
    yield _commit("claire", 0) + _file("transflow.toml", settings)
    for number in range(0, count, _UNITS):
        yield _catalog_file(before, number)
    for step, number in enumerate(_order(count), 1):
        text = after[number] if is_approval[number] else before[number].replace(" refugees ", " people ")
        before[number] = text
        yield _commit("eugene" if is_approval[number] else "claire", step) + _catalog_file(before, number)


def _order(count: int) -> Iterator[int]:
    """Yield the units, in the order of the commits."""
    for start in range(0, count, _WINDOW):
        numbers = list(range(start, min(count, start + _WINDOW)))
        random.Random(start).shuffle(numbers)
        yield from numbers


def _entries(count: int, *, approved: bool) -> list[str]:
    """Return the text of each unit in a catalog."""
    units = [projects.unit(number) for number in range(count)]
    chosen = units if approved else [unit.replace(approved=None) for unit in units]
    text = serialize(Catalog(new_header("en", "ko"), tuple(chosen)))
    return text.strip("\n").split("\n\n")[1:]


def _catalog_file(entries: list[str], number: int) -> str:
    first = number - number % _UNITS
    report = f"report-{first // _UNITS:05}"
    units = entries[first : first + _UNITS]
    return _file(f"locales/en/reports/{report}.po", "\n\n".join([_head(report, len(units)), *units]) + "\n")


@cache
def _head(report: str, units: int) -> str:
    header = new_header("en", "ko", X_Report=report, X_Report_Digest=f"{'0' * 64} 1")
    return serialize(with_counts(Catalog(header, tuple(map(projects.unit, range(units)))))).split("\n\n")[0]


def _commit(who: str, step: int) -> str:
    person = f"{who} <{who}@example.org> {1711422000 + 60 * step} +0000"
    return f"commit refs/heads/main\nauthor {person}\ncommitter {person}\ndata 4\nwork\n"


def _file(path: str, text: str) -> str:
    return f"M 100644 inline {path}\ndata {len(text.encode('utf-8'))}\n{text}\n"


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)
