"""Whose words a text is made of: words that survive stay with their authors, and every word is somebody's."""

from hypothesis import example, given
from hypothesis import strategies as st

from transflow.authorship import (
    confirmed,
    draft_shares,
    is_attributed,
    is_machine,
    rewritten,
    split_evenly,
    survivors,
)
from transflow.digests import digest
from transflow.model import Act, Authorship, Share, Unit
from transflow.text import words

T1, T2, T3 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z", "2024-03-26T05:00:00Z"
MACHINE = "mt:deepl/v2"
EMPTY = Unit("k7f3q2mx", "유엔은 서한을 공개했다.")
SENTENCE = "The U.N. made the letter public on March 11 in Geneva."  # 11 words
TEXTS = st.lists(st.sampled_from(["the", "letter", "of", "U.N.", "서한", "公", "“asked”", "—", "\n"]), max_size=12).map(
    " ".join
)
PEOPLE = st.sampled_from(["claire", "leejin", "eugene", MACHINE])


def written(*texts: tuple[str, str], unit: Unit = EMPTY, draft: tuple[Share, ...] = ()) -> Unit:
    """The unit after each person, in turn, wrote a text."""
    for (who, text), time in zip(texts, (T1, T2, T3), strict=False):
        unit = rewritten(unit, text, who, time, draft)
    return unit


def by(unit: Unit) -> dict[str, int]:
    return {each.who: each.words for each in unit.by}


def translated(unit: Unit) -> dict[str, int]:
    return {share.who: share.words for share in unit.translated}


class TestATranslation:
    def test_is_all_its_first_authors(self) -> None:
        assert written(("claire", SENTENCE)).by == (Authorship("claire", T1, 11),)

    def test_keeps_with_its_author_what_another_leaves_standing(self) -> None:
        edited = written(("claire", SENTENCE), ("leejin", "The U.N. released the letter on March 11 in Geneva."))
        assert by(edited) == {"claire": 9, "leejin": 1}

    def test_lists_authors_in_order_of_first_touch_with_the_time_of_their_last_change(self) -> None:
        edited = written(("claire", SENTENCE), ("leejin", "A letter"), ("claire", "A letter of the U.N. from Geneva"))
        assert [(each.who, each.time) for each in edited.by] == [("claire", T3), ("leejin", T2)]

    def test_shares_what_survives_among_the_earlier_authors_in_proportion(self) -> None:
        before = EMPTY.having(
            target="a b c d e f g h i j", by=(Authorship("claire", T1, 6), Authorship("leejin", T1, 4))
        ).having(text=digest("a b c d e f g h i j"))
        assert by(rewritten(before, "a b c d e x x x x x", "eugene", T2)) == {"claire": 3, "leejin": 2, "eugene": 5}

    def test_counts_characters_in_scripts_without_spaces(self) -> None:
        edited = written(("claire", "联合国公布信件。"), ("leejin", "联合国公开信件。"))
        assert by(edited) == {"claire": 6, "leejin": 1}

    def test_a_machine_is_an_author_too(self) -> None:
        edited = written((MACHINE, SENTENCE), ("claire", SENTENCE.replace("public", "known")))
        assert by(edited) == {MACHINE: 10, "claire": 1}
        assert is_machine(MACHINE)
        assert not is_machine("mtanaka")

    def test_that_is_emptied_keeps_the_lines_of_its_authors(self) -> None:
        emptied = written(("claire", SENTENCE), ("leejin", ""))
        assert (by(emptied), emptied.text) == ({"claire": 0, "leejin": 0}, "")


class TestASmallShare:
    def test_becomes_nothing_and_its_line_stays(self) -> None:
        edited = written(("claire", "letter one two"), ("leejin", "a letter b c d e f g h i j"))
        assert by(edited) == {"claire": 0, "leejin": 11}

    def test_of_a_tenth_counts(self) -> None:
        edited = written(("claire", "letter one two"), ("leejin", "a letter b c d e f g h i"))
        assert by(edited) == {"claire": 1, "leejin": 9}

    def test_in_a_draft_becomes_nothing_too(self) -> None:
        paragraph = Unit("w5h2c8de", "The letter of the envoys")
        text = "Beijing has so far not answered what the envoys asked it"
        assert translated(written(("eugene", text), unit=paragraph, draft=(Share("claire", 5),))) == {"claire": 2}
        longer = f"{text} in spring, and diplomats in Geneva expect nothing before summer comes"
        edited = written(("eugene", longer), unit=paragraph, draft=(Share("claire", 5),))
        assert (translated(edited), by(edited)) == ({}, {"eugene": 22})

    def test_stays_where_nobody_adds_a_word(self) -> None:
        text = " ".join(f"w{i}" for i in range(20))
        before = EMPTY.having(target=text, by=(Authorship("claire", T1, 19), Authorship("leejin", T1, 1)))
        before = before.having(text=digest(text))
        assert by(rewritten(before, f"{text}!", "eugene", T2)) == {"claire": 19, "leejin": 1, "eugene": 0}


class TestADraftOfTranslators:
    PARAGRAPH = Unit("w5h2c8de", "The U.N. released it. China did not answer.")
    SHARES = (Share("claire", 4), Share("leejin", 4))

    def test_taken_unchanged_is_the_translators_and_gives_the_writer_no_word(self) -> None:
        taken = written(("eugene", self.PARAGRAPH.source), unit=self.PARAGRAPH, draft=self.SHARES)
        assert taken.translated == self.SHARES
        assert by(taken) == {"eugene": 0}

    def test_taken_unchanged_keeps_the_smallest_share(self) -> None:
        shares = (Share("claire", 60), Share("leejin", 1))
        taken = written(("eugene", self.PARAGRAPH.source), unit=self.PARAGRAPH, draft=shares)
        assert translated(taken) == {"claire": 8}
        long = Unit("w5h2c8de", " ".join(f"w{i}" for i in range(61)))
        assert translated(written(("eugene", long.source), unit=long, draft=shares)) == {"claire": 60, "leejin": 1}

    def test_gives_the_writer_only_the_words_that_are_not_in_it(self) -> None:
        edited = written(("eugene", "The U.N. released it Monday."), unit=self.PARAGRAPH, draft=self.SHARES)
        assert translated(edited) == {"claire": 2, "leejin": 2}
        assert by(edited) == {"eugene": 1}

    def test_gives_back_to_the_translators_what_a_writer_takes_later(self) -> None:
        edited = written(
            ("eugene", "It was Monday."), ("eugene", "China did not answer."), unit=self.PARAGRAPH, draft=self.SHARES
        )
        assert (translated(edited), by(edited)) == ({"claire": 2, "leejin": 2}, {"eugene": 0})

    def test_that_changed_gives_its_new_words_to_those_who_stand_behind_it_now(self) -> None:
        taken = written(("eugene", self.PARAGRAPH.source), unit=self.PARAGRAPH, draft=(Share("claire", 8),))
        changed = taken.having(source="The U.N. released it. China kept silent.")
        edited = rewritten(changed, changed.source, "eugene", T2, (Share("claire", 4), Share("leejin", 3)))
        assert edited.translated == (Share("claire", 6), Share("leejin", 1))
        assert by(edited) == {"eugene": 0}


class TestUnattributedText:
    def test_is_one_that_was_changed_outside(self) -> None:
        unit = written(("claire", SENTENCE))
        assert is_attributed(unit)
        assert not is_attributed(unit.having(target="changed in another program"))
        assert not is_attributed(Unit("k7f3q2mx", "원문", "written in another program"))
        assert is_attributed(EMPTY)

    def test_has_no_survivors_since_nobody_knows_whose_words_they_are(self) -> None:
        outside = written(("claire", SENTENCE)).having(target=f"{SENTENCE} Indeed.")
        assert by(rewritten(outside, SENTENCE, "leejin", T2)) == {"claire": 0, "leejin": 11}


class TestConfirming:
    def test_adds_a_line_without_words(self) -> None:
        unit = confirmed(written(("claire", SENTENCE)), "leejin", T2)
        assert unit.by == (Authorship("claire", T1, 11), Authorship("leejin", T2, 0))

    def test_by_an_author_changes_the_time_only(self) -> None:
        assert confirmed(written(("claire", SENTENCE)), "claire", T2).by == (Authorship("claire", T2, 11),)


class TestSharesOfADraft:
    def test_are_the_words_of_each_unit_added_up_in_order_of_appearance(self) -> None:
        one, two = (
            written(("leejin", "One two.")),
            written(("claire", "Three four five."), ("leejin", "Three four six.")),
        )
        assert draft_shares([one, two]) == (Share("leejin", 3), Share("claire", 2))

    def test_leave_out_what_is_omitted_or_untranslated(self) -> None:
        omitted = written(("claire", "One.")).having(omitted=Act("claire", T1))
        assert draft_shares([omitted, written(("claire", "One."), ("leejin", ""))]) == ()


class TestSplittingEvenly:
    @given(st.integers(0, 500), st.lists(st.integers(0, 50), max_size=6))
    @example(10, [1, 1, 1])
    def test_gives_whole_parts_that_are_the_total_and_within_one_of_their_share(
        self, total: int, weights: list[int]
    ) -> None:
        parts = split_evenly(total, weights)
        whole = sum(weights)
        assert sum(parts) == (total if whole else 0)
        assert all(
            abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True) if whole
        )

    def test_gives_the_rest_to_the_earlier_of_equals(self) -> None:
        assert split_evenly(10, [1, 1, 1]) == [4, 3, 3]


class TestEveryWord:
    @given(
        TEXTS,
        st.lists(st.tuples(PEOPLE, TEXTS), max_size=4),
        st.lists(st.builds(Share, PEOPLE, st.integers(0, 9)), max_size=2),
    )
    def test_is_somebodys_whoever_writes_what(
        self, source: str, edits: list[tuple[str, str]], draft: list[Share]
    ) -> None:
        unit = Unit("w5h2c8de", source or "source")
        for who, text in edits:
            unit = rewritten(unit, text, who, T1, draft)
            counts = [each.words for each in unit.by] + [share.words for share in unit.translated]
            assert sum(counts) == len(words(text))
            assert all(count >= 0 for count in counts)
            assert is_attributed(unit)
            assert {each.who for each in unit.by} >= {who}

    @given(TEXTS, TEXTS)
    def test_that_survives_stands_in_both_texts_in_order(self, old: str, new: str) -> None:
        kept = [word for word, survives in zip(words(new), survivors(words(old), words(new)), strict=True) if survives]
        remaining = iter(words(old))
        assert all(word in remaining for word in kept)
        assert survivors(words(new), words(new)) == [True] * len(words(new))

    @given(TEXTS, st.lists(PEOPLE, min_size=1, max_size=3))
    def test_stays_whose_it_is_when_nothing_changes(self, text: str, people: list[str]) -> None:
        unit = written(*((who, text) for who in people))
        assert {who: count for who, count in by(unit).items() if count} == (
            {people[0]: len(words(text))} if words(text) else {}
        )
