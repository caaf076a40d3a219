"""The door of the server: hosts, origins, sizes, and what every answer forbids the browser."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from support.browsers import BASE, HOST, Browser
from transflow.web import guard
from transflow.web.app import create_app
from transflow.web.office import Office


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost", "localhost:8401", "127.0.0.1:8400", f"{HOST}.evil.example", ""]
)
def test_another_host_reaches_no_page(office: Office, host: str) -> None:
    answer = Browser(office, "mina").get("/", headers={"Host": host})
    assert (answer.status_code, "Queue" in answer.text) == (421, False)


def test_two_hosts_reach_no_page(office: Office) -> None:
    answer = Browser(office, "mina").get("/", headers=[("Host", HOST), ("Host", "evil.example")])
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": BASE}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": BASE}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:9999"}, 403),  # another port of this machine
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"https://{HOST}"}, 403),
        ({}, 403),
    ],
)
def test_a_change_is_made_by_our_own_pages_only(office: Office, headers: dict[str, str], status: int) -> None:
    browser = Browser(office, "mina")
    browser.headers.pop("Sec-Fetch-Site")
    answer = browser.post("/language", data={"language": "ko", "back": "/"}, headers=headers)
    assert answer.status_code == status
    assert ("transflow-language" in answer.cookies) == (status == 303)


def test_every_answer_has_the_headers(office: Office) -> None:
    browser = Browser(office, "mina")
    for answer in (
        browser.get("/"),
        browser.get("/nothing"),
        browser.post("/leave", headers={"Sec-Fetch-Site": "none"}),
    ):
        assert {name: answer.headers.get(name) for name in guard.HEADERS} == guard.HEADERS
        assert answer.headers["cache-control"] == "no-store"


def test_a_page_has_no_script_or_style_of_its_own(office: Office) -> None:
    page = Browser(office, "mina").get("/").text
    assert "<style" not in page
    assert " style=" not in page
    assert all("src=" in tag.partition(">")[0] for tag in page.split("<script")[1:])


@pytest.mark.parametrize("says", [True, False])
def test_a_long_body_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch, says: bool) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)
    browser, body = Browser(office, "mina"), b"back=" + b"a" * 2000
    content = body if says else iter([body[:900], body[900:]])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert browser.post("/language", content=content, headers=headers).status_code == 413


def test_files_of_pages_are_kept_and_no_others_are_served(office: Office) -> None:
    visitor = TestClient(create_app(office, [HOST]), BASE)
    assert visitor.get("/static/site.css").headers["cache-control"].startswith("public")
    for path in ("/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/templates/base.html", "/static/"):
        assert visitor.get(path).status_code == 404
