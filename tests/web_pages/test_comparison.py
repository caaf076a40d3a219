"""A story against its page: the same text never differs, and a single change is found alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.live_pages import DESIGNS, body_of, paid, scripted
from support.paths import ROOT
from transflow import renderers
from transflow.actions import Actor
from transflow.actions.stories.live_page import story_parts
from transflow.actions.stories.print_context import load_print_context
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.project import Project
from transflow.stories import story
from transflow.stories.printed import PrintContext
from transflow.web_pages.comparison import PageComparison, compare
from transflow.web_pages.decoding import decode_page
from transflow.web_pages.folding import fold
from transflow.web_pages.html_text import page_text
from transflow.web_pages.parts import PageDifference, StoryPart

NOW = "2024-03-27T00:00:00Z"
ACTOR = Actor(Project(ROOT), Person(""), NOW)


@cache
def sample() -> tuple[Catalog, PrintContext, tuple[StoryPart, ...]]:
    """Return the story of the sample, and its parts."""
    place = ACTOR.project.find_catalog("un-china-refugees", "articles")
    article = ACTOR.project.load(place)
    context = load_print_context(ACTOR.project, place.locale, article)
    return article, context, tuple(story_parts(article, context, NOW))


def own_page(changed: Sequence[StoryPart]) -> str:
    """Return the page of our own renderer, with other texts in the place of some."""
    article, context, parts = sample()
    page = renderers.render(story.story(article, context, NOW), "html")
    for before, after in zip(parts, changed, strict=True):
        if before != after:
            start = page.index(
                "<h1" if before.role == "headline" else '<p class="deck"' if before.role == "deck" else "<body>"
            )
            at = page.index(escape(before.text, quote=False), start)
            page = page[:at] + escape(after.text, quote=False) + page[at + len(escape(before.text, quote=False)) :]
    return page


def found(parts: Sequence[StoryPart], page: str | bytes, kind: str = "") -> PageComparison:
    return compare(parts, page_text(decode_page(page, kind) if isinstance(page, bytes) else page))


def brief(differences: Sequence[PageDifference]) -> list[tuple[str, str]]:
    return [(each.kind, each.part.key if each.part else "") for each in differences]


PARTS = sample()[2]
EXPECTED: dict[str, list[str]] = {name: [] for name in ("own", *DESIGNS)} | {"capitals": ["deck", "byline"]}
PAGES = {"own": own_page, **DESIGNS}


def roles(differences: Sequence[PageDifference]) -> list[str]:
    return [each.part.role if each.part else "added" for each in differences]


class TestAPageThatIsAsRecorded:
    @pytest.mark.parametrize("design", PAGES)
    def test_differs_in_nothing_but_what_the_design_leaves_out(self, design: str) -> None:
        result = found(PARTS, PAGES[design](PARTS))
        assert result.unreadable == ""
        assert roles(result.differences) == EXPECTED[design]

    @pytest.mark.parametrize("design", DESIGNS)
    def test_may_have_other_quotes_dashes_spaces_and_entities(self, design: str) -> None:
        page = PAGES[design](PARTS)
        for old, new in (
            ("“", "&quot;"),
            ("”", "&#34;"),
            ("’", "&#039;"),
            ("‘", "'"),
            ("—", " &ndash; "),
            (" the ", "&nbsp;the  "),
        ):
            page = page.replace(old, new)
        assert roles(found(PARTS, page).differences) == EXPECTED[design]

    @pytest.mark.parametrize("encoding", ["euc-kr", "cp949"])
    def test_may_be_in_an_encoding_of_korea(self, encoding: str) -> None:
        page = DESIGNS["theme"](PARTS).replace("</header>", "<p>유엔 특별보고관</p></header>")
        data = page.encode("cp949", "xmlcharrefreplace")
        assert found(PARTS, data, f"text/html; charset={encoding}").differences == ()
        declared = data.replace(b"<head>", f'<head><meta charset="{encoding}">'.encode())
        assert found(PARTS, declared).differences == ()
        assert found(PARTS, data).differences == ()


def with_text(key: str, text: str) -> list[StoryPart]:
    return [part._replace(text=text) if part.key == key else part for part in PARTS]


def mutations(part: StoryPart) -> list[str]:
    """Return other texts of a part: a word changed, taken out, added, and wholly other words."""
    words = part.text.split()
    middle = len(words) // 2
    return [
        " ".join([*words[:middle], "otherwise", *words[middle + 1 :]]),
        " ".join([*words[:middle], *words[middle + 1 :]]),
        f"{part.text} Nobody has confirmed this.",
    ]


class TestASingleChange:
    @pytest.mark.parametrize("design", PAGES)
    def test_of_any_paragraph_is_found_alone(self, design: str) -> None:
        for number, part in enumerate(PARTS):
            if design != "own" and number % 2:
                continue
            if part.role not in ("headline", "paragraph") or len(part.text.split()) < 3:
                continue
            text = mutations(part)[number % 3]
            page = PAGES[design](with_text(part.key, text))
            result = [each for each in found(PARTS, page).differences if not each.is_head]
            assert brief(result) == [("changed", part.key)], (design, part, text)
            shown = text.upper() if design == "capitals" and part.role == "headline" else text
            assert fold(result[0].live).endswith(fold(shown))

    @pytest.mark.parametrize("design", DESIGNS)
    def test_by_which_a_paragraph_is_gone_or_wholly_other_is_found_alone(self, design: str) -> None:
        for part in [each for each in PARTS if each.role == "paragraph"][2::7]:
            page = PAGES[design]([each for each in PARTS if each != part])
            assert brief([each for each in found(PARTS, page).differences if not each.is_head]) == [
                ("missing", part.key)
            ]
        for part in [each for each in PARTS if each.role == "paragraph" and len(each.text.split()) > 12][::6]:
            other = "Quite something else was decided on Friday by people whom no report has named so far."
            page = PAGES[design](with_text(part.key, other))
            result = [each for each in found(PARTS, page).differences if not each.is_head]
            assert (brief(result), result[0].live) == ([("changed", part.key)], other)

    @pytest.mark.parametrize("design", DESIGNS)
    def test_that_adds_or_moves_a_paragraph_is_found_alone(self, design: str) -> None:
        new = StoryPart("new", "paragraph", "The ministry has since said that it will answer the letter.")
        body = [part for part in PARTS if part.role == "paragraph"]
        heads = [part for part in PARTS if part.role in ("headline", "deck", "byline")]
        credit = [part for part in PARTS if part.role == "credit"]
        for at in (4, len(body)):
            page = PAGES[design]([*heads, *body[:at], new, *body[at:], *credit])
            result = [each for each in found(PARTS, page).differences if not each.is_head]
            assert ([each.kind for each in result], result[0].live) == (["added"], new.text)
        page = PAGES[design]([*heads, *body[:2], body[6], *body[2:6], *body[7:], *credit])
        result = [each for each in found(PARTS, page).differences if not each.is_head]
        assert brief(result) == [("moved", body[6].key)]


class TestAPageThatCannotBeRead:
    def test_shows_the_beginning_to_those_who_do_not_pay(self) -> None:
        assert found(PARTS, paid(PARTS)) == PageComparison((), "paid")

    def test_is_made_by_scripts(self) -> None:
        assert found(PARTS, scripted(PARTS)) == PageComparison((), "script")

    def test_is_another_one(self) -> None:
        page = "<html><body><h1>About us</h1>" + "<p>We report from Asia since 1996.</p>" * 30
        assert found(PARTS, page) == PageComparison((), "other")

    def test_ends_in_the_middle(self) -> None:
        page = DESIGNS["soup"](
            [part for part in PARTS if part.role != "paragraph"] + [p for p in PARTS if p.role == "paragraph"][:5]
        )
        assert found(PARTS, page) == PageComparison((), "short")

    def test_is_read_all_the_same_if_machines_are_given_its_text(self) -> None:
        text = "<script type='application/ld+json'>{\"articleBody\": %s}</script>"
        page = scripted(PARTS).replace("</head>", text % json.dumps("\n\n".join(body_of(PARTS))) + "</head>")
        assert found(PARTS, page) == PageComparison(())


@settings(max_examples=20)
@given(st.text(max_size=200))
def test_no_page_is_too_broken_to_be_read(text: str) -> None:
    assert found(PARTS, f"<p>{text}").unreadable == "other"
