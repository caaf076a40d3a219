"""`published --look` and `check --look` on real connections: doors, proxies, limits, Ctrl+C."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from support.commands import command, done, transflow
from support.engine_servers import hangs, raw_server
from support.live_pages import DESIGNS
from support.terminals import Terminal
from transflow.actions import Actor
from transflow.actions.stories.live_page import story_parts
from transflow.actions.stories.print_context import load_print_context
from transflow.model.settings import Person
from transflow.network.pages import LARGEST_PAGE
from transflow.project import Project
from transflow.user_folders import config_folder

NAME = "un-china-refugees"


@pytest.fixture
def network() -> Iterator[Path]:
    """Return the user's own settings, which let this machine be asked."""
    path = config_folder() / "engines.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[network]\nlocal_hosts = ["127.0.0.1"]\n')
    yield path
    path.unlink()


def page(folder: Path) -> str:
    actor = Actor(Project(folder), Person(""), "2024-03-27T00:00:00Z")
    article = actor.project.load(actor.project.find_catalog(NAME, "articles"))
    return DESIGNS["theme"](story_parts(article, load_print_context(actor.project, "en", article), actor.now))


def recorded(folder: Path, *addresses: str) -> None:
    done(folder, "published", NAME, *(word for each in addresses for word in ("--url", each)), user="mina")


def local(server: HTTPServer, path: str = "/story") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("https://example.org/", "it leads to another host, example.org"),
        ("http://169.254.169.254/latest/meta-data", "it leads to another host, 169.254.169.254"),
        ("http://10.0.0.1/story", "it leads to another host, 10.0.0.1"),
        ("http://localhost:1/story", "it leads to another host, localhost"),
    ],
)
def test_a_page_that_leads_elsewhere_is_not_followed(
    sample: Path, httpserver: HTTPServer, network: Path, target: str, words: str
) -> None:
    recorded(sample, local(httpserver))
    httpserver.expect_request("/story").respond_with_data(status=302, headers={"Location": target})
    ran = transflow(sample, "published", NAME, "--look")
    assert (ran.code, words in ran.out) == (3, True)
    assert words in transflow(sample, "check", "--look").out
    assert len(httpserver.log) == 2


def test_a_page_that_swells_when_unpacked_is_left(sample: Path, httpserver: HTTPServer, network: Path) -> None:
    recorded(sample, local(httpserver))
    packed = gzip.compress(b" " * (2 * LARGEST_PAGE))
    assert len(packed) < LARGEST_PAGE / 10
    httpserver.expect_request("/story").respond_with_data(
        packed, content_type="text/html", headers={"Content-Encoding": "gzip"}
    )
    ran = transflow(sample, "published", NAME, "--look")
    assert (ran.code, "more than 8 MB" in ran.out) == (3, True)


def test_a_page_that_is_packed_is_read(sample: Path, httpserver: HTTPServer, network: Path) -> None:
    recorded(sample, local(httpserver))
    httpserver.expect_request("/story").respond_with_data(
        gzip.compress(page(sample).encode()), content_type="text/html", headers={"Content-Encoding": "gzip"}
    )
    assert "as recorded" in done(sample, "published", NAME, "--look")


class TestProxies:
    """The proxy is that of the user's settings, never one of the environment."""

    def test_of_the_environment_are_not_asked(
        self, sample: Path, httpserver: HTTPServer, network: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorded(sample, local(httpserver))
        httpserver.expect_request("/story").respond_with_data(page(sample), content_type="text/html")
        with raw_server(hangs(threading.Event())) as (port, heard):
            for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
            assert "as recorded" in done(sample, "published", NAME, "--look")
            assert heard == []

    def test_of_the_settings_is_asked_for_hosts_that_only_it_knows(
        self, sample: Path, httpserver: HTTPServer, network: Path
    ) -> None:
        recorded(sample, "http://news.invalid/story")
        ran = transflow(sample, "published", NAME, "--look")
        assert (ran.code, "there is no host news.invalid" in ran.out) == (3, True)
        network.write_text(f'[network]\nproxy = "http://127.0.0.1:{httpserver.port}"\n')
        asked = []

        def answer(request: Request) -> Response:
            asked.append(request.url)
            return Response(page(sample), content_type="text/html")

        httpserver.expect_request("/story").respond_with_handler(answer)
        assert "as recorded" in done(sample, "published", NAME, "--look")
        assert asked == ["http://news.invalid/story"]

    def test_is_no_way_into_the_house(self, sample: Path, httpserver: HTTPServer, network: Path) -> None:
        recorded(sample, "http://10.0.0.1/story")
        network.write_text(f'[network]\nproxy = "http://127.0.0.1:{httpserver.port}"\n')
        ran = transflow(sample, "published", NAME, "--look")
        assert (ran.code, "private network" in ran.out, httpserver.log) == (3, True, [])


@pytest.mark.parametrize("arguments", [("published", NAME, "--look"), ("check", "--look")])
def test_ctrl_c_ends_the_wait_for_a_page_and_changes_nothing(
    sample: Path, network: Path, arguments: tuple[str, ...]
) -> None:
    over = threading.Event()
    with raw_server(hangs(over)) as (port, heard):
        recorded(sample, f"http://127.0.0.1:{port}/story")
        before = {path: path.read_bytes() for path in sample.rglob("*.po")}
        process = subprocess.Popen(
            command(*arguments), cwd=sample, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
        )
        deadline = time.monotonic() + 60
        while not heard and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        over.set()
    assert process.returncode == 130
    assert "Interrupted" in errors
    assert "Traceback" not in errors
    assert {path: path.read_bytes() for path in sample.rglob("*.po")} == before


def test_a_page_that_hangs_is_not_silent_in_a_terminal(sample: Path, network: Path) -> None:
    over = threading.Event()
    with raw_server(hangs(over)) as (port, _heard):
        recorded(sample, f"http://127.0.0.1:{port}/story")
        with Terminal(sample, "published", NAME, "--look") as terminal:
            terminal.wait_for("Looking at pages")
            over.set()


def test_many_pages_have_a_progress_bar_in_a_terminal(sample: Path, httpserver: HTTPServer, network: Path) -> None:
    recorded(sample, *(local(httpserver, f"/{number}") for number in range(4)))
    text = page(sample)

    def answer(_: Request) -> Response:
        time.sleep(0.6)
        return Response(text, content_type="text/html")

    for number in range(4):
        httpserver.expect_request(f"/{number}").respond_with_handler(answer)
    with Terminal(sample, "published", NAME, "--look") as terminal:
        terminal.wait_for("Looking at pages")
        terminal.wait_for(f"{local(httpserver, '/3')}: as recorded")
