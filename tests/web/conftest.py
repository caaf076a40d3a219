"""A newsroom whose people work in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import new_office
from transflow.web.office import Office


@pytest.fixture
def office(room: Path) -> Iterator[Office]:
    """Yield the office of the project `room`."""
    opened = new_office(room)
    yield opened
    opened.close()
