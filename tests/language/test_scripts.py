"""Runs of a foreign script: what prints in the letters of a report."""

import pytest

from transflow.language.scripts import foreign_runs


@pytest.mark.parametrize(
    ("text", "source", "target", "found"),
    [
        ("SEOUL 서울", "ko", "en", ["서울"]),
        ("서울·北京", "ko", "en", ["서울", "北京"]),
        ("서울 北京", "ko", "zh_Hans", ["서울"]),
        ("서울 東京", "ko", "ja", ["서울"]),
        ("ソウル", "ja", "ko", ["ソウル"]),
        ("Москва", "ru", "uk", []),
        ("Москва", "ru", "vi", ["Москва"]),
        ("Hà Nội, 서울", "vi", "ko", []),
        ("NATO 본부", "en", "ko", []),
        ("서울", "ko", "ko", []),
        ("Zürich", "ko", "en", []),
    ],
)
def test_only_letters_of_the_source_that_the_target_does_not_write_are_found(
    text: str, source: str, target: str, found: list[str]
) -> None:
    assert [text[start:end] for start, end in foreign_runs(text, source, target)] == found
