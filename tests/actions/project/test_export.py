"""`transflow export`: catalogs are exported without the names that must not be known."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from support.commands import transflow
from transflow.actions.project import export
from transflow.model.unit import Use
from transflow.po.catalog import load, serialize
from transflow.po.header import field
from transflow.project import CatalogRef, Project


def said(room: Path, *arguments: str) -> str:
    done = transflow(room, *arguments)
    assert done.code == 0, done.err
    return done.out


def change_header(path: Path, **fields: str) -> None:
    catalog = load(path.read_bytes(), path.name)
    path.write_text(serialize(catalog.replace(header=catalog.header.replace(**fields))), encoding="utf-8")


def test_all_catalogs_are_exported_and_their_paths_printed(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    printed = said(sample, "export", "--output", str(out))
    written = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert written == ["en/rights-groups.po", "en/un-china-refugees.po", "en/un-letter.po"]
    assert sorted(printed.split()) == sorted(str(out / path) for path in written)


def test_a_folder_in_the_project_is_written_again_and_again(sample: Path) -> None:
    for _ in range(2):
        said(sample, "export", "--output", str(sample / "out"))
    assert len(list((sample / "out" / "en").iterdir())) == 3


def test_a_project_of_omegat_is_made_in_the_project_again_and_again(sample: Path) -> None:
    for _ in range(2):
        said(sample, "export", "--to", "omegat", "--output", str(sample / "out"))
    assert len(list((sample / "out" / "en" / "source").iterdir())) == 3


def test_gettext_finds_an_mo_by_language_and_slug(sample: Path, tmp_path: Path) -> None:
    said(sample, "export", "un-letter", "--to", "mo", "--output", str(tmp_path))
    read = gettext.translation("un-letter", str(tmp_path), ["en"])
    units = load((sample / "locales/en/reports/un-letter.po").read_bytes(), "x").units
    finished = [unit for unit in units if unit.target and not unit.fuzzy and not unit.omitted]
    assert finished
    assert all(read.pgettext(unit.id, unit.source) == unit.target for unit in finished)


def test_the_header_comes_from_the_history(sample: Path, tmp_path: Path) -> None:
    said(sample, "export", "un-letter", "--output", str(tmp_path))
    text = (tmp_path / "en/un-letter.po").read_text(encoding="utf-8")
    units = load((sample / "locales/en/reports/un-letter.po").read_bytes(), "x").units
    newest = max(each.time for unit in units if not unit.omitted for each in unit.by)
    assert field(text, "PO-Revision-Date") == newest[:16].replace("T", " ") + "+0000"
    assert field(text, "Last-Translator") == "Claire Lee"
    assert field(text, "Plural-Forms") == "nplurals=2; plural=(n != 1);"
    assert field(text, "X-Report") == ""


def test_exporting_twice_writes_the_same_bytes_and_changes_nothing_in_the_project(sample: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in sample.rglob("*.po")}
    out = [tmp_path / name for name in ("one", "two")]
    for folder in out:
        said(sample, "export", "--output", str(folder), "--notes")
        said(sample, "export", "--output", str(folder), "--to", "mo")
    one, two = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.?o")} for folder in out)
    assert one == two
    assert len(one) == 6
    assert {path: path.read_bytes() for path in sample.rglob("*.po")} == before


@pytest.mark.parametrize("slug", ["un-letter", "un-china-refugees"])
def test_a_person_who_is_withheld_from_a_story_is_named_in_none_of_its_catalogs(
    sample: Path, tmp_path: Path, slug: str
) -> None:
    change_header(sample / "locales/en/articles/un-china-refugees.po", X_Withheld="claire")
    said(sample, "export", slug, "--output", str(tmp_path), "--notes")
    text = (tmp_path / f"en/{slug}.po").read_text(encoding="utf-8")
    assert "Claire" not in text
    assert "claire" not in text
    assert field(text, "Last-Translator") != ""


def test_a_protected_person_is_named_nowhere(sample: Path, tmp_path: Path) -> None:
    config = sample / "transflow.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('name = "Claire Lee"', 'name = "Claire Lee"\nprotected = true'), encoding="utf-8")
    said(sample, "export", "--output", str(tmp_path), "--notes")
    for path in tmp_path.glob("en/*.po"):
        assert "claire" not in path.read_text(encoding="utf-8").lower()


def test_who_is_withheld_cannot_be_known_from_a_broken_story_so_nothing_leaves(sample: Path, tmp_path: Path) -> None:
    story = sample / "locales/en/articles/un-china-refugees.po"
    story.write_text(
        story.read_text(encoding="utf-8").replace("X-Transflow-Format: 1", "X-Transflow-Format: 9"), encoding="utf-8"
    )
    done = transflow(sample, "export", "un-letter", "--output", str(tmp_path / "out"))
    assert done.code == 3
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("export", "--output", "{}/locales"), "belongs to the record"),
        (("export", "--output", "{}/sources/new"), "belongs to the record"),
        (("export", "--to", "mo", "--notes", "--output", "{}/out"), "no comments"),
        (("export", "un-leter", "--output", "{}/out"), "un-letter"),
        (("export", "--locale", "fr", "--output", "{}/out"), "fr"),
        (("export",), "--output"),
    ],
)
def test_what_does_not_fit_is_refused(sample: Path, arguments: tuple[str, ...], says: str) -> None:
    done = transflow(sample, *(each.format(sample) for each in arguments))
    assert done.code == 2
    assert says in done.err


def test_only_the_languages_that_are_asked_for(tmp_path: Path) -> None:
    from support.commands import new_project

    room = new_project(tmp_path / "room", locales=("en", "vi"))
    said(room, "export", "--locale", "vi", "--output", str(tmp_path / "out"))
    text = (tmp_path / "out/vi/flood.po").read_text(encoding="utf-8")
    assert not (tmp_path / "out/en").exists()
    assert field(text, "Plural-Forms") == "nplurals=1; plural=0;"
    assert field(text, "Last-Translator") == field(text, "Language-Team") == "Vietnamese (Herald)"


def test_a_paragraph_on_what_is_off_the_record_is_not_exported(sample: Path) -> None:
    project = Project(sample)
    story = project.load(CatalogRef("en", "articles", "un-china-refugees"))
    paragraph = next(unit for unit in story.units if unit.refs and unit.target and not unit.cut)
    report, unit_id = paragraph.refs[0]
    record = Use("off", "claire", "2024-03-26T03:00:00Z")
    project.change(
        CatalogRef("en", "reports", report), lambda old: old.map_unit(unit_id, lambda unit: unit.replace(record=record))
    )
    before = export.export(project, CatalogRef("en", "articles", "un-china-refugees"), "po", sample.parent / "out")
    assert paragraph.target[:20] not in before.read_text(encoding="utf-8")
