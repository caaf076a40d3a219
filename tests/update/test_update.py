"""Updates after a report changed: sentences, translations, approvals, joins and splits."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import paths
from transflow.digests import approval, digest, new_id
from transflow.model.catalog import Catalog
from transflow.model.report import Block, Segment
from transflow.model.unit import Act, Approval, Authorship, Conflict, Kind, Unit, Use
from transflow.text import without_spaces
from transflow.update import Changed, Changes, update
from transflow.update.align import (
    equal_anywhere,
    equal_in_order,
    gaps,
    longest_rising,
    similar_anywhere,
    similar_in_order,
)

NOW = "2024-03-26T09:00:00Z"
EARLIER = "2024-03-25T09:00:00Z"
GOLDEN = paths.TESTS / "golden" / "update"


def at_full_stops(text: str, language: str = "ko") -> list[Segment]:
    """Split a text after each full stop followed by white space; a segmenter for tests."""
    return [Segment(hit[0], "", *hit.span()) for hit in re.finditer(r"\S(?:.*?\.(?=\s|$)|.*\S)", text)]


def paragraphs(*texts: str) -> list[Block]:
    return [Block("paragraph", text) for text in texts]


def updated(blocks: Sequence[Block], catalog: Catalog, now: str = NOW) -> tuple[Catalog, Changes]:
    return update(blocks, catalog, now, split=at_full_stops)


def approved(unit: Unit) -> Unit:
    """Return the unit translated by Claire and approved by Eugene."""
    target = unit.target or f"English of {unit.source}"
    return unit.replace(
        target=target,
        by=(Authorship("claire", EARLIER, 3),),
        text=digest(target),
        approved=Approval("eugene", EARLIER, approval(unit.id, unit.source, target)),
    )


def finished(*texts: str) -> Catalog:
    """Return the catalog of a report with these paragraphs, translated and approved."""
    catalog, _ = updated(paragraphs(*texts), Catalog())
    return catalog.replace(units=tuple(approved(unit) for unit in catalog.units))


def joined(catalog: Catalog, index: int) -> Catalog:
    """Return the catalog with a unit joined by a person with the next one."""
    first, second = catalog.units[index : index + 2]
    whole = first.replace(
        source=f"{first.source} {second.source}",
        target=f"{first.target} {second.target}".strip(),
        joined=(*first.joined, second.id, *second.joined),
        approved=None,
    )
    return catalog.replace(units=(*catalog.units[:index], whole, *catalog.units[index + 2 :]))


def divided(catalog: Catalog, index: int, word: int) -> Catalog:
    """Return the catalog with a unit split by a person before one of its words."""
    unit = catalog.units[index]
    words = unit.source.split()
    taken = {each.id for each in (*catalog.units, *catalog.obsolete)}.union(*(each.joined for each in catalog.units))
    second = Unit(
        new_id(f"{unit.id} {unit.source}", taken),
        " ".join(words[word:]),
        target="second half" if unit.target else "",
        kind=unit.kind,
        continued=True,
        split=unit.id,
    )
    first = unit.replace(source=" ".join(words[:word]), approved=None)
    return catalog.replace(units=(*catalog.units[:index], first, second, *catalog.units[index + 1 :]))


def sources(catalog: Catalog) -> list[str]:
    return [unit.source for unit in catalog.units]


class TestNewReport:
    def test_every_sentence_becomes_a_unit_that_knows_its_block(self) -> None:
        catalog, changes = updated(
            [Block("headline", "제목. 둘."), Block("table cell", "하나. 둘.", "row"), Block("quote", "셋.")], Catalog()
        )
        assert [(unit.kind, unit.variant, unit.continued, unit.source) for unit in catalog.units] == [
            ("headline", "", False, "제목. 둘."),
            ("table cell", "row", False, "하나."),
            ("table cell", "row", True, "둘."),
            ("quote", "", False, "셋."),
        ]
        assert changes == Changes(added=tuple(unit.id for unit in catalog.units))

    def test_ids_come_from_the_source_and_never_repeat(self) -> None:
        catalog, _ = updated(paragraphs("같다. 같다.", "같다."), Catalog())
        first, second, third = (unit.id for unit in catalog.units)
        assert first == new_id("같다.", set())
        assert second == new_id("같다.", {first})
        assert third == new_id("같다.", {first, second})

    def test_ids_of_obsolete_and_joined_units_are_taken(self) -> None:
        first, second = new_id("같다.", set()), new_id("같다.", {new_id("같다.", set())})
        old = Catalog(
            obsolete=(Unit(first, "다른 말.", redacted=Act("kim", EARLIER)), Unit("aaaaaaaa", "b", joined=(second,)))
        )
        catalog, _ = updated(paragraphs("같다."), old)
        assert catalog.units[0].id == new_id("같다.", {first, second})

    @pytest.mark.parametrize("kind", ["headline", "deck", "subhead"])
    def test_headlines_decks_and_subheads_stay_whole(self, kind: Kind) -> None:
        catalog, _ = updated([Block(kind, "하나. 둘.")], Catalog())
        assert sources(catalog) == ["하나. 둘."]

    def test_empty_blocks_have_no_units(self) -> None:
        assert updated([Block("paragraph", " \t"), Block("paragraph", "")], Catalog())[0].units == ()


class TestSameReport:
    def test_the_very_same_catalog_comes_back(self) -> None:
        catalog = finished("하나. 둘.", "셋.")
        again, changes = updated(paragraphs("하나. 둘.", "셋."), catalog)
        assert again is catalog
        assert changes == Changes(unchanged=3)
        assert not changes

    def test_white_space_is_no_change_and_the_approved_source_stays_to_the_letter(self) -> None:
        catalog = finished("하나 둘. 셋.", "넷.")
        again, changes = updated(paragraphs("하나둘.  셋.", "넷. 새 문장."), catalog)
        assert again.units[:3] == catalog.units
        assert not changes.changed

    def test_a_block_of_another_kind_keeps_its_units(self) -> None:
        catalog = finished("하나. 둘.")
        again, changes = updated([Block("quote", "하나. 둘.")], catalog)
        assert again.units == tuple(unit.replace(kind="quote") for unit in catalog.units)
        assert not changes


class TestChangedSentence:
    OLD = "정부는 11일 새로운 대책을 발표했다고 전했다."
    NEW = "정부는 12일 새로운 종합 대책을 발표했다고 전했다."

    def test_it_keeps_id_target_and_history_and_needs_another_look(self) -> None:
        catalog = finished(f"{self.OLD} 그대로다.")
        old = catalog.units[0]
        again, changes = updated(paragraphs(f"{self.NEW} 그대로다."), catalog)
        assert again.units[0] == old.replace(source=self.NEW, previous=self.OLD, fuzzy=True, approved=None)
        assert again.units[1] == catalog.units[1]
        assert changes == Changes(changed=(Changed(old.id, self.OLD, self.NEW),), unchanged=1)

    def test_without_a_target_it_only_gets_the_new_source(self) -> None:
        catalog, _ = updated(paragraphs(self.OLD), Catalog())
        again, _ = updated(paragraphs(self.NEW), catalog)
        assert again.units == (catalog.units[0].replace(source=self.NEW),)

    def test_an_older_confirmed_source_stays_the_previous_one(self) -> None:
        catalog, _ = updated(paragraphs(self.NEW), finished(self.OLD))
        third = self.NEW.replace("종합", "특별")
        again, _ = updated(paragraphs(third), catalog)
        assert (again.units[0].source, again.units[0].previous) == (third, self.OLD)

    def test_an_omitted_sentence_that_changed_is_looked_at_again(self) -> None:
        catalog = finished(f"{self.OLD} 그대로다.")
        omitted = Act("claire", EARLIER, "지난 기사에 있음")
        catalog = catalog.replace(units=tuple(unit.replace(omitted=omitted) for unit in catalog.units))
        again, _ = updated(paragraphs(f"그대로다. {self.NEW}"), catalog)
        assert [unit.omitted for unit in again.units] == [omitted, None]

    @pytest.mark.parametrize("headline", ["[2보] 지진", "[종합] 지진", "지진", "지진(종합2보)"])
    def test_a_headline_of_which_only_the_tag_changed_keeps_its_translation(self, headline: str) -> None:
        old, _ = updated([Block("headline", "[속보] 지진")], Catalog())
        old = old.replace(units=tuple(map(approved, old.units)))
        (unit,) = updated([Block("headline", headline)], old)[0].units
        assert (unit.source, unit.target, unit.fuzzy, unit.previous) == (headline, old.units[0].target, False, "")
        assert unit.approved is None

    @pytest.mark.parametrize("headline", ["[2보] 큰 지진", "[정정] 지진", "[전문취소] 지진", "[서울] 지진"])
    def test_any_other_change_of_a_headline_is_one(self, headline: str) -> None:
        old, _ = updated([Block("headline", "[속보] 지진")], Catalog())
        old = old.replace(units=tuple(map(approved, old.units)))
        (unit,) = updated([Block("headline", headline)], old)[0].units
        assert (unit.fuzzy, unit.previous) == (True, "[속보] 지진")

    def test_a_headline_is_the_headline_however_it_is_worded(self) -> None:
        catalog, _ = updated([Block("headline", "쌀값 올라"), *paragraphs("그대로다.")], Catalog())
        again, changes = updated([Block("headline", "전혀 다른 제목"), *paragraphs("그대로다.")], catalog)
        assert [unit.id for unit in again.units] == [unit.id for unit in catalog.units]
        assert changes.changed == (Changed(catalog.units[0].id, "쌀값 올라", "전혀 다른 제목"),)


class TestOldSourceReturned:
    OLD, NEW = TestChangedSentence.OLD, TestChangedSentence.NEW

    def returned(self, **fields: object) -> tuple[Unit, Unit, Changes]:
        """Return a unit whose source was changed and changed back."""
        catalog = finished(self.OLD)
        catalog = catalog.replace(units=(catalog.units[0].replace(**fields),))
        changed, _ = updated(paragraphs(self.NEW), catalog)
        again, changes = updated(paragraphs(self.OLD.replace(" ", "  ")), changed)
        return catalog.units[0], again.units[0], changes

    def test_previous_and_fuzzy_go_but_the_approval_does_not_return(self) -> None:
        before, after, changes = self.returned()
        assert after == before.replace(approved=None)
        assert changes == Changes(restored=(before.id,))

    @pytest.mark.parametrize(
        "fields",
        [
            {"returned": Act("eugene", EARLIER)},
            {"conflicts": (Conflict("leejin", EARLIER, "Another."),)},
            {"by": (Authorship("mt:deepl/v2", NOW, 3), Authorship("claire", EARLIER, 1))},
        ],
        ids=["sent back", "in conflict", "drafted by a machine"],
    )
    def test_a_unit_that_was_fuzzy_for_another_reason_stays_so(self, fields: dict[str, object]) -> None:
        before, after, _ = self.returned(fuzzy=True, approved=None, **fields)
        assert after == before

    def test_a_person_who_worked_on_a_machine_draft_last_makes_it_whole(self) -> None:
        _, after, _ = self.returned(by=(Authorship("mt:deepl/v2", EARLIER, 3), Authorship("claire", NOW, 1)))
        assert not after.fuzzy

    def test_it_is_found_though_the_two_wordings_have_nothing_in_common(self) -> None:
        unit = Unit("aaaaaaaa", "전혀 다른 말이 있다.", "text", fuzzy=True, previous="처음에는 이랬다.")
        again, changes = updated(paragraphs("새 문장이다.", "처음에는 이랬다."), Catalog(units=(unit,)))
        assert again.units[1] == unit.replace(source="처음에는 이랬다.", previous="", fuzzy=False)
        assert changes.restored == ("aaaaaaaa",)


class TestMoved:
    def test_a_sentence_that_moved_to_another_block_is_still_approved(self) -> None:
        catalog = finished("가나. 다라.", "마바. 사아.")
        again, changes = updated(paragraphs("다라.", "마바. 사아. 가나."), catalog)
        first, second, third, fourth = catalog.units
        assert again.units == (
            second.replace(continued=False),
            third,
            fourth,
            first.replace(continued=True, moved=NOW),
        )
        assert changes == Changes(moved=(first.id,), unchanged=3)

    def test_only_the_fewest_units_are_marked_when_a_block_moves(self) -> None:
        catalog = finished("하나. 둘. 셋.", "넷.")
        again, changes = updated(paragraphs("넷.", "하나. 둘. 셋."), catalog)
        assert changes.moved == (catalog.units[3].id,)
        assert [unit.moved for unit in again.units] == [NOW, "", "", ""]

    def test_insertions_deletions_and_new_paragraphs_move_nothing(self) -> None:
        catalog = finished("하나. 둘. 셋. 넷.")
        _, changes = updated(paragraphs("새 문장.", "하나.", "셋. 새 말. 넷."), catalog)
        assert changes.moved == ()

    def test_a_long_sentence_may_move_and_change(self) -> None:
        text = "소식통은 이 지역 시장에서 쌀값이 한 달 사이에 두 배로 올랐다고 전했다."
        catalog = finished(text, "하나.", "둘.")
        again, changes = updated(paragraphs("하나.", "둘.", text.replace("두 배", "세 배")), catalog)
        assert again.units[2].id == catalog.units[0].id
        assert again.units[2].previous == text
        assert changes.moved == (catalog.units[0].id,)
        assert [each.id for each in changes.changed] == [catalog.units[0].id]


class TestRemovedAndRevived:
    def test_a_deleted_sentence_becomes_obsolete_and_returns_with_everything_it_had(self) -> None:
        catalog = finished("하나. 둘. 셋.")
        gone, removal = updated(paragraphs("하나. 셋."), catalog)
        assert gone.obsolete == (catalog.units[1],)
        assert removal == Changes(removed=(catalog.units[1].id,), unchanged=2)
        back, revival = updated(paragraphs("하나. 둘. 셋."), gone)
        assert back == catalog
        assert revival == Changes(revived=(catalog.units[1].id,), unchanged=2)

    def test_one_without_a_translation_is_kept_too_so_that_its_id_is_not_reused(self) -> None:
        catalog, _ = updated(paragraphs("하나. 둘."), Catalog())
        gone, _ = updated(paragraphs("하나."), catalog)
        assert gone.obsolete == (catalog.units[1],)

    def test_redacted_text_is_never_revived(self) -> None:
        secret = Unit("aaaaaaaa", "둘.", "Two.", redacted=Act("eugene", EARLIER))
        again, changes = updated(paragraphs("둘."), Catalog(obsolete=(secret,)))
        assert again.obsolete == (secret,)
        assert again.units[0].target == ""
        assert changes.revived == ()

    def test_of_two_equal_ones_the_translated_one_is_revived(self) -> None:
        bare, translated = Unit("aaaaaaaa", "둘."), Unit("bbbbbbbb", "둘.", "Two.")
        again, _ = updated(paragraphs("둘."), Catalog(obsolete=(bare, translated)))
        assert (again.units, again.obsolete) == ((translated,), (bare,))

    def test_one_deleted_after_a_change_returns_to_the_source_it_was_translated_from(self) -> None:
        changed = Unit("aaaaaaaa", "둘과 셋.", "Two.", fuzzy=True, previous="둘.")
        again, changes = updated(paragraphs("둘."), Catalog(obsolete=(changed,)))
        assert again.units == (Unit("aaaaaaaa", "둘.", "Two."),)
        assert (changes.revived, changes.restored) == (("aaaaaaaa",), ("aaaaaaaa",))

    def test_a_paragraph_that_is_copied_and_then_deleted_at_its_old_place_keeps_its_translation(self) -> None:
        catalog = finished("하나. 둘.", "셋.")
        copied, _ = updated(paragraphs("하나. 둘.", "셋.", "하나. 둘."), catalog)
        again, changes = updated(paragraphs("셋.", "하나. 둘."), copied)
        assert [unit.target for unit in again.units] == [f"English of {unit.source}" for unit in again.units]
        assert all(unit.approved for unit in again.units)
        assert len(changes.removed) == 2

    def test_its_exact_return_goes_before_a_new_wording_of_another_sentence(self) -> None:
        old, other = "그 단체는 오늘 성명을 냈다고 밝혔다.", "그 단체는 어제 성명을 냈다고 밝혔다."
        catalog = finished(old)
        gone = updated(paragraphs(other), catalog.replace(units=(), obsolete=catalog.units))[0]
        back, _ = updated(paragraphs(old), gone)
        assert back.units == catalog.units


class TestJoinsAndSplits:
    TEXT = "소식통은 시장을 말했다. 그는 이어 쌀을 말했다. 가격은 아직 높다."

    def test_an_unchanged_block_keeps_them_wherever_it_goes(self) -> None:
        catalog = divided(joined(finished(self.TEXT, "다른 단락이다."), 0), 1, 1)
        again, _ = updated(paragraphs("다른 단락이다.", self.TEXT), catalog)
        assert sources(again)[1:] == ["소식통은 시장을 말했다. 그는 이어 쌀을 말했다.", "가격은", "아직 높다."]
        assert {unit.id for unit in again.units} == {unit.id for unit in catalog.units}

    def test_a_join_survives_a_change_beside_it(self) -> None:
        catalog = joined(finished(self.TEXT), 0)
        again, changes = updated(paragraphs(self.TEXT.replace("아직 높다", "이제 낮다")), catalog)
        assert again.units[0] == catalog.units[0]
        assert changes.unchanged == 1

    def test_a_join_survives_a_change_in_it_that_leaves_the_words_at_the_boundary(self) -> None:
        catalog = joined(finished(self.TEXT), 0)
        again, changes = updated(paragraphs(self.TEXT.replace("쌀을", "옥수수를")), catalog)
        assert again.units[0].source == "소식통은 시장을 말했다. 그는 이어 옥수수를 말했다."
        assert again.units[0].joined == catalog.units[0].joined
        assert [each.id for each in changes.changed] == [catalog.units[0].id]

    def test_a_join_ends_where_the_words_at_the_boundary_changed(self) -> None:
        catalog = joined(finished(self.TEXT), 0)
        again, _ = updated(paragraphs(self.TEXT.replace("그는 이어", "상인도 다시")), catalog)
        assert sources(again)[:2] == ["소식통은 시장을 말했다.", "상인도 다시 쌀을 말했다."]
        assert catalog.units[0].id in {unit.id for unit in again.units}

    def test_a_join_ends_where_a_sentence_comes_between(self) -> None:
        catalog = joined(finished(self.TEXT), 0)
        again, _ = updated(paragraphs(self.TEXT.replace("그는", "새 문장이다. 그는")), catalog)
        assert len(again.units) == 4

    def test_a_split_survives_a_change_beside_it(self) -> None:
        catalog = divided(finished(self.TEXT), 1, 2)
        again, _ = updated(paragraphs(self.TEXT.replace("아직 높다", "이제 낮다")), catalog)
        assert again.units[:3] == catalog.units[:3]

    def test_a_split_ends_where_its_words_changed(self) -> None:
        catalog = divided(finished(self.TEXT), 1, 2)
        again, _ = updated(paragraphs(self.TEXT.replace("그는 이어 쌀을", "그는 쌀을")), catalog)
        assert "그는 쌀을 말했다." in sources(again)
        assert {unit.target for unit in catalog.units} <= {unit.target for unit in (*again.units, *again.obsolete)}

    def test_they_follow_a_block_that_moved_and_changed(self) -> None:
        catalog = divided(joined(finished(self.TEXT, "다른 단락이다.", "또 하나다."), 0), 1, 1)
        again, _ = updated(paragraphs("다른 단락이다.", "또 하나다.", f"앞 문장. {self.TEXT}"), catalog)
        assert sources(again)[3:] == ["소식통은 시장을 말했다. 그는 이어 쌀을 말했다.", "가격은", "아직 높다."]

    def test_they_follow_a_block_that_moved_and_changed_in_the_very_sentence(self) -> None:
        catalog = divided(finished("다른 단락이다.", "그러나 석탄은 오지 않았고 아이들은 외투를 입고 앉아 있다."), 1, 4)
        again, _ = updated(
            paragraphs("그러나 석탄은 오지 않았고 아이들은 외투와 장갑을 끼고 앉아 있다.", "다른 단락이다."), catalog
        )
        assert sources(again)[0] == "그러나 석탄은 오지 않았고"
        assert again.units[1].id == catalog.units[2].id

    def test_they_survive_when_a_paragraph_is_divided_or_two_become_one(self) -> None:
        catalog = joined(finished(self.TEXT, "다른 단락이다."), 0)
        again, changes = updated(
            paragraphs("소식통은 시장을 말했다. 그는 이어 쌀을 말했다.", "가격은 아직 높다. 다른 단락이다."), catalog
        )
        assert [unit.replace(continued=False) for unit in again.units] == [
            unit.replace(continued=False) for unit in catalog.units
        ]
        assert not changes

    def test_another_paragraph_with_the_same_two_words_does_not_inherit_a_join(self) -> None:
        catalog = joined(finished("소식통은 어제 시장을 말했다. 그는 이어 쌀을 찾았다고 밝혔다."), 0)
        again, _ = updated(paragraphs("관리는 학교 이야기를 말했다. 그는 단지 편지 한 통만 썼다."), catalog)
        assert sources(again) == ["관리는 학교 이야기를 말했다.", "그는 단지 편지 한 통만 썼다."]

    def test_a_join_does_not_reach_over_the_end_of_a_paragraph(self) -> None:
        catalog = joined(finished(self.TEXT), 0)
        again, _ = updated(paragraphs("소식통은 시장을 말했다.", "그는 이어 쌀을 말했다. 가격은 아직 높다."), catalog)
        assert sources(again) == ["소식통은 시장을 말했다.", "그는 이어 쌀을 말했다.", "가격은 아직 높다."]


class TestAlikeSentences:
    """Rewordings that count as the same sentence."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("정부는 11일 새 대책을 발표했다.", "정부는 12일 오후 새 종합 대책을 발표했다고 밝혔다."),
            ("주민 3명이 숨지고 12명이 다쳤다.", "주민 5명이 숨지고 20여 명이 다친 것으로 확인됐다."),
            ("단체는 10월까지 조사를 마치고 결과를 공개할 예정이라고 밝혔다.", "단체는 10월까지 조사를 마칠 예정이다."),
            (
                "당국은 편지를 쓴 사람을 찾고 있다고 소식통이 전했다.",
                "소식통은 당국이 편지를 쓴 사람을 찾고 있다고 말했다.",
            ),
            ("“우리는 듣지 못했다”고 그는 말했다.", "그는 “우리는 듣지 못했다”고 말했다."),
            ("12.5%", "13.1%"),
        ],
        ids=["clause added", "numbers changed", "halved", "turned round", "attribution moved", "a figure in a cell"],
    )
    def test_a_reworded_sentence_is_recognised(self, old: str, new: str) -> None:
        assert similar_in_order([without_spaces(old)], [without_spaces(new)]) == [(0, 0)]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("아니다.", "그렇다."),
            ("쌀값이 올랐다.", "비가 내렸다."),
            ("서울", "평양"),
            ("단체는 결과를 곧 공개한다.", "정부는 침묵했다."),
        ],
    )
    def test_two_sentences_that_share_an_ending_are_two(self, old: str, new: str) -> None:
        assert similar_in_order([without_spaces(old)], [without_spaces(new)]) == []

    def test_of_two_sentences_that_the_reporter_merged_the_longer_part_goes_on(self) -> None:
        short, long = "주민들은 걱정한다.", "당국은 아직 아무런 대책도 내놓지 않았다고 소식통은 전했다."
        merged = "주민들은 걱정하지만 당국은 아직 아무런 대책도 내놓지 않았다고 소식통은 전했다."
        catalog = finished(f"{short} {long}")
        again, changes = updated(paragraphs(merged), catalog)
        assert (again.units[0].previous, again.obsolete[0].source) == (long, short)
        assert changes.removed == (catalog.units[0].id,)

    def test_one_strong_pair_goes_before_two_weak_ones(self) -> None:
        old = ["가나다라마바사아자차카타파하거너더러머버", "고노도로모보소오조초코토포호구누두루무부"]
        new = [old[0][:9] + "123가나다", old[0]]
        assert similar_in_order(old, new) == [(0, 1)]


# Golden files: NAME.before.md (with {+} between sentences that people joined, {/} where they split
# one), NAME.after.md, and NAME.happened.txt. Set WRITE_GOLDENS to write the last one again; then
# read it.

KIND_MARKS: dict[str, Kind] = {
    "# ": "headline",
    "^ ": "deck",
    "## ": "subhead",
    "> ": "quote",
    "- ": "list item",
    "| ": "table cell",
}


def blocks_of(text: str) -> list[Block]:
    """Return one block per line; a sign at its beginning gives its kind."""
    found = []
    for line in filter(None, text.splitlines()):
        mark = next((mark for mark in KIND_MARKS if line.startswith(mark)), "")
        found.append(Block(KIND_MARKS[mark] if mark else "paragraph", line.removeprefix(mark)))
    return found


def as_people_left_it(marked: str) -> Catalog:
    """Return the approved catalog, with the joins and splits that the text shows."""
    plain = re.sub(r" ?\{[+/]\}", "", marked)
    catalog, _ = update(blocks_of(plain), Catalog(), EARLIER)
    lines = "".join(block.text for block in blocks_of(marked))
    for hit in re.finditer(r"\{([+/])\}", lines):
        place = len(without_spaces(re.sub(r"\{[+/]\}", "", lines[: hit.start()])))
        for index, unit in enumerate(catalog.units):
            size = len(without_spaces(unit.source))
            if hit[1] == "+" and place == size:
                catalog = joined(catalog, index)
            elif hit[1] == "/" and 0 < place < size:
                words = unit.source.split()
                catalog = divided(catalog, index, next(n for n in range(size) if len("".join(words[:n])) == place))
            place -= size
    return catalog.replace(units=tuple(approved(unit) for unit in catalog.units))


def what_happened(before: Catalog, after: Catalog, changes: Changes) -> str:
    """Return the old position of every new sentence, then the removed sentences."""
    old = {unit.id: (number, unit) for number, unit in enumerate(before.units, 1)}
    lines = []
    for number, unit in enumerate(after.units, 1):
        was = old.get(unit.id)
        words = [word for word, ids in (("added", changes.added), ("moved", changes.moved)) if unit.id in ids]
        words += ["changed"] * any(unit.id == each.id for each in changes.changed)
        words += ["approved" if unit.approved else "fuzzy" if unit.fuzzy else "untranslated"]
        place = f"{number:2} was {was[0]:2}" if was else f"{number:2}       "
        lines.append(f"{place}  {', '.join(words):23} {'  ' if unit.continued else '¶ '}{unit.source}")
        if unit.previous:
            lines.append(f"{'':34}← {unit.previous}")
    lines += [f"   was {old[each][0]:2}  {'removed':23}   {old[each][1].source}" for each in changes.removed]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("name", sorted(path.name.removesuffix(".before.md") for path in GOLDEN.glob("*.before.md")))
def test_golden(name: str) -> None:
    before = as_people_left_it((GOLDEN / f"{name}.before.md").read_text("utf-8"))
    after, changes = update(blocks_of((GOLDEN / f"{name}.after.md").read_text("utf-8")), before, NOW)
    happened = GOLDEN / f"{name}.happened.txt"
    if os.environ.get("WRITE_GOLDENS"):
        happened.write_text(what_happened(before, after, changes), "utf-8")
    assert what_happened(before, after, changes) == happened.read_text("utf-8")


# Properties: reports that reporters rewrite while people work on their sentences.

Text = list[list[str]]
"""A report: paragraphs of sentences."""

words = st.lists(st.sampled_from(["가", "나다", "라마바", "사아자차카타", "평양", "12명"]), min_size=1, max_size=7)
texts = words.map(lambda each: " ".join(each) + ".")
reports = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=5)
numbers = st.integers(0, 50)


class Edit(NamedTuple):
    """A reporter's edit of a report. `at` and `to` are taken modulo the number of items."""

    deed: str
    at: int
    to: int
    text: str


DEEDS = ["insert", "delete", "move", "reword", "insert block", "delete block", "move block", "cut block", "join blocks"]
edits = st.builds(Edit, st.sampled_from(DEEDS), numbers, numbers, texts)
people_acts = st.tuples(st.sampled_from(["approve", "join", "split", "omit", "send back"]), numbers)


def edited(report: Text, edit: Edit) -> Text:
    report = [list(paragraph) for paragraph in report]
    if not report:
        return [[edit.text]]
    block, target = edit.at % len(report), edit.to % len(report)
    inner = edit.to % len(report[block])
    match edit.deed:
        case "insert":
            report[block].insert(inner, edit.text)
        case "delete":
            del report[block][inner]
        case "move":
            report[target].insert(edit.at % (len(report[target]) + 1), report[block].pop(inner))
        case "reword":
            report[block][inner] = f"{edit.text[:-1].split()[0]} {report[block][inner]}"
        case "insert block":
            report.insert(block, [edit.text, report[block][inner]])
        case "delete block":
            del report[block]
        case "move block":
            report.insert(target, report.pop(block))
        case "cut block":
            report[block : block + 1] = [report[block][:inner], report[block][inner:]]
        case "join blocks":
            report[block : block + 2] = [
                [sentence for paragraph in report[block : block + 2] for sentence in paragraph]
            ]
    return [paragraph for paragraph in report if paragraph]


def worked_on(catalog: Catalog, act: tuple[str, int]) -> Catalog:
    """Apply a person's step to a unit."""
    deed, number = act
    if not catalog.units:
        return catalog
    index = number % len(catalog.units)
    unit = catalog.units[index]
    if deed == "join":
        goes_on = index + 1 < len(catalog.units) and catalog.units[index + 1].continued
        return joined(catalog, index) if goes_on else catalog
    if deed == "split":
        count = len(unit.source.split())
        return divided(catalog, index, 1 + number % (count - 1)) if count > 1 else catalog
    if deed == "omit":
        return catalog.map_unit(unit.id, lambda each: each.replace(omitted=Act("claire", EARLIER)))
    if deed == "send back":
        back = Act("eugene", EARLIER)
        return catalog.map_unit(
            unit.id, lambda each: each.replace(returned=back, fuzzy=bool(each.target), approved=None)
        )
    return catalog.map_unit(
        unit.id, lambda each: approved(each.replace(fuzzy=False, previous="", returned=None, comments=(f"{number}",)))
    )


def blocks_from(report: Text) -> list[Block]:
    return paragraphs(*(" ".join(paragraph) for paragraph in report))


def everything(catalog: Catalog) -> dict[str, Unit]:
    return {unit.id: unit for unit in (*catalog.units, *catalog.obsolete)}


def all_ids(catalog: Catalog) -> list[str]:
    units = (*catalog.units, *catalog.obsolete)
    return [unit.id for unit in units] + [swallowed for unit in units for swallowed in unit.joined]


CONTENT = ("target", "comments", "by", "text", "joined", "split", "returned", "conflicts", "waivers", "assigned")


def check_step(report: Text, before: Catalog, after: Catalog, changes: Changes) -> None:
    """Check the properties of every update."""
    old, new = everything(before), everything(after)
    old_live, new_live = ({unit.id: unit for unit in catalog.units} for catalog in (before, after))
    # Nothing is lost or invented.
    for unit_id, unit in old.items():
        assert all(getattr(new[unit_id], name) == getattr(unit, name) for name in CONTENT)
    assert all(
        new[unit_id] == Unit(unit_id, new[unit_id].source, continued=new[unit_id].continued)
        for unit_id in new.keys() - old.keys()
    )
    # Ids are unique.
    assert len(all_ids(after)) == len(set(all_ids(after)))
    assert set(all_ids(before)) <= set(all_ids(after))
    # The live units are the report.
    assert ["".join(without_spaces(unit.source) for unit in block) for block in blocks_in(after)] == [
        without_spaces("".join(paragraph)) for paragraph in report
    ]
    for unit_id, unit in new_live.items():
        if unit_id in old:
            check_unit(old[unit_id], unit)
    # The changes describe the differences.
    assert set(changes.added) == new.keys() - old.keys()
    assert set(changes.removed) == old_live.keys() - new_live.keys()
    assert set(changes.revived) == new_live.keys() & old.keys() - old_live.keys()
    assert {
        unit_id for unit_id in new_live if new_live[unit_id].moved != old.get(unit_id, new_live[unit_id]).moved
    } == set(changes.moved)
    assert len(changes.added) + len(changes.revived) + len(old_live.keys() & new_live.keys()) == len(after.units)
    # A sentence that exists, or existed before, is not new.
    left = {without_spaces(unit.source) for unit in after.obsolete if not unit.redacted}
    assert not left & {without_spaces(new[unit_id].source) for unit_id in changes.added}
    # Units that did not move keep their order.
    order = [unit.id for unit in after.units if unit.id in old_live and unit.id not in changes.moved]
    assert order == [unit.id for unit in before.units if unit.id in set(order)]


def check_unit(old: Unit, new: Unit) -> None:
    same = without_spaces(old.source) == without_spaces(new.source)
    assert new.source == old.source or not same
    assert new.approved == (old.approved if same else None)
    if new.approved:
        assert new.approved.digest == approval(new.id, new.source, new.target)
    assert new.omitted == (old.omitted if same else None)
    if same:
        assert (new.fuzzy, new.previous) == (old.fuzzy, old.previous)
    elif new.target and new.previous:
        assert new.fuzzy
        assert new.previous == old.previous or (not old.previous and new.previous == old.source)
    elif new.target:
        assert new.source == old.previous
        assert new.fuzzy == (old.fuzzy and bool(old.returned))


def blocks_in(catalog: Catalog) -> list[list[Unit]]:
    blocks: list[list[Unit]] = []
    for unit in catalog.units:
        if unit.continued:
            blocks[-1].append(unit)
        else:
            blocks.append([unit])
    return blocks


steps = st.lists(st.tuples(st.lists(people_acts, max_size=4), st.lists(edits, max_size=3)), min_size=1, max_size=5)


@given(reports, steps)
def test_whatever_reporters_and_people_do_nothing_is_lost(
    report: Text, work: list[tuple[list[tuple[str, int]], list[Edit]]]
) -> None:
    catalog, _ = updated(blocks_from(report), Catalog())
    for step, (acts, changes_of_text) in enumerate(work):
        for act in acts:
            catalog = worked_on(catalog, act)
        for edit in changes_of_text:
            report = edited(report, edit)
        now = f"2024-03-27T00:00:0{step}Z"
        again, changes = updated(blocks_from(report), catalog, now)
        check_step(report, catalog, again, changes)
        twice, no_changes = updated(blocks_from(report), again, "2024-03-28T00:00:00Z")
        assert twice == again
        assert not no_changes
        catalog = again


@given(reports, st.lists(edits, max_size=4))
def test_a_report_that_changes_and_changes_back_has_every_translation_back(
    report: Text, changes_of_text: list[Edit]
) -> None:
    catalog = finished(*(" ".join(paragraph) for paragraph in report))
    other = report
    for edit in changes_of_text:
        other = edited(other, edit)
    there, _ = updated(blocks_from(other), catalog)
    back, _ = updated(blocks_from(report), there)
    assert [(unit.source, unit.target, unit.continued) for unit in back.units] == [
        (unit.source, unit.target, unit.continued) for unit in catalog.units
    ]
    assert not any(unit.fuzzy or unit.previous for unit in back.units)


distinct = st.lists(
    st.sampled_from([f"{a}{b} {c}라고 {a}했다." for a in "가나다" for b in "라마바" for c in "사아자"]),
    min_size=4,
    max_size=8,
    unique=True,
)


@given(
    distinct, st.lists(st.sampled_from(["insert", "delete", "reword"]), min_size=1, max_size=3), numbers, st.booleans()
)
def test_a_join_or_split_survives_all_changes_that_leave_its_sentences_alone(
    paragraph: list[str], deeds: list[str], number: int, join: bool
) -> None:
    catalog = finished(" ".join(paragraph))
    index = number % (len(paragraph) - 1)
    catalog = joined(catalog, index) if join else divided(catalog, index, 1)
    made = catalog.units[index : index + (1 if join else 2)]
    before, kept, after = paragraph[:index], paragraph[index : index + 2], paragraph[index + 2 :]
    for step, deed in enumerate(deeds):
        side = (before, after)[(number + step) % 2]
        if deed == "insert" or not side:
            side.insert(number % (len(side) + 1), f"새로 쓴 문장 {step}번이다.")
        elif deed == "delete":
            del side[number % len(side)]
        else:
            side[number % len(side)] = f"그런데 {side[number % len(side)]}"
    again, _ = updated(paragraphs(" ".join([*before, *kept, *after])), catalog)
    survivors = [unit.replace(continued=False, moved="") for unit in again.units]
    assert all(unit.replace(continued=False) in survivors for unit in made)


# The alignment itself.

letters = st.lists(st.sampled_from("abcd"), max_size=12)


def is_rising(pairs: list[tuple[int, int]]) -> bool:
    return all(first[0] < second[0] and first[1] < second[1] for first, second in pairwise(pairs))


def longest_common(old: list[str], new: list[str]) -> int:
    """Compute the longest common subsequence with the textbook algorithm."""
    row = [0] * (len(new) + 1)
    for each in old:
        above = row
        row = [0]
        for index, other in enumerate(new):
            row.append(above[index] + 1 if each == other else max(above[index + 1], row[-1]))
    return row[-1]


@given(letters, letters)
def test_equal_in_order_is_a_longest_common_subsequence(old: list[str], new: list[str]) -> None:
    pairs = equal_in_order(old, new)
    assert all(old[before] == new[after] for before, after in pairs)
    assert is_rising(pairs)
    assert len(pairs) == longest_common(old, new)


@given(letters, letters)
def test_equal_anywhere_leaves_no_equal_ones_apart(old: list[str], new: list[str]) -> None:
    pairs = equal_anywhere(old, new)
    assert sorted(new[after] for _, after in pairs) == sorted((Counter(old) & Counter(new)).elements())
    assert all(old[before] == new[after] for before, after in pairs)
    assert len({before for before, _ in pairs}) == len(pairs)


@given(st.permutations(range(9)))
def test_rising_is_the_longest_rising_part(order: list[int]) -> None:
    pairs = [(before, after) for after, before in enumerate(order)]
    chain = longest_rising(pairs)
    assert is_rising(chain)
    assert set(chain) <= set(pairs)
    assert len(chain) == longest_common([str(n) for n in range(9)], [str(n) for n in order])


@given(letters, letters)
def test_alike_pairs_use_every_place_once_and_rise_where_they_should(old: list[str], new: list[str]) -> None:
    longer_old, longer_new = [each * 20 for each in old], [each * 18 for each in new]
    in_order, anywhere = similar_in_order(longer_old, longer_new), similar_anywhere(longer_old, longer_new)
    assert is_rising(in_order)
    assert len(in_order) == longest_common(old, new)
    assert len(anywhere) == (Counter(old) & Counter(new)).total()


def test_gaps_lie_between_the_pairs_that_did_not_move() -> None:
    assert gaps([(1, 1), (4, 3), (0, 5)], [2, 3, 5], [0, 2, 4]) == [([], [0]), ([2, 3], [2]), ([5], [4])]


@pytest.mark.slow
def test_a_long_report_with_every_sentence_changed_is_aligned_within_windows() -> None:
    old = [f"{digest(str(number)) * 2}{number}" for number in range(1200)]
    new = [f"{text}새로운" for text in old]
    assert similar_in_order(old, new) == [(number, number) for number in range(1200)]


SECRET = "한 관리는 이름을 밝히지 않는 조건으로 협상이 이미 끝났고 서명만 남았다고 말했다."


@pytest.mark.parametrize(
    "text",
    [
        "한 관리는 이름을 밝히지 않는 조건으로 협상이 이미 끝났다고 말했다. 서명만 남았다고 말했다. 비가 왔다.",
        "한 관리는 이름을 밝히지 않는 조건으로 협상이 이미 끝났고 서명만 남았다고 말했으며, 시장은 듣기만 했다. 비가 왔다.",
        "월요일 한 관리는 이름을 밝히지 않는 조건으로 협상이 이미 끝났고 서명만 남았다고 거듭 말했다. 비가 왔다.",
    ],
    ids=["split", "joined", "reworded"],
)
def test_a_report_that_joins_or_splits_what_is_off_the_record_does_not_put_it_on(text: str) -> None:
    record = Use("off", "claire", NOW)
    old = update([Block("paragraph", f"{SECRET} 시장은 듣기만 했다. 비가 왔다.")], Catalog(), NOW)[0]
    assert old.units[0].source == SECRET
    old = old.replace(units=(old.units[0].replace(record=record), *old.units[1:]))
    new = update([Block("paragraph", text)], old, NOW)[0]
    for unit in new.units:
        assert unit.record == (None if unit.source == "비가 왔다." else record), unit.source
    again, changes = update([Block("paragraph", text)], new, NOW)
    assert (again, bool(changes)) == (new, False)


def test_other_sentences_of_the_report_stay_on_the_record() -> None:
    record = Use("off", "claire", NOW)
    old = update([Block("paragraph", "그는 말했다. 우리는 들었다.")], Catalog(), NOW)[0]
    old = old.replace(units=(old.units[0].replace(record=record), *old.units[1:]))
    new = update([Block("paragraph", "그는 말했다. 우리는 다시 들었다. 비가 왔다.")], old, NOW)[0]
    assert [unit.record for unit in new.units] == [record, None, None]
