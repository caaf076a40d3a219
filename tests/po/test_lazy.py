"""Units that are made when they are asked for: the same ones, and no more than needed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from support.mutants import mutant
from support.strategies import catalogs
from transflow.errors import UnreadableError
from transflow.model.catalog import Catalog
from transflow.model.lazy_units import LazyUnits
from transflow.model.unit import Unit
from transflow.po import lazy
from transflow.po.catalog import parse, serialize
from transflow.po.syntax import decode
from transflow.po.unit_entries import read_unit

EXAMPLE = (paths.TESTS / "golden/po/report.po").read_text(encoding="utf-8")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of units as they are made from lazily read entries."""
    ids: list[str] = []

    def noted(text: str, start: int, path: str, strict: bool) -> tuple[Unit | None, bool, int]:
        unit, is_obsolete, end = read_unit(text, start, path, strict)
        if unit and not is_obsolete:
            ids.append(unit.id)
        return unit, is_obsolete, end

    monkeypatch.setattr(lazy, "read_unit", noted)
    return ids


def marked(unit: Unit) -> Unit:
    return unit.replace(target=unit.target + "!")


def test_opening_changing_one_unit_and_saving_makes_that_unit_alone(made: list[str]) -> None:
    catalog = parse(EXAMPLE, "x.po")
    assert isinstance(catalog.units, LazyUnits)
    assert not made
    changed = list(catalog.units.places)[2]
    serialize(catalog.map_unit(changed, marked))
    assert made == [changed]


def test_a_unit_is_made_once(made: list[str]) -> None:
    catalog = parse(EXAMPLE, "x.po")
    assert catalog.units[0] is next(iter(catalog.units)) is catalog.find(catalog.units[0].id)
    list(catalog.map_unit(catalog.units[1].id, marked).units)
    assert len(made) == len(set(made)) == len(catalog.units)


@given(catalogs(), st.data())
def test_lazy_units_are_like_the_tuple_of_them(catalog: Catalog, data: st.DataObject) -> None:
    units = parse(serialize(catalog), "x.po").units
    whole = tuple(catalog.units)
    place = st.integers(-len(whole) - 1, len(whole) + 1)
    for index in data.draw(st.lists(place, max_size=4)):
        if -len(whole) <= index < len(whole):
            assert units[index] == whole[index]
        else:
            with pytest.raises(IndexError):
                units[index]
    start, end = data.draw(place), data.draw(place)
    assert units[start:end] == whole[start:end]
    assert (units, len(units), hash(units), repr(units)) == (whole, len(whole), hash(whole), repr(whole))
    assert pickle.loads(pickle.dumps(units)) == whole
    assert whole == units


@given(catalogs(), st.data())
def test_changes_of_single_units_add_up(catalog: Catalog, data: st.DataObject) -> None:
    lazily = eagerly = parse(serialize(catalog), "x.po")
    eagerly = eagerly.replace(units=tuple(eagerly.units))
    for unit_id in data.draw(
        st.lists(st.sampled_from([unit.id for unit in catalog.units] or ["k7f3q2mx"]), max_size=5)
    ):
        lazily, eagerly = lazily.map_unit(unit_id, marked), eagerly.map_unit(unit_id, marked)
    assert lazily == eagerly
    assert serialize(lazily) == serialize(eagerly)
    assert (lazily == parse(serialize(catalog), "x.po")) == (lazily.units == catalog.units)


def test_a_unit_that_gets_another_id_is_another_unit() -> None:
    catalog = parse(EXAMPLE, "x.po")
    first = catalog.units[0]
    renamed = catalog.map_unit(first.id, lambda unit: unit.replace(id="zzzzzzzz"))
    assert renamed.find(first.id) is None
    assert renamed.units[0] == first.replace(id="zzzzzzzz")
    assert catalog.map_unit("missing1", marked) == catalog


def readings(text: str) -> Iterator[tuple[Catalog, list[tuple[Unit, str]]] | str]:
    """Yield what a text gives if it may be read lazily, and if it may not, or the refusals."""
    for read in (lazy.read, lambda *_: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lazy, "read", read)
            try:
                catalog = parse(text, "x.po")
                yield catalog, sorted(catalog.raw_entries.values(), key=lambda entry: entry[0].id)
            except UnreadableError as error:
                yield str(error)


def compare(seeds: range) -> None:
    """Check that damaged files are read lazily as the line reader does, or refused like there."""
    for seed in seeds:
        try:
            text = decode(mutant(seed), "x.po")
        except UnreadableError:
            continue
        lazily, eagerly = readings(text)
        assert lazily == eagerly, f"mutant({seed})"


@pytest.mark.parametrize("start", range(10_000, 11_500, 500))
def test_damaged_files_are_read_or_refused_like_by_the_line_reader(start: int) -> None:
    compare(range(start, start + 500))


@pytest.mark.soak
@pytest.mark.parametrize("start", range(11_500, 1_011_500, 10_000))
def test_a_million_damaged_files_are_read_or_refused_like_by_the_line_reader(start: int) -> None:
    compare(range(start, start + 10_000))
