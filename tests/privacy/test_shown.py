"""Units as output of any kind shows them: with no id that may be of a protected person."""

from __future__ import annotations

from transflow.model.settings import Person, Role, Settings
from transflow.model.unit import Answer, Approval, Authorship, Question, Unit
from transflow.privacy.pseudonyms import shown_unit

MINA = Person("mina", "Mina Park", (Role("editor"),))
HIDDEN = Person("p-7k2m", protected=True)
TIME = "2024-03-26T03:00:00Z"
UNIT = Unit(
    "k7f3q2mx",
    "가",
    "a",
    by=(Authorship("claire", TIME, 1), Authorship("mt:deepl", TIME, 1), Authorship("p-7k2m", TIME, 1)),
    approved=Approval("claire", TIME, "0" * 16),
    questions=(Question("claire", TIME, "claire", "Is it?"),),
    answers=(Answer("mina", TIME, f"claire@{TIME}", "It is."),),
)


def test_who_is_unknown_is_somebody_where_anybody_is_protected() -> None:
    shown = shown_unit(Settings(people=(MINA, HIDDEN)), UNIT)
    assert [each.who for each in shown.by] == ["somebody", "mt:deepl", "p-7k2m"]
    assert (shown.approved and shown.approved.who, shown.questions[0].who, shown.questions[0].to) == ("somebody",) * 3
    assert (shown.answers[0].who, shown.answers[0].re) == ("mina", f"somebody@{TIME}")


def test_nothing_is_hidden_where_nobody_is_protected() -> None:
    assert shown_unit(Settings(people=(MINA,)), UNIT) == UNIT
