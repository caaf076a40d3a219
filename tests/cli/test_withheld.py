from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import REPORT, TEXTS, done, transflow


@pytest.fixture
def withheld(room: Path) -> Path:
    """Return a project whose report, of which a story was made, came under embargo."""
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    done(room, "compose", "river", "--from", "flood", user="eugene")
    (room / "sources/flood.md").write_text(REPORT.replace("dateline", "embargo: 2099-01-01\ndateline", 1), "utf-8")
    return room


SHOWN = (("unit", "show", "flood"), ("article", "show", "river"), ("memory", "find", "다리", "--report", "flood"))


@pytest.mark.parametrize("arguments", SHOWN)
def test_in_ci_texts_under_embargo_are_shown_only_if_somebody_says_so(
    withheld: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    assert "ridges" in done(withheld, *arguments)
    monkeypatch.setenv("CI", "true")
    told = transflow(withheld, *arguments)
    place = "en:river" if "river" in arguments else "en:flood"
    assert (told.code, told.out) == (1, "")
    assert told.err == (
        f"transflow: {place} is confidential or under embargo, and others read the log of CI. Where they may read its "
        "texts: transflow --withheld …\n"
    )
    assert "ridges" in done(withheld, "--withheld", *arguments)


def test_in_ci_an_unknown_name_is_said_as_everywhere(withheld: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = transflow(withheld, "unit", "show", "foold")
    monkeypatch.setenv("CI", "true")
    assert transflow(withheld, "unit", "show", "foold") == here
