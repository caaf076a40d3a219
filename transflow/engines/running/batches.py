"""What is asked together.

Invariant: batches hold each text once, in order; items of different groups are never in one; none holds more than the limits
allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from transflow.engines import EngineItem, Limits


def apart(items: Iterable[EngineItem]) -> dict[tuple[object, ...], list[EngineItem]]:
    """The items by what an engine would be asked: one entry for each request that differs, in order."""
    found: dict[tuple[object, ...], list[EngineItem]] = {}
    for item in items:
        found.setdefault((item.group, item.text, item.terms), []).append(item)
    return found


def too_long(item: EngineItem, limits: Limits) -> bool:
    """Whether a text exceeds by itself what one request may hold."""
    return (limits.characters > 0 and len(item.text) > limits.characters) or (
        limits.bytes > 0 and len(item.text.encode()) > limits.bytes
    )


def batches(items: Sequence[EngineItem], limits: Limits) -> Iterator[list[EngineItem]]:
    """The items in as few batches as their order allows, group by group. None of them is too long by itself."""
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
