"""The person who writes, in threads and requests."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from transflow.project import writes


def test_a_thread_of_the_screen_writes_as_the_person_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writes, "_everywhere", "")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(writes.writer).result() == ""
        writes.write_as("claire", in_all_threads=True)
        assert pool.submit(writes.writer).result() == "claire"
        pool.submit(writes.write_as, "mina").result()
        assert pool.submit(writes.writer).result() == "mina"
    assert writes.writer() == "claire"
