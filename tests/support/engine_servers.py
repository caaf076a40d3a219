"""Real servers on the loopback interface that behave like engines, or misbehave."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

Respond = Callable[[socket.socket], None]


class Got(NamedTuple):
    """A request that arrived."""

    path: str
    headers: Mapping[str, str]
    body: Any


class Clock:
    """A clock that advances only by sleeping, without waiting."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> float:
        with self._lock:
            return self.time

    def sleep(self, seconds: float, cancel: threading.Event) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.time += seconds


class Server:
    """An HTTP server with a function for its responses: (status, headers, JSON or bytes)."""

    def __init__(self, answer: Callable[[Got], tuple[int, Mapping[str, str], Any]], host: str = "127.0.0.1") -> None:
        self.got: list[Got] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                got = Got(self.path, dict(self.headers.items()), json.loads(self.rfile.read(length) or b"null"))
                outer.got.append(got)
                status, headers, body = answer(got)
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def answering(*answers: Any) -> Callable[[Got], tuple[int, Mapping[str, str], Any]]:
    """Give these responses in turn, and repeat the last: a status, or (status, headers, body)."""
    waiting = list(answers)
    lock = threading.Lock()

    def answer(_: Got) -> tuple[int, Mapping[str, str], Any]:
        with lock:
            found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return found if isinstance(found, tuple) else (found, {}, {})

    return answer


@contextlib.contextmanager
def raw_server(*responses: Respond, context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """Open a socket that gives each connection the next response, and repeats the last one.

    Yield the port, and the data that every connection sent.
    """
    heard: list[bytes] = []
    waiting = list(responses)
    done = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve() -> None:
        while not done.is_set():
            try:
                connection = listener.accept()[0]
            except TimeoutError:
                continue
            except OSError:
                return
            try:
                connection.settimeout(5)
                if context:
                    connection = context.wrap_socket(connection, server_side=True)
                heard.append(_request(connection))
                respond = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                respond(connection)
            except OSError:  # the client rejected our certificate, or closed the connection
                heard.append(b"")
            finally:
                connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        done.set()
        listener.close()
        thread.join(5)


def _request(connection: socket.socket) -> bytes:
    """Return a whole request with its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
        if data[0] == 22:  # the beginning of TLS
            return data
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise OSError("the other end is closed")
    return part


def says(body: bytes, *, length: int | None = None) -> Respond:
    """Return a response 200 with a body; `length` is the announced length."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length or len(body)}\r\n\r\n"
    return lambda connection: connection.sendall(head.encode() + body)


def resets(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hangs(done: threading.Event) -> Respond:
    def respond(_: socket.socket) -> None:
        done.wait(10)

    return respond


def drips_headers(done: threading.Event) -> Respond:
    """Send endless headers, byte by byte."""

    def respond(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not done.wait(0.02):
            connection.sendall(b"a")

    return respond


def drips_status(done: threading.Event) -> Respond:
    """Send an interim response repeatedly, and never the final one."""

    def respond(connection: socket.socket) -> None:
        while not done.wait(0.02):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    return respond


def drips(done: threading.Event) -> Respond:
    """Send an endless body, byte by byte."""

    def respond(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not done.wait(0.02):
            connection.sendall(b" ")

    return respond
