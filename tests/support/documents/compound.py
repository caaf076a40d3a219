"""Compound files of Microsoft (OLE), written as version 3: sectors of 512 bytes."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class _Sectors:
    """Data in sectors of one size, with the table of the next sector of each."""

    def __init__(self, size: int) -> None:
        self.size, self.data, self.next = size, b"", list[int]()

    def add(self, data: bytes) -> int:
        """Add data, and return their first sector."""
        start, count = len(self.next), -(-len(data) // self.size)
        self.data += data.ljust(count * self.size, b"\0")
        self.next += [*range(start + 1, start + count), END][:count]
        return start if count else END


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file; names of streams have at most one folder, before a slash."""
    folders = dict.fromkeys(name.partition("/")[0] for name in streams if "/" in name)
    big, mini = _Sectors(SECTOR), _Sectors(MINI)
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, sibling, child, start, size
    top = [*folders, *(name for name in streams if "/" not in name)]
    numbers = {name: number for number, name in enumerate([*top, *(name for name in streams if "/" in name)], 1)}
    groups = [top, *([name for name in streams if name.startswith(f"{folder}/")] for folder in folders)]
    siblings = {one: numbers[other] for group in groups for one, other in itertools.pairwise(group)}
    for name in numbers:
        data = streams.get(name, b"")
        sectors = big if len(data) >= CUTOFF else mini
        child = next((numbers[each] for each in streams if each.startswith(f"{name}/")), FREE)
        start = sectors.add(data) if name in streams else 0
        entries.append(
            (name.rpartition("/")[2], 2 if name in streams else 1, siblings.get(name, FREE), child, start, len(data))
        )
    entries.insert(0, ("Root Entry", 5, FREE, 1 if numbers else FREE, big.add(mini.data), len(mini.data)))
    mini_table = big.add(_table(mini.next))
    directory = big.add(b"".join(_entry(*each) for each in entries))
    return _with_header(big, directory, mini_table, -(-len(_table(mini.next)) // SECTOR))


def _entry(name: str, kind: int, sibling: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sI16sIII", text, len(text), kind, 1, FREE, sibling, child, b"", 0, b"", start, size, 0
    )


def _table(following: list[int]) -> bytes:
    data = struct.pack(f"<{len(following)}I", *following)
    return data + b"\xff" * (-len(data) % SECTOR)


def _with_header(big: _Sectors, directory: int, mini_table: int, mini_count: int) -> bytes:
    count = 1
    while (len(big.next) + count) * 4 > count * SECTOR:
        count += 1
    first = len(big.next)
    table = _table([*big.next, *[FAT] * count])
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, CUTOFF),
        *(mini_table if mini_count else END, mini_count, END, 0),
    )
    places = struct.pack(f"<{count}I", *range(first, first + count))
    return (header + places).ljust(SECTOR, b"\xff") + big.data + table
