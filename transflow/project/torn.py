"""Catalogs that may not be whole: being written just now, cut short, or honestly short of what their header counts.

Invariant: a catalog with fewer units than it counts is read only where what git has shows that nothing is missing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable

from transflow.errors import TornError, UnreadableError
from transflow.model.catalog import Catalog
from transflow.project import looking

_COUNT = re.compile(rb'\n"X-Units: ([0-9]{1,9}) [0-9]{1,9}\\n"\n')
_OLD = b'\n"X-Transflow-Format: 1\\n"\n'
_PAUSE = 0.02


def may_be_torn(data: bytes) -> bool:
    """Whether a catalog is to be looked at closely. Every whole one that transflow wrote is not."""
    if not data.endswith(b"\n"):
        return True
    end = data.find(b"\n\n") + 1 or len(data)
    counted = _COUNT.search(data, 0, end)
    if counted is None:
        return data.find(_OLD, 0, end) < 0
    return data.count(b'\nmsgstr "') <= int(counted[1])  # the header has one too


def looked_again(look: looking.Looking, path: str, versions: Callable[[], Iterable[Catalog]]) -> bytes:
    """The bytes of a catalog that may not have been whole when it was read. As long as somebody may be writing it, it is read
    again; then whoever reads them says what is wrong with them.

    `versions`: what git has of it. Where they show that nothing is missing, its units are counted anew.
    """
    from transflow.po.catalog import load, serialize
    from transflow.po.header import stamped

    end = time.monotonic() + looking.PATIENCE
    known: bytes | None = None
    while True:
        data = look.read(path)
        try:
            load(data, path)
            return data
        except TornError:
            if data != known and is_explained(catalog := load(data, path, torn_ok=True), versions()):
                return serialize(stamped(catalog)).encode("utf-8")
            known = data
        except UnreadableError as error:
            if not _is_cut(data, error):
                return data
        if time.monotonic() > end or not look.is_fresh(path):
            return data
        time.sleep(_PAUSE)


def _is_cut(data: bytes, error: UnreadableError) -> bool:
    """Whether what is wrong with a catalog is at its end, as in a file of which only a part is written yet."""
    if not data.endswith(b"\n"):
        return True
    between = b"\n\r\n" if b"\r\n" in data else b"\n\n"
    last = data.rstrip(b"\r\n").rfind(between) + 1
    if not last:  # not even the header is whole
        return data.startswith((b"#", b"msgid")) and b"X-Transflow-Format" not in data
    return error.line > data.count(b"\n", 0, last)


def is_explained(catalog: Catalog, versions: Iterable[Catalog]) -> bool:
    """Whether one of the versions that git has is just as short, and has no unit that is missing here: so a merge by lines of two
    clones that each dropped a unit leaves it."""
    short = _shortage(catalog)
    held = {unit.id for unit in (*catalog.units, *catalog.obsolete)}
    return any(
        _shortage(version) == short and held.issuperset(unit.id for unit in version.units) for version in versions
    )


def _shortage(catalog: Catalog) -> int | None:
    from transflow.po.header import counts

    said = counts(catalog.header)
    return said[0] - len(catalog.units) if said else None
