"""`transflow add` of mails, mailboxes and pages: what is fetched, and what is there already."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from support.commands import done, refusal, transflow
from support.paths import TESTS
from transflow.project import Project
from transflow.user_folders import config_folder

GOLDEN = TESTS / "golden" / "readers"
TEXT = "강변시는 3일 다리 세 곳을 다시 열었다고 밝혔다. 시민들은 오전 6시부터 다리를 건넜다. "


def mail(subject: str, text: str) -> bytes:
    return (
        f"From: =?utf-8?B?{b64encode('이정은'.encode()).decode()}?= <je@example.org>\nTo: desk@example.org\n"
        f"Subject: =?utf-8?B?{b64encode(subject.encode()).decode()}?=\nDate: Wed, 03 Jul 2024 09:00:00 +0900\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def page(title: str, text: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>'
        f'<div class="article_body"><p>{text}</p><p>{TEXT}</p></div></body></html>'
    )


@pytest.fixture
def site(httpserver: HTTPServer) -> Iterator[HTTPServer]:
    """Return a server of pages that the user listed as local."""
    path = config_folder() / "engines.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[network]\nlocal_hosts = ["127.0.0.1"]\n', encoding="utf-8")
    yield httpserver
    path.unlink()


def address(server: HTTPServer, path: str) -> str:
    return f"http://127.0.0.1:{server.port}{path}"


# Again and again


def test_the_same_mail_is_told_whatever_its_file_is_called(room: Path) -> None:
    first, second = room.parent / "letter.eml", room.parent / "copy.eml"
    first.write_bytes(mail("다리를 열었다", TEXT))
    second.write_bytes(first.read_bytes())
    done(room, "add", str(first))
    ran = transflow(room, "add", str(second))
    assert (ran.code, ran.out) == (0, "")
    assert f"sources/letter.md is there already: it came from this same file, {second}." in ran.err
    front = Project(room).front_matter("letter")
    assert (front.origin, front.reader, front.byline, front.date) == (
        "letter.eml",
        "mail",
        "이정은",
        "2024-07-03T09:00:00+09:00",
    )
    ran = transflow(room, "add", "-", stdin=second.read_bytes())
    assert "is there already" in ran.err


def test_a_new_version_of_a_known_mail_is_offered_as_an_update(room: Path) -> None:
    path = room.parent / "letter.eml"
    path.write_bytes(mail("다리를 열었다", TEXT))
    done(room, "add", str(path))
    path.write_bytes(mail("다리를 다시 열었다", TEXT + "다친 사람은 없다."))
    message = refusal(room, "add", str(path))
    assert f"`transflow update letter {path}` takes it as its new version" in message
    out = done(room, "update", "letter", str(path))
    assert "en:letter: 1 new, 1 changed" in out
    assert Project(room).front_matter("letter").title == "다리를 다시 열었다"


def test_another_report_in_a_file_of_the_same_name_is_a_report_of_its_own(room: Path) -> None:
    for number, subject in enumerate(("다리를 열었다", "북한 시장의 쌀값이 올랐다")):
        path = room.parent / str(number) / "letter.eml"
        path.parent.mkdir()
        path.write_bytes(mail(subject, TEXT))
        done(room, "add", str(path), "--slug", f"letter-{number}")
    assert {"letter-0", "letter-1"} <= set(Project(room).report_slugs())


def test_a_run_that_was_interrupted_is_continued_by_the_same_command(room: Path) -> None:
    paths = []
    for number in range(3):
        path = room.parent / f"mail-{number}.eml"
        path.write_bytes(mail(f"다리 {number}", f"{TEXT}{number}번 다리다."))
        paths.append(str(path))
    done(room, "add", *paths[:2])
    (room / "locales/en/reports/mail-1.po").unlink()  # killed after the report was written
    ran = transflow(room, "add", *paths)
    assert "2 added, 1 there already, 0 not added." in ran.err
    assert {"mail-0", "mail-1", "mail-2"} <= set(Project(room).report_slugs())
    assert (room / "locales/en/reports/mail-1.po").exists()


# Files that hold several


def test_each_mail_of_a_mailbox_is_a_report(room: Path) -> None:
    ran = transflow(room, "add", str(GOLDEN / "mbox/two.mbox"))
    assert ran.code == 0
    assert "2 added, 0 there already, 0 not added." in ran.err
    titles = {slug: Project(room).front_matter(slug).title for slug in Project(room).report_slugs()}
    assert titles.items() >= {"two-1": "다리를 열었다", "two-2": "다리를 닫았다"}.items()


def test_what_is_attached_to_a_mail_is_named_and_added_if_wanted(room: Path) -> None:
    path = str(GOLDEN / "mail/attached.eml")
    ran = transflow(room, "add", path)
    assert "다리 목록.txt is attached; --attachments adds it too." in ran.err
    ran = transflow(room, "add", path, "--attachments")
    assert (ran.code, "1 added, 1 there already, 0 not added" in ran.err) == (0, True)
    assert Project(room).front_matter("attached-2").title == "다리 목록"


# Pages


def test_a_page_is_fetched_and_its_new_version_offered(room: Path, site: HTTPServer) -> None:
    site.expect_request("/news/1").respond_with_data(page("다리를 열었다", TEXT), content_type="text/html")
    url = address(site, "/news/1?utm_source=mail")
    done(room, "add", url, "--slug", "bridges")
    front = Project(room).front_matter("bridges")
    assert (front.title, front.origin, front.url) == ("다리를 열었다", "127.0.0.1", address(site, "/news/1"))
    assert "is there already" in transflow(room, "add", url).err
    site.clear()
    site.expect_request("/news/1").respond_with_data(
        page("다리를 열었다", "다리는 네 곳이다."), content_type="text/html"
    )
    assert f"`transflow update bridges {url}`" in refusal(room, "add", url)
    assert "1 new" in done(room, "update", "bridges", url)


def test_a_page_whose_header_names_its_encoding_is_read(room: Path, site: HTTPServer) -> None:
    html = page("다리를 열었다", TEXT).replace('<meta charset="utf-8">', "").encode("cp949")
    site.expect_request("/a").respond_with_data(html, content_type="text/html; charset=euc-kr")
    done(room, "add", address(site, "/a"), "--slug", "bridges")
    assert Project(room).front_matter("bridges").title == "다리를 열었다"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://169.254.169.254/latest", "private network"),
        ("http://127.0.0.1:1/", "private network"),
        ("https://no-such-host.invalid/", "there is no host"),
    ],
)
def test_private_and_unknown_addresses_are_refused(room: Path, url: str, message: str) -> None:
    assert message in refusal(room, "add", url, code=3)


def test_a_page_that_leads_elsewhere_is_refused_with_the_other_host(room: Path, site: HTTPServer) -> None:
    site.expect_request("/a").respond_with_data(status=302, headers={"Location": "http://169.254.169.254/"})
    assert "another host, 169.254.169.254" in refusal(room, "add", address(site, "/a"), code=3)


def test_of_several_addresses_one_that_fails_keeps_out_no_other(
    room: Path, site: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transflow.actions.reports.fetching.PAUSE", 0)

    def found(request: Request) -> Response:
        number = request.path.rpartition("/")[2]
        return Response(
            page(f"다리 {number}", f"{TEXT}{number}번이다."),
            content_type="text/html",
            status=404 if number == "1" else 200,
        )

    site.expect_request("/bridge/0").respond_with_handler(found)
    site.expect_request("/bridge/1").respond_with_handler(found)
    site.expect_request("/bridge/2").respond_with_handler(found)
    ran = transflow(room, "add", *(address(site, f"/bridge/{number}") for number in range(3)))
    assert ran.code == 3
    assert "there is no page (status 404)" in ran.err
    assert "2 added, 0 there already, 1 not added." in ran.err
