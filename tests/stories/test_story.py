"""Stories of articles: the printed text, reasons against printing, and the clearance."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.commands import done, transflow
from transflow.attribution.authorship import with_target
from transflow.attribution.credits import credits
from transflow.digests import digest
from transflow.errors import RefusedError
from transflow.integrity import gate
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.settings import Person, Role, Settings
from transflow.model.unit import Act, Allowance, Approval, Authorship, Conflict, Kind, Question, Ref, Share, Unit, Use
from transflow.po.catalog import new_header
from transflow.stories.compose import Reports
from transflow.stories.story import (
    PrintContext,
    article_state,
    blockers,
    bylines,
    clearance,
    clearance_digest,
    dateline,
    embargo,
    is_cleared,
    is_confidential,
    is_embargoed,
    printed_questions,
    printed_reporters,
    story,
    unprintable,
    used_reports,
    why_not_clear,
    why_not_render,
    without_clearance,
)
from transflow.units.workflow import approve

T1, T2, T3 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z", "2024-03-26T05:00:00Z"
ACT = Act("eugene", T1, "said above")
PEOPLE = (
    Person("jeong", "Jeong Eun Lee", (Role("reporter"),), aliases=("이정은",)),
    Person("p7", "", (Role("reporter"),), aliases=("박기자단",), protected=True),
    Person("claire", "Claire Lee", (Role("translator"),)),
    Person("eugene", "Eugene Whong", (Role("writer"), Role("editor"))),
    Person("mina", "Mina Park", (Role("editor"),)),
)
SETTINGS = Settings(name="Herald", timezone="Asia/Seoul", people=PEOPLE)
LETTER = Catalog(
    new_header("en", "ko", X_Report="letter"),
    (
        Unit("haaaaaaa", "서한", "U.N. letter", kind="headline"),
        Unit("saaaaaaa", "유엔은 서한을 공개했다.", "The U.N. released a letter."),
    ),
)
GROUPS = Catalog(new_header("en", "ko", X_Report="groups"), (Unit("gaaaaaaa", "단체들", "Rights groups spoke out."),))
REPORTS = {"letter": LETTER, "groups": GROUPS}
FRONTS = {
    "letter": FrontMatter(
        "서한", byline="이정은·김하늘 기자", dateline="서울", date="2024-03-25", url="https://example.org/1"
    ),
    "groups": FrontMatter("단체들", byline="이정은, 박기자단 특파원", dateline="도쿄"),
}
NAMES = {"서울": "SEOUL", "김하늘": "Haneul Kim", "도쿄": "TOKYO"}
ROOM = PrintContext(SETTINGS, REPORTS, FRONTS, NAMES)


def paragraph(unit_id: str, ref: str, draft: str, text: str, kind: Kind = "paragraph") -> Unit:
    slug, _, name = ref.partition("#")
    unit = Unit(unit_id, draft, kind=kind, refs=(Ref(slug, name),) if ref else ())
    return with_target(unit, text, "eugene", T1, (Share("claire", 9),))


ARTICLE = Catalog(
    new_header("en", "en", X_Article="story", X_Reports="letter groups", X_Date="2024-03-26T09:00:00+09:00"),
    (
        paragraph("w1111111", "letter#haaaaaaa", "U.N. letter", "U.N. letter", "headline"),
        paragraph("w2222222", "letter#saaaaaaa", "The U.N. released a letter.", "The U.N. released a letter Monday."),
        paragraph("w3333333", "groups#gaaaaaaa", "Rights groups spoke out.", "Rights groups spoke out."),
    ),
)
READY = ARTICLE.replace(header=ARTICLE.header.replace(X_Ready=f"eugene {T1}"))


def cleared(article: Catalog = READY, room: PrintContext = ROOM, who: str = "mina", more: str = "") -> Catalog:
    word = f"{who} {T2} {clearance_digest(article, room, who)}{more}"
    return article.replace(header=article.header.replace(X_Cleared=word))


CLEARED = cleared()


def having(article: Catalog, unit_id: str, **changes: object) -> Catalog:
    return article.map_unit(unit_id, lambda unit: unit.replace(**changes))


def fronts(**changes: FrontMatter) -> PrintContext:
    return replace(ROOM, fronts=FRONTS | changes)


def people(**changes: object) -> PrintContext:
    """Return the newsroom with some fields of jeong changed."""
    return replace(ROOM, settings=replace(SETTINGS, people=(replace(PEOPLE[0], **changes), *PEOPLE[1:])))  # type: ignore[arg-type]


def withholding(article: Catalog, *who: str) -> Catalog:
    return article.replace(header=article.header.replace(X_Withheld=" ".join(who)))


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


class TestEmbargoes:
    def under(self, letter: str, groups: str = "") -> PrintContext:
        return fronts(letter=FrontMatter(embargo=letter), groups=FrontMatter(embargo=groups))

    @pytest.mark.parametrize(
        ("letter", "groups", "latest"),
        [
            ("", "", ""),
            ("2024-03-26T09:00:00+09:00", "2024-03-26T00:00:01Z", "2024-03-26T00:00:01Z"),
            ("2024-03-26T09:00", "", "2024-03-26T00:00:00Z"),
            ("2024-03-26", "2024-03-25", "2024-03-25T15:00:00Z"),
            ("2024-03-26T01:00:00-10:00", "2024-03-26T19:00:00+09:00", "2024-03-26T11:00:00Z"),
        ],
    )
    def test_the_latest_of_the_reports_counts_in_the_projects_time_zone(
        self, letter: str, groups: str, latest: str
    ) -> None:
        assert embargo(ARTICLE, self.under(letter, groups)) == latest

    def test_hold_to_the_second(self) -> None:
        room = self.under("2024-03-26T12:00:00+09:00")
        assert is_embargoed(ARTICLE, room, "2024-03-26T02:59:59Z")
        assert not is_embargoed(ARTICLE, room, "2024-03-26T03:00:00Z")

    @pytest.mark.parametrize("value", ["1 April", "2023.12.31", "0", "내일", "2024-13-01", "0001-01-01"])
    @pytest.mark.parametrize("other", ["", "2023-01-01", "2030-01-01"])
    def test_that_cannot_be_read_hold_until_they_are_mended(self, value: str, other: str) -> None:
        room = self.under(other, value)
        assert embargo(ARTICLE, room) == value
        assert is_embargoed(ARTICLE, room, "2999-01-01T00:00:00Z")
        assert value in why_not_render(ARTICLE, room, T3, draft=True)

    def test_are_not_lifted_by_a_draft_or_by_using_nothing_of_the_report(self) -> None:
        cut = having(ARTICLE, "w3333333", cut=ACT)
        room = self.under("", "2024-04-01")
        assert why_not_render(cut, room, T3, draft=True) == "it is under embargo until 2024-04-01T00:00:00+09:00."
        with pytest.raises(RefusedError, match="under embargo"):
            story(cut, room, T3, as_draft=True)


class TestConfidentiality:
    def test_is_taken_from_any_report(self) -> None:
        assert not is_confidential(ARTICLE, ROOM)
        assert is_confidential(ARTICLE, fronts(groups=FrontMatter(confidential=True)))
        assert is_confidential(having(ARTICLE, "w3333333", cut=ACT), fronts(groups=FrontMatter(confidential=True)))


VOIDING: dict[str, Callable[[Catalog], Catalog]] = {
    "a word": lambda article: having(article, "w2222222", target="The U.N. released a letter Tuesday."),
    "a draft": lambda article: having(article, "w2222222", source="x"),
    "a kind": lambda article: having(article, "w3333333", kind="quote"),
    "an id": lambda article: having(article, "w3333333", id="w4444444"),
    "the order": lambda article: article.replace(units=article.units[::-1]),
    "a cut": lambda article: having(article, "w3333333", cut=ACT),
    "a new paragraph": lambda article: article.replace(units=(*article.units, Unit("w5555555", "x", "x"))),
    "the date": lambda article: article.replace(header=article.header.replace(X_Date="2024-03-27")),
    "a credit": lambda article: having(article, "w2222222", by=(Authorship("mina", T1, 1),)),
    "a role": lambda article: article.replace(units=tuple(unit.replace(translated=()) for unit in article.units)),
    "needing another look": lambda article: having(article, "w2222222", fuzzy=True),
    "two texts": lambda article: having(article, "w2222222", conflicts=(Conflict("x", T1, "y"),)),
}
KEEPING: dict[str, Callable[[Catalog], Catalog]] = {
    "a comment": lambda article: having(article, "w2222222", comments=("Nice.",)),
    "an approval": lambda article: having(article, "w2222222", approved=Approval("mina", T2, "0" * 16)),
    "a question": lambda article: having(article, "w2222222", questions=(Question("mina", T3, "", "?"),)),
    "a citation": lambda article: having(article, "w2222222", cites=("https://example.org",)),
    "a time": lambda article: having(article, "w2222222", by=(Authorship("eugene", T3, 1),)),
    "withholding": lambda article: withholding(article, "claire", "jeong"),
    "publishing": lambda article: article.replace(
        header=article.header.replace(X_Published=f"{T3} https://example.org x")
    ),
}


class TestAClearance:
    def test_covers_kind_id_source_and_target_in_order_byline_dateline_date_and_credits(self) -> None:
        units = [part for unit in ARTICLE.units for part in (unit.kind, unit.id, unit.source, unit.target)]
        assert clearance_digest(ARTICLE, ROOM, "mina") == digest(
            *units,
            *("Jeong Eun Lee", "Haneul Kim", "박기자단"),
            "SEOUL",
            "2024-03-26T09:00:00+09:00",
            *("translator", "claire", "writer", "eugene"),
        )

    def test_names_its_editor_where_the_project_credits_one(self) -> None:
        room = replace(ROOM, settings=replace(SETTINGS, credit_editor=True))
        assert clearance_digest(ARTICLE, room, "mina") != clearance_digest(ARTICLE, room, "eugene")
        assert clearance_digest(ARTICLE, ROOM, "mina") == clearance_digest(ARTICLE, ROOM, "eugene")

    def test_holds_for_what_would_be_printed(self) -> None:
        assert is_cleared(CLEARED, ROOM)
        assert article_state(CLEARED, ROOM) == "cleared"

    @pytest.mark.parametrize("what", VOIDING)
    def test_is_void_once_something_that_prints_changed(self, what: str) -> None:
        changed = VOIDING[what](CLEARED)
        assert not is_cleared(changed, ROOM)
        assert article_state(changed, ROOM) == "ready"
        assert "it" in why_not_render(changed, ROOM, T3, draft=False)

    @pytest.mark.parametrize("what", KEEPING)
    def test_does_not_mind_what_does_not_print(self, what: str) -> None:
        assert is_cleared(KEEPING[what](CLEARED), ROOM)

    @pytest.mark.parametrize(
        "room",
        [
            fronts(letter=FrontMatter(byline="김하늘", dateline="서울")),
            fronts(letter=FrontMatter(byline="이정은·김하늘", dateline="부산")),
            replace(ROOM, names={}),
            replace(ROOM, reports=REPORTS | {"letter": having(LETTER, "saaaaaaa", target="Other.")}),
            replace(ROOM, reports=REPORTS | {"letter": having(LETTER, "saaaaaaa", previous="옛")}),
        ],
        ids=["byline", "dateline", "glossary", "translation", "source"],
    )
    def test_is_void_once_the_reports_say_something_else(self, room: PrintContext) -> None:
        assert not is_cleared(CLEARED, room)

    @pytest.mark.parametrize(
        "room",
        [
            people(protected=True),
            people(roles=(), left="2024-01-01"),
            replace(ROOM, settings=replace(SETTINGS, people=(*PEOPLE, Person("haneul", "Haneul Kim")))),
            fronts(letter=replace(FRONTS["letter"], title="제목", embargo="2024-01-01", url="")),
        ],
        ids=["protected", "left", "listed", "title"],
    )
    def test_survives_what_is_withheld_or_not_printed(self, room: PrintContext) -> None:
        assert is_cleared(CLEARED, room)

    def test_says_who_when_what_and_why_alone(self) -> None:
        word = clearance(cleared(more=" alone nobody else is in"))
        assert word
        assert (word.who, word.time, word.alone) == ("mina", T2, "nobody else is in")
        assert clearance(ARTICLE) is None
        assert clearance(ARTICLE.replace(header=ARTICLE.header.replace(X_Cleared="mina"))) is None

    def test_goes_with_the_approvals_that_stood_on_it_alone(self) -> None:
        approved = having(READY, "w3333333", by=(Authorship("mina", T1, 40),))
        approved = cleared(approved.replace(units=tuple(approve(unit, "mina", T2) for unit in approved.units)))
        gone = without_clearance(approved)
        assert clearance(gone) is None
        assert [bool(unit.approved) for unit in gone.units] == [True, True, False]
        assert without_clearance(READY) is READY


class TestStates:
    def test_follow_from_header_and_units(self) -> None:
        published = CLEARED.replace(header=CLEARED.header.replace(X_Published="x"))
        killed = published.replace(header=published.header.replace(X_Killed="mina"))
        states = [article_state(each, ROOM) for each in (ARTICLE, READY, CLEARED, published, killed)]
        assert states == ["composing", "ready", "cleared", "published", "killed"]


class TestWhatIsUnsettled:
    def why(self, article: Catalog, room: PrintContext = ROOM) -> list[str]:
        return [f"{unit.id[:2]} {why}" for unit, why in blockers(article, room)]

    def test_is_nothing_in_a_finished_story(self) -> None:
        assert self.why(ARTICLE) == []

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"target": ""}, "its draft is not taken yet"),
            ({"fuzzy": True}, "it needs another look"),
            ({"source": "x"}, "the draft behind it changed"),
            ({"conflicts": (Conflict("x", T1, "y"),)}, "two people gave it two texts"),
            ({"kind": "headline"}, "the story has another headline: cut one of the two"),
        ],
    )
    def test_is_said_of_what_prints_only(self, change: dict[str, object], why: str) -> None:
        assert self.why(having(ARTICLE, "w2222222", **change)) == [f"w2 {why}"]
        assert self.why(having(ARTICLE, "w2222222", cut=ACT, **change)) == []
        assert self.why(having(ARTICLE, "w2222222", omitted=ACT, **change)) == []

    def test_a_question_waits_for_clearing_but_not_for_printing(self) -> None:
        open_one = having(CLEARED, "w2222222", questions=(Question("claire", T1, "", "Which letter?"),))
        assert [why for _, why in printed_questions(open_one)] == ["claire asks: “Which letter?”"]
        assert "Which letter?" in why_not_clear(open_one, ROOM, "mina", T3)
        assert why_not_render(open_one, ROOM, T3, draft=False) == ""


class TestClearing:
    def test_is_for_editors(self) -> None:
        assert why_not_clear(READY, ROOM, "mina", T2) == ""
        assert why_not_clear(READY, ROOM, "claire", T2) == "claire is no editor."
        assert why_not_clear(READY, ROOM, "nobody", T2) == "nobody is no editor."

    def test_waits_for_the_writer(self) -> None:
        assert "not said that it is ready" in why_not_clear(ARTICLE, ROOM, "mina", T2)

    def test_waits_for_every_paragraph(self) -> None:
        assert (
            why_not_clear(having(READY, "w2222222", fuzzy=True), ROOM, "mina", T2)
            == "\n  story#2: it needs another look."
        )

    def test_is_over_when_the_story_was_killed(self) -> None:
        killed = READY.replace(header=READY.header.replace(X_Killed="mina"))
        assert why_not_clear(killed, ROOM, "mina", T2) == "the story was killed."

    def test_is_for_another_than_the_main_author(self) -> None:
        mostly = having(READY, "w2222222", by=(Authorship("eugene", T1, 90),))
        assert "four eyes" in why_not_clear(mostly, ROOM, "eugene", T2)
        assert "--alone" not in why_not_clear(mostly, ROOM, "eugene", T2)
        assert why_not_clear(READY, ROOM, "eugene", T2) == ""

    def test_alone_is_possible_where_the_project_allows_it(self) -> None:
        mostly = having(READY, "w2222222", by=(Authorship("eugene", T1, 90),))
        allowing = replace(ROOM, settings=replace(SETTINGS, clear_alone=True))
        assert "--alone" in why_not_clear(mostly, allowing, "eugene", T2)
        assert why_not_clear(mostly, allowing, "eugene", T2, "night shift") == ""
        assert "does not allow" in why_not_clear(mostly, ROOM, "eugene", T2, "night shift")


class TestPrinting:
    def test_needs_a_clearance(self) -> None:
        assert why_not_render(CLEARED, ROOM, T3, draft=False) == ""
        assert why_not_render(READY, ROOM, T3, draft=False).startswith("no editor has cleared it")
        changed = having(CLEARED, "w2222222", target="Changed.", text=digest("Changed."))
        assert why_not_render(changed, ROOM, T3, draft=False).startswith("it changed since an editor cleared it")

    def test_names_every_paragraph_that_is_not_settled(self) -> None:
        why = why_not_render(
            having(having(CLEARED, "w2222222", fuzzy=True), "w3333333", target=""), ROOM, T3, draft=False
        )
        assert why.splitlines() == [
            "",
            "  story#2: it needs another look.",
            "  story#3: its draft is not taken yet.",
            "Say --draft to print it as a draft.",
        ]

    def test_is_refused_of_a_killed_story_even_as_a_draft(self) -> None:
        killed = CLEARED.replace(header=CLEARED.header.replace(X_Killed="mina"))
        for draft in (False, True):
            assert why_not_render(killed, ROOM, T3, draft=draft) == "it was killed."

    def test_as_a_draft_stamps_it_and_shows_drafts_for_texts(self) -> None:
        page = story(having(READY, "w2222222", target=""), ROOM, T3, as_draft=True)
        assert page.draft
        assert page.paragraphs[0].text == "The U.N. released a letter."
        assert not story(CLEARED, ROOM, T3, as_draft=True).draft

    def test_has_what_an_article_says(self) -> None:
        page = story(having(CLEARED, "w2222222", cites=("https://example.org/x",)), ROOM, T3)
        assert (page.headline, page.deck, page.dateline) == ("U.N. letter", "", "SEOUL")
        assert page.date == "2024-03-26T09:00:00+09:00"
        assert [(each.kind, each.text) for each in page.paragraphs] == [
            ("paragraph", "The U.N. released a letter Monday."),
            ("paragraph", "Rights groups spoke out."),
        ]
        assert page.reporters == ("Jeong Eun Lee", "Haneul Kim")
        assert page.credit_line == "Translated by Claire Lee. Written in English by Eugene Whong."
        assert [(each.slug, each.title, each.date) for each in page.basis] == [
            ("letter", "서한", "2024-03-25T00:00:00+09:00"),
            ("groups", "단체들", ""),
        ]
        assert page.cites == ("https://example.org/x",)

    def test_leaves_out_what_is_cut_with_its_credits(self) -> None:
        own = having(READY, "w2222222", cut=ACT)
        page = story(cleared(own), ROOM, T3)
        assert len(page.paragraphs) == 1
        assert page.credit_line == "Translated by Claire Lee."

    def test_withholds_names_without_another_clearing(self) -> None:
        page = story(withholding(CLEARED, "claire", "jeong"), ROOM, T3)
        assert (page.byline, page.credit_line) == ("By Haneul Kim", "Written in English by Eugene Whong.")

    def test_credits_the_editor_whose_word_holds(self) -> None:
        room = replace(ROOM, settings=replace(SETTINGS, credit_editor=True))
        assert story(cleared(room=room), room, T3).credit_line.endswith("Edited by Mina Park.")
        void = having(cleared(room=room), "w2222222", target="Changed.")
        assert "Edited" not in story(void, room, T3, as_draft=True).credit_line


class TestCredits:
    @given(
        st.sampled_from(["translation", "author", "gone"]),
        st.lists(st.sampled_from(["claire", "eugene", "mina"]), min_size=1, max_size=3),
    )
    def test_follow_from_the_article_alone(self, what: str, people: list[str]) -> None:
        units = tuple(
            having(LETTER, "saaaaaaa", target="Else.", by=tuple(Authorship(who, T1, 3) for who in people)).units
        )
        reports: dict[str, Reports] = {
            "translation": REPORTS | {"letter": LETTER.replace(units=units)},
            "author": REPORTS | {"letter": LETTER.replace(units=units[:1])},
            "gone": {},
        }
        page = story(CLEARED, replace(ROOM, reports=reports[what]), T3, as_draft=True)
        assert page.credits == credits(ARTICLE, SETTINGS)
        assert page.credit_line == "Translated by Claire Lee. Written in English by Eugene Whong."


class TestFromReportToCreditLine:
    """The commands, one after the other, as people in a newsroom type them."""

    def translated(self, room: Path) -> None:
        for number, text in enumerate(
            ("Three bridges gone", "Three fell.", "Nobody was hurt.", "The city repairs them.", "It takes two months."),
            1,
        ):
            who = "claire" if number < 4 else "leejin"
            done(room, "unit", "set", f"flood#{number}", text, user=who)

    def composed(self, room: Path) -> None:
        self.translated(room)
        done(room, "compose", "floods", "--from", "flood", user="eugene")
        done(room, "unit", "confirm", "floods", user="eugene")

    def line(self, room: Path) -> str:
        done(room, "render", "floods", "--to", "txt")
        return (room / "build/en/floods.txt").read_text(encoding="utf-8").splitlines()[-1]

    def test_a_draft_taken_unchanged_credits_its_translators(self, room: Path) -> None:
        self.composed(room)
        done(room, "ready", "floods", user="eugene")
        done(room, "clear", "floods", user="mina")
        assert self.line(room) == "Translated by Claire Lee and Leejin Jun."
        assert transflow(room, "check").code == 0

    def test_who_wrote_it_anew_is_credited_instead(self, room: Path) -> None:
        self.composed(room)
        done(room, "unit", "set", "floods#3", "Repairs began Wednesday, said mayor Kim.", user="eugene")
        done(room, "ready", "floods", user="eugene")
        done(room, "clear", "floods", user="mina")
        assert self.line(room) == "Translated by Claire Lee. Written in English by Eugene Whong."

    def test_a_draft_that_is_out_of_date_is_not_taken(self, room: Path) -> None:
        self.translated(room)
        done(room, "compose", "floods", "--from", "flood", user="eugene")
        done(room, "unit", "set", "flood#2", "Three bridges were washed away.", user="leejin")
        refused = transflow(room, "unit", "confirm", "floods#2", user="eugene")
        assert (refused.code, "compose the story again" in refused.err) == (1, True)
        done(room, "compose", "floods", user="eugene")
        done(room, "unit", "confirm", "floods#2", user="eugene")

    def test_clearing_alone_is_recorded_until_somebody_else_reads_it(self, room: Path) -> None:
        settings = room / "transflow.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("clear_alone = false", "clear_alone = true"), encoding="utf-8")
        self.composed(room)
        done(
            room,
            "unit",
            "set",
            "floods#2",
            "Every word of this long paragraph is by the editor on the night shift.",
            user="mina",
        )
        done(room, "ready", "floods", user="mina")
        assert "four eyes" in transflow(room, "clear", "floods", user="mina").err
        assert "second read owed" in done(room, "clear", "floods", "--alone", "night shift", user="mina")
        assert self.line(room).startswith("Translated by Claire Lee and Leejin Jun. Written in English by Mina Park.")
        alone = transflow(room, "check")
        assert (alone.code, "second read is owed" in alone.out) == (0, True)
        done(room, "clear", "floods", user="juno")
        read = transflow(room, "check")
        assert (read.code, "second read" in read.out, "four-eyes" in read.out) == (0, False, False)

    def test_any_later_change_takes_the_clearance_away(self, room: Path) -> None:
        self.composed(room)
        done(room, "ready", "floods", user="eugene")
        done(room, "clear", "floods", user="mina")
        done(room, "unit", "set", "flood#2", "Three bridges were washed away.", user="claire")
        assert transflow(room, "render", "floods", "--to", "txt").code == 1
        assert "record.void-clearance" in transflow(room, "check").out


class TestWhatIsOffTheRecord:
    @staticmethod
    def room(how: Allowance, **changes: object) -> PrintContext:
        marked = LETTER.map_unit("saaaaaaa", lambda unit: unit.replace(record=Use(how, "claire", T1), **changes))
        return replace(ROOM, reports=REPORTS | {"letter": marked})

    @pytest.mark.parametrize("how", ["off", "hold"])
    def test_is_in_no_story_and_in_no_draft(self, how: Allowance) -> None:
        for article in (ARTICLE, READY, CLEARED):
            for as_draft in (False, True):
                with pytest.raises(RefusedError, match=r"letter#saaaaaaa is o.* claire said"):
                    story(article, self.room(how), T3, as_draft=as_draft)
        assert "letter#saaaaaaa is o" in why_not_clear(READY, self.room(how), "mina", T3)
        found = [
            finding for finding in gate.article_findings(CLEARED, self.room(how)) if finding.location.unit == "w2222222"
        ]
        assert [finding.check for finding in found] == ["record.off-record"]

    @pytest.mark.parametrize("how", ["on", "background"])
    def test_is_not_what_may_be_printed(self, how: Allowance) -> None:
        assert unprintable(ARTICLE, self.room(how)) == []
        assert story(CLEARED, self.room(how), T3).headline == "U.N. letter"

    def test_may_be_left_out(self) -> None:
        cut = having(ARTICLE, "w2222222", cut=ACT)
        assert unprintable(cut, self.room("off")) == []
        assert unprintable(ARTICLE, self.room("off", omitted=ACT)) == []

    def test_may_be_a_paragraph_or_a_whole_report(self) -> None:
        paragraph = having(ARTICLE, "w3333333", record=Use("off", "eugene", T1))
        assert [unit.id for unit, _ in unprintable(paragraph, ROOM)] == ["w3333333"]
        room = fronts(groups=replace(FRONTS["groups"], record="hold"))
        assert "groups is off the record" in why_not_render(ARTICLE, room, T3, draft=True)
