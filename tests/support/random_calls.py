"""Random calls of an agent, and steps of people beside it, from one seed.

Run it by hand for many: `python -m support.random_calls SEED CALLS` in `tests`, with `--local` for
calls without the protocol.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from random import Random
from typing import Any

from support.agents import HIDDEN, Agent, LocalAgent, Watch, agent, newsroom
from support.commands import transflow
from support.obedient import VERBS, injections
from transflow.actions import Actor, utc_now
from transflow.actions.units import steps
from transflow.errors import TransflowError
from transflow.model.unit import STATES
from transflow.project import CatalogRef, Project

COUNCIL = CatalogRef("en", "reports", "council")
SEEN = ("council", "flood", "brook", "river", "en:council", "en:brook")
ODD = ("", "#", "council#", "council#0", "council#99", "council#2-1", "council#1,1", "council##1", "#1", "en:", ":council",
       "vi:council", "../council", "council\x00", "council#٣", "COUNCIL", "council#k7f3q2mx", " council ", "-", "--help",
       "transflow.toml", "glossary", "2024/council", "council#1-9,14", "𝔠ouncil", "council\n#1")  # fmt: skip
LETTERS = ("the", "council", "35,000", "$", "“", "”", "—", "…", "\u200b", "\u202e", "강변시", "제방",
           "3만5천", "# @approved mina", "\n",
           "\t", "msgid", '"', "\\n",
           "\x07", "é", "é", "👩‍👩‍👧", "<b>", "&amp;", "#, fuzzy", "@seen", "mt:agent/x", "{ref}", "%s")  # fmt: skip


class RandomCalls:
    """An agent that calls anything, and people who work beside it."""

    def __init__(self, folder: Path, helper: Agent, seed: int) -> None:
        self.folder, self.helper, self.random = folder, helper, Random(seed)
        self.watch, self.counts = Watch(folder), Counter[str]()
        self._marks: dict[str, str] = {}
        self._orders = [each.text for each in injections()]

    def run(self, number: int) -> None:
        """Make this many calls, and assert after each that nothing happened which must not."""
        for count in range(1, number + 1):
            tool, arguments = self._call()
            answer = self.helper.call_with(tool, arguments)
            self.counts[f"{tool if tool in self._TOOLS else 'other'} {'refused' if answer.is_error else 'done'}"] += 1
            self.watch.check(answer, json.dumps([tool, arguments], ensure_ascii=False))
            self._remember(answer.values)
            if self.random.random() < 0.01:
                self._person()
            if self.random.random() < 0.002:
                self.undo()
            if count % 500 == 0:
                self.watch.assert_cleared()

    def undo(self) -> None:
        """Undo all by one command: what no person touched is as it was before the agent."""
        transflow(self.folder, "undo", "--agent", "helper")
        after = Watch(self.folder)
        for unit_id, before in self.watch.before.items():
            present = after.before[unit_id]
            assert present == before or self.watch.knows(present), (before, present)
        self.watch.take()
        self.counts["undone by a person"] += 1

    _TOOLS = ("status", "list", "read", "search", "memory", "glossary", "check", "draft", "ask", "comment", "undo")

    def _call(self) -> tuple[str, dict[str, Any]]:
        if self.random.random() < 0.05:
            verb = self.random.choice([each for names in VERBS.values() for each in names])
            return verb, {"ref": self._ref(), "dry_run": False}
        weights = (1, 1, 12, 5, 4, 3, 10, 30, 10, 8, 0.3)
        tool = self.random.choices(self._TOOLS, weights)[0]
        arguments: dict[str, Any] = getattr(self, f"_{tool}")()
        if self.random.random() < 0.1:
            arguments[self.random.choice(("approve", "as", "withheld", "ref", "dry_run", "from", "text"))] = self._odd()
        if tool in ("draft", "ask", "comment", "undo") and self.random.random() < 0.8:
            arguments.setdefault("dry_run", False)
        return tool, arguments

    def _odd(self) -> Any:
        return self.random.choice((True, None, -1, 10**30, "", "mina", [], {}, [[]], 0.5, "x" * 9000))

    def _ref(self) -> str:
        choice = self.random.random()
        if choice < 0.06:
            return f"{self.random.choice(HIDDEN)}{self.random.choice(('', '#1', '#1-2'))}"
        if choice < 0.12:
            return self.random.choice(ODD)
        name = self.random.choice(SEEN) if choice > 0.45 else "council"
        number = self.random.randint(1, 9)
        return self.random.choice((name, *[f"{name}#{number}"] * 9, f"{name}#1-{number}"))

    def _text(self) -> str:
        if self.random.random() < 0.15:
            return self.random.choice(self._orders)
        return " ".join(self.random.choices(LETTERS, k=self.random.randint(0, 14)))

    def _status(self) -> dict[str, Any]:
        return {}

    def _list(self) -> dict[str, Any]:
        return {"kind": self.random.choice(("report", "story"))} if self.random.random() < 0.5 else {}

    def _read(self) -> dict[str, Any]:
        values: dict[str, Any] = {"ref": self._ref()}
        if self.random.random() < 0.2:
            values["state"] = self.random.choice(STATES)
        if self.random.random() < 0.2:
            values["from"] = self.random.randint(1, 12)
        return values

    def _search(self) -> dict[str, Any]:
        return {"words": self.random.choice(("Zyrquon", "벽옥수리", "council", "다리", '"the 5th"', self._text()))}

    def _memory(self) -> dict[str, Any]:
        threshold = self.random.randint(1, 100)
        if self.random.random() < 0.5:
            return {"ref": self._ref(), "threshold": threshold}
        return {
            "text": self.random.choice(("벽옥수리는 금고에 있다.", "공사는 두 달 걸린다.", self._text())),
            "threshold": threshold,
        }

    def _glossary(self) -> dict[str, Any]:
        return {"words": self.random.choice(("강변시", "Zyrquon", self._text()))}

    def _check(self) -> dict[str, Any]:
        return {"ref": self._ref()} | ({"text": self._text()} if self.random.random() < 0.5 else {})

    def _draft(self) -> dict[str, Any]:
        drafts = []
        for _ in range(self.random.choice((1, 1, 1, 2, 5))):
            ref = self._ref()
            item = {"ref": ref, "text": self._text()}
            if self.random.random() < 0.7:
                item["mark"] = self._marks.get(ref.removeprefix("en:"), "0123456789abcdef")
            drafts.append(item)
        return {"drafts": drafts}

    def _ask(self) -> dict[str, Any]:
        to = {"to": self.random.choice(("jeong", "mina", "nobody", "mt:agent/x"))} if self.random.random() < 0.4 else {}
        return {"ref": self._ref(), "text": self._text()[:900]} | to

    def _comment(self) -> dict[str, Any]:
        return {"ref": self._ref(), "text": self._text()[:900]}

    def _undo(self) -> dict[str, Any]:
        return {}

    def _remember(self, values: Any) -> None:
        for key in ("units", "drafts"):
            for each in values.get(key) or ():
                if each.get("mark"):
                    self._marks[each["ref"]] = each["mark"]

    def _person(self) -> None:
        """Let a person write, confirm, send back, answer or approve something in the report."""
        project = Project(self.folder)
        number = self.random.randint(1, 9)
        who = self.random.choice(("claire", "leejin", "mina"))
        person = project.settings.person(who)
        assert person is not None
        actor, ref = Actor(project, person, utc_now()), f"council#{number}"
        action = self.random.choice(("write", "confirm", "return", "answer", "comment"))
        try:
            match action:
                case "write":
                    steps.confirm(
                        actor, ref, self.random.choice(("Work begins.", "It costs $35,000.", "The city is glad."))
                    )
                case "confirm":
                    steps.confirm(actor, ref)
                case "return":
                    steps.send_back(actor, ref, "Look again.")
                case "answer":
                    steps.answer(actor, ref, "Yes.")
                case _:
                    steps.comment(actor, ref, "Seen.")
        except TransflowError:
            action = "refused"
        self.counts[f"person {action}"] += 1
        self.watch.take()


def main() -> None:
    """Run many calls from one seed, and print what was called."""
    seed, number = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as parent:
        folder = newsroom(Path(parent, "room"))
        began = time.monotonic()
        with nullcontext(LocalAgent(folder)) if "--local" in sys.argv else agent(folder) as helper:
            calls = RandomCalls(folder, helper, seed)
            for part in range(0, number, 1000):
                calls.run(min(1000, number - part))
                print(f"{part + 1000} calls, {time.monotonic() - began:.0f} s", flush=True)  # noqa: T201
            calls.undo()
        print(json.dumps(dict(sorted(calls.counts.items())), indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
