"""A time limit for a whole request: DNS, connection, TLS handshake, headers and body together.

Invariant: once the time is over, every wait for the server fails at once. Socket timeouts restart
with every byte, so a server that sends its headers slowly could hold a request for hours.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_current = threading.local()


class Deadline:
    """Context manager that shuts the connections of its thread after a number of seconds."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._running_lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, args=(seconds,), name="deadline", daemon=True)

    def __enter__(self) -> Deadline:
        _current.deadline = self
        self._running_lock.acquire()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._running_lock.release()
        _current.deadline = None
        with self._lock:
            for each in self._sockets:
                each.close()
            self._sockets.clear()

    def watch(self, descriptor: int) -> None:
        """Add a connection. Its descriptor is duplicated, since TLS takes over the original one."""
        with self._lock:
            self._sockets.append(socket.socket(fileno=os.dup(descriptor)))
            if self.is_over:
                self._shut_down()

    def _watch(self, seconds: float) -> None:
        if self._running_lock.acquire(timeout=min(seconds, threading.TIMEOUT_MAX)):
            return  # the request ended in time
        with self._lock:
            self.is_over = True
            self._shut_down()

    def _shut_down(self) -> None:
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _watch_connection(connection: socket.socket | None) -> None:
    deadline: Deadline | None = getattr(_current, "deadline", None)
    if deadline is not None and connection is not None:
        deadline.watch(connection.fileno())


class WatchedConnection(HTTPConnection):
    """Connection that registers its socket, new or reused, with the deadline of the current
    thread.
    """

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _watch_connection(connection)
        return connection

    def request(self, *arguments: Any, **options: Any) -> None:
        _watch_connection(self.sock)
        super().request(*arguments, **options)


class WatchedSecureConnection(WatchedConnection, HTTPSConnection):
    """The same over TLS."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = WatchedConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = WatchedSecureConnection


_POOLS: Mapping[str, type[HTTPConnectionPool]] = {"http": _Pool, "https": _SecurePool}


class Adapter(HTTPAdapter):
    """Transport adapter whose connections, direct or by proxy, obey the current thread's
    deadline.
    """

    pools = _POOLS
    """Scheme -> pool of direct connections."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        _watch_pools(self.poolmanager, self.pools)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return _watch_pools(super().proxy_manager_for(proxy, **options), _POOLS)


def _watch_pools(manager: Any, pools: Mapping[str, type[HTTPConnectionPool]]) -> Any:
    manager.pool_classes_by_scheme = dict(pools)
    return manager
