"""Authors of the words of a text: words that remain keep their authors, and every word has one."""

from hypothesis import example, given
from hypothesis import strategies as st

from transflow.attribution.authorship import (
    LONG_AGO,
    NOBODY,
    as_conflict,
    draft_shares,
    fitted,
    is_attributed,
    is_machine,
    newest_authorship,
    split_evenly,
    split_target,
    surviving_words,
    with_confirmation,
    with_conflict_text,
    with_fitted_shares,
    with_target,
)
from transflow.digests import digest
from transflow.model.unit import Act, Authorship, Conflict, ConflictShare, Share, Unit
from transflow.text import words

T1, T2, T3, T4 = (f"2024-03-26T0{hour}:00:00Z" for hour in (3, 4, 5, 6))
MACHINE = "mt:deepl/v2"
EMPTY = Unit("k7f3q2mx", "유엔은 서한을 공개했다.")
SENTENCE = "The U.N. made the letter public on March 11 in Geneva."  # 11 words
TEXTS = st.lists(st.sampled_from(["the", "letter", "of", "U.N.", "서한", "公", "“asked”", "—", "\n"]), max_size=12).map(
    " ".join
)
PEOPLE = st.sampled_from(["claire", "leejin", "eugene", MACHINE])


def written(*texts: tuple[str, str], unit: Unit = EMPTY, draft: tuple[Share, ...] = ()) -> Unit:
    """Return the unit after each person, in turn, wrote a text."""
    for (who, text), time in zip(texts, (T1, T2, T3), strict=False):
        unit = with_target(unit, text, who, time, draft)
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

    def test_loses_the_words_of_its_newest_author_first_where_another_takes_some_out(self) -> None:
        before = EMPTY.replace(
            target="a b c d e f g h i j", by=(Authorship("claire", T1, 6), Authorship("leejin", T1, 4))
        ).replace(text=digest("a b c d e f g h i j"))
        assert by(with_target(before, "a b c d e x x x x x", "eugene", T2)) == {"claire": 5, "leejin": 0, "eugene": 5}

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


class TestTakingOut:
    def test_what_one_put_in_leaves_everybody_what_they_had(self) -> None:
        mended = written(("claire", "a b c d e f."), ("eugene", "a b c X d e f."))
        assert by(mended) == {"claire": 6, "eugene": 1}
        assert by(with_target(mended, "a b c d e f.", "eugene", T3)) == {"claire": 6, "eugene": 0}

    def test_more_than_ones_own_takes_the_rest_off_the_newest_of_the_others(self) -> None:
        text = written(("claire", "a b c d"), ("leejin", "a b c d e f"), ("eugene", "a b c d e f g"))
        assert by(with_target(text, "a b c", "eugene", T4)) == {"claire": 3, "leejin": 0, "eugene": 0}

    def test_of_authors_with_one_time_the_last_to_come_is_the_newest(self) -> None:
        text = EMPTY.replace(target="a b c d", by=(Authorship("claire", T1, 2), Authorship("leejin", T1, 2)))
        assert by(with_target(text.replace(text=digest("a b c d")), "a b c", "eugene", T2)) == {
            "claire": 2,
            "leejin": 1,
            "eugene": 0,
        }

    def test_words_of_a_draft_takes_them_off_its_translators_and_not_off_the_writer(self) -> None:
        paragraph = Unit("w5h2c8de", "The U.N. released it. China did not answer.")
        draft = (Share("claire", 4), Share("leejin", 4))
        whole = written(("eugene", f"{paragraph.source} Beijing shrugged."), unit=paragraph, draft=draft)
        cut = with_target(whole, "The U.N. released it. Beijing shrugged.", "eugene", T2, draft)
        assert (translated(cut), by(cut)) == ({"claire": 2, "leejin": 2}, {"eugene": 2})
        assert with_target(cut, whole.target, "eugene", T2, draft).translated == whole.translated

    def test_what_a_machine_wrote_takes_it_off_the_machine(self) -> None:
        edited = written((MACHINE, SENTENCE), ("claire", SENTENCE.replace(" in Geneva", "")))
        assert by(edited) == {MACHINE: 9, "claire": 0}


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
        before = EMPTY.replace(target=text, by=(Authorship("claire", T1, 19), Authorship("leejin", T1, 1)))
        before = before.replace(text=digest(text))
        assert by(with_target(before, f"{text}!", "eugene", T2)) == {"claire": 19, "leejin": 1, "eugene": 0}

    def test_stays_where_somebody_only_adds_to_the_text_however_much(self) -> None:
        added = written(("claire", "letter"), ("leejin", "a letter b c d e f g h i j k l m"))
        assert by(added) == {"claire": 1, "leejin": 13}

    def test_of_one_of_several_authors_is_nobody_elses(self) -> None:
        text = " ".join(f"w{i}" for i in range(20))
        before = EMPTY.replace(target=text, by=(Authorship("claire", T1, 19), Authorship("leejin", T1, 1)))
        before = before.replace(text=digest(text))
        assert by(with_target(before, f"{text} and more", "eugene", T2)) == {"claire": 19, "leejin": 1, "eugene": 2}


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
        changed = taken.replace(source="The U.N. released it. China kept silent.")
        edited = with_target(changed, changed.source, "eugene", T2, (Share("claire", 4), Share("leejin", 3)))
        assert edited.translated == (Share("claire", 6), Share("leejin", 1))
        assert by(edited) == {"eugene": 0}


class TestUnattributedText:
    def test_is_one_that_was_changed_outside(self) -> None:
        unit = written(("claire", SENTENCE))
        assert is_attributed(unit)
        assert not is_attributed(unit.replace(target="changed in another program"))
        assert not is_attributed(Unit("k7f3q2mx", "원문", "written in another program"))
        assert is_attributed(EMPTY)

    def test_has_no_survivors_since_nobody_knows_whose_words_they_are(self) -> None:
        outside = written(("claire", SENTENCE)).replace(target=f"{SENTENCE} Indeed.")
        assert by(with_target(outside, SENTENCE, "leejin", T2)) == {"claire": 0, "leejin": 11}


class TestCountsThatDoNotAddUp:
    """Records of format 1 can have wrong counts; nobody may have more words than the text."""

    @given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(0, 60))
    def test_are_made_to_and_nobody_loses_all_their_words(self, counts: list[int], whole: int) -> None:
        found = fitted(counts, whole)
        if any(counts):
            assert sum(found) == whole
            assert all(part >= 0 for part in found)
            assert sum(map(bool, found)) == min(sum(map(bool, counts)), whole) or whole >= sum(counts)
        assert fitted(found, sum(found)) == found

    def test_leave_the_others_theirs_where_the_greatest_can_give(self) -> None:
        assert fitted([999, 3, 0], 11) == [8, 3, 0]
        assert fitted([999, 998, 1], 11) == [5, 5, 1]

    def test_leave_everybody_a_word_down_to_the_last_one_that_somebody_can_spare(self) -> None:
        assert fitted([5, 5, 1], 4) == [1, 2, 1]
        assert fitted([1, 1, 1], 2) == [1, 1, 0]

    def test_are_put_right_by_the_next_who_writes(self) -> None:
        wrong = written(("claire", SENTENCE)).replace(by=(Authorship("claire", T1, 999), Authorship("leejin", T2, 3)))
        assert by(with_target(wrong, f"{SENTENCE} Indeed.", "eugene", T3)) == {"claire": 8, "leejin": 3, "eugene": 1}

    def test_of_a_text_that_is_nobodys_go_to_who_touched_it_last(self) -> None:
        wrong = written(("claire", SENTENCE)).replace(by=(Authorship("claire", T1, 0), Authorship("leejin", T2, 0)))
        assert by(with_fitted_shares(wrong)) == {"claire": 0, "leejin": 11}


class TestATextThatDidNotStand:
    def test_keeps_everybodys_words_under_the_name_of_who_has_most(self) -> None:
        text = with_confirmation(written(("claire", SENTENCE), ("leejin", f"{SENTENCE} Indeed.")), "mina", T3)
        shares = (ConflictShare("by", "claire", 11), ConflictShare("by", "leejin", 1), ConflictShare("by", "mina", 0))
        assert as_conflict(text) == Conflict("claire", T3, text.target, shares)

    def test_keeps_its_translators(self) -> None:
        paragraph = Unit("w5h2c8de", "The U.N. released it.")
        taken = written(("eugene", "The U.N. released it."), unit=paragraph, draft=(Share("claire", 4),))
        assert as_conflict(taken).who == "claire"
        assert as_conflict(taken).shares == (ConflictShare("by", "eugene", 0), ConflictShare("translated", "claire", 4))

    def test_gives_its_words_to_who_takes_them_over_only_from_a_tenth_of_the_new_text_on(self) -> None:
        lost = as_conflict(written(("claire", SENTENCE)))
        standing = written(("leejin", "China kept silent."))
        long = " ".join(["Geneva.", *(f"word{number}" for number in range(19))])
        assert by(with_target(standing, long, "mina", T2, others=(lost,))) == {"leejin": 0, "mina": 20}
        half = with_target(standing, "on March 11 in Geneva. Indeed it was.", "mina", T2, others=(lost,))
        assert by(half) == {"leejin": 0, "mina": 3, "claire": 5}

    def test_of_nobody_is_somebodys_without_words_long_ago(self) -> None:
        assert newest_authorship(EMPTY) == Authorship(NOBODY, LONG_AGO, 0)

    def test_says_nothing_of_words_that_were_changed_outside(self) -> None:
        outside = written(("claire", SENTENCE)).replace(target="Changed outside.")
        assert as_conflict(outside) == Conflict("claire", T1, "Changed outside.")

    @given(TEXTS, TEXTS, PEOPLE, PEOPLE)
    def test_is_its_authors_again_when_it_is_put_back(self, lost: str, standing: str, one: str, two: str) -> None:
        unit = written((one, lost), (two, f"{lost} and"))
        back = with_conflict_text(written((two, standing)), as_conflict(unit))
        assert (back.target, back.text) == (unit.target, unit.text)
        assert {who: count for who, count in by(back).items() if count} == {
            who: count for who, count in by(unit).items() if count
        }
        assert {two} <= set(by(back))


class TestConfirming:
    def test_adds_a_line_without_words(self) -> None:
        unit = with_confirmation(written(("claire", SENTENCE)), "leejin", T2)
        assert unit.by == (Authorship("claire", T1, 11), Authorship("leejin", T2, 0))

    def test_by_an_author_changes_the_time_only(self) -> None:
        assert with_confirmation(written(("claire", SENTENCE)), "claire", T2).by == (Authorship("claire", T2, 11),)


class TestSharesOfADraft:
    def test_are_the_words_of_each_unit_added_up_in_order_of_appearance(self) -> None:
        one, two = (
            written(("leejin", "One two.")),
            written(("claire", "Three four five."), ("leejin", "Three four six.")),
        )
        assert draft_shares([one, two]) == (Share("leejin", 3), Share("claire", 2))

    def test_leave_out_what_is_omitted_or_untranslated(self) -> None:
        omitted = written(("claire", "One.")).replace(omitted=Act("claire", T1))
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
            unit = with_target(unit, text, who, T1, draft)
            counts = [each.words for each in unit.by] + [share.words for share in unit.translated]
            assert sum(counts) == len(words(text))
            assert all(count >= 0 for count in counts)
            assert is_attributed(unit)
            assert {each.who for each in unit.by} >= {who}

    @given(TEXTS, st.lists(st.tuples(PEOPLE, TEXTS), min_size=1, max_size=4), st.data())
    def test_stays_whose_it_was_when_somebody_adds_words_and_takes_them_out_again(
        self, source: str, edits: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        draft = data.draw(st.sampled_from([(), (Share("claire", 3), Share("leejin", 1))]))
        unit = Unit("w5h2c8de", source or "source")
        for who, text in edits:
            unit = with_target(unit, text, who, T1, draft)
        before = unit.target.split(" ")
        places = data.draw(st.lists(st.integers(0, len(before)), max_size=5))
        after = before.copy()
        for place in places:
            after.insert(place, data.draw(st.sampled_from(["new", "letter", "the", *words(source)])))
        who = data.draw(PEOPLE)
        undone = with_target(with_target(unit, " ".join(after), who, T2, draft), unit.target, who, T3, draft)
        assert {**by(unit), who: by(undone)[who]} == by(undone)
        assert {name: count for name, count in translated(undone).items() if count} == {
            name: count for name, count in translated(unit).items() if count
        }
        assert by(undone)[who] == by(unit).get(who, 0)

    @given(st.lists(st.tuples(PEOPLE, TEXTS), max_size=4), PEOPLE, TEXTS)
    def test_is_anothers_only_where_they_wrote_it(self, edits: list[tuple[str, str]], who: str, text: str) -> None:
        unit = written(*edits)
        after = by(with_target(unit, text, who, T4))
        assert all(after[name] <= count for name, count in by(unit).items() if name != who)
        if text.startswith(unit.target):
            added = len(words(text)) - len(words(unit.target))
            assert after == {**by(unit), who: by(unit).get(who, 0) + added}

    @given(st.lists(st.tuples(PEOPLE, TEXTS), max_size=3), st.lists(TEXTS, min_size=1, max_size=3))
    def test_is_in_one_of_the_parts_that_a_text_is_cut_into(
        self, edits: list[tuple[str, str]], parts: list[str]
    ) -> None:
        unit = written(*edits)
        found = split_target(unit, parts, "mina", T4)
        assert [sum(by(part).values()) for part in found] == [len(words(part)) for part in parts]
        assert all(sum(by(part)[name] for part in found) <= count for name, count in by(unit).items())

    def test_of_a_translator_too_is_in_one_of_the_parts_only(self) -> None:
        paragraph = Unit("w5h2c8de", "The U.N. released it. China kept silent.")
        taken = written(("eugene", paragraph.source), unit=paragraph, draft=(Share("claire", 7),))
        halves = split_target(taken, ["The U.N. released it.", "China kept silent."], "mina", T2)
        assert [translated(half) for half in halves] == [{"claire": 4}, {"claire": 3}]

    @given(TEXTS, TEXTS)
    def test_that_survives_stands_in_both_texts_in_order(self, old: str, new: str) -> None:
        kept = [
            word for word, survives in zip(words(new), surviving_words(words(old), words(new)), strict=True) if survives
        ]
        remaining = iter(words(old))
        assert all(word in remaining for word in kept)
        assert surviving_words(words(new), words(new)) == [True] * len(words(new))

    @given(TEXTS, st.lists(PEOPLE, min_size=1, max_size=3))
    def test_stays_whose_it_is_when_nothing_changes(self, text: str, people: list[str]) -> None:
        unit = written(*((who, text) for who in people))
        assert {who: count for who, count in by(unit).items() if count} == (
            {people[0]: len(words(text))} if words(text) else {}
        )
