"""The Queue in the browser: what waits, every report and story, and who may read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from support.browsers import Browser, new_office
from support.commands import NOW, TEXTS, done
from transflow.actions import Actor
from transflow.actions.project.overview import OverviewRow, overview
from transflow.project import CatalogRef, Project
from transflow.web.office import Office

SECRET = (
    "---\ntitle: 비밀 취재원\nbyline: 이정은\ndate: 2024-03-26\nconfidential: true\n---\n\n취재원이 강변시를 떠났다.\n"
)


@pytest.fixture
def secret(room: Path) -> Path:
    """A confidential report, of which leejin translates the sentences."""
    done(room, "add", "-", "--slug", "secret", user="mina", stdin=SECRET)
    done(room, "assign", "secret", "--to", "leejin", user="mina")
    return room


@pytest.mark.parametrize(
    ("clock", "due"), [(NOW, "due 2099-03-26 11:00"), ("2099-12-01T00:00:00Z", "overdue 03-26 11:00")]
)
def test_shows_what_waits_first_and_then_everything(room: Path, clock: str, due: str) -> None:
    done(room, "assign", "flood", "--to", "claire", "--due", "2099-03-26 11:00", user="mina")
    said = Browser(new_office(room, clock), "claire").text("/")
    assert "5 wait for me" in said
    assert f"translate 홍수로 다리 3곳 끊겨 5 sentences · {due}" in said
    assert f"Reports 홍수로 다리 3곳 끊겨 0% · {due} · Claire Lee" in said


def test_a_deadline_that_passes_is_seen_without_a_change(room: Path) -> None:
    done(room, "assign", "flood", "--to", "claire", "--due", "2099-03-26 11:00", user="mina")
    now = [NOW]
    office = new_office(room, NOW)
    office.clock = lambda: now[0]
    browser = Browser(office, "claire")
    assert "overdue" not in browser.text("/")
    now[0] = "2099-03-26T02:00:01Z"
    assert browser.text("/").count("overdue") == 2


def test_leads_to_the_work(room: Path, office: Office) -> None:
    done(room, "assign", "flood", "--to", "claire", user="mina")
    for number, text in enumerate(TEXTS, 1):
        done(room, "unit", "set", f"flood#{number}", text, user="claire")
    assert 'href="/en/reports/flood?mode=review&amp;waits=approve"' in Browser(office, "mina").get("/").text


def test_finds_and_sorts(office: Office) -> None:
    browser = Browser(office, "claire")
    assert "홍수로" in browser.text("/?q=다리")
    assert "홍수로" not in browser.text("/?q=Brücke")
    assert '<option value="name" selected>' in browser.get("/?sort=name").text


def test_a_headline_is_no_markup(room: Path, office: Office) -> None:
    done(room, "add", "-", "--slug", "markup", user="mina", stdin="<script>alert(1)</script> “&\n\n본문이다.\n")
    assert "<script>alert" not in Browser(office, "mina").get("/").text


@pytest.mark.parametrize(("who", "reads"), [("mina", True), ("leejin", True), ("claire", False), ("eugene", False)])
def test_confidential_reports_are_for_editors_and_those_with_a_part_in_them(
    secret: Path, office: Office, who: str, reads: bool
) -> None:
    page = Browser(office, who).get("/").text
    assert ("비밀" in page, "secret" in page, "1 report or story is confidential" in page) == (reads, reads, not reads)


def test_what_cannot_be_read_is_named_and_hides_nothing(room: Path, office: Office) -> None:
    (room / "locales/en/reports/broken.po").write_text('msgid "a\n', encoding="utf-8")
    said = Browser(office, "mina").text("/")
    assert "locales/en/reports/broken.po:1:" in said
    assert "홍수로" in said


def test_reads_again_only_what_changed(room: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    done(room, "add", "-", "--slug", "fire", user="mina", stdin="산불\n\n산불이 났다.\n")
    project = Project(room)
    mina = project.settings.person("mina")
    assert mina is not None
    read: list[str] = []
    reading, present = office.queue("mina"), overview

    def counted(actor: Actor, places: Iterable[CatalogRef]) -> Iterator[OverviewRow]:
        for row in present(actor, places):
            read.append(row.place.slug)
            yield row

    monkeypatch.setattr("transflow.web.queue_reading.overview", counted)
    first = reading.read(Actor(project, mina, NOW))
    reading.read(Actor(project, mina, NOW))
    assert sorted(read) == ["fire", "flood"]
    done(room, "unit", "set", "fire#1", "Wildfire", user="claire")
    second = reading.read(Actor(project, mina, NOW))
    assert sorted(read) == ["fire", "fire", "flood"]
    assert [each.reason for each in first.waiting] != [each.reason for each in second.waiting]
