"""Paths of catalogs, and names that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.project.places import CatalogRef, is_slug, report_path, slugs


def test_a_place_knows_its_file_and_how_people_write_it() -> None:
    place = CatalogRef("zh_Hans", "articles", "2024/flood")
    assert place.path == "locales/zh_Hans/articles/2024/flood.po"
    assert str(place) == "zh_Hans:2024/flood"
    assert report_path("flood") == "sources/flood.md"


@pytest.mark.parametrize("name", ["flood", "2024/flood", "3-bridges", "a" * 80, "2024/" + "a" * 80])
def test_these_are_slugs(name: str) -> None:
    assert is_slug(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Flood",
        "-flood",
        "flood/2024",
        "24/flood",
        "a" * 81,
        "../flood",
        "2024/../flood",
        "/flood",
        "flood\n",
        "홍수",
        "a b",
    ],
)
def test_these_are_no_slugs(name: str) -> None:
    assert not is_slug(name)


@given(st.text(max_size=30))
def test_a_slug_never_leads_out_of_its_folder(name: str) -> None:
    if is_slug(name):
        assert Path("/x", name).resolve().is_relative_to("/x")


def test_the_files_of_a_folder_and_its_years_are_listed_in_order(tmp_path: Path) -> None:
    for name in ("b.po", "a.po", "2024/c.po", "2023/d.po", "2024/2025/e.po", "news/f.po"):
        (tmp_path / "reports" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "reports" / name).touch()
    assert list(slugs(tmp_path, "reports", ".po")) == ["2023/d", "2024/c", "a", "b"]


def test_what_is_no_file_of_the_record_is_not_listed(tmp_path: Path) -> None:
    for name in (".a.po.123.tmp", ".a.po", "a.po~", "a.po.orig", "A.po", "a.md", "제목.po"):
        (tmp_path / "reports").mkdir(exist_ok=True)
        (tmp_path / "reports" / name).touch()
    assert list(slugs(tmp_path, "reports", ".po")) == []


def test_a_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert list(slugs(tmp_path, "none", ".po")) == []
