"""Command letters in Hangul mode."""

from __future__ import annotations

import pytest

from transflow.tui import hangul


@pytest.mark.parametrize(
    ("character", "letters"),
    [("ㅜ", "n"), ("ㅔ", "p"), ("ㅞ", "np"), ("파", "vk"), ("꿇", "rnfg"), ("뷁", "qnpfr"), ("ㅃ", "q"), ("n", ""), ("漢", ""), ("?", "")],
)  # fmt: skip
def test_a_character_is_the_letters_of_its_keys(character: str, letters: str) -> None:
    assert hangul.latin_letters(character) == letters


def test_every_letter_has_a_hangul_alias_of_its_own() -> None:
    aliases = [hangul.hangul_alias(letter) for letter in "abcdefghijklmnopqrstuvwxyz"]
    assert all(aliases)
    assert len(set(aliases)) == 26
    assert [hangul.latin_letters(alias) for alias in aliases] == list("abcdefghijklmnopqrstuvwxyz")


def test_every_syllable_is_two_to_five_keys() -> None:
    assert {len(hangul.latin_letters(chr(code))) for code in range(0xAC00, 0xD7A4)} == {2, 3, 4, 5}
