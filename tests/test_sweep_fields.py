"""Control characters in every field that a file can carry, on a terminal and piped.

Fields and commands are enumerated: the fields from the files of a newsroom that has all of them,
the commands from click. The normal run takes a sample, with a seed that it prints; `make soak` goes
on with all of it where it ended last.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from support.newsrooms import git
from support.shares import share
from support.sweeps import Invocation, Runner, formats, invocations, newsroom
from transflow.text import visible

SEED = int(os.environ.get("SWEEP_SEED", "1"))
SAMPLE = 15
PAYLOADS = {
    "raw": "\x1b]52;c;aGFja2Vk\x07\x9b31m\x1b[2J",
    "bidi": "\u202e\u2066\u200b\u2028",
    "lines": "\n::add-mask::secret\n",
    "escaped": "",
    "escaped lines": "",
}
"""Payloads; the escaped ones are written as the format of the file knows."""
ESCAPED = {
    ".toml": "\\u001b]52;c;aGFja2Vk\\u0007\\u009b31m",
    ".json": "\\u001b]52;c;aGFja2Vk\\u0007\\u009b31m",
    ".jsonl": "\\u001b]52;c;aGFja2Vk\\u0007\\u009b31m",
    ".po": "\\a\\u001b]52;c;aGFja2Vk",
    ".tmx": "&#x9b;31m&#x202e;&#127;",
    ".tbx": "&#x9b;31m&#x202e;&#127;",
    ".md": "&#27;]52;c;aGFja2Vk&#7;&#x9b;",
}
LINES = dict.fromkeys((".toml", ".json", ".jsonl", ".po"), "\\n::add-mask::secret ##[add-mask]secret\\n")
LINES |= dict.fromkeys((".tmx", ".tbx", ".md"), "&#10;::add-mask::secret ##[add-mask]secret&#10;")
CODES = {0, 1, 2, 3, 130}
"""Documented exit codes, without that of a bug (70)."""
OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[[0-9]*K|\r(?=\n)|\r(?=[^\n]*(?:\[[#-]|%))")
"""Sequences of the program: colours, and those of the progress bar."""
EXACT = ("--export", "csv")
"""Words of commands that write a text, piped, as another program is to read it."""


class Field(NamedTuple):
    """A place in a file, by its line and the offset in it."""

    path: str
    key: str
    line: int
    offset: int

    def __str__(self) -> str:
        return f"{self.path} {self.key}"


_KEYS = {
    ".toml": r"\s*(?:#|([\w.-]+)\s*=|\[)",
    ".md": r"(?:([\w-]+):|\S)",
    ".po": r'"([\w-]+): |(# @[a-z+-]+)|(#~?[.:,|~ ]?)|(msg[a-z]+)|"',
    ".json": r"\S",
}


def fields(folder: Path) -> Iterator[Field]:
    """Yield the fields of all files below a folder, one of each kind in a file."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file() and "locks" not in each.parts):
        name, suffix = path.relative_to(folder).as_posix(), path.suffix
        if suffix in (".db", ".html") or ".git" in name:
            continue
        seen = set[str]()
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
            for key, offset in _fields_of(line, suffix):
                if key not in seen:
                    seen.add(key)
                    yield Field(name, key, number, offset)


def _fields_of(line: str, suffix: str) -> Iterator[tuple[str, int]]:
    """Yield (kind of field, offset inside its value) for the fields in a line."""
    if suffix in (".json", ".jsonl"):
        for match in re.finditer(r'(?:"(\w+)": )?"((?:[^"\\]|\\.)+)"(?!:)|"(\w+)":', line):
            if not re.fullmatch("[0-9a-f]{12,}", match[2] or match[3]):  # digests, each another key
                yield f"{match[1] or match[3] or 'item'}{':' if match[3] else ''}", match.end() - 3
    elif suffix in (".tmx", ".tbx"):
        for match in re.finditer(r'([\w:]+)="([^"]+)"|<(\w+)[^<>]*>([^<>\s][^<>]*)<', line):
            yield match[1] or match[3], match.end() - 2
    elif suffix == ".sigs":
        for number, match in enumerate(re.finditer(r"[^ :]+", line)):
            yield f"part {number}", match.end() - 1
    elif found := re.match(r"(.*)\w", line.removesuffix('\\n"')):
        key = re.match(_KEYS.get(suffix, r"\S+"), line)
        yield (
            next(filter(None, key.groups()), key[0]) if key and key.groups() else key[0] if key else "text",
            found.end(1),
        )


NAMES = ("sources/flood.md", "locales/en/reports/flood.po", "locales/en/articles/river.po", "locales/en/memory/new.tmx",
         "templates/story.css", "locales/en/reports/.flood.po.999999.tmp", "locales/en/glossary.po", "locales/en")  # fmt: skip
"""Files whose name is a field too."""


class Newsrooms:
    """Copies of one newsroom, always in the same place, because caches go by the path."""

    def __init__(self, folder: Path) -> None:
        self.work, self.kept = folder / "work", folder / "kept"
        self.work.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
                patch.setenv(name, str(self.work / name))
            self.room = newsroom(self.work)
        git(self.room, "init", "-q")
        git(self.room, "add", "-A")
        git(self.room, "-c", "user.name=Mina", "-c", "user.email=mina@example.org", "commit", "-qm", "one")
        shutil.copytree(self.work, self.kept)
        self.fields = [*fields(self.kept), *(Field(f"room/{name}", "its name", 0, 0) for name in NAMES)]
        self.fields.append(Field("room/.git", "author", 0, 0))
        self._state: object = None
        """Field, payload and stamps of the files of the present copy."""

    def spoil(self, field: Field, payload: str) -> bool:
        """Put a payload into a field of a new copy. Return False if the field cannot carry it.

        The present copy serves again if the last command changed nothing.
        """
        text = PAYLOADS[payload] or (ESCAPED if payload == "escaped" else LINES).get(Path(field.path).suffix, "")
        if not text:
            return False
        if self._state != (field, payload, self._stamps()):
            shutil.rmtree(self.work)
            shutil.copytree(self.kept, self.work)
            self._write(field, text)
            self._state = field, payload, self._stamps()
        return True

    def _stamps(self) -> list[tuple[str, int, int]]:
        found = []
        for folder, _, names in os.walk(self.work):
            if not folder.endswith("locks"):
                stats = ((name, os.lstat(f"{folder}/{name}")) for name in names)
                found += [(f"{folder}/{name}", each.st_mtime_ns, each.st_size) for name, each in stats]
        return found

    def _write(self, field: Field, text: str) -> None:
        path = self.work / field.path
        if field.key == "its name":
            path.rename(path.with_name(path.stem + text + path.suffix))
        elif field.key == "author":
            name = re.sub("[\n<>]", " ", f"Mi{text}na")
            git(
                self.room,
                "-c",
                f"user.name={name}",
                "-c",
                "user.email=mina@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                name,
            )
        else:
            lines = path.read_text(encoding="utf-8").split("\n")
            line = lines[field.line]
            lines[field.line] = line[: field.offset] + text + line[field.offset :]
            path.write_text("\n".join(lines), encoding="utf-8")


def assert_harmless(run: str, code: int, out: str, *, terminal: bool, exact: bool) -> None:
    """Check the exit code, and that nothing is printed that a terminal or a runner would obey."""
    assert code in CODES, f"{run}: exit code {code}: {out[-2000:]}"
    assert "Traceback" not in out, f"{run}: {out[-2000:]}"
    assert not re.search(r"\x1b\]|[\x07\x80-\x9f]", out), f"{run}: {out!r}"
    assert not re.search(r"(?m)^\s*::add-mask|^(?!::).*##\[add-mask", out), f"{run}: {out!r}"
    shown = OWN.sub("", out) if terminal else out
    if terminal:
        shown = shown.replace("^D\x08\x08", "")
    if not exact or terminal:
        assert visible(shown) == shown, f"{run}: {shown!r}"


def swept(rooms: Newsrooms, runner: Runner, field: Field, payload: str, each: Invocation, *, terminal: bool) -> bool:
    """Run a command in a copy with a payload in a field, and check its output."""
    if not rooms.spoil(field, payload):
        return False
    code, out = runner.run(rooms.room, *each.arguments, terminal=terminal, environment={"GITHUB_ACTIONS": "true"})
    run = f"SWEEP_SEED={SEED}: {payload} in {field}, {'terminal' if terminal else 'pipe'}: transflow {each}"
    if "\x1b[?1049h" in out:  # a screen, which positions its text: no escapes of the payload
        out = out.replace("\x1b]22;default\x07", "").replace("\x1b]22;pointer\x07", "")  # the pointer's shape
        assert not re.search(r"\x1b\]52|\x07|[\x80-\x9f\u202e\u2066]|\x1b\[2J.*hacked", out), f"{run}: {out!r}"
        assert "Traceback" not in out, run
        return True
    assert_harmless(run, code, out, terminal=terminal, exact=any(word in each.arguments for word in EXACT))
    return True


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Newsrooms:
    return Newsrooms(tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="module")
def runner(rooms: Newsrooms) -> Iterator[Runner]:
    with Runner(rooms.work) as server:
        yield server


def test_fields_of_every_kind_are_found(rooms: Newsrooms) -> None:
    kinds = {str(each) for each in rooms.fields}
    found = {each.key for each in rooms.fields}
    assert len(kinds) > 90
    assert found > {
        "X-Cleared",
        "X-Published",
        "X-Report",
        "# @by",
        "# @question",
        "msgctxt",
        "msgid",
        "msgstr",
        "#. "[:2],
    }
    assert found > {
        "byline",
        "dateline",
        "title",
        "name",
        "pattern",
        "seg",
        "note",
        "creationid",
        "term",
        "since",
        "place",
    }


def test_a_sample_prints_nothing_that_is_obeyed(rooms: Newsrooms, runner: Runner) -> None:
    chance = random.Random(SEED)
    quick = [each for each in invocations() if each.arguments[:1] not in ((), ("story",), ("review",), ("translate",))]
    done = 0
    while done < SAMPLE:
        field, payload, each = chance.choice(rooms.fields), chance.choice(list(PAYLOADS)), chance.choice(quick)
        done += swept(rooms, runner, field, payload, each, terminal=chance.random() < 0.5)


@pytest.mark.soak
@pytest.mark.timeout(20_000)
def test_every_field_with_every_command(rooms: Newsrooms, runner: Runner, pytestconfig: pytest.Config) -> None:
    spoiled = [(field, payload) for field in rooms.fields for payload in PAYLOADS]
    for number, (field, payload) in enumerate(share(pytestconfig, "fields", spoiled, SEED)):
        for each in formats():
            number += swept(rooms, runner, field, payload, each, terminal=bool(number % 2))
