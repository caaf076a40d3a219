"""Drafts of whole reports against a local language model that takes two seconds for each request.

The requests are compared with those for the same text sentence by sentence; the ideal time is the
server's own wait with so many connections: ceil(requests / connections) × 2 s. The server is a
separate process, so that its work is not counted. It also says whether the cost was printed before
its first request.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import ceil
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from unittest import mock

from bench import SCRATCH, Figure
from bench.engines import create_project
from transflow.actions import Actor
from transflow.actions.engines.suggest import prepare
from transflow.model.settings import Person

REPORTS, SENTENCES, CONNECTIONS, WAIT = 16, 20, 4, 2.0
_NOW = "2024-03-27T09:00:00Z"
_NUMBERS = re.compile("[0-9]+")


# The server


class _Model(BaseHTTPRequestHandler):
    """A language model that translates the sentences of `create_project`.

    With `faults`, the first sentence of each window stays Korean until the repair.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    faults, wait, log = False, 0.0, ""
    state: ClassVar[dict[str, Any]] = {}

    def do_POST(self) -> None:
        begin = time.monotonic()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._count()
        asked = json.loads(body["messages"][-1]["content"])
        units = json.loads(body["messages"][1]["content"])["units"]
        texts = {each["id"]: _translation(each["text"]) for each in units}
        if "repair" in asked:
            texts = {each["id"]: texts[each["id"]] for each in asked["repair"]}
        elif self.faults:
            texts[units[0]["id"]] = units[0]["text"]
        said = json.dumps({"translations": [{"id": each, "text": text} for each, text in texts.items()]})
        data = json.dumps({"choices": [{"finish_reason": "stop", "message": {"content": said}}]}).encode()
        time.sleep(max(0.0, begin + self.wait - time.monotonic()))
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _count(self) -> None:
        with self.state["lock"]:
            self.state["requests"] += 1
            if self.log and self.state["requests"] == 1:
                self.state["told"] = " USD" in Path(self.log).read_text(encoding="utf-8")

    def log_message(self, *_: object) -> None: ...


def _translation(source: str) -> str:
    report, number = _NUMBERS.findall(source)
    return f"It is sentence {number} of report {report}."


def _serve(faults: bool, wait: float, log: str) -> None:
    """Print the port; after a line on standard input, print the number of requests, and whether the
    cost was told before the first.
    """
    state: dict[str, Any] = {"requests": 0, "told": False, "lock": threading.Lock()}
    handler = type("Handler", (_Model,), {"faults": faults, "wait": wait, "log": log, "state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.readline()
    print(state["requests"], int(state["told"]), flush=True)


class _Server:
    def __init__(self, *, faults: bool = False, wait: float = 0.0, log: str = "") -> None:
        command = [sys.executable, "-m", "bench.drafts", str(int(faults)), str(wait), log]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, text=True)
        assert self._process.stdout
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def end(self) -> tuple[int, bool]:
        """End the server; return its number of requests, and whether the cost was told before."""
        requests, told = self._process.communicate("\n")[0].split()
        return int(requests), told == "1"


@contextmanager
def _surroundings(url: str, batch: int) -> Iterator[None]:
    """Give a user the model at this address, and folders of their own."""
    with TemporaryDirectory(prefix="transflow-bench-") as folder:
        text = f"[openai]\nprice_in = 1\nprice_out = 4\nbatch = {batch}\nconnections = {CONNECTIONS}\n"
        (Path(folder) / "transflow").mkdir()
        (Path(folder) / "transflow" / "engines.toml").write_text(text, encoding="utf-8")
        folders = {"XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": f"{folder}/state", "XDG_CACHE_HOME": f"{folder}/cache"}
        with mock.patch.dict(os.environ, {"TRANSFLOW_OPENAI_URL": url, **folders}):
            yield


# The measures


def _drafted(batch: int, *, faults: bool = False, wait: float = 0.0) -> tuple[float, int, int]:
    """Return the seconds of a run, its drafts, and its requests."""
    server = _Server(faults=faults, wait=wait)
    with _surroundings(server.url, batch):
        project = create_project(REPORTS, SENTENCES)
        begin = time.perf_counter()
        suggestions = prepare(Actor(project, Person("bench"), _NOW), "", locale="en", engine="openai")
        for _ in suggestions.run():
            pass
        suggestions.close()
        seconds = time.perf_counter() - begin
    return seconds, sum(suggestions.written.values()), server.end()[0]


def _is_cost_told_first() -> bool:
    log = (SCRATCH / "drafts.log").resolve()
    server = _Server(log=str(log))
    with _surroundings(server.url, SENTENCES), log.open("w", encoding="utf-8") as err:
        root = str(create_project(1, SENTENCES).root)
        command = [sys.executable, "-m", "transflow", "-C", root, "suggest", "report-0", "--engine", "openai"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=err, check=True)
    requests, told = server.end()
    return told and requests > 0


def measure() -> Iterator[Figure]:
    sentences = REPORTS * SENTENCES
    _, _, single = _drafted(1)
    _, written, repaired = _drafted(SENTENCES, faults=True)
    note = f"{repaired / REPORTS:.1f} a report with a repair of each, {single / REPORTS:.1f} by sentences; {written} drafts"
    yield Figure("drafts: requests per report / sentence by sentence", repaired / single, 0.25, note=note)
    seconds, written, requests = _drafted(SENTENCES, wait=WAIT)
    ideal = ceil(requests / CONNECTIONS) * WAIT
    note = f"{seconds:.2f} s for {written} of {sentences} sentences, {CONNECTIONS} connections; ideal {ideal:.0f} s"
    yield Figure("drafts: time / the server's own wait", seconds / ideal, 1.25, note=note)
    told = _is_cost_told_first()
    yield Figure("drafts: cost printed before the first request", float(told), 1.0, True)


if __name__ == "__main__":
    _serve(sys.argv[1] == "1", float(sys.argv[2]), sys.argv[3])
