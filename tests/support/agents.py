"""Agents at a desk: a newsroom with texts that they must not see, the SDK's own client as one of
them, and a watch over the record that knows nothing of the rules in the package.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import mcp
from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp_types import CallToolResult, Implementation, TextContent

from support.commands import TEXTS, command, done, new_project, office
from transflow.actions.stories.print_context import load_print_context
from transflow.agents.desk import Desk
from transflow.agents.server import answer
from transflow.attribution.machines import engine_words
from transflow.model.catalog import Catalog
from transflow.model.unit import Unit
from transflow.po.catalog import parse
from transflow.project import CatalogRef, Project
from transflow.stories.clearance import is_cleared
from transflow.text import words
from transflow.units.workflow import is_approved

NAME = "mt:agent/helper"
SECRETS = ("Quillmarn", "은향목")
"""A word in the English, and one in the Korean, of every text that agents must not see. The orders
in texts name others that are in them too.
"""
HIDDEN = ("jade-case", "amber-case", "onyx-case", "vault")
"""Names of reports and of a story that agents must not see."""
COUNCIL = """\
---
title: 시의회, 제방 공사 승인
byline: 이정은
date: 2024-03-26
---

강변시 의회가 26일 제방 공사를 승인했다. 공사비는 3만5천 달러이다. 의원 12명이 찬성했다.

공사는 4월 2일 시작된다. 벽옥수리는 시장의 은향목 금고에 있다. 주민들은 공사를 반긴다.

강변시는 2019년에도 제방을 고쳤다. 이번 공사는 두 달 걸린다.
"""
SECRET = """\
---
title: 벽옥수리와 은향목 사건
byline: 이정은
date: 2024-03-26
{field}
---

벽옥수리는 은향목 금고에 있다. 시장이 벽옥수리를 은향목에서 보았다.
"""


def newsroom(folder: Path) -> Path:
    """Create a newsroom with a cleared story, a story that is being written, a report that is being
    translated, and texts that are confidential, under embargo, on hold and off the record.
    """
    new_project(folder)
    settings = folder / "transflow.toml"
    text = settings.read_text(encoding="utf-8")
    assert text.count('compose = "translated"') == 1
    settings.write_text(text.replace('compose = "translated"', 'compose = "nothing"'), encoding="utf-8")
    for number, text in enumerate(TEXTS, 1):
        done(folder, "unit", "set", f"flood#{number}", text, user="claire")
    done(folder, "unit", "approve", "flood", user="mina")
    done(folder, "compose", "river", "--from", "flood", user="eugene")
    done(folder, "unit", "confirm", "river", user="eugene")
    done(folder, "ready", "river", user="eugene")
    done(folder, "clear", "river", user="juno")
    fields = {"jade-case": "confidential: true", "amber-case": "embargo: 2099-01-01", "onyx-case": "record: off"}
    reports = {slug: SECRET.format(field=field) for slug, field in fields.items()} | {"council": COUNCIL}
    for slug, text in reports.items():
        (folder / "sources" / f"{slug}.md").write_text(text, encoding="utf-8")
    done(folder, "update", user="claire")
    for slug in fields:
        for number, text in enumerate(
            ("Zyrquon and Quillmarn", "Zyrquon is in the Quillmarn vault.", "The mayor saw Zyrquon at Quillmarn."), 1
        ):
            done(folder, "unit", "set", f"{slug}#{number}", text, user="claire")
    done(folder, "compose", "vault", "--from", "jade-case", user="eugene")
    _council(folder)
    done(folder, "glossary", "add", "강변시", "Riverside", user="claire")
    return folder


def _council(folder: Path) -> None:
    texts = {1: "Council approves embankment", 2: "Riverside's council approved the work on the 26th.",
             3: "It costs $53,000.", 6: "Zyrquon is in the mayor's Quillmarn vault."}  # fmt: skip
    for number, text in texts.items():
        done(folder, "unit", "set", f"council#{number}", text, user="claire")
    done(folder, "unit", "record", "council#6", "off", user="claire")
    done(folder, "unit", "ask", "council#4", "Twelve of how many?", "--to", "jeong", user="claire")
    done(folder, "compose", "brook", "--from", "council", user="eugene")


class Answer(NamedTuple):
    """The answer of a tool."""

    text: str
    values: Mapping[str, Any]
    is_error: bool


class Agent:
    """The SDK's client, connected to `transflow mcp` over standard input and output."""

    def __init__(self, portal: BlockingPortal, client: mcp.Client) -> None:
        self._portal, self._client = portal, client

    def call(self, tool: str, **arguments: Any) -> Answer:
        return self.call_with(tool, arguments)

    def call_with(self, tool: str, arguments: dict[str, Any]) -> Answer:
        return _answer(self._portal.call(self._client.call_tool, tool, arguments))

    def done(self, tool: str, **arguments: Any) -> Any:
        """Call a tool that must succeed, and return its answer."""
        answer = self.call(tool, **arguments)
        assert not answer.is_error, answer.text
        assert json.loads(answer.text) == answer.values
        return answer.values

    def refusal(self, tool: str, **arguments: Any) -> str:
        """Call a tool that must refuse, and return its message."""
        answer = self.call(tool, **arguments)
        assert answer.is_error, answer.text
        return answer.text

    def tools(self) -> dict[str, Any]:
        return {each.name: each for each in self._portal.call(self._client.list_tools).tools}


def _answer(result: CallToolResult) -> Answer:
    texts = [each.text for each in result.content if isinstance(each, TextContent)]
    return Answer("\n".join(texts), result.structured_content or {}, result.is_error)


class LocalAgent(Agent):
    """An agent that calls the tools in this process, without the protocol, for many calls."""

    def __init__(self, folder: Path) -> None:
        person = Project(folder).settings.person("claire")
        assert person is not None
        self._desk = Desk(folder, person, "helper")

    def call_with(self, tool: str, arguments: dict[str, Any]) -> Answer:
        return _answer(answer(self._desk, tool, arguments))


@contextmanager
def agent(folder: Path, *options: str, user: str = "claire", name: str = "Helper") -> Iterator[Agent]:
    """Yield an agent that the user started in a newsroom."""
    program, *rest = command("-C", str(folder), "--as", user, "mcp", *options)
    parameters = mcp.StdioServerParameters(command=program, args=rest, env={**os.environ, **office(user)})
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(
            mcp.Client(parameters, client_info=Implementation(name=name, version="1"))
        ) as client,
    ):
        yield Agent(portal, client)


class Watch:
    """The record of a newsroom, compared with what it was before."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.project = folder, Project(folder)
        self._files = self._bytes()
        self._stamps = self._present_stamps()
        self.catalogs = {name: parse(data.decode(), name) for name, data in self._files.items() if _is_catalog(name)}
        self.before = {unit.id: unit for catalog in self.catalogs.values() for unit in catalog.units}
        """The units before the agent, or as people left them last."""
        self._former = {of(unit) for unit in self.before.values() for of in (_text_of, _state_of)}
        """Texts of units before the agent, or as people left them."""

    def check(self, answer: Answer, said: str = "") -> None:
        """Assert that an agent's call changed nothing but what agents change, and told no secret.

        `said` is what the agent itself said in the call.
        """
        told = answer.text + json.dumps(answer.values, ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in told], told
        named = answer.text if answer.is_error else " ".join(_refs(answer.values))
        assert not [name for name in HIDDEN if name in named and name not in said], told
        stamps = self._present_stamps()
        if stamps == self._stamps:
            return
        files = self._bytes()
        assert files.keys() == self._files.keys()
        for name in files.keys() - self.catalogs.keys():
            assert files[name] == self._files[name], name
        for name, old in self.catalogs.items():
            if files[name] != self._files[name]:
                self.catalogs[name] = parse(files[name].decode(), name)
                self._check_catalog(name, old, self.catalogs[name])
        self._files, self._stamps = files, stamps

    def knows(self, unit: Unit) -> bool:
        """Return whether a unit has a text that it had before the agent, or from a person, and is
        no more sure of it.
        """
        return _state_of(unit) in self._former or (_text_of(unit) in self._former and unit.fuzzy == bool(unit.target))

    def take(self) -> None:
        """Take what people did for granted."""
        self._files, self._stamps = self._bytes(), self._present_stamps()
        for name, old in list(self.catalogs.items()):
            self.catalogs[name] = new = parse(self._files[name].decode(), name)
            self.before |= {
                after.id: after for before, after in zip(old.units, new.units, strict=True) if before != after
            }
        self._former |= {of(unit) for unit in self.before.values() for of in (_text_of, _state_of)}

    def assert_cleared(self) -> None:
        """Assert that the cleared story is cleared."""
        story = self.project.load(CatalogRef("en", "articles", "river"))
        assert is_cleared(story, load_print_context(self.project, "en", story))

    def _check_catalog(self, name: str, old: Catalog, new: Catalog) -> None:
        assert [unit.id for unit in new.units] == [unit.id for unit in old.units], name
        assert (new.header, new.obsolete) == (old.header, old.obsolete), name
        for before, after in zip(old.units, new.units, strict=True):
            if after not in (before, self.before[after.id]):
                self._check_unit(before, after)
        if "/articles/river" in name or "/reports/flood" in name:
            self.assert_cleared()

    def _check_unit(self, old: Unit, new: Unit) -> None:
        kept = ("source", "kind", "refs", "approved", "waivers", "seen", "omitted", "cut", "returned", "assigned",
                "record", "answers", "conflicts", "redacted", "cites", "foreign", "other")  # fmt: skip
        for name in kept:
            assert getattr(new, name) == getattr(old, name), name
        changed = (Counter(old.comments) - Counter(new.comments)) + (Counter(new.comments) - Counter(old.comments))
        assert all(each.startswith("agent helper:") for each in changed)
        assert all(each.who == NAME for each in {*old.questions} ^ {*new.questions})
        if (new.target, new.fuzzy) != (old.target, old.fuzzy):
            if _text_of(new) in self._former:
                assert new.fuzzy or not new.target or _state_of(new) in self._former
                return
            assert new.fuzzy
            assert new.target
            assert not is_approved(old)
            assert NAME in [each.who for each in new.by]
            for who in {*_people(new)} - {NAME}:
                assert _words(new, who) <= _words(old, who), who
            assert sum(_words(new, who) for who in _people(new)) == len(words(new.target))
            assert engine_words(new) >= _words(new, NAME)

    def _bytes(self) -> dict[str, bytes]:
        return {name: Path(path).read_bytes() for name, path in self._paths()}

    def _present_stamps(self) -> dict[str, tuple[int, int]]:
        stats = {name: os.stat(path) for name, path in self._paths()}  # noqa: PTH116 - a hundred thousand times
        return {name: (each.st_mtime_ns, each.st_ino) for name, each in stats.items()}

    def _paths(self) -> Iterator[tuple[str, str]]:
        for top, folders, names in os.walk(self.folder):
            folders[:] = [each for each in folders if each not in (".transflow", ".git")]
            yield from ((os.path.relpath(f"{top}/{name}", self.folder), f"{top}/{name}") for name in names)


def _refs(values: Any) -> Iterator[str]:
    """Yield the references in an answer."""
    for key, value in values.items() if isinstance(values, Mapping) else ():
        yield from [value] if key == "ref" else _refs(value)
    for each in values if isinstance(values, list) else ():
        yield from _refs(each)


def _is_catalog(name: str) -> bool:
    return name.endswith(".po") and "glossary" not in name


def _text_of(unit: Unit) -> tuple[object, ...]:
    return unit.id, unit.target, unit.by, unit.translated


def _state_of(unit: Unit) -> tuple[object, ...]:
    return *_text_of(unit), unit.fuzzy, unit.source, unit.previous, unit.returned, unit.waivers, unit.seen


def _people(unit: Unit) -> set[str]:
    """Return everybody who has a share in a text."""
    return {each.who for each in unit.by} | {each.who for each in unit.translated}


def _words(unit: Unit, who: str) -> int:
    return sum(each.words for each in unit.by if each.who == who) + sum(
        each.words for each in unit.translated if each.who == who
    )
