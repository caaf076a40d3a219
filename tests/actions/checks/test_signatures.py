"""Lines of signature files that prove nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.commands import transflow
from support.keys import computer, make_key, with_key
from support.stories import actor
from transflow.actions.units import steps
from transflow.proof.signature_lines import known_lines, parse_line


@pytest.fixture
def signed(room: Path, tmp_path: Path) -> Path:
    """A project with a signed approval; its catalog has five units."""
    steps.confirm(actor(room, "claire"), "flood#1", "Three bridges out in floods")
    with_key(room, "mina", make_key(tmp_path / "home" / ".ssh" / "mina"))
    with computer(tmp_path / "home"):
        assert not steps.approve(actor(room, "mina"), "flood#1").unsigned
    return room / "locales" / "en" / "approvals" / "flood.sigs"


def found(path: Path) -> list[str]:
    ran = transflow(path.parents[3], "check")
    return [line for line in ran.out.splitlines() if ".sigs" in line]


def test_a_whole_file_is_in_order(signed: Path) -> None:
    assert found(signed) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda line: line[:-30] + " " + line[-30:], "this line is no signature"),
        (lambda line: line + line, "this line is no signature"),
        (lambda _: "<<<<<<< HEAD", "this line is no signature"),
        (lambda line: line.replace(" en ", " vi "), "this line is about texts in vi"),
        (lambda line: line.replace(" mina ", " nobody "), "this line is by nobody in transflow.toml"),
        (
            lambda line: " ".join((*line.split()[:5], "zzzzzzz9:" + "0" * 64, line.split()[-1])),
            "this line is about nothing",
        ),
    ],
)
def test_a_line_that_proves_nothing_is_named_with_its_file_and_line(
    signed: Path, change: Callable[[str], str], says: str
) -> None:
    line = signed.read_text(encoding="utf-8").rstrip("\n")
    signed.write_text(f"{line}\n{change(line)}\n", encoding="utf-8")
    (message,) = found(signed)
    assert message.startswith("locales/en/approvals/flood.sigs:2:")
    assert says in message
    assert transflow(signed.parents[3], "check").code == 0


def test_a_link_in_its_place_is_named_and_not_followed(signed: Path, tmp_path: Path) -> None:
    signed.rename(tmp_path / "elsewhere")
    signed.symlink_to(tmp_path / "elsewhere")
    assert "symbolic link" in found(signed)[0]


def test_a_line_is_read_as_it_was_written(signed: Path) -> None:
    (line,) = known_lines(signed.read_text(encoding="utf-8"))
    assert parse_line(line.text) == line
    assert parse_line(line.text + " ") is None


@pytest.mark.parametrize("content", [b"<<<<<<< HEAD\n", b"\xff\xfe\0garbage\n"])
def test_repair_names_what_is_no_signature_and_leaves_it(signed: Path, content: bytes) -> None:
    before = signed.read_bytes() + content
    signed.write_bytes(before)
    ran = transflow(signed.parents[3], "repair")
    assert (ran.code, signed.read_bytes()) == (1, before)
    assert "locales/en/approvals/flood.sigs:2: this line is no signature and proves nothing" in ran.out
    assert "take it back from git, or delete it" in ran.out


def test_repair_names_a_link_in_its_place(signed: Path, tmp_path: Path) -> None:
    signed.rename(tmp_path / "elsewhere")
    signed.symlink_to(tmp_path / "elsewhere")
    ran = transflow(signed.parents[3], "repair")
    assert ran.code == 1
    assert "symbolic link" in ran.out
    assert signed.is_symlink()
