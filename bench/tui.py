"""The terminal UI against Textual's own DataTable and an empty Textual application.

First paints in one process and keys are CPU time, headless. The Queue is opened in a real terminal
of its own, and measured from the start of the process.

Where the time goes until the first paint of Translate with 10,000 units, as multiples of the list
alone, which has neither file nor other widgets:

    the list alone, in an application of its own        1.0
    the other widgets of Translate, and their styles    0.8
    one pass over the file, without making units        0.4
    the units on the screen, the title                  0.1

A key in Translate paints the list, the source, the pane and the editor: more than half is Textual's
compositor, which renders every widget that changed into strips. Until the first paint of the Queue,
two thirds of the CPU time are imports: Textual, half of them, and our modules, which an empty
application does not have.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Coroutine, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DataTable, TextArea

from bench import SCRATCH, Figure, in_turns, projects
from transflow.model.settings import Person
from transflow.model.unit import Unit
from transflow.po.catalog import serialize
from transflow.po.header import with_counts
from transflow.presenters import unit_lines
from transflow.presenters.assistants import installed_assistants
from transflow.presenters.filtering import FilteredUnit
from transflow.presenters.journal import Journal
from transflow.presenters.list_rows import ListRow
from transflow.project import Project
from transflow.settings.editing import default_text
from transflow.tui.app import TransflowApp
from transflow.tui.widgets.line_list import LineList
from transflow.units.workflow import state

UNITS, KEYS = 10_000, 100
SIZE = (120, 40)
TEXT = ("The U.N. asked China not to send back the refugees whom it is holding in detention, a letter says. " * 4)[:300]


class Table(App[None]):
    """Textual's own list, with the content of our list."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        super().__init__()
        self.units = units

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("", "", "", "")
        signs = {each: unit_lines.SIGNS[each][0] for each in unit_lines.SIGNS}
        table.add_rows((str(i), signs[state(unit)], unit.source, unit.target) for i, unit in enumerate(self.units, 1))
        table.focus()


class Text(App[None]):
    """A text area with a text, and nothing else."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield TextArea(self.text, soft_wrap=True)


class Lines(App[None]):
    """Our list with the same rows, and nothing else."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        super().__init__()
        self.units = units

    def compose(self) -> ComposeResult:
        yield LineList()

    def on_mount(self) -> None:
        states = [state(unit) for unit in self.units]

        def row(number: int, width: int) -> ListRow:
            unit = self.units[number]
            return unit_lines.unit_row(number + 1, FilteredUnit(unit), states[number], unit.target, width)

        lines = self.query_one(LineList)
        lines.show(len(self.units), row)
        lines.focus()


def painted(app: App[None]) -> str:
    return "\n".join("".join(part.text for part in line) for line in app.screen._compositor.render_strips())


def is_filled(app: App[None]) -> bool:
    """Return whether the list has its rows."""
    if app.screen.query(DataTable):
        return app.screen.query_one(DataTable).row_count > 0
    if isinstance(app, Text):
        return True
    return bool(app.screen.query(LineList)) and app.screen.query(LineList).first().count > 0


async def ready(pilot: Pilot[None], text: str) -> None:
    """Wait until the rows are on the screen."""
    while not is_filled(pilot.app):
        await asyncio.sleep(0.02)
    await pilot.pause()
    while text not in painted(pilot.app):
        await pilot.pause(0.01)


async def first_paint(app: App[None], text: str) -> float:
    """Return the CPU seconds until a text is on the screen, without what follows it."""
    before = time.process_time()
    async with app.run_test(size=SIZE) as pilot:
        while not is_filled(pilot.app) or text not in painted(pilot.app):
            await asyncio.sleep(0.005)
        return time.process_time() - before


async def per_key(
    app: App[None], text: str, keys: str, *, first: str = "", pause: float = 0.04, settled: float = 0.5
) -> float:
    """Return the CPU seconds of a key; `keys` are pressed with pauses, and each is painted."""
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot, text)
        if first:
            await pilot.press(first)
        await asyncio.sleep(settled)  # checks of the other units are over
        before = time.process_time()
        for key in keys.split(","):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
            await asyncio.sleep(pause)
        await asyncio.sleep(0.3)
        return (time.process_time() - before) / len(keys.split(","))


def run(work: Coroutine[Any, Any, float]) -> float:
    return asyncio.run(work)


def catalog_of_many() -> Path:
    """Return a project with one catalog of `UNITS` units, and a few catalogs with a short text."""
    root = SCRATCH / f"tui-{UNITS}"
    if not (root / "done").exists():
        shutil.rmtree(root, ignore_errors=True)
        folder = root / "locales/en/reports"
        folder.mkdir(parents=True)
        settings = default_text("Bench", "Asia/Seoul", ("en",), "ko")
        (root / "transflow.toml").write_text(settings, encoding="utf-8")
        (folder / "many.po").write_text(serialize(with_counts(projects.catalog(UNITS))), encoding="utf-8")
        (folder / "some.po").write_text(serialize(with_counts(projects.catalog(2 * KEYS))), encoding="utf-8")
        long = projects.unit(1).replace(target=TEXT, approved=None, text="")
        short = projects.catalog(20)
        units = (long, *(unit for unit in short.units if unit.id != long.id))
        (folder / "long.po").write_text(serialize(with_counts(short.replace(units=units))), encoding="utf-8")
        (root / "done").touch()
    return root


def translate(root: Path, slug: str, unit: str) -> TransflowApp:
    """Return the application with all assistants of an installation."""
    project = Project.find(root)
    journal = Journal(SCRATCH / "journal")
    place = project.find_catalog(slug)
    person = Person("bench", "Bench")
    return TransflowApp(
        project,
        person,
        lambda: "2024-03-26T12:00:00Z",
        journal,
        installed_assistants(project),
        first="translate",
        place=place,
        unit=unit,
    )


def measure() -> Iterator[Figure]:
    root = catalog_of_many()
    units = tuple(Project.find(root).load(Project.find(root).find_catalog("many")).units)
    row = f"{units[0].source[:12]}"
    theirs, ours, list_alone = in_turns(
        3,
        lambda: run(first_paint(Table(units), row)),
        lambda: run(first_paint(translate(root, "many", "1"), row)),
        lambda: run(first_paint(Lines(units), row)),
    )
    note = f"{ours * 1e3:.0f} ms with reading the file; the list alone {list_alone * 1e3:.0f} ms"
    yield Figure("first paint, 10,000 units: DataTable / Translate", theirs / ours, 3, True, note)
    yield Figure("first paint, 10,000 units: Translate / the list alone", ours / list_alone, 2)
    down = ",".join(["down"] * KEYS)
    theirs, ours, whole = in_turns(
        3,
        lambda: run(per_key(Table(units), row, down)),
        lambda: run(per_key(Lines(units), row, down)),
        lambda: run(per_key(translate(root, "some", "1"), row, down, settled=4)),
    )
    yield Figure("a key in the list: DataTable / ours", theirs / ours, 3, True, f"{ours * 1e3:.1f} ms")
    note = f"{whole * 1e3:.1f} ms with text, pane and checks"
    yield Figure("a key in Translate / DataTable", whole / theirs, 0.5, note=note)
    typed = ",".join("abcde " * 5)
    key, least = in_turns(
        2,
        lambda: run(
            per_key(translate(root, "long", "1"), "in detention", typed.replace(" ", "x"), first="e", pause=0.25)
        ),
        lambda: run(per_key(Text(TEXT), "in detention", typed.replace(" ", "x"), pause=0.25)),
    )
    yield Figure(
        "a key in the editor at 300 characters, checked / TextArea alone", key / least, 3, note=f"{key * 1e3:.1f} ms"
    )

    yield _queue()


EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
Empty().run()
"""


def _queue() -> Figure:
    """Measure the first words of a Queue of 2,000 unchanged catalogs, and an empty application."""
    root = projects.of_catalogs(2000, 50)
    settings = root / "transflow.toml"
    if 'id = "bench"' not in (text := settings.read_text(encoding="utf-8")):
        settings.write_text(f'{text}\n[[people]]\nid = "bench"\nname = "Bench"\nroles = ["editor"]\n', encoding="utf-8")
    transflow = str(Path(sys.executable).with_name("transflow"))
    ours, empty = in_turns(
        5,
        lambda: until_painted([transflow, "--as", "bench"], root, "report-00000"),
        lambda: until_painted([sys.executable, "-c", EMPTY], root, "ready"),
    )
    note = f"{ours:.2f} s; Textual {version('textual')}"
    return Figure("first paint, Queue of 2,000 catalogs / an empty Textual application", ours / empty, 1.3, note=note)


def until_painted(command: list[str], cwd: Path, text: str) -> float:
    """Return the seconds until a program in a terminal of its own shows a text."""
    own_end, its_end = pty.openpty()
    fcntl.ioctl(its_end, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    before = time.perf_counter()
    with subprocess.Popen(command, cwd=cwd, stdin=its_end, stdout=its_end, stderr=its_end, env=environment) as process:
        os.close(its_end)
        seen = b""
        try:
            while text.encode() not in seen:
                try:
                    seen += os.read(own_end, 65536)
                except OSError:
                    raise RuntimeError(f"{command} ended: {seen.decode(errors='replace')}") from None
            return time.perf_counter() - before
        finally:
            process.kill()
            os.close(own_end)
