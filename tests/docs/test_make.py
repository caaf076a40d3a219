"""The Makefile and what the documents say of its targets."""

from __future__ import annotations

import re

from support.paths import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)
IMPURE_LAYERS = {"front ends", "actions", "sharing", "proof", "storage", "services", "values"}
"""Layers of ARCHITECTURE.md whose rooms read files, or that are no folders of tests."""


def rooms() -> list[tuple[str, str]]:
    """Return (layer, room) for the rows of the table of rooms in ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("\n## Rooms\n")[2].partition("\n## ")[0]
    found, layer = [], ""
    for first, room in re.findall(r"^\| ([a-z ]*) ?\| `(\w+)`", text, re.MULTILINE):
        layer = first.strip() or layer
        found.append((layer, room))
    return found


def test_make_help_lists_every_target() -> None:
    assert len(TARGETS) > 10
    assert [target for target in TARGETS if not re.search(rf"^{target}:.*## \w", MAKEFILE, re.MULTILINE)] == []


def test_the_table_of_commands_says_of_every_target_what_it_does_and_when() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `make (\w+)` \| [^|]*\w[^|]* \| [^|]*\w[^|]* \|$", text, re.MULTILINE)
    assert sorted(rows) == sorted(set(TARGETS) - {"help"})


def test_make_quick_runs_the_tests_of_every_pure_room() -> None:
    pure = {room for layer, room in rooms() if layer not in IMPURE_LAYERS}
    assert len(pure) > 10
    quick = MAKEFILE.partition("PURE := ")[2].partition(".PHONY")[0]
    assert sorted(room for room in pure if f"tests/{room} " not in f"{quick} ".replace("\n", " ")) == []


def test_the_container_installs_versions_that_are_tested() -> None:
    tested, installed = (
        set(re.findall(r"^([\w.-]+==[\w.]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-container.lock")
    )
    assert len(installed) > 20
    assert sorted(installed - tested) == [], "run `make lock`"
