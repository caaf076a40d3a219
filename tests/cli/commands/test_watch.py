"""`transflow watch`: what is new in a feed or a folder, and adding it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from support.commands import contents, done, refusal, transflow
from transflow.project import Project
from transflow.user_folders import config_folder

TEXT = "강변시는 3일 다리 세 곳을 다시 열었다고 밝혔다. 시민들은 오전 6시부터 다리를 건넜다. "


@pytest.fixture
def feed(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a feed with three entries, whose pages are there but for the last."""
    monkeypatch.setattr("transflow.actions.reports.fetching.PAUSE", 0)
    path = config_folder() / "engines.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[network]\nlocal_hosts = ["127.0.0.1"]\n', encoding="utf-8")
    base = f"http://127.0.0.1:{httpserver.port}"
    items = "".join(
        f"<item><title>다리 {n}</title><link>{base}/bridge/{n}</link><pubDate>Wed, 03 Jul 2024 09:00:00 +0900</pubDate>"
        f"<description>{TEXT}{n}번 다리다.</description></item>"
        for n in range(3)
    )
    httpserver.expect_request("/rss").respond_with_data(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>',
        content_type="text/xml",
    )
    for n in range(2):
        body = f"<p>{TEXT}</p><p>{n}번 다리다.</p>"
        html = (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>다리 {n}</title></head><body>{body}</body></html>'
        )
        httpserver.expect_request(f"/bridge/{n}").respond_with_data(html, content_type="text/html")
    yield f"{base}/rss"
    path.unlink()


def test_new_entries_are_listed_and_nothing_is_added(room: Path, feed: str) -> None:
    before = contents(room)
    ran = transflow(room, "watch", feed, "--limit", "2")
    assert ran.out.splitlines()[0] == f"{feed.removesuffix('/rss')}/bridge/0: “다리 0” (2024-07-03)"
    assert len(ran.out.splitlines()) == 2
    assert "There is more" in ran.err
    assert f"`transflow watch {feed} --add`" in ran.err
    assert contents(room) == before


def test_what_is_new_is_added_and_no_longer_new(room: Path, feed: str) -> None:
    ran = transflow(room, "watch", feed, "--add")
    assert ran.code == 3  # the third page is not there
    assert "2 added, 0 there already, 1 not added." in ran.err
    listed = done(room, "watch", feed).splitlines()
    assert [line.partition(": ")[0] for line in listed] == [f"{feed.removesuffix('/rss')}/bridge/2"]
    assert "bridge-0" in Project(room).report_slugs() or "127-bridge-0" in Project(room).report_slugs()


def test_files_of_a_folder_are_listed_with_what_is_wrong_with_them(room: Path) -> None:
    folder = room.parent / "incoming"
    (folder / "july").mkdir(parents=True)
    mail = b"From: a@example.org\nTo: b@example.org\nMessage-ID: <1@example.org>\nSubject: x\n\n" + TEXT.encode()
    (folder / "july" / "letter.eml").write_bytes(mail)
    (folder / ".hidden.eml").write_bytes(mail)
    (folder / "typhoon.txt").write_text("태풍\n\n태풍이 지나갔다.\n", encoding="utf-8")
    (folder / "broken.vtt").write_text("WEBVTT\n", encoding="utf-8")
    ran = transflow(room, "watch", str(folder))
    assert ran.code == 3
    assert [line.partition(": ")[0] for line in ran.out.splitlines()] == [
        f"{folder}/broken.vtt",
        f"{folder}/typhoon.txt",
        f"{folder}/july/letter.eml",
    ]
    (folder / "broken.vtt").unlink()
    done(room, "watch", str(folder), "--add")
    assert "Nothing is new." in transflow(room, "watch", str(folder)).err
    (folder / "july" / "letter.eml").write_bytes(mail + " 다친 사람은 없다.".encode())
    assert "a new version of letter" in done(room, "watch", str(folder))


def test_a_feed_that_is_none_is_refused(room: Path, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text('<rss version="2.0"><channel></channel></rss>', encoding="utf-8")
    assert "no entry with a text" in refusal(room, "watch", str(path), code=3)
