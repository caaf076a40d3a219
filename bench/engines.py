"""Engines against a local server with 50 ms per request: time, requests, and order.

The ideal is the server's own time with so many connections: ceil(requests / connections) × 50 ms.
The server is a separate process, so that its work is not counted. Reports are created in a separate
folder; the user's configuration is not changed.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from math import ceil
from pathlib import Path
from subprocess import PIPE, Popen
from unittest import mock

from bench import SCRATCH, Figure
from transflow.actions import Actor
from transflow.actions.engines.suggest import prepare
from transflow.engines import EngineItem
from transflow.engines.running.batches import batches, group_identical
from transflow.engines.running.run import EngineRun
from transflow.engines.setup.ready import ReadyEngine, ready_engine
from transflow.engines.setup.settings import parse
from transflow.model.catalog import Catalog
from transflow.model.settings import Person
from transflow.model.unit import Unit
from transflow.po.catalog import new_header
from transflow.project import CatalogRef, Project
from transflow.settings.editing import default_text

UNITS, BATCH, CONNECTIONS, LATENCY = 10_000, 50, 8, 0.05
REPORTS = 100
_NOW = "2024-03-27T09:00:00Z"
_SETTINGS = f"[deepl]\nprice = 25\nbatch = {BATCH}\nconnections = {CONNECTIONS}\n[spending]\ncap = 1_000_000\n"


# The server


async def _connection(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, faults: bool, count: list[int]
) -> None:
    now = asyncio.get_running_loop().time
    while head := await _head(reader):
        texts, end = json.loads(await reader.readexactly(_length(head)))["text"], now() + LATENCY
        count[0] += 1
        fault = count[0] % 7 if faults else 0
        answers = [{"text": f"[{text}]"} for text in texts]
        body = json.dumps({"translations": answers[1:] if fault == 3 else answers}).encode()
        status = "503 Busy" if fault == 5 else "200 OK"
        size = len(body) + (9 if fault == 6 else 0)
        await asyncio.sleep(end - now())
        writer.write(f"HTTP/1.1 {status}\r\nX-Requests: {count[0]}\r\nContent-Length: {size}\r\n\r\n".encode() + body)
        await writer.drain()
        if fault == 6:
            break
    writer.close()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


def _length(head: bytes) -> int:
    return next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))


async def _serve(faults: bool) -> None:
    """Print the port; after a line on standard input, print the number of requests."""
    count = [0]
    server = await asyncio.start_server(lambda r, w: _connection(r, w, faults, count), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    print(count[0], flush=True)


class _Server:
    def __init__(self, *, faults: bool = False) -> None:
        self._process = Popen(
            [sys.executable, "-m", "bench.engines", str(int(faults))], stdin=PIPE, stdout=PIPE, text=True
        )
        assert self._process.stdout
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def requests(self) -> int:
        """End the server, and return the number of requests that it got."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        count = int(self._process.stdout.readline())
        self._process.kill()
        self._process.communicate()
        return count


@contextmanager
def _surroundings(url: str) -> Iterator[Path]:
    """Return the environment of a user with an engine at this address and folders of their own."""
    folder = Path(tempfile.mkdtemp(prefix="transflow-bench-"))
    values = {"TRANSFLOW_DEEPL_URL": url, "DEEPL_AUTH_KEY": "bench", "XDG_CONFIG_HOME": str(folder)}
    (folder / "transflow").mkdir()
    (folder / "transflow" / "engines.toml").write_text(_SETTINGS, encoding="utf-8")
    with mock.patch.dict(os.environ, {**values, "XDG_STATE_HOME": str(folder / "state")}):
        yield folder
    shutil.rmtree(folder)


# The measures


def _asked(made: ReadyEngine, texts: list[str]) -> tuple[float, int]:
    """Return the seconds until every text has a result, and the number of wrong answers.

    A batch that failed four times has no answers.
    """
    items = [EngineItem(str(place), text) for place, text in enumerate(texts)]
    begin = time.perf_counter()
    same = group_identical(items)
    asked = list(batches([each[0] for each in same.values()], made.limits))
    run = EngineRun(
        "deepl",
        asked,
        lambda batch: made.translate(batch, private=False),
        threads=made.threads,
        cancel=threading.Event(),
    )
    told = {fate.item.id: fate.text for fates in run for fate in fates}
    seconds, wrong = time.perf_counter() - begin, 0
    for each in same.values():
        wrong += sum(told[each[0].id] not in ("", f"[{item.text}]") for item in each)
    return seconds, wrong


def _engine(texts: list[str], *, faults: bool = False) -> tuple[float, int, int]:
    server = _Server(faults=faults)
    with _surroundings(server.url) as folder:
        made = ready_engine("deepl", "ko", "en", parse(_SETTINGS, "engines.toml"), folder)
        seconds, wrong = _asked(made, texts)
        made.close()
    return seconds, wrong, server.requests()


def _bare(texts: list[str]) -> float:
    """Return the seconds for the same prepared requests, without reading the answers."""
    server = _Server()
    port = int(server.url.rpartition(":")[2])
    bodies = deque(json.dumps({"text": texts[at : at + BATCH]}).encode() for at in range(0, len(texts), BATCH))

    def work() -> None:
        connection = HTTPConnection("127.0.0.1", port)
        while True:
            try:
                body = bodies.popleft()
            except IndexError:
                break
            connection.request("POST", "/v2/translate", body)
            connection.getresponse().read()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begin
    server.requests()
    return seconds


def create_project(reports: int, sentences: int) -> Project:
    """Return a new project with reports of so many sentences, none of which is translated."""
    root = (SCRATCH / "engines").resolve()
    shutil.rmtree(root, ignore_errors=True)
    (root / "sources").mkdir(parents=True)
    (root / "transflow.toml").write_text(default_text("Bench", "Asia/Seoul", ("en",), "ko"), encoding="utf-8")
    project = Project(root)
    for report in range(reports):
        slug = f"report-{report}"
        (root / "sources" / f"{slug}.md").write_text("---\ntitle: 소식\n---\n", encoding="utf-8")
        units = (
            Unit(f"a{report:03}{place:04}", f"{report}번 기사의 {place}번 문장이다.") for place in range(sentences)
        )
        project.create(CatalogRef("en", "reports", slug), Catalog(new_header("en", "ko", X_Report=slug), tuple(units)))
    return project


def _suggest(project: Project) -> tuple[float, int, int, int]:
    """Return CPU seconds without start-up, drafts, and requests of a first and a second run."""
    requests, seconds, written = [], 0.0, 0
    for number in range(2):
        server = _Server()
        with _surroundings(server.url):
            begin = time.process_time()
            suggestions = prepare(Actor(project, Person("bench"), _NOW), "", locale="en", engine="deepl")
            for _ in suggestions.run():
                pass
            suggestions.close()
            if not number:
                seconds = time.process_time() - begin
                written = sum(suggestions.written.values())
        requests.append(server.requests())
    return seconds, written, requests[0], requests[1]


def measure() -> Iterator[Figure]:
    gc.set_threshold(50_000)  # as the command line does
    texts = [f"{place}번 문장이다." for place in range(UNITS)]
    ideal = ceil(ceil(UNITS / BATCH) / CONNECTIONS) * LATENCY
    rounds, bare = [], []
    for _ in range(5):
        rounds.append(_engine(texts))
        bare.append(_bare(texts))
    seconds, floor = min(each[0] for each in rounds), min(bare)
    note = f"{seconds:.2f} s; ideal {ideal:.2f} s; connections that do nothing else, in turns: {floor:.2f} s"
    what = f"engines: {UNITS:,} texts, batch {BATCH}, {CONNECTIONS} connections: time / ideal"
    yield Figure(what, seconds / ideal, 1.25, note=note)
    yield Figure(
        "engines: time / connections that do nothing else",
        seconds / floor,
        1.25,
        note="of what this machine can do now",
    )
    yield Figure("engines: requests / ceil(unique / batch)", max(each[2] for each in rounds) / ceil(UNITS / BATCH), 1.0)
    often = [texts[place % 4_321] for place in range(UNITS)]
    _, wrong, requests = _engine(often)
    yield Figure("engines: the same, of 4,321 texts that occur often", requests / ceil(4_321 / BATCH), 1.0)
    _, broken, _ = _engine(texts[:2_000], faults=True)
    note = "every third request fails: busy, cut short, or another number of texts"
    yield Figure("engines: wrong answers under faults", float(wrong + broken), 0.0, note=note)
    project = create_project(REPORTS, UNITS // REPORTS)
    seconds, written, first, second = _suggest(project)
    note = f"{seconds:.2f} s of CPU for {written:,} drafts in {REPORTS} reports, written"
    yield Figure("suggest: CPU of the whole of it / ideal time of the requests", seconds / ideal, 3.0, note=note)
    yield Figure("suggest: requests / ceil(unique / batch)", first / ceil(UNITS / BATCH), 1.0)
    yield Figure("suggest: requests of a second run", float(second), 0.0)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1] == "1"))
