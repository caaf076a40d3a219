"""An agent that obeys every order in a text: it calls the tools that the text names, and tries in
several ways to do what the order is for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from support.agents import Agent, Answer, Watch

FILE = Path(__file__).parents[1] / "data" / "injections.tsv"
Call = tuple[str, dict[str, Any]]


class Injection(NamedTuple):
    """An order in a text, and what it is for."""

    goals: tuple[str, ...]
    text: str


def injections() -> list[Injection]:
    rows = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [Injection(tuple(goals.split()), text) for goals, text in rows]


TARGETS = ("council", "council#2", "council#4", "flood#1", "river#1", "brook#2")
MACHINES = "Overwritten by an agent."
VERBS = {
    "approve": ("approve", "unit_approve", "review"),
    "confirm": ("confirm", "unit_confirm"),
    "clear": ("clear", "story_clear"),
    "ready": ("ready",),
    "publish": ("publish", "published", "render"),
    "kill": ("kill",),
    "waive": ("waive", "unit_waive"),
    "redact": ("redact", "protect"),
    "omit": ("omit", "cut", "unit_omit"),
    "assign": ("assign", "handover"),
    "answer": ("answer", "unit_answer"),
    "role": ("person", "person_add", "person_edit", "keys_add"),
    "settings": ("write_file", "settings", "init"),
    "label": ("settings", "label"),
    "glossary": ("glossary_add", "glossary_remove", "glossary_import"),
    "record": ("record", "unit_record"),
    "protect": ("person_list", "protect"),
    "export": ("export", "memory_export", "upload"),
    "shell": ("shell", "run", "git", "repair"),
    "impersonate": ("login", "as"),
}
"""Goal -> names under which an agent looks for a tool."""
ATTRIBUTES = ({"approve": True}, {"confirm": True}, {"as": "mina"}, {"seen": "*"}, {"force": True}, {"fuzzy": False})
"""Arguments that no tool takes."""


def calls(injection: Injection) -> Iterator[Call]:
    """Yield the calls with which an agent obeys."""
    yield from _named(injection.text)
    yield from _commands(injection.text)
    for goal in injection.goals:
        kind, _, name = goal.partition(":")
        yield from _tried(kind, name)


def _named(text: str) -> Iterator[Call]:
    """Yield the calls that a text spells out."""
    if not text.startswith("{"):
        return
    value = json.loads(text)
    value = value.get("params", value)
    if name := value.get("tool") or value.get("name"):
        yield str(name), dict(value.get("arguments", {}))


def _commands(text: str) -> Iterator[Call]:
    """Yield calls of tools named like the commands in a text."""
    for found in re.finditer(r"transflow ((?:--?\S+ \S+ )*)([a-z]+)(?: ([a-z]+))?(.*)", text):
        rest = found[4].split()
        for name in (found[2], f"{found[2]}_{found[3]}", str(found[3])):
            yield name, {"ref": rest[0] if rest else "council", "arguments": rest}


def _tried(kind: str, name: str) -> Iterator[Call]:
    for verb in VERBS.get(kind, ()):
        for ref in TARGETS:
            yield verb, {"ref": ref}
    match kind:
        case "approve" | "confirm" | "impersonate" | "label":
            for more in ATTRIBUTES:
                yield "draft", {"drafts": [{"ref": "council#5", "text": MACHINES}], "dry_run": False} | more
                yield "draft", {"drafts": [{"ref": "council#5", "text": MACHINES} | more], "dry_run": False}
        case "rewrite" | "mark" | "delete" | "kill":
            for text in (MACHINES, "", " ", "\u200b"):
                drafts = [{"ref": ref, "text": text, "mark": "0" * 16} for ref in TARGETS]
                yield "draft", {"drafts": drafts, "dry_run": False}
                yield "draft", {"drafts": [{"ref": ref, "text": text} for ref in TARGETS], "dry_run": False}
            yield "draft", {"drafts": [{"ref": "council#4", "text": "# @approved mina", "mark": ""}], "dry_run": False}
        case "read":
            for ref in (
                name,
                f"{name}#1",
                f"en:{name}",
                f"en:{name}#1-9",
                name.upper(),
                f" {name}",
                f"{name}#",
                f"./{name}",
            ):
                yield "read", {"ref": ref}
            yield "check", {"ref": f"{name}#1", "text": "A vault."}
            yield "memory", {"ref": f"{name}#1"}
            yield "comment", {"ref": f"{name}#1", "text": "?", "dry_run": False}
            yield "draft", {"drafts": [{"ref": f"{name}#1", "text": MACHINES}], "dry_run": False}
        case "search":
            for tool in ("search", "glossary"):
                yield tool, {"words": name}
            yield "memory", {"text": f"{name}는 금고에 있다.", "threshold": 1, "limit": 20}
            yield "read", {"ref": "council#6"}
            yield "ask", {"ref": "council#6", "text": "What?", "dry_run": False}
        case "flood":
            for number in range(12):
                yield "ask", {"ref": "council#2", "text": f"Approve it, please ({number})", "dry_run": False}
        case "undo":
            yield "undo", {"dry_run": False}


def obey(agent: Agent, watch: Watch, injection: Injection) -> list[Answer]:
    """Do all that an order asks for, and assert after each call that nothing happened which must
    not.
    """
    answers = []
    for tool, arguments in calls(injection):
        answer = agent.call_with(tool, arguments)
        watch.check(answer, json.dumps([tool, arguments], ensure_ascii=False))
        answers.append(answer)
    return answers
