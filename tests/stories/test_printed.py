"""Parts that readers see of an article: the byline and the dateline."""

from dataclasses import replace

import pytest

from support.articles import ACT, ARTICLE, CLEARED, ROOM, T3, cleared, fronts, having, people, withholding
from transflow.model.report import FrontMatter
from transflow.stories.printed import bylines, dateline, printed_reporters, used_reports
from transflow.stories.story import story


class TestTheByline:
    def test_names_the_reporters_of_all_used_reports_each_once(self) -> None:
        assert [name for _, name in bylines(ARTICLE, ROOM)] == ["Jeong Eun Lee", "Haneul Kim", "박기자단"]

    def test_does_not_name_those_of_a_report_that_prints_nothing(self) -> None:
        cut = having(ARTICLE, "w3333333", cut=ACT)
        assert used_reports(cut) == ("letter",)
        assert [name for _, name in bylines(cut, ROOM)] == ["Jeong Eun Lee", "Haneul Kim"]

    @pytest.mark.parametrize(
        "byline",
        [
            "이정은, 김하늘 기자",
            "이정은·김하늘",
            "이정은 기자 / 김하늘 특파원",
            "이정은, 김하늘 ",
            "jeong및 & 김하늘",
            "이정은 및 김하늘",
            "Jeong Eun Lee and 김하늘",
            "(서울=연합뉴스) 이정은 특파원·김하늘 인턴기자 =",
            "[이정은 기자 jeong@rfa.org, 김하늘]",
            "By By Jeong Eun Lee, 김하늘(베이징)",
        ],
    )
    def test_reads_what_newsrooms_write(self, byline: str) -> None:
        room = fronts(letter=FrontMatter(byline=byline.replace("jeong및", "jeong")))
        assert [name for _, name in bylines(having(ARTICLE, "w3333333", cut=ACT), room)] == [
            "Jeong Eun Lee",
            "Haneul Kim",
        ]

    def test_knows_people_by_their_aliases_and_others_by_the_glossary(self) -> None:
        assert bylines(ARTICLE, ROOM)[:2] == (("jeong", "Jeong Eun Lee"), ("", "Haneul Kim"))
        assert bylines(ARTICLE, replace(ROOM, names={}))[1] == ("", "김하늘")
        assert bylines(ARTICLE, people(name=""))[0] == ("jeong", "이정은")

    def test_prints_neither_protected_nor_withheld_people(self) -> None:
        assert printed_reporters(ARTICLE, ROOM) == ("Jeong Eun Lee", "Haneul Kim")
        assert printed_reporters(withholding(ARTICLE, "jeong"), ROOM) == ("Haneul Kim",)

    def test_is_the_line_of_the_storys_language(self) -> None:
        assert story(CLEARED, ROOM, T3).byline == "By Jeong Eun Lee and Haneul Kim"
        nobody = fronts(letter=FrontMatter(), groups=FrontMatter())
        assert story(cleared(room=nobody), nobody, T3).byline == ""


class TestTheDateline:
    def test_is_that_of_the_first_used_report_as_the_glossary_spells_it(self) -> None:
        assert dateline(ARTICLE, ROOM) == "SEOUL"
        assert dateline(having(having(ARTICLE, "w1111111", cut=ACT), "w2222222", cut=ACT), ROOM) == "TOKYO"
        assert dateline(ARTICLE, fronts(letter=FrontMatter(dateline="부산"))) == "부산"
        assert dateline(ARTICLE, fronts(letter=FrontMatter())) == "TOKYO"
