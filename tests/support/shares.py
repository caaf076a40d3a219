"""Shares of a long product: a run goes on where the last one ended, for some minutes."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

import pytest

Item = TypeVar("Item")
MINUTES = float(os.environ.get("SWEEP_MINUTES", "20"))
"""Minutes for each sweep of a run; 0 for all of it."""


def share(config: pytest.Config, name: str, items: Sequence[Item], seed: int) -> Iterator[Item]:
    """Yield items in a random order, for some minutes, from where the last run ended.

    The place is in pytest's cache. A run after a failure begins with the item that failed, and one
    after the last item from the start, with the order of the next seed.
    """
    assert config.cache
    key = f"sweeps/{name}"
    known = config.cache.get(key, {})
    start, order = (known["next"], known["order"]) if known.get("of") == [len(items), seed] else (0, seed)
    shuffled = list(items)
    random.Random(order).shuffle(shuffled)
    end = time.monotonic() + MINUTES * 60 if MINUTES else float("inf")
    for number in range(start, len(shuffled)):
        config.cache.set(key, {"of": [len(items), seed], "order": order, "next": number})
        if time.monotonic() > end:
            break
        yield shuffled[number]
    else:
        config.cache.set(key, {"of": [len(items), seed], "order": order + 1, "next": 0})
