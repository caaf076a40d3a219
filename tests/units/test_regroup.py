"""Joining and splitting: no text is lost, words keep their authors, ids can be resolved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.strategies import units
from transflow.attribution.authorship import is_attributed
from transflow.digests import digest, new_id
from transflow.model.unit import (
    Act,
    Answer,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    Meta,
    Question,
    Ref,
    Share,
    Sighting,
    Unit,
    Use,
    Waiver,
)
from transflow.text import without_spaces, words
from transflow.units.regroup import UNSPACED, join, separator, split
from transflow.units.workflow import approve, is_approved, waive

T1, T2 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
ACT = Act("eugene", T1, "said above")
A = Unit("k7f3q2mx", "유엔은 서한을 공개했다.", "The U.N. released the letter.", by=(Authorship("claire", T1, 5),))
A = A.replace(text=digest(A.target))
B = Unit(
    "b4tq9z2a", "중국은 답하지 않았다.", "China did not answer.", by=(Authorship("leejin", T2, 4),), continued=True
)
B = B.replace(text=digest(B.target))
REFS = (Ref("un-letter", "k7f3q2mx"), Ref("un-letter", "b4tq9z2a"))


def joined(first: Unit = A, second: Unit = B) -> Unit:
    return join(first, second, "ko", "en")


class TestBetweenSentences:
    @pytest.mark.parametrize("language", ["zh", "zh_Hans", "zh-TW", "ja", "ja_JP"])
    def test_stands_nothing_in_chinese_and_japanese(self, language: str) -> None:
        assert separator(language) == ""

    @pytest.mark.parametrize("language", ["en", "ko", "vi", "th", "km", "lo", "my", ""])
    def test_stands_a_space_in_all_others(self, language: str) -> None:
        assert separator(language) == " "


SAMPLES = {"zh": "北京", "ja": "東京", "th": "ดี", "lo": "ດີ", "km": "ភា", "my": "မှ"}


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_every_character_of_a_language_without_spaces_is_a_word(language: str) -> None:
    assert language in UNSPACED
    assert len(words(SAMPLES[language])) > 1
    assert set(SAMPLES) == UNSPACED


class TestJoining:
    def test_puts_source_and_target_together_under_the_first_id(self) -> None:
        both = joined()
        assert both.id == A.id
        assert both.source == "유엔은 서한을 공개했다. 중국은 답하지 않았다."
        assert both.target == "The U.N. released the letter. China did not answer."
        assert both.joined == (B.id,)

    def test_adds_up_everybodys_words(self) -> None:
        assert joined().by == (Authorship("claire", T1, 5), Authorship("leejin", T2, 4))
        same = joined(A, B.replace(by=(Authorship("claire", T2, 4),)))
        assert same.by == (Authorship("claire", T2, 9),)
        shares = joined(A.replace(translated=(Share("mina", 2),)), B.replace(translated=(Share("mina", 1),)))
        assert shares.translated == (Share("mina", 3),)

    def test_inherits_all_ids_that_live_on_in_either(self) -> None:
        assert joined(A.replace(joined=("aaaaaaaa",)), B.replace(joined=("bbbbbbbb",))).joined == (
            "aaaaaaaa",
            B.id,
            "bbbbbbbb",
        )

    def test_keeps_what_people_said_to_either(self) -> None:
        first = A.replace(comments=("1",), questions=(Question("x", T1, "", "1?"),), other=(Meta("k", "1"),))
        second = B.replace(comments=("2",), answers=(Answer("y", T2, "", "1!"),), conflicts=(Conflict("z", T2, "2"),))
        both = joined(first, second.replace(cites=("https://example.org",), assigned=Assignment("claire")))
        assert both.comments == ("1", "2")
        assert (both.questions, both.answers) == (first.questions, second.answers)
        assert (both.conflicts, both.other) == (second.conflicts, first.other)
        assert (both.cites, both.assigned) == (("https://example.org",), Assignment("claire"))

    def test_takes_away_approvals_and_waivers_of_other_texts(self) -> None:
        both = joined(approve(A, "eugene", T2), waive(approve(B, "eugene", T2), "numbers", "eugene", T2, "why"))
        assert both.approved is None
        assert both.waivers == ()

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            (A.replace(fuzzy=True), B),
            (A, B.replace(fuzzy=True)),
            (A.replace(target="", by=(), text=""), B),
            (A, B.replace(target="", by=(), text="")),
            (A.replace(omitted=ACT), B),
            (A, B.replace(cut=ACT)),
        ],
    )
    def test_asks_for_another_look_where_half_of_it_is_not_done(self, first: Unit, second: Unit) -> None:
        assert joined(first, second).fuzzy

    def test_of_two_without_a_text_is_not_fuzzy(self) -> None:
        assert not joined(A.replace(target=""), B.replace(target="")).fuzzy

    def test_leaves_out_only_what_was_left_out_on_both_sides(self) -> None:
        assert joined(A.replace(omitted=ACT), B).omitted is None
        assert joined(A, B.replace(cut=ACT)).cut is None
        assert joined(A.replace(cut=ACT), B.replace(cut=ACT)).cut == ACT

    def test_keeps_the_sources_that_either_was_last_confirmed_against(self) -> None:
        both = joined(A.replace(previous="옛 문장.", fuzzy=True), B)
        assert both.previous == "옛 문장. 중국은 답하지 않았다."
        assert joined().previous == ""

    def test_leaves_an_unclaimed_text_unclaimed(self) -> None:
        assert not is_attributed(joined(A, B.replace(target="changed outside")))


class TestJoiningParagraphs:
    def test_stands_on_the_sentences_of_both_each_once(self) -> None:
        one, two = A.replace(refs=REFS), B.replace(refs=(REFS[1], Ref("rights-groups", "aaaaaaaa")))
        assert joined(one, two).refs == (*REFS, Ref("rights-groups", "aaaaaaaa"))

    def test_that_are_halves_of_one_has_their_draft_once(self) -> None:
        one, two = A.replace(refs=REFS, source="Draft."), B.replace(refs=REFS, source="Draft.")
        assert joined(one, two).source == "Draft."

    def test_of_which_one_is_a_writers_own_has_the_draft_of_the_other(self) -> None:
        drafted, own = A.replace(refs=REFS, source="Draft."), B.replace(source="My own words.")
        assert joined(drafted, own).source == joined(own, drafted).source == "Draft."


class TestSplitting:
    def halves(self, unit: Unit = A, at: str = "the letter.") -> tuple[Unit, Unit]:
        place = unit.target.index(at)
        return split(
            unit, ("유엔은", "서한을 공개했다."), (unit.target[:place].strip(), unit.target[place:]), (), continued=True
        )

    def test_gives_the_first_half_the_id_and_the_second_one_of_its_own(self) -> None:
        first, second = self.halves()
        assert (first.id, second.split, second.continued) == (A.id, A.id, True)
        assert second.id == new_id(f"{A.id}\0서한을 공개했다.", ())

    def test_never_takes_an_id_that_was_in_use(self) -> None:
        taken = {new_id(f"{A.id}\0서한을 공개했다.", ())}
        assert split(A, ("유엔은", "서한을 공개했다."), ("x", "y"), taken, continued=True)[1].id not in taken

    def test_shares_everybodys_words_between_the_halves(self) -> None:
        first, second = self.halves(A.replace(by=(Authorship("claire", T1, 3), Authorship("leejin", T2, 2))))
        assert [each.words for each in first.by] == [2, 1]
        assert [each.words for each in second.by] == [1, 1]

    def test_takes_away_approvals_and_waivers(self) -> None:
        for half in self.halves(waive(approve(A, "eugene", T2), "numbers", "eugene", T2, "why")):
            assert half.approved is None
            assert half.waivers == ()

    def test_leaves_notes_with_the_first(self) -> None:
        told = A.replace(comments=("1",), questions=(Question("x", T1, "", "1?"),), joined=("aaaaaaaa",))
        first, second = self.halves(told)
        assert (first.comments, first.questions, first.joined) == (told.comments, told.questions, told.joined)
        assert (second.comments, second.questions, second.joined) == ((), (), ())

    def test_asks_for_another_look_at_a_text_that_says_more_than_its_source(self) -> None:
        first, second = split(A, ("유엔은", "서한을 공개했다."), (A.target, ""), (), continued=True)
        assert (first.fuzzy, second.fuzzy) == (True, False)
        assert (second.by, second.text) == ((), "")

    def test_a_paragraph_keeps_its_whole_draft_in_both_halves(self) -> None:
        paragraph = A.replace(refs=REFS, source="Draft.")
        first, second = split(paragraph, ("Draft.", "Draft."), (A.target, ""), (), continued=False)
        assert first.source == second.source == "Draft."
        assert first.refs == second.refs == REFS
        assert not first.fuzzy
        assert not second.continued

    def test_leaves_an_unclaimed_text_unclaimed(self) -> None:
        outside = A.replace(target="Changed by somebody: the letter.")
        assert [is_attributed(half) for half in self.halves(outside)] == [False, False]


class TestJoinedNotes:
    def test_the_stricter_limit_of_use_counts_and_of_equal_ones_the_newer(self) -> None:
        on, hold, off = (Use(allowance, "mina", T1) for allowance in ("on", "hold", "off"))
        newer = Use("hold", "eugene", T2)
        assert joined(A.replace(record=off), B.replace(record=hold)).record == off
        assert joined(A, B.replace(record=on)).record == on
        assert joined(A.replace(record=newer), B.replace(record=hold)).record == newer
        assert joined().record is None

    def test_whoever_has_one_half_has_both_the_first_before_the_second(self) -> None:
        mine, yours = Assignment("claire"), Assignment("leejin")
        assert joined(A.replace(assigned=mine), B.replace(assigned=yours)).assigned == mine
        assert joined(A, B.replace(assigned=yours)).assigned == yours

    def test_notes_of_other_versions_are_kept_from_both(self) -> None:
        first, second = Meta("later-key", "1"), Meta("later-key", "2")
        assert joined(A.replace(other=(first,)), B.replace(other=(second,))).other == (first, second)

    def test_what_was_sent_back_on_either_side_is_sent_back(self) -> None:
        other = Act("mina", T2, "closer")
        assert joined(A.replace(returned=ACT), B.replace(returned=other)).returned == ACT
        assert joined(A, B.replace(returned=other)).returned == other

    def test_what_was_seen_and_cited_is_there_once(self) -> None:
        seen = Sighting("mina", T1, "0123456789abcdef")
        both = joined(A.replace(seen=(seen,), cites=("a",)), B.replace(seen=(seen,), cites=("a", "b")))
        assert (both.seen, both.cites) == ((seen,), ("a", "b"))

    def test_both_halves_left_out_are_left_out_and_need_no_other_look(self) -> None:
        both = joined(A.replace(omitted=ACT), B.replace(omitted=ACT))
        assert both.omitted == ACT
        assert not both.fuzzy

    def test_an_old_source_of_the_second_half_is_kept_too(self) -> None:
        assert joined(A, B.replace(previous="옛 문장.", fuzzy=True)).previous == f"{A.source} 옛 문장."

    def test_an_unclaimed_first_half_leaves_the_whole_unclaimed(self) -> None:
        assert not is_attributed(joined(A.replace(target="changed outside"), B))

    def test_without_a_text_nobody_is_credited(self) -> None:
        empty = joined(A.replace(target="", text=""), B.replace(target="", text=""))
        assert (empty.text, sum(each.words for each in empty.by)) == ("", 0)

    def test_paragraphs_on_the_same_sentences_with_other_drafts_have_both_drafts(self) -> None:
        one, two = A.replace(refs=REFS, source="Draft."), B.replace(refs=REFS, source="New draft.")
        assert joined(one, two).source == "Draft. New draft."
        other = B.replace(refs=REFS[:1], source="Draft.")
        assert joined(one, other).source == "Draft. Draft."


class TestNotesOfHalves:
    def halves(self, unit: Unit) -> tuple[Unit, Unit]:
        first, _, second = unit.target.partition(" released ")
        return split(unit, ("유엔은", "서한을 공개했다."), (first, second), (), continued=True)

    def test_what_people_said_stays_with_the_first(self) -> None:
        told = A.replace(
            answers=(Answer("y", T2, "", "1!"),),
            conflicts=(Conflict("z", T2, "2"),),
            other=(Meta("k", "1"),),
            seen=(Sighting("mina", T1, "0123456789abcdef"),),
        )
        first, second = self.halves(told)
        for name in ("answers", "conflicts", "other", "seen"):
            assert (getattr(first, name), getattr(second, name)) == (getattr(told, name), ())

    def test_the_old_source_and_the_doubt_are_those_of_both_halves_with_a_text(self) -> None:
        doubtful = A.replace(previous="옛 문장.", fuzzy=True)
        assert [(half.previous, half.fuzzy) for half in self.halves(doubtful)] == [("옛 문장.", True)] * 2
        sources = ("유엔은", "서한을 공개했다.")
        first, second = split(doubtful, sources, (A.target, ""), (), continued=True)
        assert [(half.source, half.previous, half.fuzzy) for half in (first, second)] == [
            (sources[0], "옛 문장.", True),
            (sources[1], "", False),
        ]

    def test_words_from_a_draft_are_shared_too_and_an_empty_half_has_none(self) -> None:
        drafted = A.replace(by=(Authorship("eugene", T1, 1),), translated=(Share("claire", 4),))
        first, second = split(drafted, ("a", "b"), ("The U.N. released", "the letter."), (), continued=True)
        counted = [
            sum(each.words for each in half.by) + sum(each.words for each in half.translated)
            for half in (first, second)
        ]
        assert counted == [3, 2]
        assert sum(each.words for half in (first, second) for each in half.translated) == 4
        assert split(drafted, ("a", "b"), (A.target, ""), (), continued=True)[1].translated == ()

    def test_a_second_half_with_all_of_the_text_is_the_doubtful_one(self) -> None:
        first, second = split(A, ("유엔은", "서한을 공개했다."), ("", A.target), (), continued=True)
        assert (first.fuzzy, second.fuzzy) == (False, True)
        assert [each.words for each in second.by] == [5]


@st.composite
def attributed(draw: st.DrawFn) -> Unit:
    """Draw a unit whose words all have authors."""
    unit = draw(units())
    text = draw(st.lists(st.sampled_from(["a", "b c", "d.", "서한", "—"]), min_size=1, max_size=5).map(" ".join))
    first = draw(st.integers(0, len(words(text))))
    by = (Authorship("claire", T1, first), Authorship("leejin", T2, len(words(text)) - first))
    return unit.replace(target=text, by=by, translated=(), text=digest(text), refs=(), conflicts=())


class TestNothingIsLost:
    @given(units(), units())
    def test_by_joining(self, first: Unit, second: Unit) -> None:
        both = joined(first, second)
        assert without_spaces(both.target) == without_spaces(first.target + second.target)
        if not first.refs and not second.refs:
            assert without_spaces(both.source) == without_spaces(first.source + second.source)
        assert {second.id, *first.joined, *second.joined} <= set(both.joined)
        assert {*first.refs, *second.refs} == set(both.refs)
        assert not is_approved(both)
        assert not (both.fuzzy and not both.target)

    @given(attributed(), st.data())
    def test_by_splitting_and_joining_again(self, unit: Unit, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(unit.target.split(" "))))
        pieces = unit.target.split(" ")
        target = (" ".join(pieces[:at]), " ".join(pieces[at:]))
        halves = split(unit, ("가", "나"), target, {unit.id}, continued=True)
        for half in halves:
            assert sum(each.words for each in half.by) == len(words(half.target))
            assert not (half.fuzzy and not half.target)
        again = joined(*halves)
        assert (again.id, again.target) == (unit.id, unit.target)
        assert {each.who: each.words for each in again.by} == {each.who: each.words for each in unit.by}
        assert halves[1].id in again.joined

    def test_approvals_are_never_those_of_another_text(self) -> None:
        mark = Approval("eugene", T2, digest("x"))
        waiver = Waiver("numbers", "eugene", T2, digest("x"), "why")
        both = joined(A.replace(approved=mark, waivers=(waiver,)), B)
        assert (both.approved, both.waivers) == (None, ())


@pytest.mark.parametrize(
    ("target", "is_whole"),
    [
        (("He spoke.", "She left."), True),
        (("He", "spoke. She left."), False),
        (("He spoke. She left.", ""), False),
        (("He spoke. She left.", "They stayed."), False),
    ],
)
def test_halves_that_nobody_confirmed_are_fuzzy_unless_both_are_whole_sentences(
    target: tuple[str, str], is_whole: bool
) -> None:
    unit = A.replace(source="그가 말했다. 그는 떠났다.", target=" ".join(filter(None, target)), fuzzy=False)
    halves = split(unit, ("그가 말했다.", "그는 떠났다."), target, (), continued=True)
    assert [half.fuzzy for half in halves if half.target] == [not is_whole] * len([half for half in target if half])
