"""The clearance of a story, its state, and what keeps it from being cleared."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from support.articles import (
    ACT,
    ARTICLE,
    CLEARED,
    FRONTS,
    LETTER,
    PEOPLE,
    READY,
    REPORTS,
    ROOM,
    SETTINGS,
    T1,
    T2,
    T3,
    cleared,
    fronts,
    having,
    people,
    withholding,
)
from transflow.digests import digest
from transflow.model.catalog import Catalog
from transflow.model.report import FrontMatter
from transflow.model.settings import Person
from transflow.model.unit import Approval, Authorship, Conflict, Question, Unit
from transflow.stories.clearance import (
    article_state,
    blockers,
    clearance_digest,
    is_cleared,
    printed_questions,
    read_clearance,
    why_not_clear,
    without_clearance,
)
from transflow.stories.printed import PrintContext
from transflow.stories.story import why_not_render
from transflow.units.workflow import approve

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
        word = read_clearance(cleared(more=" alone nobody else is in"))
        assert word
        assert (word.who, word.time, word.alone) == ("mina", T2, "nobody else is in")
        assert read_clearance(ARTICLE) is None
        assert read_clearance(ARTICLE.replace(header=ARTICLE.header.replace(X_Cleared="mina"))) is None

    def test_goes_with_the_approvals_that_stood_on_it_alone(self) -> None:
        approved = having(READY, "w3333333", by=(Authorship("mina", T1, 40),))
        approved = cleared(approved.replace(units=tuple(approve(unit, "mina", T2) for unit in approved.units)))
        gone = without_clearance(approved)
        assert read_clearance(gone) is None
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
            ({"target": ""}, "you have not accepted this paragraph"),
            ({"fuzzy": True}, "it needs another look"),
            ({"source": "x"}, "the translations behind it changed"),
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
        assert (
            why_not_clear(killed, ROOM, "mina", T2)
            == "the story was killed: `transflow kill story --undo` takes that back."
        )

    def test_is_for_another_than_the_main_author(self) -> None:
        mostly = having(READY, "w2222222", by=(Authorship("eugene", T1, 90),))
        assert "four eyes" in why_not_clear(mostly, ROOM, "eugene", T2)
        assert "--alone" not in why_not_clear(mostly, ROOM, "eugene", T2)
        assert why_not_clear(READY, ROOM, "eugene", T2) == ""

    def test_the_only_editor_is_told_of_the_setting_that_lets_them_clear_alone(self) -> None:
        mostly = having(READY, "w2222222", by=(Authorship("eugene", T1, 90),))
        people = tuple(each for each in SETTINGS.people if each.id != "mina")
        alone = replace(ROOM, settings=replace(SETTINGS, people=people))
        refusal = why_not_clear(mostly, alone, "eugene", T2)
        assert "“clear_alone = true” under [workflow]" in refusal
        assert "`transflow clear story --alone REASON`" in refusal

    def test_alone_is_possible_where_the_project_allows_it(self) -> None:
        mostly = having(READY, "w2222222", by=(Authorship("eugene", T1, 90),))
        allowing = replace(ROOM, settings=replace(SETTINGS, clear_alone=True))
        assert "--alone" in why_not_clear(mostly, allowing, "eugene", T2)
        assert why_not_clear(mostly, allowing, "eugene", T2, "night shift") == ""
        assert "does not allow" in why_not_clear(mostly, ROOM, "eugene", T2, "night shift")
