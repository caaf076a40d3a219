"""Errors that no gate may hide: each issue names its unit, and a correct project has none."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from transflow.attribution.authorship import with_target
from transflow.digests import digest
from transflow.integrity.gate import (
    article_findings,
    place_findings,
    ready_findings,
    report_findings,
    tally_findings,
    unit_findings,
)
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.report import FrontMatter
from transflow.model.settings import Person, Role, Settings
from transflow.model.unit import Act, Answer, Approval, Authorship, Conflict, Meta, Question, Ref, Share, Unit
from transflow.po.catalog import new_header
from transflow.stories.clearance import clearance_digest
from transflow.stories.compose import compose
from transflow.stories.printed import PrintContext
from transflow.units.workflow import approve, confirm

T1, T2, T3 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z", "2024-03-26T05:00:00Z"
NEXT_DAY = "2024-03-27T04:50:00Z"
ACT = Act("eugene", T1, "said above")
SETTINGS = Settings(
    people=(
        Person("claire", roles=(Role("translator"),)),
        Person("eugene", roles=(Role("writer"), Role("editor"))),
        Person("mina", roles=(Role("editor"),)),
        Person("paul", roles=(Role("editor", until="2024-03-01"),)),
    )
)
DONE = confirm(Unit("k7f3q2mx", "유엔은 서한을 공개했다."), "The U.N. released the letter.", "claire", T1)
APPROVED = approve(DONE, "mina", T2)
REPORT = Catalog(new_header("en", "ko", X_Report="letter", X_Report_Digest="abc"), (APPROVED,))
ROOM = PrintContext(SETTINGS, {"letter": REPORT}, {"letter": FrontMatter()})


def finished() -> Catalog:
    article = compose("story", "en", {"letter": REPORT}, "", "eugene", T1)
    units = [with_target(unit, unit.source, "eugene", T1) for unit in article.units]
    return article.replace(units=tuple(units), header=article.header.replace(X_Ready=f"eugene {T1}"))


ARTICLE = finished()


def cleared(article: Catalog, who: str, room: PrintContext = ROOM, more: str = "", time: str = T2) -> Catalog:
    units = tuple(approve(unit, who, time) for unit in article.units)
    word = f"{who} {time} {clearance_digest(article.replace(units=units), room, who)}{more}"
    return article.replace(units=units, header=article.header.replace(X_Cleared=word))


def said(findings: Iterable[Issue]) -> list[str]:
    """Return the ids of the issues with their units; warnings in brackets."""
    lines = [(f"{issue.check.removeprefix('record.')} {issue.location.unit}", issue.severity) for issue in findings]
    return [line.strip() if severity == "error" else f"({line.strip()})" for line, severity in lines]


class TestAUnit:
    def test_in_order_has_no_finding(self) -> None:
        for unit in (DONE, APPROVED, Unit("k7f3q2mx", "원문")):
            assert said(unit_findings(unit, SETTINGS)) == []

    @pytest.mark.parametrize(
        ("unit", "finding"),
        [
            (APPROVED.replace(source="다른 문장"), "void-approval"),
            (approve(DONE, "claire", T2), "approver"),
            (approve(DONE, "nobody", T2), "approver"),
            (approve(DONE, "paul", T2), "approver"),
            (approve(confirm(DONE, "It is out.", "mina", T2), "mina", T3), "four-eyes"),
            (DONE.replace(conflicts=(Conflict("eugene", T1, "x"),), fuzzy=True), "conflict"),
            (DONE.replace(target="changed outside"), "unattributed"),
            (DONE.replace(other=(Meta("by", "claire yesterday 3"),)), "unreadable-note"),
            (DONE.replace(by=(*DONE.by, Authorship("nobody", T1, 0))), "unknown-person"),
            (DONE.replace(previous="옛 문장"), "stale-text"),
            (DONE.replace(target=""), "lost-text"),
            (DONE.replace(returned=ACT), "unconfirmed"),
        ],
    )
    def test_out_of_order_is_named(self, unit: Unit, finding: str) -> None:
        assert said(unit_findings(unit, SETTINGS)) == [f"{finding} k7f3q2mx"]

    @pytest.mark.parametrize("stamp", [{"approved": APPROVED.approved}, {"returned": ACT._replace(time=T3)}])
    def test_is_not_approved_before_the_last_word_on_it(self, stamp: dict[str, object]) -> None:
        unit = (
            APPROVED.replace(by=(DONE.by[0]._replace(time=T3),)) if "approved" in stamp else APPROVED.replace(**stamp)
        )
        found = [issue.message for issue in unit_findings(unit, SETTINGS) if issue.check == "record.void-approval"]
        assert found == [
            "mina approved it before it was last written, confirmed or sent back: approve this one, or send it back."
        ]

    def test_may_be_by_a_machine_and_have_notes_of_another_version(self) -> None:
        unit = confirm(
            confirm(Unit("k7f3q2mx", "원문"), "Text.", "mt:deepl/v2", T1).replace(fuzzy=True), "Text.", "claire", T2
        )
        assert said(unit_findings(unit.replace(other=(Meta("mood", "x"),)), SETTINGS)) == []

    def test_judges_an_editor_by_the_day_of_the_approval(self) -> None:
        written = confirm(Unit(DONE.id, DONE.source), DONE.target, "claire", "2024-01-31T00:00:00Z")
        then = approve(written, "paul", "2024-02-01T00:00:00Z")
        assert said(unit_findings(then, SETTINGS)) == []


class TestSharesAndTimes:
    @pytest.mark.parametrize(
        ("unit", "finding"),
        [
            (APPROVED.replace(by=(DONE.by[0]._replace(words=999),)), "shares"),
            (APPROVED.replace(translated=(Share("claire", 1),)), "shares"),
            (APPROVED.replace(by=()), "no-author"),
            (approve(DONE, "mina", "2024-03-27T05:00:01Z"), "future"),
            (DONE.replace(by=(DONE.by[0]._replace(time="2098-01-01T00:00:00Z"),)), "future"),
            (DONE.replace(questions=(Question("claire", "2098-01-01T00:00:00Z", "", "?"),)), "future"),
            (DONE.replace(moved="2098-01-01T00:00:00Z"), "future"),
            (
                DONE.replace(
                    questions=(Question("claire", T2, "", "?"),), answers=(Answer("mina", T1, f"claire@{T2}", "!"),)
                ),
                "time-order",
            ),
        ],
    )
    def test_that_cannot_be_true_are_named(self, unit: Unit, finding: str) -> None:
        catalog = Catalog(new_header("en", "ko", X_Report="letter"), (unit,))
        assert said(tally_findings(catalog, SETTINGS, NEXT_DAY)) == [f"{finding} k7f3q2mx"]

    def test_that_are_true_are_not(self) -> None:
        for unit in (DONE, APPROVED, approve(DONE, "mina", "2024-03-27T05:00:00Z"), DONE.replace(target="outside")):
            catalog = Catalog(new_header("en", "ko", X_Report="letter"), (unit,))
            assert said(tally_findings(catalog, SETTINGS, NEXT_DAY)) == []

    def test_of_format_1_that_do_not_add_up_may_be_an_old_versions(self) -> None:
        wrong = APPROVED.replace(by=(DONE.by[0]._replace(words=6),))
        catalog = Catalog(new_header("en", "ko", X_Report="letter").replace(X_Transflow_Format="1"), (wrong,))
        assert said(tally_findings(catalog, SETTINGS, NEXT_DAY)) == ["(shares k7f3q2mx)"]

    def test_of_a_clearance_are_judged_too(self) -> None:
        late = cleared(ARTICLE, "mina", time="2098-01-01T00:00:00Z")
        assert said(tally_findings(late, SETTINGS, NEXT_DAY))[0] == "future"


class TestAHeader:
    @pytest.mark.parametrize(
        ("changes", "found"),
        [
            ({}, []),
            ({"Language": "de"}, ["header"]),
            ({"X_Report": "other"}, ["header"]),
            ({"X_Article": "letter"}, ["header"]),
            ({"Language": None, "X_Report": None}, ["header", "header"]),
        ],
    )
    def test_agrees_with_the_name_of_its_file(self, changes: dict[str, str], found: list[str]) -> None:
        catalog = Catalog(new_header("en", "ko", X_Report="letter").replace(**changes), (DONE,))
        assert said(place_findings(catalog, "en", "reports", "letter")) == found


class TestAReport:
    def test_in_order_has_no_finding(self) -> None:
        assert said(report_findings(REPORT, SETTINGS, "abc")) == []

    def test_that_changed_since_its_catalog_is_named(self) -> None:
        assert said(report_findings(REPORT, SETTINGS, "def")) == ["behind"]

    def test_that_is_gone_is_named(self) -> None:
        assert said(report_findings(REPORT, SETTINGS, "")) == ["no-report"]

    def test_names_what_its_units_have(self) -> None:
        void = REPORT.replace(units=(APPROVED.replace(source="다른 문장"),))
        assert said(report_findings(void, SETTINGS, "abc")) == ["void-approval k7f3q2mx"]


class TestAnArticle:
    def test_in_order_has_no_finding(self) -> None:
        for article in (ARTICLE, cleared(ARTICLE, "mina")):
            assert said(article_findings(article, ROOM)) == []
            assert said(ready_findings(article, ROOM)) == []

    def test_whose_references_lead_nowhere_is_named(self) -> None:
        lost = ARTICLE.map_unit(ARTICLE.units[0].id, lambda unit: unit.replace(refs=(Ref("letter", "zzzzzzzz"),)))
        assert said(article_findings(lost, ROOM)) == [f"dangling {ARTICLE.units[0].id}"]

    def test_whose_report_is_missing_is_named(self) -> None:
        assert said(article_findings(ARTICLE, replace(ROOM, fronts={}))) == ["no-report"]

    def test_that_is_another_than_was_cleared_is_named(self) -> None:
        date = cleared(ARTICLE, "mina").header.replace(X_Date="2024-03-27")
        assert said(article_findings(cleared(ARTICLE, "mina").replace(header=date), ROOM)) == ["void-clearance"]

    def test_that_was_cleared_by_no_editor_or_by_its_author_is_named(self) -> None:
        assert said(article_findings(cleared(ARTICLE, "paul"), ROOM)) == [
            f"approver {ARTICLE.units[0].id}",
            "approver",
        ]
        assert said(article_findings(cleared(ARTICLE, "eugene"), ROOM)) == ["four-eyes"]

    def test_that_was_cleared_alone_owes_a_second_read(self) -> None:
        alone = cleared(ARTICLE, "eugene", more=" alone night shift")
        allowing = replace(ROOM, settings=replace(SETTINGS, clear_alone=True))
        assert said(article_findings(alone, allowing)) == ["(second-read)"]
        assert said(article_findings(alone, ROOM)) == ["second-read"]

    def test_judges_four_eyes_on_the_story_where_clearing_approved_a_paragraph(self) -> None:
        other = with_target(Unit("w5h2c8de", "Own."), "Nine words of somebody else in a long paragraph.", "claire", T1)
        article = ARTICLE.replace(units=(*ARTICLE.units, other))
        by_its_author = cleared(article, "eugene")
        assert said(article_findings(by_its_author, ROOM)) == []
        by_itself = by_its_author.replace(header=by_its_author.header.replace(X_Cleared=None))
        assert said(article_findings(by_itself, ROOM)) == [f"four-eyes {ARTICLE.units[0].id}"]

    def test_void_approvals_are_named_whatever_its_state(self) -> None:
        void = ARTICLE.map_unit(
            ARTICLE.units[0].id, lambda unit: unit.replace(approved=Approval("mina", T2, digest("x")))
        )
        assert said(article_findings(void, ROOM)) == [f"void-approval {ARTICLE.units[0].id}"]


class TestAnArticleThatIsReady:
    def findings(
        self, change: dict[str, object] | None = None, article: Catalog = ARTICLE, room: PrintContext = ROOM
    ) -> list[str]:
        changed = article.map_unit(article.units[0].id, lambda unit: unit.replace(**(change or {})))
        return [line.partition(" ")[0] for line in said(ready_findings(changed, room))]

    def test_may_not_have_sentences_that_stand_nowhere(self) -> None:
        assert self.findings(article=ARTICLE.replace(units=(Unit("w5h2c8de", "Own.", "Own."),))) == ["unplaced"]

    @pytest.mark.parametrize(
        ("change", "finding"),
        [
            ({"target": ""}, "unsettled"),
            ({"fuzzy": True}, "unsettled"),
            ({"source": "Another draft."}, "unsettled"),
            ({"questions": (Question("claire", T1, "", "Who?"),)}, "question"),
        ],
    )
    def test_may_not_print_what_is_unfinished(self, change: dict[str, object], finding: str) -> None:
        two = ARTICLE.replace(units=(*ARTICLE.units, Unit("w5h2c8de", "Own.", "Own.")))
        assert self.findings(change, two) == [finding]
        assert self.findings(change | {"cut": ACT}, two) == []

    def test_may_not_print_nothing(self) -> None:
        assert self.findings({"cut": ACT}) == ["empty"]

    def test_names_a_conflict_once(self) -> None:
        two: dict[str, object] = {"conflicts": (Conflict("claire", T1, "x"),), "fuzzy": True}
        assert self.findings(two) == []
        changed = ARTICLE.map_unit(ARTICLE.units[0].id, lambda unit: unit.replace(**two))
        assert said(article_findings(changed, ROOM)) == [f"conflict {ARTICLE.units[0].id}"]

    def test_is_stale_when_a_report_says_something_else(self) -> None:
        said_else = REPORT.map_unit("k7f3q2mx", lambda unit: unit.replace(target="It is out."))
        assert self.findings(room=replace(ROOM, reports={"letter": said_else})) == ["unsettled"]
