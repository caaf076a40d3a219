"""Grouping of texts into requests.

Invariant: batches hold each text once, in order; items of different groups never share a batch; no
batch exceeds the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from transflow.engines import EngineItem, Limits


def group_identical(items: Iterable[EngineItem]) -> dict[tuple[object, ...], list[EngineItem]]:
    """Group items with identical requests, in order of first occurrence."""
    groups: dict[tuple[object, ...], list[EngineItem]] = {}
    for item in items:
        groups.setdefault((item.group, item.text, item.terms), []).append(item)
    return groups


def is_too_long(item: EngineItem, limits: Limits) -> bool:
    """True if a text alone exceeds the limits of a request."""
    return (limits.characters > 0 and len(item.text) > limits.characters) or (
        limits.bytes > 0 and len(item.text.encode()) > limits.bytes
    )


def batches(items: Sequence[EngineItem], limits: Limits) -> Iterator[list[EngineItem]]:
    """Yield batches, as few as the order of the items allows, group by group.

    No single item may be `is_too_long`.
    """
    groups: dict[str, list[EngineItem]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    for members in groups.values():
        yield from _batches_of_group(members, limits)


def _batches_of_group(items: Sequence[EngineItem], limits: Limits) -> Iterator[list[EngineItem]]:
    batch: list[EngineItem] = []
    batch_characters = batch_bytes = 0
    for item in items:
        item_characters, item_bytes = len(item.text), len(item.text.encode())
        is_full = len(batch) == limits.items
        is_full |= 0 < limits.characters < batch_characters + item_characters
        is_full |= 0 < limits.bytes < batch_bytes + item_bytes
        if batch and is_full:
            yield batch
            batch, batch_characters, batch_bytes = [], 0, 0
        batch.append(item)
        batch_characters, batch_bytes = batch_characters + item_characters, batch_bytes + item_bytes
    if batch:
        yield batch
