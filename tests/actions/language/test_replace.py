"""`transflow replace` and `check --fix`: words keep their authors, approvals only their text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.commands import TEXTS, contents, done, in_terminal, transflow
from support.keys import computer, make_key, with_key
from support.newsrooms import git
from transflow.actions.language.replace import Replacement
from transflow.attribution.authorship import with_respelled_target
from transflow.model.unit import Authorship, Share, Unit
from transflow.project import CatalogRef, Project
from transflow.text import words
from transflow.units.workflow import is_approved

REPORT = CatalogRef("en", "reports", "un-letter")
STORY = CatalogRef("en", "articles", "un-china-refugees")


def record(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(folder).items() if not path.startswith(".transflow")}


def target(folder: Path, place: CatalogRef, number: int) -> Unit:
    return Project(folder).load(place).units[number - 1]


# replace


def test_a_spelling_changes_everywhere_and_nothing_becomes_stale(sample: Path) -> None:
    before = {place: Project(sample).load(place) for place in (REPORT, STORY)}
    ran = transflow(sample, "replace", "Quintana", "Quíntana", "--yes", user="mina")
    assert ran.code == 0
    assert "renewed, 0 approvals lost." in ran.out
    for place, old in before.items():
        for was, now in zip(old.units, Project(sample).load(place).units, strict=True):
            assert now.target == was.target.replace("Quintana", "Quíntana")
            assert is_approved(now) == is_approved(was)
            assert {each.who: each.words for each in was.by}.items() <= {
                each.who: each.words for each in now.by
            }.items()
            assert now.translated == was.translated
    done(sample, "clear", STORY.slug, user="mina")
    assert transflow(sample, "check", "--select", "gate").code == 0


def test_a_paragraph_that_says_it_in_other_words_is_confirmed_against_its_new_draft(sample: Path) -> None:
    git(sample, "init", "-q", "-b", "main")
    git(sample, "add", "-A")
    git(sample, "-c", "user.name=mina", "-c", "user.email=mina@example.org", "commit", "-q", "-m", "begin")
    before = target(sample, STORY, 3)
    done(sample, "replace", "Human rights", "Rights", "--yes", user="mina")
    now = target(sample, STORY, 3)
    assert (now.target, now.source != before.source, is_approved(now)) == (before.target, True, True)
    done(sample, "clear", STORY.slug, user="mina")
    assert "stale-text" not in transflow(sample, "check", "--all").out
    assert done(sample, "repair") == "Nothing to mend.\n"


def test_who_is_no_editor_takes_approvals_away(sample: Path) -> None:
    ran = transflow(sample, "replace", "Quintana", "Quíntana", "--yes", user="claire")
    assert "0 approvals renewed" in ran.out
    changed = [unit for unit in Project(sample).load(REPORT).units if "Quíntana" in unit.target]
    assert changed
    assert not any(unit.approved for unit in changed)


def test_every_place_is_shown_as_it_is_and_as_it_will_be() -> None:
    text = f"Kim came. {'So it went. ' * 6}Kim Jong-un stayed, and Kim Jong-un left. {'It went on. ' * 6}He was no Kim Jong-un."
    shown = list(Replacement("Kim Jong-un", "Kim").matches(text))
    assert [old.count("Kim Jong-un") for old, _ in shown] == [2, 1]
    assert all(new == old.replace("Kim Jong-un", "Kim") for old, new in shown)
    assert shown[1][1] == "…ent on. It went on. He was no Kim."


def test_a_spelling_that_is_an_error_takes_approvals_away(sample: Path) -> None:
    ran = transflow(sample, "replace", "Quintana", "퀸타나", "--yes", user="mina")
    assert ran.code == 0
    assert "0 approvals renewed" in ran.out
    assert not any(unit.approved for unit in Project(sample).load(REPORT).units if "퀸타나" in unit.target)


@pytest.mark.parametrize("options", [["--dry-run"], []])
def test_without_a_word_nothing_changes(sample: Path, options: list[str]) -> None:
    before = record(sample)
    ran = transflow(sample, "replace", "Quintana", "Quíntana", *options, user="mina")
    assert "un-letter#" in ran.out
    assert record(sample) == before


@pytest.mark.parametrize(("old", "new"), [("", "x"), ("x", "x"), (" x", "y"), ("x", "")])
def test_what_is_no_replacement_is_refused(sample: Path, old: str, new: str) -> None:
    assert transflow(sample, "replace", old, new, user="mina").code == 2


def test_only_whole_words_change(sample: Path) -> None:
    assert "was not found" in transflow(sample, "replace", "Quint", "Kint", "--yes", user="mina").err


TEXT = st.lists(st.sampled_from("a b c Kim Lee".split()), min_size=1, max_size=9).map(" ".join)
COUNTS = st.lists(st.integers(0, 5), max_size=3)


@given(TEXT, TEXT, COUNTS, COUNTS)
@settings(max_examples=100)
def test_the_words_of_all_authors_are_the_words_of_the_text(
    old: str, new: str, by: list[int], drafts: list[int]
) -> None:
    unit = Unit(
        "k7f3q2mx",
        "가",
        old,
        by=tuple(Authorship(f"w{n}", "2024-03-26T00:00:00Z", count) for n, count in enumerate(by)),
        translated=tuple(Share(f"t{n}", count) for n, count in enumerate(drafts)),
    )
    now = with_respelled_target(unit, new, "mina", "2024-03-27T00:00:00Z")
    total = sum(each.words for each in now.by) + sum(share.words for share in now.translated)
    assert total == len(words(new))
    assert "mina" in [each.who for each in now.by]


def test_of_a_confidential_text_only_the_reference_is_shown(untidy: Path) -> None:
    path = untidy / "sources/flood.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("dateline:", "confidential: true\ndateline:"), encoding="utf-8"
    )
    ran = transflow(untidy, "replace", "bridges", "spans", "--dry-run", user="mina")
    assert ran.out == "en:flood#1\nen:flood#2\n"


def test_a_person_is_asked_on_a_terminal(untidy: Path) -> None:
    code, screen = in_terminal(
        untidy, "replace", "bridges", "spans", user="claire", answers={"Change 2 sentences?": "y"}
    )
    assert code == 0
    assert "2 sentences changed, 0 approvals renewed, 0 approvals lost." in screen
    assert target(untidy, FLOOD, 1).target == "Three spans out in floods"


# --fix


@pytest.fixture
def untidy(room: Path) -> Path:
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "unit", "set", "flood#2", "Three bridges failed on the the night of the 5th, all agree .", user="claire")
    return room


FLOOD = CatalogRef("en", "reports", "flood")


def test_certain_fixes_are_written_in_the_name_of_who_applies_them(untidy: Path) -> None:
    ran = transflow(untidy, "check", "--all", "--fix", "--select", "repetition,typography", user="leejin")
    assert "en:flood#2: fixed (repetition, typography.space)" in ran.err
    unit = target(untidy, FLOOD, 2)
    assert unit.target == TEXTS[1].replace(".", ", all agree.")
    assert {each.who for each in unit.by} == {"claire", "leejin"}
    assert (ran.code, ran.out) == (0, "1 catalog judged, 0 errors: passed.\n")
    again = transflow(untidy, "check", "--all", "--fix", "--select", "repetition,typography", user="leejin")
    assert again.err == ""


def test_an_approved_text_is_fixed_by_an_editor_only_who_approves_it_again(untidy: Path) -> None:
    done(untidy, "unit", "approve", "flood#2", user="mina")
    ran = transflow(untidy, "check", "--all", "--fix", "--select", "repetition", user="leejin")
    assert "flood#2: not fixed (repetition): it is approved" in ran.err
    transflow(untidy, "check", "--all", "--fix", "--select", "repetition", user="mina")
    unit = target(untidy, FLOOD, 2)
    assert "the the" not in unit.target
    assert is_approved(unit)


def test_an_approval_that_is_given_again_without_a_key_says_that_it_is_not_signed(untidy: Path, tmp_path: Path) -> None:
    done(untidy, "unit", "approve", "flood#2", user="mina")
    with_key(untidy, "mina", make_key(tmp_path / "elsewhere" / "mina"))
    with computer(tmp_path / "here"):
        ran = transflow(untidy, "check", "--all", "--fix", "--select", "repetition", user="mina")
    fixed, unsigned = ran.err.splitlines()
    assert fixed == "en:flood#2: fixed (repetition)"
    assert unsigned.startswith("Not signed: ")


def test_an_approved_text_whose_fix_could_not_be_approved_stays_as_it_is(untidy: Path) -> None:
    done(untidy, "unit", "approve", "flood#2", user="mina")
    before = target(untidy, FLOOD, 2)
    path = untidy / "transflow.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[checks]", '[checks]\n"typography.space" = "error"'), encoding="utf-8")
    ran = transflow(untidy, "check", "--all", "--fix", "--select", "repetition", user="mina")
    assert "flood#2: not fixed (repetition): it is approved, and typography.space" in ran.err
    assert target(untidy, FLOOD, 2) == before


def test_a_text_that_needed_another_look_still_does(untidy: Path) -> None:
    done(untidy, "unit", "set", "flood#2", "It was the the 5th.", "--needs-look", user="claire")
    transflow(untidy, "check", "--all", "--fix", "--select", "repetition", user="leejin")
    assert target(untidy, FLOOD, 2).fuzzy
    assert target(untidy, FLOOD, 2).target == "It was the 5th."


def test_no_figure_date_or_name_is_written_over(room: Path) -> None:
    done(
        room, "glossary", "add", "김정은", "Kim Jong Un", "--kind", "person", "--forbidden", "Kim Jong-un", user="mina"
    )
    report = """---
title: 제목
date: 2024-03-26
---

사업비는 1억 4천 2백만 달러다. 3만5천 명이 왔다. 3월 11일 월요일에 열렸다. 지난달 15일이었다. 김정은이 왔다. 289km 떨어졌다.
"""
    (room / "sources/figures.md").write_text(report, encoding="utf-8")
    done(room, "update", "figures", user="claire")
    texts = (
        "Title",
        "The project costs $142 million.",
        "Some 3,500 came.",
        "It opened on Tuesday, April 12.",
        "It was March 15.",
        "Kim Jong-un came.",
        "It is 289 kilometers (18 miles) away.",
    )
    for number, text in enumerate(texts, 1):
        done(room, "unit", "set", f"figures#{number}", text, user="claire")
    ran = transflow(room, "check", "--all", "--fix", "--hints", user="claire")
    assert "fixed" not in ran.err
    assert [unit.target for unit in Project(room).load(CatalogRef("en", "reports", "figures")).units] == list(texts)
    for check in ("numbers.magnitude", "dates.", "glossary.forbidden", "measures.conversion"):
        assert check in ran.out
    assert "money" not in ran.out


def test_what_is_waived_or_not_asked_for_stays(untidy: Path) -> None:
    before = target(untidy, FLOOD, 2)
    transflow(untidy, "check", "--all", "--fix", "--select", "style", user="leejin")
    assert target(untidy, FLOOD, 2) == before
    done(untidy, "unit", "waive", "flood#2", "repetition", "A stutter.", user="mina")
    transflow(untidy, "check", "--all", "--fix", "--select", "repetition", user="leejin")
    assert target(untidy, FLOOD, 2).target == before.target
