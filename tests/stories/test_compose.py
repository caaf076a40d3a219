"""Composed articles: every sentence is used or omitted on purpose, no English text changed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.attribution.authorship import draft_shares, with_target
from transflow.digests import digest, new_id
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Approval, Authorship, Conflict, Kind, Ref, Share, Unit
from transflow.po.catalog import new_header
from transflow.stories.compose import (
    blocks,
    compose,
    dangling,
    draft,
    placement,
    recompose,
    report_slugs,
    unplaced,
    why_stale,
)
from transflow.units.regroup import join, split

T1, T2 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z"
ACT = Act("eugene", T1, "said above")
SHARES = (Share("claire", 4),)


def sentence(name: str, text: str = "", *, continued: bool = False, kind: Kind = "paragraph") -> Unit:
    """Return a translated sentence; `name` determines its id."""
    unit = Unit(name.ljust(8, "0"), f"{name} 원문.", kind=kind, continued=continued)
    return with_target(unit, text or f"{name} text.", "claire", T1)


def report(slug: str, *units: Unit, language: str = "en") -> Catalog:
    return Catalog(new_header(language, "ko", X_Report=slug), units)


def block(*names: str) -> list[Unit]:
    return [sentence(name, continued=i > 0) for i, name in enumerate(names)]


LETTER = report(
    "letter", sentence("lh", kind="headline"), sentence("ld", kind="deck"), *block("la", "lb"), *block("lc")
)
GROUPS = report("groups", sentence("gh", kind="headline"), *block("ga", "gb"), sentence("gq", kind="quote"))
REPORTS = {"letter": LETTER, "groups": GROUPS}


def composed(reports: dict[str, Catalog] | None = None, language: str = "en") -> Catalog:
    return compose("story", language, REPORTS if reports is None else reports, "2024-03-26", "eugene", T1)


def again(article: Catalog, reports: dict[str, Catalog]) -> Catalog:
    return recompose(article, reports, "eugene", T2)


def shape(article: Catalog) -> list[str]:
    """Return the paragraphs as the names of the sentences behind them; a cut one in brackets."""
    lines = ["+".join(ref.unit.rstrip("0") for ref in unit.refs) for unit in article.units]
    return [f"({line})" if unit.cut else line for line, unit in zip(lines, article.units, strict=True)]


def having(catalog: Catalog, name: str, **changes: object) -> Catalog:
    return catalog.map_unit(name.ljust(8, "0"), lambda unit: unit.replace(**changes))


def with_units(catalog: Catalog, units: Sequence[Unit]) -> Catalog:
    return catalog.replace(units=tuple(units))


def taken(article: Catalog, reports: dict[str, Catalog]) -> Catalog:
    """Return the article with all drafts accepted and approved."""
    placed = placement(article, reports)
    units = [
        with_target(unit, unit.source, "eugene", T1, draft_shares([each.unit for each in placed[unit.id]])).replace(
            approved=Approval("mina", T1, digest(unit.id, unit.source, unit.source))
        )
        for unit in article.units
    ]
    return with_units(article, units)


class TestANewArticle:
    def test_has_a_paragraph_for_each_block_and_the_headline_and_deck_of_the_lead(self) -> None:
        assert shape(composed()) == ["lh", "ld", "la+lb", "lc", "(gh)", "ga+gb", "gq"]

    def test_has_the_lead_that_is_named_first(self) -> None:
        assert shape(composed({"groups": GROUPS, "letter": LETTER}))[:3] == ["gh", "ga+gb", "gq"]
        assert report_slugs(composed({"groups": GROUPS, "letter": LETTER})) == ("groups", "letter")

    def test_keeps_kinds(self) -> None:
        assert [unit.kind for unit in composed().units][-1] == "quote"
        assert composed().units[0].kind == "headline"

    def test_drafts_are_the_translations_joined(self) -> None:
        assert composed().units[2].source == "la text. lb text."
        assert composed().units[2].target == ""

    @pytest.mark.parametrize(
        ("language", "expected"), [("zh_Hans", "甲。乙。"), ("ja", "甲。乙。"), ("th", "甲。 乙。")]
    )
    def test_drafts_are_joined_as_the_language_does(self, language: str, expected: str) -> None:
        letter = report("letter", sentence("la", "甲。"), sentence("lb", "乙。", continued=True))
        assert composed({"letter": letter}, language).units[0].source == expected

    def test_ids_follow_from_the_first_reference(self) -> None:
        assert composed().units[2].id == new_id("letter#la000000", ())
        assert [unit.id for unit in composed().units] == [unit.id for unit in composed().units]

    def test_leaves_omitted_sentences_out_and_takes_the_source_of_untranslated_ones(self) -> None:
        letter = having(having(LETTER, "la", omitted=ACT), "lb", target="")
        assert composed({"letter": letter}).units[2].source == "lb 원문."
        assert shape(composed({"letter": having(letter, "lb", omitted=ACT)})) == ["lh", "ld", "lc"]

    def test_carries_slug_reports_and_date(self) -> None:
        header = composed().header
        assert [header.get(name) for name in ("X-Article", "X-Reports", "X-Date", "Language", "X-Source-Language")] == [
            "story",
            "letter groups",
            "2024-03-26",
            "en",
            "en",
        ]


class TestWhatIsNew:
    """New sentences find their positions when the article is composed again."""

    def test_joins_its_left_neighbours_paragraph_in_the_block(self) -> None:
        letter = report("letter", *LETTER.units[:2], *block("la", "new", "lb"), *block("lc"))
        assert shape(again(composed({"letter": LETTER}), {"letter": letter})) == ["lh", "ld", "la+new+lb", "lc"]

    def test_at_the_head_of_a_block_joins_its_right_neighbour(self) -> None:
        letter = report("letter", *LETTER.units[:2], *block("new", "la", "lb"), *block("lc"))
        assert shape(again(composed({"letter": LETTER}), {"letter": letter})) == ["lh", "ld", "new+la+lb", "lc"]

    @pytest.mark.parametrize("change", [{"omitted": ACT}, {"target": ""}])
    def test_joins_a_left_neighbour_that_was_left_out_since(self, change: dict[str, object]) -> None:
        letter = report("letter", *LETTER.units[:2], *block("la", "lb", "new"), *block("lc"))
        letter = having(having(letter, "la", **change), "lb", **change)
        assert shape(again(composed({"letter": LETTER}), {"letter": letter})) == ["lh", "ld", "la+lb+new", "lc"]

    def test_joins_a_left_neighbour_whose_paragraph_is_cut(self) -> None:
        article = composed({"letter": LETTER})
        article = article.map_unit(article.units[2].id, lambda unit: unit.replace(cut=ACT))
        letter = report("letter", *LETTER.units[:2], *block("la", "lb", "new"), *block("lc"))
        assert shape(again(article, {"letter": letter})) == ["lh", "ld", "(la+lb+new)", "lc"]

    def test_that_was_omitted_when_the_article_was_made_comes_in_beside_its_neighbour(self) -> None:
        article = composed({"letter": having(LETTER, "la", omitted=ACT)})
        assert shape(again(article, {"letter": LETTER}))[2] == "la+lb"

    def test_block_follows_the_paragraph_of_its_left_neighbour_wherever_that_is(self) -> None:
        article = composed({"letter": LETTER})
        moved = with_units(article, [article.units[i] for i in (0, 1, 3, 2)])
        letter = report("letter", *LETTER.units[:4], *block("new"), *LETTER.units[4:])
        assert shape(again(moved, {"letter": letter})) == ["lh", "ld", "lc", "la+lb", "new"]

    def test_blocks_stay_in_their_order(self) -> None:
        letter = report("letter", *LETTER.units, *block("n1"), *block("n2", "n3"))
        assert shape(again(composed({"letter": LETTER}), {"letter": letter}))[3:] == ["lc", "n1", "n2+n3"]

    def test_block_at_the_top_precedes_what_followed_it(self) -> None:
        article = composed()
        groups = report("groups", sentence("new", kind="headline"), *GROUPS.units)
        assert shape(again(article, {"letter": LETTER, "groups": groups}))[3:6] == ["lc", "(new)", "(gh)"]

    def test_report_comes_last_with_its_headline_cut(self) -> None:
        alone = composed({"letter": LETTER})
        listed = alone.replace(header=alone.header.replace(X_Reports="letter groups"))
        assert shape(again(listed, REPORTS)) == shape(composed())

    def test_sentence_in_a_split_paragraph_stands_behind_both_halves(self) -> None:
        article = composed({"letter": LETTER})
        whole = article.units[2].replace(target="One. Two.", text=digest("One. Two."))
        halves = split(whole, (whole.source,) * 2, ("One.", "Two."), {whole.id}, continued=False)
        article = with_units(article, [*article.units[:2], *halves, *article.units[3:]])
        letter = report("letter", *LETTER.units[:2], *block("la", "new", "lb"), *block("lc"))
        new = again(article, {"letter": letter})
        assert shape(new)[2:4] == ["la+new+lb", "la+new+lb"]
        assert again(new, {"letter": letter}) == new


class TestComposingAgain:
    def test_changes_nothing_where_nothing_changed(self) -> None:
        article = composed()
        assert again(article, REPORTS) == article

    def test_gives_a_draft_that_nobody_took_its_new_wording(self) -> None:
        letter = having(LETTER, "la", target="Another text.")
        new = again(composed({"letter": LETTER}), {"letter": letter}).units[2]
        assert (new.source, new.fuzzy, new.previous) == ("Another text. lb text.", False, "")

    def test_keeps_what_a_writer_wrote_and_asks_for_another_look(self) -> None:
        article = composed({"letter": LETTER})
        article = article.map_unit(
            article.units[2].id, lambda unit: with_target(unit, "la text. My words.", "eugene", T1, SHARES)
        )
        new = again(article, {"letter": having(LETTER, "la", target="Another text.")}).units[2]
        assert (new.target, new.source, new.previous, new.fuzzy, new.approved) == (
            "la text. My words.",
            "Another text. lb text.",
            "la text. lb text.",
            True,
            None,
        )
        assert (new.by, new.translated) == (article.units[2].by, article.units[2].translated)

    def test_takes_the_new_draft_where_no_writer_has_a_word(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        letter = LETTER.map_unit("la000000", lambda unit: with_target(unit, "Another new text.", "leejin", T2))
        new = again(article, {"letter": letter}).units[2]
        assert (new.target, new.source, new.previous, new.fuzzy, new.approved) == (
            "Another new text. lb text.",
            "Another new text. lb text.",
            "la text. lb text.",
            True,
            None,
        )
        assert new.translated == draft_shares(letter.units[2:4])
        assert [(each.who, each.words) for each in new.by] == [("eugene", 0)]
        once = again(article, {"letter": letter})
        assert again(once, {"letter": letter}) == once

    def test_takes_it_where_another_version_left_the_old_text_under_the_new_draft(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        letter = having(LETTER, "la", target="Another text.")
        left = article.map_unit(
            article.units[2].id,
            lambda unit: unit.replace(source="Another text. lb text.", previous=unit.source, fuzzy=True, approved=None),
        )
        assert again(left, {"letter": letter}).units[2].target == "Another text. lb text."

    @pytest.mark.parametrize(
        "change",
        [
            {"conflicts": (Conflict("leejin", T1, "x"),)},
            {"text": "0000000000000000"},
            {"by": (Authorship("mt:deepl/v2", T1, 4),), "translated": ()},
        ],
    )
    def test_keeps_a_text_of_which_it_is_not_certain_whose_it_is(self, change: dict[str, object]) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        article = article.map_unit(article.units[2].id, lambda unit: unit.replace(**change))
        new = again(article, {"letter": having(LETTER, "la", target="Another text.")}).units[2]
        assert (new.target, new.fuzzy) == ("la text. lb text.", True)

    def test_keeps_the_texts_that_it_is_told_to_keep(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        letter = having(having(LETTER, "la", target="Another text."), "lc", target="Another end.")
        new = recompose(article, {"letter": letter}, "eugene", T2, [article.units[2].id])
        assert [unit.target for unit in new.units[2:]] == ["la text. lb text.", "Another end."]
        assert [unit.fuzzy for unit in new.units[2:]] == [True, True]

    def test_a_new_sentence_and_one_that_vanished_are_in_the_draft_that_is_taken(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        units = (*LETTER.units[:3], sentence("new", continued=True), LETTER.units[4])
        letter = report("letter", *units).replace(obsolete=LETTER.units[3:4])
        new = again(article, {"letter": letter}).units[2]
        assert (new.target, new.fuzzy) == ("la text. new text.", True)

    def test_each_half_of_a_paragraph_that_was_split_takes_its_part(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        whole = article.units[2]
        halves = split(whole, (whole.source, whole.source), ("la text.", "lb text."), {whole.id}, continued=False)
        article = with_units(article, [*article.units[:2], *halves, article.units[3]])
        new = again(article, {"letter": having(LETTER, "lb", target="Another text. And one more.")})
        assert [unit.target for unit in new.units[2:4]] == ["la text.", "Another text. And one more."]
        assert [unit.fuzzy for unit in new.units[2:4]] == [True, True]

    def test_keeps_the_draft_that_the_text_was_last_confirmed_against(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        once = again(article, {"letter": having(LETTER, "la", target="Another text.")})
        twice = again(once, {"letter": having(LETTER, "la", target="A third text.")})
        assert twice.units[2].previous == "la text. lb text."

    def test_takes_back_the_doubt_when_the_old_draft_returns(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        changed = again(article, {"letter": having(LETTER, "la", target="Another text.")})
        back = again(changed, {"letter": LETTER}).units[2]
        assert (back.source, back.previous, back.fuzzy) == ("la text. lb text.", "", False)

    @pytest.mark.parametrize(
        "doubt",
        [
            {"returned": ACT},
            {"conflicts": (Conflict("leejin", T1, "x"),)},
            {"by": (Authorship("mt:deepl/v2", T2, 4),)},
        ],
    )
    def test_keeps_another_doubt(self, doubt: dict[str, object]) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        changed = again(article, {"letter": having(LETTER, "la", target="Another text.")})
        doubtful = changed.map_unit(changed.units[2].id, lambda unit: unit.replace(**doubt))
        assert again(doubtful, {"letter": LETTER}).units[2].fuzzy

    def test_leaves_a_paragraph_alone_of_whose_sentences_nothing_is_left(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        letter = report("letter", *LETTER.units[:4]).replace(obsolete=LETTER.units[4:])
        assert again(article, {"letter": letter}).units[3] == article.units[3]

    def test_leaves_a_writers_own_paragraph_alone(self) -> None:
        own = Unit("w5h2c8de", "My own words.", "My own words, edited.")
        article = with_units(composed(), [*composed().units, own])
        assert again(article, REPORTS).units[-1] == own

    def test_keeps_the_place_of_a_sentence_that_is_gone_and_may_return(self) -> None:
        article = composed({"letter": LETTER})
        joined = join(article.units[2], article.units[3], "en", "en")
        article = with_units(article, [*article.units[:2], joined])
        gone = report("letter", *LETTER.units[:3], LETTER.units[4]).replace(obsolete=LETTER.units[3:4])
        without = again(article, {"letter": gone})
        assert without.units[2].source == "la text. lc text."
        assert dangling(without, {"letter": gone}) == ()
        assert again(without, {"letter": LETTER}).units[2] == joined


class TestSentencesThatWereJoinedOrSplit:
    def test_stand_behind_the_paragraph_of_the_one_that_they_live_on_in(self) -> None:
        both = join(LETTER.units[2], LETTER.units[3], "ko", "en")
        letter = report("letter", *LETTER.units[:2], both, LETTER.units[4])
        new = again(composed({"letter": LETTER}), {"letter": letter})
        assert shape(new) == ["lh", "ld", "la", "lc"]
        assert new.units[2].source == "la text. lb text."

    def test_are_not_doubled_where_two_paragraphs_had_them(self) -> None:
        article = composed({"letter": report("letter", *block("la"), *block("lb"))})
        both = join(sentence("la"), sentence("lb"), "ko", "en")
        letter = report("letter", both)
        assert [[each.unit.id for each in behind] for behind in placement(article, {"letter": letter}).values()] == [
            ["la000000"],
            [],
        ]
        unnamed = join(sentence("lx"), sentence("la"), "ko", "en")
        unnamed = join(unnamed, sentence("lb"), "ko", "en")
        placed = placement(article, {"letter": report("letter", unnamed)})
        assert [len(behind) for behind in placed.values()] == [1, 0]

    def test_the_second_half_of_a_split_follows_the_first(self) -> None:
        first, second = split(LETTER.units[2], ("a", "b"), ("A", "B"), (), continued=True)
        letter = report("letter", *LETTER.units[:2], first, second, *LETTER.units[3:])
        article = composed({"letter": LETTER})
        assert [each.unit.id for each in placement(article, {"letter": letter})[article.units[2].id]] == [
            first.id,
            second.id,
            "lb000000",
        ]
        assert again(article, {"letter": letter}).units[2].source == "A B lb text."


class TestParagraphsThatWereJoinedOrSplit:
    def test_halves_share_their_sentences(self) -> None:
        article = composed({"letter": LETTER})
        whole = article.units[2].replace(target="One. Two.", text=digest("One. Two."))
        first, second = split(whole, (whole.source,) * 2, ("One.", "Two."), {whole.id}, continued=False)
        new = with_units(article, [*article.units[:2], first, second, *article.units[3:]])
        placed = placement(new, {"letter": LETTER})
        assert placed[first.id] == placed[second.id] != ()
        assert again(new, {"letter": LETTER}) == new

    def test_a_half_that_joined_another_paragraph_leaves_the_other_half_its_draft(self) -> None:
        article = composed({"letter": LETTER})
        whole = article.units[2].replace(target="One. Two.", text=digest("One. Two."))
        first, second = split(whole, (whole.source,) * 2, ("One.", "Two."), {whole.id}, continued=False)
        joined = join(second, article.units[3], "en", "en")
        new = with_units(article, [*article.units[:2], first, joined])
        placed = placement(new, {"letter": LETTER})
        assert why_stale(first, placed[first.id], "en") == ""
        assert draft(placed[joined.id], "en") == joined.source

    def test_a_draft_joined_with_a_writers_own_paragraph_is_not_stale(self) -> None:
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        own = Unit("w5h2c8de", "My own words.", "My own words.", text=digest("My own words."))
        joined = join(article.units[2], own, "en", "en")
        new = with_units(article, [*article.units[:2], joined, article.units[3]])
        assert again(new, {"letter": LETTER}) == new


class TestStaleness:
    ARTICLE = composed()

    def why(self, reports: dict[str, Catalog], paragraph: int = 2, article: Catalog = ARTICLE) -> str:
        unit = article.units[paragraph]
        return why_stale(unit, placement(article, reports)[unit.id], article.header.get("Language"))

    def test_is_none_while_drafts_are_as_they_were(self) -> None:
        assert [self.why(REPORTS, i) for i in range(len(self.ARTICLE.units))] == [""] * len(self.ARTICLE.units)

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"target": "Another text."}, "the translations behind it changed"),
            ({"target": ""}, "the translations behind it changed"),
            ({"omitted": ACT}, "the translations behind it changed"),
            ({"previous": "옛 원문."}, "the Korean of letter#la000000 changed"),
            ({"conflicts": (Conflict("leejin", T1, "x"),)}, "letter#la000000 has two texts"),
            ({"fuzzy": True}, ""),
        ],
    )
    def test_follows_the_sentences_behind_it(self, change: dict[str, object], why: str) -> None:
        assert self.why({"letter": having(LETTER, "la", **change), "groups": GROUPS}) == why

    def test_says_when_nothing_is_left(self) -> None:
        omitted = having(having(LETTER, "la", omitted=ACT), "lb", omitted=ACT)
        assert self.why({"letter": omitted}) == "nothing is left of the sentences behind it"
        assert self.why({}) == "nothing is left of the sentences behind it"

    def test_does_not_mind_what_is_left_out(self) -> None:
        omitted = having(LETTER, "la", omitted=ACT, previous="옛 원문.")
        new = again(self.ARTICLE, {"letter": omitted, "groups": GROUPS})
        assert self.why({"letter": omitted}, article=new) == ""

    def test_is_none_of_a_writers_own_paragraph(self) -> None:
        assert why_stale(Unit("w5h2c8de", "Own.", "Own words."), (), "en") == ""

    @pytest.mark.parametrize("language", ["zh_Hans", "ja", "en", "th"])
    def test_knows_how_a_language_joins_sentences(self, language: str) -> None:
        article = composed({"letter": LETTER}, language)
        assert self.why({"letter": LETTER}, article=article) == ""


class TestWhatIsNowhere:
    def test_a_sentence_neither_used_nor_omitted_nor_cut_is_named(self) -> None:
        article = with_units(composed(), composed().units[3:])
        assert [str(each.ref) for each in unplaced(article, REPORTS)] == [
            "letter#lh000000",
            "letter#ld000000",
            "letter#la000000",
            "letter#lb000000",
        ]
        assert len(unplaced(article, {"letter": having(LETTER, "la", omitted=ACT), "groups": GROUPS})) == 3

    def test_a_sentence_behind_a_cut_paragraph_is_somewhere(self) -> None:
        assert unplaced(composed(), REPORTS) == ()

    def test_a_reference_that_leads_nowhere_dangles(self) -> None:
        lost = Unit("w5h2c8de", "x", refs=(Ref("letter", "zzzzzzzz"), Ref("gone", "la000000")))
        article = with_units(composed(), [*composed().units, lost])
        assert [ref for _, ref in dangling(article, REPORTS)] == list(lost.refs)
        assert dangling(again(article, REPORTS), REPORTS) == dangling(article, REPORTS)

    def test_a_reference_to_an_obsolete_or_joined_sentence_does_not(self) -> None:
        both = join(LETTER.units[2], LETTER.units[3], "ko", "en")
        letter = report("letter", *LETTER.units[:2], both).replace(obsolete=LETTER.units[4:])
        assert dangling(composed({"letter": LETTER}), {"letter": letter}) == ()


YES_OR_NO = st.booleans()
NAMES = ["sa", "sb", "sc", "sd", "se", "sf"]


@st.composite
def versions(draw: st.DrawFn, slug: str) -> Catalog:
    """Draw a version of a report, with some sentences translated, omitted, obsolete or joined."""
    names = draw(st.permutations(NAMES))
    live = draw(st.integers(0, len(names)))
    units = [
        sentence(
            f"{slug[0]}{name}", draw(st.sampled_from(["", "One.", "Two."])), continued=draw(st.booleans())
        ).replace(omitted=draw(st.sampled_from([None, None, ACT])), fuzzy=draw(st.booleans()))
        for name in names
    ]
    catalog = report(slug, *units[:live]).replace(obsolete=tuple(units[live:]))
    if live > 1 and draw(st.booleans()):
        at = draw(st.integers(0, live - 2))
        both = join(units[at], units[at + 1], "ko", "en")
        catalog = with_units(catalog, [*units[:at], both, *units[at + 2 : live]])
    return catalog


@st.composite
def arranged(draw: st.DrawFn, article: Catalog) -> Catalog:
    """Draw an article that a writer worked on: moved, cut, joined, split, written."""
    order: Sequence[Unit] = draw(st.permutations(article.units))
    units = [unit.replace(cut=draw(st.sampled_from([None, None, ACT]))) for unit in order]
    units = [with_target(unit, unit.source, "eugene", T1) if draw(YES_OR_NO) else unit for unit in units]
    if len(units) > 1 and draw(YES_OR_NO):
        units[:2] = [join(units[0], units[1], "en", "en")]
    if draw(YES_OR_NO) and units:
        taken = {unit.id for unit in article.units}
        units[-1:] = split(units[-1], (units[-1].source,) * 2, (units[-1].target, ""), taken, continued=False)
    return with_units(article, [*units, Unit("w5h2c8de", "Own.", "Own words.")])


class TestWhateverHappensToTheReports:
    @given(st.data())
    def test_every_sentence_has_its_place_and_every_english_text_stays(self, data: st.DataObject) -> None:
        before = {slug: data.draw(versions(slug)) for slug in ("letter", "groups")}
        after = {slug: data.draw(versions(slug)) for slug in ("letter", "groups")}
        article = data.draw(arranged(composed(before)))
        new = again(article, after)
        self.has_a_place_for_everything(new, after)
        assert {unit.id: unit.target for unit in article.units}.items() <= {
            unit.id: unit.target for unit in new.units
        }.items()
        assert [unit.id for unit in new.units if unit.id in {old.id for old in article.units}] == [
            unit.id for unit in article.units
        ]
        assert again(new, after) == new
        assert all(unit.target or not unit.fuzzy for unit in new.units)

    @given(versions("letter"), versions("groups"))
    def test_a_new_article_has_a_place_for_everything(self, letter: Catalog, groups: Catalog) -> None:
        reports = {"letter": letter, "groups": groups}
        self.has_a_place_for_everything(composed(reports), reports)
        assert again(composed(reports), reports) == composed(reports)

    def has_a_place_for_everything(self, article: Catalog, reports: dict[str, Catalog]) -> None:
        placed = placement(article, reports)
        behind: dict[Ref, set[tuple[Ref, ...]]] = {}
        for unit in article.units:
            for each in placed[unit.id]:
                behind.setdefault(each.ref, set()).add(unit.refs)
        for slug, catalog in reports.items():
            for unit in catalog.units:
                homes = behind.get(Ref(slug, unit.id), set())
                assert len(homes) == 1 or (unit.omitted and not homes)
        assert unplaced(article, reports) == ()
        assert len({unit.id for unit in article.units}) == len(article.units)


def test_blocks_are_runs_of_units_that_go_on() -> None:
    assert [[unit.id[:2] for unit in each] for each in blocks(LETTER.units)] == [["lh"], ["ld"], ["la", "lb"], ["lc"]]
    assert list(blocks([])) == []


WORDS = st.sampled_from(["Alpha came.", "Beta left.", "Gamma stayed.", "Delta fell."])


class TestWhoseWordsStand:
    @given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, min_size=2, max_size=2), st.integers(0, 5))
    def test_no_word_of_a_writer_is_replaced_and_no_other_text_is_left_behind(
        self, written: list[str], sentences: list[str], seed: int
    ) -> None:
        """For any changes by the writer, and any changes of the sentences."""
        article = taken(composed({"letter": LETTER}), {"letter": LETTER})
        at = 2 + seed % 2
        text = " ".join(written) if seed < 4 else article.units[at].source
        article = article.map_unit(article.units[at].id, lambda unit: with_target(unit, text, "eugene", T1, SHARES))
        said = dict(zip(("la000000", "lc000000"), sentences, strict=True))
        units = [with_target(unit, said.get(unit.id, unit.target), "leejin", T2) for unit in LETTER.units]
        letter = with_units(LETTER, units)
        new = again(article, {"letter": letter})
        for before, after in zip(article.units, new.units, strict=True):
            own = any(each.words for each in before.by)
            assert after.target == (before.target if own else after.source)
            assert after.fuzzy == (before.source != after.source)
            assert not any(each.words for each in after.by) or after.by == before.by
        assert again(new, {"letter": letter}) == new
