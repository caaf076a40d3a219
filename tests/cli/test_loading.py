"""Specification of what commands load: heavy libraries only where they are needed.

One process forks a child for each command, so that a child begins with what a bare interpreter has.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from support.sample import copy_sample
from transflow.cli import cli

HEAVY = """babel ctranslate2 difflib http hunspell jinja2 json keyring kiwipiepy markdown_it mcp multiprocessing
platformdirs polib psycopg rapidfuzz requests rich sentencepiece sentencex sqlite3 starlette subprocess textual
tomlkit urllib3 uvicorn xml yaml zoneinfo""".split()
"""Libraries that take more than a hundredth of the time of `transflow status` to load."""

LOADED: dict[str, tuple[str, str]] = {
    "--version": ("--version", ""),
    "--help": ("--help", ""),
    "init": ("init ../room", "babel difflib markdown_it platformdirs subprocess tomlkit"),
    "person add": ('person add ann --name "Ann Lee" --role editor', "json sqlite3 tomlkit"),
    "person list": ("person list", "json sqlite3 tomlkit"),
    "person edit": ("person edit leejin --role editor", "json sqlite3 tomlkit"),
    "person leave": ("person leave leejin", "json sqlite3 tomlkit zoneinfo"),
    "keys list": ("keys list", "platformdirs subprocess tomlkit"),
    "keys add": ("--as mina keys add key.pub", "subprocess tomlkit"),
    "keys make": ("--as mina keys make", "platformdirs subprocess tomlkit"),
    "keys remove": (
        "--as mina keys add key.pub && --as mina keys remove SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
        "subprocess tomlkit",
    ),
    "person protect": ("--as mina person protect leejin --yes", "json platformdirs sqlite3 subprocess tomlkit"),
    "completion": ("completion bash", "subprocess"),
    "help": ("help unit approve", ""),
    "add": ("add - --slug flood", "json markdown_it platformdirs subprocess"),
    "readers": ("readers", "json markdown_it"),
    "update": ("update", ""),
    "watch": ("watch .", "json markdown_it"),
    "assign": ("--as mina assign un-letter --to claire", "platformdirs subprocess"),
    "queue": ("--as mina queue", ""),
    "notices": ("notices", ""),
    "handover": ("--as mina handover", "subprocess"),
    "judge": ("--as mina judge un-letter --judge fake", "json platformdirs sqlite3 subprocess"),
    "suggest": ("add - --slug flood && suggest flood", "json platformdirs rapidfuzz sqlite3"),
    "translate": (
        "--as claire translate un-letter --plain",
        "hunspell json platformdirs rapidfuzz rich sqlite3 subprocess zoneinfo",
    ),
    "review": ("--as mina review un-letter --plain", "hunspell json platformdirs rich sqlite3 subprocess zoneinfo"),
    "story": (
        "--as eugene story un-china-refugees --plain",
        "babel difflib hunspell json platformdirs rapidfuzz rich sqlite3 subprocess zoneinfo",
    ),
    "unit show": ("unit show un-letter#1", "hunspell json platformdirs sqlite3 zoneinfo"),
    "unit set": (
        '--as claire unit set un-letter#1 "U.N. asks China"',
        "hunspell json platformdirs rapidfuzz sqlite3 subprocess zoneinfo",
    ),
    "unit confirm": (
        "add - --slug flood && --as claire unit set flood#1 Floods --needs-look && --as claire unit confirm flood#1",
        "json platformdirs sqlite3 subprocess",
    ),
    "unit approve": (
        '--as claire unit set un-letter#1 "U.N. asks China" && --as mina unit approve un-letter#1',
        "hunspell platformdirs subprocess zoneinfo",
    ),
    "unit return": ('--as mina unit return un-letter#1 "Seven, not six."', "platformdirs subprocess"),
    "unit comment": ('--as mina unit comment un-letter#1 "Read."', "platformdirs subprocess"),
    "unit ask": ('--as mina unit ask un-letter#1 "Who?"', "json platformdirs subprocess"),
    "unit answer": (
        '--as mina unit ask un-letter#1 "Who?" && --as claire unit answer un-letter#1 "They."',
        "json platformdirs subprocess",
    ),
    "unit waive": (
        '--as claire unit set un-letter#2 "탈북민 asked." && --as mina unit waive un-letter#2 untranslated "Meant."',
        "hunspell platformdirs subprocess zoneinfo",
    ),
    "unit omit": ('--as claire unit omit un-letter#21 "A notice."', "platformdirs subprocess"),
    "unit claim": ("--as claire unit claim un-letter#1", "subprocess"),
    "unit resolve": ("--as claire unit resolve un-letter#1 --keep", "subprocess"),
    "unit join": ("--as claire unit join un-letter#3-4", "platformdirs subprocess"),
    "unit record": ("--as claire unit record un-letter#3 hold", "platformdirs subprocess"),
    "unit split": (
        "--as claire unit join un-letter#3-4 && --as claire unit split un-letter#3 --source-at 인권 --text-at Human",
        "platformdirs subprocess",
    ),
    "compose": ("--as eugene compose un-story --from un-letter", "subprocess"),
    "settle": ("--as eugene settle un-china-refugees", "subprocess"),
    "article show": ("article show un-china-refugees", ""),
    "article move": ("--as eugene article move un-china-refugees#12 --after 3", "subprocess"),
    "article join": ("--as eugene article join un-china-refugees#3-4", "subprocess"),
    "article split": (
        '--as eugene article split un-china-refugees#4 --source-at "The U.N. made" --text-at "The U.N. made"',
        "subprocess",
    ),
    "article cut": ('--as eugene article cut un-china-refugees#7 "Said above."', "subprocess"),
    "article add": ('--as eugene article add un-china-refugees "Beijing has not replied."', "subprocess"),
    "article cite": ("--as eugene article cite un-china-refugees#9 https://example.org", "subprocess"),
    "article edit": ("--as eugene article edit un-china-refugees --export -", ""),
    "ready": (
        "--as eugene ready un-china-refugees",
        "hunspell json platformdirs rapidfuzz sqlite3 subprocess zoneinfo",
    ),
    "clear": ("--as mina clear un-china-refugees", "hunspell json platformdirs rapidfuzz sqlite3 subprocess zoneinfo"),
    "audit": ("audit un-china-refugees", "hunspell json platformdirs rapidfuzz sqlite3 zoneinfo"),
    "credits": ("credits un-china-refugees --explain", "babel difflib zoneinfo"),
    "render": (
        "render un-china-refugees",
        "babel difflib jinja2 json markdown_it platformdirs rapidfuzz sqlite3 zoneinfo",
    ),
    "published": ("--as mina published un-china-refugees --url https://example.org", "subprocess zoneinfo"),
    "correct": ("--as mina correct un-letter#3", "platformdirs subprocess"),
    "credit withhold": ("--as mina credit withhold claire un-china-refugees", "jinja2 json markdown_it subprocess"),
    "kill": ('--as mina kill un-china-refugees "The source took it back."', "jinja2 json markdown_it subprocess"),
    "redact": ("--as mina redact Yalu --yes", "json markdown_it platformdirs sqlite3 subprocess"),
    "mv": ("--as mina mv un-letter letter", "json platformdirs sqlite3 subprocess"),
    "replace": ("--as mina replace Yalu Amnok --yes", "hunspell platformdirs subprocess zoneinfo"),
    "status": ("status", ""),
    "status --format json": ("status --format json", "json"),
    "check": ("check", "difflib hunspell json markdown_it platformdirs rapidfuzz sqlite3 subprocess zoneinfo"),
    "check --format sarif": (
        "check --format sarif",
        "difflib hunspell json markdown_it platformdirs rapidfuzz sqlite3 subprocess zoneinfo",
    ),
    "history": ("history un-letter#4", "subprocess zoneinfo"),
    "blame": ("blame un-china-refugees", "subprocess zoneinfo"),
    "memory lookup": ("memory lookup un-letter#4", "json platformdirs rapidfuzz sqlite3"),
    "memory find": ("memory find China", "json platformdirs sqlite3"),
    "memory rebuild": ("memory rebuild", "json platformdirs sqlite3"),
    "memory import": ("memory export old.tmx && memory import old.tmx", "json platformdirs sqlite3 subprocess xml"),
    "memory allow": ("memory allow", "json platformdirs sqlite3 subprocess"),
    "memory setup": ("memory setup --help", "json sqlite3"),
    "memory grant": ("memory grant --help", "json sqlite3"),
    "memory revoke": ("memory revoke --help", "json sqlite3"),
    "memory withheld": ("memory withheld --help", "json sqlite3"),
    "memory export": ("memory export all.tmx", "json platformdirs sqlite3"),
    "glossary add": ("glossary add 평양 Pyongyang", "subprocess"),
    "glossary remove": ("glossary add 평양 Pyongyang && glossary remove 평양", ""),
    "glossary list": ("glossary add 평양 Pyongyang && glossary list", ""),
    "glossary find": ("glossary add 평양 Pyongyang && glossary find 평양", ""),
    "glossary import": ("glossary import terms.csv", "subprocess"),
    "glossary export": ("glossary add 평양 Pyongyang && glossary export terms.tbx", ""),
    "names": ("names un-letter", ""),
    "export": ("export --output out", "babel difflib zoneinfo"),
    "export --format mo": ("export --format mo --output out", "babel difflib polib zoneinfo"),
    "stats": ("--as mina stats --month 2022-03", "subprocess zoneinfo"),
    "repair": ("repair", "difflib json markdown_it platformdirs subprocess"),
    "mcp": ("mcp --help", "json"),
    "serve": ("serve --help", ""),
    "sync": ("sync --help", "difflib"),
    "undo": ("undo", "json platformdirs"),
    "git setup": ("git setup", "difflib subprocess"),
    "merge": (
        "merge locales/en/reports/un-letter.po locales/en/reports/un-letter.po locales/en/reports/un-letter.po",
        "difflib",
    ),
}
"""Command -> a command line, and the heavy libraries that it loads on the sample. The command lines
before the last `&&` prepare it, and are not measured.
"""

SCRIPT = """
import os, shutil, sys
from shlex import split
part, HEAVY = sys.argv[1], sys.argv[2].split()
sys.dont_write_bytecode = False  # as for an installed program: compiling would take most of the time
for number, line in enumerate(sys.stdin.read().split("\\n")):
    folder = f"{os.getcwd()}/{part}-{number}"
    shutil.copytree("sample", folder)
    *before, last = line.split("&&")
    for command in [*before, last]:
        read, write = os.pipe()
        if not (child := os.fork()):
            os.chdir(folder)
            os.dup2(os.open("input.txt", os.O_RDONLY), 0)
            os.dup2(os.open("output.txt", os.O_RDWR | os.O_CREAT | os.O_APPEND), 1)
            os.dup2(1, 2)
            sys.argv = ["transflow", *split(command)]
            for name in [name for name in sys.modules if name.split(".")[0] in HEAVY]:
                del sys.modules[name]
            from transflow.cli import run
            code = run(sys.argv[1:])
            names = sorted({name.split(".")[0] for name in sys.modules} & {*HEAVY})
            os.write(write, f"{code} {' '.join(names)}".encode())
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)
        os.close(write)
        found = os.read(read, 10000).decode()
        os.close(read)
    print(found, flush=True)
"""
"""Reads command lines, and prints the exit code and the heavy libraries of each.

Those that `shutil` loaded are forgotten first.
"""


def leaves(group: click.Group = cli, path: tuple[str, ...] = ()) -> list[str]:
    """Return all commands but groups, as they are typed."""
    found = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        words = (*path, name)
        found += leaves(command, words) if isinstance(command, click.Group) else [" ".join(words)]
    return found


def run_all(folder: Path) -> dict[str, tuple[int, set[str]]]:
    """Return the exit code and the heavy libraries of each command, run in copies of the sample."""
    sample = copy_sample(folder / "sample")
    subprocess.run(["git", "init", "-q", "--template="], cwd=sample, check=True)
    (sample / "input.txt").write_text("홍수\n\n다리 3곳이 끊겼다.\n", encoding="utf-8")
    (sample / "terms.csv").write_text("평양,Pyongyang\n", encoding="utf-8")
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
    (sample / "key.pub").write_text(f"{key}\n", encoding="utf-8")
    halves = [list(LOADED)[::2], list(LOADED)[1::2]]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(part), " ".join(HEAVY)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in range(len(halves))
    ]
    for half, process in zip(halves, processes, strict=True):
        assert process.stdin is not None
        process.stdin.write("\n".join(LOADED[name][0] for name in half))
        process.stdin.close()
    found: dict[str, tuple[int, set[str]]] = {}
    for half, process in zip(halves, processes, strict=True):
        assert process.stdout is not None
        for name, line in zip(half, process.stdout.read().splitlines(), strict=True):
            code, _, names = line.partition(" ")
            found[name] = int(code), set(names.split())
        process.stdout.close()
        assert process.wait() == 0
    return found


def test_the_table_has_every_command_and_names_heavy_libraries_only() -> None:
    assert set(leaves()) <= LOADED.keys()
    assert {name for _, allowed in LOADED.values() for name in allowed.split()} <= set(HEAVY)


def test_each_command_loads_the_heavy_libraries_that_it_needs_and_no_others(tmp_path: Path) -> None:
    results = run_all(tmp_path)
    assert {
        name: code for name, (code, _) in results.items() if code not in (0, 1)
    } == {}  # 1: refused, or found nothing
    assert {name: names for name, (_, names) in results.items()} == {
        name: set(allowed.split()) for name, (_, allowed) in LOADED.items()
    }


@pytest.mark.slow
def test_status_loads_nothing_that_only_other_commands_need(tmp_path: Path) -> None:
    """Compiling the patterns of bylines took a twentieth of its time, temporary files as much."""
    names = ["transflow.report.byline", "transflow.language.segment.korean", "transflow.engines", "tempfile", "shutil"]
    script = f"import sys; from transflow.cli import run; run(['status']); print({{*{names}}} & {{*sys.modules}})"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=copy_sample(tmp_path / "sample"), capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "set()"
