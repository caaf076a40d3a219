"""Credits computed from the words of the article catalog: exactly the authors of printed text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.attribution.credits import (
    Contribution,
    authors,
    contributions,
    credit_line,
    credits,
    main_author,
    owed_credits,
    printed_units,
    story_main_author,
    unknown_authors,
)
from transflow.model.catalog import Catalog
from transflow.model.credit import CreditGroup
from transflow.model.settings import Person, Settings
from transflow.model.unit import Act, Authorship, Share, Unit

PEOPLE = (
    Person("claire", "Claire Lee"),
    Person("leejin", "Leejin Jun"),
    Person("eugene", "Eugene Whong"),
    Person("edith", "Edith Editor"),
    Person("p7", "Somebody Real", protected=True),
    Person("p8"),
)
NEWSROOM = Settings(people=PEOPLE)
MACHINE = "mt:deepl/v2"


def by(who: str, words: int, time: str = "2024-03-26T06:00:00Z") -> Authorship:
    return Authorship(who, time, words)


def unit(unit_id: str, *, translated: tuple[Share, ...] = (), by: tuple[Authorship, ...] = (), **more: object) -> Unit:
    return Unit(unit_id, "draft", "printed", translated=translated, by=by).replace(**more)


def article(*units: Unit) -> Catalog:
    return Catalog(units=units)


STORY = article(
    unit("h1", translated=(Share("claire", 5),), kind="headline"),
    unit("p1", translated=(Share("leejin", 30), Share("claire", 12)), by=(by("eugene", 10),)),
    unit("p2", by=(by("eugene", 20),)),
)


class TestAuthorsOfAUnit:
    def test_are_the_people_with_words_in_it_translators_first(self) -> None:
        assert authors(STORY.units[1]) == (("leejin", 30), ("claire", 12), ("eugene", 10))

    def test_words_as_translator_and_as_writer_are_added(self) -> None:
        both = unit("p", translated=(Share("claire", 4), Share("leejin", 5)), by=(by("claire", 3),))
        assert authors(both) == (("claire", 7), ("leejin", 5))
        assert main_author(both) == "claire"

    def test_somebody_without_words_is_none_while_others_have_some(self) -> None:
        assert authors(unit("p", by=(by("claire", 0), by("leejin", 9)))) == (("leejin", 9),)

    def test_where_nobody_has_words_the_newest_is_the_author(self) -> None:
        confirmed = unit("p", by=(by(MACHINE, 17), by("claire", 0, "2024-03-01T00:00:00Z"), by("leejin", 0)))
        assert authors(confirmed) == (("leejin", 0),)
        assert main_author(confirmed) == "leejin"

    def test_a_machine_is_never_a_person(self) -> None:
        draft = unit("p", translated=(Share(MACHINE, 40),), by=(by(MACHINE, 17),))
        assert authors(draft) == ()
        assert main_author(draft) == ""

    def test_of_equal_shares_the_first_is_main_author(self) -> None:
        assert main_author(unit("p", by=(by("leejin", 5), by("claire", 5)))) == "leejin"


class TestMainAuthorOfAnArticle:
    def test_has_the_most_words_in_what_is_printed(self) -> None:
        assert story_main_author(STORY) == "leejin"

    def test_does_not_count_what_is_cut(self) -> None:
        cut = STORY.map_unit("p1", lambda each: each.replace(cut=Act("edith", "2024-03-26T07:00:00Z")))
        assert story_main_author(cut) == "eugene"

    def test_is_the_newest_person_where_nobody_has_words(self) -> None:
        early, late = by("claire", 0, "2024-03-01T00:00:00Z"), by("leejin", 0, "2024-03-02T00:00:00Z")
        assert story_main_author(article(unit("a", by=(late,)), unit("b", by=(early,)))) == "leejin"
        assert story_main_author(article()) == ""


class TestWhatIsPrinted:
    def test_leaves_out_cuts_and_paragraphs_without_text(self) -> None:
        act = Act("edith", "2024-03-26T07:00:00Z")
        units = (unit("a"), unit("b", cut=act), unit("c", omitted=act), unit("d", target=""), unit("e", target=" \n"))
        assert [each.id for each in printed_units(article(*units))] == ["a"]


class TestCredits:
    def test_the_published_line(self) -> None:
        line = "Translated by Claire Lee and Leejin Jun. Written in English by Eugene Whong."
        assert credit_line(credits(STORY, NEWSROOM), "en") == line

    def test_names_stand_in_order_of_first_appearance(self) -> None:
        turned = article(*reversed(STORY.units))
        assert credits(turned, NEWSROOM)[0].names == ("Leejin Jun", "Claire Lee")

    def test_translators_come_before_writers_whoever_appears_first(self) -> None:
        turned = article(STORY.units[2], STORY.units[0])
        assert [group.role for group in credits(turned, NEWSROOM)] == ["translator", "writer"]

    def test_a_draft_accepted_unchanged_gives_no_writer_credit(self) -> None:
        accepted = article(unit("p", translated=(Share("claire", 9),), by=(by("eugene", 0),)))
        assert credits(accepted, NEWSROOM) == (CreditGroup("translator", ("claire",), ("Claire Lee",)),)

    def test_somebody_may_be_translator_and_writer(self) -> None:
        both = article(unit("p", translated=(Share("claire", 9),), by=(by("claire", 3),)))
        line = "Translated by Claire Lee. Written in English by Claire Lee."
        assert credit_line(credits(both, NEWSROOM), "en") == line

    def test_what_is_cut_credits_nobody(self) -> None:
        cut = STORY.map_unit("p1", lambda each: each.replace(cut=Act("edith", "2024-03-26T07:00:00Z")))
        assert credits(cut, NEWSROOM)[0].names == ("Claire Lee",)

    def test_the_headline_counts_like_a_paragraph(self) -> None:
        assert credits(article(STORY.units[0]), NEWSROOM)[0].ids == ("claire",)

    def test_machines_and_unknown_ids_are_credited_by_nobody_and_unknown_ones_are_told(self) -> None:
        strange = article(unit("p", translated=(Share(MACHINE, 9), Share("ghost", 3)), by=(by("ghoul", 1),)))
        assert credits(strange, NEWSROOM) == ()
        assert unknown_authors(strange, NEWSROOM) == ("ghost", "ghoul")

    def test_a_protected_person_is_printed_nowhere_and_owed_the_credit_all_the_same(self) -> None:
        secret = article(unit("p", translated=(Share("p7", 9), Share("claire", 3))))
        assert credits(secret, NEWSROOM)[0].names == ("Claire Lee",)
        assert owed_credits(secret, NEWSROOM) == (("translator", "p7"), ("translator", "claire"))

    def test_a_group_of_protected_people_only_is_not_printed(self) -> None:
        assert credits(article(unit("p", translated=(Share("p7", 9),))), NEWSROOM) == ()

    def test_people_without_a_name_are_not_printed(self) -> None:
        assert credits(article(unit("p", by=(by("p8", 9),))), NEWSROOM) == ()

    def test_a_withheld_name_is_not_printed(self) -> None:
        groups = credits(STORY, NEWSROOM, withheld=frozenset({"leejin"}))
        assert credit_line(groups, "en") == "Translated by Claire Lee. Written in English by Eugene Whong."

    def test_the_editor_is_credited_where_the_project_wants_it(self) -> None:
        with_editor = replace(NEWSROOM, credit_editor=True)
        assert credit_line(credits(STORY, with_editor, "edith"), "en").endswith(" Edited by Edith Editor.")
        assert credits(STORY, with_editor, "edith")[-1] == CreditGroup("editor", ("edith",), ("Edith Editor",))
        assert credits(STORY, with_editor) == credits(STORY, NEWSROOM, "edith") == credits(STORY, NEWSROOM)


class TestMinimumShare:
    def test_drops_who_has_less_of_the_storys_words(self) -> None:
        small = article(unit("p", translated=(Share("claire", 96), Share("leejin", 4))))
        assert credits(small, replace(NEWSROOM, minimum_share=0.05))[0].ids == ("claire",)
        assert credits(small, replace(NEWSROOM, minimum_share=0.04))[0].ids == ("claire", "leejin")

    def test_compares_a_persons_words_in_all_roles(self) -> None:
        mixed = article(unit("p", translated=(Share("leejin", 92), Share("claire", 4)), by=(by("claire", 4),)))
        assert [group.ids for group in credits(mixed, replace(NEWSROOM, minimum_share=0.05))] == [
            ("leejin", "claire"),
            ("claire",),
        ]

    def test_counts_a_machines_words_in_the_whole(self) -> None:
        mostly_machine = article(unit("p", translated=(Share(MACHINE, 96), Share("claire", 4))))
        assert credits(mostly_machine, replace(NEWSROOM, minimum_share=0.05)) == ()


class TestContributions:
    def test_list_the_paragraphs_behind_every_name(self) -> None:
        assert contributions(STORY, NEWSROOM) == (
            Contribution("claire", "translator", 17, ("h1", "p1")),
            Contribution("leejin", "translator", 30, ("p1",)),
            Contribution("eugene", "writer", 30, ("p1", "p2")),
        )


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en", "Translated by A and B. Written in English by C. Edited by D."),
        ("en_GB", "Translated by A and B. Written in English by C. Edited by D."),
        ("ko", "번역: A, B. 한국어 기사 작성: C. 편집: D."),
        ("zh_Hans_CN", "翻译：A、B。中文撰稿：C。编辑：D。"),
        ("vi", "Biên dịch: A và B. Viết bằng tiếng Việt: C. Biên tập: D."),
        ("fr", "Translated by A and B. Written in French by C. Edited by D."),
    ],
)
def test_the_line_in_the_language_of_the_story(locale: str, line: str) -> None:
    groups = (
        CreditGroup("translator", ("a", "b"), ("A", "B")),
        CreditGroup("writer", ("c",), ("C",)),
        CreditGroup("editor", ("d",), ("D",)),
    )
    assert credit_line(groups, locale) == line
    assert credit_line((), locale) == ""


who = st.sampled_from(["claire", "leejin", "eugene", "p7", "p8", "ghost", MACHINE])
words = st.integers(0, 40)
units = st.lists(
    st.builds(
        lambda translated, written, target, cut: Unit(
            "x",
            "draft",
            target,
            translated=tuple(Share(*each) for each in translated.items()),
            by=tuple(by(*each) for each in written.items()),
            cut=Act("edith", "2024-03-26T07:00:00Z") if cut else None,
        ),
        st.dictionaries(who, words, max_size=3),
        st.dictionaries(who, words, max_size=3),
        st.sampled_from(["", "text"]),
        st.booleans(),
    ),
    max_size=5,
).map(lambda made: article(*(each.replace(id=f"u{n}") for n, each in enumerate(made))))


@given(units)
def test_every_word_of_the_printed_story_has_an_author_a_machine_or_an_unknown_hand(story: Catalog) -> None:
    shares = [(share.who, share.words) for each in printed_units(story) for share in each.translated]
    shares += [(share.who, share.words) for each in printed_units(story) for share in each.by]
    others = {MACHINE, *unknown_authors(story, NEWSROOM)}
    known = sum(each.words for each in contributions(story, NEWSROOM))
    rest = sum(number for author, number in shares if author in others)
    assert known + rest == sum(number for _, number in shares)


@given(units, st.floats(0, 1), st.frozensets(who))
def test_what_is_printed_is_owed_and_never_protected_or_withheld(
    story: Catalog, share: float, withheld: frozenset[str]
) -> None:
    newsroom = replace(NEWSROOM, minimum_share=share)
    printed_ids = [(group.role, each) for group in credits(story, newsroom, "", withheld) for each in group.ids]
    assert [each for each in owed_credits(story, newsroom) if each in printed_ids] == printed_ids
    assert not {each for _, each in printed_ids} & {"p7", "p8", "ghost", MACHINE, *withheld}
    assert all(group.names and len(group.names) == len(group.ids) for group in credits(story, newsroom, "", withheld))
