"""An end for a whole request: name, connection, handshake, headers and body together.

Invariant: once the time is over, whatever waits for the other end fails at once: timeouts of sockets begin anew with every byte, so
that a server that drips its headers would hold us for hours.
"""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_of_thread = threading.local()


class Deadline:
    """Shuts the connections that its thread uses inside of it, so many seconds after it began."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._under_way = threading.Lock()
        self._thread = threading.Thread(target=self._watch, args=(seconds,), name="deadline", daemon=True)

    def __enter__(self) -> Deadline:
        _of_thread.deadline = self
        self._under_way.acquire()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._under_way.release()
        _of_thread.deadline = None
        with self._lock:
            for each in self._sockets:
                each.close()
            self._sockets.clear()

    def watch(self, descriptor: int) -> None:
        """Of a connection we keep a descriptor of our own, since TLS takes the other one over."""
        with self._lock:
            self._sockets.append(socket.socket(fileno=os.dup(descriptor)))
            if self.is_over:
                self._shut()

    def _watch(self, seconds: float) -> None:
        if self._under_way.acquire(timeout=min(seconds, threading.TIMEOUT_MAX)):
            return  # it ended in time
        with self._lock:
            self.is_over = True
            self._shut()

    def _shut(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _watched(connection: socket.socket | None) -> None:
    deadline: Deadline | None = getattr(_of_thread, "deadline", None)
    if deadline is not None and connection is not None:
        deadline.watch(connection.fileno())


class _Watched(HTTPConnection):
    """Puts its socket under the deadline of the thread that uses it: a new one, and one that is used again."""

    def _new_conn(self) -> socket.socket:
        found = super()._new_conn()
        _watched(found)
        return found

    def request(self, *arguments: Any, **options: Any) -> None:
        _watched(self.sock)
        super().request(*arguments, **options)


class _WatchedSecure(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _WatchedSecure


class Adapter(HTTPAdapter):
    """Connections under the deadline of whoever uses them, by a proxy too."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        _watch_pools(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return _watch_pools(super().proxy_manager_for(proxy, **options))


def _watch_pools(manager: Any) -> Any:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
    return manager
