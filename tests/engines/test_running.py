"""Runs over many texts: each is asked once, and each answer belongs to its text, whatever fails."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.engine_servers import Clock, Server, answering
from transflow.engines import EngineAnswer, EngineItem, Limits, PromptTerm, Setup, deepl
from transflow.engines.running.answers import AnswerCache, cache_key
from transflow.engines.running.batches import batches, group_identical, is_too_long
from transflow.engines.running.run import EngineRun, TextOutcome
from transflow.network.errors import (
    CapReachedError,
    EngineUnavailableError,
    KeyRefusedError,
    MismatchError,
    RejectedError,
)
from transflow.network.hosts import Hosts
from transflow.network.sending import Connection, Network

Ask = Callable[[Sequence[EngineItem]], EngineAnswer]


def items(count: int) -> list[EngineItem]:
    return [EngineItem(str(place), f"문장 {place}") for place in range(count)]


def echo(batch: Sequence[EngineItem]) -> EngineAnswer:
    return EngineAnswer([f"[{item.text}]" for item in batch])


def settled(
    ask: Ask, wanted: Sequence[EngineItem], size: int = 5, threads: int = 4
) -> tuple[dict[str, TextOutcome], EngineRun]:
    run = EngineRun("deepl", list(batches(wanted, Limits(size))), ask, threads=threads, cancel=threading.Event())
    found: dict[str, TextOutcome] = {}
    for fates in run:
        for fate in fates:
            assert fate.item.id not in found, "a fate comes once"
            found[fate.item.id] = fate
    return found, run


item_lists = st.lists(
    st.tuples(st.sampled_from(["가", "나 다", "가나다라 마바사", "a", "abc de"]), st.sampled_from(["", "a"])),
    max_size=15,
).map(lambda found: [EngineItem(str(at), text, group=group) for at, (text, group) in enumerate(found)])


class TestBatches:
    @settings(max_examples=100, deadline=None)
    @given(item_lists, st.integers(1, 7), st.integers(0, 30), st.integers(0, 60))
    def test_hold_every_item_once_within_the_limits(
        self, wanted: list[EngineItem], most: int, chars: int, size: int
    ) -> None:
        limits = Limits(most, chars, size)
        fitting = [item for item in wanted if not is_too_long(item, limits)]
        found = list(batches(fitting, limits))
        assert sorted(item.id for batch in found for item in batch) == sorted(item.id for item in fitting)
        for batch in found:
            assert 1 <= len(batch) <= most
            assert len({item.group for item in batch}) == 1
            assert not chars or sum(len(item.text) for item in batch) <= chars
            assert not size or sum(len(item.text.encode()) for item in batch) <= size

    def test_are_as_few_as_can_be(self) -> None:
        assert len(list(batches(items(101), Limits(50)))) == 3

    def test_a_text_that_occurs_often_is_one_question_but_not_with_other_terms(self) -> None:
        term = PromptTerm("문", "Moon")
        same = [
            EngineItem("1", "가"),
            EngineItem("2", "가"),
            EngineItem("3", "가", terms=(term,)),
            EngineItem("4", "가", group="secret"),
        ]
        assert [[item.id for item in found] for found in group_identical(same).values()] == [["1", "2"], ["3"], ["4"]]


class TestARun:
    def test_gives_each_item_its_own_answer_in_as_few_requests_as_can_be(self) -> None:
        asked: list[int] = []

        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            asked.append(len(batch))
            time.sleep(0.001 * Random(batch[0].id).random())
            return echo(batch)

        wanted = items(203)
        found, run = settled(ask, wanted, size=10)
        assert {each: fate.text for each, fate in found.items()} == {item.id: f"[{item.text}]" for item in wanted}
        assert len(asked) == ceil(203 / 10)
        assert run.error is None

    @pytest.mark.parametrize("wrong", [[], ["x"], ["x"] * 6])
    def test_halves_what_does_not_fit_and_never_shifts(self, wrong: list[str]) -> None:
        """Batches that contain the third text get the wrong number of answers."""

        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            return EngineAnswer(wrong) if any(item.id == "3" for item in batch) and len(batch) > 1 else echo(batch)

        found, _ = settled(ask, items(20))
        assert {fate.text for fate in found.values()} == {f"[{item.text}]" for item in items(20)}
        assert all(fate.text == f"[{fate.item.text}]" for fate in found.values())

    def test_names_the_one_text_that_has_no_answer(self) -> None:
        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            if any(item.id == "3" for item in batch):
                raise MismatchError("deepl", "it answers nonsense.")
            return echo(batch)

        found, run = settled(ask, items(20))
        assert [(each, fate.reason) for each, fate in found.items() if not fate.text] == [("3", "it answers nonsense.")]
        assert found["3"].failed
        assert run.error is None

    def test_goes_on_after_a_batch_that_failed(self) -> None:
        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            if batch[0].id == "5":
                raise EngineUnavailableError("deepl", "is away.")
            return echo(batch)

        found, run = settled(ask, items(20))
        assert {each for each, fate in found.items() if fate.failed} == {"5", "6", "7", "8", "9"}
        assert run.error is None

    @pytest.mark.parametrize(
        "error", [KeyRefusedError("deepl", "no."), CapReachedError("enough."), ZeroDivisionError()]
    )
    def test_ends_where_asking_on_is_of_no_use_and_keeps_what_it_has(self, error: Exception) -> None:
        asked: list[str] = []

        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            asked.append(batch[0].id)
            if batch[0].id == "5":
                raise error
            return echo(batch)

        found, run = settled(ask, items(500), threads=1)
        assert run.error is error
        assert asked == ["0", "5"]
        assert set(found) == {"0", "1", "2", "3", "4"}

    @pytest.mark.parametrize("error", [KeyRefusedError("deepl", "no."), KeyError("text")])
    def test_keeps_the_half_that_arrived_before_the_end(self, error: Exception) -> None:
        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            if len(batch) == 4:
                raise MismatchError("deepl", "too many.")
            if batch[0].id == "2":
                raise error
            return echo(batch)

        found, run = settled(ask, items(4), size=4, threads=1)
        assert set(found) == {"0", "1"}
        assert run.error is error

    def test_that_is_stopped_asks_no_more_and_hands_over_what_was_under_way(self) -> None:
        begun, go_on, asked = threading.Event(), threading.Event(), []

        def ask(batch: Sequence[EngineItem]) -> EngineAnswer:
            asked.append(batch[0].id)
            if batch[0].id == "5":
                begun.set()
                go_on.wait(5)
            return echo(batch)

        cancel = threading.Event()
        run = EngineRun("deepl", list(batches(items(500), Limits(5))), ask, threads=1, cancel=cancel)
        first = next(iter(run))
        begun.wait(5)
        threading.Timer(0.05, go_on.set).start()
        rest = run.stop()
        assert [fate.item.id for fate in (*first, *rest)] == [str(place) for place in range(10)]
        assert asked == ["0", "5"]
        assert cancel.is_set()

    def test_over_a_wire_that_fails_in_every_way_keeps_order_and_asks_again_only_as_needed(self) -> None:
        """Every third request fails: busy, broken, cut short, or with a wrong number of texts."""
        random, lock = Random(7), threading.Lock()

        def answer(got: Any) -> tuple[int, dict[str, str], Any]:
            texts = [{"text": f"[{text}]"} for text in got.body["text"]]
            with lock:
                fault = random.choice([0, 0, 0, 0, 0, 1, 2, 3, 4])
            if fault == 1:
                return 503, {}, {}
            if fault == 2:
                return 429, {"Retry-After": "1"}, {}
            if fault == 3:
                return 200, {}, json.dumps({"translations": texts}).encode()[:-9]
            return 200, {}, {"translations": texts[1:] if fault == 4 else texts}

        with Server(answer) as server:
            wire = Connection(
                Hosts("deepl", frozenset({"127.0.0.1"})), Network(connections=8), deepl.is_used_up, clock=Clock()
            )
            setup = Setup("deepl", "m", server.url, "ko", "en", wire, {"key": "k"}, private=False)
            found, run = settled(lambda batch: deepl.translate(batch, setup), items(600), size=10, threads=8)
            wire.close()
        assert run.error is None
        right = {item.id: f"[{item.text}]" for item in items(600)}
        assert {each: fate.text for each, fate in found.items() if not fate.failed}.items() <= right.items()
        assert sum(fate.failed for fate in found.values()) < 60


class TestKeptAnswers:
    def setup_for(self, **changes: Any) -> Setup:
        made = {"engine": "deepl", "model": "m", "url": "", "source": "ko", "target": "en", "wire": None}
        return Setup(**{**made, **changes})

    def test_are_found_by_all_that_decides_on_them(self) -> None:
        item = EngineItem("1", "네", terms=(PromptTerm("네", "yes"),))
        marks = {
            cache_key(self.setup_for(), "", item),
            cache_key(self.setup_for(engine="papago"), "", item),
            cache_key(self.setup_for(model="n"), "", item),
            cache_key(self.setup_for(target="vi"), "", item),
            cache_key(self.setup_for(options={"glossary_id": "g"}), "", item),
            cache_key(self.setup_for(), "rules 2", item),
            cache_key(self.setup_for(), "", item._replace(text="예")),
            cache_key(self.setup_for(), "", item._replace(terms=())),
        }
        assert len(marks) == 8
        other = item._replace(id="9", before="x", group="")
        assert cache_key(self.setup_for(keys={"key": "other"}), "", other) in marks

    def test_are_kept_and_forgotten_without_a_trace(self, tmp_path: Path) -> None:
        kept = AnswerCache(tmp_path / "engines" / "answers.db")
        kept.store([(b"1", "flood", "The wall of the harbour broke."), (b"2", "bridges", "It rained.")])
        assert kept.get_many([b"1", b"2", b"3"]) == {b"1": "The wall of the harbour broke.", b"2": "It rained."}
        kept.delete_reports(["flood"])
        assert kept.get_many([b"1", b"2"]) == {b"2": "It rained."}
        assert kept.reports() == ["bridges"]
        data = b"".join(path.read_bytes() for path in (tmp_path / "engines").iterdir())
        kept.close()
        assert b"harbour" not in data

    def test_that_fail_are_none(self, tmp_path: Path) -> None:
        kept = AnswerCache(tmp_path / "answers.db")
        kept.store([(b"1", "flood", "It rained.")])
        kept.close()  # as if the disk were gone
        assert kept.get_many([b"1"]) == {}
        kept.store([(b"2", "flood", "It snowed.")])

    def test_thousands_are_found_at_once(self, tmp_path: Path) -> None:
        kept = AnswerCache(tmp_path / "answers.db")
        marks = [str(place).encode() for place in range(3000)]
        kept.store((each, "flood", each.decode()) for each in marks)
        assert len(kept.get_many(marks)) == 3000
        kept.close()


def test_a_refused_request_is_the_fate_of_its_batch() -> None:
    with Server(answering(400)) as server:
        wire = Connection(Hosts("deepl", frozenset({"127.0.0.1"})), Network(), deepl.is_used_up, clock=Clock())
        setup = Setup("deepl", "m", server.url, "ko", "en", wire, {"key": "k"}, private=False)
        with pytest.raises(RejectedError):
            deepl.translate(items(1), setup)
        found, _ = settled(lambda batch: deepl.translate(batch, setup), items(12), size=5, threads=1)
        wire.close()
    assert all(fate.failed and "status 400" in fate.reason for fate in found.values())
