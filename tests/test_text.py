"""Texts of the record, and the counting of their words."""

from contextlib import suppress
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transflow.text import ControlError, clean, one_line, unusual_breaks, without_controls, without_spaces, words

ANY = st.text(st.characters(exclude_categories=["Cs"]))


class TestCleaning:
    @given(ANY)
    def test_is_idempotent_and_refuses_what_it_would_not_return(self, text: str) -> None:
        try:
            cleaned = clean(text)
        except ValueError:
            return
        assert clean(cleaned) == cleaned

    def test_composes_letters(self) -> None:
        assert clean("Chloe\u0301 \u1112\u1161\u11ab") == "Chlo\u00e9 한"

    @pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c"])
    def test_makes_a_space_of_line_breaks_that_only_some_programs_know(self, separator: str) -> None:
        assert clean(f"a{separator}b") == "a b"

    def test_keeps_line_breaks_and_tabs_and_unifies_line_ends(self) -> None:
        assert clean("a\r\nb\nc\td") == "a\nb\nc\td"

    @pytest.mark.parametrize("control", ["\x00", "\x07", "\x1c", "\r", "\x1b", "\x7f", "\x9f", "\ud800"])
    def test_refuses_other_controls_by_name_and_place(self, control: str) -> None:
        with pytest.raises(ValueError, match=f"U\\+{ord(control):04X} at position 3 cannot be stored"):
            clean(f"ab{control}c")

    @pytest.mark.parametrize(
        ("text", "where"), [("a\nbc\x1b", "in line 2, at position 3"), ("\n\n\x00", "in line 3, at position 1")]
    )
    def test_names_the_line_where_there_are_several(self, text: str, where: str) -> None:
        with pytest.raises(ControlError, match=where) as caught:
            clean(text)
        assert caught.value.line == text[: text.index(text[-1])].count("\n") + 1

    @given(ANY)
    def test_without_controls_any_text_is_taken_and_a_clean_one_stays(self, text: str) -> None:
        assert clean(without_controls(text)) == normalize("NFC", without_controls(text))
        with suppress(ControlError):
            assert without_controls(clean(text)) == clean(text)

    @given(ANY)
    def test_every_strange_break_is_named_with_its_line(self, text: str) -> None:
        text = text.replace("\r", "")
        lines = text.split("\n")
        found = list(unusual_breaks(text))
        assert all(each in lines[number - 1] for number, each in found)
        assert len(found) == sum(text.count(each) for each in "\x0b\x0c\x85\u2028\u2029")

    @given(ANY)
    def test_leaves_nothing_that_splits_a_line_of_a_file(self, text: str) -> None:
        try:
            cleaned = clean(text)
        except ValueError:
            return
        assert cleaned.splitlines() == cleaned.removesuffix("\n").split("\n") or not cleaned


class TestWhiteSpace:
    def test_one_line_makes_every_run_a_space(self) -> None:
        assert one_line("  a \n\t b　c ") == "a b c"

    @given(ANY)
    def test_squeezed_texts_are_those_that_differ_in_white_space_only(self, text: str) -> None:
        assert without_spaces(one_line(text)) == without_spaces(text)
        assert not any(character.isspace() for character in without_spaces(text))


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The U.N. released it on March 11.", ["The", "U.N", "released", "it", "on", "March", "11"]),
            ("“Don’t,” she said — twice.", ["Don’t", "she", "said", "twice"]),
            ("a Seoul-based group of 1,170", ["a", "Seoul-based", "group", "of", "1,170"]),
            ("유엔은 3월 11일에 서한을 공개했다.", ["유엔은", "3월", "11일에", "서한을", "공개했다"]),
            ("联合国公布信件。", list("联合国公布信件")),
            ("3月の手紙", ["3", "月", "の", "手", "紙"]),
            ("그는 漢字로 썼다", ["그는", "漢", "字", "로", "썼다"]),
            ("… — ! ", []),
            ("", []),
        ],
    )
    def test_are_without_punctuation_and_single_characters_in_scripts_without_spaces(
        self, text: str, expected: list[str]
    ) -> None:
        assert words(text) == expected

    @given(ANY, ANY)
    @example("U.", "N.")
    def test_of_two_texts_with_a_space_between_are_those_of_both(self, one: str, two: str) -> None:
        assert words(f"{one} {two}") == words(one) + words(two)
