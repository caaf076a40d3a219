"""Versions that are not what git takes them for: no text goes unless the record says why."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.edits import EDITS, Step, played, starting
from transflow.attribution.authorship import with_target
from transflow.merge import merge
from transflow.merge.ancestry import are_strangers
from transflow.model.catalog import Catalog
from transflow.model.issue import Issue
from transflow.model.unit import Conflict, ConflictShare, Unit
from transflow.po.catalog import new_header, parse, serialize
from transflow.po.header import with_counts
from transflow.units import workflow

A, B, C = "aaaaaaaa", "bbbbbbbb", "cccccccc"
MORNING, NOON, EVENING = (f"2024-03-26T{hour:02}:00:00Z" for hour in (8, 12, 20))
HEADER = new_header("en", "ko", X_Report="letter")
RENAMED = HEADER.replace(X_Report="un-letter")


def sentence(unit_id: str, text: str = "", who: str = "claire", time: str = MORNING) -> Unit:
    unit = Unit(unit_id, f"{unit_id[0]}-문장.")
    return workflow.confirm(unit, text, who, time) if text else unit


def report(*units: Unit, obsolete: tuple[Unit, ...] = (), **fields: str) -> Catalog:
    return Catalog(HEADER.replace(**fields), units, obsolete)


def both_ways(base: Catalog | None, ours: Catalog, theirs: Catalog) -> tuple[Catalog, tuple[Issue, ...]]:
    merged = merge(base, ours, theirs)
    assert merge(base, theirs, ours) == merged
    assert parse(serialize(with_counts(merged[0])), "merged.po").units == merged[0].units
    return merged


def texts_of(catalog: Catalog) -> list[str]:
    units = (*catalog.units, *catalog.obsolete)
    return [text for unit in units for text in (unit.target, *(each.text for each in unit.conflicts)) if text]


TRANSLATED, EMPTY = sentence(A, "Hello there."), sentence(A)

# Texts that one side lost


@pytest.mark.parametrize("name", ["letter", "un-letter"])
def test_a_text_that_nobody_removed_is_kept_with_its_approval(name: str) -> None:
    unit = workflow.approve(TRANSLATED, "mina", NOON)
    merged, issues = both_ways(report(unit), report(unit, X_Report=name), report(EMPTY, sentence(B, "Bye.")))
    assert merged.units[0] == unit
    assert [(each.severity, str(each.message)) for each in issues] == [
        ("warning", f"{A}: the text is gone on one side, and nothing says that anybody removed it. It is kept.")
    ]


def test_a_text_that_somebody_removed_is_gone() -> None:
    removed = workflow.draft(TRANSLATED, "", "leejin", NOON)
    for changed in (removed, EMPTY.replace(omitted=workflow.act(EMPTY, "mina", NOON, "an aside"))):
        merged, issues = both_ways(report(TRANSLATED), report(TRANSLATED, X_Mark="here"), report(changed))
        assert (merged.units[0].target, issues) == ("", ())


def test_a_new_sentence_takes_the_text_that_was_lost_for_a_second_look() -> None:
    unit = workflow.approve(TRANSLATED, "mina", NOON)
    merged, _ = both_ways(report(unit), report(unit, X_Mark="here"), report(EMPTY.replace(source="새 문장.")))
    assert (merged.units[0].target, merged.units[0].fuzzy, merged.units[0].previous) == (unit.target, True, unit.source)
    assert merged.units[0].approved is None


def test_a_machines_text_may_go_without_a_trace() -> None:
    machine = with_target(EMPTY, "Hello machine.", "mt:deepl/v2", NOON)
    for unit, expected in ((machine, ""), (workflow.approve(machine, "mina", EVENING), "Hello machine.")):
        assert both_ways(report(unit), report(unit, X_Mark="here"), report(EMPTY))[0].units[0].target == expected


def test_a_sentence_that_is_missing_is_kept_among_the_deleted_ones() -> None:
    base = report(TRANSLATED, sentence(B, "Bye."))
    short = report(sentence(B, "Bye."))
    merged, issues = both_ways(base, base.replace(header=RENAMED), short)
    assert (merged.units, merged.obsolete) == (short.units, (TRANSLATED,))
    assert len(issues) == 1
    deleted = report(sentence(B, "Bye."), obsolete=(TRANSLATED,))
    assert both_ways(deleted, deleted.replace(header=RENAMED), short)[0].obsolete == (TRANSLATED,)


def test_a_sentence_whose_text_is_in_another_is_not_missing() -> None:
    base = report(TRANSLATED, sentence(B, "Bye."))
    joined = report(sentence(B, "Hello there. Bye."))
    assert both_ways(base, base.replace(header=RENAMED), joined) == (joined.replace(header=RENAMED), ())


def test_a_conflict_that_nobody_decided_is_kept() -> None:
    other = Conflict("leejin", NOON, "Good day.", (ConflictShare("by", "leejin", 2),))
    unit = TRANSLATED.replace(conflicts=(other,), fuzzy=True)
    merged, _ = both_ways(report(unit), report(unit, X_Mark="here"), report(TRANSLATED))
    assert merged.units == (unit,)
    decided = workflow.resolve(unit, unit.target, "mina", EVENING)
    assert both_ways(report(unit), report(unit, X_Mark="here"), report(decided))[0].units == (decided,)


def test_what_a_picked_or_reverted_commit_has_and_the_other_side_has_not_is_not_lost() -> None:
    base, mine = report(TRANSLATED), report(TRANSLATED, sentence(B, "Bye."))
    assert merge(base, mine, report(EMPTY), is_ancestor=False)[0].units == (EMPTY, mine.units[1])
    assert merge(base, report(EMPTY), mine, is_ancestor=False)[0].units == (EMPTY, mine.units[1])


# Renamed catalogs


def test_a_text_that_was_not_made_from_that_of_the_base_stands_beside_it_in_a_renamed_catalog() -> None:
    own, made = sentence(A, "Good day.", "minho", NOON), workflow.confirm(TRANSLATED, "Good day.", "minho", NOON)
    renamed = report(TRANSLATED).replace(header=RENAMED)
    merged, issues = both_ways(report(TRANSLATED), renamed, report(own))
    assert {*texts_of(merged)} == {"Hello there.", "Good day."}
    assert issues[0].severity == "error"
    assert both_ways(report(TRANSLATED), renamed, report(made)) == (renamed.replace(units=(made,)), ())


# Other catalogs


def test_catalogs_of_other_languages_reports_and_stories_are_strangers() -> None:
    letter, other = report(TRANSLATED), report(sentence(B, "Bye."), X_Report="speech")
    assert are_strangers(letter, other)
    assert are_strangers(letter, report(TRANSLATED, Language="ja"))
    story = Catalog(new_header("en", "ko", X_Article="letter", X_Id="1"), (TRANSLATED,))
    assert are_strangers(letter, story)
    assert are_strangers(story, story.replace(header=story.header.replace(X_Id="2"), units=(sentence(B),)))
    assert not are_strangers(story, story.replace(header=story.header.replace(X_Article="b"), units=(sentence(B),)))
    assert not are_strangers(letter, report(TRANSLATED.replace(id=B, joined=(A,)), X_Report="speech"))
    assert not are_strangers(letter, report(sentence(B)))
    assert not are_strangers(letter, report(X_Report="speech"))


def test_texts_of_another_report_are_kept_among_the_deleted_sentences() -> None:
    base, other = report(EMPTY, sentence(B, "Bye.")), report(sentence(C, "Fine."), X_Report="speech")
    merged, issues = both_ways(base, other, report(TRANSLATED, sentence(B, "Bye.")))
    assert (merged.header, merged.units, merged.obsolete) == (other.header, other.units, (TRANSLATED,))
    assert [each.severity for each in issues] == ["error"]
    assert both_ways(base, other, base.replace(header=base.header.replace(X_Mark="here"))) == (other, ())


def test_texts_of_another_language_are_conflicts() -> None:
    japanese = report(EMPTY, workflow.confirm(sentence(B), "はい。", "sora", NOON), Language="ja")
    theirs = report(TRANSLATED, sentence(B, "Yes."))
    merged, issues = both_ways(report(EMPTY, sentence(B)), japanese, theirs)
    assert [(unit.target, [each.text for each in unit.conflicts]) for unit in merged.units] == [
        ("", ["Hello there."]), ("はい。", ["Yes."]),
    ]  # fmt: skip
    assert merged.header == japanese.header
    assert len(issues) == 2


def test_without_a_base_both_catalogs_are_kept() -> None:
    merged, _ = both_ways(None, report(TRANSLATED), report(sentence(B, "Bye."), X_Report="speech"))
    assert sorted(texts_of(merged)) == ["Bye.", "Hello there."]


# Anything


steps = st.builds(Step, st.sampled_from(sorted(EDITS)), st.integers(0, 7), st.integers(0, 3), st.integers(0, 1439))
GENTLE = sorted({"approve", "ask", "comment", "confirm", "assign", "send_back", "insert", "move", "waive", "delete"})
gentle = st.builds(Step, st.sampled_from(GENTLE), st.integers(0, 7), st.integers(0, 3), st.integers(0, 1439))


@given(
    st.lists(steps, max_size=4), st.lists(gentle, max_size=4), st.lists(gentle, max_size=4),
    st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)), st.booleans(), st.booleans(),
)  # fmt: skip
def test_what_one_side_has_is_there_whatever_the_other_lost(
    before: list[Step], mine: list[Step], others: list[Step], emptied: set[int], missing: set[int], article: bool, renamed: bool,
) -> None:  # fmt: skip
    """Nobody replaces or removes a text here: units lose it, or are missing, without a trace."""
    base = played(starting(6, article), before, "c")
    ours, theirs = played(base, mine, "a"), played(base, others, "b")
    lost = tuple(
        unit.replace(target="", by=(), text="", translated=(), fuzzy=False, previous="", approved=None, waivers=(), returned=None)
        if number in emptied and not unit.conflicts else unit
        for number, unit in enumerate(theirs.units) if number not in missing or unit.joined
    )  # fmt: skip
    if renamed:
        ours = ours.replace(header=ours.header.replace(**{"X_Article" if article else "X_Report": "another"}))
    merged, _ = both_ways(base, ours, theirs.replace(units=lost))
    everything = " ".join(texts_of(merged))
    machines = {unit.target for unit in chain(base.units, base.obsolete) if _is_machines(unit)}
    assert [text for text in texts_of(ours) if text not in everything and text not in machines] == []


def _is_machines(unit: Unit) -> bool:
    return bool(unit.by) and all(each.who.startswith("mt:") for each in unit.by)
