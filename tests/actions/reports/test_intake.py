"""Reports that are read, added, updated and assigned."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from support.commands import REPORT, STAFF, TEXTS, contents, new_project, transflow
from transflow.actions import Actor
from transflow.actions.reports import current, intake
from transflow.actions.stories import article
from transflow.actions.units import steps
from transflow.errors import UnreadableError, UsageError
from transflow.model.report import FrontMatter
from transflow.project import CatalogRef, Project
from transflow.readers import IncomingReport

FLOOD = CatalogRef("en", "reports", "flood")
NOW = "2024-03-26T03:00:00Z"


def actor(folder: Path, who: str = "claire") -> Actor:
    return Actor(Project(folder), next(person for person in STAFF if person.id == who), NOW)


# Reading


@pytest.mark.parametrize("name", ["a.txt", "a", "-"])
def test_a_text_with_front_matter_is_markdown_whatever_its_name(name: str) -> None:
    assert intake.read_incoming(REPORT.encode(), name).front.title == "홍수로 다리 3곳 끊겨"


def test_a_plain_text_has_a_paragraph_in_every_line() -> None:
    new = intake.with_headline(intake.read_incoming("제목\n첫 줄이다.\n둘째 줄이다.\n".encode(), "a.txt"))
    assert (new.front.title, new.body.strip().split("\n\n")) == ("제목", ["첫 줄이다.", "둘째 줄이다."])


def test_plain_text_that_looks_like_markdown_stays_what_it_is(room: Path) -> None:
    body = "제목\n# 1위는 서울\n* 별표\n1. 첫째\n> 인용\n"
    new = intake.with_headline(intake.read_incoming(body.encode(), "a.txt"))
    intake.add(actor(room), new, "a")
    found = Project(room).load(CatalogRef("en", "reports", "a")).units
    assert {unit.kind for unit in found[1:]} == {"paragraph"}
    assert "".join(unit.source.replace("\\", "") for unit in found) == body.replace("\n", "")


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("**다리 끊겨**\n\n둘째다.\n", "다리 끊겨", "둘째다."),
        ("**다리** 끊겨\n\n둘째다.\n", "**다리** 끊겨", "둘째다."),
        (
            "| 보도 | 자료 |\n| --- | --- |\n\n## 다리 끊겨\n\n둘째다.\n",
            "다리 끊겨",
            "| 보도 | 자료 |\n| --- | --- |\n\n\n둘째다.",
        ),
    ],
)
def test_the_headline_of_a_document_is_its_first_paragraph(body: str, title: str, rest: str) -> None:
    new = intake.with_headline(IncomingReport(FrontMatter(), body, begins_with_headline=True))
    assert (new.front.title, new.body.strip("\n")) == (title, rest)


def test_a_field_is_set_only_where_it_is_missing() -> None:
    new = IncomingReport(FrontMatter(title="제목"), "")
    assert intake.with_fields(new, title="다른 제목", byline="이정은", date="").front == FrontMatter(
        title="제목", byline="이정은"
    )


def test_nothing_is_added_twice_or_half(room: Path) -> None:
    before = contents(room)
    new = intake.read_incoming(REPORT.encode(), "flood.md")
    with pytest.raises(UsageError, match="there is a report “flood” already"):
        intake.add(actor(room), new, "flood")
    with pytest.raises(UsageError, match="nothing to translate"):
        intake.add(actor(room), new._replace(body="\n"), "empty")
    assert contents(room) == before


# Updating


def test_what_is_current_is_seen_without_reading_the_header(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("transflow.po.header.field")
    assert current.is_current(Project(room), "flood", "en")


def test_an_update_of_what_is_current_writes_nothing(room: Path) -> None:
    before = (room / FLOOD.path).stat()
    assert current.is_current(Project(room), "flood", "en")
    updated = intake.update(actor(room), "flood", "en")
    assert not updated.changes
    after = (room / FLOOD.path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_new_version_reaches_every_language_and_names_the_paragraphs(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    for number in range(1, 6):
        steps.confirm(actor(folder), f"vi:flood#{number}", TEXTS[number - 1])
    article.compose_article(actor(folder, "eugene"), "vi:cau", ["flood"])
    data = REPORT.replace("3곳이", "4곳이").encode()
    found = intake.new_version(actor(folder), "flood", data, "new.md").updates
    assert [(each.place.locale, len(each.changes.changed)) for each in found] == [("en", 1), ("vi", 1)]
    touched = found[1].paragraphs
    assert [(each.place.slug, Project(folder).load(each.place).units[1].id == each.unit) for each in touched] == [
        ("cau", True)
    ]
    assert current.is_current(Project(folder), "flood", "en")
    assert current.is_current(Project(folder), "flood", "vi")


def test_where_one_catalog_cannot_be_read_a_new_version_changes_nothing(tmp_path: Path) -> None:
    folder = new_project(tmp_path / "two", ("en", "vi"))
    (folder / "locales/vi/reports/flood.po").write_text("junk\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(UnreadableError, match="vi/reports/flood"):
        intake.new_version(actor(folder), "flood", REPORT.replace("3곳이", "4곳이").encode(), "new.md")
    assert contents(folder) == before


def test_a_crash_between_the_report_and_its_catalogs_is_mended_by_the_next_update(room: Path) -> None:
    shutil.copy(room / "sources/flood.md", room / "sources/later.md")
    (room / "sources/flood.md").write_text(REPORT.replace("3곳이", "4곳이"), encoding="utf-8")
    assert not current.is_current(Project(room), "flood", "en")
    for slug in ("flood", "later"):
        intake.update(actor(room), slug, "en")
        assert current.is_current(Project(room), slug, "en")


def test_a_date_that_an_older_reader_took_away_comes_back_with_the_next_update(room: Path) -> None:
    report, catalog = room / "sources/flood.md", room / FLOOD.path
    report.write_text(
        "---\ntitle: 제목\n---\n\n7) 유엔은 서한을 냈다.\n", encoding="utf-8"
    )  # as that reader parsed the text that follows
    intake.update(actor(room), "flood", "en")
    steps.confirm(actor(room), "flood#2", "The U.N. sent a letter.")
    report.write_text("---\ntitle: 제목\n---\n\n2024. 3. 11. 유엔은 서한을 냈다.\n", encoding="utf-8")
    stored = re.sub(
        "X-Report-Digest: .*? 1", f"X-Report-Digest: {sha256(report.read_bytes()).hexdigest()} 1", catalog.read_text()
    )
    catalog.write_text(stored, encoding="utf-8")

    assert not current.is_current(Project(room), "flood", "en")
    assert "behind" in transflow(room, "check", user="claire").out
    intake.update(actor(room), "flood", "en")
    unit = Project(room).load(FLOOD).units[1]
    assert (unit.source, unit.previous, unit.target, unit.fuzzy) == (
        "2024. 3. 11. 유엔은 서한을 냈다.",
        "유엔은 서한을 냈다.",
        "The U.N. sent a letter.",
        True,
    )
    assert current.is_current(Project(room), "flood", "en")


# Assigning


def test_every_sentence_goes_to_exactly_one_person_in_the_order_of_the_text(room: Path) -> None:
    shared = intake.assign(actor(room, "mina"), "flood", ["claire", "leejin"])
    ids = [unit.id for unit in Project(room).load(FLOOD).units]
    assert shared["claire"] + shared["leejin"] == ids
    assert all(shared.values())
    assert [unit.assigned.who for unit in Project(room).load(FLOOD).units if unit.assigned] == (
        ["claire"] * len(shared["claire"]) + ["leejin"] * len(shared["leejin"])
    )
