"""A single request: the only module that opens a socket to an engine.

Invariant: every URL is checked here just before its use; no redirect is followed; the machine's
environment (netrc, proxies, CA bundles) is ignored; keys go in headers, to the host that was
checked, over a connection with a valid certificate. Exceptions hold no key, no text and no URL
beyond the host.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from json import dumps
from typing import Any, NamedTuple, Protocol

import requests
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from transflow import __version__
from transflow.json_text import decode_json
from transflow.messages import Messages
from transflow.network.deadline import Adapter, Deadline
from transflow.network.errors import (
    KeyRefusedError,
    MismatchError,
    QuotaExceededError,
    RejectedError,
    TransientError,
    UntrustedServerError,
)
from transflow.network.hosts import Hosts, host_of
from transflow.network.limits import Bucket, CircuitBreaker, Clock, MachineClock, sleep
from transflow.network.retrying import RETRY_STATUSES, TRIES, Retrier, parse_retry_after

MESSAGES = Messages(
    __name__,
    {
        "bad-key": "its key holds a line break, or a character that no key has. Store it anew.",
        "certificate": "{host} cannot be asked securely: its certificate is not valid for it, or given by nobody whom we "
        "trust. Nothing was sent.",
        "unreachable": "{host} cannot be reached.",
        "late": "{host} does not answer in time.",
        "connection": "the connection to {host} failed ({kind}).",
        "endless": "its answer does not end.",
        "no-json": "what {host} answers is no JSON.",
        "redirect": "{host} sends us to another address, and that is not followed. Correct its url in engines.toml.",
        "used-up": "your allowance there is used up. Raise it, or take another engine.",
        "key-refused": "{host} refuses the key, or what it is used for (status {status}). Look at it there.",
        "too-long": "the texts are too long for it.",
        "busy": "{host} is busy or broken (status {status}).",
        "rejected": "{host} does not take the request (status {status}).",
    },
)
LARGEST_ANSWER = 16 * 2**20
_CHUNK = 65536
_AGENT = f"transflow/{__version__}"


class Network(NamedTuple):
    """Network settings and rate limits of an engine."""

    proxy: str = ""
    ca: str = ""
    """File of trusted certificates; empty for the default ones."""
    timeout: float = 60.0
    """Seconds for a whole request."""
    requests_per_second: float = 0.0
    characters_per_second: float = 0.0
    connections: int = 8


class Meter(Protocol):
    """Counter of sent characters, called before each request.

    `read` are characters that are only read: context and instructions.
    """

    def sent(self, characters: int, read: int = 0) -> None:
        """Count characters about to be sent. Raise CapReachedError if they would exceed the cap."""
        ...

    def unbilled(self, characters: int, read: int = 0) -> None:
        """Take back characters that were counted but not translated."""
        ...


class Unmetered:
    """Meter of engines that cost nothing."""

    def sent(self, characters: int, read: int = 0) -> None: ...

    def unbilled(self, characters: int, read: int = 0) -> None: ...


class Connection:
    """Connections to one engine. Safe for several threads."""

    def __init__(
        self,
        hosts: Hosts,
        network: Network,
        is_used_up: Callable[[int, object], bool],
        *,
        meter: Meter | None = None,
        clock: Clock | None = None,
        cancel: threading.Event | None = None,
    ) -> None:
        self.hosts, self.network, self.engine = hosts, network, hosts.engine
        self._is_used_up, self._meter = is_used_up, meter or Unmetered()
        self._clock: Clock = clock or MachineClock()
        self.cancel = cancel or threading.Event()
        self._requests = Bucket(network.requests_per_second, self._clock)
        self._characters = Bucket(network.characters_per_second, self._clock)
        breaker = CircuitBreaker(self.engine, self._clock, failures=max(8, 3 * network.connections))
        self._retrier = Retrier(self.engine, self._clock, self.cancel, breaker)
        self._adapter = Adapter(pool_connections=2, pool_maxsize=network.connections, max_retries=0)

    def close(self) -> None:
        self._adapter.close()

    def post(
        self,
        url: str,
        headers: Mapping[str, str],
        body: object,
        *,
        characters: int,
        private: bool,
        tries: int = TRIES,
        read: int = 0,
    ) -> Any:
        """Send JSON, and return the JSON of the response.

        Raise EngineError, NotAllowedError or CapReachedError.
        """
        self.hosts.check(url, private=private)
        self._check_headers(headers)
        data = dumps(body, ensure_ascii=False).encode("utf-8")

        def attempt() -> Any:
            wait = max(self._requests.wait_for(1), self._characters.wait_for(characters))
            sleep(wait, self._clock, self.cancel, self.engine)
            self._meter.sent(characters, read)
            return self._send(url, headers, data, characters, read, private=private)

        return self._retrier.run(attempt, tries, self._requests.pause)

    def _check_headers(self, headers: Mapping[str, str]) -> None:
        """Refuse unprintable headers: requests would print a key with a line break in its
        exception.
        """
        if not all(value.isascii() and value.isprintable() for value in headers.values()):
            raise KeyRefusedError(self.engine, MESSAGES("bad-key"))

    def _send(
        self, url: str, headers: Mapping[str, str], data: bytes, characters: int, read: int, *, private: bool
    ) -> Any:
        try:
            status, response_headers, content = self._exchange_in_time(url, headers, data, private=private)
        except requests.exceptions.SSLError:
            self._meter.unbilled(characters, read)
            raise UntrustedServerError(self.engine, MESSAGES("certificate", host=host_of(url))) from None
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError):
            self._meter.unbilled(characters, read)
            raise TransientError(self.engine, MESSAGES("unreachable", host=host_of(url))) from None
        except (requests.exceptions.Timeout, ReadTimeoutError):
            raise TransientError(self.engine, MESSAGES("late", host=host_of(url))) from None
        # HTTPError occurs while a body is read
        except (requests.exceptions.RequestException, HTTPError) as error:
            if _never_connected(error):
                self._meter.unbilled(characters, read)
                raise TransientError(self.engine, MESSAGES("unreachable", host=host_of(url))) from None
            problem = MESSAGES("connection", host=host_of(url), kind=_kind(error))
            raise TransientError(self.engine, problem) from None
        if not 200 <= status < 300:
            self._meter.unbilled(characters, read)
        return self._decode(status, response_headers, content, url)

    def _exchange_in_time(
        self, url: str, headers: Mapping[str, str], data: bytes, *, private: bool
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Run an exchange that fails when the deadline passes, at whatever stage."""
        with Deadline(self.network.timeout) as deadline:
            try:
                return self._exchange(url, headers, data, deadline, private=private)
            except (requests.exceptions.RequestException, HTTPError, OSError) as error:
                if not deadline.is_over:
                    raise
                raise requests.exceptions.ReadTimeout from error

    def _exchange(
        self, url: str, headers: Mapping[str, str], data: bytes, deadline: Deadline, *, private: bool
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Return status, headers and body. No session is used: it would follow, store or look up
        things.
        """
        self.hosts.check(url, private=private)
        proxy = "" if self.hosts.is_local(url) else self.network.proxy
        own_headers = {"User-Agent": _AGENT, "Accept": "application/json", "Content-Type": "application/json"}
        request = requests.Request("POST", url, {**headers, **own_headers}, data=data).prepare()
        with self._adapter.send(
            request,
            stream=True,
            timeout=(min(10.0, self.network.timeout), self.network.timeout),
            verify=self.network.ca or True,
            proxies={"http": proxy, "https": proxy} if proxy else {},
        ) as response:
            return response.status_code, response.headers, self._body(response, deadline)

    def _body(self, response: requests.Response, deadline: Deadline) -> bytes:
        """Read the whole body within the deadline and the size limit.

        `iter_content` waits for whole chunks and restarts its timeout with each byte: a slow server
        could hold the request for hours.
        """
        parts, size = [], 0
        while part := response.raw.read1(_CHUNK, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > LARGEST_ANSWER:
                raise RejectedError(self.engine, MESSAGES("endless"))
        if deadline.is_over:  # a body without a length ends with its connection
            raise requests.exceptions.ReadTimeout
        return b"".join(parts)

    def _decode(self, status: int, response_headers: Mapping[str, str], content: bytes, url: str) -> Any:
        body: Any = None
        host = host_of(url)
        with suppress(ValueError):
            body = decode_json(content)
        if 200 <= status < 300:
            if body is None:
                raise TransientError(self.engine, MESSAGES("no-json", host=host), status)
            return body
        if 300 <= status < 400:
            raise UntrustedServerError(self.engine, MESSAGES("redirect", host=host), status)
        if self._is_used_up(status, body):
            raise QuotaExceededError(self.engine, MESSAGES("used-up"), status)
        if status in (401, 403):
            raise KeyRefusedError(self.engine, MESSAGES("key-refused", host=host, status=status), status)
        if status == 413:
            raise MismatchError(self.engine, MESSAGES("too-long"), status)
        if status in RETRY_STATUSES or status >= 500:
            wait = parse_retry_after(response_headers.get("Retry-After", ""), datetime.now(UTC))
            raise TransientError(self.engine, MESSAGES("busy", host=host, status=status), status, wait)
        raise RejectedError(self.engine, MESSAGES("rejected", host=host, status=status), status)


def _never_connected(error: Exception) -> bool:
    return any(isinstance(getattr(each, "reason", None), NewConnectionError) for each in error.args)


def _kind(error: Exception) -> str:
    """Return the class name of an error. Its message may hold URLs, headers and texts."""
    return type(error).__name__
