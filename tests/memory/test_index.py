"""The local index: it contains what was stored last, even after a kill."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from transflow.memory.concordance import concordance
from transflow.memory.entries import CatalogEntries, MemoryEntry
from transflow.memory.grams import grams, inner_grams, key, normalised
from transflow.memory.index import Index, IndexedEntry
from transflow.memory.lookup import Query, lookup
from transflow.memory.nearest import score

TIME = "2024-03-26T03:12:00Z"
WORDS = ("유엔은", "평양에서", "서한을", "7명을", "중국", "정부에", "보냈다.", "말했다.", "a_b", '"q"', "100%", "x")
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


def entry(unit: str, source: str, target: str = "") -> MemoryEntry:
    return MemoryEntry(unit, source, target or f"T {source}", "translated", "claire", TIME)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = Index(tmp_path / "en.db")
    yield opened
    opened.close()


def sources(index: Index, text: str, threshold: int = 70) -> list[tuple[int, str]]:
    return [(found.score, found.source) for found in lookup(index, Query(text, threshold))]


@given(st.text(max_size=12))
def test_a_gram_begins_at_each_character_and_a_part_of_a_text_has_grams_of_the_whole(text: str) -> None:
    text = normalised(text)
    assert len(grams(text)) == len(text)
    assert set(inner_grams(text[1:-1])) <= set(grams(text))


@given(st.text(max_size=12))
def test_normalised_text_is_normalised_and_equal_texts_have_equal_keys(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert key(normalised(f"  {text} ")) == key(normalised(text))


def test_a_text_is_found_as_it_is_and_nearly_as_it_is(index: Index) -> None:
    index.replace_entries([CatalogEntries("un-letter", "1", [entry("a", "유엔은  서한을 중국 정부에 보냈다.")])])
    assert sources(index, "유엔은 서한을 중국 정부에 보냈다.") == [(100, "유엔은  서한을 중국 정부에 보냈다.")]
    assert sources(index, "유엔은 서한을 일본 정부에 보냈다.") == [(89, "유엔은  서한을 중국 정부에 보냈다.")]
    assert sources(index, "전혀 다른 말이다.") == []


def test_putting_a_catalog_again_replaces_what_it_held(index: Index) -> None:
    index.replace_entries(
        [
            CatalogEntries("one", "1", [entry("a", "첫째 문장이다."), entry("b", "둘째 문장이다.")]),
            CatalogEntries("two", "1", [entry("a", "첫째 문장이다.")]),
        ]
    )
    index.replace_entries([CatalogEntries("one", "2", [entry("b", "둘째 문장이 바뀌었다.")])])
    assert index.stamps() == {"one": "2", "two": "1"}
    assert [held.catalog for held in index.all_entries()] == ["one", "two"]
    assert sources(index, "둘째 문장이다.", 99) == []
    assert sources(index, "첫째 문장이다.", 99) == [(100, "첫째 문장이다.")]
    index.remove(["two", "never there"])
    assert sources(index, "첫째 문장이다.", 99) == []
    assert index.count() == 1


def test_an_error_in_the_middle_of_a_change_leaves_the_index_as_it_was(index: Index) -> None:
    index.replace_entries([CatalogEntries("one", "1", [entry("a", "첫째 문장이다.")])])
    broken = MemoryEntry("b", "둘째 문장이다.", None, "translated", "claire", TIME)  # type: ignore[arg-type] # what SQLite refuses
    with pytest.raises(sqlite3.Error):
        index.replace_entries([CatalogEntries("one", "2", [entry("c", "셋째 문장이다."), broken])])
    assert index.stamps() == {"one": "1"}
    assert [held.entry.unit for held in index.all_entries()] == ["a"]
    assert index.count() == 1


def test_purging_leaves_no_byte_of_a_text_in_any_file(index: Index, tmp_path: Path) -> None:
    secret = "비밀제보자 홍길동의 주소는 강변동이다."
    others = [entry(f"u{i}", f"{i}번째 다른 문장이 여기 있다.") for i in range(300)]
    index.replace_entries(
        [
            CatalogEntries("secret", "1", [entry("a", secret, "The informant is Hong.")]),
            CatalogEntries("other", "1", others),
        ]
    )
    index.recount_if_needed()
    index.purge(["secret"])
    for path in tmp_path.iterdir():
        data = path.read_bytes()
        for part in (secret, "홍길동", "홍길", "informant"):
            assert part.encode() not in data, path.name
    assert index.count() == 300
    assert len(sources(index, "7번째 다른 문장이 여기 있다.")) == 5


def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "en.db").write_bytes(b"no database at all" * 1000)
    index = Index(tmp_path / "en.db")
    index.replace_entries([CatalogEntries("one", "1", [entry("a", "첫째 문장이다.")])])
    assert index.count() == 1
    index.close()


def test_the_index_of_another_version_is_made_anew_also_while_another_process_has_it_open(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "en.db") as other:
        other.executescript("CREATE TABLE source (x); CREATE TABLE old (x); PRAGMA user_version=99")
    index = Index(tmp_path / "en.db")
    index.replace_entries([CatalogEntries("one", "1", [entry("a", "첫째 문장이다.")])])
    assert other.execute("SELECT count(*) FROM source").fetchone() == (1,)
    other.close()
    index.close()


def test_an_index_survives_clearing_by_another_process(tmp_path: Path) -> None:
    one, two = Index(tmp_path / "en.db"), Index(tmp_path / "en.db")
    one.replace_entries([CatalogEntries("one", "1", [entry("a", "첫째 문장이다.")])])
    two.clear()
    assert sources(one, "첫째 문장이다.") == []
    one.replace_entries([CatalogEntries("one", "1", [entry("a", "첫째 문장이다.")])])
    assert sources(two, "첫째 문장이다.") == [(100, "첫째 문장이다.")]
    one.close()
    two.close()


class Against(RuleBasedStateMachine):
    """Changes in any order, each followed by a comparison with a search through all entries."""

    def __init__(self) -> None:
        super().__init__()
        self.index = Index(Path(":memory:"))
        self.held: dict[str, dict[str, MemoryEntry]] = {}

    @rule(name=st.sampled_from("ab"), texts=st.lists(st.tuples(st.sampled_from("uvwxyz"), sentences), max_size=6))
    def put(self, name: str, texts: list[tuple[str, str]]) -> None:
        self.held[name] = {unit: entry(unit, text) for unit, text in texts}
        self.index.replace_entries([CatalogEntries(name, "1", list(self.held[name].values()))])

    @rule(name=st.sampled_from("ab"))
    def remove(self, name: str) -> None:
        self.held.pop(name, None)
        self.index.remove([name])

    @rule()
    def settle(self) -> None:
        self.index.recount_if_needed(whole=True)

    @rule(text=sentences, threshold=st.sampled_from([60, 75, 100]))
    def look_up(self, text: str, threshold: int) -> None:
        scores = {normalised(each.source): score(text, normalised(each.source)) for each in self._all()}
        wanted = sorted((value for value in scores.values() if value >= threshold), reverse=True)[:5]
        assert [found.score for found in lookup(self.index, Query(text, threshold))] == wanted

    @rule(part=sentences | st.sampled_from(["유", "엔은", "보냈", "_", "%", '"', "다."]))
    def search(self, part: str) -> None:
        wanted = {
            (name, unit) for name, units in self.held.items() for unit, each in units.items() if part in each.target
        }
        found = concordance(self.index, part, 100)
        assert {(held.catalog, held.entry.unit) for held in found} == wanted
        assert len(found) == len(wanted)

    @invariant()
    def holds_what_was_put(self) -> None:
        assert {(held.catalog, held.entry) for held in self.index.all_entries()} == {
            (name, each) for name, units in self.held.items() for each in units.values()
        }
        assert self.index.count() == len({normalised(each.source) for each in self._all()})

    def _all(self) -> list[MemoryEntry]:
        return [each for units in self.held.values() for each in units.values()]

    def teardown(self) -> None:
        self.index.close()


def test_changes_in_any_order_give_the_same_answers_as_looking_at_every_entry() -> None:
    run_state_machine_as_test(Against, settings=settings(max_examples=25, stateful_step_count=12, deadline=None))


def test_concordance_names_what_has_it_in_the_source_first_and_stops_at_the_limit(index: Index) -> None:
    texts = [
        entry("a", "그는 떠났다.", "He left Pyongyang."),
        entry("b", "평양에 갔다.", "He went."),
        entry("c", "평양이다.", "It is."),
    ]
    index.replace_entries([CatalogEntries("one", "1", texts)])
    assert [held.entry.unit for held in concordance(index, "Pyongyang", 9)] == ["a"]
    assert [held.entry.unit for held in concordance(index, "pyongYANG", 9)] == ["a"]
    assert {held.entry.unit for held in concordance(index, "평양", 9)} == {"b", "c"}
    assert {held.entry.unit for held in concordance(index, "평", 9)} == {"b", "c"}
    assert len(concordance(index, "평", 1)) == 1
    assert concordance(index, " ", 9) == [] == concordance(index, '"', 9)
    assert isinstance(concordance(index, "He went", 9)[0], IndexedEntry)
