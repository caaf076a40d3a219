"""The commands of the documents that are no guide, typed in the sample newsroom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from support.commands import done
from support.newsrooms import git
from support.paths import ROOT
from support.typed import Shell, typed_lines

REPORT = "---\ntitle: 다리 세 곳 끊겨\n---\n\n서울의 다리 세 곳이 끊겼다.\n"
FILES = {
    "letter.md": REPORT,
    "report.txt": "다리 네 곳 끊겨\n\n부산의 다리 네 곳이 끊겼다.\n",
    "notes.md": "다리 두 곳 끊겨\n\n다리가 끊겼다.\n",
    "pairs.jsonl": '{"id": 1, "source": "다리 3곳", "target": "three bridges"}\n',
    "news.ko": "다리가 끊겼다.\n",
    "news.en": "The bridge broke.\n",
    "terms.csv": "source,target\n서울,Seoul\n",
    "omegat.utf8": "부산\tBusan\n",
    "sentences.csv": "source,target\n다리가 끊겼다.,The bridge broke.\n",
    "website.po": 'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "다리가 끊겼다."\nmsgstr "The bridge broke."\n',
    "manual.xlf": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'datatype="plaintext" source-language="ko" target-language="en"><body><trans-unit id="1"><source>다리가 끊겼다.'
    "</source><target>The bridge broke.</target></trans-unit></body></file></xliff>",
}
"""Files that the documents take as given, in the newsroom's folder."""
ANSWERS = ("transflow check", "transflow memory lookup", "transflow memory find", "transflow glossary find")
"""Commands whose exit code 1 is an answer: something was found, or nothing."""
ELSEWHERE = {
    "engines.md": "--engine",
    "memory.md": "TRANSFLOW_MEMORY=|transflow memory withheld",
}
"""Commands that need a vendor's server or PostgreSQL, which the tests of the rooms have."""
BEFORE: Mapping[str, tuple[str, ...]] = {
    "checks.md": ("unit set un-letter#4 유엔이",),
    "files.md": ("mv un-china-refugees un-story",),
    "formats.md": ("mv un-china-refugees un-story",),
    "memory.md": ("memory export old.tmx",),
    "glossary.md": ("glossary add 평양 Pyongyang", "glossary export terms.tbx"),
}
"""Commands that make what a document takes as given."""


@pytest.fixture
def shell(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Return a shell in the sample newsroom, in git, with an upstream and a home of its own."""
    for name, text in FILES.items():
        (sample / name).write_text(text, encoding="utf-8")
    git(sample, "init", "--quiet")
    git(sample, "config", "user.email", "office@example.org")
    git(sample, "config", "user.name", "Office")
    git(sample, "add", "--all")
    git(sample, "commit", "--quiet", "-m", "begin")
    git(sample, "update-ref", "refs/remotes/origin/main", "HEAD")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TRANSFLOW_USER", "mina")
    return Shell(monkeypatch, sample)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "checks.md",
        "engines.md",
        "files.md",
        "formats.md",
        "glossary.md",
        "memory.md",
        "stats.md",
        "terminal.md",
        "trust.md",
    ],
)
def test_every_command_of_a_document_runs(name: str, shell: Shell, sample: Path, tmp_path: Path) -> None:
    (tmp_path / ".ssh").mkdir()
    shell.type("ssh-keygen -q -t ed25519 -N '' -f ~/.ssh/id_ed25519")
    for line in BEFORE.get(name, ()):
        done(sample, *line.split(), user="claire")
    lines = [each.line for each in typed_lines((ROOT / "docs" / name).read_text(encoding="utf-8"))]
    typed = [line for line in lines if not any(mark in line for mark in ELSEWHERE.get(name, "\0").split("|"))]
    assert typed
    variables = ""
    for line in typed:
        if line.partition("=")[0].isidentifier():  # a variable for the lines below
            variables += f"{line}; "
        elif "$" in line:
            shell.type(f"{variables}{line}")
        else:
            shell.type(line, codes=(0, 1) if line.startswith(ANSWERS) else (0,))
