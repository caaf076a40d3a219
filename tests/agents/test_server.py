"""Specification of the server: the protocol, the tools, and the size of answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from support.agents import Agent, LocalAgent, agent
from support.commands import command, new_project, office, transflow
from support.paths import ROOT
from transflow.agents import tools
from transflow.agents.answers import MOST_CHARACTERS, NOTICE
from transflow.digests import new_id
from transflow.model.unit import Unit
from transflow.project import CatalogRef, Project

FORBIDDEN = (
    "approve",
    "confirm",
    "clear",
    "waive",
    "redact",
    "publish",
    "kill",
    "assign",
    "answer",
    "omit",
    "person",
    "record",
)


def test_the_tools_are_those_of_the_document() -> None:
    page = (ROOT / "docs/agents.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(tools.names())
    assert [name for name in tools.names() for word in FORBIDDEN if word in name] == []


def test_only_four_tools_write_and_none_by_default() -> None:
    writing = [name for name in tools.names() if tools.load(name).WRITES]
    assert writing == ["ask", "comment", "draft", "undo"]
    for name in writing:
        assert {each.name: each.default for each in tools.load(name).PARAMETERS}["dry_run"] is True


@pytest.mark.slow
def test_tells_a_client_all_that_it_needs(helper: Agent) -> None:
    told = helper.tools()
    assert sorted(told) == sorted(tools.names())
    for name, tool in told.items():
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert tool.annotations.read_only_hint is not tools.load(name).WRITES
    assert "Did you mean “ref”" in helper.refusal("read", reff="council")
    assert "is missing" in helper.refusal("read")
    assert "whole number" in helper.refusal("list", **{"from": True})
    assert "there is no tool “approve”" in helper.refusal("approve", ref="council")
    assert helper.done("read", ref="council")["notice"] == NOTICE


@pytest.mark.slow
def test_standard_output_has_the_protocol_alone_and_ends_with_its_input(desk_room: Path) -> None:
    calls = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "Raw", "version": "1"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "status", "arguments": {}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "list", "arguments": {}}},
    ]  # fmt: skip
    process = subprocess.Popen(
        command("-C", str(desk_room), "--as", "claire", "mcp"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **office("claire")},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("no json\n" + "".join(json.dumps(each) + "\n" for each in calls))
    process.stdin.flush()
    answers = {}
    while 3 not in answers:
        answer = json.loads(process.stdout.readline())
        answers[answer.get("id")] = answer
    rest, error = process.communicate(timeout=60)
    assert (process.returncode, rest, "Traceback" in error) == (0, "", False), error
    assert {1, 2, 3} <= answers.keys()
    assert answers[2]["result"]["structuredContent"]["you_are"] == "mt:agent/raw"


@pytest.mark.slow
def test_ctrl_c_ends_it_at_once(room: Path) -> None:
    process = subprocess.Popen(
        command("-C", str(room), "--as", "claire", "mcp"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **office("claire")},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in error) == (130, False), error


@pytest.mark.slow
def test_says_how_to_install_what_is_missing(room: Path) -> None:
    code = "import sys; sys.modules['mcp'] = None; from transflow.cli import run; sys.exit(run(sys.argv[1:]))"
    ran = subprocess.run(
        [sys.executable, "-c", code, "-C", str(room), "--as", "claire", "mcp"],
        capture_output=True, text=True, check=False, env={**os.environ, **office("claire")},
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "pip install 'transflow[mcp]'" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_refuses_where_texts_stay_on_this_machine(room: Path) -> None:
    settings = room / "transflow.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("local_only = false", "local_only = true"), encoding="utf-8"
    )
    assert Project(room).settings.engines_local_only
    ran = transflow(room, "mcp", user="claire")
    assert (ran.code, "mcp --local" in ran.err) == (1, True)
    assert "local" in LocalAgent(room).refusal("list")


def test_an_answer_has_its_size_whatever_the_record_holds(tmp_path: Path) -> None:
    room = new_project(tmp_path / "room")
    place, taken = CatalogRef("en", "reports", "flood"), set[str]()

    def long_units(count: int) -> tuple[Unit, ...]:
        units = []
        for number in range(count):
            units.append(Unit(new_id(str(number), taken), "물이 넘쳤다. " * (2_000 if number == 3 else 80)))
            taken.add(units[-1].id)
        return tuple(units)

    units = long_units(120)
    Project(room).change(place, lambda old: old.replace(units=units))
    helper, start, found = LocalAgent(room), 1, 0
    while start:
        answer = helper.call("read", ref="flood", **{"from": start})
        assert len(answer.text) < 2 * MOST_CHARACTERS
        found, start = found + len(answer.values["units"]), answer.values["next"]
    assert found == 120
    assert "more characters" in helper.done("read", ref="flood#4")["units"][0]["data"]["source"]
    assert "at most 8000" in helper.refusal("check", ref="flood#1", text="x" * 8001)


def test_gives_an_agent_the_name_that_it_or_the_user_says(room: Path) -> None:
    with agent(room, "--name", "Desk Helper") as named:
        assert named.done("status")["you_are"] == "mt:agent/desk-helper"
