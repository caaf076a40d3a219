"""Entering by an address that is used once, sessions, leaving, and the language of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.browsers import Browser, new_office
from transflow.web.office import Office
from transflow.web.pages.entering import own_page
from transflow.web.people import Entrances, Sessions


class TestAnAddress:
    def test_lets_its_person_in_once(self, office: Office) -> None:
        address = f"/enter?token={office.entrances.make('claire')}"
        first, second = Browser(office), Browser(office)
        assert (first.get(address).status_code, second.get(address).status_code) == (303, 403)
        assert "Claire Lee" in first.get("/").text
        assert second.get("/").status_code == 401

    @pytest.mark.parametrize("token", ["", "x", "%00", "é" * 50])
    def test_that_was_made_up_lets_nobody_in(self, office: Office, token: str) -> None:
        office.entrances.make("claire")
        answer = Browser(office).get(f"/enter?token={token}")
        assert (answer.status_code, office.cookie in answer.cookies) == (403, False)

    def test_is_kept_as_a_digest(self) -> None:
        entrances = Entrances()
        token = entrances.make("claire")
        assert token not in repr(vars(entrances))


class TestASession:
    def test_gets_a_new_token_whatever_the_browser_brings(self, office: Office) -> None:
        browser = Browser(office)
        browser.cookies.set(office.cookie, "chosen-by-somebody-else")
        assert browser.get("/").status_code == 401
        browser.get(f"/enter?token={office.entrances.make('claire')}")
        attacker = Browser(office)
        attacker.cookies.set(office.cookie, "chosen-by-somebody-else")
        assert attacker.get("/").status_code == 401

    def test_is_no_cookie_that_scripts_or_other_sites_get(self, office: Office) -> None:
        answer = Browser(office).get(f"/enter?token={office.entrances.make('claire')}")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie

    def test_ends_when_the_person_leaves(self, office: Office) -> None:
        browser = Browser(office, "claire")
        token = browser.cookies[office.cookie]
        assert browser.post("/leave").status_code == 200
        thief = Browser(office)
        thief.cookies.set(office.cookie, token)
        assert thief.get("/").status_code == 401

    def test_ends_when_the_person_is_no_longer_in_the_project(self, room: Path, office: Office) -> None:
        browser = Browser(office, "leejin")
        settings = room / "transflow.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace('id = "leejin"', 'id = "leejin"\nleft = 2024-03-01'), encoding="utf-8")
        assert browser.get("/").status_code == 401

    def test_goes_on_after_a_restart_of_the_server(self, room: Path, office: Office) -> None:
        browser = Browser(office, "claire")
        again = Browser(new_office(room))
        again.cookies.set(office.cookie, browser.cookies[office.cookie])
        assert again.get("/").status_code == 200

    def test_ends_two_weeks_after_the_last_visit(self, tmp_path: Path) -> None:
        now = ["2024-03-01T00:00:00Z"]
        sessions = Sessions(tmp_path / "sessions.sqlite", lambda: now[0])
        token = sessions.begin("claire", "Firefox")
        for time, person in (
            ("2024-03-14T00:00:00Z", "claire"),
            ("2024-03-27T00:00:00Z", "claire"),
            ("2024-04-11T00:00:00Z", ""),
        ):
            now[0] = time
            assert sessions.person(token) == person

    def test_is_no_use_to_whoever_reads_the_database(self, tmp_path: Path) -> None:
        path = tmp_path / "sessions.sqlite"
        token = Sessions(path, lambda: "2024-03-01T00:00:00Z").begin("claire", "Firefox")
        assert token.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


class TestTheLanguage:
    def test_is_that_of_the_browser_until_another_is_chosen(self, office: Office) -> None:
        browser = Browser(office, "claire")
        assert '<html lang="ko">' in browser.get("/", headers={"Accept-Language": "fr,ko-KR;q=0.9,en;q=0.8"}).text
        assert "Waits for me" in browser.get("/", headers={"Accept-Language": "fr"}).text
        answer = browser.post("/language", data={"language": "ko", "back": "/?q=a"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/?q=a")
        assert '<html lang="ko">' in browser.get("/").text

    @pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nX: y"])
    def test_leads_back_to_our_own_pages_only(self, address: str) -> None:
        assert own_page(address) == "/"
