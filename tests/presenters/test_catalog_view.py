"""An open catalog: which units were not checked yet, and its progress."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from transflow.model.catalog import Catalog, Header
from transflow.model.unit import Assignment, Unit
from transflow.po.catalog import new_header, parse, serialize
from transflow.presenters.catalog_view import CatalogView
from transflow.presenters.journal import Journal
from transflow.project import CatalogRef

PLACE = CatalogRef("en", "reports", "flood")
NOW = "2024-03-26T12:00:00Z"
TARGETS = ("", "It rained.", "It snowed.", "It hailed.")


def catalog(targets: list[str]) -> Catalog:
    return Catalog(Header(()), tuple(Unit(f"k7f3q2m{i}", f"{i} 비가 왔다.", each) for i, each in enumerate(targets)))


def view_of(targets: list[str], folder: Path) -> CatalogView:
    return CatalogView(PLACE, catalog(targets), Journal(folder))


def test_a_typed_text_is_checked_beside_the_saved_one(tmp_path: Path) -> None:
    view = view_of(["It rained.", ""], tmp_path)
    first = view.units[0]
    view.typed(first, "It rains.", NOW)
    assert [unit.target for unit in view.unchecked()] == ["It rained.", "It rains."]
    assert view.store_issues(view.unchecked()[1], ())
    assert [unit.target for unit in view.unchecked()] == ["It rained."]
    view.store_issues(first, ())
    assert view.unchecked() == []
    view.forget_checks()
    assert [unit.target for unit in view.unchecked()] == ["It rained.", "It rains."]


def test_progress_follows_the_catalog(tmp_path: Path) -> None:
    view = view_of(["It rained.", "", ""], tmp_path)
    assert view.progress() == (1, 3, 6)
    view.replace_catalog(catalog(["It rained.", "It rained.", ""]))
    assert view.progress() == (2, 3, 3)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("check"), st.integers(0, 4), st.sampled_from(TARGETS)),
        st.tuples(st.just("replace"), st.lists(st.sampled_from(TARGETS), min_size=5, max_size=5), st.just("")),
        st.tuples(st.just("forget"), st.just(0), st.just("")),
    ),
    max_size=12,
)


@given(steps)
def test_what_is_unchecked_is_every_saved_text_whose_issues_are_not_kept(
    given_steps: list[tuple[str, object, str]],
) -> None:
    view = view_of(["It rained."] * 5, Path("nowhere"))
    kept: dict[str, list[str]] = {}
    for name, what, text in given_steps:
        if name == "check":
            assert isinstance(what, int)
            view.store_issues(view.units[what].replace(target=text), ())
            texts = kept.setdefault(view.units[what].id, [])
            texts[:] = texts if text in texts else [*texts[-2:], text]
        elif name == "replace":
            assert isinstance(what, list)
            view.replace_catalog(catalog(what))
        else:
            view.forget_checks()
            kept.clear()
        wanted = {unit.id for unit in view.units if unit.target and unit.target not in kept.get(unit.id, ())}
        assert {unit.id for unit in view.unchecked()} == wanted


def long_view(folder: Path) -> CatalogView:
    """Return a view of a catalog that is read bit by bit."""
    targets = [TARGETS[i % len(TARGETS)] for i in range(1200)]
    units = tuple(
        Unit(f"k{i:07}", f"{i} 비가 왔다.", each, assigned=Assignment("claire", NOW) if i % 7 == 0 else None)
        for i, each in enumerate(targets)
    )
    text = serialize(Catalog(new_header("en", "ko"), units))
    return CatalogView(PLACE, parse(text, "flood.po"), Journal(folder), "claire")


def test_a_long_catalog_is_read_bit_by_bit_and_then_like_a_short_one(tmp_path: Path) -> None:
    view, whole = long_view(tmp_path / "one"), long_view(tmp_path / "two")
    assert not view.is_read
    assert (view.number("k0001100"), view.states[1100]) == (1101, "untranslated")
    assert view.visible == list(range(1200))
    rounds = 1
    while not view.read_more():
        rounds += 1
    assert rounds == 6
    whole = CatalogView(PLACE, whole.catalog.replace(units=tuple(whole.units)), Journal(tmp_path / "two"), "claire")
    assert whole.is_read
    assert (list(view.units), list(view.states)) == (list(whole.units), list(whole.states))
    assert (view.mine, view.progress(), view.unchecked()) == (whole.mine, whole.progress(), whole.unchecked())
    assert dict(view.places) == dict(whole.places)


def test_what_needs_all_units_of_a_long_catalog_reads_them(tmp_path: Path) -> None:
    view = long_view(tmp_path)
    assert len(view.mine) == 172
    assert view.progress() == (900, 1200, 900)
    assert len(view.unchecked()) == 900
