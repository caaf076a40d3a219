"""Proposals by the tags of headlines, as the commands print them."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import TEXTS, done, new_project, transflow

BODY = "\n\n강변시 다리 4곳이 5일 밤 끊겼다.\n"


@pytest.fixture
def room(tmp_path: Path) -> Path:
    room = new_project(tmp_path / "room")
    done(room, "unit", "set", "flood#1", TEXTS[0], user="claire")
    done(room, "compose", "floods", "--from", "flood", "--live", user="eugene")
    return room


def added(room: Path, title: str, slug: str = "second") -> str:
    return transflow(room, "add", "-", "--slug", slug, user="claire", stdin=title + BODY).err


def test_a_flash_is_a_live_story(room: Path) -> None:
    said = added(room, "[속보] 북한, 미사일 발사")
    assert "`transflow compose second-story --from second --live` begins a live story of it." in said
    done(room, "compose", "second-story", "--from", "second", "--live", user="claire")


@pytest.mark.parametrize("tag", ["[2보]", "［종합］", "[속보]"])
def test_a_later_version_of_a_report_whose_story_is_live_goes_there(room: Path, tag: str) -> None:
    said = added(room, f"{tag} 홍수로 다리 4곳 끊겨…2명 실종")
    assert "a later version of flood, it seems" in said
    assert "`transflow update flood -`" in said
    assert "`transflow compose floods --from second`" in said


def test_a_correction_and_a_withdrawal_name_their_kinds(room: Path) -> None:
    assert "--kind correction" in added(room, "[정정] 홍수로 다리 3곳 끊겨")
    said = added(room, "[전문취소] 홍수로 다리 3곳 끊겨", "third")
    assert "`transflow kill floods 전문취소`" in said
    assert "--gone" in said


def test_the_kind_of_a_page_is_proposed_by_the_headlines_of_its_reports(room: Path) -> None:
    source = room / "sources/flood.md"
    source.write_text(
        source.read_text(encoding="utf-8").replace("title: 홍수", 'title: "[정정] 홍수'), encoding="utf-8"
    )
    source.write_text(source.read_text(encoding="utf-8").replace("끊겨\nbyline", '끊겨"\nbyline'), encoding="utf-8")
    done(room, "update", user="claire")
    done(room, "unit", "set", "flood#1", TEXTS[0], user="claire")
    done(room, "compose", "floods", user="eugene")
    done(room, "unit", "confirm", "floods", user="eugene")
    done(room, "ready", "floods", user="eugene")
    done(room, "clear", "floods", user="mina")
    page = ("published", "floods", "--url", "https://example.org/1")
    assert f"`transflow {' '.join(page)} --kind correction`" in transflow(room, *page, user="mina").err
    assert "--kind" not in transflow(room, *page, "--kind", "correction", user="mina").err


def test_other_news_and_plain_headlines_propose_nothing(room: Path) -> None:
    assert "it seems" not in added(room, "[종합] 유엔, 중국에 탈북민 송환 중단 요청")
    assert "begins a live story" not in added(room, "홍수로 다리 3곳 끊겨", "third")
