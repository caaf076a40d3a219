"""Incomplete catalogs: being written, truncated, or with fewer units than are counted.

Some only seem incomplete.

Invariant: a catalog with fewer units than it counts is accepted only if git's versions show that
none is missing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable

from transflow.errors import TornError, UnreadableError
from transflow.model.catalog import Catalog
from transflow.po.catalog import load, serialize
from transflow.po.header import expected_counts, with_counts
from transflow.project import looking

_COUNT = re.compile(rb'\n"X-Units: ([0-9]{1,9}) [0-9]{1,9}\\n"\n')
_FORMAT_1 = b'\n"X-Transflow-Format: 1\\n"\n'
_PAUSE = 0.02


def may_be_torn(data: bytes) -> bool:
    """True if a catalog has to be examined. No complete catalog that transflow wrote has."""
    if not data.endswith(b"\n"):
        return True
    end = data.find(b"\n\n") + 1 or len(data)
    counted = _COUNT.search(data, 0, end)
    if counted is None:
        return data.find(_FORMAT_1, 0, end) < 0
    return data.count(b'\nmsgstr "') <= int(counted[1])  # the header has a msgstr too


def reread(look: looking.SettledFiles, path: str, versions: Callable[[], Iterable[Catalog]]) -> bytes:
    """Return the bytes of a catalog that may have been incomplete when it was read.

    It is read again as long as a program may be writing it; after that, errors are left to the
    caller. `versions` returns git's versions. If they show that nothing is missing, the units are
    counted anew.
    """
    end = time.monotonic() + looking.GIVE_UP_AFTER
    last_data: bytes | None = None
    while True:
        data = look.read(path)
        try:
            load(data, path)
            return data
        except TornError:
            if data != last_data and matches_a_version(catalog := load(data, path, torn_ok=True), versions()):
                return serialize(with_counts(catalog)).encode("utf-8")
            last_data = data
        except UnreadableError as error:
            if not _is_truncated(data, error):
                return data
        if time.monotonic() > end or not look.may_be_changing(path):
            return data
        time.sleep(_PAUSE)


def _is_truncated(data: bytes, error: UnreadableError) -> bool:
    """True if the error is at the end of a catalog, as in a file that is being written."""
    if not data.endswith(b"\n"):
        return True
    between = b"\n\r\n" if b"\r\n" in data else b"\n\n"
    last = data.rstrip(b"\r\n").rfind(between) + 1
    if not last:  # not even the header is complete
        return data.startswith((b"#", b"msgid")) and b"X-Transflow-Format" not in data
    return error.line > data.count(b"\n", 0, last)


def matches_a_version(catalog: Catalog, versions: Iterable[Catalog]) -> bool:
    """True if a version in git is equally short, and has no unit that is missing here.

    A line-based merge of two clones that each dropped a unit has this result.
    """
    missing = _missing_count(catalog)
    ids = {unit.id for unit in (*catalog.units, *catalog.obsolete)}
    return any(
        _missing_count(version) == missing and ids.issuperset(unit.id for unit in version.units) for version in versions
    )


def _missing_count(catalog: Catalog) -> int | None:
    expected = expected_counts(catalog.header)
    return expected[0] - len(catalog.units) if expected else None
