"""Digests in the record, and ids of units."""

from hashlib import sha256

from hypothesis import example, given
from hypothesis import strategies as st

from transflow.digests import ALPHABET, LETTERS, approval, digest, new_id

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4), max_size=4)


class TestDigests:
    def test_are_the_first_16_hex_digits_over_utf8_texts_each_followed_by_nul(self) -> None:
        assert digest("가", "b") == sha256("가\0b\0".encode()).hexdigest()[:16]
        assert digest() == sha256(b"").hexdigest()[:16]

    @given(TEXTS, TEXTS)
    @example([], [""])
    @example(["ab"], ["a", "b"])
    @example(["a", ""], ["", "a"])
    def test_of_two_different_lists_differ(self, one: list[str], two: list[str]) -> None:
        assert (digest(*one) == digest(*two)) == (one == two)

    def test_of_an_approval_cover_id_source_and_target(self) -> None:
        assert approval("k7f3q2mx", "원문", "text") == digest("k7f3q2mx", "원문", "text")
        given_to = {approval(*each) for each in (("a", "s", "t"), ("b", "s", "t"), ("a", "x", "t"), ("a", "s", "x"))}
        assert len(given_to) == 4


class TestIds:
    @given(st.text(max_size=20))
    def test_are_a_letter_and_seven_characters_of_crockfords_alphabet(self, seed: str) -> None:
        unit_id = new_id(seed, ())
        assert len(unit_id) == 8
        assert unit_id[0] in LETTERS
        assert set(unit_id) <= set(ALPHABET)
        assert not set("ilou") & set(unit_id)

    @given(st.text(max_size=20))
    def test_are_the_same_wherever_they_are_made(self, seed: str) -> None:
        assert new_id(seed, ()) == new_id(seed, {"k7f3q2mx"})

    def test_do_not_change_between_versions(self) -> None:
        assert new_id("유엔은 서한을 공개했다.", ()) == "sbe2qy1y"

    @given(st.text(max_size=20), st.integers(1, 5))
    def test_are_never_taken_twice(self, seed: str, count: int) -> None:
        taken: list[str] = []
        for _ in range(count):
            taken.append(new_id(seed, taken))
        assert len(set(taken)) == count

    def test_of_equal_seeds_are_searched_for_from_where_the_search_stopped(self) -> None:
        class Counting(set[str]):
            asked = 0

            def __contains__(self, each: object) -> bool:
                self.asked += 1
                return super().__contains__(each)

        def given_out(taken: set[str], tried: dict[str, int] | None) -> list[str]:
            found = []
            for seed in ["가", "나"] * 50:
                found.append(new_id(seed, taken, tried))
                taken.add(found[-1])
            return found

        taken = Counting()
        assert given_out(taken, {}) == given_out(set(), None)
        assert taken.asked < 2 * 100
