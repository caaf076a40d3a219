"""Failures of networks and servers: only answers, or our own messages, reach the caller."""

from __future__ import annotations

import datetime
import random
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from support.engine_servers import (
    Clock,
    Server,
    answering,
    drips,
    drips_headers,
    drips_status,
    hangs,
    raw_server,
    resets,
    says,
)
from transflow.network.errors import (
    CancelledError,
    CapReachedError,
    CircuitOpenError,
    EngineError,
    EngineUnavailableError,
    KeyRefusedError,
    MismatchError,
    NotAllowedError,
    QuotaExceededError,
    RejectedError,
    UntrustedServerError,
)
from transflow.network.hosts import Hosts, is_loopback
from transflow.network.limits import Bucket, CircuitBreaker
from transflow.network.retrying import Retrier, parse_retry_after
from transflow.network.sending import LARGEST_ANSWER, Connection, Network

KEY = "s3cret-key-of-the-newsroom"
TEXT = "장관은 아직 아무도 모르는 말을 했다."
GOOD: tuple[int, dict[str, str], dict[str, str]] = (200, {}, {"ok": "yes"})


def wire(
    *, allowed: str = "127.0.0.1", clock: Clock | None = None, cancel: threading.Event | None = None, **network: Any
) -> Connection:
    return Connection(
        Hosts("deepl", frozenset({allowed})),
        Network(**{"timeout": 5.0, **network}),
        lambda status, _: status == 456,
        clock=clock or Clock(),
        cancel=cancel,
    )


def post(by: Connection, url: str, *, private: bool = False, key: str = KEY, tries: int = 4) -> Any:
    with closing(by):
        return by.post(
            f"{url}/v2/translate?k=v",
            {"Authorization": f"DeepL-Auth-Key {key}", "X-Own-Key": key},
            {"text": [TEXT]},
            characters=len(TEXT),
            private=private,
            tries=tries,
        )


def says_nothing_secret(error: BaseException) -> bool:
    """Check that an error and its causes contain no key, text or address beyond the host."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None:
        chain.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    words = " ".join(f"{each} {each!r}" for each in chain)
    return not any(secret in words for secret in (KEY, TEXT, "모르는", "v2/translate", "k=v"))


class TestStatuses:
    @pytest.mark.parametrize(
        ("status", "error"),
        [
            (400, RejectedError),
            (401, KeyRefusedError),
            (403, KeyRefusedError),
            (404, RejectedError),
            (413, MismatchError),
            (456, QuotaExceededError),
        ],
    )
    def test_what_would_not_work_again_is_sent_once(self, status: int, error: type[EngineError]) -> None:
        body = {"message": f"your key {KEY} and {TEXT}"}
        with Server(answering((status, {}, body))) as server, pytest.raises(error) as raised:
            post(wire(), server.url)
        assert len(server.got) == 1
        assert raised.value.status == status
        assert says_nothing_secret(raised.value)

    @pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 529])
    def test_what_may_work_is_tried_four_times_with_random_pauses(self, status: int) -> None:
        clock = Clock()
        with (
            Server(answering(status)) as server,
            pytest.raises(EngineUnavailableError, match="Tried 4 times") as raised,
        ):
            post(wire(clock=clock), server.url)
        assert len(server.got) == 4
        pauses = [seconds for seconds in clock.slept if seconds]
        assert len(pauses) == 3
        assert all(seconds <= limit for seconds, limit in zip(pauses, (0.5, 1.0, 2.0), strict=True))
        assert says_nothing_secret(raised.value)

    def test_an_answer_after_a_failure_is_an_answer(self) -> None:
        with Server(answering(503, 429, GOOD)) as server:
            assert post(wire(), server.url) == {"ok": "yes"}
            assert len(server.got) == 3

    def test_the_request_is_json_with_the_key_in_a_header_alone(self) -> None:
        with Server(answering(GOOD)) as server:
            post(wire(), server.url)
            (got,) = server.got
        assert got.body == {"text": [TEXT]}
        assert got.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        assert KEY not in got.path
        assert got.headers["User-Agent"].startswith("transflow/")

    def test_no_cookie_is_kept(self) -> None:
        by = wire()
        with Server(answering((200, {"Set-Cookie": "track=1; Path=/"}, {}))) as server:
            for _ in range(2):
                by.post(server.url, {}, {}, characters=0, private=False)
            assert all("Cookie" not in got.headers for got in server.got)
        by.close()


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_none_is_followed_and_nothing_reaches_its_aim(self, status: int) -> None:
        with (
            raw_server(says(b"{}")) as (port, heard),
            Server(answering((status, {"Location": f"http://127.0.0.1:{port}/"}, {}))) as server,
        ):
            with pytest.raises(UntrustedServerError, match="not followed") as raised:
                post(wire(), server.url)
            assert (len(server.got), heard) == (1, [])
        assert says_nothing_secret(raised.value)


class TestRetryAfter:
    now = datetime.datetime(2026, 3, 26, 3, 0, tzinfo=datetime.UTC)

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("7", 7.0),
            ("0", 0.0),
            (" 2.5 ", 2.5),
            ("Thu, 26 Mar 2026 03:00:30 GMT", 30.0),
            ("Thu, 26 Mar 2026 02:00:00 GMT", 0.0),
            ("99999999", 99999999.0),
            ("-5", None),
            ("nan", None),
            ("inf", None),
            ("soon", None),
            ("", None),
            ("Thu, 99 Mar 2026 03:00:30 GMT", None),
        ],
    )
    def test_seconds_and_dates_are_read_and_nonsense_is_not(self, value: str, seconds: float | None) -> None:
        assert parse_retry_after(value, self.now) == seconds

    def test_a_wait_is_kept(self) -> None:
        clock = Clock()
        with Server(answering((429, {"Retry-After": "7"}, {}), GOOD)) as server:
            assert post(wire(clock=clock), server.url) == {"ok": "yes"}
        assert max(clock.slept) == 7.0

    def test_who_asks_for_an_hour_is_left_alone(self) -> None:
        clock = Clock()
        with (
            Server(answering((503, {"Retry-After": "3600"}, {}))) as server,
            pytest.raises(EngineUnavailableError, match="3600 s"),
        ):
            post(wire(clock=clock), server.url)
        assert (len(server.got), sum(clock.slept)) == (1, 0)

    def test_a_wait_of_one_thread_is_everybodys(self) -> None:
        clock = Clock()
        by = wire(clock=clock)
        with closing(by), Server(answering((429, {"Retry-After": "9"}, {}), GOOD)) as server:
            by.post(server.url, {}, {}, characters=0, private=False)
            clock.time = 0.0  # no time has passed yet for another thread
            clock.slept.clear()
            by.post(server.url, {}, {}, characters=0, private=False)
        assert clock.slept
        assert clock.slept[0] == pytest.approx(9.0)


class TestBodies:
    @pytest.mark.parametrize(
        "first",
        [
            says(b'{"ok": "y', length=400),
            says(b"<html><body>Gateway</body></html>"),
            says(b'{"ok": '),
            says(b""),
            says(b"\xff\xfe{}"),
            resets,
        ],
        ids=["short", "html", "partial", "empty", "no UTF-8", "reset"],
    )
    def test_what_is_no_whole_answer_is_asked_again(self, first: Any) -> None:
        with raw_server(first, says(b'{"ok": "yes"}')) as (port, heard):
            assert post(wire(), f"http://127.0.0.1:{port}") == {"ok": "yes"}
            assert len(heard) == 2

    def test_an_answer_without_end_is_none(self) -> None:
        answer = b" " * (LARGEST_ANSWER + 2)
        with Server(answering((200, {}, answer))) as server, pytest.raises(RejectedError, match="does not end"):
            post(wire(timeout=30.0), server.url)

    @pytest.mark.parametrize("respond", [hangs, drips, drips_headers, drips_status])
    def test_who_never_finishes_is_not_waited_for(self, respond: Any) -> None:
        done = threading.Event()
        with raw_server(respond(done)) as (port, _):
            try:
                with pytest.raises(EngineUnavailableError, match="in time") as raised:
                    post(wire(timeout=0.15), f"http://127.0.0.1:{port}", tries=1)
            finally:
                done.set()
        assert says_nothing_secret(raised.value)

    def test_nobody_there_is_said_so(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        with pytest.raises(EngineUnavailableError, match=r"cannot be reached\. Tried 4 times") as raised:
            post(wire(), f"http://127.0.0.1:{port}")
        assert says_nothing_secret(raised.value)

    def test_a_server_made_by_others_is_understood(self, httpserver: HTTPServer) -> None:
        """The same with werkzeug's server, in chunks."""

        def chunks(_: Request) -> Response:
            return Response(iter([b'{"ok"', b': "', b'yes"}']), content_type="application/json")

        httpserver.expect_request("/v2/translate", method="POST").respond_with_handler(chunks)
        assert post(wire(allowed=httpserver.host), f"http://{httpserver.host}:{httpserver.port}") == {"ok": "yes"}


class TestCertificates:
    def test_one_of_the_users_own_authority_is_taken(self, tmp_path: Path) -> None:
        with self.tls(tmp_path, "127.0.0.1") as (url, ca, heard):
            assert post(wire(ca=ca), url) == {"ok": "yes"}
            assert TEXT.encode() in heard[0]

    @pytest.mark.parametrize("why", ["wrong host", "expired", "unknown authority"])
    def test_another_one_gets_nothing_and_is_asked_once(self, tmp_path: Path, why: str) -> None:
        name = "mt.example" if why == "wrong host" else "127.0.0.1"
        with self.tls(tmp_path, name, expired=why == "expired") as (url, ca, heard):
            by = wire(ca="" if why == "unknown authority" else ca)
            with pytest.raises(UntrustedServerError, match="certificate") as raised:
                post(by, url)
        assert (len(heard), b"".join(heard)) == (1, b"")
        assert says_nothing_secret(raised.value)

    @staticmethod
    @contextmanager
    def tls(folder: Path, name: str, *, expired: bool = False) -> Iterator[tuple[str, str, list[bytes]]]:
        authority = trustme.CA()
        now = datetime.datetime.now(datetime.UTC)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        end = now - datetime.timedelta(days=2) if expired else now + datetime.timedelta(days=2)
        issued = authority.issue_cert(name, not_before=end - datetime.timedelta(days=9), not_after=end)
        issued.configure_cert(context)
        ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(ca))
        with raw_server(says(b'{"ok": "yes"}'), context=context) as (port, heard):
            yield f"https://127.0.0.1:{port}", str(ca), heard


class TestTheEnvironment:
    def test_has_no_say(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Proxies, entries of netrc and certificate authorities of the environment are ignored."""
        (tmp_path / ".netrc").write_text("machine 127.0.0.1 login other password other\n", encoding="utf-8")
        (tmp_path / ".netrc").chmod(0o600)
        for name, value in {
            "HOME": str(tmp_path),
            "NETRC": str(tmp_path / ".netrc"),
            "HTTP_PROXY": "http://127.0.0.1:9",
            "http_proxy": "http://127.0.0.1:9",
            "ALL_PROXY": "http://127.0.0.1:9",
            "REQUESTS_CA_BUNDLE": str(tmp_path / "none.pem"),
            "NO_PROXY": "",
        }.items():
            monkeypatch.setenv(name, value)
        with Server(answering(GOOD)) as server:
            assert post(wire(), server.url) == {"ok": "yes"}
            assert server.got[0].headers["Authorization"] == f"DeepL-Auth-Key {KEY}"

    def test_a_proxy_that_the_user_names_is_used_for_other_machines_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with raw_server(says(b"{}")) as (port, heard):
            by = wire(allowed="mt.example", proxy=f"http://127.0.0.1:{port}")
            with pytest.raises(UntrustedServerError):  # accepts the connection, and is not a TLS server
                post(by, "https://mt.example", tries=1)
            assert heard[0].startswith(b"CONNECT mt.example:443")
            assert KEY.encode() not in b"".join(heard)
            with Server(answering(GOOD)) as server:
                post(wire(proxy=f"http://127.0.0.1:{port}"), server.url)
            assert len(heard) == 1

    @pytest.mark.parametrize("key", [f"{KEY}\nX: y", f"{KEY}\r\n", f"{KEY}é", f"{KEY}\x00"])
    def test_a_key_that_breaks_the_line_is_refused_unsaid(self, key: str) -> None:
        with Server(answering(GOOD)) as server, pytest.raises(KeyRefusedError) as raised:
            post(wire(), server.url, key=key)
        assert server.got == []
        assert says_nothing_secret(raised.value)


class TestHosts:
    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.8.7", "::1"])
    def test_this_machine_is_local(self, host: str) -> None:
        assert is_loopback(host)

    @pytest.mark.parametrize("host", ["", "localhost.example", "127.0.0.1.example", "10.0.0.1", "0x7f000001", "::"])
    def test_nothing_else_is(self, host: str) -> None:
        assert not is_loopback(host)

    def test_a_confidential_text_opens_no_connection_to_another_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A local socket stands for another machine: it receives nothing."""
        with raw_server(resets) as (port, heard):
            monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
            by = wire(allowed="mt.example")
            with pytest.raises(NotAllowedError, match="confidential") as raised:
                post(by, f"https://mt.example:{port}", private=True)
            assert heard == []
            with pytest.raises(EngineError):  # a text that is not confidential does arrive
                post(wire(allowed="mt.example"), f"https://mt.example:{port}", tries=1)
            assert len(heard) == 1
        assert says_nothing_secret(raised.value)

    @pytest.mark.parametrize(
        "url",
        [
            "https://evil.example/",
            "https://mt.example@evil.example/",
            "https://mt.example.evil.example/",
            "https://evil.example/?mt.example",
            "https:///mt.example",
            "mt.example",
            "https://[mt.example",
        ],
    )
    def test_only_its_own_host_is_asked(self, url: str) -> None:
        with pytest.raises(NotAllowedError, match="Nothing was sent"):
            Hosts("deepl", frozenset({"mt.example"})).check(url, private=False)

    def test_plain_http_is_for_local_hosts(self) -> None:
        hosts = Hosts("deepl", frozenset({"mt.example", "gpu.lan"}), frozenset({"gpu.lan"}))
        with pytest.raises(NotAllowedError, match="without encryption"):
            hosts.check("http://mt.example/", private=False)
        hosts.check("https://mt.example/", private=False)
        hosts.check("http://gpu.lan/", private=True)


class TestLimits:
    def test_a_bucket_lets_a_second_through_at_once_and_then_its_rate(self) -> None:
        bucket = Bucket(10, Clock())
        assert [bucket.wait_for(5) for _ in range(4)] == pytest.approx([0.0, 0.0, 0.5, 1.0])

    def test_a_bucket_without_a_rate_waits_only_when_told(self) -> None:
        clock = Clock()
        bucket = Bucket(0, clock)
        assert bucket.wait_for(10**9) == 0
        bucket.pause(3)
        assert bucket.wait_for(1) == 3
        clock.time = 3
        assert bucket.wait_for(1) == 0

    def test_requests_and_characters_are_spread(self) -> None:
        clock = Clock()
        by = wire(clock=clock, requests_per_second=2.0, characters_per_second=100.0)
        with closing(by), Server(answering(GOOD)) as server:
            for _ in range(6):
                by.post(server.url, {}, {}, characters=10, private=False)
            assert clock.now() == pytest.approx(2.0)
            by.post(server.url, {}, {}, characters=400, private=False)
        assert clock.now() > 4.0

    def test_after_many_failures_nobody_is_asked_and_then_one(self) -> None:
        clock = Clock()
        breaker = CircuitBreaker("deepl", clock, failures=3, rest=30)
        for _ in range(3):
            breaker.enter()
            breaker.record_failure()
        with pytest.raises(CircuitOpenError):
            breaker.enter()
        clock.time = 31
        breaker.enter()
        with pytest.raises(CircuitOpenError):  # one only
            breaker.enter()
        breaker.record_success()
        breaker.enter()

    @pytest.mark.parametrize(
        "error",
        [
            RejectedError("deepl", "no.", 400),
            MismatchError("deepl", "too long."),
            CancelledError("deepl"),
            CapReachedError("spent."),
            KeyboardInterrupt(),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_the_one_that_is_asked_may_fail_in_any_way_and_another_may_follow(self, error: BaseException) -> None:
        clock = Clock()
        breaker = CircuitBreaker("deepl", clock, failures=1, rest=30)
        retrier = Retrier("deepl", clock, threading.Event(), breaker)
        breaker.enter()
        breaker.record_failure()
        clock.time = 31

        def fails() -> str:
            raise error

        with pytest.raises(type(error)):
            retrier.run(fails, 4, lambda _: None)
        assert retrier.run(lambda: "yes", 4, lambda _: None) == "yes"
        breaker.enter()
        breaker.enter()

    def test_a_server_that_is_down_is_not_asked_a_hundred_times(self) -> None:
        with Server(answering(503)) as server:
            by = wire(clock=Clock(), connections=2)
            for _ in range(25):
                with pytest.raises(EngineError):
                    by.post(server.url, {}, {}, characters=1, private=False)
            by.close()
            assert len(server.got) == 8

    def test_waiting_ends_when_the_user_has_enough(self) -> None:
        cancel = threading.Event()

        class Impatient(Clock):
            def sleep(self, seconds: float, cancel: threading.Event) -> None:
                super().sleep(seconds, cancel)
                cancel.set()

        with Server(answering(503)) as server, pytest.raises(CancelledError):
            post(wire(clock=Impatient(), cancel=cancel), server.url)
        assert len(server.got) == 1

    def test_pauses_are_the_whole_range_of_chance(self) -> None:
        clock, cancel = Clock(), threading.Event()
        seen = []
        for seed in range(200):
            retrier = Retrier("deepl", clock, cancel, CircuitBreaker("deepl", clock, failures=99), random.Random(seed))
            tries = iter([False, True])

            def once(tries: Iterator[bool] = tries) -> bool:
                from transflow.network.errors import TransientError

                if not next(tries):
                    raise TransientError("deepl", "busy.")
                return True

            clock.slept.clear()
            retrier.run(once, 4, lambda _: None)
            seen += clock.slept
        assert min(seen) < 0.05
        assert max(seen) > 0.45
