"""Pages are asked of public hosts and of those that the user lists, within limits."""

from __future__ import annotations

import threading

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from support.engine_servers import drips, hangs, raw_server
from transflow.network.errors import PageError
from transflow.network.pages import LARGEST_PAGE, WebAccess, fetch_page, is_public

LOCAL = WebAccess(frozenset({"127.0.0.1", "localhost"}), timeout=5.0)


def test_addresses_of_private_networks_are_not_public() -> None:
    private = (
        "127.0.0.1 10.0.0.1 172.16.3.4 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    )
    private += "fe80::1%eth0 fc00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:7f00:1:: x"
    assert [each for each in private.split() if is_public(each)] == []
    public = "93.184.216.34 2606:2800:220:1::1 ::ffff:93.184.216.34 64:ff9b::5db8:d822"
    assert [each for each in public.split() if not is_public(each)] == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://[::1]:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
    ],
)
def test_a_host_of_this_machine_is_not_asked_unless_the_user_lists_it(httpserver: HTTPServer, url: str) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    with pytest.raises(PageError, match=r"private network. Nothing was asked|no host"):
        fetch_page(url.format(port=httpserver.port), WebAccess())
    assert httpserver.log == []


def test_a_name_that_leads_into_a_private_network_only_when_connected_is_closed(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/").respond_with_data("x")
    monkeypatch.setattr("transflow.network.pages._resolved", lambda *_: ["93.184.216.34"])
    with pytest.raises(PageError, match="cannot be reached"):
        fetch_page(f"http://127.1:{httpserver.port}/", WebAccess(timeout=5.0))
    assert httpserver.log == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/x", "https://", "http://\udcff/"])
def test_an_address_is_of_the_web(url: str) -> None:
    with pytest.raises(PageError):
        fetch_page(url, LOCAL)


class TestRedirects:
    def test_are_followed_on_the_same_host(self, httpserver: HTTPServer) -> None:
        httpserver.expect_request("/a").respond_with_data(status=301, headers={"Location": "/b"})
        httpserver.expect_request("/b").respond_with_data("<p>x", content_type="text/html; charset=euc-kr")
        page = fetch_page(httpserver.url_for("/a").replace("localhost", "127.0.0.1"), LOCAL)
        assert page == ("text/html; charset=euc-kr", b"<p>x")

    @pytest.mark.parametrize(
        "target", ["https://example.org/", "http://169.254.169.254/latest", "//localhost:1/x", "file:///etc/passwd"]
    )
    def test_lead_to_no_other_host(self, httpserver: HTTPServer, target: str) -> None:
        httpserver.expect_request("/").respond_with_data(status=302, headers={"Location": target})
        with pytest.raises(PageError, match=r"another host"):
            fetch_page(f"http://127.0.0.1:{httpserver.port}/", LOCAL)

    def test_end(self, httpserver: HTTPServer) -> None:
        httpserver.expect_request("/").respond_with_data(status=307, headers={"Location": "/"})
        with pytest.raises(PageError, match="without an end"):
            fetch_page(f"http://127.0.0.1:{httpserver.port}/", LOCAL)
        assert len(httpserver.log) == 6


class TestLimits:
    @pytest.mark.parametrize(
        ("status", "words"),
        [
            (404, "no page"),
            (410, "no page"),
            (403, "log in or pay"),
            (402, "log in or pay"),
            (503, "busy"),
            (418, "418"),
        ],
    )
    def test_a_page_that_is_not_given_is_no_page(self, httpserver: HTTPServer, status: int, words: str) -> None:
        httpserver.expect_request("/").respond_with_data("x", status=status)
        with pytest.raises(PageError, match=words):
            fetch_page(f"http://127.0.0.1:{httpserver.port}/", LOCAL)

    def test_a_page_is_not_endless(self, httpserver: HTTPServer) -> None:
        def endless(_: Request) -> Response:
            return Response(b"x" * 2**20 for _ in range(LARGEST_PAGE // 2**20 + 2))

        httpserver.expect_request("/").respond_with_handler(endless)
        with pytest.raises(PageError, match="more than 8 MB"):
            fetch_page(f"http://127.0.0.1:{httpserver.port}/", LOCAL)

    def test_a_server_that_hangs_or_drips_is_left(self) -> None:
        for behaviour in (hangs, drips):
            done = threading.Event()
            with raw_server(behaviour(done)) as (port, _):
                with pytest.raises(PageError, match="in time"):
                    fetch_page(f"http://127.0.0.1:{port}/", LOCAL._replace(timeout=0.3))
                done.set()
