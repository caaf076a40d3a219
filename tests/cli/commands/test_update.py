"""`transflow update`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import REPORT, contents, done, in_terminal, new_project, program, refusal, transflow
from transflow.project import CatalogRef, Project

PLAIN = "태풍이 지나갔다\n\n태풍이 6일 새벽 지나갔다. 피해는 적었다.\n둘째 줄은 둘째 문단이다.\n"
NEWER = REPORT.replace("3곳이", "4곳이").replace(" 다친 사람은 없다.", "") + "\n비는 7일 그쳤다.\n"


def sources(folder: Path, slug: str) -> list[str]:
    return [unit.source for unit in Project(folder).load(CatalogRef("en", "reports", slug)).units]


def file(folder: Path, name: str, text: str) -> str:
    path = folder.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_new_version_shows_sentences_translations_paragraphs_and_people(translated: Path) -> None:
    out = done(translated, "update", "flood", file(translated, "new.md", NEWER), user="claire")
    assert out.splitlines()[0] == "en:flood: 1 new, 1 changed, 1 removed, 3 unchanged"
    assert "flood#2 changed (translated by Claire Lee, approved by mina)" in out
    assert (
        "- 강변시 다리 3곳이 5일 밤 끊겼다.\n    + 강변시 다리 4곳이 5일 밤 끊겼다.\n    = Three bridges failed." in out
    )
    assert "flood#3 removed (translated by Leejin Jun)\n    - 다친 사람은 없다.\n    = Nobody was hurt." in out
    assert "new\n    + 비는 7일 그쳤다." in out
    assert "waits for nobody yet: `transflow assign flood#… --to ID`" in out
    assert "touches bridges#2" in out
    assert "transflow unit confirm flood#…" in out
    assert (translated / "sources/flood.md").read_text(encoding="utf-8") == NEWER


def test_still_right_takes_one_step_and_is_recorded(translated: Path) -> None:
    done(translated, "update", "flood", file(translated, "new.md", NEWER), user="claire")
    assert "needs another look" in done(translated, "unit", "show", "flood#2")
    done(translated, "unit", "confirm", "flood#2", user="leejin")
    unit = Project(translated).load(CatalogRef("en", "reports", "flood")).units[1]
    assert (unit.fuzzy, unit.previous, unit.target) == (False, "", "Three bridges failed.")
    assert [(each.who, each.words) for each in unit.by] == [("claire", 3), ("leejin", 0)]


def test_a_dry_run_shows_the_same_and_changes_nothing(translated: Path) -> None:
    path = file(translated, "new.md", NEWER)
    before = contents(translated)
    dry = transflow(translated, "update", "flood", path, "--dry-run", user="claire")
    assert contents(translated) == before
    assert "Nothing was written (--dry-run)." in dry.err
    assert dry.out == done(translated, "update", "flood", path, user="claire")


def test_a_dry_run_of_all_changes_nothing_either(translated: Path) -> None:
    (translated / "sources/flood.md").write_text(NEWER, encoding="utf-8")
    before = contents(translated)
    dry = transflow(translated, "update", "--dry-run")
    assert "1 changed" in dry.out
    assert "Nothing was written" in dry.err
    assert contents(translated) == before


def test_a_version_without_front_matter_keeps_that_of_the_old_one(translated: Path) -> None:
    body = NEWER.split("---\n")[2].strip() + "\n"
    ran = transflow(translated, "update", "flood", "-", user="claire", stdin=body)
    assert ran.code == 0, ran
    assert (translated / "sources/flood.md").read_text(encoding="utf-8") == NEWER


def test_the_same_version_again_changes_nothing(translated: Path) -> None:
    path = file(translated, "new.md", NEWER)
    done(translated, "update", "flood", path, user="claire")
    before = contents(translated)
    assert "no sentence changed" in done(translated, "update", "flood", path, user="claire")
    assert contents(translated) == before


def test_update_without_a_file_takes_the_reports_as_they_are(translated: Path) -> None:
    (translated / "sources/flood.md").write_text(NEWER, encoding="utf-8")
    out = done(translated, "update")
    assert "1 new, 1 changed, 1 removed" in out
    assert "0 of 1 were up to date" in out
    assert "1 of 1 were up to date" in done(translated, "update")


def test_one_language_alone_may_be_updated(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    (folder / "sources/flood.md").write_text(NEWER, encoding="utf-8")
    out = done(folder, "update", "--locale", "vi")
    assert "vi:flood" in out
    assert "en:flood" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["floot"], 2, "no report “floot”. Did you mean flood?"),
        (["floot", "NEW"], 2, "no report “floot”. Did you mean flood?"),
        (["../flood"], 2, "no report"),
        (["flood", "none.md"], 2, "there is no file none.md"),
        (["--locale", "fr"], 2, "no language “fr”"),
    ],
)
def test_an_update_of_nothing_is_refused(translated: Path, arguments: list[str], code: int, message: str) -> None:
    path = file(translated, "new.md", NEWER)
    arguments = [path if each == "NEW" else each for each in arguments]
    assert message in refusal(translated, "update", *arguments, user="claire", code=code)


def test_a_version_that_cannot_be_read_leaves_the_old_one(translated: Path) -> None:
    path = translated.parent / "new.md"
    path.write_bytes("---\ntitle: Погода\n---\nПогода в Москве.\n".encode("koi8-r"))
    assert "is not UTF-8" in refusal(translated, "update", "flood", str(path), user="claire", code=3)


def test_a_catalog_that_cannot_be_read_is_named_and_the_others_are_updated(room: Path) -> None:
    for name in ("one", "two"):
        done(room, "add", file(room, f"{name}.txt", PLAIN))
    for name in ("one", "two"):
        (room / f"sources/{name}.md").write_text(REPORT, encoding="utf-8")
    (room / "locales/en/reports/one.po").write_text("junk\n", encoding="utf-8")
    ran = transflow(room, "update")
    assert ran.code == 3
    assert "locales/en/reports/one.po:1" in ran.err
    assert "en:two: " in ran.out
    assert (room / "locales/en/reports/one.po").read_text(encoding="utf-8") == "junk\n"


def test_many_reports_show_how_far_it_is_on_a_terminal_only(room: Path) -> None:
    for number in range(30):
        (room / f"sources/report-{number}.md").write_text(REPORT, encoding="utf-8")
    quiet = program(room, "update", "--dry-run")
    assert quiet.code == 0
    assert "Updating" not in quiet.err
    code, screen = in_terminal(room, "update", "--dry-run")
    assert code == 0
    assert "Updating" in screen
    assert "100%" in screen
