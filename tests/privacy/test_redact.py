"""A redacted text remains in no field, whatever its markup, and nothing else is lost."""

from __future__ import annotations

import json
from unicodedata import normalize

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.strategies import catalogs
from transflow.attribution.authorship import is_attributed
from transflow.digests import approval, digest
from transflow.errors import UsageError
from transflow.model.catalog import Catalog, Header
from transflow.model.unit import (
    Act,
    Answer,
    Approval,
    Authorship,
    Conflict,
    ConflictShare,
    Meta,
    Question,
    Share,
    Unit,
    Waiver,
)
from transflow.po.catalog import new_header, parse, serialize
from transflow.privacy import redact
from transflow.privacy.redact import Redaction
from transflow.report.front import front_matter
from transflow.text import without_spaces, words

NOW = "2024-03-26T05:00:00Z"
NAME = Redaction("김하늘", "[이름 비공개]")
LATIN = Redaction("Haneul Kim", "[name redacted]")


# Texts


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("김하늘은 말했다.", "[이름 비공개]은 말했다."),
        ("김 하늘 씨와 김하늘 씨", "[이름 비공개] 씨와 [이름 비공개] 씨"),
        ("김\n하늘 씨", "[이름 비공개] 씨"),
        ("> 김\n> 하늘 씨", "> [이름 비공개] 씨"),
        ("김\u200b하늘", "[이름 비공개]"),
        (normalize("NFD", "김하늘은"), "[이름 비공개]은"),
        ("하늘 김", "하늘 김"),
    ],
)
def test_white_space_and_what_nobody_sees_do_not_matter(text: str, without: str) -> None:
    assert NAME.apply(text) == without


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("**Haneul** Kim said", "**[name redacted]** said"),
        ("**Haneul Kim** said", "**[name redacted]** said"),
        ("**Haneul Ki**m said", "**[name redacted]** said"),
        ("said Haneul **Kim so**", "said **[name redacted] so**"),
        ("Haneul *Kim and* others", "*[name redacted] and* others"),
        ("[Haneul Kim](https://x.example/a)", "[[name redacted]](https://x.example/a)"),
        ("[Haneul](https://x.example/a) Kim", "[[name redacted]](https://x.example/a)"),
        ("Haneul [Kim](https://x.example/a)", "[[name redacted]](https://x.example/a)"),
        (r"Haneul\_Kim", "[name redacted]"),
    ],
)
def test_a_text_that_crosses_inline_markdown_goes_and_the_marks_keep_their_partners(text: str, without: str) -> None:
    assert LATIN.apply(text) == without


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Haneul Kimble", True),
        ("XHaneul Kim", True),
        ("Haneul Kim’s", False),
        ("Haneul Kim은", False),
        ("haneul kim", True),
    ],
)
def test_a_latin_name_is_not_taken_out_of_a_longer_word_or_other_capitals_but_found_near(
    text: str, stays: bool
) -> None:
    assert (LATIN.apply(text) == text) is stays
    assert LATIN.occurs_loosely_in(text)


def test_capitals_do_not_matter_where_one_says_so() -> None:
    assert Redaction("Haneul Kim", "[x]", any_case=True).apply("HANEUL KIM, haneul kim") == "[x], [x]"


@pytest.mark.parametrize("text", ["", " ", "김", " a ", "```", "**a**", "#~"])
def test_a_text_of_less_than_two_characters_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="too short"):
        Redaction(text, "[x]")


@pytest.mark.parametrize(
    ("replacement", "reason"),
    [("", "say what"), (" ", "say what"), ("a\nb", "say what"), ("\x00", "say what"), ("KIM", "has the text")],
)
def test_what_stands_instead_is_one_line_without_the_text(replacement: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        Redaction("Kim", replacement)


pieces = st.lists(
    st.sampled_from(["김하늘", "김", "하늘", " ", "\n", "*", "_", "[", "](https://x.example)", "\\", "x", "`", "Kim"]),
    max_size=14,
)


@given(pieces)
def test_no_reading_of_a_redacted_text_has_it_and_twice_is_once(parts: list[str]) -> None:
    text = "".join(parts)
    new = NAME.apply(text)
    assert not NAME.occurs_in(new)
    assert "김하늘" not in without_spaces(new)
    assert NAME.apply(new) == new
    if not NAME.occurs_in(text):
        assert new is text


@given(pieces, pieces)
def test_words_around_it_stay_with_every_mark_that_has_a_partner_outside(before: list[str], after: list[str]) -> None:
    left, right = "x" + "".join(before), "".join(after) + "x"
    assume(not NAME.occurs_in(left) and not NAME.occurs_in(right) and not NAME.occurs_in(left + "@" + right))
    new = NAME.apply(left + "김하늘" + right)
    assume(new.count("[이름 비공개]") == 1)
    for mark in "[*":
        assert new.replace("[이름 비공개]", "").count(mark) % 2 == (left + right).count(mark) % 2


def test_blank_lines_of_a_comment_stay() -> None:
    comments = ("", "Ask Haneul", "Kim.", "", "", "Thanks", "")
    unit = redact.redacted_unit(Unit("k7f3q2mx", "하나", comments=comments), LATIN, "mina", NOW)
    assert unit.comments == ("", "Ask [name redacted].", "", "", "Thanks", "")


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        (r'msgstr "Haneul\\nKim"', False),
        (r'msgstr "Haneul\nKim"', True),
        (r'msgstr "Haneul\tKim"', True),
        ('msgstr ""\n"Haneul "\n"Kim"', True),
        ('#~ msgstr ""\n#~ "Haneul "\n#~ "Kim"', True),
    ],
)
def test_strings_of_a_glossary_are_searched_as_they_read(line: str, is_found: bool) -> None:
    """An escaped backslash before an n is no line break; continued lines are one string."""
    prefix = "#~ " * line.startswith("#~")
    text = f'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n{prefix}msgid "하늘"\n{line}\n'
    new, removed = redact.redacted_glossary(text, "glossary.po", LATIN)
    assert (removed, new != text) == ((1, True) if is_found else (0, False))


def test_many_marks_take_no_time() -> None:
    assert Redaction("ab" * 40, "[x]").apply(("a" + "*\n > _[" * 40) * 200 + "c").endswith("c")


# Units


def written(target: str = "Haneul Kim left. Nobody knew.") -> Unit:
    unit = Unit(
        "k7f3q2mx",
        "김하늘은 떠났다.",
        target,
        by=(Authorship("claire", NOW, 3), Authorship("leejin", NOW, 2)),
        text=digest(target),
        comments=("Ask Haneul", "Kim twice."),
    )
    mark = approval(unit.id, unit.source, unit.target)
    return unit.replace(approved=Approval("mina", NOW, mark), waivers=(Waiver("names", "mina", NOW, mark, "fine"),))


def test_a_redacted_unit_is_marked_keeps_its_id_and_is_to_be_approved_again() -> None:
    new = redact.redacted_unit(written(), LATIN, "mina", NOW)
    assert new.target == "[name redacted] left. Nobody knew."
    assert new.id == written().id
    assert new.comments == ("Ask [name redacted] twice.",)
    assert new.redacted == Act("mina", NOW)
    assert new.approved is None
    assert new.waivers == ()
    assert not new.fuzzy


def test_authorship_is_kept_the_editor_gets_no_words_and_they_still_add_up() -> None:
    new = redact.redacted_unit(written(), LATIN, "mina", NOW)
    assert [each.who for each in new.by] == ["claire", "leejin"]
    assert sum(each.words for each in new.by) == len(words(new.target))
    assert is_attributed(new)


def test_a_text_that_nobody_claimed_stays_unclaimed() -> None:
    outside = written().replace(text=digest("another"))
    assert not is_attributed(redact.redacted_unit(outside, LATIN, "mina", NOW))


def test_an_approval_stays_where_only_a_remark_had_it() -> None:
    remark = written("Nobody knew.")
    new = redact.redacted_unit(remark, LATIN, "mina", NOW)
    assert new.approved == remark.approved
    assert new.waivers == remark.waivers
    assert new.redacted


def test_a_unit_without_it_is_the_very_same() -> None:
    unit = written("Nobody knew.").replace(comments=())
    assert redact.redacted_unit(unit, LATIN, "mina", NOW) is unit


def test_the_fields_that_held_it_are_named_in_words() -> None:
    old = Unit(
        "k7f3q2mx",
        "김하늘",
        "a",
        previous="김하늘 씨",
        conflicts=(Conflict("claire", NOW, "김하늘"),),
        questions=(Question("claire", NOW, "", "김하늘?"),),
        cut=Act("claire", NOW, "김하늘"),
        other=(Meta("later", "김하늘"),),
    )
    new = redact.redacted_unit(old, NAME, "mina", NOW)
    assert redact.changed_parts(old, new) == ("source", "previous source", "other text", "question", "reason", "note")


def test_the_words_of_another_text_are_counted_anew() -> None:
    shares = (ConflictShare("by", "claire", 3), ConflictShare("by", "leejin", 1))
    unit = Unit("k7f3q2mx", "가", "a", conflicts=(Conflict("claire", NOW, "Haneul Kim said so.", shares),))
    (left,) = redact.redacted_unit(unit, Redaction("Haneul Kim", "Somebody"), "mina", NOW).conflicts
    assert [share.words for share in left.shares] == [2, 1]


# Catalogs


def with_it(catalog: Catalog, where: str) -> Catalog:
    """Return a catalog with the name in one field of every unit."""

    def put(unit: Unit) -> Unit:
        act = Act("claire", NOW, "왜 김하늘")
        values = {
            "source": f"{unit.source} 김하늘",
            "target": f"{unit.target} 김하늘",
            "previous": "김하늘 전",
            "comments": (*unit.comments, "김하늘에게 묻기"),
            "cites": ("김하늘",),
            "conflicts": (Conflict("claire", NOW, "김하늘"),),
            "questions": (Question("claire", NOW, "", "김하늘?"),),
            "answers": (Answer("claire", NOW, "", "김하늘!"),),
            "omitted": act,
            "cut": act,
            "returned": act,
            "waivers": (Waiver("x", "mina", NOW, "0123456789abcdef", "김하늘 때문"),),
            "other": (Meta("later-key", "1 김하늘"),),
            "foreign": ("#: 김하늘.py:1",),
            "translated": (Share("claire", 3),),
        }
        return unit.replace(**{where: values[where]})

    return catalog.replace(units=tuple(map(put, catalog.units)), obsolete=tuple(map(put, catalog.obsolete)))


FIELDS = ["source", "target", "previous", "comments", "cites", "conflicts", "questions", "answers"]
FIELDS += ["omitted", "cut", "returned", "waivers", "other", "foreign"]


@given(catalogs(), st.sampled_from(FIELDS), st.booleans())
def test_nothing_of_a_catalog_s_file_has_it_afterwards_whichever_field_it_was_in(
    catalog: Catalog, where: str, saved: bool
) -> None:
    old = with_it(catalog, where)
    old = parse(serialize(old), "x.po") if saved else old
    new = redact.redacted_catalog(old, NAME, "mina", NOW)
    assert "김하늘" not in without_spaces(serialize(new))
    assert parse(serialize(new), "x.po") == new
    assert [unit.id for unit in new.units] == [unit.id for unit in old.units]
    assert all(unit.redacted for unit in (*new.units, *new.obsolete))
    assert redact.redacted_catalog(new, NAME, "mina", "2025-01-01T00:00:00Z") is new


@settings(max_examples=40)
@given(catalogs())
def test_a_catalog_without_it_is_the_very_same(catalog: Catalog) -> None:
    assert redact.redacted_catalog(catalog, NAME, "mina", NOW) is catalog


FOREIGN = """msgid ""
msgstr ""
"Language: en\\n"
"X-Transflow-Format: 1\\n"
"X-Report: flood\\n"

#. paragraph
#. about Haneul Kim
msgctxt "k7f3q2mx"
msgid "가"
msgstr ""
"Haneul "
"Kim left."

# by Haneul Kim
"""


def test_lines_that_no_field_has_lose_it_too() -> None:
    new = serialize(redact.redacted_catalog(parse(FOREIGN, "x.po"), LATIN, "mina", NOW))
    assert "Kim" not in new
    assert "[name redacted] left." in new


def test_of_the_header_only_what_people_said_is_changed() -> None:
    fields = {
        "X-Article": "김하늘",
        "X-Cleared": "mina 2024-03-26T05:00:00Z 0123456789abcdef alone 김하늘 몫",
        "X-Killed": "mina 2024-03-26T05:00:00Z 김하늘 요청",
        "X-Note": "김하늘",
    }
    new = redact.redacted_header(Header(tuple(fields.items()), ("김하늘",)), NAME)
    assert dict(new.fields) == {
        "X-Article": "김하늘",
        "X-Cleared": "mina 2024-03-26T05:00:00Z 0123456789abcdef alone [이름 비공개] 몫",
        "X-Killed": "mina 2024-03-26T05:00:00Z [이름 비공개] 요청",
        "X-Note": "[이름 비공개]",
    }
    assert new.comments == ("[이름 비공개]",)


def test_notes_alone_lose_a_name_and_texts_with_their_approvals_stay() -> None:
    old = Catalog(new_header("en", "ko"), (written(),))
    new = redact.with_redacted_notes(old, LATIN)
    assert new.units[0].comments == ("Ask [name redacted] twice.",)
    assert new.units[0].replace(comments=()) == written().replace(comments=())


# Reports and glossaries

REPORT = """---
title: 김하늘, "다리" 건너
tags: [김하늘, 다리]
x-desk: 김하늘 담당
# 김하늘에게 묻기
date: 2024-03-26
---

김하늘은 다리를
건넜다.

> 김
> 하늘은 웃었다.
"""


def test_a_report_loses_it_and_its_front_matter_is_still_read() -> None:
    new = redact.redacted_report(REPORT, NAME)
    front, offset, _ = front_matter(new, "x.md")
    assert front.title == '[이름 비공개], "다리" 건너'
    assert front.tags == ("[이름 비공개]", "다리")
    assert front.date == "2024-03-26"
    assert not NAME.occurs_in(new)
    assert new[offset:] == "\n[이름 비공개]은 다리를\n건넜다.\n\n> [이름 비공개]은 웃었다.\n"
    assert redact.redacted_report(new, NAME) is new


GLOSSARY = """msgid ""
msgstr ""
"Language: en\\n"

# Spelled as Haneul Kim wishes.
msgid "강변시"
msgstr "Riverside"

msgid "김하늘"
msgstr "Haneul Kim"
"""


def test_a_glossary_loses_the_entry_and_keeps_the_others() -> None:
    new, removed = redact.redacted_glossary(GLOSSARY, "glossary.po", LATIN)
    assert removed == 1
    assert "하늘" not in new
    assert '# Spelled as [name redacted] wishes.\nmsgid "강변시"\nmsgstr "Riverside"' in new
    assert redact.redacted_glossary(new, "glossary.po", LATIN) == (new, 0)


def test_git_is_asked_with_white_space_left_open_and_signs_taken_literally() -> None:
    assert Redaction("a. (b)", "[x]").git_pattern() == r"a[[:space:]]*\.[[:space:]]*\([[:space:]]*b[[:space:]]*\)"


def test_a_notice_loses_a_name_and_stays_a_notice() -> None:
    notice = '2024-03-26T09:00:00Z mina translation correction "It said \\"Haneul\\u0020Kim\\"."'
    header = redact.redacted_header(new_header("en", "en", X_Article="a", X_Notice=notice), LATIN)
    words, quoted = header.get("X-Notice").split(" ", 4)[:4], header.get("X-Notice").split(" ", 4)[4]
    assert words == ["2024-03-26T09:00:00Z", "mina", "translation", "correction"]
    assert "Haneul" not in json.loads(quoted)
    assert "[name redacted]" in json.loads(quoted)


def test_a_bracket_behind_the_replacement_makes_no_link() -> None:
    redaction = Redaction("김하늘", "[이름 비공개]")
    assert redaction.apply("김하늘(47)은") == "[이름 비공개] (47)은"
    assert redaction.apply("**김하늘**(47)은") == "**[이름 비공개]**(47)은"
    assert redaction.apply(redaction.apply("김하늘(47)")) == "[이름 비공개] (47)"
    assert Redaction("김하늘", "아무개").apply("김하늘(47)") == "아무개(47)"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("김하늘(47)은", "[x] (47)은"),
        ("김하늘[1] 주장", "[x] [1] 주장"),
        ("김하늘: 안녕", "[x] : 안녕"),
        ("> - 김하늘: 안녕", "> - [x] : 안녕"),
        ("그는 김하늘: 안녕", "그는 [x]: 안녕"),
        ("김하늘이 말했다", "[x]이 말했다"),
        ("김하늘", "[x]"),
    ],
)
def test_a_replacement_in_brackets_makes_no_link(text: str, redacted: str) -> None:
    assert Redaction("김하늘", "[x]").apply(text) == redacted
