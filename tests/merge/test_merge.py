"""Two people changed one catalog: no text is lost, and the order of the sides does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.edits import EDITS, Step, played, starting
from support.recorded import Case, random_case
from transflow.attribution.authorship import is_attributed, with_confirmation, with_target
from transflow.digests import approval, digest
from transflow.merge import merge
from transflow.merge.order import merged_order, merged_set
from transflow.merge.texts import is_human, is_part_of
from transflow.merge.words import join_tokens, merged_words, tokens
from transflow.model.catalog import Catalog, Header
from transflow.model.issue import Issue
from transflow.model.unit import (
    Act,
    Allowance,
    Approval,
    Assignment,
    Authorship,
    Conflict,
    ConflictShare,
    Question,
    Ref,
    Share,
    Sighting,
    Unit,
    Use,
    Waiver,
)
from transflow.po.catalog import parse, serialize
from transflow.po.header import with_counts
from transflow.text import words

steps = st.builds(Step, st.sampled_from(sorted(EDITS)), st.integers(0, 7), st.integers(0, 3), st.integers(0, 1439))
scripts = st.lists(steps, max_size=6)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    base = played(starting(draw(st.integers(3, 6)), draw(st.booleans())), draw(st.lists(steps, max_size=4)), "c")
    return Case(base, played(base, draw(scripts), "a"), played(base, draw(scripts), "b"))


def everything(catalog: Catalog) -> tuple[Unit, ...]:
    return (*catalog.units, *catalog.obsolete)


def texts_of(catalog: Catalog) -> list[str]:
    units = everything(catalog)
    return [text for unit in units for text in (unit.target, *(each.text for each in unit.conflicts))]


def words_of(catalog: Catalog) -> Counter[str]:
    return Counter(word for unit in catalog.units for word in unit.source.split())


def family(unit_id: str, case: Case) -> set[str]:
    """Return the ids that any of the three catalogs connects with an id by joins and splits."""
    units = [unit for side in case if side for unit in everything(side)]
    found, size = {unit_id}, 0
    while len(found) != size:
        size = len(found)
        for unit in units:
            kin = {unit.id, *unit.joined, *([unit.split] if unit.split else [])}
            if kin & found:
                found |= kin
    return found


def known(catalog: Catalog | None, unit_id: str) -> Unit | None:
    return next((unit for unit in everything(catalog) if unit.id == unit_id), None) if catalog else None


def newly_redacted(ids: set[str], case: Case) -> bool:
    for side in (case.ours, case.theirs):
        for unit in everything(side):
            before = known(case.base, unit.id)
            if unit.id in ids and unit.redacted and unit.redacted != (before and before.redacted):
                return True
    return False


def assert_valid(catalog: Catalog) -> None:
    ids = [unit.id for unit in everything(catalog)]
    assert len(ids) == len(set(ids))
    joined = [each for unit in catalog.units for each in unit.joined]
    assert len(joined) == len(set(joined))
    assert not set(joined) & {unit.id for unit in catalog.units}
    for unit in everything(catalog):
        assert unit.source
        assert unit.previous != unit.source
        mark = approval(unit.id, unit.source, unit.target)
        assert not unit.approved or (unit.approved.digest == mark and not unit.fuzzy)
        assert all(waiver.digest == mark for waiver in unit.waivers)
        assert not unit.conflicts or unit.fuzzy
        assert not unit.target or not unit.previous or unit.fuzzy


def assert_no_text_lost(case: Case, merged: Catalog) -> None:
    kept = texts_of(merged)
    old = [text for text in texts_of(case.base) if text] if case.base else []
    for side in (case.ours, case.theirs):
        for unit in everything(side):
            if not unit.target or not is_human(unit) or any(is_part_of(unit.target, text) for text in [*kept, *old]):
                continue
            if part_by_part(unit.target, [*kept, *old]) or newly_redacted(family(unit.id, case), case):
                continue
            raise AssertionError(f"{unit.id}: {unit.target!r} is nowhere")


def assert_all_words_are_somebodys(catalog: Catalog) -> None:
    for unit in everything(catalog):
        if unit.by and is_attributed(unit):
            shares = [*(each.words for each in unit.by), *(each.words for each in unit.translated)]
            assert sum(shares) == len(words(unit.target)), unit
        for each in unit.conflicts:
            assert sum(share.words for share in each.shares) == len(words(each.text)), each


def part_by_part(text: str, others: list[str]) -> bool:
    """Return whether a text consists of other texts, as after joining."""
    words = " ".join(others).split()
    return all(word in words for word in text.split())


def assert_sources_counted(case: Case, merged: Catalog) -> None:
    ours, theirs, result = words_of(case.ours), words_of(case.theirs), words_of(merged)
    base = {word for unit in everything(case.base) for word in unit.source.split()} if case.base else set()
    assert max(result.values()) == 1, "a sentence is doubled"
    for word in ours.keys() | theirs.keys():
        if result[word]:
            continue
        in_both = word in ours and word in theirs
        if word in base and not in_both:
            continue  # removed by one side
        holders = [unit.id for side in (case.ours, case.theirs) for unit in side.units if word in unit.source.split()]
        ids = family(holders[0], case)
        if newly_redacted(ids, case) or (not in_both and both_changed_sources(ids, case)):
            continue
        raise AssertionError(f"{word} is lost")
    assert result.keys() <= {word for side in case if side for unit in everything(side) for word in unit.source.split()}


def both_changed_sources(ids: set[str], case: Case) -> bool:
    """Return whether both sides changed words of a family, so that one side has to win."""

    def words(side: Catalog | None) -> list[str]:
        return sorted(
            word for unit in (everything(side) if side else ()) if unit.id in ids for word in unit.source.split()
        )

    return words(case.base) != words(case.ours) and words(case.base) != words(case.theirs)


def assert_holds(case: Case) -> None:
    for side in case:
        assert_valid(side or Catalog())
    merged, issues = merge(*case)
    assert merge(case.base, case.theirs, case.ours) == (merged, issues)
    assert_valid(merged)
    assert_all_words_are_somebodys(merged)
    assert_no_text_lost(case, merged)
    assert_sources_counted(case, merged)
    before = {each for side in (case.ours, case.theirs) for unit in everything(side) for each in unit.conflicts}
    new = {each for unit in everything(merged) for each in unit.conflicts} - before
    assert not new or any(issue.severity == "error" for issue in issues)


# Properties


@given(cases())
@settings(derandomize=True)
def test_nothing_is_lost_doubled_or_wrongly_approved_whoever_is_ours(case: Case) -> None:
    assert_holds(case)


@pytest.mark.soak
def test_nothing_is_lost_in_ten_thousand_merges() -> None:
    for seed in range(10_000):
        try:
            assert_holds(random_case(seed))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


def with_mark(catalog: Catalog) -> Catalog:
    """Change the catalog in an irrelevant place, so that no side equals the base."""
    return catalog.replace(header=catalog.header.replace(X_Mark="here"))


@given(cases())
def test_a_side_that_changed_nothing_has_no_say(case: Case) -> None:
    base, ours, _ = case
    assert merge(base, base or Catalog(), ours) == (ours, ())
    assert merge(base, ours, base or Catalog()) == (ours, ())
    merged, issues = merge(base, with_mark(base or Catalog()), ours)
    expected = with_mark(ours)
    assert (merged.units, merged.obsolete, issues) == (expected.units, expected.obsolete, ())
    assert dict(merged.header.fields) == dict(expected.header.fields)


@given(cases())
def test_two_sides_that_made_the_same_changes_are_one(case: Case) -> None:
    base, ours, _ = case
    assert merge(base, ours, ours) == (ours, ())
    merged, issues = merge(base, with_mark(ours), ours)
    assert (merged.units, merged.obsolete, issues) == (ours.units, ours.obsolete, ())


@given(cases())
def test_a_merged_catalog_is_a_valid_file(case: Case) -> None:
    merged, _ = merge(*case)
    assert parse(serialize(with_counts(merged)), "merged.po") == with_counts(merged)


@given(cases())
def test_merging_the_result_again_changes_nothing(case: Case) -> None:
    merged, _ = merge(*case)
    assert merge(case.ours, merged, case.ours) == (merged, ())
    assert merge(case.theirs, case.theirs, merged) == (merged, ())


IN_PLACE = sorted(
    {"write", "confirm", "approve", "comment", "ask", "waive", "assign", "omit", "cut", "send_back", "change_source"}
)


@given(st.lists(st.tuples(st.sampled_from(IN_PLACE), steps), max_size=8))
def test_changes_to_different_sentences_give_what_one_person_would_have_made_of_them(
    work: list[tuple[str, Step]],
) -> None:
    base = starting(8, article=False)
    even = [Step(name, 2 * (each.place // 2), each.variant, each.minute) for name, each in work[::2]]
    odd = [Step(name, 2 * (each.place // 2) + 1, each.variant, each.minute) for name, each in work[1::2]]
    merged, issues = merge(base, played(base, even, "a"), played(base, odd, "a"))
    assert merged.units == played(base, even + odd, "a").units
    assert not issues


@given(
    st.lists(st.integers(0, 9), unique=True),
    st.lists(st.integers(0, 9), unique=True),
    st.lists(st.integers(0, 9), unique=True),
)
def test_an_order_has_every_kept_key_once_and_is_the_side_that_changed_it(
    base: list[int], one: list[int], two: list[int]
) -> None:
    kept = set(one) | set(two)
    assert sorted(merged_order(base, (one, two), kept)) == sorted(kept)
    assert merged_order(base, (base, two), set(two)) == two
    assert merged_order(base, (one, base), set(one)) == one


# Examples: person, time, and a catalog in one line

MORNING, NOON, EVENING = (f"2024-03-26T{hour:02}:00:00Z" for hour in (8, 12, 20))
A, B, C, D = "aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"


def said(unit: Unit, target: str, who: str = "claire", time: str = NOON) -> Unit:
    """Return the unit with a text that somebody wrote and confirmed."""
    by = (Authorship(who, time, len(target.split())),)
    return unit.replace(target=target, by=by, text=digest(target), fuzzy=False, previous="", approved=None)


def lost(who: str, time: str, target: str) -> Conflict:
    """Return a conflict with a text by one person."""
    return Conflict(who, time, target, (ConflictShare("by", who, len(target.split())),))


def sentence(unit_id: str, target: str = "") -> Unit:
    unit = Unit(unit_id, f"{unit_id[0]}-문장.")
    return said(unit, target, "claire", MORNING) if target else unit


def reworded(unit: Unit, source: str) -> Unit:
    """Return a unit whose sentence an update changed."""
    return unit.replace(source=source, previous=unit.previous or unit.source, fuzzy=True, approved=None)


def approved(unit: Unit, who: str = "eugene", time: str = EVENING) -> Unit:
    return unit.replace(approved=Approval(who, time, approval(unit.id, unit.source, unit.target)))


def text(*units: Unit, obsolete: tuple[Unit, ...] = (), **fields: str) -> Catalog:
    return Catalog(Header().replace(**fields), units, obsolete)


def both_ways(base: Catalog | None, ours: Catalog, theirs: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
    merged = merge(base, ours, theirs)
    assert merge(base, theirs, ours) == merged
    return merged


def one_unit(base: Unit, ours: Unit, theirs: Unit) -> tuple[Unit, tuple[Issue, ...]]:
    merged, issues = both_ways(text(base), text(ours), text(theirs))
    return merged.units[0], issues


HELLO = sentence(A, "Hello there.")

# 1. Fields that move together


def test_the_draft_comes_with_what_is_behind_it_and_the_text_with_its_authors() -> None:
    base = said(HELLO.replace(refs=(Ref("un-letter", "r1"),)), "Hello.")
    ours = reworded(base, "다른 문장.").replace(refs=(Ref("un-letter", "r1"), Ref("un-letter", "r2")))
    theirs = said(base, "Good day.", "leejin")
    merged, _ = one_unit(base, ours, theirs)
    assert (merged.source, merged.refs) == (ours.source, ours.refs)
    assert (merged.target, merged.by, merged.text) == (theirs.target, theirs.by, theirs.text)


def test_the_credit_for_a_draft_stays_with_the_text_that_has_its_words() -> None:
    base = HELLO.replace(translated=(Share("claire", 2),), by=())
    ours = reworded(base, "다른 문장.").replace(translated=(Share("claire", 1), Share("leejin", 1)))
    theirs = said(base, "Good day.", "eugene").replace(translated=())
    assert one_unit(base, ours, theirs)[0].translated == ()
    assert one_unit(base, ours, base.replace(comments=("so",)))[0].translated == ours.translated


def test_the_same_text_on_both_sides_has_the_authors_of_both() -> None:
    base = sentence(A)
    ours, theirs = said(base, "Good day.", "claire", NOON), said(base, "Good day.", "leejin", EVENING)
    merged, issues = one_unit(base, ours, theirs)
    assert merged.by == (ours.by[0]._replace(words=1), theirs.by[0]._replace(words=1))
    assert not merged.fuzzy
    assert not issues


def test_the_same_text_on_both_sides_is_divided_between_those_who_wrote_it() -> None:
    base = sentence(A, "One two three four five six.")
    ours, theirs = (with_target(base, "One two three four five sixth.", who, NOON) for who in ("leejin", "mina"))
    merged, _ = one_unit(base, ours, theirs)
    assert {each.who: each.words for each in merged.by} == {"claire": 5, "leejin": 1, "mina": 0}
    new = [said(sentence(A), "One two three four five six.", who) for who in ("leejin", "mina")]
    assert [each.words for each in one_unit(sentence(A), *new)[0].by] == [3, 3]


def test_who_only_confirmed_the_text_of_both_gets_no_word_of_it() -> None:
    base = said(HELLO, "Good day to you.", "claire", MORNING).replace(fuzzy=True)
    ours, theirs = (with_confirmation(base, who, NOON).replace(fuzzy=False) for who in ("leejin", "mina"))
    merged, _ = one_unit(base, ours, theirs)
    assert {each.who: each.words for each in merged.by} == {"claire": 4, "leejin": 0, "mina": 0}


def test_a_text_taken_from_a_draft_here_and_typed_there_is_divided_between_the_roles() -> None:
    base = Unit(A, "Hello there.")
    ours = with_target(base, "Hello there.", "eugene", NOON, (Share("claire", 2),))
    theirs = with_target(base, "Hello there.", "mina", NOON)
    merged, _ = one_unit(base, ours, theirs)
    assert (merged.translated, [each.words for each in merged.by]) == ((Share("claire", 1),), [0, 1])


def test_a_lost_text_keeps_all_who_made_it_and_is_named_after_who_has_most() -> None:
    ours = with_confirmation(with_target(HELLO, "Hello there, friend.", "leejin", NOON), "mina", EVENING)
    merged, issues = one_unit(HELLO, ours, said(HELLO, "Hi.", "noah", "2024-03-26T21:00:00Z"))
    (conflict,) = merged.conflicts
    assert conflict.who == "claire"
    assert {share.who: share.words for share in conflict.shares} == {"claire": 2, "leejin": 1, "mina": 0}
    assert "the one by claire is kept" in issues[0].message


def test_one_lost_text_is_noted_once_with_its_shares_whoever_knew_them() -> None:
    known = lost("claire", NOON, "Good day.")
    ours, theirs = (
        HELLO.replace(conflicts=(each,), fuzzy=True) for each in (known, Conflict("mina", NOON, "Good day."))
    )
    assert one_unit(HELLO, ours, theirs)[0].conflicts == (known,)


def test_two_new_sources_leave_the_greater_and_what_was_confirmed_before_them() -> None:
    merged, _ = one_unit(HELLO, reworded(HELLO, "가"), reworded(HELLO, "나"))
    assert (merged.source, merged.previous, merged.fuzzy, merged.target) == ("나", HELLO.source, True, HELLO.target)


# 2. Approvals and waivers


def test_an_approval_survives_what_does_not_touch_its_text() -> None:
    ours = approved(HELLO)
    merged, _ = one_unit(HELLO, ours, HELLO.replace(comments=("Check the name.",), assigned=Assignment("leejin")))
    assert merged.approved == ours.approved
    assert merged.comments == ("Check the name.",)


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: said(unit, "Good day.", "leejin"),
        lambda unit: reworded(unit, "다른 문장."),
        lambda unit: unit.replace(fuzzy=True, returned=Act("eugene", NOON, "Too free.")),
    ],
    ids=["another text", "another source", "sent back"],
)
def test_an_approval_of_something_else_does_not_survive(change: Callable[[Unit], Unit]) -> None:
    merged, _ = one_unit(HELLO, approved(HELLO), change(HELLO))
    assert merged.approved is None


def test_an_approval_that_was_taken_back_is_gone() -> None:
    base = approved(HELLO)
    assert one_unit(base, base.replace(approved=None), base.replace(comments=("so",)))[0].approved is None


def test_a_waiver_survives_only_with_its_text() -> None:
    waiver = Waiver("numbers", "eugene", NOON, approval(A, HELLO.source, HELLO.target), "The source is wrong.")
    ours = HELLO.replace(waivers=(waiver,))
    assert one_unit(HELLO, ours, HELLO.replace(comments=("so",)))[0].waivers == (waiver,)
    assert one_unit(HELLO, ours, said(HELLO, "Good day.", "leejin"))[0].waivers == ()


# 3. Notes


def test_notes_of_both_sides_are_kept_and_what_one_removed_is_not() -> None:
    base = HELLO.replace(comments=("old", "older"))
    ours, theirs = base.replace(comments=("old", "older", "first", "second")), base.replace(comments=("older", "third"))
    assert one_unit(base, ours, theirs)[0].comments == ("older", "first", "second", "third")


def test_of_two_acts_the_newest_counts() -> None:
    ours, theirs = (
        HELLO.replace(omitted=Act("claire", time, reason)) for time, reason in ((NOON, "zzz"), (EVENING, "aaa"))
    )
    assert one_unit(HELLO, ours, theirs)[0].omitted == theirs.omitted


def test_the_question_of_one_and_the_text_of_the_other_are_both_there() -> None:
    question = Question("leejin", NOON, "claire", "Who is this?")
    merged, _ = one_unit(HELLO, HELLO.replace(questions=(question,)), said(HELLO, "Good day."))
    assert (merged.questions, merged.target) == ((question,), "Good day.")


# 4. Source on one side, target on the other


def test_a_text_for_the_old_sentence_needs_another_look() -> None:
    merged, issues = one_unit(HELLO, reworded(HELLO, "다른 문장."), said(HELLO, "Good day.", "leejin"))
    assert (merged.source, merged.target) == ("다른 문장.", "Good day.")
    assert (merged.previous, merged.fuzzy) == (HELLO.source, True)
    assert not issues


def test_a_confirmation_of_the_old_sentence_does_not_cover_the_new_one() -> None:
    base = HELLO.replace(fuzzy=True)
    confirmed = base.replace(fuzzy=False, by=(*base.by, Authorship("leejin", NOON, 0)))
    merged, _ = one_unit(base, reworded(base, "다른 문장."), confirmed)
    assert (merged.previous, merged.fuzzy) == (HELLO.source, True)


def test_an_older_confirmed_source_is_kept() -> None:
    base = reworded(HELLO, "둘째 문장.")
    merged, _ = one_unit(base, reworded(base, "셋째 문장."), base.replace(comments=("so",)))
    assert merged.previous == HELLO.source


def test_an_update_on_both_sides_does_not_undo_the_confirmation_on_one() -> None:
    updated = reworded(HELLO, "다른 문장.")
    confirmed = approved(said(updated, "Another greeting.", "leejin"))
    merged, issues = one_unit(HELLO, updated, confirmed)
    assert merged == confirmed
    assert not issues


def test_what_nobody_finished_stays_unfinished() -> None:
    base = HELLO.replace(fuzzy=True)
    assert one_unit(base, base.replace(comments=("so",)), base.replace(assigned=Assignment("leejin")))[0].fuzzy


def test_what_was_sent_back_stays_so_though_the_other_side_confirmed_it() -> None:
    base = HELLO.replace(fuzzy=True)
    sent_back = base.replace(returned=Act("eugene", NOON, "Too free."))
    merged, _ = one_unit(base, sent_back, base.replace(fuzzy=False))
    assert (merged.fuzzy, merged.returned) == (True, sent_back.returned)


# 5. Two texts


def test_of_two_texts_the_newest_stands_and_the_other_is_noted() -> None:
    ours, theirs = said(HELLO, "Good day.", "claire", NOON), said(HELLO, "Hi.", "leejin", EVENING)
    merged, issues = one_unit(HELLO, ours, theirs)
    assert (merged.target, merged.by, merged.fuzzy) == ("Hi.", theirs.by, True)
    assert merged.conflicts == (lost("claire", NOON, "Good day."),)
    assert [(issue.check, issue.severity) for issue in issues] == [("conflict", "error")]
    assert A in issues[0].message
    assert "Good day." not in issues[0].message


def test_of_two_texts_of_one_minute_the_greater_stands() -> None:
    assert one_unit(HELLO, said(HELLO, "Aye."), said(HELLO, "Bye."))[0].target == "Bye."


def test_a_persons_text_stands_before_a_machines_newer_one() -> None:
    base = sentence(A)
    person = said(base, "Good day.", "claire", NOON)
    machine = said(base, "Hello machine.", "mt:deepl/v2", EVENING).replace(fuzzy=True)
    merged, _ = one_unit(base, person, machine)
    assert merged.target == "Good day."
    assert merged.conflicts == (lost("mt:deepl/v2", EVENING, "Hello machine."),)


def test_a_machines_text_that_was_edited_outside_counts_as_a_persons() -> None:
    base = sentence(A)
    machine = said(base, "Hello machine.", "mt:deepl/v2", NOON)
    edited = machine.replace(target="Hello indeed.")
    assert one_unit(base, edited, said(base, "Zzz.", "mt:other/v1", EVENING))[0].target == "Hello indeed."


def test_a_text_stands_before_an_emptied_one() -> None:
    emptied = HELLO.replace(target="", by=(HELLO.by[0]._replace(words=0),), text="")
    merged, issues = one_unit(HELLO, emptied, said(HELLO, "Hi."))
    assert (merged.target, merged.fuzzy, merged.conflicts, issues) == ("Hi.", True, (), ())


def test_a_text_without_author_becomes_a_conflict_that_can_be_written() -> None:
    ours = HELLO.replace(target="Edited in Poedit.", by=(), text="")
    merged, _ = both_ways(text(HELLO), text(ours), text(said(HELLO, "Hi.")))
    lost = merged.units[0].conflicts[0]
    assert (lost.who, lost.text) == ("unknown", "Edited in Poedit.")
    written = Catalog(Header((("X-Transflow-Format", "1"),)), merged.units)
    assert parse(serialize(written), "x.po").units == merged.units


# 6. Deleted, cut, redacted; joined and split


def test_what_was_edited_lives_though_it_was_deleted() -> None:
    base = text(HELLO, sentence(B))
    edited = said(HELLO, "Good day.", "leejin")
    merged, _ = both_ways(base, text(sentence(B), obsolete=(HELLO,)), text(edited, sentence(B)))
    assert merged.units == (edited, sentence(B))
    assert merged.obsolete == ()
    assert both_ways(base, text(sentence(B)), text(edited, sentence(B)))[0].units == merged.units


def test_an_assignment_does_not_bring_back_what_was_deleted() -> None:
    assigned = HELLO.replace(assigned=Assignment("leejin"))
    merged, _ = both_ways(text(HELLO, sentence(B)), text(sentence(B), obsolete=(HELLO,)), text(assigned, sentence(B)))
    assert merged.units == (sentence(B),)
    assert [unit.id for unit in merged.obsolete] == [A]


def test_a_cut_stays_a_cut_under_an_edit() -> None:
    act = Act("eugene", NOON)
    merged, issues = one_unit(HELLO, HELLO.replace(cut=act), said(HELLO, "Good day.", "leejin", EVENING))
    assert (merged.cut, merged.target, issues) == (act, "Good day.", ())


def test_nothing_of_an_edit_stays_where_the_other_side_redacted() -> None:
    redacted = Unit(A, "[name redacted] 문장.", "Hello.", redacted=Act("eugene", NOON))
    edited = said(HELLO, "Hello there, Ms. Su.", "leejin", EVENING).replace(comments=("Ms. Su?",))
    merged, issues = one_unit(HELLO, redacted, edited)
    assert merged == redacted
    assert [issue.severity for issue in issues] == ["warning"]
    assert "Su" not in issues[0].message


def test_a_redacted_sentence_does_not_come_back() -> None:
    redacted = Unit(A, "[name redacted] 문장.", redacted=Act("eugene", NOON))
    revived = both_ways(
        text(sentence(B), obsolete=(HELLO,)), text(sentence(B), obsolete=(redacted,)), text(HELLO, sentence(B))
    )
    deleted = both_ways(text(HELLO, sentence(B)), text(redacted, sentence(B)), text(sentence(B), obsolete=(HELLO,)))
    assert revived[0].obsolete == deleted[0].obsolete == (redacted,)
    assert revived[0].units == deleted[0].units == (sentence(B),)


def joined(one: Unit, two: Unit, target: str, who: str = "claire", time: str = NOON) -> Unit:
    unit = one.replace(
        source=f"{one.source} {two.source}", joined=(*one.joined, two.id, *two.joined), refs=(*one.refs, *two.refs)
    )
    return said(unit, target, who, time)


ONE, TWO, THREE = sentence(A, "One."), sentence(B, "Two."), sentence(C, "Three.")


def test_an_edit_of_a_sentence_that_was_joined_is_a_conflict_of_the_survivor() -> None:
    survivor = joined(ONE, TWO, "One and two.")
    edited = said(TWO, "The second.", "leejin", EVENING)
    merged, issues = both_ways(text(ONE, TWO, THREE), text(survivor, THREE), text(ONE, edited, THREE))
    assert merged.units[1:] == (THREE,)
    assert merged.units[0] == survivor.replace(conflicts=(lost("leejin", EVENING, "The second."),), fuzzy=True)
    assert [issue.severity for issue in issues] == ["error"]
    assert A in issues[0].message


def test_an_edit_of_the_survivors_old_text_is_a_conflict_however_new() -> None:
    survivor = joined(ONE, TWO, "One and two.")
    merged, _ = both_ways(text(ONE, TWO), text(survivor), text(said(ONE, "The first.", "leejin", EVENING), TWO))
    assert (merged.units[0].target, merged.units[0].source) == ("One and two.", survivor.source)
    assert merged.units[0].conflicts == (lost("leejin", EVENING, "The first."),)


def test_a_new_source_of_a_sentence_that_was_joined_is_in_the_survivors_source() -> None:
    survivor = joined(ONE, TWO, "One and two.")
    merged, issues = both_ways(text(ONE, TWO), text(survivor), text(ONE, reworded(TWO, "새로운 문장.")))
    unit = merged.units[0]
    assert (unit.source, unit.previous, unit.fuzzy) == (f"{ONE.source} 새로운 문장.", survivor.source, True)
    assert (unit.target, issues) == ("One and two.", ())


def test_a_sentence_deleted_on_one_side_and_joined_on_the_other_lives_in_the_survivor() -> None:
    survivor = joined(ONE, TWO, "One and two.")
    merged, _ = both_ways(text(ONE, TWO), text(survivor), text(ONE, obsolete=(TWO,)))
    assert merged.units == (survivor,)
    assert merged.obsolete == ()


def test_a_half_that_was_deleted_where_its_other_half_was_joined_belongs_to_no_survivor() -> None:
    half, survivor = THREE.replace(split=TWO.id), joined(ONE, TWO, "One and two.")
    edited = said(ONE, "The first.", "leejin", EVENING)
    merged, _ = both_ways(text(ONE, TWO, half), text(survivor, obsolete=(half,)), text(edited, TWO, half))
    assert [(unit.id, unit.joined) for unit in merged.units] == [(A, (B,))]
    assert [unit.id for unit in merged.obsolete] == [C]


def test_one_sentence_joined_to_two_others_goes_where_the_text_is_longer() -> None:
    left, right = joined(ONE, TWO, "One and two."), joined(TWO, THREE, "Two and then three.", "leejin")
    merged, _ = both_ways(text(ONE, TWO, THREE), text(left, THREE), text(ONE, right))
    conflict = lost("claire", NOON, "One and two.")
    assert merged.units == (ONE.replace(conflicts=(conflict,), fuzzy=True), right)


def test_of_two_joins_the_one_with_the_longer_text_stays_with_all_that_is_behind_it() -> None:
    one, two, three = (unit.replace(refs=(Ref("un-letter", unit.id),)) for unit in (ONE, TWO, THREE))
    short = joined(one, two, "One, two.", "leejin")
    long = joined(joined(one, two, ""), three, "One and two and three.")
    merged, _ = both_ways(text(one, two, three), text(short, three), text(long))
    unit = merged.units[0]
    assert len(merged.units) == 1
    assert (unit.source, unit.joined, unit.refs, unit.target) == (long.source, long.joined, long.refs, long.target)
    assert unit.conflicts == (lost("leejin", NOON, "One, two."),)


def test_a_cut_undoes_the_join_of_the_other_side() -> None:
    cut = TWO.replace(cut=Act("eugene", NOON))
    merged, _ = both_ways(text(ONE, TWO), text(joined(ONE, TWO, "One and two.")), text(ONE, cut))
    assert [(unit.source, bool(unit.cut)) for unit in merged.units] == [(ONE.source, False), (TWO.source, True)]
    assert "One and two." in texts_of(merged)


WHOLE = said(Unit(A, "앞 문장, 뒤 문장."), "First part and second part.", "claire", MORNING)
FIRST = said(WHOLE.replace(source="앞 문장,"), "First part", "claire", NOON)
SECOND = said(Unit(B, "뒤 문장.", split=A), "and second part.", "claire", NOON)


def test_an_edit_of_a_sentence_that_was_split_is_a_conflict_and_both_halves_need_another_look() -> None:
    edited = said(WHOLE, "The whole, better.", "leejin", EVENING)
    merged, issues = both_ways(text(WHOLE), text(FIRST, approved(SECOND)), text(edited))
    first, second = merged.units
    assert (first.source, second.source) == (FIRST.source, SECOND.source)
    assert (first.target, second.target) == (FIRST.target, SECOND.target)
    assert first.conflicts == (lost("leejin", EVENING, "The whole, better."),)
    assert first.fuzzy
    assert second.fuzzy
    assert second.approved is None
    assert len(issues) == 1


def test_a_new_source_of_a_sentence_that_was_split_is_shared_among_the_halves() -> None:
    merged, _ = both_ways(text(WHOLE), text(FIRST, SECOND), text(reworded(WHOLE, "앞 문장, 새 문장.")))
    assert [unit.source for unit in merged.units] == ["앞 문장,", "새 문장."]
    assert merged.units[1].previous == "뒤 문장."


def test_two_splits_of_one_sentence_leave_one_of_them_and_the_other_id_lives_on() -> None:
    base = said(Unit(A, "하나 둘 셋"), "one two three")
    early = said(base.replace(source="하나"), "one"), said(Unit(B, "둘 셋", split=A), "two three")
    late = said(base.replace(source="하나 둘"), "one two"), said(Unit(C, "셋", split=A), "three")
    merged, _ = both_ways(text(base), text(*early), text(*late))
    assert " ".join(unit.source for unit in merged.units) == base.source
    assert {B, C} <= {each for unit in merged.units for each in (unit.id, *unit.joined)}


# 7. Order


def ids(*names: str) -> Catalog:
    return text(*(sentence(name * 8) for name in names))


def order(catalog: Catalog) -> str:
    return "".join(unit.id[0] for unit in catalog.units)


def test_a_move_and_an_addition_are_both_there() -> None:
    base = ids("a", "b", "c", "d")
    merged, _ = both_ways(base, ids("d", "a", "b", "c"), ids("a", "b", "x", "c", "d"))
    assert order(merged) == "dabxc"


def test_an_addition_follows_its_left_neighbour_when_that_moves() -> None:
    merged, _ = both_ways(ids("a", "b", "c", "d"), ids("b", "c", "d", "a"), ids("a", "x", "b", "c", "d"))
    assert order(merged) == "bcdax"


def test_additions_in_one_place_stay_together_and_come_by_id() -> None:
    merged, _ = both_ways(ids("a", "b"), ids("a", "y", "x", "b"), ids("a", "z", "w", "b"))
    assert order(merged) == "ayxzwb"


def test_of_two_moves_of_one_sentence_the_newest_counts() -> None:
    base = ids("a", "b", "c", "d")
    ours = text(*(sentence(A).replace(moved=NOON) if unit.id == A else unit for unit in ids("b", "a", "c", "d").units))
    theirs = text(
        *(sentence(A).replace(moved=EVENING) if unit.id == A else unit for unit in ids("b", "c", "a", "d").units)
    )
    assert order(both_ways(base, ours, theirs)[0]) == "bcad"


def test_two_sentences_moved_behind_each_other_are_still_there() -> None:
    merged, _ = both_ways(ids("a", "b", "c"), ids("b", "a", "c"), ids("c", "a", "b"))
    assert sorted(order(merged)) == ["a", "b", "c"]


# 8. Header


def test_each_field_is_what_the_side_that_changed_it_says() -> None:
    base = text(HELLO, X_Date="1", X_Ready=f"claire {NOON}", Language="en")
    merged, _ = both_ways(
        base,
        text(HELLO, X_Date="2", X_Ready=f"claire {NOON}", Language="en"),
        text(HELLO, X_Date="1", Language="en", X_Killed="x"),
    )
    assert dict(merged.header.fields) == {"X-Date": "2", "Language": "en", "X-Killed": "x"}


def test_of_two_changes_of_one_field_the_newest_counts() -> None:
    base = text(HELLO, X_Cleared="")
    ours, theirs = (text(HELLO, X_Cleared=f"{who} {time} 0123") for who, time in (("zoe", NOON), ("abe", EVENING)))
    assert both_ways(base, ours, theirs)[0].header.get("X-Cleared").startswith("abe")


def test_reports_are_a_set() -> None:
    base = text(HELLO, X_Reports="un-letter rights")
    merged, _ = both_ways(
        base, text(HELLO, X_Reports="un-letter rights talks"), text(HELLO, X_Reports="un-letter border")
    )
    assert merged.header.get("X-Reports").split() == ["un-letter", "border", "talks"]


def test_whoever_is_withheld_on_either_side_stays_withheld() -> None:
    base = text(HELLO, X_Withheld="claire")
    both = both_ways(base, text(HELLO, X_Withheld="claire leejin"), text(HELLO, X_Withheld="claire sora"))[0]
    assert sorted(both.header.get("X-Withheld").split()) == ["claire", "leejin", "sora"]
    first = both_ways(text(HELLO), text(HELLO, X_Withheld="leejin"), text(HELLO, X_Withheld="sora"))[0]
    assert sorted(first.header.get("X-Withheld").split()) == ["leejin", "sora"]
    gone = both_ways(
        text(HELLO, X_Withheld="leejin sora"), text(HELLO, X_Withheld="leejin"), text(HELLO, X_Withheld="sora")
    )
    assert "X-Withheld" not in dict(gone[0].header.fields)


def test_a_list_that_one_side_emptied_keeps_what_the_other_added() -> None:
    merged = both_ways(text(HELLO, X_Withheld="leejin"), text(HELLO), text(HELLO, X_Withheld="leejin sora"))[0]
    assert merged.header.get("X-Withheld") == "sora"


def test_the_report_digest_goes_where_the_sentences_are_those_of_neither_side() -> None:
    base = text(ONE, X_Report_Digest="old")
    merged = both_ways(
        base, text(ONE, TWO, X_Report_Digest="new"), text(said(TWO, "2."), ONE, X_Report_Digest="newer")
    )[0]
    named = merged.header.get("X-Report-Digest")
    assert named in ("new", "newer", "")
    assert not named or [unit.source for unit in merged.units] in ([ONE.source, TWO.source], [TWO.source, ONE.source])


def test_the_report_digest_stays_where_the_sentences_are_those_of_its_side() -> None:
    base, new = text(ONE, X_Report_Digest="old"), text(ONE, TWO, X_Report_Digest="new")
    assert both_ways(base, new, text(said(ONE, "1."), X_Report_Digest="old"))[0].header.get("X-Report-Digest") == "new"
    assert both_ways(base, new, text(ONE, THREE, X_Report_Digest="newer"))[0].header.get("X-Report-Digest") == ""


# Units added on both sides; the parts


PAGE, PARTNER = "https://a.example/x", "https://b.example/x"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("T1 PAGE D1 first", "T1 PAGE D1 first", ["T1 PAGE D1 first"]),
        ("T1 PAGE D1 first", "T2 PAGE D1 first", ["T1 PAGE D1 first"]),
        ("T1 PAGE D1 first", "T2 PARTNER D1 first", ["T1 PAGE D1 first", "T2 PARTNER D1 first"]),
        ("T1 PAGE D1", "T1 PAGE D1 T2 PAGE D2 update", ["T1 PAGE D1", "T2 PAGE D2 update"]),
        ("T1 PAGE D1 T2 PAGE D2 refile", "T1 PAGE D1 T3 PAGE D1 withdrawn", ["T1 PAGE D1", "T2 PAGE D2 refile", "T3 PAGE D1 withdrawn"]),
    ],
)  # fmt: skip
def test_where_a_story_went_out_is_there_once_with_what_it_went_out_as(
    ours: str, theirs: str, expected: list[str]
) -> None:
    words = {f"T{day}": f"2024-03-2{day}T01:00:00Z" for day in (1, 2, 3)} | {"PAGE": PAGE, "PARTNER": PARTNER}
    words |= {"D1": "0123456789abcdef", "D2": "fedcba9876543210"}

    def spelled(record: str) -> str:
        return " ".join(words.get(word, word) for word in record.split())

    base, one, two = text(ONE), *(text(ONE, X_Published=spelled(each)) for each in (ours, theirs))
    merged = both_ways(base, one, two)[0].header.get("X-Published")
    assert sorted(merged.replace(" 2024", "\n2024").split("\n")) == sorted(map(spelled, expected))


def test_the_notices_of_both_sides_are_there_once() -> None:
    told = '2024-03-21T01:00:00Z mina editing correction "AP, \\"by phone\\" 2024-03-20T01:00:00Z"'
    others = [f'2024-03-22T01:00:00Z {who} translation clarification ""' for who in ("noah", "mina")]
    base = text(ONE, X_Notice=told)
    one, two = (text(ONE, X_Notice=f"{told} {each}") for each in others)
    merged = both_ways(base, one, two)[0].header.get("X-Notice")
    assert [merged.count(each) for each in (told, *others)] == [1, 1, 1]
    assert len(merged) == sum(map(len, (told, *others))) + 2


def test_a_catalog_that_both_added_is_merged_like_two_changes_of_an_empty_one() -> None:
    merged, issues = both_ways(
        None, text(sentence(A), sentence(B, "Two.")), text(said(sentence(A), "Hi."), sentence(C))
    )
    assert [(unit.id, unit.target) for unit in merged.units] == [(A, "Hi."), (B, "Two."), (C, "")]
    assert not issues


def test_raw_texts_are_those_of_our_file() -> None:
    ours = Catalog(Header(), (ONE,), raw_entries={A: (ONE, "raw")})
    merged, _ = merge(text(sentence(A)), ours, text(sentence(A), TWO))
    assert merged.raw_entries is ours.raw_entries


def test_comment_lines_at_the_end_of_the_file_are_kept() -> None:
    base, ours, theirs = (
        Catalog(Header(), (unit,), tail=tail) for unit, tail in ((ONE, ""), (ONE, "# a\n"), (TWO, "# b\n"))
    )
    assert sorted(merge(base, ours, theirs)[0].tail.splitlines()) == ["# a", "# b"]


def test_a_record_set_has_what_either_added_and_not_what_either_removed() -> None:
    assert merged_set("abc", "abcx", "bcy") == ("b", "c", "x", "y")


@pytest.mark.parametrize(
    ("base", "one", "two", "expected"),
    [
        ("a b c", "a B c", "a b c d", "a B c d"),
        ("a b c", "a c", "a b C", "a C"),
        ("a b", "a x b", "a y b", "a x y b"),
        ("a b", "a p q r b", "a p q s b", "a p q s b"),
        ("가。나。", "가。나。", "가。다。", "가。다。"),
    ],
)
def test_sources_are_merged_word_by_word(base: str, one: str, two: str, expected: str) -> None:
    words = [tokens(each, 0) for each in (base, one, two)]
    assert join_tokens(merged_words(*words)) == expected
    assert join_tokens(merged_words(words[0], words[2], words[1])) == expected


def test_sources_in_scripts_without_spaces_meet_without_one() -> None:
    assert join_tokens([*tokens("가다.", 0), *tokens("나다.", 0)]) == "가다. 나다."
    assert join_tokens([*tokens("水。", 0), *tokens("火。", 0)]) == "水。火。"


# Permitted use of a sentence


T1, T2, T3 = (f"2024-03-26T0{hour}:00:00Z" for hour in (1, 2, 3))


def used(how: Allowance, time: str = T1, who: str = "claire") -> Use:
    return Use(how, who, time)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (None, used("off"), None, used("off")),
        (used("off"), None, used("off"), None),
        (used("off"), used("on", T2), used("off"), used("on", T2)),
        (None, used("off"), used("on", T3), used("off")),
        (None, used("hold", T3), used("off"), used("off")),
        (used("on"), used("background", T2), used("hold", T2), used("hold", T2)),
        (used("on"), None, used("hold", T2), used("hold", T2)),
        (None, used("off", T2), used("off", T1, "leejin"), used("off", T2)),
    ],
)
def test_of_two_words_on_how_a_sentence_may_be_used_the_stricter_stands(
    base: Use | None, ours: Use | None, theirs: Use | None, merged: Use | None
) -> None:
    sides = [Catalog(units=(Unit("k7f3q2mx", "가", record=each),)) for each in (base, ours, theirs)]
    assert merge(sides[0], sides[1], sides[2])[0].units[0].record == merged
    assert merge(sides[0], sides[2], sides[1])[0].units[0].record == merged


def test_who_saw_a_text_is_kept_from_both_sides() -> None:
    one, two = Sighting("claire", T1, "0" * 16), Sighting("leejin", T2, "0" * 16)
    sides = [Catalog(units=(Unit("k7f3q2mx", "가", "a", seen=seen),)) for seen in ((), (one,), (two,))]
    assert set(merge(*sides)[0].units[0].seen) == {one, two}


@given(st.lists(st.sampled_from(sorted(set(EDITS) & {"join", "split"})), max_size=4), st.data())
def test_what_was_marked_here_and_joined_or_split_there_stays_marked(names: list[str], data: st.DataObject) -> None:
    base = starting(5, article=False)
    steps = [
        Step(name, data.draw(st.integers(0, 7)), data.draw(st.integers(0, 3)), 10 + i) for i, name in enumerate(names)
    ]
    theirs = played(base, steps, "b")
    marked = data.draw(st.sampled_from(base.units)).id
    ours = base.map_unit(marked, lambda unit: unit.replace(record=used("off")))
    for merged in (merge(base, ours, theirs)[0], merge(base, theirs, ours)[0]):
        holders = [unit for unit in merged.units if marked in (unit.id, unit.split) or marked in unit.joined]
        assert holders
        assert all(unit.record == used("off") for unit in holders)


# Fields of the header that are appended to


NOTICE = '2024-03-26T09:00:00Z eugene translation correction "It said 2024-03-26T08:00:00Z, \\"twice\\"."'
SENT = "2024-03-26T09:00:00Z wordpress 17 done 0123456789abcdef"


@pytest.mark.parametrize(
    ("name", "first", "mine", "theirs"),
    [
        ("X-Notice", NOTICE, NOTICE.replace("T09", "T10"), NOTICE.replace("T09", "T11").replace("eugene", "mina")),
        ("X-Sent", SENT, SENT.replace("T09", "T10"), SENT.replace("T09", "T11").replace("done", "failed")),
        (
            "X-Published",
            "2024-03-26T09:00:00Z https://a.example/1 0123456789abcdef",
            "2024-03-26T10:00:00Z https://a.example/1 fedcba9876543210 correction",
            "2024-03-26T11:00:00Z https://b.example/1 fedcba9876543210 update",
        ),
    ],
)
def test_what_both_append_to_a_field_is_there_once(name: str, first: str, mine: str, theirs: str) -> None:
    def saying(*records: str) -> Catalog:
        return Catalog(Header(((name, " ".join(records)),)))

    for one, two in ((mine, theirs), (theirs, mine)):
        merged, _ = merge(saying(first), saying(first, one), saying(first, two))
        value = merged.header.get(name)
        assert len(value) == len(" ".join((first, one, two)))
        assert all(record in value for record in (first, one, two))
    both, _ = merge(saying(first), saying(first, mine), saying(first, mine))
    assert both.header.get(name) == f"{first} {mine}"


def test_what_a_story_is_known_by_elsewhere_stays() -> None:
    def known_by(each: str | None) -> Catalog:
        return Catalog(Header((("X-Id", each),) if each else ()))

    assert merge(known_by("a"), known_by("b"), known_by(None))[0].header.get("X-Id") == "a"
    assert merge(known_by(None), known_by("b"), known_by("a"))[0].header.get("X-Id") == "a"
    assert merge(known_by(None), known_by("a"), known_by("b"))[0].header.get("X-Id") == "a"
    assert merge(known_by(None), known_by("b"), known_by(None))[0].header.get("X-Id") == "b"


def test_who_lets_a_story_go_out_early_is_the_last_who_said_so() -> None:
    def live(value: str | None, section: str = "") -> Catalog:
        fields = (("X-Live", value),) if value else ()
        return Catalog(Header((*fields, *((("X-Section", section),) if section else ()))))

    merged, _ = merge(live(None), live(f"claire {T1}"), live(f"leejin {T2}", "Asia"))
    assert (merged.header.get("X-Live"), merged.header.get("X-Section")) == (f"leejin {T2}", "Asia")
    assert merge(live(f"claire {T1}"), live(None), live(f"claire {T1}"))[0].header.get("X-Live") == ""


def test_two_editors_of_one_persons_text_are_the_ones_who_are_named() -> None:
    text = "a b c d e f"
    whole = Unit("u1", "source", text, by=(Authorship("claire", "2024-01-01T00:00:00Z", 6),), text=digest(text))
    one = with_target(whole, f"{text} x", "mina", "2024-01-02T00:00:00Z")
    two = with_target(whole, f"{text} y", "noah", "2024-01-03T00:00:00Z")
    _, issues = merge(*(Catalog(units=(unit,)) for unit in (whole, one, two)))
    assert [issue.message for issue in issues] == [
        "u1: two translations met. The one by noah is in place, the one by mina is kept as @conflict."
    ]
