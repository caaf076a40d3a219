"""Effort: who confirmed, reviewed and corrected a unit first, from the versions in the history."""

from __future__ import annotations

import pytest

from transflow.digests import approval, digest
from transflow.model.unit import Act, Approval, Assignment, Authorship, Share, Unit
from transflow.units import workflow
from transflow.units.effort import Confirmed, DoneWork, Effort, Version, efforts

ID = "k7f3q2mx"
EMPTY = Unit(ID, "유엔은 서한을 공개했다.")
TEXT = "The U.N. released the letter."


def at(hour: int) -> str:
    return f"2024-03-26T{hour:02}:00:00Z"


def said(who: str, hour: int, text: str = TEXT, words: int = 0, unit: Unit = EMPTY) -> Unit:
    """Return the unit with a text of one person."""
    by = (Authorship(who, at(hour), words or len(text.split())),)
    return unit.replace(target=text, by=by, text=digest(text))


def version(hour: int, unit: Unit) -> Version:
    """Return a version that was committed at an hour; 0 for one that is not committed."""
    return Version(at(hour) if hour else "", unit, workflow.state(unit))


def approved(unit: Unit, who: str, hour: int) -> Unit:
    return unit.replace(approved=Approval(who, at(hour), approval(unit.id, unit.source, unit.target)))


def effort(*versions: Version) -> Effort:
    return efforts({ID: versions})[ID]


class TestConfirmed:
    def test_is_the_first_text_of_a_person_whatever_the_order_of_versions(self) -> None:
        first, second = version(2, said("claire", 2)), version(4, said("leejin", 4, "The U.N. made it public."))
        expected = Confirmed("claire", at(2), 5, {"claire": 5}, at(1))
        for versions in ((version(1, EMPTY), first, second), (second, first, version(1, EMPTY))):
            assert effort(*versions).confirmed == expected

    def test_is_nothing_while_the_text_is_fuzzy_or_a_machines_or_nobodys(self) -> None:
        draft = said("claire", 2).replace(fuzzy=True)
        for unit in (EMPTY, draft, said("mt:deepl/v2", 2), said("claire", 2).replace(by=())):
            assert effort(version(2, unit)) == Effort()

    def test_of_several_people_at_one_time_is_by_the_last_in_the_list(self) -> None:
        both = said("claire", 2).replace(by=(Authorship("claire", at(2), 3), Authorship("leejin", at(2), 2)))
        found = effort(version(3, both)).confirmed
        assert found is not None
        assert (found.who, found.written) == ("leejin", {"claire": 3, "leejin": 2})

    def test_counts_the_words_of_translators_and_not_those_of_machines(self) -> None:
        unit = said("eugene", 2, words=1).replace(
            translated=(Share("claire", 3), Share("eugene", 1), Share("mt:deepl/v2", 2))
        )
        found = effort(version(2, unit)).confirmed
        assert found is not None
        assert found.written == {"eugene": 2, "claire": 3}

    def test_is_the_earlier_commit_of_two_versions_of_one_time(self) -> None:
        unit = said("claire", 2)
        longer = unit.replace(target=f"{TEXT} It did.")
        found = effort(version(5, longer), version(3, unit), version(0, longer)).confirmed
        assert found is not None
        assert found.words == 5

    def test_does_not_count_a_half_whose_words_were_counted_before_it_was_split_off(self) -> None:
        half = said("claire", 2, "released the letter.").replace(id="b4tq9z2a", split=ID)
        own = said("leejin", 5, "Nobody knew.").replace(id="b4tq9z2b", split=ID)
        lone = half.replace(id="b4tq9z2c", split="zzzzzzzz")
        units = {ID: said("claire", 2), half.id: half, own.id: own, lone.id: lone}
        found = efforts({name: (version(6, unit),) for name, unit in units.items()})
        assert [bool(found[name].confirmed) for name in units] == [True, False, True, True]


class TestWaiting:
    def test_begins_when_the_unit_is_assigned_to_whoever_confirms_it(self) -> None:
        others = EMPTY.replace(assigned=Assignment("leejin"))
        mine = EMPTY.replace(assigned=Assignment("claire"))
        done = said("claire", 5).replace(assigned=Assignment("claire"))
        found = effort(version(1, EMPTY), version(2, others), version(3, mine), version(5, done)).confirmed
        assert found is not None
        assert found.began == at(3)

    def test_begins_when_the_unit_is_added_if_nobody_is_assigned(self) -> None:
        found = effort(version(2, EMPTY), version(5, said("claire", 5))).confirmed
        assert found is not None
        assert found.began == at(2)

    @pytest.mark.parametrize("hour", [0, 6])
    def test_is_unknown_if_no_version_is_older_than_the_text(self, hour: int) -> None:
        found = effort(version(hour, said("claire", 5))).confirmed
        assert found is not None
        assert found.began == ""


class TestDrafts:
    def test_are_the_machines_last_text_before_somebody_changed_it(self) -> None:
        first, second = said("mt:deepl/v2", 1, "One two three."), said("mt:openai/gpt", 2, "One two three four.")
        mixed = said("claire", 3).replace(by=(Authorship("mt:openai/gpt", at(2), 2), Authorship("claire", at(3), 3)))
        found = effort(version(2, second), version(1, first), version(3, mixed)).confirmed
        assert found is not None
        assert (found.engine, found.drafted, found.survived) == ("mt:openai/gpt", 4, 2)

    def test_that_no_version_has_alone_count_as_long_as_the_text(self) -> None:
        mixed = said("claire", 3).replace(by=(Authorship("mt:deepl/v2", at(2), 2), Authorship("claire", at(3), 3)))
        found = effort(version(3, mixed)).confirmed
        assert found is not None
        assert (found.engine, found.drafted, found.survived) == ("mt:deepl/v2", 5, 2)

    def test_are_none_where_a_person_wrote_it_all(self) -> None:
        found = effort(version(3, said("claire", 3))).confirmed
        assert found is not None
        assert (found.engine, found.drafted, found.survived) == ("", 0, 0)


class TestLaterWork:
    def test_every_approval_is_a_review_of_the_text_that_stood_there(self) -> None:
        unit, longer = said("claire", 2), said("claire", 4, f"{TEXT} It did.")
        found = effort(
            version(2, unit),
            version(3, approved(unit, "mina", 3)), version(5, approved(longer, "noah", 5)),
            version(6, approved(longer, "noah", 5)),
        )  # fmt: skip
        assert found.reviewed == (DoneWork("mina", "claire", at(3), 5), DoneWork("noah", "claire", at(5), 7))

    def test_an_approval_of_what_nobody_confirmed_is_a_review_all_the_same(self) -> None:
        unit = approved(said("mt:deepl/v2", 2), "mina", 3)
        assert effort(Version(at(3), unit, "approved")) == Effort(reviewed=(DoneWork("mina", "", at(3), 5),))

    def test_the_first_change_by_somebody_else_is_the_correction(self) -> None:
        mine = said("claire", 3, "The U.N. published it.")
        theirs, last = said("leejin", 4, "The U.N. showed it."), said("sora", 5, "It was shown by them.")
        found = effort(version(5, last), version(2, said("claire", 2)), version(3, mine), version(4, theirs))
        assert found.corrected == DoneWork("leejin", "claire", at(4), 4)

    def test_a_change_of_the_same_time_is_a_correction_if_it_was_committed_later(self) -> None:
        first, other = said("claire", 2), said("leejin", 2, "The U.N. showed it.")
        later = effort(version(3, first), version(4, other.replace(by=(*first.by, *other.by))))
        assert later.corrected == DoneWork("leejin", "claire", at(2), 4)
        assert effort(version(3, first), version(2, other.replace(fuzzy=True))).corrected is None

    def test_a_change_of_the_same_time_that_is_not_committed_yet_is_a_correction(self) -> None:
        first = said("claire", 2)
        other = said("leejin", 2, "The U.N. showed it.")
        found = effort(version(3, first), version(0, other.replace(by=(*first.by, *other.by))))
        assert found.corrected == DoneWork("leejin", "claire", at(2), 4)

    def test_a_machines_later_text_is_no_correction(self) -> None:
        assert effort(version(2, said("claire", 2)), version(4, said("mt:deepl/v2", 4, "Other."))).corrected is None

    def test_a_send_back_counts_once_and_only_after_the_confirmation(self) -> None:
        unit = said("claire", 2)
        early = unit.replace(returned=Act("mina", at(1), "Closer."), fuzzy=True)
        late = unit.replace(returned=Act("mina", at(4), "Closer."), fuzzy=True)
        found = effort(version(1, early), version(2, unit), version(4, late), version(5, late))
        assert found.sent_back == (DoneWork("mina", "claire", at(4), 5),)


def test_a_text_that_was_sent_back_before_anybody_recorded_it_counts() -> None:
    returned = said("claire", 2).replace(fuzzy=True, returned=Act("mina", at(3), "Which letter?"))
    assert effort(version(0, returned)).sent_back == (DoneWork("mina", "claire", at(3), 5),)
    assert effort(version(0, returned.replace(by=()))) == Effort()
