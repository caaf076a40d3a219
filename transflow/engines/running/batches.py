"""Grouping of texts into requests.

Invariant: batches hold each text once, in order; items of different groups never share a batch; no
batch exceeds the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from transflow.engines import EngineItem, Limits


def apart(items: Iterable[EngineItem]) -> dict[tuple[object, ...], list[EngineItem]]:
    """Group items with identical requests, in order of first occurrence."""
    found: dict[tuple[object, ...], list[EngineItem]] = {}
    for item in items:
        found.setdefault((item.group, item.text, item.terms), []).append(item)
    return found


def too_long(item: EngineItem, limits: Limits) -> bool:
    """True if a text alone exceeds the limits of a request."""
    return (limits.characters > 0 and len(item.text) > limits.characters) or (
        limits.bytes > 0 and len(item.text.encode()) > limits.bytes
    )


def batches(items: Sequence[EngineItem], limits: Limits) -> Iterator[list[EngineItem]]:
    """Yield batches, as few as the order of the items allows, group by group.

    No single item may be `too_long`.
    """
    groups: dict[str, list[EngineItem]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    for members in groups.values():
        yield from _of_group(members, limits)


def _of_group(items: Sequence[EngineItem], limits: Limits) -> Iterator[list[EngineItem]]:
    batch: list[EngineItem] = []
    characters = size = 0
    for item in items:
        length, width = len(item.text), len(item.text.encode())
        full = len(batch) == limits.items
        full |= 0 < limits.characters < characters + length
        full |= 0 < limits.bytes < size + width
        if batch and full:
            yield batch
            batch, characters, size = [], 0, 0
        batch.append(item)
        characters, size = characters + length, size + width
    if batch:
        yield batch
