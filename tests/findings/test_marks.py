"""Marks of findings: independent of the words of the message, dependent on everything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transflow.digests import digest
from transflow.findings import Verdict, baseline
from transflow.findings.marks import mark, mark_of_version_1
from transflow.messages import Clause, CommandRef, Joined, Message, Messages
from transflow.model.issue import Issue, Location

PLACE = Location("locales/en/reports/a.po", 12, "k7f3q2mx", "en:a#3")
OLD = Messages("checks.numbers", {"missing": "“{korean}” is {figure}.", "hint": "decide with {command}", "may": "May"})
NEW = Messages(
    "checks.numbers", {"missing": "The Korean has “{korean}” ({figure}).", "hint": "decide: {command}", "may": "in May"}
)
NUMBER, OTHER = 35_000, 3_500


def issue(message: Message, location: Location = PLACE, check: str = "numbers.missing") -> Issue:
    return Issue(check, "error", message, location=location)


@pytest.mark.parametrize(
    "values",
    [
        lambda _: {"figure": NUMBER},
        lambda table: {"figure": table("may")},
        lambda table: {"figure": Joined((table("may"), NUMBER))},
        lambda table: {"figure": Clause(table("may"))},
        lambda table: {"figure": table("hint", command=CommandRef(f"unit {id(table)}"))},
    ],
)
def test_other_words_for_the_same_have_the_same_mark(values: Any) -> None:
    old, new = (table("missing", korean="3만5천", **values(table)) for table in (OLD, NEW))
    assert str(old) != str(new)
    assert mark(issue(old)) == mark(issue(new))
    assert mark_of_version_1(issue(old)) != mark_of_version_1(issue(new))


def test_a_finding_of_something_else_has_another_mark() -> None:
    message = OLD("missing", korean="3만5천", figure=NUMBER)
    marks = [
        mark(issue(message)),
        mark(issue(OLD("missing", korean="3만5천", figure=OTHER))),
        mark(issue(OLD("missing", korean="3만5천", figure=OLD("may")))),
        mark(issue(OLD("missing", korean="3만5천", figure=OLD("hint", command="")))),
        mark(issue(message, PLACE._replace(unit="a2b3c4d5"))),
        mark(issue(message, PLACE._replace(path="locales/vi/reports/a.po"))),
        mark(issue(message, check="numbers.added")),
    ]
    assert len({*marks}) == len(marks)


def test_a_unit_that_moved_has_the_same_mark() -> None:
    message = OLD("missing", korean="3만5천", figure=NUMBER)
    assert mark(issue(message, PLACE._replace(line=40, label="en:a#9"))) == mark(issue(message))


@given(st.dictionaries(st.sampled_from(["korean", "figure"]), st.text() | st.integers(), min_size=2))
def test_a_baseline_knows_what_was_written_to_it(values: dict[str, Any]) -> None:
    found = issue(OLD("missing", **values))
    written = baseline.parse(baseline.serialize([found]), "known.json")
    assert written == baseline.of_issues([found])
    assert written.knows(issue(NEW("missing", **values)))
    assert str(values) not in baseline.serialize([found])


def test_a_baseline_of_version_1_is_honoured_as_it_was_written() -> None:
    message = OLD("missing", korean="3만5천", figure=NUMBER)
    old_mark = digest("locales/en/reports/a.po", "k7f3q2mx", "numbers.missing", "“3만5천” is 35000.")
    entry = (
        f'{{"path": "locales/en/reports/a.po", "unit": "k7f3q2mx", "check": "numbers.missing", "mark": "{old_mark}"}}'
    )
    old = baseline.parse(f'{{"version": 1, "known": [\n{entry}\n]}}\n', "known.json")
    verdict = Verdict(issues=[issue(message), issue(OLD("missing", korean="3만5천", figure=OTHER))])
    baseline.remove_known(verdict, old)
    assert [each.message for each in verdict.issues] == ["“3만5천” is 3500."]
    assert verdict.known == 1
    assert not old.knows(issue(NEW("missing", korean="3만5천", figure=NUMBER))), "it depends on the words"


def test_a_rule_of_the_record_is_never_known() -> None:
    rule = issue(Message("", "it is UTF-16", {}), check="record.encoding")
    assert not baseline.of_issues([rule]).knows(rule)
    assert baseline.serialize([rule]) == '{"version": 2, "known": [\n\n]}\n'
