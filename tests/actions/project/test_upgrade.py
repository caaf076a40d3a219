"""`transflow repair --upgrade`: a whole project in the current format, despite interruptions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from project.test_project import as_format_1
from support.commands import contents, transflow
from transflow.actions.project.upgrade import upgrade
from transflow.project import CatalogRef, Project


@pytest.fixture
def old(sample: Path) -> Path:
    """Return the sample, and a glossary, in the format of 0.1.0."""
    settings = sample / "transflow.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("format = 2", "format = 1"), encoding="utf-8")
    for place in Project(sample).all_catalogs():
        as_format_1(sample, place)
    assert transflow(sample, "glossary", "add", "국장", "director", user="mina").code == 0
    glossary = sample / "locales/en/glossary.po"
    glossary.write_text(glossary.read_text(encoding="utf-8").replace("Format: 2", "Format: 1"), encoding="utf-8")
    return sample


def without_marks(folder: Path) -> dict[str, str]:
    """Return every file without the fields that the new format adds."""
    return {
        name: re.sub('"X-Units: .*\n', "", data.decode())
        .replace("Format: 1", "Format: 2")
        .replace("format = 1", "format = 2")
        for name, data in contents(folder).items()
    }


def test_every_catalog_and_then_the_settings_are_brought_up_and_nothing_else_changes(old: Path) -> None:
    before = without_marks(old)
    ran = transflow(old, "repair", "--upgrade")
    assert ran.code == 0
    assert ran.out.split("\n")[-3:-1] == [
        "transflow.toml: format 1 → 2",
        "5 files are in format 2 now. Older versions of transflow refuse them: let everybody upgrade.",
    ]
    assert without_marks(old) == before
    assert "format = 2\n" in (old / "transflow.toml").read_text(encoding="utf-8")
    for path in (old / "locales").rglob("*.po"):
        text = path.read_text(encoding="utf-8")
        assert "X-Transflow-Format: 2" in text
        assert ("X-Units: " in text) == (path.name != "glossary.po")
    assert transflow(old, "repair").out == "Nothing to mend.\n"


def test_a_dry_run_names_the_files_and_changes_none(old: Path) -> None:
    before = contents(old)
    ran = transflow(old, "repair", "--upgrade", "--dry-run")
    assert (ran.code, ran.out.count("format 1 → 2"), contents(old)) == (0, 5, before)


def test_what_was_interrupted_anywhere_is_done_to_its_end_by_doing_it_again(old: Path) -> None:
    whole = len(list(upgrade(Project(old), dry_run=True)))
    for _ in range(1, whole):
        next(upgrade(Project(old)))
        assert transflow(old, "status").code == 0
    assert [each.path for each in upgrade(Project(old))] == ["transflow.toml"]
    assert list(upgrade(Project(old))) == []
    assert transflow(old, "repair", "--upgrade").out == "Everything is in format 2.\n"


def test_a_file_that_cannot_be_read_is_named_and_keeps_the_settings_back(old: Path) -> None:
    path = old / CatalogRef("en", "reports", "un-letter").path
    path.write_text(path.read_text(encoding="utf-8") + "junk\n", encoding="utf-8")
    ran = transflow(old, "repair", "--upgrade")
    assert ran.code == 3
    assert "un-letter.po:" in ran.out
    assert "format = 1" in (old / "transflow.toml").read_text(encoding="utf-8")
    assert "X-Transflow-Format: 2" in (old / CatalogRef("en", "reports", "rights-groups").path).read_text(
        encoding="utf-8"
    )


def test_it_is_for_the_whole_project(old: Path) -> None:
    assert transflow(old, "repair", "un-letter", "--upgrade").code == 2


def test_a_glossary_that_says_no_format_stays_as_it_is_and_holds_nothing_back(old: Path) -> None:
    glossary = old / "locales/en/glossary.po"
    glossary.write_text('msgid "국장"\nmsgstr "director"\n', encoding="utf-8")
    before = glossary.read_bytes()
    assert transflow(old, "repair", "--upgrade").code == 0
    assert glossary.read_bytes() == before
    assert "format = 2" in (old / "transflow.toml").read_text(encoding="utf-8")


def test_a_glossary_of_an_endless_format_is_refused_by_nothing_but_its_format(old: Path) -> None:
    glossary = old / "locales/en/glossary.po"
    glossary.write_text(glossary.read_text("utf-8").replace("Format: 1", "Format: " + "9" * 5000), encoding="utf-8")
    assert transflow(old, "repair", "--upgrade").code in (0, 3)
