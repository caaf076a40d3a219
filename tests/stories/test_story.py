"""Stories of articles: the printed text, and reasons against printing."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.articles import (
    ACT,
    ARTICLE,
    CLEARED,
    FRONTS,
    LETTER,
    READY,
    REPORTS,
    ROOM,
    SETTINGS,
    T1,
    T3,
    cleared,
    fronts,
    having,
    withholding,
)
from support.commands import done, transflow
from transflow.attribution.credits import credits
from transflow.digests import digest
from transflow.errors import RefusedError
from transflow.integrity import gate
from transflow.model.report import FrontMatter
from transflow.model.story import Story
from transflow.model.unit import Allowance, Authorship, Use
from transflow.stories.clearance import why_not_clear
from transflow.stories.compose import Reports
from transflow.stories.limits import unprintable
from transflow.stories.printed import PrintContext, tags
from transflow.stories.story import embargo, is_confidential, is_embargoed, story, why_not_render


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
        assert value in why_not_render(ARTICLE, room, T3, draft=False)
        assert story(ARTICLE, room, T3, as_draft=True).draft

    def test_are_not_lifted_by_using_nothing_of_the_report(self) -> None:
        cut = having(ARTICLE, "w3333333", cut=ACT)
        room = self.under("", "2024-04-01")
        assert why_not_render(cut, room, T3, draft=False) == (
            "it is under embargo until 2024-04-01T00:00:00+09:00. Say --draft to print it as a draft."
        )
        with pytest.raises(RefusedError, match="under embargo"):
            story(cut, room, T3)

    def test_allow_a_proof_that_is_stamped_with_their_end(self) -> None:
        room = self.under("", "2024-04-01")
        for article in (READY, cleared(room=room)):
            proof = story(article, room, T3, as_draft=True)
            assert (proof.draft, proof.embargo) == (True, "2024-04-01T00:00:00+09:00")
        room = self.under("", "2024-01-01")
        assert story(cleared(room=room), room, T3, as_draft=True).draft is False


class TestConfidentiality:
    def test_is_taken_from_any_report(self) -> None:
        assert not is_confidential(ARTICLE, ROOM)
        assert is_confidential(ARTICLE, fronts(groups=FrontMatter(confidential=True)))
        assert is_confidential(having(ARTICLE, "w3333333", cut=ACT), fronts(groups=FrontMatter(confidential=True)))

    def test_its_tags_are_not_printed(self) -> None:
        secret = fronts(groups=FrontMatter(confidential=True, tags=("secret",)))
        assert story(ARTICLE, secret, T3, as_draft=True).tags == ()

    def test_a_confidential_report_is_in_no_metadata(self) -> None:
        shown = story(ARTICLE, fronts(groups=FrontMatter(title="비밀", confidential=True)), T3, as_draft=True)
        assert "groups" not in {basis.slug for basis in shown.basis}
        assert shown.basis
        assert shown.has_secret_basis
        assert not story(ARTICLE, ROOM, T3, as_draft=True).has_secret_basis


class TestTags:
    def test_are_printed_as_the_glossary_spells_them_and_never_in_the_script_of_a_report(self) -> None:
        front = FrontMatter(tags=("중국", "난민", "U.N.", "중국"))
        room = replace(fronts(groups=front), names={"중국": "China"})
        assert story(ARTICLE, room, T3, as_draft=True).tags == ("China", "U.N.")
        assert tags(ARTICLE, room) == (("China", "U.N."), ("난민",))

    def test_one_that_came_after_the_clearance_is_not_printed_before_another(self) -> None:
        tagged = [fronts(groups=replace(FRONTS["groups"], tags=(tag,))) for tag in ("China", "Laos")]
        later = cleared(READY, tagged[0])
        assert story(CLEARED, tagged[0], T3).tags == ()
        assert story(later, tagged[0], T3).tags == ("China",)
        assert "changed since" in why_not_render(later, tagged[1], T3, draft=False)


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
            "  story#3: you have not accepted this paragraph.",
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
        assert (page.date, page.modified) == ("", "")
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

    def test_has_the_date_of_its_first_publication_and_of_its_last_version(self) -> None:
        def published(*records: str) -> Story:
            header = CLEARED.header.replace(X_Published=" ".join(records))
            return story(CLEARED.replace(header=header), ROOM, T3)

        one = f"2024-03-26T05:00:00Z https://example.org/1 {'1' * 16} first"
        two = f"2024-03-27T05:00:00Z https://example.org/1 {'2' * 16} update"
        other = f"2024-03-28T05:00:00Z https://example.org/2 {'2' * 16} update"
        assert (published(one).date, published(one).modified) == ("2024-03-26T14:00:00+09:00", "")
        changed = published(two, other, one)
        assert (changed.date, changed.modified) == ("2024-03-26T14:00:00+09:00", "2024-03-27T14:00:00+09:00")
        stated = published(one, two, f"2024-03-25T05:00:00Z - {'1' * 16} first")
        assert (stated.date, stated.modified) == ("2024-03-25T14:00:00+09:00", "2024-03-27T14:00:00+09:00")
        assert stated.url == "https://example.org/1"

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
        assert (alone.code, "somebody else has to read it too" in alone.out) == (0, True)
        done(room, "clear", "floods", user="juno")
        read = transflow(room, "check")
        assert (read.code, "has to read it" in read.out, "four-eyes" in read.out) == (0, False, False)

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
                with pytest.raises(RefusedError, match=r"letter#2 is o.* Claire Lee said"):
                    story(article, self.room(how), T3, as_draft=as_draft)
        assert "letter#2 is o" in why_not_clear(READY, self.room(how), "mina", T3)
        found = [
            finding for finding in gate.article_findings(CLEARED, self.room(how)) if finding.location.unit == "w2222222"
        ]
        assert [finding.check for finding in found] == ["record.off-record"]

    @pytest.mark.parametrize("how", ["on", "background"])
    def test_is_not_what_may_be_printed(self, how: Allowance) -> None:
        assert unprintable(ARTICLE, self.room(how)) == []
        assert story(CLEARED, self.room(how), T3).headline == "U.N. letter"

    def test_may_be_cut_and_is_not_printed_because_the_sentence_is_omitted(self) -> None:
        cut = having(ARTICLE, "w2222222", cut=ACT)
        assert unprintable(cut, self.room("off")) == []
        assert [unit.id for unit, _ in unprintable(ARTICLE, self.room("off", omitted=ACT))] == ["w2222222"]

    def test_may_be_a_paragraph_or_a_whole_report(self) -> None:
        paragraph = having(ARTICLE, "w3333333", record=Use("off", "eugene", T1))
        assert [unit.id for unit, _ in unprintable(paragraph, ROOM)] == ["w3333333"]
        room = fronts(groups=replace(FRONTS["groups"], record="hold"))
        assert "groups is off the record" in why_not_render(ARTICLE, room, T3, draft=True)
