"""Questions of commands, asked until the answer is understood."""

from __future__ import annotations

import io
import sys

import click
import pytest

from transflow.cli import notices


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("y\n", True), ("YES\n", True), ("ㅛ\n", True), ("n\n", False), ("ㅜ\n", False), ("\n", False), ("x\ny\n", True)],
)
def test_a_question_is_asked_on_stderr_until_yes_or_no(
    typed: str, answer: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert notices.ask("Save 1 change?") is answer
    out, err = capsys.readouterr()
    assert (out, err.count("Save 1 change? [y/N]: ")) == ("", typed.count("\n"))
    assert ("Error: invalid input" in err) == typed.startswith("x")


def test_no_answer_at_all_is_an_interruption(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(click.Abort):
        notices.ask("Save 1 change?")
